//! text-1, the normaliser: what it makes of a text, and where each of its characters came from.

use crate::text::compose::{begins_a_piece, composed};
use std::ops::Range;

/// The soft hyphen: seen only where a line is broken at it.
pub(super) const SOFT_HYPHEN: char = '\u{ad}';

/// A text made from another, with the code points of that other which each of its characters stands for.
#[derive(Debug, Clone, Default)]
pub(super) struct Form {
    /// What it reads.
    pub(super) text: String,
    /// The byte in `text` at which each character begins.
    bytes: Vec<u32>,
    /// The first code point that each character stands for.
    from: Vec<u32>,
    /// The code point after the last.
    to: Vec<u32>,
}

impl Form {
    /// Adds a character that stands for these code points.
    pub(super) fn push(&mut self, c: char, from: u32, to: u32) {
        self.bytes.push(count(self.text.len()));
        self.text.push(c);
        self.from.push(from);
        self.to.push(to);
    }

    /// How many characters it has.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The code points that a character stands for.
    pub(super) fn of(&self, at: usize) -> Range<u32> {
        match (self.from.get(at), self.to.get(at)) {
            (Some(&from), Some(&to)) => from..to,
            _ => 0..0,
        }
    }

    /// The code points that some characters, at least one, stand for.
    pub(super) fn raw(&self, characters: &Range<usize>) -> Range<u32> {
        self.of(characters.start).start..self.of(characters.end.saturating_sub(1)).end
    }

    /// The characters as text.
    pub(super) fn slice(&self, characters: &Range<usize>) -> &str {
        &self.text[self.byte(characters.start)..self.byte(characters.end)]
    }

    /// The byte at which a character begins, or the end.
    pub(super) fn byte(&self, at: usize) -> usize {
        self.bytes
            .get(at)
            .map_or(self.text.len(), |&byte| byte as usize)
    }

    /// The character that begins at a byte.
    pub(super) fn at_byte(&self, byte: usize) -> usize {
        self.bytes.partition_point(|&known| (known as usize) < byte)
    }

    /// The character that stands for a code point, or for the first after it that any stands for.
    pub(super) fn at_raw(&self, point: u32) -> usize {
        self.to.partition_point(|&to| to <= point)
    }

    /// Every place where `wanted` stands, in characters; none for an empty text.
    pub(super) fn find<'a>(&'a self, wanted: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let length = wanted.chars().count();
        let found = self.text.match_indices(wanted).filter(move |_| length > 0);
        found.map(move |(byte, _)| {
            let at = self.at_byte(byte);
            at..at + length
        })
    }

    fn drop_last(&mut self) {
        if let Some(byte) = self.bytes.pop() {
            self.text.truncate(byte as usize);
            self.from.pop();
            self.to.pop();
        }
    }
}

/// A number of characters; texts of more than 4 GiB are never read.
pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The text as text-1 has it.
pub(super) fn text1(raw: &[char]) -> Form {
    let mut form = Form::default();
    let mut at = 0;
    while at < raw.len() {
        let mut end = at + 1;
        while raw.get(end).is_some_and(|&c| !begins_a_piece(c)) {
            end += 1;
        }
        let (from, to) = (count(at), count(end));
        if end == at + 1 && raw[at].is_ascii() {
            add(&mut form, raw[at], from, to);
        } else {
            for c in composed(&raw[at..end]) {
                add(&mut form, c, from, to);
            }
        }
        at = end;
    }
    if form.text.ends_with(' ') {
        form.drop_last();
    }
    form
}

fn add(form: &mut Form, c: char, from: u32, to: u32) {
    let c = match c {
        SOFT_HYPHEN => return,
        '’' | '‘' | '‛' | 'ʼ' | '`' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    if c == ' ' {
        if form.text.ends_with(' ') {
            if let Some(last) = form.to.last_mut() {
                *last = to;
            }
            return;
        }
        if form.text.is_empty() {
            return;
        }
    }
    form.push(c, from, to);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn what_is_unified() {
        let text = " “Cafe\u{301}”\u{a0}–\t‘is’ \u{ad} open\u{ad}ing\r\n";
        let form = text1(&points(text));
        assert_eq!(form.text, "\"Café\" - 'is' opening");
        assert_eq!(form.find("é").next(), Some(4..5));
        assert_eq!(form.raw(&(4..5)), 5..7);
        assert_eq!(form.raw(&(0..form.len())), 1..26);
    }

    #[test]
    fn it_is_what_the_whole_text_would_be() {
        use crate::text::compose::composed;
        let mut random = fastrand::Rng::with_seed(7);
        let some: Vec<char> = "ae\u{301}\u{323}\u{327}\u{1100}\u{1161}\u{11a8}\u{9be}\u{9c7}\u{958}\u{344}\u{2126}x\u{f900}"
            .chars()
            .collect();
        for _ in 0..5000 {
            let raw: Vec<char> = (0..random.usize(1..9))
                .map(|_| some[random.usize(0..some.len())])
                .collect();
            let whole: String = composed(&raw).collect();
            assert_eq!(text1(&raw).text, whole, "{raw:?}");
        }
    }
}
