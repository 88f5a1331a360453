//! Tokens → tree, with nom's parsers over tokens.

mod advice;
mod brackets;
mod calendar;
mod clause;
mod describe;
mod input;
mod noun;
mod path;
mod problem;
mod qualifier;
mod stage;

pub use input::{CLASSES, Expected, Frame, Slot, Want, Wanted};

use super::ast::{Expression, Head, Question};
use super::lexeme;
use super::token::{Mark, Token};
use crate::query::limits::Limits;
use crate::query::vocabulary::Vocabulary;
use crate::text::{Diagnostic, FileId, Span};
use input::{Step, Tokens, Trouble, Want as W, many, mark, maybe};
use nom::{Parser as _, branch::alt};

/// Reads a question. `parameters` are the values of `$name`; spans are in `file`.
///
/// # Errors
/// What is wrong with it, at least one diagnostic.
pub fn parse(
    text: &str,
    file: FileId,
    vocabulary: &Vocabulary,
    parameters: &[(String, String)],
    limits: &Limits,
) -> Result<Question, Vec<Diagnostic>> {
    if text.len() > limits.question_bytes {
        return Err(vec![problem::too_long(text, file, limits)]);
    }
    let lexed = lexeme::lex(text, file, vocabulary, parameters);
    if !lexed.problems.is_empty() {
        return Err(lexed.problems);
    }
    let tokens = lexed.tokens.as_slice();
    let only_ends = [Some(Mark::Question), Some(Mark::Semicolon)];
    if tokens
        .iter()
        .all(|token| only_ends.contains(&token.readings.mark))
    {
        return Err(vec![problem::empty(Span::new(file, 0, text.len()))]);
    }
    let place = problem::Place {
        tokens,
        text,
        file,
        vocabulary,
    };
    match run(tokens, limits.nesting) {
        Ok(question) => match problem::unknown_names(&place) {
            unknown if unknown.is_empty() => Ok(question),
            unknown => Err(unknown),
        },
        Err(Trouble {
            problem: Some(problem),
            ..
        }) => Err(vec![*problem]),
        Err(Trouble { expected, .. }) => Err(vec![problem::explain(&place, expected)]),
    }
}

/// What could stand after the last of these tokens.
pub(super) fn at_end(tokens: &[Token], nesting: usize) -> Expected {
    let end = u32::try_from(tokens.len()).unwrap_or(u32::MAX);
    let expected = match question(Tokens::new(tokens, nesting)) {
        Ok((rest, _)) => rest.furthest,
        Err(nom::Err::Error(trouble) | nom::Err::Failure(trouble)) => trouble.expected,
        Err(nom::Err::Incomplete(_)) => Expected::default(),
    };
    match expected.at == end {
        true => expected,
        false => Expected {
            at: end,
            ..Expected::default()
        },
    }
}

/// Whether these tokens are the beginning of a question and no whole one.
pub(super) fn wants_more(tokens: &[Token], nesting: usize) -> bool {
    match run(tokens, nesting) {
        Ok(_) => false,
        Err(trouble) => trouble.problem.is_none() && trouble.expected.at as usize == tokens.len(),
    }
}

fn run(tokens: &[Token], nesting: usize) -> Result<Question, Trouble> {
    match question(Tokens::new(tokens, nesting)) {
        Ok((_, question)) => Ok(question),
        Err(nom::Err::Error(trouble) | nom::Err::Failure(trouble)) => Err(trouble),
        Err(nom::Err::Incomplete(_)) => Err(Trouble {
            expected: Expected::default(),
            problem: None,
        }),
    }
}

/// `head [ "ignoring" source { "," source } ] [ "?" ] { "|" stage }`, and a final `;` that ends it.
fn question(input: Tokens<'_>) -> Step<'_, Question> {
    let (rest, head) = head(input)?;
    let (rest, ignoring) = maybe(rest, stage::ignoring)?;
    let (rest, _) = maybe(rest, mark(Mark::Question))?;
    let mut stages = Vec::new();
    let (rest, ()) = many(rest, &mut stages, stage::stage)?;
    let (rest, _) = maybe(rest, mark(Mark::Semicolon))?;
    let rest = rest.note(W::End);
    if rest.peek().is_some() {
        return rest.fail();
    }
    let question = Question {
        head,
        ignoring: ignoring.unwrap_or_default(),
        stages,
    };
    Ok((rest, question))
}

fn head(input: Tokens<'_>) -> Step<'_, Head> {
    let expression = clause::expression.map(|found: Box<Expression>| Head::Expression(*found));
    alt((
        path::path,
        path::timeline,
        path::contradictions,
        path::say,
        expression,
    ))
    .parse(input)
}
