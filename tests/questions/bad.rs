//! One folder of questions that cannot be read, with exactly what is said of each.

use super::read;
use crate::support::small::vocabulary;
use casebook::query::question::script;
use casebook::text::{Diagnostic, Sources};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

/// Every name that reading a question may give.
const NAMES: &[&str] = &[
    "empty-question",
    "expected",
    "mixed-and-or",
    "not-a-date",
    "number-too-large",
    "question-too-long",
    "too-deep",
    "trailing-text",
    "two-objects",
    "unclosed-bracket",
    "unclosed-quote",
    "unknown-character",
    "unknown-id",
    "unknown-kind",
    "unknown-name",
    "unknown-parameter",
    "unknown-verb",
    "unknown-word",
    "unopened-bracket",
];

fn rendered(text: &str, problem: &Diagnostic) -> String {
    let sources = Sources::of("question", text);
    let mut out = format!(
        "{}[{}]: {}\n",
        problem.severity.word(),
        problem.name,
        problem.message
    );
    let span = problem.labels[0].span;
    let (line, start) = sources.line(span);
    let width = |from: usize, to: usize| text.get(from..to).map_or(0, |text| text.chars().count());
    let end = (span.end as usize).min(start + line.len());
    let before = width(start, span.start as usize);
    let marks = width(span.start as usize, end).max(1);
    // Of a long line, what stands shortly before the mark is enough.
    let skipped = before.saturating_sub(60);
    let (before, line) = (before - skipped, line.chars().skip(skipped));
    let line: String = line.take(100).collect();
    let _ = writeln!(
        out,
        "  | {line}\n  | {}{}",
        " ".repeat(before),
        "^".repeat(marks)
    );
    for help in &problem.help {
        let _ = writeln!(out, "  = help: {help}");
    }
    out
}

#[test]
fn every_error_says_what_is_wrong() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad/questions");
    let update = std::env::var_os("UPDATE").is_some();
    let vocabulary = vocabulary();
    let mut seen = BTreeSet::new();
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "cq"))
        .collect();
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let mut said = String::new();
        for entry in script::split(&text) {
            let question = &text[entry.question.clone()];
            let problems = read(question, &vocabulary)
                .expect_err(&format!("`{question}` is read, in {}", file.display()));
            for problem in &problems {
                seen.insert(problem.name);
                said.push_str(&rendered(question, problem));
                said.push('\n');
            }
        }
        let expected = file.with_extension("expected");
        if update {
            std::fs::write(&expected, &said).unwrap();
        }
        let expected = std::fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(said, expected, "{} (UPDATE=1 rewrites it)", file.display());
    }
    // These need more than a file can show well; tests/questions/hostile.rs holds them.
    seen.extend(["question-too-long", "empty-question"]);
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), NAMES);
}

#[test]
fn nothing_asked_is_said_so() {
    for text in ["", " \n", "# only a comment", "?", ";", "the"] {
        let problems = read(text, &vocabulary()).unwrap_err();
        assert_eq!(problems[0].name, "empty-question", "{text:?}");
    }
}

#[test]
fn a_long_word_is_quoted_short() {
    let text = format!("who met \"{}\"", "x".repeat(10_000));
    let problems = read(&text, &vocabulary()).unwrap_err();
    assert!(problems[0].message.chars().count() < 100);
}
