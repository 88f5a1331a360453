//! Kinds and relations.

use super::casebooks::{text, texts};
use casebook::model::*;
use casebook::text::Span;
use fastrand::Rng;

const KINDS: [(&str, &str, bool); 5] = [
    ("person", "people", true),
    ("company", "companies", true),
    ("place", "places", false),
    ("meeting", "meetings", false),
    ("plan", "plans", false),
];

pub fn kinds(rng: &mut Rng, book: &mut Casebook) {
    for (id, plural, actor) in &KINDS[..rng.usize(3..=5)] {
        book.kinds.push(Kind {
            span: Span::default(),
            id: text(*id),
            plural: text(*plural),
            actor: *actor,
            schema: None,
            about: None,
        });
    }
}

/// Id, forms, from, to, keeps its direction after a form of be, symmetric.
type Verb = (
    &'static str,
    &'static [&'static str],
    &'static str,
    &'static str,
    bool,
    bool,
);

const VERBS: [Verb; 11] = [
    (
        "briefed",
        &["briefed", "brief", "briefs", "briefing"],
        "actor",
        "actor",
        false,
        false,
    ),
    (
        "met-with",
        &["met", "meet", "meets", "met with"],
        "actor",
        "actor",
        false,
        true,
    ),
    (
        "envoy-of",
        &["envoy of", "represents", "represented"],
        "person",
        "actor",
        true,
        false,
    ),
    (
        "excluded-from",
        &["excluded from", "left out of"],
        "actor",
        "any",
        true,
        false,
    ),
    (
        "owns",
        &["owned", "own", "owns", "owning"],
        "actor",
        "company",
        false,
        false,
    ),
    (
        "advises",
        &["advised", "advise", "advises"],
        "person",
        "person",
        false,
        false,
    ),
    (
        "visited",
        &["visited", "visit", "visits"],
        "person",
        "place",
        false,
        false,
    ),
    (
        "linked-to",
        &["linked to", "linked with"],
        "any",
        "any",
        true,
        true,
    ),
    (
        "drafted",
        &["drafted", "draft", "drafting"],
        "any",
        "any",
        false,
        false,
    ),
    (
        "follows",
        &["followed", "follow"],
        "person",
        "any",
        false,
        false,
    ),
    (
        "allied-with",
        &["allied with", "ally of"],
        "company",
        "company",
        true,
        true,
    ),
];

pub fn relations(rng: &mut Rng, book: &mut Casebook) {
    let mut verbs = VERBS.to_vec();
    rng.shuffle(&mut verbs);
    verbs.truncate(rng.usize(4..=7));
    // The most of what is asked needs one symmetric relation and one that turns round.
    verbs.extend(
        VERBS[..2]
            .iter()
            .filter(|verb| rng.bool() && !verbs.contains(verb))
            .copied()
            .collect::<Vec<_>>(),
    );
    for (id, forms, from, to, keeps, symmetric) in verbs {
        book.relations.push(Relation {
            span: Span::default(),
            id: text(id),
            forms: texts(forms),
            from: if rng.u8(..8) == 0 {
                Vec::new()
            } else {
                texts(&[from])
            },
            to: texts(&[to]),
            be: if keeps { Be::Keeps } else { Be::Flips },
            symmetric,
            aspect: Aspect::Event,
            opposite_of: Vec::new(),
            single_valued: None,
            exclusive_with: Vec::new(),
            plover: None,
            ftm: None,
            about: None,
        });
    }
    for relation in book
        .relations
        .iter_mut()
        .filter(|relation| relation.symmetric)
    {
        relation.from = relation.to.clone();
    }
}
