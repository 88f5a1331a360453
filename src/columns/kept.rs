//! Values that are made when they are first asked for, and kept.

use std::sync::OnceLock;

/// So many values share one piece of memory.
const CHUNK: usize = 512;

type Chunk<T> = Box<[OnceLock<Box<T>>]>;

/// For each of `0..len` a value that is made at first sight. Nothing is set aside before the first is.
pub struct Kept<T> {
    len: usize,
    chunks: OnceLock<Box<[OnceLock<Chunk<T>>]>>,
}

impl<T> Kept<T> {
    /// Places for so many.
    #[must_use]
    pub fn new(len: usize) -> Self {
        Self {
            len,
            chunks: OnceLock::new(),
        }
    }

    /// How many there may be.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there may be none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The value at a place, made if it has not been; `None` out of range.
    pub fn get(&self, at: usize, make: impl FnOnce() -> T) -> Option<&T> {
        if at >= self.len {
            return None;
        }
        let chunks = self.chunks.get_or_init(|| places(self.len.div_ceil(CHUNK)));
        let chunk = chunks.get(at / CHUNK)?.get_or_init(|| places(CHUNK));
        Some(chunk.get(at % CHUNK)?.get_or_init(|| Box::new(make())))
    }
}

fn places<T>(count: usize) -> Box<[OnceLock<T>]> {
    (0..count).map(|_| OnceLock::new()).collect()
}

impl<T> std::fmt::Debug for Kept<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Kept({})", self.len)
    }
}

#[cfg(test)]
mod tests {
    use super::Kept;

    #[test]
    fn a_value_is_made_once() {
        let kept = Kept::new(1000);
        assert_eq!(kept.get(999, || 1), Some(&1));
        assert_eq!(kept.get(999, || 2), Some(&1));
        assert_eq!(kept.get(1000, || 3), None);
    }
}
