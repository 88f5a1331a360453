//! Qualifiers: tests of a verb's claims, and columns that they add.

use super::parts::Part;
use super::{Lowerer, Lowering, is_ask, problem};
use crate::graph::Status;
use crate::model::{Date, Window};
use crate::query::algebra::{
    Admission, Admit, Attribution, Corroboration, Field, Plan, Sort, Term, Test, Var,
};
use crate::query::question::ast::{self, Noun, NounPhrase, Qualifier, QualifierKind, TimeRange};
use crate::text::{Diagnostic, Span, safe::shorten};

impl Lowerer<'_> {
    /// The plan with all that the qualifiers of one verb say of its claim; what their noun phrases add goes to `parts`.
    pub(super) fn qualified(
        &mut self,
        plan: Plan,
        claim: Var,
        qualifiers: &[Qualifier],
        parts: &mut Vec<Part>,
    ) -> Lowering<Plan> {
        let mut plan = plan;
        if !qualifiers
            .iter()
            .any(|qualifier| matches!(qualifier.kind, QualifierKind::As(_)))
        {
            plan = select(plan, claim, Test::Admit(Admit::Affirmed));
        }
        for qualifier in qualifiers {
            plan = match &qualifier.kind {
                QualifierKind::Place(phrase) => self.place(plan, claim, phrase, parts)?,
                QualifierKind::AccordingTo(phrase) => {
                    self.according_to(plan, claim, phrase, parts)?
                }
                QualifierKind::AccordingToWhichSource => {
                    let var = self.output("source", Sort::Agent, qualifier.span)?;
                    Plan::Attribute {
                        input: Box::new(plan),
                        claim,
                        by: Attribution::Source,
                        var,
                    }
                }
                QualifierKind::When | QualifierKind::Where | QualifierKind::With { .. } => plan,
                other => self
                    .test(other, qualifier.span)?
                    .into_iter()
                    .fold(plan, |plan, test| select(plan, claim, test)),
            };
        }
        // Sources are counted over what all other qualifiers have left, whatever the date and place of each claim.
        for corroboration in corroborations(qualifiers) {
            plan = Plan::Corroborate {
                input: Box::new(plan),
                claim,
                corroboration,
            };
        }
        for qualifier in qualifiers {
            let (name, field, sort) = match qualifier.kind {
                QualifierKind::When => ("when", Field::When, Sort::Date),
                QualifierKind::Where => ("where", Field::Where, Sort::Entity),
                _ => continue,
            };
            let var = self.output(name, sort, qualifier.span)?;
            plan = Plan::Extend {
                input: Box::new(plan),
                claim,
                field,
                var,
            };
        }
        Ok(plan)
    }

    /// The same for searches over many claims, which can only be tested: `why` says why nothing more.
    pub(super) fn admission(&mut self, qualifiers: &[Qualifier], why: &str) -> Lowering<Admission> {
        let mut tests = Vec::new();
        if !qualifiers
            .iter()
            .any(|qualifier| matches!(qualifier.kind, QualifierKind::As(_)))
        {
            tests.push(Test::Admit(Admit::Affirmed));
        }
        tests.extend(self.tests(qualifiers, why)?);
        Ok(Admission {
            tests,
            corroborations: corroborations(qualifiers).collect(),
        })
    }

    /// The tests that each of several claims passes or does not; `why` says why nothing more can be asked of them.
    pub(super) fn tests(&mut self, qualifiers: &[Qualifier], why: &str) -> Lowering<Vec<Test>> {
        let mut tests = Vec::new();
        for qualifier in qualifiers {
            match &qualifier.kind {
                QualifierKind::With { .. } => {}
                QualifierKind::Place(NounPhrase {
                    noun: Noun::Name(name),
                    relative,
                    ..
                }) if relative.is_empty() => tests.push(Test::Location(self.entity(name)?)),
                QualifierKind::AccordingTo(NounPhrase {
                    noun: Noun::Name(name),
                    relative,
                    ..
                }) if relative.is_empty() => tests.push(Test::According(self.agents(name)?)),
                QualifierKind::Place(_)
                | QualifierKind::AccordingTo(_)
                | QualifierKind::AccordingToWhichSource
                | QualifierKind::When
                | QualifierKind::Where => {
                    return problem(
                        Diagnostic::error(
                            "needs-one-claim",
                            format!("{why}, so this has no one answer"),
                            qualifier.span,
                        )
                        .help("name the place or source, or ask about each step by itself"),
                    );
                }
                other => tests.extend(self.test(other, qualifier.span)?),
            }
        }
        Ok(tests)
    }

    /// The column that a qualifier adds.
    fn output(&mut self, name: &str, sort: Sort, span: Span) -> Lowering<Var> {
        if self.under_not {
            return problem(
                Diagnostic::error(
                    "only-under-not",
                    format!("`{name}` stands only under `not`, where there is no claim to tell it"),
                    span,
                )
                .help("leave it out, or ask `as negated` for what sources say did not happen"),
            );
        }
        Ok(self.column(name, sort, None, span))
    }

    fn place(
        &mut self,
        plan: Plan,
        claim: Var,
        phrase: &NounPhrase,
        parts: &mut Vec<Part>,
    ) -> Lowering<Plan> {
        let (term, relatives) = self.noun_phrase(phrase)?;
        parts.extend(relatives);
        Ok(match term {
            Term::Entity(entity) => select(plan, claim, Test::Location(entity)),
            Term::Var(var) => Plan::Locate {
                input: Box::new(plan),
                claim,
                var,
            },
        })
    }

    fn according_to(
        &mut self,
        plan: Plan,
        claim: Var,
        phrase: &NounPhrase,
        parts: &mut Vec<Part>,
    ) -> Lowering<Plan> {
        let plain = phrase.relative.is_empty();
        let (by, var) = match &phrase.noun {
            Noun::Name(name) if plain => {
                return Ok(select(plan, claim, Test::According(self.agents(name)?)));
            }
            Noun::Who | Noun::Whom | Noun::What if plain => {
                let base = if phrase.noun == Noun::What {
                    "what"
                } else {
                    "whom"
                };
                (
                    Attribution::Speaker,
                    self.output(base, Sort::Agent, phrase.span)?,
                )
            }
            Noun::Someone | Noun::Something if plain => (
                Attribution::Speaker,
                self.hidden("speaker", Sort::Agent, None),
            ),
            noun => {
                if is_ask(noun) && self.under_not {
                    return self.output("whom", Sort::Agent, phrase.span).map(|_| plan);
                }
                let (term, relatives) = self.noun_phrase(phrase)?;
                parts.extend(relatives);
                match term {
                    Term::Var(var) => (Attribution::Entity, var),
                    Term::Entity(entity) => {
                        let agents = self.scope.graph.agents();
                        let agent = agents
                            .find(&self.scope.graph.entity(entity).id)
                            .map(|agent| agents.canonical(agent));
                        return Ok(select(
                            plan,
                            claim,
                            Test::According(agent.into_iter().collect()),
                        ));
                    }
                }
            }
        };
        Ok(Plan::Attribute {
            input: Box::new(plan),
            claim,
            by,
            var,
        })
    }

    fn test(&self, qualifier: &QualifierKind, span: Span) -> Lowering<Option<Test>> {
        Ok(match qualifier {
            QualifierKind::As(status) => Some(Test::Admit(admit(*status))),
            QualifierKind::Undated => Some(Test::Undated),
            QualifierKind::Time(certainty, range) => {
                Some(Test::Time(*certainty, window(range, span)?))
            }
            _ => None,
        })
    }
}

fn select(plan: Plan, claim: Var, test: Test) -> Plan {
    Plan::Select {
        input: Box::new(plan),
        claim,
        test,
    }
}

fn corroborations(qualifiers: &[Qualifier]) -> impl Iterator<Item = Corroboration> {
    qualifiers
        .iter()
        .filter_map(|qualifier| match qualifier.kind {
            QualifierKind::With {
                bound,
                number,
                independent,
            } => Some(Corroboration {
                bound,
                number,
                independent,
            }),
            _ => None,
        })
}

fn admit(status: ast::Status) -> Admit {
    match status {
        ast::Status::Planned => Admit::Status(Status::Planned),
        ast::Status::Expected => Admit::Status(Status::Expected),
        ast::Status::Cancelled => Admit::Status(Status::Cancelled),
        ast::Status::Alleged => Admit::Status(Status::Alleged),
        ast::Status::Denied => Admit::Status(Status::Denied),
        ast::Status::Negated => Admit::Status(Status::Negated),
        ast::Status::Disputed => Admit::Disputed,
        ast::Status::Anything => Admit::Anything,
    }
}

/// The days of a range of time.
fn window(range: &TimeRange, span: Span) -> Lowering<Window> {
    let days = |text: &str| match Date::parse(text) {
        Ok(date) => Ok(date.widest()),
        Err(_) => problem(
            Diagnostic::error(
                "not-a-date",
                format!("`{}` is not a date", shorten(text, 40)),
                span,
            )
            .help("write dates as 2025, 2025-10 or 2025-10-24"),
        ),
    };
    let always = Window::ALWAYS;
    let window = match range {
        TimeRange::Since(date) => Window {
            from: days(date)?.from,
            ..always
        },
        TimeRange::After(date) => Window {
            from: days(date)?.to.saturating_add(1),
            ..always
        },
        TimeRange::Before(date) => Window {
            to: days(date)?.from.saturating_sub(1),
            ..always
        },
        TimeRange::Until(date) => Window {
            to: days(date)?.to,
            ..always
        },
        TimeRange::In(date) => days(date)?,
        TimeRange::Between(from, to) => Window {
            from: days(from)?.from,
            to: days(to)?.to,
        },
    };
    if window.from > window.to {
        return problem(
            Diagnostic::error(
                "window-ends-before-start",
                "this range of time ends before it starts",
                span,
            )
            .help("write the earlier date first"),
        );
    }
    Ok(window)
}
