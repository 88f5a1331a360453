//! Importing event data: opens the files, and writes what they were read into.

use super::{Outcome, Reply};
use crate::columns::Block;
use crate::import::{
    self, Around, Bytes, ImportError, Imported, Input, Map, Options, Preset, Progress, Report,
    writing,
};
use crate::load::{FileLimits, files};
use crate::query::Engine;
use crate::query::compiled::Origins;
use crate::text::safe::{safe, shorten};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// What to import, and where to.
#[derive(Debug, Clone)]
pub struct Request {
    /// Files of events; `-` is standard input.
    pub files: Vec<PathBuf>,
    /// What the columns are.
    pub preset: Option<&'static Preset>,
    /// What else they are: a file.
    pub map: Option<PathBuf>,
    /// So many bad rows are admitted.
    pub max_bad: u64,
    /// The title of the casebook.
    pub title: Option<String>,
    /// What to write.
    pub output: PathBuf,
}

impl Request {
    /// How many bytes there are to read, if that is known.
    #[must_use]
    pub fn bytes(&self) -> Option<u64> {
        let size = |path: &PathBuf| files::open(path).ok()?.size;
        self.files.iter().map(size).sum()
    }
}

/// What can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Output {
    Text,
    Compiled,
}

/// Imports events. Nothing is written unless all is well.
#[must_use]
pub fn import_events(
    request: &Request,
    interrupt: &AtomicBool,
    progress: &mut dyn FnMut(Progress),
) -> Reply {
    let output = match request
        .output
        .extension()
        .and_then(|extension| extension.to_str())
    {
        Some("ron") => Output::Text,
        Some("cbk") => Output::Compiled,
        _ => {
            let name = request.output.display();
            return Reply::refusal(&format!(
                "`{name}` says no format: let it end in .ron or .cbk"
            ));
        }
    };
    let imported = match read(request, interrupt, progress) {
        Ok(imported) => imported,
        Err(reply) => return *reply,
    };
    let said = told(&imported, request);
    let written = match output {
        Output::Text => write_text(&imported, &request.output),
        Output::Compiled => compile(imported, &request.output),
    };
    match written {
        Ok(remark) => Reply::notice(format!("{said}{remark}")),
        Err(error) => {
            let name = request.output.display();
            Reply::failure(
                Outcome::Files,
                &format!("`{name}` cannot be written: {error}"),
            )
        }
    }
}

/// Writes a compiled casebook.
fn compile(imported: Imported, output: &Path) -> io::Result<&'static str> {
    let engine = Engine::from_columns(imported.casebook, imported.claims);
    let origins = Origins::default();
    files::stream_atomically(output, &mut |out| {
        engine.compile(&origins, Block::default(), out)
    })?;
    Ok("")
}

fn write_text(imported: &Imported, output: &Path) -> io::Result<&'static str> {
    files::stream_atomically(output, &mut |out| writing::write(imported, out))?;
    let size = files::open(output).ok().and_then(|stream| stream.size);
    let large = size.is_some_and(|size| size > FileLimits::default().file_bytes);
    Ok(if large {
        "note: it is larger than what is read by default: raise --max-file-bytes and --max-total-bytes to ask it\n"
    } else {
        ""
    })
}

fn read(
    request: &Request,
    interrupt: &AtomicBool,
    progress: &mut dyn FnMut(Progress),
) -> Result<Imported, Box<Reply>> {
    let map = match &request.map {
        Some(path) => Some(map(path)?),
        None => None,
    };
    let mut inputs = Vec::new();
    for path in &request.files {
        inputs.push(input(path).map_err(|error| unreadable(path, &error))?);
    }
    let first = request
        .files
        .first()
        .filter(|path| !is_standard_input(path));
    let beside = first
        .or(request.map.as_ref())
        .and_then(|path| path.parent());
    let beside = beside.unwrap_or(Path::new("")).to_owned();
    let options = Options {
        preset: request.preset,
        map,
        title: request.title.clone(),
        max_bad: request.max_bad,
    };
    let mut around = Around {
        open: &mut |name| input(&inside(&beside, name)?),
        progress,
        stop: interrupt,
    };
    import::import(inputs, options, &mut around).map_err(|error| Box::new(refused(error)))
}

/// A look-up table in the directory of the events or below it: a map that somebody else wrote reads nothing else.
fn inside(directory: &Path, name: &str) -> io::Result<PathBuf> {
    let normal = |part| matches!(part, Component::Normal(_) | Component::CurDir);
    if Path::new(name).components().all(normal) {
        return Ok(directory.join(name));
    }
    let problem = "a look-up table stands beside the events, or in a directory there";
    Err(io::Error::new(io::ErrorKind::PermissionDenied, problem))
}

fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn input(path: &Path) -> io::Result<Input> {
    if is_standard_input(path) {
        return Ok(Input {
            name: "standard input".to_owned(),
            bytes: Bytes::Stream(Box::new(io::stdin())),
        });
    }
    let stream = files::open(path)?;
    Ok(Input {
        name: path.display().to_string(),
        bytes: match stream.size {
            Some(_) => Bytes::Seekable(Box::new(stream.file)),
            None => Bytes::Stream(Box::new(stream.file)),
        },
    })
}

fn map(path: &Path) -> Result<Map, Box<Reply>> {
    let text = files::small_text(path).map_err(|error| unreadable(path, &error))?;
    Map::read(&text).map_err(|problem| {
        let name = path.display();
        Box::new(Reply::refusal(&format!("`{name}` is no map: {problem}")))
    })
}

fn unreadable(path: &Path, error: &io::Error) -> Box<Reply> {
    let problem = format!("`{}` cannot be read: {error}", path.display());
    Box::new(Reply::failure(Outcome::Files, &problem))
}

fn refused(error: ImportError) -> Reply {
    match error {
        ImportError::TooManyBad(report, most) => {
            let problem = format!(
                "there are more than {most} bad rows; nothing is written. Mend them, or raise --max-bad"
            );
            let mut reply = Reply::failure(Outcome::Findings, &problem);
            reply.notices = format!("{}{}", listed(&report), reply.notices);
            reply
        }
        ImportError::Unusable(message, help) => {
            let mut reply = Reply::refusal(&message);
            reply
                .notices
                .push_str(&format!("  = help: {}\n", safe(help)));
            reply
        }
        ImportError::Io(name, error) => {
            Reply::failure(Outcome::Files, &format!("`{name}` cannot be read: {error}"))
        }
        ImportError::Stopped => Reply::failure(Outcome::Interrupted, "stopped; nothing is written"),
    }
}

/// The bad rows, a line each.
fn listed(report: &Report) -> String {
    let mut text: String = report.bad.iter().map(|bad| format!("{bad}\n")).collect();
    let more = report.bad_rows.saturating_sub(report.bad.len() as u64);
    if more > 0 {
        text.push_str(&format!("… and {more} more\n"));
    }
    text
}

/// What was imported, and what was not.
fn told(imported: &Imported, request: &Request) -> String {
    let (book, report) = (&imported.casebook, &imported.report);
    let mut text = listed(report);
    if report.bad_rows > 0 {
        let rows = counted(report.bad_rows, "bad row is", "bad rows are");
        text.push_str(&format!("warning: {rows} left out\n"));
    }
    for (why, count) in &report.left_out {
        let rows = counted(*count, "row is", "rows are");
        text.push_str(&format!("note: {rows} left out: {why}\n"));
    }
    text.push_str(&format!(
        "{} of {}, {}, {}: {}\n",
        counted(imported.claims.len() as u64, "claim", "claims"),
        counted(book.entities.len() as u64, "entity", "entities"),
        counted(book.relations.len() as u64, "relation", "relations"),
        counted(book.sources.len() as u64, "source", "sources"),
        shorten(&request.output.display().to_string(), 200),
    ));
    text
}

fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
