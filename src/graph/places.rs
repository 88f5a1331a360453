//! What lies within what, closed over all steps.

use super::{EntityIndex, columns::Lists};

/// For each entity, itself and all it lies within (sorted, canonical), from its direct `within`. Circles end.
pub fn closure(canonical: &[EntityIndex], direct: &[Vec<EntityIndex>]) -> Lists {
    let mut pairs = Vec::new();
    let mut seen = Vec::new();
    for entity in 0..canonical.len() {
        seen.clear();
        let mut open = vec![canonical[entity]];
        while let Some(next) = open.pop() {
            if !seen.contains(&next) {
                seen.push(next);
                open.extend(direct[next as usize].iter().copied());
            }
        }
        seen.sort_unstable();
        let key = u32::try_from(entity).unwrap_or(u32::MAX);
        pairs.extend(seen.iter().map(|&outer| (key, outer)));
    }
    Lists::from_pairs(canonical.len(), pairs.iter().copied())
}
