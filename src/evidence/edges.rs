//! Where a passage is cut: in the middle of a word or number, or beside the word that turns it round.

use super::text1::{SOFT_HYPHEN, count};
use super::words;
use std::ops::Range;

/// How far around an edge is looked, in code points.
const AROUND: usize = 64;

/// Why these code points are no passage of their own, in a few words; `None` where they are. They may have white space
/// at their ends.
pub(super) fn cut(raw: &[char], range: &Range<u32>) -> Option<String> {
    if let Some(torn) = torn(raw, range) {
        return Some(torn);
    }
    let (start, end) = trimmed(raw, range)?;
    cut_before(raw, start).or_else(|| cut_after(raw, end))
}

/// The passage around these code points that is cut nowhere: words, and a negation beside them, are taken in. `None`
/// where they hold no word.
pub(super) fn widened(raw: &[char], range: &Range<u32>) -> Option<Range<u32>> {
    let (mut start, mut end) = trimmed(raw, range)?;
    let blank = |c: &&char| c.is_whitespace();
    let word = |c: &&char| !c.is_whitespace();
    // Each turn takes in a word or ends.
    loop {
        if start > 0 && (inside_word(raw, start).is_some() || cut_before(raw, start).is_some()) {
            let blanks = raw[..start].iter().rev().take_while(blank).count();
            let letters = raw[..start - blanks].iter().rev().take_while(word);
            start -= blanks + letters.count();
        } else if end < raw.len()
            && (inside_word(raw, end).is_some() || cut_after(raw, end).is_some())
        {
            let blanks = raw[end..].iter().take_while(blank).count();
            let letters = raw[end + blanks..].iter().take_while(word);
            end += blanks + letters.count();
        } else {
            let widened = count(start)..count(end);
            return trimmed(raw, &widened).map(|(start, end)| count(start)..count(end));
        }
    }
}

/// What turns the passage round right before it.
fn cut_before(raw: &[char], start: usize) -> Option<String> {
    let before = &raw[..start];
    if raw.get(start).is_some_and(char::is_ascii_digit)
        && let Some(sign) = sign_before(before)
    {
        return Some(format!("it begins after the “{sign}” of a number"));
    }
    let (rest, word) = word_before(before);
    let longer = word == "longer" && word_before(rest).1.eq_ignore_ascii_case("no");
    let turned = longer || words::turns_what_follows(&word);
    turned.then(|| format!("it begins right after “{word}”"))
}

/// What turns the passage round right after it.
fn cut_after(raw: &[char], end: usize) -> Option<String> {
    let (passage, after) = raw.split_at(end);
    if passage.last().is_some_and(char::is_ascii_digit)
        && let Some(sign) = sign_after(after)
    {
        return Some(format!("it ends before the “{sign}” of a number"));
    }
    let word = word_after(after);
    words::turns_what_is_before(&word).then(|| format!("it ends right before “{word}”"))
}

/// Signs of currencies.
const CURRENCIES: &str = "$¢£¥€₩₪₫₱₴₸₹₺₽₿";

/// The sign right before a number that belongs to it.
fn sign_before(before: &[char]) -> Option<char> {
    let (&sign, rest) = before.split_last()?;
    let digit = rest.last().is_some_and(char::is_ascii_digit);
    let dash = rest.last().is_none_or(|c| c.is_whitespace() || *c == '(');
    let belongs = "-−.,+±~≈<>≤≥".contains(sign)
        || CURRENCIES.contains(sign)
        || ("/:".contains(sign) && digit)
        || (sign == '–' && dash);
    belongs.then_some(sign)
}

/// The sign right after a number that belongs to it.
fn sign_after(after: &[char]) -> Option<char> {
    let (&sign, rest) = after.split_first()?;
    let digit = rest.first().is_some_and(char::is_ascii_digit);
    // Such as ² and ½.
    let raised = sign.is_numeric() && !sign.is_ascii_digit();
    let belongs = "%‰°".contains(sign)
        || CURRENCIES.contains(sign)
        || raised
        || ("/:".contains(sign) && digit);
    belongs.then_some(sign)
}

/// Which word or number is torn by these code points, in a few words; `None` where none is.
pub(super) fn torn(raw: &[char], range: &Range<u32>) -> Option<String> {
    let (start, end) = trimmed(raw, range)?;
    if let Some(word) = inside_word(raw, start) {
        return Some(format!("it begins inside “{word}”"));
    }
    let word = inside_word(raw, end)?;
    Some(format!("it ends inside “{word}”"))
}

/// The code points without white space at the ends; `None` where none of them is a letter or digit.
pub(super) fn trimmed(raw: &[char], range: &Range<u32>) -> Option<(usize, usize)> {
    let end = (range.end as usize).min(raw.len());
    let passage = raw.get(range.start as usize..end)?;
    passage.iter().any(|c| c.is_alphanumeric()).then_some(())?;
    let blank = |c: &&char| c.is_whitespace() || **c == SOFT_HYPHEN;
    let lead = passage.iter().take_while(blank).count();
    let trail = passage.iter().rev().take_while(blank).count();
    Some((range.start as usize + lead, end - trail))
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | SOFT_HYPHEN)
}

/// The word that goes on over a place, if one does: written solid, with a hyphen, or broken at the end of a line.
fn inside_word(raw: &[char], at: usize) -> Option<String> {
    let (&before, &after) = (raw.get(at.checked_sub(1)?)?, raw.get(at)?);
    let hidden = raw[at..].iter().take_while(|c| **c == SOFT_HYPHEN).count();
    let next = raw.get(at + hidden).is_none_or(|c| !c.is_alphanumeric());
    if hidden > 0 && next && blanks_of_a_break(&raw[at + hidden..]) == 0 {
        // A soft hyphen at a word's end is not seen.
        return None;
    }
    let from = at.saturating_sub(AROUND);
    let to = (at + AROUND).min(raw.len());
    let blank = |c: &&char| !c.is_whitespace();
    let left = raw[from..at].iter().rev().take_while(blank).count();
    let right = raw[at..to].iter().take_while(blank).count();
    let text = |range: Range<usize>| -> String { raw[range].iter().collect() };
    let word = || {
        let around = text(at - left..at + right);
        let marks = |c: char| !c.is_alphanumeric();
        around.trim_matches(marks).to_owned()
    };
    // Where a page was scraped without its line ends, a new sentence begins right after a word: *in MoscowRussia has*.
    let letters = raw[from..at].iter().rev().take_while(|c| c.is_lowercase());
    if after.is_uppercase() && letters.count() > 3 {
        return None;
    }
    if left > 0 && right > 0 && (before.is_alphanumeric() || after.is_alphanumeric()) {
        let around = text(at - left..at + right);
        let byte = text(at - left..at).len();
        if words::is_inside(&around, byte) {
            return Some(word());
        }
    }
    // A hyphen on one side, and a letter on both sides of it.
    let is_word = |at: Option<usize>| {
        at.and_then(|at| raw.get(at))
            .is_some_and(|c| c.is_alphanumeric())
    };
    let range = |c: char| c == '–' && before.is_ascii_digit() | after.is_ascii_digit();
    if is_hyphen(after) || range(after) {
        let next = at + 1 + blanks_of_a_break(&raw[at + 1..]);
        return (is_word(at.checked_sub(1)) && is_word(Some(next))).then(word);
    }
    let breaks = raw[from..at].iter().rev().take_while(|c| c.is_whitespace());
    let breaks = breaks.count();
    let hyphen = at.checked_sub(breaks + 1)?;
    let broken = breaks == 0 || raw[hyphen..at].contains(&'\n');
    let joins = (is_hyphen(raw[hyphen]) || range(raw[hyphen])) && broken;
    let whole = joins && is_word(hyphen.checked_sub(1)) && after.is_alphanumeric();
    whole.then(|| {
        let left = raw[from..hyphen].iter().rev().take_while(blank).count();
        format!("{}-{}", text(hyphen - left..hyphen), text(at..at + right))
    })
}

/// How much white space with a line's end in it stands first.
fn blanks_of_a_break(raw: &[char]) -> usize {
    let blanks = raw.iter().take_while(|c| c.is_whitespace()).count();
    if raw[..blanks].contains(&'\n') {
        blanks
    } else {
        0
    }
}

/// The word right before, with nothing but white space between, and what stands before it; empty for none.
fn word_before(before: &[char]) -> (&[char], String) {
    let blanks = before
        .iter()
        .rev()
        .take_while(|c| c.is_whitespace())
        .count();
    let rest = &before[..before.len() - blanks];
    let mut start = rest.len();
    while blanks > 0 && rest.len() - start < AROUND && start > 0 {
        let broken = rest[..start].iter().rev();
        let broken = broken.take_while(|c| c.is_whitespace()).count();
        let last = start - broken;
        // A word that is broken at the end of a line goes on before it.
        let joins = last > 0 && is_hyphen(rest[last - 1]) && rest[last..start].contains(&'\n');
        let goes_on = broken == 0 && (is_of_a_word(rest[start - 1]) || is_hyphen(rest[start - 1]));
        if !joins && !goes_on {
            break;
        }
        start = last - 1;
    }
    let (rest, word) = rest.split_at(start);
    (rest, solid(word))
}

/// The word right after, with nothing but white space between; empty for none.
fn word_after(after: &[char]) -> String {
    let blanks = after.iter().take_while(|c| c.is_whitespace()).count();
    let rest = &after[blanks..];
    let mut end = 0;
    while blanks > 0 && end < AROUND.min(rest.len()) {
        let broken = blanks_of_a_break(&rest[end..]);
        let joins = end > 0 && broken > 0 && is_hyphen(rest[end - 1]);
        if joins {
            end += broken;
        } else if is_of_a_word(rest[end]) || is_hyphen(rest[end]) {
            end += 1;
        } else {
            break;
        }
    }
    solid(&rest[..end])
}

/// A word as it is without what typesetting put into it.
fn solid(word: &[char]) -> String {
    let text: String = word.iter().filter(|&&c| c != SOFT_HYPHEN).collect();
    let mut parts = text.split_whitespace().peekable();
    let mut solid = String::new();
    while let Some(part) = parts.next() {
        let broken = parts.peek().is_some();
        solid += if broken {
            part.trim_end_matches(is_hyphen)
        } else {
            part
        };
    }
    solid
}

fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’')
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;

    /// The passage stands between the brackets.
    fn cut_of(marked: &str) -> Option<String> {
        let point = |c: char| marked.chars().position(|other| other == c).unwrap();
        let (start, end) = (point('['), point(']') - 1);
        let raw: Vec<char> = marked.chars().filter(|c| !"[]".contains(*c)).collect();
        let point = |at: usize| u32::try_from(at).unwrap();
        cut(&raw, &(point(start)..point(end)))
    }

    #[test]
    fn whole_words_only() {
        for whole in [
            "[He left]",
            "“[He left]”, she said",
            "[ He left ]now",
            "He [left] – then",
            "東[京都]に",
            "one; [not two]",
            "No. [He left]",
            "Leo-\nnor [Venn left]",
            "a word\u{ad} [or two\u{ad}] more",
            "on the quay – [12 men]",
            "talks in Moscow[Russia has]",
        ] {
            assert_eq!(cut_of(whole), None, "{whole}");
        }
        for (torn, why) in [
            ("to re[cover it]", "it begins inside “recover”"),
            ("said Mc[Donald left]", "it begins inside “McDonald”"),
            ("They do[n’t] know", "it begins inside “don’t”"),
            ("They [do]n’t know", "it ends inside “don’t”"),
            ("a [non]-starter", "it ends inside “non-starter”"),
            ("a non-[starter]", "it begins inside “non-starter”"),
            ("a non-\n[starter]", "it begins inside “non-starter”"),
            ("from 3.[5 ships]", "it begins inside “3.5”"),
            ("at [15]–20 a day", "it ends inside “15–20”"),
            (
                "fell to −[5 degrees]",
                "it begins after the “−” of a number",
            ),
            ("by [5]% a year", "it ends before the “%” of a number"),
            ("did not [agree to it]", "it begins right after “not”"),
            ("didn’t [agree to it]", "it begins right after “didn’t”"),
            ("that [he will] never agree", "it ends right before “never”"),
            ("asked whether [he paid]", "it begins right after “whether”"),
            ("It no\nlonger [holds it]", "it begins right after “longer”"),
            ("It ne-\nver [held it]", "it begins right after “never”"),
            (
                "that [he will] ne\u{ad}ver agree",
                "it ends right before “never”",
            ),
            ("cost €[5 a head]", "it begins after the “€” of a number"),
            ("an area of [10]² m", "it ends before the “²” of a number"),
            ("at [14]:05 sharp", "it ends before the “:” of a number"),
            ("on 03/[04/2024] in", "it begins after the “/” of a number"),
        ] {
            assert_eq!(cut_of(torn).as_deref(), Some(why), "{torn}");
        }
    }
}
