//! Layer 6: the prompt. Reads lines from a terminal, or from whatever standard input is, and prints the replies.

mod helper;
mod history;
mod pager;
mod pipe;

use crate::render::markup::Style;
use crate::render::paint::styled;
use crate::session::{Flow, Session};
use crate::terminal::{self, Closed, Done, Status};
use helper::Helper;
use history::History;
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{ColorMode, CompletionType, Config, Editor};
use std::cell::RefCell;
use std::io::{IsTerminal as _, stdin, stdout};
use std::sync::atomic::Ordering;

/// The prompt.
const PROMPT: &str = "casebook> ";

/// Runs the prompt until it is left, or answers every line of standard input where that is not a terminal.
///
/// # Errors
/// [`Closed`] when nothing more can be written.
pub fn run(session: &mut Session) -> Done {
    terminal::listen(&session.interrupt);
    if stdin().is_terminal() && stdout().is_terminal() {
        return prompt(session);
    }
    terminal::say(&session.remarks());
    pipe::run(session, stdin().lock())
}

fn prompt(session: &mut Session) -> Done {
    let color = session.settings.answers.color;
    terminal::say(&session.remarks());
    terminal::say(&session.greeting());
    let mut history = History::open();
    let shared = RefCell::new(session);
    let mut editor = match editor(&shared, color) {
        Ok(editor) => editor,
        Err(error) => {
            terminal::say(&format!("error: the prompt cannot be opened: {error}\n"));
            return Ok(Status::Files);
        }
    };
    history.load(&mut editor);
    let mut interrupted = 0;
    loop {
        let color = shared.borrow().settings.answers.color;
        let painted = (PROMPT, styled(Style::Heading, PROMPT, color).into_owned());
        match editor.readline(&painted) {
            Ok(line) => {
                interrupted = 0;
                history.add(&mut editor, &line);
                let mut session = shared.borrow_mut();
                if reply(&mut session, &line)? == Flow::Quit {
                    return Ok(Status::Done);
                }
            }
            Err(ReadlineError::Interrupted) => {
                let typed = editor.helper().is_some_and(Helper::take_typed);
                interrupted = if typed { 1 } else { interrupted + 1 };
                if interrupted > 1 {
                    return Ok(Status::Done);
                }
                let note = "(Ctrl-C once more leaves, as does Ctrl-D)";
                terminal::say(&format!("{}\n", styled(Style::Dim, note, color)));
            }
            Err(ReadlineError::Eof) => return Ok(Status::Done),
            Err(ReadlineError::Signal(_)) => {}
            Err(error) => {
                terminal::say(&format!("error: the terminal cannot be read: {error}\n"));
                return Ok(Status::Files);
            }
        }
    }
}

fn editor<'s>(
    session: &'s RefCell<&'s mut Session>,
    color: bool,
) -> rustyline::Result<Editor<Helper<'s>, FileHistory>> {
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .completion_show_all_if_ambiguous(true)
        .completion_prompt_limit(200)
        .history_ignore_space(true)
        .history_ignore_dups(true)?
        .max_history_size(10_000)?
        .color_mode(if color {
            ColorMode::Forced
        } else {
            ColorMode::Disabled
        })
        .build();
    let mut editor = Editor::with_config(config)?;
    editor.set_helper(Some(Helper::new(session)));
    Ok(editor)
}

/// Replies to a line of the prompt.
fn reply(session: &mut Session, line: &str) -> Result<Flow, Closed> {
    session.interrupt.store(false, Ordering::Relaxed);
    measure(session);
    let reply = session.reply(line);
    if session.settings.pager {
        pager::show(&reply.answer)?;
    } else {
        terminal::write(&reply.answer)?;
    }
    terminal::say(&reply.notices);
    Ok(reply.flow)
}

/// Follows the width of the terminal, unless one was set by hand.
fn measure(session: &mut Session) {
    if let Some((width, _)) = terminal::size() {
        session.settings.notices.width = width;
        session.settings.answers.width = session.settings.width.unwrap_or(width);
    }
}
