//! Minimal witnesses: of the sets of claims each of which suffices, those that hold no other.

use crate::graph::ClaimIndex;
use crate::text::Set;
use std::collections::BTreeSet;

/// The sets that hold no other of them; an empty one (a row that rests on nothing) leaves none.
pub(super) fn minimal(sets: BTreeSet<Vec<ClaimIndex>>) -> Vec<Vec<ClaimIndex>> {
    let mut sets: Vec<Vec<ClaimIndex>> = sets.into_iter().collect();
    sets.sort_by_key(Vec::len);
    if sets.first().is_none_or(Vec::is_empty) {
        return Vec::new();
    }
    let mut lengths: Vec<usize> = sets.iter().map(Vec::len).collect();
    lengths.dedup();
    let mut known: Set<Vec<ClaimIndex>> = Set::default();
    let mut kept: Vec<Vec<ClaimIndex>> = Vec::new();
    for set in sets {
        // Sets of one length are all distinct, so only shorter ones can stand in another.
        let shorter = lengths
            .iter()
            .copied()
            .take_while(|&length| length < set.len());
        if !holds_one_of(&set, shorter, &known, &kept) {
            if lengths.last() > Some(&set.len()) {
                known.insert(set.clone());
            }
            kept.push(set);
        }
    }
    kept.sort();
    kept
}

/// The longest set of which all parts are looked up, rather than it being compared with all that are known.
const LOOKED_UP: usize = 12;

/// Whether a set holds one of these known ones, which have one of these lengths.
fn holds_one_of(
    set: &[ClaimIndex],
    mut lengths: impl Iterator<Item = usize> + Clone,
    known: &Set<Vec<ClaimIndex>>,
    kept: &[Vec<ClaimIndex>],
) -> bool {
    if lengths.clone().next().is_none() {
        return false;
    }
    if set.len() > LOOKED_UP {
        let mut known = kept.iter().filter(|known| known.len() < set.len());
        return known.any(|known| known.iter().all(|claim| set.binary_search(claim).is_ok()));
    }
    let mut part = Vec::with_capacity(set.len());
    let mut is_known = |members: u32| {
        part.clear();
        let is_in = |at: &usize| members >> at & 1 == 1;
        part.extend((0..set.len()).filter(is_in).map(|at| set[at]));
        known.contains(&part)
    };
    lengths.any(|length| {
        let of_length = |members: &u32| members.count_ones() as usize == length;
        (1..1_u32 << set.len()).filter(of_length).any(&mut is_known)
    })
}
