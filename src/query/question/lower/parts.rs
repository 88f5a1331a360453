//! Conjunctions: parts that hold together, those under `not` after the others.

use super::{Lowerer, Lowering, problem};
use crate::query::algebra::{Plan, Sort, Var};
use crate::query::answer::Note;
use crate::query::question::ast::Expression;
use crate::text::{Diagnostic, Span};
use std::collections::BTreeSet;

/// A part of a conjunction.
pub(super) enum Part {
    /// It holds.
    Plan(Plan),
    /// It does not hold.
    Not {
        /// What does not hold.
        plan: Plan,
        /// The one variable that may range over a domain when nothing else binds it: one flag a kind.
        ranges: Option<(Var, Vec<bool>)>,
        /// Where the `not` stands.
        span: Span,
    },
}

impl Lowerer<'_> {
    /// The parts of an expression.
    pub(super) fn expression(&mut self, expression: &Expression) -> Lowering<Vec<Part>> {
        match expression {
            Expression::Clause(clause) => self.clause(clause),
            Expression::And(all) => {
                let mut parts = Vec::new();
                for one in all {
                    parts.extend(self.expression(one)?);
                }
                Ok(parts)
            }
            Expression::Or(all) => {
                let mut branches = Vec::new();
                for one in all {
                    branches.push(move |lowerer: &mut Self| lowerer.expression(one));
                }
                Ok(vec![Part::Plan(self.branches(branches)?)])
            }
            Expression::Not(inner, span) => {
                let outer = std::mem::replace(&mut self.under_not, true);
                let parts = self.expression(inner);
                self.under_not = outer;
                let plan = self.combine(parts?)?;
                Ok(vec![Part::Not {
                    plan,
                    ranges: None,
                    span: *span,
                }])
            }
        }
    }

    /// The union of alternatives. Each numbers its columns by itself, so that equal names are one column.
    pub(super) fn branches<F: FnOnce(&mut Self) -> Lowering<Vec<Part>>>(
        &mut self,
        branches: Vec<F>,
    ) -> Lowering<Plan> {
        let before = self.used.clone();
        let mut most = before.clone();
        let mut plans = Vec::new();
        for branch in branches {
            self.used.clone_from(&before);
            let outer = self.branch.0;
            self.branch = (self.branch.1 + 1, self.branch.1 + 1);
            let parts = branch(self)?;
            self.branch.0 = outer;
            plans.push(self.combine(parts)?);
            for (name, &count) in &self.used {
                let known = most.entry(name.clone()).or_insert(0);
                *known = count.max(*known);
            }
        }
        self.used = most;
        Ok(Plan::Union(plans))
    }

    /// One plan of all parts: those that hold are joined, then each that does not hold is taken away.
    pub(super) fn combine(&mut self, parts: Vec<Part>) -> Lowering<Plan> {
        self.note_unconnected(&parts);
        let mut joined = Vec::new();
        let mut negated = Vec::new();
        for part in parts {
            match part {
                Part::Plan(plan) => joined.push(plan),
                Part::Not { plan, ranges, span } => negated.push((plan, ranges, span)),
            }
        }
        self.hold_shared_in_every_branch(&joined)?;
        let mut bound: Vec<Var> = joined.iter().flat_map(Plan::variables).collect();
        let always: BTreeSet<Var> = joined.iter().flat_map(always_bound).collect();
        for (plan, _, _) in &negated {
            let loose =
                |&var: &Var| self.is_asked(var) && bound.contains(&var) && !always.contains(&var);
            if let Some(var) = plan.variables().into_iter().find(loose) {
                return problem(self.unbound_in_branch(var));
            }
        }
        let mut domains: Vec<(Var, Vec<bool>)> = Vec::new();
        for (var, kinds) in negated
            .iter()
            .filter_map(|(_, ranges, _)| ranges.clone())
            .filter(|(var, _)| !bound.contains(var))
        {
            match domains.iter_mut().find(|(known, _)| *known == var) {
                Some((_, known)) => known
                    .iter_mut()
                    .zip(kinds)
                    .for_each(|(known, kind)| *known &= kind),
                None => domains.push((var, kinds)),
            }
        }
        for (var, kinds) in domains {
            bound.push(var);
            joined.push(Plan::Domain { var, kinds });
        }
        let mut plan = match joined.len() {
            0 => Plan::Unit,
            1 => joined.remove(0),
            _ => Plan::Join(joined),
        };
        for (right, _, span) in negated {
            if let Some(var) = right
                .variables()
                .into_iter()
                .find(|&var| self.is_asked(var) && !bound.contains(&var))
            {
                let name = self.variables.get(var).name.clone();
                return problem(
                    Diagnostic::error("only-under-not", format!("`{name}` stands only under `not`, where nothing says what it could be"), span)
                        .help("say elsewhere in the question what it is (`who met Umerov but not Dmitriev`), or write `someone` in its place"),
                );
            }
            let denials = self.hidden("denials", Sort::Chain, None);
            plan = Plan::AntiJoin {
                left: Box::new(plan),
                right: Box::new(right),
                denials,
            };
        }
        Ok(plan)
    }

    /// A variable that joins an `or` with something beside it must be bound by every branch.
    fn hold_shared_in_every_branch(&self, joined: &[Plan]) -> Lowering<()> {
        for (at, plan) in joined.iter().enumerate() {
            let Plan::Union(branches) = plan else {
                continue;
            };
            for var in plan.variables() {
                let elsewhere = joined
                    .iter()
                    .enumerate()
                    .any(|(other, plan)| other != at && plan.variables().contains(&var));
                if elsewhere
                    && !branches
                        .iter()
                        .all(|branch| branch.variables().contains(&var))
                {
                    return problem(self.unbound_in_branch(var));
                }
            }
        }
        Ok(())
    }

    fn unbound_in_branch(&self, var: Var) -> Diagnostic {
        let (name, span) = (&self.variables.get(var).name, self.span_of(var));
        let message = format!(
            "`{name}` is not in every branch of the `or`, so it cannot join what stands beside it"
        );
        Diagnostic::error("unbound-in-branch", message, span)
            .help(format!("use `{name}` in each branch"))
    }

    fn span_of(&self, var: Var) -> Span {
        let start = self
            .columns
            .iter()
            .find(|&&(_, column)| column == var)
            .map_or(0, |&(at, _)| at);
        Span {
            start,
            end: start,
            ..Span::default()
        }
    }

    /// Says so when parts with columns of their own share no variable.
    fn note_unconnected(&mut self, parts: &[Part]) {
        let mut groups: Vec<Vec<Var>> = Vec::new();
        for part in parts {
            let (Part::Plan(plan) | Part::Not { plan, .. }) = part;
            let mut group: Vec<Var> = plan
                .variables()
                .into_iter()
                .filter(|&var| !matches!(self.variables.get(var).sort, Sort::Claim | Sort::Chain))
                .collect();
            groups.retain(|known| {
                let joined = known.iter().any(|var| group.contains(var));
                if joined {
                    group.extend(known);
                }
                !joined
            });
            groups.push(group);
        }
        let with_columns = groups
            .iter()
            .filter(|group| group.iter().any(|&var| self.is_asked(var)))
            .count();
        if with_columns > 1 && self.notes.is_empty() {
            self.notes.push(Note {
                name: "unconnected",
                text: "parts of this question share no variable, so each row of one stands beside each of the other; write `?x` in both places to mean the same one".to_owned(),
                counts: vec![("parts".to_owned(), with_columns as u64)],
            });
        }
    }
}

/// The variables that every row of a plan binds: those that every branch of an `or` does.
fn always_bound(plan: &Plan) -> BTreeSet<Var> {
    let inputs = plan.inputs();
    let of_inputs = inputs.iter().map(|input| always_bound(input));
    match plan {
        Plan::Union(_) => of_inputs
            .reduce(|one, other| one.intersection(&other).copied().collect())
            .unwrap_or_default(),
        Plan::AntiJoin { left, .. } => always_bound(left),
        _ => {
            let below: BTreeSet<Var> = inputs.iter().flat_map(|input| input.variables()).collect();
            let own = plan.variables().into_iter();
            let own = own.filter(|var| !below.contains(var));
            own.chain(of_inputs.flatten()).collect()
        }
    }
}
