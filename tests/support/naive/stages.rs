//! What stands right of the bar.

use super::conditions;
use super::rows::{Cell, Row, arrange, compare};
use super::world::World;
use super::{Outcome, grades, refuse};
use casebook::model::Date;
use casebook::query::question::ast::{ColumnName, StageKind};
use casebook::text::fold;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Rows on their way through the stages.
#[derive(Debug, Clone)]
pub struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Whether the rows are in an order of their own.
    pub sorted: bool,
}

/// A column's name, and what its cells are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub holds: Holds,
}

impl Column {
    pub fn of(name: &str, holds: Holds) -> Self {
        Self {
            name: name.to_owned(),
            holds,
        }
    }
}

/// What cells are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Entities, sources, speakers.
    Things,
    Dates,
    Numbers,
    Words,
    Lists,
    /// Grades, which only conditions on evidence compare.
    Grades,
    /// Relations and paths, which nothing is compared with.
    Others,
}

/// Applies a stage to a table.
pub fn apply(world: &World<'_>, stage: &StageKind, table: &mut Table) -> Outcome<()> {
    let no_columns = table.columns.is_empty();
    let only_grades = matches!(stage, StageKind::Where(all) if all.iter().all(grades::is_grading));
    let free = matches!(stage, StageKind::Count(_) | StageKind::DiffIgnoring(_)) || only_grades;
    if no_columns && !free {
        return refuse("no columns");
    }
    let columns = table.columns.clone();
    let at = |name: &ColumnName| find(&columns, &name.name);
    let all_at = |names: &[ColumnName]| names.iter().map(at).collect::<Outcome<Vec<usize>>>();
    match stage {
        StageKind::Count(by) => count(world, &all_at(by)?, table),
        StageKind::List(column, by) => list(world, at(column)?, &all_at(by)?, table),
        StageKind::Earliest(by) => extreme(table, &all_at(by)?, false)?,
        StageKind::Latest(by) => extreme(table, &all_at(by)?, true)?,
        StageKind::Where(all) => {
            for condition in all.iter().filter(|one| !grades::is_grading(one)) {
                let holds = conditions::read(world, &columns, condition)?;
                table.rows.retain(|row| holds(row));
            }
        }
        StageKind::Sort(keys) => {
            let mut by = Vec::new();
            for key in keys {
                by.push((Key::of(&columns, &key.column.name)?, key.descending));
            }
            table.rows.sort_by(|one, other| {
                let orders = by.iter().map(|(key, descending)| {
                    let order = compare(world, &key.value(one), &key.value(other));
                    if *descending { order.reverse() } else { order }
                });
                orders.fold(Ordering::Equal, Ordering::then)
            });
            table.sorted = true;
        }
        StageKind::Take(number) => {
            table
                .rows
                .truncate(usize::try_from(*number).unwrap_or(usize::MAX));
        }
        StageKind::Skip(number) => {
            let skipped = usize::try_from(*number).unwrap_or(usize::MAX);
            table.rows.drain(..skipped.min(table.rows.len()));
        }
        StageKind::Show(names) => show(world, names, table)?,
        StageKind::DiffIgnoring(_) => return refuse("not of one table"),
    }
    Ok(())
}

fn find(columns: &[Column], name: &str) -> Outcome<usize> {
    let is = |column: &Column| fold::key(&column.name) == fold::key(name);
    match columns.iter().position(is) {
        Some(at) => Ok(at),
        None => refuse("unknown column"),
    }
}

/// What a condition or a sort looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Column(usize),
    Sources,
    Origins,
    Claims,
    Certain,
    Disputed,
    Reliability,
    Credibility,
    Judged,
}

impl Key {
    /// A column by its name, else a measure by its.
    pub fn of(columns: &[Column], name: &str) -> Outcome<Self> {
        Ok(match (find(columns, name), name) {
            (Ok(at), _) => Self::Column(at),
            (_, "sources") => Self::Sources,
            (_, "origins") => Self::Origins,
            (_, "claims") => Self::Claims,
            (_, "certain") => Self::Certain,
            (_, "disputed") => Self::Disputed,
            (_, "reliability") => Self::Reliability,
            (_, "credibility") => Self::Credibility,
            (_, "judged") => Self::Judged,
            _ => return refuse("unknown column"),
        })
    }

    /// What there is to find there.
    pub fn holds(self, columns: &[Column]) -> Holds {
        match self {
            Self::Column(at) => columns[at].holds,
            Self::Sources | Self::Origins | Self::Claims => Holds::Numbers,
            Self::Certain | Self::Disputed | Self::Judged => Holds::Words,
            Self::Reliability | Self::Credibility => Holds::Grades,
        }
    }

    /// What a row has there.
    pub fn value(self, row: &Row) -> Cell {
        let words = |grades: &BTreeSet<&'static str>| {
            Cell::List(grades.iter().map(|grade| Cell::Word(grade)).collect())
        };
        let word = |yes: bool| Cell::Word(if yes { "yes" } else { "no" });
        match self {
            Self::Column(at) => row.values[at].clone(),
            Self::Sources => number(row.sources.len()),
            Self::Origins => number(row.origins.len()),
            Self::Claims => number(row.claims().len()),
            Self::Certain => word(row.certain),
            Self::Disputed => word(row.disputed),
            Self::Reliability => words(&row.reliability),
            Self::Credibility => words(&row.credibility),
            Self::Judged => word(row.judged.is_some()),
        }
    }
}

fn number(count: usize) -> Cell {
    Cell::Number(i64::try_from(count).unwrap_or(i64::MAX))
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
    Row::of(world, values, witnesses, certain, absence).made_of(world, rows)
}

fn count(world: &World<'_>, by: &[usize], table: &mut Table) {
    table.rows = by_values(&table.rows, by)
        .into_iter()
        .map(|(mut values, group)| {
            values.push(number(group.len()));
            together(world, values, &group)
        })
        .collect();
    table.columns = by.iter().map(|&at| table.columns[at].clone()).collect();
    table.columns.push(Column::of("count", Holds::Numbers));
    table.sorted = false;
    arrange(world, &mut table.rows);
}

/// `how many`: for each combination of the other values how many values the last has; the number goes to `position`.
pub fn count_distinct(
    world: &World<'_>,
    position: usize,
    columns: &mut Vec<Column>,
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
    columns.insert(position, Column::of("count", Holds::Numbers));
    arrange(world, rows);
}

fn list(world: &World<'_>, column: usize, by: &[usize], table: &mut Table) {
    table.rows = by_values(&table.rows, by)
        .into_iter()
        .map(|(mut values, group)| {
            let distinct: BTreeSet<Cell> =
                group.iter().map(|row| row.values[column].clone()).collect();
            let mut listed: Vec<Cell> = distinct.into_iter().collect();
            listed.sort_by(|one, other| compare(world, one, other));
            values.push(Cell::List(listed));
            together(world, values, &group)
        })
        .collect();
    let listed = Column {
        holds: Holds::Lists,
        ..table.columns[column].clone()
    };
    table.columns = by.iter().map(|&at| table.columns[at].clone()).collect();
    table.columns.push(listed);
    table.sorted = false;
    arrange(world, &mut table.rows);
}

fn extreme(table: &mut Table, by: &[usize], latest: bool) -> Outcome<()> {
    let when = find(&table.columns, "when")?;
    let key = |row: &Row| match &row.values[when] {
        Cell::Date(text) => Date::parse(text).ok().map(|date| {
            if latest {
                -i64::from(date.end.1)
            } else {
                i64::from(date.start.0)
            }
        }),
        _ => None,
    };
    let mut best: BTreeMap<Vec<Cell>, i64> = BTreeMap::new();
    let values = |row: &Row| {
        by.iter()
            .map(|&at| row.values[at].clone())
            .collect::<Vec<_>>()
    };
    for row in &table.rows {
        if let Some(key) = key(row) {
            let least = best.entry(values(row)).or_insert(key);
            *least = key.min(*least);
        }
    }
    table
        .rows
        .retain(|row| key(row).is_some() && key(row) == best.get(&values(row)).copied());
    Ok(())
}

fn show(world: &World<'_>, names: &[ColumnName], table: &mut Table) -> Outcome<()> {
    let keys: Outcome<Vec<Key>> = names
        .iter()
        .map(|name| Key::of(&table.columns, &name.name))
        .collect();
    let keys = keys?;
    let mut merged: Vec<Row> = Vec::new();
    for row in &table.rows {
        let values: Vec<Cell> = keys.iter().map(|key| key.value(row)).collect();
        let Some(known) = merged.iter_mut().find(|known| known.values == values) else {
            merged.push(Row {
                values,
                ..row.clone()
            });
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
        let parts = [known.clone(), row.clone()];
        *known = Row::of(world, values, both, certain, absence).made_of(world, &parts);
    }
    table.rows = merged;
    let columns = names.iter().zip(keys);
    table.columns = columns
        .map(|(name, key)| Column::of(&name.name, key.holds(&table.columns)))
        .collect();
    if !table.sorted {
        arrange(world, &mut table.rows);
    }
    Ok(())
}

/// Whether two rows are one: their sides share a claim, all else is the same.
fn alike(one: &[Cell], other: &[Cell]) -> bool {
    let same = |(one, other): (&Cell, &Cell)| match (one, other) {
        (Cell::Side(one), Cell::Side(other)) => one.iter().any(|it| other.contains(it)),
        _ => one == other,
    };
    one.len() == other.len() && one.iter().zip(other).all(same)
}

/// The rows of both answers, and what became of each.
pub fn diff(world: &World<'_>, table: &mut Table, after: Vec<Row>) {
    let mut all = Vec::new();
    for row in &table.rows {
        let there = after.iter().find(|there| alike(&row.values, &there.values));
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
        if !table
            .rows
            .iter()
            .any(|row| alike(&row.values, &there.values))
        {
            all.push((there, "gained"));
        }
    }
    table.rows = all
        .into_iter()
        .map(|(mut row, change)| {
            row.values.push(Cell::Word(change));
            row
        })
        .collect();
    table.columns.push(Column::of("change", Holds::Words));
    if !table.sorted {
        arrange(world, &mut table.rows);
    }
}
