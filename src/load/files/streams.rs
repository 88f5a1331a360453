//! Files that are read from front to back, however large.

use std::{
    fs,
    io::{self, Read as _},
    path::Path,
};

/// A file that is open, and what is known of it.
#[derive(Debug)]
pub struct Stream {
    /// The file.
    pub file: fs::File,
    /// Its size, if it is a regular file: then it can also be read from anywhere.
    pub size: Option<u64>,
}

/// Opens a file, a pipe or a device for reading.
///
/// # Errors
/// What the system says.
pub fn open(path: &Path) -> io::Result<Stream> {
    let file = fs::File::open(path)?;
    let about = file.metadata()?;
    if about.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    Ok(Stream {
        size: about.is_file().then_some(about.len()),
        file,
    })
}

/// The text of a small file.
///
/// # Errors
/// What the system says; [`io::ErrorKind::InvalidData`] for what is no UTF-8, [`io::ErrorKind::FileTooLarge`] for more
/// than a mebibyte.
pub fn small_text(path: &Path) -> io::Result<String> {
    const MOST: u64 = 1 << 20;
    let mut text = String::new();
    open(path)?.file.take(MOST + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MOST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(text)
}
