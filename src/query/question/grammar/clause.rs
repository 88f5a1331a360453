//! Clauses: subjects, verb phrases, objects, and how clauses are joined.

use super::super::ast::{
    Clause, Connective, Expression, Fronted, Noun, NounPhrase, Objects, Verb, VerbPhrase,
};
use super::super::keyword::Keyword;
use super::super::token::{Mark, Token};
use super::input::{Slot, Step, Tokens, Want, is_noun, keyword, many, mark, maybe, one_of, token};
use super::noun::{ask, noun_phrase};
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
pub(super) fn expression(input: Tokens<'_>) -> Step<'_, Box<Expression>> {
    let (mut rest, first) = unit(input)?;
    let mut items = Vec::new();
    let mut joined = None;
    loop {
        let (after, joiner) = maybe(rest, one_of(JOINERS))?;
        let Some(joiner) = joiner else {
            rest = after;
            break;
        };
        if joined.is_some_and(|joined| joined != joiner) {
            return after.refuse(mixed(after.span_from(&rest), Brackets::Fit));
        }
        joined = Some(joiner);
        let (after, item) = unit(after)?;
        items.push(*item);
        rest = after;
    }
    let Some(joiner) = joined else {
        return Ok((rest, first));
    };
    items.insert(0, *first);
    let expression = match joiner {
        Keyword::And => Expression::And(items),
        _ => Expression::Or(items),
    };
    Ok((rest, Box::new(expression)))
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

fn unit(input: Tokens<'_>) -> Step<'_, Box<Expression>> {
    let mark_at = |ahead| input.peek_at(ahead).and_then(|token| token.readings.mark);
    match input.peek_keyword() {
        _ if mark_at(0) == Some(Mark::Open) => bracketed(input),
        Some(Keyword::Not) if mark_at(1) == Some(Mark::Open) => negation(input),
        _ => clause(
            input
                .note(Want::Mark(Mark::Open))
                .note(Want::Keyword(Keyword::Not)),
        ),
    }
}

fn clause(input: Tokens<'_>) -> Step<'_, Box<Expression>> {
    let (rest, clause) = alt((fronted, plain)).parse(input)?;
    Ok((rest, Box::new(Expression::Clause(*clause))))
}

fn bracketed(input: Tokens<'_>) -> Step<'_, Box<Expression>> {
    let (inside, open) = mark(Mark::Open)(input)?;
    let (inside, ()) = inside.deeper(open)?;
    let (rest, found) = expression(inside)?;
    let (rest, _) = mark(Mark::Close)(rest)?;
    Ok((rest.back_to(&input), found))
}

fn negation(input: Tokens<'_>) -> Step<'_, Box<Expression>> {
    let (rest, not) = keyword(Keyword::Not)(input)?;
    let (rest, found) = bracketed(rest)?;
    Ok((rest, Box::new(Expression::Not(found, not))))
}

/// `np vp { "and" vp }`
pub(super) fn plain(input: Tokens<'_>) -> Step<'_, Box<Clause>> {
    let (rest, subject) = noun_phrase(input, Slot::Subject)?;
    let (mut rest, first) = verb_phrase(rest, false)?;
    let mut clause = Box::new(Clause {
        span: Span::default(),
        subject: *subject,
        fronted: None,
        predicates: vec![*first],
    });
    loop {
        let (after, found) = maybe(rest, predicate)?;
        rest = after;
        let Some(found) = found else {
            break;
        };
        clause.predicates.push(*found);
    }
    clause.span = rest.span_from(&input);
    Ok((rest, clause))
}

/// A further verb of the same subject.
fn predicate(input: Tokens<'_>) -> Step<'_, Box<VerbPhrase>> {
    let (rest, _) = keyword(Keyword::And)(input)?;
    verb_phrase(rest, false)
}

/// `[ ask | "when" | "where" ] AUX np vp`
fn fronted(input: Tokens<'_>) -> Step<'_, Box<Clause>> {
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
        subject: *subject,
        fronted: Some(fronted),
        predicates: vec![*predicate],
    };
    Ok((rest, Box::new(clause)))
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
    let both = |token: &Token| is_noun(token) && token.readings.verb;
    input.peek().is_some_and(both) && starts_verb(&input.advance())
}

/// `vp`. With `open_by`, a final `by` needs no object: the question asked for it in front.
pub(super) fn verb_phrase(input: Tokens<'_>, open_by: bool) -> Step<'_, Box<VerbPhrase>> {
    let mut phrase = Box::new(VerbPhrase {
        span: Span::default(),
        be: false,
        auxiliary: false,
        negated: None,
        indirectly: None,
        verbs: Vec::new(),
        by: None,
        objects: None,
        qualifiers: Vec::new(),
    });
    let (rest, ()) = before_verb(input, &mut phrase)?;
    let (mut rest, ()) = verbs(rest, &mut phrase.verbs)?;
    rest.frame.be = phrase.be;
    let (rest, ()) = many(rest, &mut phrase.qualifiers, qualifier)?;
    let (rest, ()) = after_verb(rest, &mut phrase, open_by)?;
    let (rest, ()) = many(rest, &mut phrase.qualifiers, qualifier)?;
    phrase.span = rest.span_from(&input);
    Ok((rest.back_to(&input), phrase))
}

/// `[ [ "by" ] objs ]`
fn after_verb<'t>(input: Tokens<'t>, phrase: &mut VerbPhrase, open_by: bool) -> Step<'t, ()> {
    let (mut rest, by) = maybe(input, keyword(Keyword::By))?;
    phrase.by = by;
    rest.frame.by = by.is_some();
    let needed = by.is_some() && !open_by;
    match objects(rest) {
        Ok((after, found)) => {
            phrase.objects = Some(*found);
            Ok((after.back_to(&input), ()))
        }
        Err(nom::Err::Error(trouble)) if !needed => {
            let rest = rest.remember(trouble.expected);
            Ok((rest.back_to(&input), ()))
        }
        Err(trouble) => Err(trouble),
    }
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
    let (rest, ()) = many(rest, found, |input| {
        let (rest, _) = keyword(Keyword::Or)(input)?;
        verb(rest)
    })?;
    Ok((rest.after_verbs(&input), ()))
}

fn verb(input: Tokens<'_>) -> Step<'_, Verb> {
    if is_subject(&input) {
        return input.note(Want::Verb).fail();
    }
    token(input, Want::Verb, |token| {
        let form = token.key.clone();
        let span = token.span;
        token.readings.verb.then_some(Verb { form, span })
    })
}

/// `objs`
fn objects(input: Tokens<'_>) -> Step<'_, Box<Objects>> {
    let (rest, word) = maybe(input, one_of(&[Keyword::Both, Keyword::Either]))?;
    let forced = match word {
        Some(Keyword::Both) => Some(Keyword::And),
        Some(_) => Some(Keyword::Or),
        None => None,
    };
    let (rest, first) = noun_phrase(rest, Slot::Object)?;
    let mut objects = Box::new(Objects {
        connective: Connective::And,
        items: vec![*first],
        but_not: Vec::new(),
    });
    let (rest, joined) = joined_objects(rest, &mut objects.items, forced)?;
    if let (Some(forced), true) = (forced, objects.items.len() == 1) {
        return rest.note(Want::Keyword(forced)).fail();
    }
    if joined == Some(Keyword::Or) {
        objects.connective = Connective::Or;
    }
    but_not(rest, &mut objects.but_not).map(|(rest, ())| (rest, objects))
}

/// `[ "but not" np { "or" np } ]`
fn but_not<'t>(input: Tokens<'t>, found: &mut Vec<NounPhrase>) -> Step<'t, ()> {
    let (rest, word) = maybe(input, keyword(Keyword::ButNot))?;
    if word.is_none() {
        return Ok((rest, ()));
    }
    let (rest, first) = noun_phrase(rest, Slot::Object)?;
    found.push(*first);
    let (rest, _) = joined_objects(rest, found, Some(Keyword::Or))?;
    Ok((rest, ()))
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
        let (after, joiner) = maybe(rest, one_of(JOINERS))?;
        let Some(joiner) = joiner.filter(|_| !rest.is_clause_here()) else {
            return Ok((rest.remember(after.furthest), joined));
        };
        let (end, item) = match noun_phrase(after, Slot::Object) {
            Ok(found) => found,
            Err(nom::Err::Error(trouble)) => return Ok((rest.remember(trouble.expected), joined)),
            Err(worse) => return Err(worse),
        };
        if starts_verb(&end) && (!rest.in_subject || item.noun == Noun::Who) {
            return Ok((rest.clause_here(), joined));
        }
        if joined.is_some_and(|joined| joined != joiner) {
            return after.refuse(mixed(after.span_from(&rest), Brackets::Refused));
        }
        joined = Some(joiner);
        items.push(*item);
        rest = end.note(Want::Verb);
    }
}
