//! The fact-checker's dossier: what a draft rests on, as Markdown or as one page of HTML.

mod markdown;
mod page;
mod statement;

use super::words;
use crate::bibliography;
use crate::evidence::Grade;
use crate::graph::contradictions::{Assertion, Contradiction};
use crate::graph::{AgentIndex, Graph, SourceIndex};
use crate::query::answer::Answer;
use crate::review::dossier::{Dossier, OpenCheck, Standing, Subject};
use markdown::{Markdown, code, escape};
use statement::Citations;

/// A dossier in Markdown; ends in a line end.
#[must_use]
pub fn dossier_markdown(dossier: &Dossier<'_>) -> String {
    let mut page = Markdown::default();
    let mut citations = Citations::default();
    head(&mut page, dossier);
    glance(&mut page, dossier);
    if let Subject::Answer(answer) = dossier.subject {
        self::answer(&mut page, dossier, answer);
    }
    open_checks(&mut page, dossier);
    for (section, statements) in &dossier.sections {
        if statements.is_empty() {
            continue;
        }
        page.heading(2, title(*section));
        page.block(about(*section));
        for one in statements {
            statement::write(&mut page, &mut citations, dossier, one);
        }
    }
    contradictions(&mut page, dossier);
    sources(&mut page, dossier);
    notes(&mut page, dossier, &citations);
    page.finish()
}

/// A dossier as one page of HTML that makes no request.
#[must_use]
pub fn dossier_page(dossier: &Dossier<'_>) -> String {
    let grades = Grade::ALL.map(Grade::word);
    page::page(&name(dossier), &dossier_markdown(dossier), &grades)
}

/// What a dossier is called: the name of its subject, or the question.
fn name(dossier: &Dossier<'_>) -> String {
    let graph = &dossier.engine.graph;
    match dossier.subject {
        Subject::Entity(entity) => words::name(graph, entity).to_owned(),
        Subject::Source(source) => graph.source(source).title.value.clone(),
        Subject::Publication(number, _) => graph.publication(number).name.value.clone(),
        Subject::Claim(claim) => words::fact(graph, claim).text(),
        Subject::Answer(answer) => answer.question.clone(),
    }
}

fn title(section: Standing) -> &'static str {
    match section {
        Standing::Affirmed => "What it rests on",
        Standing::Contested => "Disputed or denied",
        Standing::HeldBack => "Held back",
    }
}

fn about(section: Standing) -> &'static str {
    match section {
        Standing::Affirmed => "Sources say so, and none in this casebook denies it.",
        Standing::Contested => {
            "Some source denies it, or says that it was not so. Do not write it as plain fact."
        }
        Standing::HeldBack => {
            "Planned, expected, cancelled, alleged or only mentioned. It is not said to have happened."
        }
    }
}

fn head(page: &mut Markdown, dossier: &Dossier<'_>) {
    page.heading(1, &escape(&markdown::one_line(&name(dossier))));
    let header = dossier.engine.graph.records().headers.first();
    let casebook = header.map_or_else(
        || "this casebook".to_owned(),
        |header| format!("the casebook *{}*", escape(&header.title)),
    );
    page.block(&format!(
        "What {casebook} says: every claim with its sources, the origins behind them and, where it is known, the passage. \
         A box is ticked by who has looked at the passage and found that it says so."
    ));
    if let Subject::Entity(entity) = dossier.subject {
        let graph = &dossier.engine.graph;
        let also = graph.judged_same(entity).iter().flat_map(|&same| {
            let record = graph.entity(same);
            let own = (same != entity).then_some(&record.name);
            own.into_iter().chain(&record.aliases)
        });
        let also: Vec<String> = also.map(|alias| escape(alias)).collect();
        if !also.is_empty() {
            page.block(&format!("Also called {}.", also.join(", ")));
        }
    }
}

fn glance(page: &mut Markdown, dossier: &Dossier<'_>) {
    let mut rows: Vec<Vec<String>> = dossier
        .sections
        .iter()
        .map(|(section, statements)| {
            let claims: usize = statements.iter().map(|one| one.claims.len()).sum();
            let facts = words::counted(statements.len(), "fact", "facts");
            let claims = words::counted(claims, "claim", "claims");
            vec![title(*section).to_lowercase(), format!("{facts}, {claims}")]
        })
        .collect();
    let origins: std::collections::BTreeSet<AgentIndex> = dossier
        .statements()
        .flat_map(|(_, statement)| dossier.support(statement).1)
        .collect();
    let certain = dossier
        .contradictions
        .iter()
        .filter(|it| it.certain)
        .count();
    let possible = dossier.contradictions.len() - certain;
    rows.push(vec![
        "contradictions".to_owned(),
        format!("{certain} certain, {possible} possible"),
    ]);
    rows.push(vec![
        "sources".to_owned(),
        dossier.sources().len().to_string(),
    ]);
    rows.push(vec![
        "independent origins".to_owned(),
        origins.len().to_string(),
    ]);
    let grades = dossier.grades();
    let counted = |&(grade, count): &(Grade, usize)| format!("{count} {}", grade.word());
    let graded: Vec<String> = grades.iter().map(counted).collect();
    let passages = if graded.is_empty() {
        "not compared: no stored text is at hand".to_owned()
    } else {
        graded.join(", ")
    };
    rows.push(vec!["passages".to_owned(), passages]);
    page.heading(2, "At a glance");
    page.table(&["", ""], &rows);
}

fn answer(page: &mut Markdown, dossier: &Dossier<'_>, answer: &Answer) {
    page.heading(2, "The answer");
    page.block(super::separated::md(dossier.engine, answer).trim_end());
    if !answer.notes.is_empty() {
        page.apart();
    }
    for note in &answer.notes {
        page.item(0, &escape(&note.text));
    }
}

/// What is to be done about an open check.
fn task(check: OpenCheck) -> &'static str {
    match check {
        OpenCheck::UnsoundPassage => "Mend the passage: it is altered, missing or ambiguous",
        OpenCheck::LoosePassage => "Read the passage: it is cut, or stands elsewhere than it says",
        OpenCheck::Uncompared => "Compare the passage: the stored text is not at hand",
        OpenCheck::NoPassage => "Find the passage: the evidence gives no position and no quotation",
        OpenCheck::OneOrigin => "Find a second origin: all sources go back to one",
        OpenCheck::NoOrigin => "Ask where the source has it from: it names nobody",
        OpenCheck::Undated => "Find the date: none is given",
        OpenCheck::DoubtfulDate => "Settle the date: it is marked uncertain or approximate",
        OpenCheck::Ungraded => "Grade the credibility: other evidence here is graded",
    }
}

fn open_checks(page: &mut Markdown, dossier: &Dossier<'_>) {
    let unjudged = dossier
        .contradictions
        .iter()
        .filter(|it| it.judged().is_none())
        .count();
    if dossier.open.is_empty() && unjudged == 0 {
        return;
    }
    page.heading(2, "Open checks");
    page.apart();
    if unjudged > 0 {
        let found = words::counted(unjudged, "contradiction", "contradictions");
        page.task(0, &format!("Judge {found}: see *Contradictions* below"));
    }
    for (check, numbers) in &dossier.open {
        page.task(0, &format!("{}: {}", task(*check), ranges(numbers)));
    }
}

/// Ascending numbers as `1, 3–5`.
fn ranges(numbers: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let runs: Vec<String> = runs
        .iter()
        .map(|&(first, last)| match last - first {
            0 => first.to_string(),
            1 => format!("{first}, {last}"),
            _ => format!("{first}–{last}"),
        })
        .collect();
    runs.join(", ")
}

fn contradictions(page: &mut Markdown, dossier: &Dossier<'_>) {
    if dossier.contradictions.is_empty() {
        return;
    }
    let graph = &dossier.engine.graph;
    page.heading(2, "Contradictions");
    page.block("Both sides are shown; nothing is resolved.");
    for found in &dossier.contradictions {
        let sure = if found.certain { "certain" } else { "possible" };
        page.heading(3, &format!("{}, {sure}", capitalised(found.kind.word())));
        page.block(&standing_of(graph, found));
        page.apart();
        for (label, side) in [("one", &found.one), ("other", &found.other)] {
            for assertion in side {
                let line = assertion_text(dossier, *assertion);
                page.task(0, &format!("*{label}*: {line}"));
            }
        }
    }
}

/// Whether both sides share an origin, and what was judged.
fn standing_of(graph: &Graph, found: &Contradiction) -> String {
    let shared = if found.shared.is_empty() {
        "The sides rest on different origins.".to_owned()
    } else {
        let names = escape(&words::agents(graph, &found.shared));
        format!("Both sides go back to {names}.")
    };
    let judged = found.judged().and_then(|record| {
        let record = graph.records().judged.get(record as usize)?;
        Some(format!(" Judged: {}", escape(&record.because)))
    });
    shared + &judged.unwrap_or_default()
}

fn assertion_text(dossier: &Dossier<'_>, assertion: Assertion) -> String {
    let graph = &dossier.engine.graph;
    let sentence = if assertion.denied {
        // What is denied is the fact itself, however it stands.
        words::fact(graph, assertion.claim).joined(&words::circumstances(graph, assertion.claim))
    } else {
        words::claim(graph, dossier.standing, assertion.claim)
    };
    let sentence = escape(&sentence.text());
    let sources: Vec<String> = assertion
        .sources(dossier.standing)
        .iter()
        .map(|&source| escape(&graph.source(source).title))
        .collect();
    let denied = if assertion.denied { "denied: " } else { "" };
    let id = code(graph.claim_id(assertion.claim));
    format!("{denied}{sentence} — {} {id}", sources.join("; "))
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

fn sources(page: &mut Markdown, dossier: &Dossier<'_>) {
    let graph = &dossier.engine.graph;
    page.heading(2, "Sources");
    page.apart();
    for source in dossier.sources() {
        page.item(0, &source_line(graph, source));
        let record = graph.source(source);
        let derived = graph.agents().derived_from(source);
        if !derived.is_empty() {
            let names = escape(&words::agents(graph, derived));
            page.item(1, &format!("leans on {names}"));
        }
        if let Some(text) = &record.text {
            let (file, sha256) = (code(&text.file), code(&text.sha256));
            page.item(1, &format!("stored as {file}, SHA-256 {sha256}"));
        }
        if let Some(note) = &record.note {
            page.item(1, &escape(note));
        }
    }
}

fn source_line(graph: &Graph, source: SourceIndex) -> String {
    let line = escape(&words::source(graph, source).text());
    // A source without an outlet goes by its id already.
    let outlet = graph.agents().publication_of(source);
    let id = outlet.map(|_| code(&format!("@{}", *graph.source(source).id)));
    format!("{line} {}", id.unwrap_or_default())
        .trim_end()
        .to_owned()
}

fn notes(page: &mut Markdown, dossier: &Dossier<'_>, citations: &Citations) {
    let cited: Vec<SourceIndex> = citations.all().iter().map(|(source, _)| *source).collect();
    if cited.is_empty() {
        return;
    }
    page.heading(2, "Notes");
    let notes = bibliography::notes(&dossier.engine.graph, &cited);
    for (number, (runs, (_, place))) in (1..).zip(notes.iter().zip(citations.all())) {
        let text: Vec<String> = runs
            .iter()
            .map(|run| {
                let text = escape(&run.text);
                if run.italic {
                    format!("*{text}*")
                } else {
                    text
                }
            })
            .collect();
        let place = place.map_or_else(String::new, |(start, end)| {
            format!(", characters {start}–{end}")
        });
        let note = text.concat() + &place;
        let end = if note.ends_with('.') { "" } else { "." };
        page.footnote(number, &format!("{note}{end}"));
    }
}
