//! One thing, and the lists of things: what `show`, `timeline`, `sources` and `schema` give.

use super::resolve::{Thing, resolve};
use super::{Reply, Session};
use crate::export;
use crate::render;

impl Session {
    /// All that is known of an entity, a source, a publication or a claim.
    #[must_use]
    pub fn show(&self, name: &str) -> Reply {
        let engine = &self.engine;
        let screen = &self.settings.answers;
        match resolve(&engine.graph, name) {
            Err(problem) => Reply::refusal(&problem),
            Ok(thing) if self.settings.format.is_json() => Reply::answer(match thing {
                Thing::Entity(entity) => export::show_entity(engine, entity),
                Thing::Source(source) => export::show_source(engine, source),
                Thing::Publication(at) => export::show_publication(engine, at),
                Thing::Claim(claim) => export::show_claim(engine, claim),
            }),
            Ok(Thing::Entity(entity)) => Reply::answer(render::show_entity(engine, entity, screen)),
            Ok(Thing::Source(source)) => Reply::answer(render::show_source(engine, source, screen)),
            Ok(Thing::Publication(publication)) => {
                Reply::answer(render::show_publication(engine, publication, screen))
            }
            Ok(Thing::Claim(claim)) => Reply::answer(render::show_claim(engine, claim, screen)),
        }
    }

    /// The claims about an entity in the order of time.
    pub fn timeline(&mut self, name: &str) -> Reply {
        match resolve(&self.engine.graph, name) {
            Err(problem) => Reply::refusal(&problem),
            Ok(Thing::Entity(entity)) => {
                let id = &self.engine.graph.entity(entity).id;
                let question = format!("timeline of @{}", id.value);
                self.ask(&question)
            }
            Ok(_) => Reply::refusal("only an entity has a timeline"),
        }
    }

    /// A source by its number in the last answer, or by name.
    #[must_use]
    pub fn source(&self, text: &str) -> Reply {
        let number = text.trim().trim_matches(['[', ']']);
        let Ok(number) = number.parse::<usize>() else {
            return self.show(text);
        };
        match number.checked_sub(1).and_then(|at| self.numbered.get(at)) {
            Some(&source) => Reply::answer(render::show_source(
                &self.engine,
                source,
                &self.settings.answers,
            )),
            None if self.numbered.is_empty() => {
                Reply::refusal("there is no answer yet whose sources have numbers")
            }
            None => Reply::refusal(&format!(
                "the last answer numbers its sources from 1 to {}",
                self.numbered.len()
            )),
        }
    }

    /// Why a row of the last answer stands there.
    #[must_use]
    pub fn why(&self, row: &str) -> Reply {
        let Some(answer) = self.last() else {
            return Reply::refusal("there is no answer yet");
        };
        let rows = answer.rows.len();
        let row = match (row.trim(), rows) {
            (_, 0) => {
                return Reply::refusal(
                    "the last answer has no rows; its footer says what was held back",
                );
            }
            ("", 1) => Some(1),
            (row, _) => row.parse::<usize>().ok(),
        };
        let screen = &self.settings.answers;
        match row.and_then(|row| render::why(&self.engine, answer, row, screen)) {
            Some(text) => Reply::answer(text),
            None if rows == 1 => Reply::refusal("say `:why 1`: the last answer has one row"),
            None => Reply::refusal(&format!("say which row: `:why 1` to `:why {rows}`")),
        }
    }

    /// The sources of the casebook.
    #[must_use]
    pub fn list_sources(&self) -> Reply {
        Reply::answer(render::sources(&self.engine, &self.settings.answers))
    }

    /// Its kinds and relations: what can be asked.
    #[must_use]
    pub fn schema(&self) -> Reply {
        Reply::answer(render::schema(&self.engine, &self.settings.answers))
    }
}
