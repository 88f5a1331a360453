//! Clauses: a subject and its verb phrases.

use super::parts::Part;
use super::{Lowerer, Lowering, is_ask, problem};
use crate::model::Be;
use crate::query::algebra::{Arm, Plan, Sort, Term, Var};
use crate::query::question::ast::{
    Clause, Connective, Fronted, Noun, NounPhrase, Objects, Qualifier, QualifierKind, VerbPhrase,
};
use crate::text::Diagnostic;

impl Lowerer<'_> {
    /// The parts of a clause.
    pub(super) fn clause(&mut self, clause: &Clause) -> Lowering<Vec<Part>> {
        // Columns are numbered in the order of writing, and what is fronted stands first.
        let asked = match &clause.fronted {
            Some(Fronted::Object(phrase)) => Some((phrase, self.noun_phrase(phrase)?)),
            _ => None,
        };
        let (subject, mut parts) = self.noun_phrase(&clause.subject)?;
        for predicate in &clause.predicates {
            let with_fronted;
            let predicate = match &clause.fronted {
                Some(Fronted::When(span)) => {
                    with_fronted = with_qualifier(
                        predicate,
                        Qualifier {
                            span: *span,
                            kind: QualifierKind::When,
                        },
                    );
                    &with_fronted
                }
                Some(Fronted::Where(span)) => {
                    with_fronted = with_qualifier(
                        predicate,
                        Qualifier {
                            span: *span,
                            kind: QualifierKind::Where,
                        },
                    );
                    &with_fronted
                }
                _ => predicate,
            };
            let object = asked.as_ref().map(|&(phrase, (term, _))| (phrase, term));
            parts.extend(self.predicate(subject, predicate, object)?);
        }
        parts.extend(asked.map(|(_, (_, parts))| parts).into_iter().flatten());
        Ok(parts)
    }

    /// What a verb phrase says of a subject. `asked` is an object that stood before the auxiliary.
    pub(super) fn predicate(
        &mut self,
        subject: Term,
        phrase: &VerbPhrase,
        asked: Option<(&NounPhrase, Term)>,
    ) -> Lowering<Vec<Part>> {
        let arms = self.arms(phrase)?;
        let outer = self.under_not;
        self.under_not |= phrase.negated.is_some();
        let parts = self.affirmed(subject, phrase, &arms, asked);
        self.under_not = outer;
        let parts = parts?;
        let Some(span) = phrase.negated else {
            return Ok(parts);
        };
        let ranges = match (asked, subject) {
            (Some((_, Term::Var(var))), _) => Some((var, self.admitted_kinds(&arms, false, var))),
            (_, Term::Var(var)) => Some((var, self.admitted_kinds(&arms, true, var))),
            _ => None,
        };
        let plan = self.combine(parts)?;
        Ok(vec![Part::Not { plan, ranges, span }])
    }

    fn affirmed(
        &mut self,
        subject: Term,
        phrase: &VerbPhrase,
        arms: &[Arm],
        asked: Option<(&NounPhrase, Term)>,
    ) -> Lowering<Vec<Part>> {
        if let Some((_, term)) = asked {
            return self.verb(subject, term, phrase, arms);
        }
        let Some(objects) = &phrase.objects else {
            let object = Term::Var(self.hidden("any", Sort::Entity, None));
            return self.verb(subject, object, phrase, arms);
        };
        let mut parts = match objects.connective {
            Connective::And => {
                let mut parts = Vec::new();
                for item in &objects.items {
                    parts.extend(self.object(subject, item, phrase, arms)?);
                }
                parts
            }
            Connective::Or => {
                let branches = objects
                    .items
                    .iter()
                    .map(|item| {
                        move |lowerer: &mut Self| lowerer.object(subject, item, phrase, arms)
                    })
                    .collect();
                vec![Part::Plan(self.branches(branches)?)]
            }
        };
        if !objects.but_not.is_empty() {
            parts.push(self.but_not(subject, objects, phrase, arms)?);
        }
        Ok(parts)
    }

    fn but_not(
        &mut self,
        subject: Term,
        objects: &Objects,
        phrase: &VerbPhrase,
        arms: &[Arm],
    ) -> Lowering<Part> {
        let outer = std::mem::replace(&mut self.under_not, true);
        // What is asked of the verb is asked of the objects it has, not of those it lacks.
        let silent = without_asks(phrase);
        let silent = &silent;
        let branches = objects
            .but_not
            .iter()
            .map(|item| move |lowerer: &mut Self| lowerer.object(subject, item, silent, arms))
            .collect();
        let plan = self.branches(branches);
        self.under_not = outer;
        let span = objects
            .but_not
            .first()
            .map_or(phrase.span, |item| item.span);
        Ok(Part::Not {
            plan: plan?,
            ranges: None,
            span,
        })
    }

    fn object(
        &mut self,
        subject: Term,
        object: &NounPhrase,
        phrase: &VerbPhrase,
        arms: &[Arm],
    ) -> Lowering<Vec<Part>> {
        if object.noun == Noun::EachOther {
            return self.each_other(subject, object, phrase, arms);
        }
        let (term, relatives) = self.noun_phrase(object)?;
        let mut parts = self.verb(subject, term, phrase, arms)?;
        parts.extend(relatives);
        Ok(parts)
    }

    /// Both do it to the other; each pair once.
    fn each_other(
        &mut self,
        subject: Term,
        object: &NounPhrase,
        phrase: &VerbPhrase,
        arms: &[Arm],
    ) -> Lowering<Vec<Part>> {
        let Term::Var(one) = subject else {
            return problem(
                Diagnostic::error(
                    "each-other",
                    "`each other` needs a subject that is asked for",
                    object.span,
                )
                .help("write `who met each other`, or name both: `did A meet B`"),
            );
        };
        let declared = self.variables.get(one).clone();
        let base = declared
            .name
            .trim_end_matches(|c: char| c.is_ascii_digit())
            .to_owned();
        let other = if self.is_asked(one) {
            self.column(&base, Sort::Entity, declared.kinds, object.span)
        } else {
            self.hidden("other", Sort::Entity, declared.kinds)
        };
        let mut parts = self.verb(subject, Term::Var(other), phrase, arms)?;
        let silent = without_asks(phrase);
        parts.extend(self.verb(Term::Var(other), subject, &silent, arms)?);
        let input = Box::new(self.combine(parts)?);
        Ok(vec![Part::Plan(Plan::Ordered { input, one, other })])
    }

    /// The verb between two terms, with its qualifiers.
    fn verb(
        &mut self,
        subject: Term,
        object: Term,
        phrase: &VerbPhrase,
        arms: &[Arm],
    ) -> Lowering<Vec<Part>> {
        if phrase.indirectly.is_some() {
            let chain = self.hidden("chain", Sort::Chain, None);
            let admission =
                self.admission(&phrase.qualifiers, "`indirectly` follows several claims")?;
            return Ok(vec![Part::Plan(Plan::Reach {
                arms: arms.to_vec(),
                subject,
                object,
                chain,
                admission,
            })]);
        }
        let claim = self.hidden("claim", Sort::Claim, None);
        let scan = Plan::Scan {
            arms: arms.to_vec(),
            subject,
            object,
            claim,
            tests: Vec::new(),
        };
        let mut parts = Vec::new();
        let plan = self.qualified(scan, claim, &phrase.qualifiers, &mut parts)?;
        parts.insert(0, Part::Plan(plan));
        Ok(parts)
    }

    /// The relations of a verb phrase, each read the way its auxiliaries say.
    fn arms(&self, phrase: &VerbPhrase) -> Lowering<Vec<Arm>> {
        if let (Some(by), false) = (phrase.by, phrase.be) {
            return problem(
                Diagnostic::error("by-without-passive", "`by` needs a passive verb", by).help(
                    "write `was … by`, as in `who was briefed by Driscoll`, or leave out `by`",
                ),
            );
        }
        let mut arms = Vec::new();
        for verb in &phrase.verbs {
            let relation = self.relation(verb)?;
            let flips =
                self.scope.graph.relation(relation).be == Be::Flips && !is_progressive(&verb.form);
            arms.push(Arm {
                relation,
                reversed: phrase.be && (flips || phrase.by.is_some()),
            });
        }
        Ok(arms)
    }

    /// One flag a kind: those that a variable and one end of some relation admit.
    fn admitted_kinds(&self, arms: &[Arm], as_subject: bool, var: Var) -> Vec<bool> {
        let graph = self.scope.graph;
        let own = &self.variables.get(var).kinds;
        let admits = |kind: &crate::model::Kind| {
            arms.iter().any(|arm| {
                let relation = graph.relation(arm.relation);
                let (from, to) = (&relation.from, &relation.to);
                let end = if as_subject == arm.reversed { to } else { from };
                let ends = if relation.symmetric {
                    from.iter().chain(to).collect::<Vec<_>>()
                } else {
                    end.iter().collect()
                };
                ends.is_empty()
                    || ends.iter().any(|end| {
                        end.value == kind.id.value
                            || end.value == "any"
                            || (end.value == "actor" && kind.actor)
                    })
            })
        };
        graph
            .records()
            .kinds
            .iter()
            .enumerate()
            .map(|(at, kind)| admits(kind) && own.as_ref().is_none_or(|own| own[at]))
            .collect()
    }
}

fn with_qualifier(phrase: &VerbPhrase, qualifier: Qualifier) -> VerbPhrase {
    let mut phrase = phrase.clone();
    phrase.qualifiers.push(qualifier);
    phrase
}

/// The verb phrase without the qualifiers that add a column.
fn without_asks(phrase: &VerbPhrase) -> VerbPhrase {
    let mut phrase = phrase.clone();
    phrase.qualifiers.retain(|qualifier| match &qualifier.kind {
        QualifierKind::When | QualifierKind::Where | QualifierKind::AccordingToWhichSource => false,
        QualifierKind::Place(phrase) | QualifierKind::AccordingTo(phrase) => !is_ask(&phrase.noun),
        _ => true,
    });
    phrase
}

/// Whether a form says what somebody is doing (`briefing`, `meeting with`): after a form of *be* it is no passive.
fn is_progressive(form: &str) -> bool {
    form.split_whitespace()
        .next()
        .is_some_and(|word| word.ends_with("ing"))
}
