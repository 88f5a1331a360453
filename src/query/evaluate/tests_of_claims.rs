//! Does a claim pass? Status, time, place, attribution; and does a fact, by its sources.

use super::{Evaluation, Mode, UNCERTAIN};
use crate::graph::contradictions::Assertion;
use crate::graph::{
    AgentIndex, ClaimIndex, EvidenceRow, FactIndex, Graph, NONE, Provenance, Status,
};
use crate::model::{Stance, Window};
use crate::query::algebra::{Admission, Admit, Bound, Certainty, Corroboration, Test, Var};
use std::collections::BTreeSet;

impl Evaluation<'_> {
    /// Whether a claim, taken by the verb whose column of claims is `verb`, passes all tests: the marks of its row.
    pub(super) fn passes(&self, verb: Var, claim: ClaimIndex, tests: &[Test]) -> Option<u8> {
        tests
            .iter()
            .try_fold(0, |marks, test| Some(marks | self.pass(verb, claim, test)?))
    }

    /// The same of what a claim is taken to assert: where it is its denial, whoever denies it is who says so.
    pub(super) fn passes_asserted(
        &self,
        verb: Var,
        asserted: Assertion,
        tests: &[Test],
    ) -> Option<u8> {
        let (graph, provenance) = (self.context.graph, self.context.provenance);
        tests.iter().try_fold(0, |marks, test| match test {
            Test::According(agents) if asserted.denied => {
                let said = is_said_by(graph, provenance, asserted.claim, Stance::Denies, agents);
                said.then_some(marks)
            }
            test => Some(marks | self.pass(verb, asserted.claim, test)?),
        })
    }

    fn pass(&self, verb: Var, claim: ClaimIndex, test: &Test) -> Option<u8> {
        let (graph, provenance) = (self.context.graph, self.context.provenance);
        let passed = match test {
            Test::Admit(admit) => is_admitted(provenance, claim, *admit, self.mode, verb),
            Test::Undated => graph.when(claim) == NONE,
            Test::Location(place) => graph.locations(claim).binary_search(place).is_ok(),
            Test::According(agents) => is_according_to(graph, provenance, claim, agents),
            Test::Time(certainty, window) => return self.meets(claim, *certainty, *window),
        };
        passed.then_some(0)
    }

    fn meets(&self, claim: ClaimIndex, certainty: Certainty, window: Window) -> Option<u8> {
        let Some(date) = self.context.graph.date_of(claim) else {
            return self.mode.undated.then_some(UNCERTAIN);
        };
        match (certainty, date.certainly_meets(window)) {
            (_, true) => Some(0),
            (Certainty::Certainly, false) => None,
            (_, false) => date.possibly_meets(window).then_some(UNCERTAIN),
        }
    }

    /// The admitted claims of a fact, with the marks of each; empty when the fact fails a corroboration.
    pub(super) fn admitted(
        &self,
        verb: Var,
        fact: FactIndex,
        admission: &Admission,
    ) -> Vec<(ClaimIndex, u8)> {
        let claims = self.context.graph.claims_of_fact(fact).iter();
        let admitted: Vec<_> = claims
            .filter_map(|&claim| Some((claim, self.passes(verb, claim, &admission.tests)?)))
            .collect();
        let holds = |corroboration: &Corroboration| {
            is_corroborated(
                self.context.provenance,
                admitted.iter().map(|&(claim, _)| claim),
                *corroboration,
            )
        };
        if admission.corroborations.iter().all(holds) {
            admitted
        } else {
            Vec::new()
        }
    }
}

fn is_admitted(
    provenance: &Provenance,
    claim: ClaimIndex,
    admit: Admit,
    mode: Mode,
    verb: Var,
) -> bool {
    let status = provenance.status(claim);
    if mode.denial == Some(verb) {
        return provenance.is_denial(claim);
    }
    match admit {
        Admit::Affirmed if mode.anything => status != Status::Ignored,
        Admit::Affirmed => status == Status::Affirmed,
        Admit::Status(wanted) => status == wanted,
        Admit::Disputed => provenance.is_disputed(claim),
        Admit::Anything => status != Status::Ignored,
    }
}

fn is_according_to(
    graph: &Graph,
    provenance: &Provenance,
    claim: ClaimIndex,
    wanted: &[AgentIndex],
) -> bool {
    let mut carrying = provenance.carrying(graph, claim);
    carrying.any(|(_, row)| is_by(graph, provenance, &row, wanted))
}

/// Whether evidence of this stance is by, or according to, one of these.
fn is_said_by(
    graph: &Graph,
    provenance: &Provenance,
    claim: ClaimIndex,
    stance: Stance,
    wanted: &[AgentIndex],
) -> bool {
    let mut rows = provenance.rows(graph, claim);
    rows.any(|(_, row)| row.stance == stance && is_by(graph, provenance, &row, wanted))
}

/// Whether a piece of evidence is by, or according to, one of these.
fn is_by(graph: &Graph, provenance: &Provenance, row: &EvidenceRow, wanted: &[AgentIndex]) -> bool {
    let agents = graph.agents();
    let is_wanted = |agent: AgentIndex| wanted.contains(&agent);
    is_wanted(agents.of_source(row.source))
        || agents.publication_of(row.source).is_some_and(is_wanted)
        || provenance.voices(agents, *row).into_iter().any(is_wanted)
}

/// Whether so many sources (or origins) carry these claims of one fact.
pub(super) fn is_corroborated(
    provenance: &Provenance,
    claims: impl Iterator<Item = ClaimIndex>,
    corroboration: Corroboration,
) -> bool {
    let carriers = |claim| {
        if corroboration.independent {
            provenance.origins(claim)
        } else {
            provenance.sources(claim)
        }
    };
    let count = claims.flat_map(carriers).collect::<BTreeSet<_>>().len();
    let number = corroboration.number as usize;
    match corroboration.bound {
        Bound::AtLeast => count >= number,
        Bound::AtMost => count <= number,
        Bound::Only => count == number,
    }
}
