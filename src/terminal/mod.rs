//! Layer 6: the terminal, for the command line and the prompt alike.
//!
//! There are two streams: answers go to one, everything else to the other, and each is judged by itself for colour.

mod exit;
mod interrupt;
mod progress;

use crate::render::Screen;
use crate::session::Reply;
pub use exit::Status;
pub use interrupt::listen;
pub use progress::Bar;
use std::io::{self, ErrorKind, IsTerminal as _, Write as _};

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum When {
    /// On a terminal, unless the environment says otherwise.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The width of a screen whose width nobody knows.
const WIDTH: usize = 80;

/// What the environment says about colour and width, read once.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// `CLICOLOR_FORCE` is set and not 0.
    pub force_color: bool,
    /// `TERM` is `dumb`.
    pub dumb: bool,
    /// `COLUMNS`.
    pub columns: Option<usize>,
}

impl Environment {
    /// Reads it.
    #[must_use]
    pub fn read() -> Self {
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        Self {
            no_color: set("NO_COLOR").is_some(),
            force_color: set("CLICOLOR_FORCE").is_some_and(|value| value != "0"),
            dumb: set("TERM").is_some_and(|value| value == "dumb"),
            columns: set("COLUMNS")
                .and_then(|value| value.to_str()?.trim().parse().ok())
                .filter(|&columns| columns > 0),
        }
    }

    /// Whether to paint a stream: what was asked for first, then `NO_COLOR`, `CLICOLOR_FORCE`, `TERM=dumb`, and at last
    /// whether it is a terminal.
    #[must_use]
    pub fn color(&self, when: When, terminal: bool) -> bool {
        match when {
            When::Always => true,
            When::Never => false,
            When::Auto if self.no_color => false,
            When::Auto if self.force_color => true,
            When::Auto => terminal && !self.dumb,
        }
    }
}

/// Standard output, as a screen.
#[must_use]
pub fn answers(environment: &Environment, when: When) -> Screen {
    let measured = terminal_size::terminal_size_of(io::stdout());
    screen(environment, when, io::stdout().is_terminal(), measured)
}

/// Standard error, as a screen.
#[must_use]
pub fn notices(environment: &Environment, when: When) -> Screen {
    let measured = terminal_size::terminal_size_of(io::stderr());
    screen(environment, when, io::stderr().is_terminal(), measured)
}

fn screen(
    environment: &Environment,
    when: When,
    terminal: bool,
    measured: Option<(terminal_size::Width, terminal_size::Height)>,
) -> Screen {
    let measured = measured
        .map(|(width, _)| usize::from(width.0))
        .filter(|&width| width > 0);
    Screen {
        // What goes to a pipe or a file is not wrapped.
        width: if terminal {
            measured.or(environment.columns).unwrap_or(WIDTH)
        } else {
            0
        },
        color: environment.color(when, terminal),
    }
}

/// The columns and lines of the terminal that standard output is.
#[must_use]
pub fn size() -> Option<(usize, usize)> {
    let (width, height) = terminal_size::terminal_size_of(io::stdout())?;
    Some((usize::from(width.0), usize::from(height.0)))
        .filter(|&(width, height)| width > 0 && height > 0)
}

/// Whether standard output is a terminal.
#[must_use]
pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Why nothing more can be written.
#[derive(Debug)]
pub enum Closed {
    /// Nobody reads any more, which is no failure.
    Pipe,
    /// It failed.
    Failed(io::Error),
}

impl Closed {
    /// The status to end with; a failure is said first.
    #[must_use]
    pub fn status(self) -> Status {
        match self {
            Self::Pipe => Status::Done,
            Self::Failed(error) => {
                say(&format!("error: standard output: {error}\n"));
                Status::Files
            }
        }
    }
}

/// Writes an answer.
///
/// # Errors
/// [`Closed`] when it cannot be written.
pub fn write(text: &str) -> Result<(), Closed> {
    if text.is_empty() {
        return Ok(());
    }
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| match error.kind() {
            ErrorKind::BrokenPipe => Closed::Pipe,
            _ => Closed::Failed(error),
        })
}

/// Writes everything else. A standard error that cannot be written to is nobody's to hear of.
pub fn say(text: &str) {
    let mut err = io::stderr().lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}

/// What a command ends with, unless its output cannot be written.
pub type Done = Result<Status, Closed>;

/// Writes a reply: the answer, then what is said besides.
///
/// # Errors
/// [`Closed`] when it cannot be written.
pub fn finish(reply: &Reply) -> Done {
    write(&reply.answer)?;
    say(&reply.notices);
    Ok(reply.outcome.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_comes_first() {
        let plain = Environment::default();
        let no = Environment {
            no_color: true,
            force_color: true,
            ..Environment::default()
        };
        let forced = Environment {
            force_color: true,
            dumb: true,
            ..Environment::default()
        };
        assert!(plain.color(When::Auto, true) && !plain.color(When::Auto, false));
        assert!(no.color(When::Always, false) && !no.color(When::Auto, true));
        assert!(forced.color(When::Auto, false) && !forced.color(When::Never, true));
    }
}
