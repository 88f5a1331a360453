//! Brackets that have no partner.

use super::super::token::{Mark, Token};
use super::input::{Expected, Want};
use super::problem::Place;
use crate::text::Diagnostic;

/// Brackets that are not closed or not opened.
pub(super) fn bracket(
    place: &Place<'_>,
    expected: Expected,
    found: Option<&Token>,
) -> Option<Diagnostic> {
    let mut open = Vec::new();
    for token in place.tokens.iter().take(expected.at as usize) {
        match token.readings.mark {
            Some(Mark::Open | Mark::OpenSquare) => open.push(token),
            Some(Mark::Close | Mark::CloseSquare) => drop(open.pop()),
            _ => {}
        }
    }
    let mark = found.and_then(|token| token.readings.mark);
    match (mark, open.last()) {
        (Some(Mark::Close | Mark::CloseSquare), None) => {
            let message = "there is no open bracket that this one closes";
            found.map(|token| Diagnostic::error("unopened-bracket", message, token.span))
        }
        (Some(Mark::Question | Mark::Bar | Mark::Semicolon), Some(open)) => Some(unclosed(open)),
        (None, Some(open)) if found.is_none() => {
            let close = [Mark::Close, Mark::CloseSquare];
            let closable = close
                .iter()
                .any(|&mark| expected.wanted.has(Want::Mark(mark)));
            closable.then(|| unclosed(open))
        }
        _ => None,
    }
}

fn unclosed(open: &Token) -> Diagnostic {
    let message = "this bracket is not closed";
    let close = match open.readings.mark {
        Some(Mark::OpenSquare) => "]",
        _ => ")",
    };
    Diagnostic::error("unclosed-bracket", message, open.span)
        .help(format!("close it with `{close}`"))
}
