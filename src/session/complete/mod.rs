//! What may stand where the cursor is: verbs that occur, names that a verb can take, keywords, columns, sources,
//! commands and their arguments.

mod columns;
mod commands;
mod place;
mod words;

use super::Session;
use crate::query::question::complete::{Spot, spots};
use crate::query::question::keyword::SPELLINGS;
use crate::query::question::token::Form;
use crate::query::vocabulary::Class;
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

/// The candidates for the end of `before` (the line up to the cursor), and the byte where they begin.
#[must_use]
pub fn complete(session: &Session, before: &str) -> (usize, Vec<Candidate>) {
    let trimmed = before.trim_start();
    if let Some(command) = trimmed.strip_prefix(':') {
        return commands::complete(session, before, command);
    }
    let (start, mut candidates) = question(session, before);
    if let [only] = candidates.as_mut_slice() {
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
    let spots = spots(before, session.vocabulary(), &session.settings.parameters);
    // After a finished word it is the next one that is looked for; the longer name that may have begun comes second.
    if let Some(next) = spots.iter().find(|spot| spot.start == before.len()) {
        let found = of_spot(session, before, next);
        if !found.is_empty() {
            return (next.start, found);
        }
    }
    all_spots(session, before, &spots)
}

/// The candidates of all spots, as if they all began at the first: names, verbs and the like, then words of the
/// language; of each, what has the shortest beginning first.
fn all_spots(session: &Session, before: &str, spots: &[Spot]) -> (usize, Vec<Candidate>) {
    let (mut counted, mut keywords) = (Vec::new(), Vec::new());
    let mut start = before.len();
    for spot in spots.iter().rev() {
        let place = Place::new(session, &before[..spot.start], spot);
        let of_casebook = of_casebook(session, &place, spot);
        let of_language = of_language(&place, spot);
        if !of_casebook.is_empty() || !of_language.is_empty() {
            start = spot.start;
        }
        counted.extend(
            of_casebook
                .into_iter()
                .map(|candidate| (spot.start, candidate)),
        );
        keywords.extend(
            of_language
                .into_iter()
                .map(|candidate| (spot.start, candidate)),
        );
    }
    let all = counted
        .into_iter()
        .chain(keywords)
        .map(|(at, candidate)| Candidate {
            text: format!("{}{}", &before[start..at], candidate.text),
            ..candidate
        });
    (start, once(all))
}

fn of_spot(session: &Session, before: &str, spot: &Spot) -> Vec<Candidate> {
    let place = Place::new(session, &before[..spot.start], spot);
    let mut found = of_casebook(session, &place, spot);
    // Where there is something to choose from, the words of the language wait for their first letter.
    if found.is_empty() {
        found = of_language(&place, spot);
    }
    once(found.into_iter())
}

fn of_casebook(session: &Session, place: &Place, spot: &Spot) -> Vec<Candidate> {
    match spot.form {
        Form::Id => words::ids(session, place, &spot.prefix),
        Form::Quoted => {
            let mut found = words::of_casebook(session, place, &spot.prefix);
            found
                .iter_mut()
                .for_each(|candidate| candidate.text.push('"'));
            found
        }
        _ => words::of_casebook(session, place, &spot.prefix),
    }
}

fn of_language(place: &Place, spot: &Spot) -> Vec<Candidate> {
    match spot.form {
        Form::Id | Form::Quoted => Vec::new(),
        _ => words::keywords(place, &spot.prefix),
    }
}

fn once(candidates: impl Iterator<Item = Candidate>) -> Vec<Candidate> {
    let mut once: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        if !once.iter().any(|known| known.text == candidate.text) {
            once.push(candidate);
        }
    }
    once
}

/// Whether a word of the casebook or of the language begins with what has been typed at the spot.
#[must_use]
pub fn may_begin(session: &Session, spot: &Spot) -> bool {
    let classes = [Class::Name, Class::Verb, Class::Kind];
    let words = |class| {
        session
            .vocabulary()
            .starting(class, &spot.prefix)
            .next()
            .is_some()
    };
    spot.form == Form::Id
        || classes.into_iter().any(words)
        || SPELLINGS
            .iter()
            .flat_map(|(_, spellings)| spellings.iter())
            .any(|spelling| spelling.starts_with(&spot.prefix))
}

/// After `$` or `?`: parameters, the question's variables.
fn marked(session: &Session, before: &str) -> Option<(usize, Vec<Candidate>)> {
    let start = before
        .rfind(|c: char| c.is_whitespace() || c == '(' || c == ',')
        .map_or(0, |at| at + 1);
    let mut word = before.get(start..)?.chars();
    let mark = word.next()?;
    let prefix = word.as_str();
    let names = match mark {
        '$' => {
            let parameters = session.settings.parameters.iter();
            parameters.map(|(name, _)| name.clone()).collect()
        }
        '?' => place::variables(session, &before[..start]),
        _ => return None,
    };
    let fitting = names.iter().filter(|name| name.starts_with(prefix));
    let found = fitting
        .map(|name| Candidate::plain(&format!("{mark}{name}")))
        .collect();
    Some((start, found))
}
