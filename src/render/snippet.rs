//! A line of a text cut around a mark, measured in columns of a screen.

use crate::text::safe::safe;
use crate::text::source::Position;
use crate::text::width::UnicodeWidthStr as _;
use crate::text::{FileId, Sources, Span};
use std::collections::BTreeMap;

/// Columns of a tab.
const TAB: &str = "    ";

/// Lines and columns of many spans: the lines of a text are counted once.
pub(super) struct Places<'a> {
    sources: &'a Sources,
    starts: BTreeMap<FileId, Vec<usize>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(sources: &'a Sources) -> Self {
        Self {
            sources,
            starts: BTreeMap::new(),
        }
    }

    pub(super) fn sources(&self) -> &'a Sources {
        self.sources
    }

    /// Line and column where the span begins.
    pub(super) fn position(&mut self, span: Span) -> Position {
        let text = self.sources.text(span.file);
        let starts = self
            .starts
            .entry(span.file)
            .or_insert_with(|| line_starts(text));
        let mut offset = (span.start as usize).min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = starts.partition_point(|&start| start <= offset);
        let start = starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        Position {
            line,
            column: 1 + text[start..offset].chars().count(),
        }
    }

    /// Whether the text is a file whose name and lines are worth showing: not a question, nor a single line that was
    /// typed somewhere.
    pub(super) fn has_file(&self, span: Span) -> bool {
        let name = self.sources.name(span.file);
        let typed = name.is_empty() || name == "question";
        let one_line = !self
            .sources
            .text(span.file)
            .trim_end()
            .contains(['\n', '\r']);
        !typed && (!one_line || name.contains(['.', '/']))
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = bytes.iter().enumerate().filter(|&(at, &byte)| {
        byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'))
    });
    std::iter::once(0)
        .chain(ends.map(|(at, _)| at + 1))
        .collect()
}

/// As much of a line as fits, with a mark in it.
#[derive(Debug)]
pub(super) struct Excerpt {
    text: String,
    indent: usize,
    marked: usize,
    cut: bool,
}

impl Excerpt {
    /// Cuts `line` around the bytes `mark` to at most `room` columns, hidden characters escaped and tabs widened. A mark
    /// that runs past the line ends with it; one that is too long is cut at its end.
    pub(super) fn of(line: &str, mark: std::ops::Range<usize>, room: usize) -> Self {
        let boundary = |offset: usize| {
            let offset = offset.min(line.len());
            (0..=offset)
                .rev()
                .find(|&at| line.is_char_boundary(at))
                .unwrap_or(0)
        };
        let start = boundary(mark.start);
        let end = boundary(mark.end).max(start);
        // More than the room says that something was cut; no character is shown wider than `\u{10FFFF}`.
        let more = room + 10;
        let before = fitting(line[..start].chars().rev(), more);
        let marked = fitting(line[start..end].chars(), more);
        let after = fitting(line[end..].chars(), more);
        let widths = (before.width(), marked.width(), after.width());
        if widths.0 + widths.1 + widths.2 <= room {
            return Self {
                text: backwards(line[..start].chars().rev(), room) + &marked + &after,
                indent: widths.0,
                marked: widths.1.max(1),
                cut: false,
            };
        }
        let budget = room.saturating_sub(2);
        let mark_room = widths.1.min(budget * 2 / 3);
        let right = widths.2.min((budget - mark_room) / 2);
        let left = widths.0.min(budget - mark_room - right);
        let right = widths.2.min(budget - mark_room - left);
        let kept_before = backwards(line[..start].chars().rev(), left);
        let kept_mark = fitting(line[start..end].chars(), mark_room);
        let mark_cut = kept_mark.width() < widths.1;
        let kept_after = if mark_cut {
            String::new()
        } else {
            fitting(line[end..].chars(), right)
        };
        let dots = |cut: bool| if cut { "…" } else { "" };
        let left_dots = dots(kept_before.width() < widths.0);
        let right_dots = dots(mark_cut || kept_after.width() < widths.2);
        Self {
            indent: left_dots.width() + kept_before.width(),
            marked: kept_mark.width().max(1),
            text: format!("{left_dots}{kept_before}{kept_mark}{kept_after}{right_dots}"),
            cut: true,
        }
    }

    /// The line as shown.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Columns before the mark.
    pub(super) fn indent(&self) -> usize {
        self.indent
    }

    /// Columns of the mark, at least one.
    pub(super) fn marked(&self) -> usize {
        self.marked
    }

    /// Whether some of the line is not shown.
    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }
}

fn shown(c: char) -> String {
    if c == '\t' {
        TAB.to_owned()
    } else {
        safe(c.encode_utf8(&mut [0; 4]))
    }
}

/// The characters as shown, as many as fit.
fn fitting(chars: impl Iterator<Item = char>, room: usize) -> String {
    pieces(chars, room).concat()
}

/// The same for characters that come last first.
fn backwards(chars: impl Iterator<Item = char>, room: usize) -> String {
    let mut pieces = pieces(chars, room);
    pieces.reverse();
    pieces.concat()
}

fn pieces(chars: impl Iterator<Item = char>, room: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut used = 0;
    // A text of marks without width is cut as well.
    for piece in chars.take(room * 4 + 4).map(shown) {
        used += piece.width();
        if used > room {
            break;
        }
        pieces.push(piece);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(line: &str, marked: &str, room: usize) -> (String, String) {
        let start = line.find(marked).unwrap_or(line.len());
        let excerpt = Excerpt::of(line, start..start + marked.len(), room);
        let mark = " ".repeat(excerpt.indent()) + &"^".repeat(excerpt.marked());
        (excerpt.text().to_owned(), mark)
    }

    #[test]
    fn columns_are_those_of_the_screen() {
        assert_eq!(
            cut("\t日本 Ana\u{202e} x", "x", 60),
            (
                "    日本 Ana\\u{202E} x".to_owned(),
                format!("{}^", " ".repeat(21))
            )
        );
    }

    #[test]
    fn long_lines_are_cut_around_the_mark() {
        let line = format!("{}MARK{}", "a".repeat(1000), "b".repeat(1000));
        assert_eq!(
            cut(&line, "MARK", 20),
            ("…aaaaaaaMARKbbbbbbb…".to_owned(), "        ^^^^".to_owned())
        );
        let (text, mark) = cut(&line, &"b".repeat(1000), 20);
        assert_eq!(text, "…aaMARKbbbbbbbbbbbb…");
        assert_eq!(mark.len(), 19);
    }

    #[test]
    fn a_mark_past_the_end_is_one_column() {
        let excerpt = Excerpt::of("who met", 7..7, 40);
        assert_eq!((excerpt.indent(), excerpt.marked()), (7, 1));
        let excerpt = Excerpt::of("who", 90..100, 40);
        assert_eq!((excerpt.indent(), excerpt.marked()), (3, 1));
    }
}
