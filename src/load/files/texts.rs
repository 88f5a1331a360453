//! Stored texts: files inside one directory, and nothing outside it.

use super::{FileLimits, Read, read_regular, shown, size};
use crate::text::{Diagnostic, Spanned};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// A directory of stored texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    /// As it was named.
    directory: PathBuf,
    /// Without links: what is read lies under it.
    real: PathBuf,
    limits: FileLimits,
}

impl Shelf {
    /// A directory that a person names, with the limits of files.
    ///
    /// # Errors
    /// A message when it is no directory that can be read.
    pub fn open(directory: &Path, limits: &FileLimits) -> Result<Self, String> {
        let name = shown(directory);
        let real = fs::canonicalize(directory).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => format!("there is no directory `{name}`"),
            _ => format!("`{name}` cannot be read: {error}"),
        })?;
        if !real.is_dir() {
            return Err(format!("`{name}` is no directory"));
        }
        Ok(Self {
            directory: directory.to_owned(),
            real,
            limits: *limits,
        })
    }

    /// The directory that a casebook names, inside the directory of its own file.
    ///
    /// # Errors
    /// A warning at the name, when there is no such directory, or it lies elsewhere.
    pub fn inside(
        home: &Path,
        name: &Spanned<String>,
        limits: &FileLimits,
    ) -> Result<Self, Box<Diagnostic>> {
        let led_out = |message: String, help: &str| {
            let problem = Diagnostic::warning("texts-not-there", message, name.span);
            Box::new(problem.help(help))
        };
        let Some(relative) = relative(name) else {
            let message = format!("`{}` leads out of the casebook", shown(Path::new(&**name)));
            return Err(led_out(
                message,
                "name a directory inside that of this file; `--texts` takes any other",
            ));
        };
        let help = "put the stored texts there, or name their directory with `--texts`";
        let shelf = Self::open(&home.join(relative), limits).map_err(|why| {
            // Whoever shares a casebook without its texts leaves the name in place.
            Box::new(Diagnostic::hint("texts-not-there", why, name.span).help(help))
        })?;
        let inside = fs::canonicalize(home).is_ok_and(|home| shelf.real.starts_with(home));
        if inside {
            Ok(shelf)
        } else {
            let message = format!(
                "`{}` is a link out of the casebook",
                shown(&shelf.directory)
            );
            Err(led_out(message, "name where it leads to with `--texts`"))
        }
    }

    /// The directory as it was named.
    #[must_use]
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The bytes of a stored text. The name of its file is relative and stays inside the directory, links followed.
    ///
    /// # Errors
    /// A warning at the name, when it cannot be read.
    pub fn read(&self, file: &Spanned<String>) -> Result<Vec<u8>, Box<Diagnostic>> {
        let name = shown(Path::new(&**file));
        let said = |kind: &'static str, message: String, help: &str| {
            Box::new(Diagnostic::warning(kind, message, file.span).help(help))
        };
        let outside = || {
            said(
                "text-outside",
                format!("`{name}` leads out of the directory of texts"),
                "store a copy in that directory, and name it relative to that",
            )
        };
        let path = self.directory.join(relative(file).ok_or_else(outside)?);
        let unreadable = |error: &io::Error| match error.kind() {
            io::ErrorKind::NotFound => said(
                "text-not-there",
                format!("there is no `{}`", shown(&path)),
                "store the text there, or name another directory with `--texts`",
            ),
            _ => said(
                "text-unreadable",
                format!("`{}` cannot be read: {error}", shown(&path)),
                "see who may read it",
            ),
        };
        let real = fs::canonicalize(&path).map_err(|error| unreadable(&error))?;
        if !real.starts_with(&self.real) {
            return Err(outside());
        }
        match read_regular(&real, self.limits.file_bytes) {
            Ok(Read::Bytes(bytes)) => Ok(bytes),
            Ok(Read::Special) => Err(said(
                "text-unreadable",
                format!("`{}` is no file", shown(&path)),
                "name a file",
            )),
            Ok(Read::TooLarge) => Err(said(
                "text-too-large",
                format!(
                    "`{}` is larger than {}",
                    shown(&path),
                    size(self.limits.file_bytes)
                ),
                "store the part that is cited, or raise the limit of bytes",
            )),
            Err(error) => Err(unreadable(&error)),
        }
    }
}

/// The path, if it names something below where it is read from.
fn relative(name: &str) -> Option<PathBuf> {
    let path = Path::new(name);
    let below = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    let windows = name.contains('\\') || name.contains(':');
    (!name.is_empty() && !windows && path.components().all(below)).then(|| path.to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;
    use crate::text::Span;

    fn named(name: &str) -> Spanned<String> {
        Spanned::new(name.to_owned(), Span::default())
    }

    #[test]
    fn nothing_outside_is_read() {
        let home = tempfile::tempdir().unwrap();
        let texts = home.path().join("texts");
        fs::create_dir(&texts).unwrap();
        fs::write(texts.join("a.txt"), "inside").unwrap();
        fs::write(home.path().join("secret.txt"), "outside").unwrap();
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("../secret.txt", texts.join("link.txt")).unwrap();
            std::os::unix::fs::symlink("a.txt", texts.join("fine.txt")).unwrap();
            std::os::unix::fs::symlink("/", home.path().join("root")).unwrap();
        }
        let limits = FileLimits {
            file_bytes: 6,
            ..FileLimits::default()
        };
        let shelf = Shelf::open(&texts, &limits).unwrap();
        assert_eq!(shelf.read(&named("a.txt")).unwrap(), b"inside");
        assert_eq!(shelf.read(&named("./a.txt")).unwrap(), b"inside");
        let refused = |name: &str| shelf.read(&named(name)).unwrap_err().name;
        for name in ["../secret.txt", "/etc/passwd", "", "x\\..\\y", "C:a.txt"] {
            assert_eq!(refused(name), "text-outside", "{name}");
        }
        assert_eq!(refused("b.txt"), "text-not-there");
        assert_eq!(refused("."), "text-unreadable");
        fs::write(texts.join("long.txt"), "too long").unwrap();
        assert_eq!(refused("long.txt"), "text-too-large");
        #[cfg(unix)]
        {
            assert_eq!(shelf.read(&named("fine.txt")).unwrap(), b"inside");
            assert_eq!(refused("link.txt"), "text-outside");
            let linked = Shelf::inside(home.path(), &named("root"), &limits).unwrap_err();
            assert_eq!(linked.name, "texts-not-there");
        }
        assert!(Shelf::inside(home.path(), &named("texts"), &limits).is_ok());
        for name in ["..", "../texts", "/tmp", "nothing"] {
            let problem = Shelf::inside(home.path(), &named(name), &limits).unwrap_err();
            assert_eq!(problem.name, "texts-not-there", "{name}");
        }
        assert!(Shelf::open(&texts.join("a.txt"), &limits).is_err());
    }
}
