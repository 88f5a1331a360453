//! Questions as text, made around claims of a casebook so that most of them have an answer.

mod clauses;
mod heads;
mod nouns;
mod plain;
mod qualifiers;
mod stages;

use casebook::model::{Casebook, Claim, Relation};
use fastrand::Rng;
pub use nouns::Wanted;

/// What a generated question may hold.
#[derive(Debug, Clone, Copy)]
pub struct Taste {
    /// `not`, `never`, `but not`.
    pub negation: bool,
    /// Anything but plain expressions: paths, timelines, what sources say.
    pub heads: bool,
    /// `ignoring` and what stands right of the bar.
    pub stages: bool,
    /// Qualifiers of verbs.
    pub qualifiers: bool,
    /// `as …` among them.
    pub statuses: bool,
    /// `or` between clauses.
    pub disjunction: bool,
}

impl Taste {
    /// Everything.
    pub const ALL: Self = Self {
        negation: true,
        heads: true,
        stages: true,
        qualifiers: true,
        statuses: true,
        disjunction: true,
    };
    /// Expressions without negation or stages, all qualifiers.
    pub const POSITIVE: Self = Self {
        negation: false,
        heads: false,
        stages: false,
        ..Self::ALL
    };
}

/// Makes questions about a casebook.
pub struct Questions<'a> {
    pub book: &'a Casebook,
    pub rng: &'a mut Rng,
    pub taste: Taste,
    /// Asking words that stand in the question so far: an expression keeps to few.
    asks: usize,
}

impl<'a> Questions<'a> {
    pub fn new(book: &'a Casebook, rng: &'a mut Rng, taste: Taste) -> Self {
        Self {
            book,
            rng,
            taste,
            asks: 0,
        }
    }

    /// A whole question.
    pub fn question(&mut self) -> String {
        self.asks = 0;
        let (mut text, columns) = self.head();
        if self.taste.stages {
            text.push_str(&self.ignoring(6));
            if self.one_in(10) {
                text.push('?');
            }
            text.push_str(&self.stages(columns));
        }
        text
    }

    /// An expression alone.
    pub fn expression_alone(&mut self) -> String {
        self.asks = 0;
        self.expression()
    }

    pub(super) fn one_in(&mut self, times: u32) -> bool {
        self.rng.u32(..times) == 0
    }

    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        self.rng.choice(from).copied()
    }

    pub(super) fn word(&mut self, from: &[&'static str]) -> &'static str {
        self.pick(from).unwrap_or("")
    }

    pub(super) fn a_claim(&mut self) -> Option<&'a Claim> {
        self.rng.choice(&self.book.claims)
    }

    /// A claim about an entity, if there is one.
    pub(super) fn a_claim_about(&mut self, entity: &str) -> Option<&'a Claim> {
        let about = |claim: &&Claim| claim.subject.value == entity || claim.object.value == entity;
        let all: Vec<&Claim> = self.book.claims.iter().filter(about).collect();
        self.rng.choice(all)
    }

    pub(super) fn relation_of(&self, claim: &Claim) -> Option<&'a Relation> {
        self.book
            .relations
            .iter()
            .find(|relation| relation.id.value == claim.relation.value)
    }
}
