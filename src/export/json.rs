//! The casebook as JSON with every reference resolved: statuses, origins and claim ids are there to be read. The home of
//! `serde_json` in this layer, with [`super::records`].

use super::{Part, Selection, derivation, records};
use crate::graph::{ClaimIndex, EntityIndex, SourceIndex};
use crate::model::SameAs;
use crate::query::Engine;
use crate::text::safe::json_safe;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The whole casebook, or the selected claims with all that they name.
pub(super) fn write(engine: &Engine, selection: &Selection) -> String {
    let graph = &engine.graph;
    let book = graph.records();
    let part = Part::of(engine, selection);
    let all = |records: &dyn Fn(u32) -> Value, chosen: &[u32]| -> Vec<Value> {
        chosen.iter().map(|&index| records(index)).collect()
    };
    pretty(&json!({
        "casebook": records::header(engine),
        "kinds": all(&|at| records::kind(&book.kinds[at as usize]), &part.kinds),
        "relations": all(&|at| records::relation(graph.relation(at)), &part.relations),
        "publications": all(&|at| records::publication(graph.publication(at)), &part.publications),
        "sources": all(&|at| records::source(engine, at), &part.sources),
        "entities": all(&|at| records::entity(engine, at), &part.entities),
        "claims": all(&|at| records::claim(engine, at), &part.claims),
        "same_as": part.same_as.iter().map(|&at| records::same_as(&book.same_as[at])).collect::<Vec<_>>(),
        "judged": judged(engine, &part),
    }))
}

/// The records that judge contradictions between exported claims.
fn judged(engine: &Engine, part: &Part) -> Vec<Value> {
    let ids: BTreeSet<&str> = part
        .claims
        .iter()
        .map(|&claim| engine.graph.claim_id(claim))
        .collect();
    let records = engine.graph.records().judged.iter();
    records
        .filter(|record| record.claims.iter().all(|id| ids.contains(id.as_str())))
        .map(records::judged)
        .collect()
}

/// An entity, those judged the same, and all claims that name one of them.
#[must_use]
pub fn show_entity(engine: &Engine, entity: EntityIndex) -> String {
    let graph = &engine.graph;
    let entity = graph.canonical(entity);
    let speaker = graph.agents().find(&graph.entity(entity).id);
    let about = |claim: &ClaimIndex| {
        let claim = *claim;
        [graph.subject(claim), graph.object(claim)].contains(&entity)
            || graph.locations(claim).contains(&entity)
            || speaker.is_some_and(|speaker| {
                let mut rows = graph.evidence().of_claim(claim);
                rows.any(|(_, row)| row.speakers.contains(&speaker))
            })
    };
    let same: Vec<Value> = graph
        .judged_same(entity)
        .iter()
        .filter(|&&other| other != entity)
        .map(|&other| records::entity(engine, other))
        .collect();
    let set = graph.judged_same(entity);
    let names: Vec<Value> = set
        .iter()
        .flat_map(|&one| records::names(graph, one))
        .collect();
    let judged = |same: &&SameAs| {
        let mut ends = [&same.left, &same.right].into_iter();
        ends.any(|id| graph.entity_by_id(id).is_some_and(|end| set.contains(&end)))
    };
    let judgements = graph.records().same_as.iter().filter(judged);
    pretty(&json!({
        "entity": records::entity(engine, entity),
        "names": names,
        "same_as": same,
        "judgements": judgements.map(records::same_as).collect::<Vec<_>>(),
        "claims": claims(engine, about),
    }))
}

/// A source and all claims that it speaks of.
#[must_use]
pub fn show_source(engine: &Engine, source: SourceIndex) -> String {
    let speaks = |claim: &ClaimIndex| {
        let mut rows = engine.graph.evidence().of_claim(*claim);
        rows.any(|(_, row)| row.source == source)
    };
    pretty(&json!({
        "source": records::source(engine, source),
        "claims": claims(engine, speaks),
    }))
}

/// A publication, its sources, and all claims that they speak of or that are according to it.
#[must_use]
pub fn show_publication(engine: &Engine, publication: u32) -> String {
    let graph = &engine.graph;
    let record = graph.publication(publication);
    let agent = graph.agents().find(&record.id);
    let own =
        |source: SourceIndex| agent.is_some() && graph.agents().publication_of(source) == agent;
    let speaks = |claim: &ClaimIndex| {
        let mut rows = graph.evidence().of_claim(*claim);
        rows.any(|(_, row)| {
            own(row.source) || agent.is_some_and(|agent| row.speakers.contains(&agent))
        })
    };
    let sources: Vec<Value> = (0..)
        .take(graph.source_count() as usize)
        .filter(|&source| own(source))
        .map(|source| records::source(engine, source))
        .collect();
    pretty(&json!({
        "publication": records::publication(record),
        "sources": sources,
        "claims": claims(engine, speaks),
    }))
}

/// A claim, the other claims of its fact, and what all of them rest on.
#[must_use]
pub fn show_claim(engine: &Engine, claim: ClaimIndex) -> String {
    let graph = &engine.graph;
    let same_fact =
        |other: &ClaimIndex| *other != claim && graph.fact_of(*other) == graph.fact_of(claim);
    pretty(&json!({
        "claim": records::claim(engine, claim),
        "same_fact": claims(engine, same_fact),
        "derivation": derivation::of_fact(engine, claim),
    }))
}

fn claims(engine: &Engine, chosen: impl Fn(&ClaimIndex) -> bool) -> Vec<Value> {
    (0..engine.graph.claim_count())
        .filter(chosen)
        .map(|claim| records::claim(engine, claim))
        .collect()
}

fn pretty(value: &Value) -> String {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    json_safe(&text) + "\n"
}
