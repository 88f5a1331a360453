//! The same rows, stored in other ways: compressed, in pieces, from a pipe, as Parquet.

use super::{claims, fixture, import_all, import_one, options};
use casebook::import::{Bytes, Input};
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use std::io::{self, Cursor, Read, Write as _};
use std::sync::Arc;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// Gives a byte at a time, as a slow pipe may.
struct Drops(Cursor<Vec<u8>>);

impl Read for Drops {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let one = buffer.len().min(1);
        self.0.read(&mut buffer[..one])
    }
}

#[test]
fn compressions_are_told_by_their_first_bytes() {
    let plain = fixture("icews.tab");
    let (head, tail) = plain.split_at(plain.len() / 2);
    let expected = claims(&import_one("icews.tab", plain.as_slice(), options("icews")));
    let two_members = [gzip(head), gzip(tail)].concat();
    let two_frames = [zstd(head), zstd(tail)].concat();
    let with_mark = [b"\xef\xbb\xbf".as_slice(), &plain].concat();
    let windows = String::from_utf8(plain.clone())
        .unwrap()
        .replace('\n', "\r\n")
        .into_bytes();
    for (name, bytes) in [
        ("x.tab.gz", gzip(&plain)),
        ("x.zst", zstd(&plain)),
        ("unnamed", gzip(&plain)),
        ("two.gz", two_members),
        ("two.zst", two_frames),
        ("mark.tab", with_mark),
        ("windows.tab", windows),
    ] {
        let stream = Input {
            name: name.to_owned(),
            bytes: Bytes::Stream(Box::new(Drops(Cursor::new(bytes.clone())))),
        };
        for input in [Input::of(name, bytes), stream] {
            let imported = import_all(vec![input], options("icews")).unwrap();
            assert_eq!(claims(&imported), expected, "{name}");
        }
    }
}

/// A table from a slow pipe shows its separators with its first line.
#[test]
fn a_slow_pipe_is_cut_as_a_file_is() {
    let bytes = fixture("acled.csv");
    let expected = claims(&import_one("acled.csv", bytes.as_slice(), options("acled")));
    let stream = Input {
        name: "standard input".to_owned(),
        bytes: Bytes::Stream(Box::new(Drops(Cursor::new(bytes)))),
    };
    let imported = import_all(vec![stream], options("acled")).unwrap();
    assert_eq!(claims(&imported), expected);
}

#[test]
fn what_is_torn_is_an_error() {
    let plain = fixture("icews.tab").repeat(200);
    let (gzip, zstd) = (gzip(&plain), zstd(&plain));
    for (name, bytes) in [
        ("torn.gz", &gzip[..gzip.len() / 2]),
        ("torn.zst", &zstd[..zstd.len() / 2]),
        ("no.gz", &plain[..]),
        ("no.parquet", &plain[..]),
        ("torn.parquet", b"PAR1\x00\x00\x00\xffPAR1"),
        ("tiny.parquet", b"PAR1"),
    ] {
        let done = import_all(vec![Input::of(name, bytes)], options("icews"));
        assert!(done.is_err(), "{name}");
    }
}

/// A small file that becomes a gigabyte is read piece by piece, and one line of a gigabyte is refused.
#[test]
fn a_bomb_is_not_read_into_memory() {
    let long = io::repeat(b'x').take(1 << 26);
    let header = Cursor::new(b"from\tlabel\tto\nAda\tknows\t".to_vec());
    let input = Input {
        name: "long".to_owned(),
        bytes: Bytes::Stream(Box::new(header.chain(long))),
    };
    let error = format!("{:?}", import_all(vec![input], options("tsv")).unwrap_err());
    assert!(error.contains("longer than 16 MiB"), "{error}");
}

fn parquet_file(dates_as_days: bool) -> Vec<u8> {
    let date = if dates_as_days {
        "INT32 day (DATE)"
    } else {
        "BYTE_ARRAY day (UTF8)"
    };
    let schema = format!(
        "message events {{ required BYTE_ARRAY to (UTF8); required BYTE_ARRAY label (UTF8); \
         optional BYTE_ARRAY from (UTF8); required {date}; }}"
    );
    let schema = Arc::new(parse_message_type(&schema).unwrap());
    let properties = WriterProperties::builder()
        .set_compression(parquet::basic::Compression::SNAPPY)
        .build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let mut number = 0;
    while let Some(mut column) = group.next_column().unwrap() {
        let text =
            |texts: &[&str]| -> Vec<ByteArray> { texts.iter().map(|&text| text.into()).collect() };
        match number {
            0 => drop(column.typed::<ByteArrayType>().write_batch(
                &text(&["Bob", "Cy"]),
                None,
                None,
            )),
            1 => drop(column.typed::<ByteArrayType>().write_batch(
                &text(&["knows", "knows"]),
                None,
                None,
            )),
            2 => drop(column.typed::<ByteArrayType>().write_batch(
                &text(&["Ada"]),
                Some(&[1, 0]),
                None,
            )),
            _ if dates_as_days => drop(column.typed::<Int32Type>().write_batch(
                &[17532, 17533],
                None,
                None,
            )),
            _ => drop(column.typed::<ByteArrayType>().write_batch(
                &text(&["2018-01-01", "2018-01-02"]),
                None,
                None,
            )),
        }
        column.close().unwrap();
        number += 1;
    }
    group.close().unwrap();
    writer.into_inner().unwrap()
}

#[test]
fn parquet_has_its_columns_by_name() {
    for dates_as_days in [false, true] {
        let imported = import_one("e.parquet", parquet_file(dates_as_days), options("tsv"));
        assert_eq!(
            claims(&imported),
            ["-: ada knows bob @- 2018-01-01 the-data-set"]
        );
        let report = imported.report;
        assert_eq!(report.rows, 2);
        let bad: Vec<String> = report.bad.iter().map(ToString::to_string).collect();
        assert_eq!(
            bad,
            ["e.parquet:2: column `from`: nothing stands there: fill it in, or take the row out"]
        );
    }
    let stream = Input {
        name: "-".to_owned(),
        bytes: Bytes::Stream(Box::new(Cursor::new(parquet_file(true)))),
    };
    let error = import_all(vec![stream], options("tsv")).unwrap_err();
    assert!(format!("{error:?}").contains("front to back"), "{error:?}");
}

/// Whatever byte is damaged, there is an answer or an error.
#[test]
fn damaged_parquet_never_panics() {
    let whole = parquet_file(true);
    for at in 0..whole.len() {
        for bit in [1, 0x80] {
            let mut damaged = whole.clone();
            damaged[at] ^= bit;
            let _ = import_all(vec![Input::of("e.parquet", damaged)], options("tsv"));
        }
    }
}
