//! Texts, one after the other, and rows of bytes that only some keys have.

use super::Column;
use super::damage::{Damaged, throw};
use super::file::{File, Problem};
use super::lists::position;
use super::offsets::Offsets;
use super::writer::Writer;
use std::ops::Range;
use std::sync::Arc;

/// One text for each of `0..len()`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Strings {
    offsets: Offsets,
    bytes: Column<u8>,
}

impl Strings {
    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text at a place; empty for a place out of range.
    #[must_use]
    pub fn get(&self, at: usize) -> &str {
        if at >= self.len() {
            return "";
        }
        let (from, to) = self.offsets.ends(at);
        text(&self.bytes, from, to)
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        (0..self.len()).map(|at| self.get(at))
    }

    /// Of texts in ascending order, the first place of one that is not less.
    #[must_use]
    pub fn lower_bound(&self, wanted: &str) -> usize {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = from + (to - from) / 2;
            if self.get(middle) < wanted {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        from
    }

    /// Of texts in ascending order, the place of this one.
    #[must_use]
    pub fn position(&self, wanted: &str) -> Option<usize> {
        let at = self.lower_bound(wanted);
        (at < self.len() && self.get(at) == wanted).then_some(at)
    }

    /// Of texts in ascending order, the places of those that begin with this.
    #[must_use]
    pub fn starting(&self, prefix: &str) -> Range<usize> {
        let from = self.lower_bound(prefix);
        let (mut low, mut high) = (from, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.get(middle).starts_with(prefix) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        from..low
    }

    /// All texts without anything between them.
    #[must_use]
    pub fn pool(&self) -> &[u8] {
        self.bytes.all()
    }

    /// The text in which a byte of [`Strings::pool`] stands, and where it begins and ends there.
    #[must_use]
    pub fn around(&self, byte: usize) -> (usize, Range<usize>) {
        let at = self.offsets.beginning_by(byte).saturating_sub(1);
        let (from, to) = if at < self.len() {
            self.offsets.ends(at)
        } else {
            (byte, byte)
        };
        (at, from..to)
    }

    /// Adds texts that nobody else holds to a file.
    pub fn write_owned(self, name: &str, file: &mut Writer<'_>) {
        self.offsets.write(name, file);
        file.owned(name, self.bytes.all().to_vec());
    }

    /// Adds them to a file.
    pub fn write<'a>(&'a self, name: &str, file: &mut Writer<'a>) {
        self.offsets.write(name, file);
        file.bytes(name, self.bytes.all());
    }

    /// Those of a file.
    ///
    /// # Errors
    /// [`Problem::Damaged`] when it has no such section.
    pub fn mapped(file: &Arc<File>, name: &str) -> Result<Self, Problem> {
        Ok(Self {
            offsets: Offsets::mapped(file, name)?,
            bytes: file.column(name)?,
        })
    }
}

impl<S: AsRef<str>> FromIterator<S> for Strings {
    /// Texts past 4 GiB in all are empty.
    fn from_iter<I: IntoIterator<Item = S>>(texts: I) -> Self {
        let (mut offsets, mut bytes) = (vec![0], Vec::new());
        for text in texts {
            let text = text.as_ref();
            if u32::try_from(bytes.len() + text.len()).is_ok() {
                bytes.extend_from_slice(text.as_bytes());
            }
            offsets.push(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
        }
        Self {
            offsets: offsets.into(),
            bytes: bytes.into(),
        }
    }
}

fn text(bytes: &Column<u8>, from: usize, to: usize) -> &str {
    if from > to || to > bytes.len() {
        throw(Damaged { block: None });
    }
    let bytes = bytes.slice(from..to);
    std::str::from_utf8(bytes).unwrap_or_else(|_| throw(Damaged { block: None }))
}

/// Bytes for some keys among many.
#[derive(Debug, Default)]
pub struct Rows {
    /// Sorted.
    keys: Column<u32>,
    offsets: Offsets,
    bytes: Column<u8>,
}

impl Rows {
    /// Rows from keys in ascending order.
    #[must_use]
    pub fn new(rows: impl IntoIterator<Item = (u32, Vec<u8>)>) -> Self {
        let (mut keys, mut offsets, mut bytes) = (Vec::new(), vec![0], Vec::new());
        for (key, row) in rows {
            keys.push(key);
            bytes.extend_from_slice(&row);
            offsets.push(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
        }
        Self {
            keys: keys.into(),
            offsets: offsets.into(),
            bytes: bytes.into(),
        }
    }

    /// The bytes of a key, if it has any.
    #[must_use]
    pub fn get(&self, key: u32) -> Option<&[u8]> {
        let at = position(&self.keys, key)?;
        let (from, to) = self.offsets.ends(at);
        if from > to || to > self.bytes.len() {
            throw(Damaged { block: None });
        }
        Some(self.bytes.slice(from..to))
    }

    /// Adds rows that nobody else holds to a file.
    pub fn write_owned(self, name: &str, file: &mut Writer<'_>) {
        file.owned(
            &format!("{name}.keys"),
            bytemuck::cast_slice(self.keys.all()).to_vec(),
        );
        self.offsets.write(name, file);
        file.owned(name, self.bytes.all().to_vec());
    }

    /// Adds them to a file.
    pub fn write<'a>(&'a self, name: &str, file: &mut Writer<'a>) {
        file.numbers(&format!("{name}.keys"), self.keys.all());
        self.offsets.write(name, file);
        file.bytes(name, self.bytes.all());
    }

    /// Those of a file.
    ///
    /// # Errors
    /// [`Problem::Damaged`] when it has no such section.
    pub fn mapped(file: &Arc<File>, name: &str) -> Result<Self, Problem> {
        Ok(Self {
            keys: file.column(&format!("{name}.keys"))?,
            offsets: Offsets::mapped(file, name)?,
            bytes: file.column(name)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Rows, Strings};

    #[test]
    fn texts_in_order_are_found() {
        let texts: Strings = ["a", "an", "ant", "bee"].into_iter().collect();
        assert_eq!(
            (texts.position("ant"), texts.position("b")),
            (Some(2), None)
        );
        assert_eq!((texts.starting("an"), texts.starting("c")), (1..3, 4..4));
        assert_eq!(texts.around(3), (2, 3..6));
    }

    #[test]
    fn some_keys_have_rows() {
        let rows = Rows::new([(2, vec![1, 2]), (7, vec![])]);
        assert_eq!(
            (rows.get(2), rows.get(7), rows.get(3)),
            (Some(&[1, 2][..]), Some(&[][..]), None)
        );
    }
}
