//! What a question must answer: written in a script, and compared with what it does answer.
//!
//! `#= who | whom` names the columns, `#= Steve Witkoff | Kirill Dmitriev` is a row, `#= -- 1 row` the number of rows;
//! a question of yes or no has `#= yes` or `#= no claim says so`. Rows count as a set unless the question sorts. A row
//! may end in its marks (`!` disputed, `~` not certain, `-` rests on absence, `*` judged), which are compared where they are
//! written. A number of rows without the rows is compared alone. `#! TEXT` stands for an error whose report holds TEXT.

use crate::graph::Graph;
use crate::query::answer::{Answer, Row, Shape};
use crate::render;
use crate::text::safe::safe;

/// What a question of yes or no answers when nothing says so.
const NO: &str = "no claim says so";

/// An answer as lines that an expectation can be compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actual {
    /// The names of the columns; `None` for a question of yes or no.
    header: Option<String>,
    /// The rows with their marks.
    rows: Vec<(String, String)>,
    /// Whether the order counts.
    sorted: bool,
}

impl Actual {
    /// Of an answer.
    #[must_use]
    pub fn of(graph: &Graph, answer: &Answer) -> Self {
        let mut rows: Vec<(String, String)> = answer
            .rows
            .iter()
            .map(|row| (cells(graph, row), row.marks()))
            .collect();
        if answer.shape == Shape::Table {
            return Self {
                header: Some(answer.columns.join(" | ")),
                rows,
                sorted: answer.sorted,
            };
        }
        match rows.first_mut() {
            Some(row) => "yes".clone_into(&mut row.0),
            None => rows.push((NO.to_owned(), String::new())),
        }
        Self {
            header: None,
            rows,
            sorted: false,
        }
    }

    /// The lines that `--bless` writes, without `#=`.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let rows = self.rows.iter().map(|(row, marks)| marked(row, marks));
        let mut lines: Vec<String> = self.header.iter().cloned().chain(rows).collect();
        if self.header.is_some() {
            lines.push(counted(self.rows.len()));
        }
        lines
    }

    /// How it differs from what was expected: lines that begin with `-` for what is missing, with `+` for what is there
    /// besides. Empty when it agrees.
    #[must_use]
    pub fn differences(&self, expected: &[String]) -> Vec<String> {
        let mut differences = Vec::new();
        let mut expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        let count = expected
            .last()
            .filter(|line| line.starts_with("--"))
            .copied();
        if let Some(count) = count {
            expected.pop();
            let actual = counted(self.rows.len());
            if squeezed(count) != squeezed(&actual) {
                differences.push(format!("- {count}"));
                differences.push(format!("+ {actual}"));
            }
            if expected.is_empty() {
                return differences;
            }
        }
        if let Some(header) = &self.header {
            let wanted = if expected.is_empty() {
                ""
            } else {
                expected.remove(0)
            };
            if squeezed(wanted) != squeezed(header) {
                differences.push(format!("- {wanted}"));
                differences.push(format!("+ {header}"));
            }
        }
        if count.is_some() && expected.is_empty() {
            return differences;
        }
        let rows = if self.sorted {
            self.in_order(&expected)
        } else {
            self.as_set(&expected)
        };
        differences.extend(rows);
        differences
    }

    fn in_order(&self, expected: &[&str]) -> Vec<String> {
        let agree = self.rows.len() == expected.len()
            && self
                .rows
                .iter()
                .zip(expected)
                .all(|(row, wanted)| meets(row, wanted));
        if agree {
            return Vec::new();
        }
        let missing = expected.iter().map(|wanted| format!("- {wanted}"));
        let found = self
            .rows
            .iter()
            .map(|(row, marks)| format!("+ {}", marked(row, marks)));
        missing.chain(found).collect()
    }

    fn as_set(&self, expected: &[&str]) -> Vec<String> {
        let mut left: Vec<&(String, String)> = self.rows.iter().collect();
        let mut differences = Vec::new();
        // Lines with marks first: a line without them takes any row.
        let (with, without): (Vec<&str>, Vec<&str>) = expected
            .iter()
            .partition(|wanted| !unmarked(wanted).1.is_empty());
        for wanted in with.into_iter().chain(without) {
            match left.iter().position(|row| meets(row, wanted)) {
                Some(at) => {
                    left.remove(at);
                }
                None => differences.push(format!("- {wanted}")),
            }
        }
        differences.extend(
            left.iter()
                .map(|(row, marks)| format!("+ {}", marked(row, marks))),
        );
        differences
    }
}

fn cells(graph: &Graph, row: &Row) -> String {
    let cells: Vec<String> = row
        .values
        .iter()
        .map(|value| safe(&render::value(graph, value)).replace('|', "\\|"))
        .collect();
    cells.join(" | ").trim().to_owned()
}

fn marked(row: &str, marks: &str) -> String {
    if marks.is_empty() {
        row.to_owned()
    } else {
        format!("{row}  {marks}").trim_start().to_owned()
    }
}

/// A line of an expectation: the row, and the marks at its end.
fn unmarked(line: &str) -> (&str, &str) {
    match line.rsplit_once(char::is_whitespace) {
        Some((row, marks)) if marks.chars().all(|c| "!~-*".contains(c)) => (row.trim_end(), marks),
        _ => (line, ""),
    }
}

/// Whether a row is the one that a line expects: the whole line is its cells, or the line without marks is, and the
/// marks are the same.
fn meets((row, marks): &(String, String), wanted: &str) -> bool {
    let row = squeezed(row);
    if row == squeezed(wanted) {
        return true;
    }
    let (cells, wanted) = unmarked(wanted);
    let sorted = |marks: &str| {
        let mut marks: Vec<char> = marks.chars().collect();
        marks.sort_unstable();
        marks
    };
    row == squeezed(cells) && sorted(marks) == sorted(wanted)
}

/// Without differences in white space, which nobody sees.
fn squeezed(line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    words.join(" ").replace(" |", "|").replace("| ", "|")
}

fn counted(rows: usize) -> String {
    format!("-- {rows} {}", if rows == 1 { "row" } else { "rows" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actual(sorted: bool) -> Actual {
        let row = |cells: &str, marks: &str| (cells.to_owned(), marks.to_owned());
        Actual {
            header: Some("who | whom".to_owned()),
            rows: vec![row("A | B", "!~"), row("C | D", "")],
            sorted,
        }
    }

    fn differences(actual: &Actual, lines: &[&str]) -> Vec<String> {
        let lines: Vec<String> = lines.iter().map(|&line| line.to_owned()).collect();
        actual.differences(&lines)
    }

    #[test]
    fn what_bless_writes_agrees() {
        let actual = actual(true);
        assert_eq!(
            actual.lines(),
            ["who | whom", "A | B  !~", "C | D", "-- 2 rows"]
        );
        assert!(actual.differences(&actual.lines()).is_empty());
    }

    #[test]
    fn rows_are_a_set_and_marks_count_where_written() {
        let actual = actual(false);
        assert!(differences(&actual, &["who|whom", "C | D", "A  | B"]).is_empty());
        assert_eq!(
            differences(&actual, &["who | whom", "C | D", "A | B ~"]),
            ["- A | B ~", "+ A | B  !~"]
        );
        assert_eq!(
            differences(&actual, &["who | whom", "C | D", "-- 2 rows"]),
            ["+ A | B  !~"]
        );
        assert!(differences(&actual, &["-- 2 rows"]).is_empty());
    }

    #[test]
    fn the_order_counts_where_the_question_sorts() {
        assert!(!differences(&actual(true), &["who | whom", "C | D", "A | B"]).is_empty());
    }
}
