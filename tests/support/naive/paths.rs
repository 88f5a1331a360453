//! Paths over facts.

use super::formula::{Formula, Scan, Term};
use super::heads::{any_relation, joined};
use super::resolve::Resolver;
use super::rows::Cell;
use super::solve::{Solution, Solver, fits, merge};
use super::world::{View, World};
use super::{Outcome, Thing, refuse};
use casebook::query::question::ast::{self, PathQualifier};
use std::collections::{BTreeMap, BTreeSet};

pub struct Route {
    from: Term,
    to: Term,
    scan: Scan,
    through: Vec<Term>,
    avoiding: Vec<Term>,
    within: Option<usize>,
    all: bool,
}

/// A step that a path may take: a fact, its ends, and the ways in which claims of it are admitted.
type Edge = ([Thing; 3], Vec<Solution>);

pub type Found = Vec<(Vec<([Thing; 3], bool)>, Solution)>;

pub fn route(
    resolver: &mut Resolver<'_>,
    question: &ast::PathQuestion,
    beside: &mut Vec<Formula>,
) -> Outcome<Route> {
    let mut route = Route {
        from: resolver.noun_phrase(&question.from, beside)?,
        to: resolver.noun_phrase(&question.to, beside)?,
        // As with chains, what narrows a path is about many claims.
        scan: Scan {
            indirectly: true,
            ..any_relation(resolver.world)
        },
        through: Vec::new(),
        avoiding: Vec::new(),
        within: None,
        all: question.all,
    };
    for qualifier in &question.qualifiers {
        match qualifier {
            PathQualifier::Via(verbs) => {
                route.scan.relations = resolver.relations(verbs, false, false)?;
            }
            PathQualifier::Through(np) => route.through.push(resolver.noun_phrase(np, beside)?),
            PathQualifier::Avoiding(np) => route.avoiding.push(resolver.noun_phrase(np, beside)?),
            PathQualifier::Within(steps, _) => route.within = Some(*steps as usize),
            PathQualifier::Claim(qualifier) => {
                resolver.qualifier(qualifier, &mut route.scan, beside)?;
            }
        }
    }
    if route.all && route.within.is_none() {
        return refuse("all paths without a bound");
    }
    Ok(route)
}

pub fn paths(
    solver: &mut Solver<'_>,
    route: &Route,
    beside: &Formula,
    start: &[Option<Cell>],
) -> Found {
    let start = start.to_vec();
    let world = solver.world;
    let via = |claim: &&View| {
        route
            .scan
            .relations
            .iter()
            .any(|(id, _)| *id == claim.relation)
    };
    let mut passing = Vec::new();
    for claim in world.claims.iter().filter(via) {
        let found = solver.qualified(&route.scan, claim, &start);
        passing.extend(found.into_iter().map(|solution| (claim, solution)));
    }
    let mut edges: BTreeMap<[Thing; 3], Vec<Solution>> = BTreeMap::new();
    for solution in solver.enough_sources(&route.scan, &passing) {
        let claim = solution.claims.first().and_then(|&at| world.claim(at));
        if let Some((relation, one, other)) = claim.map(|claim| claim.fact.clone()) {
            edges
                .entry([one, relation, other])
                .or_default()
                .push(solution);
        }
    }
    let edges: Vec<Edge> = edges.into_iter().collect();
    let mut found = Vec::new();
    for from in world.entities() {
        for to in world.entities() {
            let ends = solver
                .bind_term(&start, &route.from, &from)
                .and_then(|environment| solver.bind_term(&environment, &route.to, &to));
            if let Some(environment) = ends {
                for (path, solution) in between(solver, route, &edges, &from, &to, &environment) {
                    for joined in joined(solver, beside, vec![solution]) {
                        found.push((path.clone(), joined));
                    }
                }
            }
        }
    }
    found
}

fn between(
    solver: &Solver<'_>,
    route: &Route,
    edges: &[Edge],
    from: &Thing,
    to: &Thing,
    environment: &[Option<Cell>],
) -> Found {
    let mut found = Vec::new();
    let avoided = |thing: &Thing| thing != from && thing != to && avoids(solver, route, thing);
    let passable = |([one, _, other], _): &&Edge| !avoided(one) && !avoided(other);
    let edges: Vec<Edge> = edges.iter().filter(passable).cloned().collect();
    if from == to || !reaches(&edges, from, to) {
        return found;
    }
    let longest = route
        .within
        .unwrap_or(usize::MAX)
        .min(solver.world.book.entities.len());
    for length in 1..=longest {
        let mut walks = Vec::new();
        walk(
            &edges,
            vec![from.clone()],
            Vec::new(),
            to,
            length,
            &mut walks,
        );
        for (visited, steps) in walks {
            found.extend(admitted(
                solver,
                route,
                &edges,
                &visited,
                &steps,
                environment,
            ));
        }
        if !route.all && !found.is_empty() {
            break;
        }
    }
    found
}

fn avoids(solver: &Solver<'_>, route: &Route, thing: &Thing) -> bool {
    route.avoiding.iter().any(|term| match term {
        Term::Is(avoided) => avoided == thing,
        Term::Var(_, admits) => fits(solver.world, thing, admits),
    })
}

fn reaches(edges: &[Edge], from: &Thing, to: &Thing) -> bool {
    let mut reached = BTreeSet::from([from.clone()]);
    loop {
        let before = reached.len();
        for ([one, _, other], _) in edges {
            if reached.contains(one) || reached.contains(other) {
                reached.extend([one.clone(), other.clone()]);
            }
        }
        if reached.contains(to) {
            return true;
        }
        if reached.len() == before {
            return false;
        }
    }
}

/// Every way from the last visited to `to` in that many steps, nobody visited twice: who is visited, and by which edges.
fn walk(
    edges: &[Edge],
    visited: Vec<Thing>,
    steps: Vec<usize>,
    to: &Thing,
    left: usize,
    found: &mut Vec<(Vec<Thing>, Vec<usize>)>,
) {
    let Some(here) = visited.last().filter(|_| left > 0) else {
        return;
    };
    for (at, ([one, _, other], _)) in edges.iter().enumerate() {
        let next = if one == here {
            other
        } else if other == here {
            one
        } else {
            continue;
        };
        if visited.contains(next) || (next == to) != (left == 1) {
            continue;
        }
        let visited: Vec<Thing> = visited.iter().chain([next]).cloned().collect();
        let steps: Vec<usize> = steps.iter().chain([&at]).copied().collect();
        if left == 1 {
            found.push((visited, steps));
        } else {
            walk(edges, visited, steps, to, left - 1, found);
        }
    }
}

fn admitted(
    solver: &Solver<'_>,
    route: &Route,
    edges: &[Edge],
    visited: &[Thing],
    steps: &[usize],
    environment: &[Option<Cell>],
) -> Found {
    let middle = &visited[1..visited.len() - 1];
    let mut ways = vec![Solution {
        environment: environment.to_vec(),
        ..Solution::start(0)
    }];
    for term in &route.through {
        let mut more = Vec::new();
        for way in &ways {
            for thing in middle {
                let bound = solver.bind_term(&way.environment, term, thing);
                more.extend(bound.map(|environment| Solution {
                    environment,
                    ..way.clone()
                }));
            }
        }
        ways = more;
    }
    for &step in steps {
        let mut more = Vec::new();
        for way in &ways {
            for claim in &edges[step].1 {
                let environment = merge(&way.environment, &claim.environment);
                more.extend(environment.map(|env| Solution {
                    environment: env,
                    ..way.and(claim)
                }));
            }
        }
        ways = more;
    }
    let path: Vec<([Thing; 3], bool)> = steps
        .iter()
        .zip(visited)
        .map(|(&step, from)| {
            let fact = as_first_claimed(solver.world, &edges[step].0);
            let backwards = fact[0] != *from;
            (fact, backwards)
        })
        .collect();
    ways.into_iter().map(|way| (path.clone(), way)).collect()
}

/// A fact with its ends as its first claim in the casebook has them.
fn as_first_claimed(world: &World<'_>, [one, relation, other]: &[Thing; 3]) -> [Thing; 3] {
    let first = world.book.claims.iter().find_map(|claim| {
        let subject = world.same.as_one(&claim.subject);
        let object = world.same.as_one(&claim.object);
        let ends = (&subject, &object);
        let same = *claim.relation.value == **relation
            && (ends == (one, other) || ends == (other, one) && is_symmetric(world, relation));
        same.then_some((subject, object))
    });
    let (from, to) = first.unwrap_or((one.clone(), other.clone()));
    [from, relation.clone(), to]
}

fn is_symmetric(world: &World<'_>, relation: &Thing) -> bool {
    world
        .book
        .relations
        .iter()
        .any(|r| *r.id.value == **relation && r.symmetric)
}
