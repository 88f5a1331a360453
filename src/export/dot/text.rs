//! Texts as Graphviz takes them. A name can hold anything: it must come out as text, whatever it is.

use crate::text::safe::{safe, shorten};
use crate::text::width::UnicodeWidthStr as _;

/// A quoted string that Graphviz shows as it is: hidden characters escaped, quotation marks and backslashes protected,
/// and `&` too, since `&lt;` would be read as `<`. Where `lines` has several, they are centred one under the other.
pub(super) fn quoted(lines: &[String]) -> String {
    joined(lines, "\\n", "")
}

/// The same with every line set to the left.
pub(super) fn left(lines: &[String]) -> String {
    joined(lines, "\\l", "\\l")
}

fn joined(lines: &[String], between: &str, end: &str) -> String {
    let lines: Vec<String> = lines.iter().map(|line| protected(line)).collect();
    format!("\"{}{end}\"", lines.join(between))
}

fn protected(text: &str) -> String {
    let mut protected = String::new();
    for c in safe(text).chars() {
        match c {
            '\\' => protected.push_str("\\\\"),
            '"' => protected.push_str("\\\""),
            '&' => protected.push_str("&amp;"),
            c => protected.push(c),
        }
    }
    protected
}

/// A text in lines of at most `width` columns, broken at spaces, shortened to `limit` code points. A longer word stays
/// whole.
pub(super) fn broken(text: &str, width: usize, limit: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in shorten(text, limit).split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_name_holds_is_text() {
        let name = "a\"b\\N<b>&lt;\u{202e}\n".to_owned();
        assert_eq!(
            quoted(&[name, "c".to_owned()]),
            "\"a\\\"b\\\\N<b>&amp;lt;\\\\u{202E}\\\\u{A}\\nc\""
        );
    }

    #[test]
    fn long_names_are_broken_and_cut() {
        assert_eq!(
            broken("Ministry of Inland Waterways", 16, 90),
            ["Ministry of", "Inland Waterways"]
        );
        assert_eq!(broken(&"x".repeat(99), 16, 20)[0].chars().count(), 20);
        assert_eq!(broken(" ", 16, 20), [""]);
    }
}
