//! Heads: expressions, paths, timelines, what sources say.

use super::Questions;
use super::nouns::Wanted;

/// What a head's rows are, as far as stages care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Columns {
    Asked,
    Path,
    Timeline,
    Say,
    Contradictions,
}

impl Questions<'_> {
    pub fn head(&mut self) -> (String, Columns) {
        if !self.taste.heads {
            return (self.expression(), Columns::Asked);
        }
        match self.rng.u8(..17) {
            16 => (self.contradictions(), Columns::Contradictions),
            0 => (self.path(), Columns::Path),
            1 => (self.timeline(), Columns::Timeline),
            2 => (self.say(), Columns::Say),
            3 => (self.how_many(), Columns::Asked),
            _ => (self.expression(), Columns::Asked),
        }
    }

    fn how_many(&mut self) -> String {
        let Some(claim) = self.a_claim() else {
            return "who met whom".to_owned();
        };
        let kind = self
            .entity(&claim.subject)
            .map_or_else(String::new, |e| e.kind.value.clone());
        let kinds = &self.book.kinds;
        let plural = kinds
            .iter()
            .find(|k| k.id.value == kind)
            .map(|k| k.plural.value.clone());
        self.asks += 1;
        let negated = self.taste.negation && self.one_in(6);
        let phrase = self.verb_phrase(claim, &claim.subject, Wanted::Given, negated, 1);
        format!(
            "how many {} {}",
            plural.unwrap_or(kind),
            phrase.unwrap_or_default()
        )
    }

    fn timeline(&mut self) -> String {
        let id = self
            .a_claim()
            .map(|claim| match (&claim.place, self.rng.u8(..4)) {
                (Some(place), 0) => place.value.clone(),
                (_, 1) => claim.object.value.clone(),
                _ => claim.subject.value.clone(),
            });
        let Some((entity, claim)) =
            id.and_then(|id| Some((self.entity(&id)?, self.a_claim_about(&id)?)))
        else {
            return "who met whom".to_owned();
        };
        let name = self.name(entity);
        let asked = self.word(&["", "", " according to whom", " according to which source"]);
        let qualifiers = self.qualifiers(claim, Wanted::Given);
        format!("timeline of {name}{qualifiers}{asked}")
    }

    fn contradictions(&mut self) -> String {
        let mut text = "contradictions".to_owned();
        let Some(claim) = self.a_claim() else {
            return text;
        };
        if self.rng.bool()
            && let Some(entity) = self.entity(&claim.subject)
        {
            text.push_str(&format!(" of {}", self.name(entity)));
        }
        let taste = std::mem::replace(&mut self.taste.statuses, false);
        if self.one_in(3) {
            text.push_str(&self.qualifiers(claim, Wanted::Given));
        }
        self.taste.statuses = taste;
        text
    }

    fn say(&mut self) -> String {
        let Some(claim) = self.a_claim() else {
            return "who met whom".to_owned();
        };
        let which = self.word(&["which sources", "which sources", "how many sources"]);
        let that = self.word(&[" that", ""]);
        let wanted = if which == "which sources" && self.one_in(3) {
            Wanted::Any
        } else {
            Wanted::Given
        };
        let subject = self.noun(&claim.subject, wanted, false);
        let phrase = self
            .verb_phrase(claim, &claim.subject, wanted, false, 1)
            .unwrap_or_default();
        format!("{which} say{that} {subject} {phrase}")
    }

    fn path(&mut self) -> String {
        let (Some(one), Some(other)) = (self.a_claim(), self.a_claim()) else {
            return "who met whom".to_owned();
        };
        let mut open = false;
        let ends: Vec<String> = [&one.subject, &other.object]
            .into_iter()
            .map(|id| match self.entity(id) {
                Some(entity) if !self.one_in(12) => self.name(entity),
                _ => {
                    open = true;
                    self.word(&["who", "people", "someone", "which places"])
                        .to_owned()
                }
            })
            .collect();
        let bound = if open {
            self.rng.u8(1..=3)
        } else {
            self.rng.u8(1..=4)
        };
        let mut qualifiers = Vec::new();
        let all = self.one_in(3);
        let bounded = all || open || self.one_in(3);
        if self.one_in(5)
            && let Some(relation) = self.rng.choice(&self.book.relations)
            && let Some(second) = self.rng.choice(&self.book.relations)
        {
            qualifiers.push(format!(
                "via {} or {}",
                relation.forms[0].value, second.forms[0].value
            ));
        }
        if bounded && self.one_in(4) {
            let noun = match self.rng.choice(&self.book.entities) {
                Some(entity) if self.rng.bool() => self.name(entity),
                _ => self.word(&["people", "companies", "something"]).to_owned(),
            };
            qualifiers.push(format!("through {noun}"));
        }
        if self.one_in(4) {
            let noun = match self.rng.choice(&self.book.entities) {
                Some(entity) if self.rng.u8(..3) > 0 => self.name(entity),
                _ => self.word(&["places", "companies"]).to_owned(),
            };
            qualifiers.push(format!("avoiding {noun}"));
        }
        if bounded {
            qualifiers.push(format!("within {bound} steps"));
        }
        let tail = self.qualifiers(one, Wanted::Given);
        let from_to = match self.one_in(3) && !all {
            true => format!("how is {} connected to {}", ends[0], ends[1]),
            false => format!(
                "{}path from {} to {}",
                if all { "all " } else { "" },
                ends[0],
                ends[1]
            ),
        };
        format!("{from_to} {}{tail}", qualifiers.join(" "))
    }
}
