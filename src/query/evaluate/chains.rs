//! Chains: what `indirectly` follows. All simple chains in the verb's direction up to the limit, since a row falls only
//! when every one of them does.

use super::scan::columns_of;
use super::{Evaluation, Relation, Stop};
use crate::graph::{ClaimIndex, EntityIndex, FactIndex};
use crate::query::algebra::{Admission, Arm, Term, Var};
use std::collections::HashMap;

/// The admitted claims of a fact with the marks of each.
pub(super) type Admitted = Vec<(ClaimIndex, u8)>;

struct Search<'p> {
    arms: &'p [Arm],
    admission: &'p Admission,
    ends: (Term, Term),
    chain: Var,
    /// From the object to the subject: where only the object is given.
    backwards: bool,
    longest: usize,
    admitted: HashMap<FactIndex, Admitted>,
    output: Relation,
}

impl Evaluation<'_> {
    /// Chains of one step or more, no entity twice except that the last may be the first.
    pub(super) fn reach(
        &mut self,
        arms: &[Arm],
        subject: Term,
        object: Term,
        chain: Var,
        admission: &Admission,
    ) -> Result<Relation, Stop> {
        let denies = self.mode.denial == Some(chain);
        let mut search = Search {
            arms,
            admission,
            ends: (subject, object),
            chain,
            backwards: matches!((subject, object), (Term::Var(_), Term::Entity(_))),
            // Who denies a chain denies its only step: nobody denies a chain that he does not know.
            longest: if denies { 1 } else { self.context.limits.chain },
            admitted: HashMap::new(),
            output: Relation::new(columns_of(&[subject, object], chain)),
        };
        let starts: Vec<EntityIndex> = match if search.backwards { object } else { subject } {
            Term::Entity(entity) => vec![entity],
            Term::Var(var) => self
                .context
                .graph
                .entities()
                .filter(|&entity| self.admits(var, entity))
                .collect(),
        };
        for start in starts {
            self.extend_chain(&mut search, &mut vec![start], &mut Vec::new())?;
        }
        Ok(search.output)
    }

    fn extend_chain(
        &mut self,
        search: &mut Search<'_>,
        visited: &mut Vec<EntityIndex>,
        facts: &mut Vec<FactIndex>,
    ) -> Result<(), Stop> {
        if facts.len() == search.longest {
            return Ok(());
        }
        let (Some(&first), Some(&last)) = (visited.first(), visited.last()) else {
            return Ok(());
        };
        for (fact, next) in self.steps_along(search, last) {
            self.step()?;
            let closes = next == first;
            if visited.contains(&next) && !closes {
                continue;
            }
            if !search.admitted.contains_key(&fact) {
                let admitted = self.admitted(search.chain, fact, search.admission);
                search.admitted.insert(fact, admitted);
            }
            if search.admitted[&fact].is_empty() {
                continue;
            }
            facts.push(fact);
            self.emit_chain(search, first, next, facts)?;
            if !closes {
                visited.push(next);
                self.extend_chain(search, visited, facts)?;
                visited.pop();
            }
            facts.pop();
        }
        Ok(())
    }

    /// The facts that lead on from an entity, with where they lead.
    fn steps_along(&self, search: &Search<'_>, from: EntityIndex) -> Vec<(FactIndex, EntityIndex)> {
        let graph = self.context.graph;
        let mut steps = Vec::new();
        for arm in search.arms {
            let symmetric = graph.relation(arm.relation).symmetric;
            let of_arm = |claim: &&ClaimIndex| graph.relation_of(**claim) == arm.relation;
            if symmetric || arm.reversed == search.backwards {
                steps.extend(
                    graph
                        .claims_from(from)
                        .iter()
                        .filter(of_arm)
                        .map(|&claim| (graph.fact_of(claim), graph.object(claim))),
                );
            }
            if symmetric || arm.reversed != search.backwards {
                steps.extend(
                    graph
                        .claims_to(from)
                        .iter()
                        .filter(of_arm)
                        .map(|&claim| (graph.fact_of(claim), graph.subject(claim))),
                );
            }
        }
        steps.sort_unstable();
        steps.dedup();
        steps
    }

    fn emit_chain(
        &mut self,
        search: &mut Search<'_>,
        first: EntityIndex,
        last: EntityIndex,
        facts: &[FactIndex],
    ) -> Result<(), Stop> {
        let ends = if search.backwards {
            [last, first]
        } else {
            [first, last]
        };
        let mut cells = Vec::with_capacity(3);
        let mut bound: Option<(Var, EntityIndex)> = None;
        for (term, entity) in [search.ends.0, search.ends.1].into_iter().zip(ends) {
            match term {
                Term::Entity(wanted) if wanted != entity => return Ok(()),
                Term::Entity(_) => {}
                Term::Var(var)
                    if !self.admits(var, entity)
                        || bound.is_some_and(|(known, value)| known == var && value != entity) =>
                {
                    return Ok(());
                }
                Term::Var(var) if bound.is_some_and(|(known, _)| known == var) => {}
                Term::Var(var) => {
                    bound = Some((var, entity));
                    cells.push(entity);
                }
            }
        }
        let lists: Vec<Admitted> = facts
            .iter()
            .map(|fact| search.admitted[fact].clone())
            .collect();
        self.each_choice(&lists, |evaluation, claims, marks| {
            let chain = evaluation.add_chain(claims);
            search
                .output
                .push(cells.iter().copied().chain([chain]), marks);
            evaluation.check(&search.output)
        })
    }

    /// Every choice of one admitted claim from each list.
    pub(super) fn each_choice(
        &mut self,
        lists: &[Admitted],
        mut emit: impl FnMut(&mut Self, Vec<ClaimIndex>, u8) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let mut choice = vec![0; lists.len()];
        loop {
            let picked = lists.iter().zip(&choice).map(|(list, &at)| list[at]);
            let (claims, marks): (Vec<_>, Vec<_>) = picked.unzip();
            emit(
                self,
                claims,
                marks.into_iter().fold(0, |all, marks| all | marks),
            )?;
            let Some(at) = (0..lists.len())
                .rev()
                .find(|&at| choice[at] + 1 < lists[at].len())
            else {
                return Ok(());
            };
            choice[at] += 1;
            choice[at + 1..].fill(0);
        }
    }

    /// Counts one step of a search.
    pub(super) fn step(&mut self) -> Result<(), Stop> {
        self.steps += 1;
        if self.steps > self.context.limits.steps {
            return Err(Stop::Limit("steps", self.context.limits.steps as u64));
        }
        self.tick()
    }
}
