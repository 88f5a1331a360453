//! Layer 2: the sound records of a casebook as a petgraph graph, with flat columns beside it. The only home of petgraph.
//!
//! Entities are nodes, claims are edges; parallel claims stay parallel edges. Every index is a `u32` into the vectors
//! of the [`Casebook`] that the graph keeps. Entities judged the same share one canonical index; each claim keeps the
//! ids it was written with.

mod agents;
mod build;
mod columns;
pub mod contradictions;
mod derivation;
mod grades;
mod order;
mod places;
mod provenance;

use crate::model::{
    Casebook, Claim, Date, Day, Entity, Publication, Relation, Reliability, Source, Window,
};
use crate::text::Map;
pub use agents::{AgentIndex, Agents, Referent};
use columns::Lists;
pub use derivation::{ClaimDerivation, Derivation, End, Link, Through};
pub use grades::GradedBy;
pub use provenance::{EvidenceRow, EvidenceTable, Provenance, Status};

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
    casebook: Casebook,
    left_out: usize,
    structure: petgraph::graph::DiGraph<EntityIndex, ClaimIndex, u32>,
    canonical: Vec<EntityIndex>,
    same: Lists,
    subjects: Vec<EntityIndex>,
    relations: Vec<RelationIndex>,
    objects: Vec<EntityIndex>,
    places: Vec<EntityIndex>,
    events: Vec<EntityIndex>,
    whens: Vec<DateIndex>,
    dates: Vec<Date>,
    facts_of_claims: Vec<FactIndex>,
    claims_of_facts: Lists,
    first_facts: Vec<FactIndex>,
    ends_of_facts: (Vec<EntityIndex>, Vec<EntityIndex>),
    outgoing: Lists,
    incoming: Lists,
    lies_in: Lists,
    holds: Lists,
    settings: Lists,
    names: Vec<u32>,
    relation_ids: Vec<u32>,
    reaches: Vec<Day>,
    is_undated: bool,
    kinds_of_entities: Vec<u32>,
    claim_ids: Vec<String>,
    evidence: EvidenceTable,
    agents: Agents,
    reliabilities: Vec<Option<(Reliability, GradedBy)>>,
    entity_ids: Map<String, EntityIndex>,
}

impl Graph {
    /// The records that are sound; every index of this graph is one into its vectors.
    #[must_use]
    pub fn casebook(&self) -> &Casebook {
        &self.casebook
    }

    /// How many records were left out because they refer to something that is not there.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// How many entities, those judged the same counted each.
    #[must_use]
    pub fn entity_count(&self) -> u32 {
        count(self.casebook.entities.len())
    }

    /// How many claims.
    #[must_use]
    pub fn claim_count(&self) -> u32 {
        count(self.casebook.claims.len())
    }

    /// How many facts.
    #[must_use]
    pub fn fact_count(&self) -> u32 {
        count(self.claims_of_facts.len())
    }

    /// How many relations.
    #[must_use]
    pub fn relation_count(&self) -> u32 {
        count(self.casebook.relations.len())
    }

    /// How many different dates.
    #[must_use]
    pub fn date_count(&self) -> u32 {
        count(self.dates.len())
    }

    /// An entity's record.
    #[must_use]
    pub fn entity(&self, entity: EntityIndex) -> &Entity {
        &self.casebook.entities[entity as usize]
    }

    /// A relation's record.
    #[must_use]
    pub fn relation(&self, relation: RelationIndex) -> &Relation {
        &self.casebook.relations[relation as usize]
    }

    /// A source's record.
    #[must_use]
    pub fn source(&self, source: SourceIndex) -> &Source {
        &self.casebook.sources[source as usize]
    }

    /// A publication's record.
    #[must_use]
    pub fn publication(&self, publication: u32) -> &Publication {
        &self.casebook.publications[publication as usize]
    }

    /// A claim's record.
    #[must_use]
    pub fn claim(&self, claim: ClaimIndex) -> &Claim {
        &self.casebook.claims[claim as usize]
    }

    /// A claim's id: as given, else `subject/relation/object` with `~2`, `~3` for repeats.
    #[must_use]
    pub fn claim_id(&self, claim: ClaimIndex) -> &str {
        &self.claim_ids[claim as usize]
    }

    /// The claim with that id.
    #[must_use]
    pub fn claim_by_id(&self, id: &str) -> Option<ClaimIndex> {
        self.claim_ids
            .iter()
            .position(|known| known == id)
            .map(count)
    }

    /// The entity with that id, as written (not its canonical one).
    #[must_use]
    pub fn entity_by_id(&self, id: &str) -> Option<EntityIndex> {
        self.entity_ids.get(id).copied()
    }

    /// The entity that stands for this one and all judged the same: the first of them in the casebook.
    #[must_use]
    #[inline]
    pub fn canonical(&self, entity: EntityIndex) -> EntityIndex {
        self.canonical[entity as usize]
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
        self.kinds_of_entities[entity as usize]
    }

    /// Whether an entity is of an actor kind.
    #[must_use]
    pub fn is_actor(&self, entity: EntityIndex) -> bool {
        self.casebook.kinds[self.kind_of(entity) as usize].actor
    }

    /// A claim's subject, canonical.
    #[must_use]
    #[inline]
    pub fn subject(&self, claim: ClaimIndex) -> EntityIndex {
        self.subjects[claim as usize]
    }

    /// A claim's relation.
    #[must_use]
    #[inline]
    pub fn relation_of(&self, claim: ClaimIndex) -> RelationIndex {
        self.relations[claim as usize]
    }

    /// A claim's object, canonical.
    #[must_use]
    #[inline]
    pub fn object(&self, claim: ClaimIndex) -> EntityIndex {
        self.objects[claim as usize]
    }

    /// A claim's place, canonical, or [`NONE`].
    #[must_use]
    pub fn place(&self, claim: ClaimIndex) -> EntityIndex {
        self.places[claim as usize]
    }

    /// A claim's event, canonical, or [`NONE`].
    #[must_use]
    pub fn event(&self, claim: ClaimIndex) -> EntityIndex {
        self.events[claim as usize]
    }

    /// A claim's date, or [`NONE`].
    #[must_use]
    #[inline]
    pub fn when(&self, claim: ClaimIndex) -> DateIndex {
        self.whens[claim as usize]
    }

    /// A date. Dates are numbered in time order, equal texts once.
    #[must_use]
    pub fn date(&self, date: DateIndex) -> &Date {
        &self.dates[date as usize]
    }

    /// A claim's date, if it has one.
    #[must_use]
    pub fn date_of(&self, claim: ClaimIndex) -> Option<&Date> {
        self.dates.get(self.when(claim) as usize)
    }

    /// The fact that a claim speaks of. `A r B` and `B r A` are one fact where `r` is symmetric.
    #[must_use]
    #[inline]
    pub fn fact_of(&self, claim: ClaimIndex) -> FactIndex {
        self.facts_of_claims[claim as usize]
    }

    /// The claims of a fact, in order; at least one.
    #[must_use]
    #[inline]
    pub fn claims_of_fact(&self, fact: FactIndex) -> &[ClaimIndex] {
        self.claims_of_facts.of(fact)
    }

    /// The facts of a relation: they are numbered one after the other, by the names of their ends.
    #[must_use]
    pub fn facts_of_relation(&self, relation: RelationIndex) -> std::ops::Range<FactIndex> {
        let first = |at: usize| self.first_facts.get(at).copied().unwrap_or(0);
        first(relation as usize)..first(relation as usize + 1)
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
        let from = self.reaches.partition_point(|&day| day < window.from);
        let to = self.dates.partition_point(|date| date.start.0 <= window.to);
        count(from)..count(to.max(from))
    }

    /// Whether some claim has no date.
    #[must_use]
    pub fn has_undated(&self) -> bool {
        self.is_undated
    }

    /// The claims that are set in this canonical entity, as their place or their event, or in what lies within it; sorted.
    #[must_use]
    pub fn claims_set_in(&self, entity: EntityIndex) -> Vec<ClaimIndex> {
        let inner = self.holds.of(entity).iter();
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
        self.relation_ids[relation as usize]
    }

    /// The place of an entity when all are put in order: by folded name, then by id.
    #[must_use]
    #[inline]
    pub fn name_order(&self, entity: EntityIndex) -> u32 {
        self.names[entity as usize]
    }

    /// The facts that join this canonical entity to another, by number: the fact, the other entity, and whether the fact
    /// runs from the other to this one. Facts about one entity alone are left out.
    #[must_use]
    pub fn steps_from(&self, entity: EntityIndex) -> Vec<(FactIndex, EntityIndex, bool)> {
        use petgraph::Direction::{Incoming, Outgoing};
        use petgraph::visit::EdgeRef as _;
        let edges = [Outgoing, Incoming]
            .into_iter()
            .flat_map(|direction| self.structure.edges_directed(entity.into(), direction));
        let mut steps: Vec<_> = edges
            .filter(|edge| edge.source() != edge.target())
            .map(|edge| {
                let fact = self.fact_of(*edge.weight());
                let (from, to) = self.ends_of_fact(fact);
                if from == entity {
                    (fact, to, false)
                } else {
                    (fact, from, true)
                }
            })
            .collect();
        steps.sort_unstable();
        steps.dedup();
        steps
    }

    /// Subject and object of a fact, as its first claim has them.
    #[must_use]
    #[inline]
    pub fn ends_of_fact(&self, fact: FactIndex) -> (EntityIndex, EntityIndex) {
        let (subjects, objects) = &self.ends_of_facts;
        (subjects[fact as usize], objects[fact as usize])
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
            Referent::Entity(entity) => &self.entity(entity).name,
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
