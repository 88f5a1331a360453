//! What became different between two answers to one question, asked of two casebooks.

use crate::query::answer::{Answer, Row};
use crate::query::comparison::{self, Change, Side};
use crate::query::{Engine, Failure};

/// What became of a saved question's answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AnswerChange {
    /// Rows in the new answer alone. Their indices are those of the new graph.
    pub gained: Vec<Row>,
    /// Rows in the old answer alone. Their indices are those of the old graph.
    pub lost: Vec<Row>,
    /// Rows in both that rest on fewer claims, sources or origins now, as they were.
    pub weakened: Vec<Row>,
    /// Rows in both that are marked otherwise (not certain, disputed, by absence): as they were, and as they are.
    pub remarked: Vec<(Row, Row)>,
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
        Failure::Damaged(damaged) => damaged.to_string(),
    }
}

fn rows(old: (&Engine, &Answer), new: (&Engine, &Answer)) -> AnswerChange {
    let (before, after) = (&old.1.rows, &new.1.rows);
    let found = comparison::compare(side(old), side(new));
    let changed = |change| {
        let rows = before.iter().zip(&found.before);
        let rows = rows.filter(move |(_, became)| **became == change);
        rows.map(|(row, _)| row.clone()).collect()
    };
    let marks = |row: &Row| (row.certain, row.disputed, row.absence);
    let remarked = before.iter().zip(&found.places).filter_map(|(was, place)| {
        let is = after.get((*place)?)?;
        (marks(was) != marks(is)).then(|| (was.clone(), is.clone()))
    });
    AnswerChange {
        gained: found.gained.iter().map(|&at| after[at].clone()).collect(),
        lost: changed(Change::Lost),
        weakened: changed(Change::Weakened),
        remarked: remarked.collect(),
        notes: old.1.notes != new.1.notes,
        refused: None,
    }
}

fn side<'a>((engine, answer): (&'a Engine, &'a Answer)) -> Side<'a> {
    Side {
        graph: &engine.graph,
        provenance: answer.standing(&engine.provenance),
        rows: &answer.rows,
    }
}
