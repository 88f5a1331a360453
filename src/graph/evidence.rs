//! The pieces of evidence, claim by claim, column by column.

use super::agents::{AgentIndex, Agents};
use super::build::Known;
use super::{ClaimIndex, SourceIndex, count};
use crate::columns::{Column, File, Lists, Numbers, Offsets, Problem, SparseLists, Writer};
use crate::model::{Claim, Stance, Text};
use std::sync::Arc;

/// One piece of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EvidenceRow<'a> {
    /// Its number among all.
    pub number: u32,
    /// The source.
    pub source: SourceIndex,
    /// Who says so, outermost first.
    pub speakers: &'a [AgentIndex],
    /// What it does for the claim.
    pub stance: Stance,
    /// Admiralty credibility, 1 to 6, if it has a grade.
    pub credibility: Option<u8>,
}

/// All evidence. The pieces are numbered claim by claim.
#[derive(Debug)]
pub struct EvidenceTable {
    /// Where the evidence of each claim begins, and where that of the last ends.
    starts: Offsets,
    sources: Numbers,
    /// Empty where all support.
    stances: Column<u8>,
    /// 0 for none; empty where none has one.
    credibilities: Column<u8>,
    speakers: SparseLists,
}

impl EvidenceTable {
    pub(super) fn of(claims: &[Claim], known: &Known, agents: &Agents) -> Self {
        let (mut starts, mut sources) = (vec![0], Vec::new());
        let (mut stances, mut credibilities) = (Vec::new(), Vec::new());
        let (mut spoken, mut speakers) = (Vec::new(), Vec::new());
        let speaker = |id: &Text| agents.find(id).map(|agent| agents.canonical(agent));
        for claim in claims {
            for evidence in &claim.evidence {
                let Some(&source) = known.sources.get(&evidence.source.value) else {
                    continue;
                };
                if !evidence.according_to.is_empty() {
                    spoken.push(count(sources.len()));
                    speakers.push(
                        evidence
                            .according_to
                            .iter()
                            .filter_map(speaker)
                            .collect::<Vec<_>>(),
                    );
                }
                sources.push(source);
                stances.push(evidence.stance as u8);
                credibilities.push(evidence.credibility.as_ref().map_or(0, |grade| grade.value));
            }
            starts.push(count(sources.len()));
        }
        Self {
            starts: starts.into(),
            sources: sources.into(),
            stances: unless_zero(stances),
            credibilities: unless_zero(credibilities),
            speakers: SparseLists::new(spoken, Lists::from_lists(speakers)),
        }
    }

    /// Evidence that all supports, without speakers and grades.
    pub(super) fn plain(starts: Vec<u32>, sources: Vec<u32>) -> Self {
        Self {
            starts: starts.into(),
            sources: sources.into(),
            stances: Column::default(),
            credibilities: Column::default(),
            speakers: SparseLists::default(),
        }
    }

    /// How many pieces.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sources.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// Whether some piece has a grade of credibility.
    #[must_use]
    pub fn has_grades(&self) -> bool {
        !self.credibilities.is_empty()
    }

    /// A piece of evidence by its number.
    #[must_use]
    pub fn row(&self, number: u32) -> EvidenceRow<'_> {
        let at = number as usize;
        EvidenceRow {
            number,
            source: self.sources.get(at),
            speakers: self.speakers.of(number),
            stance: match self.stances.find(at).unwrap_or(0) {
                0 => Stance::Supports,
                1 => Stance::Denies,
                _ => Stance::Mentions,
            },
            credibility: self.credibilities.find(at).filter(|&grade| grade != 0),
        }
    }

    /// The numbers of the evidence of a claim.
    #[must_use]
    pub fn numbers_of(&self, claim: ClaimIndex) -> std::ops::Range<u32> {
        let (from, to) = self.starts.ends(claim as usize);
        count(from)..count(to)
    }

    /// The evidence of a claim, in the order of its record.
    pub fn of_claim(
        &self,
        claim: ClaimIndex,
    ) -> impl Iterator<Item = (u32, EvidenceRow<'_>)> + Clone {
        self.numbers_of(claim)
            .map(|number| (number, self.row(number)))
    }

    pub(super) fn write<'a>(&'a self, file: &mut Writer<'a>) {
        self.starts.write("evidence", file);
        self.sources.write("evidence.source", file);
        file.bytes("evidence.stance", self.stances.all());
        file.bytes("evidence.credibility", self.credibilities.all());
        self.speakers.write("evidence.speakers", file);
    }

    pub(super) fn mapped(file: &Arc<File>) -> Result<Self, Problem> {
        Ok(Self {
            starts: Offsets::mapped(file, "evidence")?,
            sources: file.numbers("evidence.source")?,
            stances: file.column("evidence.stance")?,
            credibilities: file.column("evidence.credibility")?,
            speakers: SparseLists::mapped(file, "evidence.speakers")?,
        })
    }
}

/// A column, or an empty one where it would hold nothing but zeros.
pub(super) fn unless_zero(numbers: Vec<u8>) -> Column<u8> {
    if numbers.iter().all(|&number| number == 0) {
        return Column::default();
    }
    numbers.into()
}
