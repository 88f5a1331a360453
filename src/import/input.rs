//! What is read from: a stream or a file, plain, gzip or Zstandard. Bytes are counted, and a row has an end.

use super::ImportError;
use flate2::read::MultiGzDecoder;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead as _, BufReader, Cursor, Read, Seek, SeekFrom};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A reader that can go back, as Parquet needs.
pub trait Seekable: Read + Seek + Send {}
impl<T: Read + Seek + Send> Seekable for T {}

/// Where bytes come from.
pub enum Bytes {
    /// From front to back.
    Stream(Box<dyn Read>),
    /// From anywhere.
    Seekable(Box<dyn Seekable>),
}

/// Something to read.
#[derive(Debug)]
pub struct Input {
    /// The name that reports show; its ending may say the format.
    pub name: String,
    /// The bytes.
    pub bytes: Bytes,
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Stream(_) => "Stream",
            Self::Seekable(_) => "Seekable",
        })
    }
}

impl Input {
    /// A text in memory.
    #[must_use]
    pub fn of(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.to_owned(),
            bytes: Bytes::Seekable(Box::new(Cursor::new(bytes.into()))),
        }
    }
}

/// Counts what is read.
#[derive(Debug, Clone, Default)]
pub(super) struct Gauge(Arc<AtomicU64>);

impl Gauge {
    pub(super) fn read(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(super) fn add(&self, bytes: usize) {
        self.0.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

struct Counted {
    inner: Box<dyn Read>,
    gauge: Gauge,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.gauge.add(read);
        Ok(read)
    }
}

/// No row may be longer, so that a quotation mark that is never closed does not read a whole file into memory.
pub(super) const LONGEST_ROW: usize = 16 << 20;

/// Lets so much be read until somebody says that a row has ended.
pub(super) struct Leash {
    inner: Box<dyn Read>,
    since: Rc<Cell<usize>>,
}

impl Leash {
    pub(super) fn new(inner: Box<dyn Read>, since: Rc<Cell<usize>>) -> Self {
        Self { inner, since }
    }
}

impl Read for Leash {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since.get() > LONGEST_ROW {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a row is longer than 16 MiB; look for a quotation mark that is not closed",
            ));
        }
        let read = self.inner.read(buffer)?;
        self.since.set(self.since.get() + read);
        Ok(read)
    }
}

/// What an input turned out to be.
pub(super) enum Opened {
    /// The first line, and the rest.
    Text(Vec<u8>, Box<dyn Read>),
    Parquet(Box<dyn Seekable>),
}

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
const PARQUET: &[u8] = b"PAR1";

/// Looks at the first bytes, and undoes a compression.
pub(super) fn open(input: Input, gauge: &Gauge) -> Result<Opened, ImportError> {
    let name = input.name;
    let failed = |error| ImportError::Io(name.clone(), error);
    let (head, stream) = match input.bytes {
        Bytes::Seekable(mut file) => {
            let head = first_bytes(&mut file).map_err(failed)?;
            file.seek(SeekFrom::Start(0)).map_err(failed)?;
            if head == PARQUET {
                return Ok(Opened::Parquet(file));
            }
            (head, Box::new(file) as Box<dyn Read>)
        }
        Bytes::Stream(mut stream) => {
            let head = first_bytes(&mut stream).map_err(failed)?;
            let whole = Cursor::new(head.clone()).chain(stream);
            (head, Box::new(whole) as Box<dyn Read>)
        }
    };
    if head == PARQUET {
        return Err(ImportError::unusable(
            format!("`{name}` is Parquet, which is not read from front to back"),
            "save it as a file of its own, not compressed, and name that",
        ));
    }
    let ends = |ending: &str| name.to_ascii_lowercase().ends_with(ending);
    let counted = Box::new(Counted {
        inner: stream,
        gauge: gauge.clone(),
    });
    let plain: Box<dyn Read> = if head.starts_with(GZIP) {
        Box::new(MultiGzDecoder::new(BufReader::new(counted)))
    } else if head == ZSTD {
        Box::new(Zstd::new(counted))
    } else if !head.is_empty() && (ends(".gz") || ends(".zst") || ends(".parquet")) {
        return Err(ImportError::unusable(
            format!("`{name}` is not what its ending says"),
            "see how it was made, and mend its name",
        ));
    } else {
        counted
    };
    text(plain).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidInput => {
            ImportError::unusable(format!("`{name}` looks like UTF-16"), "save it as UTF-8")
        }
        _ => ImportError::Io(name.clone(), error),
    })
}

/// Takes the first line off a text, without a byte order mark; so much of it as says how it is cut.
fn text(plain: Box<dyn Read>) -> io::Result<Opened> {
    let mut rest = BufReader::with_capacity(1 << 16, plain);
    let mut head = Vec::new();
    (&mut rest).take(1 << 16).read_until(b'\n', &mut head)?;
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    if head.starts_with(&[0xef, 0xbb, 0xbf]) {
        head.drain(..3);
    }
    Ok(Opened::Text(head, Box::new(rest)))
}

fn first_bytes(from: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(4);
    from.take(4).read_to_end(&mut head)?;
    Ok(head)
}

/// Frames of Zstandard, one after the other, a block at a time.
struct Zstd {
    from: BufReader<Box<dyn Read>>,
    decoder: FrameDecoder,
    inside: bool,
}

impl Zstd {
    fn new(from: Box<dyn Read>) -> Self {
        Self {
            from: BufReader::new(from),
            decoder: FrameDecoder::new(),
            inside: false,
        }
    }
}

impl Read for Zstd {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let broken = |error: &dyn fmt::Display| {
            io::Error::new(io::ErrorKind::InvalidData, format!("Zstandard: {error}"))
        };
        loop {
            if self.inside {
                while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                    self.decoder
                        .decode_blocks(&mut self.from, BlockDecodingStrategy::UptoBlocks(1))
                        .map_err(|error| broken(&error))?;
                }
                let read = self.decoder.read(buffer)?;
                if read > 0 || buffer.is_empty() {
                    return Ok(read);
                }
                self.inside = false;
            }
            if self.from.fill_buf()?.is_empty() {
                return Ok(0);
            }
            self.decoder
                .reset(&mut self.from)
                .map_err(|error| broken(&error))?;
            self.inside = true;
        }
    }
}
