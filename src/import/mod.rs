//! Layer 2: event data to claims. Reads tables row by row (text or Parquet, compressed or not), and gives the records and the
//! claims beside them in columns. It opens no file: it is handed readers.

pub mod cameo;
mod claims;
mod dates;
mod desk;
mod entities;
mod input;
mod layout;
mod lookups;
pub mod map;
mod pages;
pub mod preset;
mod presets;
mod sources;
mod table;
mod verbs;
pub mod writing;

pub use input::{Bytes, Input, Seekable};
pub use map::Map;
pub use preset::{PRESETS, Preset};

use crate::model::{Casebook, ClaimColumns};
use crate::text::safe::{safe, shorten};
use desk::Desk;
use layout::Row;
use std::fmt;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use table::Table;

/// So many bad rows are admitted where nobody says otherwise.
pub const MAX_BAD: u64 = 1000;
/// So many bad rows are listed; the rest are counted.
pub const MOST_LISTED: usize = 1000;
/// Progress is told, and Ctrl-C seen, every so many rows.
const EVERY: u64 = 8192;

/// What event data was read into.
#[derive(Debug)]
pub struct Imported {
    /// Headers, kinds, relations, publications, sources and entities; no claims.
    pub casebook: Casebook,
    /// The claims, whose indices are into the records of the casebook.
    pub claims: ClaimColumns,
    /// What became of the rows.
    pub report: Report,
}

/// What became of the rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows of events.
    pub rows: u64,
    /// Bad rows, of events and of look-up tables, at most [`MOST_LISTED`].
    pub bad: Vec<Bad>,
    /// How many rows are bad.
    pub bad_rows: u64,
    /// Rows that are sound and yet no claim: why, and how many.
    pub left_out: Vec<(&'static str, u64)>,
}

/// A row that cannot be used. Shown, it is one line fit for a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bad {
    /// The file.
    pub file: String,
    /// The line in it, from 1; of Parquet the row.
    pub row: u64,
    /// The column, where one is to blame.
    pub column: Option<String>,
    /// What stands there, cut and as it came; may hold anything.
    pub text: String,
    /// What is wrong with that.
    pub problem: String,
    /// What to do.
    pub help: &'static str,
}

impl fmt::Display for Bad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |text: &str, most| safe(&shorten(text, most));
        write!(f, "{}:{}: ", shown(&self.file, 200), self.row)?;
        if let Some(column) = &self.column {
            write!(f, "column `{}`: ", shown(column, 60))?;
        }
        if !self.text.is_empty() {
            write!(f, "`{}` ", shown(&self.text, 60))?;
        }
        write!(f, "{}: {}", shown(&self.problem, 200), self.help)
    }
}

/// Why nothing was imported.
#[derive(Debug)]
pub enum ImportError {
    /// There are more bad rows than admitted.
    TooManyBad(Box<Report>, u64),
    /// The input, the map or the preset cannot be used as they are: what is wrong, what to do.
    Unusable(String, &'static str),
    /// A file cannot be read.
    Io(String, io::Error),
    /// Somebody stopped it.
    Stopped,
}

impl ImportError {
    fn unusable(message: impl Into<String>, help: &'static str) -> Self {
        Self::Unusable(message.into(), help)
    }
}

/// How to import.
#[derive(Debug, Default)]
pub struct Options {
    /// What the columns are.
    pub preset: Option<&'static Preset>,
    /// What else they are.
    pub map: Option<Map>,
    /// The title of the casebook.
    pub title: Option<String>,
    /// So many bad rows are admitted.
    pub max_bad: u64,
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read of the files of events, as they are stored.
    pub bytes: u64,
    /// Rows of events.
    pub rows: u64,
}

/// What importing needs from outside.
pub struct Around<'a> {
    /// Opens a look-up table that the map names.
    pub open: &'a mut dyn FnMut(&str) -> io::Result<Input>,
    /// Is told from time to time.
    pub progress: &'a mut dyn FnMut(Progress),
    /// Set from outside to stop.
    pub stop: &'a AtomicBool,
}

impl fmt::Debug for Around<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Around").finish_non_exhaustive()
    }
}

/// Reads events, file after file.
///
/// # Errors
/// [`ImportError`] when there are too many bad rows, a file cannot be read, or what is asked for makes no sense.
pub fn import(
    inputs: Vec<Input>,
    options: Options,
    around: &mut Around<'_>,
) -> Result<Imported, ImportError> {
    let preset = options
        .preset
        .or_else(|| options.map.as_ref().and_then(|map| map.preset()))
        .unwrap_or(&PRESETS[preset::TSV]);
    let map = options.map.unwrap_or_default();
    if let Some(problem) = map.problem(preset) {
        return Err(problem);
    }
    let names: Vec<String> = inputs.iter().map(|input| input.name.clone()).collect();
    let title = options
        .title
        .or_else(|| map.title.clone())
        .unwrap_or_else(|| format!("Events of {}", names.join(", ")));
    let mut desk = Desk::new(preset, &map, title, options.max_bad);
    desk.look_up(&map, around.open)?;
    let gauge = input::Gauge::default();
    for input in inputs {
        let name = input.name.clone();
        let mut table = Table::open(input, preset, &map, &gauge)?;
        let mut record = csv::ByteRecord::new();
        while let Some(number) = table.next(&mut record)? {
            desk.ledger.report.rows += 1;
            if desk.ledger.report.rows.is_multiple_of(EVERY) {
                watch(around, &gauge, desk.ledger.report.rows)?;
            }
            let row = Row::new(&record, &table.layout);
            if let Err(fault) = row.checked().and_then(|row| (preset.read)(&mut desk, row)) {
                desk.row_failed(&row, fault, &name, number)?;
            }
        }
    }
    watch(around, &gauge, desk.ledger.report.rows)?;
    desk.finish()
}

fn watch(around: &mut Around<'_>, gauge: &input::Gauge, rows: u64) -> Result<(), ImportError> {
    (around.progress)(Progress {
        bytes: gauge.read(),
        rows,
    });
    if around.stop.load(Ordering::Relaxed) {
        return Err(ImportError::Stopped);
    }
    Ok(())
}
