//! Agents: all that evidence can be according to, and all that can be an origin; and what derives from what.

use super::{EntityIndex, SourceIndex};
use crate::model::{Casebook, Source, Text};
use crate::text::Map;
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

/// All agents, numbered in order of their ids.
#[derive(Debug)]
pub struct Agents {
    ids: Vec<String>,
    numbers: Map<String, AgentIndex>,
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
        entities: &Map<String, u32>,
        publications: &Map<String, u32>,
        sources: &Map<String, u32>,
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
        let numbers: Map<String, AgentIndex> = ids.iter().cloned().zip(0..).collect();
        let find = |id: &str| numbers.get(id).copied();
        // An entity judged the same as another is the same speaker.
        let same = |id: &str| match entities.get(id) {
            Some(&entity) => find(&casebook.entities[canonical[entity as usize] as usize].id),
            None => find(id),
        };
        let agent = |id: &Text| same(id);
        let derived = |source: &Source| {
            source
                .derived_from
                .iter()
                .filter_map(|d| agent(&d.origin))
                .collect()
        };
        let own = |source: &Source| {
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
            numbers,
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
        self.numbers.get(id).copied()
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

    /// The source that an agent is.
    #[must_use]
    pub fn source_of(&self, agent: AgentIndex) -> Option<SourceIndex> {
        self.sources.get(&agent).copied()
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
    pub(super) fn roots(
        &self,
        source: SourceIndex,
        gone: &dyn Fn(AgentIndex) -> bool,
    ) -> Vec<AgentIndex> {
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
