//! Ways to write the same words otherwise.

use fastrand::Rng;
use unicode_normalization::UnicodeNormalization as _;

/// How far a text is written otherwise.
#[derive(Clone, Copy)]
pub(super) struct Vary {
    /// Words may be broken at a line's end, which a fingerprint does not forgive.
    pub(super) breaks: bool,
    /// Lines may end anywhere.
    pub(super) lines: bool,
}

/// The same text in lines of at most so many characters, or of one word.
pub(super) fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for paragraph in text.split("\n\n") {
        let mut column = 0;
        for word in paragraph.split_whitespace() {
            let length = word.chars().count();
            if column > 0 {
                let fits = column + 1 + length <= width;
                out.push(if fits { ' ' } else { '\n' });
                column = if fits { column + 1 } else { 0 };
            }
            out += word;
            column += length;
        }
        out += "\n\n";
    }
    out
}

/// The same text in other quotation marks, dashes, spaces, compositions, with hyphens that only a line's end would show.
pub(super) fn vary(random: &mut Rng, text: &str, how: Vary) -> String {
    let decomposed = random.u8(0..4) == 0;
    let marks = random.u8(0..4);
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() * 2);
    for (at, &c) in letters.iter().enumerate() {
        let near = |step: isize| {
            at.checked_add_signed(step)
                .and_then(|i| letters.get(i).copied())
        };
        match c {
            '“' | '”' | '"' => out.push(one(random, marks, c, "\"“”„‟«»")),
            '‘' | '’' | '\'' => out.push(one(random, marks, c, "'’‘‛\u{2bc}`´")),
            // A long dash inside a word would be another mark.
            '-' => out.push(one(
                random,
                marks,
                c,
                "\u{2d}\u{2010}\u{2011}\u{2012}\u{2013}\u{2212}",
            )),
            '–' | '—' => out.push(one(
                random,
                marks,
                c,
                "\u{2d}\u{2010}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}",
            )),
            ' ' => out += space(random, marks, how.lines),
            '\n' => out += ["\n", "\r\n", "\n  ", " \n"][random.usize(0..4)],
            c if decomposed => out.extend(std::iter::once(c).nfd()),
            c => out.push(c),
        }
        let inside = c.is_ascii_lowercase() && near(1).is_some_and(|c| c.is_ascii_lowercase());
        if inside && random.u8(0..40) == 0 {
            out.push('\u{ad}');
        } else if inside && how.breaks && random.u8(0..12) == 0 && long_on_both_sides(&letters, at)
        {
            out += ["-\n", "-\r\n", "\u{2010}\n", "-\n  ", "\u{ad}\n"][random.usize(0..5)];
        }
    }
    out
}

/// Whether a word has three letters and more on both sides of the place after `at`: no prefix such as *re-* is set apart.
fn long_on_both_sides(letters: &[char], at: usize) -> bool {
    let lower = |c: &&char| c.is_ascii_lowercase();
    let left = letters[..=at].iter().rev().take_while(lower).count();
    let right = letters[at + 1..].iter().take_while(lower).count();
    // What stands before and after these letters is no part of the word.
    let edge = |c: Option<&char>| c.is_none_or(|c| c.is_whitespace() || ",.;:?!".contains(*c));
    let before = (at + 1).checked_sub(left + 1).map(|i| &letters[i]);
    left > 3 && right > 2 && edge(before) && edge(letters.get(at + 1 + right))
}

/// One of some characters that are alike, more often where the text is much varied.
fn one(random: &mut Rng, marks: u8, c: char, alike: &str) -> char {
    if random.u8(0..4) < marks {
        random
            .choice(alike.chars().collect::<Vec<_>>())
            .unwrap_or(c)
    } else {
        c
    }
}

fn space(random: &mut Rng, marks: u8, lines: bool) -> &'static str {
    if random.u8(0..8) < marks {
        let spaces = [
            "  ", "\t", "\u{a0}", "\u{2009}", "\u{202f}", "\u{3000}", " \u{a0} ", "\n", "\r\n",
            " \n", "\u{85}",
        ];
        let spaces = &spaces[..if lines { 11 } else { 7 }];
        spaces[random.usize(0..spaces.len())]
    } else {
        " "
    }
}
