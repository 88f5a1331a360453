//! Layer 0: text, places in it, and what we say about it. Knows nothing of casebooks.

pub mod alike;
pub mod compose;
pub mod diagnostic;
pub mod findings;
pub mod fold;
pub mod map;
pub mod safe;
pub mod source;
pub mod suggest;
pub mod width;

pub use diagnostic::{Diagnostic, Label, Severity};
pub use findings::Findings;
pub use map::{Map, Set};
pub use source::{FileId, Position, Sources, Span, Spanned};
