//! The legend: the kinds and the looks that the picture uses, and no others.

use super::edges::Drawing;
use super::text::{broken, quoted};
use super::{line, shape};
use crate::query::Engine;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Samples of looks in one row of the legend.
const BESIDE: usize = 3;

/// Writes the legend as a cluster.
pub(super) fn write(dot: &mut String, engine: &Engine, drawing: &Drawing) {
    let graph = &engine.graph;
    let kinds: BTreeSet<u32> = drawing
        .entities
        .iter()
        .map(|&entity| graph.kind_of(entity))
        .collect();
    if kinds.is_empty() {
        return;
    }
    line!(dot, "  subgraph cluster_legend {{");
    line!(
        dot,
        "    label=\"legend\"; fontsize=12; color=\"#b0bec5\"; style=rounded;"
    );
    line!(
        dot,
        "    node [fontsize=9, height=0.2, margin=\"0.08,0.03\"];"
    );
    let kinds: Vec<u32> = kinds.into_iter().collect();
    for &kind in &kinds {
        let label = quoted(&[graph.records().kinds[kind as usize].id.value.clone()]);
        line!(
            dot,
            "    \"legend kind {kind}\" [label={label}, {}];",
            shape(kind)
        );
    }
    for row in kinds.chunks(2 * BESIDE) {
        for pair in row.windows(2) {
            let (one, next) = (pair[0], pair[1]);
            line!(
                dot,
                "    \"legend kind {one}\" -> \"legend kind {next}\" [style=invis, weight=9];"
            );
        }
    }
    looks(dot, drawing);
    let facts = || drawing.edges.iter().flat_map(|edge| &edge.facts);
    let mut signs = Vec::new();
    if facts().any(|fact| fact.claims.len() > 1) {
        signs.push("×n: so many claims say it".to_owned());
    }
    if facts().any(|fact| fact.disputed) {
        signs.push("!: other evidence denies it".to_owned());
    }
    if !signs.is_empty() {
        line!(
            dot,
            "    \"legend signs\" [label={}, shape=plaintext];",
            quoted(&signs)
        );
    }
    line!(dot, "  }}");
}

/// A sample of each look, several beside each other so that the legend stays low.
fn looks(dot: &mut String, drawing: &Drawing) {
    let looks: BTreeSet<_> = drawing.edges.iter().map(|edge| edge.look).collect();
    for (number, look) in looks.iter().enumerate() {
        let mut edges = drawing.edges.iter().filter(|edge| edge.look == *look);
        let symmetric = edges.all(|edge| edge.symmetric);
        let direction = if symmetric { look.undirected() } else { "" };
        let meaning = quoted(&broken(look.meaning(), 24, 80));
        let attributes = look.attributes();
        line!(
            dot,
            "    \"legend from {number}\" [label=\"\", shape=point, width=0.05];"
        );
        line!(
            dot,
            "    \"legend to {number}\" [label={meaning}, shape=plaintext];"
        );
        line!(
            dot,
            "    \"legend from {number}\" -> \"legend to {number}\" [{attributes}{direction}, weight=9];"
        );
        if number % BESIDE > 0 {
            let before = number - 1;
            line!(
                dot,
                "    \"legend to {before}\" -> \"legend from {number}\" [style=invis, weight=9];"
            );
        }
    }
}
