//! What rustyline asks while a line is typed: completions, hints, colours, and whether the line is finished.

use crate::query::question::complete::TokenClass;
use crate::render::markup::Style;
use crate::render::paint::styled;
use crate::session::highlight::{self, Class};
use crate::session::{Session, complete, hint};
use rustyline::completion::{Candidate, Completer};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hint, Hinter};
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Context};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};

/// Asks the session. The session is lent to it while a line is read, and to the reply afterwards.
pub(super) struct Helper<'s> {
    session: &'s RefCell<&'s mut Session>,
    typed: Cell<bool>,
}

impl<'s> Helper<'s> {
    pub(super) fn new(session: &'s RefCell<&'s mut Session>) -> Self {
        Self {
            session,
            typed: Cell::new(false),
        }
    }

    /// Whether the line held something when it was last seen; forgets it.
    pub(super) fn take_typed(&self) -> bool {
        self.typed.replace(false)
    }

    fn style(class: Class) -> Style {
        let Class::Token(class) = class else {
            return Style::Heading;
        };
        match class {
            TokenClass::Keyword | TokenClass::Mark => Style::Plain,
            TokenClass::Name => Style::Name,
            TokenClass::Verb | TokenClass::Kind => Style::Verb,
            TokenClass::Date | TokenClass::Number => Style::Date,
            TokenClass::Variable | TokenClass::Column => Style::Source,
            TokenClass::Unknown => Style::Error,
            TokenClass::Comment => Style::Dim,
        }
    }
}

impl rustyline::Helper for Helper<'_> {}

/// A candidate as the menu shows it, and as it is inserted.
pub(super) struct Offer(complete::Candidate);

impl Candidate for Offer {
    fn display(&self) -> &str {
        &self.0.shown
    }

    fn replacement(&self) -> &str {
        &self.0.text
    }
}

impl Completer for Helper<'_> {
    type Candidate = Offer;

    fn complete(
        &self,
        line: &str,
        position: usize,
        _context: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Offer>)> {
        let before = line.get(..position).unwrap_or(line);
        let session = self.session.borrow();
        let (start, candidates) = complete::complete(&session, before);
        Ok((start, candidates.into_iter().map(Offer).collect()))
    }
}

/// What is shown in grey after the cursor, and what of it the right arrow takes.
pub(super) struct Grey(hint::Hint);

impl Hint for Grey {
    fn display(&self) -> &str {
        &self.0.shown
    }

    fn completion(&self) -> Option<&str> {
        self.0.takes.as_deref()
    }
}

impl Hinter for Helper<'_> {
    type Hint = Grey;

    fn hint(&self, line: &str, position: usize, _context: &Context<'_>) -> Option<Grey> {
        self.typed.set(!line.is_empty());
        if position < line.len() {
            return None;
        }
        let session = self.session.borrow();
        hint::hint(&session, line).map(Grey)
    }
}

impl Highlighter for Helper<'_> {
    fn highlight<'l>(&self, line: &'l str, _position: usize) -> Cow<'l, str> {
        let session = self.session.borrow();
        if !session.settings.answers.color {
            return Cow::Borrowed(line);
        }
        let mut painted = String::with_capacity(line.len() * 2);
        let mut at = 0;
        for (range, class) in highlight::spans(&session, line) {
            painted.push_str(line.get(at..range.start).unwrap_or(""));
            let text = line.get(range.clone()).unwrap_or("");
            painted.push_str(&styled(Self::style(class), text, true));
            at = range.end;
        }
        painted.push_str(line.get(at..).unwrap_or(""));
        Cow::Owned(painted)
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        let color = self.session.borrow().settings.answers.color;
        styled(Style::Dim, hint, color)
    }

    fn highlight_candidate<'c>(
        &self,
        candidate: &'c str,
        _completion: CompletionType,
    ) -> Cow<'c, str> {
        let color = self.session.borrow().settings.answers.color;
        match candidate.rfind(" (") {
            Some(at) if color => {
                let (name, count) = candidate.split_at(at);
                Cow::Owned(format!("{name}{}", styled(Style::Dim, count, true)))
            }
            _ => Cow::Borrowed(candidate),
        }
    }

    fn highlight_char(&self, line: &str, _position: usize, kind: CmdKind) -> bool {
        self.typed.set(!line.is_empty());
        kind != CmdKind::MoveCursor
    }
}

impl Validator for Helper<'_> {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        Ok(if self.session.borrow().goes_on(context.input()) {
            ValidationResult::Incomplete
        } else {
            ValidationResult::Valid(None)
        })
    }
}
