//! Contradictions as findings of a check: both sides with their places and sources, and the record that judges them.

use super::markup::{Line, Markup, Style};
use super::report::{diagnostics_data, marked};
use super::snippet::Places;
use super::{Screen, json, paint, words};
use crate::graph::contradictions::{Assertion, Contradiction, Judging, Side};
use crate::graph::{AgentIndex, SourceIndex};
use crate::model::Stance;
use crate::query::Engine;
use crate::text::{Diagnostic, Label, Sources, Span};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Contradictions for people under a heading, a blank line between two; empty when there is none.
#[must_use]
pub fn contradictions(
    engine: &Engine,
    found: &[Contradiction],
    sources: &Sources,
    screen: &Screen,
) -> String {
    let mut markup = Markup::new();
    if found.is_empty() {
        return String::new();
    }
    markup.push(Line::of(
        Style::Heading,
        "Contradictions: what sources say against each other. Both sides stand.",
    ));
    let mut places = Places::new(sources);
    for contradiction in found {
        markup.push(Line::new());
        one(engine, contradiction, &mut markup, &mut places, screen);
    }
    paint::paint(&markup, screen)
}

/// `2 contradictions, 1 of them certain, 1 judged`; empty when there is none.
#[must_use]
pub fn contradictions_summary(found: &[Contradiction]) -> String {
    if found.is_empty() {
        return String::new();
    }
    let certain = found.iter().filter(|it| it.certain).count();
    let judged = found.iter().filter(|it| it.judged().is_some()).count();
    let mut text = words::counted(found.len(), "contradiction", "contradictions");
    for (count, word) in [(certain, "certain"), (judged, "judged")] {
        if count > 0 {
            text.push_str(&format!(", {count} {word}"));
        }
    }
    text
}

/// Diagnostics and contradictions as data.
#[must_use]
pub fn check_json(
    engine: &Engine,
    list: &[Diagnostic],
    found: &[Contradiction],
    sources: &Sources,
) -> String {
    let mut data = diagnostics_data(list, sources);
    let mut places = Places::new(sources);
    let found: Vec<Value> = found
        .iter()
        .map(|contradiction| {
            json!({
                "kind": contradiction.kind.word(),
                "certain": contradiction.certain,
                "one": side_data(engine, &contradiction.one, &mut places),
                "other": side_data(engine, &contradiction.other, &mut places),
                "shared_origins": agent_ids(engine, &contradiction.shared),
                "judged": words::judged(&engine.graph, contradiction.judged()),
                "record": record(engine, contradiction),
            })
        })
        .collect();
    data["contradictions"] = Value::Array(found);
    json::pretty(&data)
}

fn one(
    engine: &Engine,
    contradiction: &Contradiction,
    markup: &mut Markup,
    places: &mut Places<'_>,
    screen: &Screen,
) {
    let graph = &engine.graph;
    let word = format!("contradiction[{}]", contradiction.kind.word());
    let certain = if contradiction.certain {
        "certain"
    } else {
        "possible"
    };
    let judged = words::judged(graph, contradiction.judged());
    let certain = format!(
        "{certain}{}",
        if judged.is_some() { ", judged" } else { "" }
    );
    markup.push(
        Line::of(Style::Mark, &word)
            .with(Style::Plain, ": ")
            .with(Style::Heading, &certain),
    );
    let label = |side: &Side, text: &str| Label {
        span: side
            .first()
            .map_or_else(Span::default, |&it| place(engine, it)),
        text: text.to_owned(),
    };
    let labels = [
        label(&contradiction.one, "one side"),
        label(&contradiction.other, "the other"),
    ];
    let mut details = vec![
        ("one", words::side(graph, &contradiction.one)),
        ("says so", carriers(engine, &contradiction.one)),
        ("other", words::side(graph, &contradiction.other)),
        ("says so", carriers(engine, &contradiction.other)),
        ("both", words::shared(graph, &contradiction.shared)),
    ];
    match judged {
        Some(because) => details.push(("judged", Line::plain(because))),
        None => details.push(("to judge", Line::plain(&record(engine, contradiction)))),
    }
    if let Judging::Reopened { missing, .. } = &contradiction.judging {
        let ids: Vec<&str> = missing.iter().map(|&it| graph.claim_id(it)).collect();
        let text = format!("a record judges it without `{}`", ids.join("`, `"));
        details.push(("open again", Line::plain(&text)));
    }
    marked(markup, &labels, &details, places, screen);
}

/// The ends and the relation of a claim, as its record has them; of a denial the source that denies it.
fn place(engine: &Engine, asserted: Assertion) -> Span {
    let record = engine.graph.claim(asserted.claim);
    let mut evidence = record.evidence.iter();
    if let Some(denies) = evidence.find(|it| asserted.denied && it.stance == Stance::Denies) {
        return denies.source.span;
    }
    let spans = [record.relation.span, record.object.span];
    spans.into_iter().fold(record.subject.span, Span::to)
}

fn all(side: &[Assertion], of: impl Fn(&Assertion) -> Vec<u32>) -> Vec<u32> {
    let all: BTreeSet<u32> = side.iter().flat_map(of).collect();
    all.into_iter().collect()
}

fn sources_of(engine: &Engine, side: &[Assertion]) -> Vec<SourceIndex> {
    all(side, |it| it.sources(&engine.provenance).to_vec())
}

fn origins_of(engine: &Engine, side: &[Assertion]) -> Vec<AgentIndex> {
    all(side, |it| it.origins(&engine.provenance).to_vec())
}

/// `Keys to the light change hands; origin: Orla Venn`.
fn carriers(engine: &Engine, side: &[Assertion]) -> Line {
    let graph = &engine.graph;
    let sources = sources_of(engine, side);
    let titles: Vec<&str> = sources
        .iter()
        .map(|&source| graph.source(source).title.as_str())
        .collect();
    let origins = origins_of(engine, side);
    let word = if origins.len() == 1 {
        "origin"
    } else {
        "origins"
    };
    let text = format!(
        "{}; {word}: {}",
        titles.join(" · "),
        words::agents(graph, &origins)
    );
    Line::of(Style::Dim, &text)
}

/// The record that judges a contradiction, to be pasted and completed.
fn record(engine: &Engine, contradiction: &Contradiction) -> String {
    let claims = contradiction.claims();
    let ids: Vec<String> = claims
        .iter()
        .map(|&claim| format!("\"{}\"", engine.graph.claim_id(claim)))
        .collect();
    format!("Judged(claims: [{}], because: \"…\"),", ids.join(", "))
}

fn side_data(engine: &Engine, side: &Side, places: &mut Places<'_>) -> Value {
    let graph = &engine.graph;
    let mut data = json::side(graph, side);
    let span = side.first().map(|&it| place(engine, it));
    let position = span.map(|span| places.position(span));
    data["file"] = json!(span.map(|span| places.sources().name(span.file)));
    data["line"] = json!(position.as_ref().map(|at| at.line));
    data["column"] = json!(position.as_ref().map(|at| at.column));
    let sources: Vec<&str> = sources_of(engine, side)
        .into_iter()
        .map(|source| graph.source(source).id.as_str())
        .collect();
    data["sources"] = json!(sources);
    data["origins"] = json!(agent_ids(engine, &origins_of(engine, side)));
    data
}

fn agent_ids<'e>(engine: &'e Engine, agents: &[AgentIndex]) -> Vec<&'e str> {
    let id = |&agent: &AgentIndex| engine.graph.agents().id(agent);
    agents.iter().map(id).collect()
}
