//! Commands that explain: help, examples, keys.

use super::{COMMANDS, Command, find};
use crate::session::{Reply, Session, examples as found};
use crate::text::safe::safe;

/// The page about the language, whose card `:help` shows.
const LANGUAGE: &str = include_str!("../../../docs/language.md");

/// `:help`, `:help COMMAND`
pub(super) fn help(_session: &mut Session, name: &str) -> Reply {
    if name.is_empty() {
        let mut text = card(LANGUAGE).to_owned();
        text.push_str("\n\nCommands (a beginning is enough):\n\n");
        for command in COMMANDS {
            text.push_str(&line(command));
        }
        return Reply::answer(text);
    }
    match find(name) {
        Ok(command) => Reply::answer(line(command)),
        Err(problem) => Reply::refusal(&problem),
    }
}

fn line(command: &Command) -> String {
    let usage = format!(":{} {}", command.name, command.arguments);
    format!("  {:<31} {}\n", usage.trim_end(), command.about)
}

/// The part between the marks of the card, without the fence around it; the whole page where there are no marks.
fn card(page: &str) -> &str {
    let marked = page.split_once("<!-- card -->").map(|(_, rest)| {
        rest.split_once("<!-- /card -->")
            .map_or(rest, |(card, _)| card)
    });
    let text = marked.unwrap_or(page).trim_matches(['\n', '\r']);
    // Where the card is one fenced block, the fence is for the page only.
    let Some(inner) = text.strip_prefix("```") else {
        return text;
    };
    let inner = inner.split_once('\n').map_or("", |(_, inner)| inner);
    match inner.find("```") {
        Some(end) if inner[end + 3..].trim().is_empty() => inner[..end].trim_end(),
        _ => text,
    }
}

/// `:examples`
pub(super) fn examples(session: &mut Session, _arguments: &str) -> Reply {
    let questions = found::examples(session);
    if questions.is_empty() {
        return Reply::notice(
            "there is no claim to ask about; `:schema` shows what could be claimed",
        );
    }
    let lines: Vec<String> = questions
        .iter()
        .map(|question| format!("  {}\n", safe(question)))
        .collect();
    Reply::answer(lines.concat())
}

/// `:keys`
pub(super) fn keys(_session: &mut Session, _arguments: &str) -> Reply {
    Reply::answer(KEYS)
}

const KEYS: &str = "\
  Tab               completes, or lists what may stand here, with the number of claims
  Right, Ctrl-E     takes the hint that is shown in grey
  Enter             asks; an unfinished question goes on in the next line, an empty line asks it anyway
  Up, Down          earlier and later questions
  Ctrl-R            searches the earlier ones
  Ctrl-C            stops a running question; cancels a line; twice on an empty line leaves
  Ctrl-D            leaves, on an empty line
  Ctrl-A, Ctrl-E    the beginning and the end of the line
  Ctrl-W, Ctrl-U    cuts the word, the line before the cursor; Ctrl-Y puts it back
  Ctrl-L            clears the screen
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_card_is_found_between_its_marks() {
        assert_eq!(
            card("a\n<!-- card -->\n```text\nx\n  y\n```\n<!-- /card -->\nb"),
            "x\n  y"
        );
        assert_eq!(
            card("a\n<!-- card -->\nx\n\n```\ny\n```\n"),
            "x\n\n```\ny\n```"
        );
        assert_eq!(card("no marks\n"), "no marks");
    }
}
