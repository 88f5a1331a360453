//! Facts that lost what they rested on: between two casebooks, or when sources are ignored.

use crate::graph::{AgentIndex, ClaimIndex, Graph, Provenance, Status};
use crate::query::impact::origins;
use std::collections::{BTreeMap, BTreeSet};

/// A fact that lost origins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Support {
    /// Subject, relation and object, by the ids that the claims write.
    pub fact: [String; 3],
    /// What became of it.
    pub loss: Loss,
    /// The origins it had, by id, sorted.
    pub before: Vec<String>,
    /// The origins it has, by id, sorted.
    pub after: Vec<String>,
}

/// What became of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// It was affirmed, and is not any more.
    Fallen,
    /// It had several independent origins, and has one.
    OneOrigin,
}

impl Loss {
    /// The word for it in data.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Fallen => "fallen",
            Self::OneOrigin => "one-origin",
        }
    }
}

/// The facts that were affirmed `before` and have fallen or are left with one origin `after`: those that have fallen
/// first, then by fact.
#[must_use]
pub fn support(before: (&Graph, &Provenance), after: (&Graph, &Provenance)) -> Vec<Support> {
    let (was, is) = (affirmed(before), affirmed(after));
    let mut found: Vec<Support> = was
        .into_iter()
        .filter_map(|(fact, before)| {
            let after = is.get(&fact);
            let loss = match (before.len(), after.map(BTreeSet::len)) {
                (_, None) => Loss::Fallen,
                (2.., Some(1)) => Loss::OneOrigin,
                _ => return None,
            };
            Some(Support {
                fact: fact.map(str::to_owned),
                loss,
                before: before.into_iter().map(str::to_owned).collect(),
                after: after
                    .into_iter()
                    .flatten()
                    .map(|id| (*id).to_owned())
                    .collect(),
            })
        })
        .collect();
    found.sort_by(|one, other| (one.loss, &one.fact).cmp(&(other.loss, &other.fact)));
    found
}

/// The origins of every affirmed fact, by id. Facts go by the ids that their claims write, whichever entities are judged
/// the same.
fn affirmed<'g>(
    (graph, provenance): (&'g Graph, &Provenance),
) -> BTreeMap<[&'g str; 3], BTreeSet<&'g str>> {
    let mut facts: BTreeMap<[&str; 3], BTreeSet<&str>> = BTreeMap::new();
    let is_affirmed = |claim: ClaimIndex| provenance.status(claim) == Status::Affirmed;
    for claim in (0..graph.claim_count()).filter(|&claim| is_affirmed(claim)) {
        let record = graph.claim(claim);
        let (mut subject, mut object) = (record.subject.as_str(), record.object.as_str());
        if graph.relation(graph.relation_of(claim)).symmetric && object < subject {
            (subject, object) = (object, subject);
        }
        let origins = origins(graph, provenance, graph.fact_of(claim));
        let name = |origin: AgentIndex| graph.agents().id(origin);
        facts
            .entry([subject, record.relation.as_str(), object])
            .or_default()
            .extend(origins.into_iter().map(name));
    }
    facts
}
