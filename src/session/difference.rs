//! What became different between two casebooks, and in the answers to saved questions.

use super::script::test::line_of;
use super::{Outcome, Reply, Session};
use crate::query::Failure;
use crate::query::limits::Stop;
use crate::query::question::script::split;
use crate::render::{self, Format, Named, SavedChange, SavedChanges};
use crate::review::{answers, difference::Difference};
use crate::text::safe::shorten;

impl Session {
    /// What became different since an `old` casebook. `scripts` are saved questions, as name and text, that are asked of
    /// both; `None` asks none. The outcome is [`Outcome::Empty`] where nothing became different.
    #[must_use]
    pub fn difference(&self, old: &Self, scripts: Option<&[(String, String)]>) -> Reply {
        let difference = Difference::between(&old.engine, &self.engine);
        let saved = match scripts.map(|scripts| self.saved_changes(old, scripts)) {
            Some(None) => {
                let failure = Failure::Stop(Stop::Interrupted);
                return self.refuse("", &failure);
            }
            saved => saved.flatten(),
        };
        let (was, is) = (old.origin.to_string(), self.origin.to_string());
        let sides = (
            Named {
                name: &was,
                engine: &old.engine,
            },
            Named {
                name: &is,
                engine: &self.engine,
            },
        );
        let saved = saved.as_ref();
        let mut reply = Reply::answer(match self.settings.format {
            Format::Json | Format::Jsonl => render::difference_json(sides, &difference, saved),
            _ => render::difference(sides, &difference, saved, &self.settings.answers),
        });
        if difference.is_empty() && saved.is_none_or(|saved| saved.changed.is_empty()) {
            reply.outcome = Outcome::Empty;
        }
        reply
    }

    /// `None` when interrupted.
    fn saved_changes(&self, old: &Self, scripts: &[(String, String)]) -> Option<SavedChanges> {
        let mut saved = SavedChanges::default();
        for (script, text) in scripts {
            for entry in split(text) {
                let question = &text[entry.question.clone()];
                let (before, after) = (old.answer(question), self.answer(question));
                if [&before, &after].contains(&&Err(Failure::Stop(Stop::Interrupted))) {
                    return None;
                }
                saved.asked += 1;
                saved.refused += usize::from(before.is_err() && after.is_err());
                let change = answers::compare((&old.engine, &before), (&self.engine, &after));
                if !change.is_empty() {
                    saved.changed.push(SavedChange {
                        script: script.clone(),
                        line: line_of(text, entry.question.start),
                        question: shorten(question, 100),
                        change,
                    });
                }
            }
        }
        Some(saved)
    }
}
