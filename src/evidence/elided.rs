//! Quotations that leave something out, `[…]` in its place: each part must stand in the text, in order, and what is left
//! out must not be what turns the sentence round.

use super::Article;
use super::edges;
use super::words;
use std::ops::Range;

/// The most code points that one ellipsis may leave out.
const WIDEST_GAP: u32 = 500;

/// The most sentences that one ellipsis may leave out.
const MOST_SENTENCES: usize = 3;

/// The most parts of a quotation that are looked up.
pub(super) const MOST_PARTS: usize = 50;

/// How an ellipsis is written.
const MARKS: &[&str] = &["[…]", "[...]", "[. . .]"];

/// What looking for the parts gave.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Parts {
    /// They stand in order; each range is a place where they do, from the first part to the last.
    Found(Vec<Range<u32>>),
    /// They stand, and what is left out, or where it is, makes them say something else.
    Abused(Range<u32>, String),
    /// Some part stands nowhere.
    Lost(String),
}

/// The parts of a quotation between its ellipses; `None` where it has none.
pub(super) fn parts(quote: &str) -> Option<Vec<&str>> {
    let mut parts = vec![quote];
    for mark in MARKS {
        parts = parts
            .into_iter()
            .flat_map(|part| part.split(mark))
            .collect();
    }
    let ellipsis = parts.len() > 1;
    parts.retain(|part| part.chars().any(char::is_alphanumeric));
    (ellipsis && !parts.is_empty()).then_some(parts)
}

/// Looks the parts up, `within` some code points.
pub(super) fn find(article: &Article, parts: &[&str], within: &Range<u32>) -> Parts {
    let inside = |place: &Range<u32>| within.start <= place.start && place.end <= within.end;
    let mut places: Vec<Vec<Range<u32>>> = Vec::new();
    for part in parts {
        let mut found = article.places_of(&Article::plain(part));
        // What stands beside a part inside the quotation is judged as a gap.
        found.retain(|place| inside(place) && edges::torn(article.raw(), place).is_none());
        if found.is_empty() {
            return Parts::Lost((*part).trim().to_owned());
        }
        places.push(found);
    }
    let Some((first, rest)) = places.split_first() else {
        return Parts::Lost(String::new());
    };
    let mut good: Vec<Range<u32>> = Vec::new();
    let mut bad: Option<(Range<u32>, String)> = None;
    for start in first {
        let (whole, reason) = follow(article, start, rest);
        let Some(reason) = reason else {
            good.push(whole);
            continue;
        };
        let shorter = |known: &Range<u32>| whole.end - whole.start < known.end - known.start;
        if bad.as_ref().is_none_or(|(known, _)| shorter(known)) {
            bad = Some((whole, reason));
        }
    }
    match (good.is_empty(), bad) {
        (true, Some((range, reason))) => Parts::Abused(range, reason),
        _ => Parts::Found(good),
    }
}

/// From the first part on, each next part at its nearest place; and what is wrong with that.
fn follow(
    article: &Article,
    first: &Range<u32>,
    rest: &[Vec<Range<u32>>],
) -> (Range<u32>, Option<String>) {
    let mut whole = first.clone();
    for places in rest {
        let next = places.partition_point(|place| place.start < whole.end);
        let Some(next) = places.get(next) else {
            let reason = "its parts stand in another order".to_owned();
            return (whole, Some(reason));
        };
        let gap = whole.end..next.start;
        whole.end = next.end;
        if let Some(reason) = abuse(article, &gap) {
            return (whole, Some(reason));
        }
    }
    (whole, None)
}

/// Why a gap may not be left out.
fn abuse(article: &Article, gap: &Range<u32>) -> Option<String> {
    if gap.end - gap.start > WIDEST_GAP {
        return Some(format!("it leaves out more than {WIDEST_GAP} characters"));
    }
    if leaves_a_quotation(article.slice(gap)) {
        return Some("it joins what is inside a quotation to what is outside it".to_owned());
    }
    let sentences = article.sentences();
    let begun = sentences.partition_point(|&start| start < gap.start + 1);
    // A sentence that is left out as a whole turns none round that is quoted.
    let tail = sentences
        .get(begun)
        .map_or(gap.end, |&next| next.min(gap.end));
    let text = article.text(&(gap.start..tail));
    let left_out: Vec<&str> = words::words(&text).collect();
    if let Some(word) = left_out.iter().find(|word| words::is_qualifier(word)) {
        return Some(format!("it leaves out “{word}”"));
    }
    let begins = |point: u32| {
        // A quotation mark or bracket may stand before the first word.
        let opening = |point: u32| {
            let before = point..gap.end;
            article.slice(&before).iter().all(|c| !c.is_alphanumeric())
        };
        sentences[begun..]
            .iter()
            .any(|&start| start <= point && opening(start))
    };
    let crossed = sentences[begun..]
        .iter()
        .take_while(|&&start| start <= gap.end)
        .count();
    if crossed > MOST_SENTENCES {
        return Some(format!(
            "it leaves out more than {MOST_SENTENCES} sentences"
        ));
    }
    if crossed > 0 {
        let joins = !begins(gap.end);
        return joins.then(|| "it joins two sentences to one".to_owned());
    }
    // Inside one sentence: what follows must not be said of somebody who is left out.
    let next = article.text(&(gap.end..gap.end.saturating_add(40)));
    let closes = text.trim_end().ends_with([',', ';', '–', '—', ')'])
        || (begins_a_phrase(&text) && begins_a_phrase(&next));
    if closes {
        return None;
    }
    let verb = left_out.iter().rev().find(|word| !words::is_adverb(word));
    if let Some(word) = verb.filter(|word| words::governs_a_verb(word)) {
        return Some(format!("it leaves out the “{word}” of what follows"));
    }
    let subject = left_out.last().filter(|word| words::is_subject(word))?;
    Some(format!(
        "what follows is said of “{subject}”, which it leaves out"
    ))
}

/// Whether a text begins with a mark or a preposition, so that nobody is its subject.
fn begins_a_phrase(text: &str) -> bool {
    words::tokens(text).first().is_some_and(|first| {
        let token = &text[first.clone()];
        !token.starts_with(char::is_alphanumeric) || words::is_preposition(token)
    })
}

/// Whether a quotation that began before these characters ends in them. A straight mark does not show which it is: one
/// after white space or a bracket opens.
fn leaves_a_quotation(gap: &[char]) -> bool {
    let mut depth = 0;
    for (at, &c) in gap.iter().enumerate() {
        let before = at.checked_sub(1).map_or(' ', |at| gap[at]);
        let open = match c {
            '„' | '«' => true,
            // The same mark closes what „ opened.
            '“' => depth == 0 || before.is_whitespace(),
            '"' => before.is_whitespace() || "([—–".contains(before),
            '”' | '»' => false,
            _ => continue,
        };
        if !open && depth == 0 {
            return true;
        }
        depth = if open { depth + 1 } else { depth - 1 };
    }
    false
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;

    const TEXT: &str = "The tender to deepen Berth Nine, the largest in years, was won by Brackenkeel. \
        Halvesk met Ondrel and Ostrick signed the letter. She did not meet Mr Drinn. He left in May. \
        Nobody asked why. The club keeps a book.";

    fn found(quote: &str) -> Result<usize, String> {
        let article = Article::plain(TEXT);
        match find(&article, &parts(quote).unwrap(), &(0..article.len())) {
            Parts::Found(places) => Ok(places.len()),
            Parts::Abused(_, reason) => Err(reason),
            Parts::Lost(part) => Err(format!("lost: {part}")),
        }
    }

    #[test]
    fn what_may_be_left_out() {
        for quote in [
            "The tender to deepen Berth Nine, […] was won by Brackenkeel",
            "The tender […] was won by Brackenkeel.",
            "was won by Brackenkeel. […] He left in May.",
            "[…] was won by [...] Brackenkeel",
        ] {
            assert_eq!(found(quote), Ok(1), "{quote}");
        }
        for (quote, why) in [
            ("She did […] meet Mr Drinn", "it leaves out “not”"),
            (
                "Halvesk […] signed the letter",
                "what follows is said of “Ostrick”, which it leaves out",
            ),
            (
                "Ondrel and Ostrick […] left in May",
                "it joins two sentences to one",
            ),
            (
                "Brackenkeel […] signed the letter",
                "it joins two sentences to one",
            ),
            (
                "The tender to deepen Berth Nine, the largest in years, […] won by Brackenkeel",
                "it leaves out the “was” of what follows",
            ),
            (
                "Brackenkeel […] The tender",
                "its parts stand in another order",
            ),
            ("The tender […] was sold", "lost: was sold"),
        ] {
            assert_eq!(found(quote), Err(why.to_owned()), "{quote}");
        }
        assert_eq!(parts("no ellipsis … here"), None);
    }
}
