//! Layer 4: what people read. Answers, diagnostics and records as text.
//!
//! Everything is first a [`markup::Markup`], lines of pieces with a meaning, and painted last. All text from a
//! casebook, an article or a person passes through [`crate::text::safe`] on its way into a piece.

mod answer;
mod claims;
mod contradictions;
mod difference;
mod dossier;
mod evidence;
mod grades;
mod grid;
mod identity;
pub mod impact;
mod json;
pub mod markup;
pub mod paint;
mod passages;
pub mod report;
mod schema;
mod separated;
mod sheet;
mod show;
mod snippet;
mod source;
mod tree;
mod verified;
mod why;
mod words;

use crate::graph::SourceIndex;
use crate::query::{Engine, answer::Answer};
use crate::text::Set;
pub use contradictions::{check_json, contradictions, contradictions_summary};
pub use difference::{Named, SavedChange, SavedChanges, difference, difference_json};
pub use dossier::{dossier_markdown, dossier_page};
pub use schema::{schema, sources};
pub use show::{show_claim, show_entity};
pub use source::{show_publication, show_source};
pub use verified::{Tally, verified, verified_json};
pub use why::why;

/// Where text will be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// Columns; 0 for a pipe or a file, where nothing is wrapped and no line is drawn.
    pub width: usize,
    /// Whether to colour.
    pub color: bool,
}

impl Screen {
    /// A pipe or a file: nothing wrapped, nothing drawn, no colour.
    pub const PIPE: Self = Self {
        width: 0,
        color: false,
    };
}

/// The formats of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people.
    #[default]
    Table,
    /// Tab-separated.
    Tsv,
    /// Comma-separated, as spreadsheets read it.
    Csv,
    /// One JSON object.
    Json,
    /// One JSON object a row.
    Jsonl,
    /// A Markdown table.
    Md,
}

/// A format's name and what it is for.
#[derive(Debug, Clone, Copy)]
pub struct FormatInfo {
    /// The format.
    pub format: Format,
    /// The name by which it is chosen.
    pub name: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
}

/// All formats, the two defaults first.
pub const FORMATS: &[FormatInfo] = &[
    FormatInfo {
        format: Format::Table,
        name: "table",
        about: "numbered rows with sources and notes, for people",
    },
    FormatInfo {
        format: Format::Tsv,
        name: "tsv",
        about: "tab-separated values with a header, for pipes",
    },
    FormatInfo {
        format: Format::Csv,
        name: "csv",
        about: "comma-separated values, for spreadsheets",
    },
    FormatInfo {
        format: Format::Json,
        name: "json",
        about: "one object with rows, claims, sources and notes",
    },
    FormatInfo {
        format: Format::Jsonl,
        name: "jsonl",
        about: "one object a row, one row a line",
    },
    FormatInfo {
        format: Format::Md,
        name: "md",
        about: "a Markdown table",
    },
];

impl Format {
    /// The format of that name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        FORMATS
            .iter()
            .find(|info| info.name == name)
            .map(|info| info.format)
    }

    /// Whether programs read it as JSON.
    #[must_use]
    pub fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::Jsonl)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        FORMATS
            .iter()
            .find(|info| info.format == self)
            .map_or("", |info| info.name)
    }
}

/// An answer as text that ends in a line end (or is empty). In every format but `table` and `json` the notes are left
/// out: see [`notes`].
#[must_use]
pub fn answer(engine: &Engine, answer: &Answer, format: Format, screen: &Screen) -> String {
    match format {
        Format::Table => paint::paint(&answer::table(engine, answer, screen), screen),
        Format::Tsv => separated::tsv(engine, answer),
        Format::Csv => separated::csv(engine, answer),
        Format::Md => separated::md(engine, answer),
        Format::Json => json::object(engine, answer),
        Format::Jsonl => json::lines(engine, answer),
    }
}

/// The notes of an answer, one a line: what was held back, left undated, closed over.
#[must_use]
pub fn notes(answer: &Answer, screen: &Screen) -> String {
    paint::paint(&answer::notes(answer, screen), screen)
}

/// The sources of an answer in the order in which its table numbers them: `[1]` is the first.
#[must_use]
pub fn numbered_sources(engine: &Engine, answer: &Answer) -> Vec<SourceIndex> {
    let standing = words::standing(engine, answer);
    let mut known = Set::default();
    let sources = answer.rows.iter().flat_map(|row| row.sources(standing));
    sources.filter(|&source| known.insert(source)).collect()
}

/// A value in plain words: names, dates as written, numbers; lists and paths in one line. Not escaped.
#[must_use]
pub fn value(graph: &crate::graph::Graph, value: &crate::query::answer::Value) -> String {
    words::value(graph, value)
}

/// The verb of a relation as a question would put it after its subject: `briefed`, `is envoy of`, `was excluded from`.
/// In sentences a relation is shown as its label: not every verb that keeps its direction takes a form of *be*.
#[must_use]
pub fn verb(relation: &crate::model::Relation) -> String {
    words::verb(relation)
}
