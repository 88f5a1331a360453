//! The words of a line by what they are, for the colours of the prompt.

use super::Session;
use super::command;
use crate::query::question::complete::{TokenClass, classify, spots};
use std::ops::Range;

/// What a piece of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A piece of a question.
    Token(TokenClass),
    /// A command.
    Command,
}

/// The pieces of a line with their places, in order; what is between them is nothing in particular. A word in which the
/// cursor may still be is left out while something begins like it.
#[must_use]
pub fn spans(session: &Session, line: &str) -> Vec<(Range<usize>, Class)> {
    let indent = line.len() - line.trim_start().len();
    let Some(rest) = line.trim_start().strip_prefix(':') else {
        return question(session, line, 0);
    };
    let name_length = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let end = indent + 1 + name_length;
    let found = command::find(&rest[..name_length]);
    let class = if found.is_ok() || name_length == rest.len() {
        Class::Command
    } else {
        Class::Token(TokenClass::Unknown)
    };
    let mut spans = vec![(indent..end, class)];
    if found.is_ok_and(|command| matches!(command.takes, command::Takes::Question)) {
        spans.extend(question(session, &line[end..], end));
    }
    spans
}

fn question(session: &Session, text: &str, offset: usize) -> Vec<(Range<usize>, Class)> {
    let parameters = &session.settings.parameters;
    let mut pieces = classify(text, session.vocabulary(), parameters);
    // Questions read only from here on may overlap where a problem marks what is a token too.
    let mut end = 0;
    pieces.retain(|(range, _)| {
        let apart = range.start >= end && range.end <= text.len() && !range.is_empty();
        if apart {
            end = range.end;
        }
        apart
    });
    if let Some((range, TokenClass::Unknown)) = pieces.last()
        && range.end == text.len()
        && is_begun(session, text)
    {
        pieces.pop();
    }
    let shifted = |range: Range<usize>| range.start + offset..range.end + offset;
    pieces
        .into_iter()
        .map(|(range, class)| (shifted(range), Class::Token(class)))
        .collect()
}

/// Whether something that may stand there begins like the end of the text.
fn is_begun(session: &Session, text: &str) -> bool {
    let spots = spots(text, session.vocabulary(), &session.settings.parameters);
    spots
        .iter()
        .any(|spot| super::complete::may_begin(session, spot))
}
