//! Clauses: subjects, verb phrases, objects, and how clauses are joined.

use super::super::ast::{
    Clause, Connective, Expression, Fronted, Noun, NounPhrase, Objects, Verb, VerbPhrase,
};
use super::super::keyword::Keyword;
use super::super::token::{Mark, Token};
use super::input::{Slot, Step, Tokens, Want, is_noun, keyword, many, mark, maybe, one_of, token};
use super::noun::{ask, nested, noun_phrase};
use super::qualifier::qualifier;
use crate::text::{Diagnostic, Span};
use nom::{Parser as _, branch::alt};

const JOINERS: &[Keyword] = &[Keyword::And, Keyword::Or];
const AUXILIARIES: &[Keyword] = &[Keyword::Do, Keyword::Have, Keyword::Be];
const BEFORE_VERB: &[Keyword] = &[
    Keyword::Do,
    Keyword::Have,
    Keyword::Be,
    Keyword::Not,
    Keyword::Never,
];

/// `expr`: clauses joined by `and` or by `or`.
pub(super) fn expression(input: Tokens<'_>) -> Step<'_, Expression> {
    let (mut rest, first) = unit(input)?;
    let mut items = vec![first];
    let mut joined = None;
    loop {
        let before = rest;
        let (after, joiner) = maybe(rest, one_of(JOINERS))?;
        let Some(joiner) = joiner else {
            rest = after;
            break;
        };
        if joined.is_some_and(|joined| joined != joiner) {
            return after.refuse(mixed(after.span_from(&before), Brackets::Fit));
        }
        joined = Some(joiner);
        let (after, item) = unit(after)?;
        items.push(item);
        rest = after;
    }
    let expression = match joined {
        None => items.remove(0),
        Some(Keyword::And) => Expression::And(items),
        Some(_) => Expression::Or(items),
    };
    Ok((rest, expression))
}

enum Brackets {
    Fit,
    Refused,
}

fn mixed(span: Span, brackets: Brackets) -> Diagnostic {
    let message = "`and` and `or` are mixed without brackets";
    Diagnostic::error("mixed-and-or", message, span).help(match brackets {
        Brackets::Fit => {
            "put brackets around what belongs together: `(who met A or who met B) and who …`"
        }
        Brackets::Refused => {
            "say it in clauses with brackets: `(who met A and B) or (who met C)`; `?x` keeps the subject the same"
        }
    })
}

fn unit(input: Tokens<'_>) -> Step<'_, Expression> {
    alt((
        bracketed,
        negation,
        fronted.map(Expression::Clause),
        plain.map(Expression::Clause),
    ))
    .parse(input)
}

fn bracketed(input: Tokens<'_>) -> Step<'_, Expression> {
    let (rest, open) = mark(Mark::Open)(input)?;
    let (rest, inside) = nested(rest, open, expression)?;
    let (rest, _) = mark(Mark::Close)(rest)?;
    Ok((rest, inside))
}

fn negation(input: Tokens<'_>) -> Step<'_, Expression> {
    let (rest, not) = keyword(Keyword::Not)(input)?;
    let (rest, inside) = bracketed(rest)?;
    Ok((rest, Expression::Not(Box::new(inside), not)))
}

/// `np vp { "and" vp }`
pub(super) fn plain(input: Tokens<'_>) -> Step<'_, Clause> {
    let (rest, subject) = noun_phrase(input, Slot::Subject)?;
    let (rest, first) = verb_phrase(rest, false)?;
    let mut predicates = vec![first];
    let (rest, ()) = many(rest, &mut predicates, |input| {
        let (rest, _) = keyword(Keyword::And)(input)?;
        if is_subject(&rest) {
            return rest.note(Want::Verb).fail();
        }
        verb_phrase(rest, false)
    })?;
    let clause = Clause {
        span: rest.span_from(&input),
        subject,
        fronted: None,
        predicates,
    };
    Ok((rest, clause))
}

/// `[ ask | "when" | "where" ] AUX np vp`
fn fronted(input: Tokens<'_>) -> Step<'_, Clause> {
    let (rest, fronted) = fronted_ask(input)?;
    let (rest, (be, before)) = fronted_auxiliary(rest)?;
    if starts_verb(&rest) && !is_subject(&rest) {
        return rest.note(Want::Name).fail();
    }
    let (rest, subject) = noun_phrase(rest, Slot::Subject)?;
    let asks_object = matches!(fronted, Fronted::Object(_));
    let (rest, mut predicate) = verb_phrase(rest, asks_object)?;
    if let (true, Some(objects)) = (asks_object, &predicate.objects) {
        let message = "the question already asks for the object in front of the verb";
        let span = objects.items[0].span;
        let help = "ask for one object at a time: `whom did A brief`, or `did A brief B`";
        return rest.refuse(Diagnostic::error("two-objects", message, span).help(help));
    }
    predicate.be |= be;
    predicate.auxiliary = true;
    predicate.negated = before.or(predicate.negated);
    let clause = Clause {
        span: rest.span_from(&input),
        subject,
        fronted: Some(fronted),
        predicates: vec![predicate],
    };
    Ok((rest, clause))
}

fn fronted_ask(input: Tokens<'_>) -> Step<'_, Fronted> {
    let when = keyword(Keyword::When).map(Fronted::When);
    let place = keyword(Keyword::Where).map(Fronted::Where);
    let (rest, found) = maybe(input, |input| alt((when, place, object)).parse(input))?;
    Ok((rest, found.unwrap_or(Fronted::Nothing)))
}

fn object(input: Tokens<'_>) -> Step<'_, Fronted> {
    let (rest, noun) = ask(input)?;
    let phrase = NounPhrase {
        span: rest.span_from(&input),
        noun,
        relative: Vec::new(),
    };
    Ok((rest, Fronted::Object(phrase)))
}

/// The auxiliary before the subject: whether it is a form of *be*, and a `not` that clings to it.
fn fronted_auxiliary(input: Tokens<'_>) -> Step<'_, (bool, Option<Span>)> {
    let (rest, auxiliary) = one_of(AUXILIARIES)(input)?;
    let (rest, not) = maybe(rest, keyword(Keyword::Not))?;
    Ok((rest, (auxiliary == Keyword::Be, not)))
}

/// Whether a verb phrase may start here.
pub(super) fn starts_verb(input: &Tokens<'_>) -> bool {
    input.peek().is_some_and(|token| {
        let keyword = token.readings.keyword;
        token.readings.verb
            || keyword == Some(Keyword::Indirectly)
            || keyword.is_some_and(|keyword| BEFORE_VERB.contains(&keyword))
    })
}

/// Whether a word that could be a verb is the subject of one that follows.
fn is_subject(input: &Tokens<'_>) -> bool {
    let follows = |ahead: usize| {
        input.peek_at(ahead).is_some_and(|token: &Token| {
            token.readings.verb
                || token
                    .readings
                    .keyword
                    .is_some_and(|one| AUXILIARIES.contains(&one))
        })
    };
    input
        .peek()
        .is_some_and(|token| is_noun(token) && token.readings.verb)
        && follows(1)
}

/// `vp`. With `open_by`, a final `by` needs no object: the question asked for it in front.
pub(super) fn verb_phrase(input: Tokens<'_>, open_by: bool) -> Step<'_, VerbPhrase> {
    let mut phrase = VerbPhrase {
        span: Span::default(),
        be: false,
        auxiliary: false,
        negated: None,
        indirectly: None,
        verbs: Vec::new(),
        by: None,
        objects: None,
        qualifiers: Vec::new(),
    };
    let (rest, ()) = before_verb(input, &mut phrase)?;
    let (mut rest, ()) = verbs(rest, &mut phrase.verbs)?;
    rest.frame.be = phrase.be;
    let (rest, ()) = many(rest, &mut phrase.qualifiers, qualifier)?;
    let (mut rest, by) = maybe(rest, keyword(Keyword::By))?;
    phrase.by = by;
    rest.frame.by = by.is_some();
    let (mut rest, found) = match by {
        Some(_) if !open_by => objects.map(Some).parse(rest)?,
        _ => maybe(rest, objects)?,
    };
    phrase.objects = found;
    rest.frame.by = false;
    let (mut rest, ()) = many(rest, &mut phrase.qualifiers, qualifier)?;
    rest.frame = input.frame;
    phrase.span = rest.span_from(&input);
    Ok((rest, phrase))
}

/// Auxiliaries, negations and `indirectly`. A form of *have* says nothing and is not kept.
fn before_verb<'t>(input: Tokens<'t>, phrase: &mut VerbPhrase) -> Step<'t, ()> {
    let mut rest = input;
    loop {
        let (after, found) = maybe(rest, one_of(BEFORE_VERB))?;
        let span = after.span_from(&rest);
        rest = after;
        match found {
            None => break,
            Some(Keyword::Not | Keyword::Never) => phrase.negated = Some(span),
            Some(Keyword::Be) => (phrase.be, phrase.auxiliary) = (true, true),
            Some(Keyword::Do) => phrase.auxiliary = true,
            Some(_) => {}
        }
    }
    let (rest, indirectly) = maybe(rest, keyword(Keyword::Indirectly))?;
    phrase.indirectly = indirectly;
    Ok((rest, ()))
}

/// `VERB { "or" VERB }`; the frame of what follows is about them.
pub(super) fn verbs<'t>(input: Tokens<'t>, found: &mut Vec<Verb>) -> Step<'t, ()> {
    let (rest, first) = verb(input)?;
    found.push(first);
    let (mut rest, ()) = many(rest, found, |input| {
        let (rest, _) = keyword(Keyword::Or)(input)?;
        if is_subject(&rest) {
            return rest.fail();
        }
        verb(rest)
    })?;
    let index = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    rest.frame.verbs = (index(input.at), index(rest.at));
    Ok((rest, ()))
}

fn verb(input: Tokens<'_>) -> Step<'_, Verb> {
    token(input, Want::Verb, |token| {
        let form = token.key.clone();
        let span = token.span;
        token.readings.verb.then_some(Verb { form, span })
    })
}

/// `objs`
fn objects(input: Tokens<'_>) -> Step<'_, Objects> {
    let (rest, word) = maybe(input, one_of(&[Keyword::Both, Keyword::Either]))?;
    let forced = match word {
        Some(Keyword::Both) => Some(Keyword::And),
        Some(_) => Some(Keyword::Or),
        None => None,
    };
    let (rest, first) = noun_phrase(rest, Slot::Object)?;
    let mut items = vec![first];
    let (rest, joined) = joined_objects(rest, &mut items, forced)?;
    if let (Some(forced), true) = (forced, items.len() == 1) {
        return rest.note(Want::Keyword(forced)).fail();
    }
    let mut but_not = Vec::new();
    let (mut rest, word) = maybe(rest, keyword(Keyword::ButNot))?;
    if word.is_some() {
        let (after, first) = noun_phrase(rest, Slot::Object)?;
        but_not.push(first);
        (rest, _) = joined_objects(after, &mut but_not, Some(Keyword::Or))?;
    }
    let connective = match joined {
        Some(Keyword::Or) => Connective::Or,
        _ => Connective::And,
    };
    let objects = Objects {
        connective,
        items,
        but_not,
    };
    Ok((rest, objects))
}

/// Further objects, all joined by the same word. A joining word with a noun that has a verb of its own begins a
/// clause and is left alone; its place is remembered, so that no outer list reads that noun again.
fn joined_objects<'t>(
    input: Tokens<'t>,
    items: &mut Vec<NounPhrase>,
    forced: Option<Keyword>,
) -> Step<'t, Option<Keyword>> {
    let mut rest = input;
    let mut joined = forced;
    loop {
        let before = rest;
        let (after, joiner) = maybe(rest, one_of(JOINERS))?;
        let Some(joiner) = joiner.filter(|_| before.at != before.clause_at) else {
            return Ok((before.remember(after.furthest), joined));
        };
        let (end, item) = maybe(after, |input| noun_phrase(input, Slot::Object))?;
        let Some(item) = item else {
            return Ok((before.remember(end.furthest), joined));
        };
        if starts_verb(&end) && (!before.in_subject || item.noun == Noun::Who) {
            rest = before.remember(end.furthest);
            rest.clause_at = before.at;
            return Ok((rest, joined));
        }
        if joined.is_some_and(|joined| joined != joiner) {
            return after.refuse(mixed(after.span_from(&before), Brackets::Refused));
        }
        joined = Some(joiner);
        items.push(item);
        rest = end.note(Want::Verb);
    }
}
