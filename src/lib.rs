//! casebook: a plain-text knowledge graph in which every edge is a claim and every claim carries its source.
//!
//! The library exists for the `casebook` program, its tests and its benchmarks; it carries no promise of stability.

pub mod bibliography;
pub mod check;
pub mod cli;
pub mod columns;
pub mod evidence;
pub mod export;
pub mod graph;
pub mod import;
pub mod load;
pub mod model;
pub mod query;
pub mod render;
pub mod repl;
pub mod review;
pub mod session;
pub mod terminal;
pub mod text;

/// Runs the program with the arguments of the process.
#[must_use]
pub fn run() -> std::process::ExitCode {
    cli::run(repl::run)
}
