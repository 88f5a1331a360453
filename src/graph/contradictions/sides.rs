//! From pairs of claims that clash to sides: what hangs together is one contradiction.

use super::{Assertion, Kind, Search, Side};
use crate::graph::{ClaimIndex, DateIndex, EntityIndex, FactIndex};
use std::collections::BTreeMap;

/// Assertions of one fact with the same date, place and event: what holds of one of them holds of all.
type Alike = BTreeMap<(FactIndex, DateIndex, EntityIndex, EntityIndex), Side>;

impl Search<'_> {
    fn alike(&self, side: &[Assertion]) -> Vec<Side> {
        let mut alike = Alike::new();
        for &it in side {
            let graph = self.graph;
            let key = (
                graph.fact_of(it.claim),
                graph.when(it.claim),
                graph.place(it.claim),
                graph.event(it.claim),
            );
            alike.entry(key).or_default().push(it);
        }
        alike.into_values().collect()
    }

    /// Adds a contradiction for each group of assertions that hang together by clashing with each other; it is certain
    /// when one of its pairs is. What a claim denies and what it says itself clash for certain.
    pub(super) fn clash(
        &mut self,
        kind: Kind,
        left: &[Assertion],
        right: &[Assertion],
        clashes: &dyn Fn(ClaimIndex, ClaimIndex) -> Option<bool>,
    ) {
        let (left, right) = (self.alike(left), self.alike(right));
        let mut pairs = Vec::new();
        for (at, one) in left.iter().enumerate() {
            for (place, other) in right.iter().enumerate() {
                if !self.goes_on() {
                    return;
                }
                if let Some(certain) = clashes(one[0].claim, other[0].claim) {
                    let same = |it: &Assertion| other.iter().any(|those| those.claim == it.claim);
                    pairs.push((at, place, certain || one.iter().any(same)));
                }
            }
        }
        for (lefts, rights, certain) in hanging_together(left.len(), right.len(), &pairs) {
            let gathered = |places: &[usize], groups: &[Side]| {
                let mut side: Side = places.iter().flat_map(|&at| groups[at].clone()).collect();
                side.sort_unstable();
                side
            };
            self.add(
                kind,
                gathered(&lefts, &left),
                gathered(&rights, &right),
                certain,
            );
        }
    }
}

/// The connected parts of a graph between two rows of nodes: the nodes of each row, and whether some edge is certain.
fn hanging_together(
    left: usize,
    right: usize,
    pairs: &[(usize, usize, bool)],
) -> Vec<(Vec<usize>, Vec<usize>, bool)> {
    let mut parent: Vec<usize> = (0..left + right).collect();
    fn root(parent: &mut [usize], mut node: usize) -> usize {
        while parent[node] != node {
            parent[node] = parent[parent[node]];
            node = parent[node];
        }
        node
    }
    for &(one, other, _) in pairs {
        let (one, other) = (root(&mut parent, one), root(&mut parent, left + other));
        parent[one.max(other)] = one.min(other);
    }
    let mut parts: BTreeMap<usize, (Vec<usize>, Vec<usize>, bool)> = BTreeMap::new();
    for &(one, other, certain) in pairs {
        let part = parts.entry(root(&mut parent, one)).or_default();
        part.0.push(one);
        part.1.push(other);
        part.2 |= certain;
    }
    let unique = |mut nodes: Vec<usize>| {
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    };
    parts
        .into_values()
        .map(|(lefts, rights, certain)| (unique(lefts), unique(rights), certain))
        .collect()
}
