//! The question language: English left of the bar, a table right of it.

pub mod ast;
pub mod lower;
