//! A question ready to be run: its plan, and what is done with the rows. Every name in it is resolved.

use super::algebra::{Plan, Var, Variables};
use super::answer::{Note, Shape};
use super::grades::{Grading, Scale};
use super::question::ast::Comparison;
use crate::graph::{AgentIndex, EntityIndex};
use crate::model::Date;
use std::collections::BTreeSet;

/// A question ready to be run.
#[derive(Debug, Clone, PartialEq)]
pub struct Lowered {
    /// What gives the rows.
    pub plan: Plan,
    /// Its variables.
    pub variables: Variables,
    /// The columns asked for, in order: the name, and the variables of which at most one is bound in a row.
    pub columns: Vec<(String, Vec<Var>)>,
    /// `how many`: rows are counted by the other columns, distinct values of this one.
    pub counted: Option<Counted>,
    /// The shape of the answer.
    pub shape: Shape,
    /// The order in which rows come.
    pub order: Order,
    /// `ignoring`
    pub ignoring: BTreeSet<AgentIndex>,
    /// The grades that evidence must have to be there, from every `where`.
    pub gradings: Vec<Grading>,
    /// What is done to the rows.
    pub stages: Vec<Stage>,
    /// What there is to say before anything is run.
    pub notes: Vec<Note>,
}

/// The order in which the rows of a head come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By their values.
    Values,
    /// By their dates, then their values.
    Time,
    /// What is certain first and what is judged last, then by their values.
    Weight,
}

/// What `how many` counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Distinct values of this variable.
    pub var: Var,
    /// The place of the column `count` among the columns.
    pub position: usize,
}

/// What is done to the rows; columns are positions.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// The number of rows, by columns.
    Count(Vec<usize>),
    /// The values of a column, by columns.
    List(usize, Vec<usize>),
    /// The rows with the earliest (latest) date, by columns.
    Extreme {
        /// The column of dates.
        when: usize,
        /// For each combination of these.
        by: Vec<usize>,
        /// The latest, not the earliest.
        latest: bool,
    },
    /// The rows that meet all conditions.
    Where(Vec<Condition>),
    /// Order; true for greatest first.
    Sort(Vec<(bool, Key)>),
    /// The first rows.
    Take(u64),
    /// All but the first rows.
    Skip(u64),
    /// These columns, with their names.
    Show(Vec<(String, Key)>),
    /// What changes when these are ignored.
    Diff(BTreeSet<AgentIndex>),
}

/// A column, or a measure of the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A column.
    Column(usize),
    /// Number of sources.
    Sources,
    /// Number of origins.
    Origins,
    /// Number of claims.
    Claims,
    /// `yes` or `no`.
    Certain,
    /// `yes` or `no`.
    Disputed,
    /// The grades of the evidence that carries its claims.
    Grades(Scale),
    /// `yes` or `no`.
    Judged,
}

/// Measures by the names that questions use.
pub const MEASURES: &[(&str, Key)] = &[
    ("sources", Key::Sources),
    ("origins", Key::Origins),
    ("claims", Key::Claims),
    ("certain", Key::Certain),
    ("disputed", Key::Disputed),
    ("reliability", Key::Grades(Scale::Reliability)),
    ("credibility", Key::Grades(Scale::Credibility)),
    ("judged", Key::Judged),
];

/// A condition of `where`.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// What is compared.
    pub key: Key,
    /// How.
    pub comparison: Comparison,
    /// With what.
    pub with: Operand,
}

/// What a condition compares with.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// A number.
    Number(i64),
    /// A date.
    Date(Date),
    /// What a name may stand for.
    Named(Vec<EntityIndex>, Vec<AgentIndex>),
    /// A kind, one flag a kind.
    Kind(Vec<bool>),
    /// A word of ours: `yes`, `lost`.
    Word(String),
    /// So many days from the date in this column.
    DaysOf(u32, usize),
    /// `undated`: an empty cell.
    Empty,
}
