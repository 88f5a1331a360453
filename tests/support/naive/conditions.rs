//! Conditions of `where`.

use super::names;
use super::resolve::Resolver;
use super::rows::{Cell, Row};
use super::stages::{Column, Holds, Key};
use super::world::World;
use super::{Outcome, refuse};
use casebook::model::Date;
use casebook::query::question::ast::{Comparison, Condition, LiteralKind};
use std::cmp::Ordering;

type Test<'a> = Box<dyn Fn(&Row) -> bool + 'a>;

/// Whether a row meets a condition.
pub fn read<'a>(
    world: &'a World<'a>,
    columns: &[Column],
    condition: &'a Condition,
) -> Outcome<Test<'a>> {
    let key = Key::of(columns, &condition.column.name)?;
    let (comparison, value) = (condition.comparison, &condition.value.kind);
    if let LiteralKind::Days(days, other) = value {
        let other = Key::of(columns, &other.name)?;
        if [key, other].map(|key| key.holds(columns)) != [Holds::Dates; 2] {
            return refuse("cannot be compared");
        }
        return Ok(Box::new(move |row| {
            match (key.value(row), other.value(row)) {
                (Cell::Date(one), Cell::Date(other)) => are_near(&one, &other, *days),
                _ => false,
            }
        }));
    }
    let undated = |word: &str| word == "undated" || word == "empty";
    let fits = match (key.holds(columns), value) {
        (Holds::Lists, _) => true,
        (Holds::Numbers, LiteralKind::Number(_)) => true,
        (Holds::Dates, LiteralKind::Number(_) | LiteralKind::Date(_)) => true,
        (Holds::Things, LiteralKind::Name(_) | LiteralKind::Kind(_)) => true,
        (Holds::Dates | Holds::Things, LiteralKind::Word(word)) => undated(word),
        (Holds::Words, LiteralKind::Word(word)) => !undated(word),
        _ => false,
    };
    let by_order = !matches!(
        comparison,
        Comparison::Equal | Comparison::NotEqual | Comparison::Is
    );
    let has_order = matches!(value, LiteralKind::Number(_) | LiteralKind::Date(_));
    if !fits || by_order && !has_order {
        return refuse("cannot be compared");
    }
    let test: Box<dyn Fn(&Cell) -> bool> = match value {
        LiteralKind::Number(number) => Box::new(move |cell| match cell {
            Cell::Number(known) => in_order(known.cmp(number), comparison),
            Cell::Date(text) => in_time(text, &format!("{number:04}"), comparison),
            _ => false,
        }),
        LiteralKind::Date(date) => Box::new(move |cell| match cell {
            Cell::Date(text) => in_time(text, date, comparison),
            _ => false,
        }),
        LiteralKind::Name(name) => {
            let wanted = names::agent(world, &[], name)?;
            alike(
                comparison,
                move |cell| matches!(cell, Cell::Thing(thing) if *thing == wanted),
            )
        }
        LiteralKind::Kind(word) => {
            let wanted = Resolver::new(world, &[]).kind(word)?;
            alike(comparison, move |cell| {
                matches!(cell, Cell::Thing(thing)
                    if world.kind_of(thing).is_some_and(|(kind, _)| kind == wanted))
            })
        }
        LiteralKind::Word(word) if undated(word) => alike(comparison, |cell| *cell == Cell::Empty),
        LiteralKind::Grade(_) | LiteralKind::Days(_, _) => return refuse("cannot be compared"),
        LiteralKind::Word(word) => alike(
            comparison,
            move |cell| matches!(cell, Cell::Word(known) if known == word),
        ),
    };
    Ok(Box::new(move |row| match key.value(row) {
        Cell::List(cells) => cells.iter().any(&test),
        cell => test(&cell),
    }))
}

fn alike<'a>(
    comparison: Comparison,
    same: impl Fn(&Cell) -> bool + 'a,
) -> Box<dyn Fn(&Cell) -> bool + 'a> {
    Box::new(move |cell| same(cell) != (comparison == Comparison::NotEqual))
}

fn in_order(order: Ordering, comparison: Comparison) -> bool {
    match comparison {
        Comparison::Equal | Comparison::Is => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::GreaterOrEqual => order.is_ge(),
        Comparison::Within => false,
    }
}

/// `=` is wholly within, `<` wholly before, `<=` wholly before its end; a date that is none meets nothing.
fn in_time(one: &str, other: &str, comparison: Comparison) -> bool {
    let (Ok(one), Ok(other)) = (Date::parse(one), Date::parse(other)) else {
        return false;
    };
    let (from, to) = (one.start.0, one.end.1);
    let (first, last) = (other.start.0, other.end.1);
    match comparison {
        Comparison::Equal | Comparison::Is => first <= from && to <= last,
        Comparison::NotEqual => !(first <= from && to <= last),
        Comparison::Less => to < first,
        Comparison::LessOrEqual => to <= last,
        Comparison::Greater => from > last,
        Comparison::GreaterOrEqual => from >= first,
        Comparison::Within => false,
    }
}

/// Whether every day of one date is within so many days of every day of the other.
fn are_near(one: &str, other: &str, days: u32) -> bool {
    let (Ok(one), Ok(other)) = (Date::parse(one), Date::parse(other)) else {
        return false;
    };
    let firsts = [one.start.0, other.start.0].map(i64::from);
    let lasts = [one.end.1, other.end.1].map(i64::from);
    let farthest = (lasts[0] - firsts[1]).max(lasts[1] - firsts[0]);
    farthest <= i64::from(days)
}
