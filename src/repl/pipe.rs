//! Questions from a pipe or a file: answers, no prompt.

use crate::session::{Flow, Outcome, Session, lines::Joiner};
use crate::terminal::{self, Closed, Done, Status};
use std::io::BufRead;

/// Answers every question of the input. A question that cannot be read is said and passed over; the status tells.
///
/// # Errors
/// [`Closed`] when nothing more can be written.
pub(super) fn run(session: &mut Session, mut input: impl BufRead) -> Done {
    let mut run = Run {
        session,
        answered: false,
        worst: Status::Done,
    };
    let mut joiner = Joiner::default();
    let limit = run.session.settings.files.file_bytes;
    loop {
        let mut bytes = Vec::new();
        let line = std::io::Read::take(&mut input, limit).read_until(b'\n', &mut bytes);
        match line {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) => {
                terminal::say(&format!("error: standard input cannot be read: {error}\n"));
                run.worst = run.worst.max(Status::Files);
                break;
            }
        }
        // What is no text is no question either; the question's own error says so.
        let text = String::from_utf8_lossy(&bytes);
        let text = text.trim_start_matches('\u{feff}');
        for question in joiner.push(run.session, text) {
            if run.ask(&question)? == Flow::Quit {
                return Ok(run.worst);
            }
        }
    }
    if let Some(question) = joiner.finish() {
        run.ask(&question)?;
    }
    Ok(run.worst)
}

struct Run<'s> {
    session: &'s mut Session,
    answered: bool,
    worst: Status,
}

impl Run<'_> {
    fn ask(&mut self, question: &str) -> Result<Flow, Closed> {
        let reply = self.session.reply(question);
        if self.answered && !reply.answer.is_empty() {
            terminal::write("\n")?;
        }
        self.answered |= !reply.answer.is_empty();
        terminal::write(&reply.answer)?;
        terminal::say(&reply.notices);
        self.worst = self.worst.max(reply.outcome.into());
        Ok(if reply.outcome == Outcome::Interrupted {
            Flow::Quit
        } else {
            reply.flow
        })
    }
}
