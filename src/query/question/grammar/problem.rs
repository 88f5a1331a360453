//! What is wrong with a question that cannot be read, said as simply as the place allows.

use super::super::keyword::SPELLINGS;
use super::super::token::{Form, Mark, Token};
use super::advice;
use super::brackets::bracket;
use super::describe::describe;
use super::input::{Expected, Want, Wanted};
use crate::model::{Date, date::DateProblem};
use crate::query::limits::Limits;
use crate::query::vocabulary::{Class, Vocabulary};
use crate::text::{Diagnostic, FileId, Span, safe::shorten, suggest};

/// Longest piece of a question that a message quotes, in code points.
const QUOTED: usize = 40;

/// Shortest word for which a similar one is proposed: any word of two letters is similar to any other.
const SHORTEST_GUESSED: usize = 3;

/// A question that was cut into tokens.
pub(super) struct Place<'t> {
    pub(super) tokens: &'t [Token],
    pub(super) text: &'t str,
    pub(super) file: FileId,
    pub(super) vocabulary: &'t Vocabulary,
}

impl Place<'_> {
    /// What stands at a span, shortened to what a message may quote.
    pub(super) fn written(&self, span: Span) -> String {
        shorten(self.text.get(span.range()).unwrap_or(""), QUOTED)
    }

    /// Whether a token only ends the question.
    fn is_final(&self, token: &Token) -> bool {
        let ends = matches!(token.readings.mark, Some(Mark::Question | Mark::Semicolon));
        ends && self.tokens.len() > 1 && self.tokens.last() == Some(token)
    }

    /// Where the question ends: before `mark`, if it has one there.
    fn end(&self, mark: Option<&Token>) -> Span {
        let last = self.tokens.last().map_or(0, |token| token.span.end);
        let end = mark.map_or(last, |token| token.span.start) as usize;
        Span::new(self.file, end, end)
    }
}

/// More bytes than a question may have.
pub(super) fn too_long(text: &str, file: FileId, limits: &Limits) -> Diagnostic {
    let message = format!(
        "the question has {} bytes, and {} is the most",
        text.len(),
        limits.question_bytes
    );
    let start = Span::new(file, 0, 0);
    Diagnostic::error("question-too-long", message, start)
        .help("ask it in parts, or raise the limit with `--max-question-bytes`")
}

/// No word at all.
pub(super) fn empty(span: Span) -> Diagnostic {
    let start = Span::new(span.file, span.start as usize, span.start as usize);
    Diagnostic::error("empty-question", "nothing is asked", start)
        .help("ask for example `who briefed whom`")
}

/// Quoted names and ids that name nothing.
pub(super) fn unknown_names(place: &Place<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for token in place.tokens {
        let written = shorten(&token.written, QUOTED);
        let vocabulary = place.vocabulary;
        match token.form {
            Form::Quoted if !token.readings.date && vocabulary.names(&token.key).is_empty() => {
                let message = format!("`{written}` is no name in this casebook");
                let near = vocabulary.near(&token.key, &[Class::Name]);
                let near = near.into_iter().map(|(_, shown)| shown.to_owned());
                let problem = Diagnostic::error("unknown-name", message, token.span);
                found.push(did_you_mean(problem, near.collect()));
            }
            Form::Id if vocabulary.by_id(&token.written).is_empty() => {
                let message = format!("`@{written}` is no id in this casebook");
                let near = vocabulary.near_ids(&token.written).into_iter();
                let near = near.map(|id| format!("@{id}"));
                let problem = Diagnostic::error("unknown-id", message, token.span);
                found.push(did_you_mean(problem, near.collect()));
            }
            _ => {}
        }
    }
    found
}

/// Why the question cannot be read, from the furthest place that was reached.
pub(super) fn explain(place: &Place<'_>, expected: Expected) -> Diagnostic {
    let wanted = expected.wanted;
    let found = place.tokens.get(expected.at as usize);
    if let Some(problem) = bracket(place, expected, found) {
        return problem;
    }
    let Some(token) = found.filter(|token| !place.is_final(token)) else {
        let message = format!("the question ends where {} is expected", describe(wanted));
        let problem = Diagnostic::error("expected", message, place.end(found));
        return advised(problem, advice::at_the_end(place));
    };
    if let Some(problem) = super::calendar::not_a_date(place, expected, token) {
        return problem;
    }
    if token.is_unknown() {
        return unknown_word(place, expected, token);
    }
    let written = place.written(token.span);
    if wanted.has(Want::Kind) && !wanted.has(Want::Name) && !wanted.has(Want::Verb) {
        let message = format!("`{written}` is no kind of this casebook");
        let problem = Diagnostic::error("unknown-kind", message, token.span);
        return with_kinds(problem, place.vocabulary);
    }
    let known = advice::about(place, expected, token);
    if wanted.has(Want::End) {
        let message = format!("`{written}` does not continue this question");
        let problem = Diagnostic::error("trailing-text", message, token.span);
        let help = known.unwrap_or_else(|| format!("here may stand {}", describe(wanted)));
        return problem.help(help);
    }
    let message = format!("expected {}, found `{written}`", describe(wanted));
    let problem = Diagnostic::error("expected", message, token.span);
    advised(problem, known)
}

fn advised(problem: Diagnostic, help: Option<String>) -> Diagnostic {
    match help {
        Some(help) => problem.help(help),
        None => problem,
    }
}

/// The classes of the vocabulary that could stand at a place.
fn classes(wanted: Wanted) -> Vec<Class> {
    let pairs = [
        (Want::Name, Class::Name),
        (Want::Source, Class::Source),
        (Want::Verb, Class::Verb),
        (Want::Kind, Class::Kind),
    ];
    let wanted = pairs.iter().filter(|(want, _)| wanted.has(*want));
    wanted.map(|&(_, class)| class).collect()
}

/// Words close to what stands at a place, out of those that could stand there.
struct Guess {
    /// How many tokens they would replace.
    words: usize,
    distance: usize,
    /// What the nearest is; nothing for a keyword.
    class: Option<Class>,
    shown: Vec<String>,
}

fn guess(place: &Place<'_>, expected: Expected) -> Option<Guess> {
    let spellings: Vec<&str> = SPELLINGS
        .iter()
        .filter(|(keyword, _)| expected.wanted.has(Want::Keyword(*keyword)))
        .flat_map(|(_, spellings)| spellings.iter().copied())
        .collect();
    let mut best: Option<Guess> = None;
    let mut key = String::new();
    let words = place.tokens.iter().skip(expected.at as usize).take(4);
    for (token, words) in words.zip(1..) {
        if token.form != Form::Plain || token.readings.mark.is_some() {
            break;
        }
        if words > 1 {
            key.push(' ');
        }
        key.push_str(&token.key);
        if key.chars().count() < SHORTEST_GUESSED {
            continue;
        }
        let mut near: Vec<(usize, Option<Class>, &str)> = Vec::new();
        for class in classes(expected.wanted) {
            let known = place.vocabulary.near(&key, &[class]).into_iter();
            near.extend(known.map(|(distance, shown)| (distance, Some(class), shown)));
        }
        let keywords = suggest::near(&key, spellings.iter().copied()).into_iter();
        near.extend(keywords.map(|(distance, shown)| (distance, None, shown)));
        near.sort_unstable();
        near.truncate(3);
        let Some(&(distance, class, _)) = near.first() else {
            continue;
        };
        if best.as_ref().is_none_or(|best| distance <= best.distance) {
            let shown = near.into_iter().map(|(_, _, shown)| shown.to_owned());
            best = Some(Guess {
                words,
                distance,
                class,
                shown: shown.collect(),
            });
        }
    }
    best
}

const NO_VERB: (&str, &str) = ("unknown-verb", "is not a relation of this casebook");
const NO_NAME: (&str, &str) = ("unknown-name", "is no name in this casebook");
const NO_KIND: (&str, &str) = ("unknown-kind", "is no kind of this casebook");
const NO_WORD: (&str, &str) = (
    "unknown-word",
    "is no word of the language, nor of this casebook",
);

fn unknown_word(place: &Place<'_>, expected: Expected, token: &Token) -> Diagnostic {
    let wanted = expected.wanted;
    let guess = guess(place, expected);
    let last = guess.as_ref().map_or(0, |guess| guess.words - 1);
    let last = place
        .tokens
        .get(expected.at as usize + last)
        .unwrap_or(token);
    let span = token.span.to(last.span);
    let (verb, kind) = (wanted.has(Want::Verb), wanted.has(Want::Kind));
    let named = wanted.has(Want::Name) || wanted.has(Want::Source);
    let (name, what) = match guess.as_ref().map(|guess| guess.class) {
        Some(None) => NO_WORD,
        Some(Some(Class::Verb)) => NO_VERB,
        Some(Some(Class::Kind)) => NO_KIND,
        Some(Some(_)) => NO_NAME,
        None if verb && !named && !wanted.has(Want::End) => NO_VERB,
        None if named && !verb => NO_NAME,
        None if kind && !named && !verb => NO_KIND,
        None => NO_WORD,
    };
    let message = format!("`{}` {what}", place.written(span));
    let problem = Diagnostic::error(name, message, span);
    match guess {
        Some(guess) => did_you_mean(problem, guess.shown),
        None if advice::contracted(token).is_some() => advised(problem, advice::contracted(token)),
        None if name == NO_KIND.0 => with_kinds(problem, place.vocabulary),
        None if name == NO_WORD.0 => problem.help(format!("here may stand {}", describe(wanted))),
        None => problem,
    }
}

fn did_you_mean(problem: Diagnostic, near: Vec<String>) -> Diagnostic {
    let near: Vec<String> = near
        .iter()
        .take(3)
        .map(|one| format!("`{}`", shorten(one, QUOTED)))
        .collect();
    match near.split_last() {
        None => problem,
        Some((one, [])) => problem.help(format!("did you mean {one}?")),
        Some((last, rest)) => problem.help(format!("did you mean {} or {last}?", rest.join(", "))),
    }
}

fn with_kinds(problem: Diagnostic, vocabulary: &Vocabulary) -> Diagnostic {
    let plurals = vocabulary.plurals();
    let kinds: Vec<String> = plurals
        .iter()
        .map(|plural| format!("`{}`", shorten(plural, QUOTED)))
        .collect();
    match kinds.len() {
        1..=20 => problem.help(format!("its kinds are {}", kinds.join(", "))),
        _ => problem,
    }
}

/// Why a text is no date, where that can be said in a few words.
pub(super) fn date_problem(text: &str) -> Option<&'static str> {
    match Date::parse(text) {
        Err(DateProblem::EndsBeforeStart) => Some("it ends before it starts"),
        _ => None,
    }
}
