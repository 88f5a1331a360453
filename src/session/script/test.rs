//! Runs a script, compares, and writes what the casebook answers into it.

use super::expect::{Actual, Expected};
use super::{Case, Script};
use crate::query::Failure;
use crate::session::{Outcome, Session};
use crate::text::safe::shorten;

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
    let script = Script::parse(text);
    let mut tested = Tested::default();
    let mut blessed = String::new();
    let mut copied = 0;
    for case in &script.cases {
        let expectation = &text[case.expectation.clone()];
        let result = Result::of(session, &text[case.question.clone()]);
        if result.outcome == Outcome::Interrupted {
            tested.interrupted = true;
            return tested;
        }
        let differences = result.differences(&Expected::parse(expectation));
        blessed.push_str(&text[copied..case.expectation.start]);
        copied = case.expectation.end;
        match differences {
            Some(differences) if differences.is_empty() => {
                tested.agree += 1;
                blessed.push_str(expectation);
                continue;
            }
            Some(differences) => tested.mismatches.push(Mismatch {
                line: case.line,
                question: shorten(&text[case.question.clone()], 100),
                differences,
            }),
            None => tested.open += 1,
        }
        if !case.crowded {
            result.write(text, case, &mut blessed);
        }
    }
    blessed.push_str(&text[copied..]);
    for &line in &script.stray {
        tested.mismatches.push(Mismatch {
            line,
            question: String::new(),
            differences: vec!["this expectation follows no question".to_owned()],
        });
    }
    tested.blessed = (blessed != text).then_some(blessed);
    tested
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
    fn differences(&self, expected: &Expected) -> Option<Vec<String>> {
        let report = || self.report.lines().map(|line| format!("+ {line}")).collect::<Vec<_>>();
        let missing = |texts: &[String], mark: &str| {
            texts.iter().map(|text| format!("- {mark}{text}")).collect::<Vec<_>>()
        };
        match (&self.actual, expected.errors.is_empty(), expected.lines.is_empty()) {
            (Some(_), true, true) => None,
            (None, true, true) => Some(report()),
            (Some(actual), true, false) => Some(actual.differences(&expected.lines)),
            (None, false, true) => {
                let lost: Vec<String> = expected
                    .errors
                    .iter()
                    .filter(|text| !flat(&self.report).contains(&flat(text)))
                    .cloned()
                    .collect();
                if lost.is_empty() {
                    return Some(Vec::new());
                }
                Some([missing(&lost, "! "), report()].concat())
            }
            (Some(actual), false, _) => {
                let found = actual.lines().into_iter().map(|line| format!("+ {line}"));
                Some(missing(&expected.errors, "! ").into_iter().chain(found).collect())
            }
            (None, ..) => Some([missing(&expected.lines, ""), report()].concat()),
        }
    }

    /// Writes what it gives as an expectation. A limit that was reached is nothing to expect.
    fn write(&self, text: &str, case: &Case, blessed: &mut String) {
        let newline = if text[..case.expectation.start].ends_with("\r\n") {
            "\r\n"
        } else {
            "\n"
        };
        if !blessed.ends_with('\n') {
            blessed.push_str(newline);
        }
        let lines: Vec<String> = match &self.actual {
            Some(actual) => actual.lines().iter().map(|line| format!("#= {line}")).collect(),
            None if self.outcome == Outcome::Unreadable => vec![format!("#! {}", flat(&self.message))],
            None => text[case.expectation.clone()].lines().map(str::to_owned).collect(),
        };
        for line in lines {
            blessed.push_str(line.trim_end());
            blessed.push_str(newline);
        }
    }
}

fn flat(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}
