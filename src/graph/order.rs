//! The orders in which questions want entities, facts and claims, made once: entities by name, the facts of a relation
//! side by side and by the names of their ends, the claims of an entity by relation and date. Counting sorts throughout:
//! their cost grows with the number of claims, whatever they say.

use super::{ClaimIndex, DateIndex, EntityIndex, FactIndex, Graph, NONE, RelationIndex, count};
use crate::columns::Lists;
use crate::model::{Date, Day, Entity, Relation, Window};
use crate::text::fold;

/// The place of each entity when all are put in order: by folded name, then by id.
pub(super) fn of_names(entities: &[Entity]) -> Vec<u32> {
    let mut named: Vec<(String, &str, EntityIndex)> = (0..)
        .zip(entities)
        .map(|(at, entity)| (fold::key(&entity.name), entity.id.as_str(), at))
        .collect();
    named.sort_unstable();
    let mut places = vec![0; named.len()];
    for (place, (_, _, entity)) in (0..).zip(named) {
        places[entity as usize] = place;
    }
    places
}

/// The place of each relation when all are put in order of their ids.
pub(super) fn of_ids(relations: &[Relation]) -> Vec<u32> {
    let all: Vec<u32> = (0..count(relations.len())).collect();
    let mut sorted = all.clone();
    sorted.sort_unstable_by_key(|&at| relations[at as usize].id.as_str());
    let mut places = all;
    for (place, relation) in (0..).zip(sorted) {
        places[relation as usize] = place;
    }
    places
}

/// `items` put in order by a key below `keys`; what has one key keeps its order. [`NONE`] comes last.
fn sorted_by(items: &[u32], keys: usize, key: impl Fn(u32) -> u32) -> Vec<u32> {
    let bucket = |item: u32| (key(item) as usize).min(keys);
    let mut next = vec![0_u32; keys + 2];
    for &item in items {
        next[bucket(item) + 1] += 1;
    }
    for at in 0..=keys {
        next[at + 1] += next[at];
    }
    let mut sorted = vec![0; items.len()];
    for &item in items {
        let place = &mut next[bucket(item)];
        sorted[*place as usize] = item;
        *place += 1;
    }
    sorted
}

/// Lists for the keys `0..keys` from items that stand in the order of their keys already.
fn from_sorted(keys: usize, items: Vec<u32>, key: impl Fn(u32) -> u32) -> Lists {
    let mut offsets = vec![0_u32; keys + 1];
    for &item in &items {
        offsets[key(item) as usize + 1] += 1;
    }
    for key in 0..keys {
        offsets[key + 1] += offsets[key];
    }
    Lists::of_parts(offsets, items)
}

/// What each claim says, one cell a claim.
pub(super) struct Cells<'a> {
    pub(super) subjects: &'a [EntityIndex],
    pub(super) relations: &'a [u32],
    pub(super) objects: &'a [EntityIndex],
    /// Empty where no claim has a date.
    pub(super) whens: &'a [u32],
}

/// Claims in the orders of the graph.
pub(super) struct Orders {
    /// Per claim: its fact. Facts are numbered relation by relation, in each by the names of their ends.
    pub(super) facts_of_claims: Vec<u32>,
    /// Per fact: its claims.
    pub(super) claims_of_facts: Lists,
    /// Per fact: subject and object as its first claim has them.
    pub(super) ends_of_facts: (Vec<EntityIndex>, Vec<EntityIndex>),
    /// Per relation: its first fact; the last cell is the number of facts.
    pub(super) first_facts: Vec<u32>,
    /// Per entity: the claims whose subject it is, by relation, then date; undated ones last.
    pub(super) outgoing: Lists,
    /// The same where it is the object.
    pub(super) incoming: Lists,
}

impl Orders {
    /// `names` is [`of_names`], `symmetric` has a flag a relation, and there are `dates` dates.
    pub(super) fn of(cells: &Cells<'_>, names: &[u32], symmetric: &[bool], dates: usize) -> Self {
        let (entities, relations) = (names.len(), symmetric.len());
        let all: Vec<ClaimIndex> = (0..count(cells.subjects.len())).collect();
        let relation = |claim: u32| cells.relations[claim as usize];
        let when = |claim: u32| cells.whens.get(claim as usize).copied().unwrap_or(NONE);
        let by_date = sorted_by(&all, dates, when);
        let by_relation = sorted_by(&by_date, relations, relation);
        drop(by_date);
        let lists = |column: &[u32]| {
            let order = sorted_by(&by_relation, entities, |claim| column[claim as usize]);
            from_sorted(entities, order, |claim| column[claim as usize])
        };
        let (outgoing, incoming) = (lists(cells.subjects), lists(cells.objects));
        drop(by_relation);

        // Ends by the places of their names; of a symmetric relation the lower place first.
        let ends = |claim: u32| {
            let place = |column: &[u32]| names[column[claim as usize] as usize];
            let (one, other) = (place(cells.subjects), place(cells.objects));
            match symmetric[relation(claim) as usize] {
                true => (one.min(other), one.max(other)),
                false => (one, other),
            }
        };
        let order = sorted_by(&all, entities, |claim| ends(claim).1);
        let order = sorted_by(&order, entities, |claim| ends(claim).0);
        let order = sorted_by(&order, relations, relation);
        let mut facts_of_claims = vec![0; order.len()];
        let mut first_facts = vec![NONE; relations + 1];
        let mut facts = 0;
        let mut last = None;
        for &claim in &order {
            let fact = (relation(claim), ends(claim));
            if last != Some(fact) {
                let first = &mut first_facts[fact.0 as usize];
                *first = (*first).min(facts);
                facts += 1;
                last = Some(fact);
            }
            facts_of_claims[claim as usize] = facts - 1;
        }
        // A relation without facts begins where the next one does.
        let mut next = facts;
        for first in first_facts.iter_mut().rev() {
            next = next.min(*first);
            *first = next;
        }
        let fact = |claim: u32| facts_of_claims[claim as usize];
        let claims_of_facts = from_sorted(facts as usize, order, fact);
        let firsts = || (0..facts).filter_map(|fact| claims_of_facts.of(fact).first());
        let ends = |column: &[u32]| firsts().map(|&claim| column[claim as usize]).collect();
        Self {
            ends_of_facts: (ends(cells.subjects), ends(cells.objects)),
            facts_of_claims,
            claims_of_facts,
            first_facts,
            outgoing,
            incoming,
        }
    }
}

/// For each date the latest day that it or any date before it may reach, so that the dates that may reach a day are
/// those from some place on.
pub(super) fn reaches(dates: &[Date]) -> Vec<Day> {
    let latest = |so_far: &mut Day, date: &Date| {
        *so_far = (*so_far).max(date.end.1);
        Some(*so_far)
    };
    dates.iter().scan(Day::MIN, latest).collect()
}

/// The facts of a relation, side by side.
#[derive(Debug, Clone)]
pub struct FactRow<'a> {
    /// Per fact.
    pub subjects: &'a [EntityIndex],
    /// Per fact.
    pub objects: &'a [EntityIndex],
    /// Per fact: where its claims end.
    pub ends: Vec<u32>,
    /// The claims of all, fact by fact.
    pub claims: &'a [ClaimIndex],
}

impl Graph {
    /// The facts of a relation: they are numbered one after the other, by the names of their ends.
    #[must_use]
    pub fn facts_of_relation(&self, relation: RelationIndex) -> std::ops::Range<FactIndex> {
        let first = |at: usize| self.first_facts.find(at).unwrap_or(0);
        first(relation as usize)..first(relation as usize + 1)
    }

    /// The facts of a relation with their claims, side by side.
    #[must_use]
    pub fn facts_in_a_row(&self, relation: RelationIndex) -> FactRow<'_> {
        let facts = self.facts_of_relation(relation);
        let (claims, ends) = self.claims_of_facts.run(facts.start, facts.end);
        let facts = facts.start as usize..facts.end as usize;
        FactRow {
            subjects: self.subjects_of_facts.slice(facts.clone()),
            objects: self.objects_of_facts.slice(facts),
            claims,
            ends,
        }
    }

    /// The places of all entities in the order of names: [`Graph::name_order`] of each.
    #[must_use]
    pub fn order_of_names(&self) -> &[u32] {
        self.places_of_names.all()
    }

    /// The claims of a relation, fact by fact.
    #[must_use]
    pub fn claims_of_relation(&self, relation: RelationIndex) -> &[ClaimIndex] {
        let facts = self.facts_of_relation(relation);
        self.claims_of_facts.between(facts.start, facts.end)
    }

    /// The claims whose subject this canonical entity is, by relation, then by date; undated ones last.
    #[must_use]
    pub fn claims_from(&self, entity: EntityIndex) -> &[ClaimIndex] {
        self.outgoing.of(entity)
    }

    /// The claims whose object this canonical entity is, by relation, then by date; undated ones last.
    #[must_use]
    pub fn claims_to(&self, entity: EntityIndex) -> &[ClaimIndex] {
        self.incoming.of(entity)
    }

    /// Of claims in the order of [`Graph::claims_from`], those of a relation; of these only what may meet the window, and
    /// perhaps more, if there is one: undated claims never do.
    #[must_use]
    pub fn of_relation<'c>(
        &self,
        claims: &'c [ClaimIndex],
        relation: RelationIndex,
        window: Option<Window>,
    ) -> &'c [ClaimIndex] {
        let from = claims.partition_point(|&claim| self.relation_of(claim) < relation);
        let claims = &claims[from..];
        let to = claims.partition_point(|&claim| self.relation_of(claim) == relation);
        let claims = &claims[..to];
        let Some(window) = window else {
            return claims;
        };
        let dates = self.dates_near(window);
        let from = claims.partition_point(|&claim| self.when(claim) < dates.start);
        let to = claims.partition_point(|&claim| self.when(claim) < dates.end);
        &claims[from..to.max(from)]
    }

    /// The dates that may meet a window: all that do are among them.
    #[must_use]
    pub fn dates_near(&self, window: Window) -> std::ops::Range<DateIndex> {
        let reaches = self.reaches_of_dates.all();
        let from = reaches.partition_point(|&day| day < window.from);
        let starts = self.starts_of_dates.all();
        let to = starts.partition_point(|&day| day <= window.to);
        count(from)..count(to.max(from))
    }

    /// Whether no day that one date may be is more than so many days from any that another may be.
    #[must_use]
    pub fn is_within(&self, one: DateIndex, other: DateIndex, days: u32) -> bool {
        self.date(one).is_within(days, self.date(other))
    }

    /// Whether some claim has no date.
    #[must_use]
    pub fn has_undated(&self) -> bool {
        self.is_undated
    }

    /// The claims that are set in this canonical entity, as their place or their event, or in what lies within it; sorted.
    #[must_use]
    pub fn claims_set_in(&self, entity: EntityIndex) -> Vec<ClaimIndex> {
        let inner = self.inner.of(entity).iter();
        let mut claims: Vec<ClaimIndex> = inner
            .flat_map(|&inner| self.settings.of(inner))
            .copied()
            .collect();
        claims.sort_unstable();
        claims.dedup();
        claims
    }

    /// The place of a relation when all are put in order of their ids.
    #[must_use]
    pub fn relation_order(&self, relation: RelationIndex) -> u32 {
        self.places_of_relations.get(relation as usize)
    }

    /// The place of an entity when all are put in order: by folded name, then by id.
    #[must_use]
    #[inline]
    pub fn name_order(&self, entity: EntityIndex) -> u32 {
        self.places_of_names.get(entity as usize)
    }
}
