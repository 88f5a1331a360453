//! Two answers to one question, row by row: what became of each. The answers may come from different casebooks: values
//! are the same when they name the same ids, dates and numbers.

use super::answer::{Row, Step, Value};
use crate::graph::{Graph, Provenance};
use std::collections::HashMap;

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Both answers have it, and as much holds it up as before.
    Kept,
    /// Both have it; fewer claims, sources or origins hold it up.
    Weakened,
    /// Only the answer before has it.
    Lost,
    /// Only the answer after has it.
    Gained,
}

impl Change {
    /// Every change, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::Kept, Self::Weakened, Self::Lost, Self::Gained];

    /// The word that answers use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Weakened => "weakened",
            Self::Lost => "lost",
            Self::Gained => "gained",
        }
    }
}

/// The rows of an answer with what they rest on.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The graph that was asked.
    pub graph: &'a Graph,
    /// How its claims stood.
    pub provenance: &'a Provenance,
    /// The rows, their columns in the same order on both sides.
    pub rows: &'a [Row],
}

/// What became of the rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// For each row of the answer before: kept, weakened or lost.
    pub before: Vec<Change>,
    /// For each row of the answer before: its place in the answer after.
    pub places: Vec<Option<usize>>,
    /// The rows (by position) that only the answer after has.
    pub gained: Vec<usize>,
}

impl Comparison {
    /// How many rows a change has befallen.
    #[must_use]
    pub fn count(&self, change: Change) -> usize {
        match change {
            Change::Gained => self.gained.len(),
            change => self.before.iter().filter(|&&one| one == change).count(),
        }
    }

    /// Whether every row is kept and none is gained.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.gained.is_empty() && self.count(Change::Kept) == self.before.len()
    }
}

/// Compares two answers.
#[must_use]
pub fn compare(before: Side<'_>, after: Side<'_>) -> Comparison {
    let identity = |side: Side<'_>, row: &Row| identities(side.graph, &row.values);
    let mut places: HashMap<Vec<Identity>, usize> = HashMap::new();
    for (at, row) in after.rows.iter().enumerate() {
        places.entry(identity(after, row)).or_insert(at);
    }
    let mut found = vec![false; after.rows.len()];
    let mut changes = Vec::with_capacity(before.rows.len());
    let mut kept = Vec::with_capacity(before.rows.len());
    for row in before.rows {
        let own = identity(before, row);
        let place = places.get(&own).copied().or_else(|| {
            // A side of a contradiction may have lost claims, or gained some.
            let has_side = own.iter().any(|value| matches!(value, Identity::Side(_)));
            let alike = |after_row: &Row| is_alike(&own, &identity(after, after_row));
            after.rows.iter().position(alike).filter(|_| has_side)
        });
        kept.push(place);
        let Some(at) = place else {
            changes.push(Change::Lost);
            continue;
        };
        found[at] = true;
        let had = weight(row, before.provenance);
        let has = weight(&after.rows[at], after.provenance);
        let is_less = has.iter().zip(had).any(|(&has, had)| has < had);
        changes.push(if is_less {
            Change::Weakened
        } else {
            Change::Kept
        });
    }
    Comparison {
        before: changes,
        places: kept,
        gained: (0..after.rows.len()).filter(|&at| !found[at]).collect(),
    }
}

fn weight(row: &Row, provenance: &Provenance) -> [usize; 3] {
    [
        row.claims().len(),
        row.sources(provenance).len(),
        row.origins(provenance).len(),
    ]
}

/// Whether two rows are one although their sides differ: sides that share a claim are.
fn is_alike(one: &[Identity], other: &[Identity]) -> bool {
    let alike = |(one, other): (&Identity, &Identity)| match (one, other) {
        (Identity::Side(one), Identity::Side(other)) => one.iter().any(|it| other.contains(it)),
        _ => one == other,
    };
    one.len() == other.len() && one.iter().zip(other).all(alike)
}

/// What a value is, whichever graph it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Identity {
    Empty,
    Named(String),
    Relation(String),
    Date(String),
    Number(i64),
    Word(&'static str),
    Truth(bool),
    /// The claims of a side, by id, and whether it is what denies them that is meant.
    Side(Vec<(String, bool)>),
    List(Vec<Identity>),
    /// Two paths are one when their facts are, whatever claims are left of these.
    Path(Vec<([String; 3], bool)>),
}

fn identities(graph: &Graph, values: &[Value]) -> Vec<Identity> {
    values.iter().map(|value| identity(graph, value)).collect()
}

fn identity(graph: &Graph, value: &Value) -> Identity {
    let entity = |entity| graph.entity(entity).id.value.clone();
    let relation = |relation| graph.relation(relation).id.value.clone();
    match value {
        Value::Empty => Identity::Empty,
        Value::Entity(at) => Identity::Named(entity(*at)),
        Value::Agent(agent) => Identity::Named(graph.agents().id(*agent).to_owned()),
        Value::Relation(at) => Identity::Relation(relation(*at)),
        Value::Date(date) => Identity::Date(graph.date(*date).edtf.clone()),
        Value::Number(number) => Identity::Number(*number),
        Value::Word(word) => Identity::Word(word),
        Value::Truth(truth) => Identity::Truth(*truth),
        Value::Side(side) => {
            let asserted = side
                .iter()
                .map(|it| (graph.claim_id(it.claim).to_owned(), it.denied));
            Identity::Side(asserted.collect())
        }
        Value::List(values) => Identity::List(identities(graph, values)),
        Value::Path(steps) => {
            let step = |step: &Step| {
                let fact = [entity(step.from), relation(step.relation), entity(step.to)];
                (fact, step.backwards)
            };
            Identity::Path(steps.iter().map(step).collect())
        }
    }
}
