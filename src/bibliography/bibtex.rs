//! Sources as BibTeX. The home of `biblatex`.

use super::csl::{is_part, outlet};
use crate::graph::{Graph, SourceIndex};
use crate::model::{SourceType, Text};
use biblatex::{Chunk, Entry, EntryType, Spanned};

/// The sources as entries, in the order given.
pub(super) fn write(graph: &Graph, sources: &[SourceIndex]) -> String {
    let entries: Vec<String> = sources
        .iter()
        .map(|&source| entry(graph, source) + "\n")
        .collect();
    entries.join("\n")
}

fn entry(graph: &Graph, source: SourceIndex) -> String {
    let record = graph.source(source);
    let outlet = outlet(graph, source);
    let within = is_part(record.source_type.value);
    let given = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
    let container = given(&record.container_title).or_else(|| outlet.clone().filter(|_| within));
    let publisher = given(&record.publisher).or(outlet.filter(|_| !within));
    let (kind, container_field) = kind(record.source_type.value);
    let date = |date: &crate::text::Spanned<crate::model::Date>| date.edtf.clone();
    let authors: Vec<String> = record.author.iter().map(|author| name(author)).collect();
    let fields = [
        (
            "author",
            (!authors.is_empty()).then(|| authors.join(" and ")),
        ),
        (container_field, container),
        ("publisher", publisher),
        ("date", record.issued.as_ref().map(date)),
        ("urldate", record.accessed.as_ref().map(date)),
        ("url", given(&record.url)),
        ("language", given(&record.language)),
    ];
    let mut entry = Entry::new(record.id.value.clone(), kind);
    // In double braces: the capitals are the title's own.
    entry.set(
        "title",
        vec![Spanned::zero(Chunk::Verbatim(record.title.value.clone()))],
    );
    for (field, value) in fields {
        if let Some(value) = value {
            entry.set(field, vec![Spanned::zero(Chunk::Normal(value))]);
        }
    }
    entry.to_bibtex_string().unwrap_or_else(|_| {
        // A date that BibTeX does not know stands as it is written.
        if let Some(date) = entry.remove("date") {
            entry.set("year", date);
        }
        entry.to_biblatex_string()
    })
}

/// BibTeX's type, and the field that names what contains such an entry.
fn kind(source_type: SourceType) -> (EntryType, &'static str) {
    match source_type {
        SourceType::Article
        | SourceType::ArticleJournal
        | SourceType::ArticleMagazine
        | SourceType::ArticleNewspaper => (EntryType::Article, "journal"),
        SourceType::Book => (EntryType::Book, "series"),
        SourceType::Chapter => (EntryType::InCollection, "booktitle"),
        SourceType::PaperConference => (EntryType::InProceedings, "booktitle"),
        SourceType::Report => (EntryType::TechReport, "series"),
        SourceType::Thesis => (EntryType::PhdThesis, "series"),
        SourceType::Manuscript => (EntryType::Unpublished, "howpublished"),
        _ => (EntryType::Misc, "howpublished"),
    }
}

/// An author: `Family, Given` as it stands, anything else in braces, so that it is not taken apart.
fn name(author: &str) -> String {
    if author.contains(',') {
        author.to_owned()
    } else {
        format!("{{{author}}}")
    }
}
