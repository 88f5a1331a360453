//! Layer 1: a casebook as plain data. No files, no graph, no checks.

mod claim_columns;
pub mod date;
pub mod id;
pub mod record;
pub mod words;

pub use claim_columns::{ClaimColumns, NO_CELL};
pub use date::{Date, Day, Window};
pub use record::*;
