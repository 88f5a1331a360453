//! The bundled casebooks, and casebooks from a text, ready to be asked.

use casebook::load;
use casebook::query::Engine;
use std::path::Path;

/// `data/NAME` or `data/NAME.ron`; it has no error.
pub(crate) fn bundled(name: &str) -> Engine {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let directory = data.join(name);
    let path = if directory.is_dir() {
        directory
    } else {
        data.join(format!("{name}.ron"))
    };
    let loaded = load::load(&[path], &load::FileLimits::default());
    let loaded = loaded.unwrap_or_else(|error| panic!("{name}: {error:?}"));
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    Engine::new(loaded.casebook)
}

/// A casebook whose one file is this text.
pub(crate) fn of_text(text: &str) -> Engine {
    Engine::new(load::load_text("test.ron", text).casebook)
}
