//! Answers: rows of values, each with its minimal witnesses, and what the asker should know besides.

use super::rows::Rows;
use crate::graph::contradictions::{Assertion, Side};
use crate::graph::{
    AgentIndex, ClaimIndex, EntityIndex, Graph, Provenance, RelationIndex, SourceIndex,
};
use crate::text::Map;
use std::cmp::Ordering;
use std::sync::Arc;

/// What a question was answered with. Indices are those of the graph that was asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The question as given, trimmed.
    pub question: String,
    /// What shape the answer has.
    pub shape: Shape,
    /// The names of the columns, in order; none for a question of yes or no.
    pub columns: Vec<String>,
    /// The rows. In a question of yes or no: one row without values for yes, none otherwise.
    pub rows: Rows,
    /// What was held back, left undated, closed over …, in a fixed order.
    pub notes: Vec<Note>,
    /// Whether the question itself put the rows in order (`sort`, `timeline`, `earliest` …).
    pub sorted: bool,
    /// How claims stood when the question ignored sources; `None` when it ignored none.
    pub standing: Option<Arc<Provenance>>,
}

impl Answer {
    /// How claims stood when the question was asked of a casebook; `whole` is how they stand with nobody ignored.
    #[must_use]
    pub fn standing<'a>(&'a self, whole: &'a Provenance) -> &'a Provenance {
        self.standing.as_deref().unwrap_or(whole)
    }
}

/// The shape of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Rows and columns.
    Table,
    /// Yes with its claims, or "no claim in this casebook says so".
    YesNo,
    /// The same for a question with `not`: yes because a source says outright that it did not happen, or because no
    /// claim says that it did (then the row is marked as absence).
    NegatedYesNo,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// One value a column.
    pub values: Vec<Value>,
    /// Whether some witness meets every window of time for certain. True where the question names no time.
    pub certain: bool,
    /// Whether some claim of its witnesses is disputed.
    pub disputed: bool,
    /// Whether it rests on absence: on no claim saying something that a `not` asks about, and no source denying it outright.
    pub absence: bool,
    /// The minimal sets of claims, each of which suffices; sorted, no set holds another. A row that rests on absence
    /// alone has none.
    pub witnesses: Vec<Vec<ClaimIndex>>,
    /// In a row of contradictions, what both sides assert; elsewhere empty: what the witnesses say.
    pub asserted: Vec<Assertion>,
    /// The record (an index into the casebook's) that judges the contradiction.
    pub judged: Option<u32>,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing: an undated claim's date, a column of the other side of an `or`.
    Empty,
    /// An entity (canonical).
    Entity(EntityIndex),
    /// A source, a publication or a speaker that is no entity.
    Agent(AgentIndex),
    /// A relation.
    Relation(RelationIndex),
    /// A date of the graph.
    Date(crate::graph::DateIndex),
    /// A number.
    Number(i64),
    /// A word of ours, such as `lost`.
    Word(&'static str),
    /// Yes or no.
    Truth(bool),
    /// One side of a contradiction.
    Side(Side),
    /// Several values.
    List(Vec<Value>),
    /// A path: its steps from one end to the other.
    Path(Vec<Step>),
}

/// One step of a path: a fact, and the claims of it that the question admits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// Subject of the fact.
    pub from: EntityIndex,
    /// Its relation.
    pub relation: RelationIndex,
    /// Object of the fact.
    pub to: EntityIndex,
    /// Whether the path runs from the object to the subject.
    pub backwards: bool,
    /// The admitted claims.
    pub claims: Vec<ClaimIndex>,
}

/// Something to know besides the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Kebab-case name: `held-back`, `undated`, `closed-over`, `left-out-though-denied`, `unconnected`,
    /// `shared-origins`, `judged`.
    pub name: &'static str,
    /// One line for people.
    pub text: String,
    /// The numbers in it, by word, in order.
    pub counts: Vec<(String, u64)>,
}

impl Row {
    /// All claims of its witnesses, sorted, each once.
    #[must_use]
    pub fn claims(&self) -> Vec<ClaimIndex> {
        unique(self.witnesses.iter().flatten().copied())
    }

    /// Its marks: `!` disputed, `~` not certain, `-` resting on absence alone, `*` judged. A contradiction says of itself
    /// whether it is certain, and is a dispute anyway: it has the last one only.
    #[must_use]
    pub fn marks(&self) -> String {
        let told = !self.asserted.is_empty();
        let marks = [
            (self.disputed && !told, '!'),
            (!self.certain && !told, '~'),
            (self.absence, '-'),
            (self.judged.is_some(), '*'),
        ];
        let set = marks.into_iter().filter(|(holds, _)| *holds);
        set.map(|(_, mark)| mark).collect()
    }

    /// Whether some claim of its witnesses is disputed.
    #[must_use]
    pub fn is_disputed(&self, provenance: &Provenance) -> bool {
        self.claims()
            .iter()
            .any(|&claim| provenance.is_disputed(claim))
    }

    /// The sources that carry those claims, sorted, each once.
    #[must_use]
    pub fn sources(&self, provenance: &Provenance) -> Vec<SourceIndex> {
        if !self.asserted.is_empty() {
            let of = |it: &Assertion| it.sources(provenance);
            return unique(self.asserted.iter().flat_map(of).copied());
        }
        unique(
            self.claims()
                .iter()
                .flat_map(|&claim| provenance.sources(claim))
                .copied(),
        )
    }

    /// The independent origins behind them, sorted, each once.
    #[must_use]
    pub fn origins(&self, provenance: &Provenance) -> Vec<AgentIndex> {
        if !self.asserted.is_empty() {
            let of = |it: &Assertion| it.origins(provenance);
            return unique(self.asserted.iter().flat_map(of).copied());
        }
        unique(
            self.claims()
                .iter()
                .flat_map(|&claim| provenance.origins(claim))
                .copied(),
        )
    }
}

fn unique(items: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut items: Vec<u32> = items.collect();
    items.sort_unstable();
    items.dedup();
    items
}

/// The order of values: empty last; entities and agents by folded name, then by id; dates in time order.
#[must_use]
pub fn compare(graph: &Graph, one: &Value, other: &Value) -> Ordering {
    let rank = |value: &Value| match value {
        Value::Number(_) => 0,
        Value::Word(_) | Value::Truth(_) => 1,
        Value::Entity(_) | Value::Agent(_) => 2,
        Value::Relation(_) => 3,
        Value::Date(_) => 4,
        Value::List(_) => 5,
        Value::Path(_) => 6,
        Value::Side(_) => 7,
        Value::Empty => 8,
    };
    match (one, other) {
        (Value::Number(a), Value::Number(b)) => a.cmp(b),
        (Value::Word(a), Value::Word(b)) => a.cmp(b),
        (Value::Truth(a), Value::Truth(b)) => a.cmp(b),
        (Value::Side(a), Value::Side(b)) => a.cmp(b),
        (Value::Entity(a), Value::Entity(b)) if a == b => Ordering::Equal,
        (Value::Entity(_) | Value::Agent(_), Value::Entity(_) | Value::Agent(_)) => {
            named(graph, one).cmp(&named(graph, other))
        }
        (Value::Relation(a), Value::Relation(b)) => graph
            .relation(*a)
            .id
            .value
            .cmp(&graph.relation(*b).id.value),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::List(a), Value::List(b)) => compare_all(graph, a, b),
        // Paths over the same facts from either end differ only in direction.
        (Value::Path(a), Value::Path(b)) => {
            let backwards =
                |path: &[Step]| -> Vec<bool> { path.iter().map(|step| step.backwards).collect() };
            let facts = || steps(graph, a).cmp(&steps(graph, b));
            let order = a.len().cmp(&b.len()).then_with(facts);
            order.then_with(|| backwards(a).cmp(&backwards(b)))
        }
        _ => rank(one).cmp(&rank(other)),
    }
}

/// [`compare`] value by value, a shorter list first.
#[must_use]
pub fn compare_all(graph: &Graph, one: &[Value], other: &[Value]) -> Ordering {
    let first = one
        .iter()
        .zip(other)
        .map(|(a, b)| compare(graph, a, b))
        .find(|order| order.is_ne());
    first.unwrap_or_else(|| one.len().cmp(&other.len()))
}

/// An entity, or an agent (true), by its index.
type Named = (bool, u32);

/// The order of the entities and agents of some rows, found once: names are folded once each, not at every comparison.
#[derive(Debug)]
pub struct NameOrder {
    places: Map<Named, u32>,
}

impl NameOrder {
    /// The order of all entities and agents that stand in these rows by themselves.
    #[must_use]
    pub fn of(graph: &Graph, rows: &[Row]) -> Self {
        let mut known: Map<Named, (String, String)> = Map::default();
        for value in rows.iter().flat_map(|row| &row.values) {
            if let Some(key) = Self::key(value) {
                known.entry(key).or_insert_with(|| named(graph, value));
            }
        }
        let mut sorted: Vec<_> = known.iter().map(|(&key, name)| (name, key)).collect();
        sorted.sort_unstable();
        let mut places = Map::default();
        let mut place = 0;
        for (at, &(name, key)) in sorted.iter().enumerate() {
            // An entity and the agent that it is are one.
            if at > 0 && sorted[at - 1].0 != name {
                place += 1;
            }
            places.insert(key, place);
        }
        Self { places }
    }

    fn key(value: &Value) -> Option<Named> {
        match value {
            Value::Entity(entity) => Some((false, *entity)),
            Value::Agent(agent) => Some((true, *agent)),
            _ => None,
        }
    }

    /// [`compare_all`] of two rows' values.
    #[must_use]
    pub fn compare(&self, graph: &Graph, one: &[Value], other: &[Value]) -> Ordering {
        let place = |value: &Value| self.places.get(&Self::key(value)?).copied();
        let pair = |(a, b): (&Value, &Value)| match (place(a), place(b)) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => compare(graph, a, b),
        };
        let mut pairs = one.iter().zip(other).map(pair);
        pairs
            .find(|order| order.is_ne())
            .unwrap_or_else(|| one.len().cmp(&other.len()))
    }
}

fn named(graph: &Graph, value: &Value) -> (String, String) {
    let (name, id) = match value {
        Value::Entity(entity) => (
            graph.entity(*entity).name.value.as_str(),
            graph.entity(*entity).id.value.as_str(),
        ),
        Value::Agent(agent) => (graph.agent_name(*agent), graph.agents().id(*agent)),
        _ => ("", ""),
    };
    (crate::text::fold::key(name), id.to_owned())
}

fn steps(graph: &Graph, path: &[Step]) -> Vec<[String; 3]> {
    let id = |entity: EntityIndex| graph.entity(entity).id.value.clone();
    path.iter()
        .map(|step| {
            [
                id(step.from),
                graph.relation(step.relation).id.value.clone(),
                id(step.to),
            ]
        })
        .collect()
}
