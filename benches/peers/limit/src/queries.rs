//! The queries of the comparison, each over the column that suits it. Rows of numbers, one after the other.

use crate::columns::{ByEnd, Columns};
use serde_json::Value;

/// The queries in the order of the comparison, each with how many numbers a row has.
pub const QUERIES: [(&str, usize); 21] = [
    ("q01_exact", 1),
    ("q02_substr", 1),
    ("q03_hop", 3),
    ("q03w_hop_why", 4),
    ("q04_hop_date", 3),
    ("q05_count", 1),
    ("q05d_count_date", 1),
    ("q05f_count_facts", 1),
    ("q06_pairs", 4),
    ("q07_twohop", 1),
    ("q07w_twohop_why", 4),
    ("q08_common", 1),
    ("q09_anti", 1),
    ("q10_top_dst", 2),
    ("q10b_top_src_all", 2),
    ("q11_reach3", 1),
    ("q12_path", 1),
    ("q13_corrob", 3),
    ("q14_timeline", 5),
    ("q15_contra", 2),
    ("q16_degree", 2),
];

/// How many rows of a timeline are asked for, and of those that are most frequent.
const TIMELINE: usize = 50;
const TOP: usize = 10;
/// How many days may lie between two events of `q15_contra`.
const WEEK: u32 = 7;

/// Marks and counts, kept between queries so that none has to clear them.
pub struct Scratch {
    round: u32,
    one: Vec<u32>,
    other: Vec<u32>,
    count: Vec<u32>,
}

impl Scratch {
    pub fn new(entities: usize) -> Self {
        let zeros = || vec![0; entities];
        Self {
            round: 0,
            one: zeros(),
            other: zeros(),
            count: zeros(),
        }
    }

    fn next(&mut self) -> u32 {
        self.round += 1;
        self.round
    }
}

/// The answer to a query, and, where rows were cut off after some that share the last rank, all rows of that rank.
#[derive(Default)]
pub struct Answer {
    pub rows: Vec<u32>,
    pub tied: Vec<u32>,
}

/// Answers a query; `ties` asks for the rows of the last rank too, which a measurement leaves out.
pub fn answer(
    data: &Columns,
    query: &str,
    parameters: &Value,
    scratch: &mut Scratch,
    ties: bool,
    answer: &mut Answer,
) {
    let rows = &mut answer.rows;
    rows.clear();
    answer.tied.clear();
    let number = |at: usize| parameters[at].as_u64().unwrap_or_default() as u32;
    let text = || parameters[0].as_str().unwrap_or_default();
    match query {
        "q01_exact" => rows.extend(data.named(text())),
        "q02_substr" => containing(data, text(), rows),
        "q03_hop" => hop(data, data.to.with(number(1), number(0)), rows),
        "q04_hop_date" => {
            let days = (number(2), number(3));
            hop(data, data.to.within(number(1), number(0), days), rows);
        }
        "q03w_hop_why" => {
            for at in data.to.with(number(1), number(0)) {
                let edge = data.to.edge[at];
                for &source in data.sources(edge) {
                    rows.extend([data.to.other[at], edge, data.to.day[at], source]);
                }
            }
        }
        "q05_count" => rows.push(data.of_relation(number(0)).len() as u32),
        "q05d_count_date" => {
            let days = &data.day[data.of_relation(number(0))];
            let within = days
                .iter()
                .map(|&day| u32::from(day >= number(1) && day <= number(2)));
            rows.push(within.sum());
        }
        "q05f_count_facts" => rows.push(facts(data, number(0)).count() as u32),
        "q06_pairs" => {
            for at in data.of_relation(number(0)) {
                rows.extend([
                    data.edge[at],
                    data.subject[at],
                    data.object[at],
                    data.day[at],
                ]);
            }
        }
        "q07_twohop" => two_hops(data, [number(0), number(1), number(2)], scratch, rows),
        "q07w_twohop_why" => {
            for second in data.to.with(number(2), number(1)) {
                let between = data.to.other[second];
                for first in data.to.with(between, number(0)) {
                    let who = data.to.other[first];
                    rows.extend([who, data.to.edge[first], between, data.to.edge[second]]);
                }
            }
        }
        "q08_common" => common(data, [number(0), number(1), number(2)], scratch, rows),
        "q09_anti" => {
            let round = scratch.next();
            for at in data.from.with(number(3), number(2)) {
                scratch.one[data.from.other[at] as usize] = round;
            }
            for at in data.to.with(number(1), number(0)) {
                once(scratch, round, data.to.other[at], rows);
            }
        }
        "q10_top_dst" => {
            let objects = &data.object[data.of_relation(number(0))];
            most_frequent(objects.iter().copied(), scratch, ties, answer);
        }
        "q10b_top_src_all" => {
            most_frequent(
                data.edges.iter().map(|edge| edge.subject),
                scratch,
                ties,
                answer,
            );
        }
        "q16_degree" => {
            let ends = data
                .edges
                .iter()
                .flat_map(|edge| [edge.subject, edge.object]);
            most_frequent(ends, scratch, ties, answer);
        }
        "q11_reach3" => reach(data, number(0), number(1), scratch, rows),
        "q12_path" => rows.extend(distance(data, number(0), number(1), scratch)),
        "q13_corrob" => corroborated(data, number(0), rows),
        "q14_timeline" => timeline(data, number(0), ties, answer),
        "q15_contra" => near_in_time(data, number(0), number(1), rows),
        other => panic!("no query {other}"),
    }
}

fn containing(data: &Columns, part: &str, rows: &mut Vec<u32>) {
    let finder = memchr::memmem::Finder::new(part);
    let text = data.small.as_bytes();
    let mut from = 0;
    while let Some(found) = finder.find(&text[from..]) {
        let place = from + found;
        let entity = data.small_begins.partition_point(|&begin| begin <= place) - 1;
        rows.push(entity as u32);
        from = data.small_begins[entity + 1];
    }
}

fn hop(data: &Columns, places: std::ops::Range<usize>, rows: &mut Vec<u32>) {
    for at in places {
        rows.extend([data.to.other[at], data.to.edge[at], data.to.day[at]]);
    }
}

/// Adds an entity that has not been marked in this round.
fn once(scratch: &mut Scratch, round: u32, entity: u32, rows: &mut Vec<u32>) {
    let mark = &mut scratch.one[entity as usize];
    if *mark != round {
        *mark = round;
        rows.push(entity);
    }
}

fn two_hops(
    data: &Columns,
    [first, second, whom]: [u32; 3],
    scratch: &mut Scratch,
    rows: &mut Vec<u32>,
) {
    let round = scratch.next();
    for at in data.to.with(whom, second) {
        let between = data.to.other[at];
        if std::mem::replace(&mut scratch.other[between as usize], round) == round {
            continue;
        }
        for at in data.to.with(between, first) {
            once(scratch, round, data.to.other[at], rows);
        }
    }
}

fn common(
    data: &Columns,
    [relation, one, other]: [u32; 3],
    scratch: &mut Scratch,
    rows: &mut Vec<u32>,
) {
    let round = scratch.next();
    let (one, other) = (data.to.with(one, relation), data.to.with(other, relation));
    let (few, many) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    for at in few {
        scratch.one[data.to.other[at] as usize] = round;
    }
    for at in many {
        let who = data.to.other[at];
        let mark = &mut scratch.one[who as usize];
        if *mark == round {
            *mark = 0;
            rows.push(who);
        }
    }
}

/// The entities that occur most often, with how often; of those that occur equally often the first come first.
fn most_frequent(
    entities: impl Iterator<Item = u32>,
    scratch: &mut Scratch,
    ties: bool,
    answer: &mut Answer,
) {
    let mut seen = Vec::new();
    for entity in entities {
        let count = &mut scratch.count[entity as usize];
        if *count == 0 {
            seen.push(entity);
        }
        *count += 1;
    }
    let rank = |&entity: &u32| (u32::MAX - scratch.count[entity as usize], entity);
    let mut best = seen.clone();
    if best.len() > TOP {
        best.select_nth_unstable_by_key(TOP - 1, rank);
        best.truncate(TOP);
    }
    best.sort_unstable_by_key(rank);
    for &entity in &best {
        answer.rows.extend([entity, scratch.count[entity as usize]]);
    }
    if let (true, Some(&last)) = (ties && seen.len() > TOP, best.last()) {
        let least = scratch.count[last as usize];
        for &entity in seen
            .iter()
            .filter(|&&entity| scratch.count[entity as usize] == least)
        {
            answer.tied.extend([entity, least]);
        }
    }
    for entity in seen {
        scratch.count[entity as usize] = 0;
    }
}

/// Whom one reaches in one to three steps, without oneself.
fn reach(data: &Columns, relation: u32, start: u32, scratch: &mut Scratch, rows: &mut Vec<u32>) {
    let round = scratch.next();
    scratch.one[start as usize] = round;
    let mut edge_of_known = vec![start];
    for _ in 0..3 {
        let before = rows.len();
        for &entity in &edge_of_known {
            for at in data.from.with(entity, relation) {
                once(scratch, round, data.from.other[at], rows);
            }
        }
        edge_of_known = rows[before..].to_vec();
    }
}

/// The number of steps between two entities, whichever way the edges run: two searches that meet, the smaller one next.
fn distance(data: &Columns, one: u32, other: u32, scratch: &mut Scratch) -> Option<u32> {
    if one == other {
        return Some(0);
    }
    let round = scratch.next();
    scratch.one[one as usize] = round;
    scratch.other[other as usize] = round;
    let (mut near, mut far) = (vec![one], vec![other]);
    let (mut marks, mut far_marks) = (&mut scratch.one, &mut scratch.other);
    let mut steps = 0;
    let size = |entities: &[u32]| -> usize {
        let edges = |&entity: &u32| data.from.all(entity).len() + data.to.all(entity).len();
        entities.iter().map(edges).sum()
    };
    let (mut near_size, mut far_size) = (size(&near), size(&far));
    while !near.is_empty() && !far.is_empty() {
        if near_size > far_size {
            std::mem::swap(&mut near, &mut far);
            std::mem::swap(&mut marks, &mut far_marks);
            std::mem::swap(&mut near_size, &mut far_size);
        }
        steps += 1;
        let mut next = Vec::new();
        for &entity in &near {
            let others = |end: &'_ ByEnd| end.all(entity);
            let neighbours = data.from.other[others(&data.from)].iter();
            for &neighbour in neighbours.chain(&data.to.other[others(&data.to)]) {
                if far_marks[neighbour as usize] == round {
                    return Some(steps);
                }
                if std::mem::replace(&mut marks[neighbour as usize], round) != round {
                    next.push(neighbour);
                }
            }
        }
        near_size = size(&next);
        near = next;
    }
    None
}

/// The places of a relation's edges, one range for each pair of subject and object.
fn facts(data: &Columns, relation: u32) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let all = data.of_relation(relation);
    let ends = |at: usize| (data.subject[at], data.object[at]);
    let mut from = all.start;
    std::iter::from_fn(move || {
        (from < all.end).then(|| {
            let mut to = from + 1;
            while to < all.end && ends(to) == ends(from) {
                to += 1;
            }
            let fact = from..to;
            from = to;
            fact
        })
    })
}

/// Pairs that two or more sources tell of, with how many do.
fn corroborated(data: &Columns, relation: u32, rows: &mut Vec<u32>) {
    let mut sources: Vec<u32> = Vec::new();
    for fact in facts(data, relation) {
        sources.clear();
        for at in fact.clone() {
            sources.extend(data.sources(data.edge[at]));
        }
        if fact.len() > 1 {
            sources.sort_unstable();
            sources.dedup();
        }
        if sources.len() >= 2 {
            let ends = [data.subject[fact.start], data.object[fact.start]];
            rows.extend([ends[0], ends[1], sources.len() as u32]);
        }
    }
}

/// The latest edges of an entity; of one day, those with the greatest number first.
fn timeline(data: &Columns, entity: u32, ties: bool, answer: &mut Answer) {
    let dated = |end: &ByEnd| -> Vec<(u32, u32)> {
        end.all(entity)
            .map(|at| (end.day[at], end.edge[at]))
            .collect()
    };
    let mut all = dated(&data.from);
    all.extend(dated(&data.to));
    let known = all.len();
    let row = |&(day, edge): &(u32, u32)| {
        let it = &data.edges[edge as usize];
        [day, edge, it.subject, it.relation, it.object]
    };
    let latest_first = |pair: &(u32, u32)| std::cmp::Reverse(*pair);
    let unsorted = if ties { all.clone() } else { Vec::new() };
    if known > TIMELINE {
        all.select_nth_unstable_by_key(TIMELINE - 1, latest_first);
        all.truncate(TIMELINE);
    }
    all.sort_unstable_by_key(latest_first);
    answer.rows.extend(all.iter().flat_map(row));
    if let (true, Some(&(last, _))) = (ties && known > TIMELINE, all.last()) {
        let tied = unsorted.iter().filter(|&&(day, _)| day == last);
        answer.tied.extend(tied.flat_map(row));
    }
}

/// Pairs of edges of two relations, with the same ends, at most a week apart: both runs are in the order of ends and dates.
fn near_in_time(data: &Columns, first: u32, second: u32, rows: &mut Vec<u32>) {
    let ends = |at: usize| (data.subject[at], data.object[at]);
    let seconds = data.of_relation(second);
    let mut group = seconds.start;
    for at in data.of_relation(first) {
        while group < seconds.end && ends(group) < ends(at) {
            group += 1;
        }
        let mut other = group;
        while other < seconds.end && ends(other) == ends(at) {
            if data.day[at].abs_diff(data.day[other]) <= WEEK {
                rows.extend([data.edge[at], data.edge[other]]);
            }
            other += 1;
        }
    }
}
