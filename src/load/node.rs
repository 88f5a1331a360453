//! A record as ron reads it, with a span on every value. ron gives no positions, so a cursor walks over the text in step
//! with it: ron says what each value is, the cursor finds where it stands. ron alone decides what is valid.

use super::scan::Scanner;
use ron::{Options, extensions::Extensions};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::{borrow::Cow, cell::Cell, fmt, ops::Range};

/// A value and the bytes of the text it takes up, quotes and brackets included.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node<'a> {
    /// What it is.
    pub(super) value: Value<'a>,
    /// Where it stands.
    pub(super) range: Range<usize>,
}

/// What ron found.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    /// `"…"`
    Text(Cow<'a, str>),
    /// `Affirmed`
    Word(&'a str),
    /// `true`
    Flag(bool),
    /// `7`
    Whole(u64),
    /// `[…]`
    List(Vec<Node<'a>>),
    /// `(…, …)`, also with a name before it.
    Tuple(Vec<Node<'a>>),
    /// `Name(field: …)`, `(field: …)`: the name may be empty.
    Struct(&'a str, Vec<Field<'a>>),
    /// `{key: …}`
    Map(Vec<(Node<'a>, Node<'a>)>),
    /// `None`
    Nothing,
    /// `()`
    Unit,
    /// A number that is not whole or is below 0, a character, bytes, a range.
    Other,
}

/// `name: value`
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Field<'a> {
    /// The name.
    pub(super) name: &'a str,
    /// Where the name stands.
    pub(super) place: Range<usize>,
    /// The value.
    pub(super) node: Node<'a>,
}

/// How deep ron may go: two steps for each bracket, so about as deep as [`super::scan::DEEPEST`].
const DEEPEST_STEPS: usize = 80;

/// What ron objects to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fault {
    /// ron's reason.
    pub(super) reason: ron::Error,
    /// Where it stopped.
    pub(super) at: usize,
    /// The text read last before that.
    pub(super) last_text: Range<usize>,
}

/// Reads the record with which `range` of the scanner's text begins, from its name to its closing bracket.
pub(super) fn read<'a>(scanner: &Scanner<'a>, range: Range<usize>) -> Result<Node<'a>, Fault> {
    let slice = &scanner.text[range.clone()];
    let options = Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_recursion_limit(DEEPEST_STEPS);
    let cursor = Cursor {
        scanner,
        at: Cell::new(range.start),
        last_text: Cell::new((0, 0)),
    };
    let fault = |reason: ron::Error, at: usize| {
        let (start, end) = cursor.last_text.get();
        Fault {
            reason,
            at: range.start + at,
            last_text: start..end,
        }
    };
    let mut ron = ron::Deserializer::from_str_with_options(slice, &options)
        .map_err(|error| fault(error.code, 0))?;
    let node = Step(&cursor).deserialize(&mut ron);
    node.map_err(|reason| fault(reason, slice.len() - ron.remainder().len()))
}

/// Whether ron knows what stands at the head of a file: `#![enable(…)]`.
pub(super) fn is_attribute(text: &str) -> bool {
    ron::Deserializer::from_str(text).is_ok()
}

struct Cursor<'s, 'a> {
    scanner: &'s Scanner<'a>,
    at: Cell<usize>,
    last_text: Cell<(usize, usize)>,
}

impl<'a> Cursor<'_, 'a> {
    /// To the next token.
    fn skip(&self) -> usize {
        let at = self
            .scanner
            .trivia(self.at.get())
            .unwrap_or(self.scanner.text.len());
        self.at.set(at);
        at
    }

    /// Past the one byte that is expected next, when it is there.
    fn past(&self, byte: u8) -> bool {
        let at = self.skip();
        let found = self.scanner.byte(at) == byte;
        if found {
            self.at.set(at + 1);
        }
        found
    }

    /// Past a word, also a raw one (`r#type`).
    fn word(&self) -> &'a str {
        let start = self.skip();
        let raw = self.scanner.text[start..].starts_with("r#");
        let end = if raw {
            self.scanner.token(start)
        } else {
            self.scanner.word(start)
        };
        self.at.set(end);
        &self.scanner.text[start + if raw { 2 } else { 0 }..end]
    }

    /// Whether `name:` follows.
    fn names_a_field(&self, at: usize) -> bool {
        let at = self.scanner.trivia(at).unwrap_or(at);
        let end = self.scanner.word(at);
        end > at
            && self
                .scanner
                .trivia(end)
                .is_ok_and(|colon| self.scanner.byte(colon) == b':')
    }

    /// Whether the token at `at` is a whole number that surely fits.
    fn is_whole(&self, at: usize) -> bool {
        let end = self.scanner.token(at);
        end - at < 19
            && self.scanner.text.as_bytes()[at..end]
                .iter()
                .all(u8::is_ascii_digit)
    }

    /// Whether a word stands alone at `at` that means nothing to ron.
    fn is_plain_word(&self, at: usize) -> bool {
        let end = self.scanner.word(at);
        let next = self.scanner.trivia(end).unwrap_or(end);
        matches!(self.scanner.byte(next), b',' | b')' | b']')
            && !matches!(
                &self.scanner.text[at..end],
                "None" | "Some" | "NaN" | "NaNf32" | "NaNf64"
            )
    }

    fn node(&self, start: usize, value: Value<'a>) -> Node<'a> {
        Node {
            value,
            range: start..self.at.get(),
        }
    }

    fn token(&self, value: Value<'a>) -> Node<'a> {
        let start = self.at.get();
        self.at.set(self.scanner.token(start));
        self.node(start, value)
    }

    fn quoted(&self, value: Cow<'a, str>) -> Node<'a> {
        let start = self.at.get();
        let quote = start + self.scanner.text[start..].find('"').unwrap_or(0);
        let borrowed = matches!(value, Cow::Borrowed(_)) && quote == start;
        let end = if borrowed {
            Some(start + value.len() + 2)
        } else {
            self.scanner.quoted(quote)
        };
        self.at.set(end.unwrap_or(self.scanner.text.len()));
        self.last_text.set((start, self.at.get()));
        self.node(start, Value::Text(value))
    }
}

/// Reads one value; the cursor stands at or before it. As a visitor, the cursor stands at its first byte.
#[derive(Clone, Copy)]
struct Step<'c, 's, 'a>(&'c Cursor<'s, 'a>);

impl<'a> DeserializeSeed<'a> for Step<'_, '_, 'a> {
    type Value = Node<'a>;

    /// Asks ron for the type that the first bytes promise: it looks for any type in turn otherwise, which costs as much
    /// as reading. What it then finds is still for ron to say.
    fn deserialize<D: Deserializer<'a>>(self, ron: D) -> Result<Node<'a>, D::Error> {
        let start = self.0.skip();
        let scanner = self.0.scanner;
        match scanner.byte(start) {
            b'"' => ron.deserialize_str(self),
            b'[' => ron.deserialize_seq(self),
            b'(' if self.0.names_a_field(start + 1) => ron.deserialize_struct("", &[], self),
            b'0'..=b'9' if self.0.is_whole(start) => ron.deserialize_u64(self),
            b'A'..=b'Z' if self.0.is_plain_word(start) => {
                let (word, range) = ron.deserialize_identifier(Name(self.0))?;
                Ok(Node {
                    value: Value::Word(word),
                    range,
                })
            }
            _ => ron.deserialize_any(self),
        }
    }
}

impl<'a> Visitor<'a> for Step<'_, '_, 'a> {
    type Value = Node<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'a str) -> Result<Node<'a>, E> {
        Ok(self.0.quoted(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Node<'a>, E> {
        Ok(self.0.quoted(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Node<'a>, E> {
        Ok(self.0.quoted(Cow::Owned(text)))
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Node<'a>, E> {
        Ok(self.0.token(Value::Flag(flag)))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Node<'a>, E> {
        Ok(self.0.token(Value::Whole(number)))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Node<'a>, E> {
        Ok(self
            .0
            .token(u64::try_from(number).map_or(Value::Other, Value::Whole)))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Node<'a>, E> {
        Ok(self.0.token(Value::Other))
    }

    fn visit_char<E: Error>(self, c: char) -> Result<Node<'a>, E> {
        let start = self.0.at.get();
        let written = self.0.scanner.text[start + 1..].find('\'').unwrap_or(0);
        let width = if c == '\'' { 4 } else { written + 2 };
        self.0.at.set(start + width);
        Ok(self.0.node(start, Value::Other))
    }

    fn visit_bytes<E: Error>(self, _: &[u8]) -> Result<Node<'a>, E> {
        Ok(Node {
            value: Value::Other,
            ..self.0.quoted(Cow::Owned(String::new()))
        })
    }

    fn visit_none<E: Error>(self) -> Result<Node<'a>, E> {
        Ok(self.0.token(Value::Nothing))
    }

    fn visit_some<D: Deserializer<'a>>(self, ron: D) -> Result<Node<'a>, D::Error> {
        self.0.word();
        self.0.past(b'(');
        let node = self.deserialize(ron)?;
        self.0.past(b',');
        self.0.past(b')');
        Ok(node)
    }

    /// `()` and words such as `Affirmed`.
    fn visit_unit<E: Error>(self) -> Result<Node<'a>, E> {
        let start = self.0.at.get();
        if self.0.past(b'(') {
            self.0.past(b')');
            return Ok(self.0.node(start, Value::Unit));
        }
        let word = self.0.word();
        Ok(self.0.node(start, Value::Word(word)))
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut ron: A) -> Result<Node<'a>, A::Error> {
        let start = self.0.at.get();
        let is_list = self.0.past(b'[');
        if !is_list {
            self.0.word();
            self.0.past(b'(');
        }
        let mut nodes = Vec::new();
        while let Some(node) = ron.next_element_seed(self)? {
            nodes.push(node);
            self.0.past(b',');
        }
        self.0.past(if is_list { b']' } else { b')' });
        Ok(self.0.node(
            start,
            if is_list {
                Value::List(nodes)
            } else {
                Value::Tuple(nodes)
            },
        ))
    }

    fn visit_map<A: MapAccess<'a>>(self, mut ron: A) -> Result<Node<'a>, A::Error> {
        let start = self.0.at.get();
        if self.0.past(b'{') {
            let mut entries = Vec::new();
            while let Some(key) = ron.next_key_seed(self)? {
                self.0.past(b':');
                entries.push((key, ron.next_value_seed(self)?));
                self.0.past(b',');
            }
            self.0.past(b'}');
            return Ok(self.0.node(start, Value::Map(entries)));
        }
        let name = self.0.word();
        if !self.0.past(b'(') {
            // A range such as `1..5`, which ron gives as a map.
            while ron.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            self.0.at.set(start);
            return Ok(self.0.token(Value::Other));
        }
        let mut fields = Vec::with_capacity(8);
        while let Some((name, place)) = ron.next_key_seed(Name(self.0))? {
            self.0.past(b':');
            fields.push(Field {
                name,
                place,
                node: ron.next_value_seed(self)?,
            });
            self.0.past(b',');
        }
        self.0.past(b')');
        Ok(self.0.node(start, Value::Struct(name, fields)))
    }
}

/// Reads a field's name.
struct Name<'c, 's, 'a>(&'c Cursor<'s, 'a>);

impl<'a> DeserializeSeed<'a> for Name<'_, '_, 'a> {
    type Value = (&'a str, Range<usize>);

    fn deserialize<D: Deserializer<'a>>(self, ron: D) -> Result<Self::Value, D::Error> {
        ron.deserialize_identifier(self)
    }
}

impl<'a> Visitor<'a> for Name<'_, '_, 'a> {
    type Value = (&'a str, Range<usize>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_borrowed_str<E: Error>(self, name: &'a str) -> Result<Self::Value, E> {
        let start = self.0.skip();
        self.0.word();
        Ok((name, start..self.0.at.get()))
    }
}
