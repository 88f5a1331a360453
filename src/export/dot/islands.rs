//! Small parts of a picture that nothing connects: set beside each other, or Graphviz stacks them in one high column.

use super::edges::{Drawing, Node};
use std::collections::{BTreeMap, BTreeSet};

/// The most nodes of an island.
const SMALL: usize = 4;
/// Islands in a row.
const BESIDE: usize = 3;

/// Pairs of nodes to tie invisibly: the end of an island and the beginning of the next in its row.
pub(super) fn ties(drawing: &Drawing) -> Vec<(Node, Node)> {
    let entered: BTreeSet<Node> = drawing.edges.iter().map(|edge| edge.to).collect();
    let left: BTreeSet<Node> = drawing.edges.iter().map(|edge| edge.from).collect();
    let small: Vec<BTreeSet<Node>> = parts(drawing)
        .into_values()
        .filter(|nodes| nodes.len() <= SMALL)
        .collect();
    let end = |island: &BTreeSet<Node>| {
        let free = island.iter().find(|node| !left.contains(node));
        free.or(island.last()).copied()
    };
    let beginning = |island: &BTreeSet<Node>| {
        let free = island.iter().find(|node| !entered.contains(node));
        free.or(island.first()).copied()
    };
    small
        .chunks(BESIDE)
        .flat_map(|row| row.windows(2))
        .filter_map(|pair| Some((end(&pair[0])?, beginning(&pair[1])?)))
        .collect()
}

/// The connected parts, by their first nodes.
fn parts(drawing: &Drawing) -> BTreeMap<Node, BTreeSet<Node>> {
    let mut near: BTreeMap<Node, Vec<Node>> = BTreeMap::new();
    for edge in &drawing.edges {
        near.entry(edge.from).or_default().push(edge.to);
        near.entry(edge.to).or_default().push(edge.from);
    }
    let mut parts = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for &first in near.keys() {
        let mut part = BTreeSet::new();
        let mut open = vec![first];
        while let Some(node) = open.pop() {
            if seen.insert(node) {
                part.insert(node);
                open.extend(near.get(&node).into_iter().flatten());
            }
        }
        if !part.is_empty() {
            parts.insert(first, part);
        }
    }
    parts
}
