//! The limits of reading files, in one table as the limits of asking are.

use crate::load::FileLimits;
use crate::query::limits::Limit;

/// Every limit of reading files.
pub const FILE_LIMITS: &[Limit] = &[
    Limit {
        name: "file-bytes",
        flag: "--max-file-bytes",
        about: "size of one file",
        unit: "bytes",
        most: u64::MAX,
    },
    Limit {
        name: "total-bytes",
        flag: "--max-total-bytes",
        about: "size of all files of a casebook together",
        unit: "bytes",
        most: u64::MAX,
    },
    Limit {
        name: "files",
        flag: "--max-files",
        about: "number of files of a casebook",
        unit: "files",
        most: u64::MAX,
    },
];

/// The value of a limit of reading by its name.
#[must_use]
pub fn get(limits: &FileLimits, name: &str) -> Option<u64> {
    match name {
        "file-bytes" => Some(limits.file_bytes),
        "total-bytes" => Some(limits.total_bytes),
        "files" => Some(limits.files as u64),
        _ => None,
    }
}

/// Sets a limit of reading by its name. False when there is no such limit or the value is 0.
pub fn set(limits: &mut FileLimits, name: &str, value: u64) -> bool {
    match name {
        _ if value == 0 => return false,
        "file-bytes" => limits.file_bytes = value,
        "total-bytes" => limits.total_bytes = value,
        "files" => limits.files = usize::try_from(value).unwrap_or(usize::MAX),
        _ => return false,
    }
    true
}
