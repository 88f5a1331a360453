//! `docs/errors.md`, questions: every name that a question can raise stands in it, and every example raises its own.

use crate::support::casebooks::{bundled, of_text};
use casebook::query::question::NAMES;
use casebook::query::{Engine, Failure, Request, limits::Limits};
use std::{collections::BTreeSet, fs, path::Path, sync::atomic::AtomicBool};

/// Sizes that no example shows; the tests of hostile questions raise them.
const WITHOUT_EXAMPLE: &[&str] = &["question-too-long", "too-deep"];

fn names_raised(engine: &Engine, text: &str) -> Vec<&'static str> {
    let request = Request {
        text,
        parameters: &[],
        numbered: &[],
        limits: &Limits::default(),
        interrupt: &AtomicBool::new(false),
    };
    match engine.ask(&request) {
        Err(Failure::Question(problems)) => problems.iter().map(|problem| problem.name).collect(),
        Err(Failure::Stop(stop)) => panic!("{text}: {stop}"),
        Err(Failure::Damaged(damaged)) => panic!("{text}: {damaged}"),
        Ok(_) => Vec::new(),
    }
}

#[test]
fn every_name_of_a_question_has_an_example_that_raises_it() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/errors.md");
    let document = fs::read_to_string(path).unwrap();
    let (_, questions) = document.split_once("\n## Questions\n").unwrap();
    let harbour = bundled("harbour");
    let mut headings = BTreeSet::new();
    let mut shown = BTreeSet::new();
    for section in questions.split("\n### ").skip(1) {
        let name = section.lines().next().unwrap();
        headings.insert(name);
        let fenced = |tag: &str| {
            let (_, rest) = section.split_once(&format!("```{tag}\n"))?;
            rest.split_once("\n```").map(|(text, _)| text)
        };
        let own = fenced("ron").map(of_text);
        if let Some(text) = fenced("cq") {
            let raised = names_raised(own.as_ref().unwrap_or(&harbour), text);
            assert_eq!(raised, [name], "{text}");
            shown.insert(name);
        }
    }
    assert_eq!(headings, NAMES.iter().copied().collect());
    shown.extend(WITHOUT_EXAMPLE);
    assert_eq!(shown, NAMES.iter().copied().collect());
}
