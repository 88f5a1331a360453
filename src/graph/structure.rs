//! The casebook as a petgraph graph, for what that crate knows about graphs. Made when it is first asked for: questions
//! follow the columns, which need not be read to be opened.

use super::{ClaimIndex, EntityIndex, Graph, count};
use petgraph::graph::DiGraph;
use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef as _;
use std::collections::BTreeMap;

/// How the entities hang together by claims, whichever way these run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Parts {
    /// How many entities stand in some claim.
    pub connected: usize,
    /// Into how many parts these fall that no claim joins.
    pub parts: usize,
    /// How many entities the largest of them has.
    pub largest: usize,
}

impl Graph {
    /// Entities are nodes and claims are edges, each under its own index; parallel claims stay parallel edges.
    #[must_use]
    pub fn structure(&self) -> &DiGraph<EntityIndex, ClaimIndex, u32> {
        self.structure.get_or_init(|| {
            let (entities, claims) = (self.entity_count(), self.claim_count());
            let mut structure = DiGraph::with_capacity(entities as usize, claims as usize);
            for entity in 0..entities {
                // Only more than 2^32 - 1 entities could make this fail; the file limit lies far below.
                let _ = structure.try_add_node(entity);
            }
            for claim in 0..claims {
                let (subject, object) = (self.subject(claim), self.object(claim));
                let _ = structure.try_add_edge(subject.into(), object.into(), claim);
            }
            structure
        })
    }

    /// How the entities hang together.
    #[must_use]
    pub fn parts(&self) -> Parts {
        let structure = self.structure();
        let mut joined = UnionFind::new(structure.node_count());
        for edge in structure.edge_references() {
            joined.union(edge.source().index(), edge.target().index());
        }
        let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
        for entity in structure.node_indices() {
            if structure.neighbors_undirected(entity).next().is_some() {
                *sizes.entry(joined.find(entity.index())).or_default() += 1;
            }
        }
        Parts {
            connected: sizes.values().sum(),
            parts: sizes.len(),
            largest: sizes.values().copied().max().unwrap_or_default(),
        }
    }
}

/// For each of some things the first that is the same, when these pairs are.
pub(super) fn first_of_same(things: usize, same: impl Iterator<Item = (u32, u32)>) -> Vec<u32> {
    let mut joined = UnionFind::<u32>::new(count(things) as usize);
    for (one, other) in same {
        joined.union(one, other);
    }
    let mut firsts: BTreeMap<u32, u32> = BTreeMap::new();
    (0..count(things))
        .map(|thing| *firsts.entry(joined.find(thing)).or_insert(thing))
        .collect()
}
