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
    /// The variables that are columns, in order.
    pub columns: Vec<usize>,
    /// How often each asking word stood so far.
    used: BTreeMap<String, usize>,
    /// In `which sources say`: the variable of the source.
    pub said: Option<usize>,
    /// `how many` stood somewhere.
    pub counting: bool,
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
            counting: false,
        }
    }

    fn hidden(&mut self) -> usize {
        self.names.push(None);
        self.names.len() - 1
    }

    fn named(&mut self, name: String) -> usize {
        let known = self.names.iter().position(|n| n.as_ref() == Some(&name));
        known.unwrap_or_else(|| {
            self.names.push(Some(name));
            self.columns.push(self.names.len() - 1);
            self.names.len() - 1
        })
    }

    /// The column of an asking word: `who`, the second time `who2`.
    pub fn asked(&mut self, word: &str) -> usize {
        let times = self.used.entry(word.to_owned()).or_default();
        *times += 1;
        let name = if *times == 1 { word.to_owned() } else { format!("{word}{times}") };
        self.named(name)
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
            ast::Expression::Not(inner, _) => {
                Formula::Not(Box::new(self.expression(inner)?), None)
            }
        })
    }

    pub fn clause(&mut self, clause: &ast::Clause) -> Outcome<Formula> {
        let mut parts = Vec::new();
        let mut asked_object = None;
        let mut extra = Scan::nothing();
        match &clause.fronted {
            None | Some(ast::Fronted::Nothing) => {}
            Some(ast::Fronted::Object(np)) => asked_object = Some(self.noun_phrase(np, &mut parts)?),
            Some(ast::Fronted::When(_)) => extra.when.push(self.asked("when")),
            Some(ast::Fronted::Where(_)) => extra.place.push(self.asked("where")),
        }
        let subject = self.noun_phrase(&clause.subject, &mut parts)?;
        for phrase in &clause.predicates {
            let noun = &clause.subject.noun;
            parts.push(self.verb_phrase(&subject, noun, phrase, asked_object.as_ref(), &extra)?);
        }
        Ok(Formula::All(parts))
    }

    /// The term of a noun phrase; what its relative clauses say goes to `parts`.
    pub fn noun_phrase(
        &mut self,
        np: &ast::NounPhrase,
        parts: &mut Vec<Formula>,
    ) -> Outcome<Term> {
        let term = self.noun(&np.noun)?;
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

    fn noun(&mut self, noun: &Noun) -> Outcome<Term> {
        Ok(match noun {
            Noun::Who => Term::Var(self.asked("who"), Fits::Actor),
            Noun::Whom => Term::Var(self.asked("whom"), Fits::Actor),
            Noun::What => Term::Var(self.asked("what"), Fits::Anything),
            Noun::Which(word) => {
                let kind = self.kind(word)?;
                Term::Var(self.asked(&kind), Fits::Kind(kind))
            }
            Noun::HowMany(word) => {
                let kind = self.kind(word)?;
                self.counting = true;
                Term::Var(self.asked(&kind), Fits::Kind(kind))
            }
            Noun::Name(name) => Term::Is(self.entity(name)?),
            Noun::Variable(name) => Term::Var(self.named(name.clone()), Fits::Anything),
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

    pub fn relations(&self, verbs: &[ast::Verb], be: bool, by: bool) -> Outcome<Vec<(Thing, bool)>> {
        if by && !be {
            return refuse("`by` without a form of be");
        }
        let mut found = Vec::new();
        for verb in verbs {
            let fits = |relation: &&Relation| {
                let own = std::iter::once(&relation.id).chain(&relation.forms);
                own.into_iter().any(|form| fold::key(form) == fold::key(&verb.form))
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
        let mut scan = extra.clone();
        scan.relations = self.relations(&phrase.verbs, phrase.be, phrase.by.is_some())?;
        scan.indirectly = phrase.indirectly.is_some();
        scan.subject = subject.clone();
        scan.according.extend(self.said.map(According::Source));
        let mut beside = Vec::new();
        let first_object = phrase.objects.as_ref().and_then(|objects| objects.items.first());
        let start = first_object.map_or(u32::MAX, |np| np.span.start);
        let (early, late): (Vec<_>, Vec<_>) =
            phrase.qualifiers.iter().partition(|q| q.span.start < start);
        for qualifier in early {
            self.qualifier(qualifier, &mut scan, &mut beside)?;
        }
        let (connective, objects, excluded) = self.objects(phrase, subject_noun, asked_object)?;
        for qualifier in late {
            self.qualifier(qualifier, &mut scan, &mut beside)?;
        }
        let mut holds: Vec<Formula> = objects
            .into_iter()
            .map(|object| with_object(&scan, object))
            .collect();
        let mut all = match connective {
            ast::Connective::Or => vec![Formula::Any(holds)],
            ast::Connective::And => std::mem::take(&mut holds),
        };
        all.extend(beside);
        for object in excluded {
            all.push(Formula::Not(Box::new(with_object(&scan, object)), None));
        }
        if phrase.negated.is_none() {
            return Ok(Formula::All(all));
        }
        let ranging = match asked_object {
            Some(object) => self.ranging(object, &scan, true),
            None => self.ranging(subject, &scan, false),
        };
        Ok(Formula::Not(Box::new(Formula::All(all)), ranging))
    }

    fn objects(
        &mut self,
        phrase: &ast::VerbPhrase,
        subject_noun: &Noun,
        asked: Option<&Term>,
    ) -> Outcome<(ast::Connective, Vec<Object>, Vec<Object>)> {
        let Some(objects) = &phrase.objects else {
            let term = match asked {
                Some(term) => term.clone(),
                None => Term::Var(self.hidden(), Fits::Anything),
            };
            return Ok((ast::Connective::And, vec![Object::of(term)], Vec::new()));
        };
        if asked.is_some() {
            return refuse("two objects");
        }
        let mut read = |this: &mut Self, np: &ast::NounPhrase| {
            let each_other = np.noun == Noun::EachOther;
            let asks_again = !matches!(subject_noun, Noun::Name(_) | Noun::Variable(_));
            if each_other && !asks_again {
                return refuse("`each other` of one");
            }
            let term = this.noun(if each_other { subject_noun } else { &np.noun })?;
            let mut beside = Vec::new();
            this.relative(np, &term, &mut beside)?;
            Ok(Object { term, each_other, beside })
        };
        let items = match objects.connective {
            ast::Connective::Or => self.branches(&objects.items, &mut read)?,
            ast::Connective::And => {
                let all: Outcome<_> = objects.items.iter().map(|np| read(self, np)).collect();
                all?
            }
        };
        let excluded: Outcome<_> = objects.but_not.iter().map(|np| read(self, np)).collect();
        Ok((objects.connective, items, excluded?))
    }

    /// What the variable of a negated verb ranges over, should nothing else bind it.
    fn ranging(&self, term: &Term, scan: &Scan, is_object: bool) -> Option<Ranging> {
        let Term::Var(var, fits) = term else {
            return None;
        };
        let mut admitted: Vec<&Text> = Vec::new();
        let mut anything = false;
        for (id, reversed) in &scan.relations {
            let relation = self.world.book.relations.iter().find(|r| *r.id.value == **id);
            for relation in relation {
                let from = relation.symmetric || *reversed == is_object;
                let to = relation.symmetric || *reversed != is_object;
                for (_, end) in [(from, &relation.from), (to, &relation.to)]
                    .into_iter()
                    .filter(|(take, _)| *take)
                {
                    anything |= end.is_empty();
                    admitted.extend(end);
                }
            }
        }
        let admits = |id: &Thing| {
            self.world.kind_of(id).is_some_and(|(kind, actor)| {
                anything
                    || admitted.iter().any(|&end| {
                        let end = end.value.as_str();
                        end == "any" || end == kind || (end == "actor" && actor)
                    })
            })
        };
        let domain = self
            .world
            .entities()
            .filter(|id| super::solve::fits(self.world, id, fits) && admits(id))
            .collect();
        Some(Ranging { var: *var, domain, used: false })
    }

    pub fn qualifier(
        &mut self,
        qualifier: &ast::Qualifier,
        scan: &mut Scan,
        beside: &mut Vec<Formula>,
    ) -> Outcome<()> {
        match &qualifier.kind {
            QualifierKind::Time(certainty, range) => scan.windows.push(window(*certainty, range)?),
            QualifierKind::Undated => scan.undated = true,
            QualifierKind::Place(np) => {
                let term = self.noun_phrase(np, beside)?;
                scan.places.push(term);
            }
            QualifierKind::When => scan.when.push(self.asked("when")),
            QualifierKind::Where => scan.place.push(self.asked("where")),
            QualifierKind::As(status) => scan.status = Some(*status),
            QualifierKind::AccordingTo(np) => {
                let according = self.according(np, beside)?;
                scan.according.push(according);
            }
            QualifierKind::AccordingToWhichSource => {
                scan.according.push(According::Source(self.asked("source")));
            }
            QualifierKind::With { bound, number, independent } => {
                scan.with.push((*bound, *number, *independent));
            }
        }
        Ok(())
    }

    fn according(
        &mut self,
        np: &ast::NounPhrase,
        beside: &mut Vec<Formula>,
    ) -> Outcome<According> {
        let term = match &np.noun {
            Noun::Name(name) => {
                let term = agent(self.world, self.numbered, name)?;
                if np.relative.is_empty() {
                    return Ok(According::To(term));
                }
                Term::Is(term)
            }
            Noun::Whom => Term::Var(self.asked("whom"), Fits::AnySpeaker),
            Noun::Variable(name) => Term::Var(self.named(name.clone()), Fits::AnySpeaker),
            noun => self.noun(noun)?,
        };
        self.relative(np, &term, beside)?;
        Ok(According::Speaker(term))
    }
}

/// An object of a verb, and what else must hold of it.
struct Object {
    term: Term,
    each_other: bool,
    beside: Vec<Formula>,
}

impl Object {
    fn of(term: Term) -> Self {
        Self { term, each_other: false, beside: Vec::new() }
    }
}

fn with_object(scan: &Scan, object: Object) -> Formula {
    let mut there = scan.clone();
    there.object = object.term.clone();
    let mut all = vec![Formula::Scan(Box::new(there.clone()))];
    if object.each_other {
        let mut back = there.clone();
        std::mem::swap(&mut back.subject, &mut back.object);
        all.push(Formula::Scan(Box::new(back)));
        if let (Some(one), Some(other)) = (there.subject.var(), there.object.var()) {
            all.push(Formula::Before(one, other));
        }
    }
    all.extend(object.beside);
    Formula::All(all)
}

impl Scan {
    /// Without a verb: what `to be filled in` looks like.
    pub fn nothing() -> Self {
        Self {
            relations: Vec::new(),
            indirectly: false,
            subject: Term::Is(Rc::from("")),
            object: Term::Is(Rc::from("")),
            status: None,
            denials: false,
            windows: Vec::new(),
            undated: false,
            places: Vec::new(),
            according: Vec::new(),
            with: Vec::new(),
            when: Vec::new(),
            place: Vec::new(),
            under_not: false,
        }
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
    let publications = book.publications.iter().map(|p| (&p.id, &p.name, &p.aliases));
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
    names.iter().map(|name| agent(world, numbered, name)).collect()
}

fn window(certainty: ast::Certainty, range: &ast::TimeRange) -> Outcome<Window> {
    let bounds = |text: &str| match Date::parse(text) {
        Ok(date) => Ok((i64::from(date.start.0), i64::from(date.end.1))),
        Err(_) => refuse("no date"),
    };
    let (least, most) = (i64::from(i32::MIN), i64::from(i32::MAX));
    let (from, to) = match range {
        ast::TimeRange::Since(date) => (bounds(date)?.0, most),
        ast::TimeRange::After(date) => (bounds(date)?.1 + 1, most),
        ast::TimeRange::Before(date) => (least, bounds(date)?.0 - 1),
        ast::TimeRange::Until(date) => (least, bounds(date)?.1),
        ast::TimeRange::In(date) => bounds(date)?,
        ast::TimeRange::Between(one, other) => (bounds(one)?.0, bounds(other)?.1),
    };
    Ok(Window { certainly: certainty == ast::Certainty::Certainly, from, to })
}
