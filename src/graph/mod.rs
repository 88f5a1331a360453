//! Layer 2: the sound records of a casebook as a petgraph graph, with flat columns beside it. The only home of petgraph.
//!
//! Entities are nodes, claims are edges; parallel claims stay parallel edges. Every index is a `u32` into the vectors
//! of the [`Records`] that the graph keeps. Entities judged the same share one canonical index; each claim keeps the
//! ids it was written with.

mod agents;
mod build;
mod claim_ids;
pub mod contradictions;
mod derivation;
mod evidence;
mod grades;
mod implied;
mod lookup;
mod order;
mod places;
mod plain;
mod provenance;
mod records;
mod stored;
mod structure;

use crate::columns::{Column, Lists, Numbers, Strings};
use crate::model::{Actuality, Date, Day, Polarity};
pub use agents::{AgentIndex, Agents, Referent};
use claim_ids::ClaimIds;
pub use derivation::{ClaimDerivation, Derivation, End, Link, Through};
pub use evidence::{EvidenceRow, EvidenceTable};
pub use grades::GradedBy;
pub use order::FactRow;
pub use provenance::{Provenance, Status};
pub use records::{Records, Table};
use std::sync::OnceLock;
pub use structure::Parts;

/// Index of an entity.
pub type EntityIndex = u32;
/// Index of a relation.
pub type RelationIndex = u32;
/// Index of a source.
pub type SourceIndex = u32;
/// Index of a claim.
pub type ClaimIndex = u32;
/// Index of a fact: claims with the same subject, relation and object.
pub type FactIndex = u32;
/// Index of a distinct date.
pub type DateIndex = u32;

/// No index: an empty cell.
pub const NONE: u32 = u32::MAX;

/// A casebook made ready to be asked.
#[derive(Debug)]
pub struct Graph {
    records: Records,
    left_out: usize,
    /// Made when first asked for: most questions follow no steps.
    structure: OnceLock<petgraph::graph::DiGraph<EntityIndex, ClaimIndex, u32>>,
    canonical: Column<EntityIndex>,
    same: Lists,
    subjects: Column<EntityIndex>,
    relations: Numbers,
    objects: Column<EntityIndex>,
    /// Empty where no claim has one, as are the next two.
    places: Column<EntityIndex>,
    events: Column<EntityIndex>,
    whens: Numbers,
    dates: Table<Date>,
    /// Polarity and actuality in a byte; empty where all are affirmed and occurred.
    manners: Column<u8>,
    facts_of_claims: Column<FactIndex>,
    claims_of_facts: Lists,
    /// Per relation; the last cell is the number of facts.
    first_facts: Column<FactIndex>,
    subjects_of_facts: Column<EntityIndex>,
    objects_of_facts: Column<EntityIndex>,
    outgoing: Lists,
    incoming: Lists,
    lies_in: Lists,
    /// What lies within each entity, itself too.
    inner: Lists,
    /// The claims that are set in each entity; no lists where none is set anywhere.
    settings: Lists,
    /// Per entity: its place in the order of names.
    places_of_names: Column<u32>,
    /// Per relation: its place in the order of ids.
    places_of_relations: Column<u32>,
    /// Per date: the first day on which it may begin.
    starts_of_dates: Column<Day>,
    /// Per date: the last day that it or any before it may reach.
    reaches_of_dates: Column<Day>,
    is_undated: bool,
    kinds_of_entities: Numbers,
    /// Of entities, where their records are not at hand.
    names: Strings,
    claim_ids: ClaimIds,
    evidence: EvidenceTable,
    agents: Agents,
    reliabilities: Column<u32>,
}

impl Graph {
    /// The records that are sound; every index of this graph is one into them.
    #[must_use]
    pub fn records(&self) -> &Records {
        &self.records
    }

    /// How many records were left out because they refer to something that is not there.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// How many entities, those judged the same counted each.
    #[must_use]
    pub fn entity_count(&self) -> u32 {
        count(self.canonical.len())
    }

    /// How many claims.
    #[must_use]
    pub fn claim_count(&self) -> u32 {
        count(self.subjects.len())
    }

    /// How many facts.
    #[must_use]
    pub fn fact_count(&self) -> u32 {
        count(self.claims_of_facts.len())
    }

    /// How many relations.
    #[must_use]
    pub fn relation_count(&self) -> u32 {
        count(self.records.relations.len())
    }

    /// How many different dates.
    #[must_use]
    pub fn date_count(&self) -> u32 {
        count(self.dates.len())
    }

    /// The entity that stands for this one and all judged the same: the first of them in the casebook.
    #[must_use]
    #[inline]
    pub fn canonical(&self, entity: EntityIndex) -> EntityIndex {
        self.canonical.get(entity as usize)
    }

    /// All entities that a canonical one stands for, itself among them, in order; empty for one that is not canonical.
    #[must_use]
    pub fn judged_same(&self, canonical: EntityIndex) -> &[EntityIndex] {
        self.same.of(canonical)
    }

    /// The canonical entities, in order.
    pub fn entities(&self) -> impl Iterator<Item = EntityIndex> + '_ {
        (0..self.entity_count()).filter(|&entity| self.canonical(entity) == entity)
    }

    /// Index of an entity's kind in the casebook's kinds.
    #[must_use]
    #[inline]
    pub fn kind_of(&self, entity: EntityIndex) -> u32 {
        self.kinds_of_entities.get(entity as usize)
    }

    /// Whether an entity is of an actor kind.
    #[must_use]
    pub fn is_actor(&self, entity: EntityIndex) -> bool {
        let kind = self.records.kinds.get(self.kind_of(entity) as usize);
        kind.is_some_and(|kind| kind.actor)
    }

    /// A claim's subject, canonical.
    #[must_use]
    #[inline]
    pub fn subject(&self, claim: ClaimIndex) -> EntityIndex {
        self.subjects.get(claim as usize)
    }

    /// A claim's relation.
    #[must_use]
    #[inline]
    pub fn relation_of(&self, claim: ClaimIndex) -> RelationIndex {
        self.relations.get(claim as usize)
    }

    /// A claim's object, canonical.
    #[must_use]
    #[inline]
    pub fn object(&self, claim: ClaimIndex) -> EntityIndex {
        self.objects.get(claim as usize)
    }

    /// A claim's place, canonical, or [`NONE`].
    #[must_use]
    pub fn place(&self, claim: ClaimIndex) -> EntityIndex {
        self.places.find(claim as usize).unwrap_or(NONE)
    }

    /// A claim's event, canonical, or [`NONE`].
    #[must_use]
    pub fn event(&self, claim: ClaimIndex) -> EntityIndex {
        self.events.find(claim as usize).unwrap_or(NONE)
    }

    /// A claim's date, or [`NONE`].
    #[must_use]
    #[inline]
    pub fn when(&self, claim: ClaimIndex) -> DateIndex {
        match self.whens.is_empty() {
            true => NONE,
            false => self.whens.get(claim as usize),
        }
    }

    /// Whether a claim says that something is so, or that it is not.
    #[must_use]
    pub fn polarity(&self, claim: ClaimIndex) -> Polarity {
        match self.manner(claim) & 1 {
            0 => Polarity::Affirmed,
            _ => Polarity::Negated,
        }
    }

    /// How far what is claimed has come about.
    #[must_use]
    pub fn actuality(&self, claim: ClaimIndex) -> Actuality {
        match self.manner(claim) >> 1 {
            0 => Actuality::Occurred,
            1 => Actuality::Ongoing,
            2 => Actuality::Planned,
            3 => Actuality::Expected,
            4 => Actuality::Cancelled,
            _ => Actuality::Alleged,
        }
    }

    fn manner(&self, claim: ClaimIndex) -> u8 {
        self.manners.find(claim as usize).unwrap_or(0)
    }

    /// A date. Dates are numbered in time order, equal texts once.
    #[must_use]
    pub fn date(&self, date: DateIndex) -> &Date {
        &self.dates[date as usize]
    }

    /// A claim's date, if it has one.
    #[must_use]
    pub fn date_of(&self, claim: ClaimIndex) -> Option<&Date> {
        Some(self.when(claim))
            .filter(|&date| date != NONE)
            .map(|date| self.date(date))
    }

    /// The fact that a claim speaks of. `A r B` and `B r A` are one fact where `r` is symmetric.
    #[must_use]
    #[inline]
    pub fn fact_of(&self, claim: ClaimIndex) -> FactIndex {
        self.facts_of_claims.get(claim as usize)
    }

    /// The claims of a fact, in order; at least one.
    #[must_use]
    #[inline]
    pub fn claims_of_fact(&self, fact: FactIndex) -> &[ClaimIndex] {
        self.claims_of_facts.of(fact)
    }

    /// The facts that join this canonical entity to another, by number: the fact, the other entity, and whether the fact
    /// runs from the other to this one. Facts about one entity alone are left out.
    #[must_use]
    pub fn steps_from(&self, entity: EntityIndex) -> Vec<(FactIndex, EntityIndex, bool)> {
        let claims = [self.claims_from(entity), self.claims_to(entity)];
        let claims = claims.into_iter().flatten();
        let mut steps: Vec<_> = claims
            .map(|&claim| {
                let fact = self.fact_of(claim);
                let (from, to) = self.ends_of_fact(fact);
                match from == entity {
                    true => (fact, to, false),
                    false => (fact, from, true),
                }
            })
            .filter(|&(_, other, _)| other != entity)
            .collect();
        steps.sort_unstable();
        steps.dedup();
        steps
    }

    /// Subject and object of a fact, as its first claim has them.
    #[must_use]
    #[inline]
    pub fn ends_of_fact(&self, fact: FactIndex) -> (EntityIndex, EntityIndex) {
        let fact = fact as usize;
        (
            self.subjects_of_facts.get(fact),
            self.objects_of_facts.get(fact),
        )
    }

    /// The entity itself and all it lies within, however deep, canonical and sorted.
    #[must_use]
    pub fn lies_in(&self, entity: EntityIndex) -> &[EntityIndex] {
        self.lies_in.of(entity)
    }

    /// Whether one of two entities is the other or lies within it.
    #[must_use]
    pub fn is_nested(&self, one: EntityIndex, other: EntityIndex) -> bool {
        self.lies_in(one).binary_search(&other).is_ok()
            || self.lies_in(other).binary_search(&one).is_ok()
    }

    /// Where a claim is set: its place and its event, and all that these lie within; sorted, each once.
    #[must_use]
    pub fn locations(&self, claim: ClaimIndex) -> Vec<EntityIndex> {
        let of = |entity: EntityIndex| {
            if entity == NONE {
                &[][..]
            } else {
                self.lies_in(entity)
            }
        };
        let mut all: Vec<_> = of(self.place(claim))
            .iter()
            .chain(of(self.event(claim)))
            .copied()
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The table of evidence, claim by claim.
    #[must_use]
    pub fn evidence(&self) -> &EvidenceTable {
        &self.evidence
    }

    /// The name of an agent: of the entity, the publication or (as its title) the source.
    #[must_use]
    pub fn agent_name(&self, agent: AgentIndex) -> &str {
        match self.agents.referent(agent) {
            Referent::Entity(entity) => self.entity_name(entity),
            Referent::Publication(publication) => &self.publication(publication).name,
            Referent::Source(source) => &self.source(source).title,
        }
    }

    /// All that evidence can be according to, and that origins can be: sources, publications and entities by id.
    #[must_use]
    pub fn agents(&self) -> &Agents {
        &self.agents
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(NONE)
}
