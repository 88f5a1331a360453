//! Answers as the rows of numbers that every engine of the comparison gives, and whether they are right.

use casebook::graph::{ClaimIndex, EntityIndex};
use casebook::query::Engine;
use casebook::query::answer::{Answer, Value};
use std::collections::HashSet;

/// Rows of numbers, one after the other: entities, relations, claims and sources by the numbers of the data set, dates as
/// days since 1970-01-01.
pub(crate) struct Rows {
    pub(crate) width: usize,
    pub(crate) cells: Vec<u64>,
}

impl Rows {
    pub(crate) fn new(width: usize) -> Self {
        Self {
            width,
            cells: Vec::new(),
        }
    }

    /// The sum over rows of a hash of each, so that their order does not matter; the limit program and the harness in
    /// Python compute the same.
    fn hashes(&self) -> impl Iterator<Item = u64> + '_ {
        self.cells.chunks_exact(self.width).map(|row| {
            row.iter().fold(0_u64, |hash, &cell| {
                let hash = hash
                    .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                    .wrapping_add(cell + 1);
                hash ^ (hash >> 29)
            })
        })
    }

    pub(crate) fn len(&self) -> usize {
        self.cells.len() / self.width
    }

    /// What is wrong with these rows, against an entry of `answers.json`: `n` rows, of which those not among `tied` (rows
    /// that share the last rank, where there is room for some of them only) add up to `sum`.
    pub(crate) fn problem(&self, wanted: &serde_json::Value) -> Option<String> {
        let tied: HashSet<String> = wanted["tied"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|hash| hash.as_str().map(str::to_owned))
            .collect();
        let text = |hash: u64| format!("{hash:016x}");
        let sure = self.hashes().filter(|&hash| !tied.contains(&text(hash)));
        let sum = text(sure.fold(0, u64::wrapping_add));
        let distinct: HashSet<u64> = self.hashes().collect();
        let right = wanted["n"].as_u64() == Some(self.len() as u64)
            && wanted["sum"].as_str() == Some(&sum)
            && (tied.is_empty() || distinct.len() == self.len());
        let head: Vec<&u64> = self.cells.iter().take(self.width * 3).collect();
        (!right).then(|| {
            format!(
                "wanted {} rows, sum {}, beginning {}; got {} rows, sum {sum}, beginning {head:?}",
                wanted["n"],
                wanted["sum"],
                wanted["head"],
                self.len(),
            )
        })
    }
}

/// Visits the rows of an answer: values, and the sets of claims each of which suffices. All that is known here of how rows
/// are kept.
fn each_row(answer: &Answer, mut visit: impl FnMut(&[Value], &[Vec<ClaimIndex>])) {
    for row in &answer.rows {
        visit(&row.values, &row.witnesses);
    }
}

/// Looks at every value and every claim of every witness once, and at the sources of these where the query asks for them, as
/// somebody would who reads the answer.
pub(crate) fn read(engine: &Engine, query: &str, answer: &Answer) -> u64 {
    let mut seen = 0_u64;
    let wants_sources = matches!(query, "q03w_hop_why" | "q07w_twohop_why" | "q13_corrob");
    if let Some(columns) = answer.rows.columns() {
        let cells = columns.columns.iter().flat_map(|(_, cells)| cells);
        seen = cells.fold(seen, |seen, &cell| seen.wrapping_add(u64::from(cell)));
        for &claim in &columns.claims {
            seen = seen.wrapping_add(u64::from(claim));
            seen = seen.wrapping_add(u64::from(engine.graph.when(claim)));
            if !wants_sources {
                continue;
            }
            let sources = engine.provenance.sources(claim).iter();
            seen = sources.fold(seen, |seen, &source| seen.wrapping_add(u64::from(source)));
        }
        return seen;
    }
    each_row(answer, |values, witnesses| {
        for value in values {
            seen = seen.wrapping_add(match value {
                Value::Entity(index) | Value::Date(index) | Value::Relation(index) => {
                    u64::from(*index)
                }
                Value::Path(steps) => steps.len() as u64,
                _ => 1,
            });
        }
        for &claim in witnesses.iter().flatten() {
            let sources = engine.provenance.sources(claim).iter();
            seen = sources.fold(seen.wrapping_add(u64::from(claim)), |seen, &source| {
                seen.wrapping_add(u64::from(source))
            });
        }
    });
    seen
}

/// The rows of an answer to a query as numbers of the data set.
pub(crate) fn rows(engine: &Engine, query: &str, answer: &Answer) -> Rows {
    let names = Names { engine };
    match query {
        "q03_hop" | "q04_hop_date" => names.claims(answer, 3, |claim| {
            vec![names.subject(claim), names.claim(claim), names.day(claim)]
        }),
        "q03w_hop_why" => {
            let mut rows = Rows::new(4);
            for claim in claims(answer) {
                for &source in engine.provenance.sources(claim) {
                    let source = number(&engine.graph.source(source).id);
                    let edge = [names.subject(claim), names.claim(claim), names.day(claim)];
                    rows.cells.extend(edge.into_iter().chain([source]));
                }
            }
            rows
        }
        "q05_count" | "q05d_count_date" => Rows {
            width: 1,
            cells: vec![claims(answer).len() as u64],
        },
        "q06_pairs" => names.claims(answer, 4, |claim| {
            let ends = [names.subject(claim), names.object(claim)];
            vec![names.claim(claim), ends[0], ends[1], names.day(claim)]
        }),
        "q07w_twohop_why" => names.two_hops(answer),
        "q10_top_dst" | "q10b_top_src_all" | "q16_degree" => names.with_number_of_claims(answer),
        "q12_path" | "q05f_count_facts" => names.first_values(answer, 1),
        "q13_corrob" => {
            let mut rows = Rows::new(3);
            each_row(answer, |values, witnesses| {
                let claims: HashSet<ClaimIndex> = witnesses.iter().flatten().copied().collect();
                let sources = |&claim: &ClaimIndex| engine.provenance.sources(claim);
                let sources: HashSet<u32> = claims.iter().flat_map(sources).copied().collect();
                let ends = values.iter().map(|value| names.value(value));
                rows.cells.extend(ends.chain([sources.len() as u64]));
            });
            rows
        }
        "q14_timeline" => names.timeline(answer, 50),
        "q15_contra" => names.pairs_of_claims(answer),
        _ => names.first_values(answer, 1),
    }
}

/// The claims of all rows, each once.
fn claims(answer: &Answer) -> Vec<ClaimIndex> {
    let mut claims = Vec::new();
    each_row(answer, |_, witnesses| {
        claims.extend(witnesses.iter().flatten());
    });
    claims.sort_unstable();
    claims.dedup();
    claims
}

/// The number in an id such as `e17`.
pub(crate) fn number(id: &str) -> u64 {
    let digits = id.trim_start_matches(|c: char| !c.is_ascii_digit());
    digits.parse().unwrap_or(u64::MAX - 1)
}

/// From indices of the graph to numbers of the data set.
struct Names<'e> {
    engine: &'e Engine,
}

impl Names<'_> {
    fn entity(&self, entity: EntityIndex) -> u64 {
        number(&self.engine.graph.entity(entity).id)
    }

    fn subject(&self, claim: ClaimIndex) -> u64 {
        self.entity(self.engine.graph.subject(claim))
    }

    fn object(&self, claim: ClaimIndex) -> u64 {
        self.entity(self.engine.graph.object(claim))
    }

    fn relation(&self, claim: ClaimIndex) -> u64 {
        let graph = &self.engine.graph;
        number(&graph.relation(graph.relation_of(claim)).id)
    }

    fn claim(&self, claim: ClaimIndex) -> u64 {
        number(self.engine.graph.claim_id(claim))
    }

    fn day(&self, claim: ClaimIndex) -> u64 {
        let date = self.engine.graph.date_of(claim);
        date.and_then(|date| u64::try_from(date.start.0).ok())
            .unwrap_or_default()
    }

    fn value(&self, value: &Value) -> u64 {
        match value {
            Value::Entity(entity) => self.entity(*entity),
            Value::Number(number) => u64::try_from(*number).unwrap_or_default(),
            Value::Path(steps) => steps.len() as u64,
            _ => u64::MAX - 1,
        }
    }

    fn claims(&self, answer: &Answer, width: usize, row: impl Fn(ClaimIndex) -> Vec<u64>) -> Rows {
        let cells = claims(answer).into_iter().flat_map(row).collect();
        Rows { width, cells }
    }

    fn first_values(&self, answer: &Answer, width: usize) -> Rows {
        let mut rows = Rows::new(width);
        each_row(answer, |values, _| {
            let values = values.iter().take(width).map(|value| self.value(value));
            rows.cells.extend(values);
        });
        rows
    }

    fn with_number_of_claims(&self, answer: &Answer) -> Rows {
        let mut rows = Rows::new(2);
        each_row(answer, |values, witnesses| {
            let claims: HashSet<ClaimIndex> = witnesses.iter().flatten().copied().collect();
            let cells = [self.value(&values[0]), claims.len() as u64];
            rows.cells.extend(cells);
        });
        rows
    }

    /// Who did it, the claim that says so, to whom, and the claim that says what that one did. A set of two claims has one
    /// reading: the first has the row's value as its subject and the second's subject as its object.
    fn two_hops(&self, answer: &Answer) -> Rows {
        let graph = &self.engine.graph;
        let mut rows = Rows::new(4);
        each_row(answer, |values, witnesses| {
            let who = self.value(&values[0]);
            for pair in witnesses.iter().filter(|pair| pair.len() == 2) {
                let is_first = |one: ClaimIndex, two: ClaimIndex| {
                    self.subject(one) == who && graph.object(one) == graph.subject(two)
                };
                let (one, two) = match is_first(pair[0], pair[1]) {
                    true => (pair[0], pair[1]),
                    false => (pair[1], pair[0]),
                };
                let second = [self.subject(two), self.claim(two)];
                rows.cells
                    .extend([who, self.claim(one), second[0], second[1]]);
            }
        });
        rows
    }

    /// The claims of the first rows by date, latest first. Claims that say the same of one day share a row, so that the rows
    /// may hold a few more than were asked for.
    fn timeline(&self, answer: &Answer, most: usize) -> Rows {
        let mut claims: Vec<(u64, u64, ClaimIndex)> = claims(answer)
            .into_iter()
            .map(|claim| (self.day(claim), self.claim(claim), claim))
            .collect();
        claims.sort_unstable_by(|one, other| other.cmp(one));
        claims.truncate(most);
        let mut rows = Rows::new(5);
        for (day, number, claim) in claims {
            let ends = [self.subject(claim), self.object(claim)];
            let row = [day, number, ends[0], self.relation(claim), ends[1]];
            rows.cells.extend(row);
        }
        rows
    }

    /// Both claims of each witness, that of the first verb first.
    fn pairs_of_claims(&self, answer: &Answer) -> Rows {
        let mut rows = Rows::new(2);
        let first = answer.question.split_whitespace().nth(1).map(number);
        each_row(answer, |_, witnesses| {
            for pair in witnesses.iter().filter(|pair| pair.len() == 2) {
                let (one, two) = match Some(self.relation(pair[0])) == first {
                    true => (pair[0], pair[1]),
                    false => (pair[1], pair[0]),
                };
                rows.cells.extend([self.claim(one), self.claim(two)]);
            }
        });
        rows
    }
}
