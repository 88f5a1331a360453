//! Conditions on Admiralty grades: which evidence they let pass, and what is said of the rest.
//!
//! The two scales stay two: nothing here makes one number of them, or of several pieces of evidence.

use super::answer::{Note, Row, Value};
use super::question::ast::Comparison;
use crate::graph::{EvidenceRow, FactIndex, Graph, Provenance};
use crate::model::{Reliability, Stance};
use std::collections::BTreeSet;

/// One of the two Admiralty scales.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// A to F, of a source.
    Reliability,
    /// 1 to 6, of a piece of evidence.
    Credibility,
}

/// The last of either scale, *cannot be judged*: neither better nor worse than any other.
pub const UNORDERED: u8 = 6;

/// A condition on the grades of evidence: `reliability <= B`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grading {
    /// Of which scale.
    pub scale: Scale,
    /// How.
    pub comparison: Comparison,
    /// With which grade: 1 (or A), the best, to 6 (or F), cannot be judged.
    pub grade: u8,
}

impl Grading {
    /// Whether a piece of evidence meets it. What has no grade never does; *cannot be judged* only by `=` and `!=`.
    #[must_use]
    pub fn is_met(&self, graph: &Graph, row: &EvidenceRow) -> bool {
        let Some(grade) = grade(graph, self.scale, row) else {
            return false;
        };
        match self.comparison {
            Comparison::Equal | Comparison::Is => grade == self.grade,
            Comparison::NotEqual => grade != self.grade,
            _ if grade == UNORDERED || self.grade == UNORDERED => false,
            Comparison::Less => grade < self.grade,
            Comparison::LessOrEqual => grade <= self.grade,
            Comparison::Greater => grade > self.grade,
            Comparison::GreaterOrEqual => grade >= self.grade,
            Comparison::Within => false,
        }
    }
}

/// The grade of a piece of evidence, 1 to 6; its reliability is that of its source.
fn grade(graph: &Graph, scale: Scale, row: &EvidenceRow) -> Option<u8> {
    match scale {
        Scale::Reliability => graph
            .reliability(row.source)
            .map(|(grade, _)| reliability(grade)),
        Scale::Credibility => row.credibility,
    }
}

fn reliability(grade: Reliability) -> u8 {
    grade as u8 + 1
}

const UNGRADED: &str = "ungraded";

fn word(scale: Scale, grade: Option<u8>) -> &'static str {
    let words = match scale {
        Scale::Reliability => ["A", "B", "C", "D", "E", "F"],
        Scale::Credibility => ["1", "2", "3", "4", "5", "6"],
    };
    let place = grade.and_then(|grade| usize::from(grade).checked_sub(1));
    place
        .and_then(|place| words.get(place))
        .copied()
        .unwrap_or(UNGRADED)
}

/// The different grades of the evidence that carries the claims of a row, the best first, `ungraded` last.
#[must_use]
pub fn of_row(graph: &Graph, provenance: &Provenance, row: &Row, scale: Scale) -> Value {
    let claims = row.claims();
    let words: BTreeSet<&'static str> = claims
        .iter()
        .flat_map(|&claim| provenance.carrying(graph, claim))
        .map(|(_, evidence)| word(scale, grade(graph, scale, &evidence)))
        .collect();
    Value::List(words.into_iter().map(Value::Word).collect())
}

/// What the conditions have left out of the evidence about the facts of these rows, which are those without them.
#[must_use]
pub fn left_out(
    graph: &Graph,
    gradings: &[Grading],
    rows: &[Row],
    before: &Provenance,
    after: &Provenance,
) -> Option<Note> {
    let facts: BTreeSet<FactIndex> = rows
        .iter()
        .flat_map(Row::claims)
        .map(|claim| graph.fact_of(claim))
        .collect();
    let (mut ungraded, mut graded, mut denials) = (0_u64, 0_u64, 0_u64);
    let claims = facts.iter().flat_map(|&fact| graph.claims_of_fact(fact));
    for (number, row) in claims.flat_map(|&claim| before.rows(graph, claim)) {
        if after.is_kept(number) {
            continue;
        }
        let lacks = |grading: &Grading| grade(graph, grading.scale, &row).is_none();
        match gradings.iter().any(lacks) {
            true => ungraded += 1,
            false => graded += 1,
        }
        denials += u64::from(row.stance == Stance::Denies);
    }
    let all = ungraded + graded;
    if all == 0 {
        return None;
    }
    let denial = if denials == 1 { "denial" } else { "denials" };
    let parts = [(ungraded, "without a grade"), (denials, denial)];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let parts = match parts.is_empty() {
        true => String::new(),
        false => format!(" ({})", parts.join(", ")),
    };
    let pieces = if all == 1 { "piece" } else { "pieces" };
    Some(Note {
        name: "left-out-by-grade",
        text: format!("left out by grade: {all} {pieces} of evidence{parts}"),
        counts: [
            ("ungraded", ungraded),
            ("graded", graded),
            ("denials", denials),
        ]
        .map(|(word, count)| (word.to_owned(), count))
        .to_vec(),
    })
}
