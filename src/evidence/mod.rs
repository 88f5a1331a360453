//! Layer 2: whether a passage stands in the stored text, and how nearly. Reads no file; knows records and texts.

mod article;
mod citing;
mod difference;
mod digest;
mod edges;
mod elided;
mod grading;
mod loose;
mod reading;
mod text1;
mod words;

pub use article::Article;
pub use citing::{Citation, cite};
pub use digest::sha256;
pub use grading::grade;
pub use reading::{Format, Unreadable};

use std::ops::Range;

/// How a passage compares with the stored text, in order of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// It stands where the evidence says, and the fingerprint or the quotation agrees.
    Exact,
    /// It stands there, but for what text-1 unifies and typesetting does.
    Normalised,
    /// Its parts stand there in order, around `[…]`.
    Elided,
    /// It stands elsewhere in the text.
    Moved,
    /// It stands in several places, and nothing says which is meant.
    Ambiguous,
    /// Something close stands there, and a word, number, name or negation differs.
    Altered,
    /// It stands nowhere.
    Missing,
    /// There is no text at hand, or nothing to compare it with.
    Unchecked,
}

impl Grade {
    /// All grades, in order of trust.
    pub const ALL: [Self; 8] = [
        Self::Exact,
        Self::Normalised,
        Self::Elided,
        Self::Moved,
        Self::Ambiguous,
        Self::Altered,
        Self::Missing,
        Self::Unchecked,
    ];

    /// The word that is shown.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Normalised => "normalised",
            Self::Elided => "elided",
            Self::Moved => "moved",
            Self::Ambiguous => "ambiguous",
            Self::Altered => "altered",
            Self::Missing => "missing",
            Self::Unchecked => "unchecked",
        }
    }

    /// Whether the passage stands in the text as the evidence says.
    #[must_use]
    pub fn is_sound(self) -> bool {
        matches!(self, Self::Exact | Self::Normalised)
    }

    /// Whether the evidence must be mended.
    #[must_use]
    pub fn fails(self) -> bool {
        matches!(self, Self::Ambiguous | Self::Altered | Self::Missing)
    }
}

/// What comparing a piece of evidence with the stored text gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How they compare.
    pub grade: Grade,
    /// Where the passage stands now, in code points of the stored text, end exclusive; what is nearest to it where it is
    /// altered.
    pub passage: Option<Range<u32>>,
    /// What there is to say, one line without a full stop; empty for `Exact`. May hold text of the article.
    pub message: String,
}
