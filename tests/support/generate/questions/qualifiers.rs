//! Qualifiers of verbs, around the claim that the verb is about.

use super::{Questions, nouns::Wanted};
use crate::support::generate::casebooks::date;
use casebook::model::Claim;

impl Questions<'_> {
    /// Qualifiers that the claim meets, mostly; each with a space before it.
    pub fn qualifiers(&mut self, claim: &Claim, wanted: Wanted) -> String {
        let mut text = String::new();
        while self.taste.qualifiers && self.one_in(4) {
            let qualifier = self.qualifier(claim, wanted);
            // Nobody asks for one claim's date twice.
            if !text.contains(&qualifier) {
                text.push(' ');
                text.push_str(&qualifier);
            }
        }
        if self.taste.qualifiers && self.taste.statuses && self.one_in(10) {
            let status = self.word(&[
                "planned",
                "expected",
                "cancelled",
                "alleged",
                "denied",
                "disputed",
                "negated",
                "anything",
                "anything",
                "anything",
            ]);
            text.push_str(&format!(" as {status}"));
        }
        if self.taste.qualifiers && self.one_in(14) {
            text.push(' ');
            text.push_str(&self.with());
        }
        text
    }

    fn with(&mut self) -> String {
        let bound = self.word(&["", "", "at least ", "at most ", "only "]);
        let number = self.word(&["1", "2", "2", "3"]);
        let what = self.word(&[
            "sources",
            "independent sources",
            "independent origins",
            "origins",
        ]);
        format!("with {bound}{number} {what}")
    }

    fn qualifier(&mut self, claim: &Claim, wanted: Wanted) -> String {
        let free = wanted == Wanted::Any && self.asks < 3;
        match self.rng.u8(..12) {
            0 | 1 => self.time(claim),
            2 | 3 if free => {
                self.asks += 1;
                self.word(&["when", "where"]).to_owned()
            }
            4 | 5 => self.place(claim, free),
            6 | 7 => {
                let by = self.speaker(claim, free);
                format!("according to {by}")
            }
            8 => "undated".to_owned(),
            _ => self.time(claim),
        }
    }

    fn time(&mut self, claim: &Claim) -> String {
        let certainty = self.word(&["", "", "", "certainly ", "possibly "]);
        let own = claim.when.as_ref().map(|when| when.edtf.clone());
        let simple = |text: &String| {
            text.len() >= 4
                && text
                    .chars()
                    .all(|c| c.is_ascii_digit() || c == '-' || c == '~')
        };
        let date = match own.filter(simple) {
            Some(own) if self.rng.bool() => own,
            _ => loop {
                let text = date(self.rng).to_owned();
                if simple(&text) || self.one_in(20) {
                    break text;
                }
            },
        };
        if self.one_in(6) {
            let (one, other) = (
                self.word(&["2023", "2024-06", "2025-10"]),
                self.word(&["2025-10-24", "2025-11", "2026"]),
            );
            return format!("{certainty}between {one} and {other}");
        }
        let word = self.word(&["since", "after", "before", "until", "in", "on", "during"]);
        format!("{certainty}{word} {date}")
    }

    fn place(&mut self, claim: &Claim, free: bool) -> String {
        let place = claim.place.as_ref().or(claim.event.as_ref());
        let own = place.and_then(|id| self.entity(&id.value));
        let Some(place) = own.or_else(|| self.rng.choice(&self.book.entities)) else {
            return "in places".to_owned();
        };
        // One place further out, now and then.
        let outer = place.within.first().and_then(|id| self.entity(&id.value));
        let place = if self.rng.bool() {
            outer.unwrap_or(place)
        } else {
            place
        };
        let wanted = if free && self.one_in(3) {
            Wanted::Any
        } else {
            Wanted::Given
        };
        let place = self.noun(&place.id.value.clone(), wanted, true);
        format!("{} {place}", self.word(&["in", "at"]))
    }

    fn speaker(&mut self, claim: &Claim, free: bool) -> String {
        match self.rng.u8(..8) {
            0 if free => {
                self.asks += 1;
                "whom".to_owned()
            }
            1 if free => {
                self.asks += 1;
                "which source".to_owned()
            }
            2 => self.word(&["someone", "people", "companies"]).to_owned(),
            3 if free => {
                self.asks += 1;
                self.word(&["?z", "which people"]).to_owned()
            }
            4 | 5 => {
                let evidence = self.rng.choice(&claim.evidence);
                let id = evidence.map(|e| e.according_to.last().unwrap_or(&e.source));
                id.map_or_else(|| self.agent(), |id| format!("@{}", id.value))
            }
            _ => self.agent(),
        }
    }
}
