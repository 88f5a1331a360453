//! What the claims of one fact say against each other.

use super::occasion::{Overlap, are_apart, lasts, overlap};
use super::{Assertion, Kind, Search};
use crate::graph::{ClaimIndex, DateIndex, EntityIndex, FactIndex, Graph, NONE, Status};
use crate::model::{Actuality, Date, Day, Polarity};
use std::collections::{BTreeMap, BTreeSet};

/// What is affirmed against what is negated or denied.
pub(super) fn negations(search: &mut Search<'_>) {
    let graph = search.graph;
    for fact in 0..graph.fact_count() {
        if !search.goes_on() {
            return;
        }
        let (mut is, mut is_not) = (Vec::new(), Vec::new());
        for &claim in graph.claims_of_fact(fact) {
            let (actuality, polarity) = (graph.actuality(claim), graph.polarity(claim));
            let alleged = actuality == Actuality::Alleged;
            let asserted = matches!(actuality, Actuality::Occurred | Actuality::Ongoing);
            let negated = polarity == Polarity::Negated;
            let supported = [Status::Affirmed, Status::Negated];
            if asserted && supported.contains(&search.provenance.status(claim)) {
                let side = if negated { &mut is_not } else { &mut is };
                side.push(Assertion::plain(claim));
            }
            if (asserted || alleged) && search.provenance.has_deniers(claim) {
                let side = if negated { &mut is } else { &mut is_not };
                side.push(Assertion {
                    claim,
                    denied: true,
                });
            }
        }
        if !is.is_empty() && !is_not.is_empty() {
            search.clash(Kind::Negation, &is, &is_not, &|one, other| {
                overlap(graph, one, other, true)
            });
        }
    }
}

/// What occurred against what was cancelled.
pub(super) fn cancellations(search: &mut Search<'_>) {
    let graph = search.graph;
    for fact in 0..graph.fact_count() {
        let cancelled = search.of_status(fact, Status::Cancelled);
        if !search.goes_on() {
            return;
        }
        if !cancelled.is_empty() {
            let occurred = search.of_status(fact, Status::Affirmed);
            search.clash(Kind::Cancellation, &occurred, &cancelled, &|one, other| {
                overlap(graph, one, other, false)
            });
        }
    }
}

/// One fact in two places: at one event, or on one and the same day.
pub(super) fn places(search: &mut Search<'_>) {
    let graph = search.graph;
    for fact in 0..graph.fact_count() {
        let by_place = search.happened(fact, |claim| graph.place(claim));
        for (one, other) in meeting_places(graph, &by_place) {
            if !graph.is_nested(one, other) {
                let (left, right) = (&by_place[&one], &by_place[&other]);
                search.clash(Kind::Places, left, right, &|one, other| {
                    one_time(graph, one, other)
                });
            }
        }
        if !search.goes_on() {
            return;
        }
    }
}

/// The pairs of places in which something is set at one event or on one day.
fn meeting_places(
    graph: &Graph,
    by_place: &BTreeMap<EntityIndex, Vec<Assertion>>,
) -> BTreeSet<(EntityIndex, EntityIndex)> {
    let mut pairs = BTreeSet::new();
    if by_place.len() < 2 {
        return pairs;
    }
    let mut at_events: BTreeMap<EntityIndex, BTreeSet<EntityIndex>> = BTreeMap::new();
    let mut on_days: BTreeMap<Day, BTreeSet<EntityIndex>> = BTreeMap::new();
    for (&place, asserted) in by_place {
        for it in asserted {
            let event = graph.event(it.claim);
            if event != NONE {
                at_events.entry(event).or_default().insert(place);
            }
            if let Some(day) = graph.date_of(it.claim).and_then(Date::day) {
                on_days.entry(day).or_default().insert(place);
            }
        }
    }
    for places in at_events.values().chain(on_days.values()) {
        for &one in places {
            let later = places.range(one + 1..);
            pairs.extend(later.map(|&other| (one, other)));
        }
    }
    pairs
}

/// Whether what happened to one fact happened at one time: at one event, or on one day.
fn one_time(graph: &Graph, one: ClaimIndex, other: ClaimIndex) -> Overlap {
    let events = (graph.event(one), graph.event(other));
    if events.0 != NONE && events.0 == events.1 {
        return Some(true);
    }
    let apart = events.0 != NONE && events.1 != NONE;
    if apart && !graph.is_nested(events.0, events.1) {
        return None;
    }
    let (one, other) = (graph.date_of(one)?, graph.date_of(other)?);
    let same = one.day()? == other.day()?;
    same.then_some(!apart && !one.qualified && !other.qualified)
}

/// One fact of one event with two dates.
pub(super) fn dates(search: &mut Search<'_>) {
    let graph = search.graph;
    for fact in 0..graph.fact_count() {
        if !search.goes_on() {
            return;
        }
        let by_event = search.happened(fact, |claim| graph.event(claim));
        for claims in by_event.into_values() {
            let mut by_date: BTreeMap<DateIndex, Vec<Assertion>> = BTreeMap::new();
            for it in claims {
                by_date.entry(graph.when(it.claim)).or_default().push(it);
            }
            by_date.remove(&NONE);
            let dates: Vec<DateIndex> = by_date.keys().copied().collect();
            for (at, &one) in dates.iter().enumerate() {
                for &other in &dates[at + 1..] {
                    if !search.goes_on() {
                        return;
                    }
                    let days = (graph.date(one), graph.date(other));
                    if are_apart(days.0, days.1) {
                        let certain = !days.0.qualified && !days.1.qualified;
                        let (left, right) = (by_date[&one].clone(), by_date[&other].clone());
                        search.add(Kind::Dates, left, right, certain);
                    }
                }
            }
        }
    }
}

impl Search<'_> {
    /// The claims of a fact that stand so.
    pub(super) fn of_status(&self, fact: FactIndex, status: Status) -> Vec<Assertion> {
        let claims = self.graph.claims_of_fact(fact).iter().copied();
        claims
            .filter(|&claim| self.provenance.status(claim) == status)
            .map(Assertion::plain)
            .collect()
    }

    /// The affirmed claims of a fact that happens, by something of theirs; those that lack it are left out.
    fn happened(
        &self,
        fact: FactIndex,
        by: impl Fn(ClaimIndex) -> EntityIndex,
    ) -> BTreeMap<EntityIndex, Vec<Assertion>> {
        let mut found: BTreeMap<EntityIndex, Vec<Assertion>> = BTreeMap::new();
        let claims = self.graph.claims_of_fact(fact);
        if claims.len() < 2 || lasts(self.graph, claims[0]) {
            return found;
        }
        for it in self.of_status(fact, Status::Affirmed) {
            found.entry(by(it.claim)).or_default().push(it);
        }
        found.remove(&NONE);
        found
    }
}
