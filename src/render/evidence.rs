//! What a claim rests on, passage by passage.

use super::answer::footnotes;
use super::markup::{Line, Style};
use super::passages::{graded, place};
use super::sheet::Sheet;
use super::words;
use crate::graph::{AgentIndex, ClaimIndex, Graph, Provenance, SourceIndex};
use crate::model::{Evidence, Stance};
use crate::query::Engine;
use crate::query::passages::Passage;

/// Writes the evidence of a claim, its origins, note and id, indented. Sources that the answer numbers show their number.
pub(super) fn write(
    sheet: &mut Sheet<'_>,
    engine: &Engine,
    standing: &Provenance,
    claim: ClaimIndex,
    numbered: &[SourceIndex],
    indent: usize,
) {
    let graph = &engine.graph;
    let record = graph.claim(claim);
    let rows = graph.evidence().of_claim(claim).zip(&record.evidence);
    for (place, ((number, row), evidence)) in (0..).zip(rows) {
        let mut source = footnotes(&[row.source], numbered);
        source.push(Style::Plain, if source.is_empty() { "" } else { " " });
        source.append(&words::source(graph, row.source));
        if !standing.is_kept(number) {
            source = Line::of(Style::Mark, "(ignored) ").joined(&source);
        }
        sheet.labelled(indent, stance(row.stance), &source);
        let cited = Cited {
            engine,
            evidence,
            by: &row.speakers,
            source: row.source,
            passage: engine.passages.of(graph, claim, place),
        };
        details(sheet, &cited, indent);
    }
    let origins = standing.origins(claim);
    let names = Line::plain(&words::agents(graph, origins));
    let label = if origins.len() == 1 {
        "origin"
    } else {
        "origins"
    };
    sheet.labelled(indent, label, &names);
    if let Some(note) = &record.note {
        sheet.labelled(indent, "note", &Line::plain(note));
    }
    let id = Line::of(Style::Dim, graph.claim_id(claim));
    sheet.labelled(indent, "claim", &id);
}

/// What a stance does, in a word.
pub(super) fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Supports => "supports",
        Stance::Denies => "denies",
        Stance::Mentions => "mentions",
    }
}

/// `according to the Courier, citing the harbour pilot`; empty for no speaker.
pub(super) fn speakers(graph: &Graph, speakers: &[AgentIndex]) -> String {
    let names: Vec<&str> = speakers.iter().map(|&s| graph.agent_name(s)).collect();
    if names.is_empty() {
        return String::new();
    }
    format!("according to {}", names.join(", citing "))
}

/// A piece of evidence, and what the stored text says of it.
struct Cited<'a> {
    engine: &'a Engine,
    evidence: &'a Evidence,
    by: &'a [AgentIndex],
    source: SourceIndex,
    passage: Option<&'a Passage>,
}

fn details(sheet: &mut Sheet<'_>, cited: &Cited<'_>, indent: usize) {
    let evidence = cited.evidence;
    let credibility = evidence
        .credibility
        .as_ref()
        .map_or_else(String::new, |grade| format!("credibility {}", grade.value));
    let facts = [
        speakers(&cited.engine.graph, cited.by),
        place(cited.engine, cited.source, evidence),
        credibility,
    ];
    let facts: Vec<String> = facts.into_iter().filter(|f| !f.is_empty()).collect();
    sheet.labelled(indent, "", &Line::plain(&facts.join(" · ")));
    let shown = cited.passage.filter(|_| cited.engine.passages.are_shown());
    if let Some(passage) = shown {
        sheet.labelled(indent, "  passage", &graded(passage));
    }
    // What stands in the text says it already.
    let repeats = shown.is_some_and(|passage| passage.finding.grade.is_sound());
    if let Some(quote) = evidence.quote.as_ref().filter(|_| !repeats) {
        sheet.labelled(indent, "  quote", &Line::of(Style::Good, quote));
    }
    if let Some(note) = &evidence.note {
        sheet.labelled(indent, "", &Line::plain(note));
    }
}
