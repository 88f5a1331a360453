//! Tables on a screen: cells are wrapped to columns that share its width, then laid out. The only home of `tabled`.

use super::markup::{Line, Style};
use crate::text::width::UnicodeWidthStr;
use tabled::builder::Builder;
use tabled::settings::object::Columns;
use tabled::settings::style::HorizontalLine;
use tabled::settings::{Alignment, Padding, Style as Borders};

/// Spaces between two columns.
const GAP: usize = 2;
/// The least a column is narrowed to.
const LEAST: usize = 6;
/// The longest word that is left whole where there is room.
const LONGEST: usize = 24;

/// A cell: one line, and how it looks where one line does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Cell {
    line: Line,
    steps: Vec<Line>,
}

impl Cell {
    /// A cell that wraps at spaces.
    pub(super) fn of(line: Line) -> Self {
        Self {
            line,
            steps: Vec::new(),
        }
    }

    /// A cell that falls apart into these lines where it does not fit.
    pub(super) fn steps(line: Line, steps: Vec<Line>) -> Self {
        Self { line, steps }
    }

    fn fit(&self, width: usize) -> Vec<Line> {
        if width == 0 || self.line.width() <= width {
            return vec![self.line.clone()];
        }
        if self.steps.is_empty() {
            return self.line.wrap(width, 0);
        }
        let wrap = |step: &Line| step.wrap(width, 4);
        self.steps.iter().flat_map(wrap).collect()
    }
}

/// A table with a line of titles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Grid {
    titles: Vec<String>,
    right: Vec<usize>,
    compact: Vec<usize>,
    rows: Vec<Vec<Cell>>,
    /// Lines under a row, across all columns, each with the number of its row.
    under: Vec<(usize, Line)>,
}

/// How far lines under a row are indented.
const UNDER: usize = 4;

impl Grid {
    /// A table with these titles and no rows.
    pub(super) fn new(titles: Vec<String>) -> Self {
        Self {
            titles,
            ..Self::default()
        }
    }

    /// Aligns a column to the right, as numbers are.
    pub(super) fn right(&mut self, column: usize) {
        self.right.push(column);
    }

    /// Narrows a column to its longest word before any other, where the table does not fit.
    pub(super) fn compact(&mut self, column: usize) {
        self.compact.push(column);
    }

    /// How many columns.
    pub(super) fn len(&self) -> usize {
        self.titles.len()
    }

    /// Adds a row of as many cells as there are titles.
    pub(super) fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    /// Adds a line under the last row, across all columns.
    pub(super) fn under(&mut self, line: Line) {
        self.under.push((self.rows.len().saturating_sub(1), line));
    }

    /// The lines of the table at `width` columns (0: as wide as it is, no rule under the titles), each line of a cell
    /// painted by `paint`.
    pub(super) fn lay(&self, width: usize, paint: impl Fn(&Line) -> String) -> Vec<String> {
        let titles: Vec<Cell> = self
            .titles
            .iter()
            .map(|title| Cell::of(Line::of(Style::Heading, title)))
            .collect();
        let widths = self.widths(width);
        let mut builder = Builder::new();
        for row in std::iter::once(&titles).chain(&self.rows) {
            builder.push_record(row.iter().zip(&widths).map(|(cell, &width)| {
                let lines: Vec<String> = cell.fit(width).iter().map(&paint).collect();
                lines.join("\n")
            }));
        }
        let mut table = builder.build();
        let borders = Borders::empty().vertical(' ');
        if width == 0 {
            table.with(borders);
        } else {
            let rule = HorizontalLine::new('─').intersection(' ');
            table.with(borders.horizontals([(1, rule)]));
        }
        table.with(Padding::new(0, 1, 0, 0));
        for &column in &self.right {
            table.modify(Columns::one(column), Alignment::right());
        }
        let table = table.to_string();
        let mut lines = table.lines().map(str::to_owned);
        if self.under.is_empty() {
            return lines.collect();
        }
        let rows = std::iter::once(&titles).chain(&self.rows);
        let heights = rows.map(|row| {
            let cells = row.iter().zip(&widths);
            let heights = cells.map(|(cell, &width)| cell.fit(width).len());
            heights.max().unwrap_or(1).max(1)
        });
        let mut laid = Vec::new();
        for (number, height) in heights.enumerate() {
            let rule = usize::from(number == 0 && width > 0);
            laid.extend(lines.by_ref().take(height + rule));
            let under = self.under.iter();
            for (_, line) in under.filter(|(row, _)| number == row + 1) {
                let line = Line::plain(&" ".repeat(UNDER)).joined(line);
                let wrapped = line.wrap(width, UNDER + 4);
                laid.extend(wrapped.iter().map(&paint));
            }
        }
        laid
    }

    /// The widths of the columns; 0 for those that need no wrapping.
    fn widths(&self, width: usize) -> Vec<usize> {
        let mut natural: Vec<usize> = (0..self.titles.len())
            .map(|column| {
                let cells = self.rows.iter().filter_map(|row| row.get(column));
                let title = Line::plain(&self.titles[column]).width();
                cells
                    .map(|cell| cell.line.width())
                    .max()
                    .unwrap_or(0)
                    .max(title)
            })
            .collect();
        if width == 0 {
            return vec![0; natural.len()];
        }
        let room = width.saturating_sub(GAP * natural.len().saturating_sub(1) + 1);
        // Words are broken only where no cap leaves them whole.
        let words: Vec<usize> = (0..natural.len())
            .map(|column| self.longest_word(column))
            .collect();
        let none = vec![0; natural.len()];
        if natural.iter().sum::<usize>() > room {
            for &column in &self.compact {
                natural[column] = words[column];
            }
        }
        [&words, &none]
            .into_iter()
            .find_map(|least| {
                let capped = |cap: usize| -> Vec<usize> {
                    let columns = natural.iter().zip(least);
                    columns.map(|(&w, &least)| w.min(cap.max(least))).collect()
                };
                let caps = (LEAST..=width).rev().map(capped);
                caps.into_iter()
                    .find(|widths| widths.iter().sum::<usize>() <= room)
            })
            .unwrap_or_else(|| natural.iter().map(|&w| w.clamp(1, LEAST)).collect())
    }

    fn longest_word(&self, column: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(column));
        let words = |line: &Line| {
            let words = line.words();
            words
                .iter()
                .map(|(_, word)| word.width())
                .max()
                .unwrap_or(0)
        };
        let title = self.titles[column].split(' ').map(str::width).max();
        cells
            .map(|cell| words(&cell.line))
            .chain(title)
            .max()
            .unwrap_or(0)
            .min(LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Grid {
        let mut grid = Grid::new(vec![String::new(), "who".to_owned(), "whom".to_owned()]);
        grid.right(0);
        for (number, who, whom) in [
            ("1", "Ana", "Teodor Sálvy of the Board"),
            ("10", "日本", "B"),
        ] {
            grid.row(
                [number, who, whom]
                    .map(|text| Cell::of(Line::plain(text)))
                    .into(),
            );
        }
        grid
    }

    #[test]
    fn columns_share_the_width() {
        let lines = grid().lay(24, Line::text);
        let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
        assert_eq!(
            lines,
            [
                "    who   whom",
                "─── ───── ─────────────",
                " 1  Ana   Teodor Sálvy",
                "          of the Board",
                "10  日本  B"
            ]
        );
    }

    #[test]
    fn a_pipe_gets_no_lines() {
        let lines = grid().lay(0, Line::text);
        assert_eq!(lines[0].trim_end(), "    who   whom");
        assert_eq!(lines[1].trim_end(), " 1  Ana   Teodor Sálvy of the Board");
    }
}
