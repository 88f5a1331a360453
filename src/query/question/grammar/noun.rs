//! Nouns: asks, names, variables, kinds, and the relative clauses that follow them.

use super::super::ast::{Name, NameForm, Noun, NounPhrase, VerbPhrase};
use super::super::keyword::Keyword;
use super::super::token::{Form, Mark, Token};
use super::clause::{starts_verb, verb_phrase};
use super::input::{
    Slot, Step, Tokens, Want, is_id, keyword, many, mark, maybe, number, one_of, token,
};
use crate::text::{Diagnostic, Span};
use nom::{Parser as _, branch::alt, combinator::value};

/// A noun with its relative clauses.
pub(super) fn noun_phrase(input: Tokens<'_>, slot: Slot) -> Step<'_, NounPhrase> {
    let mut inside = input;
    inside.frame.slot = slot;
    inside.in_subject |= matches!(slot, Slot::Subject | Slot::Path | Slot::Timeline);
    let (rest, noun) = noun(inside, slot)?;
    let by_who = !matches!(noun, Noun::Who | Noun::Whom | Noun::What | Noun::EachOther);
    let (mut rest, relative) = match noun {
        Noun::EachOther => (rest, Vec::new()),
        _ => relative(rest, by_who)?,
    };
    (rest.frame, rest.in_subject) = (input.frame, input.in_subject);
    let phrase = NounPhrase {
        span: rest.span_from(&input),
        noun,
        relative,
    };
    Ok((rest, phrase))
}

fn noun(input: Tokens<'_>, slot: Slot) -> Step<'_, Noun> {
    let each_other = |input| match slot {
        Slot::Object => value(Noun::EachOther, keyword(Keyword::EachOther)).parse(input),
        _ => input_fails(input),
    };
    alt((
        ask,
        value(Noun::Someone, keyword(Keyword::Someone)),
        value(Noun::Something, keyword(Keyword::Something)),
        each_other,
        name.map(Noun::Name),
        variable.map(Noun::Variable),
        kind.map(Noun::Kind),
    ))
    .parse(input)
}

fn input_fails<T>(input: Tokens<'_>) -> Step<'_, T> {
    input.fail()
}

/// `who`, `whom`, `what`, `which people`, `how many people`
pub(super) fn ask(input: Tokens<'_>) -> Step<'_, Noun> {
    let asks = [
        Keyword::Who,
        Keyword::Whom,
        Keyword::What,
        Keyword::Which,
        Keyword::HowMany,
    ];
    let Some(found) = input.peek_keyword().filter(|found| asks.contains(found)) else {
        let input = asks
            .iter()
            .fold(input, |input, &one| input.note(Want::Keyword(one)));
        return input.fail();
    };
    let rest = input.advance();
    match found {
        Keyword::Who => Ok((rest, Noun::Who)),
        Keyword::Whom => Ok((rest, Noun::Whom)),
        Keyword::Which => kind.map(Noun::Which).parse(rest),
        Keyword::HowMany => kind.map(Noun::HowMany).parse(rest),
        _ if is_kind_after_what(&rest) => kind.map(Noun::Which).parse(rest),
        _ => Ok((rest.note(Want::Kind), Noun::What)),
    }
}

/// `what people met A`; but in `what demands A` a word that is a kind too is the verb.
fn is_kind_after_what(input: &Tokens<'_>) -> bool {
    let Some(token) = input.peek().filter(|token| token.readings.kind) else {
        return false;
    };
    let that = Some(Keyword::That);
    let after = input.advance();
    !token.readings.verb || starts_verb(&after) || after.peek_keyword() == that
}

/// A kind, folded.
pub(super) fn kind(input: Tokens<'_>) -> Step<'_, String> {
    token(input, Want::Kind, |token| {
        token.readings.kind.then(|| token.key.clone())
    })
}

fn variable(input: Tokens<'_>) -> Step<'_, String> {
    token(input, Want::Variable, |token| {
        token.readings.variable.then(|| token.key.clone())
    })
}

/// A name: words, quoted, or by id.
pub(super) fn name(input: Tokens<'_>) -> Step<'_, Name> {
    token(input, Want::Name, name_of)
}

fn name_of(token: &Token) -> Option<Name> {
    let form = match token.form {
        _ if is_id(token) => NameForm::Id(token.written.clone()),
        Form::Plain | Form::Quoted => NameForm::Words(token.written.clone()),
        _ => return None,
    };
    let span = token.span;
    token.readings.name.then_some(Name { form, span })
}

/// `[3]`: a source by its number.
pub(super) fn numbered(input: Tokens<'_>) -> Step<'_, Name> {
    let (rest, _) = mark(Mark::OpenSquare)(input)?;
    let (rest, found) = number(u64::from(u32::MAX))(rest)?;
    let (rest, _) = mark(Mark::CloseSquare)(rest)?;
    let form = NameForm::Number(u32::try_from(found).unwrap_or(u32::MAX));
    let span = rest.span_from(&input);
    Ok((rest, Name { form, span }))
}

/// `source`: a name or a number.
pub(super) fn source(input: Tokens<'_>) -> Step<'_, Name> {
    let mut inside = input;
    inside.frame.slot = Slot::Ignored;
    let named = |input| token(input, Want::Source, name_of);
    let (mut rest, found) = alt((named, numbered)).parse(inside)?;
    rest.frame = input.frame;
    Ok((rest, found))
}

/// `that met A and that briefed B`: none, one or more. After another ask, `who` is no relative.
fn relative(input: Tokens<'_>, by_who: bool) -> Step<'_, Vec<VerbPhrase>> {
    let mut found = Vec::new();
    let (rest, first) = maybe(input, |input| relative_clause(input, by_who))?;
    let Some(first) = first else {
        return Ok((rest, found));
    };
    found.push(first);
    let (rest, ()) = many(rest, &mut found, |input| {
        let (rest, _) = keyword(Keyword::And)(input)?;
        relative_clause(rest, true)
    })?;
    Ok((rest, found))
}

fn relative_clause(input: Tokens<'_>, by_who: bool) -> Step<'_, VerbPhrase> {
    let words: &'static [Keyword] = match by_who {
        true => &[Keyword::That, Keyword::Who],
        false => &[Keyword::That],
    };
    let (rest, _) = one_of(words)(input)?;
    nested(rest, rest.span_from(&input), |input| {
        verb_phrase(input, false)
    })
}

/// Runs a parser one level deeper, if that is still allowed.
pub(super) fn nested<'t, T>(
    input: Tokens<'t>,
    opened: Span,
    parser: impl FnOnce(Tokens<'t>) -> Step<'t, T>,
) -> Step<'t, T> {
    let mut inside = input;
    let Some(depth) = input.depth.checked_sub(1) else {
        let message = "brackets and relative clauses are nested too deeply here";
        let help = "ask it in parts, or raise the limit with `--max-nesting`";
        return input.refuse(Diagnostic::error("too-deep", message, opened).help(help));
    };
    inside.depth = depth;
    let (mut rest, found) = parser(inside)?;
    rest.depth = input.depth;
    Ok((rest, found))
}
