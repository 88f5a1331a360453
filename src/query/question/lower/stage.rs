//! Stages: column names to positions, and what they are compared with.

use super::{Lowerer, Lowering, grades, names::shown, problem};
use crate::model::Date;
use crate::query::algebra::{ContradictionField, Sort};
use crate::query::lowered::{Condition, Key, MEASURES, Operand, Stage};
use crate::query::question::ast::{self, ColumnName, Comparison, LiteralKind, StageKind};
use crate::text::{Diagnostic, fold, safe::shorten, suggest::suggest};
use std::collections::BTreeSet;

/// A column as a stage sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) holds: Holds,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// Entities, sources, speakers.
    Named,
    Dates,
    Numbers,
    /// Words of ours.
    Words,
    /// Several values of any sort.
    Lists,
    /// The grades of each row: several, shown and never compared; a condition on grades is about evidence.
    Grades,
    /// Relations, paths: shown, not compared.
    Other,
}

impl From<Sort> for Holds {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Entity | Sort::Agent => Self::Named,
            Sort::Date => Self::Dates,
            Sort::Contradiction(ContradictionField::Kind | ContradictionField::Certain) => {
                Self::Words
            }
            Sort::Relation | Sort::Path | Sort::Claim | Sort::Chain | Sort::Contradiction(_) => {
                Self::Other
            }
        }
    }
}

impl Lowerer<'_> {
    /// The stages over these columns.
    pub(super) fn stages(
        &mut self,
        stages: &[ast::Stage],
        mut columns: Vec<Column>,
    ) -> Lowering<Vec<Stage>> {
        let mut lowered = Vec::with_capacity(stages.len());
        for stage in stages {
            lowered.push(self.stage(stage, &mut columns)?);
        }
        Ok(lowered)
    }

    /// One stage; `columns` become those after it.
    fn stage(&mut self, stage: &ast::Stage, columns: &mut Vec<Column>) -> Lowering<Stage> {
        let needs_columns = match &stage.kind {
            StageKind::DiffIgnoring(_) | StageKind::Count(_) => false,
            StageKind::Where(conditions) => {
                let is_grading = |one: &ast::Condition| grades::scale(columns, &one.column);
                !conditions.iter().all(|one| is_grading(one).is_some())
            }
            _ => true,
        };
        if columns.is_empty() && needs_columns {
            let message = "a question of yes or no has no columns to work on";
            return problem(
                Diagnostic::error("no-columns", message, stage.span)
                    .help("ask with `who`, `what` or `?x` to get columns"),
            );
        }
        Ok(match &stage.kind {
            StageKind::Count(by) => {
                let by = positions(columns, by)?;
                *columns = grouped(columns, &by, "count", Holds::Numbers);
                Stage::Count(by)
            }
            StageKind::List(column, by) => {
                let (at, by) = (position(columns, column)?, positions(columns, by)?);
                let name = columns[at].name.clone();
                *columns = grouped(columns, &by, &name, Holds::Lists);
                Stage::List(at, by)
            }
            StageKind::Earliest(by) | StageKind::Latest(by) => Stage::Extreme {
                when: when(columns, stage)?,
                by: positions(columns, by)?,
                latest: matches!(stage.kind, StageKind::Latest(_)),
            },
            StageKind::Where(conditions) => {
                let mut kept = Vec::new();
                for condition in conditions {
                    match grades::scale(columns, &condition.column) {
                        Some(scale) => self.gradings.push(grades::grading(scale, condition)?),
                        None => kept.push(self.condition(columns, condition)?),
                    }
                }
                Stage::Where(kept)
            }
            StageKind::Sort(keys) => {
                let key = |sort: &ast::SortKey| Ok((sort.descending, key(columns, &sort.column)?));
                Stage::Sort(keys.iter().map(key).collect::<Lowering<_>>()?)
            }
            StageKind::Take(number) => Stage::Take(*number),
            StageKind::Skip(number) => Stage::Skip(*number),
            StageKind::Show(shown) => {
                let key = |column: &ColumnName| Ok((column.name.clone(), key(columns, column)?));
                let all: Vec<(String, Key)> = shown.iter().map(key).collect::<Lowering<_>>()?;
                let column = |(name, key): &(String, Key)| Column {
                    name: name.clone(),
                    holds: holds(columns, *key),
                };
                *columns = all.iter().map(column).collect();
                Stage::Show(all)
            }
            StageKind::DiffIgnoring(ignored) => {
                let mut agents = BTreeSet::new();
                for name in ignored {
                    agents.extend(self.ignored(name)?);
                }
                columns.push(Column {
                    name: "change".to_owned(),
                    holds: Holds::Words,
                });
                Stage::Diff(agents)
            }
        })
    }

    fn condition(&self, columns: &[Column], condition: &ast::Condition) -> Lowering<Condition> {
        let key = key(columns, &condition.column)?;
        let with = match &condition.value.kind {
            LiteralKind::Number(number) => Operand::Number(*number),
            LiteralKind::Date(text) => {
                Operand::Date(Date::parse(text).map_err(|_| not_comparable(condition))?)
            }
            LiteralKind::Name(name) => {
                let agents = self.agents(name)?;
                let graph = self.scope.graph;
                let entity = |&agent: &u32| graph.entity_by_id(graph.agents().id(agent));
                let entities = agents
                    .iter()
                    .filter_map(entity)
                    .map(|entity| graph.canonical(entity));
                Operand::Named(entities.collect(), agents)
            }
            LiteralKind::Kind(word) => Operand::Kind(self.kind(word, condition.value.span)?.1),
            LiteralKind::Word(word) if word == "undated" || word == "empty" => Operand::Empty,
            LiteralKind::Word(word) => Operand::Word(word.clone()),
            LiteralKind::Days(days, other) => {
                let at = position(columns, other)?;
                if columns[at].holds != Holds::Dates {
                    return Err(not_comparable(condition));
                }
                Operand::DaysOf(*days, at)
            }
            LiteralKind::Grade(_) => return Err(not_comparable(condition)),
        };
        let fits = matches!(
            (holds(columns, key), &with),
            (Holds::Lists, _)
                | (Holds::Numbers, Operand::Number(_))
                | (
                    Holds::Dates,
                    Operand::Number(_) | Operand::Date(_) | Operand::DaysOf(_, _) | Operand::Empty
                )
                | (
                    Holds::Named,
                    Operand::Named(_, _) | Operand::Kind(_) | Operand::Empty
                )
                | (Holds::Words, Operand::Word(_))
        ) && !(holds(columns, key) == Holds::Lists
            && matches!(with, Operand::DaysOf(_, _)));
        let equality = [
            Comparison::Equal,
            Comparison::NotEqual,
            Comparison::Is,
            Comparison::Within,
        ];
        let has_order = matches!(with, Operand::Number(_) | Operand::Date(_));
        if !fits || !(has_order || equality.contains(&condition.comparison)) {
            return Err(not_comparable(condition));
        }
        Ok(Condition {
            key,
            comparison: condition.comparison,
            with,
        })
    }
}

fn grouped(columns: &[Column], by: &[usize], name: &str, holds: Holds) -> Vec<Column> {
    let last = Column {
        name: name.to_owned(),
        holds,
    };
    by.iter()
        .map(|&at| columns[at].clone())
        .chain([last])
        .collect()
}

fn holds(columns: &[Column], key: Key) -> Holds {
    match key {
        Key::Column(at) => columns[at].holds,
        Key::Sources | Key::Origins | Key::Claims => Holds::Numbers,
        Key::Certain | Key::Disputed | Key::Judged => Holds::Words,
        Key::Grades(_) => Holds::Grades,
    }
}

pub(super) fn not_comparable(condition: &ast::Condition) -> Box<Diagnostic> {
    let column = &condition.column.name;
    let value = match &condition.value.kind {
        LiteralKind::Name(name) => shown(name),
        LiteralKind::Number(number) => number.to_string(),
        LiteralKind::Date(text) | LiteralKind::Kind(text) | LiteralKind::Word(text) => {
            shorten(text, 40)
        }
        LiteralKind::Grade(letter) => shorten(letter, 40).to_uppercase(),
        LiteralKind::Days(_, column) => shorten(&column.name, 40),
    };
    let message = format!("`{column}` cannot be compared with `{value}` in this way");
    Box::new(
        Diagnostic::error("not-comparable", message, condition.value.span).help(
            "compare numbers and dates with < <= > >= = !=, names with = and !=, kinds with `is`; \
         `certain`, `disputed` and `judged` are yes or no; two columns of dates with `within 7 days of`",
        ),
    )
}

fn positions(columns: &[Column], names: &[ColumnName]) -> Lowering<Vec<usize>> {
    names.iter().map(|name| position(columns, name)).collect()
}

pub(super) fn find(columns: &[Column], name: &ColumnName) -> Option<usize> {
    let wanted = fold::key(&name.name);
    columns
        .iter()
        .position(|column| fold::key(&column.name) == wanted)
}

fn position(columns: &[Column], name: &ColumnName) -> Lowering<usize> {
    find(columns, name).map_or_else(|| problem(unknown(columns, name, &[])), Ok)
}

fn key(columns: &[Column], name: &ColumnName) -> Lowering<Key> {
    if let Some(at) = find(columns, name) {
        return Ok(Key::Column(at));
    }
    let wanted = fold::key(&name.name);
    match MEASURES.iter().find(|(measure, _)| *measure == wanted) {
        Some(&(_, key)) => Ok(key),
        None => problem(unknown(columns, name, MEASURES)),
    }
}

fn when(columns: &[Column], stage: &ast::Stage) -> Lowering<usize> {
    let found = columns.iter().position(|column| column.name == "when");
    let message = "there is no column `when` to find the earliest or latest in";
    found.map_or_else(
        || {
            problem(
                Diagnostic::error("no-dates", message, stage.span)
                    .help("add `when` to the question: `who met Umerov when | earliest`"),
            )
        },
        Ok,
    )
}

fn unknown(columns: &[Column], name: &ColumnName, measures: &[(&str, Key)]) -> Diagnostic {
    let measures = measures.iter().map(|(measure, _)| *measure);
    let known: Vec<&str> = columns
        .iter()
        .map(|column| column.name.as_str())
        .chain(measures)
        .collect();
    let near = suggest(&fold::key(&name.name), known.iter().copied());
    let quoted = |names: &[&str]| {
        let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        quoted.join(", ")
    };
    let message = format!(
        "`{}` is not a column of this answer",
        shorten(&name.name, 40)
    );
    let help = match near.is_empty() {
        true => format!("there are {}", quoted(&known)),
        false => format!("did you mean {}?", quoted(&near)),
    };
    Diagnostic::error("unknown-column", message, name.span).help(help)
}
