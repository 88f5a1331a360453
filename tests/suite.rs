//! All integration tests, in one binary.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod errors_doc;
mod export;
mod hostile;
mod laws;
mod questions;
mod records;
mod render;
mod support;
