//! A casebook is compiled into one file.

use super::{Outcome, Reply, Session};
use crate::columns::{Block, fingerprint};
use crate::load::files::stream_atomically;
use crate::query::compiled::{Origins, VERSION};
use crate::text::Sources;
use std::path::Path;

impl Session {
    /// Writes the casebook as one file that is opened without being read. What is unsound is not in it, as in every answer.
    #[must_use]
    pub fn compile(&self, path: &Path) -> Reply {
        if path.extension().is_none_or(|extension| extension != "cbk") {
            return Reply::refusal(&format!(
                "`{}`: the name of a compiled casebook ends with .cbk",
                path.display()
            ));
        }
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let origins = Origins {
            key: key(&self.sources),
            left_out: count(self.left_out),
            errors: count(self.errors()),
            home: String::new(),
        };
        let written = stream_atomically(path, &mut |output| {
            self.engine.compile(&origins, Block::default(), output)
        });
        match written {
            Ok(()) => Reply::notice(format!("{} written to {}", self.summary(), path.display())),
            Err(error) => Reply::failure(Outcome::Files, &format!("`{}`: {error}", path.display())),
        }
    }
}

/// The fingerprint of what a compiled casebook is made of: the texts with their names, and the program.
pub(super) fn key(sources: &Sources) -> [u8; 32] {
    let program = [env!("CARGO_PKG_VERSION").as_bytes(), &VERSION.to_le_bytes()];
    let texts = sources
        .ids()
        .flat_map(|file| [sources.name(file).as_bytes(), sources.text(file).as_bytes()]);
    let mut key = [0; 32];
    key[..16].copy_from_slice(&fingerprint(program.into_iter().chain(texts)).to_le_bytes());
    key
}
