//! Paths over facts in either direction, no entity twice. Filters apply inside the search: what they exclude is not there.

use super::chains::Admitted;
use super::{Evaluation, Relation, Stop};
use crate::graph::{ClaimIndex, EntityIndex, FactIndex, NONE};
use crate::query::algebra::{Nodes, PathSearch};
use crate::query::answer::Step;
use crate::text::Map;
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

/// The admitted facts that join an entity to others: the fact, the other entity, and whether the fact runs from there.
type Steps = Rc<[(FactIndex, EntityIndex, bool)]>;

/// What the search runs over: the admitted facts, entity by entity, looked up where the search comes by.
pub(super) struct Network<'s> {
    pub(super) search: &'s PathSearch,
    /// Both ends of all paths: they may be avoided elsewhere and still begin or end a path.
    ends: BTreeSet<EntityIndex>,
    admitted: Map<FactIndex, Admitted>,
    steps: Map<EntityIndex, Steps>,
    through: Vec<BTreeSet<EntityIndex>>,
    /// Steps lead to these only, where that is known.
    near: Option<Rc<Distances>>,
}

/// Fewest steps from entities to the target; those that are not there lie on no way that is looked for.
pub(super) type Distances = Map<EntityIndex, u32>;

/// One search between two ends.
struct Trail {
    target: EntityIndex,
    distances: Rc<Distances>,
    longest: u32,
    /// Only paths of exactly `longest` steps.
    exactly: bool,
    visited: Vec<EntityIndex>,
    taken: Vec<(FactIndex, bool)>,
    found: Vec<Vec<(FactIndex, bool)>>,
}

impl Trail {
    /// Whether the steps taken to the target make a path that is asked for.
    fn is_wanted(&self, network: &Network<'_>) -> bool {
        let between = &self.visited[1..self.visited.len() - 1];
        let passes =
            |nodes: &BTreeSet<EntityIndex>| between.iter().any(|node| nodes.contains(node));
        let length = u32::try_from(self.taken.len()).unwrap_or(NONE);
        network.through.iter().all(passes) && (!self.exactly || length == self.longest)
    }
}

impl Evaluation<'_> {
    /// All shortest paths of each pair of ends, or all paths within a bound.
    pub(super) fn search(&mut self, search: &PathSearch) -> Result<Relation, Stop> {
        let columns = [
            search.from.1,
            search.to.1,
            Some(search.path),
            Some(search.chain),
        ]
        .into_iter()
        .flatten()
        .collect();
        let mut output = Relation::new(columns);
        let (from, to) = (self.nodes(&search.from.0)?, self.nodes(&search.to.0)?);
        let mut network = self.network(search, &from, &to)?;
        // Places to pass through may lie anywhere, and many starts share one search from the target.
        let from_both = self.context.passes.has("meet")
            && !search.all
            && search.through.is_empty()
            && (from.len(), to.len()) == (1, 1);
        for &target in &to {
            let distances = match from.first() {
                Some(&start) if from_both && start != target => {
                    self.meet(&mut network, start, target)?
                }
                _ => self.distances(&mut network, &from, target)?,
            };
            let distances = Rc::new(distances);
            network.near = from_both.then(|| Rc::clone(&distances));
            for &start in from.iter().filter(|&&start| start != target) {
                for facts in self.paths_between(&mut network, start, target, &distances)? {
                    self.emit_path(&network, (start, target), &facts, &mut output)?;
                }
            }
        }
        Ok(output)
    }

    fn nodes(&mut self, nodes: &Nodes) -> Result<BTreeSet<EntityIndex>, Stop> {
        Ok(match nodes {
            Nodes::One(entity) => BTreeSet::from([*entity]),
            Nodes::All(var) => self
                .context
                .graph
                .entities()
                .filter(|&entity| self.admits(*var, entity))
                .collect(),
            Nodes::Of(plan, var) => {
                // What it binds besides its nodes is its own.
                let others = std::mem::take(&mut self.bindings);
                let bound = self.run(plan);
                self.bindings = others;
                let bound = bound?;
                let at = bound.position(*var);
                bound
                    .rows()
                    .filter_map(|(row, _)| at.map(|at| row[at]))
                    .collect()
            }
        })
    }

    fn network<'s>(
        &mut self,
        search: &'s PathSearch,
        from: &BTreeSet<EntityIndex>,
        to: &BTreeSet<EntityIndex>,
    ) -> Result<Network<'s>, Stop> {
        let mut avoided = BTreeSet::new();
        for nodes in &search.avoiding {
            avoided.extend(self.nodes(nodes)?);
        }
        let mut through = Vec::new();
        for nodes in &search.through {
            through.push(self.nodes(nodes)?);
        }
        self.avoided = avoided;
        Ok(Network {
            search,
            ends: from.union(to).copied().collect(),
            admitted: Map::default(),
            steps: Map::default(),
            through,
            near: None,
        })
    }

    /// The steps that an entity offers. One that is to be avoided may still begin or end a path, never stand between its
    /// ends.
    fn steps_from(
        &mut self,
        network: &mut Network<'_>,
        entity: EntityIndex,
    ) -> Result<Steps, Stop> {
        if let Some(known) = network.steps.get(&entity) {
            return Ok(Rc::clone(known));
        }
        self.tick()?;
        let mut steps = match self.may_visit(network, entity) {
            true => self.context.graph.steps_from(entity),
            false => Vec::new(),
        };
        steps.retain(|&(_, other, _)| {
            let leads_on = |near: &Rc<Distances>| near.contains_key(&other);
            self.may_visit(network, other) && network.near.as_ref().is_none_or(leads_on)
        });
        steps.retain(|&(fact, _, _)| {
            let known = network.admitted.entry(fact);
            let search = network.search;
            !known
                .or_insert_with(|| self.admitted_of_path(search, fact))
                .is_empty()
        });
        let steps: Steps = steps.into();
        network.steps.insert(entity, Rc::clone(&steps));
        Ok(steps)
    }

    /// Whether a path may visit an entity: it is not to be avoided, or is an end.
    pub(super) fn may_visit(&self, network: &Network<'_>, entity: EntityIndex) -> bool {
        !self.avoided.contains(&entity) || network.ends.contains(&entity)
    }

    /// Whether a path may take the fact of a claim.
    pub(super) fn is_step(&self, network: &mut Network<'_>, claim: ClaimIndex) -> bool {
        let fact = self.context.graph.fact_of(claim);
        let search = network.search;
        let known = network.admitted.entry(fact);
        !known
            .or_insert_with(|| self.admitted_of_path(search, fact))
            .is_empty()
    }

    fn admitted_of_path(&self, search: &PathSearch, fact: FactIndex) -> Admitted {
        let graph = self.context.graph;
        let first = graph.claims_of_fact(fact).first();
        let relation = first.map_or(NONE, |&claim| graph.relation_of(claim));
        let wanted = search.via.as_ref();
        if wanted.is_none_or(|via| via.contains(&relation)) {
            self.admitted(search.chain, fact, &search.admission)
        } else {
            Vec::new()
        }
    }

    /// Fewest steps from entities to the target, as far as a search from `starts` needs them: up to the last start or, of
    /// all paths within a bound, up to the bound; everywhere where paths must pass through something.
    fn distances(
        &mut self,
        network: &mut Network<'_>,
        starts: &BTreeSet<EntityIndex>,
        target: EntityIndex,
    ) -> Result<Distances, Stop> {
        let mut distances = Distances::from_iter([(target, 0)]);
        let mut missing = starts.len() - usize::from(starts.contains(&target));
        let search = network.search;
        let farthest = search.within.unwrap_or(NONE);
        let nearest_suffice = !search.all && network.through.is_empty();
        let mut open = VecDeque::from([target]);
        while let Some(next) = open.pop_front() {
            let distance = distances.get(&next).copied().unwrap_or(NONE);
            if distance >= farthest || (nearest_suffice && missing == 0) {
                break;
            }
            if next != target && self.avoided.contains(&next) {
                continue;
            }
            for &(_, other, _) in self.steps_from(network, next)?.iter() {
                self.step()?;
                if let Entry::Vacant(unseen) = distances.entry(other) {
                    unseen.insert(distance + 1);
                    missing -= usize::from(starts.contains(&other));
                    open.push_back(other);
                }
            }
        }
        Ok(distances)
    }

    fn paths_between(
        &mut self,
        network: &mut Network<'_>,
        start: EntityIndex,
        target: EntityIndex,
        distances: &Rc<Distances>,
    ) -> Result<Vec<Vec<(FactIndex, bool)>>, Stop> {
        let Some(&shortest) = distances.get(&start) else {
            return Ok(Vec::new());
        };
        let search = network.search;
        let bound = search.within.unwrap_or(NONE);
        let entities = self.context.graph.entity_count();
        let most = entities.saturating_sub(1).min(bound);
        let lengths = if search.all {
            most..=most
        } else {
            shortest..=most
        };
        let mut trail = Trail {
            target,
            distances: Rc::clone(distances),
            longest: 0,
            exactly: !search.all,
            visited: vec![start],
            taken: Vec::new(),
            found: Vec::new(),
        };
        for longest in lengths {
            trail.longest = longest;
            self.follow(network, &mut trail)?;
            // Without places to pass through, the first length is the shortest that there is.
            if !trail.found.is_empty() || network.through.is_empty() {
                break;
            }
        }
        Ok(trail.found)
    }

    /// Finds all paths of the trail, depth first. No recursion: a path may be as long as the casebook is large.
    fn follow(&mut self, network: &mut Network<'_>, trail: &mut Trail) -> Result<(), Stop> {
        // For each entity visited, which of its steps comes next.
        let start = trail.visited.first().copied().unwrap_or(trail.target);
        let mut next_steps = vec![(0, self.steps_from(network, start)?)];
        while let (Some((next_step, steps)), Some(&last)) =
            (next_steps.last_mut(), trail.visited.last())
        {
            let ends = last == trail.target;
            // An end that is to be avoided stands at the beginning or the end of a path only.
            let stops = ends || (trail.visited.len() > 1 && self.avoided.contains(&last));
            let step = if stops {
                None
            } else {
                steps.get(*next_step).copied()
            };
            *next_step += 1;
            if let Some((fact, next, backwards)) = step {
                self.step()?;
                let taken = u32::try_from(trail.taken.len()).unwrap_or(NONE);
                let rest = trail.distances.get(&next);
                let reaches = rest.is_some_and(|rest| taken + 1 + rest <= trail.longest);
                if reaches && !trail.visited.contains(&next) {
                    trail.visited.push(next);
                    trail.taken.push((fact, backwards));
                    next_steps.push((0, self.steps_from(network, next)?));
                }
                continue;
            }
            if ends && trail.is_wanted(network) {
                trail.found.push(trail.taken.clone());
            }
            next_steps.pop();
            if !next_steps.is_empty() {
                trail.visited.pop();
                trail.taken.pop();
            }
        }
        Ok(())
    }

    fn emit_path(
        &mut self,
        network: &Network<'_>,
        ends: (EntityIndex, EntityIndex),
        facts: &[(FactIndex, bool)],
        output: &mut Relation,
    ) -> Result<(), Stop> {
        let path = self.path_number(network, facts);
        let search = network.search;
        let lists: Vec<Admitted> = facts
            .iter()
            .map(|(fact, _)| network.admitted[fact].clone())
            .collect();
        let ends: Vec<EntityIndex> = [(search.from.1, ends.0), (search.to.1, ends.1)]
            .into_iter()
            .filter_map(|(var, entity)| var.map(|_| entity))
            .collect();
        self.each_choice(&lists, |evaluation, claims, marks| {
            let chain = evaluation.add_chain(claims);
            output.push(ends.iter().copied().chain([path, chain]), marks);
            evaluation.check(output)
        })
    }

    fn path_number(&mut self, network: &Network<'_>, facts: &[(FactIndex, bool)]) -> u32 {
        let graph = self.context.graph;
        let next = u32::try_from(self.paths.len()).unwrap_or(NONE);
        let number = *self.path_numbers.entry(facts.to_vec()).or_insert(next);
        if number == next {
            let step = |&(fact, backwards): &(FactIndex, bool)| {
                let (from, to) = graph.ends_of_fact(fact);
                let claims: Vec<_> = network.admitted[&fact]
                    .iter()
                    .map(|&(claim, _)| claim)
                    .collect();
                let relation = claims
                    .first()
                    .map_or(NONE, |&claim| graph.relation_of(claim));
                Step {
                    from,
                    relation,
                    to,
                    backwards,
                    claims,
                }
            };
            self.paths.push(facts.iter().map(step).collect());
        }
        number
    }
}
