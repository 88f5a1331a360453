//! One person in two places on one day. It can be true, so it is never more than possible.

use super::occasion::lasts;
use super::{Assertion, Kind, Search};
use crate::graph::{ClaimIndex, EntityIndex, Graph, NONE, Status};
use crate::model::Day;
use std::collections::BTreeMap;

/// What `schema` calls a kind whose entities are in one place at a time.
const PERSON: &str = "Person";

pub(super) fn places(search: &mut Search<'_>) {
    let graph = search.graph;
    let mut presences: BTreeMap<(EntityIndex, Day), BTreeMap<EntityIndex, Vec<Assertion>>> =
        BTreeMap::new();
    for claim in 0..graph.claim_count() {
        if !search.goes_on() {
            return;
        }
        let there = graph.place(claim) != NONE
            && search.provenance.status(claim) == Status::Affirmed
            && !lasts(graph, claim);
        let date = graph.date_of(claim).filter(|date| !date.qualified);
        let Some(day) = date.and_then(|date| date.day()).filter(|_| there) else {
            continue;
        };
        let mut ends = vec![graph.subject(claim), graph.object(claim)];
        ends.dedup();
        for person in ends.into_iter().filter(|&end| is_person(graph, end)) {
            let places = presences.entry((person, day)).or_default();
            let place = places.entry(graph.place(claim)).or_default();
            place.push(Assertion::plain(claim));
        }
    }
    for by_place in presences.into_values() {
        let places: Vec<EntityIndex> = by_place.keys().copied().collect();
        for (at, &one) in places.iter().enumerate() {
            for &other in &places[at + 1..] {
                if !graph.is_nested(one, other) {
                    let (left, right) = (&by_place[&one], &by_place[&other]);
                    search.clash(Kind::Places, left, right, &|one, other| {
                        are_two(graph, one, other).then_some(false)
                    });
                }
            }
        }
    }
}

fn is_person(graph: &Graph, entity: EntityIndex) -> bool {
    let kind = &graph.records().kinds[graph.kind_of(entity) as usize];
    kind.schema
        .as_ref()
        .is_some_and(|schema| schema.value == PERSON)
}

/// Whether two claims are about two facts, and not of one event: an event may move from place to place.
fn are_two(graph: &Graph, one: ClaimIndex, other: ClaimIndex) -> bool {
    let events = (graph.event(one), graph.event(other));
    let one_event = events.0 != NONE && events.1 != NONE && graph.is_nested(events.0, events.1);
    graph.fact_of(one) != graph.fact_of(other) && !one_event
}
