//! `report NAME|QUESTION`.

use super::{args, save};
use crate::bibliography;
use crate::session::{Outcome, Reply, ReportForm, Session, Topic};
use crate::terminal::{self, Done, Status, finish};
use std::path::{Path, PathBuf};

pub(super) fn report(session: &mut Session, report: &args::Report) -> Done {
    terminal::say(&session.remarks());
    terminal::listen(&session.interrupt);
    let outputs = match outputs(report) {
        Ok(outputs) => outputs,
        Err(problem) => return finish(&Reply::refusal(&problem)),
    };
    let topic = match session.topic(&report.words.join(" ")) {
        Ok(topic) => topic,
        Err(reply) => return finish(&reply),
    };
    for (form, path) in outputs {
        let status = write(session, &topic, form, path.as_deref())?;
        if status != Status::Done {
            return Ok(status);
        }
    }
    Ok(Status::Done)
}

fn write(session: &Session, topic: &Topic, form: ReportForm, path: Option<&Path>) -> Done {
    let reply = session.report(topic, form);
    match path {
        Some(path) if matches!(reply.outcome, Outcome::Answered | Outcome::Empty) => {
            terminal::say(&reply.notices);
            save(path, &reply.answer)
        }
        // What was stopped is no report: a file that is there stays.
        _ => finish(&reply),
    }
}

/// What is to be written, and where; standard output where no path is given.
fn outputs(report: &args::Report) -> Result<Vec<(ReportForm, Option<PathBuf>)>, String> {
    let format = report.bibliography.as_deref().and_then(bibliography::find);
    let Some(path) = &report.output else {
        let form = format.map_or(ReportForm::Markdown, ReportForm::Bibliography);
        return Ok(vec![(form, None)]);
    };
    let extension = path.extension().and_then(|extension| extension.to_str());
    let form = match (extension, format) {
        (Some("md" | "markdown"), _) => ReportForm::Markdown,
        (Some("html" | "htm"), _) => ReportForm::Page,
        (_, Some(format)) => {
            return Ok(vec![(ReportForm::Bibliography(format), Some(path.clone()))]);
        }
        (_, None) => {
            let name = path.display();
            return Err(format!(
                "`{name}` says no format: let it end in .md or .html"
            ));
        }
    };
    let beside = format.map(|format| {
        let path = path.with_extension(format.extension);
        (ReportForm::Bibliography(format), Some(path))
    });
    Ok([Some((form, Some(path.clone()))), beside]
        .into_iter()
        .flatten()
        .collect())
}
