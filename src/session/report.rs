//! The fact-checker's dossier on a name or a question.

use super::resolve::{self, Thing, resolve};
use super::{Outcome, Reply, Session};
use crate::bibliography::Bibliography;
use crate::query::Failure;
use crate::query::answer::Answer;
use crate::render;
use crate::review::dossier::{Dossier, Subject};

/// In which form a report is wanted.
#[derive(Debug, Clone, Copy)]
pub enum ReportForm {
    /// Markdown.
    Markdown,
    /// One page of HTML.
    Page,
    /// The sources alone.
    Bibliography(&'static Bibliography),
}

/// What a report is about.
#[derive(Debug, Clone)]
pub enum Topic {
    /// Something that has a name.
    Thing(Thing),
    /// An answer.
    Answer(Box<Answer>),
}

impl Session {
    /// What a text means as the topic of a report: a name, else a question.
    ///
    /// # Errors
    /// The reply that says why it is neither.
    pub fn topic(&self, text: &str) -> Result<Topic, Reply> {
        let graph = &self.engine.graph;
        let refused = match resolve(graph, text) {
            Ok(thing) => return Ok(Topic::Thing(thing)),
            Err(problem) => problem,
        };
        match self.answer(text) {
            Ok(answer) => Ok(Topic::Answer(Box::new(answer))),
            // One word is meant as a name, and so is what several things are called.
            Err(_) if resolve::is_shared(graph, text) || !text.trim().contains(' ') => {
                Err(Reply::refusal(&refused))
            }
            Err(failure) => Err(self.refuse(text, &failure)),
        }
    }

    /// The report on a topic in a form.
    #[must_use]
    pub fn report(&self, topic: &Topic, form: ReportForm) -> Reply {
        let graph = &self.engine.graph;
        let subject = match topic {
            Topic::Answer(answer) => Subject::Answer(answer),
            Topic::Thing(Thing::Entity(entity)) => Subject::Entity(*entity),
            Topic::Thing(Thing::Source(source)) => Subject::Source(*source),
            Topic::Thing(Thing::Claim(claim)) => Subject::Claim(*claim),
            Topic::Thing(Thing::Publication(number)) => {
                let agent = graph.agents().find(&graph.publication(*number).id);
                Subject::Publication(*number, agent)
            }
        };
        let standing = subject.standing(&self.engine);
        let limits = &self.settings.limits;
        let found = self
            .engine
            .contradictions(standing, limits, &self.interrupt);
        let found = match found {
            Ok(found) => found,
            Err(stop) => return self.refuse("", &Failure::Stop(stop)),
        };
        let dossier = Dossier::about(&self.engine, subject, found);
        let mut reply = Reply::answer(match form {
            ReportForm::Markdown => render::dossier_markdown(&dossier),
            ReportForm::Page => render::dossier_page(&dossier),
            ReportForm::Bibliography(format) => (format.write)(graph, &dossier.sources()),
        });
        if dossier.claims().is_empty() {
            reply.outcome = Outcome::Empty;
        }
        reply
    }
}
