//! Questions for paths.

use super::parts::Part;
use super::{Lowerer, Lowering, is_ask, problem};
use crate::query::algebra::{Nodes, PathSearch, Plan, Sort, Term, Var};
use crate::query::question::ast::{NounPhrase, PathQualifier, PathQuestion, Qualifier};
use crate::text::{Diagnostic, Span};

impl Lowerer<'_> {
    pub(super) fn path(&mut self, question: &PathQuestion) -> Lowering<Plan> {
        let mut parts = Vec::new();
        let from = self.end(&question.from, &mut parts)?;
        let to = self.end(&question.to, &mut parts)?;
        let path = self.column(
            "path",
            Sort::Path,
            None,
            Span {
                start: u32::MAX,
                ..question.span
            },
        );
        let chain = self.hidden("chain", Sort::Chain, None);
        let (mut via, mut within, mut through, mut avoiding) = (None, None, Vec::new(), Vec::new());
        let mut claims: Vec<Qualifier> = Vec::new();
        for qualifier in &question.qualifiers {
            match qualifier {
                PathQualifier::Via(verbs) => {
                    for verb in verbs {
                        let relation = self.relation(verb)?;
                        via.get_or_insert_with(Vec::new).push(relation);
                    }
                }
                PathQualifier::Through(phrase) => through.push(self.nodes(phrase)?),
                PathQualifier::Avoiding(phrase) => avoiding.push(self.nodes(phrase)?),
                PathQualifier::Within(0, span) => {
                    return problem(
                        Diagnostic::error("no-steps", "a path has at least one step", *span)
                            .help("write `within 1 steps` or more"),
                    );
                }
                PathQualifier::Within(steps, _) => {
                    within = Some(within.map_or(*steps, |known: u32| known.min(*steps)))
                }
                PathQualifier::Claim(qualifier) => claims.push(qualifier.clone()),
            }
        }
        if question.all && within.is_none() {
            return problem(
                Diagnostic::error(
                    "unbounded-paths",
                    "`all paths` needs a bound",
                    question.span,
                )
                .help("add `within 4 steps`, or ask for `path from … to …`: all the shortest"),
            );
        }
        let admission = self.admission(&claims, "a path runs over several claims")?;
        let search = PathSearch {
            from,
            to,
            path,
            chain,
            all: question.all,
            within,
            via,
            through,
            avoiding,
            admission,
        };
        parts.insert(0, Part::Plan(Plan::Path(Box::new(search))));
        self.combine(parts)
    }

    /// One end of a path; where it is described, the description is joined to the paths.
    fn end(
        &mut self,
        phrase: &NounPhrase,
        parts: &mut Vec<Part>,
    ) -> Lowering<(Nodes, Option<Var>)> {
        let (term, relatives) = self.noun_phrase(phrase)?;
        let var = match term {
            Term::Entity(entity) => {
                parts.extend(relatives);
                return Ok((Nodes::One(entity), None));
            }
            Term::Var(var) => var,
        };
        parts.extend(relatives);
        Ok((Nodes::All(var), Some(var)))
    }

    /// Entities to pass through or to avoid.
    fn nodes(&mut self, phrase: &NounPhrase) -> Lowering<Nodes> {
        if is_ask(&phrase.noun) {
            return problem(
                Diagnostic::error(
                    "needs-one-claim",
                    "what a path passes is named or described, not asked for",
                    phrase.span,
                )
                .help("write a name, a kind, or `someone that …`"),
            );
        }
        let (term, relatives) = self.noun_phrase(phrase)?;
        Ok(match term {
            Term::Entity(entity) => Nodes::One(entity),
            Term::Var(var) if relatives.is_empty() => Nodes::All(var),
            Term::Var(var) => Nodes::Of(Box::new(self.combine(relatives)?), var),
        })
    }
}
