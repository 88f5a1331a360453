//! All that is known of a source or a publication.

use super::Screen;
use crate::graph::SourceIndex;
use crate::query::Engine;

/// All that is known of a source.
#[must_use]
pub fn show_source(engine: &Engine, source: SourceIndex, screen: &Screen) -> String {
    let _ = (engine, source, screen);
    String::new()
}

/// All that is known of a publication.
#[must_use]
pub fn show_publication(engine: &Engine, publication: u32, screen: &Screen) -> String {
    let _ = (engine, publication, screen);
    String::new()
}
