//! From markup to text, with or without colour. The only home of `colored`.
//!
//! Only basic colours, bold and dimmed are used, and neither yellow nor white nor blue: the others are readable on a dark
//! and on a light background, in whatever palette.

use super::Screen;
use super::markup::{Block, Line, Markup, Style};
use colored::{ColoredString, Colorize as _};
use std::borrow::Cow;

/// The markup as text; every line ends in a line end, none in a space.
#[must_use]
pub fn paint(markup: &Markup, screen: &Screen) -> String {
    let mut text = String::new();
    for block in markup.blocks() {
        match block {
            Block::Line(line) => {
                text.push_str(line_end_trimmed(line, screen.color).trim_end());
                text.push('\n');
            }
            Block::Grid(grid) => {
                for line in grid.lay(screen.width, |line| line_text(line, screen.color)) {
                    text.push_str(line.trim_end());
                    text.push('\n');
                }
            }
        }
    }
    text
}

/// One line as text, without a line end.
#[must_use]
pub fn line_text(line: &Line, color: bool) -> String {
    line.pieces()
        .iter()
        .map(|(style, text)| styled(*style, text, color))
        .collect()
}

fn line_end_trimmed(line: &Line, color: bool) -> String {
    let pieces = line.pieces();
    let last = pieces
        .iter()
        .rposition(|(_, text)| !text.trim_end().is_empty());
    let Some(last) = last else {
        return String::new();
    };
    let mut text: String = pieces[..last]
        .iter()
        .map(|(style, text)| styled(*style, text, color).into_owned())
        .collect();
    text.push_str(&styled(pieces[last].0, pieces[last].1.trim_end(), color));
    text
}

/// A text in a style. It is taken as it is: escape what is not ours first.
#[must_use]
pub fn styled(style: Style, text: &str, color: bool) -> Cow<'_, str> {
    if !color || text.is_empty() {
        return Cow::Borrowed(text);
    }
    // Whether to colour is the caller's to say; the crate would ask the environment.
    colored::control::set_override(true);
    let painted: ColoredString = match style {
        Style::Plain | Style::Number => return Cow::Borrowed(text),
        Style::Heading | Style::Name => text.bold(),
        Style::Verb | Style::Source => text.cyan(),
        Style::Date | Style::Good => text.green(),
        Style::Mark | Style::Warning => text.magenta().bold(),
        Style::Dim => text.dimmed(),
        Style::Error | Style::Caret => text.red().bold(),
        Style::Hint | Style::Help => text.cyan().bold(),
    };
    Cow::Owned(painted.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_only_when_asked_for_and_text_never_changed_by_it() {
        let line = Line::of(Style::Error, "error").with(Style::Plain, ": x  ");
        let mut markup = Markup::new();
        markup.push(line);
        let screen = |color| Screen { width: 0, color };
        assert_eq!(paint(&markup, &screen(false)), "error: x\n");
        let painted = paint(&markup, &screen(true));
        assert!(painted.contains("\u{1b}["), "{painted:?}");
        assert!(painted.contains("error") && painted.ends_with(": x\n"));
    }

    #[test]
    fn no_style_is_yellow_white_or_blue() {
        for style in Style::ALL {
            let painted = styled(style, "x", true);
            for code in ["33", "34", "37", "93", "97"] {
                assert!(
                    !painted.contains(&format!("{code}m"))
                        && !painted.contains(&format!("{code};")),
                    "{style:?}: {painted:?}"
                );
            }
        }
    }
}
