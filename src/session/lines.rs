//! Lines from a prompt or a pipe, put together to questions.

use super::Session;
use crate::query::question::script::unfinished;

/// Whether a line holds nothing but white space and a comment.
#[must_use]
pub fn is_blank(line: &str) -> bool {
    line.lines().all(|line| {
        let line = line.trim_start();
        line.is_empty() || line.starts_with('#')
    })
}

/// A question without the `;` that ended it.
#[must_use]
pub fn without_end(question: &str) -> &str {
    let question = question.trim();
    question.strip_suffix(';').map_or(question, str::trim_end)
}

impl Session {
    /// Whether what was typed so far goes on in the next line. An empty line ends everything.
    #[must_use]
    pub fn goes_on(&self, typed: &str) -> bool {
        let last = typed.rsplit('\n').next().unwrap_or("");
        let emptied = typed.contains('\n') && last.trim().is_empty();
        !(emptied || typed.trim_start().starts_with(':') || is_blank(typed))
            && unfinished(typed, self.vocabulary(), &self.settings.parameters)
    }
}

/// Puts lines together. A line is a question by itself unless it is unfinished; a line that begins with `|` continues
/// the one before; `;` and an empty line end a question.
#[derive(Debug, Default)]
pub struct Joiner {
    pending: String,
}

impl Joiner {
    /// Takes a line; gives the questions and commands that are complete now, in order.
    pub fn push(&mut self, session: &Session, line: &str) -> Vec<String> {
        let line = line.trim_end_matches(['\n', '\r']);
        let mut complete = Vec::new();
        if line.trim().is_empty() {
            complete.extend(self.finish());
            return complete;
        }
        let continues = line.trim_start().starts_with('|') || session.goes_on(&self.pending);
        if !self.pending.is_empty() && !continues {
            complete.extend(self.finish());
        }
        if !self.pending.is_empty() {
            self.pending.push('\n');
        }
        self.pending.push_str(line);
        // A command is one line, and nothing continues it or what ends in `;`.
        if self.pending.trim_start().starts_with(':') || line.trim_end().ends_with(';') {
            complete.extend(self.finish());
        }
        complete
    }

    /// The question that is still open, at the end of the input.
    pub fn finish(&mut self) -> Option<String> {
        let pending = std::mem::take(&mut self.pending);
        (!is_blank(&pending)).then_some(pending)
    }
}
