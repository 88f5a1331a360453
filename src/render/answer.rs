//! Answers for people: a table with marks, numbered sources and notes; or yes with its claims.

use super::grid::{Cell, Grid};
use super::markup::{Line, Markup, Style};
use super::{Screen, numbered_sources, passages, words};
use crate::graph::{ClaimIndex, Provenance, SourceIndex, Status};
use crate::query::Engine;
use crate::query::answer::{Answer, Row, Shape, Value};
use std::collections::{BTreeMap, BTreeSet};

/// The columns of a timeline that one sentence says better.
const SENTENCE: [&str; 4] = ["subject", "relation", "object", "where"];

/// So many sources are numbered beside a row, and so many sources or claims listed under an answer, before it is said how many
/// more there are: a count over a large relation rests on thousands. Formats for programs have all.
const FOOTNOTES: usize = 12;
const LISTED: usize = 60;

/// An answer as a table with all that belongs under it.
pub(super) fn table(engine: &Engine, answer: &Answer, screen: &Screen) -> Markup {
    let numbered = numbered_sources(engine, answer);
    let mut markup = match answer.shape {
        Shape::Table => rows(engine, answer, &numbered, screen),
        Shape::YesNo | Shape::NegatedYesNo => verdict(engine, answer, &numbered, screen),
    };
    if !numbered.is_empty() {
        markup.push(Line::new());
        let claims = answer.rows.iter().flat_map(|row| row.claims());
        let cited = (words::standing(engine, answer), claims.collect());
        markup.append(source_list(engine, &numbered, &cited, screen));
    }
    if answer.shape == Shape::Table {
        if !answer.rows.is_empty() {
            markup.push(Line::new());
        }
        markup.push(Line::of(
            Style::Heading,
            &words::counted(answer.rows.len(), "row", "rows"),
        ));
    } else if !answer.notes.is_empty() {
        markup.push(Line::new());
    }
    markup.append(notes(answer, screen));
    markup
}

/// The notes, one a line.
pub(super) fn notes(answer: &Answer, screen: &Screen) -> Markup {
    let mut markup = Markup::new();
    for note in &answer.notes {
        markup.wrapped(&Line::plain(&note.text), screen.width, 2);
    }
    markup
}

/// The numbered sources, `[1] title · outlet · date`, and where in them the passages are that some claims rest on, unless
/// these are shown.
pub(super) fn source_list(
    engine: &Engine,
    numbered: &[SourceIndex],
    (standing, claims): &(&Provenance, BTreeSet<ClaimIndex>),
    screen: &Screen,
) -> Markup {
    let mut markup = Markup::new();
    let digits = numbered.len().to_string().len();
    for (number, &source) in (1..).zip(numbered).take(LISTED) {
        let mut line = Line::plain(&" ".repeat(2 + digits - number.to_string().len()));
        line.push(Style::Source, &format!("[{number}]"));
        line.push(Style::Plain, " ");
        line.append(&words::source(&engine.graph, source));
        let places = passages::places(engine, standing, claims, source);
        line.push(Style::Dim, &places);
        markup.wrapped(&line, screen.width, digits + 5);
    }
    if numbered.len() > LISTED {
        let more = numbered.len() - LISTED;
        let text = format!("  and {more} more: `:source NUMBER` shows one, JSON and CSV name all");
        markup.wrapped(&Line::of(Style::Dim, &text), screen.width, 2);
    }
    markup
}

/// `[1] [3]`; of many only the first, and how many more there are.
pub(super) fn footnotes(sources: &[SourceIndex], numbered: &[SourceIndex]) -> Line {
    let mut numbers: Vec<usize> = sources
        .iter()
        .filter_map(|source| numbered.iter().position(|known| known == source))
        .collect();
    numbers.sort_unstable();
    let mut line = Line::new();
    for (at, number) in numbers.iter().take(FOOTNOTES).enumerate() {
        line.push(Style::Plain, if at > 0 { " " } else { "" });
        line.push(Style::Source, &format!("[{}]", number + 1));
    }
    if numbers.len() > FOOTNOTES {
        let more = numbers.len() - FOOTNOTES;
        line.push(Style::Dim, &format!(" and {more} more"));
    }
    line
}

/// The statuses other than affirmed among the claims of a row, in their order.
pub(super) fn statuses(standing: &Provenance, row: &Row) -> BTreeSet<Status> {
    let claims = row.claims();
    let statuses = claims.iter().map(|&claim| standing.status(claim));
    // The sides of a contradiction say it themselves.
    let statuses = statuses.filter(|_| row.asserted.is_empty());
    statuses.filter(|&s| s != Status::Affirmed).collect()
}

/// A column name that no column of the answer has: the word itself, else with a number.
pub(super) fn free_name(answer: &Answer, word: &str) -> String {
    let taken = |name: &str| answer.columns.iter().any(|column| column == name);
    if !taken(word) {
        return word.to_owned();
    }
    (2..)
        .map(|number| format!("{word}{number}"))
        .find(|name| !taken(name))
        .unwrap_or_default()
}

fn rows(engine: &Engine, answer: &Answer, numbered: &[SourceIndex], screen: &Screen) -> Markup {
    let mut markup = Markup::new();
    if answer.rows.is_empty() {
        return markup;
    }
    let standing = words::standing(engine, answer);
    let sentence = sentence_columns(answer);
    let titles: Vec<String> = titles(answer, sentence);
    let marked = answer.rows.iter().any(|row| !row.marks().is_empty());
    let held = answer
        .rows
        .iter()
        .any(|row| !statuses(standing, row).is_empty());
    let all = [String::new()]
        .into_iter()
        .chain(marked.then(String::new))
        .chain(titles)
        .chain(held.then(|| free_name(answer, "status")))
        .chain(["sources", "origins"].map(|word| free_name(answer, word)));
    let mut grid = Grid::new(all.collect());
    grid.right(0);
    let names = ambiguous_names(engine, answer);
    for (number, row) in (1..).zip(&answer.rows) {
        let mut cells = vec![Cell::of(Line::of(Style::Dim, &number.to_string()))];
        if marked {
            cells.push(Cell::of(Line::of(Style::Mark, &row.marks())));
        }
        cells.extend(values(engine, row, sentence, &names));
        if held {
            let words: Vec<_> = statuses(standing, row).iter().map(|s| s.word()).collect();
            cells.push(Cell::of(Line::of(Style::Mark, &words.join(", "))));
        }
        cells.push(Cell::of(footnotes(&row.sources(standing), numbered)));
        let origins = row.origins(standing).len().to_string();
        cells.push(Cell::of(Line::of(Style::Number, &origins)));
        grid.row(cells);
        let claims = row.claims();
        let claims: Vec<ClaimIndex> = claims.into_iter().collect();
        for line in passages::under(engine, standing, &claims, numbered) {
            grid.under(line);
        }
    }
    set_columns(&mut grid, answer, sentence, 1 + usize::from(marked));
    grid.compact(grid.len() - 2);
    markup.grid(grid);
    if let Some(legend) = legend(answer) {
        markup.push(Line::new());
        markup.push(legend);
    }
    markup.append(findings(engine, answer, screen));
    markup
}

/// Numbers are set to the right, where a column holds nothing else; dates give way to longer texts.
fn set_columns(grid: &mut Grid, answer: &Answer, sentence: Option<usize>, offset: usize) {
    let all = |column: usize, is: fn(&Value) -> bool| {
        let mut values = answer.rows.iter().filter_map(|row| row.values.get(column));
        values.all(is)
    };
    for column in 0..answer.columns.len() {
        let shift = match sentence {
            Some(at) if column >= at + SENTENCE.len() => SENTENCE.len() - 1,
            Some(at) if column >= at => continue,
            _ => 0,
        };
        let at = column + offset - shift;
        if all(column, |value| matches!(value, Value::Number(_))) {
            grid.right(at);
        }
        if all(column, |value| {
            matches!(value, Value::Date(_) | Value::Empty)
        }) {
            grid.compact(at);
        }
    }
}

/// Where the columns subject, relation, object, where begin, if they stand side by side.
fn sentence_columns(answer: &Answer) -> Option<usize> {
    answer
        .columns
        .windows(SENTENCE.len())
        .position(|window| window.iter().zip(SENTENCE).all(|(a, b)| a == b))
}

fn titles(answer: &Answer, sentence: Option<usize>) -> Vec<String> {
    let mut titles = answer.columns.clone();
    if let Some(at) = sentence {
        titles.splice(at..at + SENTENCE.len(), [SENTENCE.join(" · ")]);
    }
    titles
}

type Ambiguous = BTreeMap<String, BTreeSet<u32>>;

/// Names that two different entities of the answer share.
fn ambiguous_names(engine: &Engine, answer: &Answer) -> Ambiguous {
    let mut names = Ambiguous::new();
    for value in answer.rows.iter().flat_map(|row| &row.values) {
        if let Value::Entity(entity) = value {
            let name = words::name(&engine.graph, *entity).to_owned();
            names.entry(name).or_default().insert(*entity);
        }
    }
    names.retain(|_, entities| entities.len() > 1);
    names
}

fn values(engine: &Engine, row: &Row, sentence: Option<usize>, names: &Ambiguous) -> Vec<Cell> {
    let graph = &engine.graph;
    let mut cells = Vec::new();
    let mut at = 0;
    while at < row.values.len() {
        if sentence == Some(at) && at + SENTENCE.len() <= row.values.len() {
            cells.push(Cell::of(sentence_of(
                engine,
                &row.values[at..at + SENTENCE.len()],
            )));
            at += SENTENCE.len();
            continue;
        }
        cells.push(match &row.values[at] {
            Value::Path(steps) => path_cell(words::path(graph, steps)),
            Value::Entity(entity) if names.contains_key(words::name(graph, *entity)) => {
                let id = format!(" @{}", *graph.entity(*entity).id);
                Cell::of(Line::plain(words::name(graph, *entity)).with(Style::Dim, &id))
            }
            value => Cell::of(Line::of(words::style(value), &words::value(graph, value))),
        });
        at += 1;
    }
    cells
}

fn path_cell(lines: Vec<Line>) -> Cell {
    let mut whole = Line::new();
    let mut steps = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let mut step = Line::plain(if at > 0 { "  " } else { "" });
        step.append(line);
        steps.push(step);
        whole.push(Style::Plain, if at > 0 { " " } else { "" });
        whole.append(line);
    }
    Cell::steps(whole, steps)
}

fn sentence_of(engine: &Engine, values: &[Value]) -> Line {
    let graph = &engine.graph;
    let mut line = Line::new();
    for (at, value) in values.iter().enumerate() {
        if *value == Value::Empty {
            continue;
        }
        let text = words::value(graph, value);
        let before = ["", " ", " ", " in "].get(at).copied().unwrap_or(" ");
        line.push(Style::Plain, before);
        line.push(words::style(value), &text);
    }
    line
}

fn legend(answer: &Answer) -> Option<Line> {
    let any = |mark: char| answer.rows.iter().any(|row| row.marks().contains(mark));
    let used = [
        (any('!'), "!", "disputed"),
        (any('~'), "~", "not certain"),
        (any('-'), "-", "rests on absence alone"),
        (any('*'), "*", "judged"),
    ];
    let mut line = Line::new();
    for (_, mark, meaning) in used.iter().filter(|(used, _, _)| *used) {
        line.push(Style::Plain, if line.is_empty() { "  " } else { "   " });
        line.push(Style::Mark, mark);
        line.push(Style::Plain, &format!(" {meaning}"));
    }
    (!line.is_empty()).then_some(line)
}

/// For each row that somebody has judged, what was found.
fn findings(engine: &Engine, answer: &Answer, screen: &Screen) -> Markup {
    let mut markup = Markup::new();
    for (number, row) in (1..).zip(&answer.rows) {
        if let Some(because) = words::judged(&engine.graph, row.judged) {
            let line = Line::of(Style::Mark, "  *").with(Style::Dim, &format!(" row {number}: "));
            markup.wrapped(&line.with(Style::Plain, because), screen.width, 4);
        }
    }
    markup
}

/// Yes with its claims, or that no claim says so.
fn verdict(engine: &Engine, answer: &Answer, numbered: &[SourceIndex], screen: &Screen) -> Markup {
    let standing = words::standing(engine, answer);
    let mut markup = Markup::new();
    let Some(row) = answer.rows.first() else {
        let text = if answer.shape == Shape::YesNo {
            "No claim in this casebook says so."
        } else {
            "Some claim in this casebook says that it is so: ask without `not` to see it."
        };
        markup.wrapped(&Line::of(Style::Heading, text), screen.width, 0);
        return markup;
    };
    let (style, text) = yes(standing, answer.shape, row);
    markup.wrapped(&Line::of(style, &text), screen.width, 0);
    let claims = row.claims();
    for &claim in claims.iter().take(LISTED) {
        let mut line = Line::plain("  ");
        line.append(&words::claim(&engine.graph, standing, claim));
        line.push(Style::Plain, " ");
        line.append(&footnotes(standing.sources(claim), numbered));
        markup.wrapped(&line, screen.width, 4);
        for passage in passages::under(engine, standing, &[claim], numbered) {
            let line = Line::plain("    ").joined(&passage);
            markup.wrapped(&line, screen.width, 8);
        }
    }
    if claims.len() > LISTED {
        let more = words::counted(claims.len() - LISTED, "more claim", "more claims");
        let text = format!("  and {more}: JSON names all");
        markup.wrapped(&Line::of(Style::Dim, &text), screen.width, 2);
    }
    markup
}

fn yes(standing: &Provenance, shape: Shape, row: &Row) -> (Style, String) {
    if row.absence {
        let text = "No claim in this casebook says that it is so. That is absence, not a denial.";
        return (Style::Heading, text.to_owned());
    }
    if shape == Shape::NegatedYesNo {
        let text = "It is not so: a source says so outright.";
        return (Style::Good, text.to_owned());
    }
    let statuses = statuses(standing, row);
    let affirmed = row
        .claims()
        .iter()
        .any(|&claim| standing.status(claim) == Status::Affirmed);
    let status = match statuses.first() {
        Some(status) if !affirmed => format!(", as {}", status.word()),
        _ => String::new(),
    };
    let text = match (row.certain, row.disputed) {
        (true, false) => format!("Yes{status}."),
        (true, true) => format!("Yes{status}, but disputed."),
        (false, false) => format!("Possibly{status}: no date here makes it certain."),
        (false, true) => format!("Possibly{status}, and disputed: no date here makes it certain."),
    };
    let good = row.certain && !row.disputed && status.is_empty();
    (if good { Style::Good } else { Style::Mark }, text)
}
