//! `run` and `test`: scripts of questions.

use super::args;
use crate::load::{LoadError, files};
use crate::query::question::script::split;
use crate::session::script::{
    self,
    test::{Tested, line_of},
};
use crate::session::{Origin, Outcome, Reply, Session};
use crate::terminal::{self, Done, Status, finish};
use crate::text::safe::safe;
use std::path::Path;

/// `run FILE…`
pub(super) fn run(session: &mut Session, run: &args::Run) -> Done {
    terminal::say(&session.remarks());
    terminal::listen(&session.interrupt);
    for (name, value) in &run.param {
        session.settings.set_parameter(name, value);
    }
    let mut worst = Status::Done;
    let mut first = true;
    for path in &run.files {
        let text = match script::read(path, &session.settings.files) {
            Ok(text) => text,
            Err(problem) => {
                worst = worst.max(finish(&Reply::failure(Outcome::Files, &problem))?);
                if run.keep_going {
                    continue;
                }
                return Ok(worst);
            }
        };
        let mut own = match own_session(session, path, &text) {
            Ok(own) => own,
            Err(error) => return Ok(super::cannot_load(&error)),
        };
        let session = own.as_mut().unwrap_or(&mut *session);
        for entry in split(&text) {
            let line = line_of(&text, entry.question.start);
            let reply = session.ask(&text[entry.question]);
            if !first && !reply.answer.is_empty() {
                terminal::write("\n")?;
            }
            first &= reply.answer.is_empty();
            let status = Status::from(reply.outcome);
            if status != Status::Done {
                terminal::say(&format!("{}:{}:\n", name(path), line));
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
    terminal::say(&session.remarks());
    terminal::listen(&session.interrupt);
    let paths = match script::find(&test.paths) {
        Ok(paths) => paths,
        Err(problem) => return finish(&Reply::failure(Outcome::Files, &problem)),
    };
    let mut total = Total::default();
    for path in &paths {
        let text = match script::read(path, &session.settings.files) {
            Ok(text) => text,
            Err(problem) => return finish(&Reply::failure(Outcome::Files, &problem)),
        };
        let own = match own_session(session, path, &text) {
            Ok(own) => own,
            Err(error) => return Ok(super::cannot_load(&error)),
        };
        let tested = script::test::test(own.as_ref().unwrap_or(session), &text);
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

/// A session over the casebook that a script names for itself, with the settings of the one that is open.
fn own_session(session: &Session, path: &Path, text: &str) -> Result<Option<Session>, LoadError> {
    let Some(casebook) = script::own_casebook(path, text) else {
        return Ok(None);
    };
    let origin = Origin::Paths(vec![casebook]);
    let mut own = Session::open(origin, session.settings.clone())?;
    own.interrupt = session.interrupt.clone();
    terminal::say(&own.remarks());
    Ok(Some(own))
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
            text.push_str(&format!("  {difference}\n"));
        }
    }
    text
}

fn name(path: &Path) -> String {
    safe(&path.display().to_string())
}
