//! Admiralty grades: what is thought of a source, and of what a piece of evidence says.

use super::{Graph, NONE, SourceIndex};
use crate::columns::Column;
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

const SCALE: [Reliability; 6] = [
    Reliability::A,
    Reliability::B,
    Reliability::C,
    Reliability::D,
    Reliability::E,
    Reliability::F,
];

/// The reliability of each source, 0 to 5 in the lowest three bits, and where it is from: its own grade (0), else its
/// publication's (the index of that and 1); [`NONE`] for one without.
pub(super) fn reliabilities(casebook: &Casebook, publications: &Map<String, u32>) -> Column<u32> {
    let inherited = |id: &str| {
        let at = *publications.get(id)?;
        let grade = casebook.publications[at as usize].reliability.as_ref()?;
        Some(grade.value as u32 | (at + 1) << 3)
    };
    let of = |source: &crate::model::Source| match &source.reliability {
        Some(own) => Some(own.value as u32),
        None => inherited(source.publication.as_ref()?),
    };
    casebook
        .sources
        .iter()
        .map(|source| of(source).unwrap_or(NONE))
        .collect()
}

impl Graph {
    /// How reliable a source is and where that is written; `None` for one that nobody has graded.
    #[must_use]
    pub fn reliability(&self, source: SourceIndex) -> Option<(Reliability, GradedBy)> {
        let packed =
            Some(self.reliabilities.get(source as usize)).filter(|&packed| packed != NONE)?;
        let by = match packed >> 3 {
            0 => GradedBy::Source,
            at => GradedBy::Publication(at - 1),
        };
        Some((*SCALE.get(packed as usize & 7)?, by))
    }
}
