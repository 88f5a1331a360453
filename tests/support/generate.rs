//! Seeded generators: casebooks as records, and questions as text about what a casebook holds.

mod casebooks;
mod dump;
mod questions;
mod schema;
mod words;

pub use casebooks::casebook;
pub use dump::dump;
pub use questions::{Questions, Taste, Wanted};
