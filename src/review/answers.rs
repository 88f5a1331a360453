//! What became different between two answers to one question, asked of two casebooks.

use crate::graph::Graph;
use crate::query::answer::{Answer, Row, Step, Value};
use crate::query::{Engine, Failure};
use std::collections::BTreeMap;

/// What became of a saved question's answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AnswerChange {
    /// Rows in the new answer alone. Their indices are those of the new graph.
    pub gained: Vec<Row>,
    /// Rows in the old answer alone. Their indices are those of the old graph.
    pub lost: Vec<Row>,
    /// Rows in both that rest on fewer sources or origins now, as they were.
    pub weakened: Vec<Row>,
    /// Whether what stands under the answer became different, such as how much was held back.
    pub notes: bool,
    /// What is wrong with the question in the old casebook, and in the new one: it can be asked of one of them alone.
    pub refused: Option<(Option<String>, Option<String>)>,
}

impl AnswerChange {
    /// Whether nothing became different.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What an engine says to a question.
pub type Said = Result<Answer, Failure>;

/// What became different from one answer to the other. Two refusals are no difference.
#[must_use]
pub fn compare(old: (&Engine, &Said), new: (&Engine, &Said)) -> AnswerChange {
    match (old.1, new.1) {
        (Ok(before), Ok(after)) => rows((old.0, before), (new.0, after)),
        (Err(_), Err(_)) => AnswerChange::default(),
        (before, after) => AnswerChange {
            refused: Some((
                before.as_ref().err().map(reason),
                after.as_ref().err().map(reason),
            )),
            ..AnswerChange::default()
        },
    }
}

fn reason(failure: &Failure) -> String {
    match failure {
        Failure::Question(problems) => {
            let first = problems.first();
            first.map_or_else(String::new, |problem| problem.message.clone())
        }
        Failure::Stop(stop) => stop.to_string(),
    }
}

fn rows(old: (&Engine, &Answer), new: (&Engine, &Answer)) -> AnswerChange {
    let (before, after) = (weighed(old), weighed(new));
    let named = |one: &BTreeMap<String, Weighed<'_>>, other: &BTreeMap<String, Weighed<'_>>| {
        let rows = one.iter().filter(|(key, _)| !other.contains_key(*key));
        rows.map(|(_, weighed)| weighed.row.clone()).collect()
    };
    let weakened = before.iter().filter(|(key, was)| {
        let is = after.get(*key);
        is.is_some_and(|is| is.sources < was.sources || is.origins < was.origins)
    });
    AnswerChange {
        gained: named(&after, &before),
        lost: named(&before, &after),
        weakened: weakened.map(|(_, was)| was.row.clone()).collect(),
        notes: old.1.notes != new.1.notes,
        refused: None,
    }
}

struct Weighed<'a> {
    row: &'a Row,
    sources: usize,
    origins: usize,
}

/// The rows by their values in ids and by their marks.
fn weighed<'a>((engine, answer): (&Engine, &'a Answer)) -> BTreeMap<String, Weighed<'a>> {
    let standing = answer.standing(&engine.provenance);
    let weigh = |row: &'a Row| {
        let key: Vec<String> = row
            .values
            .iter()
            .map(|value| id(&engine.graph, value))
            .collect();
        let marks = format!("{} {} {}", row.certain, row.disputed, row.absence);
        let weighed = Weighed {
            row,
            sources: row.sources(standing).len(),
            origins: row.origins(standing).len(),
        };
        (format!("{}\n{marks}", key.join("\t")), weighed)
    };
    answer.rows.iter().map(weigh).collect()
}

/// A value by ids, the same in every casebook that has them.
fn id(graph: &Graph, value: &Value) -> String {
    let entity = |entity| format!("@{}", *graph.entity(entity).id);
    match value {
        Value::Empty => String::new(),
        Value::Entity(index) => entity(*index),
        Value::Agent(agent) => format!("@{}", graph.agents().id(*agent)),
        Value::Relation(relation) => graph.relation(*relation).id.value.clone(),
        Value::Date(date) => graph.date(*date).edtf.clone(),
        Value::Number(number) => number.to_string(),
        Value::Word(word) => (*word).to_owned(),
        Value::List(values) => {
            let values: Vec<String> = values.iter().map(|value| id(graph, value)).collect();
            values.join("; ")
        }
        Value::Path(steps) => {
            let step = |step: &Step| {
                let relation = graph.relation(step.relation);
                let (from, to) = (entity(step.from), entity(step.to));
                format!("{from} {} {to} {}", *relation.id, step.backwards)
            };
            let steps: Vec<String> = steps.iter().map(step).collect();
            steps.join(" ")
        }
    }
}
