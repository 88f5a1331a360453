//! Nouns: asking words, names, variables, kinds, and relative clauses.

use super::Questions;
use casebook::model::Entity;

/// What a noun is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Anything that can stand there.
    Any,
    /// No asking word and no variable: inside `not`, in lists.
    Given,
    /// An asking word.
    Asked,
    /// No asking word, but variables.
    Variable,
}

impl<'a> Questions<'a> {
    pub fn entity(&self, id: &str) -> Option<&'a Entity> {
        self.book
            .entities
            .iter()
            .find(|entity| entity.id.value == id)
    }

    pub fn is_actor(&self, entity: &Entity) -> bool {
        self.book
            .kinds
            .iter()
            .any(|kind| kind.id.value == entity.kind.value && kind.actor)
    }

    fn plural(&mut self, entity: &Entity) -> String {
        let kind = self
            .book
            .kinds
            .iter()
            .find(|kind| kind.id.value == entity.kind.value);
        kind.map_or_else(String::new, |kind| {
            if self.rng.u8(..4) == 0 {
                kind.id.value.clone()
            } else {
                kind.plural.value.clone()
            }
        })
    }

    /// A name of an entity: mostly the one that answers show.
    pub fn name(&mut self, entity: &Entity) -> String {
        match self.rng.u8(..8) {
            0 => format!("@{}", entity.id.value),
            1 => format!("\"{}\"", entity.name.value),
            2 => entity.name.value.to_uppercase(),
            3 => match self.rng.choice(&entity.aliases) {
                Some(alias) => alias.value.clone(),
                None => entity.name.value.clone(),
            },
            _ => entity.name.value.clone(),
        }
    }

    fn asking(&mut self, entity: &Entity, whom: bool) -> String {
        self.asks += 1;
        match self.rng.u8(..6) {
            0 => "what".to_owned(),
            1 | 2 => format!("which {}", self.plural(entity)),
            _ if !self.is_actor(entity) => "what".to_owned(),
            3 => (if whom { "who" } else { "whom" }).to_owned(),
            _ => (if whom { "whom" } else { "who" }).to_owned(),
        }
    }

    /// A noun that this entity fits, mostly; `object` when it follows a verb.
    pub fn noun(&mut self, id: &str, wanted: Wanted, object: bool) -> String {
        let Some(entity) = self.entity(id) else {
            return "someone".to_owned();
        };
        let entity = match self.rng.choice(&self.book.entities) {
            // Now and then one about which the claim is not.
            Some(other) if self.rng.u8(..15) == 0 => other,
            _ => entity,
        };
        let asking = wanted == Wanted::Asked
            || wanted == Wanted::Any && self.asks < 3 && self.rng.u8(..5) < 2;
        if asking {
            return self.asking(entity, object);
        }
        let variables = wanted == Wanted::Variable || wanted == Wanted::Any && self.asks < 3;
        match self.rng.u8(..12) {
            0 | 1 if variables => {
                self.asks += 1;
                self.word(&["?x", "?y", "?x"]).to_owned()
            }
            2 if self.is_actor(entity) => "someone".to_owned(),
            2 | 3 => "something".to_owned(),
            4 | 5 => self.plural(entity),
            _ => self.name(entity),
        }
    }

    /// A noun with, now and then, a relative clause.
    pub fn noun_phrase(&mut self, id: &str, wanted: Wanted, object: bool, depth: u32) -> String {
        let mut noun = self.noun(id, wanted, object);
        if depth > 0
            && self.one_in(7)
            && let Some(relative) = self.relative(&noun, id, wanted, depth - 1)
        {
            noun.push(' ');
            noun.push_str(&relative);
        }
        noun
    }

    fn relative(&mut self, noun: &str, id: &str, wanted: Wanted, depth: u32) -> Option<String> {
        let claim = self.a_claim_about(id)?;
        // After a bare asking word `who` would be one more of them.
        let bare = ["who", "whom", "what"].contains(&noun);
        let that = if bare {
            "that"
        } else {
            self.word(&["that", "that", "who"])
        };
        let inner = if wanted == Wanted::Asked {
            Wanted::Any
        } else {
            Wanted::Given
        };
        let negated = self.taste.negation && self.one_in(6);
        let phrase = self.verb_phrase(claim, id, inner, negated, depth)?;
        let mut text = format!("{that} {phrase}");
        if self.one_in(6)
            && let Some(claim) = self.a_claim_about(id)
        {
            let phrase = self.verb_phrase(claim, id, Wanted::Given, false, 0)?;
            text.push_str(&format!(" and that {phrase}"));
        }
        Some(text)
    }

    /// A name by which `ignoring` and `according to` may call a source, a publication or a speaker.
    pub fn agent(&mut self) -> String {
        let source = self.rng.choice(&self.book.sources);
        let publication = self.rng.choice(&self.book.publications);
        match (self.rng.u8(..8), source, publication) {
            (0, Some(source), _) => format!("@{}", source.id.value),
            (1, Some(source), _) => format!("\"{}\"", source.title.value),
            (2, Some(source), _) => source.title.value.clone(),
            (3 | 4, _, Some(publication)) => publication.name.value.clone(),
            (5, _, _) => {
                let speakers: Vec<&str> = self
                    .book
                    .claims
                    .iter()
                    .flat_map(|claim| &claim.evidence)
                    .flat_map(|evidence| &evidence.according_to)
                    .map(|speaker| speaker.value.as_str())
                    .collect();
                match self.rng.choice(speakers).and_then(|id| self.entity(id)) {
                    Some(entity) => self.name(entity),
                    None => self.agent(),
                }
            }
            (6, Some(_), _) => format!("[{}]", self.rng.usize(1..=self.book.sources.len())),
            (_, Some(source), _) => source
                .aliases
                .first()
                .unwrap_or(&source.title)
                .value
                .clone(),
            _ => "someone".to_owned(),
        }
    }
}
