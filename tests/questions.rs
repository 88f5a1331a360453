//! Questions as text: what is read, how it is written back, and what is said of those that cannot be read.

use crate::support::small::vocabulary;
use casebook::query::limits::Limits;
use casebook::query::question::{parse, print::print, spans};
use casebook::text::FileId;

fn canonical(text: &str) -> String {
    let vocabulary = vocabulary();
    let parameters = [
        ("who".to_owned(), "Dan Driscoll".to_owned()),
        ("day".to_owned(), "2025-10".to_owned()),
    ];
    let limits = Limits::default();
    let read = |text: &str| parse(text, FileId(0), &vocabulary, &parameters, &limits);
    match read(text) {
        Err(problems) => {
            let said = problems
                .iter()
                .map(|problem| format!("{}: {} {:?}", problem.name, problem.message, problem.help));
            said.collect::<Vec<_>>().join("; ")
        }
        Ok(question) => {
            let printed = print(&question, &vocabulary);
            match read(&printed) {
                Ok(again) if spans::without(&again) == spans::without(&question) => printed,
                other => format!("{printed} READS DIFFERENTLY {other:?}"),
            }
        }
    }
}

#[test]
fn the_first_questions_are_read() {
    for (text, printed) in [
        ("who briefed whom", "who briefed whom"),
        ("whom did Witkoff brief?", "whom did Witkoff brief"),
    ] {
        assert_eq!(canonical(text), printed);
    }
}
