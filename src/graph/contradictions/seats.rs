//! Ends that determine each other at any one time: an office has one holder, a ship lies at one quay.

use super::opposites::facts;
use super::{Kind, Search};
use crate::graph::{EntityIndex, FactIndex, NONE, RelationIndex, Status};
use crate::model::{Day, SingleValued};
use std::collections::BTreeMap;

/// Two subjects of one object.
pub(super) fn holders(search: &mut Search<'_>) {
    seats(search, SingleValued::PerObject, Kind::Holders);
}

/// Two objects of one subject.
pub(super) fn values(search: &mut Search<'_>) {
    seats(search, SingleValued::PerSubject, Kind::Values);
}

/// A fact that may hold from one day to another, and who or what has the seat in it.
struct Held {
    from: Day,
    to: Day,
    fact: FactIndex,
    by: EntityIndex,
}

fn seats(search: &mut Search<'_>, per: SingleValued, kind: Kind) {
    let graph = search.graph;
    for (relation, record) in (0..).zip(&graph.records().relations) {
        if record.single_valued.as_ref().map(|it| it.value) != Some(per) {
            continue;
        }
        for held in by_seat(search, relation, per).into_values() {
            pairs(search, kind, held);
        }
    }
}

/// The facts of a relation by the end that has one other at a time; by both ends where it is symmetric.
fn by_seat(
    search: &Search<'_>,
    relation: RelationIndex,
    per: SingleValued,
) -> BTreeMap<EntityIndex, Vec<Held>> {
    let graph = search.graph;
    let mut seats: BTreeMap<EntityIndex, Vec<Held>> = BTreeMap::new();
    for fact in facts(graph, relation) {
        let days = search
            .of_status(fact, Status::Affirmed)
            .into_iter()
            .map(|it| match graph.date_of(it.claim) {
                Some(date) => (date.start.0, date.end.1),
                None => (Day::MIN, Day::MAX),
            })
            .reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
        let Some((from, to)) = days else { continue };
        let (subject, object) = graph.ends_of_fact(fact);
        let (seat, by) = match per {
            SingleValued::PerSubject => (subject, object),
            SingleValued::PerObject => (object, subject),
        };
        let held = |by| Held { from, to, fact, by };
        seats.entry(seat).or_default().push(held(by));
        if graph.relation(relation).symmetric && seat != by {
            seats.entry(by).or_default().push(held(seat));
        }
    }
    seats
}

/// The facts of one seat that may meet, and no others: those whose times overlap, in the order of time, and those of one
/// event, whose dates may be wrong.
fn pairs(search: &mut Search<'_>, kind: Kind, mut held: Vec<Held>) {
    held.sort_by_key(|it| (it.from, it.fact));
    let mut by_event: BTreeMap<EntityIndex, Vec<usize>> = BTreeMap::new();
    for (at, one) in held.iter().enumerate() {
        for it in search.of_status(one.fact, Status::Affirmed) {
            let event = search.graph.event(it.claim);
            let facts = by_event.entry(event).or_default();
            if event != NONE && facts.last() != Some(&at) {
                facts.push(at);
            }
        }
        for other in held[at + 1..].iter().take_while(|it| it.from <= one.to) {
            meet(search, kind, one, other);
            if search.halted {
                return;
            }
        }
    }
    for facts in by_event.into_values() {
        for (at, &one) in facts.iter().enumerate() {
            for &other in &facts[at + 1..] {
                let (one, other) = (&held[one], &held[other]);
                // The others have met above.
                if other.from > one.to {
                    meet(search, kind, one, other);
                }
                if search.halted {
                    return;
                }
            }
        }
    }
}

fn meet(search: &mut Search<'_>, kind: Kind, one: &Held, other: &Held) {
    if search.goes_on() && !search.graph.is_nested(one.by, other.by) {
        search.facts_clash(kind, one.fact, other.fact);
    }
}
