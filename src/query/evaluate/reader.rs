//! Reading the claims of a relation, from the shortest list that holds them all: those of one end, those of the entities
//! that other rows have bound, or the whole relation, then on both cores where it is long.

use super::{Evaluation, Relation, Stop};
use crate::graph::{ClaimIndex, EntityIndex, RelationIndex};
use crate::model::Window;
use crate::query::algebra::{Arm, Term, Test, Var};

/// From how many claims on both cores read.
const LONG: usize = 1 << 15;

/// After how many claims the limits are looked at.
const BETWEEN_LOOKS: usize = 4096;

/// What is read, and what for.
pub(super) struct Reader<'r, 'a> {
    pub(super) evaluation: &'r Evaluation<'a>,
    /// Subject and object of the verb.
    pub(super) ends: (Term, Term),
    pub(super) claim: Var,
    pub(super) tests: &'r [Test],
    /// The days outside which no claim passes.
    pub(super) window: Option<Window>,
}

impl Reader<'_, '_> {
    /// Adds the rows of one relation.
    pub(super) fn arm(&self, arm: Arm, output: &mut Relation) -> Result<(), Stop> {
        let graph = self.evaluation.context.graph;
        let symmetric = graph.relation(arm.relation).symmetric;
        let (from, to) = match arm.reversed {
            true => (self.ends.1, self.ends.0),
            false => self.ends,
        };
        match self.nearest(arm.relation, from, to, symmetric) {
            Some(ends) => {
                let mut claims = Vec::new();
                for (entity, is_subject) in &ends {
                    let all = match is_subject {
                        true => graph.claims_from(*entity),
                        false => graph.claims_to(*entity),
                    };
                    let some = graph.of_relation(all, arm.relation, self.window);
                    if ends.len() == 1 {
                        return self.all(arm, symmetric, some, output);
                    }
                    claims.extend_from_slice(some);
                }
                if symmetric {
                    claims.sort_unstable();
                    claims.dedup();
                }
                self.all(arm, symmetric, &claims, output)
            }
            None => {
                let claims = graph.claims_of_relation(arm.relation);
                self.all(arm, symmetric, claims, output)
            }
        }
    }

    /// The entities of whose claims only some can be wanted, each with whether it is their subject; `None` where the claims
    /// of the whole relation are fewer.
    fn nearest(
        &self,
        relation: RelationIndex,
        from: Term,
        to: Term,
        symmetric: bool,
    ) -> Option<Vec<(EntityIndex, bool)>> {
        let graph = self.evaluation.context.graph;
        let of = |(entity, is_subject): &(EntityIndex, bool)| match is_subject {
            true => graph.claims_from(*entity).len(),
            false => graph.claims_to(*entity).len(),
        };
        let mut best = (graph.claims_of_relation(relation).len(), None);
        for (term, is_subject) in [(from, true), (to, false)] {
            let entities: &[EntityIndex] = match &term {
                Term::Entity(entity) => std::slice::from_ref(entity),
                Term::Var(var) => match self.evaluation.bound(*var) {
                    Some(bound) if bound.len() < best.0 => bound,
                    _ => continue,
                },
            };
            let sides = match symmetric {
                true => &[true, false][..],
                false => std::slice::from_ref(&is_subject),
            };
            let ends = entities
                .iter()
                .flat_map(|&entity| sides.iter().map(move |&side| (entity, side)));
            let cost: usize = ends.clone().map(|end| of(&end)).sum();
            // A given end is always the shorter way but for a hub of one relation.
            if cost < best.0 || (best.1.is_none() && matches!(term, Term::Entity(_))) {
                best = (cost, Some(ends.collect()));
            }
        }
        best.1
    }

    /// Adds the rows of these claims of one relation, in their order.
    fn all(
        &self,
        arm: Arm,
        symmetric: bool,
        claims: &[ClaimIndex],
        output: &mut Relation,
    ) -> Result<(), Stop> {
        if claims.len() < LONG || !self.evaluation.context.passes.has("two-cores") {
            return self.part(arm, symmetric, claims, output);
        }
        let (one, other) = claims.split_at(claims.len() / 2);
        let mut more = Relation::new(output.columns().to_vec());
        let (first, second) = std::thread::scope(|scope| {
            let second = scope.spawn(|| self.part(arm, symmetric, other, &mut more));
            let first = self.part(arm, symmetric, one, output);
            (first, second.join())
        });
        first?;
        match second {
            Ok(done) => done?,
            Err(thrown) => std::panic::resume_unwind(thrown),
        }
        output.take_over(more);
        Ok(())
    }

    fn part(
        &self,
        arm: Arm,
        symmetric: bool,
        claims: &[ClaimIndex],
        output: &mut Relation,
    ) -> Result<(), Stop> {
        let graph = self.evaluation.context.graph;
        for some in claims.chunks(BETWEEN_LOOKS) {
            output.reserve(some.len());
            for &claim in some {
                let Some(marks) = self.evaluation.passes(self.claim, claim, self.tests) else {
                    continue;
                };
                let ends = (graph.subject(claim), graph.object(claim));
                let read = if arm.reversed { (ends.1, ends.0) } else { ends };
                self.bind(read, claim, marks, output);
                if symmetric && read.0 != read.1 {
                    self.bind((read.1, read.0), claim, marks, output);
                }
            }
            self.look(output)?;
        }
        Ok(())
    }

    /// Adds the row of a claim read one way, if its ends are the ones wanted.
    fn bind(
        &self,
        ends: (EntityIndex, EntityIndex),
        claim: ClaimIndex,
        marks: u8,
        output: &mut Relation,
    ) {
        let fits = |term: Term, entity| match term {
            Term::Entity(wanted) => wanted == entity,
            Term::Var(var) => self.evaluation.admits(var, entity),
        };
        if !fits(self.ends.0, ends.0) || !fits(self.ends.1, ends.1) {
            return;
        }
        match self.ends {
            (Term::Var(one), Term::Var(other)) if one == other => {
                if ends.0 == ends.1 {
                    output.push([ends.0, claim], marks);
                }
            }
            (Term::Var(_), Term::Var(_)) => output.push([ends.0, ends.1, claim], marks),
            (Term::Var(_), Term::Entity(_)) => output.push([ends.0, claim], marks),
            (Term::Entity(_), Term::Var(_)) => output.push([ends.1, claim], marks),
            (Term::Entity(_), Term::Entity(_)) => output.push([claim], marks),
        }
    }

    /// Holds the rows made so far against the limits.
    pub(super) fn look(&self, output: &Relation) -> Result<(), Stop> {
        self.evaluation.holds(output)?;
        self.evaluation.look()
    }
}
