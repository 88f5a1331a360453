//! Derivations into rows, column by column: rows with equal values become one, with the witnesses of all.
//!
//! Every column is turned into places in the order of values, two or three of them are packed into one number with the
//! row's own, and the numbers are sorted: what is equal stands side by side, in the order in which rows are shown.

use super::algebra::{Sort, Var};
use super::lowered::{Lowered, Order};
use super::relation::{ABSENCE, Relation, UNCERTAIN};
use super::rows::{Cells, Columns};
use crate::graph::{Graph, NONE, Provenance};

/// From how many rows on both cores sort.
const LONG: usize = 1 << 16;

/// A column of an answer: the variables of which at most one is bound in a row.
struct Asked {
    cells: Cells,
    at: Vec<usize>,
}

/// The rows of a relation in columns, in the order of their values. `None` where they do not fit: some column holds
/// other than entities, relations and dates, some witness has not one claim for every verb, or there are more than three
/// columns.
pub(super) fn group(
    (graph, provenance): (&Graph, &Provenance),
    lowered: &Lowered,
    relation: &Relation,
) -> Option<Columns> {
    if lowered.order == Order::Weight {
        return None;
    }
    let asked = asked(lowered, relation)?;
    let claims = claim_columns(lowered, relation)?;
    let absence = relation.all_marks() & ABSENCE != 0;
    if absence && !(0..relation.len()).all(|row| relation.marks(row) & ABSENCE != 0) {
        return None;
    }
    let by_date = match lowered.order {
        Order::Time => lowered.columns.iter().position(|(name, _)| name == "when"),
        _ => None,
    };
    // The date first, where time is the order.
    let mut order: Vec<usize> = (0..asked.len()).collect();
    order.sort_by_key(|&at| Some(at) != by_date);
    let cell = |row: &[u32], asked: &Asked| {
        let mut bound = asked.at.iter().map(|&at| row[at]);
        bound.find(|&cell| cell != NONE).unwrap_or(NONE)
    };
    let place = |row: &[u32], at: usize| {
        let cell = cell(row, &asked[at]);
        match asked[at].cells {
            _ if cell == NONE => NONE,
            Cells::Entities => graph.name_order(cell),
            Cells::Relations => graph.relation_order(cell),
            Cells::Dates | Cells::Numbers => cell,
        }
    };
    let groups = match *order.as_slice() {
        [] => Groups::of(relation, |_| 0_u64),
        [one] => Groups::of(relation, |row| u64::from(place(row, one))),
        [one, two] => Groups::of(relation, |row| {
            u128::from(place(row, one)) << 32 | u128::from(place(row, two))
        }),
        [one, two, three] => Groups::of(relation, |row| {
            u128::from(place(row, one)) << 64
                | u128::from(place(row, two)) << 32
                | u128::from(place(row, three))
        }),
        _ => return None,
    };
    let mut output = Columns {
        width: claims.len(),
        absence,
        ..Columns::default()
    };
    for column in &asked {
        let firsts = groups.firsts.iter();
        let cells = firsts.map(|&at| cell(relation.row(groups.row(at)), column));
        output.columns.push((column.cells, cells.collect()));
    }
    gather(&groups, relation, &claims, provenance, &mut output);
    Some(output)
}

/// Adds the witnesses of every group.
fn gather(
    groups: &Groups,
    relation: &Relation,
    claims: &[usize],
    provenance: &Provenance,
    output: &mut Columns,
) {
    output.claims.reserve(relation.len() * claims.len());
    let ends = groups.firsts.iter().skip(1).copied();
    let ends = ends.chain([u32::try_from(relation.len()).unwrap_or(NONE)]);
    for (&from, to) in groups.firsts.iter().zip(ends) {
        let start = output.claims.len();
        let mut certain = false;
        for at in from..to {
            let row = groups.row(at);
            certain |= relation.marks(row) & UNCERTAIN == 0;
            let cells = relation.row(row);
            match *claims {
                [claim] => output.claims.push(cells[claim]),
                _ => {
                    let begin = output.claims.len();
                    output.claims.extend(claims.iter().map(|&at| cells[at]));
                    output.claims[begin..].sort_unstable();
                }
            }
        }
        output.end_row_from(start, certain, provenance);
    }
}

fn asked(lowered: &Lowered, relation: &Relation) -> Option<Vec<Asked>> {
    let counted = lowered.counted.map(|counted| vec![counted.var]);
    let columns = lowered.columns.iter().map(|(_, vars)| vars);
    columns
        .chain(counted.as_ref())
        .map(|vars| {
            let cells = |var: &Var| match lowered.variables.get(*var).sort {
                Sort::Entity => Some(Cells::Entities),
                Sort::Relation => Some(Cells::Relations),
                Sort::Date => Some(Cells::Dates),
                _ => None,
            };
            let first = cells(vars.first()?)?;
            let same = vars.iter().all(|var| cells(var) == Some(first));
            let at = vars.iter().filter_map(|&var| relation.position(var));
            same.then(|| Asked {
                cells: first,
                at: at.collect(),
            })
        })
        .collect()
}

/// The columns of claims; `None` where a row lacks one, or has one claim twice, or holds several in one cell.
fn claim_columns(lowered: &Lowered, relation: &Relation) -> Option<Vec<usize>> {
    let mut claims = Vec::new();
    for (at, &var) in relation.columns().iter().enumerate() {
        match lowered.variables.get(var).sort {
            Sort::Claim => claims.push(at),
            Sort::Chain if relation.rows().any(|(row, _)| row[at] != NONE) => return None,
            _ => {}
        }
    }
    let distinct = |row: &[u32]| {
        let mut rest = claims.as_slice();
        while let [first, others @ ..] = rest {
            if row[*first] == NONE || others.iter().any(|at| row[*at] == row[*first]) {
                return false;
            }
            rest = others;
        }
        true
    };
    let fits = !claims.is_empty() && relation.rows().all(|(row, _)| distinct(row));
    fits.then_some(claims)
}

/// The rows of a relation in groups of equal keys, groups in the order of their keys.
struct Groups {
    /// The rows in the order of their keys; `None` where they stand in it already.
    order: Option<Vec<u32>>,
    /// Where each group begins in that order.
    firsts: Vec<u32>,
}

impl Groups {
    fn of<K: Key>(relation: &Relation, key: impl Fn(&[u32]) -> K) -> Self {
        let rows = (0..).zip(relation.rows());
        Self::sorted(rows.map(|(at, (row, _))| key(row).with(at)).collect())
    }

    fn sorted<K: Key>(mut keys: Vec<K>) -> Self {
        let in_order = keys.is_sorted();
        if !in_order {
            sort(&mut keys);
        }
        let mut firsts = Vec::new();
        let mut last = None;
        for (at, key) in (0..).zip(&keys) {
            let key = key.without_row();
            if last != Some(key) {
                firsts.push(at);
                last = Some(key);
            }
        }
        let order = (!in_order).then(|| keys.iter().map(|key| key.row()).collect());
        Self { order, firsts }
    }

    fn row(&self, at: u32) -> usize {
        self.order
            .as_ref()
            .map_or(at as usize, |order| order[at as usize] as usize)
    }
}

/// A key with the number of its row in its lowest 32 bits.
trait Key: Copy + Ord + Send {
    fn with(self, row: u32) -> Self;
    fn row(self) -> u32;
    fn without_row(self) -> Self;
}

impl Key for u64 {
    fn with(self, row: u32) -> Self {
        self << 32 | Self::from(row)
    }

    fn row(self) -> u32 {
        self as u32
    }

    fn without_row(self) -> Self {
        self >> 32
    }
}

impl Key for u128 {
    fn with(self, row: u32) -> Self {
        self << 32 | Self::from(row)
    }

    fn row(self) -> u32 {
        self as u32
    }

    fn without_row(self) -> Self {
        self >> 32
    }
}

/// Sorts keys, all different; both halves at once where they are many. However it is done, there is one order.
fn sort<K: Key>(keys: &mut [K]) {
    if keys.len() < LONG {
        keys.sort_unstable();
        return;
    }
    let (one, other) = keys.split_at_mut(keys.len() / 2);
    std::thread::scope(|scope| {
        scope.spawn(|| one.sort_unstable());
        other.sort_unstable();
    });
    // The stable sort finds both halves in order and merges them.
    keys.sort();
}

/// The rows of some columns by the cells of others (at most three): how many there are of each, with the witnesses of
/// all. `None` where it cannot be done column by column.
pub(super) fn count(
    (graph, provenance): (&Graph, &Provenance),
    rows: &Columns,
    by: &[usize],
) -> Option<Columns> {
    let place = |row: usize, at: usize| {
        let (cells, column) = &rows.columns[at];
        match (column[row], cells) {
            (NONE, _) => NONE,
            (cell, Cells::Entities) => graph.name_order(cell),
            (cell, Cells::Relations) => graph.relation_order(cell),
            (cell, Cells::Dates | Cells::Numbers) => cell,
        }
    };
    let all = 0..u32::try_from(rows.len()).unwrap_or(NONE);
    let groups = match *by {
        [] => Groups::sorted(all.map(|row| 0_u64.with(row)).collect()),
        [one] => Groups::sorted(
            all.map(|row| u64::from(place(row as usize, one)).with(row))
                .collect(),
        ),
        [one, two] => {
            let key = |row: u32| {
                let (one, two) = (place(row as usize, one), place(row as usize, two));
                (u128::from(one) << 32 | u128::from(two)).with(row)
            };
            Groups::sorted(all.map(key).collect())
        }
        _ => return None,
    };
    let mut output = Columns {
        width: rows.width,
        absence: rows.absence,
        ..Columns::default()
    };
    for &at in by {
        let (cells, column) = &rows.columns[at];
        let firsts = groups.firsts.iter();
        let column = firsts.map(|&at| column[groups.row(at)]).collect();
        output.columns.push((*cells, column));
    }
    let mut counts = Vec::with_capacity(groups.firsts.len());
    let ends = groups.firsts.iter().skip(1).copied();
    let ends = ends.chain([u32::try_from(rows.len()).unwrap_or(NONE)]);
    for (&from, to) in groups.firsts.iter().zip(ends) {
        let start = output.claims.len();
        let mut certain = true;
        for at in from..to {
            let row = groups.row(at);
            certain &= rows.certain[row];
            output.claims.extend_from_slice(rows.witnesses(row));
        }
        counts.push(to - from);
        output.end_row_from(start, certain, provenance);
    }
    if by.is_empty() && counts.is_empty() {
        counts.push(0);
        output.absence = false;
        output.end_row(true, false);
    }
    output.columns.push((Cells::Numbers, counts));
    Some(output)
}
