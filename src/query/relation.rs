//! Relations: columns of `u32` cells, row after row in one array, with a byte of marks a row.

use super::algebra::Var;
use crate::graph::NONE;

/// Mark: the row is not certain to meet every window of time.
pub const UNCERTAIN: u8 = 1;
/// Mark: the row rests on absence.
pub const ABSENCE: u8 = 2;

/// Rows over named columns. Cells are indices (entities, claims …) or [`NONE`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Relation {
    columns: Vec<Var>,
    cells: Vec<u32>,
    marks: Vec<u8>,
}

impl Relation {
    /// No rows over these columns.
    #[must_use]
    pub fn new(columns: Vec<Var>) -> Self {
        Self {
            columns,
            cells: Vec::new(),
            marks: Vec::new(),
        }
    }

    /// The columns.
    #[must_use]
    pub fn columns(&self) -> &[Var] {
        &self.columns
    }

    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.marks.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// How many bytes the rows take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.cells.len() * 4 + self.marks.len()
    }

    /// Where a column stands.
    #[must_use]
    pub fn position(&self, var: Var) -> Option<usize> {
        self.columns.iter().position(|&column| column == var)
    }

    /// A row's cells, in the order of the columns.
    #[must_use]
    #[inline]
    pub fn row(&self, row: usize) -> &[u32] {
        let width = self.columns.len();
        &self.cells[row * width..(row + 1) * width]
    }

    /// A row's marks.
    #[must_use]
    pub fn marks(&self, row: usize) -> u8 {
        self.marks[row]
    }

    /// The marks that some row has.
    #[must_use]
    pub fn all_marks(&self) -> u8 {
        self.marks.iter().fold(0, |all, marks| all | marks)
    }

    /// All rows with their marks.
    pub fn rows(&self) -> impl Iterator<Item = (&[u32], u8)> {
        (0..self.len()).map(|row| (self.row(row), self.marks[row]))
    }

    /// Adds a row; `cells` has one cell a column.
    #[inline]
    pub fn push(&mut self, cells: impl IntoIterator<Item = u32>, marks: u8) {
        self.cells.extend(cells);
        self.marks.push(marks);
        debug_assert_eq!(self.cells.len(), self.marks.len() * self.columns.len());
    }

    /// Makes room for more rows.
    pub fn reserve(&mut self, rows: usize) {
        self.cells.reserve(rows * self.columns.len());
        self.marks.reserve(rows);
    }

    /// Adds the rows of a relation with the same columns.
    pub fn take_over(&mut self, mut other: Self) {
        debug_assert_eq!(self.columns, other.columns);
        self.cells.append(&mut other.cells);
        self.marks.append(&mut other.marks);
    }

    /// The cells of a row in the given positions.
    #[must_use]
    pub fn key(&self, row: usize, positions: &[usize]) -> Vec<u32> {
        let row = self.row(row);
        positions.iter().map(|&at| row[at]).collect()
    }

    /// Adds the rows of another relation, its columns by name, [`NONE`] where it has none.
    pub fn append(&mut self, other: &Self) {
        let from: Vec<Option<usize>> = self
            .columns
            .iter()
            .map(|&var| other.position(var))
            .collect();
        for (row, marks) in other.rows() {
            self.cells
                .extend(from.iter().map(|at| at.map_or(NONE, |at| row[at])));
            self.marks.push(marks);
        }
    }
}
