//! What claims rest on: evidence, its sources and speakers, the origins behind them, and what is left of all that when
//! some sources are ignored.

use super::{ClaimIndex, EntityIndex, Graph, SourceIndex, columns::Lists, count};
use crate::model::{Actuality, Casebook, Claim, Polarity, Stance, Text};
use std::collections::{BTreeMap, BTreeSet};

/// Index of an agent: an id that evidence is according to, or an origin. A publication, a source and an entity of the
/// same id are one agent.
pub type AgentIndex = u32;

/// What an agent is first of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Referent {
    /// An entity (as written, not canonical).
    Entity(u32),
    /// A publication.
    Publication(u32),
    /// A source.
    Source(u32),
}

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

/// All agents, numbered in order of their ids.
#[derive(Debug)]
pub struct Agents {
    ids: Vec<String>,
    referents: Vec<Referent>,
    canonical: Vec<AgentIndex>,
    /// Per source: the agents it derives from.
    derived_from: Vec<Vec<AgentIndex>>,
    /// Per source: its own agent, then its publication's if it has one.
    of_sources: Vec<(AgentIndex, Option<AgentIndex>)>,
    sources: BTreeMap<AgentIndex, SourceIndex>,
}

impl Agents {
    pub(super) fn of(
        casebook: &Casebook,
        entities: &BTreeMap<String, u32>,
        publications: &BTreeMap<String, u32>,
        sources: &BTreeMap<String, u32>,
        canonical: &[EntityIndex],
    ) -> Self {
        let mut by_id: BTreeMap<&str, Referent> = BTreeMap::new();
        by_id.extend(
            sources
                .iter()
                .map(|(id, &at)| (id.as_str(), Referent::Source(at))),
        );
        by_id.extend(
            publications
                .iter()
                .map(|(id, &at)| (id.as_str(), Referent::Publication(at))),
        );
        by_id.extend(
            entities
                .iter()
                .map(|(id, &at)| (id.as_str(), Referent::Entity(at))),
        );
        let ids: Vec<String> = by_id.keys().map(|&id| id.to_owned()).collect();
        let find = |id: &str| {
            ids.binary_search_by(|known| known.as_str().cmp(id))
                .ok()
                .map(count)
        };
        // An entity judged the same as another is the same speaker.
        let same = |id: &str| match entities.get(id) {
            Some(&entity) => find(&casebook.entities[canonical[entity as usize] as usize].id),
            None => find(id),
        };
        let agent = |id: &Text| same(id);
        let derived = |source: &crate::model::Source| {
            source
                .derived_from
                .iter()
                .filter_map(|d| agent(&d.origin))
                .collect()
        };
        let own = |source: &crate::model::Source| {
            (
                find(&source.id).unwrap_or(super::NONE),
                source
                    .publication
                    .as_ref()
                    .filter(|id| publications.contains_key(&id.value))
                    .and_then(&agent),
            )
        };
        Self {
            referents: by_id.values().copied().collect(),
            canonical: ids
                .iter()
                .map(|id| same(id).unwrap_or(super::NONE))
                .collect(),
            derived_from: casebook.sources.iter().map(derived).collect(),
            of_sources: casebook.sources.iter().map(own).collect(),
            sources: sources
                .iter()
                .filter_map(|(id, &at)| Some((find(id)?, at)))
                .collect(),
            ids,
        }
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The agent of an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<AgentIndex> {
        self.ids
            .binary_search_by(|known| known.as_str().cmp(id))
            .ok()
            .map(count)
    }

    /// An agent's id.
    #[must_use]
    pub fn id(&self, agent: AgentIndex) -> &str {
        &self.ids[agent as usize]
    }

    /// What an agent is: an entity if one has its id, else a publication, else a source.
    #[must_use]
    pub fn referent(&self, agent: AgentIndex) -> Referent {
        self.referents[agent as usize]
    }

    /// The agent that stands for this one: that of the canonical entity, where it is an entity.
    #[must_use]
    pub fn canonical(&self, agent: AgentIndex) -> AgentIndex {
        self.canonical[agent as usize]
    }

    /// The agent of a source.
    #[must_use]
    pub fn of_source(&self, source: SourceIndex) -> AgentIndex {
        self.of_sources[source as usize].0
    }

    /// The agent of a source's publication, if it has one.
    #[must_use]
    pub fn publication_of(&self, source: SourceIndex) -> Option<AgentIndex> {
        self.of_sources[source as usize].1
    }

    /// The agents from which a source derives directly.
    #[must_use]
    pub fn derived_from(&self, source: SourceIndex) -> &[AgentIndex] {
        &self.derived_from[source as usize]
    }

    /// The sources that fall when these agents are ignored: they themselves, those of an ignored publication, and
    /// those that derive only from what falls or is ignored.
    #[must_use]
    pub fn fallen(&self, ignored: &BTreeSet<AgentIndex>) -> Vec<bool> {
        let mut fallen: Vec<bool> = self
            .of_sources
            .iter()
            .map(|(own, publication)| {
                ignored.contains(own)
                    || publication.is_some_and(|publication| ignored.contains(&publication))
            })
            .collect();
        loop {
            let gone = |fallen: &[bool], agent: &AgentIndex| {
                ignored.contains(agent)
                    || self
                        .sources
                        .get(agent)
                        .is_some_and(|&source| fallen[source as usize])
            };
            let more: Vec<usize> = (0..fallen.len())
                .filter(|&source| !fallen[source])
                .filter(|&source| {
                    let from = &self.derived_from[source];
                    !from.is_empty() && from.iter().all(|agent| gone(&fallen, agent))
                })
                .collect();
            if more.is_empty() {
                return fallen;
            }
            for source in more {
                fallen[source] = true;
            }
        }
    }

    /// The roots of a source's derivation, sorted. A source that derives from nothing (or only from itself) is rooted
    /// in its publication if it has one, else in itself. `gone` are agents to leave out.
    fn roots(&self, source: SourceIndex, gone: &dyn Fn(AgentIndex) -> bool) -> Vec<AgentIndex> {
        let mut roots = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut open = vec![source];
        while let Some(next) = open.pop() {
            if !seen.insert(next) {
                continue;
            }
            let (own, publication) = self.of_sources[next as usize];
            let from: Vec<_> = self.derived_from[next as usize]
                .iter()
                .copied()
                .filter(|&agent| !gone(agent) && agent != own)
                .collect();
            if from.is_empty() {
                roots.insert(publication.unwrap_or(own));
            }
            for agent in from {
                match self.sources.get(&agent) {
                    Some(&source) => open.push(source),
                    None => {
                        roots.insert(agent);
                    }
                }
            }
        }
        if roots.is_empty() {
            // A circle of sources: one origin, whichever member is asked.
            roots.extend(seen.iter().map(|&source| self.of_source(source)).min());
        }
        roots.into_iter().collect()
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
                    .and_then(|agent| agents.sources.get(&agent))
                else {
                    continue;
                };
                let speaker = |id: &Text| agents.find(id).map(|agent| agents.canonical(agent));
                pairs.push((claim, count(rows.len())));
                rows.push(EvidenceRow {
                    source: *source,
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
#[derive(Debug, Clone)]
pub struct Provenance {
    /// Per claim.
    status: Vec<Status>,
    disputed: Vec<bool>,
    denied: Vec<bool>,
    sources: Lists,
    origins: Lists,
    kept: Vec<bool>,
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
                    .sources
                    .get(&agent)
                    .is_some_and(|&source| fallen[source as usize])
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
                .sources
                .get(&speaker)
                .map_or_else(|| vec![speaker], |&source| roots[source as usize].clone()),
            None => roots[row.source as usize].clone(),
        };
        let claims = graph.claim_count();
        let mut status = Vec::with_capacity(claims as usize);
        let (mut sources, mut origins) = (Vec::new(), Vec::new());
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
        }
        let denied: Vec<bool> = (0..claims)
            .map(|claim| {
                let denies = || {
                    table.of_claim(claim).any(|(row, evidence)| {
                        kept[row as usize] && evidence.stance == Stance::Denies
                    })
                };
                match status[claim as usize] {
                    Status::Negated | Status::Denied => true,
                    Status::Affirmed | Status::Alleged => denies(),
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
            kept,
        }
    }

    /// How a claim stands.
    #[must_use]
    pub fn status(&self, claim: ClaimIndex) -> Status {
        self.status[claim as usize]
    }

    /// Whether a claim answers, and other evidence about the same fact and a time that may be the same denies it.
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
    let may_be_at_one_time = |other: ClaimIndex| match (graph.date_of(claim), graph.date_of(other))
    {
        (Some(one), Some(two)) => one.possibly_meets(two.widest()),
        _ => true,
    };
    graph
        .claims_of_fact(graph.fact_of(claim))
        .iter()
        .any(|&other| denied[other as usize] && may_be_at_one_time(other))
}
