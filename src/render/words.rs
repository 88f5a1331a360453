//! How entities, relations, claims, sources and values are put in words.

use super::markup::{Line, Style};
use crate::graph::contradictions::Assertion;
use crate::graph::{
    AgentIndex, ClaimIndex, EntityIndex, Graph, NONE, Provenance, SourceIndex, Status,
};
use crate::model::{Actuality, Aspect, Be, Polarity, Relation};
use crate::query::Engine;
use crate::query::answer::{Answer, Step, Value};
use crate::query::stages::yes_or_no;

/// How claims stood when the question was asked.
pub(super) fn standing<'a>(engine: &'a Engine, answer: &'a Answer) -> &'a Provenance {
    answer.standing(&engine.provenance)
}

/// An entity's name.
pub(super) fn name(graph: &Graph, entity: EntityIndex) -> &str {
    &graph.entity(entity).name
}

/// A value in plain words: names, dates as written, numbers, lists joined by `; `.
pub(super) fn value(graph: &Graph, value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Entity(entity) => name(graph, *entity).to_owned(),
        Value::Agent(agent) => graph.agent_name(*agent).to_owned(),
        Value::Relation(relation) => graph.relation(*relation).label(),
        Value::Date(date) => graph.date(*date).edtf.clone(),
        Value::Number(number) => number.to_string(),
        Value::Word(word) => (*word).to_owned(),
        Value::Truth(yes) => yes_or_no(*yes).to_owned(),
        Value::Side(side) => self::side(graph, side).text(),
        Value::List(values) => {
            let values: Vec<String> = values.iter().map(|item| self::value(graph, item)).collect();
            values.join("; ")
        }
        Value::Path(steps) => {
            let lines = path(graph, steps);
            let lines: Vec<String> = lines.iter().map(Line::text).collect();
            lines.join(" ")
        }
    }
}

/// The style in which a value is shown.
pub(super) fn style(value: &Value) -> Style {
    match value {
        Value::Date(_) => Style::Date,
        Value::Number(_) => Style::Number,
        Value::Relation(_) => Style::Verb,
        Value::Word(_) | Value::Truth(_) => Style::Mark,
        _ => Style::Plain,
    }
}

/// A path: the entity it begins with, then a line for each step, `—met with→ Kirill Dmitriev`.
pub(super) fn path(graph: &Graph, steps: &[Step]) -> Vec<Line> {
    let begins = steps.first().map(|step| {
        let entity = if step.backwards { step.to } else { step.from };
        Line::plain(name(graph, entity))
    });
    let step = |step: &Step| {
        let relation = graph.relation(step.relation);
        let (before, after, end) = match (relation.symmetric, step.backwards) {
            (true, backwards) => ("—", "—", if backwards { step.from } else { step.to }),
            (false, false) => ("—", "→", step.to),
            (false, true) => ("←", "—", step.from),
        };
        Line::of(Style::Dim, before)
            .with(Style::Verb, &relation.label())
            .with(Style::Dim, after)
            .with(Style::Plain, " ")
            .with(Style::Plain, name(graph, end))
    };
    begins.into_iter().chain(steps.iter().map(step)).collect()
}

/// The verb of a question: `briefed`, `works for`, `is envoy of`, `was excluded from`.
pub(super) fn verb(relation: &Relation) -> String {
    let label = relation.label();
    match (relation.be, relation.aspect) {
        (Be::Flips, _) => label,
        (Be::Keeps, _) if is_finite(relation, &label) => label,
        (Be::Keeps, Aspect::State) => format!("is {label}"),
        (Be::Keeps, Aspect::Event) => format!("was {label}"),
    }
}

/// Whether a form stands as it is after a subject: `works for`, since `work for` is a form too.
fn is_finite(relation: &Relation, form: &str) -> bool {
    let first = |form: &str| form.split_whitespace().next().unwrap_or("").to_owned();
    let word = first(form);
    relation.forms.iter().any(|other| {
        let rest = word.strip_prefix(&first(other));
        matches!(rest, Some("s" | "es"))
    })
}

/// The word set before a claim that must not be read as plain fact: its status, or `disputed`.
pub(super) fn caution(standing: &Provenance, claim: ClaimIndex) -> Option<&'static str> {
    match standing.status(claim) {
        Status::Affirmed if standing.is_disputed(claim) => Some("disputed"),
        Status::Affirmed => None,
        status => Some(status.word()),
    }
}

/// A claim as a sentence: `planned: Steve Witkoff met Rustem Umerov in Istanbul, 2025-11-19`.
pub(super) fn claim(graph: &Graph, standing: &Provenance, claim: ClaimIndex) -> Line {
    cautioned(standing, claim)
        .joined(&fact(graph, claim))
        .joined(&circumstances(graph, claim))
}

/// What is asserted, as a sentence: `denied: Steve Witkoff met Rustem Umerov in Istanbul, 2025-11-19`. What is affirmed
/// stands alone, whoever disputes it.
pub(super) fn assertion(graph: &Graph, asserted: Assertion) -> Line {
    let record = graph.claim(asserted.claim);
    let word = match (asserted.denied, record.polarity, record.actuality) {
        (true, Polarity::Affirmed, _) => Some("denied"),
        (true, Polarity::Negated, _) => Some("denied that it is not so"),
        (false, Polarity::Negated, _) => Some("negated"),
        (false, Polarity::Affirmed, Actuality::Cancelled) => Some("cancelled"),
        (false, Polarity::Affirmed, _) => None,
    };
    let mut line = Line::new();
    if let Some(word) = word {
        line.push(Style::Mark, word);
        line.push(Style::Plain, ": ");
    }
    line.joined(&fact(graph, asserted.claim))
        .joined(&circumstances(graph, asserted.claim))
}

/// A side of a contradiction: what its first claim says, and how many claims there are.
pub(super) fn side(graph: &Graph, side: &[Assertion]) -> Line {
    let first = side
        .first()
        .map_or_else(Line::new, |&it| assertion(graph, it));
    match side.len() {
        0 | 1 => first,
        claims => first.with(Style::Dim, &format!(" ({claims} claims)")),
    }
}

/// Whether origins stand behind both sides of a contradiction, as a sentence.
pub(super) fn shared(graph: &Graph, shared: &[AgentIndex]) -> Line {
    let text = match shared {
        [] => "No origin stands behind both sides.".to_owned(),
        [_] => format!(
            "One origin stands behind both sides: {}.",
            agents(graph, shared)
        ),
        _ => format!(
            "Origins stand behind both sides: {}.",
            agents(graph, shared)
        ),
    };
    Line::plain(&text)
}

/// What was found by who judged a contradiction, if somebody has.
pub(super) fn judged(graph: &Graph, record: Option<u32>) -> Option<&str> {
    let record = graph.records().judged.get(record? as usize)?;
    Some(&record.because)
}

/// The fact of a claim, `Steve Witkoff met Rustem Umerov`, as the claim puts it.
pub(super) fn fact(graph: &Graph, claim: ClaimIndex) -> Line {
    Line::of(Style::Name, name(graph, graph.subject(claim)))
        .with(Style::Plain, " ")
        .with(
            Style::Verb,
            &graph.relation(graph.relation_of(claim)).label(),
        )
        .with(Style::Plain, " ")
        .with(Style::Name, name(graph, graph.object(claim)))
}

/// An empty line, or one that begins with the claim's caution: `planned: `.
pub(super) fn cautioned(standing: &Provenance, claim: ClaimIndex) -> Line {
    let mut line = Line::new();
    if let Some(word) = caution(standing, claim) {
        line.push(Style::Mark, word);
        line.push(Style::Plain, ": ");
    }
    line
}

/// Where, at what and when: ` in Miami, at the dinner, 2025-10-24`.
pub(super) fn circumstances(graph: &Graph, claim: ClaimIndex) -> Line {
    let mut line = Line::new();
    let ends = [graph.subject(claim), graph.object(claim)];
    let other = |entity: EntityIndex| entity != NONE && !ends.contains(&entity);
    let (place, event) = (graph.place(claim), graph.event(claim));
    if other(place) {
        line.push(Style::Plain, &format!(" in {}", name(graph, place)));
    }
    if other(event) && event != place {
        line.push(Style::Plain, &format!(" ({})", name(graph, event)));
    }
    if let Some(date) = graph.date_of(claim) {
        line.push(Style::Plain, ", ");
        line.push(Style::Date, &date.edtf);
    }
    line
}

/// A source in words: title, publication or id, date.
pub(super) fn source(graph: &Graph, source: SourceIndex) -> Line {
    let record = graph.source(source);
    let mut line = Line::plain(&record.title);
    let outlet = graph.agents().publication_of(source);
    let outlet = outlet.map_or_else(
        || format!("@{}", *record.id),
        |agent| graph.agent_name(agent).to_owned(),
    );
    line.push(Style::Dim, &format!(" · {outlet}"));
    if let Some(issued) = &record.issued {
        line.push(Style::Dim, &format!(" · {}", issued.edtf));
    }
    line
}

/// The names of agents, joined by commas, in the order given.
pub(super) fn agents(graph: &Graph, agents: &[AgentIndex]) -> String {
    let names: Vec<&str> = agents
        .iter()
        .map(|&agent| graph.agent_name(agent))
        .collect();
    names.join(", ")
}

/// `1 row`, `2 rows`.
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
