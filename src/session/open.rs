//! Which casebook is opened, and what of it is sound enough to be asked.

use super::opened::Opened;
use super::{Session, Settings};
use crate::load::{self, FileLimits, LoadError, LoadErrorKind, Loaded, files};
use crate::text::Severity;
use std::fmt;
use std::path::{Path, PathBuf};

/// The casebook that every program carries: what five articles say about the 28-point plan.
const EMBEDDED: (&str, &str) = ("peace-plan.ron", include_str!("../../data/peace-plan.ron"));

/// Where a casebook comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Files and directories.
    Paths(Vec<PathBuf>),
    /// A file or directory as of a revision of a git repository, `REV:PATH`.
    Revision(String),
    /// The one that the program carries.
    Embedded,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Embedded => write!(f, "the built-in casebook"),
            Self::Revision(text) => f.write_str(text),
            Self::Paths(paths) => {
                let names: Vec<String> = paths
                    .iter()
                    .map(|path| path.display().to_string())
                    .collect();
                write!(f, "{}", names.join(", "))
            }
        }
    }
}

impl Origin {
    /// The paths given; else `$CASEBOOK`; else `casebook.ron` or `casebook/` in the working directory; else the
    /// embedded one.
    #[must_use]
    pub fn choose(given: Vec<PathBuf>) -> Self {
        if !given.is_empty() {
            return Self::Paths(given);
        }
        if let Some(named) = std::env::var_os("CASEBOOK").filter(|path| !path.is_empty()) {
            return Self::Paths(vec![named.into()]);
        }
        let (file, directory) = (Path::new("casebook.ron"), Path::new("casebook"));
        if file.is_file() {
            Self::Paths(vec![file.to_owned()])
        } else if directory.is_dir() {
            Self::Paths(vec![directory.to_owned()])
        } else {
            Self::Embedded
        }
    }

    /// What a text names: a path, or `REV:PATH` where there is no such path.
    #[must_use]
    pub fn named(text: &str) -> Self {
        if files::is_revision(text) {
            Self::Revision(text.to_owned())
        } else {
            Self::Paths(vec![PathBuf::from(text)])
        }
    }

    /// What is to be said where nobody named a casebook.
    #[must_use]
    pub fn remark(&self) -> &'static str {
        match self {
            Self::Embedded => "note: this is the built-in casebook; -c or $CASEBOOK name another\n",
            Self::Paths(_) | Self::Revision(_) => "",
        }
    }

    /// The one compiled casebook that it is, if it is one.
    ///
    /// # Errors
    /// [`LoadError`] when it is one among others: each is whole in itself.
    pub fn compiled(&self) -> Result<Option<&Path>, LoadError> {
        let Self::Paths(paths) = self else {
            return Ok(None);
        };
        let Some(found) = paths.iter().find(|path| is_compiled(path)) else {
            return Ok(None);
        };
        if paths.len() > 1 {
            return Err(LoadError {
                kind: LoadErrorKind::NotLoadable,
                message: format!(
                    "`{}` is a compiled casebook, and cannot be one of several",
                    found.display()
                ),
                help: "name it alone, or compile all sources into one".to_owned(),
            });
        }
        Ok(Some(found))
    }

    /// Reads it.
    ///
    /// # Errors
    /// [`LoadError`] when there is nothing to read.
    pub fn load(&self, limits: &FileLimits) -> Result<Loaded, LoadError> {
        match self {
            Self::Paths(paths) => load::load(paths, limits),
            Self::Revision(text) => load::load_revision(text, limits),
            Self::Embedded => Ok(load::load_text(EMBEDDED.0, EMBEDDED.1)),
        }
    }
}

/// What the name of a compiled casebook ends with.
fn is_compiled(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "cbk")
}

impl Session {
    /// Opens a casebook: reads it, checks it, and leaves out the records that cannot be used.
    ///
    /// # Errors
    /// [`LoadError`] when there is nothing to read.
    pub fn open(origin: Origin, settings: Settings) -> Result<Self, LoadError> {
        let opened = Opened::new(&origin, &settings)?;
        Ok(Self {
            engine: opened.engine,
            sources: opened.sources,
            diagnostics: opened.diagnostics,
            left_out: opened.left_out,
            compiled: opened.compiled,
            remark: opened.remark,
            settings,
            origin,
            interrupt: std::sync::Arc::default(),
            last: None,
            numbered: Vec::new(),
        })
    }

    /// Reads the casebook again. The last answer is forgotten, since its rows may be gone.
    ///
    /// # Errors
    /// [`LoadError`] when there is nothing to read; the casebook as it was is kept.
    pub fn reload(&mut self) -> Result<(), LoadError> {
        let opened = Opened::new(&self.origin, &self.settings)?;
        self.engine = opened.engine;
        self.sources = opened.sources;
        self.diagnostics = opened.diagnostics;
        self.left_out = opened.left_out;
        self.compiled = opened.compiled;
        self.remark = opened.remark;
        self.last = None;
        self.numbered = Vec::new();
        Ok(())
    }

    /// Whether nothing at all could be used, and errors say why.
    #[must_use]
    pub fn is_void(&self) -> bool {
        self.engine.graph.record_count() == 0 && self.errors() > 0
    }

    pub(super) fn errors(&self) -> usize {
        let errors = self.diagnostics.iter();
        let errors = errors
            .filter(|found| found.severity == Severity::Error)
            .count();
        let before = self.compiled.as_ref().map_or(0, |compiled| compiled.errors);
        errors.max(before)
    }

    /// What the person who opened it should know: that it is the built-in one, that records were left out.
    #[must_use]
    pub fn remarks(&self) -> String {
        let mut remarks = format!("{}{}", self.origin.remark(), self.remark);
        match (self.left_out, self.errors()) {
            (0, 0) => {}
            (0, 1) => remarks.push_str("warning: the casebook has an error"),
            (0, errors) => remarks.push_str(&format!("warning: the casebook has {errors} errors")),
            (1, _) => remarks.push_str("warning: 1 record with errors is left out"),
            (records, _) => remarks.push_str(&format!(
                "warning: {records} records with errors are left out"
            )),
        }
        if self.left_out > 0 || self.errors() > 0 {
            remarks.push_str("; run `casebook check` to see why\n");
        }
        remarks
    }
}
