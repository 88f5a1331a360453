//! Scripts of questions (`.cq`): where each question begins and ends, and what it is expected to answer.
//!
//! A question ends at `;`, at a blank line, or where its expectation begins; a line that begins with `|` continues it.
//! Lines that begin with `#=` hold the expected answer of the question above them, lines that begin with `#!` the
//! expected error. Any other `#` begins a comment.

use super::grammar;
use super::lexeme;
use crate::query::limits::Limits;
use crate::query::vocabulary::Vocabulary;
use crate::text::FileId;
use std::ops::Range;

/// Lines that say what is expected, without their mark and one space after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// From the first mark to the end of the last line, without its line end.
    pub range: Range<usize>,
    /// The lines.
    pub lines: Vec<String>,
}

/// A question of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The bytes of the question, without a final `;`.
    pub question: Range<usize>,
    /// Where its last line ends: an expectation may be put in there.
    pub end: usize,
    /// `#=` lines.
    pub answer: Option<Expectation>,
    /// `#!` lines.
    pub error: Option<Expectation>,
}

/// The questions of a script, in order. Comments alone are no question.
#[must_use]
pub fn split(text: &str) -> Vec<Entry> {
    let mut splitter = Splitter {
        text,
        entries: Vec::new(),
        open: None,
        ended: true,
    };
    let mut quote = None;
    for line in lines(text) {
        quote = splitter.line(line, quote);
    }
    splitter.finish();
    splitter.entries
}

struct Splitter<'t> {
    text: &'t str,
    entries: Vec<Entry>,
    /// The question that is being read: from its first to after its last character that counts.
    open: Option<Range<usize>>,
    /// Nothing may continue the last question.
    ended: bool,
}

/// Byte ranges of lines without their ends; `\n`, `\r\n` and a lone `\r` end a line.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let after_return = at > 0 && bytes[at - 1] == b'\r' && *byte == b'\n';
        if after_return {
            start = at + 1;
        } else if matches!(byte, b'\n' | b'\r') {
            found.push(start..at);
            start = at + 1;
        }
    }
    found.push(start..text.len());
    found
}

impl Splitter<'_> {
    /// Takes in a line, inside the quotation mark `quote` if there is one; gives the one that is open at its end.
    fn line(&mut self, line: Range<usize>, quote: Option<char>) -> Option<char> {
        let content = &self.text[line.clone()];
        let trimmed = content.trim_start().trim_start_matches('\u{feff}');
        if trimmed.trim_end().is_empty() {
            self.finish();
            return None;
        }
        for mark in ["#=", "#!"] {
            if let Some(rest) = trimmed.strip_prefix(mark) {
                self.finish();
                self.expectation(mark, rest, &line, line.end - trimmed.len());
                return None;
            }
        }
        if trimmed.starts_with('|') && self.open.is_none() && !self.ended {
            self.open = self.entries.pop().map(|entry| entry.question);
        }
        self.words(line, quote)
    }

    fn words(&mut self, line: Range<usize>, mut quote: Option<char>) -> Option<char> {
        for (offset, c) in self.text[line.clone()].char_indices() {
            let at = line.start + offset;
            match (quote, c) {
                (Some(open), _) if lexeme::closes(open, c) => quote = None,
                (Some(_), _) => {}
                (None, '#') => break,
                (None, ';') => {
                    self.finish();
                    self.ended = true;
                    continue;
                }
                (None, _) if lexeme::is_quote(c) => quote = Some(c),
                (None, _) => {}
            }
            if !c.is_whitespace() && c != '\u{feff}' {
                let start = self.open.as_ref().map_or(at, |open| open.start);
                self.open = Some(start..at + c.len_utf8());
            }
        }
        quote
    }

    fn finish(&mut self) {
        if let Some(question) = self.open.take() {
            let rest = &self.text[question.end..];
            let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
            self.entries.push(Entry {
                end: question.end + end,
                question,
                answer: None,
                error: None,
            });
            self.ended = false;
        }
    }

    fn expectation(&mut self, mark: &str, rest: &str, line: &Range<usize>, start: usize) {
        self.ended = true;
        let Some(entry) = self.entries.last_mut() else {
            return;
        };
        let slot = match mark {
            "#=" => &mut entry.answer,
            _ => &mut entry.error,
        };
        let found = slot.get_or_insert_with(|| Expectation {
            range: start..line.end,
            lines: Vec::new(),
        });
        found.range.end = line.end;
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        found.lines.push(rest.trim_end().to_owned());
    }
}

/// Whether a text at the prompt goes on: a quotation mark or a bracket is open, or more must follow.
#[must_use]
pub fn unfinished(text: &str, vocabulary: &Vocabulary, parameters: &[(String, String)]) -> bool {
    let limits = Limits::default();
    let lexed = lexeme::lex(text, FileId::default(), vocabulary, parameters);
    if lexed.open_quote {
        return true;
    }
    if lexed.tokens.is_empty() || !lexed.problems.is_empty() {
        return false;
    }
    let ended = text.trim_end().ends_with([';', '?']);
    !ended && grammar::wants_more(&lexed.tokens, limits.nesting)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Lines = Option<Vec<String>>;

    fn shown(text: &str) -> Vec<(&str, Lines, Lines)> {
        let lines = |found: Option<Expectation>| found.map(|found| found.lines);
        split(text)
            .into_iter()
            .map(|entry| {
                let question = &text[entry.question];
                (question, lines(entry.answer), lines(entry.error))
            })
            .collect()
    }

    fn questions(text: &str) -> Vec<&str> {
        shown(text)
            .into_iter()
            .map(|(question, ..)| question)
            .collect()
    }

    #[test]
    fn questions_end_at_a_semicolon_or_a_blank_line() {
        assert_eq!(questions("a; b ;\nc\nd\n\ne"), ["a", "b", "c\nd", "e"]);
        assert_eq!(questions("a\r\n\r\nb\r\rc"), ["a", "b", "c"]);
        assert_eq!(questions("# only\n\n#= lost\n \n"), [""; 0]);
        assert_eq!(
            questions("\u{feff}a # why; not\n# between\nb"),
            ["a # why; not\n# between\nb"]
        );
    }

    #[test]
    fn a_bar_continues() {
        assert_eq!(questions("a\n| b\n\n| c\n\nd"), ["a\n| b\n\n| c", "d"]);
        assert_eq!(questions("a;\n| c"), ["a", "| c"]);
    }

    #[test]
    fn quotes_hide_marks() {
        assert_eq!(questions("a \"x;#y\" b; c"), ["a \"x;#y\" b", "c"]);
        assert_eq!(questions("a “x; \" b; c"), ["a “x; \" b", "c"]);
        assert_eq!(
            questions("a \"x\n\nc"),
            ["a \"x", "c"],
            "a blank line ends even that"
        );
    }

    #[test]
    fn expectations_belong_to_the_question_above() {
        let text = "a\n#= who\n#=\n#=  x\n# note\nb\n\n#! no such\n#= y";
        let lines = |lines: &[&str]| Some(lines.iter().map(|&line| line.to_owned()).collect());
        assert_eq!(
            shown(text),
            [
                ("a", lines(&["who", "", " x"]), None),
                ("b", lines(&["y"]), lines(&["no such"])),
            ]
        );
        let entry = &split(text)[0];
        assert_eq!(entry.end, 1);
        let range = entry.answer.as_ref().map(|answer| answer.range.clone());
        assert_eq!(
            range.and_then(|range| text.get(range)),
            Some("#= who\n#=\n#=  x")
        );
    }
}
