//! One fact of a dossier: its claims, and what each rests on.

use super::markdown::{Markdown, code, escape, one_line};
use crate::graph::{ClaimIndex, EvidenceRow, SourceIndex};
use crate::model::Evidence;
use crate::query::passages::Passage;
use crate::render::{evidence, grades, words};
use crate::review::dossier::{Dossier, Statement};

/// A passage that is cited: the source, and the code points of its text if they are known.
type Cited = (SourceIndex, Option<(u32, u32)>);

/// The footnotes of a dossier: one for each passage, numbered from 1 in the order of citing.
#[derive(Debug, Default)]
pub(super) struct Citations {
    cited: Vec<Cited>,
}

impl Citations {
    /// The number of a passage.
    fn number(&mut self, cited: Cited) -> usize {
        let known = self.cited.iter().position(|known| *known == cited);
        known.map_or_else(
            || {
                self.cited.push(cited);
                self.cited.len()
            },
            |at| at + 1,
        )
    }

    /// What is cited, in the order of numbers.
    pub(super) fn all(&self) -> &[Cited] {
        &self.cited
    }
}

/// Writes a fact: a heading, how much stands behind it, and its claims.
pub(super) fn write(
    page: &mut Markdown,
    citations: &mut Citations,
    dossier: &Dossier<'_>,
    statement: &Statement,
) {
    let graph = &dossier.engine.graph;
    let Some(&first) = statement.claims.first() else {
        return;
    };
    let fact = escape(&words::fact(graph, first).text());
    page.heading(3, &format!("{}\\. {fact}", statement.number));
    let (sources, origins) = dossier.support(statement);
    let names = escape(&words::agents(graph, &origins));
    page.block(&format!(
        "{}, {}, {}: {names}",
        words::counted(statement.claims.len(), "claim", "claims"),
        words::counted(sources.len(), "source", "sources"),
        words::counted(origins.len(), "origin", "origins"),
    ));
    page.apart();
    for &claim in &statement.claims {
        self::claim(page, citations, dossier, claim);
    }
}

fn claim(page: &mut Markdown, citations: &mut Citations, dossier: &Dossier<'_>, claim: ClaimIndex) {
    let graph = &dossier.engine.graph;
    let caution = words::caution(dossier.standing, claim)
        .map_or_else(String::new, |word| format!("**{word}**: "));
    let circumstances = words::circumstances(graph, claim).text();
    let circumstances = circumstances.trim_start_matches([' ', ',']);
    let circumstances = if circumstances.is_empty() {
        "neither place nor date"
    } else {
        circumstances
    };
    let id = code(graph.claim_id(claim));
    page.task(0, &format!("{caution}{} {id}", escape(circumstances)));
    let record = graph.claim(claim);
    let rows = graph.evidence().of_claim(claim).zip(&record.evidence);
    for (place, ((number, row), evidence)) in (0..).zip(rows) {
        if dossier.standing.is_kept(number) {
            let passage = dossier.engine.passages.of(graph, claim, place);
            self::evidence(page, citations, dossier, (&row, evidence), passage);
        }
    }
    if let Some(note) = &record.note {
        page.item(1, &escape(note));
    }
}

fn evidence(
    page: &mut Markdown,
    citations: &mut Citations,
    dossier: &Dossier<'_>,
    (row, evidence): (&EvidenceRow, &Evidence),
    passage: Option<&Passage>,
) {
    let graph = &dossier.engine.graph;
    let number = citations.number((row.source, evidence.at.as_ref().map(|at| at.value)));
    let title = escape(&graph.source(row.source).title);
    let speakers = evidence::speakers(graph, row.speakers);
    let said = [speakers]
        .into_iter()
        .chain(grades::of_evidence(graph, row.source, evidence));
    let said: Vec<String> = said
        .filter(|part| !part.is_empty())
        .map(|part| escape(&part))
        .collect();
    let said = if said.is_empty() {
        String::new()
    } else {
        format!(" — {}", said.join(", "))
    };
    let stance = evidence::stance(row.stance);
    page.item(1, &format!("{stance}: {title}{said}[^{number}]"));
    match passage {
        Some(passage) => self::passage(page, passage),
        None => {
            if let Some(quote) = &evidence.quote {
                page.quotation(1, &escape(&one_line(quote)));
            }
        }
    }
    if let Some(note) = &evidence.note {
        page.item(2, &escape(note));
    }
}

/// What stands in the stored text now, with its grade and, where it is not sound, what there is to say.
fn passage(page: &mut Markdown, passage: &Passage) {
    let grade = passage.finding.grade;
    let mut line = code(grade.word());
    if let Some(text) = &passage.text {
        line.push_str(&format!(" {}", escape(&one_line(text))));
    }
    if !grade.is_sound() && !passage.finding.message.is_empty() {
        line.push_str(&format!(" ({})", escape(&passage.finding.message)));
    }
    page.quotation(1, &line);
}
