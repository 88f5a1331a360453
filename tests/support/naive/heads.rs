//! Heads of questions: expressions, paths, timelines, and what sources say.

use super::formula::{Formula, Scan, Term, settle};
use super::resolve::Resolver;
use super::rows::{self, Cell, Row};
use super::solve::{Solution, Solver, fits};
use super::stages;
use super::world::{View, World};
use super::{Claims, Outcome, Reading, Thing, refuse};
use casebook::query::question::ast::{self, Head, PathQualifier};
use std::collections::{BTreeMap, BTreeSet};

/// A head with its names looked up.
pub struct Resolved {
    what: What,
    names: Vec<Option<String>>,
    columns: Vec<usize>,
    /// What `how many` counts, and where among the columns the count stands.
    counted: Option<(usize, usize)>,
}

enum What {
    Expression(Formula),
    Timeline(Term, Formula, Scan),
    Path(Route, Formula),
}

struct Route {
    from: Term,
    to: Term,
    scan: Scan,
    through: Vec<Term>,
    avoiding: Vec<Term>,
    within: Option<usize>,
    all: bool,
}

/// What a head gives before any stage.
pub struct Heads {
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    pub held: Claims,
    pub undated: Claims,
    pub closed_over: Option<u64>,
    /// `None`: not told.
    pub left_out: Option<u64>,
}

/// Looks up the names of a head.
pub fn resolve(world: &World<'_>, numbered: &[String], head: &Head) -> Outcome<Resolved> {
    let mut resolver = Resolver::new(world, numbered);
    let mut beside = Vec::new();
    let mut what = match head {
        Head::Expression(expression) => What::Expression(resolver.expression(expression)?),
        Head::Say {
            counting: how_many,
            clause,
        } => {
            let said = if *how_many {
                resolver.hidden()
            } else {
                resolver.asked("source", 0)
            };
            if *how_many {
                resolver.counted = Some((0, said));
            }
            if clause
                .predicates
                .iter()
                .any(|phrase| phrase.negated.is_some())
            {
                return refuse("say not");
            }
            resolver.said = Some(said);
            What::Expression(resolver.clause(clause)?)
        }
        Head::Timeline { of, qualifiers } => {
            let term = resolver.noun_phrase(of, &mut beside)?;
            let mut scan = any_relation(world);
            for qualifier in qualifiers {
                resolver.qualifier(qualifier, &mut scan, &mut beside)?;
            }
            What::Timeline(term, Formula::All(beside), scan)
        }
        Head::Path(question) => {
            let route = route(&mut resolver, question, &mut beside)?;
            What::Path(route, Formula::All(beside))
        }
    };
    let shown = |var: usize| resolver.names[var].is_some();
    if let What::Expression(formula) = &mut what {
        settle(formula, &shown, &BTreeSet::new())?;
    }
    resolver.columns.sort_by_key(|&(at, _)| at);
    let before = |at: u32| {
        resolver
            .columns
            .iter()
            .filter(|&&(column, _)| column < at)
            .count()
    };
    Ok(Resolved {
        what,
        counted: resolver.counted.map(|(at, var)| (var, before(at))),
        columns: resolver.columns.into_iter().map(|(_, var)| var).collect(),
        names: resolver.names,
    })
}

fn any_relation(world: &World<'_>) -> Scan {
    let relations = &world.book.relations;
    Scan {
        relations: relations
            .iter()
            .map(|r| (r.id.value.as_str().into(), false))
            .collect(),
        ..Scan::nothing()
    }
}

fn route(
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

/// The rows of a head.
pub fn rows(world: &World<'_>, resolved: &Resolved, reading: Reading) -> Heads {
    let counted = resolved.counted.map(|(var, _)| var);
    let shown: Vec<bool> = (0..)
        .zip(&resolved.names)
        .map(|(var, name)| name.is_some() || counted == Some(var))
        .collect();
    let mut solver = Solver {
        world,
        reading,
        shown: &shown,
        left_out: Vec::new(),
        outside: Vec::new(),
    };
    let start = vec![None; resolved.names.len()];
    let value =
        |solution: &Solution, var: usize| solution.environment[var].clone().unwrap_or(Cell::Empty);
    let name = |&var: &usize| resolved.names[var].clone().unwrap_or_default();
    let asked: Vec<String> = resolved.columns.iter().map(name).collect();
    let values = |solution: &Solution| -> Vec<Cell> {
        resolved
            .columns
            .iter()
            .copied()
            .chain(counted)
            .map(|var| value(solution, var))
            .collect()
    };
    let (mut columns, mut rows, solutions) = match &resolved.what {
        What::Expression(formula) => {
            let solutions = solver.solve(formula, &start);
            let rows = rows::group(world, solutions.iter().map(|one| (values(one), one)));
            (asked, rows, solutions)
        }
        What::Timeline(term, beside, scan) => {
            let solutions = timeline(&mut solver, term, beside, scan, &start);
            let columns = ["when", "subject", "relation", "object", "where"];
            let columns = columns.map(str::to_owned).to_vec();
            let rows = rows::group(world, solutions.iter().map(|one| (entry(world, one), one)));
            (columns, rows, solutions)
        }
        What::Path(route, beside) => {
            let found = paths(&mut solver, route, beside, &start);
            let mut columns = asked;
            columns.push("path".to_owned());
            let row = |(path, solution): &(_, Solution)| {
                let mut row = values(solution);
                row.push(Cell::Path(Vec::clone(path)));
                row
            };
            let rows = rows::group(world, found.iter().map(|way| (row(way), &way.1)));
            (
                columns,
                rows,
                found.into_iter().map(|(_, solution)| solution).collect(),
            )
        }
    };
    if let Some((_, position)) = resolved.counted {
        stages::count_distinct(world, position, &mut columns, &mut rows);
    }
    Heads {
        columns,
        rows,
        held: solutions.iter().flat_map(|s| s.held.clone()).collect(),
        undated: solutions.iter().flat_map(|s| s.undated.clone()).collect(),
        closed_over: match &resolved.what {
            What::Expression(formula) => closed_over(formula),
            _ => None,
        },
        left_out: match &resolved.what {
            What::Expression(formula) if has_not_in_branch(formula) => None,
            _ => Some(solver.left_out.len() as u64),
        },
    }
}

/// Over how many entities what stands outside of `not` ranges; `None` where nothing does.
fn closed_over(formula: &Formula) -> Option<u64> {
    match formula {
        Formula::Scan(_) | Formula::Not(..) | Formula::Before(..) => None,
        Formula::OneOf(_, domain) => Some(domain.len() as u64),
        Formula::All(parts) | Formula::Any(parts) => parts
            .iter()
            .filter_map(closed_over)
            .reduce(|one, other| one + other),
    }
}

/// Whether some `not` stands in a branch beside which something else stands: then the branch alone does not tell what
/// was left out.
fn has_not_in_branch(formula: &Formula) -> bool {
    match formula {
        Formula::All(parts) => parts.iter().any(|part| {
            has_not_in_branch(part)
                || parts.len() > 1 && matches!(part, Formula::Any(_)) && part.negates()
        }),
        Formula::Any(parts) => parts.iter().any(has_not_in_branch),
        _ => false,
    }
}

fn timeline(
    solver: &mut Solver<'_>,
    term: &Term,
    beside: &Formula,
    scan: &Scan,
    start: &[Option<Cell>],
) -> Vec<Solution> {
    let start = start.to_vec();
    let world = solver.world;
    let mut passing = Vec::new();
    for claim in &world.claims {
        let about: BTreeSet<&Thing> = [&claim.subject, &claim.object]
            .into_iter()
            .chain(&claim.locations)
            .collect();
        for of in about {
            if let Some(environment) = solver.bind_term(&start, term, of) {
                let found = solver.qualified(scan, claim, &environment);
                passing.extend(found.into_iter().map(|solution| (claim, solution)));
            }
        }
    }
    let enough = solver.enough_sources(scan, &passing);
    joined(solver, beside, enough)
}

fn joined(solver: &mut Solver<'_>, beside: &Formula, solutions: Vec<Solution>) -> Vec<Solution> {
    let mut all = Vec::new();
    for solution in solutions {
        let more = solver.solve(beside, &solution.environment);
        all.extend(more.iter().map(|next| solution.and(next)));
    }
    all
}

fn entry(world: &World<'_>, solution: &Solution) -> Vec<Cell> {
    let Some(claim) = solution.claims.first().and_then(|&at| world.claim(at)) else {
        return Vec::new();
    };
    let when = claim
        .when
        .as_ref()
        .map(|date| Cell::Date(date.edtf.as_str().into()));
    vec![
        when.unwrap_or(Cell::Empty),
        Cell::Thing(claim.subject.clone()),
        Cell::Relation(claim.relation.clone()),
        Cell::Thing(claim.object.clone()),
        claim.place.clone().map_or(Cell::Empty, Cell::Thing),
    ]
}

/// A step that a path may take: a fact, its ends, and the ways in which claims of it are admitted.
type Edge = ([Thing; 3], Vec<Solution>);
type Found = Vec<(Vec<([Thing; 3], bool)>, Solution)>;

fn paths(
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
                let environment = super::solve::merge(&way.environment, &claim.environment);
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
