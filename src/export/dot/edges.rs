//! From claims to what is drawn: facts, lists of ends that belong to one other end, and edges between nodes.

use super::look::{Look, Standing};
use crate::graph::{AgentIndex, ClaimIndex, EntityIndex, FactIndex, RelationIndex, SourceIndex};
use crate::query::Engine;
use std::collections::{BTreeMap, BTreeSet};

/// Claims of one fact that are drawn alike.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    pub(super) from: EntityIndex,
    pub(super) relation: RelationIndex,
    pub(super) to: EntityIndex,
    pub(super) look: Look,
    pub(super) disputed: bool,
    pub(super) claims: Vec<ClaimIndex>,
    pub(super) sources: BTreeSet<SourceIndex>,
}

/// What stands at an end of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    Entity(EntityIndex),
    /// A list of entities, by its number.
    List(usize),
}

/// Entities of which nothing is drawn but one fact each, all alike and with the same entity.
#[derive(Debug)]
pub(super) struct List {
    /// Whether they are the subjects of their facts.
    pub(super) are_subjects: bool,
    /// Their facts, those of one relation side by side.
    pub(super) facts: Vec<Fact>,
}

impl List {
    /// The entity of a fact that stands in the list.
    pub(super) fn entry(&self, fact: &Fact) -> EntityIndex {
        if self.are_subjects {
            fact.from
        } else {
            fact.to
        }
    }
}

/// An edge with the facts that it stands for.
#[derive(Debug)]
pub(super) struct Edge {
    pub(super) from: Node,
    pub(super) to: Node,
    pub(super) look: Look,
    pub(super) symmetric: bool,
    pub(super) facts: Vec<Fact>,
}

/// All that is drawn.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    pub(super) entities: BTreeSet<EntityIndex>,
    pub(super) lists: Vec<List>,
    pub(super) edges: Vec<Edge>,
}

/// What the ends of a list share: the entity that they hang on, whether they are subjects, how their edges look.
type Stem = (EntityIndex, bool, Look);

impl Drawing {
    /// What to draw for these claims. Ends are gathered in lists where `lists` is true.
    pub(super) fn of(engine: &Engine, claims: &[ClaimIndex], lists: bool) -> Self {
        let facts = facts(engine, claims);
        let mut drawing = Self::default();
        let mut edges: BTreeMap<(Node, Node, Look, bool), Vec<Fact>> = BTreeMap::new();
        let stems = if lists {
            stems(&facts)
        } else {
            BTreeMap::new()
        };
        let mut listed: BTreeMap<Stem, usize> = BTreeMap::new();
        for (at, fact) in facts.iter().enumerate() {
            let (mut from, mut to) = (Node::Entity(fact.from), Node::Entity(fact.to));
            if let Some(&stem) = stems.get(&at) {
                let are_subjects = stem.1;
                let number = *listed.entry(stem).or_insert_with(|| {
                    drawing.lists.push(List {
                        are_subjects,
                        facts: Vec::new(),
                    });
                    drawing.lists.len() - 1
                });
                drawing.lists[number].facts.push(fact.clone());
                let end = if are_subjects { &mut from } else { &mut to };
                *end = Node::List(number);
            }
            for node in [from, to] {
                if let Node::Entity(entity) = node {
                    drawing.entities.insert(entity);
                }
            }
            let listed = matches!((from, to), (Node::List(_), _) | (_, Node::List(_)));
            let symmetric = !listed && engine.graph.relation(fact.relation).symmetric;
            edges
                .entry((from, to, fact.look, symmetric))
                .or_default()
                .push(fact.clone());
        }
        for list in &mut drawing.lists {
            list.facts.sort_by_key(|fact| fact.relation);
        }
        drawing.edges = edges
            .into_iter()
            .map(|((from, to, look, symmetric), facts)| Edge {
                from,
                to,
                look,
                symmetric,
                facts,
            })
            .collect();
        drawing
    }

    /// How many facts of each entity are drawn.
    pub(super) fn degrees(&self) -> BTreeMap<Node, usize> {
        let mut degrees = BTreeMap::new();
        for edge in &self.edges {
            for node in [edge.from, edge.to] {
                *degrees.entry(node).or_default() += edge.facts.len();
            }
        }
        degrees
    }
}

/// The claims by fact and standing, in order of facts.
fn facts(engine: &Engine, claims: &[ClaimIndex]) -> Vec<Fact> {
    let (graph, standing) = (&engine.graph, &engine.provenance);
    let mut grouped: BTreeMap<(FactIndex, Standing), Vec<ClaimIndex>> = BTreeMap::new();
    for &claim in claims {
        let key = (graph.fact_of(claim), Standing::of(standing.status(claim)));
        grouped.entry(key).or_default().push(claim);
    }
    let fact = |((_, look), claims): ((FactIndex, Standing), Vec<ClaimIndex>)| {
        let origins: BTreeSet<AgentIndex> = claims
            .iter()
            .flat_map(|&claim| standing.origins(claim))
            .copied()
            .collect();
        let first = *claims.first()?;
        Some(Fact {
            from: graph.subject(first),
            relation: graph.relation_of(first),
            to: graph.object(first),
            look: Look {
                standing: look,
                strong: origins.len() > 1,
            },
            disputed: claims.iter().any(|&claim| standing.is_disputed(claim)),
            sources: claims
                .iter()
                .flat_map(|&claim| standing.sources(claim))
                .copied()
                .collect(),
            claims,
        })
    };
    grouped.into_iter().filter_map(fact).collect()
}

/// For each fact that hangs one end on another, as at least one more does, where it hangs.
fn stems(facts: &[Fact]) -> BTreeMap<usize, Stem> {
    let mut degree: BTreeMap<EntityIndex, usize> = BTreeMap::new();
    for entity in facts.iter().flat_map(|fact| [fact.from, fact.to]) {
        *degree.entry(entity).or_default() += 1;
    }
    let is_leaf = |entity: EntityIndex| degree.get(&entity) == Some(&1);
    let mut hanging: BTreeMap<Stem, Vec<usize>> = BTreeMap::new();
    for (at, fact) in facts.iter().enumerate() {
        let (hub, are_subjects) = match (is_leaf(fact.from), is_leaf(fact.to)) {
            (false, true) => (fact.from, false),
            (true, false) => (fact.to, true),
            _ => continue,
        };
        hanging
            .entry((hub, are_subjects, fact.look))
            .or_default()
            .push(at);
    }
    hanging
        .into_iter()
        .filter(|(_, facts)| facts.len() > 1)
        .flat_map(|(stem, facts)| facts.into_iter().map(move |at| (at, stem)))
        .collect()
}
