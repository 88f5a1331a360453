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
    /// Admiralty credibility, 1 to 6, if it has a grade.
    pub credibility: Option<u8>,
}

/// Where the origins of a piece of evidence are looked for.
enum Innermost {
    /// In what this source derives from.
    Source(SourceIndex),
    /// Nowhere else: this speaker is the origin.
    Speaker(AgentIndex),
}

fn innermost(agents: &Agents, row: &EvidenceRow) -> Innermost {
    let Some(&speaker) = row.speakers.last() else {
        return Innermost::Source(row.source);
    };
    let source = agents.source_of(speaker);
    source.map_or(Innermost::Speaker(speaker), Innermost::Source)
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
                    credibility: evidence.credibility.as_ref().map(|grade| grade.value),
                });
            }
        }
        Self {
            of_claims: Lists::from_pairs(casebook.claims.len(), pairs.iter().copied()),
            rows,
        }
    }

    /// A piece of evidence by its number.
    #[must_use]
    pub fn row(&self, number: u32) -> &EvidenceRow {
        &self.rows[number as usize]
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
    /// Whether some claim is neither affirmed nor ignored.
    holds_back: bool,
    /// Whether every claim is affirmed, and none disputed.
    plain: bool,
    disputed: Vec<bool>,
    denied: Vec<bool>,
    sources: Lists,
    origins: Lists,
    /// The claims that some kept evidence denies.
    deniers: BTreeMap<ClaimIndex, Deniers>,
    /// Per piece of evidence.
    kept: Vec<bool>,
    /// Per source.
    roots: Lists,
    /// Per agent.
    gone: Vec<bool>,
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
        Self::under(graph, ignored, &|_| true)
    }

    /// The same when of the evidence only what `admits` lets pass is there.
    #[must_use]
    pub fn under(
        graph: &Graph,
        ignored: &BTreeSet<AgentIndex>,
        admits: &dyn Fn(&EvidenceRow) -> bool,
    ) -> Self {
        let (agents, table) = (graph.agents(), graph.evidence());
        let fallen = agents.fallen(ignored);
        let gone = |agent: AgentIndex| {
            ignored.contains(&agent)
                || agents
                    .source_of(agent)
                    .is_some_and(|source| fallen[source as usize])
        };
        let is_kept = |row: &EvidenceRow| {
            !fallen[row.source as usize]
                && !row.speakers.iter().any(|&speaker| gone(speaker))
                && admits(row)
        };
        let roots: Vec<(u32, AgentIndex)> = (0..count(fallen.len()))
            .flat_map(|source| {
                agents
                    .roots(source, &gone)
                    .into_iter()
                    .map(move |root| (source, root))
            })
            .collect();
        let claims = graph.claim_count();
        let mut standing = Self {
            status: Vec::with_capacity(claims as usize),
            holds_back: false,
            plain: false,
            disputed: Vec::new(),
            denied: Vec::new(),
            sources: Lists::default(),
            origins: Lists::default(),
            deniers: BTreeMap::new(),
            kept: table.rows.iter().map(is_kept).collect(),
            roots: Lists::from_pairs(fallen.len(), roots.iter().copied()),
            gone: (0..count(agents.len())).map(gone).collect(),
        };
        let (mut sources, mut origins) = (Vec::new(), Vec::new());
        let mut deniers = BTreeMap::new();
        for claim in 0..claims {
            let rows = || standing.rows(graph, claim);
            let status = status_of(graph.claim(claim), rows().map(|(_, row)| row.stance));
            let denies = || rows().any(|(_, row)| row.stance == Stance::Denies);
            let denied = match status {
                Status::Negated | Status::Denied => true,
                Status::Affirmed | Status::Alleged => denies(),
                // Who denies a plan denies the plan, not what was planned.
                _ => false,
            };
            let carrying = || standing.carrying(graph, claim).map(|(_, row)| row);
            let unique: BTreeSet<_> = carrying().map(|row| row.source).collect();
            sources.extend(unique.into_iter().map(|source| (claim, source)));
            let of = |row| standing.origins_of(agents, row);
            let unique: BTreeSet<_> = carrying().flat_map(of).collect();
            origins.extend(unique.into_iter().map(|origin| (claim, origin)));
            let denying = || rows().filter(|(_, row)| row.stance == Stance::Denies);
            if denying().next().is_some() {
                let sources: BTreeSet<_> = denying().map(|(_, row)| row.source).collect();
                let origins: BTreeSet<_> = denying().flat_map(|(_, row)| of(row)).collect();
                let (sources, origins) =
                    (sources.into_iter().collect(), origins.into_iter().collect());
                deniers.insert(claim, Deniers { sources, origins });
            }
            standing.status.push(status);
            standing.denied.push(denied);
        }
        standing.sources = Lists::from_pairs(claims as usize, sources.iter().copied());
        standing.origins = Lists::from_pairs(claims as usize, origins.iter().copied());
        standing.deniers = deniers;
        let affirms = |status: &Status| matches!(status, Status::Affirmed | Status::Ignored);
        standing.holds_back = !standing.status.iter().all(affirms);
        standing.disputed = (0..claims)
            .map(|claim| {
                standing.status(claim) == Status::Affirmed
                    && is_disputed(graph, &standing.denied, claim)
            })
            .collect();
        standing.plain = standing.status.iter().all(|&it| it == Status::Affirmed)
            && !standing.disputed.contains(&true);
        standing
    }

    /// The evidence of a claim that is there, with its numbers, in the order of its record.
    pub fn rows<'a>(
        &'a self,
        graph: &'a Graph,
        claim: ClaimIndex,
    ) -> impl Iterator<Item = (u32, &'a EvidenceRow)> + Clone {
        let rows = graph.evidence().of_claim(claim);
        rows.filter(|&(row, _)| self.is_kept(row))
    }

    /// The evidence that carries a claim: what supports it; failing that, what denies it; failing that, all that speaks
    /// of it.
    pub fn carrying<'a>(
        &'a self,
        graph: &'a Graph,
        claim: ClaimIndex,
    ) -> impl Iterator<Item = (u32, &'a EvidenceRow)> + Clone {
        let rows = self.rows(graph, claim);
        let carries = [Stance::Supports, Stance::Denies, Stance::Mentions]
            .into_iter()
            .find(|&stance| rows.clone().any(|(_, row)| row.stance == stance));
        rows.filter(move |(_, row)| Some(row.stance) == carries)
    }

    /// What a piece of evidence that is there ultimately rests on: its innermost speaker, else the roots of what its
    /// source derives from.
    #[must_use]
    pub fn origins_of(&self, agents: &Agents, row: &EvidenceRow) -> Vec<AgentIndex> {
        match innermost(agents, row) {
            Innermost::Source(source) => self.roots.of(source).to_vec(),
            Innermost::Speaker(speaker) => vec![speaker],
        }
    }

    /// All according to whom it is, sorted: its speakers, and the entities among its origins, for what a source has
    /// from somebody is on his word, though no speaker is named.
    #[must_use]
    pub fn voices(&self, agents: &Agents, row: &EvidenceRow) -> Vec<AgentIndex> {
        let is_entity =
            |agent: &AgentIndex| matches!(agents.referent(*agent), super::Referent::Entity(_));
        let origins = self.origins_of(agents, row).into_iter().filter(is_entity);
        let mut voices: Vec<AgentIndex> = row.speakers.iter().copied().chain(origins).collect();
        voices.sort_unstable();
        voices.dedup();
        voices
    }

    /// How a claim stands.
    #[must_use]
    #[inline]
    pub fn status(&self, claim: ClaimIndex) -> Status {
        self.status[claim as usize]
    }

    /// Whether some claim is neither affirmed nor ignored.
    #[must_use]
    #[inline]
    pub fn holds_back(&self) -> bool {
        self.holds_back
    }

    /// Whether every claim is affirmed, and none is disputed.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.plain
    }

    /// Whether a claim answers, and other evidence about the same fact denies it.
    #[must_use]
    #[inline]
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
    #[inline]
    pub fn sources(&self, claim: ClaimIndex) -> &[SourceIndex] {
        self.sources.of(claim)
    }

    /// The independent origins behind those sources, sorted: the innermost speaker where the evidence names one, else
    /// the roots of what the source derives from.
    #[must_use]
    #[inline]
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

    /// Whether an agent is ignored, or is a source that falls with what is.
    #[must_use]
    pub fn is_gone(&self, agent: AgentIndex) -> bool {
        self.gone[agent as usize]
    }

    /// Whether a piece of evidence (by its number in the [`EvidenceTable`]) is there: not ignored, and admitted.
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
