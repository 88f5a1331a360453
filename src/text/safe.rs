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

/// JSON text in which every hidden character of its strings is a JSON escape: the same value, fit to print. Line ends
/// between values stay.
#[must_use]
pub fn json_safe(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        if c == '\n' || !is_hidden(c) {
            safe.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string does not fail.
                let _ = write!(safe, "\\u{unit:04x}");
            }
        }
    }
    safe
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
    fn json_keeps_its_value() {
        assert_eq!(
            json_safe("{\"a\":\n\"x\u{202e}\u{7f}\u{e0041}é\"}"),
            "{\"a\":\n\"x\\u202e\\u007f\\udb40\\udc41é\"}"
        );
    }

    #[test]
    fn long_text_is_cut_by_code_points() {
        assert_eq!(shorten("ééééé", 3), "éé…");
        assert_eq!(shorten("é\né", 3), "é é");
    }
}
