//! Values of the types that fields take. What is wrong with one is reported and the others are still read.

use super::node::{Node, Value};
use crate::{
    model::{Date, Text, date::DateProblem, id},
    text::{Diagnostic, FileId, Span, Spanned, fold, safe::shorten, suggest::suggest},
};
use serde::{Deserialize, de::IntoDeserializer};
use std::{collections::HashMap, fmt, ops::Range};

/// The names of the diagnostics of this module.
pub(super) const NAMES: &[&str] = &[
    "duplicate-key",
    "empty-text",
    "interval-ends-before-start",
    "malformed-date",
    "malformed-id",
    "too-many-errors",
    "unknown-word",
    "wrong-type",
];

/// What fields take, in words.
const TEXT: &str = "a text";
const WORD: &str = "a word";
pub(super) const LIST: &str = "a list";

/// So many errors of one record are listed.
const MOST_ERRORS: usize = 100;
/// So much of an offending text is shown.
pub(super) const SHOWN: usize = 60;

/// What is read: the file, the record and where diagnostics go.
pub(super) struct Reading<'d> {
    file: FileId,
    text: &'d str,
    record: Span,
    diagnostics: &'d mut Vec<Diagnostic>,
    start: usize,
}

impl<'d> Reading<'d> {
    /// Reading the record at `range` of `file`.
    pub(super) fn new(
        file: FileId,
        text: &'d str,
        range: &Range<usize>,
        diagnostics: &'d mut Vec<Diagnostic>,
    ) -> Self {
        let start = diagnostics.len();
        Self {
            file,
            text,
            record: Span::new(file, range.start, range.end),
            diagnostics,
            start,
        }
    }

    /// How many errors this record has so far.
    pub(super) fn errors(&self) -> usize {
        self.diagnostics.len() - self.start
    }

    /// The span of a range of the file.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }

    pub(super) fn report(&mut self, problem: Diagnostic) {
        match self.diagnostics.len() - self.start {
            ..MOST_ERRORS => self.diagnostics.push(problem.record(self.record)),
            MOST_ERRORS => {
                let head = Span {
                    end: self.record.start + 1,
                    ..self.record
                };
                let message = "too many errors in this record: only the first 100 are listed";
                self.diagnostics
                    .push(Diagnostic::error("too-many-errors", message, head).record(self.record));
            }
            _ => {}
        }
    }

    /// Reports a value of a type that the field `name` does not take.
    pub(super) fn wrong_type(&mut self, name: &str, wanted: &str, node: &Node) {
        let written = shorten(&self.text[node.range.clone()], SHOWN);
        let found = match &node.value {
            Value::Text(_) => format!("the text `{written}`"),
            Value::Word(_) => format!("the word `{written}`"),
            Value::Whole(_) => format!("the number `{written}`"),
            Value::List(_) => "a list".to_owned(),
            Value::Tuple(_) => "values without names".to_owned(),
            Value::Struct(..) => "fields in brackets".to_owned(),
            Value::Map(_) => "a map".to_owned(),
            Value::Flag(_) | Value::Other | Value::Nothing | Value::Unit => format!("`{written}`"),
        };
        let message = format!("`{name}` takes {wanted}, found {found}");
        let problem = Diagnostic::error("wrong-type", message, self.span(&node.range));
        let in_quotes =
            matches!(node.value, Value::Word(_) | Value::Whole(_) | Value::Other) && wanted == TEXT;
        self.report(match &node.value {
            _ if in_quotes => problem.help(format!(
                "texts and dates stand in double quotes: `\"{written}\"`"
            )),
            Value::Text(text) if wanted == WORD => problem.help(format!(
                "write it without quotes: `{}`",
                shorten(text, SHOWN)
            )),
            _ if wanted == LIST => problem.help("a list stands in square brackets: `[…]`"),
            _ => problem.help("`docs/data-model.md` says what each field takes"),
        });
    }

    /// A text.
    pub(super) fn text(&mut self, name: &str, node: Node) -> Option<Text> {
        let span = self.span(&node.range);
        match node.value {
            Value::Text(text) => Some(Spanned::new(text.into_owned(), span)),
            _ => {
                self.wrong_type(name, TEXT, &node);
                None
            }
        }
    }

    /// A text that says something.
    pub(super) fn filled(&mut self, name: &str, node: Node) -> Option<Text> {
        let text = self.text(name, node)?;
        if text.trim().is_empty() {
            self.report(
                Diagnostic::error(
                    "empty-text",
                    format!("an empty text stands in `{name}`"),
                    text.span,
                )
                .help("write something, or leave it out"),
            );
        }
        Some(text)
    }

    /// An id, well formed or not: one that is not is reported and kept.
    pub(super) fn id(&mut self, name: &str, node: Node) -> Option<Text> {
        self.checked_id(name, node, false)
    }

    pub(super) fn checked_id(&mut self, name: &str, node: Node, claim: bool) -> Option<Text> {
        let id = self.text(name, node)?;
        if let Some(why) = id::problem(&id, claim) {
            let message = format!("`{}` is no id: {why}", shorten(&id, SHOWN));
            let problem = Diagnostic::error("malformed-id", message, id.span);
            let better = fold::key(&id).replace(' ', "-");
            self.report(match id::problem(&better, claim) {
                None => problem.help(format!("write `{better}`")),
                Some(_) => problem.help("an id is made of a-z, 0-9, `.`, `_` and `-`, and begins with a letter or digit"),
            });
        }
        Some(id)
    }

    pub(super) fn date(&mut self, name: &str, node: Node) -> Option<Spanned<Date>> {
        let text = self.text(name, node)?;
        let (problem, help) = match Date::parse(&text) {
            Ok(date) => return Some(Spanned::new(date, text.span)),
            Err(DateProblem::NotEdtf(why, _)) => (
                Diagnostic::error(
                    "malformed-date",
                    format!(
                        "`{}` is no date: {}",
                        shorten(&text, SHOWN),
                        shorten(&why, 100)
                    ),
                    text.span,
                ),
                "dates are EDTF: `2025`, `2025-10`, `2025-10-24`, `2025-10~`, or an interval, `2025-10-24/2025-10-26`",
            ),
            Err(DateProblem::EndsBeforeStart) => (
                Diagnostic::error(
                    "interval-ends-before-start",
                    format!("`{}` ends before it starts", shorten(&text, SHOWN)),
                    text.span,
                ),
                "write the earlier date first",
            ),
        };
        self.report(problem.help(help));
        None
    }

    pub(super) fn word<'de, T: Deserialize<'de>>(
        &mut self,
        name: &str,
        node: &Node<'de>,
    ) -> Option<Spanned<T>> {
        let Value::Word(word) = node.value else {
            self.wrong_type(name, WORD, node);
            return None;
        };
        let found = T::deserialize(IntoDeserializer::<NotOneOf>::into_deserializer(word));
        let span = self.span(&node.range);
        let NotOneOf(words) = match found {
            Ok(value) => return Some(Spanned::new(value, span)),
            Err(words) => words,
        };
        let near = suggest(word, words.iter().copied());
        let help = match near.first() {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it takes {}", listed(words)),
        };
        let message = format!("`{}` is nothing that `{name}` takes", shorten(word, SHOWN));
        self.report(Diagnostic::error("unknown-word", message, span).help(help));
        None
    }

    pub(super) fn number<T: TryFrom<u64>>(
        &mut self,
        name: &str,
        wanted: &str,
        node: &Node,
    ) -> Option<Spanned<T>> {
        let number = match node.value {
            Value::Whole(number) => T::try_from(number).ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(name, wanted, node);
        }
        number.map(|number| Spanned::new(number, self.span(&node.range)))
    }

    pub(super) fn pair(&mut self, name: &str, node: &Node) -> Option<Spanned<(u32, u32)>> {
        let wanted = "two positions, `(start, end)`";
        let Value::Tuple(parts) = &node.value else {
            self.wrong_type(name, wanted, node);
            return None;
        };
        let [start, end] = parts.as_slice() else {
            self.wrong_type(name, wanted, node);
            return None;
        };
        let start = self.number(name, "a position from 0 to 4294967295", start)?;
        let end = self.number(name, "a position from 0 to 4294967295", end)?;
        Some(Spanned::new(
            (start.value, end.value),
            self.span(&node.range),
        ))
    }

    pub(super) fn map(&mut self, name: &str, node: Node) -> Vec<(Text, Text)> {
        let Value::Map(entries) = node.value else {
            self.wrong_type(name, "a map, `{\"scheme\": \"id\"}`", &node);
            return Vec::new();
        };
        let mut map: Vec<(Text, Text)> = Vec::with_capacity(entries.len());
        let mut first: HashMap<String, Span> = HashMap::with_capacity(entries.len());
        for (key, value) in entries {
            let (Some(key), Some(value)) = (self.filled(name, key), self.text(name, value)) else {
                continue;
            };
            if let Some(&before) = first.get(&key.value) {
                let message = format!("the key `{}` stands here twice", shorten(&key, SHOWN));
                let problem = Diagnostic::error("duplicate-key", message, key.span);
                self.report(
                    problem
                        .label(before, "first here")
                        .help("keep one of the two"),
                );
            } else {
                first.insert(key.value.clone(), key.span);
                map.push((key, value));
            }
        }
        map
    }
}

/// The words that would have been accepted.
struct NotOneOf(&'static [&'static str]);

impl fmt::Debug for NotOneOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not one of the words")
    }
}

impl fmt::Display for NotOneOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not one of the words")
    }
}

impl std::error::Error for NotOneOf {}

impl serde::de::Error for NotOneOf {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(&[])
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self(expected)
    }
}

pub(super) fn listed(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}
