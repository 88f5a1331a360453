//! Many plain claims, column by column: what event data is read into, at some tens of bytes a claim.

use super::Date;

/// No value in a cell.
pub const NO_CELL: u32 = u32::MAX;

/// Claims that are affirmed, occurred and are supported by all their evidence: one cell a claim in every column. Indices
/// are into the records of the casebook that stands beside it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ClaimColumns {
    /// The ids, one after the other; empty text for a claim without one.
    pub ids: String,
    /// Where each id ends in `ids`, in bytes.
    pub id_ends: Vec<u32>,
    /// Entities.
    pub subjects: Vec<u32>,
    /// Relations.
    pub relations: Vec<u32>,
    /// Entities.
    pub objects: Vec<u32>,
    /// Entities, or [`NO_CELL`]. Empty where no claim has a place.
    pub places: Vec<u32>,
    /// Indices into `dates`, or [`NO_CELL`].
    pub whens: Vec<u32>,
    /// Distinct dates, in any order.
    pub dates: Vec<Date>,
    /// Where the evidence of each claim ends in `sources`.
    pub evidence_ends: Vec<u32>,
    /// Sources, one for each piece of evidence; a claim has at least one.
    pub sources: Vec<u32>,
}

impl ClaimColumns {
    /// How many claims.
    #[must_use]
    pub fn len(&self) -> usize {
        self.subjects.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.subjects.is_empty()
    }

    /// The id of a claim, if it has one.
    #[must_use]
    pub fn id(&self, claim: usize) -> Option<&str> {
        let from = claim
            .checked_sub(1)
            .map_or(0, |before| self.id_ends[before]);
        let id = &self.ids[from as usize..self.id_ends[claim] as usize];
        (!id.is_empty()).then_some(id)
    }

    /// The sources of a claim's evidence, in order.
    #[must_use]
    pub fn sources_of(&self, claim: usize) -> &[u32] {
        let from = claim
            .checked_sub(1)
            .map_or(0, |before| self.evidence_ends[before]);
        &self.sources[from as usize..self.evidence_ends[claim] as usize]
    }
}
