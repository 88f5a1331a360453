//! The records that a graph is made of: all at hand, or encoded and read one by one when they are asked for. The home of
//! `postcard`.

use crate::columns::{Damaged, File, Kept, Problem, Rows, Writer, throw};
use crate::model::{Claim, Entity};
use crate::model::{Header, Judged, Kind, Publication, Relation, SameAs, Source};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// The sound records, each kind in the order of the casebook. Every index of a graph is one into them.
#[derive(Debug)]
pub struct Records {
    /// `Casebook(…)` headers.
    pub headers: Vec<Header>,
    /// `Kind(…)`
    pub kinds: Vec<Kind>,
    /// `Relation(…)`
    pub relations: Vec<Relation>,
    /// `Publication(…)`
    pub publications: Table<Publication>,
    /// `Source(…)`
    pub sources: Table<Source>,
    /// `SameAs(…)`
    pub same_as: Table<SameAs>,
    /// `Judged(…)`
    pub judged: Table<Judged>,
    pub(super) entities: Table<Entity>,
    pub(super) claims: Table<Claim>,
}

/// The records of a kind.
#[derive(Debug)]
pub struct Table<T>(Inner<T>);

#[derive(Debug)]
enum Inner<T> {
    Held(Vec<T>),
    Encoded { rows: Rows, read: Kept<T> },
}

impl<T> Table<T> {
    /// Records of which each is encoded in its row; what has no row is to be made of other things.
    pub(super) fn encoded(len: usize, rows: Rows) -> Self {
        let read = Kept::new(len);
        Self(Inner::Encoded { rows, read })
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Inner::Held(held) => held.len(),
            Inner::Encoded { read, .. } => read.len(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether a record is to be made of other things.
    pub(super) fn is_implied(&self, at: usize) -> bool {
        match &self.0 {
            Inner::Held(_) => false,
            Inner::Encoded { rows, .. } => rows.get(number(at)).is_none(),
        }
    }
}

impl<T: DeserializeOwned> Table<T> {
    /// A record, if there is one of that number.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<&T> {
        (at < self.len()).then(|| self.get_or(at, || throw(Damaged { block: None })))
    }

    /// A record; `implied` makes one that has no row.
    pub(super) fn get_or(&self, at: usize, implied: impl FnOnce() -> T) -> &T {
        match &self.0 {
            Inner::Held(held) => &held[at],
            Inner::Encoded { rows, read } => {
                let read = read.get(at, || rows.get(number(at)).map_or_else(implied, decoded));
                read.unwrap_or_else(|| throw(Damaged { block: None }))
            }
        }
    }

    /// All of them, in order.
    #[must_use]
    pub fn iter(&self) -> Iter<'_, T> {
        Iter {
            table: self,
            next: 0,
        }
    }
}

impl<T: DeserializeOwned> std::ops::Index<usize> for Table<T> {
    type Output = T;
    fn index(&self, at: usize) -> &T {
        self.get_or(at, || throw(Damaged { block: None }))
    }
}

/// The records of a table, in order.
#[derive(Debug)]
pub struct Iter<'a, T> {
    table: &'a Table<T>,
    next: usize,
}

impl<T> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        Self {
            table: self.table,
            next: self.next,
        }
    }
}

impl<'a, T: DeserializeOwned> Iterator for Iter<'a, T> {
    type Item = &'a T;
    fn next(&mut self) -> Option<&'a T> {
        let found = self.table.get(self.next)?;
        self.next += 1;
        Some(found)
    }
}

impl<'a, T: DeserializeOwned> IntoIterator for &'a Table<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T: DeserializeOwned + Serialize> Table<T> {
    pub(super) fn write(&self, name: &str, file: &mut Writer<'_>) {
        let rows = Rows::new(
            self.iter()
                .enumerate()
                .map(|(at, it)| (number(at), encoded(it))),
        );
        rows.write_owned(name, file);
    }
}

impl<T> Table<T> {
    pub(super) fn mapped(file: &Arc<File>, name: &str, len: usize) -> Result<Self, Problem> {
        Ok(Self::encoded(len, Rows::mapped(file, name)?))
    }
}

impl<T> From<Vec<T>> for Table<T> {
    fn from(held: Vec<T>) -> Self {
        Self(Inner::Held(held))
    }
}

/// A value in few bytes, without spans.
pub(super) fn encoded<T: Serialize>(value: &T) -> Vec<u8> {
    // Every record can be written; if one could not be, nothing could be read from its row either.
    postcard::to_stdvec(value).unwrap_or_default()
}

pub(super) fn decoded<T: DeserializeOwned>(bytes: &[u8]) -> T {
    postcard::from_bytes(bytes).unwrap_or_else(|_| throw(Damaged { block: None }))
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
