//! What lies within what, closed over all steps.

use super::EntityIndex;
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
