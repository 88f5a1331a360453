//! Derivations into rows, column by column: rows with equal values become one, with the witnesses of all.
//!
//! Every column is turned into places in the order of values, two or three of them are packed into one number with the
//! row's own, and the numbers are sorted: what is equal stands side by side, in the order in which rows are shown.

use super::algebra::{Sort, Var};
use super::lowered::{Lowered, Order};
use super::relation::{ABSENCE, Relation, UNCERTAIN};
use super::rows::{Cells, Columns};
use crate::graph::{Graph, NONE, Provenance};
use std::ops::Range;

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
    let cell = |row: usize, asked: &Asked| {
        let row = relation.row(row);
        let mut bound = asked.at.iter().map(|&at| row[at]);
        bound.find(|&cell| cell != NONE).unwrap_or(NONE)
    };
    let cell = &cell;
    let keys: Vec<KeyColumn<'_>> = order
        .iter()
        .map(|&at| &asked[at])
        .map(|asked| KeyColumn {
            cells: asked.cells,
            bits: bits(graph, asked.cells),
            cell: Box::new(move |row| cell(row, asked)),
        })
        .collect();
    let groups = Groups::of(graph, relation.len(), &keys)?;
    let mut output = Columns {
        width: claims.len(),
        absence,
        ..Columns::default()
    };
    for column in &asked {
        let firsts = groups.firsts.iter();
        let cells = firsts.map(|&at| cell(groups.row(at), column));
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
    for group in groups.of_rows(relation.len()) {
        let start = output.claims.len();
        let mut certain = false;
        for at in group {
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

/// A column by which rows are put in order.
struct KeyColumn<'a> {
    cells: Cells,
    /// How many bits its places take.
    bits: u32,
    /// The cell of a row.
    cell: Box<dyn Fn(usize) -> u32 + 'a>,
}

impl KeyColumn<'_> {
    /// The place of a row's cell in the order of values; what is empty comes last.
    fn place(&self, graph: &Graph, row: u32) -> u32 {
        match ((self.cell)(row as usize), self.cells) {
            (NONE, _) if self.bits == 32 => NONE,
            (NONE, _) => (1 << self.bits) - 1,
            (cell, Cells::Entities) => graph.name_order(cell),
            (cell, Cells::Relations) => graph.relation_order(cell),
            (cell, Cells::Dates | Cells::Numbers) => cell,
        }
    }
}

/// How many bits hold every place of a column, and one more for what is empty.
fn bits(graph: &Graph, cells: Cells) -> u32 {
    let places = match cells {
        Cells::Entities => graph.entity_count(),
        Cells::Relations => graph.relation_count(),
        Cells::Dates => graph.date_count(),
        Cells::Numbers => NONE,
    };
    u32::BITS - places.leading_zeros()
}

/// The rows of a relation in groups of equal keys, groups in the order of their keys.
struct Groups {
    /// The rows in the order of their keys; `None` where they stand in it already.
    order: Option<Vec<u32>>,
    /// Where each group begins in that order.
    firsts: Vec<u32>,
}

impl Groups {
    /// Groups `rows` rows by some columns; `None` where their cells do not fit into one number.
    fn of(graph: &Graph, rows: usize, keys: &[KeyColumn<'_>]) -> Option<Self> {
        let bits: u32 = keys.iter().map(|key| key.bits).sum();
        let all = 0..u32::try_from(rows).ok()?;
        match keys {
            [key] if rows > (1 << key.bits) / 8 => Some(Self::counted(graph, all, key)),
            [key] => Some(Self::sorted(
                all.map(|row| u64::from(key.place(graph, row)).with(row))
                    .collect(),
            )),
            _ if bits <= 32 => {
                let whole = |row: u32| {
                    keys.iter().fold(0_u64, |whole, key| {
                        whole << key.bits | u64::from(key.place(graph, row))
                    })
                };
                Some(Self::sorted(all.map(|row| whole(row).with(row)).collect()))
            }
            _ if bits <= 96 => {
                let whole = |row: u32| {
                    keys.iter().fold(0_u128, |whole, key| {
                        whole << key.bits | u128::from(key.place(graph, row))
                    })
                };
                Some(Self::sorted(all.map(|row| whole(row).with(row)).collect()))
            }
            _ => None,
        }
    }

    /// The same by one column, whose places are counted.
    fn counted(graph: &Graph, rows: Range<u32>, key: &KeyColumn<'_>) -> Self {
        let mut nexts = vec![0_u32; (1 << key.bits) + 1];
        let names = graph.order_of_names();
        let place = |row: u32| match (key.cell)(row as usize) {
            cell if cell != NONE && key.cells == Cells::Entities => names[cell as usize],
            _ => key.place(graph, row),
        };
        let places: Vec<u32> = rows.clone().map(place).collect();
        for &place in &places {
            nexts[place as usize + 1] += 1;
        }
        let mut firsts = Vec::new();
        for place in 0..nexts.len() - 1 {
            if nexts[place + 1] > 0 {
                firsts.push(nexts[place]);
            }
            nexts[place + 1] += nexts[place];
        }
        if places.is_sorted() {
            return Self {
                order: None,
                firsts,
            };
        }
        let mut order = vec![0; places.len()];
        for (row, &place) in rows.zip(&places) {
            let next = &mut nexts[place as usize];
            order[*next as usize] = row;
            *next += 1;
        }
        Self {
            order: Some(order),
            firsts,
        }
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

    /// The places of each group in the order of so many rows.
    fn of_rows(&self, rows: usize) -> impl Iterator<Item = Range<u32>> + '_ {
        let end = u32::try_from(rows).unwrap_or(NONE);
        let ends = self.firsts.iter().skip(1).copied().chain([end]);
        self.firsts.iter().zip(ends).map(|(&from, to)| from..to)
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

macro_rules! keys {
    ($($number:ty),*) => {$(
        impl Key for $number {
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
    )*};
}

keys!(u64, u128);

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

/// The rows by the cells of some of their columns: each group once, in the order of these, with the witnesses of all its
/// rows; and how many rows it had. Certain if one row is, or (`all_certain`) only if all are. `None` where it cannot be done
/// column by column.
pub(super) fn merge(
    (graph, provenance): (&Graph, &Provenance),
    rows: &Columns,
    by: &[usize],
    all_certain: bool,
) -> Option<(Columns, Vec<u32>)> {
    let key = |&at: &usize| {
        let (cells, column) = &rows.columns[at];
        KeyColumn {
            cells: *cells,
            bits: bits(graph, *cells),
            cell: Box::new(move |row| column[row]),
        }
    };
    if by.is_empty() && rows.distinct && !rows.is_empty() {
        let number = u32::try_from(rows.len()).unwrap_or(NONE);
        let certain = rows.certain.iter().all(|&certain| certain);
        let mut one = rows.clone().into_one();
        one.certain = vec![if all_certain { certain } else { one.certain[0] }];
        return Some((one, vec![number]));
    }
    let keys: Vec<KeyColumn<'_>> = by.iter().map(key).collect();
    let groups = Groups::of(graph, rows.len(), &keys)?;
    let mut output = Columns {
        width: rows.width,
        absence: rows.absence,
        distinct: rows.distinct,
        ..Columns::default()
    };
    for &at in by {
        let (cells, column) = &rows.columns[at];
        let firsts = groups.firsts.iter();
        let column = firsts.map(|&at| column[groups.row(at)]).collect();
        output.columns.push((*cells, column));
    }
    output.claims.reserve(rows.claims.len());
    let mut counts = Vec::with_capacity(groups.firsts.len());
    for group in groups.of_rows(rows.len()) {
        counts.push(group.end - group.start);
        let start = output.claims.len();
        let mut certain = all_certain;
        for at in group {
            let row = groups.row(at);
            certain = match all_certain {
                true => certain && rows.certain[row],
                false => certain || rows.certain[row],
            };
            output.claims.extend_from_slice(rows.witnesses(row));
        }
        output.end_row_from(start, certain, provenance);
    }
    Some((output, counts))
}

/// How many rows there are of each combination of some columns, with the witnesses of all.
pub(super) fn count(place: (&Graph, &Provenance), rows: &Columns, by: &[usize]) -> Option<Columns> {
    let (mut output, mut counts) = merge(place, rows, by, true)?;
    if by.is_empty() && counts.is_empty() {
        counts.push(0);
        output.absence = false;
        output.end_row(true, false);
    }
    output.columns.push((Cells::Numbers, counts));
    Some(output)
}
