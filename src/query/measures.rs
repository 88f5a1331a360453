//! What the operators of one plan took: rows and time, each time that one was run.

use super::algebra::Plan;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// What running an operator has taken, its inputs among it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Measure {
    /// How often it was run: also for what `not` and the notes ask.
    pub runs: usize,
    /// The rows that it gave the first time.
    pub rows: usize,
    /// The time of the first run.
    pub time: Duration,
}

/// The measures of one plan, by operator. A plan must stay where it is while it is measured: its operators are told apart
/// by their places.
#[derive(Debug, Default)]
pub struct Measures(Mutex<HashMap<usize, Measure>>);

impl Measures {
    fn place(plan: &Plan) -> usize {
        std::ptr::from_ref(plan).addr()
    }

    /// Writes down a run of an operator.
    pub fn ran(&self, plan: &Plan, rows: usize, time: Duration) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let measure = known.entry(Self::place(plan)).or_insert(Measure {
            runs: 0,
            rows,
            time,
        });
        measure.runs += 1;
    }

    /// What an operator took; `None` where it was not run by itself.
    #[must_use]
    pub fn of(&self, plan: &Plan) -> Option<Measure> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&Self::place(plan)).copied()
    }

    /// What it took without its inputs.
    #[must_use]
    pub fn alone(&self, plan: &Plan) -> Option<Measure> {
        let whole = self.of(plan)?;
        let inputs = plan.inputs().into_iter().filter_map(|input| self.of(input));
        let spent: Duration = inputs.map(|input| input.time).sum();
        Some(Measure {
            time: whole.time.saturating_sub(spent),
            ..whole
        })
    }
}
