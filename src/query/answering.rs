//! From a lowered question to an answer: the plan is run, derivations become rows with minimal witnesses, stages follow,
//! and notes say what the rows do not.

use super::algebra::{Admit, Plan, Sort, Test, Var};
use super::answer::{Answer, Note, Row, Shape, Value, compare_all};
use super::evaluate::{Context, Evaluation, Mode};
use super::limits::{Limits, Stop};
use super::lowered::{Lowered, Stage};
use super::relation::{ABSENCE, Relation, UNCERTAIN};
use super::{simplify, stages};
use crate::graph::{AgentIndex, ClaimIndex, Graph, NONE, Provenance, Referent, Status};
use std::collections::{BTreeMap, BTreeSet, HashMap};
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
    /// Whether the plan is simplified first; the answer is the same.
    pub simplified: bool,
}

/// Rows on their way through the stages.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, in order.
    pub rows: Vec<Row>,
    /// Whether a stage has put them in an order of its own.
    pub sorted: bool,
}

impl Asking<'_> {
    /// Answers a lowered question; `text` is what was asked.
    ///
    /// # Errors
    /// [`Stop`] when a limit is reached or the asker interrupts.
    pub fn answer(&self, text: &str, lowered: &Lowered) -> Result<Answer, Stop> {
        let without =
            (!lowered.ignoring.is_empty()).then(|| Provenance::of(self.graph, &lowered.ignoring));
        let provenance = without.as_ref().unwrap_or(self.provenance);
        let plan = self.plan(lowered);
        let (mut table, counts) = self.rows(lowered, &plan, provenance)?;
        let mut notes = lowered.notes.clone();
        notes.extend(self.held_back(lowered, &plan, provenance)?);
        notes.extend(self.undated(lowered, &plan, provenance)?);
        notes.extend(counts);
        for (at, stage) in lowered.stages.iter().enumerate() {
            table = match stage {
                Stage::Diff(agents) => {
                    let ignored: BTreeSet<AgentIndex> =
                        lowered.ignoring.union(agents).copied().collect();
                    let other = Provenance::of(self.graph, &ignored);
                    let (mut rows, _) = self.rows(lowered, &plan, &other)?;
                    for stage in &lowered.stages[..at] {
                        rows = stages::apply(self.graph, &other, stage, rows);
                    }
                    stages::difference(self.graph, (table, provenance), (rows, &other))
                }
                stage => stages::apply(self.graph, provenance, stage, table),
            };
        }
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

    /// The plan as it is run.
    #[must_use]
    pub fn plan(&self, lowered: &Lowered) -> Plan {
        if self.simplified {
            simplify::simplify(lowered.plan.clone(), self.graph)
        } else {
            lowered.plan.clone()
        }
    }

    fn evaluation<'b>(
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
        };
        Evaluation::new(context, mode)
    }

    /// The rows of the head, in order, and the notes about what it was closed over.
    fn rows(
        &self,
        lowered: &Lowered,
        plan: &Plan,
        provenance: &Provenance,
    ) -> Result<(Table, Vec<Note>), Stop> {
        let mut evaluation = self.evaluation(lowered, provenance, Mode::default());
        let relation = evaluation.run(plan)?;
        let grouped = group(&evaluation, lowered, &relation);
        let mut rows: Vec<Row> = grouped
            .into_iter()
            .map(|(values, group)| group.row(values, provenance))
            .collect();
        if let Some(counted) = lowered.counted {
            rows = stages::count_distinct(&rows, counted.position);
        }
        let columns = columns(lowered);
        let by_date = lowered
            .in_time_order
            .then(|| columns.iter().position(|name| name == "when"))
            .flatten();
        let mut table = Table {
            columns,
            rows,
            sorted: by_date.is_some(),
        };
        sort(self.graph, &mut table, by_date);
        for row in &mut table.rows {
            row.disputed = row
                .claims()
                .iter()
                .any(|&claim| provenance.is_disputed(claim));
        }
        Ok((table, closed_over(plan, &evaluation)))
    }

    /// What would have answered had verbs admitted anything: claims by status.
    fn held_back(
        &self,
        lowered: &Lowered,
        plan: &Plan,
        provenance: &Provenance,
    ) -> Result<Option<Note>, Stop> {
        let mut verbs = BTreeSet::new();
        verbs_with(plan, &mut verbs, &|test| {
            *test == Test::Admit(Admit::Affirmed)
        });
        if verbs.is_empty() || !provenance.holds_back() {
            return Ok(None);
        }
        let mode = Mode {
            anything: true,
            ..Mode::default()
        };
        let claims = self.claims_of(lowered, plan, provenance, mode, &verbs)?;
        let mut counts: BTreeMap<Status, u64> = BTreeMap::new();
        for status in claims
            .into_iter()
            .map(|claim| provenance.status(claim))
            .filter(|&status| status != Status::Affirmed)
        {
            *counts.entry(status).or_insert(0) += 1;
        }
        let counted: Vec<(Status, u64)> = Status::HELD_BACK
            .into_iter()
            .filter_map(|status| Some((status, *counts.get(&status)?)))
            .collect();
        let Some(first) = counted
            .iter()
            .map(|&(status, _)| status)
            .find(|&status| status != Status::Mentioned)
            .or(counted.first().map(|_| Status::Mentioned))
        else {
            return Ok(None);
        };
        let listed: Vec<String> = counted
            .iter()
            .map(|(status, count)| format!("{count} {}", status.word()))
            .collect();
        let advice = if first == Status::Mentioned {
            "`as anything`".to_owned()
        } else {
            format!("`as {}`, `as anything`", first.word())
        };
        Ok(Some(Note {
            name: "held-back",
            text: format!("held back: {} (add {advice})", listed.join(", ")),
            counts: counted
                .into_iter()
                .map(|(status, count)| (status.word().to_owned(), count))
                .collect(),
        }))
    }

    /// What would have answered had it a date.
    fn undated(
        &self,
        lowered: &Lowered,
        plan: &Plan,
        provenance: &Provenance,
    ) -> Result<Option<Note>, Stop> {
        let mut verbs = BTreeSet::new();
        verbs_with(plan, &mut verbs, &|test| matches!(test, Test::Time(_, _)));
        if verbs.is_empty() {
            return Ok(None);
        }
        let mode = Mode {
            undated: true,
            ..Mode::default()
        };
        let claims = self.claims_of(lowered, plan, provenance, mode, &verbs)?;
        let count = claims
            .into_iter()
            .filter(|&claim| self.graph.when(claim) == NONE)
            .count() as u64;
        Ok((count > 0).then(|| Note {
            name: "undated",
            text: format!(
                "left out: {count} undated {} (ask with `undated` in place of the time)",
                if count == 1 { "claim" } else { "claims" }
            ),
            counts: vec![("undated".to_owned(), count)],
        }))
    }

    /// The distinct claims of these verbs in the rows of another mode.
    fn claims_of(
        &self,
        lowered: &Lowered,
        plan: &Plan,
        provenance: &Provenance,
        mode: Mode,
        verbs: &BTreeSet<Var>,
    ) -> Result<BTreeSet<ClaimIndex>, Stop> {
        let mut evaluation = self.evaluation(lowered, provenance, mode);
        let relation = evaluation.run(plan)?;
        let mut claims = BTreeSet::new();
        for (at, &var) in relation
            .columns()
            .iter()
            .enumerate()
            .filter(|(_, var)| verbs.contains(var))
        {
            let is_chain = lowered.variables.get(var).sort == Sort::Chain;
            for (row, _) in relation.rows() {
                if is_chain {
                    claims.extend(evaluation.chain(row[at]));
                } else if row[at] != NONE {
                    claims.insert(row[at]);
                }
            }
        }
        Ok(claims)
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
    table.rows.sort_by(|one, other| {
        let order = one
            .absence
            .cmp(&other.absence)
            .then_with(|| date(one).cmp(&date(other)));
        order.then_with(|| compare_all(graph, &one.values, &other.values))
    });
}

/// The derivations of one row.
#[derive(Debug, Default)]
pub(super) struct Derivations {
    sets: BTreeSet<Vec<ClaimIndex>>,
    certain: bool,
    asserted: bool,
}

impl Derivations {
    fn row(self, values: Vec<Value>, provenance: &Provenance) -> Row {
        let witnesses = minimal(self.sets);
        let mut row = Row {
            values,
            certain: self.certain,
            disputed: false,
            absence: !self.asserted,
            witnesses,
        };
        row.disputed = row
            .claims()
            .iter()
            .any(|&claim| provenance.is_disputed(claim));
        row
    }
}

/// The sets that hold no other of them; an empty one (a row that rests on nothing) leaves none.
pub(super) fn minimal(sets: BTreeSet<Vec<ClaimIndex>>) -> Vec<Vec<ClaimIndex>> {
    let mut sets: Vec<Vec<ClaimIndex>> = sets.into_iter().collect();
    sets.sort_by_key(Vec::len);
    if sets.first().is_none_or(Vec::is_empty) {
        return Vec::new();
    }
    let shortest = sets[0].len();
    let mut kept: Vec<Vec<ClaimIndex>> = Vec::new();
    for set in sets {
        // Sets of the shortest length are all distinct, so none holds another.
        if set.len() == shortest
            || !kept
                .iter()
                .any(|known| known.iter().all(|claim| set.binary_search(claim).is_ok()))
        {
            kept.push(set);
        }
    }
    kept.sort();
    kept
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
        let asserted = marks & ABSENCE == 0;
        if asserted && !group.asserted {
            // What some source says outright needs no absence beside it.
            *group = Derivations {
                asserted,
                ..Derivations::default()
            };
        }
        if asserted == group.asserted {
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

fn value(evaluation: &Evaluation<'_>, sort: Sort, cell: u32) -> Value {
    match sort {
        _ if cell == NONE => Value::Empty,
        Sort::Entity => Value::Entity(cell),
        Sort::Agent => Value::Agent(cell),
        Sort::Date => Value::Date(cell),
        Sort::Relation => Value::Relation(cell),
        Sort::Path => Value::Path(evaluation.path(cell).to_vec()),
        Sort::Claim | Sort::Chain => Value::Empty,
    }
}

/// The verbs outside `not` one of whose tests is wanted.
fn verbs_with(plan: &Plan, verbs: &mut BTreeSet<Var>, wanted: &dyn Fn(&Test) -> bool) {
    match plan {
        Plan::AntiJoin { left, .. } => return verbs_with(left, verbs, wanted),
        Plan::Select { claim, test, .. } if wanted(test) => {
            verbs.insert(*claim);
        }
        Plan::Scan { claim, tests, .. } if tests.iter().any(wanted) => {
            verbs.insert(*claim);
        }
        Plan::Reach {
            chain, admission, ..
        } if admission.tests.iter().any(wanted) => {
            verbs.insert(*chain);
        }
        Plan::Path(search) if search.admission.tests.iter().any(wanted) => {
            verbs.insert(search.chain);
        }
        _ => {}
    }
    for input in plan.inputs() {
        verbs_with(input, verbs, wanted);
    }
}

fn closed_over(plan: &Plan, evaluation: &Evaluation<'_>) -> Vec<Note> {
    fn negates(plan: &Plan) -> bool {
        matches!(plan, Plan::AntiJoin { .. }) || plan.inputs().into_iter().any(negates)
    }
    if !negates(plan) {
        return Vec::new();
    }
    let entities = domain_size(plan, evaluation.graph());
    let over = match entities {
        0 => String::new(),
        1 => "; asked of 1 entity".to_owned(),
        _ => format!("; asked of {entities} entities"),
    };
    let mut notes = vec![Note {
        name: "closed-over",
        text: format!("`not` means that no claim in this casebook says so{over}"),
        counts: if entities == 0 {
            Vec::new()
        } else {
            vec![("entities".to_owned(), entities)]
        },
    }];
    let left_out = evaluation.left_out_though_denied;
    if left_out > 0 {
        notes.push(Note {
            name: "left-out-though-denied",
            text: format!("left out: {left_out} of whom some source says that it did not happen (`as negated` and `as denied` show it)"),
            counts: vec![("denied".to_owned(), left_out)],
        });
    }
    notes
}

/// How many entities a negated verb was asked of: the sizes of the domains outside `not`.
fn domain_size(plan: &Plan, graph: &Graph) -> u64 {
    match plan {
        Plan::Domain { kinds, .. } => {
            let admitted = |&entity: &u32| kinds[graph.kind_of(entity) as usize];
            graph.entities().filter(admitted).count() as u64
        }
        Plan::AntiJoin { left, .. } => domain_size(left, graph),
        other => other
            .inputs()
            .into_iter()
            .map(|input| domain_size(input, graph))
            .sum(),
    }
}
