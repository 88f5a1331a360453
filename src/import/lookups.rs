//! Look-up tables: what the ids of a dump stand for, and pairs of events and sources in the order of events.

use super::desk::Ledger;
use super::layout::{self, Fault, Role};
use super::map;
use super::table::Table;
use super::{ImportError, Input, Map};
use crate::model::NO_CELL;
use crate::text::Map as HashMap;
use csv::ByteRecord;
use std::cmp::Ordering;

/// Ids that are small numbers stand in a list; it has at most so many places.
const DENSE: usize = 1 << 22;

/// What ids stand for.
#[derive(Debug, Default)]
pub(super) struct Keys {
    dense: Vec<u32>,
    other: HashMap<Box<[u8]>, u32>,
}

impl Keys {
    pub(super) fn get(&self, key: &[u8]) -> Option<u32> {
        let found = match small(key) {
            Some(at) => self.dense.get(at).copied(),
            None => self.other.get(key).copied(),
        };
        found.filter(|&found| found != NO_CELL)
    }

    /// Keeps what an id stands for; false when it is known already.
    pub(super) fn insert(&mut self, key: &[u8], value: u32) -> bool {
        if self.get(key).is_some() {
            return false;
        }
        if let Some(at) = small(key) {
            if self.dense.len() <= at {
                self.dense.resize(at + 1, NO_CELL);
            }
            self.dense[at] = value;
        } else {
            self.other.insert(key.into(), value);
        }
        true
    }
}

/// The number that a key is, if it is a small one written as numbers are.
fn small(key: &[u8]) -> Option<usize> {
    if key.is_empty() || key.len() > 7 || (key[0] == b'0' && key.len() > 1) {
        return None;
    }
    let mut number = 0;
    for byte in key {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number = number * 10 + usize::from(digit);
    }
    (number < DENSE).then_some(number)
}

/// A row of a look-up table.
pub(super) struct Entry<'r> {
    pub(super) key: &'r [u8],
    /// The id that its record is to have, where the map gives a prefix.
    pub(super) id: Option<String>,
    pub(super) name: &'r str,
    pub(super) alias: Option<&'r str>,
    pub(super) kind: Option<&'r str>,
}

/// Reads a look-up table; `add` makes a record of each row.
pub(super) fn read(
    input: Input,
    about: &map::LookUp,
    map: &Map,
    ledger: &mut Ledger,
    add: &mut dyn FnMut(Entry<'_>) -> Result<u32, Fault>,
) -> Result<Keys, ImportError> {
    let mut table = Table::open_plain(input, map)?;
    let mut keys = Keys::default();
    let mut record = ByteRecord::new();
    while let Some(row) = table.next(&mut record)? {
        let done = entry(&record, about).and_then(|entry| {
            let key = entry.key;
            if keys.get(key).is_some() {
                let help = "keep one of the two rows";
                return Err(bad(key, "stands in an earlier row too", help));
            }
            keys.insert(key, add(entry)?);
            Ok(())
        });
        if let Err(fault) = done {
            ledger.failed(fault, None, &table.name, row)?;
        }
    }
    Ok(keys)
}

fn bad(text: &[u8], problem: &'static str, help: &'static str) -> Fault {
    Fault::Bad {
        role: None,
        text: String::from_utf8_lossy(&text[..text.len().min(240)]).into_owned(),
        problem: problem.into(),
        help,
    }
}

fn entry<'r>(record: &'r ByteRecord, about: &map::LookUp) -> Result<Entry<'r>, Fault> {
    let cell = |column: usize| {
        let cell = record.get(column - 1).map(<[u8]>::trim_ascii);
        cell.filter(|cell| !cell.is_empty())
    };
    let missing = || {
        let help = "fill it in, or see whether the map counts its columns right";
        bad(
            record.get(0).unwrap_or_default(),
            "begins a row without an id or a name",
            help,
        )
    };
    let key = cell(about.id).ok_or_else(missing)?;
    let name = layout::text(Role::Subject, cell(about.name).ok_or_else(missing)?)?;
    let some = |column: Option<usize>| {
        let cell = column.and_then(cell);
        cell.map(|cell| layout::text(Role::Subject, cell))
            .transpose()
    };
    let id = match &about.prefix {
        Some(prefix) => {
            let id = format!("{prefix}{}", String::from_utf8_lossy(key)).to_ascii_lowercase();
            if crate::model::id::problem(&id, false).is_some() {
                let help = "use letters, digits, `.`, `_`, `-`, or leave `prefix` out of the map";
                return Err(bad(key, "cannot be part of an id", help));
            }
            Some(id)
        }
        None => None,
    };
    Ok(Entry {
        key,
        id,
        name,
        alias: some(about.alias)?,
        kind: some(about.kind)?,
    })
}

/// Pairs of events and sources, read beside the events.
pub(super) struct Links {
    table: Table,
    event: usize,
    source: usize,
    /// The pair that was read last, and where; the number is 0 when there is none.
    pair: ByteRecord,
    row: u64,
    /// The event before.
    last: Vec<u8>,
}

impl Links {
    pub(super) fn open(input: Input, about: &map::Links, map: &Map) -> Result<Self, ImportError> {
        let mut links = Self {
            table: Table::open_plain(input, map)?,
            event: about.event - 1,
            source: about.source - 1,
            pair: ByteRecord::new(),
            row: 0,
            last: Vec::new(),
        };
        links.advance()?;
        Ok(links)
    }

    fn advance(&mut self) -> Result<(), ImportError> {
        self.row = self.table.next(&mut self.pair)?.unwrap_or(0);
        Ok(())
    }

    fn key(&self) -> &[u8] {
        self.pair.get(self.event).map_or(&[], <[u8]>::trim_ascii)
    }

    /// The sources of an event, and what is wrong with its pairs.
    pub(super) fn of(
        &mut self,
        event: &[u8],
        sources: &Keys,
        found: &mut Vec<u32>,
        ledger: &mut Ledger,
    ) -> Result<(), ImportError> {
        if in_order(&self.last, event) == Ordering::Greater {
            return Err(self.unsorted("the events are"));
        }
        self.last.clear();
        self.last.extend_from_slice(event);
        while self.row > 0 {
            match in_order(self.key(), event) {
                Ordering::Greater => break,
                Ordering::Less => {
                    let help = "take the pair out, or sort the file by event";
                    let fault = bad(self.key(), "is no event, or not in its order", help);
                    ledger.failed(fault, None, &self.table.name, self.row)?;
                }
                Ordering::Equal => {
                    let source = self
                        .pair
                        .get(self.source)
                        .map_or(&[][..], <[u8]>::trim_ascii);
                    match sources.get(source) {
                        Some(source) => found.push(source),
                        None => {
                            let help = "see the table of sources";
                            let fault = bad(source, "is no source", help);
                            ledger.failed(fault, None, &self.table.name, self.row)?;
                        }
                    }
                }
            }
            let before = self.key().to_vec();
            self.advance()?;
            if self.row > 0 && in_order(&before, self.key()) == Ordering::Greater {
                return Err(self.unsorted("it is"));
            }
        }
        Ok(())
    }

    /// What is left when the events are at an end.
    pub(super) fn finish(&mut self, ledger: &mut Ledger) -> Result<(), ImportError> {
        while self.row > 0 {
            let fault = bad(self.key(), "is no event", "take the pair out");
            ledger.failed(fault, None, &self.table.name, self.row)?;
            self.advance()?;
        }
        Ok(())
    }

    fn unsorted(&self, what: &str) -> ImportError {
        let row = if self.row > 0 {
            format!(":{}", self.row)
        } else {
            String::new()
        };
        ImportError::unusable(
            format!(
                "`{}`{row} cannot be read beside the events: {what} not sorted by event",
                self.table.name
            ),
            "sort both files by the id of the event, as numbers",
        )
    }
}

/// Numbers as numbers, everything else byte by byte.
fn in_order(one: &[u8], other: &[u8]) -> Ordering {
    let digits =
        |key: &[u8]| !key.is_empty() && key.len() < 19 && key.iter().all(u8::is_ascii_digit);
    if one != other && digits(one) && digits(other) {
        let number = |key: &[u8]| {
            key.iter()
                .fold(0_u64, |number, byte| number * 10 + u64::from(byte - b'0'))
        };
        return number(one).cmp(&number(other));
    }
    one.cmp(other)
}

/// The tables of a map, read.
#[derive(Default)]
pub(super) struct LookUps {
    pub(super) entities: Option<Keys>,
    pub(super) relations: Option<Keys>,
    pub(super) sources: Option<Keys>,
    pub(super) links: Option<Links>,
}

impl std::fmt::Debug for LookUps {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LookUps").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::entities::number;

    #[test]
    fn keys_of_every_shape() {
        let mut keys = Keys::default();
        let all: [&[u8]; 7] = [b"0", b"17", b"017", b"9999999", b"x", b"-1", b""];
        for (at, key) in all.iter().enumerate() {
            assert!(keys.insert(key, number(at)) && !keys.insert(key, 99));
        }
        for (at, key) in all.iter().enumerate() {
            assert_eq!(keys.get(key), Some(number(at)));
        }
        assert_eq!(keys.get(b"18"), None);
        assert_eq!(in_order(b"9", b"10"), Ordering::Less);
        assert_eq!(in_order(b"a9", b"a10"), Ordering::Greater);
    }
}
