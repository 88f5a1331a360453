//! The words that may stand at a place, each with the number of claims that speak of it.

use super::place::{Nouns, Place};
use super::{Candidate, Session, columns};
use crate::graph::{ClaimIndex, EntityIndex, Graph, Referent};
use crate::model::{Be, Relation};
use crate::query::question::grammar::{Slot, Want};
use crate::query::question::keyword::{Keyword, SPELLINGS};
use crate::render::verb;
use crate::text::{fold, safe::is_hidden};
use std::collections::BTreeMap;

/// What a question may begin with.
pub(super) fn openings() -> Vec<Candidate> {
    [
        "who",
        "whom",
        "what",
        "which",
        "how many",
        "when",
        "where",
        "did",
        "is",
        "how is",
        "path from",
        "timeline of",
        "contradictions",
        "which sources say that",
    ]
    .map(Candidate::plain)
    .into()
}

/// Names, verbs, kinds, columns and dates of the casebook that may stand at the place.
pub(super) fn of_casebook(session: &Session, place: &Place, prefix: &str) -> Vec<Candidate> {
    let mut found = Vec::new();
    if place.wants(Want::Verb) {
        found.extend(verbs(session, place, prefix));
    }
    if place.wants(Want::Name) || place.wants(Want::Source) {
        found.extend(names(session, place, prefix));
    }
    if place.wants(Want::Kind) && !place.wants(Want::Name) {
        found.extend(kinds(session, prefix));
    }
    if place.wants(Want::Column) {
        let columns = columns::of(place);
        found.extend(beginning(columns.iter().map(String::as_str), prefix));
    }
    if place.wants(Want::Grade) {
        return beginning(["A", "B", "C", "D", "E", "F"].into_iter(), prefix);
    }
    if place.wants(Want::Date) {
        found.extend(dates(session, prefix));
    }
    found
}

/// The words of the language that may stand at the place.
pub(super) fn keywords(place: &Place, prefix: &str) -> Vec<Candidate> {
    let wanted = SPELLINGS
        .iter()
        .filter(|(keyword, _)| place.wants(Want::Keyword(*keyword)));
    if prefix.is_empty() {
        return wanted
            .map(|(_, spellings)| Candidate::plain(spellings[0]))
            .collect();
    }
    let spellings = wanted.flat_map(|(_, spellings)| spellings.iter().copied());
    beginning(spellings, prefix)
}

fn beginning<'w>(words: impl Iterator<Item = &'w str>, prefix: &str) -> Vec<Candidate> {
    words
        .filter(|word| fold::key(word).starts_with(prefix))
        .map(Candidate::plain)
        .collect()
}

/// Verbs of relations that have claims about the noun before, the frequent first.
fn verbs(session: &Session, place: &Place, prefix: &str) -> Vec<Candidate> {
    let graph = &session.engine.graph;
    let subjects = place.noun_before(session.vocabulary(), graph, place.tokens.len());
    let mut found: Vec<(usize, String)> = Vec::new();
    for (at, relation) in (0u32..).zip(&graph.records().relations) {
        let reversed = place.auxiliary() == Some(Keyword::Be) && relation.be == Be::Flips;
        let count = occurrences(graph, at, relation, reversed, &subjects);
        if count > 0 {
            let forms = forms(relation, place, prefix).into_iter();
            found.extend(forms.map(|form| (count, form)));
        }
    }
    ranked(found)
}

fn occurrences(
    graph: &Graph,
    at: u32,
    relation: &Relation,
    reversed: bool,
    subjects: &Nouns,
) -> usize {
    let meets = |&&claim: &&ClaimIndex| {
        let (subject, object) = (graph.subject(claim), graph.object(claim));
        let near = if reversed { object } else { subject };
        subjects.admit(graph, near)
            || (relation.symmetric
                && (subjects.admit(graph, subject) || subjects.admit(graph, object)))
    };
    graph.claims_of_relation(at).iter().filter(meets).count()
}

/// The forms of a relation that begin with the prefix; without one only the form that reads best there.
fn forms(relation: &Relation, place: &Place, prefix: &str) -> Vec<String> {
    let whole = if place.auxiliary().is_some() {
        after_auxiliary(relation, place)
    } else {
        verb(relation)
    };
    if prefix.is_empty() {
        return vec![whole];
    }
    let label = relation.label();
    let forms = relation.forms.iter().map(|form| form.value.as_str());
    let mut found: Vec<String> = [whole.as_str(), label.as_str()]
        .into_iter()
        .chain(forms)
        .filter(|form| fold::key(form).starts_with(prefix))
        .map(str::to_owned)
        .collect();
    if found.is_empty() && place.auxiliary().is_none() {
        // `excl` for `was excluded from`: what stands before it is put there too.
        let be = whole.strip_suffix(&label).unwrap_or("");
        found.extend(
            Some(whole.clone()).filter(|_| !be.is_empty() && fold::key(&label).starts_with(prefix)),
        );
    }
    found
}

/// After `did` the form that has one in -s beside it, which is the bare one; after *be* the label.
fn after_auxiliary(relation: &Relation, place: &Place) -> String {
    let label = relation.label();
    if place.auxiliary() == Some(Keyword::Be) {
        return label;
    }
    let is_bare = |form: &str| {
        let (first, rest) = form.split_once(' ').unwrap_or((form, ""));
        let with_s = [format!("{first}s {rest}"), format!("{first}es {rest}")];
        relation
            .forms
            .iter()
            .any(|other| with_s.iter().any(|form| form.trim_end() == other.value))
    };
    let bare = relation.forms.iter().find(|form| is_bare(form));
    bare.map_or(label, |form| form.value.clone())
}

/// Names that the place can take, those of most claims first.
fn names(session: &Session, place: &Place, prefix: &str) -> Vec<Candidate> {
    let graph = &session.engine.graph;
    let counts = counts(session, place);
    let mut found = Vec::new();
    for (agent, count) in counts {
        let spellings = spellings(graph, agent);
        let mut fitting = spellings
            .iter()
            .filter(|name| fold::key(name).starts_with(prefix));
        if let Some(name) = fitting.next() {
            found.push((count, writable(session, name, agent)));
        }
    }
    ranked(found)
}

/// The ids that the place can take.
pub(super) fn ids(session: &Session, place: &Place, prefix: &str) -> Vec<Candidate> {
    let graph = &session.engine.graph;
    let found = counts(session, place)
        .into_iter()
        .map(|(referent, count)| (count, format!("@{}", id(graph, referent))))
        .filter(|(_, id)| id[1..].starts_with(prefix))
        .collect();
    ranked(found)
}

fn ranked(mut found: Vec<(usize, String)>) -> Vec<Candidate> {
    found.sort_by(|one, other| (other.0, &one.1).cmp(&(one.0, &other.1)));
    found
        .iter()
        .map(|(count, text)| Candidate::counted(text, *count))
        .collect()
}

/// What can stand there with the number of claims that speak of it there.
fn counts(session: &Session, place: &Place) -> BTreeMap<Referent, usize> {
    let graph = &session.engine.graph;
    let mut counts = BTreeMap::new();
    let mut add = |referent: Referent| *counts.entry(referent).or_insert(0) += 1;
    let claims = || 0..graph.claim_count();
    let of_verbs = place.claims(session.vocabulary(), graph);
    let scope = || -> Vec<ClaimIndex> {
        if of_verbs.is_empty() {
            claims().collect()
        } else {
            let mut claims: Vec<ClaimIndex> = of_verbs.iter().map(|&(claim, _)| claim).collect();
            claims.sort_unstable();
            claims.dedup();
            claims
        }
    };
    match place.slot() {
        Slot::Object => of_verbs
            .iter()
            .for_each(|&(_, entity)| add(Referent::Entity(entity))),
        Slot::Place => {
            for claim in scope() {
                graph
                    .locations(claim)
                    .into_iter()
                    .for_each(|entity| add(Referent::Entity(entity)));
            }
        }
        Slot::Speaker | Slot::Ignored => {
            let sources_only = place.slot() == Slot::Ignored;
            for claim in scope() {
                speakers(graph, claim)
                    .into_iter()
                    .filter(|agent| !(sources_only && matches!(agent, Referent::Entity(_))))
                    .for_each(&mut add);
            }
        }
        Slot::Subject | Slot::Path | Slot::Timeline | Slot::Value => {
            for claim in claims() {
                ends(graph, claim)
                    .into_iter()
                    .for_each(|entity| add(Referent::Entity(entity)));
            }
        }
    }
    counts
}

fn ends(graph: &Graph, claim: ClaimIndex) -> Vec<EntityIndex> {
    let mut ends = vec![graph.subject(claim), graph.object(claim)];
    ends.dedup();
    ends
}

/// Who a claim can be according to: its sources, their publications, its speakers; each once.
fn speakers(graph: &Graph, claim: ClaimIndex) -> Vec<Referent> {
    let agents = graph.agents();
    let mut found = Vec::new();
    for (_, row) in graph.evidence().of_claim(claim) {
        found.push(Referent::Source(row.source));
        found.extend(
            agents
                .publication_of(row.source)
                .map(|agent| agents.referent(agent)),
        );
        found.extend(
            row.speakers
                .iter()
                .map(|&agent| match agents.referent(agent) {
                    Referent::Entity(entity) => Referent::Entity(graph.canonical(entity)),
                    other => other,
                }),
        );
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The name and the aliases.
fn spellings(graph: &Graph, referent: Referent) -> Vec<String> {
    let (name, aliases) = match referent {
        Referent::Entity(entity) => {
            let record = graph.entity(entity);
            (&record.name, &record.aliases)
        }
        Referent::Publication(publication) => {
            let record = graph.publication(publication);
            (&record.name, &record.aliases)
        }
        Referent::Source(source) => {
            let record = graph.source(source);
            (&record.title, &record.aliases)
        }
    };
    std::iter::once(name)
        .chain(aliases)
        .map(|text| text.value.clone())
        .collect()
}

fn id(graph: &Graph, referent: Referent) -> &str {
    match referent {
        Referent::Entity(entity) => &graph.entity(entity).id,
        Referent::Publication(publication) => &graph.publication(publication).id,
        Referent::Source(source) => &graph.source(source).id,
    }
}

/// A name as it can be written: as it is where it names one thing only, else the id.
fn writable(session: &Session, name: &str, referent: Referent) -> String {
    let known = session.vocabulary().names(&fold::key(name));
    let strange = |c: char| is_hidden(c) || "?|,()[]#;=!<>$@\"".contains(c);
    if known.len() == 1 && !name.chars().any(strange) {
        name.to_owned()
    } else {
        format!("@{}", id(&session.engine.graph, referent))
    }
}

/// Kinds with the number of their entities.
fn kinds(session: &Session, prefix: &str) -> Vec<Candidate> {
    let graph = &session.engine.graph;
    let mut found = Vec::new();
    for (at, kind) in (0u32..).zip(&graph.records().kinds) {
        let count = graph
            .entities()
            .filter(|&entity| graph.kind_of(entity) == at)
            .count();
        let word = [&kind.plural, &kind.id]
            .into_iter()
            .find(|word| fold::key(word).starts_with(prefix));
        if let Some(word) = word.filter(|_| count > 0) {
            found.push((count, word.value.clone()));
        }
    }
    ranked(found)
}

/// The months and years of the casebook with the number of claims dated in them.
fn dates(session: &Session, prefix: &str) -> Vec<Candidate> {
    let graph = &session.engine.graph;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for claim in 0..graph.claim_count() {
        let Some(date) = graph.date_of(claim) else {
            continue;
        };
        let month: String = date.edtf.chars().take(7).collect();
        let plain = month.chars().all(|c| c.is_ascii_digit() || c == '-');
        if plain && (month.len() == 4 || month.len() == 7) {
            *counts.entry(month).or_insert(0) += 1;
        }
    }
    let prefix = prefix.replace(' ', "-");
    counts
        .into_iter()
        .filter(|(month, _)| month.starts_with(&prefix))
        .map(|(month, count)| Candidate::counted(&month, count))
        .collect()
}
