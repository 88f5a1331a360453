//! What may stand where the cursor is: verbs that occur, names that a verb can take, keywords, columns, sources,
//! commands and their arguments.

mod columns;
mod commands;
mod place;
mod words;

use super::Session;
use crate::text::fold;
use place::Place;

/// Something that may stand at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What is inserted.
    pub text: String,
    /// What the menu shows: with the number of claims, where claims can be counted.
    pub shown: String,
}

impl Candidate {
    /// A candidate that nothing is counted of.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            shown: text.to_owned(),
        }
    }

    /// A candidate with a number of claims.
    #[must_use]
    pub fn counted(text: &str, count: usize) -> Self {
        Self {
            text: text.to_owned(),
            shown: format!("{text} ({count})"),
        }
    }
}

/// The longest name that is completed, in words.
const LONGEST: usize = 8;

/// The candidates for the end of `before` (the line up to the cursor), and the byte where they begin.
#[must_use]
pub fn complete(session: &Session, before: &str) -> (usize, Vec<Candidate>) {
    let trimmed = before.trim_start();
    if let Some(command) = trimmed.strip_prefix(':') {
        return commands::complete(session, before, command);
    }
    let (start, mut candidates) = question(session, before);
    if let [only] = candidates.as_mut_slice()
        && !only.text.ends_with(['"', '('])
    {
        only.text.push(' ');
    }
    (start, candidates)
}

/// The candidates at the end of a question that has been begun.
fn question(session: &Session, before: &str) -> (usize, Vec<Candidate>) {
    if before.trim().is_empty() {
        return (before.len(), words::openings());
    }
    if let Some(found) = marked(session, before) {
        return found;
    }
    let typed = fold::words(before);
    let open = before.chars().next_back().is_some_and(fold::is_word_char);
    if !open {
        let found = candidates(session, before, "");
        if !found.is_empty() {
            return (before.len(), found);
        }
    }
    let from = typed.len().saturating_sub(LONGEST);
    for word in &typed[from..] {
        let mut prefix = fold::key(&before[word.start..]);
        if !open {
            prefix.push(' ');
        }
        let found = candidates(session, &before[..word.start], &prefix);
        if !found.is_empty() {
            return (word.start, found);
        }
    }
    (before.len(), Vec::new())
}

/// What may stand after `head` and begins with the folded `prefix`.
fn candidates(session: &Session, head: &str, prefix: &str) -> Vec<Candidate> {
    let place = Place::after(session, head);
    let mut found = words::of_casebook(session, &place, prefix);
    // Where there is something to choose from, the words of the language wait for their first letter.
    if found.is_empty() || !prefix.is_empty() {
        found.extend(words::keywords(&place, prefix));
    }
    let mut once: Vec<Candidate> = Vec::new();
    for candidate in found {
        if !once.iter().any(|known| known.text == candidate.text) {
            once.push(candidate);
        }
    }
    once
}

/// After `@`, `$` or `?`: ids, parameters, the question's variables.
fn marked(session: &Session, before: &str) -> Option<(usize, Vec<Candidate>)> {
    let start = before
        .rfind(|c: char| c.is_whitespace() || c == '(' || c == ',')
        .map_or(0, |at| at + 1);
    let mut word = before.get(start..)?.chars();
    let mark = word.next()?;
    let prefix = word.as_str();
    let found: Vec<Candidate> = match mark {
        '@' => {
            let place = Place::after(session, &before[..start]);
            words::ids(session, &place, prefix)
        }
        '$' => {
            let parameters = session.settings.parameters.iter();
            parameters
                .map(|(name, _)| name)
                .filter(|name| name.starts_with(prefix))
                .map(|name| Candidate::plain(&format!("${name}")))
                .collect()
        }
        '?' if !prefix.is_empty() || before[..start].contains('?') => {
            let place = Place::after(session, &before[..start]);
            let mut names = place.variables();
            names.retain(|name| name.starts_with(prefix));
            names.iter().map(|name| Candidate::plain(&format!("?{name}"))).collect()
        }
        _ => return None,
    };
    Some((start, found))
}
