//! Layer 1: a casebook as plain data. No files, no graph, no checks.

pub mod date;
pub mod id;
pub mod record;
pub mod words;

pub use date::{Date, Day, Window};
pub use record::*;
