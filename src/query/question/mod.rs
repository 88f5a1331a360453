//! The question language: English left of the bar, a table right of it.

pub mod ast;
pub mod complete;
pub mod grammar;
pub mod keyword;
pub mod lexeme;
pub mod lower;
pub mod print;
pub mod script;
pub mod spans;
pub mod token;

pub use grammar::parse;
