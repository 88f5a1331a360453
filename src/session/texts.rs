//! Stored texts: where they are looked for, every passage verified, one passage cited.

use super::resolve::{Thing, resolve};
use super::{Origin, Outcome, Reply, Session, Settings};
use crate::evidence::{self, Citation};
use crate::load::files::Shelf;
use crate::load::{LoadError, LoadErrorKind};
use crate::model::{Header, Source, Text};
use crate::render::{self, Format};
use crate::text::Diagnostic;
use crate::text::safe::{safe, shorten};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

/// What a casebook's texts are called where nothing says so.
const DIRECTORY: &str = "texts";

/// How `cite` is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Citing {
    /// Whole sentences.
    pub sentence: bool,
    /// The passage itself instead of its fingerprint.
    pub quote: bool,
}

/// The directory of texts: the one that was named; else the one that the casebook names; else `texts` in its directory.
/// What is wrong with the casebook's own is added to the diagnostics.
pub(super) fn shelf(
    origin: &Origin,
    settings: &Settings,
    headers: &[Header],
    home: &dyn Fn(&Text) -> PathBuf,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<Shelf>, LoadError> {
    if let Some(given) = &settings.texts {
        let shelf = Shelf::open(given, &settings.files).map_err(|message| LoadError {
            kind: LoadErrorKind::InputOutput,
            message: format!("--texts: {message}"),
            help: "name the directory that the files of sources are relative to".to_owned(),
        })?;
        return Ok(Some(shelf));
    }
    let Origin::Paths(paths) = origin else {
        return Ok(None);
    };
    let mut named = headers.iter().filter_map(|header| header.texts.as_ref());
    if let Some(name) = named.next() {
        return match Shelf::inside(&directory_of(&home(name)), name, &settings.files) {
            Ok(shelf) => Ok(Some(shelf)),
            Err(problem) => {
                diagnostics.push(*problem);
                Ok(None)
            }
        };
    }
    let homes = paths.iter().map(|path| {
        if path.is_dir() {
            path.clone()
        } else {
            directory_of(path)
        }
    });
    let mut found = homes.map(|home| home.join(DIRECTORY)).filter(|texts| {
        // A link may lead anywhere; nobody named it.
        texts.symlink_metadata().is_ok_and(|about| about.is_dir())
    });
    let found = found.next();
    Ok(found.and_then(|texts| Shelf::open(&texts, &settings.files).ok()))
}

fn directory_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// What is said where no texts are at hand.
const NO_TEXTS: &str = "no stored texts are at hand: name their directory with `--texts DIR`, or by `texts` in the casebook's header";

impl Session {
    /// Compares every passage with its stored text. `progress` is told how many of how many sources are done.
    pub fn verify(&self, progress: &mut dyn FnMut(usize, usize)) -> Reply {
        let engine = &self.engine;
        if !engine.passages.are_at_hand() {
            return Reply::refusal(NO_TEXTS);
        }
        let sources = engine.graph.source_count() as usize;
        for (done, source) in (0..).take(sources).enumerate() {
            if self.interrupt.load(Ordering::Relaxed) {
                return Reply::failure(
                    Outcome::Interrupted,
                    "interrupted: not all passages were compared",
                );
            }
            let _ = engine.passages.document(&engine.graph, source);
            progress(done + 1, sources);
        }
        let json = matches!(self.settings.format, Format::Json | Format::Jsonl);
        let mut reply = Reply::answer(if json {
            render::verified_json(engine)
        } else {
            render::verified(engine, &self.sources, &self.settings.answers)
        });
        if json {
            reply.notices = self.documents();
        }
        if render::Tally::of(engine).fails() {
            reply.outcome = Outcome::Findings;
        }
        reply
    }

    /// What is to be said of the stored texts themselves, a line each.
    fn documents(&self) -> String {
        let engine = &self.engine;
        let mut text = String::new();
        for (source, record) in (0..).zip(&engine.graph.records().sources) {
            let document = engine.passages.document(&engine.graph, source);
            for remark in document.map_or_else(Vec::new, |document| document.remarks()) {
                text.push_str(&safe(&format!("warning: @{}: {remark}", *record.id)));
                text.push('\n');
            }
        }
        text
    }

    /// Finds a passage of a source by the words that somebody remembers, and gives the evidence entry to paste; what it
    /// is and in what the words differ goes beside it.
    #[must_use]
    pub fn cite(&self, source: &str, words: &str, how: Citing) -> Reply {
        let record = match resolve(&self.engine.graph, source) {
            Ok(Thing::Source(source)) => self.engine.graph.source(source),
            Ok(_) => return Reply::refusal(&format!("`{}` is no source", shorten(source, 60))),
            Err(problem) => return Reply::refusal(&problem),
        };
        if !self.engine.passages.are_at_hand() {
            return Reply::refusal(NO_TEXTS);
        }
        let (article, document) = match self.engine.passages.article(record) {
            Ok(found) => found,
            Err(None) => {
                let id = &*record.id;
                return Reply::refusal(&format!(
                    "@{id} has no stored text: write `text: (file: \"…\", sha256: \"…\")` in its record"
                ));
            }
            Err(Some(problem)) => {
                let help = problem.help.join("; ");
                let text = format!("{}; {help}", problem.message);
                return Reply::failure(Outcome::Files, &text);
            }
        };
        let found = evidence::cite(&article, words, how.sentence);
        let mut reply = Reply::default();
        for remark in document.remarks() {
            reply.notices.push_str(&safe(&format!("warning: {remark}")));
            reply.notices.push('\n');
        }
        if found.is_empty() {
            let problem = format!("nothing like that stands in @{}", *record.id);
            reply.notices.push_str(&safe(&format!("error: {problem}")));
            reply.notices.push('\n');
            reply.outcome = Outcome::Findings;
            return reply;
        }
        if found.len() > 1 {
            let many = found.len();
            let text = format!(
                "{many} passages fit equally: paste the one you mean, or give more of its words\n"
            );
            reply.notices.push_str(&text);
        }
        for citation in &found {
            match entry(record, &article, citation, how) {
                Ok(line) => reply.answer.push_str(&line),
                Err(problem) => return Reply::refusal(&problem),
            }
            reply.notices.push_str(&described(&article, citation));
        }
        reply
    }
}

/// `(source: "…", at: (a, b), digest: "…"),`
fn entry(
    source: &Source,
    article: &evidence::Article,
    citation: &Citation,
    how: Citing,
) -> Result<String, String> {
    let range = &citation.passage;
    let length = range.end - range.start;
    let at = format!(
        "(source: {:?}, at: ({}, {})",
        *source.id, range.start, range.end
    );
    if !how.quote {
        return Ok(format!("{at}, digest: \"{}\"),\n", article.digest(range)));
    }
    match &source.max_quote {
        Some(most) if length > most.value => Err(format!(
            "the passage has {length} characters, and @{} may be quoted with {} at most (`max_quote`): leave out \
             `--quote`, or give fewer words",
            *source.id, most.value
        )),
        _ => Ok(format!(
            "{at}, quote: {}),\n",
            ron_text(&article.text(range))
        )),
    }
}

/// A text as RON writes it.
fn ron_text(text: &str) -> String {
    let mut written = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            // Whoever pastes it sees every character.
            c => written.push_str(&safe(c.encode_utf8(&mut [0; 4]))),
        }
    }
    written.push('"');
    written
}

/// What was found, and in what the words differ.
fn described(article: &evidence::Article, citation: &Citation) -> String {
    let text = article.text(&citation.passage);
    let text: Vec<&str> = text.split_whitespace().collect();
    let mut described = format!("stands there: {}\n", safe(&text.join(" ")));
    if let Some(difference) = &citation.difference {
        let line = format!("your words differ, [yours→stored]: {difference}");
        described.push_str(&safe(&line));
        described.push('\n');
    }
    described
}
