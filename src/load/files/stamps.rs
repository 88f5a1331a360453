//! What the system says of the files of a casebook, without reading them; and files that may be lost at any time.

use super::is_ron;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use walkdir::WalkDir;

/// So long a file must have been as it is before its time of change is trusted: clocks of file systems are coarse.
const SETTLED: Duration = Duration::from_secs(2);

/// The files that [`super::read`] would read, as the system knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamps {
    /// Their bytes together.
    pub bytes: u64,
    /// Their names, sizes, places and times of change; equal for what has not been touched.
    pub text: String,
    /// Whether none was changed within the last two seconds.
    pub settled: bool,
}

/// The stamps of all files that these paths lead to; `None` where something cannot be looked at.
#[must_use]
pub fn stamps(paths: &[PathBuf]) -> Option<Stamps> {
    let mut stamps = Stamps {
        bytes: 0,
        text: String::new(),
        settled: true,
    };
    for path in paths {
        let about = fs::metadata(path).ok()?;
        if !about.is_dir() {
            stamps.add(path, &about);
            continue;
        }
        let hidden = |entry: &walkdir::DirEntry| {
            entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".")
        };
        let walk = WalkDir::new(path)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter();
        for entry in walk.filter_entry(|entry| !hidden(entry)) {
            let entry = entry.ok()?;
            if !entry.file_type().is_dir() && is_ron(entry.path()) {
                stamps.add(entry.path(), &entry.metadata().ok()?);
            }
        }
    }
    Some(stamps)
}

impl Stamps {
    fn add(&mut self, path: &Path, about: &Metadata) {
        let changed = about.modified().ok();
        self.bytes += about.len();
        self.settled &= changed.is_some_and(is_past) && is_settled(about);
        self.text.push_str(&format!(
            "{}\n{} {changed:?} {}\n",
            path.display(),
            about.len(),
            place(about)
        ));
    }
}

/// Whether a time lies so far back that nothing can have happened in it since.
fn is_past(time: SystemTime) -> bool {
    SystemTime::now()
        .duration_since(time)
        .is_ok_and(|age| age >= SETTLED)
}

/// The time of the last change to anything about a file, which programs do not set.
#[cfg(unix)]
fn is_settled(about: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let since = u64::try_from(about.ctime())
        .map(|seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds + 1));
    since.is_ok_and(is_past)
}

#[cfg(not(unix))]
fn is_settled(_: &Metadata) -> bool {
    true
}

#[cfg(unix)]
fn place(about: &Metadata) -> String {
    use std::os::unix::fs::MetadataExt as _;
    format!(
        "{}.{} {} {}",
        about.ctime(),
        about.ctime_nsec(),
        about.dev(),
        about.ino()
    )
}

#[cfg(not(unix))]
fn place(_: &Metadata) -> String {
    String::new()
}

/// The names of the files in a directory that end so, with their sizes, the last used first.
#[must_use]
pub fn spare_files(directory: &Path, extension: &str) -> Vec<(PathBuf, u64)> {
    let entries = fs::read_dir(directory)
        .into_iter()
        .flatten()
        .filter_map(Result::ok);
    let mut found: Vec<(SystemTime, PathBuf, u64)> = entries
        .filter(|entry| {
            entry
                .path()
                .extension()
                .is_some_and(|found| found == extension)
        })
        .filter_map(|entry| {
            let about = entry.metadata().ok()?;
            Some((about.modified().ok()?, entry.path(), about.len()))
        })
        .collect();
    found.sort_by(|one, other| other.cmp(one));
    found
        .into_iter()
        .map(|(_, path, bytes)| (path, bytes))
        .collect()
}
