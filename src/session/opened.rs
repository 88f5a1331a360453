//! What opening a casebook gives: from its sources, or compiled.

use super::{Settings, open::Origin, texts};
use crate::check;
use crate::columns::Problem;
use crate::load::{LoadError, LoadErrorKind, Loaded};
use crate::model::Casebook;
use crate::query::Engine;
use crate::query::compiled::Origins;
use crate::text::{Diagnostic, Sources};
use std::path::{Path, PathBuf};

/// A casebook ready to be asked, and what was found of it.
pub(super) struct Opened {
    pub(super) engine: Engine,
    pub(super) sources: Sources,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) left_out: usize,
    pub(super) compiled: Option<Compiled>,
}

/// The compiled casebook that was opened.
#[derive(Debug)]
pub(super) struct Compiled {
    /// How many errors its sources had.
    pub(super) errors: usize,
}

impl Opened {
    pub(super) fn new(origin: &Origin, settings: &Settings) -> Result<Self, LoadError> {
        if let Some(path) = origin.compiled()? {
            return Self::of_compiled(origin, path, settings);
        }
        Self::of_sources(origin, origin.load(&settings.files)?, settings)
    }

    fn of_sources(
        origin: &Origin,
        mut loaded: Loaded,
        settings: &Settings,
    ) -> Result<Self, LoadError> {
        let (book, files) = (&loaded.casebook, &loaded.sources);
        // The embedded casebook is checked when the program is made, not each time it starts.
        let found = match (settings.every_rule, origin) {
            (true, _) => check::check(book, files),
            (false, Origin::Embedded) => Vec::new(),
            (false, _) => check::spoilt(book, files),
        };
        loaded.diagnostics.extend(found);
        let home = |name: &crate::model::Text| PathBuf::from(loaded.sources.name(name.span.file));
        let shelf = texts::shelf(
            origin,
            settings,
            &loaded.casebook.headers,
            &home,
            &mut loaded.diagnostics,
        )?;
        let records = records(&loaded.casebook);
        let (sound, _) = check::sound(loaded.casebook, &loaded.diagnostics);
        let left_out = records.saturating_sub(self::records(&sound));
        let mut engine = Engine::new(sound);
        if let Some(shelf) = shelf {
            engine = engine.with_texts(shelf);
            engine.passages.show(settings.passages);
        }
        Ok(Self {
            left_out: left_out + engine.graph.left_out(),
            engine,
            sources: loaded.sources,
            diagnostics: loaded.diagnostics,
            compiled: None,
        })
    }

    fn of_compiled(origin: &Origin, path: &Path, settings: &Settings) -> Result<Self, LoadError> {
        let (engine, origins) = Engine::open(path).map_err(|problem| refused(path, &problem))?;
        let mut opened = Self::of_engine(engine, origins);
        let mut diagnostics = Vec::new();
        if settings.every_rule {
            diagnostics = check::check(&opened.engine.graph.casebook(), &opened.sources);
        }
        let headers = &opened.engine.graph.records().headers;
        let shelf = texts::shelf(
            origin,
            settings,
            headers,
            &|_| path.to_owned(),
            &mut diagnostics,
        )?;
        if let Some(shelf) = shelf {
            opened.engine = opened.engine.with_texts(shelf);
            opened.engine.passages.show(settings.passages);
        }
        Ok(Self {
            diagnostics,
            ..opened
        })
    }

    fn of_engine(engine: Engine, origins: Origins) -> Self {
        Self {
            engine,
            sources: Sources::default(),
            diagnostics: Vec::new(),
            left_out: origins.left_out as usize,
            compiled: Some(Compiled {
                errors: origins.errors as usize,
            }),
        }
    }
}

/// What is said of a file that is not opened.
fn refused(path: &Path, problem: &Problem) -> LoadError {
    let kind = match problem {
        Problem::Io(error) if error.kind() != std::io::ErrorKind::NotFound => {
            LoadErrorKind::InputOutput
        }
        _ => LoadErrorKind::NotLoadable,
    };
    let help = match problem {
        Problem::Io(_) => "",
        Problem::Foreign => "make one with `casebook compile -o FILE.cbk`",
        Problem::Version | Problem::Damaged => {
            "compile it again from its sources: `casebook compile -o FILE.cbk`"
        }
    };
    LoadError {
        kind,
        message: format!("`{}`: {problem}", path.display()),
        help: help.to_owned(),
    }
}

fn records(casebook: &Casebook) -> usize {
    let Casebook {
        headers,
        kinds,
        relations,
        publications,
        sources,
        entities,
        claims,
        same_as,
        judged,
    } = casebook;
    headers.len()
        + kinds.len()
        + relations.len()
        + publications.len()
        + sources.len()
        + entities.len()
        + claims.len()
        + same_as.len()
        + judged.len()
}
