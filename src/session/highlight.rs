//! The words of a line by what they are, for the colours of the prompt.

use super::Session;
use super::command;
use crate::query::question::keyword::{Keyword, SPELLINGS};
use crate::query::question::lexeme;
use crate::query::question::token::{Form, Token};
use crate::query::vocabulary::Class as Words;
use crate::text::FileId;
use std::ops::Range;

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A word of the language.
    Keyword,
    /// A name.
    Name,
    /// A verb.
    Verb,
    /// A kind.
    Kind,
    /// A date.
    Date,
    /// A number.
    Number,
    /// `?x`, `$x`
    Variable,
    /// A word that nobody knows.
    Unknown,
    /// A comment.
    Comment,
    /// A command.
    Command,
    /// Anything else.
    Other,
}

/// The words of a line with their places, in order; what is between them is nothing in particular.
#[must_use]
pub fn spans(session: &Session, line: &str) -> Vec<(Range<usize>, Class)> {
    let indent = line.len() - line.trim_start().len();
    let Some(rest) = line.trim_start().strip_prefix(':') else {
        return question(session, line, 0);
    };
    let name_length = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let end = indent + 1 + name_length;
    let found = command::find(&rest[..name_length]);
    let begun = name_length == rest.len();
    let class = if found.is_ok() || begun {
        Class::Command
    } else {
        Class::Unknown
    };
    let mut spans = vec![(indent..end, class)];
    if found.is_ok_and(|command| command.takes == command::Takes::Question) {
        spans.extend(question(session, &line[end..], end));
    }
    spans
}

fn question(session: &Session, text: &str, offset: usize) -> Vec<(Range<usize>, Class)> {
    let lexed = lexeme::lex(
        text,
        FileId::default(),
        session.vocabulary(),
        &session.settings.parameters,
    );
    let mut spans = Vec::new();
    let mut before = None;
    for token in &lexed.tokens {
        let range = token.span.range();
        let open = range.end == text.len();
        spans.push((range, class(session, token, before, open)));
        before = token.readings.keyword;
    }
    spans.extend(lexed.comments.into_iter().map(|range| (range, Class::Comment)));
    spans.sort_by_key(|(range, _)| range.start);
    for (range, _) in &mut spans {
        *range = range.start + offset..range.end + offset;
    }
    spans
}

/// `open`: the cursor may still be in the word.
fn class(session: &Session, token: &Token, before: Option<Keyword>, open: bool) -> Class {
    let readings = &token.readings;
    let quoted = matches!(token.form, Form::Quoted | Form::Id);
    match readings.keyword {
        Some(_) if before == Some(Keyword::As) || !(readings.verb || readings.name) => {
            return Class::Keyword;
        }
        _ => {}
    }
    if readings.variable {
        Class::Variable
    } else if readings.verb && !quoted {
        Class::Verb
    } else if readings.name {
        known_name(session, token)
    } else if readings.date {
        Class::Date
    } else if readings.kind {
        Class::Kind
    } else if readings.number.is_some() {
        Class::Number
    } else if readings.mark.is_some() || (open && is_begun(session, &token.key)) {
        Class::Other
    } else {
        Class::Unknown
    }
}

/// A quoted text and an id are names by their form; whether anything has them is another matter.
fn known_name(session: &Session, token: &Token) -> Class {
    let vocabulary = session.vocabulary();
    let known = match token.form {
        Form::Id => !vocabulary.by_id(&token.written).is_empty(),
        Form::Quoted => !vocabulary.names(&token.key).is_empty(),
        _ => true,
    };
    if known { Class::Name } else { Class::Unknown }
}

/// Whether a word of the casebook or of the language begins so.
fn is_begun(session: &Session, key: &str) -> bool {
    let vocabulary = session.vocabulary();
    let classes = [Words::Name, Words::Verb, Words::Kind];
    classes.iter().any(|&class| vocabulary.starting(class, key).next().is_some())
        || SPELLINGS
            .iter()
            .flat_map(|(_, spellings)| spellings.iter())
            .any(|spelling| spelling.starts_with(key))
}
