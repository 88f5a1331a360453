//! Contradictions as rows: one cell a column, and the claims of both sides.

use super::{Evaluation, Relation, Stop, UNCERTAIN};
use crate::graph::contradictions::{Contradiction, find};
use crate::graph::{ClaimIndex, EntityIndex};
use crate::query::algebra::{Test, Var};

impl Evaluation<'_> {
    /// The contradictions one of whose claims is about an entity (about any, where none is given) and passes all tests.
    pub(super) fn contradictions(
        &mut self,
        about: Option<EntityIndex>,
        tests: &[Test],
        fields: [Var; 4],
        chain: Var,
    ) -> Result<Relation, Stop> {
        let found = self.find_contradictions()?;
        let columns = fields.into_iter().chain([chain]).collect();
        let mut output = Relation::new(columns);
        for contradiction in found {
            let fits = contradiction.assertions().any(|it| {
                about.is_none_or(|entity| self.is_about(it.claim, entity))
                    && self.passes_asserted(chain, it, tests).is_some()
            });
            if !fits {
                continue;
            }
            let claims = contradiction.claims();
            let number = u32::try_from(self.contradictions.len()).unwrap_or(u32::MAX);
            let marks = if contradiction.certain { 0 } else { UNCERTAIN };
            self.contradictions.push(contradiction);
            let claims = self.add_chain(claims);
            output.push([number, number, number, number, claims], marks);
            self.check(&output)?;
        }
        Ok(output)
    }

    /// All contradictions, within the limits.
    ///
    /// # Errors
    /// [`Stop`] when a limit is reached or the asker interrupts.
    pub fn find_contradictions(&mut self) -> Result<Vec<Contradiction>, Stop> {
        let (graph, provenance) = (self.context.graph, self.context.provenance);
        let most = self.context.limits.rows;
        let mut stopped = None;
        let found = find(graph, provenance, &mut |found| {
            let stop = if found > most {
                Err(Stop::Limit("rows", most as u64))
            } else {
                self.tick()
            };
            stopped = stop.err();
            stopped.is_none()
        });
        match stopped {
            Some(stop) => Err(stop),
            None => Ok(found.unwrap_or_default()),
        }
    }

    /// Whether a claim names an entity, or is set there.
    fn is_about(&self, claim: ClaimIndex, entity: EntityIndex) -> bool {
        let graph = self.context.graph;
        [graph.subject(claim), graph.object(claim)].contains(&entity)
            || graph.locations(claim).contains(&entity)
    }
}
