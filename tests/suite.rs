//! All integration tests, in one binary.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod cli;
mod compiled;
mod contradictions;
mod docs;
mod errors_doc;
mod errors_questions;
mod evidence;
mod export;
mod hostile;
mod identity;
mod import;
mod large;
mod laws;
mod passages;
mod peers;
mod prompt;
mod questions;
mod records;
mod render;
mod review;
mod session;
mod support;
mod tidy;
mod weight;
