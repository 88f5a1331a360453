//! What claims rest on: evidence, its sources and speakers, the origins behind them, and what is left of all that when
//! some sources are ignored.

use super::agents::{AgentIndex, Agents};
use super::{ClaimIndex, Graph, SourceIndex, columns::Lists, count};
use crate::model::{Actuality, Casebook, Claim, Polarity, Stance, Text};
use std::collections::{BTreeMap, BTreeSet};

/// How a claim stands. Each claim has exactly one status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// It answers a plain question: affirmed, occurred or ongoing, and some evidence supports it.
    Affirmed,
    /// Supported, but only planned.
    Planned,
    /// Supported, but only expected.
    Expected,
    /// Supported, but cancelled.
    Cancelled,
    /// Supported, but only alleged.
    Alleged,
    /// A source says that it is not so.
    Negated,
    /// Nothing supports it and somebody denies it.
    Denied,
    /// Nothing supports or denies it; it is only spoken of.
    Mentioned,
    /// All its evidence is ignored.
    Ignored,
}

impl Status {
    /// Every status that a footer can count, in its order.
    pub const HELD_BACK: [Self; 7] = [
        Self::Planned,
        Self::Expected,
        Self::Cancelled,
        Self::Alleged,
        Self::Denied,
        Self::Negated,
        Self::Mentioned,
    ];

    /// The word that questions and answers use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Affirmed => "affirmed",
            Self::Planned => "planned",
            Self::Expected => "expected",
            Self::Cancelled => "cancelled",
            Self::Alleged => "alleged",
            Self::Negated => "negated",
            Self::Denied => "denied",
            Self::Mentioned => "mentioned",
            Self::Ignored => "ignored",
        }
    }
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRow {
    /// The source.
    pub source: SourceIndex,
    /// Who says so, outermost first.
    pub speakers: Vec<AgentIndex>,
    /// What it does for the claim.
    pub stance: Stance,
}

impl EvidenceRow {
    /// Its origins with nobody ignored, sorted: the innermost speaker, else the roots of what its source derives from.
    #[must_use]
    pub fn origins(&self, agents: &Agents) -> Vec<AgentIndex> {
        let roots = |source| agents.roots(source, &|_| false);
        match self.speakers.last() {
            Some(&speaker) => agents
                .source_of(speaker)
                .map_or_else(|| vec![speaker], roots),
            None => roots(self.source),
        }
    }
}

/// All evidence, claim by claim.
#[derive(Debug)]
pub struct EvidenceTable {
    rows: Vec<EvidenceRow>,
    of_claims: Lists,
}

impl EvidenceTable {
    pub(super) fn of(casebook: &Casebook, agents: &Agents) -> Self {
        let mut rows = Vec::new();
        let mut pairs = Vec::new();
        for (claim, record) in (0..).zip(&casebook.claims) {
            for evidence in &record.evidence {
                let Some(source) = agents
                    .find(&evidence.source)
                    .and_then(|agent| agents.source_of(agent))
                else {
                    continue;
                };
                let speaker = |id: &Text| agents.find(id).map(|agent| agents.canonical(agent));
                pairs.push((claim, count(rows.len())));
                rows.push(EvidenceRow {
                    source,
                    speakers: evidence.according_to.iter().filter_map(speaker).collect(),
                    stance: evidence.stance,
                });
            }
        }
        Self {
            of_claims: Lists::from_pairs(casebook.claims.len(), pairs.iter().copied()),
            rows,
        }
    }

    /// The evidence of a claim, in the order of its record.
    pub fn of_claim(&self, claim: ClaimIndex) -> impl Iterator<Item = (u32, &EvidenceRow)> + Clone {
        self.of_claims
            .of(claim)
            .iter()
            .map(|&row| (row, &self.rows[row as usize]))
    }
}

/// How every claim stands once some agents are ignored: status, sources, origins. With nobody ignored it is the
/// standing of the casebook itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// Per claim.
    status: Vec<Status>,
    disputed: Vec<bool>,
    denied: Vec<bool>,
    sources: Lists,
    origins: Lists,
    /// The claims that some kept evidence denies.
    deniers: BTreeMap<ClaimIndex, Deniers>,
    kept: Vec<bool>,
}

/// Who denies a claim.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Deniers {
    sources: Vec<SourceIndex>,
    origins: Vec<AgentIndex>,
}

impl Provenance {
    /// The standing of every claim of `graph` when `ignored` and all that derives only from it are not there.
    #[must_use]
    pub fn of(graph: &Graph, ignored: &BTreeSet<AgentIndex>) -> Self {
        let (agents, table) = (graph.agents(), graph.evidence());
        let fallen = agents.fallen(ignored);
        let gone = |agent: AgentIndex| {
            ignored.contains(&agent)
                || agents
                    .source_of(agent)
                    .is_some_and(|source| fallen[source as usize])
        };
        let kept: Vec<bool> = table
            .rows
            .iter()
            .map(|row| {
                !fallen[row.source as usize] && !row.speakers.iter().any(|&speaker| gone(speaker))
            })
            .collect();
        let roots: Vec<Vec<AgentIndex>> = (0..count(fallen.len()))
            .map(|source| agents.roots(source, &gone))
            .collect();
        let origins_of = |row: &EvidenceRow| match row.speakers.last() {
            Some(&speaker) => agents
                .source_of(speaker)
                .map_or_else(|| vec![speaker], |source| roots[source as usize].clone()),
            None => roots[row.source as usize].clone(),
        };
        let claims = graph.claim_count();
        let mut status = Vec::with_capacity(claims as usize);
        let (mut sources, mut origins) = (Vec::new(), Vec::new());
        let mut deniers = BTreeMap::new();
        for claim in 0..claims {
            let rows = || {
                table
                    .of_claim(claim)
                    .filter(|&(row, _)| kept[row as usize])
                    .map(|(_, row)| row)
            };
            status.push(status_of(graph.claim(claim), rows().map(|row| row.stance)));
            // What carries the claim: what supports it; failing that, what denies it; failing that, all that speaks of it.
            let carries = [Stance::Supports, Stance::Denies, Stance::Mentions]
                .into_iter()
                .find(|&stance| rows().any(|row| row.stance == stance));
            let carrying = || rows().filter(|row| Some(row.stance) == carries);
            let unique: BTreeSet<_> = carrying().map(|row| row.source).collect();
            sources.extend(unique.into_iter().map(|source| (claim, source)));
            let unique: BTreeSet<_> = carrying().flat_map(origins_of).collect();
            origins.extend(unique.into_iter().map(|origin| (claim, origin)));
            let denying = || rows().filter(|row| row.stance == Stance::Denies);
            if denying().next().is_some() {
                let sources: BTreeSet<_> = denying().map(|row| row.source).collect();
                let origins: BTreeSet<_> = denying().flat_map(origins_of).collect();
                let (sources, origins) =
                    (sources.into_iter().collect(), origins.into_iter().collect());
                deniers.insert(claim, Deniers { sources, origins });
            }
        }
        let denied: Vec<bool> = (0..claims)
            .map(|claim| {
                match status[claim as usize] {
                    Status::Negated | Status::Denied => true,
                    Status::Affirmed | Status::Alleged => deniers.contains_key(&claim),
                    // Who denies a plan denies the plan, not what was planned.
                    _ => false,
                }
            })
            .collect();
        Self {
            disputed: (0..claims)
                .map(|claim| {
                    status[claim as usize] == Status::Affirmed && is_disputed(graph, &denied, claim)
                })
                .collect(),
            sources: Lists::from_pairs(claims as usize, sources.iter().copied()),
            origins: Lists::from_pairs(claims as usize, origins.iter().copied()),
            status,
            denied,
            deniers,
            kept,
        }
    }

    /// How a claim stands.
    #[must_use]
    pub fn status(&self, claim: ClaimIndex) -> Status {
        self.status[claim as usize]
    }

    /// Whether some claim is neither affirmed nor ignored.
    #[must_use]
    pub fn holds_back(&self) -> bool {
        self.status
            .iter()
            .any(|status| !matches!(status, Status::Affirmed | Status::Ignored))
    }

    /// Whether a claim answers, and other evidence about the same fact denies it.
    #[must_use]
    pub fn is_disputed(&self, claim: ClaimIndex) -> bool {
        self.disputed[claim as usize]
    }

    /// Whether some source says outright, by this claim, that it did not happen: a negated claim, a denied one, or one
    /// that some evidence denies.
    #[must_use]
    pub fn is_denial(&self, claim: ClaimIndex) -> bool {
        self.denied[claim as usize]
    }

    /// The sources that carry a claim, sorted: those that support it; failing that, that deny it; failing that, that
    /// speak of it.
    #[must_use]
    pub fn sources(&self, claim: ClaimIndex) -> &[SourceIndex] {
        self.sources.of(claim)
    }

    /// The independent origins behind those sources, sorted: the innermost speaker where the evidence names one, else
    /// the roots of what the source derives from.
    #[must_use]
    pub fn origins(&self, claim: ClaimIndex) -> &[AgentIndex] {
        self.origins.of(claim)
    }

    /// Whether some evidence denies a claim, whatever else supports it.
    #[must_use]
    pub fn has_deniers(&self, claim: ClaimIndex) -> bool {
        self.deniers.contains_key(&claim)
    }

    /// The sources by which a claim is denied, sorted.
    #[must_use]
    pub fn denying_sources(&self, claim: ClaimIndex) -> &[SourceIndex] {
        self.deniers.get(&claim).map_or(&[], |by| &by.sources)
    }

    /// The independent origins behind those sources, sorted.
    #[must_use]
    pub fn denying_origins(&self, claim: ClaimIndex) -> &[AgentIndex] {
        self.deniers.get(&claim).map_or(&[], |by| &by.origins)
    }

    /// Whether a piece of evidence (by its number in the [`EvidenceTable`]) is not ignored.
    #[must_use]
    pub fn is_kept(&self, evidence: u32) -> bool {
        self.kept[evidence as usize]
    }
}

fn status_of(claim: &Claim, stances: impl Iterator<Item = Stance> + Clone) -> Status {
    let has = |stance| stances.clone().any(|found| found == stance);
    if !has(Stance::Supports) {
        return match (has(Stance::Denies), has(Stance::Mentions)) {
            (true, _) => Status::Denied,
            (false, true) => Status::Mentioned,
            (false, false) => Status::Ignored,
        };
    }
    match (claim.polarity, claim.actuality) {
        (Polarity::Negated, _) => Status::Negated,
        (Polarity::Affirmed, Actuality::Occurred | Actuality::Ongoing) => Status::Affirmed,
        (Polarity::Affirmed, Actuality::Planned) => Status::Planned,
        (Polarity::Affirmed, Actuality::Expected) => Status::Expected,
        (Polarity::Affirmed, Actuality::Cancelled) => Status::Cancelled,
        (Polarity::Affirmed, Actuality::Alleged) => Status::Alleged,
    }
}

fn is_disputed(graph: &Graph, denied: &[bool], claim: ClaimIndex) -> bool {
    let fact = graph.claims_of_fact(graph.fact_of(claim));
    fact.iter().any(|&other| denied[other as usize])
}
