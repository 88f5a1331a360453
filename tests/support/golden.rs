//! Golden files: what was shown before is what is shown now. `UPDATE_GOLDEN=1 cargo test` rewrites them; read the diff.

use casebook::load;
use casebook::query::answer::Answer;
use casebook::query::limits::Limits;
use casebook::query::{Engine, Request};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

pub fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name)
}

/// Compares a text with the golden file of that name.
#[track_caller]
pub fn same(name: &str, text: &str) {
    let file = path(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&file, text).unwrap();
        return;
    }
    let known = std::fs::read_to_string(&file).unwrap_or_default();
    if let Some((line, (now, before))) = (1..)
        .zip(text.lines().zip(known.lines()))
        .find(|(_, (now, before))| now != before)
    {
        panic!("{name}:{line}\n  was: {before}\n  now: {now}\n(UPDATE_GOLDEN=1 rewrites it)");
    }
    assert_eq!(known.len(), text.len(), "{name} has another length");
}

/// The small casebook of the golden files.
pub fn small() -> Engine {
    engine(&std::fs::read_to_string(path("casebook.ron")).unwrap())
}

/// An engine for a sound casebook given as text.
#[track_caller]
pub fn engine(text: &str) -> Engine {
    let loaded = load::load_text("casebook.ron", text);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    Engine::new(loaded.casebook)
}

/// The answer to a question that can be read.
#[track_caller]
pub fn ask(engine: &Engine, text: &str) -> Answer {
    let request = Request {
        text,
        parameters: &[],
        numbered: &[],
        limits: &Limits::default(),
        interrupt: &AtomicBool::new(false),
    };
    match engine.ask(&request) {
        Ok(answer) => answer,
        Err(failure) => panic!("{text}: {failure:?}"),
    }
}
