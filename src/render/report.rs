//! Diagnostics with the text they speak of, and as data.

use super::markup::{Line, Markup, Style};
use super::snippet::{Excerpt, Places};
use super::{Screen, json, paint, words};
use crate::text::safe::shorten;
use crate::text::{Diagnostic, Label, Severity, Sources};
use serde_json::json;

/// The most code points of a message or a piece of advice that are shown.
const MESSAGE: usize = 240;
/// The most code points of a label or of the marked text in data.
const TEXT: usize = 80;
/// Columns of an excerpt where nothing is known of the screen.
const PIPE: usize = 120;

/// Diagnostics for people, each with its marked text and advice, a blank line between two; ends in a line end unless
/// there is none. Places in a question are shown without the name of a file.
#[must_use]
pub fn diagnostics(list: &[Diagnostic], sources: &Sources, screen: &Screen) -> String {
    let mut places = Places::new(sources);
    let mut markup = Markup::new();
    for (at, diagnostic) in list.iter().enumerate() {
        if at > 0 {
            markup.push(Line::new());
        }
        one(&mut markup, diagnostic, &mut places, screen);
    }
    paint::paint(&markup, screen)
}

/// The same as data, with the counts by severity.
#[must_use]
pub fn diagnostics_json(list: &[Diagnostic], sources: &Sources) -> String {
    json::pretty(&diagnostics_data(list, sources))
}

/// The same as a value, to which more can be added.
pub(super) fn diagnostics_data(list: &[Diagnostic], sources: &Sources) -> serde_json::Value {
    let mut places = Places::new(sources);
    let mut data = Vec::new();
    for diagnostic in list {
        let span = diagnostic.labels.first().map(|label| label.span);
        let position = span.map(|span| places.position(span));
        data.push(json!({
            "name": diagnostic.name,
            "severity": diagnostic.severity.word(),
            "message": shorten(&diagnostic.message, MESSAGE),
            "file": span.map(|span| sources.name(span.file)),
            "line": position.map(|position| position.line),
            "column": position.map(|position| position.column),
            "text": span.map(|span| shorten(sources.slice(span), TEXT)),
            "help": diagnostic.help.iter().map(|help| shorten(help, MESSAGE)).collect::<Vec<_>>(),
        }));
    }
    let count = |severity| count(list, severity);
    json!({
        "diagnostics": data,
        "counts": {
            "error": count(Severity::Error),
            "warning": count(Severity::Warning),
            "hint": count(Severity::Hint),
        },
    })
}

/// One line: `2 errors, 1 warning in 5 files`, `no problems in 5 files`.
#[must_use]
pub fn summary(list: &[Diagnostic], files: usize, screen: &Screen) -> String {
    let kinds = [
        (Severity::Error, Style::Error, "error", "errors"),
        (Severity::Warning, Style::Warning, "warning", "warnings"),
        (Severity::Hint, Style::Hint, "hint", "hints"),
    ];
    let mut line = Line::new();
    for (severity, style, one, many) in kinds {
        let count = count(list, severity);
        if count > 0 {
            line.push(Style::Plain, if line.is_empty() { "" } else { ", " });
            line.push(style, &words::counted(count, one, many));
        }
    }
    if line.is_empty() {
        line.push(Style::Good, "no problems");
    }
    // A compiled casebook is no file of records.
    if files > 0 {
        let files = words::counted(files, "file", "files");
        line.push(Style::Plain, &format!(" in {files}"));
    }
    paint::line_text(&line, screen.color) + "\n"
}

fn count(list: &[Diagnostic], severity: Severity) -> usize {
    let found = list.iter().filter(|d| d.severity == severity);
    found.map(Diagnostic::stands_for).sum()
}

fn one(markup: &mut Markup, diagnostic: &Diagnostic, places: &mut Places<'_>, screen: &Screen) {
    let style = match diagnostic.severity {
        Severity::Error => Style::Error,
        Severity::Warning => Style::Warning,
        Severity::Hint => Style::Hint,
    };
    let word = format!("{}[{}]", diagnostic.severity.word(), diagnostic.name);
    let message = shorten(&diagnostic.message, MESSAGE);
    markup.push(
        Line::of(style, &word)
            .with(Style::Plain, ": ")
            .with(Style::Heading, &message),
    );
    let details: Vec<(&str, Line)> = diagnostic
        .help
        .iter()
        .map(|help| ("help", Line::plain(&shorten(help, MESSAGE))))
        .collect();
    marked(markup, &diagnostic.labels, &details, places, screen);
}

/// Marked places of texts, then labelled lines under them.
pub(super) fn marked(
    markup: &mut Markup,
    labels: &[Label],
    details: &[(&str, Line)],
    places: &mut Places<'_>,
    screen: &Screen,
) {
    let mut last_line = 1;
    for label in labels {
        if places.has_file(label.span) {
            last_line = last_line.max(places.position(label.span).line);
        }
    }
    let mut writer = Writer {
        markup,
        digits: last_line.to_string().len(),
        width: if screen.width == 0 {
            PIPE
        } else {
            screen.width
        },
        shown: None,
    };
    for (at, label) in labels.iter().enumerate() {
        writer.label(label, at == 0, places);
    }
    for (word, text) in details {
        let line = writer.gutter("=").with(Style::Help, &format!(" {word}"));
        writer
            .markup
            .push(line.with(Style::Plain, ": ").joined(text));
    }
}

/// Writes the snippets of one diagnostic.
struct Writer<'m> {
    markup: &'m mut Markup,
    /// Digits of the highest line number.
    digits: usize,
    width: usize,
    /// The text and the line shown last, if it is there in full.
    shown: Option<(u32, usize)>,
}

impl Writer<'_> {
    fn gutter(&self, sign: &str) -> Line {
        Line::of(Style::Dim, &format!("{} {sign}", " ".repeat(self.digits)))
    }

    fn label(&mut self, label: &Label, first: bool, places: &mut Places<'_>) {
        let position = places.position(label.span);
        let (text, start) = places.sources().line(label.span);
        let mark = (label.span.start as usize).saturating_sub(start)
            ..(label.span.end as usize).saturating_sub(start);
        let room = self.width.saturating_sub(self.digits + 4).max(20);
        let excerpt = Excerpt::of(text, mark, room);
        let here = (label.span.file.0, position.line);
        if self.shown != Some(here) || excerpt.is_cut() {
            self.source_line(label, first, places, &excerpt);
        }
        self.shown = (!excerpt.is_cut()).then_some(here);
        let (sign, style) = if first {
            ("^", Style::Caret)
        } else {
            ("-", Style::Hint)
        };
        let mut line = self.gutter("|");
        line.push(Style::Plain, &" ".repeat(excerpt.indent() + 1));
        line.push(style, &sign.repeat(excerpt.marked()));
        if !label.text.is_empty() {
            line.push(Style::Plain, " ");
            line.push(style, &shorten(&label.text, TEXT));
        }
        self.markup.push(line);
    }

    fn source_line(
        &mut self,
        label: &Label,
        first: bool,
        places: &mut Places<'_>,
        excerpt: &Excerpt,
    ) {
        let mut number = String::new();
        if places.has_file(label.span) {
            let position = places.position(label.span);
            let arrow = if first { "-->" } else { ":::" };
            let place = format!(
                "{}:{}:{}",
                places.sources().name(label.span.file),
                position.line,
                position.column
            );
            let indent = " ".repeat(self.digits);
            let line = Line::of(Style::Dim, &format!("{indent}{arrow} "));
            self.markup.push(line.with(Style::Plain, &place));
            let gutter = self.gutter("|");
            self.markup.push(gutter);
            number = position.line.to_string();
        }
        let gutter = format!("{number:>width$} | ", width = self.digits);
        let line = Line::of(Style::Dim, &gutter);
        self.markup.push(line.with(Style::Plain, excerpt.text()));
    }
}
