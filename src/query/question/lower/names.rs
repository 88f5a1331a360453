//! What names, verbs and kinds stand for in the place where they are written.

use super::{Lowerer, Lowering, problem};
use crate::graph::{AgentIndex, EntityIndex, RelationIndex};
use crate::query::question::ast::{Name, NameForm, Verb};
use crate::query::vocabulary::Referent;
use crate::text::{Diagnostic, Span, fold, safe::shorten};

impl Lowerer<'_> {
    /// The entity of a name.
    pub(super) fn entity(&self, name: &Name) -> Lowering<EntityIndex> {
        let graph = self.scope.graph;
        let referents = self.referents(name)?;
        let mut entities: Vec<EntityIndex> = referents
            .iter()
            .filter_map(|referent| {
                if let Referent::Entity(entity) = referent {
                    Some(graph.canonical(*entity))
                } else {
                    None
                }
            })
            .collect();
        entities.sort_unstable();
        entities.dedup();
        match entities[..] {
            [entity] => Ok(entity),
            [] => problem(
                Diagnostic::error(
                    "not-an-entity",
                    format!(
                        "`{}` names a source, not an entity of the casebook",
                        shown(name)
                    ),
                    name.span,
                )
                .help(format!(
                    "write `according to {0}` or `ignoring {0}`",
                    shown(name)
                )),
            ),
            _ => problem(
                self.ambiguous(
                    name,
                    entities
                        .iter()
                        .map(|&entity| graph.entity(entity).id.value.clone()),
                ),
            ),
        }
    }

    /// Sources, publications and speakers of a name.
    pub(super) fn agents(&self, name: &Name) -> Lowering<Vec<AgentIndex>> {
        let agents = self.scope.graph.agents();
        let mut found: Vec<AgentIndex> = self
            .referents(name)?
            .into_iter()
            .filter_map(|referent| agents.find(self.id_of(referent)))
            .map(|agent| agents.canonical(agent))
            .collect();
        found.sort_unstable();
        found.dedup();
        let entities = found
            .iter()
            .filter(|&&agent| matches!(agents.referent(agent), crate::graph::Referent::Entity(_)))
            .count();
        let sources = found
            .iter()
            .filter(|&&agent| matches!(agents.referent(agent), crate::graph::Referent::Source(_)))
            .count();
        if entities > 1 || sources > 1 {
            return problem(
                self.ambiguous(name, found.iter().map(|&agent| agents.id(agent).to_owned())),
            );
        }
        Ok(found)
    }

    /// What `ignoring` takes away: sources, publications, speakers.
    pub(super) fn ignored(&self, name: &Name) -> Lowering<Vec<AgentIndex>> {
        self.agents(name)
    }

    fn id_of(&self, referent: Referent) -> &str {
        let graph = self.scope.graph;
        match referent {
            Referent::Entity(entity) => graph.entity_id(entity),
            Referent::Publication(publication) => &graph.publication(publication).id,
            Referent::Source(source) => graph.agents().id(graph.agents().of_source(source)),
        }
    }

    fn referents(&self, name: &Name) -> Lowering<Vec<Referent>> {
        let found = match &name.form {
            NameForm::Words(text) => self.scope.vocabulary.names(&fold::key(text)),
            NameForm::Id(id) => self.scope.vocabulary.by_id(id),
            NameForm::Number(number) => {
                let source = (*number as usize)
                    .checked_sub(1)
                    .and_then(|at| self.scope.numbered.get(at));
                return match source {
                    Some(&source) => Ok(vec![Referent::Source(source)]),
                    None => problem(
                        Diagnostic::error("unknown-source-number", format!("`[{number}]` is not a source of the last answer"), name.span)
                            .help("numbers count the sources under the answer before; `:sources` lists all, and `@id` names one"),
                    ),
                };
            }
        };
        if found.is_empty() {
            return problem(
                Diagnostic::error("unknown-name", format!("`{}` is not a name of this casebook", shown(name)), name.span)
                    .help("`:schema` and `:sources` list what there is; `@id` names an entity or source by its id"),
            );
        }
        Ok(found)
    }

    fn ambiguous(&self, name: &Name, ids: impl Iterator<Item = String>) -> Diagnostic {
        let ids: Vec<String> = ids.map(|id| format!("`@{id}`")).collect();
        Diagnostic::error(
            "ambiguous-name",
            format!("`{}` names {} things", shown(name), ids.len()),
            name.span,
        )
        .help(format!("write {}", ids.join(" or ")))
    }

    /// The relation of a verb.
    pub(super) fn relation(&self, verb: &Verb) -> Lowering<RelationIndex> {
        match self.scope.vocabulary.verbs(&fold::key(&verb.form)) {
            &[relation] => Ok(relation),
            [] => problem(
                Diagnostic::error(
                    "unknown-verb",
                    format!(
                        "`{}` is not a relation of this casebook",
                        shorten(&verb.form, 40)
                    ),
                    verb.span,
                )
                .help("`:schema` lists the relations with their verbs"),
            ),
            several => {
                // A relation's own id, with spaces, is always its own.
                let own = several.iter().find(|&&relation| {
                    fold::key(&self.scope.graph.relation(relation).id) == fold::key(&verb.form)
                });
                if let Some(&relation) = own {
                    return Ok(relation);
                }
                let ids: Vec<String> = several
                    .iter()
                    .map(|&relation| {
                        format!(
                            "`{}`",
                            self.scope.graph.relation(relation).id.replace('-', " ")
                        )
                    })
                    .collect();
                problem(
                    Diagnostic::error(
                        "ambiguous-verb",
                        format!(
                            "`{}` is a form of {} relations",
                            shorten(&verb.form, 40),
                            ids.len()
                        ),
                        verb.span,
                    )
                    .help(format!("write {}", ids.join(" or "))),
                )
            }
        }
    }

    /// One flag a kind: the kind of a word.
    pub(super) fn kind(&self, word: &str, span: Span) -> Lowering<(String, Vec<bool>)> {
        let Some(kind) = self.scope.vocabulary.kind(&fold::key(word)) else {
            return problem(
                Diagnostic::error(
                    "unknown-kind",
                    format!("`{}` is not a kind of this casebook", shorten(word, 40)),
                    span,
                )
                .help("`:schema` lists the kinds"),
            );
        };
        let kinds = &self.scope.graph.records().kinds;
        let flags = (0..kinds.len()).map(|at| at == kind as usize).collect();
        Ok((kinds[kind as usize].id.value.replace('-', "_"), flags))
    }

    /// One flag a kind: the actors.
    pub(super) fn actors(&self) -> Vec<bool> {
        self.scope
            .graph
            .records()
            .kinds
            .iter()
            .map(|kind| kind.actor)
            .collect()
    }
}

/// A name as the asker wrote it, short.
pub(super) fn shown(name: &Name) -> String {
    match &name.form {
        NameForm::Words(text) => shorten(text, 40),
        NameForm::Id(id) => format!("@{}", shorten(id, 40)),
        NameForm::Number(number) => format!("[{number}]"),
    }
}
