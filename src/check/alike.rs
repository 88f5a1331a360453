//! Entities that look alike: proposed, with the reason, and never merged.

use super::Context;
use super::identity::{Judgements, to_paste};
use crate::{
    model::{Entity, Text},
    text::{Diagnostic, Findings, alike, fold, safe::shorten},
};
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

pub(super) const NAMES: &[&str] = &["looks-alike"];

/// Each entity is compared with so many others that share a key with it.
const MOST_BESIDE: usize = 20;
/// Names are compared letter by letter where there are no more of them than this.
const MOST_NAMES: usize = 100_000;
/// A name must have so many letters to be compared letter by letter.
const LONG: usize = 8;

/// A name of an entity: the position of the entity, and where the name stands.
type Named<'a> = (usize, &'a Text);

pub(super) fn run(context: &Context<'_>, found: &mut Findings) {
    let entities = &context.casebook.entities;
    let names = entities.iter().enumerate().flat_map(|(at, entity)| {
        let all = [&entity.name].into_iter().chain(&entity.aliases);
        all.map(move |name| (at, name))
    });
    let names: Vec<Named<'_>> = names.filter(|(_, name)| !name.trim().is_empty()).collect();
    let mut proposals = Proposals {
        context,
        entities,
        judged: Judgements::of(context),
        said: HashSet::new(),
        found,
    };
    proposals.by_key(
        &names,
        "looks the same, though its letters are others",
        alike::skeleton,
    );
    proposals.by_key(&names, "is the same in Latin letters", alike::romanised);
    proposals.by_identifier();
    if names.len() <= MOST_NAMES {
        proposals.by_letters(&names);
    }
}

struct Proposals<'a, 'f> {
    context: &'f Context<'a>,
    entities: &'a [Entity],
    judged: Judgements<'a>,
    /// The pairs that stand among the findings.
    said: HashSet<(usize, usize)>,
    found: &'f mut Findings,
}

impl<'a> Proposals<'a, '_> {
    /// Names of one kind that share a key. Names that questions do not tell apart are reported elsewhere.
    fn by_key(&mut self, names: &[Named<'a>], why: &str, key: impl Fn(&str) -> String) {
        let mut known: HashMap<(&str, String), Vec<Named<'a>>> = HashMap::new();
        for &(at, name) in names {
            let kind = self.entities[at].kind.as_str();
            let key = (kind, key(name));
            if key.1.chars().count() < 3 {
                continue;
            }
            let before = known.entry(key).or_default();
            for &(other, other_name) in before.iter() {
                if fold::key(name) != fold::key(other_name) {
                    let name_of = |text: &Text| shorten(text, 60);
                    let message = format!("`{}` {why} as `{}`", name_of(name), name_of(other_name));
                    self.propose((other, other_name), (at, name), message);
                }
            }
            if before.len() < MOST_BESIDE {
                before.push((at, name));
            }
        }
    }

    /// Entities of whatever kind with one identifier.
    fn by_identifier(&mut self) {
        let mut known: HashMap<(&str, &str), Vec<Named<'a>>> = HashMap::new();
        let entities = self.entities;
        for (at, entity) in entities.iter().enumerate() {
            for (scheme, place) in &entity.ids {
                let before = known.entry((scheme, place)).or_default();
                for &other in before.iter() {
                    let (scheme, id) = (shorten(scheme, 40), shorten(place, 60));
                    let message = format!("two entities have the `{scheme}` identifier `{id}`");
                    self.propose(other, (at, place), message);
                }
                if before.len() < MOST_BESIDE {
                    before.push((at, place));
                }
            }
        }
    }

    /// Names of actors of one kind that are one letter apart.
    fn by_letters(&mut self, names: &[Named<'a>]) {
        let mut keys: HashMap<u64, Vec<usize>> = HashMap::new();
        let folded: Vec<String> = names.iter().map(|(_, name)| fold::key(name)).collect();
        for (number, &(at, _)) in names.iter().enumerate() {
            let name = &folded[number];
            let letters = name.chars().filter(|c| c.is_alphabetic()).count();
            let kind = self.context.kinds.get(self.entities[at].kind.as_str());
            let acts = kind.is_some_and(|kind| kind.actor);
            if !acts || letters < LONG || !name.contains(' ') {
                continue;
            }
            let mut variants = alike::with_one_letter_less(name);
            variants.push(name.clone());
            for variant in variants {
                let mut hasher = DefaultHasher::new();
                (self.entities[at].kind.as_str(), variant).hash(&mut hasher);
                let before = keys.entry(hasher.finish()).or_default();
                for &other in before.iter() {
                    if alike::one_letter_apart(name, &folded[other]) {
                        let (one, other) = (names[number], names[other]);
                        let name_of = |named: Named<'_>| shorten(named.1, 60);
                        let message = format!(
                            "`{}` is one letter away from `{}`",
                            name_of(one),
                            name_of(other)
                        );
                        self.propose(other, one, message);
                    }
                }
                if before.len() < MOST_BESIDE {
                    before.push(number);
                }
            }
        }
    }

    /// Proposes to judge of two entities, unless that is done or proposed already.
    fn propose(&mut self, one: Named<'a>, other: Named<'a>, message: String) {
        let (left, right) = (&self.entities[one.0].id, &self.entities[other.0].id);
        if one.0 == other.0 || left.value == right.value || self.judged.has(left, right) {
            return;
        }
        if self.said.insert((one.0.min(other.0), one.0.max(other.0))) {
            let problem = Diagnostic::hint("looks-alike", message, other.1.span)
                .label(one.1.span, "the other")
                .help("judge of it with `Same`, `Different` or `Unsure`, and your reason:")
                .help(to_paste(left, right));
            self.found.push(problem);
        }
    }
}
