//! A reader sees every character: nothing invisible, nothing that turns the direction of the text around it.

use super::Context;
use crate::text::{Diagnostic, FileId, Findings, Label, Span, safe::is_hidden};

pub(super) const NAMES: &[&str] = &["hidden-character"];

pub(super) fn run(context: &Context<'_>, found: &mut Findings) {
    for file in context.texts.ids() {
        found.extend(in_file(file, context.texts.text(file)));
    }
}

/// One warning for each line that holds hidden characters, comments included.
fn in_file(file: FileId, text: &str) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut before = 0;
    for (at, c) in suspects(text) {
        let new_line = found.is_empty() || text[before..at].contains(['\n', '\r']);
        before = at;
        let span = Span::new(file, at, at + c.len_utf8());
        let full = found.len() == MOST_LINES;
        match found.last_mut() {
            Some(last) if !new_line => {
                if last.labels.len() < MOST_IN_A_LINE {
                    last.labels.push(Label {
                        span,
                        text: point(c),
                    });
                }
            }
            Some(last) if full => {
                last.help
                    .push("more lines of this file hold such characters".to_owned());
                return found;
            }
            _ => found.push(warning(c, span)),
        }
    }
    found
}

fn warning(c: char, span: Span) -> Diagnostic {
    let message = format!("a character that nobody sees stands here: {}", point(c));
    let help = format!(
        "take it out, or write it as `\\u{{{:X}}}` so that it shows",
        u32::from(c)
    );
    Diagnostic::warning("hidden-character", message, span).help(help)
}

/// So many lines of a file are listed.
const MOST_LINES: usize = 200;
/// So many characters of a line are marked.
const MOST_IN_A_LINE: usize = 4;

const BLOCK: usize = 64;

/// Whether a byte is a character that shows, a blank or a line end.
fn plain(byte: u8) -> bool {
    (b' '..=b'~').contains(&byte) | (byte == b'\n') | (byte == b'\r') | (byte == b'\t')
}

/// The hidden characters of a text, but for line ends and tabs.
fn suspects(text: &str) -> impl Iterator<Item = (usize, char)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            // Plain ASCII is nearly all there is: by the block first, then by the byte.
            while let Some(block) = bytes.get(at..at + BLOCK)
                && block.iter().fold(true, |all, &byte| all & plain(byte))
            {
                at += BLOCK;
            }
            let rest = bytes[at..].iter().position(|&byte| !plain(byte));
            at += rest.unwrap_or(bytes.len() - at);
            let c = text[at..].chars().next()?;
            let start = at;
            at += c.len_utf8();
            // NUL is told of when the file is read.
            if c != '\0' && is_hidden(c) {
                return Some((start, c));
            }
        }
        None
    })
}

fn point(c: char) -> String {
    let name = match c {
        '\u{ad}' => " (soft hyphen)",
        '\u{200b}' => " (zero width space)",
        '\u{200c}' => " (zero width non-joiner)",
        '\u{200d}' => " (zero width joiner)",
        '\u{200e}' => " (left-to-right mark)",
        '\u{200f}' => " (right-to-left mark)",
        '\u{202a}' | '\u{202b}' => " (directional embedding)",
        '\u{202d}' | '\u{202e}' => " (directional override)",
        '\u{202c}' | '\u{2066}'..='\u{2069}' => " (directional isolate)",
        '\u{2060}' => " (word joiner)",
        '\u{feff}' => " (byte order mark)",
        '\u{1b}' => " (escape)",
        _ => "",
    };
    format!("U+{:04X}{name}", u32::from(c))
}
