//! The lexical shape of RON: where white space, comments, texts and brackets end. ron decides what is valid; this only
//! finds places, so that one torn record does not hide its neighbours and every value has a span.

use std::{cell::Cell, ops::Range};

/// How deep brackets may nest in one record. Format 1 needs six.
pub(super) const DEEPEST: usize = 40;

/// Names of the record kinds: the ones that begin a record at the head of a line.
pub(super) const RECORDS: &[&str] = &[
    "Casebook",
    "Kind",
    "Relation",
    "Publication",
    "Source",
    "Entity",
    "Claim",
    "SameAs",
    "Judged",
];

/// Why a bracket finds no partner. Offsets are bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tear {
    /// `/* …` up to the end of the text.
    Comment(usize),
    /// `"…` up to the end of the text.
    Text(usize),
    /// `( … ]`: the opening and the closing bracket.
    Mismatch(usize, usize),
    /// `( …` up to the end of the text or the head of the next record, which is the second offset.
    Unclosed(usize, usize),
    /// More brackets inside each other than any record needs: the one too many.
    Deep(usize),
}

impl Tear {
    /// Where the tear shows.
    pub(super) fn at(self) -> usize {
        match self {
            Self::Comment(at)
            | Self::Text(at)
            | Self::Mismatch(_, at)
            | Self::Unclosed(_, at)
            | Self::Deep(at) => at,
        }
    }
}

/// Finds places in one text.
#[derive(Debug)]
pub(super) struct Scanner<'a> {
    /// The text.
    pub(super) text: &'a str,
    /// The first carriage return without a line feed in a `//` comment: the comment goes on where its author sees a new
    /// line.
    pub(super) lone_return: Cell<Option<usize>>,
}

impl<'a> Scanner<'a> {
    /// A scanner of `text`.
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            lone_return: Cell::new(None),
        }
    }

    /// The byte at an offset; 0 past the end.
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    /// The character that begins at an offset.
    pub(super) fn char(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// The first byte at or after `at` that is neither white space nor comment; `Err` with the start of a block
    /// comment that never ends.
    pub(super) fn trivia(&self, mut at: usize) -> Result<usize, usize> {
        loop {
            match self.byte(at) {
                b' ' | b'\t'..=b'\r' => at += 1,
                b'/' if matches!(self.byte(at + 1), b'/' | b'*') => {
                    at = self.comment(at).ok_or(at)?
                }
                0x80.. => match self.char(at) {
                    Some(c @ ('\u{85}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}')) => {
                        at += c.len_utf8()
                    }
                    _ => return Ok(at),
                },
                _ => return Ok(at),
            }
        }
    }

    /// The end of the comment that begins at `at`; `None` for a block comment that never ends.
    fn comment(&self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if self.byte(at + 1) == b'/' {
            let end = bytes[at..]
                .iter()
                .position(|&byte| byte == b'\n')
                .map_or(bytes.len(), |end| at + end);
            let lone = self.text[at..end].find('\r').map(|back| at + back);
            if let Some(lone) =
                lone.filter(|&lone| lone + 1 < end && self.lone_return.get().is_none())
            {
                self.lone_return.set(Some(lone));
            }
            return Some(end);
        }
        let (mut at, mut level) = (at + 2, 1);
        while level > 0 {
            match (*bytes.get(at)?, self.byte(at + 1)) {
                (b'/', b'*') => (at, level) = (at + 2, level + 1),
                (b'*', b'/') => (at, level) = (at + 2, level - 1),
                _ => at += 1,
            }
        }
        Some(at)
    }

    /// The end of the word (identifier) that begins at `at`; `at` itself when none does.
    pub(super) fn word(&self, at: usize) -> usize {
        let mut end = at;
        while self.byte(end).is_ascii_alphanumeric() || self.byte(end) == b'_' {
            end += 1;
        }
        if self.byte(end) < 0x80 {
            return end;
        }
        let is_word = |c: &char| c.is_alphanumeric() || *c == '_';
        end + self.text[end..]
            .chars()
            .take_while(is_word)
            .map(char::len_utf8)
            .sum::<usize>()
    }

    /// The end of the text whose opening quote stands at `quote`, raw texts (`r#"…"#`) included; `None` when it never
    /// ends.
    pub(super) fn quoted(&self, quote: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let hashes = bytes[..quote]
            .iter()
            .rev()
            .take_while(|&&byte| byte == b'#')
            .count();
        let before = |back: usize| {
            quote
                .checked_sub(hashes + back)
                .map_or(0, |at| self.byte(at))
        };
        let starts_word = |byte: u8| !(byte.is_ascii_alphanumeric() || byte == b'_');
        if before(1) == b'r'
            && (starts_word(before(2)) || before(2) == b'b' && starts_word(before(3)))
        {
            let closing = format!("\"{}", "#".repeat(hashes));
            return self.text[quote + 1..]
                .find(&closing)
                .map(|at| quote + 1 + at + closing.len());
        }
        let end = quote + 1 + self.text[quote + 1..].find('"')?;
        let Some(escape) = self.text[quote + 1..end].find('\\') else {
            return Some(end + 1);
        };
        let mut at = quote + 1 + escape;
        loop {
            match *bytes.get(at)? {
                b'"' => return Some(at + 1),
                b'\\' => at += 2,
                _ => at += 1,
            }
        }
    }

    /// The end of the character literal at `at` (`'x'`), or just past the quotation mark when it is none.
    fn character(&self, at: usize) -> usize {
        let inside = if self.byte(at + 1) == b'\\' { 2 } else { 1 };
        let Some(c) = self.char(at + inside) else {
            return at + 1;
        };
        let end = at + inside + c.len_utf8();
        if self.byte(end) == b'\'' {
            end + 1
        } else {
            at + 1
        }
    }

    /// The end of the bracket that opens at `open`.
    pub(super) fn bracket(&self, open: usize) -> Result<usize, Tear> {
        let bytes = self.text.as_bytes();
        let mut stack = [open; DEEPEST];
        let mut depth = 0;
        let mut at = open;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'(' | b'[' | b'{' => {
                    *stack.get_mut(depth).ok_or(Tear::Deep(at))? = at;
                    depth += 1;
                    at += 1;
                }
                b')' | b']' | b'}' => {
                    let opened = stack[depth - 1];
                    if !matches!(
                        (bytes[opened], byte),
                        (b'(', b')') | (b'[', b']') | (b'{', b'}')
                    ) {
                        return Err(Tear::Mismatch(opened, at));
                    }
                    depth -= 1;
                    at += 1;
                    if depth == 0 {
                        return Ok(at);
                    }
                }
                b'"' => at = self.quoted(at).ok_or(Tear::Text(at))?,
                b'\'' => at = self.character(at),
                b'/' if matches!(self.byte(at + 1), b'/' | b'*') => {
                    at = self.comment(at).ok_or(Tear::Comment(at))?
                }
                b'\n' | b'\r' => {
                    at += 1;
                    if let Some(head) = self.head(at) {
                        return Err(Tear::Unclosed(stack[depth - 1], head));
                    }
                }
                _ => at += 1,
            }
        }
        Err(Tear::Unclosed(stack[depth - 1], bytes.len()))
    }

    /// Where a record begins in the line that starts at `line`, when one does at its head.
    fn head(&self, line: usize) -> Option<usize> {
        let mut at = line;
        while matches!(self.byte(at), b' ' | b'\t') {
            at += 1;
        }
        if !self.byte(at).is_ascii_uppercase() {
            return None;
        }
        let end = self.word(at);
        (RECORDS.contains(&&self.text[at..end]) && self.byte(end) == b'(').then_some(at)
    }

    /// Where the next record begins at the head of a line that starts inside `range`, texts and comments not regarded.
    pub(super) fn next_head(&self, range: Range<usize>) -> Option<usize> {
        let from = range.start;
        let lines = self.text.as_bytes()[range].iter().enumerate();
        lines
            .filter(|&(_, &byte)| byte == b'\n' || byte == b'\r')
            .find_map(|(at, _)| self.head(from + at + 1))
    }

    /// The end of the number or other loose token that begins at `at`.
    pub(super) fn token(&self, at: usize) -> usize {
        let mut end = at;
        loop {
            match self.byte(end) {
                0 if end >= self.text.len() => return end,
                b' '
                | b'\t'..=b'\r'
                | b','
                | b':'
                | b'"'
                | b'('
                | b')'
                | b'['
                | b']'
                | b'{'
                | b'}' => return end,
                b'/' if matches!(self.byte(end + 1), b'/' | b'*') => return end,
                0x80.. => match self.char(end) {
                    Some(c) if !c.is_whitespace() => end += c.len_utf8(),
                    _ => return end,
                },
                _ => end += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_matched_past_texts_and_comments() {
        let text = r####"(a: ")", b: r#")"#, c: ')', /* ) /* ( */ ) */ d: [1], // )
            "\")" e: {})x"####;
        assert_eq!(Scanner::new(text).bracket(0), Ok(text.len() - 1));
    }

    #[test]
    fn tears_are_told_apart() {
        for (text, tear) in [
            ("(a: [1)", Tear::Mismatch(4, 6)),
            ("(a: \"b)", Tear::Text(4)),
            ("(a: /* b)", Tear::Comment(4)),
            ("(a: 1,\n  Claim(x: 1)", Tear::Unclosed(0, 9)),
            ("(a: (", Tear::Unclosed(4, 5)),
        ] {
            assert_eq!(Scanner::new(text).bracket(0), Err(tear), "{text}");
        }
        assert_eq!(
            Scanner::new(&"(".repeat(100_000)).bracket(0),
            Err(Tear::Deep(DEEPEST))
        );
    }
}
