//! What a fact rests on, as a tree in JSON.

use super::records;
use crate::graph::{ClaimIndex, Derivation, End, Link, Through};
use crate::query::Engine;
use serde_json::{Value, json};

/// The derivation of the fact of a claim: the sources and origins that are counted, and under each claim its sources with
/// all that is behind them.
pub(super) fn of_fact(engine: &Engine, claim: ClaimIndex) -> Value {
    let (graph, standing) = (&engine.graph, &engine.provenance);
    let claims = graph.claims_of_fact(graph.fact_of(claim));
    let derivation = Derivation::of(graph, standing, claims);
    let sources = derivation.sources.iter();
    let sources: Vec<&str> = sources
        .map(|&source| graph.source(source).id.as_str())
        .collect();
    let origins = derivation.origins.iter();
    let origins: Vec<Value> = origins
        .map(|&origin| json!({"id": graph.agents().id(origin), "name": graph.agent_name(origin)}))
        .collect();
    let claims = derivation.claims.iter();
    let claims: Vec<Value> = claims
        .map(|one| {
            json!({
                "claim": graph.claim_id(one.claim),
                "status": standing.status(one.claim).word(),
                "rests_on": forest(engine, &one.links),
            })
        })
        .collect();
    json!({
        "counted": derivation.counted.word(),
        "sources": sources,
        "origins": origins,
        "claims": claims,
    })
}

/// The links of the least depth, each with those below it.
fn forest(engine: &Engine, links: &[Link]) -> Vec<Value> {
    let Some(depth) = links.first().map(|link| link.depth) else {
        return Vec::new();
    };
    let mut trees = links.chunk_by(|_, next| next.depth > depth);
    let tree = |tree: &[Link]| -> Option<Value> {
        let (root, below) = tree.split_first()?;
        let mut value = link(engine, root);
        value["rests_on"] = forest(engine, below).into();
        Some(value)
    };
    trees.by_ref().filter_map(tree).collect()
}

fn link(engine: &Engine, link: &Link) -> Value {
    let graph = &engine.graph;
    let through = match link.through {
        Through::Evidence(_, stance) => format!("{stance:?}").to_lowercase(),
        Through::Says => "says".to_owned(),
        Through::Leans(how) => format!("{how:?}").to_lowercase(),
        Through::Outlet => "published".to_owned(),
    };
    let mut value = json!({
        "id": graph.agents().id(link.agent),
        "name": graph.agent_name(link.agent),
        "through": through,
        "origin": link.end == End::Origin,
    });
    let end = match link.end {
        End::No | End::Origin => None,
        End::Again => Some("above"),
        End::Circle => Some("circle"),
        End::Cut => Some("cut"),
    };
    if let Some(end) = end {
        value["end"] = end.into();
    }
    if let Through::Evidence(number, _) = link.through {
        let row = graph.evidence().row(number);
        value["reliability"] = records::reliability(engine, row.source);
        value["credibility"] = row.credibility.into();
    }
    value
}
