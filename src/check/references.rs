//! What is named by id exists.

use super::{Context, is_malformed};
use crate::{
    model::Text,
    text::{Diagnostic, Findings, Span, safe::shorten, suggest::suggest},
};

pub(super) const NAMES: &[&str] = &[
    "unknown-entity",
    "unknown-kind",
    "unknown-origin",
    "unknown-publication",
    "unknown-relation",
    "unknown-source",
    "unknown-speaker",
];

/// For so many ids that do not exist near ones are looked for, each among all ids.
const MOST_SUGGESTIONS: usize = 200;

/// What may be named at a place.
#[derive(Clone, Copy, PartialEq)]
enum Wanted {
    Kind,
    Relation,
    Publication,
    Source,
    Entity,
    /// Who says so.
    Speaker,
    /// What a source derives from.
    Origin,
}

impl Wanted {
    fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Kind => ("unknown-kind", "kind"),
            Self::Relation => ("unknown-relation", "relation"),
            Self::Publication => ("unknown-publication", "publication"),
            Self::Source => ("unknown-source", "source"),
            Self::Entity => ("unknown-entity", "entity"),
            Self::Speaker => ("unknown-speaker", "entity, publication or source"),
            Self::Origin => ("unknown-origin", "source, publication or entity"),
        }
    }

    fn admits(self, kind: Self) -> bool {
        self == kind
            || matches!(self, Self::Speaker | Self::Origin)
                && matches!(kind, Self::Entity | Self::Publication | Self::Source)
    }
}

const KINDS: [Wanted; 5] = [
    Wanted::Kind,
    Wanted::Relation,
    Wanted::Publication,
    Wanted::Source,
    Wanted::Entity,
];

pub(super) fn run(context: &Context<'_>, found: &mut Findings) {
    let mut references = References { context, found };
    references.schema();
    references.sources();
    references.entities();
    references.claims();
}

struct References<'c, 'a> {
    context: &'c Context<'a>,
    found: &'c mut Findings,
}

impl References<'_, '_> {
    fn schema(&mut self) {
        for relation in &self.context.casebook.relations {
            for end in relation
                .from
                .iter()
                .chain(&relation.to)
                .filter(|end| !matches!(end.as_str(), "actor" | "any"))
            {
                self.needs(Wanted::Kind, end, relation.span);
            }
            for other in relation.opposite_of.iter().chain(&relation.exclusive_with) {
                self.needs(Wanted::Relation, other, relation.span);
            }
        }
    }

    fn sources(&mut self) {
        for source in &self.context.casebook.sources {
            if let Some(publication) = &source.publication {
                self.needs(Wanted::Publication, publication, source.span);
            }
            for derivation in &source.derived_from {
                self.needs(Wanted::Origin, &derivation.origin, source.span);
            }
        }
    }

    fn entities(&mut self) {
        for entity in &self.context.casebook.entities {
            self.needs(Wanted::Kind, &entity.kind, entity.span);
            for whole in &entity.within {
                self.needs(Wanted::Entity, whole, entity.span);
            }
        }
        for same_as in &self.context.casebook.same_as {
            self.needs(Wanted::Entity, &same_as.left, same_as.span);
            self.needs(Wanted::Entity, &same_as.right, same_as.span);
            if let Some(source) = &same_as.source {
                self.needs(Wanted::Source, source, same_as.span);
            }
        }
    }

    fn claims(&mut self) {
        for claim in &self.context.casebook.claims {
            self.needs(Wanted::Entity, &claim.subject, claim.span);
            self.needs(Wanted::Relation, &claim.relation, claim.span);
            for entity in [&claim.object]
                .into_iter()
                .chain(&claim.place)
                .chain(&claim.event)
            {
                self.needs(Wanted::Entity, entity, claim.span);
            }
            for evidence in &claim.evidence {
                self.needs(Wanted::Source, &evidence.source, claim.span);
                for speaker in &evidence.according_to {
                    self.needs(Wanted::Speaker, speaker, claim.span);
                }
            }
        }
    }

    fn exists(&self, kind: Wanted, id: &str) -> bool {
        let context = self.context;
        match kind {
            Wanted::Kind => context.kinds.contains_key(id),
            Wanted::Relation => context.relations.contains_key(id),
            Wanted::Publication => context.publications.contains_key(id),
            Wanted::Source => context.sources.contains_key(id),
            Wanted::Entity => context.entities.contains_key(id),
            Wanted::Speaker | Wanted::Origin => KINDS
                .iter()
                .any(|&one| kind.admits(one) && self.exists(one, id)),
        }
    }

    /// The ids of one kind of record, in the order of the files.
    fn ids(&self, kind: Wanted) -> Vec<&str> {
        let book = self.context.casebook;
        match kind {
            Wanted::Kind => book.kinds.iter().map(|record| record.id.as_str()).collect(),
            Wanted::Relation => book
                .relations
                .iter()
                .map(|record| record.id.as_str())
                .collect(),
            Wanted::Publication => book
                .publications
                .iter()
                .map(|record| record.id.as_str())
                .collect(),
            Wanted::Source => book
                .sources
                .iter()
                .map(|record| record.id.as_str())
                .collect(),
            Wanted::Entity => book
                .entities
                .iter()
                .map(|record| record.id.as_str())
                .collect(),
            Wanted::Speaker | Wanted::Origin => KINDS
                .iter()
                .filter(|&&one| kind.admits(one))
                .flat_map(|&one| self.ids(one))
                .collect(),
        }
    }

    fn needs(&mut self, wanted: Wanted, id: &Text, record: Span) {
        if self.exists(wanted, id) || is_malformed(id) {
            return;
        }
        let (name, words) = wanted.name();
        let problem = Diagnostic::error(
            name,
            format!("there is no {words} `{}`", shorten(id, 60)),
            id.span,
        )
        .record(record);
        let problem = match self.advice(wanted, id) {
            Some(advice) => problem.help(advice),
            None => problem.help(format!(
                "add {} with this id, or name one that exists",
                article(words)
            )),
        };
        self.found.push(problem);
    }

    fn advice(&self, wanted: Wanted, id: &str) -> Option<String> {
        if self.found.kept() < MOST_SUGGESTIONS {
            let near: Vec<String> = suggest(id, self.ids(wanted))
                .iter()
                .map(|near| format!("`{near}`"))
                .collect();
            if !near.is_empty() {
                return Some(format!("did you mean {}?", near.join(" or ")));
            }
        }
        let other = KINDS.iter().find(|&&kind| self.exists(kind, id))?.name().1;
        Some(format!(
            "`{}` is {}; {} is needed here",
            shorten(id, 60),
            article(other),
            article(wanted.name().1)
        ))
    }
}

fn article(words: &str) -> String {
    format!(
        "{} {words}",
        if words.starts_with('e') { "an" } else { "a" }
    )
}
