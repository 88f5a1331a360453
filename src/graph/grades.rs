//! Admiralty grades: what is thought of a source, and of what a piece of evidence says.

use super::{Graph, SourceIndex};
use crate::model::{Casebook, Reliability};
use crate::text::Map;

/// Where a source's reliability is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GradedBy {
    /// On the source itself.
    Source,
    /// On its publication (by index).
    Publication(u32),
}

/// The reliability of each source that has one, and where it is from: its own grade, else its publication's.
pub(super) fn reliabilities(
    casebook: &Casebook,
    publications: &Map<String, u32>,
) -> Vec<Option<(Reliability, GradedBy)>> {
    let inherited = |id: &str| {
        let at = *publications.get(id)?;
        let grade = casebook.publications[at as usize].reliability.as_ref()?;
        Some((grade.value, GradedBy::Publication(at)))
    };
    let of = |source: &crate::model::Source| match &source.reliability {
        Some(own) => Some((own.value, GradedBy::Source)),
        None => inherited(source.publication.as_ref()?),
    };
    casebook.sources.iter().map(of).collect()
}

impl Graph {
    /// How reliable a source is and where that is written; `None` for one that nobody has graded.
    #[must_use]
    pub fn reliability(&self, source: SourceIndex) -> Option<(Reliability, GradedBy)> {
        self.reliabilities[source as usize]
    }
}
