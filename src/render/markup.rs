//! Text with meaning: lines of styled pieces. How a meaning looks is the painter's business.

use super::grid::Grid;
use crate::text::safe::safe;
use crate::text::width::UnicodeWidthStr as _;

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Style {
    /// Nothing in particular.
    #[default]
    Plain,
    /// A heading or the title of a column.
    Heading,
    /// The name of an entity.
    Name,
    /// A verb or relation.
    Verb,
    /// A date.
    Date,
    /// A number.
    Number,
    /// A mark that qualifies what it stands beside: disputed, planned, not certain.
    Mark,
    /// A reference to a source.
    Source,
    /// Of less importance.
    Dim,
    /// The word for an error.
    Error,
    /// The word for a warning.
    Warning,
    /// The word for a hint.
    Hint,
    /// Advice.
    Help,
    /// The mark under an offending text.
    Caret,
    /// Good news.
    Good,
}

impl Style {
    /// Every style.
    pub const ALL: [Self; 15] = [
        Self::Plain,
        Self::Heading,
        Self::Name,
        Self::Verb,
        Self::Date,
        Self::Number,
        Self::Mark,
        Self::Source,
        Self::Dim,
        Self::Error,
        Self::Warning,
        Self::Hint,
        Self::Help,
        Self::Caret,
        Self::Good,
    ];
}

/// One line. Hidden characters are escaped as pieces are added, so a line never holds a control character.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    pieces: Vec<(Style, String)>,
}

impl Line {
    /// An empty line.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A line of one piece.
    #[must_use]
    pub fn of(style: Style, text: &str) -> Self {
        Self::new().with(style, text)
    }

    /// A line of plain text.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self::of(Style::Plain, text)
    }

    /// With one more piece.
    #[must_use]
    pub fn with(mut self, style: Style, text: &str) -> Self {
        self.push(style, text);
        self
    }

    /// Adds a piece.
    pub fn push(&mut self, style: Style, text: &str) {
        if text.is_empty() {
            return;
        }
        let text = safe(text);
        match self.pieces.last_mut() {
            Some((last, before)) if *last == style => before.push_str(&text),
            _ => self.pieces.push((style, text)),
        }
    }

    /// Adds all pieces of another line.
    pub fn append(&mut self, other: &Self) {
        for (style, text) in &other.pieces {
            self.push(*style, text);
        }
    }

    /// With all pieces of another line.
    #[must_use]
    pub fn joined(mut self, other: &Self) -> Self {
        self.append(other);
        self
    }

    /// Without the spaces and commas that join it to what stands before.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        let mut line = Self::new();
        for (style, text) in &self.pieces {
            let text = if line.is_empty() {
                text.trim_start_matches([' ', ','])
            } else {
                text
            };
            line.push(*style, text);
        }
        line
    }

    /// The pieces, in order.
    #[must_use]
    pub fn pieces(&self) -> &[(Style, String)] {
        &self.pieces
    }

    /// Whether it has no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Columns on a screen.
    #[must_use]
    pub fn width(&self) -> usize {
        self.pieces.iter().map(|(_, text)| text.width()).sum()
    }

    /// The text without its styles.
    #[must_use]
    pub fn text(&self) -> String {
        self.pieces.iter().map(|(_, text)| text.as_str()).collect()
    }

    /// The line broken at spaces so that none is wider than `width`, all but the first indented by `hang` columns. A
    /// word that is too long is broken. A width of 0 breaks nothing.
    #[must_use]
    pub fn wrap(&self, width: usize, hang: usize) -> Vec<Self> {
        if width == 0 || self.width() <= width {
            return vec![self.clone()];
        }
        let hang = if hang + 8 > width { 0 } else { hang };
        let mut wrapper = Wrapper {
            width,
            hang,
            ..Wrapper::default()
        };
        for word in self.words() {
            wrapper.word(&word);
        }
        wrapper.done()
    }

    /// Its words: lines without a space, each with the number of spaces before it. A date may be broken after `/`.
    pub(super) fn words(&self) -> Vec<(usize, Self)> {
        let mut words = Vec::new();
        let (mut spaces, mut word) = (0, Self::new());
        for (style, text) in &self.pieces {
            for (at, part) in text.split(' ').enumerate() {
                if at > 0 {
                    if !word.is_empty() {
                        words.push((spaces, std::mem::take(&mut word)));
                        spaces = 0;
                    }
                    spaces += 1;
                }
                let halves = part
                    .split_once('/')
                    .filter(|(start, end)| *style == Style::Date && start.len().min(end.len()) > 3);
                let Some((start, end)) = halves else {
                    word.push(*style, part);
                    continue;
                };
                word.push(*style, &format!("{start}/"));
                words.push((spaces, std::mem::take(&mut word)));
                spaces = 0;
                word.push(*style, end);
            }
        }
        if !word.is_empty() {
            words.push((spaces, word));
        }
        words
    }

    /// The longest beginning that fits `width` columns (at least one character), and the rest.
    fn split_at_width(&self, width: usize) -> (Self, Self) {
        let (mut head, mut tail) = (Self::new(), Self::new());
        let mut used = 0;
        for (style, text) in &self.pieces {
            for c in text.chars() {
                let mut buffer = [0; 4];
                let c = c.encode_utf8(&mut buffer);
                used += c.width();
                if tail.is_empty() && (used <= width || head.is_empty()) {
                    head.push(*style, c);
                } else {
                    tail.push(*style, c);
                }
            }
        }
        (head, tail)
    }
}

#[derive(Default)]
struct Wrapper {
    width: usize,
    hang: usize,
    lines: Vec<Line>,
    line: Line,
    used: usize,
}

impl Wrapper {
    fn word(&mut self, (spaces, word): &(usize, Line)) {
        let fresh = self.used <= self.indent();
        let spaces = if fresh && !self.lines.is_empty() {
            0
        } else {
            *spaces
        };
        if self.used + spaces + word.width() <= self.width {
            self.line.push(Style::Plain, &" ".repeat(spaces));
            self.line.append(word);
            self.used += spaces + word.width();
        } else if !fresh {
            self.end_line();
            self.word(&(0, word.clone()));
        } else {
            let room = self.width.saturating_sub(self.used).max(1);
            let (head, tail) = word.split_at_width(room);
            self.line.append(&head);
            self.used += head.width().max(1);
            if !tail.is_empty() {
                self.end_line();
                self.word(&(0, tail));
            }
        }
    }

    fn indent(&self) -> usize {
        if self.lines.is_empty() { 0 } else { self.hang }
    }

    fn end_line(&mut self) {
        self.lines.push(std::mem::take(&mut self.line));
        self.line.push(Style::Plain, &" ".repeat(self.hang));
        self.used = self.hang;
    }

    fn done(mut self) -> Vec<Line> {
        if self.used > self.indent() || self.lines.is_empty() {
            self.lines.push(self.line);
        }
        self.lines
    }
}

/// A line, or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    Line(Line),
    Grid(Grid),
}

/// Lines and tables, one under the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Markup {
    blocks: Vec<Block>,
}

impl Markup {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a line.
    pub fn push(&mut self, line: Line) {
        self.blocks.push(Block::Line(line));
    }

    /// Adds a line that is wrapped at `width` (0: never), all but its first line indented by `hang`.
    pub fn wrapped(&mut self, line: &Line, width: usize, hang: usize) {
        for line in line.wrap(width, hang) {
            self.push(line);
        }
    }

    pub(super) fn grid(&mut self, grid: Grid) {
        self.blocks.push(Block::Grid(grid));
    }

    /// Adds all of another.
    pub fn append(&mut self, mut other: Self) {
        self.blocks.append(&mut other.blocks);
    }

    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    pub(super) fn blocks(&self) -> &[Block] {
        &self.blocks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, width: usize, hang: usize) -> Vec<String> {
        let lines = Line::plain(text).wrap(width, hang);
        lines.iter().map(Line::text).collect()
    }

    #[test]
    fn lines_break_at_spaces() {
        assert_eq!(wrapped("one two three", 9, 0), ["one two", "three"]);
        assert_eq!(wrapped("  one two three", 0, 0), ["  one two three"]);
        assert_eq!(
            wrapped("  one two three four", 12, 4),
            ["  one two", "    three", "    four"]
        );
    }

    #[test]
    fn a_date_may_be_broken_between_its_ends() {
        let lines = Line::of(Style::Date, "2025-10-24/2025-10-26").wrap(12, 0);
        let lines: Vec<String> = lines.iter().map(Line::text).collect();
        assert_eq!(lines, ["2025-10-24/", "2025-10-26"]);
        assert_eq!(wrapped("and/or so", 5, 0), ["and/o", "r so"]);
    }

    #[test]
    fn long_words_and_wide_characters_are_broken_by_columns() {
        assert_eq!(wrapped("abcdefgh ij", 4, 0), ["abcd", "efgh", "ij"]);
        assert_eq!(wrapped("日本語学", 5, 0), ["日本", "語学"]);
    }

    #[test]
    fn styles_survive_wrapping_and_hidden_characters_do_not() {
        let line = Line::of(Style::Name, "Ana\u{202e} B").with(Style::Verb, "riefed Kovrel");
        let lines = line.wrap(12, 0);
        assert_eq!(
            lines[0].pieces()[0],
            (Style::Name, "Ana\\u{202E}".to_owned())
        );
        assert_eq!(
            lines[1].pieces(),
            [
                (Style::Name, "B".to_owned()),
                (Style::Verb, "riefed".to_owned())
            ]
        );
    }
}
