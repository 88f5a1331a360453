//! Flat columns that are held in memory or lie in a mapped file: the same types read both, so that what is built from
//! them need not know which. The home of `memmap2`, `bytemuck` and `xxhash-rust`.
//!
//! A file is verified piece by piece: its header at opening, every block when it is first touched. What is found damaged
//! in the midst of work is *thrown* as [`Damaged`] and caught by [`guarded`], so that no reader of a number has to be
//! ready for it.

mod column;
mod damage;
mod file;
mod kept;
mod lists;
mod offsets;
mod strings;
mod writer;

pub use column::{Column, Numbers};
pub use damage::{Damaged, guarded, throw};
pub use file::{File, LONGEST_NAME, Problem};
pub use kept::Kept;
pub use lists::{Lists, SparseLists};
pub use offsets::Offsets;
pub use strings::{Rows, Strings};
pub use writer::{Block, Writer, fingerprint};
