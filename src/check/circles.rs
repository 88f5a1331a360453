//! Nothing derives from itself or lies in itself.

use super::Context;
use crate::{
    model::Text,
    text::{Diagnostic, Span, safe::shorten},
};
use std::collections::HashMap;

pub(super) const NAMES: &[&str] = &[
    "circular-derivation",
    "circular-within",
    "derives-from-own-publication",
];

pub(super) fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let book = context.casebook;
    let sources = book.sources.iter().map(|source| {
        let origins = source
            .derived_from
            .iter()
            .map(|derivation| &derivation.origin)
            .collect();
        Node {
            id: &source.id,
            span: source.span,
            leads: origins,
        }
    });
    let entities = book.entities.iter().map(|entity| Node {
        id: &entity.id,
        span: entity.span,
        leads: entity.within.iter().collect(),
    });
    let mut found = circles(sources.collect(), |circle| {
        let message = format!("these sources derive from each other in a circle: {circle}");
        (
            "circular-derivation",
            message,
            "a source derives from what came before it: take one of these steps out",
        )
    });
    found.extend(circles(entities.collect(), |circle| {
        let message = format!("these entities lie within each other in a circle: {circle}");
        (
            "circular-within",
            message,
            "the smaller lies within the larger: take one of these steps out",
        )
    }));
    found.extend(own_publications(context));
    found
}

/// A source that names the outlet it appeared in as what it derives from: true, but it says nothing.
fn own_publications(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for source in &context.casebook.sources {
        let own = source
            .publication
            .as_ref()
            .map(|publication| publication.value.as_str());
        for derivation in source
            .derived_from
            .iter()
            .filter(|derivation| Some(derivation.origin.as_str()) == own)
        {
            let message = format!(
                "`{}` is the publication it appeared in",
                shorten(&derivation.origin, 60)
            );
            let problem = Diagnostic::hint(
                "derives-from-own-publication",
                message,
                derivation.origin.span,
            );
            found.push(problem.help("a source that derives from nothing else rests on its publication anyhow: leave this out"));
        }
    }
    found
}

struct Node<'a> {
    id: &'a Text,
    span: Span,
    leads: Vec<&'a Text>,
}

/// One diagnostic for each step that closes a circle, found depth first and without recursion.
fn circles(
    nodes: Vec<Node<'_>>,
    say: impl Fn(&str) -> (&'static str, String, &'static str),
) -> Vec<Diagnostic> {
    let mut index: HashMap<&str, usize> = HashMap::with_capacity(nodes.len());
    for (at, node) in nodes.iter().enumerate() {
        index.entry(node.id.as_str()).or_insert(at);
    }
    // When a node was entered: its place on the trail; after it was left: `LEFT`.
    const LEFT: usize = usize::MAX;
    let mut place: Vec<Option<usize>> = vec![None; nodes.len()];
    let mut found = Vec::new();
    for root in 0..nodes.len() {
        if place[root].is_some() {
            continue;
        }
        let mut trail: Vec<(usize, usize)> = vec![(root, 0)];
        place[root] = Some(0);
        while let Some((node, next)) = trail.last_mut() {
            let node = *node;
            let Some(&lead) = nodes[node].leads.get(*next) else {
                place[node] = Some(LEFT);
                trail.pop();
                continue;
            };
            *next += 1;
            let Some(&target) = index.get(lead.as_str()) else {
                continue;
            };
            match place[target] {
                None => {
                    place[target] = Some(trail.len());
                    trail.push((target, 0));
                }
                Some(LEFT) => {}
                Some(start) => found.push(circle(&nodes, &trail[start..], lead, &say)),
            }
        }
    }
    found
}

fn circle(
    nodes: &[Node<'_>],
    trail: &[(usize, usize)],
    closing: &Text,
    say: impl Fn(&str) -> (&'static str, String, &'static str),
) -> Diagnostic {
    const SHOWN: usize = 6;
    let mut names: Vec<String> = trail
        .iter()
        .take(SHOWN)
        .map(|&(node, _)| shorten(nodes[node].id, 40))
        .collect();
    if trail.len() > SHOWN {
        names.push("…".to_owned());
    }
    names.push(shorten(closing, 40));
    let (name, message, help) = say(&format!("`{}`", names.join("` → `")));
    let record = trail
        .last()
        .map_or(closing.span, |&(node, _)| nodes[node].span);
    let mut problem = Diagnostic::error(name, message, closing.span)
        .record(record)
        .help(help);
    for &(node, next) in trail.iter().take(SHOWN).take(trail.len() - 1) {
        problem = problem.label(nodes[node].leads[next - 1].span, "");
    }
    problem
}
