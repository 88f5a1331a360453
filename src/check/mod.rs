//! Layer 2: what is wrong between records. Rules over a casebook, each a plain function; none of them fails, all report.

mod alike;
mod circles;
mod claims;
mod duplicates;
mod header;
mod hidden;
mod identity;
mod judged;
mod names;
mod references;
mod relations;
mod sound;
mod unused;

pub use sound::sound;

use crate::{
    model::{Casebook, Entity, Kind, Publication, Relation, Source, Text, id},
    text::{Diagnostic, Findings, Map, Sources, Span},
};

/// One rule.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// What it looks at.
    pub name: &'static str,
    /// What it demands.
    pub about: &'static str,
    /// The names of the diagnostics it can give.
    pub gives: &'static [&'static str],
    /// Whether some of its findings make records unusable: who asks questions needs no other.
    pub spoils: bool,
    run: fn(&Context<'_>, &mut Findings),
}

/// Every rule, in the order in which they are run.
pub const CHECKS: &[Check] = &[
    Check {
        name: "header",
        about: "one header, of a format that is known",
        gives: header::NAMES,
        spoils: true,
        run: header::run,
    },
    Check {
        name: "duplicates",
        about: "an id names one record of its kind",
        gives: duplicates::NAMES,
        spoils: true,
        run: duplicates::run,
    },
    Check {
        name: "references",
        about: "what is named by id exists",
        gives: references::NAMES,
        spoils: true,
        run: references::run,
    },
    Check {
        name: "claims",
        about: "claims fit their relation and rest on evidence",
        gives: claims::NAMES,
        spoils: true,
        run: claims::run,
    },
    Check {
        name: "relations",
        about: "what a relation declares of others makes sense",
        gives: relations::NAMES,
        spoils: false,
        run: relations::run,
    },
    Check {
        name: "judged",
        about: "what judges a contradiction names claims of both sides",
        gives: judged::NAMES,
        spoils: true,
        run: judged::run,
    },
    Check {
        name: "circles",
        about: "nothing derives from itself or lies in itself",
        gives: circles::NAMES,
        spoils: true,
        run: circles::run,
    },
    Check {
        name: "names",
        about: "a name or verb means one thing in a question",
        gives: names::NAMES,
        spoils: true,
        run: names::run,
    },
    Check {
        name: "identity",
        about: "no two entities are judged the same and different",
        gives: identity::NAMES,
        spoils: false,
        run: identity::run,
    },
    Check {
        name: "alike",
        about: "entities that look alike are judged",
        gives: alike::NAMES,
        spoils: false,
        run: alike::run,
    },
    Check {
        name: "unused",
        about: "kinds and relations are used",
        gives: unused::NAMES,
        spoils: false,
        run: unused::run,
    },
    Check {
        name: "hidden",
        about: "a reader sees every character",
        gives: hidden::NAMES,
        spoils: false,
        run: hidden::run,
    },
];

/// So many findings of one name are listed; the rest are counted.
const MOST_FINDINGS: usize = 1000;

/// Runs every rule; the findings are sorted by file, place and name. Of a name with more than a thousand the rest are
/// counted in one last finding, which holds the records that they make unusable.
#[must_use]
pub fn check(casebook: &Casebook, sources: &Sources) -> Vec<Diagnostic> {
    check_up_to(casebook, sources, MOST_FINDINGS)
}

/// Runs only the rules that can make records unusable.
#[must_use]
pub fn spoilt(casebook: &Casebook, sources: &Sources) -> Vec<Diagnostic> {
    let rules = CHECKS.iter().filter(|check| check.spoils);
    run(rules, casebook, sources, MOST_FINDINGS)
}

/// The same with `most` findings of each name.
#[must_use]
pub fn check_up_to(casebook: &Casebook, sources: &Sources, most: usize) -> Vec<Diagnostic> {
    run(CHECKS.iter(), casebook, sources, most)
}

fn run<'c>(
    rules: impl Iterator<Item = &'c Check>,
    casebook: &Casebook,
    sources: &Sources,
    most: usize,
) -> Vec<Diagnostic> {
    let context = Context::new(casebook, sources);
    let mut found = Findings::up_to(most);
    for check in rules {
        (check.run)(&context, &mut found);
    }
    found.finish()
}

/// The names of all diagnostics of this layer, sorted.
#[must_use]
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = CHECKS
        .iter()
        .flat_map(|check| check.gives)
        .copied()
        .collect();
    names.sort_unstable();
    names
}

/// What the rules look at: the records, and each kind of record by id (the first of each id).
pub(crate) struct Context<'a> {
    casebook: &'a Casebook,
    texts: &'a Sources,
    kinds: Map<&'a str, &'a Kind>,
    relations: Map<&'a str, &'a Relation>,
    publications: Map<&'a str, &'a Publication>,
    sources: Map<&'a str, &'a Source>,
    entities: Map<&'a str, &'a Entity>,
}

impl<'a> Context<'a> {
    fn new(casebook: &'a Casebook, texts: &'a Sources) -> Self {
        Self {
            casebook,
            texts,
            kinds: by_id(&casebook.kinds, |record| &record.id),
            relations: by_id(&casebook.relations, |record| &record.id),
            publications: by_id(&casebook.publications, |record| &record.id),
            sources: by_id(&casebook.sources, |record| &record.id),
            entities: by_id(&casebook.entities, |record| &record.id),
        }
    }
}

fn by_id<T>(records: &[T], id: impl Fn(&T) -> &Text) -> Map<&str, &T> {
    let mut map = Map::with_capacity_and_hasher(records.len(), Default::default());
    for record in records {
        map.entry(id(record).as_str()).or_insert(record);
    }
    map
}

/// Whether an id was reported as malformed (or missing) when it was read: nothing more is said about it.
fn is_malformed(text: &str) -> bool {
    id::problem(text, false).is_some()
}

/// The first `length` bytes of a record: its name.
fn head(record: Span, name: &str) -> Span {
    let length = u32::try_from(name.len()).unwrap_or(0);
    Span {
        end: record.end.min(record.start + length),
        ..record
    }
}
