//! Clauses: a subject and verb phrases, in the active, the passive and the fronted form, with qualifiers.

use super::Questions;
use super::nouns::Wanted;
use casebook::model::{Be, Claim, Relation};

impl Questions<'_> {
    /// An expression.
    pub fn expression(&mut self) -> String {
        if self.one_in(6) {
            return self.with_variables();
        }
        let mut units = vec![self.unit(2)];
        if self.one_in(6) {
            let joined = if self.taste.disjunction && !self.one_in(4) {
                "or"
            } else {
                "and"
            };
            for _ in 0..self.rng.usize(1..=2) {
                units.push(self.next_unit(joined, 1));
            }
            return units.join(&format!(" {joined} "));
        }
        units.remove(0)
    }

    /// Clauses that share a variable, around claims of one entity.
    fn with_variables(&mut self) -> String {
        self.asks = 2;
        let mut units = self.shared_clauses(Wanted::Any);
        for unit in units.iter_mut().skip(1) {
            if self.rng.bool() {
                *unit = format!("({unit})");
            }
        }
        let joined = if self.taste.disjunction && self.one_in(4) {
            " or "
        } else {
            " and "
        };
        units.join(joined)
    }

    /// Two or three clauses about `?x`, around claims of one entity.
    pub fn shared_clauses(&mut self, wanted: Wanted) -> Vec<String> {
        let mut units = Vec::new();
        let Some(first) = self.a_claim() else {
            return units;
        };
        let shared = if self.rng.bool() {
            &first.subject.value
        } else {
            &first.object.value
        };
        for number in 0..self.rng.usize(2..=3) {
            let claim = if number == 0 {
                Some(first)
            } else {
                self.a_claim_about(shared)
            };
            let negated = number > 0 && self.taste.negation && self.one_in(4);
            let wanted = if negated { Wanted::Given } else { wanted };
            let phrase =
                claim.and_then(|claim| self.verb_phrase(claim, shared, wanted, negated, 1));
            units.push(format!("?x {}", phrase.unwrap_or_default()));
        }
        units
    }

    fn next_unit(&mut self, joined: &str, depth: u32) -> String {
        if joined == "or" {
            // Each branch asks for itself.
            self.asks = self.asks.min(1);
        } else if !self.one_in(4) {
            // What shares nothing with the rest would only multiply its rows.
            self.asks = self.asks.max(2);
        }
        let unit = self.unit(depth);
        // What begins with a name could be read as one more object of the verb before.
        if unit.starts_with('(') || self.one_in(3) && unit.starts_with("who ") {
            unit
        } else {
            format!("({unit})")
        }
    }

    fn unit(&mut self, depth: u32) -> String {
        if depth > 0 && self.taste.negation && self.one_in(16) {
            return self.compound_not();
        }
        if depth > 0 && self.one_in(16) {
            let joined = if self.taste.disjunction && self.rng.bool() {
                "or"
            } else {
                "and"
            };
            let (one, other) = (self.unit(0), self.next_unit(joined, 0));
            return format!("({one} {joined} {other})");
        }
        let Some(claim) = self.a_claim() else {
            return "who met whom".to_owned();
        };
        match self.rng.u8(..6) {
            0 => self.fronted(claim),
            1 if self.taste.negation => self.with_negation(claim),
            _ => self.plain(claim),
        }
        .unwrap_or_else(|| "who met whom".to_owned())
    }

    fn compound_not(&mut self) -> String {
        let mut parts = Vec::new();
        for _ in 0..self.rng.usize(1..=2) {
            if let Some(claim) = self.a_claim() {
                let subject = if self.rng.bool() {
                    self.noun(&claim.subject, Wanted::Given, false)
                } else {
                    "?x".to_owned()
                };
                let phrase = self.verb_phrase(claim, &claim.subject, Wanted::Given, false, 0);
                parts.push(format!("{subject} {}", phrase.unwrap_or_default()));
            }
        }
        let joined = self.word(&[") and (", ") or ("]);
        let inner = match parts.len() {
            1 => parts.remove(0),
            _ => format!("({})", parts.join(joined)),
        };
        if self.one_in(4) {
            return format!("not ({inner})");
        }
        match self.a_claim() {
            Some(claim) => {
                let phrase = self.verb_phrase(claim, &claim.subject, Wanted::Given, false, 0);
                format!("(?x {} and not ({inner}))", phrase.unwrap_or_default())
            }
            None => format!("not ({inner})"),
        }
    }

    /// From one end of a claim: a subject, one to three verb phrases.
    fn plain(&mut self, claim: &Claim) -> Option<String> {
        let symmetric = self.relation_of(claim)?.symmetric;
        if self.one_in(40) {
            return self.each_other(claim);
        }
        let id = if symmetric && self.rng.bool() || self.one_in(3) {
            &claim.object.value
        } else {
            &claim.subject.value
        };
        let subject = self.noun_phrase(id, Wanted::Any, false, 2);
        let mut text = format!(
            "{subject} {}",
            self.verb_phrase(claim, id, Wanted::Any, false, 2)?
        );
        if self.one_in(5)
            && let Some(claim) = self.a_claim_about(id)
        {
            let negated = self.taste.negation && self.one_in(4);
            let wanted = if negated { Wanted::Given } else { Wanted::Any };
            let phrase = self.verb_phrase(claim, id, wanted, negated, 1)?;
            text.push_str(&format!(" and {phrase}"));
        }
        Some(text)
    }

    fn each_other(&mut self, claim: &Claim) -> Option<String> {
        let relation = self.relation_of(claim)?;
        let subject = match self.rng.u8(..3) {
            0 => "who".to_owned(),
            1 => self.noun(&claim.subject, Wanted::Asked, false),
            _ => "people".to_owned(),
        };
        self.asks += 1;
        let qualifiers = self.qualifiers(claim, Wanted::Given);
        Some(format!(
            "{subject} {} each other{qualifiers}",
            self.form(relation)
        ))
    }

    fn with_negation(&mut self, claim: &Claim) -> Option<String> {
        let id = if self.one_in(3) {
            &claim.object.value
        } else {
            &claim.subject.value
        };
        let wanted = if self.rng.bool() {
            Wanted::Asked
        } else {
            Wanted::Any
        };
        let subject = self.noun_phrase(id, wanted, false, 1);
        let phrase = self.verb_phrase(claim, id, Wanted::Given, true, 1)?;
        let first = if self.rng.bool() {
            String::new()
        } else {
            let other = self.a_claim_about(id)?;
            self.verb_phrase(other, id, Wanted::Given, false, 0)? + " and "
        };
        Some(format!("{subject} {first}{phrase}"))
    }

    fn fronted(&mut self, claim: &Claim) -> Option<String> {
        let relation = self.relation_of(claim)?;
        let negated = self.taste.negation && self.one_in(5);
        let not = if negated {
            self.word(&[" not", " never", ""])
        } else {
            ""
        };
        let keeps = relation.be == Be::Keeps;
        let flips = !keeps && !relation.symmetric && self.one_in(3);
        let (subject, object) = if flips {
            (&claim.object.value, &claim.subject.value)
        } else {
            (&claim.subject.value, &claim.object.value)
        };
        let aux = match (keeps, flips) {
            (true, _) => self.word(&["is", "was"]),
            (_, true) => "was",
            _ => self.word(&["did", "does", "has"]),
        };
        let by = if flips { " by" } else { "" };
        let form = if self.one_in(12) && self.is_sparse(relation) {
            format!("indirectly {}", self.form(relation))
        } else {
            self.form(relation)
        };
        let tail = self.qualifiers(claim, Wanted::Given);
        let named = Wanted::Given;
        let text = match self.rng.u8(..8) {
            0 | 1 => {
                let asked = self.noun(object, Wanted::Asked, true);
                let subject = self.noun(subject, if negated { named } else { Wanted::Any }, false);
                format!("{asked} {aux} {subject}{not} {form}{by}{tail}")
            }
            2 | 3 => {
                self.asks += 1;
                let word = self.word(&["when", "where"]);
                let subject = self.noun(subject, Wanted::Any, false);
                let object = self.noun(object, Wanted::Any, true);
                format!("{word} {aux} {subject} {form}{by} {object}{tail}")
            }
            _ => {
                let subject = self.noun_phrase(subject, named, false, 1);
                let object = self.objects(claim, object, named, 1);
                format!("{aux} {subject}{not} {form}{by} {object}{tail}")
            }
        };
        Some(text)
    }

    /// Whether chains over a relation are few.
    fn is_sparse(&self, relation: &Relation) -> bool {
        let claims = self
            .book
            .claims
            .iter()
            .filter(|claim| claim.relation == relation.id)
            .count();
        claims <= if relation.symmetric { 6 } else { 14 }
    }

    fn form(&mut self, relation: &Relation) -> String {
        let forms = &relation.forms;
        match self.rng.choice(forms) {
            Some(form) if self.rng.u8(..6) > 0 => form.value.clone(),
            _ => relation.id.value.replace('-', self.word(&[" ", "-", "_"])),
        }
    }

    /// A verb phrase that holds of this end of the claim.
    pub fn verb_phrase(
        &mut self,
        claim: &Claim,
        id: &str,
        wanted: Wanted,
        negated: bool,
        depth: u32,
    ) -> Option<String> {
        let relation = self.relation_of(claim)?;
        let as_object = claim.object.value == id && !relation.symmetric;
        let other = if claim.subject.value == id {
            &claim.object.value
        } else {
            &claim.subject.value
        };
        let mut words: Vec<String> = Vec::new();
        let mut by = "";
        let keeps = relation.be == Be::Keeps || relation.symmetric;
        let mut passive = as_object || self.one_in(30);
        if passive && keeps && !self.one_in(4) {
            passive = false;
        }
        let not = if negated {
            self.word(&["not", "never"])
        } else {
            ""
        };
        if passive {
            words.push(self.word(&["was", "were", "has been", "is"]).to_owned());
            words.push(not.to_owned());
            // Without `by` only what turns round by itself is asked the right way round.
            by = if keeps || self.rng.u8(..3) > 0 {
                "by"
            } else {
                ""
            };
        } else if negated {
            let aux = if keeps && !relation.symmetric {
                "is"
            } else {
                self.word(&["did", "has", "does"])
            };
            words.push(format!("{aux} {not}"));
        } else if keeps && self.rng.bool() {
            words.push(self.word(&["is", "was"]).to_owned());
        } else if self.one_in(6) {
            words.push(self.word(&["has", "did"]).to_owned());
        }
        let indirectly = self.one_in(12) && self.is_sparse(relation);
        if indirectly {
            words.push("indirectly".to_owned());
        }
        words.push(self.form(relation));
        if !indirectly
            && self.one_in(14)
            && let Some(second) = self.rng.choice(&self.book.relations)
        {
            words.push(format!("or {}", self.form(second)));
        }
        let mut before = String::new();
        if self.one_in(8) {
            before = self.qualifiers(claim, wanted);
        }
        words.push(before.trim().to_owned());
        if !self.one_in(14) || !by.is_empty() {
            words.push(by.to_owned());
            words.push(if indirectly {
                self.noun_phrase(other, wanted, true, depth)
            } else {
                self.objects(claim, other, wanted, depth)
            });
        }
        words.push(self.qualifiers(claim, wanted).trim().to_owned());
        words.retain(|word| !word.is_empty());
        Some(words.join(" "))
    }

    fn objects(&mut self, claim: &Claim, id: &str, wanted: Wanted, depth: u32) -> String {
        let first = self.noun_phrase(id, wanted, true, depth);
        let mut text = first;
        // `that A and B` would be read as one more relative clause's object; keep lists to plain nouns.
        let plain = ![" that ", " who "].iter().any(|word| text.contains(word));
        if plain && self.one_in(9) {
            let joined = self.word(&["and", "or", "or"]);
            for _ in 0..self.rng.usize(1..=2) {
                let other = self.another_object(claim);
                text = format!("{text} {joined} {}", self.noun(&other, Wanted::Given, true));
            }
            if self.one_in(3) {
                let word = if joined == "and" { "both" } else { "either" };
                text = format!("{word} {text}");
            }
        }
        if plain && self.taste.negation && wanted != Wanted::Given && self.one_in(9) {
            let other = self.another_object(claim);
            text = format!("{text} but not {}", self.noun(&other, Wanted::Given, true));
            if self.one_in(4) {
                let other = self.another_object(claim);
                text = format!("{text} or {}", self.noun(&other, Wanted::Given, true));
            }
        }
        text
    }

    /// An object of the same relation.
    fn another_object(&mut self, claim: &Claim) -> String {
        let same: Vec<&Claim> = self
            .book
            .claims
            .iter()
            .filter(|other| other.relation == claim.relation)
            .collect();
        self.rng.choice(same).unwrap_or(claim).object.value.clone()
    }
}
