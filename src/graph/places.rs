//! What lies within what, closed over all steps.

use super::{EntityIndex, NONE};
use crate::columns::Lists;

/// For each entity, itself and all it lies within (sorted, canonical), from its direct `within`. Circles end.
pub(super) fn closure(canonical: &[EntityIndex], direct: &[Vec<EntityIndex>]) -> Lists {
    let mut pairs = Vec::new();
    let mut seen = Vec::new();
    for (key, &entity) in (0..).zip(canonical) {
        seen.clear();
        let mut open = vec![entity];
        while let Some(next) = open.pop() {
            if !seen.contains(&next) {
                seen.push(next);
                open.extend(direct[next as usize].iter().copied());
            }
        }
        seen.sort_unstable();
        pairs.extend(seen.iter().map(|&outer| (key, outer)));
    }
    Lists::from_pairs(canonical.len(), pairs.iter().copied())
}

/// For each entity all that is or lies within it, sorted.
pub(super) fn inverse(lies_in: &Lists) -> Lists {
    let keys = lies_in.len();
    let within = (0..).take(keys);
    let pairs = within.flat_map(|inner| lies_in.of(inner).iter().map(move |&outer| (outer, inner)));
    Lists::from_pairs(keys, pairs)
}

/// For each entity the claims whose place or event it is, in order. Either column may be empty, where no claim has one.
pub(super) fn settings(entities: usize, places: &[EntityIndex], events: &[EntityIndex]) -> Lists {
    let claims = 0..places.len().max(events.len());
    let cell = |column: &[EntityIndex], claim: usize| column.get(claim).copied().unwrap_or(NONE);
    let pairs = claims.zip(0..).flat_map(|(at, claim)| {
        let (place, event) = (cell(places, at), cell(events, at));
        let event = if event == place { NONE } else { event };
        [(place, claim), (event, claim)]
    });
    if pairs.clone().all(|(entity, _)| entity == NONE) {
        return Lists::default();
    }
    Lists::from_pairs(entities, pairs)
}
