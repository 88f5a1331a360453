//! Records by their numbers, and numbers by their ids.

use super::{ClaimIndex, EntityIndex, Graph, Referent, RelationIndex, SourceIndex, count};
use crate::columns::{Damaged, throw};
use crate::model::{Claim, Entity, Publication, Relation, Source};

impl Graph {
    /// An entity's record.
    #[must_use]
    pub fn entity(&self, entity: EntityIndex) -> &Entity {
        self.records
            .entities
            .get_or(entity as usize, || self.implied_entity(entity))
    }

    /// The name that answers show of an entity.
    #[must_use]
    pub fn entity_name(&self, entity: EntityIndex) -> &str {
        match self.names.is_empty() {
            true => &self.entity(entity).name,
            false => self.names.get(entity as usize),
        }
    }

    /// The id of an entity.
    #[must_use]
    pub fn entity_id(&self, entity: EntityIndex) -> &str {
        self.agents.id(self.agents.of_entity(entity))
    }

    /// How many sources.
    #[must_use]
    pub fn source_count(&self) -> u32 {
        count(self.records.sources.len())
    }

    /// A relation's record.
    #[must_use]
    pub fn relation(&self, relation: RelationIndex) -> &Relation {
        let relation = self.records.relations.get(relation as usize);
        relation.unwrap_or_else(|| throw(Damaged { block: None }))
    }

    /// A source's record.
    #[must_use]
    pub fn source(&self, source: SourceIndex) -> &Source {
        &self.records.sources[source as usize]
    }

    /// A publication's record.
    #[must_use]
    pub fn publication(&self, publication: u32) -> &Publication {
        &self.records.publications[publication as usize]
    }

    /// A claim's record.
    #[must_use]
    pub fn claim(&self, claim: ClaimIndex) -> &Claim {
        self.records
            .claims
            .get_or(claim as usize, || self.implied_claim(claim))
    }

    /// A claim's id: as given, else `subject/relation/object` with `~2`, `~3` for repeats.
    #[must_use]
    pub fn claim_id(&self, claim: ClaimIndex) -> &str {
        self.claim_ids.shown(claim, self)
    }

    /// The claim with that id.
    #[must_use]
    pub fn claim_by_id(&self, id: &str) -> Option<ClaimIndex> {
        self.claim_ids.find(id, self)
    }

    /// The entity with that id, as written (not its canonical one).
    #[must_use]
    pub fn entity_by_id(&self, id: &str) -> Option<EntityIndex> {
        match self.agents.referent(self.agents.find(id)?) {
            Referent::Entity(entity) => Some(entity),
            Referent::Publication(_) | Referent::Source(_) => None,
        }
    }
}
