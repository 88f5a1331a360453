//! Right of the bar: what is done to the rows.

use super::super::ast::{
    ColumnName, Comparison, Condition, Literal, LiteralKind, Name, SortKey, Stage, StageKind,
};
use super::super::keyword::{GRADED, Keyword};
use super::super::token::{Form, Mark, Token};
use super::input::{
    Slot, Step, Tokens, Want, keyword, list, many, mark, maybe, number, one_of, token,
};
use super::noun::{name, source};
use crate::graph::contradictions;
use nom::{Parser as _, branch::alt};

/// `ignoring A, B`
pub(super) fn ignoring(input: Tokens<'_>) -> Step<'_, Vec<Name>> {
    let (rest, _) = keyword(Keyword::Ignoring)(input)?;
    list(rest, source)
}

/// `| stage`
pub(super) fn stage(input: Tokens<'_>) -> Step<'_, Stage> {
    let (start, _) = mark(Mark::Bar)(input)?;
    let (rest, word) = one_of(&[
        Keyword::Count,
        Keyword::List,
        Keyword::Earliest,
        Keyword::Latest,
        Keyword::Where,
        Keyword::Sort,
        Keyword::Take,
        Keyword::Skip,
        Keyword::Show,
        Keyword::Diff,
    ])(start)?;
    let (rest, kind) = match word {
        Keyword::Count => by(rest).map_kind(StageKind::Count)?,
        Keyword::Earliest => by(rest).map_kind(StageKind::Earliest)?,
        Keyword::Latest => by(rest).map_kind(StageKind::Latest)?,
        Keyword::List => {
            let (rest, listed) = column(rest)?;
            let (rest, by) = by(rest)?;
            (rest, StageKind::List(listed, by))
        }
        Keyword::Where => conditions(rest).map_kind(StageKind::Where)?,
        Keyword::Sort => list(rest, sort_key).map_kind(StageKind::Sort)?,
        Keyword::Take => number(u64::MAX - 1)(rest).map_kind(StageKind::Take)?,
        Keyword::Skip => number(u64::MAX - 1)(rest).map_kind(StageKind::Skip)?,
        Keyword::Show => list(rest, column).map_kind(StageKind::Show)?,
        _ => ignoring(rest).map_kind(StageKind::DiffIgnoring)?,
    };
    let span = rest.span_from(&start);
    Ok((rest, Stage { span, kind }))
}

trait MapKind<'t, T> {
    fn map_kind(self, make: impl FnOnce(T) -> StageKind) -> Step<'t, StageKind>;
}

impl<'t, T> MapKind<'t, T> for Step<'t, T> {
    fn map_kind(self, make: impl FnOnce(T) -> StageKind) -> Step<'t, StageKind> {
        self.map(|(rest, value)| (rest, make(value)))
    }
}

fn by(input: Tokens<'_>) -> Step<'_, Vec<ColumnName>> {
    let (rest, word) = maybe(input, keyword(Keyword::By))?;
    match word {
        None => Ok((rest, Vec::new())),
        Some(_) => list(rest, column),
    }
}

fn column(input: Tokens<'_>) -> Step<'_, ColumnName> {
    token(input, Want::Column, |token| {
        let named = token.form == Form::Plain && token.readings.mark.is_none();
        let (name, span) = (token.key.clone(), token.span);
        (named && !name.is_empty()).then_some(ColumnName { name, span })
    })
}

fn sort_key(input: Tokens<'_>) -> Step<'_, SortKey> {
    let (rest, minus) = maybe(input, mark(Mark::Minus))?;
    let (rest, column) = column(rest)?;
    let descending = minus.is_some();
    Ok((rest, SortKey { descending, column }))
}

fn conditions(input: Tokens<'_>) -> Step<'_, Vec<Condition>> {
    let (rest, first) = condition(input)?;
    let mut found = vec![first];
    let (rest, ()) = many(rest, &mut found, |input| {
        let (rest, _) = keyword(Keyword::And)(input)?;
        condition(rest)
    })?;
    Ok((rest, found))
}

fn condition(input: Tokens<'_>) -> Step<'_, Condition> {
    let (rest, named) = column(input)?;
    let (rest, apart) = maybe(rest, days_of)?;
    if let Some(value) = apart {
        let condition = Condition {
            column: named,
            comparison: Comparison::Within,
            value,
        };
        return Ok((rest, condition));
    }
    let column = named;
    let (mut rest, comparison) = comparison(rest)?;
    rest.frame.slot = Slot::Value;
    let (mut rest, value) = match column.name.as_str() {
        GRADED => alt((grade, |rest| literal(rest, comparison))).parse(rest)?,
        _ => literal(rest, comparison)?,
    };
    rest.frame = input.frame;
    let condition = Condition {
        column,
        comparison,
        value,
    };
    Ok((rest, condition))
}

/// `within 7 days of when`
fn days_of(input: Tokens<'_>) -> Step<'_, Literal> {
    let (rest, _) = keyword(Keyword::Within)(input)?;
    let (rest, days) = number(u64::from(u32::MAX))(rest)?;
    let (rest, _) = keyword(Keyword::DaysOf)(rest)?;
    let (rest, column) = column(rest)?;
    let days = u32::try_from(days).unwrap_or(u32::MAX);
    let span = rest.span_from(&input);
    let kind = LiteralKind::Days(days, column);
    Ok((rest, Literal { span, kind }))
}

const COMPARISONS: &[(Mark, Comparison)] = &[
    (Mark::Equal, Comparison::Equal),
    (Mark::NotEqual, Comparison::NotEqual),
    (Mark::Less, Comparison::Less),
    (Mark::LessOrEqual, Comparison::LessOrEqual),
    (Mark::Greater, Comparison::Greater),
    (Mark::GreaterOrEqual, Comparison::GreaterOrEqual),
];

fn comparison(input: Tokens<'_>) -> Step<'_, Comparison> {
    let found = input.peek().and_then(|token| {
        let of = |mark: Mark| COMPARISONS.iter().find(|(one, _)| *one == mark);
        let is = token.readings.keyword == Some(Keyword::Be) && token.key == "is";
        let compared = token.readings.mark.and_then(of).map(|&(_, found)| found);
        compared.or(is.then_some(Comparison::Is))
    });
    match found {
        Some(found) => Ok((input.advance(), found)),
        None => COMPARISONS
            .iter()
            .fold(input, |input, &(mark, _)| input.note(Want::Mark(mark)))
            .note(Want::Keyword(Keyword::Be))
            .fail(),
    }
}

fn literal(input: Tokens<'_>, comparison: Comparison) -> Step<'_, Literal> {
    let kind = |input| {
        token(input, Want::Kind, |token| {
            let kind = token.readings.kind && comparison == Comparison::Is;
            kind.then(|| LiteralKind::Kind(token.key.clone()))
        })
    };
    let date = |input| {
        token(input, Want::Date, |token| {
            let named = token.readings.name && token.form == Form::Quoted;
            (token.readings.date && !named).then(|| LiteralKind::Date(token.written.clone()))
        })
    };
    let (rest, kind) = alt((
        kind,
        signed,
        date,
        name.map(LiteralKind::Name),
        word.map(LiteralKind::Word),
    ))
    .parse(input.note(Want::Value))?;
    let span = rest.span_from(&input);
    Ok((rest, Literal { span, kind }))
}

/// Any plain word: what is no grade is refused where grades are known.
fn grade(input: Tokens<'_>) -> Step<'_, Literal> {
    let (rest, kind) = token(input, Want::Grade, |token| {
        let is_word = token.form == Form::Plain && token.is_unknown();
        is_word.then(|| LiteralKind::Grade(token.key.clone()))
    })?;
    let span = rest.span_from(&input);
    Ok((rest, Literal { span, kind }))
}

fn signed(input: Tokens<'_>) -> Step<'_, LiteralKind> {
    let (rest, minus) = maybe(input, mark(Mark::Minus))?;
    let (rest, number) = number(i64::MAX as u64)(rest)?;
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    let number = if minus.is_some() { -number } else { number };
    Ok((rest, LiteralKind::Number(number)))
}

/// Words of answers that mean nothing in a question.
const WORDS: &[&str] = &["yes", "no", "empty", "kept", "weakened", "lost", "gained"];

/// Whether a word names a kind of contradiction.
fn is_kind_of_contradiction(word: &str) -> bool {
    contradictions::Kind::ALL
        .iter()
        .any(|kind| kind.word() == word)
}

/// Bare words that columns may hold: statuses, forms of relations, yes and no.
fn word(input: Tokens<'_>) -> Step<'_, String> {
    token(input, Want::Value, |token| {
        is_word(token).then(|| token.key.clone())
    })
}

fn is_word(token: &Token) -> bool {
    let readings = &token.readings;
    let answer = WORDS.contains(&token.key.as_str()) || is_kind_of_contradiction(&token.key);
    let known = readings.keyword.is_some() || readings.verb || readings.kind;
    token.form == Form::Plain && (known || (token.is_unknown() && answer))
}
