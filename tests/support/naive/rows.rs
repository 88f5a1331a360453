//! Rows: what the columns hold, and the minimal sets of claims that uphold it.

use super::contradictions::{Asserted, rests_on};
use super::solve::Solution;
use super::world::World;
use super::{Claims, Thing, grades};
use casebook::model::Date;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// A value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    Empty,
    /// An entity, a publication or a source, by id.
    Thing(Thing),
    Relation(Thing),
    /// A date as written.
    Date(Thing),
    Number(i64),
    Word(&'static str),
    List(Vec<Cell>),
    /// What one side of a contradiction asserts.
    Side(Vec<Asserted>),
    /// Steps: subject, relation, object of the fact, and whether it is gone from the object to the subject.
    Path(Vec<([Thing; 3], bool)>),
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    pub values: Vec<Cell>,
    pub certain: bool,
    pub disputed: bool,
    pub absence: bool,
    pub witnesses: BTreeSet<Claims>,
    pub sources: BTreeSet<Thing>,
    pub origins: BTreeSet<Thing>,
    /// Of the evidence that carries its claims.
    pub reliability: BTreeSet<&'static str>,
    pub credibility: BTreeSet<&'static str>,
    /// What both sides of contradictions assert, and the record that judges them.
    pub asserted: BTreeSet<Asserted>,
    pub judged: Option<usize>,
}

impl Row {
    /// A row upheld by these sets of claims.
    pub fn of(
        world: &World<'_>,
        values: Vec<Cell>,
        witnesses: BTreeSet<Claims>,
        certain: bool,
        absence: bool,
    ) -> Self {
        let witnesses = minimal(&witnesses);
        let claims: Vec<_> = witnesses
            .iter()
            .flatten()
            .filter_map(|&at| world.claim(at))
            .collect();
        let carrying = || claims.iter().flat_map(|claim| &claim.carrying);
        Self {
            values,
            certain,
            disputed: claims.iter().any(|claim| claim.disputed),
            absence,
            sources: claims
                .iter()
                .flat_map(|claim| claim.sources.clone())
                .collect(),
            origins: claims
                .iter()
                .flat_map(|claim| claim.origins.clone())
                .collect(),
            reliability: carrying()
                .map(|e| grades::reliability(e.reliability))
                .collect(),
            credibility: carrying()
                .map(|e| grades::credibility(e.credibility))
                .collect(),
            witnesses,
            asserted: BTreeSet::new(),
            judged: None,
        }
    }

    /// The same row of contradictions: it rests on what both sides assert.
    pub fn asserting(
        mut self,
        world: &World<'_>,
        asserted: BTreeSet<Asserted>,
        judged: Option<usize>,
    ) -> Self {
        if asserted.is_empty() {
            return self;
        }
        let (sources, origins): (Vec<_>, Vec<_>) =
            asserted.iter().map(|it| rests_on(world, *it)).unzip();
        self.sources = sources.into_iter().flatten().collect();
        self.origins = origins.into_iter().flatten().collect();
        self.asserted = asserted;
        self.judged = judged;
        self
    }

    /// The same row made of several.
    pub fn made_of(self, world: &World<'_>, rows: &[Row]) -> Self {
        let asserted = rows.iter().flat_map(|row| row.asserted.clone()).collect();
        let first = rows.first().and_then(|row| row.judged);
        let judged = first.filter(|_| rows.iter().all(|row| row.judged == first));
        self.asserting(world, asserted, judged)
    }

    /// All claims of its witnesses.
    pub fn claims(&self) -> Claims {
        self.witnesses.iter().flatten().copied().collect()
    }
}

/// The sets that hold no other of them; what rests on no claim leaves none.
fn minimal(sets: &BTreeSet<Claims>) -> BTreeSet<Claims> {
    sets.iter()
        .filter(|set| !set.is_empty())
        .filter(|set| {
            !sets
                .iter()
                .any(|other| other != *set && other.is_subset(set))
        })
        .cloned()
        .collect()
}

/// Solutions, each with the values of its row, as rows: equal values are one row.
pub fn group<'s>(
    world: &World<'_>,
    solutions: impl Iterator<Item = (Vec<Cell>, &'s Solution)>,
) -> Vec<Row> {
    let mut groups: BTreeMap<Vec<Cell>, Vec<&Solution>> = BTreeMap::new();
    for (values, solution) in solutions {
        groups.entry(values).or_default().push(solution);
    }
    let rows = groups.into_iter().map(|(values, all)| {
        let absence = all.iter().all(|solution| solution.absent);
        let firm: Vec<_> = all.iter().filter(|s| absence || !s.absent).collect();
        let certain = firm.iter().any(|solution| solution.certain);
        let witnesses = firm
            .iter()
            .map(|solution| solution.claims.clone())
            .collect();
        Row::of(world, values, witnesses, certain, absence)
    });
    let mut rows: Vec<Row> = rows.collect();
    arrange(world, &mut rows);
    rows
}

/// Puts rows in the order of answers: those that rest on absence last, then by their values.
pub fn arrange(world: &World<'_>, rows: &mut [Row]) {
    rows.sort_by(|one, other| {
        one.absence
            .cmp(&other.absence)
            .then_with(|| compare_all(world, &one.values, &other.values))
    });
}

pub fn compare_all(world: &World<'_>, one: &[Cell], other: &[Cell]) -> Ordering {
    one.iter()
        .zip(other)
        .map(|(one, other)| compare(world, one, other))
        .find(|order| order.is_ne())
        .unwrap_or_else(|| one.len().cmp(&other.len()))
}

/// Names by their folded form, then by id; dates in time; nothing last.
pub fn compare(world: &World<'_>, one: &Cell, other: &Cell) -> Ordering {
    let rank = |cell: &Cell| match cell {
        Cell::Number(_) => 0,
        Cell::Word(_) => 1,
        Cell::Thing(_) => 2,
        Cell::Relation(_) => 3,
        Cell::Date(_) => 4,
        Cell::List(_) => 5,
        Cell::Path(_) => 6,
        Cell::Side(_) => 7,
        Cell::Empty => 8,
    };
    match (one, other) {
        (Cell::Thing(one), Cell::Thing(other)) => {
            (world.name_of(one), one).cmp(&(world.name_of(other), other))
        }
        (Cell::Date(one), Cell::Date(other)) => in_time(one).cmp(&in_time(other)),
        (Cell::List(one), Cell::List(other)) => compare_all(world, one, other),
        (Cell::Path(one), Cell::Path(other)) => {
            let facts = |path: &[([Thing; 3], bool)]| -> Vec<[Thing; 3]> {
                path.iter().map(|(fact, _)| fact.clone()).collect()
            };
            let lengths = one.len().cmp(&other.len());
            lengths.then_with(|| (facts(one), one).cmp(&(facts(other), other)))
        }
        _ if rank(one) == rank(other) => one.cmp(other),
        _ => rank(one).cmp(&rank(other)),
    }
}

fn in_time(text: &str) -> Option<(i32, i32, i32, i32, &str)> {
    let date = Date::parse(text).ok()?;
    Some((date.start.0, date.end.1, date.start.1, date.end.0, text))
}
