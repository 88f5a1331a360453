//! Stages on rows that stand in columns: the same as one by one, without making rows that no later stage keeps.

use super::answering::Table;
use super::grouping;
use super::lowered::{Condition, Key, Lowered, Operand, Stage};
use super::rows::{Cells, Columns, Rows};
use crate::graph::{Graph, NONE, Provenance};

/// What a stage needs to know of the casebook.
type Place<'a> = (&'a Graph, &'a Provenance);

/// Applies the first of these stages, or several at once, if the rows stand in columns and it can be done so: the rows
/// then, and how many stages that was.
pub(super) fn apply(place: Place<'_>, stages: &[Stage], table: &Table) -> Option<(Table, usize)> {
    let rows = table.rows.columns()?;
    let (columns, rows, sorted, done) = match stages {
        [Stage::Count(by), ..] => {
            let counted = grouping::count(place, rows, by)?;
            let name = |at: &usize| table.columns[*at].clone();
            let columns = by.iter().map(name).chain(["count".to_owned()]).collect();
            (columns, counted, false, 1)
        }
        [Stage::Sort(keys), rest @ ..] => {
            let wanted = match rest {
                [Stage::Take(number), ..] => Some(usize::try_from(*number).unwrap_or(usize::MAX)),
                _ => None,
            };
            let order = order(place, rows, keys, wanted.unwrap_or(usize::MAX))?;
            let done = 1 + usize::from(wanted.is_some());
            (table.columns.clone(), rows.pick(&order), true, done)
        }
        [Stage::Where(conditions), ..] => {
            let kept = kept(place.0, rows, conditions)?;
            (table.columns.clone(), rows.pick(&kept), table.sorted, 1)
        }
        [Stage::Take(number), ..] => {
            let number = u32::try_from(*number).unwrap_or(NONE);
            let all = count(rows);
            let first: Vec<u32> = (0..number.min(all)).collect();
            (table.columns.clone(), rows.pick(&first), table.sorted, 1)
        }
        [Stage::Skip(number), ..] => {
            let number = u32::try_from(*number).unwrap_or(NONE);
            let rest: Vec<u32> = (number.min(count(rows))..count(rows)).collect();
            (table.columns.clone(), rows.pick(&rest), table.sorted, 1)
        }
        _ => return None,
    };
    let table = Table {
        columns,
        rows: Rows::from(rows),
        sorted,
    };
    Some((table, done))
}

/// The rows that meet all conditions, where each holds two dates together.
fn kept(graph: &Graph, rows: &Columns, conditions: &[Condition]) -> Option<Vec<u32>> {
    let mut kept: Vec<u32> = (0..count(rows)).collect();
    for condition in conditions {
        let (Key::Column(one), Operand::DaysOf(days, other)) = (condition.key, &condition.with)
        else {
            return None;
        };
        let dates = |at: usize| match &rows.columns[at] {
            (Cells::Dates, column) => Some(column),
            _ => None,
        };
        let (one, other) = (dates(one)?, dates(*other)?);
        kept.retain(|&row| {
            let (one, other) = (one[row as usize], other[row as usize]);
            let dated = one != NONE && other != NONE;
            dated && graph.is_within(one, other, *days)
        });
    }
    Some(kept)
}

/// `how many`, where it is asked: the last column is counted by the others, and the count goes to its place. `None` where
/// there are no rows: whether that is one count of nothing is told elsewhere.
pub(super) fn counted(place: Place<'_>, lowered: &Lowered, rows: Columns) -> Option<Columns> {
    let Some(asked) = lowered.counted else {
        return Some(rows);
    };
    let others: Vec<usize> = (0..rows.columns.len() - 1).collect();
    if rows.is_empty() {
        return None;
    }
    let mut counted = grouping::count(place, &rows, &others)?;
    let numbers = counted.columns.pop()?;
    let position = asked.position.min(counted.columns.len());
    counted.columns.insert(position, numbers);
    Some(counted)
}

fn count(rows: &Columns) -> u32 {
    u32::try_from(rows.len()).unwrap_or(NONE)
}

/// The rows in the order of some keys (true for greatest first), equal ones as they stand; only the first of them where
/// only those are wanted. `None` where a key is not a number.
fn order(
    place: Place<'_>,
    rows: &Columns,
    keys: &[(bool, Key)],
    wanted: usize,
) -> Option<Vec<u32>> {
    let measures: Vec<Vec<u32>> = keys
        .iter()
        .map(|&(descending, key)| {
            let mut measure = measure(place, rows, key)?;
            if descending {
                measure.iter_mut().for_each(|number| *number = !*number);
            }
            Some(measure)
        })
        .collect::<Option<_>>()?;
    let key = |row: u32| (measures.iter().map(move |it| it[row as usize]), row);
    let before = |one: &u32, other: &u32| {
        let ((one, at), (other, other_at)) = (key(*one), key(*other));
        one.cmp(other).then(at.cmp(&other_at))
    };
    let mut order: Vec<u32> = (0..count(rows)).collect();
    if wanted < order.len() {
        order.select_nth_unstable_by(wanted, before);
        order.truncate(wanted);
    }
    order.sort_unstable_by(before);
    Some(order)
}

/// What rows are sorted by, as numbers in the same order.
fn measure((graph, provenance): Place<'_>, rows: &Columns, key: Key) -> Option<Vec<u32>> {
    let all = 0..rows.len();
    let number = |count: usize| u32::try_from(count).unwrap_or(NONE);
    let distinct = |row: usize, of: &dyn Fn(u32) -> Vec<u32>| {
        let mut found: Vec<u32> = rows.claims_of(row).into_iter().flat_map(of).collect();
        found.sort_unstable();
        found.dedup();
        number(found.len())
    };
    Some(match key {
        Key::Column(at) => {
            let (cells, column) = &rows.columns[at];
            let place = |&cell: &u32| match cells {
                _ if cell == NONE => NONE,
                Cells::Entities => graph.name_order(cell),
                Cells::Relations => graph.relation_order(cell),
                Cells::Dates | Cells::Numbers => cell,
            };
            column.iter().map(place).collect()
        }
        Key::Claims if rows.width == 1 => {
            all.map(|row| number(rows.witnesses(row).len())).collect()
        }
        Key::Claims => all.map(|row| number(rows.claims_of(row).len())).collect(),
        Key::Sources => {
            let sources = |claim| provenance.sources(claim).to_vec();
            all.map(|row| distinct(row, &sources)).collect()
        }
        Key::Origins => {
            let origins = |claim| provenance.origins(claim).to_vec();
            all.map(|row| distinct(row, &origins)).collect()
        }
        Key::Certain => rows.certain.iter().map(|&yes| u32::from(yes)).collect(),
        Key::Disputed => rows.disputed.iter().map(|&yes| u32::from(yes)).collect(),
        Key::Judged => vec![0; rows.len()],
        Key::Grades(_) => return None,
    })
}
