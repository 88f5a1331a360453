//! How a question is understood: its canonical spelling, and what each of its names, verbs and dates stands for.

use super::{Reply, Session};
use crate::model::Date;
use crate::model::date::calendar;
use crate::query::Failure;
use crate::query::question::complete::{TokenClass, classify};
use crate::query::question::{parse, print::print};
use crate::query::vocabulary::Referent;
use crate::render::markup::Line;
use crate::text::safe::safe;
use crate::text::{FileId, fold};

impl Session {
    /// How a question is understood.
    #[must_use]
    pub fn reading(&self, question: &str) -> Reply {
        let parameters = &self.settings.parameters;
        let limits = &self.settings.limits;
        match parse(question, FileId(0), self.vocabulary(), parameters, limits) {
            Ok(tree) => {
                let spelled = print(&tree, self.vocabulary());
                let mut text = format!("{}\n", safe(&spelled));
                text.push_str(&table(&self.meanings(&spelled)));
                Reply::answer(text)
            }
            Err(problems) => self.refuse(question, &Failure::Question(problems)),
        }
    }

    /// Every name, verb, kind and date of a question with what it stands for, each once.
    fn meanings(&self, question: &str) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        for (range, class) in classify(question, self.vocabulary(), &[]) {
            let written = question.get(range).unwrap_or("");
            let meaning = match class {
                TokenClass::Name => self.name(written),
                TokenClass::Verb => self.verb(written),
                TokenClass::Kind => self.kind(written),
                TokenClass::Date => date(written),
                TokenClass::Keyword if matches!(fold::key(written).as_str(), "who" | "whom") => {
                    Some(self.actors())
                }
                _ => None,
            };
            if let Some(meaning) = meaning
                && !found.iter().any(|(known, _)| known == written)
            {
                found.push((written.to_owned(), meaning));
            }
        }
        found
    }

    fn name(&self, written: &str) -> Option<String> {
        let vocabulary = self.vocabulary();
        let referents = match written.strip_prefix('@') {
            Some(id) => vocabulary.by_id(id),
            None => vocabulary.names(&fold::key(written)),
        };
        let graph = &self.engine.graph;
        let casebook = graph.records();
        let named = |referent: &Referent| match *referent {
            Referent::Entity(entity) => {
                let entity = graph.entity(graph.canonical(entity));
                Some((&entity.name, entity.kind.as_str(), &entity.id))
            }
            Referent::Publication(at) => {
                let publication = casebook.publications.get(at as usize)?;
                Some((&publication.name, "publication", &publication.id))
            }
            Referent::Source(at) => {
                let source = casebook.sources.get(at as usize)?;
                Some((&source.title, "source", &source.id))
            }
        };
        let mut texts: Vec<String> = referents
            .iter()
            .filter_map(named)
            .map(|(name, kind, id)| format!("{} · {kind} · @{}", name.value, id.value))
            .collect();
        texts.dedup();
        (!texts.is_empty()).then(|| texts.join(" or "))
    }

    fn verb(&self, written: &str) -> Option<String> {
        let graph = &self.engine.graph;
        let relations = self.vocabulary().verbs(&fold::key(written)).iter();
        let texts: Vec<String> = relations
            .map(|&at| {
                let relation = graph.relation(at);
                let either = if relation.symmetric {
                    ", either way round"
                } else {
                    ""
                };
                format!("the relation {}{either}", relation.id.value)
            })
            .collect();
        (!texts.is_empty()).then(|| texts.join(" or "))
    }

    fn kind(&self, written: &str) -> Option<String> {
        let kind = self.vocabulary().kind(&fold::key(written))?;
        let kind = self.engine.graph.records().kinds.get(kind as usize)?;
        Some(format!("the kind {}", kind.id.value))
    }

    fn actors(&self) -> String {
        let kinds = &self.engine.graph.records().kinds;
        let actors = kinds.iter().filter(|kind| kind.actor);
        let names: Vec<&str> = actors.map(|kind| kind.id.as_str()).collect();
        format!("any {}", names.join(", "))
    }
}

fn date(written: &str) -> Option<String> {
    let date = Date::parse(written.trim_matches('"')).ok()?;
    let window = date.widest();
    Some(format!(
        "{} to {}",
        calendar(window.from),
        calendar(window.to)
    ))
}

fn table(meanings: &[(String, String)]) -> String {
    let columns = |text: &str| Line::plain(text).width();
    let width = meanings.iter().map(|(written, _)| columns(written)).max();
    meanings
        .iter()
        .map(|(written, meaning)| {
            let space = " ".repeat(width.unwrap_or(0) - columns(written));
            format!("  {}{space}  {}\n", safe(written), safe(meaning))
        })
        .collect()
}
