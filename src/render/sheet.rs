//! A page about one thing: a title, labelled lines, sections.

use super::markup::{Line, Markup, Style};
use super::{Screen, paint};

/// Columns of a label.
const LABEL: usize = 13;

/// A page in the making.
pub(super) struct Sheet<'s> {
    pub(super) markup: Markup,
    pub(super) screen: &'s Screen,
}

impl<'s> Sheet<'s> {
    /// An empty page for a screen.
    pub(super) fn new(screen: &'s Screen) -> Self {
        Self {
            markup: Markup::new(),
            screen,
        }
    }

    /// A heading, set apart by a blank line from what stands above.
    pub(super) fn section(&mut self, title: &Line) {
        if !self.markup.is_empty() {
            self.markup.push(Line::new());
        }
        self.markup.wrapped(title, self.screen.width, 2);
    }

    /// A line, indented; what does not fit goes two columns deeper.
    pub(super) fn line(&mut self, indent: usize, line: &Line) {
        let mut indented = Line::plain(&" ".repeat(indent));
        indented.append(line);
        self.markup
            .wrapped(&indented, self.screen.width, indent + 2);
    }

    /// A labelled text, left out when it is empty.
    pub(super) fn field(&mut self, label: &str, line: &Line) {
        self.labelled(2, label, line);
    }

    /// The same, indented.
    pub(super) fn labelled(&mut self, indent: usize, label: &str, line: &Line) {
        if line.is_empty() {
            return;
        }
        let space = if label.chars().count() < LABEL {
            ""
        } else {
            " "
        };
        let label = format!("{}{label:<LABEL$}{space}", " ".repeat(indent));
        let mut labelled = Line::of(Style::Dim, &label);
        labelled.append(line);
        self.markup
            .wrapped(&labelled, self.screen.width, indent + LABEL);
    }

    /// A labelled plain text, if there is one.
    pub(super) fn text(&mut self, label: &str, text: Option<&str>) {
        self.field(label, &Line::plain(text.unwrap_or("")));
    }

    /// A labelled list joined by commas.
    pub(super) fn list<'t>(&mut self, label: &str, items: impl IntoIterator<Item = &'t str>) {
        let items: Vec<&str> = items.into_iter().collect();
        self.field(label, &Line::plain(&items.join(", ")));
    }

    /// The page as text.
    pub(super) fn paint(&self) -> String {
        paint::paint(&self.markup, self.screen)
    }
}
