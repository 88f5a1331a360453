//! Diagnostics with the text they speak of.

use super::Screen;
use crate::text::{Diagnostic, Sources};

/// Diagnostics for people, each with its marked text and advice, a blank line between two.
#[must_use]
pub fn diagnostics(list: &[Diagnostic], sources: &Sources, screen: &Screen) -> String {
    let _ = (list, sources, screen);
    String::new()
}

/// The same as data.
#[must_use]
pub fn diagnostics_json(list: &[Diagnostic], sources: &Sources) -> String {
    let _ = (list, sources);
    String::new()
}

/// One line: `2 errors, 1 warning in 5 files`, `no problems in 5 files`.
#[must_use]
pub fn summary(list: &[Diagnostic], files: usize) -> String {
    let _ = (list, files);
    String::new()
}
