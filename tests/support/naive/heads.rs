//! Heads of questions: expressions, paths, timelines, and what sources say.

use super::contradictions::Asserted;
use super::formula::{Formula, Scan, Term, settle};
use super::paths::{Route, paths, route};
use super::resolve::Resolver;
use super::rows::{self, Cell, Row};
use super::solve::{Solution, Solver};
use super::stages::{self, Column, Holds};
use super::world::World;
use super::{Claims, Outcome, Reading, Thing, refuse};
use casebook::query::question::ast::{Head, Status};
use std::collections::BTreeSet;

/// A head with its names looked up.
pub struct Resolved {
    what: What,
    names: Vec<Option<String>>,
    columns: Vec<usize>,
    dates: BTreeSet<usize>,
    /// What `how many` counts, and where among the columns the count stands.
    counted: Option<(usize, usize)>,
}

enum What {
    Expression(Formula),
    Timeline(Term, Formula, Scan),
    Path(Route, Formula),
    /// About this, if something is named; with the qualifiers of a claim.
    Contradictions(Option<Thing>, Scan),
}

/// What a head gives before any stage.
pub struct Heads {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    pub held: Claims,
    pub undated: Claims,
    pub closed_over: Option<u64>,
    /// `None`: not told.
    pub left_out: Option<u64>,
    /// Of contradictions: how many share an origin, how many are judged.
    pub notes: (u64, u64),
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
        Head::Contradictions { of, qualifiers } => {
            let about = match of {
                Some(name) => Some(resolver.entity(name)?),
                None => None,
            };
            let mut scan = any_relation(world);
            scan.statuses.push(Status::Anything);
            // No one claim could answer an ask.
            scan.indirectly = true;
            for qualifier in qualifiers {
                resolver.qualifier(qualifier, &mut scan, &mut beside)?;
            }
            What::Contradictions(about, scan)
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
        dates: resolver.dates,
    })
}

pub fn any_relation(world: &World<'_>) -> Scan {
    let relations = &world.book.relations;
    Scan {
        relations: relations
            .iter()
            .map(|r| (r.id.value.as_str().into(), false))
            .collect(),
        ..Scan::nothing()
    }
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
    let column = |var: &usize| {
        let dates = resolved.dates.contains(var);
        Column::of(&name(var), if dates { Holds::Dates } else { Holds::Things })
    };
    let asked: Vec<Column> = resolved.columns.iter().map(column).collect();
    let values = |solution: &Solution| -> Vec<Cell> {
        resolved
            .columns
            .iter()
            .copied()
            .chain(counted)
            .map(|var| value(solution, var))
            .collect()
    };
    let mut notes = (0, 0);
    let (mut columns, mut rows, solutions) = match &resolved.what {
        What::Expression(formula) => {
            let solutions = solver.solve(formula, &start);
            let rows = rows::group(world, solutions.iter().map(|one| (values(one), one)));
            (asked, rows, solutions)
        }
        What::Timeline(term, beside, scan) => {
            let solutions = timeline(&mut solver, term, beside, scan, &start);
            let mut columns = vec![
                Column::of("when", Holds::Dates),
                Column::of("subject", Holds::Things),
                Column::of("relation", Holds::Others),
                Column::of("object", Holds::Things),
                Column::of("where", Holds::Things),
            ];
            columns.extend(asked);
            let row = |one| [entry(world, one), values(one)].concat();
            let rows = rows::group(world, solutions.iter().map(|one| (row(one), one)));
            (columns, rows, solutions)
        }
        What::Contradictions(about, scan) => {
            let rows = contradictions(&solver, about.as_ref(), scan, &start, &mut notes);
            let columns = vec![
                Column::of("kind", Holds::Words),
                Column::of("one", Holds::Others),
                Column::of("other", Holds::Others),
                Column::of("certain", Holds::Words),
            ];
            (columns, rows, Vec::new())
        }
        What::Path(route, beside) => {
            let found = paths(&mut solver, route, beside, &start);
            let mut columns = asked;
            columns.push(Column::of("path", Holds::Others));
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
        notes,
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

fn contradictions(
    solver: &Solver<'_>,
    about: Option<&Thing>,
    scan: &Scan,
    start: &[Option<Cell>],
    (shared, judged): &mut (u64, u64),
) -> Vec<Row> {
    let world = solver.world;
    let passes = |(at, denied): Asserted| {
        let Some(claim) = world.claim(at) else {
            return false;
        };
        let mut claim = claim.clone();
        if denied {
            claim.carrying = claim.denying.clone();
        }
        let ends = [&claim.subject, &claim.object];
        about.is_none_or(|id| ends.contains(&id) || claim.locations.contains(id))
            && !solver.qualified(scan, &claim, &start.to_vec()).is_empty()
    };
    let mut rows = Vec::new();
    for found in super::contradictions::find(world) {
        let asserted: BTreeSet<Asserted> = found.one.union(&found.other).copied().collect();
        if !asserted.iter().any(|it| passes(*it)) {
            continue;
        }
        let side = |side: &BTreeSet<Asserted>| Cell::Side(side.iter().copied().collect());
        let values = vec![
            Cell::Word(found.kind),
            side(&found.one),
            side(&found.other),
            Cell::Word(if found.certain { "yes" } else { "no" }),
        ];
        let witness = asserted.iter().map(|(at, _)| *at).collect();
        let by = found.judged(world);
        *shared += u64::from(found.shares_origin(world));
        *judged += u64::from(by.is_some());
        let row = Row::of(world, values, [witness].into(), found.certain, false);
        rows.push(row.asserting(world, asserted, by));
    }
    rows::arrange(world, &mut rows);
    rows.sort_by_key(|row| (row.judged.is_some(), !row.certain));
    rows
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

pub fn joined(
    solver: &mut Solver<'_>,
    beside: &Formula,
    solutions: Vec<Solution>,
) -> Vec<Solution> {
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
