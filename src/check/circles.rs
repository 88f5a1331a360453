//! Nothing derives from itself or lies in itself.

use super::Context;
use crate::{
    model::{Derivation, Source, Text},
    text::{Diagnostic, Findings, Span, safe::shorten},
};
use std::collections::{BTreeMap, HashMap};

pub(super) const NAMES: &[&str] = &[
    "circular-derivation",
    "circular-within",
    "derives-from-own-publication",
];

pub(super) fn run(context: &Context<'_>, found: &mut Findings) {
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
    circles(sources.collect(), found, |circle| {
        let message = format!("these sources derive from each other in a circle: {circle}");
        (
            "circular-derivation",
            message,
            "a source derives from what came before it: take one of these steps out",
        )
    });
    circles(entities.collect(), found, |circle| {
        let message = format!("these entities lie within each other in a circle: {circle}");
        (
            "circular-within",
            message,
            "the smaller lies within the larger: take one of these steps out",
        )
    });
    own_publications(context, found);
}

/// Sources that derive, at once or by way of others, from the outlet they appeared in: true perhaps, but it says only that
/// they rest on their own outlet. It is no circle of sources, and nothing is left out for it.
fn own_publications(context: &Context<'_>, found: &mut Findings) {
    let sources = &context.casebook.sources;
    let mut ids: HashMap<&str, usize> = HashMap::new();
    for (at, source) in sources.iter().enumerate() {
        ids.entry(&source.id).or_insert(at);
    }
    // Who names an outlet, and who a source, in `derived_from`; each with the place.
    let mut outlets: BTreeMap<&str, Vec<(usize, &Text)>> = BTreeMap::new();
    let mut leaning: HashMap<usize, Vec<(usize, &Text)>> = HashMap::new();
    for (at, source) in sources.iter().enumerate() {
        for Derivation { origin, .. } in &source.derived_from {
            match ids.get(origin.as_str()) {
                Some(&from) if from != at => leaning.entry(from).or_default().push((at, origin)),
                Some(_) => {}
                None => outlets.entry(origin).or_default().push((at, origin)),
            }
        }
    }
    for (outlet, first) in outlets {
        if !context.publications.contains_key(outlet) {
            continue;
        }
        // Back from those that name the outlet: how each comes to it, by the place of the first step.
        let mut reached: BTreeMap<usize, (&Text, Option<usize>)> = BTreeMap::new();
        let mut open: Vec<(usize, &Text, Option<usize>)> = first
            .into_iter()
            .map(|(at, place)| (at, place, None))
            .collect();
        while let Some((at, place, by)) = open.pop() {
            if reached.contains_key(&at) {
                continue;
            }
            reached.insert(at, (place, by));
            let back = leaning.get(&at).into_iter().flatten();
            open.extend(back.map(|&(next, place)| (next, place, Some(at))));
        }
        for (&at, &(place, by)) in &reached {
            let own = sources[at].publication.as_ref();
            if own.is_some_and(|own| own.as_str() == outlet) {
                found.push(own_publication(sources, outlet, place, by));
            }
        }
    }
}

fn own_publication(
    sources: &[Source],
    outlet: &str,
    place: &Text,
    by: Option<usize>,
) -> Diagnostic {
    let (name, shown) = ("derives-from-own-publication", shorten(outlet, 60));
    match by.map(|by| shorten(&sources[by].id, 60)) {
        None => Diagnostic::hint(name, format!("`{shown}` is the publication it appeared in"), place.span)
            .help("a source that derives from nothing else rests on its publication anyhow: leave this out, or name the very source"),
        Some(by) => Diagnostic::hint(
            name,
            format!("by way of `{by}` this derives from `{shown}`, the publication it appeared in"),
            place.span,
        )
        .help(format!(
            "so its origin is its own outlet: if `{by}` goes back to one article of `{shown}`, name that article in its `derived_from`"
        )),
    }
}

struct Node<'a> {
    id: &'a Text,
    span: Span,
    leads: Vec<&'a Text>,
}

/// One diagnostic for each step that closes a circle, found depth first and without recursion.
fn circles(
    nodes: Vec<Node<'_>>,
    found: &mut Findings,
    say: impl Fn(&str) -> (&'static str, String, &'static str),
) {
    let mut index: HashMap<&str, usize> = HashMap::with_capacity(nodes.len());
    for (at, node) in nodes.iter().enumerate() {
        index.entry(node.id.as_str()).or_insert(at);
    }
    // When a node was entered: its place on the trail; after it was left: `LEFT`.
    const LEFT: usize = usize::MAX;
    let mut place: Vec<Option<usize>> = vec![None; nodes.len()];
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
