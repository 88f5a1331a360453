//! Solutions of a formula by trying every claim.

use super::formula::{Fits, Formula, Term};
use super::rows::Cell;
use super::world::World;
use super::{Claims, Reading, Thing};
use std::collections::{BTreeMap, BTreeSet};

/// What the variables stand for.
pub type Environment = Vec<Option<Cell>>;

/// One way in which a formula holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Solution {
    pub environment: Environment,
    pub claims: Claims,
    pub certain: bool,
    pub absent: bool,
    /// Claims of other statuses that stand where no status is named.
    pub held: Claims,
    /// Undated claims that stand where a window is named.
    pub undated: Claims,
}

impl Solution {
    /// Nothing bound, nothing needed.
    pub fn start(vars: usize) -> Self {
        Self {
            environment: vec![None; vars],
            claims: Claims::new(),
            certain: true,
            absent: false,
            held: Claims::new(),
            undated: Claims::new(),
        }
    }

    pub fn and(&self, other: &Self) -> Self {
        let union = |one: &Claims, other: &Claims| one.union(other).copied().collect();
        Self {
            environment: other.environment.clone(),
            claims: union(&self.claims, &other.claims),
            certain: self.certain && other.certain,
            absent: self.absent || other.absent,
            held: union(&self.held, &other.held),
            undated: union(&self.undated, &other.undated),
        }
    }
}

/// One evaluation.
pub struct Solver<'a> {
    pub world: &'a World<'a>,
    pub reading: Reading,
    /// Which variables are asked for or named.
    pub shown: &'a [bool],
    /// What was left out by `not` although a source says that it did not happen: bindings of what is asked for.
    pub left_out: Vec<Environment>,
    /// The variables of what stands beside the part that is being solved, level by level.
    pub outside: Vec<BTreeSet<usize>>,
}

impl Solver<'_> {
    /// The ways in which a formula holds, given what is bound already.
    pub fn solve(&mut self, formula: &Formula, given: &Environment) -> Vec<Solution> {
        let start = Solution {
            environment: given.clone(),
            ..Solution::start(0)
        };
        match formula {
            Formula::Scan(scan) => self.scan(scan, given),
            Formula::Any(parts) => parts
                .iter()
                .flat_map(|part| self.solve(part, given))
                .collect(),
            Formula::All(parts) => self.all(parts, start),
            Formula::Not(inner, _) => self.not(inner, given),
            Formula::OneOf(var, domain) => {
                let one = |id: &Thing| bind(given, *var, &Cell::Thing(id.clone()));
                let environments = domain.iter().filter_map(one);
                environments
                    .map(|environment| Solution {
                        environment,
                        ..start.clone()
                    })
                    .collect()
            }
            Formula::Before(one, other) => {
                let position = |var: &usize| match &given[*var] {
                    Some(Cell::Thing(id)) => self.world.entity_position(id),
                    _ => None,
                };
                if position(one) < position(other) {
                    vec![start]
                } else {
                    Vec::new()
                }
            }
        }
    }

    fn all(&mut self, parts: &[Formula], start: Solution) -> Vec<Solution> {
        let mut parts: Vec<&Formula> = parts.iter().collect();
        parts.sort_by_key(|part| turn(part));
        let given = start.environment.clone();
        let mut solutions = BTreeSet::from([start]);
        for (at, part) in parts.iter().enumerate() {
            let others = parts.iter().enumerate().filter(|(other, _)| *other != at);
            self.outside
                .push(others.flat_map(|(_, part)| part.vars()).collect());
            // What a part says depends on its own variables only: each case is looked at once.
            let vars = part.vars();
            let mut cases: BTreeMap<Environment, (Vec<Solution>, bool)> = BTreeMap::new();
            let mut left_out = BTreeSet::new();
            let mut more = BTreeSet::new();
            for solution in &solutions {
                let mut case = vec![None; given.len()];
                for &var in &vars {
                    case[var].clone_from(&solution.environment[var]);
                }
                if !cases.contains_key(&case) {
                    let before = self.left_out.len();
                    let found = self.solve(part, &case);
                    let leaves_out =
                        matches!(part, Formula::Not(..)) && self.left_out.len() > before;
                    if leaves_out {
                        self.left_out.truncate(before);
                    }
                    cases.insert(case.clone(), (found, leaves_out));
                }
                let (found, leaves_out) = &cases[&case];
                if *leaves_out {
                    left_out.insert(self.of_shown(&solution.environment));
                }
                for next in found {
                    let environment = merge(&solution.environment, &next.environment);
                    let mut joined = solution.and(next);
                    joined.environment = environment.unwrap_or_default();
                    self.forget(&mut joined.environment, &given, &parts[at + 1..]);
                    more.insert(joined);
                }
            }
            self.left_out.extend(left_out);
            self.outside.pop();
            solutions = more;
        }
        solutions.into_iter().collect()
    }

    fn of_shown(&self, environment: &Environment) -> Environment {
        let pairs = environment.iter().zip(self.shown);
        pairs
            .map(|(value, shown)| value.clone().filter(|_| *shown))
            .collect()
    }

    /// Nobody asks any more for what was not asked for and stands in no other part.
    fn forget(&self, environment: &mut Environment, given: &Environment, rest: &[&Formula]) {
        let rest: BTreeSet<usize> = rest.iter().flat_map(|part| part.vars()).collect();
        let outside = &self.outside[..self.outside.len() - 1];
        for var in 0..environment.len() {
            let wanted = self.shown[var]
                || outside.iter().any(|vars| vars.contains(&var))
                || rest.contains(&var);
            if !wanted && given[var].is_none() {
                environment[var] = None;
            }
        }
    }

    fn not(&mut self, inner: &Formula, given: &Environment) -> Vec<Solution> {
        // What a `not` inside this one leaves out is no matter.
        let outside = self.left_out.clone();
        let here = |found: Solution| Solution {
            environment: given.clone(),
            // One denial suffices, whatever a further `not` beside it rests on.
            absent: false,
            ..found
        };
        let mut denials = Vec::new();
        for denied in inner.denied() {
            denials.extend(self.solve(&denied, given).into_iter().map(here));
        }
        let holds = !self.solve(inner, given).is_empty();
        self.left_out = outside;
        match (holds, denials.is_empty()) {
            (true, true) => Vec::new(),
            (true, false) => {
                self.left_out.push(given.clone());
                Vec::new()
            }
            (false, true) => {
                let environment = given.clone();
                vec![Solution {
                    environment,
                    absent: true,
                    ..Solution::start(0)
                }]
            }
            (false, false) => denials,
        }
    }

    pub fn bind_term(
        &self,
        given: &Environment,
        term: &Term,
        thing: &Thing,
    ) -> Option<Environment> {
        match term {
            Term::Is(wanted) => (wanted == thing).then(|| given.clone()),
            Term::Var(var, admits) if fits(self.world, thing, admits) => {
                bind(given, *var, &Cell::Thing(thing.clone()))
            }
            Term::Var(..) => None,
        }
    }
}

/// Whether a noun admits this.
pub fn fits(world: &World<'_>, thing: &Thing, admits: &Fits) -> bool {
    match (admits, world.kind_of(thing)) {
        (Fits::AnySpeaker, _) | (Fits::Anything, Some(_)) => true,
        (Fits::Actor, Some((_, actor))) => actor,
        (Fits::Kind(wanted), Some((kind, _))) => wanted == kind,
        (_, None) => false,
    }
}

/// Claims first, then what ranges over a domain, then what has a `not` inside, and what is only `not` last.
fn turn(part: &Formula) -> u8 {
    match part {
        Formula::Not(..) => 4,
        part if part.negates() => 3,
        Formula::Before(..) => 2,
        Formula::OneOf(..) => 1,
        _ => 0,
    }
}

pub fn bind(given: &Environment, var: usize, value: &Cell) -> Option<Environment> {
    match &given[var] {
        Some(known) => (known == value).then(|| given.clone()),
        None => {
            let mut environment = given.clone();
            environment[var] = Some(value.clone());
            Some(environment)
        }
    }
}

pub fn bind_all(environments: &[Environment], var: usize, values: &[Cell]) -> Vec<Environment> {
    environments
        .iter()
        .flat_map(|environment| {
            values
                .iter()
                .filter_map(move |value| bind(environment, var, value))
        })
        .collect()
}

pub fn merge(one: &Environment, other: &Environment) -> Option<Environment> {
    one.iter()
        .zip(other)
        .map(|pair| match pair {
            (Some(one), Some(other)) if one != other => None,
            (one, other) => Some(one.clone().or_else(|| other.clone())),
        })
        .collect()
}
