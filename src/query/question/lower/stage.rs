//! Stages: column names to positions, and what they are compared with.

use super::{Lowerer, Lowering, names::shown, problem};
use crate::model::Date;
use crate::query::lowered::{Condition, Key, MEASURES, Operand, Stage};
use crate::query::question::ast::{self, ColumnName, Comparison, LiteralKind, StageKind};
use crate::text::{Diagnostic, fold, safe::shorten, suggest::suggest};
use std::collections::BTreeSet;

impl Lowerer<'_> {
    /// The stages over columns of these names.
    pub(super) fn stages(
        &self,
        stages: &[ast::Stage],
        mut names: Vec<String>,
    ) -> Lowering<Vec<Stage>> {
        let mut lowered = Vec::new();
        for stage in stages {
            if names.is_empty()
                && !matches!(stage.kind, StageKind::DiffIgnoring(_) | StageKind::Count(_))
            {
                return problem(
                    Diagnostic::error(
                        "no-columns",
                        "a question of yes or no has no columns to work on",
                        stage.span,
                    )
                    .help("ask with `who`, `what` or `?x` to get columns"),
                );
            }
            lowered.push(match &stage.kind {
                StageKind::Count(by) => {
                    let by = columns(&names, by)?;
                    names = by
                        .iter()
                        .map(|&at| names[at].clone())
                        .chain(["count".to_owned()])
                        .collect();
                    Stage::Count(by)
                }
                StageKind::List(column, by) => {
                    let (at, by) = (position(&names, column)?, columns(&names, by)?);
                    names = by
                        .iter()
                        .map(|&at| names[at].clone())
                        .chain([names[at].clone()])
                        .collect();
                    Stage::List(at, by)
                }
                StageKind::Earliest(by) => Stage::Extreme {
                    when: when(&names, stage)?,
                    by: columns(&names, by)?,
                    latest: false,
                },
                StageKind::Latest(by) => Stage::Extreme {
                    when: when(&names, stage)?,
                    by: columns(&names, by)?,
                    latest: true,
                },
                StageKind::Where(conditions) => {
                    let all: Lowering<Vec<Condition>> = conditions
                        .iter()
                        .map(|condition| self.condition(&names, condition))
                        .collect();
                    Stage::Where(all?)
                }
                StageKind::Sort(keys) => {
                    let all: Lowering<Vec<_>> = keys
                        .iter()
                        .map(|sort| Ok((sort.descending, key(&names, &sort.column)?)))
                        .collect();
                    Stage::Sort(all?)
                }
                StageKind::Take(number) => Stage::Take(*number),
                StageKind::Skip(number) => Stage::Skip(*number),
                StageKind::Show(shown) => {
                    let all: Lowering<Vec<(String, Key)>> = shown
                        .iter()
                        .map(|column| Ok((column.name.clone(), key(&names, column)?)))
                        .collect();
                    let all = all?;
                    names = all.iter().map(|(name, _)| name.clone()).collect();
                    Stage::Show(all)
                }
                StageKind::DiffIgnoring(ignored) => {
                    let mut agents = BTreeSet::new();
                    for name in ignored {
                        agents.extend(self.ignored(name)?);
                    }
                    names.push("change".to_owned());
                    Stage::Diff(agents)
                }
            });
        }
        Ok(lowered)
    }

    fn condition(&self, names: &[String], condition: &ast::Condition) -> Lowering<Condition> {
        let key = key(names, &condition.column)?;
        let with = match &condition.value.kind {
            LiteralKind::Number(number) => Operand::Number(*number),
            LiteralKind::Date(text) => {
                Operand::Date(Date::parse(text).map_err(|_| not_comparable(condition))?)
            }
            LiteralKind::Name(name) => {
                let agents = self.agents(name)?;
                let graph = self.scope.graph;
                let entities = agents
                    .iter()
                    .filter_map(|&agent| graph.entity_by_id(graph.agents().id(agent)))
                    .map(|entity| graph.canonical(entity))
                    .collect();
                Operand::Named(entities, agents)
            }
            LiteralKind::Kind(word) => Operand::Kind(self.kind(word, condition.value.span)?.1),
            LiteralKind::Word(word) if word == "undated" || word == "empty" => Operand::Empty,
            LiteralKind::Word(word) => Operand::Word(word.clone()),
        };
        let is_word = matches!(key, Key::Certain | Key::Disputed);
        let fits = match &with {
            Operand::Number(_) => !is_word,
            Operand::Word(word) => {
                matches!(key, Key::Column(_)) || (is_word && (word == "yes" || word == "no"))
            }
            _ => matches!(key, Key::Column(_)),
        };
        let ordered = !matches!(
            condition.comparison,
            Comparison::Equal | Comparison::NotEqual | Comparison::Is
        );
        if !fits || (ordered && !matches!(with, Operand::Number(_) | Operand::Date(_))) {
            return Err(not_comparable(condition));
        }
        Ok(Condition {
            key,
            comparison: condition.comparison,
            with,
        })
    }
}

fn not_comparable(condition: &ast::Condition) -> Box<Diagnostic> {
    let column = &condition.column.name;
    let value = match &condition.value.kind {
        LiteralKind::Name(name) => shown(name),
        LiteralKind::Number(number) => number.to_string(),
        LiteralKind::Date(text) | LiteralKind::Kind(text) | LiteralKind::Word(text) => {
            shorten(text, 40)
        }
    };
    Box::new(
        Diagnostic::error("not-comparable", format!("`{column}` cannot be compared with `{value}` in this way"), condition.value.span)
            .help("compare numbers and dates with < <= > >= = !=, names with = and !=, kinds with `is`; `certain` and `disputed` are yes or no"),
    )
}

fn columns(names: &[String], columns: &[ColumnName]) -> Lowering<Vec<usize>> {
    columns
        .iter()
        .map(|column| position(names, column))
        .collect()
}

fn position(names: &[String], column: &ColumnName) -> Lowering<usize> {
    let wanted = fold::key(&column.name);
    match names.iter().position(|name| fold::key(name) == wanted) {
        Some(at) => Ok(at),
        None => problem(unknown(names, column, &[])),
    }
}

fn key(names: &[String], column: &ColumnName) -> Lowering<Key> {
    let wanted = fold::key(&column.name);
    if let Some(at) = names.iter().position(|name| fold::key(name) == wanted) {
        return Ok(Key::Column(at));
    }
    match MEASURES.iter().find(|(name, _)| *name == wanted) {
        Some(&(_, key)) => Ok(key),
        None => problem(unknown(names, column, MEASURES)),
    }
}

fn when(names: &[String], stage: &ast::Stage) -> Lowering<usize> {
    match names.iter().position(|name| name == "when") {
        Some(at) => Ok(at),
        None => problem(
            Diagnostic::error(
                "no-dates",
                "there is no column `when` to find the earliest or latest in",
                stage.span,
            )
            .help("add `when` to the question: `who met Umerov when | earliest`"),
        ),
    }
}

fn unknown(names: &[String], column: &ColumnName, measures: &[(&str, Key)]) -> Diagnostic {
    let known: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .chain(measures.iter().map(|(name, _)| *name))
        .collect();
    let near = suggest(&fold::key(&column.name), known.iter().copied());
    let problem = Diagnostic::error(
        "unknown-column",
        format!(
            "`{}` is not a column of this answer",
            shorten(&column.name, 40)
        ),
        column.span,
    );
    let quoted = |names: &[&str]| {
        names
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    if near.is_empty() {
        problem.help(format!("there are {}", quoted(&known)))
    } else {
        problem.help(format!("did you mean {}?", quoted(&near)))
    }
}
