//! All integration tests, in one binary.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod laws;
mod records;
mod support;
