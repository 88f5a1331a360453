//! Why a row is in an answer.

use super::markup::{Line, Style};
use super::sheet::Sheet;
use super::{Screen, evidence, numbered_sources, tree, words};
use crate::graph::contradictions::{self, Assertion, Side};
use crate::graph::{AgentIndex, ClaimIndex, FactIndex, Provenance, SourceIndex};
use crate::query::Engine;
use crate::query::answer::{Answer, Row, Value};
use std::collections::{BTreeMap, BTreeSet};

/// The most sets of claims that are listed one by one.
const SETS: usize = 12;

/// A fact with the claims of it that a row rests on, and their origins.
#[derive(Default)]
struct Fact {
    claims: Vec<ClaimIndex>,
    origins: BTreeSet<AgentIndex>,
}

/// The claims of a row (counted from 1) by fact, each with its sources, passages and origins, and what of them is
/// enough; `None` when there is no such row.
#[must_use]
pub fn why(engine: &Engine, answer: &Answer, row: usize, screen: &Screen) -> Option<String> {
    let number = row;
    let row = answer.rows.get(number.checked_sub(1)?)?;
    let standing = words::standing(engine, answer);
    let mut sheet = Sheet::new(screen);
    sheet.section(&title(engine, answer, row, number));
    if row.absence {
        let text = "No claim in this casebook says what the question excludes: the row rests on that absence.";
        sheet.line(2, &Line::plain(text));
    }
    let sources = numbered_sources(engine, answer);
    if !row.asserted.is_empty() {
        contradiction(&mut sheet, engine, standing, row, &sources);
        return Some(sheet.paint());
    }
    let facts = facts(engine, standing, row);
    let mut next = 1;
    let mut numbers = BTreeMap::new();
    for fact in &facts {
        sheet.section(&heading(engine, standing, fact));
        for &claim in &fact.claims {
            numbers.insert(claim, next);
            sheet.line(2, &numbered(engine, standing, claim, next));
            evidence::write(&mut sheet, engine, standing, claim, &sources, 5);
            next += 1;
        }
        let number = |claim| Line::plain(&format!("claim {}", numbers.get(&claim).unwrap_or(&0)));
        tree::write(
            &mut sheet,
            engine,
            standing,
            &fact.claims,
            &sources,
            &number,
        );
    }
    if let Some(line) = enough(row, &facts, &numbers) {
        sheet.section(&line);
    }
    if let Some(line) = weakest(engine, &facts) {
        sheet.line(0, &line);
    }
    Some(sheet.paint())
}

/// Both sides of a contradiction with what asserts them, and what they have in common. Where a stage has left out a
/// side, what is asserted stands without them.
fn contradiction(
    sheet: &mut Sheet<'_>,
    engine: &Engine,
    standing: &Provenance,
    row: &Row,
    sources: &[SourceIndex],
) {
    let sides: Vec<&Side> = row
        .values
        .iter()
        .filter_map(|value| match value {
            Value::Side(side) => Some(side),
            _ => None,
        })
        .collect();
    match sides.as_slice() {
        [one, other] => {
            side(sheet, engine, standing, "One side", one, sources);
            side(sheet, engine, standing, "The other", other, sources);
            let shared = contradictions::shared(standing, one, other);
            sheet.section(&words::shared(&engine.graph, &shared));
        }
        _ => side(sheet, engine, standing, "Asserted", &row.asserted, sources),
    }
    if let Some(because) = words::judged(&engine.graph, row.judged) {
        sheet.section(&Line::of(Style::Mark, "Judged: ").with(Style::Plain, because));
    }
}

fn side(
    sheet: &mut Sheet<'_>,
    engine: &Engine,
    standing: &Provenance,
    title: &str,
    side: &[Assertion],
    sources: &[SourceIndex],
) {
    let claims = words::counted(side.len(), "claim", "claims");
    let of = |it: &Assertion| it.sources(standing);
    let carriers: BTreeSet<_> = side.iter().flat_map(of).collect();
    let carriers = words::counted(carriers.len(), "source", "sources");
    let of = |it: &Assertion| it.origins(standing);
    let origins: BTreeSet<_> = side.iter().flat_map(of).collect();
    let origins = words::counted(origins.len(), "origin", "origins");
    let title = Line::of(Style::Heading, title);
    sheet.section(&title.with(Style::Dim, &format!(" · {claims}, {carriers}, {origins}")));
    for (number, &it) in (1..).zip(side) {
        let line = Line::of(Style::Dim, &format!("{number}. "));
        sheet.line(2, &line.joined(&words::assertion(&engine.graph, it)));
        evidence::write_asserted(sheet, engine, standing, it, sources, 5);
    }
}

fn title(engine: &Engine, answer: &Answer, row: &Row, number: usize) -> Line {
    let mut line = Line::of(Style::Heading, &format!("Row {number}"));
    // Sides of a contradiction are spelled out below.
    let values = answer.columns.iter().zip(&row.values);
    let values = values.filter(|(_, value)| !matches!(value, Value::Side(_)));
    for (at, (column, value)) in values.enumerate() {
        line.push(Style::Plain, if at == 0 { ": " } else { ", " });
        line.push(Style::Dim, column);
        line.push(Style::Plain, " ");
        line.push(Style::Name, &words::value(&engine.graph, value));
    }
    line
}

/// The facts of a row, those of a path in its order.
fn facts(engine: &Engine, standing: &Provenance, row: &Row) -> Vec<Fact> {
    let claims = row.claims();
    let on_paths = row.values.iter().flat_map(|value| match value {
        Value::Path(steps) => steps.as_slice(),
        _ => &[],
    });
    let in_order = on_paths
        .flat_map(|step| &step.claims)
        .filter(|claim| claims.contains(claim))
        .chain(&claims);
    let mut facts: Vec<(FactIndex, Fact)> = Vec::new();
    for &claim in in_order {
        let number = engine.graph.fact_of(claim);
        let at = facts.iter().position(|(known, _)| *known == number);
        let at = at.unwrap_or_else(|| {
            facts.push((number, Fact::default()));
            facts.len() - 1
        });
        let fact = &mut facts[at].1;
        if !fact.claims.contains(&claim) {
            fact.claims.push(claim);
            fact.origins.extend(standing.origins(claim));
        }
    }
    facts.into_iter().map(|(_, fact)| fact).collect()
}

fn heading(engine: &Engine, standing: &Provenance, fact: &Fact) -> Line {
    let mut line = Line::new();
    let Some(&first) = fact.claims.first() else {
        return line;
    };
    line.append(&words::fact(&engine.graph, first));
    let claims = words::counted(fact.claims.len(), "claim", "claims");
    let sources: BTreeSet<_> = fact
        .claims
        .iter()
        .flat_map(|&claim| standing.sources(claim))
        .collect();
    let sources = words::counted(sources.len(), "source", "sources");
    let origins = words::counted(fact.origins.len(), "origin", "origins");
    line.push(Style::Dim, &format!(" · {claims}, {sources}, {origins}"));
    line
}

fn numbered(engine: &Engine, standing: &Provenance, claim: ClaimIndex, number: usize) -> Line {
    let mut line = Line::of(Style::Dim, &format!("{number}. "));
    let circumstances = words::circumstances(&engine.graph, claim);
    line.append(&words::cautioned(standing, claim));
    if circumstances.is_empty() {
        line.push(Style::Dim, "no place or date given");
    } else {
        line.append(&circumstances.trimmed());
    }
    line
}

/// Which of the claims are enough, where there is more than one way to have enough.
fn enough(row: &Row, facts: &[Fact], numbers: &BTreeMap<ClaimIndex, usize>) -> Option<Line> {
    if row.witnesses.len() < 2 {
        return None;
    }
    let one_each = row.witnesses.iter().all(|set| set.len() == facts.len());
    let product: usize = facts.iter().map(|fact| fact.claims.len()).product();
    let text = if one_each && row.witnesses.len() == product {
        if facts.len() == 1 {
            "Any one of these claims is enough.".to_owned()
        } else {
            format!("One claim of each of the {} facts is enough.", facts.len())
        }
    } else {
        let set = |set: &Vec<ClaimIndex>| {
            let numbers: Vec<String> = set
                .iter()
                .filter_map(|claim| numbers.get(claim))
                .map(ToString::to_string)
                .collect();
            numbers.join(" + ")
        };
        let mut sets: Vec<String> = row.witnesses.iter().take(SETS).map(set).collect();
        let more = row.witnesses.len().saturating_sub(SETS);
        if more > 0 {
            sets.push(format!("{more} more"));
        }
        format!(
            "Any one of these sets of claims is enough: {}.",
            sets.join("; ")
        )
    };
    Some(Line::plain(&text))
}

/// Of several facts, the one with the fewest origins.
fn weakest(engine: &Engine, facts: &[Fact]) -> Option<Line> {
    let most = facts.iter().map(|fact| fact.origins.len()).max()?;
    let weakest = facts.iter().min_by_key(|fact| fact.origins.len())?;
    let count = weakest.origins.len();
    if facts.len() < 2 || count == most {
        return None;
    }
    let mut line = Line::plain("Weakest: ");
    line.append(&words::fact(&engine.graph, *weakest.claims.first()?));
    let origins = words::counted(count, "origin", "origins");
    Some(line.with(Style::Plain, &format!(" ({origins}).")))
}
