//! What a claim rests on, passage by passage.

use super::answer::footnotes;
use super::markup::{Line, Style};
use super::sheet::Sheet;
use super::words;
use crate::graph::contradictions::Assertion;
use crate::graph::{AgentIndex, ClaimIndex, Graph, Provenance, SourceIndex};
use crate::model::{Evidence, Stance};
use crate::query::Engine;

/// Writes the evidence of a claim, its origins, note and id, indented. Sources that the answer numbers show their number.
pub(super) fn write(
    sheet: &mut Sheet<'_>,
    engine: &Engine,
    standing: &Provenance,
    claim: ClaimIndex,
    numbered: &[SourceIndex],
    indent: usize,
) {
    passages(sheet, engine, standing, claim, None, numbered, indent);
    about(sheet, engine, claim, standing.origins(claim), indent);
}

/// The same of what a claim is taken to assert: only the evidence that asserts it.
pub(super) fn write_asserted(
    sheet: &mut Sheet<'_>,
    engine: &Engine,
    standing: &Provenance,
    asserted: Assertion,
    numbered: &[SourceIndex],
    indent: usize,
) {
    let stance = if asserted.denied {
        Stance::Denies
    } else {
        Stance::Supports
    };
    let claim = asserted.claim;
    passages(
        sheet,
        engine,
        standing,
        claim,
        Some(stance),
        numbered,
        indent,
    );
    about(sheet, engine, claim, asserted.origins(standing), indent);
}

fn passages(
    sheet: &mut Sheet<'_>,
    engine: &Engine,
    standing: &Provenance,
    claim: ClaimIndex,
    only: Option<Stance>,
    numbered: &[SourceIndex],
    indent: usize,
) {
    let graph = &engine.graph;
    let record = graph.claim(claim);
    for ((number, row), evidence) in graph.evidence().of_claim(claim).zip(&record.evidence) {
        if only.is_some_and(|stance| stance != row.stance) {
            continue;
        }
        let mut source = footnotes(&[row.source], numbered);
        source.push(Style::Plain, if source.is_empty() { "" } else { " " });
        source.append(&words::source(graph, row.source));
        if !standing.is_kept(number) {
            source = Line::of(Style::Mark, "(ignored) ").joined(&source);
        }
        sheet.labelled(indent, stance(row.stance), &source);
        details(sheet, graph, evidence, &row.speakers, indent);
    }
}

fn about(
    sheet: &mut Sheet<'_>,
    engine: &Engine,
    claim: ClaimIndex,
    origins: &[AgentIndex],
    indent: usize,
) {
    let graph = &engine.graph;
    let record = graph.claim(claim);
    let names = Line::plain(&words::agents(graph, origins));
    let label = if origins.len() == 1 {
        "origin"
    } else {
        "origins"
    };
    sheet.labelled(indent, label, &names);
    if let Some(note) = &record.note {
        sheet.labelled(indent, "note", &Line::plain(note));
    }
    let id = Line::of(Style::Dim, graph.claim_id(claim));
    sheet.labelled(indent, "claim", &id);
}

/// What a stance does, in a word.
pub(super) fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Supports => "supports",
        Stance::Denies => "denies",
        Stance::Mentions => "mentions",
    }
}

/// `according to the Courier, citing the harbour pilot`; empty for no speaker.
pub(super) fn speakers(graph: &Graph, speakers: &[AgentIndex]) -> String {
    let names: Vec<&str> = speakers.iter().map(|&s| graph.agent_name(s)).collect();
    if names.is_empty() {
        return String::new();
    }
    format!("according to {}", names.join(", citing "))
}

/// The passage: `characters 612–771`, or nothing.
pub(super) fn passage(evidence: &Evidence) -> String {
    evidence.at.as_ref().map_or_else(String::new, |at| {
        format!("characters {}–{}", at.value.0, at.value.1)
    })
}

fn details(
    sheet: &mut Sheet<'_>,
    graph: &Graph,
    evidence: &Evidence,
    by: &[AgentIndex],
    indent: usize,
) {
    let credibility = evidence
        .credibility
        .as_ref()
        .map_or_else(String::new, |grade| format!("credibility {}", grade.value));
    let facts = [speakers(graph, by), passage(evidence), credibility];
    let facts: Vec<String> = facts.into_iter().filter(|f| !f.is_empty()).collect();
    sheet.labelled(indent, "", &Line::plain(&facts.join(" · ")));
    if let Some(quote) = &evidence.quote {
        sheet.labelled(indent, "  quote", &Line::of(Style::Good, quote));
    }
    if let Some(note) = &evidence.note {
        sheet.labelled(indent, "", &Line::plain(note));
    }
}
