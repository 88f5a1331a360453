//! What makes answers come sooner and changes none: a short list of passes, each with its law. Some rewrite plans, the others
//! choose how they are evaluated. Each can be switched off; tests hold every choice against the plain way.

use super::algebra::{Plan, Term};
use crate::graph::Graph;

/// A pass.
#[derive(Debug, Clone, Copy)]
pub struct Pass {
    /// Its name.
    pub name: &'static str,
    /// Why it changes no row.
    pub law: &'static str,
    /// What it does to a plan; `None` for a way of evaluation.
    pub apply: Option<fn(Plan, &Graph) -> Plan>,
}

/// All passes, in the order in which they run.
pub const PASSES: &[Pass] = &[
    Pass {
        name: "push-tests",
        law: "σ_test(Scan) = Scan that keeps the claims that pass the test",
        apply: Some(push_tests),
    },
    Pass {
        name: "order-joins",
        law: "A ⋈ B = B ⋈ A, and (A ⋈ B) ⋈ C = A ⋈ (B ⋈ C)",
        apply: Some(order_joins),
    },
    Pass {
        name: "semi-join",
        law: "A ⋈ B = A ⋈ (B ⋉ A), and A ▷ B = A ▷ (B ⋉ A): of B only what agrees with A is read",
        apply: None,
    },
    Pass {
        name: "facts",
        law: "π_ends(Scan) = the facts of the relation, each with its claims that pass: claims of one fact have the same ends",
        apply: None,
    },
    Pass {
        name: "columns",
        law: "equal values have equal places in the order of values: sorting places groups and orders rows at once",
        apply: None,
    },
    Pass {
        name: "top",
        law: "take n after sort = the n least, whatever the order of the rest",
        apply: None,
    },
    Pass {
        name: "meet",
        law: "a shortest path is one from its start and one from its end that meet",
        apply: None,
    },
    Pass {
        name: "two-cores",
        law: "Scan(a ++ b) = Scan(a) ++ Scan(b)",
        apply: None,
    },
];

/// Which passes are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passes(u32);

impl Passes {
    /// Every one.
    pub const ALL: Self = Self((1 << PASSES.len()) - 1);
    /// None: the plain way.
    pub const NONE: Self = Self(0);

    /// Whether a pass is on.
    #[must_use]
    pub fn has(self, name: &str) -> bool {
        let mut all = (0..).zip(PASSES);
        all.any(|(at, pass)| pass.name == name && self.0 >> at & 1 == 1)
    }

    /// The same without one; `None` when there is no such pass.
    #[must_use]
    pub fn without(self, name: &str) -> Option<Self> {
        let at = PASSES.iter().position(|pass| pass.name == name)?;
        Some(Self(self.0 & !(1 << at)))
    }

    /// The names of those that are on, in order.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let on = (0..)
            .zip(PASSES)
            .filter(move |(at, _)| self.0 >> at & 1 == 1);
        on.map(|(_, pass)| pass.name)
    }
}

/// The plan after the passes that are on.
#[must_use]
pub fn simplify(plan: Plan, graph: &Graph, passes: Passes) -> Plan {
    let on = PASSES.iter().filter(|pass| passes.has(pass.name));
    on.filter_map(|pass| pass.apply)
        .fold(plan, |plan, apply| apply(plan, graph))
}

fn push_tests(plan: Plan, _graph: &Graph) -> Plan {
    pushed(plan)
}

fn pushed(plan: Plan) -> Plan {
    match plan.map_inputs(&mut pushed) {
        Plan::Select { input, claim, test } => match *input {
            Plan::Scan {
                arms,
                subject,
                object,
                claim: scanned,
                mut tests,
            } if scanned == claim => {
                tests.push(test);
                Plan::Scan {
                    arms,
                    subject,
                    object,
                    claim: scanned,
                    tests,
                }
            }
            other => Plan::Select {
                input: Box::new(other),
                claim,
                test,
            },
        },
        other => other,
    }
}

fn order_joins(plan: Plan, graph: &Graph) -> Plan {
    match plan.map_inputs(&mut |input| order_joins(input, graph)) {
        Plan::Join(mut inputs) => {
            inputs.sort_by_cached_key(|input| estimate(input, graph));
            Plan::Join(inputs)
        }
        other => other,
    }
}

/// About how many rows a plan gives, from what the graph has counted.
#[must_use]
pub fn estimate(plan: &Plan, graph: &Graph) -> usize {
    match plan {
        Plan::Unit => 1,
        Plan::Domain { .. } => graph.entity_count() as usize,
        Plan::Scan {
            arms,
            subject,
            object,
            ..
        } => {
            let ends = [subject, object].into_iter().filter_map(|term| {
                if let Term::Entity(entity) = term {
                    Some(*entity)
                } else {
                    None
                }
            });
            let shortest = ends
                .map(|entity| graph.claims_from(entity).len() + graph.claims_to(entity).len())
                .min();
            let all: usize = arms
                .iter()
                .map(|arm| graph.claims_of_relation(arm.relation).len())
                .sum();
            shortest.map_or(all, |shortest| shortest.min(all))
        }
        Plan::Reach { .. }
        | Plan::Path(_)
        | Plan::Incident { .. }
        | Plan::Contradictions { .. } => graph.claim_count() as usize,
        Plan::Select { input, .. }
        | Plan::Ordered { input, .. }
        | Plan::Extend { input, .. }
        | Plan::Corroborate { input, .. } => estimate(input, graph),
        Plan::Locate { input, .. } | Plan::Attribute { input, .. } => {
            estimate(input, graph).saturating_mul(2)
        }
        Plan::AntiJoin { left, .. } => estimate(left, graph),
        Plan::Join(inputs) => inputs
            .iter()
            .map(|input| estimate(input, graph))
            .max()
            .unwrap_or(1),
        Plan::Union(inputs) => inputs.iter().map(|input| estimate(input, graph)).sum(),
    }
}
