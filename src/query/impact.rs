//! What a casebook loses when something is not there: facts, origins, claims, and saved answers.

use super::comparison::{Comparison, Side, compare};
use super::{Engine, Failure, Request};
use crate::graph::{AgentIndex, ClaimIndex, FactIndex, Graph, Provenance, SourceIndex, Status};
use std::collections::BTreeSet;

/// What is lost when some agents are ignored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impact {
    /// What is ignored, sorted.
    pub without: Vec<AgentIndex>,
    /// The sources that go with it, in order.
    pub sources: Vec<SourceIndex>,
    /// The facts that no affirmed claim answers any more.
    pub fallen: Vec<FactIndex>,
    /// The facts that had several origins and are left with one.
    pub one_origin: Vec<FactIndex>,
    /// The facts that stand and were disputed, and that nobody denies any more.
    pub undisputed: Vec<FactIndex>,
    /// The claims of standing facts, and those that were never affirmed, that are gone or stand otherwise.
    pub lost: Vec<ClaimIndex>,
    /// The claims that stand as before, on fewer sources or origins.
    pub weakened: Vec<ClaimIndex>,
    /// How every claim stands then.
    pub after: Provenance,
}

/// A saved question, asked with and without.
#[derive(Debug, Clone, PartialEq)]
pub struct AskedAgain {
    /// Where it stands: `queries/meetings.cq:12`.
    pub place: String,
    /// The question, in one line.
    pub question: String,
    /// What became of its rows; why there is no answer, where there is none.
    pub comparison: Result<Comparison, Failure>,
}

impl Impact {
    /// What goes when these, and all that derives only from them, are not there.
    #[must_use]
    pub fn of(engine: &Engine, without: &BTreeSet<AgentIndex>) -> Self {
        let (graph, before) = (&engine.graph, &engine.provenance);
        let after = Provenance::of(graph, without);
        let mut impact = Self {
            without: without.iter().copied().collect(),
            sources: (0..)
                .take(graph.source_count() as usize)
                .filter(|&source| after.is_gone(graph.agents().of_source(source)))
                .collect(),
            fallen: Vec::new(),
            one_origin: Vec::new(),
            undisputed: Vec::new(),
            lost: Vec::new(),
            weakened: Vec::new(),
            after: after.clone(),
        };
        for fact in 0..graph.fact_count() {
            let stood = origins(graph, before, fact);
            let stands = origins(graph, &after, fact);
            match (stood.len(), stands.len()) {
                (1.., 0) => impact.fallen.push(fact),
                (2.., 1) => impact.one_origin.push(fact),
                _ => {}
            }
            let disputed = |standing: &Provenance| {
                let mut claims = graph.claims_of_fact(fact).iter();
                claims.any(|&claim| standing.is_disputed(claim))
            };
            if !stands.is_empty() && disputed(before) && !disputed(&after) {
                impact.undisputed.push(fact);
            }
        }
        for claim in 0..graph.claim_count() {
            let (had, has) = (before.status(claim), after.status(claim));
            let falls_with_fact = || impact.fallen.binary_search(&graph.fact_of(claim)).is_ok();
            if had != has {
                if had != Status::Affirmed || !falls_with_fact() {
                    impact.lost.push(claim);
                }
            } else if after.sources(claim).len() < before.sources(claim).len()
                || after.origins(claim).len() < before.origins(claim).len()
            {
                impact.weakened.push(claim);
            }
        }
        impact
    }
}

/// The origins of the affirmed claims of a fact, sorted; empty for one that does not answer.
#[must_use]
pub fn origins(graph: &Graph, standing: &Provenance, fact: FactIndex) -> BTreeSet<AgentIndex> {
    let claims = graph.claims_of_fact(fact).iter();
    let affirmed = claims.filter(|&&claim| standing.status(claim) == Status::Affirmed);
    affirmed
        .flat_map(|&claim| standing.origins(claim))
        .copied()
        .collect()
}

impl Engine {
    /// A question asked as it is and with these ignored besides: what becomes of its rows.
    ///
    /// # Errors
    /// As [`Engine::ask`].
    pub fn compare_without(
        &self,
        request: &Request<'_>,
        without: &BTreeSet<AgentIndex>,
    ) -> Result<Comparison, Failure> {
        let mut lowered = self.lower(request)?;
        let asking = self.asking(request);
        let plan = asking.plan(&lowered);
        let before = asking
            .answer(request.text, &lowered, &plan)
            .map_err(Failure::Stop)?;
        lowered.ignoring.extend(without);
        let after = asking
            .answer(request.text, &lowered, &plan)
            .map_err(Failure::Stop)?;
        let side = |answer| {
            let answer: &super::answer::Answer = answer;
            Side {
                graph: &self.graph,
                provenance: answer.standing(&self.provenance),
                rows: &answer.rows,
            }
        };
        Ok(compare(side(&before), side(&after)))
    }
}
