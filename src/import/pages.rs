//! Parquet by rows: every value becomes the text that a table would hold.

use super::ImportError;
use super::input::{Gauge, Seekable};
use crate::model::date;
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, FileReader as _, Length, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use std::fmt::Write as _;
use std::io::{self, Read, Seek as _, SeekFrom};
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex, PoisonError};

/// The rows of a file.
pub(super) struct Rows {
    rows: RowIter<'static>,
    /// The columns, by name.
    pub(super) names: Vec<String>,
    text: String,
}

impl Rows {
    pub(super) fn open(
        name: &str,
        file: Box<dyn Seekable>,
        gauge: &Gauge,
    ) -> std::result::Result<Self, ImportError> {
        let chunks = Chunks::new(file, gauge).map_err(|error| broken(name, &error.into()))?;
        let reader = SerializedFileReader::new(chunks).map_err(|error| broken(name, &error))?;
        sound(&reader).map_err(|error| broken(name, &error))?;
        let schema = reader.metadata().file_metadata().schema();
        let names = schema.get_fields().iter();
        let names = names.map(|field| field.name().to_owned()).collect();
        Ok(Self {
            names,
            rows: RowIter::from_file_into(Box::new(reader)),
            text: String::new(),
        })
    }

    /// The next row; false at the end.
    pub(super) fn next(
        &mut self,
        name: &str,
        record: &mut csv::ByteRecord,
    ) -> std::result::Result<bool, ImportError> {
        record.clear();
        // The reader trusts what a damaged file says of itself more than it should, and stops the program: not ours.
        let next = panic::catch_unwind(AssertUnwindSafe(|| self.rows.next()));
        let damaged = |_| Some(Err(ParquetError::General("it is damaged".to_owned())));
        let Some(row) = next.unwrap_or_else(damaged) else {
            return Ok(false);
        };
        let row: Row = row.map_err(|error| broken(name, &error))?;
        for (_, field) in row.get_column_iter() {
            match field {
                Field::Str(text) => record.push_field(text.as_bytes()),
                Field::Bytes(bytes) => record.push_field(bytes.data()),
                other => {
                    self.text.clear();
                    write_field(&mut self.text, other);
                    record.push_field(self.text.as_bytes());
                }
            }
        }
        Ok(true)
    }
}

/// Whether all parts of a file lie inside it.
fn sound(reader: &SerializedFileReader<Chunks>) -> Result<()> {
    let metadata = reader.metadata();
    let columns = metadata
        .row_groups()
        .iter()
        .flat_map(|group| group.columns());
    for column in columns {
        let starts = [
            Some(column.data_page_offset()),
            column.dictionary_page_offset(),
        ];
        let negative = starts.into_iter().flatten().any(|start| start < 0);
        if negative || column.compressed_size() < 0 || column.num_values() < 0 {
            return Err(ParquetError::General(
                "a column lies outside of it".to_owned(),
            ));
        }
    }
    Ok(())
}

fn broken(name: &str, error: &ParquetError) -> ImportError {
    ImportError::unusable(
        format!("`{name}` cannot be read as Parquet: {error}"),
        "write its pages plain, as Snappy or as gzip, and see that it is whole",
    )
}

/// A value as text; dates as ISO 8601, lists with `;` between their items, everything else that is nested as nothing.
fn write_field(out: &mut String, field: &Field) {
    const DAY: i64 = 86_400;
    let day = |seconds: i64| i32::try_from(seconds.div_euclid(DAY)).map(date::calendar);
    // Writing to a text does not fail.
    let _ = match field {
        Field::Bool(value) => write!(out, "{value}"),
        Field::Byte(value) => write!(out, "{value}"),
        Field::Short(value) => write!(out, "{value}"),
        Field::Int(value) => write!(out, "{value}"),
        Field::Long(value) => write!(out, "{value}"),
        Field::UByte(value) => write!(out, "{value}"),
        Field::UShort(value) => write!(out, "{value}"),
        Field::UInt(value) => write!(out, "{value}"),
        Field::ULong(value) => write!(out, "{value}"),
        Field::Float(value) => write!(out, "{value}"),
        Field::Double(value) => write!(out, "{value}"),
        Field::Str(value) => write!(out, "{value}"),
        Field::Date(days) => write!(out, "{}", date::calendar(*days)),
        Field::TimestampMillis(value) => {
            write!(out, "{}", day(value.div_euclid(1000)).unwrap_or_default())
        }
        Field::TimestampMicros(value) => {
            write!(
                out,
                "{}",
                day(value.div_euclid(1_000_000)).unwrap_or_default()
            )
        }
        Field::ListInternal(list) => {
            for (number, item) in list.elements().iter().enumerate() {
                if number > 0 {
                    out.push(';');
                }
                write_item(out, item);
            }
            Ok(())
        }
        _ => Ok(()),
    };
}

/// An item of a list; a list in a list is nothing, so that depth has an end.
fn write_item(out: &mut String, item: &Field) {
    if !matches!(item, Field::ListInternal(_)) {
        write_field(out, item);
    }
}

/// A file that several readers read parts of.
struct Chunks {
    file: Arc<Mutex<Box<dyn Seekable>>>,
    length: u64,
    gauge: Gauge,
}

impl Chunks {
    fn new(mut file: Box<dyn Seekable>, gauge: &Gauge) -> io::Result<Self> {
        let length = file.seek(SeekFrom::End(0))?;
        Ok(Self {
            file: Arc::new(Mutex::new(file)),
            length,
            gauge: gauge.clone(),
        })
    }
}

impl Length for Chunks {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Chunks {
    type T = io::BufReader<Part>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        Ok(io::BufReader::new(Part {
            file: Arc::clone(&self.file),
            at: start,
            gauge: self.gauge.clone(),
        }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<bytes::Bytes> {
        let within = start.checked_add(length as u64);
        if within.is_none_or(|end| end > self.length) {
            return Err(ParquetError::EOF("a part lies past the end".to_owned()));
        }
        let mut bytes = vec![0; length];
        self.get_read(start)?.read_exact(&mut bytes)?;
        Ok(bytes.into())
    }
}

/// A reader that keeps its own place.
struct Part {
    file: Arc<Mutex<Box<dyn Seekable>>>,
    at: u64,
    gauge: Gauge,
}

impl Read for Part {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.at))?;
        let read = file.read(buffer)?;
        self.at += read as u64;
        self.gauge.add(read);
        Ok(read)
    }
}
