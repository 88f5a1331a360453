//! Which contradictions somebody has looked at, by the records that say so.

use super::Contradiction;
use crate::graph::{ClaimIndex, Graph};
use std::collections::{BTreeMap, BTreeSet};

/// Whether somebody has looked at a contradiction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judging {
    /// Nobody has.
    Open,
    /// The record with this number (an index into the casebook's) lists all its claims.
    Judged(u32),
    /// The record lists claims of both sides, but not these: they came later.
    Reopened {
        /// Index of the record.
        record: u32,
        /// The claims that it does not list, in order.
        missing: Vec<ClaimIndex>,
    },
}

/// Marks the contradictions that records judge. Of several records the one counts that lists most; the first of these.
pub(super) fn judge(graph: &Graph, found: &mut [Contradiction]) {
    let records = records(graph);
    let mut of_claims: BTreeMap<ClaimIndex, Vec<u32>> = BTreeMap::new();
    for (record, claims) in (0..).zip(&records) {
        for &claim in claims {
            of_claims.entry(claim).or_default().push(record);
        }
    }
    for contradiction in found {
        let claims = contradiction.claims();
        let near: BTreeSet<u32> = claims
            .iter()
            .filter_map(|claim| of_claims.get(claim))
            .flatten()
            .copied()
            .collect();
        let listed = |record: u32, claim: &ClaimIndex| records[record as usize].contains(claim);
        let both = |record: u32| {
            let side = |side: &super::Side| side.iter().any(|it| listed(record, &it.claim));
            side(&contradiction.one) && side(&contradiction.other)
        };
        let missing = |record: u32| -> Vec<ClaimIndex> {
            let claims = claims.iter().copied();
            claims.filter(|claim| !listed(record, claim)).collect()
        };
        let best = near
            .into_iter()
            .filter(|&record| both(record))
            .map(|record| (missing(record), record))
            .min_by_key(|(missing, record)| (missing.len(), *record));
        contradiction.judging = match best {
            None => Judging::Open,
            Some((missing, record)) if missing.is_empty() => Judging::Judged(record),
            Some((missing, record)) => Judging::Reopened { record, missing },
        };
    }
}

/// The claims that each record lists; those that are not there are passed over.
fn records(graph: &Graph) -> Vec<BTreeSet<ClaimIndex>> {
    let judged = &graph.records().judged;
    judged
        .iter()
        .map(|record| {
            let claims = record.claims.iter();
            claims.filter_map(|id| graph.claim_by_id(id)).collect()
        })
        .collect()
}
