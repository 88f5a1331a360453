//! What stands right of the bar.

use super::resolve::{self, Resolver};
use super::rows::{Cell, Row, arrange, compare, compare_all};
use super::world::World;
use super::{Claims, Outcome, Thing, refuse};
use casebook::model::Date;
use casebook::query::question::ast::{ColumnName, Comparison, Condition, LiteralKind, StageKind};
use casebook::text::fold;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

type Columns = Vec<String>;

/// Applies a stage to a table.
pub fn apply(
    world: &World<'_>,
    stage: &StageKind,
    columns: &mut Columns,
    rows: &mut Vec<Row>,
) -> Outcome<()> {
    let at = |name: &ColumnName| find(columns, &name.name);
    let all_at = |names: &[ColumnName]| names.iter().map(at).collect::<Outcome<Vec<usize>>>();
    match stage {
        StageKind::Count(by) => count(world, &all_at(by)?, columns, rows),
        StageKind::List(column, by) => {
            let (column, by) = (at(column)?, all_at(by)?);
            list(world, column, &by, columns, rows);
        }
        StageKind::Earliest(by) => extreme(columns, rows, &all_at(by)?, false)?,
        StageKind::Latest(by) => extreme(columns, rows, &all_at(by)?, true)?,
        StageKind::Where(conditions) => {
            for condition in conditions {
                let mut kept = Vec::new();
                for row in rows.iter() {
                    if holds(world, condition, columns, row)? {
                        kept.push(row.clone());
                    }
                }
                // The columns are looked up even where there are no rows.
                keyed(columns, &condition.column.name)?;
                *rows = kept;
            }
        }
        StageKind::Sort(keys) => {
            let mut by = Vec::new();
            for key in keys {
                by.push((keyed(columns, &key.column.name)?, key.descending));
            }
            rows.sort_by(|one, other| {
                let orders = by.iter().map(|(key, descending)| {
                    let order = compare(world, &key.of(one), &key.of(other));
                    if *descending { order.reverse() } else { order }
                });
                orders.fold(Ordering::Equal, Ordering::then)
            });
        }
        StageKind::Take(number) => rows.truncate(usize::try_from(*number).unwrap_or(usize::MAX)),
        StageKind::Skip(number) => {
            let skipped = usize::try_from(*number).unwrap_or(usize::MAX).min(rows.len());
            rows.drain(..skipped);
        }
        StageKind::Show(names) => show(world, names, columns, rows)?,
        StageKind::DiffIgnoring(_) => return refuse("a second diff"),
    }
    Ok(())
}

fn find(columns: &[String], name: &str) -> Outcome<usize> {
    match columns.iter().position(|column| column == name) {
        Some(at) => Ok(at),
        None => refuse("unknown column"),
    }
}

/// What a condition or a sort looks at.
enum Key {
    Column(usize),
    Sources,
    Origins,
    Claims,
    Certain,
    Disputed,
}

fn keyed(columns: &[String], name: &str) -> Outcome<Key> {
    Ok(match (find(columns, name), name) {
        (Ok(at), _) => Key::Column(at),
        (_, "sources") => Key::Sources,
        (_, "origins") => Key::Origins,
        (_, "claims") => Key::Claims,
        (_, "certain") => Key::Certain,
        (_, "disputed") => Key::Disputed,
        _ => return refuse("unknown column"),
    })
}

impl Key {
    fn of(&self, row: &Row) -> Cell {
        let number = |count: usize| Cell::Number(i64::try_from(count).unwrap_or(i64::MAX));
        let word = |yes: bool| Cell::Word(if yes { "yes" } else { "no" });
        match self {
            Self::Column(at) => row.values[*at].clone(),
            Self::Sources => number(row.sources.len()),
            Self::Origins => number(row.origins.len()),
            Self::Claims => number(row.claims().len()),
            Self::Certain => word(row.certain),
            Self::Disputed => word(row.disputed),
        }
    }
}

fn by_values(rows: &[Row], by: &[usize]) -> BTreeMap<Vec<Cell>, Vec<Row>> {
    let mut groups: BTreeMap<Vec<Cell>, Vec<Row>> = BTreeMap::new();
    if by.is_empty() {
        groups.insert(Vec::new(), Vec::new());
    }
    for row in rows {
        let values = by.iter().map(|&at| row.values[at].clone()).collect();
        groups.entry(values).or_default().push(row.clone());
    }
    groups
}

/// One row of several: what holds up any of them holds it up.
fn together(world: &World<'_>, values: Vec<Cell>, rows: &[Row]) -> Row {
    let witnesses = rows.iter().flat_map(|row| row.witnesses.clone()).collect();
    let certain = rows.iter().all(|row| row.certain);
    let absence = rows.iter().any(|row| row.absence);
    Row::of(world, values, witnesses, certain, absence)
}

fn number(count: usize) -> Cell {
    Cell::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

/// `count by …`
fn count(world: &World<'_>, by: &[usize], columns: &mut Columns, rows: &mut Vec<Row>) {
    *rows = by_values(rows, by)
        .into_iter()
        .map(|(mut values, group)| {
            values.push(number(group.len()));
            together(world, values, &group)
        })
        .collect();
    *columns = by.iter().map(|&at| columns[at].clone()).collect();
    columns.push("count".to_owned());
    arrange(world, rows);
}

/// `how many`: for each combination of the other values how many values the last has; the number goes to `position`.
pub fn count_distinct(
    world: &World<'_>,
    position: usize,
    columns: &mut Columns,
    rows: &mut Vec<Row>,
) {
    let others: Vec<usize> = (0..columns.len()).collect();
    *rows = by_values(rows, &others)
        .into_iter()
        .map(|(mut values, group)| {
            values.insert(position, number(group.len()));
            together(world, values, &group)
        })
        .collect();
    columns.insert(position, "count".to_owned());
    arrange(world, rows);
}

fn list(
    world: &World<'_>,
    column: usize,
    by: &[usize],
    columns: &mut Columns,
    rows: &mut Vec<Row>,
) {
    *rows = by_values(rows, by)
        .into_iter()
        .map(|(mut values, group)| {
            let distinct: BTreeSet<Cell> =
                group.iter().map(|row| row.values[column].clone()).collect();
            let mut listed: Vec<Cell> =
                distinct.into_iter().filter(|cell| *cell != Cell::Empty).collect();
            listed.sort_by(|one, other| compare(world, one, other));
            values.push(Cell::List(listed));
            together(world, values, &group)
        })
        .collect();
    *columns = by.iter().chain([&column]).map(|&at| columns[at].clone()).collect();
    arrange(world, rows);
}

fn extreme(columns: &[String], rows: &mut Vec<Row>, by: &[usize], latest: bool) -> Outcome<()> {
    let when = find(columns, "when")?;
    let key = |row: &Row| match &row.values[when] {
        Cell::Date(text) => Date::parse(text).ok().map(|date| {
            if latest { -i64::from(date.end.1) } else { i64::from(date.start.0) }
        }),
        _ => None,
    };
    let mut best: BTreeMap<Vec<Cell>, i64> = BTreeMap::new();
    let values = |row: &Row| by.iter().map(|&at| row.values[at].clone()).collect::<Vec<_>>();
    for row in rows.iter() {
        if let Some(key) = key(row) {
            let least = best.entry(values(row)).or_insert(key);
            *least = key.min(*least);
        }
    }
    rows.retain(|row| key(row).is_some() && key(row) == best.get(&values(row)).copied());
    Ok(())
}

fn holds(
    world: &World<'_>,
    condition: &Condition,
    columns: &[String],
    row: &Row,
) -> Outcome<bool> {
    let cell = keyed(columns, &condition.column.name)?.of(row);
    let resolver = Resolver::new(world, &[]);
    let order = match (&cell, &condition.value.kind) {
        (Cell::Number(number), LiteralKind::Number(other)) => Some(number.cmp(other)),
        (Cell::Date(text), LiteralKind::Date(other)) => in_time(text, other),
        (Cell::Date(text), LiteralKind::Number(year)) => in_time(text, &year.to_string()),
        (Cell::Thing(thing), LiteralKind::Kind(word)) => {
            let kind = resolver.kind(word)?;
            let is = world.kind_of(thing).is_some_and(|(known, _)| known == kind);
            is.then_some(Ordering::Equal)
        }
        (Cell::Thing(thing), LiteralKind::Name(name)) => {
            let named: Thing = resolve::agent(world, &[], name)?;
            Some(if *thing == named {
                Ordering::Equal
            } else {
                world.name_of(thing).cmp(&world.name_of(&named))
            })
        }
        (Cell::Word(word), LiteralKind::Word(other)) => {
            (fold::key(word) == fold::key(other)).then_some(Ordering::Equal)
        }
        _ => None,
    };
    Ok(match condition.comparison {
        Comparison::Equal | Comparison::Is => order == Some(Ordering::Equal),
        Comparison::NotEqual => order != Some(Ordering::Equal),
        Comparison::Less => order == Some(Ordering::Less),
        Comparison::LessOrEqual => order.is_some_and(Ordering::is_le),
        Comparison::Greater => order == Some(Ordering::Greater),
        Comparison::GreaterOrEqual => order.is_some_and(Ordering::is_ge),
    })
}

/// A date against another: before it, after it, or within it.
fn in_time(one: &str, other: &str) -> Option<Ordering> {
    let (one, other) = (Date::parse(one).ok()?, Date::parse(other).ok()?);
    Some(if one.end.1 < other.start.0 {
        Ordering::Less
    } else if one.start.0 > other.end.1 {
        Ordering::Greater
    } else {
        Ordering::Equal
    })
}

fn show(
    world: &World<'_>,
    names: &[ColumnName],
    columns: &mut Columns,
    rows: &mut Vec<Row>,
) -> Outcome<()> {
    let keys: Outcome<Vec<Key>> = names.iter().map(|name| keyed(columns, &name.name)).collect();
    let keys = keys?;
    let mut merged: Vec<Row> = Vec::new();
    for row in rows.iter() {
        let values: Vec<Cell> = keys.iter().map(|key| key.of(row)).collect();
        let known = merged.iter_mut().find(|known| known.values == values);
        let Some(known) = known else {
            merged.push(Row { values, ..row.clone() });
            continue;
        };
        let certain = known.certain || row.certain;
        let absence = known.absence && row.absence;
        let both = if known.absence == row.absence {
            known.witnesses.union(&row.witnesses).cloned().collect()
        } else if known.absence {
            row.witnesses.clone()
        } else {
            known.witnesses.clone()
        };
        *known = Row::of(world, values, both, certain, absence);
    }
    *rows = merged;
    *columns = names.iter().map(|name| name.name.clone()).collect();
    Ok(())
}

/// The rows of both answers, and what became of each.
pub fn diff(
    world: &World<'_>,
    _other: &World<'_>,
    columns: &mut Columns,
    rows: &mut Vec<Row>,
    after: Vec<Row>,
) {
    let mut all = Vec::new();
    for row in rows.iter() {
        let there = after.iter().find(|there| there.values == row.values);
        let change = match there {
            None => "lost",
            Some(there)
                if there.claims().len() < row.claims().len()
                    || there.sources.len() < row.sources.len()
                    || there.origins.len() < row.origins.len() =>
            {
                "weakened"
            }
            Some(_) => "kept",
        };
        all.push((row.clone(), change));
    }
    for there in after {
        if !rows.iter().any(|row| row.values == there.values) {
            all.push((there, "gained"));
        }
    }
    *rows = all
        .into_iter()
        .map(|(mut row, change)| {
            row.values.push(Cell::Word(change));
            row
        })
        .collect();
    columns.push("change".to_owned());
    rows.sort_by(|one, other| compare_all(world, &one.values, &other.values));
    arrange(world, rows);
}
