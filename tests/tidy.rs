//! The house rules, held over the text of the repository: layers, homes of outside crates, what stays absent where, size
//! of files and functions, and that nothing lies about that nobody reads. `docs/architecture.md` gives the reasons.

mod absences;
mod code;
mod documents;
mod layers;
mod sizes;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The directory of the package.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the repository: its path from the root with `/`, and its text.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Every file under `directory` that `wanted` takes, in the order of paths. What is no UTF-8 is left out.
pub(crate) fn files(directory: &str, wanted: impl Fn(&str) -> bool) -> Vec<File> {
    let mut paths = Vec::new();
    collect(&root().join(directory), &mut paths);
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let name = path.strip_prefix(root()).unwrap();
        let name = name.to_string_lossy().replace('\\', "/");
        if wanted(&name)
            && let Ok(text) = fs::read_to_string(&path)
        {
            found.push(File { path: name, text });
        }
    }
    found
}

fn collect(directory: &Path, paths: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(directory).unwrap_or_else(|error| panic!("{directory:?}: {error}"));
    for path in entries.map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_symlink() || matches!(&*name, "target" | ".git") {
            continue;
        }
        if path.is_dir() {
            collect(&path, paths);
        } else {
            paths.push(path);
        }
    }
}

/// Every Rust file under `directory`.
pub(crate) fn rust(directory: &str) -> Vec<File> {
    files(directory, |path| path.ends_with(".rs"))
}

/// Fails with every problem at once.
#[track_caller]
pub(crate) fn none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}
