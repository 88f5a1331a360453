//! What a casebook can be asked about: its kinds, relations and sources.

use super::grid::{Cell, Grid};
use super::markup::{Line, Markup, Style};
use super::source::source_count;
use super::{Screen, paint, words};
use crate::model::{Relation, Text};
use crate::query::Engine;

/// Kinds and relations with their counts, the forms of their verbs, and what they may connect.
#[must_use]
pub fn schema(engine: &Engine, screen: &Screen) -> String {
    let mut markup = Markup::new();
    for header in &engine.graph.records().headers {
        markup.wrapped(&Line::of(Style::Heading, &header.title), screen.width, 0);
        if let Some(about) = &header.about {
            markup.wrapped(&Line::plain(about), screen.width, 0);
        }
        markup.push(Line::new());
    }
    markup.grid(kinds(engine));
    markup.push(Line::new());
    markup.wrapped(&connected(engine), screen.width, 0);
    markup.push(Line::new());
    for (index, relation) in (0..).zip(&engine.graph.records().relations) {
        let count = engine.graph.claims_of_relation(index).len();
        for line in relation_lines(relation, count) {
            markup.wrapped(&line, screen.width, 6);
        }
    }
    paint::paint(&markup, screen)
}

/// How many entities stand in claims, and whether these hang together.
fn connected(engine: &Engine) -> Line {
    let parts = engine.graph.parts();
    let connected = words::counted(parts.connected, "entity stands", "entities stand");
    let text = match parts.parts {
        0 | 1 => format!("{connected} in claims, all connected"),
        parts_count => format!(
            "{connected} in claims, in {parts_count} parts that no claim connects; the largest has {}",
            parts.largest
        ),
    };
    Line::plain(&text)
}

/// All sources with their ids, how many claims each speaks of, and what it leans on.
#[must_use]
pub fn sources(engine: &Engine, screen: &Screen) -> String {
    let graph = &engine.graph;
    let mut counts = vec![0_usize; graph.source_count() as usize];
    for claim in 0..graph.claim_count() {
        let mut spoken: Vec<u32> = graph
            .evidence()
            .of_claim(claim)
            .map(|(_, row)| row.source)
            .collect();
        spoken.sort_unstable();
        spoken.dedup();
        for source in spoken {
            counts[source as usize] += 1;
        }
    }
    let mut grid = grid(&[
        "source",
        "title",
        "publication",
        "issued",
        "claims",
        "leans on",
    ]);
    grid.right(4);
    for source in 0..source_count(engine) {
        let record = graph.source(source);
        let outlet = graph.agents().publication_of(source);
        let leans: Vec<&str> = graph
            .agents()
            .derived_from(source)
            .iter()
            .map(|&agent| graph.agent_name(agent))
            .collect();
        grid.row(vec![
            cell(Style::Source, &format!("@{}", *record.id)),
            cell(Style::Plain, &record.title),
            cell(
                Style::Plain,
                outlet.map_or("", |agent| graph.agent_name(agent)),
            ),
            cell(
                Style::Date,
                record.issued.as_ref().map_or("", |date| &date.edtf),
            ),
            cell(Style::Number, &counts[source as usize].to_string()),
            cell(Style::Plain, &leans.join(", ")),
        ]);
    }
    let mut markup = Markup::new();
    markup.grid(grid);
    paint::paint(&markup, screen)
}

fn grid(titles: &[&str]) -> Grid {
    Grid::new(titles.iter().map(|&title| title.to_owned()).collect())
}

fn cell(style: Style, text: &str) -> Cell {
    Cell::of(Line::of(style, text))
}

fn kinds(engine: &Engine) -> Grid {
    let graph = &engine.graph;
    let mut grid = grid(&["kind", "plural", "asked by", "entities"]);
    grid.right(3);
    for (index, kind) in (0..).zip(&graph.records().kinds) {
        let count = graph
            .entities()
            .filter(|&entity| graph.kind_of(entity) == index)
            .count();
        let asked = if kind.actor { "who, what" } else { "what" };
        grid.row(vec![
            cell(Style::Name, &kind.id),
            cell(Style::Plain, &kind.plural),
            cell(Style::Dim, asked),
            cell(Style::Number, &count.to_string()),
        ]);
    }
    grid
}

/// `met with   actor ⇄ actor · 21 claims`, and the other forms of its verb below.
fn relation_lines(relation: &Relation, count: usize) -> Vec<Line> {
    let arrow = if relation.symmetric { "⇄" } else { "→" };
    let ends = format!(
        "  {} {arrow} {}",
        kinds_of(&relation.from),
        kinds_of(&relation.to)
    );
    let claims = words::counted(count, "claim", "claims");
    let label = relation.label();
    let first = Line::of(Style::Verb, &label)
        .with(Style::Plain, &ends)
        .with(Style::Dim, &format!(" · {claims}"));
    let forms = relation.forms.iter().map(|form| form.as_str());
    let forms: Vec<&str> = forms.filter(|form| *form != label).collect();
    let mut lines = vec![first];
    if !forms.is_empty() {
        lines.push(Line::of(Style::Dim, &format!("      {}", forms.join(", "))));
    }
    lines
}

fn kinds_of(kinds: &[Text]) -> String {
    if kinds.is_empty() {
        return "any".to_owned();
    }
    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
    kinds.join(", ")
}
