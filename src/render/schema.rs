//! What a casebook can be asked about: its kinds, relations and sources.

use super::Screen;
use crate::query::Engine;

/// Kinds and relations, with their counts.
#[must_use]
pub fn schema(engine: &Engine, screen: &Screen) -> String {
    let _ = (engine, screen);
    String::new()
}

/// The list of sources.
#[must_use]
pub fn sources(engine: &Engine, screen: &Screen) -> String {
    let _ = (engine, screen);
    String::new()
}
