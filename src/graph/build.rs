//! From records to a graph. Never fails: what refers to something that is not there is left out and counted.

use super::{Agents, EvidenceTable, Graph, NONE, columns::Lists, count, grades, order, places};
use crate::model::{Casebook, Date, Judgement, Text, id};
use crate::text::{Map, Set};

type Ids = Map<String, u32>;

impl Graph {
    /// Builds the graph from a casebook. The first record of an id counts; entities of unknown kinds, and claims that
    /// name an unknown entity, relation, place, event, source or speaker or have no evidence, are left out.
    #[must_use]
    pub fn build(mut casebook: Casebook) -> Self {
        let before = casebook.entities.len()
            + casebook.claims.len()
            + casebook.sources.len()
            + casebook.same_as.len();
        let kinds = keep_first(&mut casebook.kinds, |kind| &kind.id);
        let relations = keep_first(&mut casebook.relations, |relation| &relation.id);
        let publications = keep_first(&mut casebook.publications, |publication| &publication.id);
        let sources = keep_first(&mut casebook.sources, |source| &source.id);
        casebook
            .entities
            .retain(|entity| kinds.contains_key(&**entity.kind));
        let entities = keep_first(&mut casebook.entities, |entity| &entity.id);
        keep_sound_claims(
            &mut casebook,
            &entities,
            &relations,
            &publications,
            &sources,
        );
        let claim_ids = claim_ids(&mut casebook);
        casebook.same_as.retain(|same| {
            entities.contains_key(&same.left.value) && entities.contains_key(&same.right.value)
        });
        let after = casebook.entities.len()
            + casebook.claims.len()
            + casebook.sources.len()
            + casebook.same_as.len();

        let canonical = canonical(&casebook, &entities);
        let of = |id: &Text| {
            entities
                .get(&id.value)
                .map_or(NONE, |&entity| canonical[entity as usize])
        };
        let optional = |id: &Option<Text>| id.as_ref().map_or(NONE, of);
        let claims = &casebook.claims;
        let subjects: Vec<u32> = claims.iter().map(|claim| of(&claim.subject)).collect();
        let objects: Vec<u32> = claims.iter().map(|claim| of(&claim.object)).collect();
        let relation_of: Vec<u32> = claims
            .iter()
            .map(|claim| relations[&claim.relation.value])
            .collect();
        let (dates, whens) = dates(&casebook);
        let names = order::of_names(&casebook.entities);
        let symmetric: Vec<bool> = casebook.relations.iter().map(|it| it.symmetric).collect();
        let cells = order::Cells {
            subjects: &subjects,
            relations: &relation_of,
            objects: &objects,
            whens: &whens,
        };
        let orders = order::Orders::of(&cells, &names, &symmetric, dates.len());
        let mut direct = vec![Vec::new(); casebook.entities.len()];
        for (at, entity) in casebook.entities.iter().enumerate() {
            direct[canonical[at] as usize]
                .extend(entity.within.iter().map(of).filter(|&outer| outer != NONE));
        }
        let lies_in = places::closure(&canonical, &direct);
        let places: Vec<u32> = claims.iter().map(|claim| optional(&claim.place)).collect();
        let events: Vec<u32> = claims.iter().map(|claim| optional(&claim.event)).collect();
        let agents = Agents::of(&casebook, &entities, &publications, &sources, &canonical);
        Self {
            left_out: before - after,
            structure: structure(&casebook, &subjects, &objects),
            same: Lists::from_pairs(
                canonical.len(),
                canonical.iter().copied().zip(0..count(canonical.len())),
            ),
            settings: places::settings(canonical.len(), &places, &events),
            places,
            events,
            facts_of_claims: orders.facts_of_claims,
            claims_of_facts: orders.claims_of_facts,
            first_facts: orders.first_facts,
            ends_of_facts: orders.ends_of_facts,
            outgoing: orders.outgoing,
            incoming: orders.incoming,
            holds: places::inverse(&lies_in),
            lies_in,
            reaches: order::reaches(&dates),
            is_undated: whens.contains(&NONE),
            names,
            relation_ids: order::of_ids(&casebook.relations),
            kinds_of_entities: casebook
                .entities
                .iter()
                .map(|entity| kinds[&entity.kind.value])
                .collect(),
            evidence: EvidenceTable::of(&casebook, &agents),
            agents,
            reliabilities: grades::reliabilities(&casebook, &publications),
            entity_ids: entities,
            canonical,
            subjects,
            objects,
            relations: relation_of,
            whens,
            dates,
            claim_ids,
            casebook,
        }
    }
}

/// Leaves out the claims that name what is not there, or rest on nothing.
fn keep_sound_claims(
    casebook: &mut Casebook,
    entities: &Ids,
    relations: &Ids,
    publications: &Ids,
    sources: &Ids,
) {
    let agent = |id: &Text| {
        [entities, publications, sources]
            .iter()
            .any(|ids| ids.contains_key(&id.value))
    };
    casebook.claims.retain(|claim| {
        let entity = |id: &Text| entities.contains_key(&id.value);
        entity(&claim.subject)
            && entity(&claim.object)
            && relations.contains_key(&claim.relation.value)
            && claim.place.as_ref().is_none_or(entity)
            && claim.event.as_ref().is_none_or(entity)
            && !claim.evidence.is_empty()
            && claim
                .evidence
                .iter()
                .all(|e| sources.contains_key(&e.source.value) && e.according_to.iter().all(agent))
    });
}

fn structure(
    casebook: &Casebook,
    subjects: &[u32],
    objects: &[u32],
) -> petgraph::graph::DiGraph<u32, u32, u32> {
    let mut structure =
        petgraph::graph::DiGraph::with_capacity(casebook.entities.len(), casebook.claims.len());
    for entity in 0..count(casebook.entities.len()) {
        // Only more than 2^32 - 1 entities could make this fail; the file limit lies far below.
        let _ = structure.try_add_node(entity);
    }
    for (claim, (&subject, &object)) in (0..).zip(subjects.iter().zip(objects)) {
        let _ = structure.try_add_edge(subject.into(), object.into(), claim);
    }
    structure
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

/// The claims' ids; claims that repeat a given id are dropped.
fn claim_ids(casebook: &mut Casebook) -> Vec<String> {
    let mut given: Set<String> = Set::default();
    casebook.claims.retain(|claim| {
        claim
            .id
            .as_ref()
            .is_none_or(|id| given.insert(id.value.clone()))
    });
    id::of_claims(&casebook.claims)
}

/// Union-find over the records that judge two entities the same; the first in the casebook stands for all.
fn canonical(casebook: &Casebook, entities: &Ids) -> Vec<u32> {
    let mut parent: Vec<u32> = (0..count(casebook.entities.len())).collect();
    fn find(parent: &[u32], mut entity: u32) -> u32 {
        while parent[entity as usize] != entity {
            entity = parent[entity as usize];
        }
        entity
    }
    for same in casebook
        .same_as
        .iter()
        .filter(|same| same.judgement.value == Judgement::Same)
    {
        let (left, right) = (
            find(&parent, entities[&same.left.value]),
            find(&parent, entities[&same.right.value]),
        );
        parent[left.max(right) as usize] = left.min(right);
    }
    (0..count(parent.len()))
        .map(|entity| find(&parent, entity))
        .collect()
}

/// The distinct dates in time order, and each claim's date among them.
fn dates(casebook: &Casebook) -> (Vec<Date>, Vec<u32>) {
    let mut dates: Vec<&Date> = casebook
        .claims
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
    let whens = casebook
        .claims
        .iter()
        .map(|claim| claim.when.as_deref().map_or(NONE, place))
        .collect();
    (dates.into_iter().cloned().collect(), whens)
}
