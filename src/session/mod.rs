//! Layer 5: what every front end talks to: a casebook ready to be asked, the settings, and one reply for each line.
//!
//! Nothing here reads a terminal or writes to one. The prompt, a pipe, a script and a one-shot question share it.

mod cache;
pub mod command;
mod compile;
pub mod complete;
mod difference;
mod examples;
pub mod findings;
pub mod highlight;
pub mod hint;
pub mod import;
pub mod limits;
pub mod lines;
pub mod open;
mod opened;
mod reading;
mod records;
mod report;
pub mod resolve;
pub mod script;
mod settings;
mod texts;
mod without;

use crate::columns::{Damaged, guarded, throw};
use crate::graph::SourceIndex;
use crate::load::files::remove;
use crate::query::answer::Answer;
use crate::query::vocabulary::Vocabulary;
use crate::query::{Engine, Failure, Request, limits::Stop};
use crate::render::{self, Format};
use crate::text::{Diagnostic, Sources, safe::safe};
pub use open::Origin;
use opened::Compiled;
pub use report::{ReportForm, Topic};
pub use settings::Settings;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
pub use texts::Citing;

/// A casebook ready to be asked, and how.
#[derive(Debug)]
pub struct Session {
    /// The casebook.
    pub engine: Engine,
    /// Its texts.
    pub sources: Sources,
    /// What was found wrong with it.
    pub diagnostics: Vec<Diagnostic>,
    /// How many records are left out because of that.
    pub left_out: usize,
    /// How questions are asked and answers shown.
    pub settings: Settings,
    /// Where it came from.
    pub origin: Origin,
    /// Set from outside to stop a running question.
    pub interrupt: Arc<AtomicBool>,
    /// The compiled casebook that was opened, if it was one.
    compiled: Option<Compiled>,
    /// What is to be said of the opening itself.
    remark: String,
    last: Option<Answer>,
    numbered: Vec<SourceIndex>,
}

/// What comes of a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reply {
    /// What was asked for: for standard output.
    pub answer: String,
    /// Everything else: for standard error.
    pub notices: String,
    /// What comes next.
    pub flow: Flow,
    /// How it went.
    pub outcome: Outcome,
}

/// What comes after a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Flow {
    /// The next line.
    #[default]
    Continue,
    /// The end.
    Quit,
}

/// How a line went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Outcome {
    /// There is an answer, or it is done.
    #[default]
    Answered,
    /// The answer has no row, or is no.
    Empty,
    /// Something is wrong with what was looked at.
    Findings,
    /// The line cannot be read.
    Unreadable,
    /// A file cannot be read or written.
    Files,
    /// A limit was reached.
    Limit,
    /// It was interrupted.
    Interrupted,
}

impl Reply {
    /// What was asked for.
    #[must_use]
    pub fn answer(text: impl Into<String>) -> Self {
        Self {
            answer: ended(text.into()),
            ..Self::default()
        }
    }

    /// A remark: nothing was asked for.
    #[must_use]
    pub fn notice(text: impl Into<String>) -> Self {
        Self {
            notices: ended(text.into()),
            ..Self::default()
        }
    }

    /// A refusal of a line that cannot be read.
    #[must_use]
    pub fn refusal(text: &str) -> Self {
        Self::failure(Outcome::Unreadable, text)
    }

    /// What went wrong, in one line. Hidden characters in it are shown.
    #[must_use]
    pub fn failure(outcome: Outcome, text: &str) -> Self {
        Self {
            notices: format!("error: {}\n", safe(text)),
            outcome,
            ..Self::default()
        }
    }
}

/// The text with a line end, unless there is no text.
fn ended(mut text: String) -> String {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

impl Session {
    /// Replies to a line of the prompt or of a pipe: a question (perhaps over several lines), a `:command`, or
    /// `| stage`, which goes on with the last question.
    pub fn reply(&mut self, line: &str) -> Reply {
        let line = line.trim();
        let started = Instant::now();
        let mut reply = self.recovering(|session| session.reply_to(line));
        if self.settings.timing && !lines::is_blank(line) {
            let taken = started.elapsed().as_secs_f64() * 1000.0;
            reply.notices.push_str(&format!("time: {taken:.1} ms\n"));
        }
        reply
    }

    fn reply_to(&mut self, line: &str) -> Reply {
        if let Some(command) = line.strip_prefix(':') {
            command::run(self, command)
        } else if lines::is_blank(line) {
            Reply::default()
        } else if line.starts_with('|')
            && let Some(last) = &self.last
        {
            let question = format!("{}\n{line}", last.question);
            self.ask(&question)
        } else {
            self.ask(line)
        }
    }

    /// Answers a question, and remembers the answer for `:why`, `[1]` and `| stage`.
    pub fn ask(&mut self, text: &str) -> Reply {
        self.recovering(|session| session.ask_once(text))
    }

    fn ask_once(&mut self, text: &str) -> Reply {
        let question = lines::without_end(text);
        match self.answer(question) {
            Ok(answer) => {
                let reply = self.present(&answer);
                self.numbered = render::numbered_sources(&self.engine, &answer);
                self.last = Some(answer);
                reply
            }
            Err(Failure::Damaged(damaged)) => throw(damaged),
            Err(failure) => self.refuse(question, &failure),
        }
    }

    /// Does some work. Where a casebook that was kept by itself turns out to be damaged, it is read from its sources again
    /// and the work done once more; where it was compiled by somebody, that is the reply.
    fn recovering(&mut self, work: impl Fn(&mut Self) -> Reply) -> Reply {
        let damaged = match guarded(|| work(self)) {
            Ok(reply) => return reply,
            Err(damaged) => damaged,
        };
        if self.drop_cache() {
            return guarded(|| work(self)).unwrap_or_else(|damaged| self.damaged(damaged));
        }
        self.damaged(damaged)
    }

    /// Removes the compiled casebook that was kept by itself, if that is what is open, and reads the sources.
    pub fn drop_cache(&mut self) -> bool {
        let Some(path) = self
            .compiled
            .as_ref()
            .and_then(|compiled| compiled.cache.clone())
        else {
            return false;
        };
        remove(&path);
        self.read_sources()
    }

    /// Reads the sources, where a compiled casebook that was kept by itself is open; places in them are known then.
    pub fn read_sources(&mut self) -> bool {
        let kept = self
            .compiled
            .as_ref()
            .is_some_and(|compiled| compiled.cache.is_some());
        let cache = self.settings.cache.take();
        let read = kept && self.reload().is_ok();
        self.settings.cache = cache;
        read
    }

    /// The answer as a value; nothing is remembered.
    ///
    /// # Errors
    /// [`Failure`] when there is none.
    pub fn answer(&self, text: &str) -> Result<Answer, Failure> {
        // A short question would be over before anybody looks.
        if self.interrupt.load(Ordering::Relaxed) {
            return Err(Failure::Stop(Stop::Interrupted));
        }
        self.engine
            .ask_with(&self.request(text), self.settings.passes)
    }

    fn request<'a>(&'a self, text: &'a str) -> Request<'a> {
        Request {
            text,
            parameters: &self.settings.parameters,
            numbered: &self.numbered,
            limits: &self.settings.limits,
            interrupt: &self.interrupt,
        }
    }

    /// An answer in the format that is set. What that format has no place for goes beside it.
    #[must_use]
    pub fn present(&self, answer: &Answer) -> Reply {
        let settings = &self.settings;
        let notices = match settings.format {
            Format::Tsv | Format::Csv | Format::Jsonl | Format::Md => {
                render::notes(answer, &settings.notices)
            }
            Format::Table | Format::Json => String::new(),
        };
        Reply {
            answer: ended(render::answer(
                &self.engine,
                answer,
                settings.format,
                &settings.answers,
            )),
            notices: ended(notices),
            flow: Flow::Continue,
            outcome: if answer.rows.is_empty() {
                Outcome::Empty
            } else {
                Outcome::Answered
            },
        }
    }

    /// Why a question has no answer.
    #[must_use]
    pub fn refuse(&self, question: &str, failure: &Failure) -> Reply {
        let (outcome, notices) = match failure {
            Failure::Question(diagnostics) => {
                let asked = Sources::of("", question);
                let report =
                    render::report::diagnostics(diagnostics, &asked, &self.settings.notices);
                (Outcome::Unreadable, report)
            }
            Failure::Stop(stop @ Stop::Limit(..)) => (Outcome::Limit, format!("error: {stop}")),
            Failure::Stop(Stop::Interrupted) => {
                (Outcome::Interrupted, Stop::Interrupted.to_string())
            }
            Failure::Damaged(damaged) => return self.damaged(*damaged),
        };
        Reply {
            notices: ended(notices),
            outcome,
            ..Reply::default()
        }
    }

    /// What is said where the compiled casebook turns out to be damaged.
    #[must_use]
    pub fn damaged(&self, damaged: Damaged) -> Reply {
        let text = format!(
            "{}: {damaged}; compile it again from its sources",
            self.origin
        );
        Reply::failure(Outcome::Files, &text)
    }

    /// The answer that `:why` and `[1]` speak of.
    #[must_use]
    pub fn last(&self) -> Option<&Answer> {
        self.last.as_ref()
    }

    /// The sources as the last answer numbered them.
    #[must_use]
    pub fn numbered(&self) -> &[SourceIndex] {
        &self.numbered
    }

    /// The casebook's title, or the name of its file.
    #[must_use]
    pub fn title(&self) -> String {
        let header = self.engine.graph.records().headers.first();
        header.map_or_else(
            || self.origin.to_string(),
            |header| header.title.value.clone(),
        )
    }

    /// The words that questions about this casebook may use.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.engine.vocabulary
    }

    /// How many entities, claims and sources there are.
    #[must_use]
    pub fn summary(&self) -> String {
        let graph = &self.engine.graph;
        let counted = |count: usize, one: &str, many: &str| {
            format!("{count} {}", if count == 1 { one } else { many })
        };
        format!(
            "{}: {}, {}, {}",
            safe(&self.title()),
            counted(graph.entities().count(), "entity", "entities"),
            counted(graph.claim_count() as usize, "claim", "claims"),
            counted(graph.source_count() as usize, "source", "sources"),
        )
    }

    /// What the prompt says before anything was asked.
    #[must_use]
    pub fn greeting(&self) -> String {
        format!(
            "{}\nAsk, as in `who met whom`. `:help` says how, `:examples` what, `:quit` leaves.\n",
            self.summary()
        )
    }
}
