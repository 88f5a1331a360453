//! Contradictions, by looking at every two claims: which of them clash, and how; then what shares a claim is put together
//! until nothing more does.

use super::Thing;
use super::world::{Standing, View, World, lies_in, nested};
use casebook::model::{Actuality, Date, Relation, SingleValued};
use std::collections::BTreeSet;

/// A claim by its position, and whether what is meant is that it is denied.
pub type Asserted = (usize, bool);

/// Two sides that clash.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    pub kind: &'static str,
    pub one: BTreeSet<Asserted>,
    pub other: BTreeSet<Asserted>,
    pub certain: bool,
    /// What keeps clashes of one kind apart: the fact, the two places …
    about: Vec<Thing>,
}

impl Found {
    /// The position of the first record that lists every claim.
    pub fn judged(&self, world: &World<'_>) -> Option<usize> {
        let ids = casebook::model::id::of_claims(&world.book.claims);
        let all = self.one.union(&self.other);
        let all: Vec<&String> = all.map(|(at, _)| &ids[*at]).collect();
        let lists = |id: &String, judged: &casebook::model::Judged| {
            judged.claims.iter().any(|listed| listed.value == *id)
        };
        let judged = world.book.judged.iter();
        judged
            .clone()
            .position(|judged| all.iter().all(|id| lists(id, judged)))
    }

    /// Whether one origin stands behind both sides.
    pub fn shares_origin(&self, world: &World<'_>) -> bool {
        let of = |side: &BTreeSet<Asserted>| -> BTreeSet<Thing> {
            let origins = side.iter().map(|it| rests_on(world, *it).1);
            origins.flatten().collect()
        };
        !of(&self.one).is_disjoint(&of(&self.other))
    }
}

/// The sources and origins of what is asserted.
pub fn rests_on(world: &World<'_>, (at, denied): Asserted) -> (BTreeSet<Thing>, BTreeSet<Thing>) {
    let Some(claim) = world.claim(at) else {
        return Default::default();
    };
    if denied {
        let sources = claim.denying.iter().map(|by| by.source.clone()).collect();
        return (sources, claim.denying_origins.clone());
    }
    (claim.sources.clone(), claim.origins.clone())
}

/// All that clashes in a casebook as it stands.
pub fn find(world: &World<'_>) -> Vec<Found> {
    let mut all = Vec::new();
    for one in &world.claims {
        for other in &world.claims {
            for (denied, other_denied) in
                [(false, false), (false, true), (true, false), (true, true)]
            {
                all.extend(pair(world, (one, denied), (other, other_denied)));
            }
        }
    }
    let mut together: Vec<Found> = Vec::new();
    while let Some(mut found) = all.pop() {
        let shares = |known: &Found| {
            known.kind == found.kind
                && known.about == found.about
                && !(known.one.is_disjoint(&found.one) && known.other.is_disjoint(&found.other))
        };
        match together.iter().position(shares) {
            Some(at) => {
                let known = together.remove(at);
                found.one.extend(known.one);
                found.other.extend(known.other);
                found.certain |= known.certain;
                all.push(found);
            }
            None => together.push(found),
        }
    }
    for found in &mut together {
        found.about.clear();
        let fixed = ["negation", "cancellation"].contains(&found.kind);
        if !fixed && found.other < found.one {
            std::mem::swap(&mut found.one, &mut found.other);
        }
    }
    together.sort();
    together.dedup();
    together
}

type Side<'v> = (&'v View, bool);

/// Every way in which the first of two claims clashes with the second.
fn pair(world: &World<'_>, one: Side<'_>, other: Side<'_>) -> Vec<Found> {
    let mut pair = Pair {
        world,
        one,
        other,
        found: Vec::new(),
    };
    let (first, second) = (one.0, other.0);
    let same_fact = first.fact == second.fact;
    if same_fact && says_so(one) == Some(true) && says_so(other) == Some(false) {
        let overlap = overlap(world, first, second, true);
        let overlap = overlap.map(|certain| certain || first.at == second.at);
        pair.add("negation", facts_of(first), false, overlap);
    }
    if one.1 || other.1 || first.standing != Standing::Affirmed {
        return pair.found;
    }
    if same_fact && second.standing == Standing::Cancelled {
        let overlap = overlap(world, first, second, false);
        pair.add("cancellation", facts_of(first), false, overlap);
    }
    // The others are the same either way: each pair is taken once.
    if second.standing == Standing::Affirmed && first.at < second.at {
        pair.as_declared();
        if !first.lasts && !second.lasts {
            pair.places();
            pair.dates();
        }
    }
    pair.found
}

/// Two claims, and how they clash.
struct Pair<'w, 'v> {
    world: &'w World<'w>,
    one: Side<'v>,
    other: Side<'v>,
    found: Vec<Found>,
}

impl Pair<'_, '_> {
    /// Adds a clash if there is one. What is put together later is put together side by side: some are turned round.
    fn add(&mut self, kind: &'static str, about: Vec<Thing>, turned: bool, overlap: Option<bool>) {
        let (left, right) = match turned {
            true => (self.other, self.one),
            false => (self.one, self.other),
        };
        self.found.extend(overlap.map(|certain| Found {
            kind,
            one: [(left.0.at, left.1)].into(),
            other: [(right.0.at, right.1)].into(),
            certain,
            about,
        }));
    }

    fn facts(&self) -> Vec<Thing> {
        let mut facts = [facts_of(self.one.0), facts_of(self.other.0)];
        facts.sort();
        facts.concat()
    }

    /// What their relations declare: opposites, exclusions, seats.
    fn as_declared(&mut self) {
        let (first, second) = (self.one.0, self.other.0);
        let turned = first.fact > second.fact;
        let meets = overlap(self.world, first, second, false);
        let ends = |claim: &View| (claim.subject.clone(), claim.object.clone());
        let back = |claim: &View| (claim.object.clone(), claim.subject.clone());
        let symmetric = first.symmetric || second.symmetric;
        let same_ends = ends(first) == ends(second) || symmetric && ends(first) == back(second);
        let (own, its) = (relation(self.world, first), relation(self.world, second));
        if same_ends && declared(own, its, |relation| &relation.opposite_of) {
            self.add("opposite", self.facts(), turned, meets);
        } else if same_ends && declared(own, its, |relation| &relation.exclusive_with) {
            self.add("exclusive", self.facts(), turned, meets);
        }
        if first.relation != second.relation || first.fact == second.fact {
            return;
        }
        let per = own.single_valued.as_ref().map(|per| per.value);
        let kind = match per {
            Some(SingleValued::PerObject) => "holders",
            _ => "values",
        };
        let seats = |claim: &View| -> Vec<(Thing, Thing)> {
            match per {
                None => Vec::new(),
                Some(_) if claim.symmetric => vec![ends(claim), back(claim)],
                Some(SingleValued::PerSubject) => vec![ends(claim)],
                Some(SingleValued::PerObject) => vec![back(claim)],
            }
        };
        for (seat, by) in seats(first) {
            let mut against = seats(second).into_iter().filter(|(its, _)| *its == seat);
            if against.any(|(_, rival)| !nested(self.world, &by, &rival)) {
                self.add(kind, self.facts(), turned, meets);
            }
        }
    }

    fn places(&mut self) {
        let (first, second) = (self.one.0, self.other.0);
        let (Some(here), Some(there)) = (&first.place, &second.place) else {
            return;
        };
        if nested(self.world, here, there) {
            return;
        }
        let mut places = vec![here.clone(), there.clone()];
        places.sort();
        let one_day = match (day(first), day(second)) {
            (Some(one), Some(other)) if one.0 == other.0 => Some(!one.1 && !other.1),
            _ => None,
        };
        let related = match (&first.event, &second.event) {
            (Some(one), Some(other)) => Some(nested(self.world, one, other)),
            _ => None,
        };
        if first.fact == second.fact {
            let overlap = match related {
                Some(_) if first.event == second.event => Some(true),
                Some(false) => None,
                Some(true) => one_day.map(|_| false),
                None => one_day,
            };
            let about = [places, self.facts()].concat();
            self.add("places", about, here > there, overlap);
        } else if one_day == Some(true) && related != Some(true) {
            let mine = people(self.world, first);
            for person in mine.intersection(&people(self.world, second)) {
                let about = vec![person.clone(), format!("{:?}", day(first)).as_str().into()];
                let about = [about, places.clone()].concat();
                self.add("places", about, here > there, Some(false));
            }
        }
    }

    fn dates(&mut self) {
        let (first, second) = (self.one.0, self.other.0);
        let (Some(one), Some(other)) = (&first.when, &second.when) else {
            return;
        };
        let apart = one.end.1 < other.start.0 || other.end.1 < one.start.0;
        let one_event = first.event.is_some() && first.event == second.event;
        if first.fact != second.fact || !one_event || !apart {
            return;
        }
        let mut dates: Vec<Thing> = vec![one.edtf.as_str().into(), other.edtf.as_str().into()];
        dates.sort();
        let event: Vec<Thing> = first.event.iter().cloned().collect();
        let about = [event, dates, facts_of(first)].concat();
        let certain = !one.qualified && !other.qualified;
        self.add("dates", about, one.edtf > other.edtf, Some(certain));
    }
}

/// The one day that a claim's date is, and whether it is marked as uncertain.
fn day(claim: &View) -> Option<(i32, bool)> {
    let date = claim.when.as_ref()?;
    let day = date.start.0;
    (date.start == (day, day) && date.end == (day, day)).then_some((day, date.qualified))
}

fn facts_of(claim: &View) -> Vec<Thing> {
    vec![
        claim.fact.0.clone(),
        claim.fact.1.clone(),
        claim.fact.2.clone(),
    ]
}

/// Whether it is asserted that a fact is so, or that it is not; nothing where nobody asserts either.
fn says_so((claim, denied): Side<'_>) -> Option<bool> {
    let real = matches!(claim.actuality, Actuality::Occurred | Actuality::Ongoing);
    if denied {
        let counts = real || claim.actuality == Actuality::Alleged;
        return (counts && !claim.denying.is_empty()).then_some(claim.negated);
    }
    (real && claim.supported).then_some(!claim.negated)
}

fn relation<'w>(world: &World<'w>, claim: &View) -> &'w Relation {
    let mut all = world.book.relations.iter();
    all.find(|relation| *relation.id.value == *claim.relation)
        .unwrap()
}

fn declared(
    one: &Relation,
    other: &Relation,
    field: fn(&Relation) -> &Vec<casebook::model::Text>,
) -> bool {
    let names = |from: &Relation, to: &Relation| {
        field(from).iter().any(|id| id.value == to.id.value) && from.id.value != to.id.value
    };
    names(one, other) || names(other, one)
}

fn people(world: &World<'_>, claim: &View) -> BTreeSet<Thing> {
    let is_person = |id: &&Thing| {
        let Some((kind, _)) = world.kind_of(id) else {
            return false;
        };
        let mut kinds = world.book.kinds.iter();
        kinds.any(|known| {
            let schema = known.schema.as_ref().map(|schema| schema.as_str());
            known.id.value == kind && schema == Some("Person")
        })
    };
    let ends = [&claim.subject, &claim.object].into_iter();
    ends.filter(is_person).cloned().collect()
}

/// Whether two claims speak of one occasion, and then whether for certain.
fn overlap(world: &World<'_>, one: &View, other: &View, negated: bool) -> Option<bool> {
    if one.event.is_some() && one.event == other.event {
        return Some(true);
    }
    let in_time = match (&one.when, &other.when) {
        (Some(one), Some(other)) => times(one, other)?,
        _ => false,
    };
    if one.lasts || other.lasts {
        return Some(in_time);
    }
    let mut certain = in_time;
    if let (Some(one), Some(other)) = (&one.event, &other.event) {
        if !nested(world, one, other) {
            return None;
        }
        certain = false;
    }
    match (&one.place, &other.place) {
        (Some(here), Some(there)) if here != there => {
            let mut outer = BTreeSet::new();
            lies_in(world.book, &world.same, here, &mut outer);
            if !nested(world, here, there) {
                return None;
            }
            certain &= negated && outer.contains(there);
        }
        (Some(_), None) => certain &= negated,
        (None, Some(_)) => certain = false,
        _ => {}
    }
    Some(certain)
}

fn times(one: &Date, other: &Date) -> Option<bool> {
    let possible = one.start.0 <= other.end.1 && other.start.0 <= one.end.1;
    let certain = one.start.1 <= other.end.0 && other.start.1 <= one.end.0;
    possible.then_some(certain && !one.qualified && !other.qualified)
}
