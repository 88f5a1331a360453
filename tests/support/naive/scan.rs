//! Solutions of one verb: every claim is tried.

use super::formula::{According, Scan, Term, Window};
use super::rows::Cell;
use super::solve::{Environment, Solution, Solver, bind, bind_all, merge};
use super::world::{Standing, View};
use super::{Reading, Thing};
use casebook::query::question::ast::{Bound, Status};
use std::collections::{BTreeMap, BTreeSet};

/// Longest chain that `indirectly` follows.
const CHAIN: usize = 8;

impl Solver<'_> {
    pub fn scan(&self, scan: &Scan, given: &Environment) -> Vec<Solution> {
        if scan.indirectly {
            return self.chains(scan, given);
        }
        let mut found = Vec::new();
        for claim in &self.world.claims {
            for (subject, object) in orientations(scan, claim) {
                let Some(environment) = self.bind_term(given, &scan.subject, subject) else {
                    continue;
                };
                let Some(environment) = self.bind_term(&environment, &scan.object, object) else {
                    continue;
                };
                let more = self.qualified(scan, claim, &environment);
                found.extend(more.into_iter().map(|solution| (claim, solution)));
            }
        }
        let mut solutions = self.enough_sources(scan, &found);
        if let Some(var) = scan.said {
            solutions = solutions
                .iter()
                .flat_map(|solution| self.said(var, solution))
                .collect();
        }
        solutions
    }

    /// For each source that carries the one claim of a solution.
    fn said(&self, var: usize, solution: &Solution) -> Vec<Solution> {
        let claim = solution.claims.first().and_then(|&at| self.world.claim(at));
        let sources = claim.into_iter().flat_map(|claim| &claim.sources);
        let bound = sources.filter_map(|source| {
            let environment = bind(&solution.environment, var, &Cell::Thing(source.clone()))?;
            Some(Solution {
                environment,
                ..solution.clone()
            })
        });
        bound.collect()
    }

    /// Chains of one step or more.
    fn chains(&self, scan: &Scan, given: &Environment) -> Vec<Solution> {
        let passing: Vec<(&View, Solution)> = self
            .world
            .claims
            .iter()
            .filter(|claim| !orientations(scan, claim).is_empty())
            .flat_map(|claim| {
                let ways = self.qualified(scan, claim, given);
                ways.into_iter().map(move |solution| (claim, solution))
            })
            .collect();
        let enough: BTreeSet<Solution> = self.enough_sources(scan, &passing).into_iter().collect();
        let mut steps: Vec<(Thing, Thing, Solution)> = Vec::new();
        for (claim, solution) in passing.iter().filter(|(_, way)| enough.contains(way)) {
            for (from, to) in orientations(scan, claim) {
                steps.push((from.clone(), to.clone(), solution.clone()));
            }
        }
        let mut found = Vec::new();
        for start in self.world.entities() {
            if let Some(environment) = self.bind_term(given, &scan.subject, &start) {
                let so_far = Solution {
                    environment,
                    ..Solution::start(0)
                };
                self.extend(scan, &steps, &[start], &so_far, &mut found);
            }
        }
        found
    }

    fn extend(
        &self,
        scan: &Scan,
        steps: &[(Thing, Thing, Solution)],
        visited: &[Thing],
        so_far: &Solution,
        found: &mut Vec<Solution>,
    ) {
        for (from, to, step) in steps {
            if Some(from) != visited.last() {
                continue;
            }
            let joined = Solution {
                environment: so_far.environment.clone(),
                ..step.clone()
            };
            let Some(environment) = merge(&so_far.environment, &step.environment) else {
                continue;
            };
            let next = Solution {
                environment,
                ..so_far.and(&joined)
            };
            if let Some(environment) = self.bind_term(&next.environment, &scan.object, to)
                && (visited[0] == *to || !visited.contains(to))
            {
                found.push(Solution {
                    environment,
                    ..next.clone()
                });
            }
            // Who denies a chain denies a step of it.
            let longest = if scan.denials { 1 } else { CHAIN };
            if visited.len() < longest && !visited.contains(to) {
                let visited: Vec<Thing> = visited.iter().chain([to]).cloned().collect();
                self.extend(scan, steps, &visited, &next, found);
            }
        }
    }

    /// The ways in which a claim meets every qualifier but the counts of sources.
    pub fn qualified(&self, scan: &Scan, claim: &View, given: &Environment) -> Vec<Solution> {
        let counted = !scan.under_not;
        let any_status = counted && self.reading == Reading::AnyStatus;
        let undated_too = counted && self.reading == Reading::UndatedToo;
        if !admitted(scan, claim, any_status) || scan.undated && claim.when.is_some() {
            return Vec::new();
        }
        let mut solution = Solution {
            environment: given.clone(),
            ..Solution::start(0)
        };
        solution.claims.insert(claim.at);
        if any_status && scan.statuses.is_empty() && claim.standing != Standing::Affirmed {
            solution.held.insert(claim.at);
        }
        for window in &scan.windows {
            match meets(claim, window) {
                Some((_, true)) => {}
                Some((true, false)) if !window.certainly => solution.certain = false,
                None if undated_too => _ = solution.undated.insert(claim.at),
                _ => return Vec::new(),
            }
        }
        let mut environments = vec![given.clone()];
        for &var in &scan.when {
            let when = claim
                .when
                .as_ref()
                .map(|date| Cell::Date(date.edtf.as_str().into()));
            environments = bind_all(&environments, var, &[when.unwrap_or(Cell::Empty)]);
        }
        for &var in &scan.place {
            let place = claim.place.clone().map(Cell::Thing);
            environments = bind_all(&environments, var, &[place.unwrap_or(Cell::Empty)]);
        }
        for place in &scan.places {
            environments = self.one_of(&environments, place, claim.locations.iter());
        }
        for according in &scan.according {
            environments = self.according(&environments, according, claim);
        }
        let unique: BTreeSet<Environment> = environments.into_iter().collect();
        unique
            .into_iter()
            .map(|environment| Solution {
                environment,
                ..solution.clone()
            })
            .collect()
    }

    fn according(
        &self,
        environments: &[Environment],
        according: &According,
        claim: &View,
    ) -> Vec<Environment> {
        let speakers = || {
            claim
                .carrying
                .iter()
                .flat_map(|evidence| &evidence.speakers)
        };
        match according {
            According::To(thing) => {
                let carries = claim.carrying.iter().any(|evidence| {
                    evidence.source == *thing
                        || evidence.publication.as_ref() == Some(thing)
                        || evidence.speakers.contains(thing)
                });
                if carries {
                    environments.to_vec()
                } else {
                    Vec::new()
                }
            }
            According::Speaker(term) => self.one_of(environments, term, speakers()),
            According::Source(var) => {
                let sources: Vec<Cell> = claim
                    .carrying
                    .iter()
                    .map(|e| Cell::Thing(e.source.clone()))
                    .collect();
                bind_all(environments, *var, &sources)
            }
        }
    }

    fn one_of<'t>(
        &self,
        environments: &[Environment],
        term: &Term,
        things: impl Iterator<Item = &'t Thing> + Clone,
    ) -> Vec<Environment> {
        environments
            .iter()
            .flat_map(|environment| {
                things
                    .clone()
                    .filter_map(|thing| self.bind_term(environment, term, thing))
            })
            .collect()
    }

    /// Those whose fact has as many sources (or origins) as asked for, counted for each place and speaker that is asked for.
    pub fn enough_sources(&self, scan: &Scan, passing: &[(&View, Solution)]) -> Vec<Solution> {
        let outputs: Vec<usize> = scan
            .places
            .iter()
            .filter_map(Term::var)
            .chain(
                scan.according
                    .iter()
                    .filter_map(|according| match according {
                        According::To(_) => None,
                        According::Speaker(term) => term.var(),
                        According::Source(var) => Some(*var),
                    }),
            )
            .filter(|&var| self.shown[var])
            .collect();
        let key = |claim: &View, solution: &Solution| {
            let values: Vec<_> = outputs
                .iter()
                .map(|&var| solution.environment[var].clone())
                .collect();
            (claim.fact.clone(), values)
        };
        let mut sources: BTreeMap<_, BTreeSet<Thing>> = BTreeMap::new();
        let mut origins: BTreeMap<_, BTreeSet<Thing>> = BTreeMap::new();
        for (claim, solution) in passing.iter().filter(|_| !scan.with.is_empty()) {
            let key = key(claim, solution);
            sources
                .entry(key.clone())
                .or_default()
                .extend(claim.sources.iter().cloned());
            origins
                .entry(key)
                .or_default()
                .extend(claim.origins.iter().cloned());
        }
        passing
            .iter()
            .filter(|(claim, solution)| {
                scan.with.iter().all(|(bound, number, independent)| {
                    let counted = if *independent { &origins } else { &sources };
                    let count = counted.get(&key(claim, solution)).map_or(0, BTreeSet::len);
                    match bound {
                        Bound::AtLeast => count >= *number as usize,
                        Bound::AtMost => count <= *number as usize,
                        Bound::Only => count == *number as usize,
                    }
                })
            })
            .map(|(_, solution)| solution.clone())
            .collect()
    }
}

/// From whom to whom a claim runs as the scan's verb says it, both ways where its relation is symmetric.
pub fn orientations<'c>(scan: &Scan, claim: &'c View) -> BTreeSet<(&'c Thing, &'c Thing)> {
    let mut ways = BTreeSet::new();
    for (relation, reversed) in &scan.relations {
        if *relation != claim.relation {
            continue;
        }
        if !reversed || claim.symmetric {
            ways.insert((&claim.subject, &claim.object));
        }
        if *reversed || claim.symmetric {
            ways.insert((&claim.object, &claim.subject));
        }
    }
    ways
}

fn admitted(scan: &Scan, claim: &View, any_status: bool) -> bool {
    if scan.denials {
        return claim.denial;
    }
    if scan.statuses.is_empty() {
        return any_status || claim.standing == Standing::Affirmed;
    }
    scan.statuses.iter().all(|status| match status {
        Status::Anything => true,
        Status::Disputed => claim.disputed,
        Status::Planned => claim.standing == Standing::Planned,
        Status::Expected => claim.standing == Standing::Expected,
        Status::Cancelled => claim.standing == Standing::Cancelled,
        Status::Alleged => claim.standing == Standing::Alleged,
        Status::Denied => claim.standing == Standing::Denied,
        Status::Negated => claim.standing == Standing::Negated,
    })
}

/// Whether a claim's date meets a window possibly, and certainly; `None` without a date.
fn meets(claim: &View, window: &Window) -> Option<(bool, bool)> {
    let date = claim.when.as_ref()?;
    let (s1, s2) = (i64::from(date.start.0), i64::from(date.start.1));
    let (e1, e2) = (i64::from(date.end.0), i64::from(date.end.1));
    let possibly = s1 <= window.to && e2 >= window.from;
    let certainly = s2 <= window.to && e1 >= window.from && !date.qualified;
    Some((possibly, certainly))
}
