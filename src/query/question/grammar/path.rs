//! Paths, timelines, contradictions, and what sources say.

use super::super::ast::{Head, NounPhrase, PathQualifier, PathQuestion};
use super::super::keyword::Keyword;
use super::clause::{plain, verbs};
use super::input::{Slot, Step, Tokens, keyword, many, maybe, number, one_of};
use super::noun::{name, noun_phrase};
use super::qualifier::{claim_test, qualifier};
use nom::{Parser as _, branch::alt};

/// `path from A to B`, `how is A connected to B`
pub(super) fn path(input: Tokens<'_>) -> Step<'_, Head> {
    let (rest, (all, from, to)) = alt((path_from, how_connected)).parse(input)?;
    let mut qualifiers = Vec::new();
    let (rest, ()) = many(rest, &mut qualifiers, path_qualifier)?;
    let question = PathQuestion {
        span: rest.span_from(&input),
        all,
        from: *from,
        to: *to,
        qualifiers,
    };
    Ok((rest, Head::Path(question)))
}

type Ends = (bool, Box<NounPhrase>, Box<NounPhrase>);

fn path_from(input: Tokens<'_>) -> Step<'_, Ends> {
    let (rest, all) = maybe(input, keyword(Keyword::All))?;
    let (rest, _) = keyword(Keyword::Path)(rest)?;
    let (rest, _) = keyword(Keyword::From)(rest)?;
    let (rest, from) = noun_phrase(rest, Slot::Path)?;
    let (rest, _) = keyword(Keyword::To)(rest)?;
    let (rest, to) = noun_phrase(rest, Slot::Path)?;
    Ok((rest, (all.is_some(), from, to)))
}

fn how_connected(input: Tokens<'_>) -> Step<'_, Ends> {
    let (rest, _) = keyword(Keyword::How)(input)?;
    let (rest, _) = keyword(Keyword::Be)(rest)?;
    let (rest, from) = noun_phrase(rest, Slot::Path)?;
    let (rest, _) = keyword(Keyword::ConnectedTo)(rest)?;
    let (rest, to) = noun_phrase(rest, Slot::Path)?;
    Ok((rest, (false, from, to)))
}

fn path_qualifier(input: Tokens<'_>) -> Step<'_, PathQualifier> {
    alt((via, through, within, qualifier.map(PathQualifier::Claim))).parse(input)
}

fn via(input: Tokens<'_>) -> Step<'_, PathQualifier> {
    let (rest, _) = keyword(Keyword::Via)(input)?;
    let mut found = Vec::new();
    let (rest, ()) = verbs(rest, &mut found)?;
    Ok((rest.back_to(&input), PathQualifier::Via(found)))
}

fn through(input: Tokens<'_>) -> Step<'_, PathQualifier> {
    let (rest, word) = one_of(&[Keyword::Through, Keyword::Avoiding])(input)?;
    let (rest, phrase) = noun_phrase(rest, Slot::Path)?;
    let qualifier = match word {
        Keyword::Through => PathQualifier::Through(*phrase),
        _ => PathQualifier::Avoiding(*phrase),
    };
    Ok((rest, qualifier))
}

fn within(input: Tokens<'_>) -> Step<'_, PathQualifier> {
    let (rest, _) = keyword(Keyword::Within)(input)?;
    let (rest, steps) = number(u64::from(u32::MAX))(rest)?;
    let (rest, _) = keyword(Keyword::Steps)(rest)?;
    let steps = u32::try_from(steps).unwrap_or(u32::MAX);
    let span = rest.span_from(&input);
    Ok((rest, PathQualifier::Within(steps, span)))
}

/// `timeline of A since 2025`
pub(super) fn timeline(input: Tokens<'_>) -> Step<'_, Head> {
    let (rest, _) = keyword(Keyword::TimelineOf)(input)?;
    let (rest, of) = noun_phrase(rest, Slot::Timeline)?;
    let mut qualifiers = Vec::new();
    let (rest, ()) = many(rest, &mut qualifiers, qualifier)?;
    let of = *of;
    Ok((rest, Head::Timeline { of, qualifiers }))
}

/// `contradictions of A since 2025`
pub(super) fn contradictions(input: Tokens<'_>) -> Step<'_, Head> {
    let (rest, word) = one_of(&[Keyword::Contradictions, Keyword::ContradictionsOf])(input)?;
    let (rest, of) = match word {
        Keyword::ContradictionsOf => {
            let mut inside = rest;
            inside.frame.slot = Slot::Timeline;
            let (rest, found) = name(inside)?;
            (rest.back_to(&input), Some(found))
        }
        _ => (rest, None),
    };
    let mut qualifiers = Vec::new();
    let (rest, ()) = many(rest, &mut qualifiers, claim_test)?;
    Ok((rest, Head::Contradictions { of, qualifiers }))
}

/// `which sources say that …`, `how many sources say …`
pub(super) fn say(input: Tokens<'_>) -> Step<'_, Head> {
    let (rest, word) = one_of(&[Keyword::Which, Keyword::HowMany])(input)?;
    let (rest, _) = keyword(Keyword::Sources)(rest)?;
    let (rest, _) = keyword(Keyword::Say)(rest)?;
    let (rest, _) = maybe(rest, keyword(Keyword::That))?;
    let (rest, clause) = plain(rest)?;
    let (clause, counting) = (*clause, word == Keyword::HowMany);
    Ok((rest, Head::Say { counting, clause }))
}
