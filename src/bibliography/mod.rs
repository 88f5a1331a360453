//! Sources as a bibliography: notes in Chicago style for people, BibTeX and CSL-JSON for reference managers.

mod bibtex;
mod csl;
mod notes;

use crate::graph::{Graph, SourceIndex};
pub use notes::{Run, notes};

/// A format of bibliographies.
#[derive(Debug, Clone, Copy)]
pub struct Bibliography {
    /// The name by which it is chosen.
    pub name: &'static str,
    /// The usual end of a file's name, without the dot.
    pub extension: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// These sources in this format, in the order given; ends in a line end.
    pub write: fn(&Graph, &[SourceIndex]) -> String,
}

/// All formats of bibliographies.
pub const BIBLIOGRAPHIES: &[Bibliography] = &[
    Bibliography {
        name: "bibtex",
        extension: "bib",
        about: "BibTeX, for LaTeX and reference managers",
        write: bibtex::write,
    },
    Bibliography {
        name: "csl-json",
        extension: "json",
        about: "CSL-JSON, for Zotero and other reference managers",
        write: csl::write,
    },
];

/// The format of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Bibliography> {
    BIBLIOGRAPHIES.iter().find(|format| format.name == name)
}
