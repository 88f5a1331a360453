//! The nearest way between two entities, searched from both ends at once: the side with fewer claims to look at goes one
//! step further, until the two meet. Bidirectional search: Pohl, "Bi-directional Search", Machine Intelligence 6, 1971.

use super::paths::{Distances, Network};
use super::{Evaluation, Stop};
use crate::graph::{ClaimIndex, EntityIndex};
use crate::text::Map;

/// What one end has seen so far.
struct Half {
    /// Steps from the end.
    seen: Map<EntityIndex, u32>,
    /// The entities at each number of steps.
    levels: Vec<Vec<EntityIndex>>,
}

impl Half {
    fn of(end: EntityIndex) -> Self {
        Self {
            seen: Map::from_iter([(end, 0)]),
            levels: vec![vec![end]],
        }
    }

    fn outermost(&self) -> &[EntityIndex] {
        self.levels.last().map_or(&[], Vec::as_slice)
    }

    fn steps(&self) -> u32 {
        u32::try_from(self.levels.len() - 1).unwrap_or(u32::MAX)
    }
}

impl Evaluation<'_> {
    /// How far each entity on a shortest path lies from the target, both ends among them; empty where no path is there, or
    /// only longer ones than asked for.
    pub(super) fn meet(
        &mut self,
        network: &mut Network<'_>,
        start: EntityIndex,
        target: EntityIndex,
    ) -> Result<Distances, Stop> {
        let (mut near_start, mut near_target) = (Half::of(start), Half::of(target));
        let farthest = network.search.within.unwrap_or(u32::MAX);
        let shortest = loop {
            let steps = near_start.steps() + near_target.steps();
            let ended = near_start.outermost().is_empty() || near_target.outermost().is_empty();
            if ended || steps >= farthest {
                return Ok(Distances::default());
            }
            let cost = |half: &Half| -> usize {
                let around = half.outermost().iter();
                around.map(|&entity| self.claims_around(entity)).sum()
            };
            let from_start = cost(&near_start) <= cost(&near_target);
            let (side, other) = match from_start {
                true => (&mut near_start, &near_target),
                false => (&mut near_target, &near_start),
            };
            if self.go_on(network, side, other)? {
                break steps + 1;
            }
        };
        // What the target has seen lies as far from it as it says; of the rest, what leads on there.
        let mut distances = near_target.seen;
        for (taken, level) in (0..)
            .zip(&near_start.levels)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
        {
            // What lies as far from the start as the target is on no shortest path, but the target.
            let Some(rest) = u32::checked_sub(shortest, taken).filter(|&rest| rest > 0) else {
                continue;
            };
            for &entity in level {
                if distances.contains_key(&entity) {
                    continue;
                }
                let mut leads_on = false;
                let mut next = Vec::new();
                self.around(entity, |_, other| {
                    next.push(other);
                });
                next.sort_unstable();
                next.dedup();
                next.retain(|other| distances.get(other) == Some(&(rest - 1)));
                for other in next {
                    leads_on |= self.is_joined(network, entity, other)?;
                }
                if leads_on {
                    distances.insert(entity, rest);
                }
            }
        }
        Ok(distances)
    }

    /// Takes one step further from an end; whether what the other end has seen was met.
    fn go_on(
        &mut self,
        network: &mut Network<'_>,
        side: &mut Half,
        other: &Half,
    ) -> Result<bool, Stop> {
        let steps = side.steps() + 1;
        let level = side.outermost().to_vec();
        let (mut found, mut met) = (Vec::new(), false);
        let mut new = Vec::new();
        for entity in level {
            new.clear();
            self.around(entity, |claim, next| {
                if !side.seen.contains_key(&next) {
                    new.push((claim, next));
                }
            });
            for &(claim, next) in &new {
                self.step()?;
                if side.seen.contains_key(&next) || !self.may_visit(network, next) {
                    continue;
                }
                if self.is_step(network, claim) {
                    side.seen.insert(next, steps);
                    found.push(next);
                    met |= other.seen.contains_key(&next);
                }
            }
        }
        side.levels.push(found);
        Ok(met)
    }

    /// Visits the claims that join an entity to others, with the other.
    fn around(&self, entity: EntityIndex, mut visit: impl FnMut(ClaimIndex, EntityIndex)) {
        let graph = self.context.graph;
        for &claim in graph.claims_from(entity) {
            visit(claim, graph.object(claim));
        }
        for &claim in graph.claims_to(entity) {
            visit(claim, graph.subject(claim));
        }
    }

    fn claims_around(&self, entity: EntityIndex) -> usize {
        let graph = self.context.graph;
        graph.claims_from(entity).len() + graph.claims_to(entity).len()
    }

    /// Whether some admitted fact joins two entities.
    fn is_joined(
        &mut self,
        network: &mut Network<'_>,
        one: EntityIndex,
        other: EntityIndex,
    ) -> Result<bool, Stop> {
        let mut claims = Vec::new();
        self.around(one, |claim, next| {
            if next == other {
                claims.push(claim);
            }
        });
        for claim in claims {
            self.step()?;
            if self.is_step(network, claim) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
