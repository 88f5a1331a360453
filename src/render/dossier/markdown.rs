//! Markdown (CommonMark with GitHub's tables, task lists and footnotes), written so that no text of a casebook is read
//! as markup.

use crate::text::safe::safe;

/// A document in the making.
#[derive(Debug, Default)]
pub(super) struct Markdown {
    out: String,
}

impl Markdown {
    /// A heading of a level from 1; `text` is Markdown.
    pub(super) fn heading(&mut self, level: usize, text: &str) {
        self.block(&format!("{} {text}", "#".repeat(level)));
    }

    /// A block of its own, set apart by a blank line; `text` is Markdown.
    pub(super) fn block(&mut self, text: &str) {
        self.apart();
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// An item of a list, `depth` levels deep; the first item of a list is set apart by [`Self::apart`].
    pub(super) fn item(&mut self, depth: usize, text: &str) {
        self.out
            .push_str(&format!("{}- {text}\n", "  ".repeat(depth)));
    }

    /// An item with a box to tick.
    pub(super) fn task(&mut self, depth: usize, text: &str) {
        self.item(depth, &format!("[ ] {text}"));
    }

    /// A quotation under an item of `depth`; `text` is Markdown in one line.
    pub(super) fn quotation(&mut self, depth: usize, text: &str) {
        let indent = "  ".repeat(depth + 1);
        self.apart();
        self.out.push_str(&format!("{indent}> {text}\n\n"));
    }

    /// A blank line, unless there is one.
    pub(super) fn apart(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A table; the cells are Markdown.
    pub(super) fn table(&mut self, head: &[&str], rows: &[Vec<String>]) {
        let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
        let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
        let rule: Vec<String> = head.iter().map(|_| "---".to_owned()).collect();
        let rows = rows.iter().map(|row| line(row));
        let lines: Vec<String> = [line(&head), line(&rule)].into_iter().chain(rows).collect();
        self.block(&lines.join("\n"));
    }

    /// The definition of a footnote; `text` is Markdown.
    pub(super) fn footnote(&mut self, number: usize, text: &str) {
        self.block(&format!("[^{number}]: {text}"));
    }

    /// The document.
    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// A text as Markdown that reads as the same text: hidden characters shown, markup escaped.
pub(super) fn escape(text: &str) -> String {
    let text = safe(text);
    let mut out = String::with_capacity(text.len() + 8);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (at, c) in text.char_indices() {
        let marks = matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '$'
        );
        // At the head of a line these would begin a list or a heading.
        let begins = at == 0 && matches!(c, '-' | '+' | '=')
            || at > 0 && at == digits && matches!(c, '.' | ')');
        if marks || begins {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A text as a code span.
pub(super) fn code(text: &str) -> String {
    let text = safe(&one_line(text));
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    // A bar would end the cell of a table.
    format!("{fence}{pad}{}{pad}{fence}", text.replace('|', "\\|"))
}

/// A text with every run of white space as one space.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}
