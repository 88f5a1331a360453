//! What a check finds: what is wrong with the records, and where sources contradict each other.

use super::{Outcome, Reply, Session, Settings, ended};
use crate::graph::contradictions::{Contradiction, Judging};
use crate::query::{Engine, limits::Stop};
use crate::render::{self, Format, report};
use crate::text::{Diagnostic, Severity};
use std::collections::BTreeSet;

/// The names of the diagnostics of this module, which need to know the contradictions.
pub const NAMES: &[&str] = &["judged-nothing"];

impl Session {
    /// What is wrong with the casebook, as far as rules were run when it was opened, and where its sources contradict each
    /// other. The outcome tells of errors only: a
    /// contradiction is what sources say, no fault of the records.
    #[must_use]
    pub fn check(&self) -> Reply {
        let found = match self.engine.contradictions(
            &self.engine.provenance,
            &self.settings.limits,
            &self.interrupt,
        ) {
            Ok(found) => found,
            Err(stop) => return self.unfinished(&stop),
        };
        let diagnostics = self.diagnostics(&found);
        let Settings {
            format,
            answers,
            notices,
            ..
        } = &self.settings;
        let engine = &self.engine;
        let mut reply = Reply::answer(match format {
            Format::Json | Format::Jsonl => {
                render::check_json(engine, &diagnostics, &found, &self.sources)
            }
            _ => {
                let text = report::diagnostics(&diagnostics, &self.sources, answers);
                let more = render::contradictions(engine, &found, &self.sources, answers);
                let blank = !text.is_empty() && !more.is_empty();
                format!("{text}{}{more}", if blank { "\n" } else { "" })
            }
        });
        reply.notices = report::summary(&diagnostics, self.sources.len(), notices);
        reply
            .notices
            .push_str(&ended(render::contradictions_summary(&found)));
        let error = |found: &Diagnostic| found.severity == Severity::Error;
        if diagnostics.iter().any(error) {
            reply.outcome = Outcome::Findings;
        }
        reply
    }

    fn diagnostics(&self, found: &[Contradiction]) -> Vec<Diagnostic> {
        let judged = judged_nothing(&self.engine, found);
        self.diagnostics.iter().cloned().chain(judged).collect()
    }

    fn unfinished(&self, stop: &Stop) -> Reply {
        let outcome = match stop {
            Stop::Limit(..) => Outcome::Limit,
            Stop::Interrupted => Outcome::Interrupted,
        };
        let mut reply = Reply::failure(outcome, &format!("contradictions: {stop}"));
        reply.answer =
            report::diagnostics(&self.diagnostics, &self.sources, &self.settings.answers);
        reply
    }
}

/// Records that judge none of these contradictions, all that there are.
#[must_use]
pub fn judged_nothing(engine: &Engine, found: &[Contradiction]) -> Vec<Diagnostic> {
    let used: BTreeSet<u32> = found
        .iter()
        .filter_map(|contradiction| match contradiction.judging {
            Judging::Judged(record) | Judging::Reopened { record, .. } => Some(record),
            Judging::Open => None,
        })
        .collect();
    let records = (0..).zip(&engine.graph.records().judged);
    records
        .filter(|(number, _)| !used.contains(number))
        .map(|(_, record)| {
            let message = "these claims do not contradict each other";
            let place = record.claims.first().map_or(record.span, |it| it.span);
            Diagnostic::hint("judged-nothing", message, place)
                .help("take the record out, or list the claims of both sides as `casebook check` prints them")
        })
        .collect()
}
