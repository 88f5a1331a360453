//! Rewriting plans into cheaper ones that give the same rows. A short list of passes, each with its law; tests hold the
//! simplified plan against the plain one.

use super::algebra::{Plan, Term};
use crate::graph::Graph;

/// A rewriting of plans.
#[derive(Debug, Clone, Copy)]
pub struct Pass {
    /// Its name.
    pub name: &'static str,
    /// Why it changes no row.
    pub law: &'static str,
    /// The rewriting.
    pub apply: fn(Plan, &Graph) -> Plan,
}

/// All passes, in the order in which they run.
pub const PASSES: &[Pass] = &[
    Pass {
        name: "push-tests",
        law: "σ_test(Scan) = Scan that keeps the claims that pass the test",
        apply: push_tests,
    },
    Pass {
        name: "order-joins",
        law: "A ⋈ B = B ⋈ A, and (A ⋈ B) ⋈ C = A ⋈ (B ⋈ C)",
        apply: order_joins,
    },
];

/// The plan after all passes.
#[must_use]
pub fn simplify(plan: Plan, graph: &Graph) -> Plan {
    PASSES
        .iter()
        .fold(plan, |plan, pass| (pass.apply)(plan, graph))
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
