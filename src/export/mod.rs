//! Layer 4: what programs read. The whole casebook, or what supports an answer, in the formats of other tools.

mod derivation;
mod dot;
mod json;
mod part;
mod records;

use crate::graph::{ClaimIndex, EntityIndex};
use crate::query::Engine;
use crate::query::answer::Answer;
pub use json::{show_claim, show_entity, show_publication, show_source};
use part::Part;
use std::collections::BTreeSet;

/// What to export.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// The claims to export with all that they name; `None` for the whole casebook.
    pub claims: Option<BTreeSet<ClaimIndex>>,
}

impl Selection {
    /// The whole casebook.
    #[must_use]
    pub fn whole() -> Self {
        Self::default()
    }

    /// The claims that support an answer.
    #[must_use]
    pub fn of(answer: &Answer) -> Self {
        let claims = answer.rows.iter().flat_map(|row| row.claims()).collect();
        Self {
            claims: Some(claims),
        }
    }

    /// The claims that name an entity: as subject, object, place or event. What reads best of a large casebook.
    #[must_use]
    pub fn around(engine: &Engine, entity: EntityIndex) -> Self {
        let graph = &engine.graph;
        let entity = graph.canonical(entity);
        let names = |&claim: &ClaimIndex| {
            let ends = [graph.subject(claim), graph.object(claim)];
            ends.contains(&entity) || [graph.place(claim), graph.event(claim)].contains(&entity)
        };
        Self {
            claims: Some((0..graph.claim_count()).filter(names).collect()),
        }
    }

    /// Whether a claim is among them.
    #[must_use]
    pub fn has(&self, claim: ClaimIndex) -> bool {
        self.claims
            .as_ref()
            .is_none_or(|claims| claims.contains(&claim))
    }
}

/// A format that a casebook can be exported to.
#[derive(Debug, Clone, Copy)]
pub struct Exporter {
    /// The name by which it is chosen.
    pub name: &'static str,
    /// The usual end of a file's name, without the dot.
    pub extension: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// The casebook, or the selected part of it, in this format; ends in a line end.
    pub write: fn(&Engine, &Selection) -> String,
}

/// All export formats.
pub const EXPORTERS: &[Exporter] = &[
    Exporter {
        name: "dot",
        extension: "dot",
        about: "a picture for Graphviz: `dot -Tsvg`",
        write: dot::write,
    },
    Exporter {
        name: "json",
        extension: "json",
        about: "every record with its references resolved",
        write: json::write,
    },
];

/// The exporter of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Exporter> {
    EXPORTERS.iter().find(|exporter| exporter.name == name)
}
