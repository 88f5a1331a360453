//! The part of a casebook that a selection takes with it.

use super::Selection;
use crate::graph::{AgentIndex, Graph, NONE, Referent};
use crate::query::Engine;
use std::collections::BTreeSet;

/// Indices of the records to export, each list in the order of the casebook.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) kinds: Vec<u32>,
    pub(super) relations: Vec<u32>,
    pub(super) publications: Vec<u32>,
    pub(super) sources: Vec<u32>,
    pub(super) entities: Vec<u32>,
    pub(super) claims: Vec<u32>,
    /// Positions of the judgements about two of the entities.
    pub(super) same_as: Vec<usize>,
}

impl Part {
    /// Everything, or the selected claims and whatever they name: their ends, places and events and what these lie
    /// within, their sources and speakers and what these derive from.
    pub(super) fn of(engine: &Engine, selection: &Selection) -> Self {
        let graph = &engine.graph;
        let book = graph.records();
        if selection.claims.is_none() {
            return Self {
                kinds: numbers(book.kinds.len()),
                relations: numbers(book.relations.len()),
                publications: numbers(book.publications.len()),
                sources: numbers(book.sources.len()),
                entities: numbers(graph.entity_count() as usize),
                claims: numbers(graph.claim_count() as usize),
                same_as: (0..book.same_as.len()).collect(),
            };
        }
        let mut named = Named::default();
        let claims: Vec<u32> = (0..graph.claim_count())
            .filter(|&claim| selection.has(claim))
            .collect();
        for &claim in &claims {
            named.claim(graph, claim);
        }
        let has = |id: &str| {
            let entity = graph.entity_by_id(id);
            entity.is_some_and(|entity| named.entities.contains(&entity))
        };
        let judged = |&at: &usize| has(&book.same_as[at].left) && has(&book.same_as[at].right);
        let same_as = (0..book.same_as.len()).filter(judged).collect();
        let kinds: BTreeSet<u32> = named.entities.iter().map(|&e| graph.kind_of(e)).collect();
        Self {
            kinds: kinds.into_iter().collect(),
            relations: named.relations.into_iter().collect(),
            publications: named.publications.into_iter().collect(),
            sources: named.sources.into_iter().collect(),
            entities: named.entities.into_iter().collect(),
            claims,
            same_as,
        }
    }
}

fn numbers(length: usize) -> Vec<u32> {
    (0..).take(length).collect()
}

#[derive(Default)]
struct Named {
    relations: BTreeSet<u32>,
    publications: BTreeSet<u32>,
    sources: BTreeSet<u32>,
    entities: BTreeSet<u32>,
}

impl Named {
    fn claim(&mut self, graph: &Graph, claim: u32) {
        self.relations.insert(graph.relation_of(claim));
        let record = graph.claim(claim);
        // The ids as written and what stands for them, where entities are judged the same.
        let written = [&record.subject, &record.object].into_iter();
        for id in written.chain(&record.place).chain(&record.event) {
            if let Some(entity) = graph.entity_by_id(id) {
                self.entity(graph, entity);
            }
        }
        for (_, row) in graph.evidence().of_claim(claim) {
            self.agent(graph, graph.agents().of_source(row.source));
            for &speaker in row.speakers {
                self.agent(graph, speaker);
            }
        }
        for evidence in &record.evidence {
            for id in &evidence.according_to {
                if let Some(agent) = graph.agents().find(id) {
                    self.agent(graph, agent);
                }
            }
        }
    }

    fn entity(&mut self, graph: &Graph, entity: u32) {
        self.entities.insert(entity);
        for &outer in graph.lies_in(entity) {
            self.entities.extend(graph.judged_same(outer));
        }
    }

    /// The agent and all that it derives from.
    fn agent(&mut self, graph: &Graph, agent: AgentIndex) {
        let agents = graph.agents();
        let mut open = vec![agent];
        while let Some(agent) = open.pop() {
            if agent == NONE {
                continue;
            }
            match agents.referent(agent) {
                Referent::Entity(entity) => self.entity(graph, entity),
                Referent::Publication(publication) => {
                    self.publications.insert(publication);
                }
                Referent::Source(_) => {}
            }
            if let Some(source) = agents.source_of(agent)
                && self.sources.insert(source)
            {
                open.extend(agents.derived_from(source));
                open.extend(agents.publication_of(source));
            }
        }
    }
}
