//! Footnotes in the Chicago style. The home of `hayagriva`, which formats by CSL.

use super::csl;
use crate::graph::{Graph, SourceIndex};
use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::{FontStyle, Style};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A piece of a note in one style.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run {
    /// The words, as the record has them: not escaped.
    pub text: String,
    /// Whether it is set in italics.
    pub italic: bool,
}

/// A note for each place at which a source is cited, in order: in full the first time, shortened after it. By the
/// Chicago Manual of Style, 18th edition, notes and bibliography. Without the full stop at the end.
#[must_use]
pub fn notes(graph: &Graph, cited: &[SourceIndex]) -> Vec<Vec<Run>> {
    let items: BTreeMap<SourceIndex, Item> = cited
        .iter()
        .filter_map(|&source| Some((source, item(graph, source)?)))
        .collect();
    let Style::Independent(style) = ArchivedStyle::ChicagoNotes.get() else {
        return titles(graph, cited);
    };
    let locales = locales();
    let mut driver = BibliographyDriver::new();
    for source in cited {
        let Some(item) = items.get(source) else {
            return titles(graph, cited);
        };
        let citation = vec![CitationItem::with_entry(item)];
        driver.citation(CitationRequest::from_items(citation, &style, &locales));
    }
    let rendered = driver.finish(BibliographyRequest {
        style: &style,
        locale: None,
        locale_files: &locales,
    });
    let notes = rendered.citations.iter().map(|citation| {
        let mut runs = Vec::new();
        flatten(&citation.citation, &mut runs);
        without_full_stop(&mut runs);
        runs
    });
    notes.collect()
}

/// What stands in where the style cannot be had: titles.
fn titles(graph: &Graph, cited: &[SourceIndex]) -> Vec<Vec<Run>> {
    let title = |&source: &SourceIndex| {
        vec![Run {
            text: graph.source(source).title.value.clone(),
            italic: false,
        }]
    };
    cited.iter().map(title).collect()
}

/// The item that is cited. `hayagriva` knows no range of dates (it panics) and no literal one: a date of that kind
/// becomes its first year, about.
fn item(graph: &Graph, source: SourceIndex) -> Option<Item> {
    let mut item = csl::item(graph, source);
    for field in ["issued", "accessed"] {
        let Some(date) = item.get_mut(field) else {
            continue;
        };
        let parts = date.get("date-parts").and_then(Value::as_array);
        let year = date.get("literal").and_then(Value::as_str).map(first_year);
        match (parts.map(Vec::as_slice), year) {
            (Some([_, _, ..]), _) => {
                let first = parts.and_then(|parts| parts.first()).cloned();
                *date = json!({"date-parts": [first], "circa": true});
            }
            (_, Some(Some(year))) => *date = json!({"date-parts": [[year]], "circa": true}),
            (_, Some(None)) => {
                item.as_object_mut()?.remove(field);
            }
            _ => {}
        }
    }
    if let Ok(item) = serde_json::from_value(item.clone()) {
        return Some(item);
    }
    // Years beyond what CSL counts.
    for field in ["issued", "accessed"] {
        item.as_object_mut()?.remove(field);
    }
    serde_json::from_value(item).ok()
}

/// The year of four digits that an EDTF text begins with, unspecified digits as 0.
fn first_year(edtf: &str) -> Option<i64> {
    let begins = edtf.trim_start_matches(['[', '{', '.', '/']);
    let end = begins.find(|c: char| !c.is_ascii_digit() && c != 'X');
    let year = &begins[..end.unwrap_or(begins.len())];
    if year.len() != 4 || year.starts_with('X') {
        return None;
    }
    year.replace('X', "0").parse().ok()
}

fn flatten(children: &ElemChildren, runs: &mut Vec<Run>) {
    for child in &children.0 {
        match child {
            ElemChild::Text(text) => push(
                runs,
                &text.text,
                text.formatting.font_style == FontStyle::Italic,
            ),
            ElemChild::Link { text, .. } => push(runs, &text.text, false),
            ElemChild::Markup(text) => push(runs, text, false),
            ElemChild::Elem(element) => flatten(&element.children, runs),
            ElemChild::Transparent { .. } => {}
        }
    }
}

fn push(runs: &mut Vec<Run>, text: &str, italic: bool) {
    match runs.last_mut() {
        Some(last) if last.italic == italic => last.text.push_str(text),
        _ => runs.push(Run {
            text: text.to_owned(),
            italic,
        }),
    }
}

fn without_full_stop(runs: &mut [Run]) {
    if let Some(last) = runs.last_mut() {
        let text = last.text.trim_end();
        // That of an abbreviation stays.
        let end = match text.strip_suffix('.') {
            Some(rest) if !text.ends_with("n.d.") => rest.len(),
            _ => text.len(),
        };
        last.text.truncate(end);
    }
}
