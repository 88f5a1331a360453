//! Joins and anti-joins on the columns that both sides have.

use super::{ABSENCE, Evaluation, Mode, Relation, Stop, UNCERTAIN};
use crate::graph::{ClaimIndex, NONE};
use crate::query::algebra::{Plan, Sort, Var};
use crate::text::Map;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

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
            let next = match connected {
                Some(_) => self.run_beside(&joined, next)?,
                None => self.run(next)?,
            };
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
        let output = Relation::new(columns);
        let of = |relation: &Relation, row: usize, at: usize| u64::from(relation.row(row)[at]);
        match (left_at.as_slice(), right_at.as_slice()) {
            (&[left_one], &[right_one]) => self.hash_join(
                (left, right, &added, output),
                |row| of(left, row, left_one),
                |row| of(right, row, right_one),
            ),
            (&[left_one, left_two], &[right_one, right_two]) => self.hash_join(
                (left, right, &added, output),
                |row| of(left, row, left_one) << 32 | of(left, row, left_two),
                |row| of(right, row, right_one) << 32 | of(right, row, right_two),
            ),
            _ => self.hash_join(
                (left, right, &added, output),
                |row| left.key(row, &left_at),
                |row| right.key(row, &right_at),
            ),
        }
    }

    /// Joins two relations on keys; `added` are the columns of the right that the left has not.
    fn hash_join<K: Hash + Eq>(
        &mut self,
        (left, right, added, mut output): (&Relation, &Relation, &[usize], Relation),
        left_key: impl Fn(usize) -> K,
        right_key: impl Fn(usize) -> K,
    ) -> Result<Relation, Stop> {
        // The first row of each key, and for each row the next with the same key.
        let mut firsts: Map<K, u32> = Map::default();
        let mut nexts = vec![NONE; right.len()];
        for row in (0..right.len()).rev() {
            self.tick()?;
            let at = u32::try_from(row).unwrap_or(NONE);
            if let Some(next) = firsts.insert(right_key(row), at) {
                nexts[row] = next;
            }
        }
        for row in 0..left.len() {
            let mut other = firsts.get(&left_key(row)).copied().unwrap_or(NONE);
            while other != NONE {
                let more = right.row(other as usize);
                output.push(
                    left.row(row)
                        .iter()
                        .copied()
                        .chain(added.iter().map(|&at| more[at])),
                    left.marks(row) | right.marks(other as usize),
                );
                self.check(&output)?;
                other = nexts[other as usize];
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
        let (outer, left_out_before) = (self.mode, self.left_out_though_denied);
        self.mode = Mode::default();
        // What a `not` binds is its own, but for what the left has bound.
        let others = std::mem::take(&mut self.bindings);
        let matches = self.run_beside(&left, right);
        let denied = self.denied(&left, right);
        self.bindings = others;
        (self.mode, self.left_out_though_denied) = (outer, left_out_before);
        let (matches, denied) = (matches?, denied?);

        let has = |&var: &Var| matches.position(var).is_some();
        let common: Vec<Var> = left.columns().iter().copied().filter(has).collect();
        let left_at = positions(&left, &common);
        let matched = Partial::of(&matches, &common, |_, _| ());
        let mut reasons = Vec::new();
        for relation in &denied {
            reasons.push(Partial::of(relation, &common, |relation, row| {
                let claims = self.derivation(relation, row);
                (claims, relation.marks(row) & UNCERTAIN)
            }));
        }
        let asked = self.asked(&left);
        let mut left_out = BTreeSet::new();
        let mut output = Relation::new(left.columns().iter().copied().chain([denials]).collect());
        for row in 0..left.len() {
            let key = left.key(row, &left_at);
            let found: BTreeSet<&(Vec<ClaimIndex>, u8)> = reasons
                .iter()
                .flat_map(|reasons| reasons.get(&key))
                .collect();
            if matched.get(&key).next().is_some() {
                if !found.is_empty() {
                    left_out.insert(left.key(row, &asked));
                }
                continue;
            }
            let cells = left.row(row).iter().copied();
            if found.is_empty() {
                output.push(cells.clone().chain([NONE]), left.marks(row) | ABSENCE);
            }
            for (claims, marks) in found {
                let chain = self.add_chain(claims.clone());
                output.push(cells.clone().chain([chain]), left.marks(row) | marks);
            }
            self.check(&output)?;
        }
        self.left_out_though_denied += left_out.len() as u64;
        Ok(output)
    }

    /// What the plan gives when one verb at a time admits what denies it.
    fn denied(&mut self, left: &Relation, plan: &Plan) -> Result<Vec<Relation>, Stop> {
        let mut verbs = Vec::new();
        collect_verbs(plan, &mut verbs);
        let mut all = Vec::with_capacity(verbs.len());
        for verb in verbs {
            self.mode = Mode {
                denial: Some(verb),
                ..Mode::default()
            };
            all.push(self.run_beside(left, plan)?);
        }
        Ok(all)
    }

    /// Positions of the columns that are asked for.
    fn asked(&self, relation: &Relation) -> Vec<usize> {
        let is_asked = |&at: &usize| self.context.variables.get(relation.columns()[at]).asked;
        (0..relation.columns().len()).filter(is_asked).collect()
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

/// Rows by their cells in some columns. A cell may be empty, where one branch of an `or` says nothing of the column:
/// then the row agrees with every value there.
struct Partial<T> {
    /// For each set of columns that are not empty: the rows by their cells in these.
    by_columns: BTreeMap<Vec<bool>, HashMap<Vec<u32>, Vec<T>>>,
}

impl<T> Partial<T> {
    fn of(relation: &Relation, columns: &[Var], value: impl Fn(&Relation, usize) -> T) -> Self {
        let at = positions(relation, columns);
        let mut by_columns: BTreeMap<Vec<bool>, HashMap<Vec<u32>, Vec<T>>> = BTreeMap::new();
        for row in 0..relation.len() {
            let key = relation.key(row, &at);
            let filled: Vec<bool> = key.iter().map(|&cell| cell != NONE).collect();
            let cells = select(&key, &filled);
            let rows = by_columns.entry(filled).or_default();
            rows.entry(cells).or_default().push(value(relation, row));
        }
        Self { by_columns }
    }

    fn get(&self, key: &[u32]) -> impl Iterator<Item = &T> {
        let found = self
            .by_columns
            .iter()
            .filter_map(|(filled, rows)| rows.get(&select(key, filled)));
        found.flatten()
    }
}

fn select(key: &[u32], filled: &[bool]) -> Vec<u32> {
    key.iter()
        .zip(filled)
        .filter(|&(_, &filled)| filled)
        .map(|(&cell, _)| cell)
        .collect()
}
