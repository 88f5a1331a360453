//! Sources as BibTeX. The home of `biblatex`.

use super::csl::{is_part, outlet};
use crate::graph::{Graph, SourceIndex};
use crate::model::{Date, SourceType, Text};
use crate::text::Spanned;
use biblatex::{Chunk, Entry, EntryType};

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
    let plain = record.issued.as_ref().is_some_and(|date| is_plain(date));
    let date = |date: &Spanned<Date>| date.edtf.clone();
    let fields = [
        (container_field, container),
        ("publisher", publisher),
        // A date that BibTeX does not know, or that is in doubt, stands as it is written.
        (
            if plain { "date" } else { "year" },
            record.issued.as_ref().map(date),
        ),
        ("urldate", record.accessed.as_ref().map(date)),
        ("url", given(&record.url)),
        ("language", given(&record.language)),
    ];
    let mut entry = Entry::new(record.id.value.clone(), kind);
    // In double braces: the capitals are the title's own.
    entry.set(
        "title",
        vec![chunk(Chunk::Verbatim(record.title.value.clone()))],
    );
    if !record.author.is_empty() {
        entry.set("author", authors(&record.author));
    }
    for (field, value) in fields {
        if let Some(value) = value {
            entry.set(field, vec![chunk(Chunk::Normal(value))]);
        }
    }
    entry
        .to_bibtex_string()
        .unwrap_or_else(|_| entry.to_biblatex_string())
}

fn chunk(chunk: Chunk) -> biblatex::Spanned<Chunk> {
    biblatex::Spanned::zero(chunk)
}

/// A year, month or day, without doubt.
fn is_plain(date: &Date) -> bool {
    !date.qualified
        && date
            .edtf
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// `Family, Given` as it stands, any other name in braces, so that it is not taken apart.
fn authors(authors: &[Text]) -> Vec<biblatex::Spanned<Chunk>> {
    let mut chunks = Vec::new();
    for author in authors {
        if !chunks.is_empty() {
            chunks.push(chunk(Chunk::Normal(" and ".to_owned())));
        }
        let name = author.value.clone();
        let is_parted = name.contains(',');
        chunks.push(chunk(if is_parted {
            Chunk::Normal(name)
        } else {
            Chunk::Verbatim(name)
        }));
    }
    chunks
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
