//! From claims that clash to sides: what hangs together by clashing is one contradiction.

use super::{Assertion, Kind, Search, Side};
use crate::graph::{ClaimIndex, DateIndex, EntityIndex, FactIndex, NONE};
use crate::model::Day;
use std::collections::BTreeMap;

/// Assertions of one fact with the same date, place and event: what holds of one of them holds of all.
type Alike = BTreeMap<(FactIndex, DateIndex, EntityIndex, EntityIndex), Side>;

/// Whether two claims clash, and then whether for certain. Those that are apart in time do so only at one event.
pub(super) type Clashes<'c> = &'c dyn Fn(ClaimIndex, ClaimIndex) -> Option<bool>;

impl Search<'_> {
    /// Adds a contradiction for each group of assertions that hang together by clashing with each other; it is certain
    /// when one of its pairs is. What a claim denies and what it says itself clash for certain.
    pub(super) fn clash(
        &mut self,
        kind: Kind,
        left: &[Assertion],
        right: &[Assertion],
        clashes: Clashes<'_>,
    ) {
        let rows = [self.alike(left), self.alike(right)];
        let mut parts = Parts::new(rows[0].len(), rows[1].len());
        self.in_time(&rows, &mut parts, clashes);
        self.at_one_event(&rows, &mut parts, clashes);
        if self.halted {
            return;
        }
        for (lefts, rights, certain) in parts.whole() {
            let gathered = |places: &[usize], groups: &[Side]| {
                let mut side: Side = places.iter().flat_map(|&at| groups[at].clone()).collect();
                side.sort_unstable();
                side
            };
            let (one, other) = (gathered(&lefts, &rows[0]), gathered(&rights, &rows[1]));
            self.add(kind, one, other, certain);
        }
    }

    fn alike(&self, side: &[Assertion]) -> Vec<Side> {
        let graph = self.graph;
        let mut alike = Alike::new();
        for &it in side {
            let (claim, fact) = (it.claim, graph.fact_of(it.claim));
            let key = (
                fact,
                graph.when(claim),
                graph.place(claim),
                graph.event(claim),
            );
            alike.entry(key).or_default().push(it);
        }
        alike.into_values().collect()
    }

    /// Compares those whose times may overlap, going through time once.
    fn in_time(&mut self, rows: &[Vec<Side>; 2], parts: &mut Parts, clashes: Clashes<'_>) {
        let mut all: Vec<(Day, Day, usize, usize)> = Vec::new();
        for (row, side) in rows.iter().enumerate() {
            for (at, alike) in side.iter().enumerate() {
                let date = self.graph.date_of(alike[0].claim);
                let days = date.map_or((Day::MIN, Day::MAX), |it| (it.start.0, it.end.1));
                all.push((days.0, days.1, row, at));
            }
        }
        all.sort_unstable();
        let mut open: [Vec<(Day, usize)>; 2] = Default::default();
        for (from, to, row, at) in all {
            open[1 - row].retain(|&(to, _)| to >= from);
            for &(_, other) in &open[1 - row] {
                let (one, other) = if row == 0 { (at, other) } else { (other, at) };
                self.compare(rows, parts, (one, other), clashes);
            }
            if self.halted {
                return;
            }
            open[row].push((to, at));
        }
    }

    /// Compares those of one event, whose dates may be wrong.
    fn at_one_event(&mut self, rows: &[Vec<Side>; 2], parts: &mut Parts, clashes: Clashes<'_>) {
        let mut by_event: BTreeMap<EntityIndex, [Vec<usize>; 2]> = BTreeMap::new();
        for (row, side) in rows.iter().enumerate() {
            for (at, alike) in side.iter().enumerate() {
                let event = self.graph.event(alike[0].claim);
                by_event.entry(event).or_default()[row].push(at);
            }
        }
        by_event.remove(&NONE);
        for [lefts, rights] in by_event.into_values() {
            for &one in &lefts {
                for &other in &rights {
                    self.compare(rows, parts, (one, other), clashes);
                }
                if self.halted {
                    return;
                }
            }
        }
    }

    fn compare(
        &mut self,
        rows: &[Vec<Side>; 2],
        parts: &mut Parts,
        (one, other): (usize, usize),
        clashes: Clashes<'_>,
    ) {
        if !self.goes_on() {
            return;
        }
        let (left, right) = (&rows[0][one], &rows[1][other]);
        if let Some(certain) = clashes(left[0].claim, right[0].claim) {
            let same = |it: &Assertion| right.iter().any(|those| those.claim == it.claim);
            parts.join(one, other, certain || left.iter().any(same));
        }
    }
}

/// The connected parts of a graph between two rows of nodes.
struct Parts {
    left: usize,
    parent: Vec<usize>,
    /// Nodes with some edge, and with one that is certain.
    joined: Vec<bool>,
    certain: Vec<bool>,
}

impl Parts {
    fn new(left: usize, right: usize) -> Self {
        Self {
            left,
            parent: (0..left + right).collect(),
            joined: vec![false; left + right],
            certain: vec![false; left + right],
        }
    }

    fn root(&mut self, mut node: usize) -> usize {
        while self.parent[node] != node {
            self.parent[node] = self.parent[self.parent[node]];
            node = self.parent[node];
        }
        node
    }

    fn join(&mut self, one: usize, other: usize, certain: bool) {
        let other = self.left + other;
        for node in [one, other] {
            self.joined[node] = true;
            self.certain[node] |= certain;
        }
        let (one, other) = (self.root(one), self.root(other));
        self.parent[one.max(other)] = one.min(other);
    }

    /// The nodes of each row in each part that has edges, and whether one of them is certain.
    fn whole(mut self) -> Vec<(Vec<usize>, Vec<usize>, bool)> {
        let mut parts: BTreeMap<usize, (Vec<usize>, Vec<usize>, bool)> = BTreeMap::new();
        for node in 0..self.parent.len() {
            if !self.joined[node] {
                continue;
            }
            let root = self.root(node);
            let part = parts.entry(root).or_default();
            match node.checked_sub(self.left) {
                None => part.0.push(node),
                Some(right) => part.1.push(right),
            }
            part.2 |= self.certain[node];
        }
        parts.into_values().collect()
    }
}
