//! Rows from facts: merged by what is asked, or only those with the most claims.

use super::algebra::Var;
use super::evaluate::Facts;
use super::grouping::merge;
use super::lowered::{Lowered, Order};
use super::rows::{Cells, Columns};
use crate::graph::{Graph, NONE, Provenance};

/// What is asked of facts: rows whose columns are those of the answer, not merged yet.
pub(super) struct Unmerged {
    rows: Columns,
    /// Whether nothing is left to merge.
    done: bool,
}

impl Unmerged {
    /// Of the facts of one or more verbs; `None` where other columns are asked than their ends.
    pub(super) fn of(lowered: &Lowered, facts: Vec<Facts>) -> Option<Self> {
        let counted = lowered.counted.map(|counted| vec![counted.var]);
        let asked: Vec<&Vec<Var>> = lowered.columns.iter().map(|(_, vars)| vars).collect();
        let asked: Vec<&Vec<Var>> = asked.into_iter().chain(counted.as_ref()).collect();
        if lowered.order != Order::Values {
            return None;
        }
        let alone = facts.len() == 1;
        let mut all: Option<Self> = None;
        for facts in facts {
            let end = |vars: &&Vec<Var>| {
                let all = 0..facts.ends.len();
                let mut ends = all.filter(|&at| vars.contains(&facts.ends[at]));
                ends.next().filter(|_| ends.next().is_none())
            };
            let places: Vec<usize> = asked.iter().map(end).collect::<Option<_>>()?;
            let mut rows = facts.rows;
            let done = alone && facts.in_order && places == [0, 1];
            if !done {
                let ends = std::mem::take(&mut rows.columns);
                rows.columns = places.iter().map(|&at| ends[at].clone()).collect();
            }
            match &mut all {
                None => all = Some(Self { rows, done }),
                Some(all) => all.rows.append(rows),
            }
        }
        all
    }

    /// One row for each combination of values, in their order.
    pub(super) fn merged(self, place: (&Graph, &Provenance)) -> Option<Columns> {
        if self.done {
            return Some(self.rows);
        }
        if self.rows.columns.is_empty() && self.rows.distinct && !self.rows.is_empty() {
            return Some(self.rows.into_one());
        }
        let by: Vec<usize> = (0..self.rows.columns.len()).collect();
        merge(place, &self.rows, &by, false).map(|(rows, _)| rows)
    }

    /// Of these rows only the first, with the most claims first, equal ones in the order of their values; `None` unless there
    /// is one column.
    ///
    /// Claims are counted before any is gathered. Where one may stand twice its count is too high: then more rows are
    /// gathered than are wanted, until no other can have as many claims (Fagin, Lotem and Naor, "Optimal Aggregation
    /// Algorithms for Middleware", 2003, from one list).
    pub(super) fn most_claims(
        &self,
        (graph, provenance): (&Graph, &Provenance),
        wanted: usize,
    ) -> Option<Columns> {
        let [(Cells::Entities, column)] = self.rows.columns.as_slice() else {
            return None;
        };
        let mut counts = vec![0_u32; graph.entity_count() as usize];
        let mut before = 0;
        for (&entity, &end) in column.iter().zip(&self.rows.ends) {
            counts[entity as usize] += end - before;
            before = end;
        }
        let names = graph.order_of_names();
        let order = |&entity: &u32| {
            (
                std::cmp::Reverse(counts[entity as usize]),
                names[entity as usize],
            )
        };
        let mut ranked: Vec<u32> = (0..graph.entity_count())
            .filter(|&entity| counts[entity as usize] > 0)
            .collect();
        let mut gathered = match self.rows.distinct {
            true => wanted,
            false => wanted.saturating_add(16),
        };
        loop {
            let some = gathered.min(ranked.len());
            if some < ranked.len() {
                ranked.select_nth_unstable_by_key(some, order);
            }
            let rows = self.gathered(&ranked[..some], graph.entity_count(), provenance);
            let most_left = ranked[some..]
                .first()
                .map_or(0, |&entity| counts[entity as usize]);
            let claims = |row: &u32| rows.witnesses(*row as usize).len();
            let by_claims = |row: &u32| {
                let entity = rows.columns[0].1[*row as usize];
                (std::cmp::Reverse(claims(row)), names[entity as usize])
            };
            let mut first: Vec<u32> = (0..u32::try_from(some).ok()?).collect();
            first.sort_unstable_by_key(by_claims);
            first.truncate(wanted);
            let least = first.last().map_or(0, claims);
            let sure = self.rows.distinct || some == ranked.len() || least > most_left as usize;
            if sure {
                return Some(rows.pick(&first));
            }
            gathered = gathered.saturating_mul(4);
        }
    }

    /// A row for each of these of `all` entities, in their order.
    fn gathered(&self, entities: &[u32], all: u32, provenance: &Provenance) -> Columns {
        let mut places = vec![NONE; all as usize];
        for (&entity, place) in entities.iter().zip(0..) {
            places[entity as usize] = place;
        }
        let mut found = vec![(Vec::new(), false); entities.len()];
        let column = &self.rows.columns[0].1;
        for (row, &entity) in column.iter().enumerate() {
            let place = places[entity as usize];
            if place != NONE {
                let (claims, certain) = &mut found[place as usize];
                claims.extend_from_slice(self.rows.witnesses(row));
                *certain |= self.rows.certain[row];
            }
        }
        let mut rows = Columns {
            columns: vec![(Cells::Entities, entities.to_vec())],
            width: 1,
            distinct: self.rows.distinct,
            ..Columns::default()
        };
        for (claims, certain) in found {
            let from = rows.claims.len();
            rows.claims.extend(claims);
            rows.end_row_from(from, certain, provenance);
        }
        rows
    }
}
