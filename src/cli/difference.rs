//! `diff OLD NEW`.

use super::args::{self, Common};
use super::{cannot_load, settings};
use crate::load::files;
use crate::session::script;
use crate::session::{Origin, Outcome, Reply, Session};
use crate::terminal::{self, Done, Status, finish};
use std::path::PathBuf;
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

/// The saved questions, as name and text; those of scripts that name another casebook than the two are left out, and
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
    let (mut found, mut others) = (Vec::new(), 0);
    for path in script::find(&diff.questions)? {
        let text = script::read(&path, &new.settings.files)?;
        let own = script::own_casebook(&path, &text);
        if own.is_none_or(|own| sides.iter().any(|side| files::same_path(side, &own))) {
            found.push((path.display().to_string(), text));
        } else {
            others += 1;
        }
    }
    if others > 0 {
        let what = match others {
            1 => "1 script asks another casebook and is".to_owned(),
            _ => format!("{others} scripts ask another casebook and are"),
        };
        terminal::say(&format!("note: {what} left out\n"));
    }
    Ok(Some(found))
}
