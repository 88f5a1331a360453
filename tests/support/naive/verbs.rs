//! Verb phrases: a verb, its objects, and what a negated one ranges over.

use super::formula::{Fits, Formula, Ranging, Scan, Term};
use super::qualifiers::asks;
use super::resolve::Resolver;
use super::{Outcome, Thing, refuse};
use casebook::model::{Be, Relation, Text};
use casebook::query::question::ast::{self, Noun};
use casebook::text::fold;
use std::rc::Rc;

impl Resolver<'_> {
    pub fn relations(
        &self,
        verbs: &[ast::Verb],
        be: bool,
        by: bool,
    ) -> Outcome<Vec<(Thing, bool)>> {
        if by && !be {
            return refuse("`by` without a form of be");
        }
        let mut found = Vec::new();
        for verb in verbs {
            let fits = |relation: &&Relation| {
                let own = std::iter::once(&relation.id).chain(&relation.forms);
                own.into_iter()
                    .any(|form| fold::key(form) == fold::key(&verb.form))
            };
            let before = found.len();
            for relation in self.world.book.relations.iter().filter(fits) {
                let flips = relation.be == Be::Flips && !verb.form.ends_with("ing");
                found.push((Rc::from(&*relation.id.value), be && (by || flips)));
            }
            if found.len() == before {
                return refuse("unknown verb");
            }
        }
        Ok(found)
    }

    pub fn verb_phrase(
        &mut self,
        subject: &Term,
        subject_noun: &Noun,
        phrase: &ast::VerbPhrase,
        asked_object: Option<&Term>,
        extra: &Scan,
    ) -> Outcome<Formula> {
        // What sources say is what they affirm.
        let said = self.said;
        if phrase.negated.is_some() {
            self.said = None;
        }
        let formula = self.verb_phrase_said(subject, subject_noun, phrase, asked_object, extra);
        self.said = said;
        formula
    }

    fn verb_phrase_said(
        &mut self,
        subject: &Term,
        subject_noun: &Noun,
        phrase: &ast::VerbPhrase,
        asked_object: Option<&Term>,
        extra: &Scan,
    ) -> Outcome<Formula> {
        let mut scan = extra.clone();
        scan.relations = self.relations(&phrase.verbs, phrase.be, phrase.by.is_some())?;
        scan.indirectly = phrase.indirectly.is_some();
        scan.subject = subject.clone();
        scan.said = self.said;
        if scan.indirectly
            && (!scan.when.is_empty() || !scan.place.is_empty() || scan.said.is_some())
        {
            return refuse("several claims");
        }
        let verb = Verb {
            scan,
            subject_noun,
            phrase,
        };
        let mut all = match (&phrase.objects, asked_object) {
            (Some(_), Some(_)) => return refuse("two objects"),
            (None, Some(term)) => self.objects(&verb, &[Item::Given(term.clone())], false)?,
            (None, None) => {
                let some = Term::Var(self.hidden(), Fits::Anything);
                self.objects(&verb, &[Item::Given(some)], false)?
            }
            (Some(objects), None) => {
                let items: Vec<Item<'_>> = objects.items.iter().map(Item::Written).collect();
                match objects.connective {
                    ast::Connective::And => self.objects(&verb, &items, false)?,
                    ast::Connective::Or => vec![self.one_of(&verb, &items, false)?],
                }
            }
        };
        let excluded = phrase.objects.iter().flat_map(|objects| &objects.but_not);
        let excluded: Vec<Item<'_>> = excluded.map(Item::Written).collect();
        if !excluded.is_empty() {
            let said = self.said.take();
            let some = self.one_of(&verb, &excluded, true);
            self.said = said;
            let some = some?;
            all.push(Formula::Not(Box::new(some), None));
        }
        if phrase.negated.is_none() {
            return Ok(Formula::All(all));
        }
        let ranging = match asked_object {
            Some(object) => self.ranging(object, &verb.scan, true),
            None => self.ranging(subject, &verb.scan, false),
        };
        Ok(Formula::Not(Box::new(Formula::All(all)), ranging))
    }

    fn one_of(&mut self, verb: &Verb<'_>, items: &[Item<'_>], silent: bool) -> Outcome<Formula> {
        let read = |this: &mut Self, item: &Item<'_>| {
            this.objects(verb, std::slice::from_ref(item), silent)
                .map(Formula::All)
        };
        Ok(Formula::Any(self.branches(items, read)?))
    }

    /// The verb with each of these objects; each has its own claim, and so its own date and place. `silent`: what is asked
    /// of the verb is not asked here.
    fn objects(
        &mut self,
        verb: &Verb<'_>,
        items: &[Item<'_>],
        silent: bool,
    ) -> Outcome<Vec<Formula>> {
        let start = match items.first() {
            Some(Item::Written(np)) => np.span.start,
            _ => u32::MAX,
        };
        let wanted = || {
            verb.phrase
                .qualifiers
                .iter()
                .filter(|q| !silent || !asks(q))
        };
        let mut all: Vec<(Scan, Vec<Formula>)> = items
            .iter()
            .map(|_| (verb.scan.clone(), Vec::new()))
            .collect();
        if silent {
            all.iter_mut().for_each(|(scan, _)| scan.be_silent());
        }
        for qualifier in wanted().filter(|q| q.span.start < start) {
            for (scan, beside) in &mut all {
                self.qualifier(qualifier, scan, beside)?;
            }
        }
        let mut each_other = Vec::new();
        for (item, (scan, beside)) in items.iter().zip(&mut all) {
            let back = matches!(item, Item::Written(np) if np.noun == Noun::EachOther);
            scan.object = match item {
                Item::Given(term) => term.clone(),
                Item::Written(np) if back => self.other(verb.subject_noun, np.span.start)?,
                Item::Written(np) => self.noun_phrase(np, beside)?,
            };
            each_other.push(back);
        }
        for qualifier in wanted().filter(|q| q.span.start >= start) {
            for (scan, beside) in &mut all {
                self.qualifier(qualifier, scan, beside)?;
            }
        }
        let mut formulas = Vec::new();
        for ((scan, beside), each_other) in all.into_iter().zip(each_other) {
            formulas.push(Formula::Scan(Box::new(scan.clone())));
            if each_other {
                let mut back = verb.scan.clone();
                back.be_silent();
                let mut beside = Vec::new();
                for qualifier in verb.phrase.qualifiers.iter().filter(|q| !asks(q)) {
                    self.qualifier(qualifier, &mut back, &mut beside)?;
                }
                back.subject = scan.object.clone();
                back.object = scan.subject.clone();
                formulas.push(Formula::Scan(Box::new(back)));
                formulas.extend(beside);
                if let (Some(one), Some(other)) = (scan.subject.var(), scan.object.var()) {
                    formulas.push(Formula::Before(one, other));
                }
            }
            formulas.extend(beside);
        }
        Ok(formulas)
    }

    /// The second of those who do it to each other.
    fn other(&mut self, subject: &Noun, at: u32) -> Outcome<Term> {
        match subject {
            Noun::Name(_) => refuse("`each other` of one"),
            Noun::Variable(name) => Ok(Term::Var(self.asked(name, at), Fits::Anything)),
            Noun::HowMany(word) => Ok(Term::Var(self.hidden(), Fits::Kind(self.kind(word)?))),
            noun => self.noun(noun, at),
        }
    }

    /// What the variable of a negated verb ranges over, should nothing else bind it.
    fn ranging(&self, term: &Term, scan: &Scan, is_object: bool) -> Option<Ranging> {
        let Term::Var(var, fits) = term else {
            return None;
        };
        let relations = &self.world.book.relations;
        let ends: Vec<&Vec<Text>> = scan
            .relations
            .iter()
            .filter_map(|(id, reversed)| {
                let relation = relations.iter().find(|r| *r.id.value == **id)?;
                let own = if *reversed == is_object {
                    &relation.from
                } else {
                    &relation.to
                };
                let both = vec![&relation.from, &relation.to];
                Some(if relation.symmetric { both } else { vec![own] })
            })
            .flatten()
            .collect();
        let admits = |id: &Thing| {
            self.world.kind_of(id).is_some_and(|(kind, actor)| {
                let is = |end: &Text| {
                    let end = end.value.as_str();
                    end == "any" || end == kind || (end == "actor" && actor)
                };
                ends.iter().any(|end| end.is_empty() || end.iter().any(is))
            })
        };
        let domain = self
            .world
            .entities()
            .filter(|id| super::solve::fits(self.world, id, fits) && admits(id))
            .collect();
        Some(Ranging { var: *var, domain })
    }
}

/// A verb phrase whose objects are still to be read.
struct Verb<'a> {
    scan: Scan,
    subject_noun: &'a Noun,
    phrase: &'a ast::VerbPhrase,
}

/// An object of a verb.
enum Item<'a> {
    Given(Term),
    Written(&'a ast::NounPhrase),
}
