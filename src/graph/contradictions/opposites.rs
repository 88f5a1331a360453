//! Relations that say the opposite of each other, or exclude each other, between the same ends.

use super::occasion::overlap;
use super::{Kind, Search};
use crate::graph::{EntityIndex, FactIndex, Graph, RelationIndex, Status};
use crate::model::{Relation, Text};
use std::collections::{BTreeSet, HashMap};

/// Relations declared as `opposite_of` each other, by either of them.
pub(super) fn opposites(search: &mut Search<'_>) {
    let pairs = pairs(search.graph, |relation| &relation.opposite_of);
    between(search, Kind::Opposite, &pairs);
}

/// Relations declared as `exclusive_with` each other, unless they are opposites too.
pub(super) fn exclusives(search: &mut Search<'_>) {
    let opposites = pairs(search.graph, |relation| &relation.opposite_of);
    let mut pairs = pairs(search.graph, |relation| &relation.exclusive_with);
    pairs.retain(|pair| !opposites.contains(pair));
    between(search, Kind::Exclusive, &pairs);
}

type Pairs = BTreeSet<(RelationIndex, RelationIndex)>;

fn pairs(graph: &Graph, declared: impl Fn(&Relation) -> &Vec<Text>) -> Pairs {
    let relations = &graph.records().relations;
    let numbers: HashMap<&str, RelationIndex> =
        relations.iter().map(|it| it.id.as_str()).zip(0..).collect();
    let mut pairs = Pairs::new();
    for (relation, one) in relations.iter().zip(0..) {
        for other in declared(relation) {
            match numbers.get(other.as_str()) {
                Some(&other) if other != one => {
                    pairs.insert((one.min(other), one.max(other)));
                }
                _ => {}
            }
        }
    }
    pairs
}

fn between(search: &mut Search<'_>, kind: Kind, pairs: &Pairs) {
    let graph = search.graph;
    for &(one, other) in pairs {
        let either_way = [one, other].map(|it| graph.relation(it).symmetric) != [false, false];
        let ends = |fact: FactIndex| -> (EntityIndex, EntityIndex) {
            let (from, to) = graph.ends_of_fact(fact);
            if either_way {
                (from.min(to), from.max(to))
            } else {
                (from, to)
            }
        };
        let mut there: HashMap<(EntityIndex, EntityIndex), Vec<FactIndex>> = HashMap::new();
        for fact in facts(graph, other) {
            there.entry(ends(fact)).or_default().push(fact);
        }
        for fact in facts(graph, one) {
            if !search.goes_on() {
                return;
            }
            for &against in there.get(&ends(fact)).map_or(&[][..], Vec::as_slice) {
                search.facts_clash(kind, fact, against);
            }
        }
    }
}

/// The facts of a relation, in the order of their first claims.
pub(super) fn facts(graph: &Graph, relation: RelationIndex) -> BTreeSet<FactIndex> {
    let claims = graph.claims_of_relation(relation).iter();
    claims.map(|&claim| graph.fact_of(claim)).collect()
}

impl Search<'_> {
    /// What is affirmed of one fact against what is affirmed of another, where they meet in time and place.
    pub(super) fn facts_clash(&mut self, kind: Kind, one: FactIndex, other: FactIndex) {
        let graph = self.graph;
        let left = self.of_status(one, Status::Affirmed);
        let right = self.of_status(other, Status::Affirmed);
        self.clash(kind, &left, &right, &|one, other| {
            overlap(graph, one, other, false)
        });
    }
}
