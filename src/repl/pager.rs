//! Long answers go through a pager.

use crate::terminal::{self, Closed};
use std::io::Write as _;
use std::process::{Command, Stdio};

/// The pager when the environment names none: quits where the text fits, keeps colours, leaves the text on the screen.
const DEFAULT: &str = "less -FRX";

/// Shows an answer: through the pager when it is longer than the screen, directly otherwise.
///
/// # Errors
/// [`Closed`] when it cannot be written.
pub(super) fn show(text: &str) -> Result<(), Closed> {
    let height = terminal::size().map_or(usize::MAX, |(_, height)| height);
    // One line is for the prompt, one for what is said besides.
    if text.lines().count().saturating_add(2) <= height || !page(text) {
        return terminal::write(text);
    }
    Ok(())
}

/// Whether a pager has shown the text.
fn page(text: &str) -> bool {
    let named = ["CASEBOOK_PAGER", "PAGER"]
        .into_iter()
        .find_map(|name| {
            std::env::var(name)
                .ok()
                .filter(|value| !value.trim().is_empty())
        })
        .unwrap_or_else(|| DEFAULT.to_owned());
    if named.trim() == "cat" {
        return false;
    }
    let mut command = if cfg!(windows) {
        Command::new("more")
    } else {
        let mut command = Command::new("sh");
        command.arg("-c").arg(&named);
        command
    };
    if std::env::var_os("LESS").is_none() {
        command.env("LESS", "FRX");
    }
    let Ok(mut child) = command.stdin(Stdio::piped()).spawn() else {
        return false;
    };
    if let Some(mut input) = child.stdin.take() {
        // Whoever leaves the pager early has seen enough.
        let _ = input.write_all(text.as_bytes());
    }
    match child.wait() {
        // 127: there is no such program, so nothing was shown.
        Ok(status) => status.code() != Some(127),
        Err(_) => false,
    }
}
