//! What narrows a verb: time, place, status, sources.

use super::super::ast::{Bound, Certainty, Qualifier, QualifierKind, Status, TimeRange};
use super::super::ast::{Noun, NounPhrase};
use super::super::keyword::Keyword;
use super::input::{Slot, Step, Tokens, Want, date, keyword, maybe, number, one_of};
use super::noun::{noun_phrase, numbered};
use nom::{Parser as _, branch::alt};

/// Every word that begins a qualifier.
const BEGINNINGS: &[Keyword] = &[
    Keyword::Certainly,
    Keyword::Possibly,
    Keyword::Since,
    Keyword::After,
    Keyword::Before,
    Keyword::Until,
    Keyword::In,
    Keyword::On,
    Keyword::During,
    Keyword::Between,
    Keyword::At,
    Keyword::When,
    Keyword::Where,
    Keyword::Undated,
    Keyword::As,
    Keyword::AccordingTo,
    Keyword::With,
];

/// Those of them that begin what one claim passes or does not, and that no status or number is among.
const OF_TESTS: &[Keyword] = &[
    Keyword::Certainly,
    Keyword::Possibly,
    Keyword::Since,
    Keyword::After,
    Keyword::Before,
    Keyword::Until,
    Keyword::In,
    Keyword::On,
    Keyword::During,
    Keyword::Between,
    Keyword::At,
    Keyword::Undated,
    Keyword::AccordingTo,
];

/// `qual`
pub(super) fn qualifier(input: Tokens<'_>) -> Step<'_, Qualifier> {
    beginning_with(BEGINNINGS, input)
}

/// A qualifier that says which claims are meant, whatever their status.
pub(super) fn claim_test(input: Tokens<'_>) -> Step<'_, Qualifier> {
    beginning_with(OF_TESTS, input)
}

fn beginning_with<'t>(words: &'static [Keyword], input: Tokens<'t>) -> Step<'t, Qualifier> {
    let (rest, word) = one_of(words)(input)?;
    let dated = rest.peek().is_some_and(|token| token.readings.date);
    let (start, parser): (_, fn(Tokens<'_>) -> Step<'_, QualifierKind>) = match word {
        Keyword::When => (rest, |rest| Ok((rest, QualifierKind::When))),
        Keyword::Where => (rest, |rest| Ok((rest, QualifierKind::Where))),
        Keyword::Undated => (rest, |rest| Ok((rest, QualifierKind::Undated))),
        Keyword::As => (rest, status),
        Keyword::AccordingTo => (rest, according_to),
        Keyword::With => (rest, with),
        Keyword::At => (rest, place),
        Keyword::In if !dated => (rest.note(Want::Date), place),
        _ => (input, time),
    };
    let (rest, kind) = parser(start)?;
    let span = rest.span_from(&input);
    Ok((rest, Qualifier { span, kind }))
}

fn time(input: Tokens<'_>) -> Step<'_, QualifierKind> {
    let words: &'static [Keyword] = &[Keyword::Certainly, Keyword::Possibly];
    let (rest, word) = maybe(input, one_of(words))?;
    let certainty = match word {
        None => Certainty::Default,
        Some(Keyword::Certainly) => Certainty::Certainly,
        Some(_) => Certainty::Possibly,
    };
    let (rest, range) = time_range(rest)?;
    Ok((rest, QualifierKind::Time(certainty, range)))
}

fn time_range(input: Tokens<'_>) -> Step<'_, TimeRange> {
    let (rest, word) = one_of(&[
        Keyword::Since,
        Keyword::After,
        Keyword::Before,
        Keyword::Until,
        Keyword::In,
        Keyword::On,
        Keyword::During,
        Keyword::Between,
    ])(input)?;
    let (rest, first) = date(rest)?;
    let range = match word {
        Keyword::Since => TimeRange::Since(first),
        Keyword::After => TimeRange::After(first),
        Keyword::Before => TimeRange::Before(first),
        Keyword::Until => TimeRange::Until(first),
        Keyword::Between => {
            let (rest, _) = keyword(Keyword::And)(rest)?;
            let (rest, second) = date(rest)?;
            return Ok((rest, TimeRange::Between(first, second)));
        }
        _ => TimeRange::In(first),
    };
    Ok((rest, range))
}

fn place(input: Tokens<'_>) -> Step<'_, QualifierKind> {
    let (rest, place) = noun_phrase(input, Slot::Place)?;
    Ok((rest, QualifierKind::Place(*place)))
}

fn status(input: Tokens<'_>) -> Step<'_, QualifierKind> {
    let (rest, word) = one_of(&[
        Keyword::Planned,
        Keyword::Expected,
        Keyword::Cancelled,
        Keyword::Alleged,
        Keyword::Denied,
        Keyword::Disputed,
        Keyword::Negated,
        Keyword::Anything,
    ])(input)?;
    let status = match word {
        Keyword::Planned => Status::Planned,
        Keyword::Expected => Status::Expected,
        Keyword::Cancelled => Status::Cancelled,
        Keyword::Alleged => Status::Alleged,
        Keyword::Denied => Status::Denied,
        Keyword::Disputed => Status::Disputed,
        Keyword::Negated => Status::Negated,
        _ => Status::Anything,
    };
    Ok((rest, QualifierKind::As(status)))
}

fn according_to(input: Tokens<'_>) -> Step<'_, QualifierKind> {
    alt((which_source, by_number, speaker)).parse(input)
}

fn which_source(input: Tokens<'_>) -> Step<'_, QualifierKind> {
    let (rest, _) = keyword(Keyword::Which)(input)?;
    let (rest, _) = keyword(Keyword::Sources)(rest)?;
    Ok((rest, QualifierKind::AccordingToWhichSource))
}

fn by_number(input: Tokens<'_>) -> Step<'_, QualifierKind> {
    let (rest, name) = numbered(input)?;
    let phrase = NounPhrase {
        span: name.span,
        noun: Noun::Name(name),
        relative: Vec::new(),
    };
    Ok((rest, QualifierKind::AccordingTo(phrase)))
}

fn speaker(input: Tokens<'_>) -> Step<'_, QualifierKind> {
    let (rest, phrase) = noun_phrase(input, Slot::Speaker)?;
    Ok((rest, QualifierKind::AccordingTo(*phrase)))
}

fn with(input: Tokens<'_>) -> Step<'_, QualifierKind> {
    let bounds: &'static [Keyword] = &[Keyword::AtLeast, Keyword::AtMost, Keyword::Only];
    let (rest, bound) = maybe(input, one_of(bounds))?;
    let (rest, number) = number(u64::from(u32::MAX))(rest)?;
    let (rest, independent) = maybe(rest, keyword(Keyword::Independent))?;
    let (rest, counted) = one_of(&[Keyword::Sources, Keyword::Origins])(rest)?;
    let bound = match bound {
        Some(Keyword::AtMost) => Bound::AtMost,
        Some(Keyword::Only) => Bound::Only,
        _ => Bound::AtLeast,
    };
    let kind = QualifierKind::With {
        bound,
        number: u32::try_from(number).unwrap_or(u32::MAX),
        independent: independent.is_some() || counted == Keyword::Origins,
    };
    Ok((rest, kind))
}
