//! The nearest passage to a quotation that stands nowhere, and what differs. The home of `similar`.

use super::Article;
use super::words;
use crate::text::safe::is_hidden;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::BTreeMap;
use std::ops::Range;

/// The longest quotation that is compared, in words.
const MOST_WORDS: usize = 1_500;

/// How alike a passage must be to be called the same one, altered: twice the words in common, by all words.
const ALIKE: f64 = 0.5;

/// How many words on each side of a difference are shown.
const CONTEXT: usize = 4;

/// The nearest passage to a quotation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Nearest {
    /// Where it stands, in code points.
    pub(super) range: Range<u32>,
    /// How alike they are, 0 to 1.
    pub(super) alike: f64,
    /// What differs, in a few words.
    pub(super) what: String,
    /// What differs, marked: `said [five→six] ships`.
    pub(super) marked: String,
}

impl Nearest {
    /// Whether it can be taken for the same passage, altered.
    pub(super) fn is_close(&self) -> bool {
        self.alike >= ALIKE
    }
}

/// The passages of an article, several if they are equally near, that read most like a quotation; `hint` is where it
/// should stand. None where no word of it stands anywhere, or it is too long to be compared.
pub(super) fn nearest(
    article: &Article,
    quote: &Article,
    hint: Option<&Range<u32>>,
) -> Vec<Nearest> {
    let text = &quote.form().text;
    let wanted: Vec<&str> = quote
        .tokens()
        .bytes
        .iter()
        .map(|b| &text[b.clone()])
        .collect();
    if wanted.is_empty() || wanted.len() > MOST_WORDS {
        return Vec::new();
    }
    let mut best: Vec<Nearest> = Vec::new();
    for start in starts(article, &wanted, hint) {
        let found = compare(article, &wanted, start);
        match best.first() {
            Some(known) if known.alike > found.alike => {}
            Some(known) if known.alike < found.alike => best = vec![found],
            _ if best.iter().any(|known| known.range == found.range) => {}
            _ => best.push(found),
        }
    }
    best.retain(|found| found.alike > 0.0);
    best
}

/// Where the passage may begin, as words of the article: where most of the rarer words of the quotation agree.
fn starts(article: &Article, wanted: &[&str], hint: Option<&Range<u32>>) -> Vec<usize> {
    let tokens = article.tokens();
    let mut rare: Vec<(usize, usize)> = wanted
        .iter()
        .enumerate()
        .filter_map(|(at, word)| Some((tokens.places.get(*word)?.len(), at)))
        .collect();
    rare.sort_unstable();
    let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
    for &(places, at) in rare.iter().take(24) {
        if places > 200 && !votes.is_empty() {
            break;
        }
        for &place in tokens.places[wanted[at]].iter().take(2_000) {
            let start = (place as usize).saturating_sub(at);
            // Words put in or left out move the rest by a little.
            for near in start.saturating_sub(2)..=start + 2 {
                *votes.entry(near).or_default() += if near == start { 3 } else { 1 };
            }
        }
    }
    let mut votes: Vec<(usize, usize)> = votes.into_iter().collect();
    votes.sort_by_key(|&(start, votes)| (std::cmp::Reverse(votes), start));
    let hinted = hint.map(|range| {
        let byte = article.form().byte(article.form().at_raw(range.start));
        tokens.bytes.partition_point(|token| token.start < byte)
    });
    let mut starts: Vec<usize> = hinted.into_iter().collect();
    for (start, _) in votes {
        // Neighbours see the same words.
        if starts.len() < 5 && !starts.iter().any(|known| known.abs_diff(start) < 3) {
            starts.push(start);
        }
    }
    starts
}

/// Compares a quotation with the words from about `start` on.
fn compare(article: &Article, wanted: &[&str], start: usize) -> Nearest {
    let (form, tokens) = (article.form(), article.tokens());
    let slack = 4 + wanted.len() / 4;
    let from = start.saturating_sub(slack);
    let to = (start + wanted.len() + slack).min(tokens.bytes.len());
    let bytes = &tokens.bytes[from.min(to)..to];
    let window: Vec<&str> = bytes.iter().map(|b| &form.text[b.clone()]).collect();
    let mut parts = parts(&capture_diff_slices(Algorithm::Myers, wanted, &window));
    trim(&mut parts);
    let equal: usize = parts.iter().filter(|p| p.same).map(|p| p.old.len()).sum();
    let (first, last) = match (parts.first(), parts.last()) {
        (Some(first), Some(last)) => (first.new.start, last.new.end),
        _ => (0, 0),
    };
    let range = if first < last {
        let start = form.at_byte(bytes[first].start);
        let end = form.at_byte(bytes[last - 1].end);
        form.raw(&(start..end))
    } else {
        0..0
    };
    #[expect(
        clippy::cast_precision_loss,
        reason = "at most some thousands of words"
    )]
    let alike = 2.0 * equal as f64 / (wanted.len() + last - first).max(1) as f64;
    Nearest {
        range,
        alike,
        what: what(wanted, &window, &parts),
        marked: marked(wanted, &window, &parts),
    }
}

/// A run of words that are the same on both sides, or are not.
struct Part {
    same: bool,
    old: Range<usize>,
    new: Range<usize>,
}

fn parts(operations: &[DiffOp]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for operation in operations {
        let same = matches!(operation, DiffOp::Equal { .. });
        let (old, new) = (operation.old_range(), operation.new_range());
        match parts.last_mut() {
            Some(last) if !last.same && !same => {
                last.old.end = last.old.end.max(old.end);
                last.new.end = last.new.end.max(new.end);
            }
            _ => parts.push(Part { same, old, new }),
        }
    }
    parts
}

/// Takes away the words around the passage: of what the first and the last difference put in, as much as they take out
/// belongs to it.
fn trim(parts: &mut Vec<Part>) {
    if let Some(first) = parts.first_mut().filter(|part| !part.same) {
        first.new.start = first
            .new
            .start
            .max(first.new.end.saturating_sub(first.old.len()));
    }
    if parts.len() > 1
        && let Some(last) = parts.last_mut().filter(|part| !part.same)
    {
        last.new.end = last.new.end.min(last.new.start + last.old.len());
    }
    parts.retain(|part| !part.old.is_empty() || !part.new.is_empty());
}

/// What kind of thing differs, the gravest first.
fn what(wanted: &[&str], window: &[&str], parts: &[Part]) -> String {
    let changed: Vec<(&[&str], &[&str])> = parts
        .iter()
        .filter(|part| !part.same)
        .map(|part| (&wanted[part.old.clone()], &window[part.new.clone()]))
        .collect();
    let pairs = || {
        changed
            .iter()
            .filter(|(old, new)| old.len() == new.len())
            .flat_map(|(old, new)| old.iter().zip(*new))
    };
    let runs = || {
        changed
            .iter()
            .map(|(old, new)| (old.concat(), new.concat()))
    };
    if let Some(text) = runs().find_map(|(old, new)| hidden(&old, &new)) {
        return text;
    }
    if let Some(text) = pairs().find_map(|(old, new)| look_alike(old, new)) {
        return text;
    }
    let words = || changed.iter().flat_map(|(old, new)| old.iter().chain(*new));
    if words().any(|word| words::is_negator(word)) {
        return "a negation differs".to_owned();
    }
    if words().any(|word| word.chars().any(char::is_numeric)) {
        return "a number differs".to_owned();
    }
    if !words().any(|word| word.chars().any(char::is_alphanumeric)) {
        return "punctuation or spacing differs".to_owned();
    }
    if changed.iter().all(|(_, new)| new.is_empty()) {
        return "words stand in it that the text does not have".to_owned();
    }
    if changed.iter().all(|(old, _)| old.is_empty()) {
        return "words of the text are left out".to_owned();
    }
    if words().any(|word| word.starts_with(char::is_uppercase)) {
        return "a name or capital letter differs".to_owned();
    }
    "the words differ".to_owned()
}

/// Says which character cannot be seen, where two words differ in nothing else.
fn hidden(old: &str, new: &str) -> Option<String> {
    let seen = |word: &str| -> String { word.chars().filter(|&c| !is_hidden(c)).collect() };
    let visible = seen(old);
    if visible != seen(new) {
        return None;
    }
    let find = |word: &str| word.chars().find(|&c| is_hidden(c));
    let (c, whose) = match (find(old), find(new)) {
        (Some(c), _) => (c, "the evidence"),
        (None, c) => (c?, "the text"),
    };
    let point = u32::from(c);
    Some(format!("“{visible}” in {whose} hides U+{point:04X}"))
}

/// Says which character only looks like another, where two words differ in nothing else.
fn look_alike(old: &str, new: &str) -> Option<String> {
    if old.chars().count() != new.chars().count() {
        return None;
    }
    let mut odd = None;
    for (a, b) in old.chars().zip(new.chars()).filter(|(a, b)| a != b) {
        let (foreign, latin) = if a.is_ascii() { (b, a) } else { (a, b) };
        let other_script = u32::from(foreign) >= 0x250 && foreign.is_alphanumeric();
        if !latin.is_ascii_alphanumeric() || !other_script {
            return None;
        }
        odd = odd.or(Some((a, b)));
    }
    let (a, b) = odd?;
    Some(format!(
        "“{old}” looks the same, but its “{a}” is U+{:04X} where the text has U+{:04X}",
        u32::from(a),
        u32::from(b)
    ))
}

/// The passage with its differences: `said [five→six] ships`, the first side being the evidence's.
fn marked(wanted: &[&str], window: &[&str], parts: &[Part]) -> String {
    let mut text = String::new();
    for (number, part) in parts.iter().enumerate() {
        let (old, new) = (&wanted[part.old.clone()], &window[part.new.clone()]);
        let piece = if part.same {
            let first = number == 0;
            let last = number + 1 == parts.len();
            shortened(old, first, last)
        } else if old.len() == new.len() {
            let pairs = old.iter().zip(new).map(|(a, b)| {
                if a == b {
                    (*a).to_owned()
                } else {
                    format!("[{a}→{b}]")
                }
            });
            pairs.collect::<Vec<_>>().join(" ")
        } else {
            format!("[{}→{}]", joined(old), joined(new))
        };
        let close = piece.starts_with(|c: char| ".,;:!?)".contains(c));
        if !text.is_empty() && !close {
            text.push(' ');
        }
        text.push_str(&piece);
    }
    text
}

/// The words that are the same, long runs of them cut short in the middle.
fn shortened(words: &[&str], first: bool, last: bool) -> String {
    let (head, tail) = (
        if first { 0 } else { CONTEXT },
        if last { 0 } else { CONTEXT },
    );
    if words.len() <= head + tail + 2 {
        return joined(words);
    }
    let (head, tail) = (joined(&words[..head]), joined(&words[words.len() - tail..]));
    format!("{head} … {tail}").trim().to_owned()
}

/// Words as a sentence has them.
fn joined(words: &[&str]) -> String {
    let mut text = String::new();
    for word in words {
        let mark = |c: char| ".,;:!?)".contains(c);
        if !text.is_empty() && !word.starts_with(mark) && !text.ends_with('(') {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;

    fn nearest_of(text: &str, quote: &str) -> Nearest {
        nearest(&Article::plain(text), &Article::plain(quote), None).remove(0)
    }

    #[test]
    fn the_difference_is_marked_word_by_word() {
        let text = "Before. The clerk of Vellin said six ships lay at the quay on Monday. After.";
        let found = nearest_of(
            text,
            "The clerk of Vellin said five ships lay at the quay on Monday",
        );
        assert_eq!(
            found.marked,
            "The clerk of Vellin said [five→six] ships lay at the …"
        );
        assert_eq!(
            (found.range.start, found.what.as_str()),
            (8, "the words differ")
        );
        let found = nearest_of(text, "six ships did not lay at the quay");
        assert_eq!(found.marked, "six ships [did not→] lay at the quay");
        assert_eq!(found.what, "a negation differs");
        let found = nearest_of(text, "said 6 ships lay at the quay on Monday");
        assert_eq!(found.what, "a number differs");
        let found = nearest_of(text, "The clerk of Vеllin said six ships");
        assert_eq!(
            found.what,
            "“Vеllin” looks the same, but its “е” is U+0435 where the text has U+0065"
        );
        let found = nearest_of(text, "The clerk of Vel\u{200b}lin said six ships");
        assert_eq!(found.what, "“Vellin” in the evidence hides U+200B");
        assert!(!nearest_of(text, "nobody on Monday knew what a clerk does").is_close());
    }
}
