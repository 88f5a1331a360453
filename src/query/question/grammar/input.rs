//! What the parsers run on: the tokens that are left, and what could have stood at the furthest place reached.
//!
//! The state travels with the input, so that a choice that was tried and left behind still says what it wanted there.

use super::super::keyword::Keyword;
use super::super::token::{Form, Mark, Token};
use crate::text::{Diagnostic, Span};
use nom::error::{ErrorKind, ParseError};

/// What may stand at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// A keyword.
    Keyword(Keyword),
    /// Punctuation.
    Mark(Mark),
    /// A name.
    Name,
    /// A name of a source or publication.
    Source,
    /// A form of a relation.
    Verb,
    /// A kind.
    Kind,
    /// A date.
    Date,
    /// A whole number.
    Number,
    /// `?x`
    Variable,
    /// The name of a column.
    Column,
    /// A value to compare with.
    Value,
    /// A letter of the Admiralty scale.
    Grade,
    /// Nothing more.
    End,
}

/// The classes of [`Want`] that are neither keywords nor punctuation.
pub const CLASSES: &[Want] = &[
    Want::Name,
    Want::Source,
    Want::Verb,
    Want::Kind,
    Want::Date,
    Want::Number,
    Want::Variable,
    Want::Column,
    Want::Value,
    Want::Grade,
    Want::End,
];

/// A set of [`Want`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wanted([u64; 2]);

impl Wanted {
    /// Which of the two words, and the bit in it.
    fn bit(want: Want) -> (usize, u64) {
        let bit = match want {
            Want::Keyword(keyword) => keyword as usize,
            Want::Mark(mark) => 80 + mark as usize,
            class => 100 + CLASSES.iter().position(|&one| one == class).unwrap_or(0),
        };
        (bit / 64, 1 << (bit % 64))
    }

    /// Whether `want` is in the set.
    #[must_use]
    pub fn has(self, want: Want) -> bool {
        let (word, bit) = Self::bit(want);
        self.0[word] & bit != 0
    }

    /// The set with `want`.
    #[must_use]
    pub fn with(mut self, want: Want) -> Self {
        let (word, bit) = Self::bit(want);
        self.0[word] |= bit;
        self
    }

    /// What is in either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self([self.0[0] | other.0[0], self.0[1] | other.0[1]])
    }
}

/// What a noun is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Slot {
    /// The subject of a verb.
    #[default]
    Subject,
    /// An object of a verb.
    Object,
    /// `in …`, `at …`
    Place,
    /// `according to …`
    Speaker,
    /// `ignoring …`
    Ignored,
    /// `path from … to …`, `through …`
    Path,
    /// `timeline of …`
    Timeline,
    /// `where who = …`
    Value,
}

/// Where in a clause a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Frame {
    /// What the noun is for.
    pub slot: Slot,
    /// Index of the first token of the verbs it belongs to.
    pub verb: u32,
    /// How many tokens those verbs take; 0 for no verb.
    pub verbs: u8,
    /// A form of *be* stood before the verb.
    pub be: bool,
    /// `by` stands before the noun.
    pub by: bool,
}

/// The furthest place at which something else was expected than what stood there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Expected {
    /// Index of the token there; the number of tokens for the end.
    pub at: u32,
    /// What could have stood there.
    pub wanted: Wanted,
    /// Where in a clause that is, when a name could have stood there.
    pub frame: Option<Frame>,
}

impl Expected {
    /// The further of two; both where they are at the same place.
    #[must_use]
    fn or(self, other: Self) -> Self {
        match self.at.cmp(&other.at) {
            std::cmp::Ordering::Less => other,
            std::cmp::Ordering::Greater => self,
            std::cmp::Ordering::Equal => Self {
                at: self.at,
                wanted: self.wanted.or(other.wanted),
                frame: self.frame.or(other.frame),
            },
        }
    }
}

/// The tokens that are left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tokens<'t> {
    all: &'t [Token],
    /// Index of the next token.
    at: u32,
    /// Levels of brackets and relative clauses that may still be opened.
    depth: u16,
    /// A joining word that is known to begin a clause, not a further object.
    clause_at: u32,
    /// Inside a subject, whose verb is still to come: a noun with a verb after it begins no clause.
    pub(super) in_subject: bool,
    pub(super) frame: Frame,
    pub(super) furthest: Expected,
}

/// Why a parser gave up: the furthest failure, or something worse that needs no expectation.
#[derive(Debug, Clone)]
pub(super) struct Trouble {
    pub(super) expected: Expected,
    pub(super) problem: Option<Box<Diagnostic>>,
}

impl ParseError<Tokens<'_>> for Trouble {
    fn from_error_kind(input: Tokens<'_>, _: ErrorKind) -> Self {
        Self {
            expected: input.furthest,
            problem: None,
        }
    }

    fn append(_: Tokens<'_>, _: ErrorKind, other: Self) -> Self {
        other
    }

    fn or(self, other: Self) -> Self {
        Self {
            expected: self.expected.or(other.expected),
            problem: self.problem.or(other.problem),
        }
    }
}

/// What a parser gives: the tokens left and a value.
pub(super) type Step<'t, T> = nom::IResult<Tokens<'t>, T, Trouble>;

impl<'t> Tokens<'t> {
    pub(super) fn new(all: &'t [Token], depth: usize) -> Self {
        Self {
            all,
            at: 0,
            depth: u16::try_from(depth).unwrap_or(u16::MAX),
            clause_at: u32::MAX,
            in_subject: false,
            frame: Frame::default(),
            furthest: Expected::default(),
        }
    }

    pub(super) fn peek(&self) -> Option<&'t Token> {
        self.peek_at(0)
    }

    pub(super) fn peek_at(&self, ahead: usize) -> Option<&'t Token> {
        self.all.get(self.at as usize + ahead)
    }

    pub(super) fn peek_keyword(&self) -> Option<Keyword> {
        self.peek()?.readings.keyword
    }

    pub(super) fn advance(mut self) -> Self {
        self.at += 1;
        self
    }

    /// From the first token after `start` to the last before here.
    pub(super) fn span_from(&self, start: &Self) -> Span {
        let first = start.peek().or(self.all.last());
        let first = first.map_or(Span::default(), |token| token.span);
        let last = self.at.checked_sub(1).filter(|&at| at > start.at);
        let last = last.and_then(|at| self.all.get(at as usize));
        last.map_or(first, |last| first.to(last.span))
    }

    /// One level deeper, if that is still allowed; `opened` is what leads there.
    pub(super) fn deeper(mut self, opened: Span) -> Step<'t, ()> {
        let Some(depth) = self.depth.checked_sub(1) else {
            let message = "brackets and relative clauses are nested too deeply here";
            let help = "ask it in parts, or raise the limit with `--max-nesting`";
            return self.refuse(Diagnostic::error("too-deep", message, opened).help(help));
        };
        self.depth = depth;
        Ok((self, ()))
    }

    /// Back on the level of `outer`, where a noun is for what it was there.
    pub(super) fn back_to(mut self, outer: &Self) -> Self {
        self.depth = outer.depth;
        self.frame = outer.frame;
        self.in_subject = outer.in_subject;
        self
    }

    /// What follows belongs to the verbs from `start` to here.
    pub(super) fn after_verbs(mut self, start: &Self) -> Self {
        self.frame.verb = start.at;
        self.frame.verbs = u8::try_from(self.at - start.at).unwrap_or(u8::MAX);
        self
    }

    /// Remembers that the joining word here begins a clause.
    pub(super) fn clause_here(mut self) -> Self {
        self.clause_at = self.at;
        self
    }

    /// Whether the joining word here is known to begin a clause.
    pub(super) fn is_clause_here(&self) -> bool {
        self.clause_at == self.at
    }

    /// Notes that `want` could have stood here.
    pub(super) fn note(mut self, want: Want) -> Self {
        let named = matches!(want, Want::Name | Want::Source);
        self.furthest = self.furthest.or(Expected {
            at: self.at,
            wanted: Wanted::default().with(want),
            frame: named.then_some(self.frame),
        });
        self
    }

    /// Remembers a failure of a way that was not taken.
    pub(super) fn remember(mut self, other: Expected) -> Self {
        self.furthest = self.furthest.or(other);
        self
    }

    pub(super) fn fail<T>(self) -> Step<'t, T> {
        Err(nom::Err::Error(Trouble {
            expected: self.furthest,
            problem: None,
        }))
    }

    /// Gives up for good.
    pub(super) fn refuse<T>(self, problem: Diagnostic) -> Step<'t, T> {
        Err(nom::Err::Failure(Trouble {
            expected: self.furthest,
            problem: Some(Box::new(problem)),
        }))
    }
}

/// One token that has a reading.
pub(super) fn token<'t, T>(
    input: Tokens<'t>,
    want: Want,
    read: impl Fn(&'t Token) -> Option<T>,
) -> Step<'t, T> {
    match input.peek().and_then(read) {
        Some(value) => Ok((input.advance(), value)),
        None => input.note(want).fail(),
    }
}

/// A keyword; gives its place.
pub(super) fn keyword(keyword: Keyword) -> impl Fn(Tokens<'_>) -> Step<'_, Span> {
    move |input| {
        token(input, Want::Keyword(keyword), |token| {
            (token.readings.keyword == Some(keyword)).then_some(token.span)
        })
    }
}

/// One of several keywords.
pub(super) fn one_of(keywords: &'static [Keyword]) -> impl Fn(Tokens<'_>) -> Step<'_, Keyword> {
    move |input| {
        let found = input.peek_keyword().filter(|one| keywords.contains(one));
        match found {
            Some(found) => Ok((input.advance(), found)),
            None => keywords
                .iter()
                .fold(input, |input, &one| input.note(Want::Keyword(one)))
                .fail(),
        }
    }
}

/// Punctuation; gives its place.
pub(super) fn mark(mark: Mark) -> impl Fn(Tokens<'_>) -> Step<'_, Span> {
    move |input| {
        token(input, Want::Mark(mark), |token| {
            (token.readings.mark == Some(mark)).then_some(token.span)
        })
    }
}

/// A date as written.
pub(super) fn date(input: Tokens<'_>) -> Step<'_, String> {
    token(input, Want::Date, |token| {
        token.readings.date.then(|| token.written.clone())
    })
}

/// A whole number up to `most`.
pub(super) fn number(most: u64) -> impl Fn(Tokens<'_>) -> Step<'_, u64> {
    move |input| {
        let (rest, number) = token(input, Want::Number, |token| token.readings.number)?;
        if number <= most {
            return Ok((rest, number));
        }
        let problem = Diagnostic::error(
            "number-too-large",
            "this number is too large",
            rest.span_from(&input),
        );
        rest.refuse(problem.help(format!("the largest that fits here is {most}")))
    }
}

/// What a parser gives, or nothing where it fails; what it wanted is kept.
pub(super) fn maybe<'t, T>(
    input: Tokens<'t>,
    parser: impl FnOnce(Tokens<'t>) -> Step<'t, T>,
) -> Step<'t, Option<T>> {
    match parser(input) {
        Ok((rest, value)) => Ok((rest, Some(value))),
        Err(nom::Err::Error(trouble)) => Ok((input.remember(trouble.expected), None)),
        Err(worse) => Err(worse),
    }
}

/// As many as there are, in order, after those already found.
pub(super) fn many<'t, T>(
    mut input: Tokens<'t>,
    found: &mut Vec<T>,
    parser: impl Fn(Tokens<'t>) -> Step<'t, T>,
) -> Step<'t, ()> {
    loop {
        match parser(input) {
            Ok((rest, value)) => {
                found.push(value);
                input = rest;
            }
            Err(nom::Err::Error(trouble)) => return Ok((input.remember(trouble.expected), ())),
            Err(worse) => return Err(worse),
        }
    }
}

/// One or more with commas between.
pub(super) fn list<'t, T>(
    input: Tokens<'t>,
    parser: impl Fn(Tokens<'t>) -> Step<'t, T>,
) -> Step<'t, Vec<T>> {
    let (rest, first) = parser(input)?;
    let mut found = vec![first];
    let (rest, ()) = many(rest, &mut found, |input| {
        let (rest, _) = mark(Mark::Comma)(input)?;
        parser(rest)
    })?;
    Ok((rest, found))
}

/// Whether a token may be a noun by itself: a name, a variable or a kind.
pub(super) fn is_noun(token: &Token) -> bool {
    let readings = &token.readings;
    readings.name || readings.variable || readings.kind
}

/// Whether a token may stand for itself as a name.
pub(super) fn is_id(token: &Token) -> bool {
    token.form == Form::Id
}
