//! Faults of syntax: what ron objects to and what is torn, said so that a person can mend it.

use super::{node::Fault, scan::Scanner, scan::Tear};
use crate::text::{Diagnostic, FileId, Span, safe::shorten};
use ron::Error;

/// The names of the diagnostics of this module.
pub(super) const NAMES: &[&str] = &[
    "mismatched-bracket",
    "nested-too-deeply",
    "syntax",
    "unclosed-bracket",
    "unclosed-comment",
    "unclosed-text",
];

/// The text from `at` to the end of its token, short and in backticks, or `the end of the file`.
pub(super) fn found(text: &str, at: usize) -> String {
    let scanner = Scanner::new(text);
    let end = match scanner.byte(at) {
        _ if at >= text.len() => return "the end of the file".to_owned(),
        b'"' => text[at + 1..]
            .find(['"', '\n', '\r'])
            .map_or(text.len(), |end| at + 2 + end),
        _ => scanner
            .token(at)
            .max(at + scanner.char(at).map_or(1, char::len_utf8)),
    };
    format!(
        "`{}`",
        shorten(text[at..end.min(text.len())].trim_end(), 24)
    )
}

/// What stands at `at`, as a span: its token, at least one character.
pub(super) fn token(file: FileId, text: &str, at: usize) -> Span {
    let scanner = Scanner::new(text);
    let one = scanner.char(at).map_or(0, char::len_utf8);
    Span::new(file, at, scanner.token(at).max(at + one))
}

/// The diagnostic of a tear.
pub(super) fn tear(file: FileId, text: &str, tear: Tear) -> Diagnostic {
    let span = |at: usize, length: usize| Span::new(file, at, (at + length).min(text.len()));
    let bracket = |at: usize| text[at..].chars().next().unwrap_or('(');
    match tear {
        Tear::Comment(at) => {
            Diagnostic::error("unclosed-comment", "this comment never ends", span(at, 2))
                .help("close it with `*/`, once for every `/*` inside it")
        }
        Tear::Text(at) => unclosed_text(span(at, 1)),
        Tear::Mismatch(open, close) => {
            let (opened, closed) = (bracket(open), bracket(close));
            Diagnostic::error(
                "mismatched-bracket",
                format!("`{closed}` does not close `{opened}`"),
                span(close, 1),
            )
            .label(span(open, 1), "opened here")
            .help(format!(
                "write `{}` before it, or take it out",
                partner(opened)
            ))
        }
        Tear::Unclosed(open, end) => {
            let opened = bracket(open);
            let closing = partner(opened);
            let problem = Diagnostic::error(
                "unclosed-bracket",
                format!("`{opened}` is never closed"),
                span(open, 1),
            );
            let help = format!("write `{closing}` where it ends");
            let problem = if end < text.len() {
                problem.label(token(file, text, end), "the next record begins here")
            } else {
                problem
            };
            problem.help(help)
        }
        Tear::Deep(at) => Diagnostic::error(
            "nested-too-deeply",
            "brackets stand inside each other too deeply",
            span(at, 1),
        )
        .help("no record needs more than six brackets inside each other"),
    }
}

fn partner(bracket: char) -> char {
    match bracket {
        '[' => ']',
        '{' => '}',
        _ => ')',
    }
}

fn unclosed_text(quote: Span) -> Diagnostic {
    Diagnostic::error("unclosed-text", "this text is never closed", quote)
        .help("write `\"` where it ends; inside a text write `\\\"`")
}

/// The diagnostic of what ron objects to.
pub(super) fn fault(file: FileId, text: &str, fault: &Fault) -> Diagnostic {
    let end = fault.at.min(text.len());
    let back = |mark: char| text[..end].rfind(mark).unwrap_or(end);
    let at = match fault.reason {
        Error::InvalidEscape(_) => back('\\'),
        Error::ExpectedChar => back('\''),
        _ => Scanner::new(text).trivia(end).unwrap_or(end),
    };
    let here = token(file, text, at);
    let found = found(text, at);
    let syntax = |message: String| Diagnostic::error("syntax", message, here);
    let value = || syntax(format!("a value is expected, found {found}"));
    match &fault.reason {
        Error::ExpectedComma
        | Error::ExpectedStructLikeEnd
        | Error::ExpectedOptionEnd
        | Error::ExpectedArrayEnd
        | Error::ExpectedMapEnd => comma(file, text, at, fault),
        Error::ExpectedMapColon => syntax(format!("a colon is missing before {found}"))
            .help("a field is written `name: value`"),
        Error::ExpectedIdentifier
        | Error::SuggestRawIdentifier(_)
        | Error::InvalidIdentifier(_) => {
            syntax(format!("the name of a field is expected, found {found}"))
                .help("a field is written `name: value`")
        }
        Error::UnexpectedChar('“' | '”' | '„' | '«' | '»' | '‘' | '’') => {
            value().help("texts stand in straight double quotes: `\"…\"`")
        }
        Error::ExpectedChar => value().help("texts stand in double quotes: `\"…\"`"),
        Error::UnexpectedChar(_) | Error::ExpectedString | Error::Eof => value(),
        Error::ExpectedFloat
        | Error::ExpectedInteger
        | Error::InvalidIntegerDigit { .. }
        | Error::FloatUnderscore => syntax(format!("{found} is no number"))
            .help("dates and texts stand in double quotes: `\"2025-10\"`"),
        Error::InvalidEscape(_) => syntax("a backslash begins no such escape".to_owned()).help(
            "write `\\\\` for a backslash, `\\\"` for a quotation mark, `\\n` for a line end",
        ),
        Error::IntegerOutOfBounds => syntax("the number is too large".to_owned()),
        Error::ExceededRecursionLimit => tear(file, text, Tear::Deep(at)),
        Error::ExpectedStringEnd => unclosed_text(here),
        other => syntax(shorten(
            &format!("this is not RON: {}", other.to_string().to_lowercase()),
            100,
        )),
    }
}

/// The diagnostic where ron wants a comma or a closing bracket: often a quotation mark is what is missing.
fn comma(file: FileId, text: &str, at: usize, fault: &Fault) -> Diagnostic {
    let here = token(file, text, at);
    let found = found(text, at);
    let next = text.as_bytes().get(at);
    let last = fault.last_text.clone();
    let after_text = last.end > 0
        && text
            .get(last.end..at)
            .is_some_and(|between| between.trim().is_empty());
    if after_text && text[last.clone()].contains(['\n', '\r']) {
        let quote = Span::new(file, last.start, last.start + 1);
        return unclosed_text(quote).label(here, "read up to here as one text");
    }
    if after_text && last.end == at {
        let message = format!("a text ends before {found}: a comma or a quotation mark is missing");
        return Diagnostic::error("syntax", message, here)
            .label(
                Span::new(file, last.start, last.start + 1),
                "the text began here",
            )
            .help("a text ends at the next `\"`; inside it write `\\\"`");
    }
    let before = text[..at].chars().next_back();
    if next == Some(&b'"') && before.is_some_and(char::is_alphanumeric) {
        return Diagnostic::error(
            "syntax",
            "a quotation mark stands in the middle of a word",
            here,
        )
        .help("a text begins with `\"` too");
    }
    let problem = Diagnostic::error("syntax", format!("a comma is missing before {found}"), here);
    let date = before.is_some_and(|c| c.is_ascii_digit())
        && matches!(next, Some(b'-' | b'/' | b'~' | b'?' | b'%'));
    problem.help(if date {
        "dates stand in double quotes: `\"2025-10\"`"
    } else {
        "fields and the items of a list are parted by commas"
    })
}
