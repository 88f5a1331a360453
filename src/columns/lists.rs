//! Flat lists of lists: one column of items and one of offsets.

use super::Column;
use super::damage::{Damaged, throw};
use super::file::{File, Problem};
use super::offsets::Offsets;
use super::writer::Writer;
use std::sync::Arc;

/// For each of `0..len` a slice of `u32`.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Lists {
    offsets: Offsets,
    items: Column<u32>,
}

impl Lists {
    /// Lists of which the first begins at the first offset, and each ends at the next: one offset more than lists.
    #[must_use]
    pub fn of_parts(offsets: Vec<u32>, items: Vec<u32>) -> Self {
        Self {
            offsets: offsets.into(),
            items: items.into(),
        }
    }

    /// Lists for the keys `0..keys` from pairs of key and item; the items of a key keep the order of the pairs.
    /// Pairs with a key out of range are passed over.
    #[must_use]
    pub fn from_pairs(keys: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut offsets = vec![0_u32; keys + 1];
        for (key, _) in pairs.clone().filter(|&(key, _)| (key as usize) < keys) {
            offsets[key as usize + 1] += 1;
        }
        for key in 0..keys {
            offsets[key + 1] += offsets[key];
        }
        let mut next = offsets.clone();
        let mut items = vec![0; offsets[keys] as usize];
        for (key, item) in pairs.filter(|&(key, _)| (key as usize) < keys) {
            items[next[key as usize] as usize] = item;
            next[key as usize] += 1;
        }
        Self::of_parts(offsets, items)
    }

    /// The lists, one after the other.
    #[must_use]
    pub fn from_lists<L: AsRef<[u32]>>(lists: impl IntoIterator<Item = L>) -> Self {
        let (mut offsets, mut items) = (vec![0], Vec::new());
        for list in lists {
            items.extend_from_slice(list.as_ref());
            offsets.push(u32::try_from(items.len()).unwrap_or(u32::MAX));
        }
        Self::of_parts(offsets, items)
    }

    /// The list of a key; empty for a key out of range.
    #[must_use]
    #[inline]
    pub fn of(&self, key: u32) -> &[u32] {
        let key = key as usize;
        if key >= self.len() {
            return &[];
        }
        let (from, to) = self.offsets.ends(key);
        if from > to || to > self.items.len() {
            throw(Damaged { block: None });
        }
        self.items.slice(from..to)
    }

    /// The lists of the keys from one to another (not included), one after the other.
    #[must_use]
    pub fn between(&self, from: u32, to: u32) -> &[u32] {
        if from >= to || to as usize > self.len() {
            return &[];
        }
        let ends = (
            self.offsets.get(from as usize),
            self.offsets.get(to as usize),
        );
        if ends.0 > ends.1 || ends.1 as usize > self.items.len() {
            throw(Damaged { block: None });
        }
        self.items.slice(ends.0 as usize..ends.1 as usize)
    }

    /// The same, and where in it each of these lists ends.
    #[must_use]
    pub fn run(&self, from: u32, to: u32) -> (&[u32], Vec<u32>) {
        let items = self.between(from, to);
        if items.is_empty() {
            return (items, vec![0; to.saturating_sub(from) as usize]);
        }
        let ends = self.offsets.behind(from as usize, to as usize);
        let most = ends.last().is_some_and(|&end| end as usize == items.len());
        if !most || !ends.is_sorted() {
            throw(Damaged { block: None });
        }
        (items, ends)
    }

    /// How many keys.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// Whether there is no key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds them to a file.
    pub fn write<'a>(&'a self, name: &str, file: &mut Writer<'a>) {
        self.offsets.write(name, file);
        file.numbers(name, self.items.all());
    }

    /// Those of a file.
    ///
    /// # Errors
    /// [`Problem::Damaged`] when it has no such section.
    pub fn mapped(file: &Arc<File>, name: &str) -> Result<Self, Problem> {
        Ok(Self {
            offsets: Offsets::mapped(file, name)?,
            items: file.column(name)?,
        })
    }
}

/// Lists for some keys among many: most have none.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct SparseLists {
    /// Sorted.
    keys: Column<u32>,
    lists: Lists,
}

impl SparseLists {
    /// From keys in ascending order, each with its list.
    #[must_use]
    pub fn new(keys: Vec<u32>, lists: Lists) -> Self {
        Self {
            keys: keys.into(),
            lists,
        }
    }

    /// Whether a key has a list.
    #[must_use]
    pub fn has(&self, key: u32) -> bool {
        self.place(key).is_some()
    }

    /// The list of a key; empty where it has none.
    #[must_use]
    pub fn of(&self, key: u32) -> &[u32] {
        self.place(key).map_or(&[], |at| self.lists.of(at))
    }

    /// How many keys have one.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether none has.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    fn place(&self, key: u32) -> Option<u32> {
        position(&self.keys, key).and_then(|at| u32::try_from(at).ok())
    }

    /// Adds them to a file.
    pub fn write<'a>(&'a self, name: &str, file: &mut Writer<'a>) {
        file.numbers(&format!("{name}.keys"), self.keys.all());
        self.lists.write(name, file);
    }

    /// Those of a file.
    ///
    /// # Errors
    /// [`Problem::Damaged`] when it has no such section.
    pub fn mapped(file: &Arc<File>, name: &str) -> Result<Self, Problem> {
        Ok(Self {
            keys: file.column(&format!("{name}.keys"))?,
            lists: Lists::mapped(file, name)?,
        })
    }
}

/// The place of a number in an ascending column.
pub(super) fn position(column: &Column<u32>, number: u32) -> Option<usize> {
    let (mut from, mut to) = (0, column.len());
    while from < to {
        let middle = from + (to - from) / 2;
        match column.get(middle).cmp(&number) {
            std::cmp::Ordering::Less => from = middle + 1,
            std::cmp::Ordering::Greater => to = middle,
            std::cmp::Ordering::Equal => return Some(middle),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Lists, SparseLists};

    #[test]
    fn items_of_a_key_keep_their_order() {
        let lists = Lists::from_pairs(3, [(2, 7), (0, 5), (2, 6), (9, 1)].into_iter());
        assert_eq!(
            (lists.of(0), lists.of(1), lists.of(2), lists.of(3)),
            (&[5][..], &[][..], &[7, 6][..], &[][..])
        );
    }

    #[test]
    fn most_keys_have_no_list() {
        let lists = SparseLists::new(vec![3, 8], Lists::from_lists([vec![1, 2], vec![]]));
        assert_eq!(
            (lists.of(3), lists.of(8), lists.of(4)),
            (&[1, 2][..], &[][..], &[][..])
        );
        assert_eq!((lists.has(8), lists.has(9)), (true, false));
    }
}
