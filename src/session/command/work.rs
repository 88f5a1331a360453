//! Commands that work on questions, answers and files.

use crate::export::{EXPORTERS, Selection};
use crate::load::files;
use crate::query::question::script::split;
use crate::session::{Flow, Outcome, Reply, Session, lines, script};
use crate::text::{safe::safe, suggest};
use std::path::Path;

/// The names of the exporters.
pub(super) fn exporters() -> Vec<&'static str> {
    EXPORTERS.iter().map(|exporter| exporter.name).collect()
}

/// `:reading who met A`
pub(super) fn reading(session: &mut Session, question: &str) -> Reply {
    match given_or_last(session, question) {
        Some(question) => session.reading(&question),
        None => Reply::refusal("say `:reading QUESTION`; there is no last question yet"),
    }
}

/// `:plan who met A`
pub(super) fn plan(session: &mut Session, question: &str) -> Reply {
    match given_or_last(session, question) {
        Some(question) => session.plan(&question),
        None => Reply::refusal("say `:plan QUESTION`; there is no last question yet"),
    }
}

fn given_or_last(session: &Session, question: &str) -> Option<String> {
    if question.is_empty() {
        return Some(session.last()?.question.clone());
    }
    Some(lines::without_end(question).to_owned())
}

/// `:last`
pub(super) fn last(session: &mut Session, _arguments: &str) -> Reply {
    match session.last() {
        Some(answer) => session.present(answer),
        None => Reply::refusal("there is no answer yet"),
    }
}

/// `:read FILE`
pub(super) fn read(session: &mut Session, file: &str) -> Reply {
    if file.is_empty() {
        return Reply::refusal("say `:read FILE`");
    }
    let text = match script::read(Path::new(file), &session.settings.files) {
        Ok(text) => text,
        Err(problem) => return Reply::failure(Outcome::Files, &problem),
    };
    let mut all = Reply::default();
    for entry in split(&text) {
        let reply = session.ask(&text[entry.question]);
        if !all.answer.is_empty() && !reply.answer.is_empty() {
            all.answer.push('\n');
        }
        all.answer.push_str(&reply.answer);
        all.notices.push_str(&reply.notices);
        all.outcome = all.outcome.max(reply.outcome);
        if reply.outcome == Outcome::Interrupted {
            break;
        }
    }
    all
}

/// `:export dot`, `:export dot last picture.dot`
pub(super) fn export(session: &mut Session, arguments: &str) -> Reply {
    let (format, rest) = next_word(arguments);
    let (last, file) = match next_word(rest) {
        ("last", file) => (true, file),
        _ => (false, rest),
    };
    let selection = if last {
        let Some(answer) = session.last() else {
            return Reply::refusal("there is no answer yet");
        };
        Selection::of(answer)
    } else {
        Selection::whole()
    };
    let text = match session.export(format, &selection) {
        Ok(text) => text,
        Err(problem) => return Reply::refusal(&problem),
    };
    if file.is_empty() {
        return Reply::answer(text);
    }
    match files::write_atomically(Path::new(file), text.as_bytes()) {
        Ok(()) => Reply::notice(format!("written: {}", safe(file))),
        Err(error) => Reply::failure(
            Outcome::Files,
            &format!("`{file}` cannot be written: {error}"),
        ),
    }
}

fn next_word(text: &str) -> (&str, &str) {
    text.trim()
        .split_once(char::is_whitespace)
        .map_or((text.trim(), ""), |(word, rest)| (word, rest.trim()))
}

/// `:reload`
pub(super) fn reload(session: &mut Session, _arguments: &str) -> Reply {
    match session.reload() {
        Ok(()) => {
            let mut text = session.remarks();
            text.push_str(&session.summary());
            Reply::notice(text)
        }
        Err(error) => Reply::failure(
            Outcome::Files,
            &format!("{error}; the casebook stays as it was"),
        ),
    }
}

/// `:quit`
pub(super) fn quit(_session: &mut Session, _arguments: &str) -> Reply {
    Reply {
        flow: Flow::Quit,
        ..Reply::default()
    }
}

impl Session {
    /// The casebook, or a selection of it, in the format of that name.
    ///
    /// # Errors
    /// A message when there is no such format.
    pub fn export(&self, format: &str, selection: &Selection) -> Result<String, String> {
        if let Some(exporter) = EXPORTERS.iter().find(|exporter| exporter.name == format) {
            return Ok((exporter.write)(&self.engine, selection));
        }
        let known = exporters();
        let near = suggest::suggest(format, known.iter().copied());
        let names = if near.is_empty() { &known } else { &near };
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        Err(format!("say which format: {}", names.join(" or ")))
    }
}

impl Session {
    /// How a question is worked out, and what each part of that took.
    #[must_use]
    pub fn plan(&self, question: &str) -> Reply {
        let passes = self.settings.passes;
        match self.engine.explain_run(&self.request(question), passes) {
            Ok(plan) => Reply::answer(plan),
            Err(failure) => self.refuse(question, &failure),
        }
    }
}
