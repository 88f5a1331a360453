//! A file's records, one by one: each is found by its brackets and read on its own, so that a bad one hides no other.

use super::{
    conflicts,
    node::{self, Node},
    plain,
    scan::{RECORDS, Scanner, Tear},
    syntax,
};
use crate::text::{Diagnostic, FileId, Span, safe::shorten, suggest::suggest};
use std::ops::Range;

/// The longest record, in bytes.
const LONGEST_RECORD: usize = 1 << 20;
/// A look this far that ends in an error is counted among those that cost much.
const LONG_LOOK: usize = 1 << 16;
/// After so many errors in one file the rest of it is not read.
const MOST_ERRORS: usize = 1000;
/// After so many records that each hide the rest of the file, the rest is not read.
const MOST_TORN: usize = 10;

/// The names of the diagnostics of this module.
pub(super) const NAMES: &[&str] = &[
    "lone-carriage-return",
    "not-a-list",
    "not-a-record",
    "nul-character",
    "record-too-long",
    "text-after-list",
    "too-many-errors",
    "unknown-record",
];

/// Reads one file; gives each record that is valid RON and has the name of a record kind to `each`.
pub(super) fn split<'a>(
    file: FileId,
    text: &'a str,
    diagnostics: &mut Vec<Diagnostic>,
    mut each: impl FnMut(Node<'a>, &mut Vec<Diagnostic>),
) {
    let start = diagnostics.len();
    // `contains` is many times faster than `position`.
    if let Some(at) = text
        .as_bytes()
        .contains(&0)
        .then(|| text.find('\0'))
        .flatten()
    {
        diagnostics.push(nul(Span::new(file, at, at + 1)));
        return;
    }
    let conflicts = conflicts::find(file, text, diagnostics);
    let mut splitter = Splitter {
        file,
        text,
        scanner: Scanner::new(text),
        conflicts,
        diagnostics,
        start,
        torn: 0,
    };
    splitter.file(&mut each);
    let lone = splitter.scanner.lone_return.take();
    let told = splitter.diagnostics[start..]
        .iter()
        .any(|told| told.name == "lone-carriage-return");
    splitter.lone_return(lone.filter(|_| !told));
}

fn nul(at: Span) -> Diagnostic {
    Diagnostic::error(
        "nul-character",
        "the file holds a NUL character, so it is no text",
        at,
    )
    .help("save it as UTF-8 text; nothing of this file was read")
}

/// What was read.
struct Item {
    /// Where reading goes on.
    end: usize,
    /// Whether it ended there; if not, that is the head of the next record.
    whole: bool,
}

struct Splitter<'d, 'a> {
    file: FileId,
    text: &'a str,
    scanner: Scanner<'a>,
    /// The lines that are conflict markers.
    conflicts: Vec<Range<usize>>,
    diagnostics: &'d mut Vec<Diagnostic>,
    /// How many diagnostics there were before this file.
    start: usize,
    /// How many records hid the rest of the file.
    torn: usize,
}

impl<'a> Splitter<'_, 'a> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    fn file(&mut self, each: &mut impl FnMut(Node<'a>, &mut Vec<Diagnostic>)) {
        let Some(mut at) = self.skip(0) else { return };
        while self.text[at..].starts_with("#![") {
            let Some(end) = self.attribute(at) else { break };
            let Some(next) = self.skip(end) else { return };
            at = next;
        }
        if at == self.text.len() {
            return;
        }
        let mut list = None;
        if self.scanner.byte(at) == b'[' {
            list = Some(at);
            at += 1;
        } else {
            let first = syntax::token(self.file, self.text, at);
            self.report(
                Diagnostic::error(
                    "not-a-list",
                    format!(
                        "a file is a list of records, found {}",
                        syntax::found(self.text, at)
                    ),
                    first,
                )
                .help("write `[` before the first record and `]` after the last"),
            );
        }
        self.records(list, at, each);
    }

    /// `#![enable(implicit_some)]`, which is what is read anyhow: the end of an attribute that ron knows.
    fn attribute(&mut self, at: usize) -> Option<usize> {
        let end = self.scanner.bracket(at + 2).ok()?;
        if !node::is_attribute(&self.text[at..end]) {
            let message = format!(
                "{} is nothing that RON knows",
                syntax::found(self.text, at + 3)
            );
            let problem = Diagnostic::error("syntax", message, self.span(at, end));
            self.report(problem.help("take the line out: nothing needs to be enabled"));
        }
        Some(end)
    }

    fn records(
        &mut self,
        mut list: Option<usize>,
        mut at: usize,
        each: &mut impl FnMut(Node<'a>, &mut Vec<Diagnostic>),
    ) {
        // The end of a record after which a comma is due.
        let mut due: Option<usize> = None;
        loop {
            let Some(next) = self.skip(at) else { return };
            at = next;
            if self.diagnostics.len() - self.start >= MOST_ERRORS || self.torn > MOST_TORN {
                return self.give_up(at);
            }
            match self.scanner.byte(at) {
                0 => break,
                b',' => {
                    if due.take().is_none() {
                        let problem = Diagnostic::error(
                            "syntax",
                            "a comma stands here without a record before it",
                            self.span(at, at + 1),
                        );
                        self.report(problem.help("take it out"));
                    }
                    at += 1;
                }
                b']' if list.take().is_some() => {
                    at += 1;
                    due = None;
                    self.after_list(at);
                }
                _ => {
                    if let Some(end) = due {
                        let last = self.text[..end]
                            .chars()
                            .next_back()
                            .map_or(0, char::len_utf8);
                        let span = self.span(end - last, end);
                        let message = "a comma is missing between two records";
                        let problem = Diagnostic::error("syntax", message, span);
                        self.report(problem.help("write `,` after each record"));
                    }
                    let item = self.item(at, each);
                    at = item.end;
                    due = item.whole.then_some(at);
                    // What is torn up to the end of the file took the end of the list with it.
                    list = list.filter(|_| item.whole || at < self.text.len());
                }
            }
        }
        if let Some(open) = list.filter(|_| self.scanner.lone_return.get().is_none()) {
            self.report(syntax::tear(
                self.file,
                self.text,
                Tear::Unclosed(open, self.text.len()),
            ));
        }
    }

    /// Only comments may follow the list that ended before `at`.
    fn after_list(&mut self, at: usize) {
        let Ok(rest) = self.scanner.trivia(at) else {
            return;
        };
        if rest < self.text.len() {
            let message = format!(
                "the list of records has ended, found {}",
                syntax::found(self.text, rest)
            );
            let problem = Diagnostic::error(
                "text-after-list",
                message,
                syntax::token(self.file, self.text, rest),
            );
            let problem = problem.label(self.span(at - 1, at), "ended here");
            self.report(problem.help("take the `]` out, or move it to the end of the file"));
        }
    }

    fn give_up(&mut self, at: usize) {
        let span = syntax::token(self.file, self.text, at);
        self.report(
            Diagnostic::error(
                "too-many-errors",
                "too many errors: from here on the file was not read",
                span,
            )
            .help("mend the first ones and check again"),
        );
    }

    /// To the next token, past comments and conflict markers; `None` when a comment never ends, which is reported.
    fn skip(&mut self, mut at: usize) -> Option<usize> {
        loop {
            match self.scanner.trivia(at) {
                Ok(next) => at = next,
                Err(open) => {
                    self.report(syntax::tear(self.file, self.text, Tear::Comment(open)));
                    return None;
                }
            }
            match self
                .conflicts
                .binary_search_by_key(&at, |marker| marker.start)
            {
                Ok(marker) => at = self.conflicts[marker].end,
                Err(_) => break,
            }
        }
        Some(at)
    }

    /// Reports a `//` comment that goes on past what its author sees as the end of its line; whether there is one.
    fn lone_return(&mut self, place: Option<usize>) -> bool {
        if let Some(at) = place {
            let span = self.span(at, at + 1);
            self.report(
                Diagnostic::error(
                    "lone-carriage-return",
                    "a comment does not end here, at a carriage return without a line feed",
                    span,
                )
                .help("save the file with the line ends of Unix or Windows"),
            );
        }
        place.is_some()
    }

    /// Reads the record (or what stands in place of one) that begins at `at`.
    fn item(&mut self, at: usize, each: &mut impl FnMut(Node<'a>, &mut Vec<Diagnostic>)) -> Item {
        let name_end = self.scanner.word(at);
        let open = self.scanner.trivia(name_end).unwrap_or(self.text.len());
        if name_end == at || self.scanner.byte(open) != b'(' {
            return self.not_a_record(at);
        }
        let known = RECORDS.contains(&&self.text[at..name_end]);
        if known {
            let limit = self.limit(at + LONGEST_RECORD);
            let node = plain::read(&self.scanner, at..limit).map(Ok);
            match node.unwrap_or_else(|| node::read(&self.scanner, at..limit)) {
                Ok(node) => {
                    let end = node.range.end;
                    each(node, self.diagnostics);
                    return Item { end, whole: true };
                }
                Err(fault) => self.torn += usize::from(fault.at - at > LONG_LOOK),
            }
        }
        match self.scanner.bracket(open) {
            Err(tear) => self.torn(at, open, tear),
            Ok(end) if !known => self.unknown_record(at, name_end, end),
            Ok(end) if end - at > LONGEST_RECORD => {
                let span = self.span(at, name_end);
                let problem =
                    Diagnostic::error("record-too-long", "this record is longer than 1 MiB", span);
                let problem = problem.record(self.span(at, end));
                self.report(problem.help("long texts belong into files of their own"));
                Item { end, whole: true }
            }
            Ok(end) => self.faulty(at, end),
        }
    }

    /// The character boundary at or before an offset.
    fn limit(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn unknown_record(&mut self, at: usize, name_end: usize, end: usize) -> Item {
        let name = &self.text[at..name_end];
        let help = match suggest(name, RECORDS.iter().copied()).first() {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the kinds are {}", RECORDS.join(", ")),
        };
        let message = format!("`{}` is no kind of record", shorten(name, 60));
        let problem = Diagnostic::error("unknown-record", message, self.span(at, name_end));
        self.report(problem.record(self.span(at, end)).help(help));
        Item { end, whole: true }
    }

    /// A record whose brackets close and which is not valid RON. A quotation mark that is missing may have swallowed the
    /// heads of the records that follow: reading goes on at the first.
    fn faulty(&mut self, at: usize, end: usize) -> Item {
        let next = self.scanner.next_head(at..end);
        let item = Item {
            end: next.unwrap_or(end),
            whole: next.is_none(),
        };
        if !self.in_conflict(at..item.end)
            && let Err(fault) = node::read(&Scanner::new(self.text), at..end)
        {
            let problem = syntax::fault(self.file, self.text, &fault);
            self.report(problem.record(self.record_span(at, item.end)));
        }
        item
    }

    /// A record whose brackets or quotes do not close: the first thing wrong with it is reported, and reading goes on at
    /// the head of the next record.
    fn torn(&mut self, at: usize, open: usize, tear: Tear) -> Item {
        // Only these cost a look over the rest of the file; the others end at the head of the next record.
        self.torn += usize::from(matches!(tear, Tear::Text(_) | Tear::Comment(_)));
        let end = self
            .scanner
            .next_head(at..self.text.len())
            .unwrap_or(self.text.len());
        // Up to the next record alone, so that a quote of a later record does not close one of this.
        let part = Scanner::new(&self.text[..end]);
        let tear = part.bracket(open).err().unwrap_or(tear);
        let item = Item { end, whole: false };
        if self.in_conflict(at..end) || self.lone_return(part.lone_return.get()) {
            return item;
        }
        let readable = end - at <= LONGEST_RECORD && !matches!(tear, Tear::Deep(_));
        let fault = if readable {
            node::read(&part, at..end).err()
        } else {
            None
        };
        let problem = match fault {
            Some(fault) if fault.at < tear.at() => syntax::fault(self.file, part.text, &fault),
            _ => syntax::tear(self.file, self.text, tear),
        };
        self.report(problem.record(self.record_span(at, end)));
        item
    }

    /// From the start of a torn record to the end of its last line.
    fn record_span(&self, start: usize, end: usize) -> Span {
        self.span(start, start + self.text[start..end].trim_end().len())
    }

    fn in_conflict(&self, range: Range<usize>) -> bool {
        let first = self
            .conflicts
            .partition_point(|marker| marker.end < range.start);
        self.conflicts
            .get(first)
            .is_some_and(|marker| marker.start < range.end)
    }

    /// What stands in the list and does not begin like a record: a value, a word, a stray character.
    fn not_a_record(&mut self, at: usize) -> Item {
        let one = at + self.scanner.char(at).map_or(1, char::len_utf8);
        let item = |end: usize| Item { end, whole: true };
        let item = match self.scanner.byte(at) {
            b'(' | b'[' | b'{' => match self.scanner.bracket(at) {
                Ok(end) => item(end),
                // A list in the list: its records are records all the same.
                Err(Tear::Unclosed(open, _)) if open == at => Item {
                    end: one,
                    whole: false,
                },
                Err(tear) => return self.torn(at, at, tear),
            },
            b'"' => item(self.scanner.quoted(at).unwrap_or(self.text.len())),
            _ => item(self.scanner.token(at).max(one)),
        };
        let message = format!(
            "a record is expected, found {}",
            syntax::found(self.text, at)
        );
        let span = syntax::token(self.file, self.text, at);
        let problem =
            Diagnostic::error("not-a-record", message, span).record(self.span(at, item.end));
        self.report(problem.help("a record is written `Entity(id: \"…\", …)`"));
        item
    }
}
