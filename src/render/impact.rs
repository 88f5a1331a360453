//! What is lost when something is not there, for people and as JSON.

use super::markup::{Line, Style};
use super::sheet::Sheet;
use super::{Screen, json, words};
use crate::graph::{ClaimIndex, FactIndex, Graph, Status};
use crate::query::Engine;
use crate::query::comparison::{Change, Comparison};
use crate::query::impact::{AskedAgain, Impact, origins};
use serde_json::{Map, Value, json};

/// The saved questions that were asked with and without.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// In how many scripts they stand.
    pub scripts: usize,
    /// How many scripts are about another casebook.
    pub other_scripts: usize,
    /// The questions, in order.
    pub questions: Vec<AskedAgain>,
}

impl Saved {
    /// The questions whose answers change, with what becomes of their rows.
    pub fn changed(&self) -> impl Iterator<Item = (&AskedAgain, &Comparison)> {
        let compared = self.questions.iter();
        let compared = compared.filter_map(|one| Some((one, one.comparison.as_ref().ok()?)));
        compared.filter(|(_, comparison)| !comparison.is_same())
    }

    /// How many questions have no answer here: they cannot be read, or reached a limit.
    fn unanswered(&self) -> usize {
        let failed = self.questions.iter().filter(|one| one.comparison.is_err());
        failed.count()
    }
}

/// For people: what falls, what is left with one origin, what is weakened, and which saved answers change.
#[must_use]
pub fn text(engine: &Engine, impact: &Impact, saved: &Saved, screen: &Screen) -> String {
    let graph = &engine.graph;
    let mut sheet = Sheet::new(screen);
    let title = Line::of(Style::Heading, "Without ")
        .with(Style::Name, &words::agents(graph, &impact.without));
    sheet.section(&title);
    for &source in &impact.sources {
        let record = graph.source(source);
        let line = Line::of(Style::Source, &format!("@{}  ", *record.id));
        sheet.field("falls too", &line.joined(&words::source(graph, source)));
    }
    let facts = |sheet: &mut Sheet<'_>,
                 title: &str,
                 facts: &[FactIndex],
                 said: &dyn Fn(FactIndex) -> Line| {
        sheet.section(&heading(title, facts.len()));
        for &fact in facts {
            if let Some(&claim) = graph.claims_of_fact(fact).first() {
                sheet.line(2, &words::fact(graph, claim).joined(&said(fact)));
            }
        }
    };
    facts(&mut sheet, "Facts that fall", &impact.fallen, &|_| {
        Line::new()
    });
    facts(
        &mut sheet,
        "Facts left with one origin",
        &impact.one_origin,
        &|fact| {
            let left: Vec<u32> = origins(graph, &impact.after, fact).into_iter().collect();
            Line::of(Style::Dim, &format!(" · {}", words::agents(graph, &left)))
        },
    );
    facts(
        &mut sheet,
        "Facts no longer disputed",
        &impact.undisputed,
        &|_| Line::new(),
    );
    sheet.section(&heading("Other claims that go", impact.lost.len()));
    for &claim in &impact.lost {
        sheet.line(2, &lost(engine, impact, claim));
    }
    sheet.section(&heading("Claims weakened", impact.weakened.len()));
    for &claim in &impact.weakened {
        let id = format!("  {}", graph.claim_id(claim));
        let line = words::claim(graph, &impact.after, claim);
        sheet.line(2, &line.with(Style::Dim, &id));
    }
    questions(&mut sheet, saved);
    sheet.paint()
}

fn heading(title: &str, count: usize) -> Line {
    Line::of(Style::Heading, title).with(Style::Dim, &format!(" · {count}"))
}

/// A claim as it stood, its id, and as what it stands then if something is left of it.
fn lost(engine: &Engine, impact: &Impact, claim: ClaimIndex) -> Line {
    let graph = &engine.graph;
    let line = words::claim(graph, &engine.provenance, claim);
    let line = line.with(Style::Dim, &format!("  {}", graph.claim_id(claim)));
    match impact.after.status(claim) {
        Status::Ignored => line,
        status => line.with(Style::Mark, &format!(" (then {})", status.word())),
    }
}

fn questions(sheet: &mut Sheet<'_>, saved: &Saved) {
    let changed: Vec<_> = saved.changed().collect();
    let scripts = words::counted(saved.scripts, "script", "scripts");
    let all = words::counted(saved.questions.len(), "question", "questions");
    let title = heading("Saved answers that change", changed.len());
    sheet.section(&title.with(Style::Dim, &format!(" of {all} in {scripts}")));
    for (asked, comparison) in changed {
        let changes = Change::ALL
            .into_iter()
            .filter(|&change| change != Change::Kept);
        let changes = changes.map(|change| (comparison.count(change), change.word()));
        let changes: Vec<String> = changes
            .filter(|&(count, _)| count > 0)
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        let line = Line::plain(&asked.question)
            .with(Style::Mark, &format!("  {}", changes.join(", ")))
            .with(Style::Dim, &format!("  {}", asked.place));
        sheet.line(2, &line);
    }
    let mut rest = Vec::new();
    if saved.unanswered() > 0 {
        let questions = words::counted(saved.unanswered(), "question", "questions");
        rest.push(format!("{questions} without an answer here"));
    }
    if saved.other_scripts > 0 {
        let scripts = words::counted(saved.other_scripts, "script", "scripts");
        rest.push(format!("{scripts} about another casebook"));
    }
    if !rest.is_empty() {
        let line = Line::of(Style::Dim, &format!("left out: {}", rest.join(", ")));
        sheet.line(2, &line);
    }
}

/// The same for programs.
#[must_use]
pub fn json(engine: &Engine, impact: &Impact, saved: &Saved) -> String {
    let graph = &engine.graph;
    let agent =
        |&agent: &u32| json!({"id": graph.agents().id(agent), "name": graph.agent_name(agent)});
    let claims = |claims: &[ClaimIndex]| -> Vec<&str> {
        claims.iter().map(|&claim| graph.claim_id(claim)).collect()
    };
    let one_origin = impact.one_origin.iter().map(|&number| {
        let mut value = fact(graph, number);
        let left = origins(graph, &impact.after, number);
        value["origin"] = left.first().map(agent).into();
        value["origins_before"] = origins(graph, &engine.provenance, number).len().into();
        value
    });
    let changed = saved.changed().map(|(asked, comparison)| {
        let count = |change: Change| (change.word().to_owned(), json!(comparison.count(change)));
        let mut value = json!({"place": asked.place, "question": asked.question});
        value["rows"] = Change::ALL
            .into_iter()
            .map(count)
            .collect::<Map<_, _>>()
            .into();
        value
    });
    let sources = impact.sources.iter();
    json::pretty(&json!({
        "without": impact.without.iter().map(agent).collect::<Vec<_>>(),
        "sources": sources.map(|&source| graph.source(source).id.as_str()).collect::<Vec<_>>(),
        "facts_that_fall": impact.fallen.iter().map(|&one| fact(graph, one)).collect::<Vec<_>>(),
        "facts_left_with_one_origin": one_origin.collect::<Vec<_>>(),
        "facts_no_longer_disputed": impact.undisputed.iter().map(|&one| fact(graph, one)).collect::<Vec<_>>(),
        "other_claims_that_go": claims(&impact.lost),
        "claims_weakened": claims(&impact.weakened),
        "questions": {
            "asked": saved.questions.len() - saved.unanswered(),
            "without_an_answer": saved.unanswered(),
            "scripts": saved.scripts,
            "scripts_about_another_casebook": saved.other_scripts,
            "changed": changed.collect::<Vec<_>>(),
        },
    }))
}

fn fact(graph: &Graph, fact: FactIndex) -> Value {
    let (subject, object) = graph.ends_of_fact(fact);
    let claims = graph.claims_of_fact(fact);
    let relation = claims
        .first()
        .map(|&claim| graph.relation(graph.relation_of(claim)));
    json!({
        "subject": graph.entity(subject).id.value,
        "relation": relation.map(|relation| relation.id.as_str()),
        "object": graph.entity(object).id.value,
        "claims": claims.iter().map(|&claim| graph.claim_id(claim)).collect::<Vec<_>>(),
    })
}
