//! Noun phrases: to a term, and the clauses that their relatives add.

use super::parts::Part;
use super::{Lowerer, Lowering, problem};
use crate::query::algebra::{Sort, Term, Var};
use crate::query::question::ast::{Noun, NounPhrase};
use crate::text::Diagnostic;

impl Lowerer<'_> {
    /// The term of a noun phrase, and the parts of its relative clauses.
    pub(super) fn noun_phrase(&mut self, phrase: &NounPhrase) -> Lowering<(Term, Vec<Part>)> {
        let term = self.noun(phrase)?;
        let parts = self.relatives(term, phrase)?;
        Ok((term, parts))
    }

    /// What the relative clauses of a noun phrase say of its term.
    pub(super) fn relatives(&mut self, term: Term, phrase: &NounPhrase) -> Lowering<Vec<Part>> {
        let mut parts = Vec::new();
        for relative in &phrase.relative {
            parts.extend(self.predicate(term, relative, None)?);
        }
        Ok(parts)
    }

    fn noun(&mut self, phrase: &NounPhrase) -> Lowering<Term> {
        let at = phrase.span;
        let var = match &phrase.noun {
            Noun::Name(name) => return self.entity(name).map(Term::Entity),
            Noun::Who => self.column("who", Sort::Entity, Some(self.actors()), at),
            Noun::Whom => self.column("whom", Sort::Entity, Some(self.actors()), at),
            Noun::What => self.column("what", Sort::Entity, None, at),
            Noun::Which(word) => {
                let (name, kinds) = self.kind(word, at)?;
                self.column(&name, Sort::Entity, Some(kinds), at)
            }
            Noun::HowMany(word) => {
                let (name, kinds) = self.kind(word, at)?;
                if self.counted.is_some() {
                    return problem(
                        Diagnostic::error("counted-twice", "a question can count one thing", at)
                            .help("ask for the rows and count them: `… | count by …`"),
                    );
                }
                self.count(&name, Sort::Entity, Some(kinds), at)
            }
            Noun::Variable(name) => self.shared(name, at),
            Noun::Someone => self.hidden("someone", Sort::Entity, Some(self.actors())),
            Noun::Something => self.hidden("something", Sort::Entity, None),
            Noun::Kind(word) => {
                let (name, kinds) = self.kind(word, at)?;
                self.hidden(&name, Sort::Entity, Some(kinds))
            }
            Noun::EachOther => {
                return problem(
                    Diagnostic::error("each-other", "`each other` stands only as the object of a verb whose subject is asked for", at)
                        .help("write `who met each other`"),
                );
            }
        };
        Ok(Term::Var(var))
    }

    /// `?x`: the same wherever it stands.
    fn shared(&mut self, name: &str, at: crate::text::Span) -> Var {
        let key = format!("?{name}");
        if let Some(&var) = self.named.get(&key) {
            self.show(var, at);
            return var;
        }
        let var = self.column(name, Sort::Entity, None, at);
        self.named.insert(key, var);
        var
    }
}
