//! Names, verbs and kinds of a question looked up; every noun gets its variable, every asking word its column.

use super::formula::{According, Fits, Formula, Ranging, Scan, Term, Window};
use super::world::World;
use super::{Outcome, Thing, refuse};
use casebook::model::{Be, Date, Relation, Text};
use casebook::query::question::ast::{self, NameForm, Noun, QualifierKind};
use casebook::text::fold;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The variables of a question while it is read.
pub struct Resolver<'w> {
    pub world: &'w World<'w>,
    pub numbered: &'w [String],
    /// For each variable the name of its column, if it has one.
    pub names: Vec<Option<String>>,
    /// The variables that are columns, with where in the question they first stand.
    pub columns: Vec<(u32, usize)>,
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

    /// `?x`: the same wherever it stands.
    fn variable(&mut self, name: &str, at: u32) -> usize {
        self.used.entry(name.to_owned()).or_insert(1);
        self.named(name.to_owned(), at)
    }

    /// Reads parts of which only one will hold at a time: each numbers its columns as if it stood alone.
    fn branches<T, R>(
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
            Some(ast::Fronted::When(span)) => extra.when.push(self.asked("when", span.start)),
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

    fn relative(
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

    fn noun(&mut self, noun: &Noun, at: u32) -> Outcome<Term> {
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

    pub fn kind(&self, word: &str) -> Outcome<String> {
        let kinds = &self.world.book.kinds;
        let wanted = fold::key(word);
        let kind = kinds
            .iter()
            .find(|kind| fold::key(&kind.id) == wanted || fold::key(&kind.plural) == wanted);
        match kind {
            Some(kind) => Ok(kind.id.value.clone()),
            None => refuse("unknown kind"),
        }
    }

    pub fn entity(&self, name: &ast::Name) -> Outcome<Thing> {
        let entities = &self.world.book.entities;
        let found: BTreeSet<Thing> = entities
            .iter()
            .filter(|entity| called(&name.form, &entity.id, &entity.name, &entity.aliases))
            .map(|entity| self.world.same.as_one(&entity.id))
            .collect();
        only(found)
    }

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

    fn verb_phrase(
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

    pub fn qualifier(
        &mut self,
        qualifier: &ast::Qualifier,
        scan: &mut Scan,
        beside: &mut Vec<Formula>,
    ) -> Outcome<()> {
        let at = qualifier.span.start;
        let given =
            |np: &ast::NounPhrase| matches!(np.noun, Noun::Name(_)) && np.relative.is_empty();
        let of_one_claim = match &qualifier.kind {
            QualifierKind::Place(np) | QualifierKind::AccordingTo(np) => !given(np),
            QualifierKind::When | QualifierKind::Where => true,
            QualifierKind::AccordingToWhichSource => true,
            _ => false,
        };
        if scan.indirectly && of_one_claim {
            return refuse("several claims");
        }
        match &qualifier.kind {
            QualifierKind::Time(certainty, range) => scan.windows.push(window(*certainty, range)?),
            QualifierKind::Undated => scan.undated = true,
            QualifierKind::Place(np) => {
                let term = self.noun_phrase(np, beside)?;
                scan.places.push(term);
            }
            QualifierKind::When => scan.when.push(self.asked("when", at)),
            QualifierKind::Where => scan.place.push(self.asked("where", at)),
            QualifierKind::As(status) => scan.statuses.push(*status),
            QualifierKind::AccordingTo(np) => {
                let according = self.according(np, beside)?;
                scan.according.push(according);
            }
            QualifierKind::AccordingToWhichSource => {
                scan.according
                    .push(According::Source(self.asked("source", at)));
            }
            QualifierKind::With {
                bound,
                number,
                independent,
            } => {
                scan.with.push((*bound, *number, *independent));
            }
        }
        Ok(())
    }

    fn according(&mut self, np: &ast::NounPhrase, beside: &mut Vec<Formula>) -> Outcome<According> {
        let at = np.span.start;
        let plain = np.relative.is_empty();
        let term = match &np.noun {
            Noun::Name(name) if plain => {
                return Ok(According::To(agent(self.world, self.numbered, name)?));
            }
            Noun::Who | Noun::Whom if plain => Term::Var(self.asked("whom", at), Fits::AnySpeaker),
            Noun::What if plain => Term::Var(self.asked("what", at), Fits::AnySpeaker),
            Noun::Someone | Noun::Something if plain => Term::Var(self.hidden(), Fits::AnySpeaker),
            noun => self.noun(noun, at)?,
        };
        self.relative(np, &term, beside)?;
        Ok(According::Speaker(term))
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

/// Whether a qualifier asks for something.
fn asks(qualifier: &ast::Qualifier) -> bool {
    match &qualifier.kind {
        QualifierKind::When | QualifierKind::Where => true,
        QualifierKind::AccordingToWhichSource => true,
        QualifierKind::Place(np) | QualifierKind::AccordingTo(np) => matches!(
            np.noun,
            Noun::Who | Noun::Whom | Noun::What | Noun::Which(_) | Noun::HowMany(_)
        ),
        _ => false,
    }
}

impl Scan {
    /// Without a verb, to be filled in.
    pub fn nothing() -> Self {
        Self {
            relations: Vec::new(),
            indirectly: false,
            subject: Term::Is(Rc::from("")),
            object: Term::Is(Rc::from("")),
            statuses: Vec::new(),
            denials: false,
            windows: Vec::new(),
            undated: false,
            places: Vec::new(),
            according: Vec::new(),
            said: None,
            with: Vec::new(),
            when: Vec::new(),
            place: Vec::new(),
            under_not: false,
        }
    }

    fn be_silent(&mut self) {
        self.when.clear();
        self.place.clear();
    }
}

fn called(form: &NameForm, id: &str, name: &str, aliases: &[Text]) -> bool {
    match form {
        NameForm::Words(words) => {
            let wanted = fold::key(words);
            fold::key(name) == wanted || aliases.iter().any(|alias| fold::key(alias) == wanted)
        }
        NameForm::Id(wanted) => wanted == id,
        NameForm::Number(_) => false,
    }
}

fn only(found: BTreeSet<Thing>) -> Outcome<Thing> {
    match (found.len(), found.into_iter().next()) {
        (1, Some(thing)) => Ok(thing),
        (0, _) => refuse("unknown name"),
        _ => refuse("ambiguous name"),
    }
}

/// The entity, publication or source of a name.
pub fn agent(world: &World<'_>, numbered: &[String], name: &ast::Name) -> Outcome<Thing> {
    if let NameForm::Number(number) = name.form {
        let at = (number as usize).wrapping_sub(1);
        return match numbered.get(at) {
            Some(id) => Ok(Rc::from(id.as_str())),
            None => refuse("no source of that number"),
        };
    }
    let book = world.book;
    let entities = book.entities.iter().map(|e| (&e.id, &e.name, &e.aliases));
    let publications = book
        .publications
        .iter()
        .map(|p| (&p.id, &p.name, &p.aliases));
    let sources = book.sources.iter().map(|s| (&s.id, &s.title, &s.aliases));
    let found = entities
        .chain(publications)
        .chain(sources)
        .filter(|(id, title, aliases)| called(&name.form, id, title, aliases))
        .map(|(id, _, _)| world.same.as_one(id))
        .collect();
    only(found)
}

/// [`agent`] for each.
pub fn agents(
    world: &World<'_>,
    numbered: &[String],
    names: &[ast::Name],
) -> Outcome<BTreeSet<Thing>> {
    names
        .iter()
        .map(|name| agent(world, numbered, name))
        .collect()
}

fn window(certainty: ast::Certainty, range: &ast::TimeRange) -> Outcome<Window> {
    let bounds = |text: &str| match Date::parse(text) {
        Ok(date) => Ok((i64::from(date.start.0), i64::from(date.end.1))),
        Err(_) => refuse("no date"),
    };
    let (least, most) = (i64::from(i32::MIN), i64::from(i32::MAX));
    let (from, to) = match range {
        ast::TimeRange::Since(date) => (bounds(date)?.0, most),
        ast::TimeRange::After(date) => ((bounds(date)?.1 + 1).min(most), most),
        ast::TimeRange::Before(date) => (least, (bounds(date)?.0 - 1).max(least)),
        ast::TimeRange::Until(date) => (least, bounds(date)?.1),
        ast::TimeRange::In(date) => bounds(date)?,
        ast::TimeRange::Between(one, other) => (bounds(one)?.0, bounds(other)?.1),
    };
    if from > to {
        return refuse("a window that ends before it starts");
    }
    Ok(Window {
        certainly: certainty == ast::Certainty::Certainly,
        from,
        to,
    })
}
