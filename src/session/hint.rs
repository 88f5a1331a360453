//! What is shown in grey after the cursor: the rest of a word, or what may come next.

use super::Session;
use super::complete::complete;
use crate::render::markup::Line;
use crate::text::fold;

/// Grey text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// What is shown.
    pub shown: String,
    /// What the right arrow takes of it; nothing where it is no more than a list.
    pub takes: Option<String>,
}

/// How many of what may come next are named.
const NAMED: usize = 3;

/// Columns that the prompt takes.
const PROMPT: usize = 10;

/// Above these there is no hint: it is made again with every key, and a key must not wait.
const LONGEST_LINE: usize = 2000;
const MOST_CLAIMS: u32 = 20_000;

/// The hint for a line with the cursor at its end.
#[must_use]
pub fn hint(session: &Session, line: &str) -> Option<Hint> {
    let many = session.engine.graph.claim_count() > MOST_CLAIMS;
    if line.trim().is_empty() || line.len() > LONGEST_LINE || many {
        return None;
    }
    let (start, candidates) = complete(session, line);
    let typed = line.get(start..)?;
    let first = candidates.first()?;
    if !typed.is_empty() {
        let rest = rest(&first.text, typed)?.trim_end();
        return (!rest.is_empty()).then(|| Hint {
            shown: rest.to_owned(),
            takes: Some(rest.to_owned()),
        });
    }
    if !line.ends_with(' ') {
        return None;
    }
    let room = match session.settings.answers.width {
        0 => usize::MAX,
        width => width.saturating_sub(PROMPT + Line::plain(line).width()),
    };
    let fitting = (1..=NAMED.min(candidates.len())).rev().find_map(|count| {
        let names = candidates[..count].iter();
        let names: Vec<&str> = names.map(|candidate| candidate.text.trim_end()).collect();
        let more = if candidates.len() > count { " …" } else { "" };
        let shown = format!("{}{more}", names.join(" · "));
        (Line::plain(&shown).width() < room).then_some(shown)
    });
    fitting.map(|shown| Hint { shown, takes: None })
}

/// What of `text` comes after `typed`, where it begins so but for case.
fn rest<'t>(text: &'t str, typed: &str) -> Option<&'t str> {
    let end = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let end = end.take(typed.chars().count()).last()?;
    let (begun, rest) = text.split_at(end);
    (fold::key(begun) == fold::key(typed)).then_some(rest)
}
