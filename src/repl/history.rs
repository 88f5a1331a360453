//! The prompt's history: a file with one entry for each question, also where it has several lines.

use super::Helper;
use crate::terminal;
use etcetera::BaseStrategy as _;
use rustyline::Editor;
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Where the history is kept, while it can be.
pub(super) struct History {
    path: Option<PathBuf>,
}

impl History {
    /// Finds the file, and makes it, readable by its owner only, where it is not there.
    pub(super) fn open() -> Self {
        let path = path();
        let mut history = Self { path };
        if let Some(path) = history.path.clone()
            && let Err(error) = make(&path)
        {
            history.give_up(&error);
        }
        history
    }

    /// Reads the entries.
    pub(super) fn load(&mut self, editor: &mut Editor<Helper<'_>, FileHistory>) {
        let Some(path) = self.path.clone() else {
            return;
        };
        match editor.load_history(&path) {
            Ok(()) => {}
            Err(ReadlineError::Io(error)) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => self.give_up(&error),
        }
    }

    /// Adds an entry, and writes it at once, so that no way of leaving loses it.
    pub(super) fn add(&mut self, editor: &mut Editor<Helper<'_>, FileHistory>, line: &str) {
        let entry = line.trim();
        if entry.is_empty() || line.starts_with(' ') {
            return;
        }
        let added = editor.add_history_entry(entry);
        let Some(path) = self.path.clone() else {
            return;
        };
        if let Err(error) = added.and_then(|_| editor.append_history(&path)) {
            self.give_up(&error);
        }
    }

    /// Says once that nothing is kept.
    fn give_up(&mut self, error: &dyn std::fmt::Display) {
        if let Some(path) = self.path.take() {
            terminal::say(&format!(
                "warning: the history is not kept: `{}`: {error}\n",
                path.display()
            ));
        }
    }
}

/// `$XDG_STATE_HOME/casebook/history`, or the platform's place for such files.
fn path() -> Option<PathBuf> {
    let places = etcetera::choose_base_strategy().ok()?;
    let state = places.state_dir().unwrap_or_else(|| places.data_dir());
    Some(state.join("casebook").join("history"))
}

fn make(path: &Path) -> io::Result<()> {
    if let Some(directory) = path.parent() {
        private_directory().recursive(true).create(directory)?;
    }
    let mut options = OpenOptions::new();
    private(options.append(true).create(true)).open(path)?;
    Ok(())
}

#[cfg(unix)]
fn private_directory() -> DirBuilder {
    use std::os::unix::fs::DirBuilderExt as _;
    let mut builder = DirBuilder::new();
    builder.mode(0o700);
    builder
}

#[cfg(unix)]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600)
}

#[cfg(not(unix))]
fn private_directory() -> DirBuilder {
    DirBuilder::new()
}

#[cfg(not(unix))]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}
