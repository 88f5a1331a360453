//! Layer 2: RON files to a casebook. Loading reports what is wrong and gives what is sound.

mod conflicts;
mod fields;
pub mod files;
mod node;
mod plain;
mod reading;
mod records;
mod scan;
mod split;
mod syntax;

pub use files::{FileLimits, LoadError, LoadErrorKind};

use crate::{
    model::Casebook,
    text::{Diagnostic, Sources},
};
use std::path::PathBuf;

/// A casebook, the texts it was read from, and what was wrong with them.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// The files.
    pub sources: Sources,
    /// Every record that could be read, those with errors too: see [`parse`].
    pub casebook: Casebook,
    /// What is wrong with files and records, sorted by place; what is wrong between records is for `check`.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the records of every text. A record with errors is in the casebook all the same, so that what points to it is
/// not reported too; its errors name it in [`Diagnostic::record`], and whoever answers questions leaves it out. Spans of
/// texts include the quotation marks.
#[must_use]
pub fn parse(sources: &Sources) -> (Casebook, Vec<Diagnostic>) {
    let mut casebook = Casebook::default();
    let mut diagnostics = Vec::new();
    for file in sources.ids() {
        let text = sources.text(file);
        split::split(file, text, &mut diagnostics, |node, diagnostics| {
            records::add(&mut casebook, file, text, node, diagnostics);
        });
    }
    sort(&mut diagnostics);
    (casebook, diagnostics)
}

/// Reads files and directories, and the records in them.
///
/// # Errors
/// [`LoadError`] when nothing can be loaded at all: a path that does not exist, no file that can be read.
pub fn load(paths: &[PathBuf], limits: &FileLimits) -> Result<Loaded, LoadError> {
    Ok(of_texts(files::read(paths, limits)?))
}

/// Reads a file or directory as of a revision of a git repository, `REV:PATH`, and the records in it.
///
/// # Errors
/// [`LoadError`] when there is no such revision or path, no file that can be read, or no git.
pub fn load_revision(text: &str, limits: &FileLimits) -> Result<Loaded, LoadError> {
    Ok(of_texts(files::read_revision(text, limits)?))
}

/// The records of texts that were read, with what was wrong with their files.
#[must_use]
pub fn of_texts((sources, mut diagnostics): (Sources, Vec<Diagnostic>)) -> Loaded {
    let (casebook, found) = parse(&sources);
    diagnostics.extend(found);
    sort(&mut diagnostics);
    Loaded {
        sources,
        casebook,
        diagnostics,
    }
}

/// Reads one text that is in memory, under the name that diagnostics are to show.
#[must_use]
pub fn load_text(name: &str, text: &str) -> Loaded {
    let sources = Sources::of(name, text);
    let (casebook, diagnostics) = parse(&sources);
    Loaded {
        sources,
        casebook,
        diagnostics,
    }
}

/// The names of all diagnostics of this layer, sorted.
#[must_use]
pub fn names() -> Vec<&'static str> {
    let mut names = [
        conflicts::NAMES,
        fields::NAMES,
        files::NAMES,
        reading::NAMES,
        split::NAMES,
        syntax::NAMES,
    ]
    .concat();
    names.sort_unstable();
    names.dedup();
    names
}

/// By file, place and name.
fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics
        .sort_by_key(|problem| (problem.labels.first().map(|label| label.span), problem.name));
}
