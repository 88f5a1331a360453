//! `import events FILE… -o OUT`.

use super::args;
use crate::import::preset;
use crate::session::import::{Request, import_events};
use crate::terminal::{self, Bar, Done, finish};
use std::sync::Arc;

pub(super) fn events(events: &args::Events) -> Done {
    let request = Request {
        files: events.files.clone(),
        preset: events.preset.as_deref().and_then(preset::find),
        map: events.map.clone(),
        max_bad: events.max_bad,
        title: events.title.clone(),
        output: events.output.clone(),
    };
    let interrupt = Arc::default();
    terminal::listen(&interrupt);
    let bar = Bar::new(request.bytes());
    let reply = import_events(&request, &interrupt, &mut |progress| {
        bar.at(progress.bytes, progress.rows);
    });
    bar.clear();
    finish(&reply)
}
