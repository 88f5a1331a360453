//! What opening a casebook gives: from its sources, or compiled.

use super::cache::Cache;
use super::compile::key;
use super::{Settings, open::Origin, texts};
use crate::check;
use crate::columns::{Problem, guarded};
use crate::load::{self, LoadError, LoadErrorKind, Loaded};
use crate::model::Casebook;
use crate::query::Engine;
use crate::query::compiled::Origins;
use crate::text::{Diagnostic, Sources};
use std::path::{Path, PathBuf};

/// Casebooks of so many records are kept compiled: smaller ones are read as quickly.
const LARGE: usize = 20_000;

/// A casebook ready to be asked, and what was found of it.
pub(super) struct Opened {
    pub(super) engine: Engine,
    pub(super) sources: Sources,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) left_out: usize,
    pub(super) compiled: Option<Compiled>,
    /// What is to be said of the opening itself.
    pub(super) remark: String,
}

/// The compiled casebook that was opened.
#[derive(Debug)]
pub(super) struct Compiled {
    /// How many errors its sources had.
    pub(super) errors: usize,
    /// Its file, if it was kept by itself.
    pub(super) cache: Option<PathBuf>,
}

impl Opened {
    pub(super) fn new(origin: &Origin, settings: &Settings) -> Result<Self, LoadError> {
        if let Some(path) = origin.compiled()? {
            let opened = guarded(|| Self::of_compiled(origin, path, settings));
            return opened.unwrap_or_else(|_| Err(refused(path, &Problem::Damaged)));
        }
        match Cache::of(origin, settings) {
            Some(cache) => Self::of_cache(&cache, origin, settings),
            None => Self::of_sources(origin, origin.load(&settings.files)?, settings),
        }
    }

    /// From the cache where it is of these very sources; else from the sources, and kept for the next time.
    fn of_cache(cache: &Cache, origin: &Origin, settings: &Settings) -> Result<Self, LoadError> {
        if let Some((engine, origins)) = cache.unread() {
            return Self::of_kept(engine, &origins, cache, origin, settings);
        }
        let texts = cache.read()?;
        let content = key(&texts.0);
        let same = |key: &[u8; 32]| texts.1.is_empty() && key[..16] == content[..16];
        if let Some((engine, origins)) = cache.open(same)
            && guarded(|| cache.touched(&engine, &origins)).is_ok()
        {
            return Self::of_kept(engine, &origins, cache, origin, settings);
        }
        let loaded = load::of_texts(texts);
        let (clean, large) = (
            loaded.diagnostics.is_empty(),
            records(&loaded.casebook) >= LARGE,
        );
        let mut headers = loaded
            .casebook
            .headers
            .iter()
            .filter_map(|header| header.texts.as_ref());
        let home = headers
            .next()
            .map_or("", |name| loaded.sources.name(name.span.file))
            .to_owned();
        let mut opened = Self::of_sources(origin, loaded, settings)?;
        if clean
            && large
            && opened.left_out == 0
            && opened.diagnostics.is_empty()
            && let Err(error) = cache.keep(&opened.engine, content, home)
        {
            opened.remark = format!("note: the casebook cannot be kept compiled: {error}\n");
        }
        Ok(opened)
    }

    fn of_kept(
        engine: Engine,
        origins: &Origins,
        cache: &Cache,
        origin: &Origin,
        settings: &Settings,
    ) -> Result<Self, LoadError> {
        let mut opened = Self::of_engine(engine, origins);
        opened.compiled = Some(Compiled {
            errors: 0,
            cache: Some(cache.file().to_owned()),
        });
        opened.with_texts(origin, settings, Path::new(&origins.home))
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
            remark: String::new(),
        })
    }

    fn of_compiled(origin: &Origin, path: &Path, settings: &Settings) -> Result<Self, LoadError> {
        let (engine, origins) = Engine::open(path).map_err(|problem| refused(path, &problem))?;
        let mut opened = Self::of_engine(engine, &origins);
        if settings.every_rule {
            opened.diagnostics = check::check(&opened.engine.graph.casebook(), &opened.sources);
        }
        opened.with_texts(origin, settings, path)
    }

    /// With its stored texts, where they are at hand; `home` is the file that names their directory.
    fn with_texts(
        mut self,
        origin: &Origin,
        settings: &Settings,
        home: &Path,
    ) -> Result<Self, LoadError> {
        let headers = &self.engine.graph.records().headers;
        let shelf = texts::shelf(
            origin,
            settings,
            headers,
            &|_| home.to_owned(),
            &mut self.diagnostics,
        )?;
        if let Some(shelf) = shelf {
            self.engine = self.engine.with_texts(shelf);
            self.engine.passages.show(settings.passages);
        }
        Ok(self)
    }

    fn of_engine(engine: Engine, origins: &Origins) -> Self {
        Self {
            engine,
            sources: Sources::default(),
            diagnostics: Vec::new(),
            left_out: origins.left_out as usize,
            compiled: Some(Compiled {
                errors: origins.errors as usize,
                cache: None,
            }),
            remark: String::new(),
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
