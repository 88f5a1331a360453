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

/// The names of everything that can be wrong with a question, as `docs/errors.md` lists them.
pub const NAMES: &[&str] = &[
    "ambiguous-name",
    "ambiguous-verb",
    "by-without-passive",
    "counted-twice",
    "each-other",
    "empty-question",
    "expected",
    "mixed-and-or",
    "needs-one-claim",
    "no-columns",
    "no-dates",
    "no-steps",
    "not-a-date",
    "not-a-grade",
    "not-an-entity",
    "not-comparable",
    "number-too-large",
    "only-under-not",
    "question-too-long",
    "say-not",
    "too-deep",
    "trailing-text",
    "two-objects",
    "unbound-in-branch",
    "unbounded-paths",
    "unclosed-bracket",
    "unclosed-quote",
    "unknown-character",
    "unknown-column",
    "unknown-id",
    "unknown-kind",
    "unknown-name",
    "unknown-parameter",
    "unknown-source-number",
    "unknown-verb",
    "unknown-word",
    "unopened-bracket",
    "window-ends-before-start",
];
