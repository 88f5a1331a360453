//! Large casebooks are kept compiled in the user's cache directory, so that the next question need not read them.
//!
//! What is kept is of these sources and no others: its key holds a fingerprint of their texts, and one of what the system
//! says of their files. Where the second is the same, and no file was changed within the last two seconds, nothing is read;
//! else the texts are, and the first decides. A file that cannot be used is as good as none.

use super::compile::key;
use super::{Settings, open::Origin};
use crate::columns::{Block, fingerprint};
use crate::load::LoadError;
use crate::load::files::{
    self, FileLimits, Stamps, make_directory, remove, spare_files, stream_atomically,
};
use crate::query::Engine;
use crate::query::compiled::Origins;
use crate::text::{Diagnostic, Sources};
use std::io;
use std::path::{Path, PathBuf};

/// Sources of fewer bytes hold no large casebook.
const SMALL: u64 = 1 << 20;
/// So many casebooks are kept, and so many bytes of them; the least lately made are removed.
const KEPT: usize = 16;
const KEPT_BYTES: u64 = 4 << 30;

/// Where a casebook is kept compiled, and what its sources look like now.
pub(super) struct Cache {
    paths: Vec<PathBuf>,
    limits: FileLimits,
    stamps: Stamps,
    directory: PathBuf,
    file: PathBuf,
}

impl Cache {
    /// The cache of a casebook that may be large; `None` for others, and where none is wanted.
    pub(super) fn of(origin: &Origin, settings: &Settings) -> Option<Self> {
        let (Origin::Paths(paths), Some(directory), false) =
            (origin, &settings.cache, settings.every_rule)
        else {
            return None;
        };
        let stamps = files::stamps(paths).filter(|stamps| stamps.bytes >= SMALL)?;
        let real = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone());
        let place = format!("{:?}", paths.iter().map(real).collect::<Vec<_>>());
        let name = format!("{:032x}.cbk", fingerprint([place.as_bytes()]));
        Some(Self {
            paths: paths.clone(),
            limits: settings.files,
            stamps,
            file: directory.join(name),
            directory: directory.clone(),
        })
    }

    /// Its file.
    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    /// What is kept, if the system says that its sources are as they were.
    pub(super) fn unread(&self) -> Option<(Engine, Origins)> {
        let stamped = self.stamped();
        self.open(|key| self.stamps.settled && key[16..] == stamped)
    }

    /// What is kept, if its key is right.
    pub(super) fn open(&self, right: impl Fn(&[u8; 32]) -> bool) -> Option<(Engine, Origins)> {
        Engine::open(&self.file)
            .ok()
            .filter(|(_, origins)| right(&origins.key))
    }

    /// The texts of the sources.
    pub(super) fn read(&self) -> Result<(Sources, Vec<Diagnostic>), LoadError> {
        files::read(&self.paths, &self.limits)
    }

    /// Notes the new stamps of files that were touched and are as they were, so that they need not be read again.
    pub(super) fn touched(&self, engine: &Engine, origins: &Origins) {
        if self.stamps.settled {
            // Where nothing can be written, they are read again.
            let _ = self.keep(engine, origins.key, origins.home.clone());
        }
    }

    /// Keeps a casebook for the next time.
    pub(super) fn keep(&self, engine: &Engine, mut key: [u8; 32], home: String) -> io::Result<()> {
        // What changed just now may change again without a trace in its times.
        if self.stamps.settled {
            key[16..].copy_from_slice(&self.stamped());
        }
        let origins = Origins {
            key,
            home,
            ..Origins::default()
        };
        make_directory(&self.directory)?;
        stream_atomically(&self.file, &mut |output| {
            engine.compile(&origins, Block::default(), output)
        })?;
        let mut bytes = 0;
        for (number, (path, size)) in spare_files(&self.directory, "cbk").into_iter().enumerate() {
            bytes += size;
            if path != self.file && (number >= KEPT || bytes > KEPT_BYTES) {
                remove(&path);
            }
        }
        Ok(())
    }

    /// A fingerprint of the stamps, the limits and the program; never that of nothing.
    fn stamped(&self) -> [u8; 16] {
        let program = key(&Sources::default());
        let limits = format!("{:?}", self.limits);
        fingerprint([&program[..], limits.as_bytes(), self.stamps.text.as_bytes()]).to_le_bytes()
    }
}
