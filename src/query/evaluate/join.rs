//! Joins and anti-joins on the columns that both sides have.

use super::{ABSENCE, Evaluation, Mode, Relation, Stop};
use crate::graph::{ClaimIndex, NONE};
use crate::query::algebra::{Plan, Sort, Var};
use std::collections::{BTreeSet, HashMap, HashSet};

impl Evaluation<'_> {
    /// The natural join of all inputs: in their order, but what shares a column with the rows so far first.
    pub(super) fn join_all(&mut self, inputs: &[Plan]) -> Result<Relation, Stop> {
        let mut open: Vec<(Vec<Var>, &Plan)> = inputs
            .iter()
            .map(|input| (input.variables(), input))
            .collect();
        let mut joined = self.run(&Plan::Unit)?;
        while !open.is_empty() {
            let connected = open.iter().position(|(variables, _)| {
                variables.iter().any(|&var| joined.position(var).is_some())
            });
            let (_, next) = open.remove(connected.unwrap_or(0));
            if joined.is_empty() {
                return Ok(Relation::new(Plan::Join(inputs.to_vec()).variables()));
            }
            let next = self.run(next)?;
            joined = self.join(&joined, &next)?;
        }
        Ok(joined)
    }

    fn join(&mut self, left: &Relation, right: &Relation) -> Result<Relation, Stop> {
        let common: Vec<Var> = left
            .columns()
            .iter()
            .copied()
            .filter(|&var| right.position(var).is_some())
            .collect();
        let (left_at, right_at) = (positions(left, &common), positions(right, &common));
        let added: Vec<usize> = (0..right.columns().len())
            .filter(|at| !right_at.contains(at))
            .collect();
        let columns = left
            .columns()
            .iter()
            .copied()
            .chain(added.iter().map(|&at| right.columns()[at]))
            .collect();
        let mut output = Relation::new(columns);
        let mut index: HashMap<Vec<u32>, Vec<usize>> = HashMap::new();
        for row in 0..right.len() {
            self.tick()?;
            index
                .entry(right.key(row, &right_at))
                .or_default()
                .push(row);
        }
        for row in 0..left.len() {
            for &other in index
                .get(&left.key(row, &left_at))
                .map_or(&[][..], Vec::as_slice)
            {
                let more = right.row(other);
                output.push(
                    left.row(row)
                        .iter()
                        .copied()
                        .chain(added.iter().map(|&at| more[at])),
                    left.marks(row) | right.marks(other),
                );
                self.check(&output)?;
            }
            self.tick()?;
        }
        Ok(output)
    }

    /// The rows of the left that agree with none of the right, each with the claims that deny the right outright; a row
    /// that nothing denies is marked as resting on absence.
    pub(super) fn anti_join(
        &mut self,
        left: &Plan,
        right: &Plan,
        denials: Var,
    ) -> Result<Relation, Stop> {
        let left = self.run(left)?;
        let outer = self.mode;
        self.mode = Mode::default();
        let matches = self.run(right);
        let closed_over = self.closed_over;
        let denied = self.denied(right);
        (self.mode, self.closed_over) = (outer, closed_over);
        let (matches, denied) = (matches?, denied?);

        let common: Vec<Var> = left
            .columns()
            .iter()
            .copied()
            .filter(|&var| matches.position(var).is_some())
            .collect();
        let (left_at, right_at) = (positions(&left, &common), positions(&matches, &common));
        let matched: HashSet<Vec<u32>> = (0..matches.len())
            .map(|row| matches.key(row, &right_at))
            .collect();
        let bindings = self.bindings(&left);
        let mut left_out = BTreeSet::new();
        let mut reasons: HashMap<Vec<u32>, BTreeSet<Vec<ClaimIndex>>> = HashMap::new();
        for relation in &denied {
            let at = positions(relation, &common);
            for row in 0..relation.len() {
                reasons
                    .entry(relation.key(row, &at))
                    .or_default()
                    .insert(self.derivation(relation, row));
            }
        }
        let mut output = Relation::new(left.columns().iter().copied().chain([denials]).collect());
        for row in 0..left.len() {
            let key = left.key(row, &left_at);
            let reasons = reasons.get(&key);
            if matched.contains(&key) {
                left_out.extend(reasons.map(|_| left.key(row, &bindings)));
                continue;
            }
            let cells = left.row(row).iter().copied();
            match reasons {
                None => output.push(cells.chain([NONE]), left.marks(row) | ABSENCE),
                Some(reasons) => {
                    for claims in reasons {
                        let chain = self.add_chain(claims.clone());
                        output.push(cells.clone().chain([chain]), left.marks(row));
                    }
                }
            }
            self.check(&output)?;
        }
        self.left_out_though_denied += left_out.len() as u64;
        Ok(output)
    }

    /// What the plan gives when one verb at a time admits what denies it.
    fn denied(&mut self, plan: &Plan) -> Result<Vec<Relation>, Stop> {
        let mut verbs = Vec::new();
        collect_verbs(plan, &mut verbs);
        let mut all = Vec::with_capacity(verbs.len());
        for verb in verbs {
            self.mode = Mode {
                denial: Some(verb),
                ..Mode::default()
            };
            all.push(self.run(plan)?);
        }
        Ok(all)
    }

    /// Positions of the columns that are bindings, not claims.
    fn bindings(&self, relation: &Relation) -> Vec<usize> {
        let is_binding = |&at: &usize| {
            !matches!(
                self.context.variables.get(relation.columns()[at]).sort,
                Sort::Claim | Sort::Chain
            )
        };
        (0..relation.columns().len()).filter(is_binding).collect()
    }

    /// The claims that a row was made from, sorted, each once.
    #[must_use]
    pub fn derivation(&self, relation: &Relation, row: usize) -> Vec<ClaimIndex> {
        let mut claims = Vec::new();
        for (&var, &cell) in relation.columns().iter().zip(relation.row(row)) {
            match self.context.variables.get(var).sort {
                Sort::Claim if cell != NONE => claims.push(cell),
                Sort::Chain => claims.extend_from_slice(self.chain(cell)),
                _ => {}
            }
        }
        claims.sort_unstable();
        claims.dedup();
        claims
    }
}

fn positions(relation: &Relation, columns: &[Var]) -> Vec<usize> {
    columns
        .iter()
        .filter_map(|&var| relation.position(var))
        .collect()
}

/// The columns of claims of the verbs that a plan affirms.
fn collect_verbs(plan: &Plan, verbs: &mut Vec<Var>) {
    match plan {
        Plan::Scan { claim, .. } | Plan::Incident { claim, .. } => verbs.push(*claim),
        Plan::Reach { chain, .. } => verbs.push(*chain),
        Plan::AntiJoin { left, .. } => collect_verbs(left, verbs),
        _ => plan
            .inputs()
            .into_iter()
            .for_each(|input| collect_verbs(input, verbs)),
    }
}
