//! From records to a graph. Never fails: what refers to something that is not there is left out and counted.

use super::claim_ids::{ClaimIds, first_of_its_id};
use super::evidence::{EvidenceTable, unless_zero};
use super::records::{Records, Table};
use super::{Agents, Graph, NONE, count, grades, order, places, structure};
use crate::columns::{Column, Lists, Strings};
use crate::model::{Casebook, Claim, Date, Judgement, Text};
use crate::text::Map;
use std::sync::OnceLock;

type Ids = Map<String, u32>;

/// What each id stands for.
pub(super) struct Known {
    pub(super) entities: Ids,
    pub(super) publications: Ids,
    pub(super) sources: Ids,
    pub(super) relations: Ids,
    kinds: Ids,
}

/// The claims, column by column; ends are canonical.
pub(super) struct Columns {
    pub(super) subjects: Vec<u32>,
    pub(super) relations: Vec<u32>,
    pub(super) objects: Vec<u32>,
    pub(super) places: Vec<u32>,
    pub(super) events: Vec<u32>,
    pub(super) whens: Vec<u32>,
    pub(super) dates: Vec<Date>,
    pub(super) manners: Vec<u8>,
    pub(super) evidence: EvidenceTable,
    pub(super) ids: ClaimIds,
    pub(super) records: Table<Claim>,
}

impl Graph {
    /// Builds the graph from a casebook. The first record of an id counts; entities of unknown kinds, and claims that
    /// name an unknown entity, relation, place, event, source or speaker or have no evidence, are left out.
    #[must_use]
    pub fn build(mut casebook: Casebook) -> Self {
        let before = size(&casebook);
        let known = Known::keep_first(&mut casebook);
        known.keep_sound_claims(&mut casebook);
        let given = casebook
            .claims
            .iter()
            .map(|claim| claim.id.as_ref().map_or("", |id| id.as_str()));
        let mut first = first_of_its_id(given).into_iter();
        casebook.claims.retain(|_| first.next() == Some(true));
        let left_out = before - size(&casebook);
        let canonical = canonical(&casebook, &known.entities);
        let agents = Agents::of(&casebook, &known, &canonical);
        let columns = Columns::of(
            std::mem::take(&mut casebook.claims),
            &known,
            &agents,
            &canonical,
        );
        assemble(casebook, &known, canonical, agents, columns, left_out)
    }
}

pub(super) fn size(casebook: &Casebook) -> usize {
    casebook.entities.len()
        + casebook.claims.len()
        + casebook.sources.len()
        + casebook.same_as.len()
}

impl Known {
    /// Leaves the first record of each id, entities of known kinds only, and judgements of entities that are there.
    pub(super) fn keep_first(casebook: &mut Casebook) -> Self {
        let kinds = keep_first(&mut casebook.kinds, |kind| &kind.id);
        let relations = keep_first(&mut casebook.relations, |relation| &relation.id);
        let publications = keep_first(&mut casebook.publications, |publication| &publication.id);
        let sources = keep_first(&mut casebook.sources, |source| &source.id);
        casebook
            .entities
            .retain(|entity| kinds.contains_key(&**entity.kind));
        let entities = keep_first(&mut casebook.entities, |entity| &entity.id);
        casebook.same_as.retain(|same| {
            entities.contains_key(&same.left.value) && entities.contains_key(&same.right.value)
        });
        Self {
            entities,
            publications,
            sources,
            relations,
            kinds,
        }
    }

    /// Leaves out the claims that name what is not there, or rest on nothing.
    fn keep_sound_claims(&self, casebook: &mut Casebook) {
        let agent = |id: &Text| {
            [&self.entities, &self.publications, &self.sources]
                .iter()
                .any(|ids| ids.contains_key(&id.value))
        };
        casebook.claims.retain(|claim| {
            let entity = |id: &Text| self.entities.contains_key(&id.value);
            entity(&claim.subject)
                && entity(&claim.object)
                && self.relations.contains_key(&claim.relation.value)
                && claim.place.as_ref().is_none_or(entity)
                && claim.event.as_ref().is_none_or(entity)
                && !claim.evidence.is_empty()
                && claim.evidence.iter().all(|e| {
                    self.sources.contains_key(&e.source.value) && e.according_to.iter().all(agent)
                })
        });
    }
}

impl Columns {
    fn of(claims: Vec<Claim>, known: &Known, agents: &Agents, canonical: &[u32]) -> Self {
        let of = |id: &Text| {
            known
                .entities
                .get(&id.value)
                .map_or(NONE, |&entity| canonical[entity as usize])
        };
        let optional = |id: &Option<Text>| id.as_ref().map_or(NONE, of);
        let (dates, whens) = dates(&claims);
        let given = claims
            .iter()
            .map(|claim| claim.id.as_ref().map_or("", |id| id.as_str()));
        Self {
            subjects: claims.iter().map(|claim| of(&claim.subject)).collect(),
            relations: claims
                .iter()
                .map(|claim| known.relations[&claim.relation.value])
                .collect(),
            objects: claims.iter().map(|claim| of(&claim.object)).collect(),
            places: claims.iter().map(|claim| optional(&claim.place)).collect(),
            events: claims.iter().map(|claim| optional(&claim.event)).collect(),
            manners: claims
                .iter()
                .map(|claim| claim.polarity as u8 | (claim.actuality as u8) << 1)
                .collect(),
            evidence: EvidenceTable::of(&claims, known, agents),
            ids: ClaimIds::of(given),
            whens,
            dates,
            records: claims.into(),
        }
    }
}

pub(super) fn assemble(
    casebook: Casebook,
    known: &Known,
    canonical: Vec<u32>,
    agents: Agents,
    columns: Columns,
    left_out: usize,
) -> Graph {
    let of = |id: &Text| {
        known
            .entities
            .get(&id.value)
            .map_or(NONE, |&entity| canonical[entity as usize])
    };
    let mut direct = vec![Vec::new(); casebook.entities.len()];
    for (at, entity) in casebook.entities.iter().enumerate() {
        let outer = entity.within.iter().map(of).filter(|&outer| outer != NONE);
        direct[canonical[at] as usize].extend(outer);
    }
    let symmetric: Vec<bool> = casebook
        .relations
        .iter()
        .map(|relation| relation.symmetric)
        .collect();
    let names = order::of_names(&casebook.entities);
    let cells = order::Cells {
        subjects: &columns.subjects,
        relations: &columns.relations,
        objects: &columns.objects,
        whens: &columns.whens,
    };
    let orders = order::Orders::of(&cells, &names, &symmetric, columns.dates.len());
    let lies_in = places::closure(&canonical, &direct);
    let entities = canonical.len();
    let kinds = casebook
        .entities
        .iter()
        .map(|entity| known.kinds[&entity.kind.value]);
    Graph {
        left_out,
        structure: OnceLock::new(),
        same: Lists::from_pairs(entities, canonical.iter().copied().zip(0..)),
        claims_of_facts: orders.claims_of_facts,
        first_facts: orders.first_facts.into(),
        subjects_of_facts: orders.ends_of_facts.0.into(),
        objects_of_facts: orders.ends_of_facts.1.into(),
        outgoing: orders.outgoing,
        incoming: orders.incoming,
        inner: places::inverse(&lies_in),
        lies_in,
        settings: places::settings(entities, &columns.places, &columns.events),
        places_of_names: names.into(),
        places_of_relations: order::of_ids(&casebook.relations).into(),
        starts_of_dates: columns.dates.iter().map(|date| date.start.0).collect(),
        reaches_of_dates: order::reaches(&columns.dates).into(),
        is_undated: columns.whens.is_empty() || columns.whens.contains(&NONE),
        kinds_of_entities: kinds.collect(),
        reliabilities: grades::reliabilities(&casebook, &known.publications),
        canonical: canonical.into(),
        subjects: columns.subjects.into(),
        relations: columns.relations.into(),
        objects: columns.objects.into(),
        places: unless_none(columns.places),
        events: unless_none(columns.events),
        whens: columns.whens.into(),
        dates: columns.dates.into(),
        manners: unless_zero(columns.manners),
        facts_of_claims: orders.facts_of_claims.into(),
        names: Strings::default(),
        claim_ids: columns.ids,
        evidence: columns.evidence,
        agents,
        records: Records {
            headers: casebook.headers,
            kinds: casebook.kinds,
            relations: casebook.relations,
            publications: casebook.publications.into(),
            sources: casebook.sources.into(),
            same_as: casebook.same_as.into(),
            judged: casebook.judged.into(),
            entities: casebook.entities.into(),
            claims: columns.records,
        },
    }
}

/// A column, or an empty one where it would hold nothing.
fn unless_none(numbers: Vec<u32>) -> Column<u32> {
    if numbers.iter().all(|&number| number == NONE) {
        return Column::default();
    }
    numbers.into()
}

fn keep_first<T>(records: &mut Vec<T>, id: impl Fn(&T) -> &Text) -> Ids {
    let mut ids = Ids::default();
    records.retain(|record| {
        let next = count(ids.len());
        let id = &id(record).value;
        let new = !ids.contains_key(id);
        if new {
            ids.insert(id.clone(), next);
        }
        new
    });
    ids
}

/// The entity that stands for each: of those judged the same the first in the casebook.
pub(super) fn canonical(casebook: &Casebook, entities: &Ids) -> Vec<u32> {
    let judged = casebook.same_as.iter();
    let same = judged.filter(|same| same.judgement.value == Judgement::Same);
    let pairs = same.map(|same| (entities[&same.left.value], entities[&same.right.value]));
    structure::first_of_same(casebook.entities.len(), pairs)
}

/// The distinct dates in time order, and each claim's date among them.
fn dates(claims: &[Claim]) -> (Vec<Date>, Vec<u32>) {
    let mut dates: Vec<&Date> = claims
        .iter()
        .filter_map(|claim| claim.when.as_deref())
        .collect();
    dates.sort_by(|one, other| one.sort_key().cmp(&other.sort_key()));
    dates.dedup();
    let place = |date: &Date| {
        dates
            .binary_search_by(|known| known.sort_key().cmp(&date.sort_key()))
            .map_or(NONE, count)
    };
    let whens = claims
        .iter()
        .map(|claim| claim.when.as_deref().map_or(NONE, place))
        .collect();
    (dates.into_iter().cloned().collect(), whens)
}
