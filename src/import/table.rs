//! One table, row by row, whatever it is stored as.

use super::input::{self, Gauge, Input, Leash, Opened};
use super::layout::Layout;
use super::preset::{Preset, Separator};
use super::{ImportError, Map, pages};
use csv::ByteRecord;
use std::cell::Cell;
use std::io::{Cursor, Read};
use std::rc::Rc;

/// A table that is being read.
pub(super) struct Table {
    pub(super) name: String,
    pub(super) layout: Layout,
    rows: Rows,
    /// The first row, where it had to be looked at and is no header.
    first: Option<ByteRecord>,
    number: u64,
    since: Rc<Cell<usize>>,
}

enum Rows {
    Text(Box<csv::Reader<Leash>>),
    Parquet(Box<pages::Rows>),
}

/// How a text is cut into cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cutting {
    pub(super) separator: u8,
    pub(super) quotes: bool,
}

impl Table {
    /// Opens a table of events.
    pub(super) fn open(
        input: Input,
        preset: &Preset,
        map: &Map,
        gauge: &Gauge,
    ) -> Result<Self, ImportError> {
        let name = input.name.clone();
        let mut table = match input::open(input, gauge)? {
            Opened::Parquet(file) => Self::parquet(name, file, gauge)?,
            Opened::Text(head, rest) => {
                let cutting = cutting(&head, preset, map);
                Self::text(name, whole(head, rest), cutting)
            }
        };
        table.lay_out(preset, map)?;
        Ok(table)
    }

    /// Opens a look-up table: no header unless said so, cut as the events are.
    pub(super) fn open_plain(input: Input, map: &Map) -> Result<Self, ImportError> {
        let name = input.name.clone();
        match input::open(input, &Gauge::default())? {
            Opened::Parquet(file) => Self::parquet(name, file, &Gauge::default()),
            Opened::Text(head, rest) => {
                let mut table = Self::text(name, whole(head, rest), map.cutting());
                if map.header() {
                    table.next(&mut ByteRecord::new())?;
                }
                Ok(table)
            }
        }
    }

    fn text(name: String, text: Box<dyn Read>, cutting: Cutting) -> Self {
        let since = Rc::new(Cell::new(0));
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(cutting.separator)
            .quoting(cutting.quotes)
            .buffer_capacity(1 << 17)
            .from_reader(Leash::new(text, Rc::clone(&since)));
        Self::of(name, Rows::Text(Box::new(reader)), since)
    }

    fn parquet(
        name: String,
        file: Box<dyn input::Seekable>,
        gauge: &Gauge,
    ) -> Result<Self, ImportError> {
        let rows = pages::Rows::open(&name, file, gauge)?;
        Ok(Self::of(name, Rows::Parquet(Box::new(rows)), Rc::default()))
    }

    fn of(name: String, rows: Rows, since: Rc<Cell<usize>>) -> Self {
        Self {
            name,
            layout: Layout::default(),
            rows,
            first: None,
            number: 0,
            since,
        }
    }

    /// Looks at the header, or at how many columns there are.
    fn lay_out(&mut self, preset: &Preset, map: &Map) -> Result<(), ImportError> {
        let mut names = Vec::new();
        let mut width = 0;
        if let Rows::Parquet(rows) = &self.rows {
            names.clone_from(&rows.names);
            width = names.len();
        } else {
            let mut first = ByteRecord::new();
            if self.next(&mut first)?.is_none() {
                // An empty file has no rows, and nothing that could be wrong with them.
                return Ok(());
            }
            width = width.max(first.len());
            let header = map.header.unwrap_or(preset.header) || Layout::is_header(&first, preset);
            if header {
                names = first
                    .iter()
                    .map(|cell| String::from_utf8_lossy(cell).into_owned())
                    .collect();
            } else {
                self.first = Some(first);
                let known = preset.headers.iter().find(|names| names.len() == width);
                if let Some(known) = known {
                    names = known.iter().map(|&name| name.to_owned()).collect();
                } else if !preset.headers.is_empty() {
                    let problem = format!("`{}` has {width} columns in its first row", self.name);
                    return Err(ImportError::unusable(
                        problem,
                        "GDELT 1.0 has 57 or 58 columns, 2.0 has 61, with tabs between them",
                    ));
                }
            }
        }
        self.layout = Layout::new(&self.name, names, width, preset, map)?;
        Ok(())
    }

    /// The next row and its line; of Parquet its number.
    pub(super) fn next(&mut self, record: &mut ByteRecord) -> Result<Option<u64>, ImportError> {
        if let Some(first) = self.first.take() {
            *record = first;
            return Ok(Some(self.number));
        }
        self.since.set(0);
        match &mut self.rows {
            Rows::Text(reader) => {
                let more = reader.read_byte_record(record).map_err(|error| {
                    let line = self.number + 1;
                    let name = format!("{}, after line {line}", self.name);
                    match error.into_kind() {
                        csv::ErrorKind::Io(error) => ImportError::Io(name, error),
                        other => ImportError::Io(name, std::io::Error::other(format!("{other:?}"))),
                    }
                })?;
                if let Some(position) = record.position() {
                    self.number = position.line();
                }
                Ok(more.then_some(self.number))
            }
            Rows::Parquet(rows) => {
                self.number += 1;
                Ok(rows.next(&self.name, record)?.then_some(self.number))
            }
        }
    }
}

fn whole(head: Vec<u8>, rest: Box<dyn Read>) -> Box<dyn Read> {
    Box::new(Cursor::new(head).chain(rest))
}

/// How to cut a table of events: as the map or the preset says, else as its first line looks.
fn cutting(line: &[u8], preset: &Preset, map: &Map) -> Cutting {
    let said = map.separator.is_some() || map.quotes.is_some();
    if said || preset.separator == Separator::Tab {
        return map.cutting();
    }
    let count = |separator: u8| line.iter().filter(|&&byte| byte == separator).count();
    let (commas, semicolons) = (count(b','), count(b';'));
    let (separator, quotes) = if count(b'\t') > 0 || commas + semicolons == 0 {
        (b'\t', false)
    } else if commas >= semicolons {
        (b',', true)
    } else {
        (b';', true)
    };
    Cutting { separator, quotes }
}
