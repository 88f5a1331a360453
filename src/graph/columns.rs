//! Flat lists of lists: one array of items and one of offsets.

/// For each of `0..len` a slice of `u32`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lists {
    offsets: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    /// Lists for the keys `0..keys` from pairs of key and item; the items of a key keep the order of the pairs.
    /// Pairs with a key out of range are passed over.
    #[must_use]
    pub(super) fn from_pairs(keys: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
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
        Self { offsets, items }
    }

    /// Lists for the keys `0..keys` from items that stand in the order of their keys already.
    #[must_use]
    pub(super) fn from_sorted(keys: usize, items: &[u32], key: impl Fn(u32) -> u32) -> Self {
        let mut offsets = vec![0_u32; keys + 1];
        for &item in items {
            offsets[key(item) as usize + 1] += 1;
        }
        for key in 0..keys {
            offsets[key + 1] += offsets[key];
        }
        Self {
            offsets,
            items: items.to_vec(),
        }
    }

    /// The lists of the keys from one to another (not included), one after the other.
    #[must_use]
    pub(super) fn between(&self, from: u32, to: u32) -> &[u32] {
        match (
            self.offsets.get(from as usize),
            self.offsets.get(to as usize),
        ) {
            (Some(&from), Some(&to)) if from <= to => &self.items[from as usize..to as usize],
            _ => &[],
        }
    }

    /// The list of a key; empty for a key out of range.
    #[must_use]
    #[inline]
    pub(super) fn of(&self, key: u32) -> &[u32] {
        let key = key as usize;
        match (self.offsets.get(key), self.offsets.get(key + 1)) {
            (Some(&from), Some(&to)) => &self.items[from as usize..to as usize],
            _ => &[],
        }
    }

    /// How many keys.
    #[must_use]
    pub(super) fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::Lists;

    #[test]
    fn items_of_a_key_keep_their_order() {
        let lists = Lists::from_pairs(3, [(2, 7), (0, 5), (2, 6), (9, 1)].into_iter());
        assert_eq!(
            (lists.of(0), lists.of(1), lists.of(2), lists.of(3)),
            (&[5][..], &[][..], &[7, 6][..], &[][..])
        );
    }
}
