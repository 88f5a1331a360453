//! Puts sections together to a file. Sections of the same bytes are stored once.

use super::file::{ALIGNED, BLOCKS, FIXED, LONGEST_NAME, MAGIC, ORDER, ROW};
use bytemuck::Pod;
use std::borrow::Cow;
use std::io;
use xxhash_rust::xxh3::{Xxh3, xxh3_64, xxh3_128};

/// How many bytes share a checksum, as a power of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block(u32);

impl Block {
    /// Blocks of `2^power` bytes, within what a file allows (64 bytes to 1 MiB).
    #[must_use]
    pub fn new(power: u32) -> Self {
        Self(power.clamp(BLOCKS.start, BLOCKS.end - 1))
    }
}

impl Default for Block {
    /// 64 KiB: the least that a disk is well read by, and a few microseconds to verify.
    fn default() -> Self {
        Self(16)
    }
}

/// A file in the making.
#[derive(Debug, Default)]
pub struct Writer<'a> {
    sections: Vec<(String, Cow<'a, [u8]>)>,
}

/// The name of a section, where it begins behind the header, and its length.
type Placed<'w> = (&'w str, usize, usize);

impl<'a> Writer<'a> {
    /// Adds a section of bytes. Its name has at most [`LONGEST_NAME`] of them.
    pub fn bytes(&mut self, name: &str, bytes: &'a [u8]) {
        self.sections.push((name.to_owned(), Cow::Borrowed(bytes)));
    }

    /// Adds a section of bytes that nobody else holds.
    pub fn owned(&mut self, name: &str, bytes: Vec<u8>) {
        self.sections.push((name.to_owned(), Cow::Owned(bytes)));
    }

    /// Adds a section of numbers.
    pub fn numbers<T: Pod>(&mut self, name: &str, numbers: &'a [T]) {
        self.bytes(name, bytemuck::cast_slice(numbers));
    }

    /// Writes the file.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(
        &self,
        version: u32,
        key: [u8; 32],
        block: Block,
        output: &mut dyn io::Write,
    ) -> io::Result<()> {
        let (rows, stored, body) = self.layout();
        let blocks = body.div_ceil(1 << block.0);
        let header_end = FIXED + rows.len() * ROW + blocks * 8;
        let start = (header_end + 8).next_multiple_of(ALIGNED);
        let mut header = Vec::with_capacity(start);
        header.extend_from_slice(&MAGIC);
        let u32s =
            |header: &mut Vec<u8>, number: u32| header.extend_from_slice(&number.to_ne_bytes());
        let u64s = |header: &mut Vec<u8>, number: usize| {
            header.extend_from_slice(&(number as u64).to_ne_bytes())
        };
        u32s(&mut header, version);
        u32s(&mut header, ORDER);
        u64s(&mut header, start + body);
        u32s(&mut header, u32::try_from(rows.len()).unwrap_or(u32::MAX));
        u32s(&mut header, block.0);
        u64s(&mut header, blocks);
        header.extend_from_slice(&key);
        for (name, from, length) in &rows {
            let mut field = [0_u8; LONGEST_NAME];
            let name = &name.as_bytes()[..name.len().min(LONGEST_NAME)];
            field[..name.len()].copy_from_slice(name);
            header.extend_from_slice(&field);
            u64s(&mut header, start + from);
            u64s(&mut header, *length);
        }
        for sum in checksums(&stored, 1 << block.0) {
            header.extend_from_slice(&sum.to_ne_bytes());
        }
        let sum = xxh3_64(&header);
        header.extend_from_slice(&sum.to_ne_bytes());
        header.resize(start, 0);
        output.write_all(&header)?;
        stored.iter().try_for_each(|part| output.write_all(part))
    }

    /// The table of sections with their places, the pieces that are stored, and how many bytes these are.
    fn layout(&self) -> (Vec<Placed<'_>>, Vec<&[u8]>, usize) {
        const PADDING: [u8; 8] = [0; 8];
        let mut known: Vec<(u128, usize, usize)> = Vec::new();
        let (mut rows, mut stored, mut end) = (Vec::new(), Vec::new(), 0_usize);
        for (name, bytes) in &self.sections {
            let sum = xxh3_128(bytes);
            let same = known
                .iter()
                .find(|&&(other, _, length)| other == sum && length == bytes.len());
            let from = same.map_or(end, |&(_, from, _)| from);
            if same.is_none() {
                known.push((sum, end, bytes.len()));
                let padding = bytes.len().next_multiple_of(8) - bytes.len();
                stored.push(&**bytes);
                stored.push(&PADDING[..padding]);
                end += bytes.len() + padding;
            }
            rows.push((name.as_str(), from, bytes.len()));
        }
        (rows, stored, end)
    }
}

/// The checksum of each block of what is stored.
fn checksums(stored: &[&[u8]], block: usize) -> Vec<u64> {
    let (mut sums, mut open, mut held) = (Vec::new(), Xxh3::new(), 0);
    for &part in stored {
        let mut rest = part;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.len().min(block - held));
            open.update(now);
            (held, rest) = (held + now.len(), later);
            if held == block {
                sums.push(open.digest());
                open.reset();
                held = 0;
            }
        }
    }
    if held > 0 {
        sums.push(open.digest());
    }
    sums
}

/// A fingerprint of some texts, in their order: not against forgers, but against change.
#[must_use]
pub fn fingerprint<'t>(texts: impl IntoIterator<Item = &'t [u8]>) -> u128 {
    let mut open = Xxh3::new();
    for text in texts {
        open.update(&(text.len() as u64).to_le_bytes());
        open.update(text);
    }
    open.digest128()
}
