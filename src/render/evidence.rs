//! What a claim rests on, passage by passage.

use super::answer::footnotes;
use super::markup::{Line, Style};
use super::passages::{graded, place};
use super::sheet::Sheet;
use super::{grades, words};
use crate::graph::contradictions::Assertion;
use crate::graph::{AgentIndex, ClaimIndex, EvidenceRow, Graph, Provenance, SourceIndex};
use crate::model::{Evidence, Stance};
use crate::query::Engine;
use crate::query::passages::Passage;
use crate::query::says::who_says_so;

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
    let rows = graph.evidence().of_claim(claim).zip(&record.evidence);
    for (place, ((number, row), evidence)) in (0..).zip(rows) {
        if only.is_some_and(|stance| stance != row.stance) {
            continue;
        }
        let mut source = footnotes(&[row.source], numbered);
        source.push(Style::Plain, if source.is_empty() { "" } else { " " });
        source.append(&words::source(graph, row.source));
        if !standing.is_kept(number) {
            source = Line::of(Style::Mark, "(left out) ").joined(&source);
        }
        sheet.labelled(indent, stance(row.stance), &source);
        let cited = Cited {
            engine,
            evidence,
            row,
            passage: engine.passages.of(graph, claim, place),
        };
        details(sheet, &cited, indent);
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

/// `the Courier, citing the harbour pilot, according to this article`; empty for no speaker.
pub(super) fn speakers(graph: &Graph, speakers: &[AgentIndex]) -> String {
    who_says_so(graph, speakers, "this source")
}

/// A piece of evidence, and what the stored text says of it.
struct Cited<'a> {
    engine: &'a Engine,
    evidence: &'a Evidence,
    row: EvidenceRow<'a>,
    passage: Option<&'a Passage>,
}

fn details(sheet: &mut Sheet<'_>, cited: &Cited<'_>, indent: usize) {
    let (evidence, graph) = (cited.evidence, &cited.engine.graph);
    let facts = [
        speakers(graph, cited.row.speakers),
        place(cited.engine, cited.row.source, evidence),
    ];
    let grades = grades::of_evidence(graph, cited.row.source, evidence);
    let facts: Vec<String> = facts
        .into_iter()
        .chain(grades)
        .filter(|f| !f.is_empty())
        .collect();
    sheet.labelled(indent, "", &Line::plain(&facts.join(" · ")));
    let shown = cited.passage.filter(|_| cited.engine.passages.are_shown());
    if let Some(passage) = shown {
        sheet.labelled(indent, "  passage", &graded(passage));
    }
    // What stands in the text says it already.
    let repeats = shown.is_some_and(|passage| passage.finding.grade.is_sound());
    if let Some(quote) = evidence.quote.as_ref().filter(|_| !repeats) {
        sheet.labelled(indent, "  quote", &Line::of(Style::Good, quote));
    }
    if let Some(note) = &evidence.note {
        sheet.labelled(indent, "", &Line::plain(note));
    }
}
