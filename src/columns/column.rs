//! A column of numbers, held or mapped.

use super::damage::{Damaged, throw};
use super::file::{File, Problem};
use super::writer::Writer;
use bytemuck::{AnyBitPattern, Pod};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// One number for each of `0..len()`.
pub struct Column<T>(Inner<T>);

enum Inner<T> {
    Held(Vec<T>),
    Mapped {
        file: Arc<File>,
        bytes: Range<usize>,
        /// Every block of it is verified.
        whole: AtomicBool,
        /// How many bytes `T` has.
        kind: std::marker::PhantomData<T>,
    },
}

impl<T> Column<T> {
    /// How many bytes a number has; never 0.
    const SIZE: usize = if size_of::<T>() == 0 {
        1
    } else {
        size_of::<T>()
    };

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Inner::Held(held) => held.len(),
            Inner::Mapped { bytes, .. } => bytes.len() / Self::SIZE,
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<T: AnyBitPattern> Column<T> {
    pub(super) fn mapped(file: &Arc<File>, bytes: Range<usize>) -> Result<Self, Problem> {
        let fits =
            bytes.start.is_multiple_of(align_of::<T>()) && bytes.len().is_multiple_of(Self::SIZE);
        if !fits {
            return Err(Problem::Damaged);
        }
        let (file, whole) = (Arc::clone(file), AtomicBool::new(bytes.is_empty()));
        Ok(Self(Inner::Mapped {
            file,
            bytes,
            whole,
            kind: std::marker::PhantomData,
        }))
    }

    /// The number at a place.
    #[must_use]
    #[inline]
    pub fn get(&self, at: usize) -> T {
        match &self.0 {
            Inner::Held(held) => held[at],
            Inner::Mapped { .. } => self.slice(at..at.saturating_add(1))[0],
        }
    }

    /// The number at a place, if there is such a place.
    #[must_use]
    pub fn find(&self, at: usize) -> Option<T> {
        (at < self.len()).then(|| self.get(at))
    }

    /// The numbers at some places.
    #[must_use]
    #[inline]
    pub fn slice(&self, range: Range<usize>) -> &[T] {
        match &self.0 {
            Inner::Held(held) => &held[range],
            Inner::Mapped {
                file, bytes, whole, ..
            } => {
                let ends = (
                    range.start.checked_mul(Self::SIZE),
                    range.end.checked_mul(Self::SIZE),
                );
                let (Some(from), Some(to)) = ends else {
                    throw(Damaged { block: None });
                };
                if from > to || to > bytes.len() {
                    throw(Damaged { block: None });
                }
                let part = bytes.start + from..bytes.start + to;
                if !whole.load(Ordering::Relaxed) {
                    file.verify(&part);
                }
                cast(file.known(part))
            }
        }
    }

    /// All of them; what is mapped is verified as a whole the first time.
    #[must_use]
    pub fn all(&self) -> &[T] {
        match &self.0 {
            Inner::Held(held) => held,
            Inner::Mapped {
                file, bytes, whole, ..
            } => {
                if !whole.load(Ordering::Relaxed) {
                    file.verify(bytes);
                    whole.store(true, Ordering::Relaxed);
                }
                cast(file.known(bytes.clone()))
            }
        }
    }
}

fn cast<T: AnyBitPattern>(bytes: &[u8]) -> &[T] {
    bytemuck::try_cast_slice(bytes).unwrap_or_else(|_| throw(Damaged { block: None }))
}

impl<T: Clone> Clone for Column<T> {
    fn clone(&self) -> Self {
        Self(match &self.0 {
            Inner::Held(held) => Inner::Held(held.clone()),
            Inner::Mapped {
                file,
                bytes,
                whole,
                kind,
            } => Inner::Mapped {
                file: Arc::clone(file),
                bytes: bytes.clone(),
                whole: AtomicBool::new(whole.load(Ordering::Relaxed)),
                kind: *kind,
            },
        })
    }
}

impl<T> From<Vec<T>> for Column<T> {
    fn from(held: Vec<T>) -> Self {
        Self(Inner::Held(held))
    }
}

impl<T> FromIterator<T> for Column<T> {
    fn from_iter<I: IntoIterator<Item = T>>(numbers: I) -> Self {
        Vec::from_iter(numbers).into()
    }
}

impl<T> Default for Column<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<T: AnyBitPattern + std::fmt::Debug> std::fmt::Debug for Column<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Inner::Held(held) => held.fmt(f),
            Inner::Mapped { .. } => write!(f, "[{} mapped]", self.len()),
        }
    }
}

impl<T: AnyBitPattern + PartialEq> PartialEq for Column<T> {
    fn eq(&self, other: &Self) -> bool {
        self.all() == other.all()
    }
}

impl<T: AnyBitPattern + Eq> Eq for Column<T> {}

/// A column that is as narrow in a file as its numbers allow: one, two or four bytes. `u32::MAX` stands for none.
#[derive(Debug)]
pub enum Numbers {
    /// In one byte.
    Bytes(Column<u8>),
    /// In two.
    Short(Column<u16>),
    /// In four.
    Long(Column<u32>),
}

impl Numbers {
    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Bytes(column) => column.len(),
            Self::Short(column) => column.len(),
            Self::Long(column) => column.len(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number at a place.
    #[must_use]
    #[inline]
    pub fn get(&self, at: usize) -> u32 {
        match self {
            Self::Bytes(column) => match column.get(at) {
                u8::MAX => u32::MAX,
                number => number.into(),
            },
            Self::Short(column) => match column.get(at) {
                u16::MAX => u32::MAX,
                number => number.into(),
            },
            Self::Long(column) => column.get(at),
        }
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = u32> + Clone {
        (0..self.len()).map(|at| self.get(at))
    }

    pub(super) fn mapped(file: &Arc<File>, name: &str) -> Result<Self, Problem> {
        let suffixed = |suffix: &str| file.section(&format!("{name}{suffix}"));
        if let Ok(section) = suffixed(".8") {
            return Column::mapped(file, section).map(Self::Bytes);
        }
        if let Ok(section) = suffixed(".16") {
            return Column::mapped(file, section).map(Self::Short);
        }
        Column::mapped(file, suffixed(".32")?).map(Self::Long)
    }

    /// Adds them to a file.
    pub fn write<'a>(&'a self, name: &str, file: &mut Writer<'a>) {
        let long = match self {
            Self::Bytes(column) => return file.bytes(&format!("{name}.8"), column.all()),
            Self::Short(column) => return file.numbers(&format!("{name}.16"), column.all()),
            Self::Long(column) => column.all(),
        };
        let most = long
            .iter()
            .copied()
            .filter(|&number| number != u32::MAX)
            .max()
            .unwrap_or(0);
        if most < u8::MAX.into() {
            file.owned(&format!("{name}.8"), narrow::<u8>(long, u8::MAX));
        } else if most < u16::MAX.into() {
            file.owned(&format!("{name}.16"), narrow::<u16>(long, u16::MAX));
        } else {
            file.numbers(&format!("{name}.32"), long);
        }
    }
}

fn narrow<T: Pod + TryFrom<u32>>(long: &[u32], none: T) -> Vec<u8> {
    let short: Vec<T> = long
        .iter()
        .map(|&number| T::try_from(number).unwrap_or(none))
        .collect();
    bytemuck::cast_slice(&short).to_vec()
}

impl From<Vec<u32>> for Numbers {
    fn from(held: Vec<u32>) -> Self {
        Self::Long(held.into())
    }
}

impl FromIterator<u32> for Numbers {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        Self::Long(numbers.into_iter().collect())
    }
}
