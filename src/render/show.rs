//! All that is known of an entity or a claim.

use super::Screen;
use crate::graph::{ClaimIndex, EntityIndex};
use crate::query::Engine;

/// All that is known of an entity.
#[must_use]
pub fn show_entity(engine: &Engine, entity: EntityIndex, screen: &Screen) -> String {
    let _ = (engine, entity, screen);
    String::new()
}

/// All that is known of a claim.
#[must_use]
pub fn show_claim(engine: &Engine, claim: ClaimIndex, screen: &Screen) -> String {
    let _ = (engine, claim, screen);
    String::new()
}
