//! The evaluator: a plan over a graph gives a relation. Every row is one derivation, its claims among its columns.

mod chains;
mod contradictions;
mod facts;
mod join;
mod meeting;
mod paths;
mod reader;
mod scan;
mod tests_of_claims;

pub(super) use facts::Facts;

use super::algebra::{Plan, Sort, Var, Variables};
use super::limits::{Limits, Stop};
use super::measures::Measures;
use super::relation::{ABSENCE, Relation, UNCERTAIN};
use super::simplify::Passes;
use crate::graph::contradictions::Contradiction;
use crate::graph::{ClaimIndex, Graph, NONE, Provenance};
use crate::query::answer::Step;
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// How claims are admitted in this run of a plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mode {
    /// Verbs without `as …` admit anything: to count what was held back.
    pub anything: bool,
    /// Undated claims pass every window: to count them.
    pub undated: bool,
    /// The verb with this column of claims admits what denies it instead: to find outright denials.
    pub denial: Option<Var>,
}

/// What every run of a plan needs.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The graph.
    pub graph: &'a Graph,
    /// How its claims stand.
    pub provenance: &'a Provenance,
    /// The variables of the plan.
    pub variables: &'a Variables,
    /// What it may cost.
    pub limits: &'a Limits,
    /// Set to stop it.
    pub interrupt: &'a AtomicBool,
    /// When the question began.
    pub began: Instant,
    /// Which passes are on; the rows are the same.
    pub passes: Passes,
    /// Where to write down what each operator took, if somebody wants to know.
    pub measures: Option<&'a Measures>,
}

/// One run of a plan: its context, its mode, and what its cells refer to.
#[derive(Debug)]
pub struct Evaluation<'a> {
    context: Context<'a>,
    mode: Mode,
    chains: Vec<Box<[ClaimIndex]>>,
    paths: Vec<Vec<Step>>,
    path_numbers: HashMap<Vec<(u32, bool)>, u32>,
    contradictions: Vec<Contradiction>,
    avoided: BTreeSet<u32>,
    /// What other rows have bound, sorted: no other value of the variable is needed.
    bindings: Vec<(Var, Vec<u32>)>,
    work: usize,
    steps: usize,
    /// How many rows an anti-join removed although some source denies what removed them.
    pub left_out_though_denied: u64,
}

impl<'a> Evaluation<'a> {
    /// A run in the given mode.
    #[must_use]
    pub fn new(context: Context<'a>, mode: Mode) -> Self {
        Self {
            context,
            mode,
            chains: Vec::new(),
            paths: Vec::new(),
            path_numbers: HashMap::new(),
            contradictions: Vec::new(),
            avoided: BTreeSet::new(),
            bindings: Vec::new(),
            work: 0,
            steps: 0,
            left_out_though_denied: 0,
        }
    }

    /// The graph that is asked.
    #[must_use]
    pub fn graph(&self) -> &'a Graph {
        self.context.graph
    }

    /// How its claims stand.
    #[must_use]
    pub fn provenance(&self) -> &'a Provenance {
        self.context.provenance
    }

    /// The claims of a chain.
    #[must_use]
    pub fn chain(&self, chain: u32) -> &[ClaimIndex] {
        self.chains.get(chain as usize).map_or(&[], |chain| chain)
    }

    /// The steps of a path.
    #[must_use]
    pub fn path(&self, path: u32) -> &[Step] {
        self.paths.get(path as usize).map_or(&[], Vec::as_slice)
    }

    /// A contradiction.
    #[must_use]
    pub fn contradiction(&self, number: u32) -> Option<&Contradiction> {
        self.contradictions.get(number as usize)
    }

    /// All contradictions of this run, in the order in which they were found.
    #[must_use]
    pub fn all_contradictions(&self) -> &[Contradiction] {
        &self.contradictions
    }

    /// Evaluates a plan.
    ///
    /// # Errors
    /// [`Stop`] when a limit is reached or the asker interrupts.
    pub fn run(&mut self, plan: &Plan) -> Result<Relation, Stop> {
        let Some(measures) = self.context.measures else {
            return self.evaluate(plan);
        };
        let began = Instant::now();
        let found = self.evaluate(plan)?;
        measures.ran(plan, found.len(), began.elapsed());
        Ok(found)
    }

    fn evaluate(&mut self, plan: &Plan) -> Result<Relation, Stop> {
        match plan {
            Plan::Unit => {
                let mut unit = Relation::new(Vec::new());
                unit.push([], 0);
                Ok(unit)
            }
            Plan::Domain { var, kinds } => self.domain(*var, kinds),
            Plan::Scan {
                arms,
                subject,
                object,
                claim,
                tests,
            } => self.scan(arms, *subject, *object, *claim, tests),
            Plan::Reach {
                arms,
                subject,
                object,
                chain,
                admission,
            } => self.reach(arms, *subject, *object, *chain, admission),
            Plan::Path(search) => self.search(search),
            Plan::Incident { entity, claim } => self.incident(*entity, *claim),
            Plan::Contradictions {
                about,
                tests,
                fields,
                chain,
            } => self.contradictions(*about, tests, *fields, *chain),
            Plan::Select { input, claim, test } => self.select(input, *claim, test),
            Plan::Ordered { input, one, other } => {
                let input = self.run(input)?;
                let at = (input.position(*one), input.position(*other));
                self.filtered(
                    &input,
                    |row| matches!(at, (Some(one), Some(other)) if row[one] < row[other]),
                )
            }
            Plan::Extend {
                input,
                claim,
                field,
                var,
            } => {
                let input = self.run(input)?;
                self.extended(&input, *var, *claim, |graph, claim, out| {
                    out.push(scan::field(graph, claim, *field))
                })
            }
            Plan::Locate { input, claim, var } => {
                let input = self.run(input)?;
                self.extended(&input, *var, *claim, |graph, claim, out| {
                    out.extend(graph.locations(claim))
                })
            }
            Plan::Attribute {
                input,
                claim,
                by,
                var,
            } => {
                let input = self.run(input)?;
                let provenance = self.context.provenance;
                self.extended(&input, *var, *claim, |graph, claim, out| {
                    scan::attributed(graph, provenance, claim, *by, out)
                })
            }
            Plan::Corroborate {
                input,
                claim,
                corroboration,
            } => self.corroborate(input, *claim, *corroboration),
            Plan::Join(inputs) => self.join_all(inputs),
            Plan::AntiJoin {
                left,
                right,
                denials,
            } => self.anti_join(left, right, *denials),
            Plan::Union(inputs) => {
                let mut union = Relation::new(plan.variables());
                for input in inputs {
                    union.append(&self.run(input)?);
                    self.check(&union)?;
                }
                Ok(union)
            }
        }
    }

    fn domain(&mut self, var: Var, kinds: &[bool]) -> Result<Relation, Stop> {
        let graph = self.context.graph;
        let mut domain = Relation::new(vec![var]);
        for entity in graph.entities() {
            if kinds[graph.kind_of(entity) as usize] && self.admits(var, entity) {
                domain.push([entity], 0);
            }
        }
        self.check(&domain)?;
        Ok(domain)
    }

    /// Whether a variable may be bound to this entity: its kinds.
    #[inline]
    pub(super) fn admits(&self, var: Var, entity: u32) -> bool {
        let kinds = &self.context.variables.get(var).kinds;
        kinds
            .as_ref()
            .is_none_or(|kinds| kinds[self.context.graph.kind_of(entity) as usize])
    }

    /// Whether a variable may be bound to any entity.
    fn admits_any(&self, var: Var) -> bool {
        let kinds = &self.context.variables.get(var).kinds;
        kinds
            .as_ref()
            .is_none_or(|kinds| kinds.iter().all(|&it| it))
    }

    fn filtered(
        &mut self,
        input: &Relation,
        keep: impl Fn(&[u32]) -> bool,
    ) -> Result<Relation, Stop> {
        let mut output = Relation::new(input.columns().to_vec());
        for (row, marks) in input.rows().filter(|(row, _)| keep(row)) {
            output.push(row.iter().copied(), marks);
        }
        self.check(&output)?;
        Ok(output)
    }

    /// Adds (or, where the column is there already, compares with) each of the values that `values` gives for a claim.
    fn extended(
        &mut self,
        input: &Relation,
        var: Var,
        claim: Var,
        values: impl Fn(&Graph, ClaimIndex, &mut Vec<u32>),
    ) -> Result<Relation, Stop> {
        let known = input.position(var);
        let mut columns = input.columns().to_vec();
        if known.is_none() {
            columns.push(var);
        }
        let is_entity = self.context.variables.get(var).sort == Sort::Entity;
        let mut output = Relation::new(columns);
        let Some(claim_at) = input.position(claim) else {
            return Ok(output);
        };
        let mut found = Vec::new();
        for (row, marks) in input.rows() {
            found.clear();
            values(self.context.graph, row[claim_at], &mut found);
            for &value in &found {
                if is_entity && value != NONE && !self.admits(var, value) {
                    continue;
                }
                match known {
                    Some(at) if row[at] == value => output.push(row.iter().copied(), marks),
                    Some(_) => {}
                    None => output.push(row.iter().copied().chain([value]), marks),
                }
            }
            self.check(&output)?;
        }
        Ok(output)
    }

    /// Counts work and looks now and then whether to stop.
    fn tick(&mut self) -> Result<(), Stop> {
        self.work += 1;
        if self.work.is_multiple_of(4096) {
            self.look()
        } else {
            Ok(())
        }
    }

    /// Looks whether to stop.
    ///
    /// # Errors
    /// [`Stop`] when the time is over or the asker interrupts.
    pub fn look(&self) -> Result<(), Stop> {
        if self.context.interrupt.load(Ordering::Relaxed) {
            return Err(Stop::Interrupted);
        }
        if self.context.began.elapsed() > self.context.limits.time {
            return Err(Stop::Limit("time", self.context.limits.time.as_secs()));
        }
        Ok(())
    }

    /// The values of a variable that other rows have bound, if they are handed on.
    fn bound(&self, var: Var) -> Option<&[u32]> {
        let bindings = self.bindings.iter().rev();
        let mut of_var = bindings.filter(|(bound, _)| *bound == var);
        of_var.next().map(|(_, values)| values.as_slice())
    }

    /// Runs a plan whose rows are wanted only where they agree with these rows: it may give fewer than it would otherwise.
    fn run_beside(&mut self, rows: &Relation, plan: &Plan) -> Result<Relation, Stop> {
        // A `not` counts what it leaves out: it is asked of all that it would be asked of alone.
        if !self.context.passes.has("semi-join") || negates(plan) {
            return self.run(plan);
        }
        let before = self.bindings.len();
        let wanted = plan.variables();
        for (at, &var) in rows.columns().iter().enumerate() {
            let is_entity = self.context.variables.get(var).sort == Sort::Entity;
            if is_entity && wanted.contains(&var) {
                let mut values: Vec<u32> = rows.rows().map(|(row, _)| row[at]).collect();
                values.sort_unstable();
                values.dedup();
                // An empty cell agrees with every value.
                if values.last() != Some(&NONE) {
                    self.bindings.push((var, values));
                }
            }
        }
        let found = self.run(plan);
        self.bindings.truncate(before);
        found
    }

    /// Holds the rows made so far against the limits, and looks now and then whether to stop.
    fn check(&mut self, rows: &Relation) -> Result<(), Stop> {
        self.holds(rows)?;
        self.tick()
    }

    /// Holds the rows made so far against the limits.
    fn holds(&self, rows: &Relation) -> Result<(), Stop> {
        self.holds_size(rows.len(), rows.bytes())
    }

    fn holds_size(&self, rows: usize, bytes: usize) -> Result<(), Stop> {
        let limits = self.context.limits;
        if rows > limits.rows {
            return Err(Stop::Limit("rows", limits.rows as u64));
        }
        if bytes / (1024 * 1024) >= limits.memory_mib {
            return Err(Stop::Limit("memory", limits.memory_mib as u64));
        }
        Ok(())
    }

    fn add_chain(&mut self, claims: Vec<ClaimIndex>) -> u32 {
        self.chains.push(claims.into_boxed_slice());
        u32::try_from(self.chains.len() - 1).unwrap_or(NONE)
    }
}

/// Whether a plan has an anti-join.
pub(super) fn negates(plan: &Plan) -> bool {
    matches!(plan, Plan::AntiJoin { .. }) || plan.inputs().into_iter().any(negates)
}
