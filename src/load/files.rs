//! The only reader and, in [`write_atomically`], the only writer of files.

mod revision;
mod stamps;
mod streams;
mod texts;
mod write;

pub use revision::{is_revision, read_revision};
pub use stamps::{Stamps, spare_files, stamps};
pub use streams::{Stream, open, small_text};
pub use texts::Shelf;
pub use write::{make_directory, remove, stream_atomically, write_atomically};

use crate::text::{Diagnostic, Sources, Span, safe::shorten};
use std::{
    collections::HashSet,
    fmt, fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
};
use walkdir::WalkDir;

/// The names of the diagnostics of this module.
pub const NAMES: &[&str] = &[
    "casebook-too-large",
    "file-too-large",
    "link-loop",
    "not-utf8",
    "special-file",
    "text-not-there",
    "text-outside",
    "text-too-large",
    "text-unreadable",
    "texts-not-there",
    "too-many-files",
    "unreadable-file",
    "vanished-file",
];

/// How much is read at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileLimits {
    /// Bytes of one file.
    pub file_bytes: u64,
    /// Files.
    pub files: usize,
    /// Bytes of all files together.
    pub total_bytes: u64,
}

impl Default for FileLimits {
    fn default() -> Self {
        Self {
            file_bytes: 32 << 20,
            files: 10_000,
            total_bytes: 256 << 20,
        }
    }
}

/// Why nothing could be loaded at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError {
    /// What sort of reason.
    pub kind: LoadErrorKind,
    /// What is wrong, one line.
    pub message: String,
    /// What to do; empty when there is nothing to say.
    pub help: String,
}

/// What sort of reason: it decides the exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadErrorKind {
    /// There is no casebook there.
    NotLoadable,
    /// The system does not let it be read.
    InputOutput,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for LoadError {}

impl LoadError {
    fn new(kind: LoadErrorKind, message: String) -> Self {
        Self {
            kind,
            message,
            help: String::new(),
        }
    }
}

/// Reads files, and in directories (recursively, hidden ones left out) every `.ron` file, in path order. A file that
/// cannot be used is an error among the diagnostics, and stands in the sources as an empty text.
///
/// # Errors
/// [`LoadError`] when a path does not exist, or no file can be used.
pub fn read(
    paths: &[PathBuf],
    limits: &FileLimits,
) -> Result<(Sources, Vec<Diagnostic>), LoadError> {
    let mut reader = Reader::new(limits);
    for path in paths {
        let about = fs::metadata(path).map_err(|error| cannot_open(path, &error))?;
        if about.is_dir() {
            reader.directory(path);
        } else {
            reader.file(path);
        }
    }
    reader.finish(paths)
}

fn cannot_open(path: &Path, error: &io::Error) -> LoadError {
    let name = shown(path);
    match error.kind() {
        io::ErrorKind::NotFound => LoadError {
            help: "name a casebook with `--casebook`: a `.ron` file or a directory of them"
                .to_owned(),
            ..LoadError::new(
                LoadErrorKind::NotLoadable,
                format!("there is no file or directory `{name}`"),
            )
        },
        _ => LoadError::new(
            LoadErrorKind::InputOutput,
            format!("`{name}` cannot be read: {error}"),
        ),
    }
}

fn shown(path: &Path) -> String {
    shorten(&path.display().to_string(), 200)
}

struct Reader<'l> {
    limits: &'l FileLimits,
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    /// Files already read, so that two paths to one file count once.
    seen: HashSet<PathBuf>,
    bytes: u64,
    usable: usize,
    /// A limit was reached: no further file is read.
    full: bool,
}

impl<'l> Reader<'l> {
    fn new(limits: &'l FileLimits) -> Self {
        Self {
            limits,
            sources: Sources::default(),
            diagnostics: Vec::new(),
            seen: HashSet::new(),
            bytes: 0,
            usable: 0,
            full: false,
        }
    }

    /// Reports a file that cannot be used.
    fn unusable(&mut self, path: &Path, name: &'static str, message: String, help: &str) {
        let file = self.sources.add(&path.display().to_string(), String::new());
        let problem = Diagnostic::error(name, message, Span::new(file, 0, 0));
        self.diagnostics.push(if help.is_empty() {
            problem
        } else {
            problem.help(help)
        });
    }

    fn directory(&mut self, directory: &Path) {
        let hidden = |entry: &walkdir::DirEntry| {
            entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".")
        };
        let walk = WalkDir::new(directory)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter();
        for entry in walk.filter_entry(|entry| !hidden(entry)) {
            if self.full {
                return;
            }
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if is_ron(entry.path()) => self.file(entry.path()),
                Ok(_) => {}
                Err(error) => self.walk_error(directory, &error),
            }
        }
    }

    fn walk_error(&mut self, directory: &Path, error: &walkdir::Error) {
        let path = error.path().unwrap_or(directory).to_path_buf();
        if let Some(ancestor) = error.loop_ancestor() {
            let message = format!(
                "the link `{}` leads back to `{}`",
                shown(&path),
                shown(ancestor)
            );
            self.unusable(&path, "link-loop", message, "take the link out");
        } else if !is_ron(&path)
            && fs::symlink_metadata(&path).is_ok_and(|about| about.is_symlink())
        {
            // A dangling link that would not have been read anyhow.
        } else if let Some(error) = error.io_error() {
            self.not_read(&path, error);
        }
    }

    fn not_read(&mut self, path: &Path, error: &io::Error) {
        let name = shown(path);
        if error.kind() == io::ErrorKind::NotFound {
            self.unusable(
                path,
                "vanished-file",
                format!("`{name}` was here a moment ago, or is a link to nothing"),
                "check again",
            );
        } else {
            self.unusable(
                path,
                "unreadable-file",
                format!("`{name}` cannot be read: {error}"),
                "see who may read it",
            );
        }
    }

    fn file(&mut self, path: &Path) {
        if fs::canonicalize(path).map_or(true, |path| self.seen.insert(path)) {
            self.admit(path, |limit| read_regular(path, limit));
        }
    }

    /// Takes in a file unless a limit stands against it; `read` is told how many bytes are admitted.
    fn admit(&mut self, path: &Path, read: impl FnOnce(u64) -> io::Result<Read>) {
        if self.full {
            return;
        }
        let name = shown(path);
        if self.sources.len() >= self.limits.files {
            self.full = true;
            let message = format!(
                "there are more than {} files; from `{name}` on they were not read",
                self.limits.files
            );
            return self.unusable(
                path,
                "too-many-files",
                message,
                "name a smaller directory, or raise the limit of files",
            );
        }
        let bytes = match read(self.limits.file_bytes) {
            Ok(Read::Bytes(bytes)) => bytes,
            Ok(Read::Special) => {
                let message = format!("`{name}` is a device, pipe or socket, not a file");
                return self.unusable(path, "special-file", message, "name a file or a directory");
            }
            Ok(Read::TooLarge) => {
                let message = format!("`{name}` is larger than {}", size(self.limits.file_bytes));
                return self.unusable(
                    path,
                    "file-too-large",
                    message,
                    "divide it into smaller files, or raise the limit of bytes",
                );
            }
            Err(error) => return self.not_read(path, &error),
        };
        self.bytes += bytes.len() as u64;
        if self.bytes > self.limits.total_bytes {
            self.full = true;
            let limit = size(self.limits.total_bytes);
            let message = format!(
                "the files together are larger than {limit}; from `{name}` on they were not read"
            );
            return self.unusable(
                path,
                "casebook-too-large",
                message,
                "name fewer files, or raise the limit of bytes",
            );
        }
        self.text(path, bytes);
    }

    fn text(&mut self, path: &Path, bytes: Vec<u8>) {
        match String::from_utf8(bytes) {
            Ok(mut text) => {
                if text.starts_with('\u{feff}') {
                    text.drain(..'\u{feff}'.len_utf8());
                }
                self.usable += 1;
                self.sources.add(&path.display().to_string(), text);
            }
            Err(error) => {
                let (at, bytes) = (error.utf8_error().valid_up_to(), error.as_bytes());
                let line = 1 + bytes[..at].iter().filter(|&&byte| byte == b'\n').count();
                let message = format!(
                    "`{}` is not UTF-8 text: byte {at}, in line {line}, is 0x{:02X}",
                    shown(path),
                    bytes[at]
                );
                let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
                let help = if utf16 {
                    "it looks like UTF-16: save it as UTF-8"
                } else {
                    "save it as UTF-8; nothing of this file was read"
                };
                self.unusable(path, "not-utf8", message, help);
            }
        }
    }

    fn finish(self, paths: &[PathBuf]) -> Result<(Sources, Vec<Diagnostic>), LoadError> {
        if self.usable > 0 {
            return Ok((self.sources, self.diagnostics));
        }
        if let Some(first) = self.diagnostics.into_iter().next() {
            let io = matches!(first.name, "unreadable-file" | "vanished-file");
            let kind = if io {
                LoadErrorKind::InputOutput
            } else {
                LoadErrorKind::NotLoadable
            };
            return Err(LoadError {
                kind,
                message: first.message,
                help: first.help.join("; "),
            });
        }
        let names: Vec<String> = paths
            .iter()
            .map(|path| format!("`{}`", shown(path)))
            .collect();
        let message = format!(
            "there is no `.ron` file in {}",
            shorten(&names.join(", "), 200)
        );
        Err(LoadError::new(LoadErrorKind::NotLoadable, message))
    }
}

/// Whether two paths name the same file or directory, links followed.
#[must_use]
pub fn same_path(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    real(one) == real(other)
}

fn is_ron(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "ron")
}

fn size(bytes: u64) -> String {
    if bytes >= 1 << 20 {
        format!("{} MiB", bytes >> 20)
    } else {
        format!("{bytes} bytes")
    }
}

enum Read {
    Bytes(Vec<u8>),
    Special,
    TooLarge,
}

/// The bytes of a regular file of at most `limit` bytes. A pipe is told before it is opened, which would wait for ever.
fn read_regular(path: &Path, limit: u64) -> io::Result<Read> {
    if !fs::metadata(path)?.is_file() {
        return Ok(Read::Special);
    }
    let file = fs::File::open(path)?;
    let about = file.metadata()?;
    if !about.is_file() {
        return Ok(Read::Special);
    }
    if about.len() > limit {
        return Ok(Read::TooLarge);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or(0));
    // It may grow meanwhile, and some systems give files that say they are empty.
    file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok(if bytes.len() as u64 > limit {
        Read::TooLarge
    } else {
        Read::Bytes(bytes)
    })
}
