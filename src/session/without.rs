//! `check --without`: what a casebook, and the questions saved about it, lose when a source is wrong.

use super::resolve::agent;
use super::script;
use super::script::test::line_of;
use super::{Origin, Outcome, Reply, Session};
use crate::graph::AgentIndex;
use crate::load::files;
use crate::query::impact::{AskedAgain, Impact};
use crate::query::question::script::split;
use crate::query::{Failure, limits::Stop};
use crate::render::impact::{self, Saved};
use crate::text::safe::shorten;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The directory of saved questions that is looked for where none is named.
const QUESTIONS: &str = "queries";

impl Session {
    /// What falls when these sources, publications, speakers or origins (by name or id) are not there: facts, claims, and
    /// rows of the saved questions in `questions` (files and directories; none given: `queries` in the working directory,
    /// if it is there). The outcome is `Findings` when a fact falls or a saved answer changes.
    #[must_use]
    pub fn check_without(&self, names: &[String], questions: &[PathBuf]) -> Reply {
        let mut without = BTreeSet::new();
        for name in names {
            match agent(&self.engine.graph, name) {
                Ok(agent) => without.insert(agent),
                Err(problem) => return Reply::refusal(&problem),
            };
        }
        let found = Impact::of(&self.engine, &without);
        let saved = match self.saved(questions) {
            Ok(scripts) => match self.asked_again(scripts, &without) {
                Ok(saved) => saved,
                Err(reply) => return *reply,
            },
            Err(problem) => return Reply::failure(Outcome::Files, &problem),
        };
        let settings = &self.settings;
        let mut reply = Reply::answer(match settings.format.is_json() {
            true => impact::json(&self.engine, &found, &saved),
            false => impact::text(&self.engine, &found, &saved, &settings.answers),
        });
        if !found.fallen.is_empty() || saved.changed().next().is_some() {
            reply.outcome = Outcome::Findings;
        }
        reply
    }

    /// The scripts of saved questions with their texts.
    fn saved(&self, given: &[PathBuf]) -> Result<Vec<(PathBuf, String)>, String> {
        let usual = PathBuf::from(QUESTIONS);
        match given {
            [] if usual.is_dir() => script::read_all(&[usual], &self.settings.files),
            [] => Ok(Vec::new()),
            given => script::read_all(given, &self.settings.files),
        }
    }

    /// The questions of the scripts that are about this casebook.
    fn asked_again(
        &self,
        scripts: Vec<(PathBuf, String)>,
        without: &BTreeSet<AgentIndex>,
    ) -> Result<Saved, Box<Reply>> {
        let (chosen, other_scripts) = script::about(scripts, |book| self.is_at(book));
        let mut saved = Saved {
            scripts: chosen.len(),
            other_scripts,
            questions: Vec::new(),
        };
        for (path, text) in &chosen {
            for entry in split(text) {
                let question = &text[entry.question.clone()];
                let request = self.request(question);
                let comparison = self.engine.compare_without(&request, without);
                if comparison == Err(Failure::Stop(Stop::Interrupted)) {
                    let said = Stop::Interrupted.to_string();
                    return Err(Box::new(Reply::failure(Outcome::Interrupted, &said)));
                }
                let line = line_of(text, entry.question.start);
                saved.questions.push(AskedAgain {
                    place: format!("{}:{line}", path.display()),
                    question: shorten(question, 100),
                    comparison,
                });
            }
        }
        Ok(saved)
    }

    /// Whether this casebook was read from there.
    fn is_at(&self, book: &Path) -> bool {
        let Origin::Paths(paths) = &self.origin else {
            return false;
        };
        paths.iter().any(|path| files::same_path(path, book))
    }
}
