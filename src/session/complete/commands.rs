//! Completion of commands and their arguments.

use super::{Candidate, Session, question};
use crate::session::command::{COMMANDS, Takes, find};
use crate::session::resolve::{Thing, names};
use crate::text::{fold, safe::is_hidden};
use std::path::Path;

/// The candidates for a command line; `command` is what stands after the colon.
pub(super) fn complete(session: &Session, before: &str, command: &str) -> (usize, Vec<Candidate>) {
    let start = before.len() - command.len();
    let Some((name, arguments)) = command.split_once(char::is_whitespace) else {
        return (start, commands(command));
    };
    let arguments_at = before.len() - arguments.len();
    let word_at = arguments.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let takes = find(name).map_or(Takes::Nothing, |command| command.takes);
    match takes {
        Takes::Nothing => (before.len(), Vec::new()),
        Takes::Command => (arguments_at, commands(arguments)),
        Takes::Question => {
            let (at, found) = question(session, arguments);
            (arguments_at + at, found)
        }
        Takes::Thing => (arguments_at, things(session, arguments, |_| true)),
        Takes::Entity => {
            let entity = |thing: Thing| matches!(thing, Thing::Entity(_));
            (arguments_at, things(session, arguments, entity))
        }
        Takes::Source => {
            let source = |thing: Thing| matches!(thing, Thing::Source(_) | Thing::Publication(_));
            (arguments_at, things(session, arguments, source))
        }
        Takes::Row => {
            let rows = session.last().map_or(0, |answer| answer.rows.len());
            let numbers = (1..=rows).map(|row| row.to_string());
            let numbers = numbers.filter(|number| number.starts_with(arguments));
            (
                arguments_at,
                numbers.map(|number| Candidate::plain(&number)).collect(),
            )
        }
        Takes::Words(words) | Takes::WordThenFile(words) if word_at == 0 => {
            let words = words()
                .into_iter()
                .filter(|word| word.starts_with(arguments));
            (arguments_at, words.map(Candidate::plain).collect())
        }
        Takes::Words(_) => (before.len(), Vec::new()),
        Takes::File | Takes::WordThenFile(_) => {
            (arguments_at + word_at, files(&arguments[word_at..]))
        }
    }
}

fn commands(prefix: &str) -> Vec<Candidate> {
    COMMANDS
        .iter()
        .filter(|command| command.name.starts_with(prefix))
        .map(|command| Candidate {
            text: format!("{} ", command.name),
            shown: command.name.to_owned(),
        })
        .collect()
}

fn things(session: &Session, prefix: &str, admits: impl Fn(Thing) -> bool) -> Vec<Candidate> {
    let key = fold::key(prefix);
    let mut found: Vec<&str> = Vec::new();
    let mut seen: Vec<Thing> = Vec::new();
    for (name, thing) in names(&session.engine.graph) {
        let plain = !name.chars().any(is_hidden);
        if plain && admits(thing) && !seen.contains(&thing) && fold::key(name).starts_with(&key) {
            seen.push(thing);
            found.push(name);
        }
    }
    found.sort_unstable();
    found.into_iter().map(Candidate::plain).collect()
}

/// The files whose path begins like this.
fn files(prefix: &str) -> Vec<Candidate> {
    let (directory, begun) = prefix
        .rsplit_once('/')
        .map_or(("", prefix), |(directory, begun)| {
            (&prefix[..=directory.len()], begun)
        });
    let place = if directory.is_empty() { "." } else { directory };
    let Ok(entries) = std::fs::read_dir(Path::new(place)) else {
        return Vec::new();
    };
    let mut found: Vec<String> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name().into_string().ok()?;
            let hidden =
                (name.starts_with('.') && !begun.starts_with('.')) || name.chars().any(is_hidden);
            let end = if entry.path().is_dir() { "/" } else { "" };
            (name.starts_with(begun) && !hidden).then(|| format!("{directory}{name}{end}"))
        })
        .collect();
    found.sort();
    found.iter().map(|path| Candidate::plain(path)).collect()
}
