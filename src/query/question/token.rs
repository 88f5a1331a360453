//! Tokens: where each stands, how it was written, and all that it can be.

use super::keyword::Keyword;
use crate::text::Span;

/// Punctuation of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say which")]
#[repr(u8)]
pub enum Mark {
    Question,
    Bar,
    Comma,
    Open,
    Close,
    OpenSquare,
    CloseSquare,
    Minus,
    Semicolon,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// Every mark as written, longer ones before those they begin with.
pub const MARKS: &[(&str, Mark)] = &[
    ("?", Mark::Question),
    ("|", Mark::Bar),
    (",", Mark::Comma),
    ("(", Mark::Open),
    (")", Mark::Close),
    ("[", Mark::OpenSquare),
    ("]", Mark::CloseSquare),
    (";", Mark::Semicolon),
    ("=", Mark::Equal),
    ("!=", Mark::NotEqual),
    ("<=", Mark::LessOrEqual),
    ("<", Mark::Less),
    (">=", Mark::GreaterOrEqual),
    (">", Mark::Greater),
    ("-", Mark::Minus),
];

impl Mark {
    /// Whether it stands between a column and what that is compared with.
    #[must_use]
    pub fn compares(self) -> bool {
        self >= Self::Equal
    }

    /// As written.
    #[must_use]
    pub fn written(self) -> &'static str {
        MARKS
            .iter()
            .find(|(_, mark)| *mark == self)
            .map_or("", |&(written, _)| written)
    }
}

/// How a token was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// Words, numbers, dates, punctuation.
    #[default]
    Plain,
    /// `"…"`, or the value of a parameter that is no known word.
    Quoted,
    /// `@id`
    Id,
    /// Digits and dashes that are no date: `2025-13`.
    NearlyDate,
}

/// All that a token can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Readings {
    /// A keyword.
    pub keyword: Option<Keyword>,
    /// A name; unless quoted or by id, one that the vocabulary knows.
    pub name: bool,
    /// A form of a relation.
    pub verb: bool,
    /// A kind.
    pub kind: bool,
    /// A date.
    pub date: bool,
    /// A whole number.
    pub number: Option<u64>,
    /// `?x`
    pub variable: bool,
    /// Punctuation.
    pub mark: Option<Mark>,
}

/// A token: where it stands, and all its readings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its place.
    pub span: Span,
    /// Its folded words; the name of a variable.
    pub key: String,
    /// As written, without quotes and `@`; the value of a parameter.
    pub written: String,
    /// How it was written.
    pub form: Form,
    /// All that it can be; nothing for an unknown word.
    pub readings: Readings,
}

impl Token {
    /// Whether it is a word that nobody knows.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.readings == Readings::default()
    }
}
