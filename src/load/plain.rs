//! A short way for records in the plainest RON: texts without escapes, whole numbers, words, lists, fields, maps. It gives
//! what [`super::node::read`] gives, three times as fast, or nothing: then ron reads the record and says what is wrong.
//! A test holds the two together.

use super::{
    node::{Field, Node, Value},
    scan::Scanner,
};
use std::{borrow::Cow, ops::Range};

/// So many brackets inside each other are plain.
const DEEPEST: usize = 8;

/// The record that begins at `range.start` and ends before `range.end`, if it is plain.
pub(super) fn read<'a>(scanner: &Scanner<'a>, range: Range<usize>) -> Option<Node<'a>> {
    let plain = Plain {
        scanner,
        limit: range.end,
    };
    let name = plain.word(range.start)?;
    let open = plain.skip(name.end)?;
    let node = plain.value(open, DEEPEST)?;
    match node.value {
        Value::Struct("", fields) => {
            let value = Value::Struct(&scanner.text[name], fields);
            Some(Node {
                value,
                range: range.start..node.range.end,
            })
        }
        _ => None,
    }
}

struct Plain<'s, 'a> {
    scanner: &'s Scanner<'a>,
    limit: usize,
}

impl<'a> Plain<'_, 'a> {
    /// To the next token.
    fn skip(&self, at: usize) -> Option<usize> {
        self.scanner.trivia(at).ok().filter(|&at| at < self.limit)
    }

    /// The word at `at`, in ASCII.
    fn word(&self, at: usize) -> Option<Range<usize>> {
        let bytes = self.scanner.text.as_bytes().get(at..self.limit)?;
        let length = bytes
            .iter()
            .position(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'_'))?;
        // What may follow a word; anything else (a quotation mark, a hash, another script) makes it something else.
        let ends = matches!(
            bytes[length],
            b',' | b':' | b'(' | b')' | b']' | b'}' | b'/' | b' ' | b'\t'..=b'\r'
        );
        (length > 0 && ends && !bytes[0].is_ascii_digit()).then_some(at..at + length)
    }

    fn value(&self, at: usize, depth: usize) -> Option<Node<'a>> {
        let text = self.scanner.text;
        let (value, end) = match self.scanner.byte(at) {
            b'"' => {
                let length = text.as_bytes()[at + 1..]
                    .iter()
                    .position(|&byte| byte == b'"' || byte == b'\\')?;
                let end = at + 1 + length;
                (
                    Value::Text(Cow::Borrowed(&text[at + 1..end])),
                    (self.scanner.byte(end) == b'"').then_some(end + 1)?,
                )
            }
            b'[' => self.list(at + 1, b']', depth.checked_sub(1)?)?,
            b'(' => self.bracket(at + 1, depth.checked_sub(1)?)?,
            b'{' => self.map(at + 1, depth.checked_sub(1)?)?,
            b'0'..=b'9' => {
                let end = self.scanner.token(at);
                let digits = &text[at..end];
                let whole = digits.len() < 19 && digits.bytes().all(|byte| byte.is_ascii_digit());
                (Value::Whole(digits.parse().ok().filter(|_| whole)?), end)
            }
            _ => {
                let word = self.word(at)?;
                let next = self.skip(word.end)?;
                let value = match &text[word.clone()] {
                    "None" | "Some" | "inf" | "inff32" | "inff64" | "NaN" | "NaNf32" | "NaNf64" => {
                        return None;
                    }
                    "true" => Value::Flag(true),
                    "false" => Value::Flag(false),
                    word => Value::Word(word),
                };
                (
                    value,
                    matches!(self.scanner.byte(next), b',' | b')' | b']').then_some(word.end)?,
                )
            }
        };
        Some(Node {
            value,
            range: at..end,
        })
    }

    /// Past the comma after an item, to the next item or the closing bracket.
    fn next(&self, end: usize, close: u8) -> Option<usize> {
        let at = self.skip(end)?;
        match self.scanner.byte(at) {
            b',' => self.skip(at + 1),
            byte => (byte == close).then_some(at),
        }
    }

    fn list(&self, at: usize, close: u8, depth: usize) -> Option<(Value<'a>, usize)> {
        let mut nodes = Vec::new();
        let mut at = self.skip(at)?;
        while self.scanner.byte(at) != close {
            let node = self.value(at, depth)?;
            at = self.next(node.range.end, close)?;
            nodes.push(node);
        }
        Some((
            if close == b']' {
                Value::List(nodes)
            } else {
                Value::Tuple(nodes)
            },
            at + 1,
        ))
    }

    /// Fields or values in round brackets.
    fn bracket(&self, at: usize, depth: usize) -> Option<(Value<'a>, usize)> {
        let mut at = self.skip(at)?;
        let first = self.word(at).and_then(|word| self.skip(word.end));
        if first.is_none_or(|colon| self.scanner.byte(colon) != b':') {
            return (self.scanner.byte(at) != b')')
                .then(|| self.list(at, b')', depth))
                .flatten();
        }
        let mut fields = Vec::with_capacity(8);
        while self.scanner.byte(at) != b')' {
            let place = self.word(at)?;
            let colon = self
                .skip(place.end)
                .filter(|&colon| self.scanner.byte(colon) == b':')?;
            let node = self.value(self.skip(colon + 1)?, depth)?;
            at = self.next(node.range.end, b')')?;
            fields.push(Field {
                name: &self.scanner.text[place.clone()],
                place,
                node,
            });
        }
        Some((Value::Struct("", fields), at + 1))
    }

    fn map(&self, at: usize, depth: usize) -> Option<(Value<'a>, usize)> {
        let mut entries = Vec::new();
        let mut at = self.skip(at)?;
        while self.scanner.byte(at) != b'}' {
            let key = self.value(at, depth)?;
            let colon = self
                .skip(key.range.end)
                .filter(|&colon| self.scanner.byte(colon) == b':')?;
            let node = self.value(self.skip(colon + 1)?, depth)?;
            at = self.next(node.range.end, b'}')?;
            entries.push((key, node));
        }
        Some((Value::Map(entries), at + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{node, scan::RECORDS},
        *,
    };

    /// The short way agrees with ron wherever it gives anything; how many records it gave.
    fn agree(text: &str) -> usize {
        let mut agreed = 0;
        for (at, _) in text.match_indices(['C', 'E', 'K', 'R', 'S', 'P']) {
            let scanner = Scanner::new(text);
            if !RECORDS.contains(&&text[at..scanner.word(at)]) {
                continue;
            }
            if let Some(plain) = read(&scanner, at..text.len()) {
                let by_ron = node::read(&scanner, at..text.len());
                assert_eq!(
                    by_ron.as_ref(),
                    Ok(&plain),
                    "{}",
                    &text[plain.range.clone()]
                );
                agreed += 1;
            }
        }
        agreed
    }

    const TEXT: &str = r#####"
        Kind(id: "a", plural: "as", actor: true, about: "é, ”",),
        Relation(id:"b",forms:["c","d",],from:[],be:Keeps /* k */, symmetric : false // s
        ),
        Entity(id: "e", ids: {"w": "Q1", "x": ""}, within: ["f"], n: 007, m: [1, 2]),
        Claim(at: (612, 771), evidence: [(source: "s", stance: Supports, according_to: ["x", "y"]), (source: "t")]),
        Source(text: (file: "a", sha256: "9"), x: (Ab), y: ("z",), z: [[[[1]]]], "#####;

    #[test]
    fn the_short_way_agrees_with_ron() {
        assert_eq!(agree(TEXT), 4);
        assert_eq!(agree(&format!("{TEXT})")), 5);
    }

    #[test]
    fn the_short_way_agrees_with_ron_about_records_that_are_damaged() {
        const BITS: &[&str] = &[
            "\"", "(", ")", "[", "]", "{", "}", ",", ":", "/*", "*/", "//", "\n", "'", "\\", "r\"",
            "b\"", "r#x", "r#\"", "#", "Some(", "None", "é", "0", "-", "0x", "..", "1.5", "inf",
            "true", "X", "_", " ", "()", "b'x'", "\u{85}", "\u{2028}", "u8", "+", "Kind(",
        ];
        let mut random = fastrand::Rng::with_seed(7);
        let records = format!("{TEXT})");
        let mut agreed = 0;
        for _ in 0..4000 {
            let mut text = records.clone();
            for _ in 0..random.usize(1..4) {
                let mut at = random.usize(..text.len());
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                if random.bool() {
                    text.insert_str(at, BITS[random.usize(..BITS.len())]);
                } else {
                    text.remove(at);
                }
            }
            agreed += agree(&text);
        }
        assert!(agreed > 1000, "{agreed}");
    }
}
