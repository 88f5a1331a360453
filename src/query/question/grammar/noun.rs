//! Nouns: asks, names, variables, kinds, and the relative clauses that follow them.

use super::super::ast::{Name, NameForm, Noun, NounPhrase, VerbPhrase};
use super::super::keyword::Keyword;
use super::super::token::{Form, Mark, Token};
use super::clause::{starts_verb, verb_phrase};
use super::input::{Slot, Step, Tokens, Want, is_id, keyword, mark, maybe, number, one_of, token};
use crate::text::Span;
use nom::{Parser as _, branch::alt, combinator::value};

/// A noun with its relative clauses.
pub(super) fn noun_phrase(input: Tokens<'_>, slot: Slot) -> Step<'_, Box<NounPhrase>> {
    let mut inside = input;
    inside.frame.slot = slot;
    inside.in_subject |= matches!(slot, Slot::Subject | Slot::Path | Slot::Timeline);
    let (rest, noun) = noun(inside, slot)?;
    let mut phrase = Box::new(NounPhrase {
        span: Span::default(),
        noun,
        relative: Vec::new(),
    });
    let (rest, ()) = relatives(rest, &mut phrase)?;
    phrase.span = rest.span_from(&input);
    Ok((rest.back_to(&input), phrase))
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
fn relatives<'t>(input: Tokens<'t>, phrase: &mut NounPhrase) -> Step<'t, ()> {
    let words: &'static [Keyword] = match phrase.noun {
        Noun::EachOther => return Ok((input, ())),
        Noun::Who | Noun::Whom | Noun::What => &[Keyword::That],
        _ => &[Keyword::That, Keyword::Who],
    };
    let (mut rest, word) = maybe(input, one_of(words))?;
    if word.is_none() {
        return Ok((rest, ()));
    }
    // A word that could be a relative and is followed by no verb is something else: `A met B and who did C brief`.
    match relative(rest, rest.span_from(&input)) {
        Ok((after, first)) => {
            phrase.relative.push(*first);
            rest = after;
        }
        Err(nom::Err::Error(trouble)) => return Ok((input.remember(trouble.expected), ())),
        Err(worse) => return Err(worse),
    }
    loop {
        let (after, joined) = maybe(rest, and_relative)?;
        let Some(joined) = joined else {
            return Ok((after, ()));
        };
        phrase.relative.push(*joined);
        rest = after;
    }
}

fn and_relative(input: Tokens<'_>) -> Step<'_, Box<VerbPhrase>> {
    let (start, _) = keyword(Keyword::And)(input)?;
    let (rest, _) = one_of(&[Keyword::That, Keyword::Who])(start)?;
    relative(rest, rest.span_from(&start))
}

fn relative(input: Tokens<'_>, opened: Span) -> Step<'_, Box<VerbPhrase>> {
    let (inside, ()) = input.deeper(opened)?;
    let (rest, phrase) = verb_phrase(inside, false)?;
    Ok((rest.back_to(&input), phrase))
}
