//! Text from a casebook, an article or a person is untrusted: here it is made fit to print.

use std::fmt::{self, Write as _};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};

/// Prints a text with control, invisible and bidirectional characters as `\u{…}`; everything else as it is.
#[derive(Debug, Clone, Copy)]
pub struct Safe<'a>(pub &'a str);

impl fmt::Display for Safe<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            if is_hidden(c) {
                write!(f, "\\u{{{:X}}}", u32::from(c))?;
            } else {
                f.write_char(c)?;
            }
        }
        Ok(())
    }
}

/// The text with hidden characters escaped, as a string.
#[must_use]
pub fn safe(text: &str) -> String {
    Safe(text).to_string()
}

/// Whether a reader cannot see this character, or it moves the text around it: controls, formats (zero width,
/// bidirectional, soft hyphen, tags), line and paragraph separators, private use, unassigned.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    if matches!(c, ' '..='~') {
        return false;
    }
    matches!(
        c.general_category(),
        GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
            | GeneralCategory::PrivateUse
            | GeneralCategory::Unassigned
    )
}

/// The text in one line of at most `limit` code points, the rest cut off with `…`; line ends become spaces.
#[must_use]
pub fn shorten(text: &str, limit: usize) -> String {
    let mut short: String = text
        .chars()
        .take(limit)
        .map(|c| {
            if c == '\n' || c == '\r' || c == '\t' {
                ' '
            } else {
                c
            }
        })
        .collect();
    if text.chars().nth(limit).is_some() {
        short.pop();
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_shown_by_code_point() {
        assert_eq!(safe("a\u{202e}b\u{1b}[0m é"), "a\\u{202E}b\\u{1B}[0m é");
    }

    #[test]
    fn long_text_is_cut_by_code_points() {
        assert_eq!(shorten("ééééé", 3), "éé…");
        assert_eq!(shorten("é\né", 3), "é é");
    }
}
