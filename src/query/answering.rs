//! From a lowered question to an answer: the plan is run, derivations become rows with minimal witnesses, stages follow,
//! and notes say what the rows do not.

use super::algebra::{ContradictionField, Plan, Sort, Var};
use super::answer::{Answer, NameOrder, Note, Row, Shape, Value};
use super::evaluate::{Context, Evaluation, Facts, Mode};
use super::limits::{Limits, Stop};
use super::lowered::{Key, Lowered, Order, Stage};
use super::measures::Measures;
use super::merging::Unmerged;
use super::relation::{ABSENCE, Relation, UNCERTAIN};
use super::rows::{Columns, Rows};
use super::simplify::{self, Passes};
use super::witnesses::minimal;
use super::{grades, grouping, notes, stages, staging};
use crate::graph::contradictions::{Assertion, Contradiction};
use crate::graph::{AgentIndex, ClaimIndex, EvidenceRow, Graph, NONE, Provenance, Referent};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

/// What a question is asked of, and what it may cost.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// The graph.
    pub graph: &'a Graph,
    /// How its claims stand with nobody ignored.
    pub provenance: &'a Provenance,
    /// What it may cost.
    pub limits: &'a Limits,
    /// Set to stop it.
    pub interrupt: &'a AtomicBool,
    /// When it began.
    pub began: Instant,
    /// Which passes are on; the answer is the same.
    pub passes: Passes,
    /// Where to write down what each operator took, if somebody wants to know.
    pub measures: Option<&'a Measures>,
}

/// Rows on their way through the stages.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, in order.
    pub rows: Rows,
    /// Whether a stage has put them in an order of its own.
    pub sorted: bool,
}

impl Asking<'_> {
    /// Answers a lowered question by its plan; `text` is what was asked.
    ///
    /// # Errors
    /// [`Stop`] when a limit is reached or the asker interrupts.
    pub fn answer(&self, text: &str, lowered: &Lowered, plan: &Plan) -> Result<Answer, Stop> {
        let narrowed = !lowered.ignoring.is_empty() || !lowered.gradings.is_empty();
        let without = narrowed.then(|| self.standing(lowered, &lowered.ignoring));
        let provenance = without.as_ref().unwrap_or(self.provenance);
        let (mut table, counts) = self.rows(lowered, plan, provenance, most(lowered))?;
        let mut notes = lowered.notes.clone();
        notes.extend(self.held_back(lowered, plan, provenance)?);
        notes.extend(self.undated(lowered, plan, provenance)?);
        notes.extend(counts);
        notes.extend(self.left_out_by_grade(lowered, plan, provenance)?);
        table = self.staged(lowered, plan, provenance, table)?;
        let shape = if table.columns.is_empty() {
            lowered.shape
        } else {
            Shape::Table
        };
        Ok(Answer {
            question: text.trim().to_owned(),
            shape,
            columns: table.columns,
            rows: table.rows,
            notes,
            sorted: table.sorted,
            standing: without.map(Arc::new),
        })
    }

    /// The rows after all stages.
    fn staged(
        &self,
        lowered: &Lowered,
        plan: &Plan,
        provenance: &Provenance,
        mut table: Table,
    ) -> Result<Table, Stop> {
        let mut at = 0;
        while let Some(stage) = lowered.stages.get(at) {
            let rest = &lowered.stages[at..];
            if let Some((rows, done)) = self
                .passes
                .has("columns")
                .then(|| staging::apply((self.graph, provenance), rest, &table))
                .flatten()
            {
                table = rows;
                at += done;
                continue;
            }
            table = match stage {
                Stage::Diff(agents) => {
                    let ignored: BTreeSet<AgentIndex> =
                        lowered.ignoring.union(agents).copied().collect();
                    let other = self.standing(lowered, &ignored);
                    let (mut rows, _) = self.rows(lowered, plan, &other, None)?;
                    for stage in &lowered.stages[..at] {
                        rows = stages::apply(self.graph, &other, stage, rows);
                    }
                    stages::difference(self.graph, (table, provenance), (rows, &other))
                }
                stage => stages::apply(self.graph, provenance, stage, table),
            };
            at += 1;
        }
        Ok(table)
    }

    /// How claims stand without these, and without the evidence that has not the grades asked for.
    fn standing(&self, lowered: &Lowered, ignored: &BTreeSet<AgentIndex>) -> Provenance {
        let meets_all = |row: &EvidenceRow| {
            let mut gradings = lowered.gradings.iter();
            gradings.all(|grading| grading.is_met(self.graph, row))
        };
        Provenance::under(self.graph, ignored, &meets_all)
    }

    /// What the grades asked for have left out of the evidence for the rows that there are without them.
    fn left_out_by_grade(
        &self,
        lowered: &Lowered,
        plan: &Plan,
        after: &Provenance,
    ) -> Result<Option<Note>, Stop> {
        if lowered.gradings.is_empty() {
            return Ok(None);
        }
        let before = Provenance::of(self.graph, &lowered.ignoring);
        let (table, _) = self.rows(lowered, plan, &before, None)?;
        let (graph, gradings) = (self.graph, &lowered.gradings);
        Ok(grades::left_out(
            graph,
            gradings,
            &table.rows,
            &before,
            after,
        ))
    }

    /// The plan as it is run.
    #[must_use]
    pub fn plan(&self, lowered: &Lowered) -> Plan {
        simplify::simplify(lowered.plan.clone(), self.graph, self.passes)
    }

    pub(super) fn evaluation<'b>(
        &'b self,
        lowered: &'b Lowered,
        provenance: &'b Provenance,
        mode: Mode,
    ) -> Evaluation<'b> {
        let context = Context {
            graph: self.graph,
            provenance,
            variables: &lowered.variables,
            limits: self.limits,
            interrupt: self.interrupt,
            began: self.began,
            passes: self.passes,
            measures: self.measures,
        };
        Evaluation::new(context, mode)
    }

    /// The rows of the head, in order, and the notes about what it was closed over. Where only so many of them are wanted,
    /// with the most claims first, it may give these.
    fn rows(
        &self,
        lowered: &Lowered,
        plan: &Plan,
        provenance: &Provenance,
        most: Option<usize>,
    ) -> Result<(Table, Vec<Note>), Stop> {
        let mut evaluation = self.evaluation(lowered, provenance, Mode::default());
        let columns = columns(lowered);
        let by_date = (lowered.order == Order::Time)
            .then(|| columns.iter().position(|name| name == "when"))
            .flatten();
        let mut table = Table {
            columns,
            rows: Rows::default(),
            sorted: by_date.is_some() || lowered.order == Order::Weight,
        };
        let facts = match self.passes.has("facts") && self.passes.has("columns") {
            true => self.facts(lowered, plan, &evaluation, most)?,
            false => None,
        };
        match facts {
            Some((rows, sorted)) => {
                table.rows = rows.into();
                table.sorted |= sorted;
            }
            None => {
                let relation = evaluation.run(plan)?;
                evaluation.look()?;
                match self.in_columns(lowered, &relation, provenance) {
                    Some(rows) => table.rows = rows.into(),
                    None => {
                        table.rows = self
                            .one_by_one(lowered, &evaluation, &relation, provenance)
                            .into();
                        sort(self.graph, &mut table, by_date);
                    }
                }
            }
        }
        evaluation.look()?;
        if lowered.order == Order::Weight {
            let weight = |row: &Row| (row.judged.is_some(), !row.certain);
            let mut rows = table.rows.into_vec();
            rows.sort_by_key(weight);
            table.rows = rows.into();
        }
        let mut notes = notes::closed_over(plan, &evaluation);
        notes.extend(notes::contradictions(&evaluation));
        Ok((table, notes))
    }

    /// The rows of verbs between two open ends; only the first with the most claims where only these are wanted.
    fn facts(
        &self,
        lowered: &Lowered,
        plan: &Plan,
        evaluation: &Evaluation<'_>,
        most: Option<usize>,
    ) -> Result<Option<(Columns, bool)>, Stop> {
        let place = (self.graph, evaluation.provenance());
        let began = Instant::now();
        let counted = lowered.counted.map(|counted| counted.var);
        let asked = lowered.columns.iter().flat_map(|(_, vars)| vars).copied();
        let asked: Vec<Var> = asked.chain(counted).collect();
        let facts = evaluation.facts(plan, &asked)?;
        let facts_in = |facts: &Vec<_>| facts.iter().map(Facts::len).sum();
        if let (Some(measures), Some(facts)) = (self.measures, &facts) {
            measures.ran(plan, facts_in(facts), began.elapsed());
        }
        let Some(rows) = facts.and_then(|facts| Unmerged::of(lowered, facts)) else {
            return Ok(None);
        };
        evaluation.look()?;
        let most = most.filter(|_| lowered.counted.is_none() && self.passes.has("top"));
        if let Some(first) = most.and_then(|most| rows.most_claims(place, most)) {
            return Ok(Some((first, true)));
        }
        let rows = rows.merged(place);
        let rows = rows.and_then(|rows| staging::counted(place, lowered, rows));
        Ok(rows.map(|rows| (rows, false)))
    }

    /// The rows of a relation whose derivations fit into columns.
    fn in_columns(
        &self,
        lowered: &Lowered,
        relation: &Relation,
        provenance: &Provenance,
    ) -> Option<Columns> {
        let place = (self.graph, provenance);
        let rows = match self.passes.has("columns") {
            true => grouping::group(place, lowered, relation)?,
            false => return None,
        };
        staging::counted(place, lowered, rows)
    }

    /// The rows of any relation, each grouped from its derivations, in no order yet.
    fn one_by_one(
        &self,
        lowered: &Lowered,
        evaluation: &Evaluation<'_>,
        relation: &Relation,
        provenance: &Provenance,
    ) -> Vec<Row> {
        let rows: Vec<Row> = group(evaluation, lowered, relation)
            .into_iter()
            .map(|(values, group)| group.row(values, provenance))
            .collect();
        match lowered.counted {
            Some(counted) => stages::count_distinct(provenance, &rows, counted.position),
            None => rows,
        }
    }
}

/// How many rows are wanted, where that is those with the most claims and nothing compares them with others later.
fn most(lowered: &Lowered) -> Option<usize> {
    let diffs = |stage: &Stage| matches!(stage, Stage::Diff(_));
    match lowered.stages.as_slice() {
        [Stage::Sort(keys), Stage::Take(number), rest @ ..]
            if keys.as_slice() == [(true, Key::Claims)] && !rest.iter().any(diffs) =>
        {
            usize::try_from(*number).ok()
        }
        _ => None,
    }
}

fn columns(lowered: &Lowered) -> Vec<String> {
    let mut names: Vec<String> = lowered
        .columns
        .iter()
        .map(|(name, _)| name.clone())
        .collect();
    if let Some(counted) = lowered.counted {
        names.insert(counted.position, "count".to_owned());
    }
    names
}

/// Puts rows in order: those that rest on absence last, then by their values; in time order by the column of dates first.
pub(super) fn sort(graph: &Graph, table: &mut Table, by_date: Option<usize>) {
    let date = |row: &Row| {
        by_date.map(|at| {
            if let Value::Date(date) = row.values[at] {
                date
            } else {
                NONE
            }
        })
    };
    let names = NameOrder::of(graph, &table.rows);
    let mut rows = std::mem::take(&mut table.rows).into_vec();
    rows.sort_by(|one, other| {
        let order = one
            .absence
            .cmp(&other.absence)
            .then_with(|| date(one).cmp(&date(other)));
        order.then_with(|| names.compare(graph, &one.values, &other.values))
    });
    table.rows = rows.into();
}

/// The derivations of one row.
#[derive(Debug, Default)]
pub(super) struct Derivations {
    asserted: Vec<Assertion>,
    judged: Option<u32>,
    sets: BTreeSet<Vec<ClaimIndex>>,
    certain: bool,
    claimed: bool,
}

impl Derivations {
    fn row(self, values: Vec<Value>, provenance: &Provenance) -> Row {
        let witnesses = minimal(self.sets);
        let mut row = Row {
            values,
            certain: self.certain,
            disputed: false,
            absence: !self.claimed,
            witnesses,
            asserted: self.asserted,
            judged: self.judged,
        };
        row.disputed = row.is_disputed(provenance);
        row
    }
}

fn group(
    evaluation: &Evaluation<'_>,
    lowered: &Lowered,
    relation: &Relation,
) -> Vec<(Vec<Value>, Derivations)> {
    let place = |&var: &Var| Some((relation.position(var)?, lowered.variables.get(var).sort));
    let columns = lowered.columns.iter().map(|(_, vars)| vars.as_slice());
    // The counted value stands last until it is counted.
    let counted = lowered
        .counted
        .as_ref()
        .map(|counted| std::slice::from_ref(&counted.var));
    let shown: Vec<Vec<(usize, Sort)>> = columns
        .chain(counted)
        .map(|vars| vars.iter().filter_map(place).collect())
        .collect();
    let mut groups: HashMap<Vec<(Sort, u32)>, usize> = HashMap::new();
    let mut rows: Vec<(Vec<Value>, Derivations)> = Vec::new();
    for (at, (cells, marks)) in relation.rows().enumerate() {
        let cell = |places: &Vec<(usize, Sort)>| {
            let bound = places.iter().find(|&&(column, _)| cells[column] != NONE);
            bound.map_or((Sort::Claim, NONE), |&(column, sort)| {
                one_kind(evaluation, sort, cells[column])
            })
        };
        let key: Vec<(Sort, u32)> = shown.iter().map(cell).collect();
        let next = rows.len();
        let row = *groups.entry(key.clone()).or_insert(next);
        if row == next {
            let values = key
                .iter()
                .map(|&(sort, cell)| value(evaluation, sort, cell))
                .collect();
            rows.push((values, Derivations::default()));
        }
        let group = &mut rows[row].1;
        let claimed = marks & ABSENCE == 0;
        if claimed && !group.claimed {
            // What some source says outright needs no absence beside it.
            *group = Derivations {
                claimed,
                ..Derivations::default()
            };
        }
        if let Some(found) = contradiction(evaluation, &key) {
            group.asserted = found.assertions().collect();
            group.judged = found.judged();
        }
        if claimed == group.claimed {
            group.sets.insert(evaluation.derivation(relation, at));
            group.certain |= marks & UNCERTAIN == 0;
        }
    }
    rows
}

/// A cell with its sort, so that equal values are equal: a speaker that is an entity is that entity.
fn one_kind(evaluation: &Evaluation<'_>, sort: Sort, cell: u32) -> (Sort, u32) {
    if sort == Sort::Agent
        && let Referent::Entity(entity) = evaluation.graph().agents().referent(cell)
    {
        return (Sort::Entity, evaluation.graph().canonical(entity));
    }
    (sort, cell)
}

/// The contradiction that a row is.
fn contradiction<'e>(
    evaluation: &'e Evaluation<'_>,
    key: &[(Sort, u32)],
) -> Option<&'e Contradiction> {
    let of = |&(sort, cell): &(Sort, u32)| match sort {
        Sort::Contradiction(_) => evaluation.contradiction(cell),
        _ => None,
    };
    key.iter().find_map(of)
}

fn field(found: &Contradiction, field: ContradictionField) -> Value {
    match field {
        ContradictionField::Kind => Value::Word(found.kind.word()),
        ContradictionField::One => Value::Side(found.one.clone()),
        ContradictionField::Other => Value::Side(found.other.clone()),
        ContradictionField::Certain => Value::Truth(found.certain),
    }
}

fn value(evaluation: &Evaluation<'_>, sort: Sort, cell: u32) -> Value {
    match sort {
        _ if cell == NONE => Value::Empty,
        Sort::Entity => Value::Entity(cell),
        Sort::Agent => Value::Agent(cell),
        Sort::Date => Value::Date(cell),
        Sort::Relation => Value::Relation(cell),
        Sort::Path => Value::Path(evaluation.path(cell).to_vec()),
        Sort::Contradiction(wanted) => evaluation
            .contradiction(cell)
            .map_or(Value::Empty, |found| field(found, wanted)),
        Sort::Claim | Sort::Chain => Value::Empty,
    }
}
