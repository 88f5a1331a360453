//! All integration tests, in one binary.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod cli;
mod errors_doc;
mod hostile;
mod laws;
mod prompt;
mod questions;
mod records;
mod session;
mod support;
