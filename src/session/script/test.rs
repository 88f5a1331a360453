//! Runs a script, compares, and writes what the casebook answers into it.

use super::expect::Actual;
use crate::query::Failure;
use crate::query::question::script::{Entry, split};
use crate::session::{Outcome, Session};
use crate::text::safe::shorten;
use std::ops::Range;

/// What became of a script.
#[derive(Debug, Clone, Default)]
pub struct Tested {
    /// How many questions agree with what is expected of them.
    pub agree: usize,
    /// How many questions nothing is expected of, and which have an answer.
    pub open: usize,
    /// What does not agree.
    pub mismatches: Vec<Mismatch>,
    /// The script with what the casebook answers; `None` when that is what it says already.
    pub blessed: Option<String>,
    /// A question was interrupted: the rest was not asked.
    pub interrupted: bool,
}

/// A question that does not answer what it must.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The line of the question, from 1.
    pub line: usize,
    /// The question, in one line.
    pub question: String,
    /// The differences, a line each.
    pub differences: Vec<String>,
}

/// Asks the questions of a script and compares.
#[must_use]
pub fn test(session: &Session, text: &str) -> Tested {
    let mut tested = Tested::default();
    let mut blessed = String::new();
    let mut copied = 0;
    let entries = split(text);
    stray(text, &entries, &mut tested);
    for (at, entry) in entries.iter().enumerate() {
        let question = &text[entry.question.clone()];
        let result = Result::of(session, question);
        if result.outcome == Outcome::Interrupted {
            tested.interrupted = true;
            return tested;
        }
        match result.differences(entry) {
            Some(differences) if differences.is_empty() => {
                tested.agree += 1;
                continue;
            }
            Some(differences) => tested.mismatches.push(Mismatch {
                line: line_of(text, entry.question.start),
                question: shorten(question, 100),
                differences,
            }),
            None => tested.open += 1,
        }
        let next = entries.get(at + 1);
        if next.is_some_and(|next| next.question.start < entry.end) {
            // Another question follows on the same line: there is no place for an expectation.
            continue;
        }
        let place = expectation(entry);
        blessed.push_str(&text[copied..place.start]);
        result.write(text, &place, &mut blessed);
        copied = place.end;
    }
    blessed.push_str(&text[copied..]);
    tested.blessed = (blessed != text).then_some(blessed);
    tested
}

/// Expectations that stand before the first question are nobody's.
fn stray(text: &str, entries: &[Entry], tested: &mut Tested) {
    let before = entries
        .first()
        .map_or(text.len(), |entry| entry.question.start);
    for (line, content) in (1..).zip(text[..before].lines()) {
        if content.trim_start().starts_with("#=") || content.trim_start().starts_with("#!") {
            tested.mismatches.push(Mismatch {
                line,
                question: shorten(content.trim(), 100),
                differences: vec!["this expectation follows no question".to_owned()],
            });
        }
    }
}

/// The line of a byte, from 1.
#[must_use]
pub fn line_of(text: &str, byte: usize) -> usize {
    1 + text[..byte].matches('\n').count()
}

/// The bytes of the expectation of a question; empty where it has none, at the place where it would stand.
fn expectation(entry: &Entry) -> Range<usize> {
    let ranges = [&entry.answer, &entry.error].into_iter().flatten();
    ranges
        .map(|found| found.range.clone())
        .reduce(|one, other| one.start.min(other.start)..one.end.max(other.end))
        .unwrap_or(entry.end..entry.end)
}

/// What a question gives: an answer, or the report of an error.
struct Result {
    outcome: Outcome,
    actual: Option<Actual>,
    report: String,
    /// What is wrong, without its place.
    message: String,
}

impl Result {
    fn of(session: &Session, question: &str) -> Self {
        match session.answer(question) {
            Ok(answer) => Self {
                outcome: Outcome::Answered,
                actual: Some(Actual::of(&session.engine.graph, &answer)),
                report: String::new(),
                message: String::new(),
            },
            Err(failure) => {
                let reply = session.refuse(question, &failure);
                let message = match &failure {
                    Failure::Question(diagnostics) => diagnostics
                        .first()
                        .map_or(String::new(), |first| first.message.clone()),
                    Failure::Stop(stop) => stop.to_string(),
                    Failure::Damaged(damaged) => damaged.to_string(),
                };
                Self {
                    outcome: reply.outcome,
                    actual: None,
                    report: reply.notices,
                    message,
                }
            }
        }
    }

    /// How it differs from what is expected; `None` where nothing is, and there is an answer.
    fn differences(&self, entry: &Entry) -> Option<Vec<String>> {
        let report = self.report.lines().map(|line| format!("+ {line}"));
        match (&self.actual, &entry.answer, &entry.error) {
            (Some(_), None, None) => None,
            (None, None, None) => Some(report.collect()),
            (Some(actual), Some(wanted), None) => Some(actual.differences(&wanted.lines)),
            (None, None, Some(wanted)) => {
                let lost = wanted
                    .lines
                    .iter()
                    .filter(|text| !flat(&self.report).contains(&flat(text)));
                let lost: Vec<String> = lost.map(|text| format!("- error: {text}")).collect();
                let report = report.filter(|_| !lost.is_empty()).collect::<Vec<_>>();
                Some([lost, report].concat())
            }
            (Some(actual), _, Some(wanted)) => {
                let lost = wanted.lines.iter().map(|text| format!("- error: {text}"));
                let found = actual.lines().into_iter().map(|line| format!("+ {line}"));
                Some(lost.chain(found).collect())
            }
            (None, Some(wanted), _) => {
                let lost = wanted.lines.iter().map(|line| format!("- {line}"));
                Some(lost.chain(report).collect())
            }
        }
    }

    /// Writes what it gives as an expectation in the place of the old one; comments between its lines stay. A limit
    /// that was reached is nothing to expect.
    fn write(&self, text: &str, place: &Range<usize>, blessed: &mut String) {
        let old = &text[place.clone()];
        let lines: Vec<String> = match &self.actual {
            Some(actual) => {
                let lines = actual.lines().into_iter();
                lines.map(|line| format!("#= {line}")).collect()
            }
            None if self.outcome == Outcome::Unreadable => {
                vec![format!("#! {}", flat(&self.message))]
            }
            None => return blessed.push_str(old),
        };
        let is_expectation = |line: &str| line.starts_with("#=") || line.starts_with("#!");
        let comments = old
            .lines()
            .filter(|line| !is_expectation(line.trim_start()))
            .map(str::to_owned);
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        if place.is_empty() {
            blessed.push_str(newline);
        }
        let lines: Vec<String> = lines.into_iter().chain(comments).collect();
        let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
        blessed.push_str(&lines.join(newline));
    }
}

fn flat(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}
