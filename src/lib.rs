//! casebook: a plain-text knowledge graph in which every edge is a claim and every claim carries its source.
//!
//! The library exists for the `casebook` program, its tests and its benchmarks; it carries no promise of stability.

pub mod check;
pub mod graph;
pub mod load;
pub mod model;
pub mod query;
pub mod text;
