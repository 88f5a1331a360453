//! A file of named sections: a header with checksums of all its blocks, verified at opening; blocks verified when they are
//! first touched.
//!
//! ```text
//! magic 8 | version u32 | byte order u32 | length u64 | sections u32 | log2 of the block's size u32 | blocks u64 | key 32
//! sections × (name 32, start u64, length u64)
//! blocks × checksum u64                      of the bytes from `start of blocks` on
//! checksum u64                               of all above
//! 0 … up to a multiple of 64; then the blocks, sections at multiples of 8
//! ```

use super::damage::{Damaged, throw};
use super::{Column, Numbers};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::{fmt, fs, io};
use xxhash_rust::xxh3::xxh3_64;

pub(super) const MAGIC: [u8; 8] = *b"casebook";
pub(super) const ORDER: u32 = 0x0102_0304;
/// Bytes of the fixed part of the header.
pub(super) const FIXED: usize = 72;
/// Bytes of a row of the table of sections.
pub(super) const ROW: usize = LONGEST_NAME + 16;
/// The longest name of a section, in bytes.
pub const LONGEST_NAME: usize = 32;
/// Bytes between the table of sections and the blocks begin at a multiple of this.
pub(super) const ALIGNED: usize = 64;
/// The smallest and the largest block, as powers of two.
pub(super) const BLOCKS: Range<u32> = 6..21;

/// Why a file is not opened.
#[derive(Debug)]
pub enum Problem {
    /// It cannot be read.
    Io(io::Error),
    /// It is something else.
    Foreign,
    /// It was written by another version, or on another sort of machine.
    Version,
    /// It is shorter or longer than it was written, or its header is not as written.
    Damaged,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "it cannot be read: {error}"),
            Self::Foreign => f.write_str("it is no compiled casebook"),
            Self::Version => f.write_str(
                "another version of the program, or another sort of machine, has written it",
            ),
            Self::Damaged => f.write_str("it is damaged or cut short"),
        }
    }
}

enum Bytes {
    Mapped(memmap2::Mmap),
    /// In words, so that numbers in it are aligned.
    Held(Vec<u64>, usize),
}

/// An open file.
pub struct File {
    bytes: Bytes,
    sections: Vec<(String, Range<usize>)>,
    /// Where the blocks begin.
    start: usize,
    /// log2 of the size of a block.
    block: u32,
    checksums: Vec<u64>,
    verified: Vec<AtomicU64>,
    key: [u8; 32],
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File")
            .field("sections", &self.sections.len())
            .finish_non_exhaustive()
    }
}

impl File {
    /// Maps a file and verifies its header.
    ///
    /// # Errors
    /// [`Problem`] when it cannot be read, or is not a whole file of this version.
    pub fn map(path: &Path, version: u32) -> Result<Arc<Self>, Problem> {
        let file = fs::File::open(path).map_err(Problem::Io)?;
        let about = file.metadata().map_err(Problem::Io)?;
        if !about.is_file() || about.len() < FIXED as u64 {
            return Err(if about.is_file() && about.len() > 0 {
                Problem::Damaged
            } else {
                Problem::Foreign
            });
        }
        Self::read(Bytes::Mapped(map(&file).map_err(Problem::Io)?), version)
    }

    /// The same of bytes in memory.
    ///
    /// # Errors
    /// [`Problem`] when they are not a whole file of this version.
    pub fn of_bytes(bytes: &[u8], version: u32) -> Result<Arc<Self>, Problem> {
        let mut words = vec![0_u64; bytes.len().div_ceil(8)];
        bytemuck::cast_slice_mut::<u64, u8>(&mut words)[..bytes.len()].copy_from_slice(bytes);
        Self::read(Bytes::Held(words, bytes.len()), version)
    }

    fn read(bytes: Bytes, version: u32) -> Result<Arc<Self>, Problem> {
        let all = bytes.all();
        if !all.starts_with(&MAGIC) {
            return Err(if MAGIC.starts_with(all) && !all.is_empty() {
                Problem::Damaged
            } else {
                Problem::Foreign
            });
        }
        let mut header = Cursor {
            all,
            at: MAGIC.len(),
        };
        let found = (header.u32()?, header.u32()?);
        if found != (version, ORDER) {
            return Err(Problem::Version);
        }
        let length = header.usize()?;
        let (sections, block) = (header.u32()? as usize, header.u32()?);
        let blocks = header.usize()?;
        if length != all.len() || !BLOCKS.contains(&block) || sections > 4096 {
            return Err(Problem::Damaged);
        }
        let mut key = [0; 32];
        key.copy_from_slice(header.bytes(32)?);
        let header_end = blocks
            .checked_mul(8)
            .and_then(|sums| sums.checked_add(FIXED + sections * ROW))
            .ok_or(Problem::Damaged)?;
        let known = all.get(..header_end).ok_or(Problem::Damaged)?;
        let mut sum = Cursor {
            all,
            at: header_end,
        };
        if sum.u64()? != xxh3_64(known) {
            return Err(Problem::Damaged);
        }
        let start = (header_end + 8).next_multiple_of(ALIGNED);
        let mut rows = Vec::with_capacity(sections);
        for _ in 0..sections {
            let name = header.bytes(LONGEST_NAME)?;
            let name = name.split(|&byte| byte == 0).next().unwrap_or_default();
            let name = String::from_utf8(name.to_vec()).map_err(|_| Problem::Damaged)?;
            let (from, length) = (header.usize()?, header.usize()?);
            let to = from
                .checked_add(length)
                .filter(|&to| from >= start && to <= all.len());
            rows.push((name, from..to.ok_or(Problem::Damaged)?));
        }
        let mut checksums = Vec::with_capacity(blocks);
        for _ in 0..blocks {
            checksums.push(header.u64()?);
        }
        if all
            .len()
            .checked_sub(start)
            .map(|length| length.div_ceil(1 << block))
            != Some(blocks)
        {
            return Err(Problem::Damaged);
        }
        let mut verified = Vec::new();
        verified.resize_with(blocks.div_ceil(64), AtomicU64::default);
        Ok(Arc::new(Self {
            sections: rows,
            start,
            block,
            checksums,
            verified,
            key,
            bytes,
        }))
    }

    /// The key that it was written under.
    #[must_use]
    pub fn key(&self) -> &[u8; 32] {
        &self.key
    }

    /// The bytes of a section. None of them is verified yet.
    ///
    /// # Errors
    /// [`Problem::Damaged`] when there is no such section.
    pub(super) fn section(&self, name: &str) -> Result<Range<usize>, Problem> {
        let mut sections = self.sections.iter();
        let found = sections.find(|(known, _)| known == name);
        found
            .map(|(_, range)| range.clone())
            .ok_or(Problem::Damaged)
    }

    /// The section of a column.
    ///
    /// # Errors
    /// [`Problem::Damaged`] when there is no such section, or it holds no whole numbers.
    pub fn column<T: bytemuck::AnyBitPattern>(
        self: &Arc<Self>,
        name: &str,
    ) -> Result<Column<T>, Problem> {
        Column::mapped(self, self.section(name)?)
    }

    /// The section of a column that was written as narrow as its numbers allow.
    ///
    /// # Errors
    /// As [`File::column`].
    pub fn numbers(self: &Arc<Self>, name: &str) -> Result<Numbers, Problem> {
        Numbers::mapped(self, name)
    }

    /// The bytes of a range of which it is known that they are as written.
    #[inline]
    pub(super) fn known(&self, range: Range<usize>) -> &[u8] {
        self.bytes.all().get(range).unwrap_or_default()
    }

    /// Verifies the blocks of a range of bytes, those that have not been; throws when one is damaged.
    #[inline]
    pub(super) fn verify(&self, range: &Range<usize>) {
        if range.is_empty() {
            return;
        }
        let first = range.start.saturating_sub(self.start) >> self.block;
        let last = (range.end - 1).saturating_sub(self.start) >> self.block;
        for block in first..=last {
            let known = self
                .verified
                .get(block / 64)
                .is_some_and(|word| word.load(Ordering::Relaxed) >> (block % 64) & 1 == 1);
            if !known {
                self.verify_block(block);
            }
        }
    }

    #[cold]
    fn verify_block(&self, block: usize) {
        let all = self.bytes.all();
        let from = self.start + (block << self.block);
        let to = (from + (1 << self.block)).min(all.len());
        let sum = all.get(from..to).map(xxh3_64);
        match (
            sum,
            self.checksums.get(block),
            self.verified.get(block / 64),
        ) {
            (Some(sum), Some(&known), Some(word)) if sum == known => {
                word.fetch_or(1 << (block % 64), Ordering::Relaxed);
            }
            _ => throw(Damaged { block: Some(block) }),
        }
    }

    /// Verifies every block.
    pub fn verify_all(&self) {
        for block in 0..self.checksums.len() {
            self.verify_block(block);
        }
    }
}

impl Bytes {
    fn all(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Held(words, length) => &bytemuck::cast_slice(words)[..*length],
        }
    }
}

#[allow(
    unsafe_code,
    reason = "a map is sound while nobody changes the file: casebook only ever replaces such files as a whole"
)]
fn map(file: &fs::File) -> io::Result<memmap2::Mmap> {
    // SAFETY: a compiled casebook is written under another name and renamed into place, never written to; the bytes under
    // the map are those of the file that was opened, whatever takes its place.
    unsafe { memmap2::Mmap::map(file) }
}

struct Cursor<'a> {
    all: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn bytes(&mut self, length: usize) -> Result<&'a [u8], Problem> {
        let end = self.at.checked_add(length).ok_or(Problem::Damaged)?;
        let found = self.all.get(self.at..end).ok_or(Problem::Damaged)?;
        self.at = end;
        Ok(found)
    }

    fn u32(&mut self) -> Result<u32, Problem> {
        Ok(bytemuck::pod_read_unaligned(self.bytes(4)?))
    }

    fn u64(&mut self) -> Result<u64, Problem> {
        Ok(bytemuck::pod_read_unaligned(self.bytes(8)?))
    }

    fn usize(&mut self) -> Result<usize, Problem> {
        usize::try_from(self.u64()?).map_err(|_| Problem::Damaged)
    }
}
