//! The casebook as JSON with every reference resolved. The home of `serde_json` in this layer.

use super::Selection;
use crate::graph::{ClaimIndex, EntityIndex, SourceIndex};
use crate::query::Engine;

pub(super) fn write(engine: &Engine, selection: &Selection) -> String {
    let _ = (engine, selection);
    String::new()
}

/// An entity with its claims.
#[must_use]
pub fn show_entity(engine: &Engine, entity: EntityIndex) -> String {
    let _ = (engine, entity);
    String::new()
}

/// A source with the claims it speaks of.
#[must_use]
pub fn show_source(engine: &Engine, source: SourceIndex) -> String {
    let _ = (engine, source);
    String::new()
}

/// A publication with its sources.
#[must_use]
pub fn show_publication(engine: &Engine, publication: u32) -> String {
    let _ = (engine, publication);
    String::new()
}

/// A claim.
#[must_use]
pub fn show_claim(engine: &Engine, claim: ClaimIndex) -> String {
    let _ = (engine, claim);
    String::new()
}
