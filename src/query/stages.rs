//! Stages: what stands right of the bar. Each is a function from rows to rows.

use super::answer::{Row, Value, compare as in_order};
use super::answering::{Table, sort};
use super::comparison::{Change, Side, compare};
use super::grades;
use super::lowered::{Condition, Key, Operand, Stage};
use super::question::ast::Comparison;
use super::witnesses::minimal;
use crate::graph::contradictions::Assertion;
use crate::graph::{Graph, Provenance};
use crate::model::Day;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Applies a stage; [`Stage::Diff`], which needs two answers, leaves the rows as they are.
#[must_use]
pub fn apply(graph: &Graph, provenance: &Provenance, stage: &Stage, table: Table) -> Table {
    match stage {
        Stage::Count(by) => {
            let name = |at: &usize| table.columns[*at].clone();
            let columns = by.iter().map(name).chain(["count".to_owned()]).collect();
            aggregate((graph, provenance), &table, by, columns, |rows| {
                Value::Number(i64::try_from(rows.len()).unwrap_or(i64::MAX))
            })
        }
        Stage::List(column, by) => {
            let columns = by
                .iter()
                .chain([column])
                .map(|&at| table.columns[at].clone())
                .collect();
            aggregate((graph, provenance), &table, by, columns, |rows| {
                let mut values: Vec<Value> =
                    rows.iter().map(|row| row.values[*column].clone()).collect();
                values.sort_by(|one, other| in_order(graph, one, other));
                values.dedup();
                Value::List(values)
            })
        }
        Stage::Extreme { when, by, latest } => extreme(graph, table, *when, by, *latest),
        Stage::Where(conditions) => {
            let holds = |row: &Row| {
                conditions
                    .iter()
                    .all(|condition| meets(graph, provenance, row, condition))
            };
            let rows: Vec<Row> = table.rows.into_vec().into_iter().filter(holds).collect();
            Table {
                columns: table.columns,
                rows: rows.into(),
                sorted: table.sorted,
            }
        }
        Stage::Sort(keys) => {
            let mut rows = table.rows.into_vec();
            rows.sort_by(|one, other| {
                keys.iter()
                    .fold(Ordering::Equal, |order, &(descending, key)| {
                        order.then_with(|| {
                            let order = in_order(
                                graph,
                                &measure(graph, provenance, one, key),
                                &measure(graph, provenance, other, key),
                            );
                            if descending { order.reverse() } else { order }
                        })
                    })
            });
            Table {
                columns: table.columns,
                rows: rows.into(),
                sorted: true,
            }
        }
        Stage::Take(number) => {
            let mut rows = table.rows.into_vec();
            rows.truncate(usize::try_from(*number).unwrap_or(usize::MAX));
            Table {
                columns: table.columns,
                rows: rows.into(),
                sorted: table.sorted,
            }
        }
        Stage::Skip(number) => {
            let rows = table.rows.into_vec().into_iter();
            let rows: Vec<Row> = rows
                .skip(usize::try_from(*number).unwrap_or(usize::MAX))
                .collect();
            Table {
                columns: table.columns,
                rows: rows.into(),
                sorted: table.sorted,
            }
        }
        Stage::Show(columns) => show(graph, provenance, &table, columns),
        Stage::Diff(_) => table,
    }
}

/// Rows in groups of equal values, groups in the order of their first rows.
fn groups(rows: &[Row], key: impl Fn(&Row) -> Vec<Value>) -> Vec<(Vec<Value>, Vec<&Row>)> {
    let mut groups: Vec<(Vec<Value>, Vec<&Row>)> = Vec::new();
    let mut places: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    for row in rows {
        let key = key(row);
        // Values have no hash; their debug form is one to one.
        let place = *places.entry(format!("{key:?}")).or_insert(groups.len());
        if place == groups.len() {
            groups.push((key, Vec::new()));
        }
        groups[place].1.push(row);
    }
    groups
}

/// One row of several: what holds up any of them holds it up. Certain and asserted only if all are.
fn together(provenance: &Provenance, values: Vec<Value>, rows: &[&Row]) -> Row {
    let sets: BTreeSet<Vec<u32>> = rows
        .iter()
        .flat_map(|row| row.witnesses.iter().cloned())
        .collect();
    let asserted: BTreeSet<Assertion> = rows
        .iter()
        .flat_map(|row| row.asserted.iter().copied())
        .collect();
    let mut row = Row {
        values,
        certain: rows.iter().all(|row| row.certain),
        disputed: false,
        absence: rows.iter().any(|row| row.absence),
        witnesses: minimal(sets),
        asserted: asserted.into_iter().collect(),
        // Judged only if all are, by one record.
        judged: rows
            .iter()
            .map(|row| row.judged)
            .reduce(|one, other| one.filter(|_| one == other))
            .flatten(),
    };
    row.disputed = row.is_disputed(provenance);
    row
}

fn aggregate(
    (graph, provenance): (&Graph, &Provenance),
    table: &Table,
    by: &[usize],
    columns: Vec<String>,
    value: impl Fn(&[&Row]) -> Value,
) -> Table {
    let key = |row: &Row| by.iter().map(|&at| row.values[at].clone()).collect();
    let mut grouped = groups(&table.rows, key);
    if grouped.is_empty() && by.is_empty() {
        grouped.push((Vec::new(), Vec::new()));
    }
    let rows = grouped
        .into_iter()
        .map(|(mut values, rows)| {
            values.push(value(&rows));
            together(provenance, values, &rows)
        })
        .collect::<Vec<Row>>();
    let mut output = Table {
        columns,
        rows: rows.into(),
        sorted: false,
    };
    sort(graph, &mut output, None);
    output
}

/// `how many`: the last value of each row is counted by the others; the count goes to `position`.
pub(super) fn count_distinct(provenance: &Provenance, rows: &[Row], position: usize) -> Vec<Row> {
    let mut grouped = groups(rows, |row| row.values[..row.values.len() - 1].to_vec());
    let others = rows.first().map_or(0, |row| row.values.len() - 1);
    if grouped.is_empty() && others == 0 && position == 0 {
        grouped.push((Vec::new(), Vec::new()));
    }
    grouped
        .into_iter()
        .map(|(mut values, rows)| {
            values.insert(
                position.min(values.len()),
                Value::Number(i64::try_from(rows.len()).unwrap_or(i64::MAX)),
            );
            together(provenance, values, &rows)
        })
        .collect()
}

fn extreme(graph: &Graph, table: Table, when: usize, by: &[usize], latest: bool) -> Table {
    let key = |row: &Row| by.iter().map(|&at| row.values[at].clone()).collect();
    let day = |row: &Row| match row.values[when] {
        Value::Date(date) if latest => Some(graph.date(date).end.1),
        Value::Date(date) => Some(graph.date(date).start.0),
        _ => None,
    };
    let mut best: Vec<(Vec<Value>, Option<Day>)> = Vec::new();
    for (values, group) in groups(&table.rows, key) {
        let days = group.iter().filter_map(|row| day(row));
        best.push((values, if latest { days.max() } else { days.min() }));
    }
    // In place, so that rows keep the order that they have.
    let wanted = |row: &Row| {
        let values: Vec<Value> = key(row);
        let of_group = best.iter().find(|(known, _)| *known == values);
        of_group.is_some_and(|(_, best)| best.is_some() && day(row) == *best)
    };
    let rows: Vec<Row> = table
        .rows
        .iter()
        .filter(|row| wanted(row))
        .cloned()
        .collect();
    Table {
        columns: table.columns,
        rows: rows.into(),
        sorted: table.sorted,
    }
}

fn measure(graph: &Graph, provenance: &Provenance, row: &Row, key: Key) -> Value {
    let number = |count: usize| Value::Number(i64::try_from(count).unwrap_or(i64::MAX));
    match key {
        Key::Column(at) => row.values[at].clone(),
        Key::Sources => number(row.sources(provenance).len()),
        Key::Origins => number(row.origins(provenance).len()),
        Key::Claims => number(row.claims().len()),
        Key::Certain => Value::Truth(row.certain),
        Key::Disputed => Value::Truth(row.disputed),
        Key::Judged => Value::Truth(row.judged.is_some()),
        Key::Grades(scale) => grades::of_row(graph, provenance, row, scale),
    }
}

/// How people write a truth.
#[must_use]
pub fn yes_or_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

fn show(graph: &Graph, provenance: &Provenance, table: &Table, columns: &[(String, Key)]) -> Table {
    let key = |row: &Row| {
        columns
            .iter()
            .map(|&(_, key)| measure(graph, provenance, row, key))
            .collect()
    };
    let merged = |(values, mut rows): (Vec<Value>, Vec<&Row>)| {
        // What some source says outright needs no absence beside it.
        if rows.iter().any(|row| !row.absence) {
            rows.retain(|row| !row.absence);
        }
        let mut row = together(provenance, values, &rows);
        // Any of the rows suffices for what they share.
        row.certain = rows.iter().any(|row| row.certain);
        row.absence = rows.iter().all(|row| row.absence);
        row
    };
    let rows: Vec<Row> = groups(&table.rows, key).into_iter().map(merged).collect();
    let mut output = Table {
        columns: columns.iter().map(|(name, _)| name.clone()).collect(),
        rows: rows.into(),
        sorted: table.sorted,
    };
    if !output.sorted {
        sort(graph, &mut output, None);
    }
    output
}

fn meets(graph: &Graph, provenance: &Provenance, row: &Row, condition: &Condition) -> bool {
    let value = measure(graph, provenance, row, condition.key);
    let equal = |same: bool| match condition.comparison {
        Comparison::NotEqual => !same,
        _ => same,
    };
    match (&value, &condition.with) {
        (Value::Date(one), &Operand::DaysOf(days, at)) => match row.values[at] {
            Value::Date(other) => graph.date(*one).is_within(days, graph.date(other)),
            _ => false,
        },
        (Value::List(values), _) => values.iter().any(|value| compares(graph, value, condition)),
        (_, Operand::Named(_, _) | Operand::Kind(_) | Operand::Word(_) | Operand::Empty) => {
            equal(compares(graph, &value, condition))
        }
        _ => compares(graph, &value, condition),
    }
}

fn compares(graph: &Graph, value: &Value, condition: &Condition) -> bool {
    match (value, &condition.with) {
        (Value::Empty, Operand::Empty) => true,
        (Value::Number(one), Operand::Number(other)) => {
            ordered(one.cmp(other), condition.comparison)
        }
        (Value::Entity(entity), Operand::Named(entities, _)) => entities.contains(entity),
        (Value::Agent(agent), Operand::Named(_, agents)) => agents.contains(agent),
        (Value::Entity(entity), Operand::Kind(kinds)) => kinds[graph.kind_of(*entity) as usize],
        (Value::Word(word), Operand::Word(wanted)) => word == wanted,
        (Value::Truth(yes), Operand::Word(wanted)) => yes_or_no(*yes) == wanted,
        (Value::Date(date), Operand::Date(wanted)) => {
            in_time(graph.date(*date), wanted, condition.comparison)
        }
        (Value::Date(date), Operand::Number(year)) => {
            crate::model::Date::parse(&format!("{year:04}"))
                .is_ok_and(|wanted| in_time(graph.date(*date), &wanted, condition.comparison))
        }
        _ => false,
    }
}

fn ordered(order: Ordering, comparison: Comparison) -> bool {
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

/// Dates compare by all that they may be: `<` is wholly before, `=` wholly within.
fn in_time(date: &crate::model::Date, wanted: &crate::model::Date, comparison: Comparison) -> bool {
    let ((from, to), window) = ((date.start.0, date.end.1), wanted.widest());
    match comparison {
        Comparison::Equal | Comparison::Is => from >= window.from && to <= window.to,
        Comparison::NotEqual => !(from >= window.from && to <= window.to),
        Comparison::Less => to < window.from,
        Comparison::LessOrEqual => to <= window.to,
        Comparison::Greater => from > window.to,
        Comparison::GreaterOrEqual => from >= window.from,
        Comparison::Within => false,
    }
}

/// The rows of both answers with what became of each: `kept`, `weakened` (fewer claims, sources or origins), `lost`,
/// `gained`. Claims and sources are those of the answer that has the row; the first where both do.
#[must_use]
pub fn difference(
    graph: &Graph,
    before: (Table, &Provenance),
    after: (Table, &Provenance),
) -> Table {
    let side = |(table, provenance)| {
        let table: &Table = table;
        Side {
            graph,
            provenance,
            rows: &table.rows,
        }
    };
    let compared = compare(side((&before.0, before.1)), side((&after.0, after.1)));
    let kept = before.0.rows.iter().zip(&compared.before);
    let gained = compared.gained.iter();
    let gained = gained.map(|&at| (&after.0.rows[at], &Change::Gained));
    let rows = kept.chain(gained).map(|(row, change)| {
        let mut row = row.clone();
        row.values.push(Value::Word(change.word()));
        row
    });
    let rows: Vec<Row> = rows.collect();
    let mut columns = before.0.columns;
    columns.push("change".to_owned());
    let mut table = Table {
        columns,
        rows: rows.into(),
        sorted: before.0.sorted,
    };
    if !table.sorted {
        sort(graph, &mut table, None);
    }
    table
}
