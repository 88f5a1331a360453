//! Questions that this casebook answers, made from its records.

use super::Session;
use crate::graph::{ClaimIndex, EntityIndex, Graph, Status};
use crate::render::verb;

/// Questions that are known to have an answer; none where there is nothing to ask about.
#[must_use]
pub(super) fn examples(session: &Session) -> Vec<String> {
    let mut questions = candidates(session);
    questions.retain(|question| {
        session
            .answer(question)
            .is_ok_and(|answer| !answer.rows.is_empty())
    });
    questions.dedup();
    questions
}

fn candidates(session: &Session) -> Vec<String> {
    let graph = &session.engine.graph;
    let standing = &session.engine.provenance;
    let affirmed = |&claim: &ClaimIndex| standing.status(claim) == Status::Affirmed;
    let name = |entity: EntityIndex| graph.entity(entity).name.value.as_str();
    let mut relations: Vec<(usize, u32)> = (0..)
        .zip(&graph.records().relations)
        .map(|(at, _)| {
            let claims = graph.claims_of_relation(at).iter().copied();
            let actors = claims.filter(|&claim| graph.is_actor(graph.subject(claim)));
            (actors.filter(affirmed).count(), at)
        })
        .filter(|&(count, _)| count > 0)
        .collect();
    relations.sort_by_key(|&(count, at)| (std::cmp::Reverse(count), at));
    let mut questions = Vec::new();
    for &(_, at) in relations.iter().take(4) {
        let relation = graph.relation(at);
        let mut claims = graph
            .claims_of_relation(at)
            .iter()
            .copied()
            .filter(affirmed);
        let Some(claim) = claims.find(|&claim| graph.is_actor(graph.subject(claim))) else {
            continue;
        };
        let object = graph.object(claim);
        let ask = if graph.is_actor(object) {
            "whom"
        } else {
            "what"
        };
        questions.push(format!("who {} {ask}", verb(relation)));
        questions.push(format!("who {} {}", verb(relation), name(object)));
    }
    if let Some(&(_, at)) = relations.first() {
        let verb = verb(graph.relation(at));
        questions.push(format!("who {verb} someone with 2 independent sources"));
        questions.push(format!("who {verb} someone | count"));
        let disputed = graph.claims_of_relation(at).iter().copied().find(affirmed);
        if let Some(claim) = disputed {
            let (subject, object) = (name(graph.subject(claim)), name(graph.object(claim)));
            questions.push(format!("which sources say that {subject} {verb} {object}"));
        }
    }
    let busy = busiest(graph);
    if let Some(&entity) = busy.first() {
        questions.push(format!("timeline of {}", name(entity)));
    }
    questions.push("contradictions".to_owned());
    if let [one, .., other] = busy.as_slice() {
        questions.push(format!(
            "how is {} connected to {}",
            name(*one),
            name(*other)
        ));
    }
    questions
}

/// The actors of most claims, at most five.
fn busiest(graph: &Graph) -> Vec<EntityIndex> {
    let mut actors: Vec<EntityIndex> = graph
        .entities()
        .filter(|&entity| graph.is_actor(entity))
        .collect();
    let claims =
        |entity: EntityIndex| graph.claims_from(entity).len() + graph.claims_to(entity).len();
    actors.retain(|&entity| claims(entity) > 0);
    actors.sort_by_key(|&entity| (std::cmp::Reverse(claims(entity)), entity));
    actors.truncate(5);
    actors
}
