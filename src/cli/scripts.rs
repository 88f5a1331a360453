//! `run` and `test`: scripts of questions.

use super::{args, cannot_load};
use crate::load::files;
use crate::query::question::script::split;
use crate::session::script::{
    self,
    test::{Tested, line_of},
};
use crate::session::{Origin, Outcome, Reply, Session};
use crate::terminal::{self, Done, Status, finish};
use crate::text::safe::safe;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The casebooks that scripts ask: the one that was opened, and those that scripts name themselves.
struct Desk<'s> {
    opened: &'s mut Session,
    /// Whether what is to be said of it has been said.
    said: bool,
    others: BTreeMap<PathBuf, Session>,
}

impl<'s> Desk<'s> {
    fn new(opened: &'s mut Session) -> Self {
        terminal::listen(&opened.interrupt);
        Self {
            opened,
            said: false,
            others: BTreeMap::new(),
        }
    }

    /// The session that a script asks, or the status to end with, which has been said.
    fn session(&mut self, script: &Path, text: &str) -> Result<&mut Session, Status> {
        let named = script::own_casebook(script, text);
        let Some(path) = named else {
            if !self.said {
                terminal::say(&self.opened.remarks());
                self.said = true;
            }
            return Ok(self.opened);
        };
        match self.others.entry(path) {
            Entry::Occupied(entry) => Ok(entry.into_mut()),
            Entry::Vacant(entry) => {
                let origin = Origin::Paths(vec![entry.key().clone()]);
                let mut session = Session::open(origin, self.opened.settings.clone())
                    .map_err(|error| cannot_load(&error))?;
                session.interrupt = Arc::clone(&self.opened.interrupt);
                terminal::say(&session.remarks());
                Ok(entry.insert(session))
            }
        }
    }
}

/// `run FILE…`
pub(super) fn run(session: &mut Session, run: &args::Run) -> Done {
    for (name, value) in &run.param {
        session.settings.set_parameter(name, value);
    }
    let limits = session.settings.files;
    let mut desk = Desk::new(session);
    let mut worst = Status::Done;
    let mut first = true;
    for path in &run.files {
        let text = match script::read(path, &limits) {
            Ok(text) => text,
            Err(problem) => {
                worst = worst.max(finish(&Reply::failure(Outcome::Files, &problem))?);
                if run.keep_going {
                    continue;
                }
                return Ok(worst);
            }
        };
        let session = match desk.session(path, &text) {
            Ok(session) => session,
            Err(status) => return Ok(worst.max(status)),
        };
        for entry in split(&text) {
            let line = line_of(&text, entry.question.start);
            let reply = session.ask(&text[entry.question]);
            if !first && !reply.answer.is_empty() {
                terminal::write("\n")?;
            }
            first &= reply.answer.is_empty();
            let status = Status::from(reply.outcome);
            if status != Status::Done {
                terminal::say(&format!("{}:{line}:\n", name(path)));
            }
            finish(&reply)?;
            worst = worst.max(status);
            if status == Status::Interrupted || (status != Status::Done && !run.keep_going) {
                return Ok(worst);
            }
        }
    }
    Ok(worst)
}

/// `test FILE|DIR…`
pub(super) fn test(session: &mut Session, test: &args::Test) -> Done {
    let paths = match script::find(&test.paths) {
        Ok(paths) => paths,
        Err(problem) => return finish(&Reply::failure(Outcome::Files, &problem)),
    };
    let limits = session.settings.files;
    let mut desk = Desk::new(session);
    let mut total = Total::default();
    for path in &paths {
        let text = match script::read(path, &limits) {
            Ok(text) => text,
            Err(problem) => return finish(&Reply::failure(Outcome::Files, &problem)),
        };
        let session = match desk.session(path, &text) {
            Ok(session) => session,
            Err(status) => return Ok(status),
        };
        let tested = script::test::test(session, &text);
        if tested.interrupted {
            return finish(&Reply::failure(Outcome::Interrupted, "interrupted"));
        }
        total.add(&tested);
        if !test.bless {
            terminal::write(&report(path, &tested))?;
        } else if let Some(blessed) = &tested.blessed {
            if let Err(error) = files::write_atomically(path, blessed.as_bytes()) {
                let problem = format!("`{}` cannot be written: {error}", name(path));
                return finish(&Reply::failure(Outcome::Files, &problem));
            }
            terminal::write(&format!("blessed: {}\n", name(path)))?;
        }
    }
    terminal::write(&total.line(paths.len(), test.bless))?;
    let failed = total.mismatches > 0 && !test.bless;
    Ok(if failed {
        Status::Findings
    } else {
        Status::Done
    })
}

#[derive(Default)]
struct Total {
    agree: usize,
    open: usize,
    mismatches: usize,
}

impl Total {
    fn add(&mut self, tested: &Tested) {
        self.agree += tested.agree;
        self.open += tested.open;
        self.mismatches += tested.mismatches.len();
    }

    fn line(&self, files: usize, bless: bool) -> String {
        let files = match files {
            1 => "1 file".to_owned(),
            files => format!("{files} files"),
        };
        let wrong = if bless { "rewritten" } else { "not" };
        let mut line = format!(
            "{files}: {} as expected, {} {wrong}",
            self.agree, self.mismatches
        );
        if self.open > 0 {
            let open = if bless {
                "now written down"
            } else {
                "without an expectation"
            };
            line.push_str(&format!(", {} {open}", self.open));
        }
        line.push('\n');
        line
    }
}

/// What does not agree, question by question.
fn report(path: &Path, tested: &Tested) -> String {
    let mut text = String::new();
    for mismatch in &tested.mismatches {
        text.push_str(&format!(
            "{}:{}: {}\n",
            name(path),
            mismatch.line,
            safe(&mismatch.question)
        ));
        for difference in &mismatch.differences {
            text.push_str(&format!("  {}\n", safe(difference)));
        }
    }
    text
}

fn name(path: &Path) -> String {
    safe(&path.display().to_string())
}
