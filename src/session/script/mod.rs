//! Scripts of questions (`.cq`): documentation and tests at once.
//!
//! Where questions begin and end is the question language's business; here they are read from files, run and compared
//! with what they must answer.

pub mod expect;
pub mod test;

use crate::load::{FileLimits, files};
use std::ffi::OsStr;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// The extension of scripts.
pub const EXTENSION: &str = "cq";

/// Reads a script; `-` is standard input.
///
/// # Errors
/// A message when it cannot be read.
pub fn read(path: &Path, limits: &FileLimits) -> Result<String, String> {
    if path == Path::new("-") {
        let mut text = String::new();
        let mut input = std::io::stdin()
            .lock()
            .take(limits.file_bytes.saturating_add(1));
        return match input.read_to_string(&mut text) {
            Err(error) => Err(format!("standard input cannot be read: {error}")),
            Ok(length) if length as u64 > limits.file_bytes => {
                Err("standard input is larger than `--max-file-bytes` allows".to_owned())
            }
            Ok(_) => Ok(text),
        };
    }
    let (sources, diagnostics) =
        files::read(&[path.to_owned()], limits).map_err(|error| error.to_string())?;
    match (sources.ids().next(), diagnostics.first()) {
        (_, Some(problem)) => Err(problem.message.clone()),
        (Some(file), None) => Ok(sources.text(file).to_owned()),
        (None, None) => Err(format!("`{}` holds no text", path.display())),
    }
}

/// How a script names the casebook that it asks, in a comment before its first question.
const CASEBOOK: &str = "#@ casebook ";

/// The casebook that a script names for itself (`#@ casebook ../../data/harbour`), taken from the script's directory;
/// `None` where it names none and asks the one that is open.
#[must_use]
pub fn own_casebook(path: &Path, text: &str) -> Option<PathBuf> {
    let comments = text
        .lines()
        .take_while(|line| line.starts_with('#') || line.trim().is_empty());
    let named = comments
        .filter_map(|line| line.strip_prefix(CASEBOOK))
        .next()?
        .trim();
    Some(path.parent().unwrap_or(Path::new("")).join(named))
}

/// Of scripts (path and text) those about one casebook: those that name it; where none does, those that name none. And how
/// many others there are.
#[must_use]
pub fn about(
    scripts: Vec<(PathBuf, String)>,
    is_it: impl Fn(&Path) -> bool,
) -> (Vec<(PathBuf, String)>, usize) {
    let all = scripts.len();
    let (naming, silent): (Vec<_>, Vec<_>) = scripts
        .into_iter()
        .partition(|(path, text)| own_casebook(path, text).is_some());
    let named = |(path, text): &(PathBuf, String)| {
        own_casebook(path, text).is_some_and(|book| is_it(&book))
    };
    let own: Vec<_> = naming.into_iter().filter(named).collect();
    let chosen = if own.is_empty() { silent } else { own };
    let others = all - chosen.len();
    (chosen, others)
}

/// Finds and reads the scripts that paths name.
///
/// # Errors
/// A message when one cannot be read, or a path holds none.
pub fn read_all(paths: &[PathBuf], limits: &FileLimits) -> Result<Vec<(PathBuf, String)>, String> {
    let read = |path: PathBuf| {
        let text = read(&path, limits)?;
        Ok((path, text))
    };
    find(paths)?.into_iter().map(read).collect()
}

/// The scripts that paths name, each once, in order: files as they are, directories searched for `.cq` files.
///
/// # Errors
/// A message when a path is not there, or a directory holds no script.
pub fn find(paths: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = found.len();
            let mut seen = 0;
            search(path, &mut found, &mut seen)
                .map_err(|error| format!("`{}` cannot be read: {error}", path.display()))?;
            if found.len() == before {
                return Err(format!("there is no `.cq` file in `{}`", path.display()));
            }
        } else if path == Path::new("-") || path.exists() {
            found.push(path.clone());
        } else {
            return Err(format!(
                "there is no file or directory `{}`",
                path.display()
            ));
        }
    }
    let mut once = Vec::new();
    for path in found {
        if !once.contains(&path) {
            once.push(path);
        }
    }
    Ok(once)
}

/// Directories deeper or wider than this are no folder of scripts.
const MOST_DIRECTORIES: usize = 10_000;

fn search(directory: &Path, found: &mut Vec<PathBuf>, seen: &mut usize) -> std::io::Result<()> {
    *seen += 1;
    if *seen > MOST_DIRECTORIES {
        return Err(std::io::Error::other("it holds too many directories"));
    }
    let mut entries: Vec<PathBuf> = std::fs::read_dir(directory)?
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<_>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() && !path.is_symlink() {
            search(&path, found, seen)?;
        } else if path.extension() == Some(OsStr::new(EXTENSION)) && path.is_file() {
            found.push(path);
        }
    }
    Ok(())
}
