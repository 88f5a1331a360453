//! From a question as written to a plan: every name is resolved here, once, and never again.

mod clause;
mod contradictions;
mod grades;
mod names;
mod noun;
mod parts;
mod path;
mod qualifier;
mod stage;

use super::ast::{Head, Noun, Question};
use crate::graph::{Graph, SourceIndex};
use crate::query::algebra::{Attribution, Field, Plan, Sort, Var, Variable, Variables};
use crate::query::answer::{Note, Shape};
use crate::query::grades::Grading;
use crate::query::lowered::{Counted, Lowered, Order};
use crate::query::vocabulary::Vocabulary;
use crate::text::{Diagnostic, Span};
use parts::Part;
use stage::{Column, Holds};
use std::collections::BTreeMap;

/// What names are resolved against.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The graph.
    pub graph: &'a Graph,
    /// Its names, verbs and kinds.
    pub vocabulary: &'a Vocabulary,
    /// What `[1]`, `[2]` … stand for.
    pub numbered: &'a [SourceIndex],
}

/// A lowering stops at the first problem.
type Lowering<T> = Result<T, Box<Diagnostic>>;

fn problem<T>(diagnostic: Diagnostic) -> Lowering<T> {
    Err(Box::new(diagnostic))
}

/// Lowers a question.
///
/// # Errors
/// The problem, when a name stands for nothing or for several things here, a variable stands only under `not`, or a
/// stage names a column that is not there.
pub fn lower(question: &Question, scope: Scope<'_>) -> Result<Lowered, Diagnostic> {
    Lowerer::new(scope)
        .question(question)
        .map_err(|problem| *problem)
}

/// The state of a lowering.
struct Lowerer<'a> {
    scope: Scope<'a>,
    variables: Variables,
    /// The columns asked for, by where they first stand in the question.
    columns: Vec<(u32, Var)>,
    /// Variables of columns by name: `who2`, `x`.
    named: BTreeMap<String, Var>,
    /// How often each column name has been used.
    used: BTreeMap<String, u32>,
    /// The branch of an `or` that is lowered now, numbered over the whole question, and how many there were so far.
    branch: (u32, u32),
    /// The branch in which each column was declared.
    branches_of: BTreeMap<Var, u32>,
    counted: Option<(u32, Var)>,
    notes: Vec<Note>,
    /// What the stages ask of the grades of evidence.
    gradings: Vec<Grading>,
    /// Inside a `not`: asks there stand for nothing that could be shown.
    under_not: bool,
}

impl<'a> Lowerer<'a> {
    fn new(scope: Scope<'a>) -> Self {
        Self {
            scope,
            variables: Variables::default(),
            columns: Vec::new(),
            named: BTreeMap::new(),
            used: BTreeMap::new(),
            branch: (0, 0),
            branches_of: BTreeMap::new(),
            counted: None,
            notes: Vec::new(),
            gradings: Vec::new(),
            under_not: false,
        }
    }

    fn question(mut self, question: &Question) -> Lowering<Lowered> {
        let mut ignoring = std::collections::BTreeSet::new();
        for name in &question.ignoring {
            ignoring.extend(self.ignored(name)?);
        }
        let mut order = Order::Values;
        let plan = match &question.head {
            Head::Expression(expression) => {
                let parts = self.expression(expression)?;
                self.combine(parts)?
            }
            Head::Path(path) => self.path(path)?,
            Head::Timeline { of, qualifiers } => {
                order = Order::Time;
                self.timeline(of, qualifiers)?
            }
            Head::Contradictions { of, qualifiers } => {
                order = Order::Weight;
                self.contradictions(of.as_ref(), qualifiers)?
            }
            Head::Say { counting, clause } => self.say(*counting, clause)?,
        };
        self.columns.sort_by_key(|&(at, _)| at);
        self.number_in_order_of_writing();
        // Branches of an `or` may fill one column with entities here and speakers there.
        let mut columns: Vec<(String, Vec<Var>)> = Vec::new();
        for &(_, var) in &self.columns {
            let name = &self.variables.get(var).name;
            match columns.iter_mut().find(|(known, _)| known == name) {
                Some((_, vars)) => vars.push(var),
                None => columns.push((name.clone(), vec![var])),
            }
        }
        let counted = self.counted.map(|(at, var)| Counted {
            var,
            position: self
                .columns
                .iter()
                .filter(|&&(column, _)| column < at)
                .count(),
        });
        let shape = match (
            columns.is_empty() && counted.is_none(),
            contains_negation(&plan),
        ) {
            (false, _) => Shape::Table,
            (true, false) => Shape::YesNo,
            (true, true) => Shape::NegatedYesNo,
        };
        let column = |(name, vars): &(String, Vec<Var>)| Column {
            name: name.clone(),
            holds: self.variables.get(vars[0]).sort.into(),
        };
        let mut staged: Vec<Column> = columns.iter().map(column).collect();
        if let Some(counted) = counted {
            let (name, holds) = ("count".to_owned(), Holds::Numbers);
            staged.insert(counted.position, Column { name, holds });
        }
        let stages = self.stages(&question.stages, staged)?;
        Ok(Lowered {
            plan,
            variables: self.variables,
            columns,
            counted,
            shape,
            order,
            ignoring,
            gradings: self.gradings,
            stages,
            notes: self.notes,
        })
    }

    /// Declares the variable of a column. The second use of a name is `who2`; a name that another branch of an `or` has
    /// declared is the same column.
    fn column(&mut self, base: &str, sort: Sort, kinds: Option<Vec<bool>>, at: Span) -> Var {
        let count = self
            .used
            .entry(base.to_owned())
            .and_modify(|count| *count += 1)
            .or_insert(1);
        let name = if *count == 1 {
            base.to_owned()
        } else {
            format!("{base}{count}")
        };
        let var = match self.named.get(&name) {
            Some(&var) if self.variables.get(var).sort == sort => var,
            _ => {
                let var = self.variables.add(Variable {
                    name: name.clone(),
                    sort,
                    asked: true,
                    kinds,
                });
                self.named.insert(name, var);
                self.branches_of.insert(var, self.branch.0);
                var
            }
        };
        self.show(var, at);
        var
    }

    /// A qualifier may stand before the object and is lowered after it: then `whom2` stands before `whom`. Each branch of
    /// an `or` numbers its columns by itself.
    fn number_in_order_of_writing(&mut self) {
        let is_shared = |var: Var| {
            self.named
                .iter()
                .any(|(key, &known)| key.starts_with('?') && known == var)
        };
        let mut by_base: BTreeMap<(u32, String), Vec<Var>> = BTreeMap::new();
        for &(_, var) in self.columns.iter().filter(|&&(_, var)| !is_shared(var)) {
            let base = self
                .variables
                .get(var)
                .name
                .trim_end_matches(|c: char| c.is_ascii_digit());
            let branch = self.branches_of.get(&var).copied().unwrap_or(0);
            let together = by_base.entry((branch, base.to_owned())).or_default();
            together.push(var);
        }
        for vars in by_base.into_values() {
            let mut names: Vec<String> = vars
                .iter()
                .map(|&var| self.variables.get(var).name.clone())
                .collect();
            names.sort_by_key(|name| (name.len(), name.clone()));
            for (var, name) in vars.into_iter().zip(names) {
                self.variables.0[var.0 as usize].name = name;
            }
        }
    }

    fn show(&mut self, var: Var, at: Span) {
        if !self.columns.iter().any(|&(_, known)| known == var) {
            self.columns.push((at.start, var));
        }
    }

    /// A variable that is not asked for.
    fn hidden(&mut self, name: &str, sort: Sort, kinds: Option<Vec<bool>>) -> Var {
        let number = self
            .variables
            .0
            .iter()
            .filter(|variable| variable.name.starts_with(&format!("_{name}")))
            .count()
            + 1;
        self.variables.add(Variable {
            name: format!("_{name}{number}"),
            sort,
            asked: false,
            kinds,
        })
    }

    /// Declares the variable whose distinct values are counted.
    fn count(&mut self, name: &str, sort: Sort, kinds: Option<Vec<bool>>, at: Span) -> Var {
        let var = self.variables.add(Variable {
            name: format!("number of {name}"),
            sort,
            asked: true,
            kinds,
        });
        self.counted = Some((at.start, var));
        var
    }

    fn timeline(
        &mut self,
        of: &super::ast::NounPhrase,
        qualifiers: &[super::ast::Qualifier],
    ) -> Lowering<Plan> {
        let (entity, mut parts) = self.noun_phrase(of)?;
        let claim = self.hidden("claim", Sort::Claim, None);
        let plan = self.qualified(
            Plan::Incident { entity, claim },
            claim,
            qualifiers,
            &mut parts,
        )?;
        let mut plan = plan;
        for (name, field, sort) in [
            ("when", Field::When, Sort::Date),
            ("subject", Field::Subject, Sort::Entity),
            ("relation", Field::Relation, Sort::Relation),
            ("object", Field::Object, Sort::Entity),
            ("where", Field::Where, Sort::Entity),
        ] {
            // Before those that qualifiers add.
            let var = self.column(name, sort, None, of.span);
            plan = Plan::Extend {
                input: Box::new(plan),
                claim,
                field,
                var,
            };
        }
        parts.insert(0, Part::Plan(plan));
        self.combine(parts)
    }

    fn say(&mut self, counting: bool, clause: &super::ast::Clause) -> Lowering<Plan> {
        let start = Span {
            end: clause.span.start,
            start: 0,
            ..clause.span
        };
        let var = if counting {
            self.count("source", Sort::Agent, None, start)
        } else {
            self.column("source", Sort::Agent, None, start)
        };
        if let Some(negated) = clause
            .predicates
            .iter()
            .find_map(|predicate| predicate.negated)
        {
            return problem(
                Diagnostic::error(
                    "say-not",
                    "`not` here would ask which sources are silent",
                    negated,
                )
                .help(
                    "ask `which sources say that … as negated` for sources that say it is not so",
                ),
            );
        }
        let mut parts = self.clause(clause)?;
        for part in &mut parts {
            if let Part::Plan(plan) = part {
                let attributed = std::mem::replace(plan, Plan::Unit);
                *plan = self.said_by(attributed, var, clause.span)?;
            }
        }
        self.combine(parts)
    }

    /// Every claim of the plan is said by the source `var`.
    fn said_by(&mut self, plan: Plan, var: Var, span: Span) -> Lowering<Plan> {
        let mut claims = Vec::new();
        for column in plan.variables() {
            match self.variables.get(column).sort {
                Sort::Claim => claims.push(column),
                Sort::Chain | Sort::Path => {
                    return problem(
                        Diagnostic::error(
                            "needs-one-claim",
                            "`indirectly` follows several claims, which no one source need say",
                            span,
                        )
                        .help("ask about each step by itself"),
                    );
                }
                _ => {}
            }
        }
        if let Plan::Union(inputs) = plan {
            let inputs: Lowering<Vec<Plan>> = inputs
                .into_iter()
                .map(|input| self.said_by(input, var, span))
                .collect();
            return Ok(Plan::Union(inputs?));
        }
        Ok(claims
            .into_iter()
            .fold(plan, |input, claim| Plan::Attribute {
                input: Box::new(input),
                claim,
                by: Attribution::Source,
                var,
            }))
    }

    fn is_asked(&self, var: Var) -> bool {
        self.columns.iter().any(|&(_, column)| column == var)
            || self.counted.is_some_and(|(_, counted)| counted == var)
    }
}

fn contains_negation(plan: &Plan) -> bool {
    matches!(plan, Plan::AntiJoin { .. }) || plan.inputs().into_iter().any(contains_negation)
}

/// Whether a noun asks.
fn is_ask(noun: &Noun) -> bool {
    matches!(
        noun,
        Noun::Who | Noun::Whom | Noun::What | Noun::Which(_) | Noun::HowMany(_)
    )
}
