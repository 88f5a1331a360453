//! The rows of an answer: column by column where every cell is an index and every witness has the same number of claims,
//! else one by one. Both look alike from outside: rows in columns are made into [`Row`]s when somebody reads them so.

use super::answer::{Row, Value};
use crate::graph::{ClaimIndex, NONE, Provenance};
use std::ops::Deref;
use std::sync::OnceLock;

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cells {
    /// Canonical entities.
    Entities,
    /// Relations.
    Relations,
    /// Dates.
    Dates,
    /// Numbers.
    Numbers,
}

impl Cells {
    fn value(self, cell: u32) -> Value {
        match self {
            _ if cell == NONE => Value::Empty,
            Self::Entities => Value::Entity(cell),
            Self::Relations => Value::Relation(cell),
            Self::Dates => Value::Date(cell),
            Self::Numbers => Value::Number(i64::from(cell)),
        }
    }
}

/// Rows in columns. Cells are indices of the graph that was asked, or [`NONE`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Columns {
    /// The cells, column by column.
    pub columns: Vec<(Cells, Vec<u32>)>,
    /// How many claims each witness has: one or more.
    pub width: usize,
    /// Per row: where its witnesses end in `claims`.
    pub ends: Vec<u32>,
    /// The claims of all witnesses, row by row: in each witness in ascending order, the witnesses of a row in any, each
    /// once.
    pub claims: Vec<ClaimIndex>,
    /// Per row: whether some witness meets every window of time for certain.
    pub certain: Vec<bool>,
    /// Per row: whether some claim of its witnesses is disputed.
    pub disputed: Vec<bool>,
    /// Whether the rows rest on absence.
    pub absence: bool,
    /// Whether it is known that no claim stands twice, in one row or in two.
    pub distinct: bool,
}

impl Columns {
    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// How many bytes the rows take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let cells: usize = self.columns.iter().map(|(_, column)| column.len()).sum();
        4 * (cells + self.ends.len() + self.claims.len()) + 2 * self.len()
    }

    /// The claims of a row's witnesses, [`Columns::width`] for each.
    #[must_use]
    pub fn witnesses(&self, row: usize) -> &[ClaimIndex] {
        let from = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.claims[from as usize..self.ends[row] as usize]
    }

    /// The different claims of a row's witnesses, in ascending order.
    #[must_use]
    pub fn claims_of(&self, row: usize) -> Vec<ClaimIndex> {
        let mut claims = self.witnesses(row).to_vec();
        claims.sort_unstable();
        claims.dedup();
        claims
    }

    /// A row by itself.
    #[must_use]
    pub fn row(&self, row: usize) -> Row {
        let witnesses = self.witnesses(row).chunks(self.width.max(1));
        let mut witnesses: Vec<Vec<ClaimIndex>> = witnesses.map(<[ClaimIndex]>::to_vec).collect();
        witnesses.sort_unstable();
        Row {
            values: self
                .columns
                .iter()
                .map(|(cells, column)| cells.value(column[row]))
                .collect(),
            certain: self.certain[row],
            disputed: self.disputed[row],
            absence: self.absence,
            witnesses,
            asserted: Vec::new(),
            judged: None,
        }
    }

    /// These rows, in this order.
    #[must_use]
    pub fn pick(&self, rows: &[u32]) -> Self {
        let mut picked = Self {
            columns: Vec::with_capacity(self.columns.len()),
            width: self.width,
            absence: self.absence,
            distinct: self.distinct,
            ..Self::default()
        };
        for (cells, column) in &self.columns {
            let column = rows.iter().map(|&row| column[row as usize]).collect();
            picked.columns.push((*cells, column));
        }
        for &row in rows {
            let row = row as usize;
            picked.claims.extend_from_slice(self.witnesses(row));
            picked.end_row(self.certain[row], self.disputed[row]);
        }
        picked
    }

    /// Adds rows, each certain and undisputed: their cells, where their claims end, and these.
    pub(super) fn extend(&mut self, cells: &[&[u32]], ends: &[u32], claims: &[ClaimIndex]) {
        for ((_, column), cells) in self.columns.iter_mut().zip(cells) {
            column.extend_from_slice(cells);
        }
        let before = u32::try_from(self.claims.len()).unwrap_or(NONE);
        self.ends.extend(ends.iter().map(|end| before + end));
        self.claims.extend_from_slice(claims);
        self.certain.resize(self.ends.len(), true);
        self.disputed.resize(self.ends.len(), false);
    }

    /// Adds the rows of others with the same columns; the same claim may stand in both.
    pub(super) fn append(&mut self, other: Self) {
        for ((_, column), (_, more)) in self.columns.iter_mut().zip(other.columns) {
            column.extend(more);
        }
        let before = u32::try_from(self.claims.len()).unwrap_or(NONE);
        self.ends.extend(other.ends.iter().map(|end| before + end));
        self.claims.extend(other.claims);
        self.certain.extend(other.certain);
        self.disputed.extend(other.disputed);
        self.distinct = false;
    }

    /// All rows, of which no two share a claim, as one without columns: certain if one is, disputed if one is.
    pub(super) fn into_one(self) -> Self {
        let any = |flags: &[bool]| flags.iter().any(|&flag| flag);
        Self {
            columns: Vec::new(),
            ends: vec![u32::try_from(self.claims.len()).unwrap_or(NONE)],
            certain: vec![any(&self.certain)],
            disputed: vec![any(&self.disputed)],
            ..self
        }
    }

    /// Ends a row whose witnesses have been added, each once.
    #[inline]
    pub(super) fn end_row(&mut self, certain: bool, disputed: bool) {
        self.ends
            .push(u32::try_from(self.claims.len()).unwrap_or(NONE));
        self.certain.push(certain);
        self.disputed.push(disputed);
    }

    /// Ends a row whose witnesses stand in `claims` from `from` on in any order: puts them in order, each once.
    pub(super) fn end_row_from(&mut self, from: usize, certain: bool, provenance: &Provenance) {
        if !self.distinct {
            tidy(&mut self.claims, from, self.width);
        }
        let disputed = |&claim: &ClaimIndex| provenance.is_disputed(claim);
        let disputed = !provenance.is_plain() && self.claims[from..].iter().any(disputed);
        self.end_row(certain, disputed);
    }
}

/// Leaves each of the witnesses from `from` on once.
fn tidy(claims: &mut Vec<ClaimIndex>, from: usize, width: usize) {
    let added = &mut claims[from..];
    if added.len() <= width {
        return;
    }
    if width == 1 {
        if added.is_sorted_by(|one, other| one < other) {
            return;
        }
        added.sort_unstable();
        let mut kept = from + 1;
        for at in from + 1..claims.len() {
            if claims[at] != claims[kept - 1] {
                claims[kept] = claims[at];
                kept += 1;
            }
        }
        claims.truncate(kept);
        return;
    }
    let mut sets: Vec<&[ClaimIndex]> = added.chunks(width).collect();
    if sets.is_sorted_by(|one, other| one < other) {
        return;
    }
    sets.sort_unstable();
    sets.dedup();
    let sorted = sets.concat();
    claims.truncate(from);
    claims.extend(sorted);
}

/// The rows of an answer, in order. It reads as a slice of [`Row`]s.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    columns: Option<Columns>,
    made: OnceLock<Vec<Row>>,
}

impl Rows {
    /// How many, without making any.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.columns {
            Some(columns) => columns.len(),
            None => self.made.get().map_or(0, Vec::len),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows in columns, where they are.
    #[must_use]
    pub fn columns(&self) -> Option<&Columns> {
        self.columns.as_ref()
    }

    /// The rows one by one.
    #[must_use]
    pub fn into_vec(mut self) -> Vec<Row> {
        let _ = self.deref();
        self.made.take().unwrap_or_default()
    }
}

impl Deref for Rows {
    type Target = [Row];

    fn deref(&self) -> &[Row] {
        self.made.get_or_init(|| {
            let columns = self.columns.iter();
            columns
                .flat_map(|columns| (0..columns.len()).map(|row| columns.row(row)))
                .collect()
        })
    }
}

impl From<Vec<Row>> for Rows {
    fn from(rows: Vec<Row>) -> Self {
        Self {
            columns: None,
            made: OnceLock::from(rows),
        }
    }
}

impl From<Columns> for Rows {
    fn from(columns: Columns) -> Self {
        Self {
            columns: Some(columns),
            made: OnceLock::new(),
        }
    }
}

impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<'a> IntoIterator for &'a Rows {
    type Item = &'a Row;
    type IntoIter = std::slice::Iter<'a, Row>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
