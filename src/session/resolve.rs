//! What a name names, for commands that show one thing.

use crate::graph::{AgentIndex, ClaimIndex, EntityIndex, Graph, Referent, SourceIndex};
use crate::text::{fold, safe, suggest};
use std::collections::BTreeSet;

/// Something that has a name or an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// An entity, canonical.
    Entity(EntityIndex),
    /// A source.
    Source(SourceIndex),
    /// A publication.
    Publication(u32),
    /// A claim.
    Claim(ClaimIndex),
}

/// The one thing that a text names: `@id`, a claim's id, a name or an alias.
///
/// # Errors
/// A message when nothing has that name, with suggestions, or more than one thing has.
pub fn resolve(graph: &Graph, text: &str) -> Result<Thing, String> {
    let text = unquoted(text.trim());
    if text.is_empty() {
        return Err("say what: a name, @id or a claim's id".to_owned());
    }
    let shown = safe::shorten(text, 60);
    if let Some(id) = text.strip_prefix('@') {
        return by_id(graph, id).ok_or_else(|| {
            let ids = ids(graph);
            let near = suggest::suggest(id, ids.iter().map(String::as_str));
            let near: Vec<String> = near.iter().map(|id| format!("@{id}")).collect();
            unknown(&shown, &near)
        });
    }
    let key = fold::key(text);
    let mut things = named(graph, &key).into_iter();
    match (things.next(), things.len()) {
        (Some(thing), 0) => Ok(thing),
        (Some(thing), _) => {
            let ids: Vec<String> = std::iter::once(thing)
                .chain(things)
                .map(|thing| format!("@{}", id(graph, thing)))
                .collect();
            Err(format!("`{shown}` names {}", ids.join(" and ")))
        }
        (None, _) => by_id(graph, text).ok_or_else(|| {
            let keys: Vec<(String, &str)> = names(graph)
                .map(|(name, _)| (fold::key(name), name))
                .collect();
            let near = suggest::suggest(&key, keys.iter().map(|(key, _)| key.as_str()));
            let near: Vec<String> = keys
                .iter()
                .filter(|(key, _)| near.contains(&key.as_str()))
                .map(|(_, name)| (*name).to_owned())
                .take(3)
                .collect();
            unknown(&shown, &near)
        }),
    }
}

/// Whether several things are called so.
#[must_use]
pub fn is_shared(graph: &Graph, text: &str) -> bool {
    named(graph, &fold::key(unquoted(text.trim()))).len() > 1
}

/// All that is called by a folded name.
fn named(graph: &Graph, key: &str) -> BTreeSet<Thing> {
    let called = names(graph).filter(|(name, _)| fold::key(name) == key);
    called.map(|(_, thing)| thing).collect()
}

/// The one source, publication or entity that a text names, as a speaker or origin: things that share an id are one.
///
/// # Errors
/// As [`resolve`], and where the text names a claim.
pub fn agent(graph: &Graph, text: &str) -> Result<AgentIndex, String> {
    let agents = graph.agents();
    let of = |thing| Some(agents.canonical(agents.find(id(graph, thing))?));
    let things = named(graph, &fold::key(unquoted(text.trim())));
    let found: BTreeSet<AgentIndex> = things.into_iter().filter_map(of).collect();
    let mut found = found.into_iter();
    if let (Some(agent), None) = (found.next(), found.next()) {
        return Ok(agent);
    }
    let thing = resolve(graph, text)?;
    let claim = || {
        format!(
            "`{}` is a claim; a source, an outlet or a speaker is wanted",
            safe::shorten(text, 60)
        )
    };
    match thing {
        Thing::Claim(_) => Err(claim()),
        thing => of(thing).ok_or_else(claim),
    }
}

fn unquoted(text: &str) -> &str {
    text.strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .unwrap_or(text)
}

fn unknown(shown: &str, near: &[String]) -> String {
    let near: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
    if near.is_empty() {
        format!("nothing in this casebook is called `{shown}`")
    } else {
        format!(
            "nothing in this casebook is called `{shown}`; did you mean {}?",
            near.join(" or ")
        )
    }
}

fn by_id(graph: &Graph, id: &str) -> Option<Thing> {
    if let Some(entity) = graph.entity_by_id(id) {
        return Some(Thing::Entity(graph.canonical(entity)));
    }
    if let Some(claim) = graph.claim_by_id(id) {
        return Some(Thing::Claim(claim));
    }
    if let Some(claim) = first_of_fact(graph, id) {
        return Some(Thing::Claim(claim));
    }
    let agents = graph.agents();
    match agents.referent(agents.find(id)?) {
        Referent::Entity(entity) => Some(Thing::Entity(graph.canonical(entity))),
        Referent::Publication(publication) => Some(Thing::Publication(publication)),
        Referent::Source(source) => Some(Thing::Source(source)),
    }
}

/// The first claim of the fact `subject/relation/object`, whatever ids its claims were given.
fn first_of_fact(graph: &Graph, id: &str) -> Option<ClaimIndex> {
    let mut parts = id.split('/');
    let (subject, relation, object) = (parts.next()?, parts.next()?, parts.next()?);
    let entity = |id| Some(graph.canonical(graph.entity_by_id(id)?));
    let (subject, object) = (entity(subject)?, entity(object)?);
    let of_relation =
        |&&claim: &&ClaimIndex| graph.relation(graph.relation_of(claim)).id.value == relation;
    let symmetric = |claim: ClaimIndex| graph.relation(graph.relation_of(claim)).symmetric;
    let ends = |&&claim: &&ClaimIndex| {
        let (one, other) = (graph.subject(claim), graph.object(claim));
        (one, other) == (subject, object) || (symmetric(claim) && (other, one) == (subject, object))
    };
    let about = graph
        .claims_from(subject)
        .iter()
        .chain(graph.claims_to(subject));
    about
        .filter(of_relation)
        .find(ends)
        .copied()
        .filter(|_| parts.next().is_none())
}

/// The id of a thing.
#[must_use]
pub fn id(graph: &Graph, thing: Thing) -> &str {
    match thing {
        Thing::Entity(entity) => &graph.entity(entity).id,
        Thing::Source(source) => &graph.source(source).id,
        Thing::Publication(publication) => &graph.publication(publication).id,
        Thing::Claim(claim) => graph.claim_id(claim),
    }
}

/// Every name and alias with what it names, in the order of the casebook.
pub fn names(graph: &Graph) -> impl Iterator<Item = (&str, Thing)> {
    let casebook = graph.records();
    let entities = (0..graph.entity_count()).flat_map(|at| {
        let entity = graph.entity(at);
        let thing = Thing::Entity(graph.canonical(at));
        std::iter::once(&entity.name)
            .chain(&entity.aliases)
            .map(move |name| (name.value.as_str(), thing))
    });
    let sources = (0u32..).zip(&casebook.sources).flat_map(|(at, source)| {
        std::iter::once(&source.title)
            .chain(&source.aliases)
            .map(move |name| (name.value.as_str(), Thing::Source(at)))
    });
    let publications = (0u32..)
        .zip(&casebook.publications)
        .flat_map(|(at, publication)| {
            std::iter::once(&publication.name)
                .chain(&publication.aliases)
                .map(move |name| (name.value.as_str(), Thing::Publication(at)))
        });
    entities.chain(sources).chain(publications)
}

fn ids(graph: &Graph) -> Vec<String> {
    let agents = graph.agents();
    (0..)
        .take(agents.len())
        .map(|agent| agents.id(agent).to_owned())
        .collect()
}
