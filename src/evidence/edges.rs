//! Where a passage is cut: in the middle of a word or number, or beside the word that turns it round.

use super::text1::SOFT_HYPHEN;
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
    let (before, after) = (&raw[..start], &raw[end..]);
    if let Some(sign) = before.last()
        && raw[start].is_ascii_digit()
        && matches!(sign, '-' | '−' | '.' | ',')
    {
        return Some(format!("it begins after the “{sign}” of a number"));
    }
    if let Some(sign) = after.first()
        && raw[end - 1].is_ascii_digit()
        && matches!(sign, '%' | '‰')
    {
        return Some(format!("it ends before the “{sign}” of a number"));
    }
    let word = word_before(before);
    if words::is_negator(&word) {
        return Some(format!("it begins right after “{word}”"));
    }
    let word = word_after(after);
    let turned = matches!(word.to_lowercase().as_str(), "not" | "never");
    turned.then(|| format!("it ends right before “{word}”"))
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

/// The word right before, with nothing but white space between; empty for none.
fn word_before(before: &[char]) -> String {
    let blanks = before.iter().rev().take_while(|c| c.is_whitespace());
    let blanks = blanks.count();
    if blanks == 0 {
        return String::new();
    }
    let rest = &before[..before.len() - blanks];
    let word = rest.iter().rev().take(AROUND).take_while(is_of_a_word);
    let word: Vec<char> = word.copied().collect();
    word.into_iter().rev().collect()
}

/// The word right after, with nothing but white space between; empty for none.
fn word_after(after: &[char]) -> String {
    let blanks = after.iter().take_while(|c| c.is_whitespace()).count();
    let rest = after[blanks..].iter().take(AROUND);
    if blanks == 0 {
        return String::new();
    }
    rest.take_while(is_of_a_word).copied().collect()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "for `take_while`")]
fn is_of_a_word(c: &&char) -> bool {
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
        ] {
            assert_eq!(cut_of(torn).as_deref(), Some(why), "{torn}");
        }
    }
}
