//! Where lists begin and end, in half the room where they are short.

use super::Column;
use super::file::{File, Problem};
use super::writer::Writer;
use std::sync::Arc;

/// So many offsets share a base.
const SHARED: usize = 256;

/// Ascending numbers, one more than there are lists.
#[derive(Debug, Clone)]
pub enum Offsets {
    /// As they are.
    Long(Column<u32>),
    /// How far each lies behind the base that it shares with its neighbours.
    Short {
        /// One for every 256 offsets.
        bases: Column<u32>,
        /// One for each.
        behind: Column<u16>,
    },
}

impl Offsets {
    /// How many.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        match self {
            Self::Long(column) => column.len(),
            Self::Short { behind, .. } => behind.len(),
        }
    }

    /// The offset at a place.
    #[must_use]
    #[inline]
    pub fn get(&self, at: usize) -> u32 {
        match self {
            Self::Long(column) => column.get(at),
            Self::Short { bases, behind } => {
                bases.get(at / SHARED).saturating_add(behind.get(at).into())
            }
        }
    }

    /// Where a list begins and ends.
    #[must_use]
    #[inline]
    pub fn ends(&self, list: usize) -> (usize, usize) {
        match self {
            Self::Long(column) => {
                let ends = column.slice(list..list + 2);
                (ends[0] as usize, ends[1] as usize)
            }
            Self::Short { .. } => (self.get(list) as usize, self.get(list + 1) as usize),
        }
    }

    /// How far the offsets after one of them lie behind it, up to another.
    #[must_use]
    pub fn behind(&self, from: usize, to: usize) -> Vec<u32> {
        let first = self.get(from);
        match self {
            Self::Long(column) => {
                let all = column.slice(from + 1..to + 1).iter();
                all.map(|offset| offset.wrapping_sub(first)).collect()
            }
            Self::Short { bases, behind } => {
                let bases = bases.all();
                let all = (from + 1..).zip(behind.slice(from + 1..to + 1));
                all.map(|(at, &behind)| {
                    let base = bases.get(at / SHARED).copied().unwrap_or_default();
                    base.wrapping_add(behind.into()).wrapping_sub(first)
                })
                .collect()
            }
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many offsets are not greater than this.
    #[must_use]
    pub fn beginning_by(&self, item: usize) -> usize {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = from + (to - from) / 2;
            if self.get(middle) as usize <= item {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        from
    }

    /// Adds them to a file.
    pub fn write(&self, name: &str, file: &mut Writer<'_>) {
        let all: Vec<u32> = (0..self.len()).map(|at| self.get(at)).collect();
        let bases: Vec<u32> = all.iter().step_by(SHARED).copied().collect();
        let short = |(at, &offset): (usize, &u32)| {
            offset
                .checked_sub(bases[at / SHARED])
                .and_then(|it| u16::try_from(it).ok())
        };
        let behind: Option<Vec<u16>> = all.iter().enumerate().map(short).collect();
        match behind.filter(|_| all.len() > SHARED) {
            Some(behind) => {
                file.owned(
                    &format!("{name}.of.16"),
                    bytemuck::cast_slice(&behind).to_vec(),
                );
                file.owned(
                    &format!("{name}.of.base"),
                    bytemuck::cast_slice(&bases).to_vec(),
                );
            }
            None => file.owned(&format!("{name}.of"), bytemuck::cast_slice(&all).to_vec()),
        }
    }

    /// Those of a file.
    ///
    /// # Errors
    /// [`Problem::Damaged`] when it has no such section.
    pub fn mapped(file: &Arc<File>, name: &str) -> Result<Self, Problem> {
        match file.column(&format!("{name}.of.16")) {
            Ok(behind) => Ok(Self::Short {
                bases: file.column(&format!("{name}.of.base"))?,
                behind,
            }),
            Err(_) => file.column(&format!("{name}.of")).map(Self::Long),
        }
    }
}

impl From<Vec<u32>> for Offsets {
    fn from(held: Vec<u32>) -> Self {
        Self::Long(held.into())
    }
}

impl Default for Offsets {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl PartialEq for Offsets {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && (0..self.len()).all(|at| self.get(at) == other.get(at))
    }
}

impl Eq for Offsets {}
