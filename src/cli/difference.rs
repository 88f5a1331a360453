//! `diff OLD NEW`.

use super::args::{self, Common};
use super::{cannot_load, settings};
use crate::load::files;
use crate::session::script;
use crate::session::{Origin, Outcome, Reply, Session};
use crate::terminal::{self, Done, Status, finish};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(super) fn diff(common: &Common, diff: &args::Diff) -> Done {
    if !common.casebook.is_empty() {
        return finish(&Reply::refusal(
            "`diff` compares the two casebooks that it is given; leave `-c` out",
        ));
    }
    let open = |text: &str| Session::open(Origin::named(text), settings(common));
    let (mut old, new) = match (open(&diff.old), open(&diff.new)) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(error), _) | (_, Err(error)) => return Ok(cannot_load(&error)),
    };
    for (session, name) in [(&old, &diff.old), (&new, &diff.new)] {
        let remarks = session.remarks();
        if !remarks.is_empty() {
            terminal::say(&format!("{}: {remarks}", crate::text::safe::safe(name)));
        }
    }
    old.interrupt = Arc::clone(&new.interrupt);
    terminal::listen(&new.interrupt);
    let scripts = match scripts(&new, diff) {
        Ok(scripts) => scripts,
        Err(problem) => return finish(&Reply::failure(Outcome::Files, &problem)),
    };
    let reply = new.difference(&old, scripts.as_deref());
    let status = finish(&reply)?;
    let differs = reply.outcome == Outcome::Answered;
    Ok(if diff.exit_status && differs {
        Status::Findings
    } else {
        status
    })
}

/// The saved questions, as name and text; those of scripts about another casebook are left out, and
/// counted on standard error.
fn scripts(new: &Session, diff: &args::Diff) -> Result<Option<Vec<(String, String)>>, String> {
    if diff.questions.is_empty() {
        return Ok(None);
    }
    let sides = [&diff.old, &diff.new].map(|text| match Origin::named(text) {
        Origin::Revision(text) => text
            .split_once(':')
            .map_or_else(PathBuf::new, |(_, path)| path.into()),
        _ => PathBuf::from(text),
    });
    let scripts = script::read_all(&diff.questions, &new.settings.files)?;
    let is_side = |book: &Path| sides.iter().any(|side| files::same_path(side, book));
    let (found, others) = script::about(scripts, is_side);
    if others > 0 {
        let what = match others {
            1 => "1 script is about another casebook and is".to_owned(),
            _ => format!("{others} scripts are about another casebook and are"),
        };
        terminal::say(&format!("note: {what} left out\n"));
    }
    let named = found
        .into_iter()
        .map(|(path, text)| (path.display().to_string(), text));
    Ok(Some(named.collect()))
}
