//! Answers as tab- or comma-separated values and as Markdown. The home of `csv` in this layer.
//!
//! The columns of the answer, then the ids of its sources, the number of its origins, and its marks in words. A question
//! of yes or no has the column `answer`.

use super::answer::{free_name, statuses};
use super::words;
use crate::query::Engine;
use crate::query::answer::{Answer, Row, Shape, Value};
use crate::text::safe::safe;

/// A cell: text from outside, or something of ours that needs no guard.
enum Cell {
    Given(String),
    Ours(String),
}

/// Tab-separated: a tab, line end or other hidden character in a cell is escaped.
pub(super) fn tsv(engine: &Engine, answer: &Answer) -> String {
    let mut text = String::new();
    for row in records(engine, answer) {
        let cells: Vec<String> = row.iter().map(|cell| guarded(cell, tab_free)).collect();
        text.push_str(&cells.join("\t"));
        text.push('\n');
    }
    text
}

/// Comma-separated, quoted where needed.
pub(super) fn csv(engine: &Engine, answer: &Answer) -> String {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    for row in records(engine, answer) {
        // Writing to memory does not fail.
        let _ = writer.write_record(row.iter().map(|cell| guarded(cell, safe)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// A Markdown table in which no name acts as markup.
pub(super) fn md(engine: &Engine, answer: &Answer) -> String {
    let records = records(engine, answer);
    let mut text = String::new();
    for (at, row) in records.iter().enumerate() {
        let cells: Vec<String> = row.iter().map(markdown).collect();
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
        if at == 0 {
            text.push_str(&format!("|{}\n", " --- |".repeat(row.len())));
        }
    }
    text
}

fn records(engine: &Engine, answer: &Answer) -> Vec<Vec<Cell>> {
    let ours = |text: &str| Cell::Ours(text.to_owned());
    let yes_no = answer.shape != Shape::Table;
    let mut header: Vec<Cell> = answer.columns.iter().map(|name| ours(name)).collect();
    if yes_no {
        header.push(ours("answer"));
    }
    header.extend(["sources", "origins", "marks"].map(|word| Cell::Ours(free_name(answer, word))));
    let mut records = vec![header];
    for row in &answer.rows {
        let mut cells: Vec<Cell> = row.values.iter().map(|value| cell(engine, value)).collect();
        if yes_no {
            cells.push(ours("yes"));
        }
        cells.extend(support(engine, answer, row));
        records.push(cells);
    }
    if yes_no && answer.rows.is_empty() {
        let text = if answer.shape == Shape::YesNo {
            "no claim says so"
        } else {
            "some claim says so"
        };
        records.push(vec![ours(text), ours(""), ours("0"), ours("")]);
    }
    records
}

fn cell(engine: &Engine, value: &Value) -> Cell {
    let text = words::value(&engine.graph, value);
    match value {
        Value::Number(_) => Cell::Ours(text),
        _ => Cell::Given(text),
    }
}

fn support(engine: &Engine, answer: &Answer, row: &Row) -> [Cell; 3] {
    let standing = words::standing(engine, answer);
    let sources = row.sources(standing);
    let ids: Vec<&str> = sources
        .iter()
        .map(|&source| engine.graph.source(source).id.as_str())
        .collect();
    [
        Cell::Given(ids.join("; ")),
        Cell::Ours(row.origins(standing).len().to_string()),
        Cell::Ours(marks(engine, answer, row)),
    ]
}

fn marks(engine: &Engine, answer: &Answer, row: &Row) -> String {
    let of = row.marks();
    let set = [
        (of.contains('!'), "disputed"),
        (of.contains('~'), "not certain"),
        (of.contains('-'), "absence"),
        (of.contains('*'), "judged"),
    ];
    let mut words: Vec<&str> = set
        .iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, word)| *word)
        .collect();
    let statuses = statuses(words::standing(engine, answer), row);
    words.extend(statuses.iter().map(|status| status.word()));
    words.join("; ")
}

/// Spreadsheets run a cell that begins like a formula: it gets an apostrophe before it.
fn guarded(cell: &Cell, escape: fn(&str) -> String) -> String {
    match cell {
        Cell::Given(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => {
            format!("'{}", escape(text))
        }
        Cell::Given(text) | Cell::Ours(text) => escape(text),
    }
}

fn tab_free(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('\t', "\\t");
    safe(&text.replace('\n', "\\n").replace('\r', "\\r"))
}

fn markdown(cell: &Cell) -> String {
    let (Cell::Given(text) | Cell::Ours(text)) = cell;
    let mut escaped = String::new();
    for c in safe(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '~' | '$' => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}
