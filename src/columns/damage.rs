//! What is thrown when a block of a file is not what was written, and the one way to catch it.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// A file does not hold what was written into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damaged {
    /// The block that was found so, from 0; `None` where the blocks are whole and make no sense.
    pub block: Option<usize>,
}

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.block {
            Some(block) => write!(f, "block {block} does not match its checksum"),
            None => f.write_str("what it holds makes no sense"),
        }
    }
}

/// Ends all work down to the next [`guarded`]. It is no panic: no hook runs and nothing is printed.
pub fn throw(damaged: Damaged) -> ! {
    resume_unwind(Box::new(damaged))
}

/// Does some work, and gives what was thrown in it.
///
/// # Errors
/// [`Damaged`] when the work met a damaged file. What it was about to change is as far as it had come.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Damaged> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|thrown| match thrown.downcast::<Damaged>() {
        Ok(damaged) => *damaged,
        Err(other) => resume_unwind(other),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_thrown_is_caught() {
        let damaged = Damaged { block: Some(3) };
        assert_eq!(guarded(|| 1), Ok(1));
        assert_eq!(guarded(|| throw(damaged)), Err::<(), _>(damaged));
    }
}
