//! A casebook ready to be asked, in one file: its graph, its standing and its words as they are held, so that opening
//! reads nothing but a header.

use super::Engine;
use super::passages::Passages;
use super::vocabulary::Vocabulary;
use crate::columns::{Block, Column, File, Problem, Writer, guarded};
use crate::graph::{Graph, Provenance};
use std::io;
use std::path::Path;
use std::sync::Arc;

/// The version of the file. It changes whenever a section does.
pub const VERSION: u32 = 1;

/// What a compiled casebook knows of its sources.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origins {
    /// The fingerprint of what it was made of.
    pub key: [u8; 32],
    /// How many records were left out because something is wrong with them.
    pub left_out: u32,
    /// How many errors were found.
    pub errors: u32,
    /// The file whose header names the directory of texts; empty where none does.
    pub home: String,
}

impl Engine {
    /// Writes it as a compiled casebook.
    ///
    /// # Errors
    /// What the system says.
    pub fn compile(
        &self,
        origins: &Origins,
        block: Block,
        output: &mut dyn io::Write,
    ) -> io::Result<()> {
        let mut file = Writer::default();
        self.graph.write(&mut file);
        self.provenance.write(&mut file);
        self.vocabulary.write(&mut file);
        let counts = [origins.left_out, origins.errors];
        file.numbers("left-out", &counts);
        file.bytes("home", origins.home.as_bytes());
        file.write(VERSION, origins.key, block, output)
    }

    /// Opens a compiled casebook.
    ///
    /// # Errors
    /// [`Problem`] when it is not one, of another version, or damaged as far as it was looked at.
    pub fn open(path: &Path) -> Result<(Self, Origins), Problem> {
        Self::mapped(&File::map(path, VERSION)?)
    }

    /// The same of bytes in memory.
    ///
    /// # Errors
    /// As [`Engine::open`].
    pub fn of_bytes(bytes: &[u8]) -> Result<(Self, Origins), Problem> {
        Self::mapped(&File::of_bytes(bytes, VERSION)?)
    }

    fn mapped(file: &Arc<File>) -> Result<(Self, Origins), Problem> {
        let opened = guarded(|| {
            let graph = Graph::mapped(file)?;
            let counts: Column<u32> = file.column("left-out")?;
            let home: Column<u8> = file.column("home")?;
            let origins = Origins {
                home: String::from_utf8_lossy(home.all()).into_owned(),
                key: *file.key(),
                left_out: counts.find(0).unwrap_or(0),
                errors: counts.find(1).unwrap_or(0),
            };
            let engine = Self {
                provenance: Provenance::mapped(file)?,
                vocabulary: Vocabulary::mapped(file, &graph)?,
                passages: Passages::default(),
                graph,
            };
            Ok((engine, origins))
        });
        opened.unwrap_or(Err(Problem::Damaged))
    }
}
