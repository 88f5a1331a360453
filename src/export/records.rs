//! Records as JSON objects: every field there, `null` where nothing is given, references as ids.

use crate::graph::{ClaimIndex, EntityIndex, EvidenceRow, GradedBy, Graph, SourceIndex};
use crate::model::{Date, Evidence, Judged, Kind, Publication, Relation, SameAs, Text};
use crate::query::Engine;
use crate::query::says::who_says_so;
use crate::text::Spanned;
use serde_json::{Map, Value, json};

fn text(text: &Option<Text>) -> Option<&str> {
    text.as_ref().map(|text| text.as_str())
}

fn texts(texts: &[Text]) -> Vec<&str> {
    texts.iter().map(|text| text.as_str()).collect()
}

fn date(date: &Option<Spanned<Date>>) -> Option<&str> {
    date.as_ref().map(|date| date.edtf.as_str())
}

/// A word of the records as they write it: `Affirmed`, `ArticleNewspaper`.
fn word(value: impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// The header; `null` for a casebook without one.
pub(super) fn header(engine: &Engine) -> Value {
    engine
        .graph
        .records()
        .headers
        .first()
        .map_or(Value::Null, |header| {
            json!({
                "format": header.format.value,
                "title": header.title.value,
                "about": text(&header.about),
                "texts": text(&header.texts),
            })
        })
}

pub(super) fn kind(kind: &Kind) -> Value {
    json!({
        "id": kind.id.value,
        "plural": kind.plural.value,
        "actor": kind.actor,
        "schema": text(&kind.schema),
        "about": text(&kind.about),
    })
}

pub(super) fn relation(relation: &Relation) -> Value {
    json!({
        "id": relation.id.value,
        "forms": texts(&relation.forms),
        "from": texts(&relation.from),
        "to": texts(&relation.to),
        "be": word(relation.be),
        "symmetric": relation.symmetric,
        "aspect": word(relation.aspect),
        "opposite_of": texts(&relation.opposite_of),
        "single_valued": relation.single_valued.as_ref().map(|per| word(per.value)),
        "exclusive_with": texts(&relation.exclusive_with),
        "plover": text(&relation.plover),
        "ftm": text(&relation.ftm),
        "about": text(&relation.about),
    })
}

pub(super) fn publication(publication: &Publication) -> Value {
    json!({
        "id": publication.id.value,
        "name": publication.name.value,
        "aliases": texts(&publication.aliases),
        "reliability": publication.reliability.as_ref().map(|grade| word(grade.value)),
        "url": text(&publication.url),
        "about": text(&publication.about),
    })
}

pub(super) fn source(engine: &Engine, source: SourceIndex) -> Value {
    let record = engine.graph.source(source);
    let derived: Vec<Value> = record
        .derived_from
        .iter()
        .map(|derivation| json!({"origin": derivation.origin.value, "how": word(derivation.how)}))
        .collect();
    let stored = record
        .text
        .as_ref()
        .map(|stored| json!({"file": stored.file.value, "sha256": stored.sha256.value, "normaliser": text(&stored.normaliser)}));
    json!({
        "id": record.id.value,
        "type": word(record.source_type.value),
        "title": record.title.value,
        "aliases": texts(&record.aliases),
        "author": texts(&record.author),
        "container_title": text(&record.container_title),
        "publisher": text(&record.publisher),
        "publication": text(&record.publication),
        "issued": date(&record.issued),
        "accessed": date(&record.accessed),
        "url": text(&record.url),
        "language": text(&record.language),
        "text": stored,
        "derived_from": derived,
        "reliability": record.reliability.as_ref().map(|grade| word(grade.value)),
        "effective_reliability": reliability(engine, source),
        "max_quote": record.max_quote.as_ref().map(|most| most.value),
        "note": text(&record.note),
    })
}

/// The names of an entity's record, each with the id of that record.
pub(super) fn names(graph: &Graph, entity: EntityIndex) -> Vec<Value> {
    let record = graph.entity(entity);
    let all = [&record.name].into_iter().chain(&record.aliases);
    all.map(|name| json!({"name": name.value, "from": record.id.value}))
        .collect()
}

/// What was judged of two entities.
pub(super) fn same_as(same: &SameAs) -> Value {
    json!({
        "left": same.left.value,
        "right": same.right.value,
        "judgement": word(same.judgement.value),
        "because": same.because.value,
        "source": text(&same.source),
    })
}

/// How reliable a source is, and the id of the record that says so, the source's or its publication's; `null` for one
/// without a grade.
pub(super) fn reliability(engine: &Engine, source: SourceIndex) -> Value {
    let graph = &engine.graph;
    graph
        .reliability(source)
        .map_or(Value::Null, |(grade, by)| {
            let from = match by {
                GradedBy::Source => &graph.source(source).id,
                GradedBy::Publication(at) => &graph.publication(at).id,
            };
            json!({"grade": word(grade), "from": from.value})
        })
}

pub(super) fn entity(engine: &Engine, entity: EntityIndex) -> Value {
    let record = engine.graph.entity(entity);
    let ids: Map<String, Value> = record
        .ids
        .iter()
        .map(|(scheme, id)| (scheme.value.clone(), json!(id.value)))
        .collect();
    let canonical = engine.graph.canonical(entity);
    json!({
        "id": record.id.value,
        "name": record.name.value,
        "aliases": texts(&record.aliases),
        "kind": record.kind.value,
        "within": texts(&record.within),
        "ids": ids,
        "canonical": engine.graph.entity(canonical).id.value,
        "note": text(&record.note),
    })
}

pub(super) fn claim(engine: &Engine, claim: ClaimIndex) -> Value {
    let (graph, standing) = (&engine.graph, &engine.provenance);
    let record = graph.claim(claim);
    let rows = graph.evidence().of_claim(claim);
    let evidence: Vec<Value> = rows
        .zip(&record.evidence)
        .map(|((_, row), record)| evidence(engine, &row, record))
        .collect();
    json!({
        "id": graph.claim_id(claim),
        "subject": record.subject.value,
        "relation": record.relation.value,
        "object": record.object.value,
        "canonical": {
            "subject": graph.entity(graph.subject(claim)).id.value,
            "object": graph.entity(graph.object(claim)).id.value,
        },
        "place": text(&record.place),
        "event": text(&record.event),
        "when": date(&record.when),
        "polarity": word(record.polarity),
        "actuality": word(record.actuality),
        "status": standing.status(claim).word(),
        "disputed": standing.is_disputed(claim),
        "origins": agents(engine, standing.origins(claim)),
        "evidence": evidence,
        "note": text(&record.note),
    })
}

pub(super) fn judged(record: &Judged) -> Value {
    json!({
        "claims": texts(&record.claims),
        "because": record.because.value,
    })
}

fn evidence(engine: &Engine, row: &EvidenceRow, record: &Evidence) -> Value {
    let graph = &engine.graph;
    let said = who_says_so(graph, row.speakers, &graph.source(row.source).title);
    let origins = engine.provenance.origins_of(graph.agents(), *row);
    json!({
        "source": record.source.value,
        "according_to": texts(&record.according_to),
        "who_says_so": Some(said).filter(|said| !said.is_empty()),
        "stance": word(record.stance),
        "at": record.at.as_ref().map(|at| [at.value.0, at.value.1]),
        "digest": text(&record.digest),
        "quote": text(&record.quote),
        "reliability": reliability(engine, row.source),
        "credibility": record.credibility.as_ref().map(|grade| grade.value),
        "origins": agents(engine, &origins),
        "note": text(&record.note),
    })
}

fn agents<'a>(engine: &'a Engine, agents: &[u32]) -> Vec<&'a str> {
    let id = |&agent: &u32| engine.graph.agents().id(agent);
    agents.iter().map(id).collect()
}
