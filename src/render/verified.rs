//! What comparing every passage with the stored texts gave.

use super::markup::{Line, Style};
use super::passages::style;
use super::sheet::Sheet;
use super::snippet::Places;
use super::{Screen, json, words};
use crate::evidence::Grade;
use crate::graph::SourceIndex;
use crate::query::Engine;
use crate::query::passages::Passage;
use crate::text::Sources;
use serde_json::{Map, Value, json};

/// How many passages have each grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    counts: [usize; Grade::ALL.len()],
}

impl Tally {
    /// Of all passages of a casebook.
    #[must_use]
    pub fn of(engine: &Engine) -> Self {
        let mut tally = Self::default();
        for source in sources(engine) {
            for (_, _, passage) in engine.passages.of_source(&engine.graph, source) {
                tally.counts[passage.finding.grade as usize] += 1;
            }
        }
        tally
    }

    /// How many there are of a grade.
    #[must_use]
    pub fn count(&self, grade: Grade) -> usize {
        self.counts[grade as usize]
    }

    /// How many there are.
    #[must_use]
    pub fn all(&self) -> usize {
        self.counts.iter().sum()
    }

    /// Whether some evidence must be mended.
    #[must_use]
    pub fn fails(&self) -> bool {
        let failing = |grade: &&Grade| grade.fails();
        Grade::ALL
            .iter()
            .filter(failing)
            .any(|&grade| self.count(grade) > 0)
    }
}

/// The sources of a casebook, in order.
fn sources(engine: &Engine) -> impl Iterator<Item = SourceIndex> {
    (0..).take(engine.graph.source_count() as usize)
}

/// For people: what is not exact or normalised, source by source, and a summary.
#[must_use]
pub fn verified(engine: &Engine, texts: &Sources, screen: &Screen) -> String {
    let mut places = Places::new(texts);
    let mut sheet = Sheet::new(screen);
    for source in sources(engine) {
        of_source(&mut sheet, engine, source, &mut places);
    }
    sheet.section(&summary(&Tally::of(engine)));
    sheet.paint()
}

fn of_source(sheet: &mut Sheet<'_>, engine: &Engine, source: SourceIndex, places: &mut Places<'_>) {
    let graph = &engine.graph;
    let mut found = engine
        .passages
        .of_source(graph, source)
        .filter(|(_, _, passage)| !passage.finding.grade.is_sound())
        .peekable();
    let document = engine.passages.document(graph, source);
    let remarks = document.map_or_else(Vec::new, |document| document.remarks());
    if found.peek().is_none() && remarks.is_empty() {
        return;
    }
    let mut title = Line::of(Style::Source, &format!("@{}", *graph.source(source).id));
    title.push(Style::Plain, "  ");
    title.append(&words::source(graph, source));
    sheet.section(&title);
    if let Some(help) = document.and_then(|document| document.problem.as_ref()) {
        let name = Line::of(Style::Warning, &format!("warning[{}]", help.name));
        sheet.line(
            2,
            &name
                .with(Style::Plain, ": ")
                .with(Style::Plain, &help.message),
        );
        for help in &help.help {
            sheet.line(
                4,
                &Line::of(Style::Help, "= help: ").with(Style::Plain, help),
            );
        }
        // One reason for all of them.
        let passages = words::counted(found.count(), "passage", "passages");
        let grade = Grade::Unchecked;
        let line = Line::of(style(grade), grade.word());
        sheet.line(2, &line.with(Style::Plain, &format!("  {passages}")));
        return;
    }
    for remark in &remarks {
        let line = Line::of(Style::Warning, "warning").with(Style::Plain, ": ");
        sheet.line(2, &line.with(Style::Plain, remark));
    }
    for (claim, number, passage) in found {
        let grade = passage.finding.grade;
        let mut line = Line::of(style(grade), grade.word());
        line.push(Style::Plain, "  ");
        if let Some(record) = graph.claim(claim).evidence.get(number as usize) {
            let position = places.position(record.span);
            let file = places.sources().name(record.span.file);
            line.push(Style::Plain, &format!("{file}:{}", position.line));
        }
        line.push(Style::Dim, &format!("  {}", graph.claim_id(claim)));
        sheet.line(2, &line);
        sheet.line(6, &Line::plain(&passage.finding.message));
    }
}

/// `60 passages: 57 exact, 3 unchecked; unchecked passages did not pass`
fn summary(tally: &Tally) -> Line {
    let mut line = Line::of(
        Style::Heading,
        &words::counted(tally.all(), "passage", "passages"),
    );
    let mut before = ": ";
    for grade in Grade::ALL {
        let count = tally.count(grade);
        if count > 0 {
            line.push(Style::Plain, before);
            line.push(style(grade), &format!("{count} {}", grade.word()));
            before = ", ";
        }
    }
    match tally.count(Grade::Unchecked) {
        0 => {}
        1 => line.push(
            Style::Plain,
            "; the unchecked one was compared with nothing, and has not passed",
        ),
        _ => line.push(
            Style::Plain,
            "; the unchecked ones were compared with nothing, and have not passed",
        ),
    }
    line
}

/// For programs: counts by grade, and what is not exact or normalised.
#[must_use]
pub fn verified_json(engine: &Engine) -> String {
    let graph = &engine.graph;
    let tally = Tally::of(engine);
    let grades: Map<String, Value> = Grade::ALL
        .iter()
        .map(|&grade| (grade.word().to_owned(), json!(tally.count(grade))))
        .collect();
    let finding = |claim: u32, source: SourceIndex, passage: &Passage| {
        json!({
            "claim": graph.claim_id(claim),
            "source": graph.source(source).id.value,
            "grade": passage.finding.grade.word(),
            "message": passage.finding.message,
        })
    };
    let mut findings = Vec::new();
    for source in sources(engine) {
        for (claim, _, passage) in engine.passages.of_source(graph, source) {
            if !passage.finding.grade.is_sound() {
                findings.push(finding(claim, source, passage));
            }
        }
    }
    json::pretty(&json!({"passages": tally.all(), "grades": grades, "findings": findings}))
}
