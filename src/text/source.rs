//! Texts with names (files, questions, lines of a prompt) and spans in them.

use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Index of a text in its [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct FileId(pub u32);

/// A range of bytes in one text: `start` inclusive, `end` exclusive, both on character boundaries.
///
/// Formats that nobody reads hold no spans: they come back as the empty one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The text.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

impl Span {
    /// A span of `file` over the bytes `start..end`; offsets past 4 GiB are clamped.
    #[must_use]
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self {
            file,
            start: clamp(start),
            end: clamp(end),
        }
    }

    /// The smallest span that covers both; the file of `self`.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            file: self.file,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The byte range.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `other` lies inside this span, in the same text.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return serializer.serialize_unit();
        }
        let mut span = serializer.serialize_struct("Span", 3)?;
        span.serialize_field("file", &self.file)?;
        span.serialize_field("start", &self.start)?;
        span.serialize_field("end", &self.end)?;
        span.end()
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <()>::deserialize(deserializer).map(|()| Self::default())
    }
}

/// A value and where it stood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value with its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T: Serialize> Serialize for Spanned<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return self.value.serialize(serializer);
        }
        let mut spanned = serializer.serialize_struct("Spanned", 2)?;
        spanned.serialize_field("value", &self.value)?;
        spanned.serialize_field("span", &self.span)?;
        spanned.end()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(|value| Self::new(value, Span::default()))
    }
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// Line and column of a byte, both from 1; columns count Unicode code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// Line, from 1. `\n`, `\r\n` and a lone `\r` end a line.
    pub line: usize,
    /// Column in code points, from 1.
    pub column: usize,
}

#[derive(Debug, Clone)]
struct Named {
    name: String,
    text: String,
}

/// All texts of one load, or the one text of a question.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Named>,
}

impl Sources {
    /// Sources that hold one text, whose id is `FileId(0)`.
    #[must_use]
    pub fn of(name: &str, text: &str) -> Self {
        let mut sources = Self::default();
        sources.add(name, text.to_owned());
        sources
    }

    /// Adds a text under the name that diagnostics show.
    pub fn add(&mut self, name: &str, text: String) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(Named {
            name: name.to_owned(),
            text,
        });
        id
    }

    /// How many texts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The ids, in the order of adding.
    pub fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..u32::try_from(self.files.len()).unwrap_or(u32::MAX)).map(FileId)
    }

    /// The name of a text; empty for an id of other sources.
    #[must_use]
    pub fn name(&self, file: FileId) -> &str {
        self.files
            .get(file.0 as usize)
            .map_or("", |named| &named.name)
    }

    /// The text; empty for an id of other sources.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        self.files
            .get(file.0 as usize)
            .map_or("", |named| &named.text)
    }

    /// The text of a span; empty when the span does not fit.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).get(span.range()).unwrap_or("")
    }

    /// Line and column where the span begins.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        let text = self.text(span.file);
        let offset = floor_char_boundary(text, span.start as usize);
        let line_start = line_start(text, offset);
        Position {
            line: 1 + line_ends(&text[..line_start]),
            column: 1 + text[line_start..offset].chars().count(),
        }
    }

    /// The line in which the span begins, without its line end, and the byte offset of its first byte.
    #[must_use]
    pub fn line(&self, span: Span) -> (&str, usize) {
        let text = self.text(span.file);
        let offset = floor_char_boundary(text, span.start as usize);
        let start = line_start(text, offset);
        let end = text[offset..]
            .find(['\n', '\r'])
            .map_or(text.len(), |at| offset + at);
        (&text[start..end], start)
    }
}

fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind(['\n', '\r']).map_or(0, |at| at + 1)
}

fn line_ends(text: &str) -> usize {
    let bytes = text.as_bytes();
    bytes
        .iter()
        .enumerate()
        .filter(|&(at, &byte)| {
            byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'))
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_of_every_kind_and_code_points() {
        let sources = Sources::of("t", "aé\r\nb\rcd");
        let at = |start: usize| {
            let p = sources.position(Span::new(FileId(0), start, start));
            (p.line, p.column)
        };
        assert_eq!(
            [at(0), at(3), at(5), at(7), at(8)],
            [(1, 1), (1, 3), (2, 1), (3, 1), (3, 2)]
        );
        assert_eq!(sources.line(Span::new(FileId(0), 8, 9)), ("cd", 7));
    }

    #[test]
    fn a_span_of_elsewhere_is_empty_not_a_panic() {
        let sources = Sources::of("t", "é");
        assert_eq!(sources.slice(Span::new(FileId(0), 1, 9)), "");
        assert_eq!(sources.position(Span::new(FileId(7), 1, 9)).line, 1);
    }
}
