//! The passages under a claim: what the stored text says there, and how it compares.

use super::answer::footnotes;
use super::markup::{Line, Style};
use crate::evidence::Grade;
use crate::graph::{ClaimIndex, Provenance, SourceIndex};
use crate::model::{Evidence, Stance};
use crate::query::Engine;
use crate::query::passages::Passage;
use std::collections::BTreeSet;

/// A line for each passage that some claims rest on, those of sources that the answer numbers, each once:
/// `[1] exact “…”`. None where no texts are at hand, or nobody wants to see them.
pub(super) fn under(
    engine: &Engine,
    standing: &Provenance,
    claims: &[ClaimIndex],
    numbered: &[SourceIndex],
) -> Vec<Line> {
    if !engine.passages.are_shown() {
        return Vec::new();
    }
    let graph = &engine.graph;
    let mut lines: Vec<(usize, Line)> = Vec::new();
    for &claim in claims {
        let records = &graph.claim(claim).evidence;
        for (number, ((row, evidence), record)) in
            (0..).zip(graph.evidence().of_claim(claim).zip(records))
        {
            let at = numbered.iter().position(|&known| known == evidence.source);
            let passage = engine.passages.of(graph, claim, number);
            let (Some(at), Some(passage)) = (at, passage) else {
                continue;
            };
            if !standing.is_kept(row) {
                continue;
            }
            let mut line = footnotes(&[evidence.source], numbered);
            line.push(Style::Plain, " ");
            if record.stance == Stance::Denies {
                line.push(Style::Mark, "denies ");
            }
            line.append(&graded(passage));
            if lines.iter().all(|(_, known)| *known != line) {
                lines.push((at, line));
            }
        }
    }
    lines.sort_by_key(|(at, _)| *at);
    lines.into_iter().map(|(_, line)| line).collect()
}

/// `exact “…”`; what is not sound is dimmed, and what there is to say of it follows.
pub(super) fn graded(passage: &Passage) -> Line {
    let grade = passage.finding.grade;
    let mut line = Line::of(style(grade), grade.word());
    line.append(&words(passage));
    if !passage.finding.message.is_empty() && !grade.is_sound() {
        let message = format!(" ({})", passage.finding.message);
        line.push(Style::Dim, &message);
    }
    line
}

/// ` “…”`: what stands there now, in one line.
fn words(passage: &Passage) -> Line {
    let Some(text) = &passage.text else {
        return Line::new();
    };
    let text: Vec<&str> = text.split_whitespace().collect();
    let sound = passage.finding.grade.is_sound();
    let text = quoted(&text.join(" "));
    Line::plain(" ").with(if sound { Style::Good } else { Style::Dim }, &text)
}

/// In quotation marks, unless the text brings its own.
fn quoted(text: &str) -> String {
    if text.contains(['“', '”', '"', '«', '»']) {
        return text.to_owned();
    }
    format!("“{text}”")
}

/// The style of a grade.
pub(super) fn style(grade: Grade) -> Style {
    if grade.is_sound() {
        Style::Dim
    } else if grade.fails() {
        Style::Error
    } else {
        Style::Mark
    }
}

/// How many places of a source stand beside it.
const PLACES: usize = 3;

/// ` · characters 146–215, 471–526 and 2 more`: where in a source the passages are that these claims rest on, in order. Empty
/// where they are shown, or no position is known.
pub(super) fn places(
    engine: &Engine,
    standing: &Provenance,
    claims: &BTreeSet<ClaimIndex>,
    source: SourceIndex,
) -> String {
    if engine.passages.are_shown() {
        return String::new();
    }
    let graph = &engine.graph;
    let mut places = BTreeSet::new();
    for &claim in claims {
        let rows = graph.evidence().of_claim(claim);
        for ((number, row), record) in rows.zip(&graph.claim(claim).evidence) {
            if row.source == source && standing.is_kept(number) {
                places.extend(record.at.as_ref().map(|at| at.value));
            }
        }
    }
    let shown: Vec<String> = places
        .iter()
        .take(PLACES)
        .map(|(start, end)| format!("{start}–{end}"))
        .collect();
    match places.len() {
        0 => String::new(),
        all if all > PLACES => {
            let more = all - PLACES;
            format!(" · characters {} and {more} more", shown.join(", "))
        }
        _ => format!(" · characters {}", shown.join(", ")),
    }
}

/// Where a passage stands: `characters 612–771 of 01-one-bidder.txt`, or nothing.
pub(super) fn place(engine: &Engine, source: SourceIndex, evidence: &Evidence) -> String {
    let Some(at) = &evidence.at else {
        return String::new();
    };
    let file = engine.graph.source(source).text.as_ref();
    let of = file.map_or_else(String::new, |stored| format!(" of {}", stored.file.value));
    format!("characters {}–{}{of}", at.value.0, at.value.1)
}
