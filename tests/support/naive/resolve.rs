//! Names, verbs and kinds of a question looked up; every noun gets its variable, every asking word its column.

use super::formula::{Fits, Formula, Scan, Term};
use super::world::World;
use super::{Outcome, refuse};
use casebook::query::question::ast::{self, Noun};
use std::collections::{BTreeMap, BTreeSet};

/// The variables of a question while it is read.
pub struct Resolver<'w> {
    pub world: &'w World<'w>,
    pub numbered: &'w [String],
    /// For each variable the name of its column, if it has one.
    pub names: Vec<Option<String>>,
    /// The variables that are columns, with where in the question they first stand.
    pub columns: Vec<(u32, usize)>,
    /// Those of them that take dates.
    pub dates: BTreeSet<usize>,
    /// How often each asking word stood so far.
    used: BTreeMap<String, usize>,
    /// In `which sources say`: the variable of the source.
    pub said: Option<usize>,
    /// What `how many` counts, and where it stands.
    pub counted: Option<(u32, usize)>,
}

impl<'w> Resolver<'w> {
    pub fn new(world: &'w World<'w>, numbered: &'w [String]) -> Self {
        Self {
            world,
            numbered,
            names: Vec::new(),
            columns: Vec::new(),
            dates: BTreeSet::new(),
            used: BTreeMap::new(),
            said: None,
            counted: None,
        }
    }

    pub fn hidden(&mut self) -> usize {
        self.names.push(None);
        self.names.len() - 1
    }

    fn named(&mut self, name: String, at: u32) -> usize {
        let known = self.names.iter().position(|n| n.as_ref() == Some(&name));
        known.unwrap_or_else(|| {
            self.names.push(Some(name));
            self.columns.push((at, self.names.len() - 1));
            self.names.len() - 1
        })
    }

    /// The column of an asking word: `who`, the second time `who2`.
    pub fn asked(&mut self, word: &str, at: u32) -> usize {
        let times = self.used.entry(word.to_owned()).or_default();
        *times += 1;
        let name = if *times == 1 {
            word.to_owned()
        } else {
            format!("{word}{times}")
        };
        self.named(name, at)
    }

    /// The column of a date.
    pub fn asked_when(&mut self, at: u32) -> usize {
        let var = self.asked("when", at);
        self.dates.insert(var);
        var
    }

    /// `?x`: the same wherever it stands.
    pub fn variable(&mut self, name: &str, at: u32) -> usize {
        self.used.entry(name.to_owned()).or_insert(1);
        self.named(name.to_owned(), at)
    }

    /// Reads parts of which only one will hold at a time: each numbers its columns as if it stood alone.
    pub fn branches<T, R>(
        &mut self,
        parts: &[T],
        mut read: impl FnMut(&mut Self, &T) -> Outcome<R>,
    ) -> Outcome<Vec<R>> {
        let before = self.used.clone();
        let mut after = before.clone();
        let mut all = Vec::new();
        for part in parts {
            self.used = before.clone();
            all.push(read(self, part)?);
            for (word, &times) in &self.used {
                let most = after.entry(word.clone()).or_default();
                *most = times.max(*most);
            }
        }
        self.used = after;
        Ok(all)
    }

    pub fn expression(&mut self, expression: &ast::Expression) -> Outcome<Formula> {
        Ok(match expression {
            ast::Expression::Clause(clause) => self.clause(clause)?,
            ast::Expression::And(parts) => {
                let parts: Outcome<_> = parts.iter().map(|part| self.expression(part)).collect();
                Formula::All(parts?)
            }
            ast::Expression::Or(parts) => {
                Formula::Any(self.branches(parts, |this, part| this.expression(part))?)
            }
            ast::Expression::Not(inner, _) => Formula::Not(Box::new(self.expression(inner)?), None),
        })
    }

    pub fn clause(&mut self, clause: &ast::Clause) -> Outcome<Formula> {
        let mut parts = Vec::new();
        let mut asked_object = None;
        let mut extra = Scan::nothing();
        match &clause.fronted {
            None | Some(ast::Fronted::Nothing) => {}
            Some(ast::Fronted::Object(np)) => {
                asked_object = Some(self.noun_phrase(np, &mut parts)?)
            }
            Some(ast::Fronted::When(span)) => extra.when.push(self.asked_when(span.start)),
            Some(ast::Fronted::Where(span)) => extra.place.push(self.asked("where", span.start)),
        }
        let subject = self.noun_phrase(&clause.subject, &mut parts)?;
        for phrase in &clause.predicates {
            let noun = &clause.subject.noun;
            parts.push(self.verb_phrase(&subject, noun, phrase, asked_object.as_ref(), &extra)?);
        }
        Ok(Formula::All(parts))
    }

    /// The term of a noun phrase; what its relative clauses say goes to `parts`.
    pub fn noun_phrase(&mut self, np: &ast::NounPhrase, parts: &mut Vec<Formula>) -> Outcome<Term> {
        let term = self.noun(&np.noun, np.span.start)?;
        self.relative(np, &term, parts)?;
        Ok(term)
    }

    pub fn relative(
        &mut self,
        np: &ast::NounPhrase,
        term: &Term,
        parts: &mut Vec<Formula>,
    ) -> Outcome<()> {
        for phrase in &np.relative {
            parts.push(self.verb_phrase(term, &np.noun, phrase, None, &Scan::nothing())?);
        }
        Ok(())
    }

    pub fn noun(&mut self, noun: &Noun, at: u32) -> Outcome<Term> {
        Ok(match noun {
            Noun::Who => Term::Var(self.asked("who", at), Fits::Actor),
            Noun::Whom => Term::Var(self.asked("whom", at), Fits::Actor),
            Noun::What => Term::Var(self.asked("what", at), Fits::Anything),
            Noun::Which(word) => {
                let kind = self.kind(word)?;
                Term::Var(self.asked(&kind, at), Fits::Kind(kind))
            }
            Noun::HowMany(word) => {
                let kind = self.kind(word)?;
                if self.counted.is_some() {
                    return refuse("two things counted");
                }
                let var = self.hidden();
                self.counted = Some((at, var));
                Term::Var(var, Fits::Kind(kind))
            }
            Noun::Name(name) => Term::Is(self.entity(name)?),
            Noun::Variable(name) => Term::Var(self.variable(name, at), Fits::Anything),
            Noun::Someone => Term::Var(self.hidden(), Fits::Actor),
            Noun::Something => Term::Var(self.hidden(), Fits::Anything),
            Noun::Kind(word) => {
                let kind = self.kind(word)?;
                Term::Var(self.hidden(), Fits::Kind(kind))
            }
            Noun::EachOther => return refuse("`each other` without a verb's object"),
        })
    }
}
