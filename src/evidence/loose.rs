//! What typesetting does to a text beyond text-1: words broken at the end of a line, and the space around a dash.
//!
//! Fingerprints know nothing of this; it is for looking a quotation up. Hyphens inside words are taken out, and where
//! each of them stood is kept: *well-known* never passes for *wellknown*, only a hyphen at a line's end may go.

use super::text1::{Form, SOFT_HYPHEN};
use super::words;

/// How much of a word is looked at on each side of a hyphen, in characters.
const LONGEST_WORD: usize = 64;

/// A hyphen inside a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// On one line.
    Hyphen,
    /// With white space after it. `solid`: the word may be written without it.
    Broken {
        /// Whether it may be a word that only the line's end broke.
        solid: bool,
    },
}

/// A text without its hyphens inside words, and with bare dashes.
#[derive(Debug, Clone, Default)]
pub(super) struct Loose {
    pub(super) form: Form,
    /// The character before which each joint stood, in order.
    joints: Vec<(usize, Joint)>,
}

impl Loose {
    /// Of a text and its text-1.
    pub(super) fn of(raw: &[char], form: &Form) -> Self {
        let mut loose = Self::default();
        let characters: Vec<char> = form.text.chars().collect();
        let mut at = 0;
        while at < characters.len() {
            let is_gap = |c: &char| matches!(c, ' ' | '-');
            let length = characters[at..].iter().take_while(|c| is_gap(c)).count();
            if length == 0 {
                let range = form.of(at);
                loose.form.push(characters[at], range.start, range.end);
                at += 1;
                continue;
            }
            let gap = Gap {
                raw,
                form,
                characters: &characters,
                at,
                end: at + length,
            };
            gap.add(&mut loose);
            at += length;
        }
        loose
    }

    /// The joint before a character, if there is one.
    pub(super) fn joint(&self, at: usize) -> Option<Joint> {
        let found = self.joints.binary_search_by_key(&at, |(known, _)| *known);
        found.ok().map(|index| self.joints[index].1)
    }

    /// The joints strictly inside some characters, counted from their start.
    pub(super) fn joints_in(
        &self,
        start: usize,
        end: usize,
    ) -> impl Iterator<Item = (usize, Joint)> + '_ {
        let first = self.joints.partition_point(|(at, _)| *at <= start);
        let inside = self.joints[first..].iter();
        inside
            .take_while(move |(at, _)| *at < end)
            .map(move |&(at, joint)| (at - start, joint))
    }

    /// The word around a joint, in its two parts.
    pub(super) fn parts(&self, joint: usize) -> (String, String) {
        let is_word = |c: &char| c.is_alphanumeric() || *c == '\'';
        let before = &self.form.text[..self.form.byte(joint)];
        let left: String = before
            .chars()
            .rev()
            .take(LONGEST_WORD)
            .take_while(is_word)
            .collect();
        let after = &self.form.text[self.form.byte(joint)..];
        (
            left.chars().rev().collect(),
            after
                .chars()
                .take(LONGEST_WORD)
                .take_while(is_word)
                .collect(),
        )
    }
}

/// A run of spaces and hyphens.
struct Gap<'a> {
    raw: &'a [char],
    form: &'a Form,
    characters: &'a [char],
    at: usize,
    end: usize,
}

impl Gap<'_> {
    fn add(&self, loose: &mut Loose) {
        let run = &self.characters[self.at..self.end];
        let hyphens = run.iter().filter(|&&c| c == '-').count();
        let inside = self.in_a_word();
        let next = loose.form.len();
        if hyphens == 0 {
            if inside && self.broken_at_a_soft_hyphen() {
                loose.joints.push((next, Joint::Broken { solid: true }));
            } else {
                self.copy(loose);
            }
            return;
        }
        let (before, after) = (run.first() == Some(&' '), run.last() == Some(&' '));
        // A quotation may begin or end with a dash: then one side of it is not seen.
        let (first, last) = (self.at == 0, self.end == self.characters.len());
        let spaced = (before || first) && (after || last) && (before || after);
        if hyphens > 1 || self.has(&['—', '―']) || spaced {
            let range = self.form.raw(&(self.at..self.end));
            loose.form.push('-', range.start, range.end);
        } else if inside && !before {
            loose.joints.push((
                next,
                if after {
                    Joint::Broken {
                        solid: self.has(&['-', '‐']) && self.may_be_one_word(),
                    }
                } else {
                    Joint::Hyphen
                },
            ));
        } else {
            self.copy(loose);
        }
    }

    fn copy(&self, loose: &mut Loose) {
        for at in self.at..self.end {
            let range = self.form.of(at);
            loose.form.push(self.characters[at], range.start, range.end);
        }
    }

    fn neighbours(&self) -> (Option<char>, Option<char>) {
        let before = self.at.checked_sub(1).map(|at| self.characters[at]);
        (before, self.characters.get(self.end).copied())
    }

    fn in_a_word(&self) -> bool {
        let (before, after) = self.neighbours();
        before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
    }

    fn may_be_one_word(&self) -> bool {
        let (before, after) = self.neighbours();
        before.is_some_and(char::is_alphabetic)
            && after.is_some_and(|c| c.is_alphabetic() && !c.is_uppercase())
    }

    fn written(&self) -> &[char] {
        let range = self.form.raw(&(self.at..self.end));
        &self.raw[range.start as usize..range.end as usize]
    }

    fn has(&self, any: &[char]) -> bool {
        self.written().iter().any(|c| any.contains(c))
    }

    fn broken_at_a_soft_hyphen(&self) -> bool {
        let start = self.form.of(self.at).start as usize;
        let soft = start > 0 && self.raw[start - 1] == SOFT_HYPHEN;
        soft && self.has(&['\n', '\r', '\u{2028}']) && self.may_be_one_word()
    }
}

/// Whether a quotation may have this where the text has that: a hyphen inside a word goes only with a line's end.
/// `parts` is the word of the text, `attested` whether a word stands elsewhere in the text on one line.
pub(super) fn agree(
    quoted: Option<Joint>,
    stored: Option<Joint>,
    parts: impl Fn() -> (String, String),
    attested: impl Fn(&str) -> bool,
) -> bool {
    let attestations = || {
        let (left, right) = parts();
        let solid = attested(&format!("{left}{right}"));
        let hyphenated = attested(&format!("{left}-{right}"));
        (left, right, solid, hyphenated)
    };
    match (quoted, stored) {
        (None, None)
        | (Some(Joint::Hyphen), Some(Joint::Hyphen))
        | (Some(Joint::Broken { .. }), Some(_)) => true,
        (Some(Joint::Broken { solid }), None) => solid,
        (Some(Joint::Hyphen), None) | (None, Some(Joint::Hyphen)) => false,
        // The line's end hides whether the word has a hyphen: what the text writes elsewhere decides, and where it
        // writes neither, only words that mean the same either way pass.
        (None, Some(Joint::Broken { solid: may_be })) => {
            let (left, right, solid, hyphenated) = attestations();
            may_be && (solid || (!hyphenated && !words::changes_with_a_hyphen(&left, &right)))
        }
        (Some(Joint::Hyphen), Some(Joint::Broken { .. })) => {
            let (left, right, solid, hyphenated) = attestations();
            hyphenated || (!solid && !words::changes_with_a_hyphen(&left, &right))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::text1::text1;
    use super::*;

    fn loose(text: &str) -> Loose {
        let raw: Vec<char> = text.chars().collect();
        Loose::of(&raw, &text1(&raw))
    }

    #[test]
    fn hyphens_are_kept_beside() {
        let found =
            loose("a well-known inter-\nnational plan — not a re\u{ad}\nport - or 2010-\n2012");
        assert_eq!(
            found.form.text,
            "a wellknown international plan-not a report-or 20102012"
        );
        let joints: Vec<_> = found.joints_in(0, found.form.len()).collect();
        assert_eq!(
            joints,
            [
                (6, Joint::Hyphen),
                (17, Joint::Broken { solid: true }),
                (39, Joint::Broken { solid: true }),
                (51, Joint::Broken { solid: false }),
            ]
        );
        assert_eq!(found.parts(17), ("inter".into(), "national".into()));
    }
}
