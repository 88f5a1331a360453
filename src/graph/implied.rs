//! Records made of what the columns hold, where that is all there is to them.

use super::{ClaimIndex, EntityIndex, Graph};
use crate::model::{Claim, Entity, Evidence, Text};
use crate::text::{Span, Spanned};

impl Graph {
    /// A claim that says nothing but what stands in its columns.
    pub(super) fn implied_claim(&self, claim: ClaimIndex) -> Claim {
        let at = Span::default();
        let place =
            |entity: EntityIndex| (entity != super::NONE).then(|| text(self.entity_id(entity)));
        let evidence = self.evidence.of_claim(claim).map(|(_, row)| Evidence {
            span: at,
            source: text(self.agents.id(self.agents.of_source(row.source))),
            according_to: row
                .speakers
                .iter()
                .map(|&agent| text(self.agents.id(agent)))
                .collect(),
            stance: row.stance,
            at: None,
            digest: None,
            quote: None,
            credibility: row.credibility.map(|grade| Spanned::new(grade, at)),
            note: None,
        });
        Claim {
            span: at,
            id: self.claim_ids.given(claim).as_deref().map(text),
            subject: text(self.entity_id(self.subject(claim))),
            relation: text(&self.relation(self.relation_of(claim)).id),
            object: text(self.entity_id(self.object(claim))),
            place: place(self.place(claim)),
            event: place(self.event(claim)),
            when: self
                .date_of(claim)
                .map(|date| Spanned::new(date.clone(), at)),
            polarity: self.polarity(claim),
            actuality: self.actuality(claim),
            evidence: evidence.collect(),
            note: None,
        }
    }

    /// An entity that has nothing but an id, a kind and a name.
    pub(super) fn implied_entity(&self, entity: EntityIndex) -> Entity {
        let kind = self.records.kinds.get(self.kind_of(entity) as usize);
        Entity {
            span: Span::default(),
            id: text(self.entity_id(entity)),
            kind: text(kind.map_or("", |kind| &kind.id)),
            name: text(self.names.get(entity as usize)),
            aliases: Vec::new(),
            ids: Vec::new(),
            within: Vec::new(),
            note: None,
        }
    }
}

fn text(value: &str) -> Text {
    Spanned::new(value.to_owned(), Span::default())
}
