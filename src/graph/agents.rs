//! Agents: all that evidence can be according to, and all that can be an origin; and what derives from what.

use super::{EntityIndex, NONE, SourceIndex, build::Known, count};
use crate::columns::{Column, File, Lists, Problem, Strings, Writer};
use crate::model::{Casebook, Source};
use std::collections::BTreeSet;
use std::sync::Arc;

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

impl Referent {
    /// In one number: two bits say what it is.
    #[must_use]
    pub fn packed(self) -> u32 {
        match self {
            Self::Entity(at) => at << 2,
            Self::Publication(at) => at << 2 | 1,
            Self::Source(at) => at << 2 | 2,
        }
    }

    /// What [`Referent::packed`] gave.
    #[must_use]
    pub fn unpacked(packed: u32) -> Self {
        match packed & 3 {
            0 => Self::Entity(packed >> 2),
            1 => Self::Publication(packed >> 2),
            _ => Self::Source(packed >> 2),
        }
    }
}

/// All agents, numbered in order of their ids.
#[derive(Debug)]
pub struct Agents {
    ids: Strings,
    referents: Column<u32>,
    canonical: Column<AgentIndex>,
    /// Per source: the agents it derives from.
    derived_from: Lists,
    /// Per source: its own agent.
    own: Column<AgentIndex>,
    /// Per source: its publication's agent, or [`NONE`].
    outlets: Column<AgentIndex>,
    /// Per agent: the source that it is, or [`NONE`].
    sources: Column<SourceIndex>,
    /// Per entity.
    of_entities: Column<AgentIndex>,
}

impl Agents {
    pub(super) fn of(casebook: &Casebook, known: &Known, canonical: &[EntityIndex]) -> Self {
        let entities = casebook
            .entities
            .iter()
            .map(|it| &it.id)
            .zip((0..).map(Referent::Entity));
        let outlets = casebook.publications.iter().map(|it| &it.id);
        let sources = casebook.sources.iter().map(|it| &it.id);
        let mut named: Vec<(&str, Referent)> = entities
            .chain(outlets.zip((0..).map(Referent::Publication)))
            .chain(sources.zip((0..).map(Referent::Source)))
            .map(|(id, referent)| (id.as_str(), referent))
            .collect();
        named.sort_unstable();
        // Each thing's agent; those of one id share one.
        let mut of_entities = vec![NONE; casebook.entities.len()];
        let mut of_publications = vec![NONE; casebook.publications.len()];
        let mut own = vec![NONE; casebook.sources.len()];
        let (mut ids, mut referents, mut source_of) = (Vec::new(), Vec::new(), Vec::new());
        for &(id, referent) in &named {
            if ids.last() != Some(&id) {
                ids.push(id);
                referents.push(referent.packed());
                source_of.push(NONE);
            }
            let agent = count(ids.len()) - 1;
            match referent {
                Referent::Entity(at) => of_entities[at as usize] = agent,
                Referent::Publication(at) => of_publications[at as usize] = agent,
                Referent::Source(at) => {
                    own[at as usize] = agent;
                    source_of[agent as usize] = at;
                }
            }
        }
        // An entity judged the same as another is the same speaker.
        let same = |id: &str| {
            let entity = known
                .entities
                .get(id)
                .map(|&at| of_entities[canonical[at as usize] as usize]);
            let outlet = || {
                known
                    .publications
                    .get(id)
                    .map(|&at| of_publications[at as usize])
            };
            let source = || known.sources.get(id).map(|&at| own[at as usize]);
            entity.or_else(outlet).or_else(source)
        };
        let derived = |source: &Source| -> Vec<AgentIndex> {
            source
                .derived_from
                .iter()
                .filter_map(|from| same(&from.origin))
                .collect()
        };
        let outlet = |source: &Source| {
            let id = source.publication.as_ref();
            let id = id.filter(|id| known.publications.contains_key(&id.value));
            id.and_then(|id| same(id)).unwrap_or(NONE)
        };
        Self {
            canonical: ids.iter().map(|id| same(id).unwrap_or(NONE)).collect(),
            derived_from: Lists::from_lists(casebook.sources.iter().map(derived)),
            outlets: casebook.sources.iter().map(outlet).collect(),
            ids: ids.into_iter().collect(),
            referents: referents.into(),
            sources: source_of.into(),
            own: own.into(),
            of_entities: of_entities.into(),
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
        self.ids.position(id).map(count)
    }

    /// An agent's id.
    #[must_use]
    pub fn id(&self, agent: AgentIndex) -> &str {
        self.ids.get(agent as usize)
    }

    /// What an agent is: an entity if one has its id, else a publication, else a source.
    #[must_use]
    pub fn referent(&self, agent: AgentIndex) -> Referent {
        Referent::unpacked(self.referents.get(agent as usize))
    }

    /// The agent that stands for this one: that of the canonical entity, where it is an entity.
    #[must_use]
    pub fn canonical(&self, agent: AgentIndex) -> AgentIndex {
        self.canonical.get(agent as usize)
    }

    /// The agent of an entity (as written, not canonical).
    #[must_use]
    pub fn of_entity(&self, entity: EntityIndex) -> AgentIndex {
        self.of_entities.get(entity as usize)
    }

    /// The agent of a source.
    #[must_use]
    pub fn of_source(&self, source: SourceIndex) -> AgentIndex {
        self.own.get(source as usize)
    }

    /// The agent of a source's publication, if it has one.
    #[must_use]
    pub fn publication_of(&self, source: SourceIndex) -> Option<AgentIndex> {
        Some(self.outlets.get(source as usize)).filter(|&outlet| outlet != NONE)
    }

    /// The source that an agent is.
    #[must_use]
    pub fn source_of(&self, agent: AgentIndex) -> Option<SourceIndex> {
        self.sources
            .find(agent as usize)
            .filter(|&source| source != NONE)
    }

    /// The agents from which a source derives directly.
    #[must_use]
    pub fn derived_from(&self, source: SourceIndex) -> &[AgentIndex] {
        self.derived_from.of(source)
    }

    /// The sources that fall when these agents are ignored: they themselves, those of an ignored publication, and
    /// those that derive only from what falls or is ignored.
    #[must_use]
    pub fn fallen(&self, ignored: &BTreeSet<AgentIndex>) -> Vec<bool> {
        let sources = count(self.own.len());
        if ignored.is_empty() {
            return vec![false; sources as usize];
        }
        let mut fallen: Vec<bool> = (0..sources)
            .map(|source| {
                let outlet = self.publication_of(source);
                ignored.contains(&self.of_source(source))
                    || outlet.is_some_and(|outlet| ignored.contains(&outlet))
            })
            .collect();
        loop {
            let gone = |fallen: &[bool], agent: &AgentIndex| {
                ignored.contains(agent)
                    || self
                        .source_of(*agent)
                        .is_some_and(|source| fallen[source as usize])
            };
            let more: Vec<u32> = (0..sources)
                .filter(|&source| !fallen[source as usize])
                .filter(|&source| {
                    let from = self.derived_from(source);
                    !from.is_empty() && from.iter().all(|agent| gone(&fallen, agent))
                })
                .collect();
            if more.is_empty() {
                return fallen;
            }
            for source in more {
                fallen[source as usize] = true;
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
            let own = self.of_source(next);
            let from: Vec<_> = self
                .derived_from(next)
                .iter()
                .copied()
                .filter(|&agent| !gone(agent) && agent != own)
                .collect();
            if from.is_empty() {
                roots.insert(self.publication_of(next).unwrap_or(own));
            }
            for agent in from {
                match self.source_of(agent) {
                    Some(source) => open.push(source),
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

    pub(super) fn write<'a>(&'a self, file: &mut Writer<'a>) {
        self.ids.write("agent.id", file);
        file.numbers("agent.referent", self.referents.all());
        file.numbers("agent.canonical", self.canonical.all());
        file.numbers("agent.source", self.sources.all());
        self.derived_from.write("source.derived", file);
        file.numbers("source.agent", self.own.all());
        file.numbers("source.outlet", self.outlets.all());
        file.numbers("entity.agent", self.of_entities.all());
    }

    pub(super) fn mapped(file: &Arc<File>) -> Result<Self, Problem> {
        Ok(Self {
            ids: Strings::mapped(file, "agent.id")?,
            referents: file.column("agent.referent")?,
            canonical: file.column("agent.canonical")?,
            sources: file.column("agent.source")?,
            derived_from: Lists::mapped(file, "source.derived")?,
            own: file.column("source.agent")?,
            outlets: file.column("source.outlet")?,
            of_entities: file.column("entity.agent")?,
        })
    }
}
