//! A naive reference evaluator: nested loops over the claims of a casebook, no index, no rewriting. It reads the records
//! and the tree of a question, and knows nothing of the graph or the evaluator that it is compared with.

mod conditions;
mod contradictions;
mod formula;
pub mod grades;
mod heads;
mod names;
mod paths;
mod qualifiers;
mod resolve;
mod rows;
mod scan;
mod solve;
mod stages;
mod verbs;
pub mod world;

use casebook::query::question::ast;
pub use rows::{Cell, Row};
use stages::Table;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use world::World;

/// The id of an entity (of the one that stands for it), a publication, a source, a relation.
pub type Thing = Rc<str>;

/// A set of claims, by their positions in the casebook.
pub type Claims = BTreeSet<usize>;

/// What a question is answered with.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    /// How many claims of each status were held back.
    pub held_back: BTreeMap<&'static str, u64>,
    /// How many claims met no window because they have no date.
    pub undated: u64,
    /// How many entities the variables that stand only under `not` ranged over; `None` when none did.
    pub closed_over: Option<u64>,
    /// How many bindings were left out by `not` although some source says that it did not happen; `None` where a branch
    /// of an `or` decides that.
    pub left_out: Option<u64>,
    /// Of how many contradictions one origin stands behind both sides, and how many are judged.
    pub shared: u64,
    pub judged: u64,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(pub String);

pub(crate) type Outcome<T> = Result<T, Refused>;

pub(crate) fn refuse<T>(why: impl Into<String>) -> Outcome<T> {
    Err(Refused(why.into()))
}

/// Which claims a question lets pass besides those it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// None: as written.
    Plain,
    /// Wherever no status is named outside `not`, every status.
    AnyStatus,
    /// Undated claims meet every window outside `not`.
    UndatedToo,
}

/// Answers a question of a casebook of which nothing is ignored. `numbered` are the ids of the sources that `[1]`, `[2]` … stand for.
///
/// # Errors
/// [`Refused`] when the question has no meaning in this casebook.
pub fn answer(
    everything: &World<'_>,
    question: &ast::Question,
    numbered: &[String],
) -> Outcome<Answer> {
    let book = everything.book;
    let ignored = names::agents(everything, numbered, &question.ignoring)?;
    let graded = grades::conditions(question)?;
    let meets = |evidence: &casebook::model::Evidence| grades::met(book, &graded, evidence);
    let narrowed = !ignored.is_empty() || !graded.is_empty();
    let without = narrowed.then(|| World::graded(book, &ignored, &meets));
    let world = without.as_ref().unwrap_or(everything);
    let resolved = heads::resolve(world, numbered, &question.head)?;
    let plain = heads::rows(world, &resolved, Reading::Plain);
    let in_time_order = matches!(
        question.head,
        ast::Head::Timeline { .. } | ast::Head::Contradictions { .. }
    );
    let table = |columns, rows| Table {
        columns,
        rows,
        sorted: in_time_order,
    };
    let mut held_back = BTreeMap::new();
    for at in heads::rows(world, &resolved, Reading::AnyStatus).held {
        if let Some(claim) = world.claim(at) {
            *held_back.entry(claim.standing.word()).or_default() += 1;
        }
    }
    let undated = heads::rows(world, &resolved, Reading::UndatedToo);
    let undated = match question.head {
        ast::Head::Contradictions { .. } => undated.rows.len() - plain.rows.len(),
        _ => undated.undated.len(),
    } as u64;
    let (shared, judged) = plain.notes;
    let mut answer = table(plain.columns, plain.rows);
    for (at, stage) in question.stages.iter().enumerate() {
        if let ast::StageKind::DiffIgnoring(names) = &stage.kind {
            let mut more = ignored.clone();
            more.extend(names::agents(everything, numbered, names)?);
            let other = World::graded(book, &more, &meets);
            let resolved = heads::resolve(&other, numbered, &question.head)?;
            let head = heads::rows(&other, &resolved, Reading::Plain);
            let mut after = table(head.columns, head.rows);
            for earlier in &question.stages[..at] {
                if !matches!(earlier.kind, ast::StageKind::DiffIgnoring(_)) {
                    stages::apply(&other, &earlier.kind, &mut after)?;
                }
            }
            stages::diff(world, &mut answer, after.rows);
        } else {
            stages::apply(world, &stage.kind, &mut answer)?;
        }
    }
    Ok(Answer {
        columns: answer
            .columns
            .into_iter()
            .map(|column| column.name)
            .collect(),
        rows: answer.rows,
        held_back,
        undated,
        closed_over: plain.closed_over,
        left_out: plain.left_out,
        shared,
        judged,
    })
}
