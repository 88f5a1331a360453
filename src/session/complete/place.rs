//! Where in a question the cursor is, as the grammar sees it.

use super::Session;
use crate::graph::{ClaimIndex, EntityIndex, Graph};
use crate::query::question::complete::{Context, Spot};
use crate::query::question::grammar::{Slot, Want};
use crate::query::question::keyword::Keyword;
use crate::query::question::lexeme;
use crate::query::question::token::Token;
use crate::query::vocabulary::{Referent, Vocabulary};
use crate::text::FileId;
use std::collections::BTreeSet;

/// A place after some tokens.
pub(super) struct Place {
    pub(super) tokens: Vec<Token>,
    wants: Vec<Want>,
    context: Option<Context>,
}

/// What a noun admits.
pub(super) enum Nouns {
    /// Anything.
    Any,
    /// Entities of actor kinds.
    Actors,
    /// Entities of a kind.
    Kind(u32),
    /// These entities.
    These(BTreeSet<EntityIndex>),
}

impl Nouns {
    pub(super) fn admit(&self, graph: &Graph, entity: EntityIndex) -> bool {
        match self {
            Self::Any => true,
            Self::Actors => graph.is_actor(entity),
            Self::Kind(kind) => graph.kind_of(entity) == *kind,
            Self::These(entities) => entities.contains(&entity),
        }
    }
}

fn tokens(session: &Session, text: &str) -> Vec<Token> {
    let parameters = &session.settings.parameters;
    lexeme::lex(text, FileId::default(), session.vocabulary(), parameters).tokens
}

/// The variables of a text, each once.
pub(super) fn variables(session: &Session, text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for token in tokens(session, text) {
        if token.readings.variable && !names.contains(&token.key) {
            names.push(token.key);
        }
    }
    names
}

impl Place {
    pub(super) fn new(session: &Session, head: &str, spot: &Spot) -> Self {
        Self {
            tokens: tokens(session, head),
            wants: spot.place.wants.clone(),
            context: spot.place.context.clone(),
        }
    }

    pub(super) fn wants(&self, want: Want) -> bool {
        self.wants.contains(&want)
    }

    pub(super) fn slot(&self) -> Slot {
        self.context
            .as_ref()
            .map_or(Slot::Subject, |context| context.slot)
    }

    /// The auxiliary that the verb at the end would belong to: right before it (`who did not …`), or before the noun
    /// right before it (`did Witkoff …`).
    pub(super) fn auxiliary(&self) -> Option<Keyword> {
        let keywords: Vec<Option<Keyword>> = self
            .tokens
            .iter()
            .map(|token| token.readings.keyword)
            .collect();
        let passed = |keyword: &&Option<Keyword>| {
            matches!(
                keyword,
                Some(Keyword::Not | Keyword::Never | Keyword::Indirectly)
            )
        };
        let mut before = keywords.iter().rev().skip_while(passed);
        let is_auxiliary =
            |keyword: &Keyword| matches!(keyword, Keyword::Be | Keyword::Do | Keyword::Have);
        match before.next()? {
            Some(keyword) => Some(*keyword).filter(is_auxiliary),
            None => before.next().copied().flatten().filter(is_auxiliary),
        }
    }

    /// The noun that stands before the token at `end`, auxiliaries and the like passed over.
    pub(super) fn noun_before(&self, vocabulary: &Vocabulary, graph: &Graph, end: usize) -> Nouns {
        let before = self.tokens.get(..end).unwrap_or(&[]);
        let noun = before.iter().rposition(|token| {
            !matches!(
                token.readings.keyword,
                Some(
                    Keyword::Be
                        | Keyword::Do
                        | Keyword::Have
                        | Keyword::Not
                        | Keyword::Never
                        | Keyword::Indirectly
                        | Keyword::That
                )
            )
        });
        let Some(token) = noun.and_then(|at| before.get(at)) else {
            return Nouns::Any;
        };
        match token.readings.keyword {
            Some(Keyword::Who | Keyword::Whom | Keyword::Someone) => return Nouns::Actors,
            Some(_) => return Nouns::Any,
            None => {}
        }
        let names = entities(vocabulary, graph, token);
        if !names.is_empty() {
            return Nouns::These(names);
        }
        match vocabulary.kind(&token.key) {
            Some(kind) if token.readings.kind => Nouns::Kind(kind),
            _ => Nouns::Any,
        }
    }

    /// The claims of the verbs that the place belongs to, each with the end that is asked for; none where it belongs to
    /// no verb.
    pub(super) fn claims(
        &self,
        vocabulary: &Vocabulary,
        graph: &Graph,
    ) -> Vec<(ClaimIndex, EntityIndex)> {
        let Some(context) = &self.context else {
            return Vec::new();
        };
        let of_context = |token: &Token| {
            let relations = vocabulary.verbs(&token.key).iter();
            token.readings.verb && relations.clone().any(|at| context.relations.contains(at))
        };
        let verb = self.tokens.iter().rposition(of_context);
        let subjects = verb.map_or(Nouns::Any, |at| self.noun_before(vocabulary, graph, at));
        let mut found = Vec::new();
        for &relation in &context.relations {
            let record = graph.relation(relation);
            let reversed = context.reverses(record.be);
            for &claim in graph.claims_of_relation(relation) {
                let (mut near, mut far) = (graph.subject(claim), graph.object(claim));
                if reversed {
                    std::mem::swap(&mut near, &mut far);
                }
                if subjects.admit(graph, near) {
                    found.push((claim, far));
                }
                if record.symmetric && near != far && subjects.admit(graph, far) {
                    found.push((claim, near));
                }
            }
        }
        found
    }
}

/// The entities that a token names.
pub(super) fn entities(
    vocabulary: &Vocabulary,
    graph: &Graph,
    token: &Token,
) -> BTreeSet<EntityIndex> {
    if !token.readings.name {
        return BTreeSet::new();
    }
    let by_id = vocabulary.by_id(&token.written);
    vocabulary
        .names(&token.key)
        .iter()
        .chain(&by_id)
        .filter_map(|referent| match referent {
            Referent::Entity(entity) => Some(graph.canonical(*entity)),
            _ => None,
        })
        .collect()
}
