//! Questions as text: what is read, how it is written back, and what is said of those that cannot be read.

mod bad;
mod completion;
mod constructs;
mod generated;
mod hostile;

use casebook::query::limits::Limits;
use casebook::query::question::ast::Question;
use casebook::query::question::{parse, print::print, spans};
use casebook::query::vocabulary::Vocabulary;
use casebook::text::{Diagnostic, FileId};
use std::sync::LazyLock;

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(crate::support::small::vocabulary);

fn read(text: &str, vocabulary: &Vocabulary) -> Result<Question, Vec<Diagnostic>> {
    let parameters = [
        ("who", "Dan Driscoll"),
        ("day", "2025-10"),
        ("odd", "who met"),
    ];
    let parameters = parameters.map(|(name, value)| (name.to_owned(), value.to_owned()));
    parse(text, FileId(0), vocabulary, &parameters, &Limits::default())
}

/// The canonical spelling of a question that is read and, written back, read as the same.
fn canonical(text: &str) -> Result<String, String> {
    let vocabulary = &*VOCABULARY;
    let question = read(text, vocabulary).map_err(|problems| problems[0].message.clone())?;
    let printed = print(&question, vocabulary);
    match read(&printed, vocabulary) {
        Ok(again) if spans::without(&again) == spans::without(&question) => {
            assert_eq!(print(&again, vocabulary), printed);
            Ok(printed)
        }
        other => Err(format!("`{printed}` is read differently: {other:?}")),
    }
}
