//! Files are written as a whole or not at all.

use super::shown;
use std::io::Write as _;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Writes a file as a whole or not at all: a temporary file beside it, synchronised, takes its place and keeps its mode.
/// What is no regular file (`/dev/stdout`, a pipe) is written to directly.
///
/// # Errors
/// What the system says; [`io::ErrorKind::WouldBlock`] when another casebook is writing the same file.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    stream_atomically(path, &mut |out| out.write_all(bytes))
}

/// The same for what is too large to be held in memory: `write` writes it piece by piece.
///
/// # Errors
/// What the system or `write` says, and as [`write_atomically`].
pub fn stream_atomically(
    path: &Path,
    write: &mut dyn FnMut(&mut dyn io::Write) -> io::Result<()>,
) -> io::Result<()> {
    let target = match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_path_buf(),
        other => other?,
    };
    let old = match fs::metadata(&target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        other => Some(other?),
    };
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        let mut out = io::BufWriter::new(fs::OpenOptions::new().write(true).open(&target)?);
        write(&mut out)?;
        return out.flush();
    }
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            format!("`{}` may not be written to", shown(path)),
        ));
    }
    let directory = target
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let lock = Lock::take(directory, &target)?;
    let mut builder = tempfile::Builder::new();
    let mut temporary = new_file_mode(builder.prefix(".casebook-")).tempfile_in(directory)?;
    if let Some(old) = old {
        temporary.as_file().set_permissions(old.permissions())?;
    }
    let mut out = io::BufWriter::with_capacity(1 << 16, temporary.as_file_mut());
    write(&mut out)?;
    out.flush()?;
    drop(out);
    temporary.as_file().sync_all()?;
    temporary.persist(&target).map_err(|error| error.error)?;
    if cfg!(unix) {
        fs::File::open(directory)?.sync_all()?;
    }
    drop(lock);
    Ok(())
}

/// Makes a directory that only its owner may look into, where there is none.
///
/// # Errors
/// What the system says.
pub fn make_directory(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path)
}

/// Removes a file that may be lost; a failure is of no consequence.
pub fn remove(path: &Path) {
    let _ = fs::remove_file(path);
}

/// A new file gets the mode that any program would give it, not the private one of temporary files.
#[cfg(unix)]
fn new_file_mode<'b, 'p, 's>(
    builder: &'b mut tempfile::Builder<'p, 's>,
) -> &'b mut tempfile::Builder<'p, 's> {
    use std::os::unix::fs::PermissionsExt as _;
    builder.permissions(fs::Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn new_file_mode<'b, 'p, 's>(
    builder: &'b mut tempfile::Builder<'p, 's>,
) -> &'b mut tempfile::Builder<'p, 's> {
    builder
}

/// A locked file beside the one that is written, taken away afterwards.
struct Lock {
    file: fs::File,
    path: PathBuf,
}

impl Lock {
    fn take(directory: &Path, target: &Path) -> io::Result<Self> {
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let path = directory.join(format!(".{name}.lock"));
        let held = || {
            let message = format!(
                "another casebook is writing `{}`; try again when it is done",
                shown(target)
            );
            io::Error::new(io::ErrorKind::WouldBlock, message)
        };
        let file = fs::OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(false)
            .open(&path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(held()),
            Err(fs::TryLockError::Error(error)) => return Err(error),
        }
        // Whoever held it before us has taken it away: ours is the lock of nothing.
        if !same_file(&file, &path) {
            return Err(held());
        }
        Ok(Self { file, path })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Nothing can be done about a failure, and a lock file that stays behind harms nobody.
        let _ = fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

#[cfg(unix)]
fn same_file(file: &fs::File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let id = |about: fs::Metadata| (about.dev(), about.ino());
    file.metadata().map(id).ok() == fs::metadata(path).map(id).ok()
}

#[cfg(not(unix))]
fn same_file(_: &fs::File, _: &Path) -> bool {
    true
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_file_is_replaced_through_its_link_and_keeps_its_mode() {
        let directory = tempfile::tempdir().unwrap();
        let (file, link) = (
            directory.path().join("a.ron"),
            directory.path().join("link.ron"),
        );
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write_atomically(&link, b"new").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o640
        );
        assert_eq!(
            fs::read_dir(&directory).unwrap().count(),
            2,
            "no lock and no temporary file stays"
        );
    }

    #[test]
    fn a_held_lock_is_an_error_that_says_so() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("a.ron");
        let lock = Lock::take(directory.path(), &file).unwrap();
        let error = write_atomically(&file, b"x").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::WouldBlock);
        assert!(
            error.to_string().contains("another casebook is writing"),
            "{error}"
        );
        drop(lock);
        write_atomically(&file, b"x").unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o111, 0);
    }

    #[test]
    fn what_is_no_regular_file_is_written_to_directly() {
        write_atomically(Path::new("/dev/null"), b"x").unwrap();
        assert!(write_atomically(Path::new("/"), b"x").is_err());
    }
}
