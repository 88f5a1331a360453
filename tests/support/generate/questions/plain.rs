//! One verb between two plain nouns, to be said in several ways.

use super::{Questions, nouns::Wanted};
use casebook::model::Relation;

/// A subject, a verb and an object, with qualifiers.
pub struct Plain<'a> {
    pub subject: String,
    pub object: String,
    pub relation: &'a Relation,
    pub form: String,
    /// With a space before it, or empty.
    pub qualifiers: String,
}

impl Plain<'_> {
    /// `S briefed O`
    pub fn active(&self) -> String {
        format!(
            "{} {} {}{}",
            self.subject, self.form, self.object, self.qualifiers
        )
    }

    /// `O was briefed by S`
    pub fn passive(&self) -> String {
        format!(
            "{} was {} by {}{}",
            self.object, self.form, self.subject, self.qualifiers
        )
    }

    /// `O met S`
    pub fn turned(&self) -> String {
        format!(
            "{} {} {}{}",
            self.object, self.form, self.subject, self.qualifiers
        )
    }
}

impl<'a> Questions<'a> {
    /// A claim as a question; without asking words, `?x` and `?y` in their place.
    pub fn plain_clause(&mut self) -> Option<Plain<'a>> {
        let claim = self.a_claim()?;
        let relation = self.relation_of(claim)?;
        let mut end = |id: &str, variable: &str| {
            if self.rng.bool() {
                variable.to_owned()
            } else {
                self.noun(id, Wanted::Given, false)
            }
        };
        let (subject, object) = (end(&claim.subject, "?x"), end(&claim.object, "?y"));
        // `met with` and `with 2 sources` would run into each other before an object that is left out; here none is.
        let qualifiers = self.qualifiers(claim, Wanted::Given);
        let form = self.rng.choice(&relation.forms)?.value.clone();
        Some(Plain {
            subject,
            object,
            relation,
            form,
            qualifiers,
        })
    }
}
