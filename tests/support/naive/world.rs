//! The records of a casebook read plainly: who is the same as whom, what each claim rests on and how it stands.

use super::Thing;
use casebook::model::{
    Actuality, Aspect, Casebook, Claim, Date, Evidence, Judgement, Polarity, Reliability, Stance,
};
use casebook::text::fold;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// How a claim stands, as the record contract words it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Affirmed,
    Planned,
    Expected,
    Cancelled,
    Alleged,
    Negated,
    Denied,
    Mentioned,
}

impl Standing {
    pub fn word(self) -> &'static str {
        match self {
            Self::Affirmed => "affirmed",
            Self::Planned => "planned",
            Self::Expected => "expected",
            Self::Cancelled => "cancelled",
            Self::Alleged => "alleged",
            Self::Negated => "negated",
            Self::Denied => "denied",
            Self::Mentioned => "mentioned",
        }
    }
}

/// Evidence that carries a claim.
#[derive(Debug, Clone)]
pub struct Carrying {
    pub source: Thing,
    pub publication: Option<Thing>,
    /// All according to whom it is: speakers, and entities that it rests on.
    pub speakers: Vec<Thing>,
    pub reliability: Option<Reliability>,
    pub credibility: Option<u8>,
}

/// A claim with everything about it that a question can ask.
#[derive(Debug, Clone)]
pub struct View {
    /// Position in the casebook that was asked, before anything was ignored.
    pub at: usize,
    pub subject: Thing,
    pub relation: Thing,
    pub object: Thing,
    /// Relation and ends; in a fixed order of ends where the relation is symmetric.
    pub fact: (Thing, Thing, Thing),
    pub symmetric: bool,
    pub place: Option<Thing>,
    pub event: Option<Thing>,
    /// Whether what it says lasts.
    pub lasts: bool,
    pub negated: bool,
    pub actuality: Actuality,
    /// Evidence that supports it, and evidence that denies it.
    pub supported: bool,
    pub denying: Vec<Carrying>,
    pub denying_origins: BTreeSet<Thing>,
    /// Place and event and all that they lie within.
    pub locations: BTreeSet<Thing>,
    pub when: Option<Date>,
    pub standing: Standing,
    pub denial: bool,
    pub disputed: bool,
    pub carrying: Vec<Carrying>,
    pub sources: BTreeSet<Thing>,
    pub origins: BTreeSet<Thing>,
}

/// A casebook, some sources of it ignored.
pub struct World<'a> {
    pub book: &'a Casebook,
    pub claims: Vec<View>,
    pub same: Same,
    /// For each entity that stands for itself its kind, and whether that acts.
    kinds: BTreeMap<Thing, (&'a str, bool)>,
}

/// For each entity id the id of the one that stands for it: the first judged the same.
pub struct Same(BTreeMap<String, Thing>);

impl Same {
    fn of(book: &Casebook) -> Self {
        let mut groups: Vec<BTreeSet<usize>> =
            (0..book.entities.len()).map(|at| [at].into()).collect();
        let position = |id: &str| book.entities.iter().position(|e| e.id.value == id);
        for same in &book.same_as {
            if same.judgement.value != Judgement::Same {
                continue;
            }
            let (Some(left), Some(right)) = (position(&same.left), position(&same.right)) else {
                continue;
            };
            let joined: BTreeSet<usize> = groups[left].union(&groups[right]).copied().collect();
            for &member in &joined {
                groups[member] = joined.clone();
            }
        }
        let first = |at: usize| groups[at].iter().next().copied().unwrap_or(at);
        Self(
            book.entities
                .iter()
                .enumerate()
                .map(|(at, e)| {
                    (
                        e.id.value.clone(),
                        Rc::from(&*book.entities[first(at)].id.value),
                    )
                })
                .collect(),
        )
    }

    /// The id that stands for this one; ids of publications and sources stand for themselves.
    pub fn as_one(&self, id: &str) -> Thing {
        self.0.get(id).cloned().unwrap_or_else(|| Rc::from(id))
    }
}

/// The casebook with these ids deleted from it, and where its remaining claims stood before.
pub fn without(
    book: &Casebook,
    ignored: &BTreeSet<Thing>,
    meets: &dyn Fn(&Evidence) -> bool,
) -> (Casebook, Vec<usize>) {
    let same = Same::of(book);
    let mut gone: BTreeSet<Thing> = ignored.iter().map(|id| same.as_one(id)).collect();
    loop {
        let falls = |source: &&casebook::model::Source| {
            let published = source.publication.as_ref();
            published.is_some_and(|id| gone.contains(&*id.value))
                || (!source.derived_from.is_empty()
                    && source
                        .derived_from
                        .iter()
                        .all(|from| gone.contains(&same.as_one(&from.origin))))
        };
        let fallen: Vec<Thing> = book
            .sources
            .iter()
            .filter(|source| !gone.contains(&*source.id.value))
            .filter(falls)
            .map(|source| Rc::from(&*source.id.value))
            .collect();
        if fallen.is_empty() {
            break;
        }
        gone.extend(fallen);
    }
    let is_gone = |id: &str| gone.contains(&same.as_one(id));
    let mut rest = book.clone();
    rest.sources.retain(|source| !is_gone(&source.id));
    for source in &mut rest.sources {
        source.derived_from.retain(|from| !is_gone(&from.origin));
    }
    for claim in &mut rest.claims {
        claim.evidence.retain(|evidence| {
            let gone = |id: &casebook::model::Text| is_gone(id);
            !is_gone(&evidence.source) && !evidence.according_to.iter().any(gone) && meets(evidence)
        });
    }
    let positions = (0..rest.claims.len())
        .filter(|&at| !rest.claims[at].evidence.is_empty())
        .collect();
    rest.claims.retain(|claim| !claim.evidence.is_empty());
    (rest, positions)
}

impl<'a> World<'a> {
    /// The casebook as it stands once these are ignored.
    pub fn of(book: &'a Casebook, ignored: &BTreeSet<Thing>) -> Self {
        Self::graded(book, ignored, &|_| true)
    }

    /// The same with only the evidence that meets a condition.
    pub fn graded(
        book: &'a Casebook,
        ignored: &BTreeSet<Thing>,
        meets: &dyn Fn(&Evidence) -> bool,
    ) -> Self {
        let same = Same::of(book);
        let (rest, positions) = without(book, ignored, meets);
        let mut claims: Vec<View> = rest
            .claims
            .iter()
            .zip(positions)
            .map(|(claim, at)| view(&rest, &same, claim, at))
            .collect();
        for one in 0..claims.len() {
            claims[one].disputed = claims[one].standing == Standing::Affirmed
                && claims
                    .iter()
                    .any(|other| other.fact == claims[one].fact && other.denial);
        }
        let mut world = Self {
            book,
            claims,
            same,
            kinds: BTreeMap::new(),
        };
        for id in world.entities().collect::<Vec<_>>() {
            let kind = world.look_up_kind(&id);
            world.kinds.extend(kind.map(|kind| (id, kind)));
        }
        world
    }

    /// The claim that stood at a position of the whole casebook.
    pub fn claim(&self, at: usize) -> Option<&View> {
        self.claims.iter().find(|claim| claim.at == at)
    }

    /// Entities that stand for themselves, in order.
    pub fn entities(&self) -> impl Iterator<Item = Thing> + '_ {
        self.book
            .entities
            .iter()
            .map(|e| self.same.as_one(&e.id))
            .enumerate()
            .filter(|(at, id)| *self.book.entities[*at].id.value == **id)
            .map(|(_, id)| id)
    }

    pub fn entity_position(&self, id: &str) -> Option<usize> {
        self.book.entities.iter().position(|e| e.id.value == id)
    }

    /// The kind of an entity, and whether it is an actor; `None` for a publication or a source.
    pub fn kind_of(&self, id: &str) -> Option<(&'a str, bool)> {
        self.kinds.get(id).copied()
    }

    fn look_up_kind(&self, id: &str) -> Option<(&'a str, bool)> {
        let entity = self.book.entities.iter().find(|e| e.id.value == id)?;
        let kind = self
            .book
            .kinds
            .iter()
            .find(|kind| kind.id.value == entity.kind.value)?;
        Some((&kind.id.value, kind.actor))
    }

    /// The folded name by which answers are put in order.
    pub fn name_of(&self, id: &str) -> String {
        let entity = self.book.entities.iter().find(|e| e.id.value == id);
        let publication = self.book.publications.iter().find(|p| p.id.value == id);
        let source = self.book.sources.iter().find(|s| s.id.value == id);
        let name = entity
            .map(|e| &e.name)
            .or(publication.map(|p| &p.name))
            .or(source.map(|s| &s.title));
        name.map_or_else(String::new, |name| fold::key(name))
    }
}

fn view(book: &Casebook, same: &Same, claim: &Claim, at: usize) -> View {
    let subject = same.as_one(&claim.subject);
    let object = same.as_one(&claim.object);
    let relation: Thing = Rc::from(&*claim.relation.value);
    let symmetric = book
        .relations
        .iter()
        .any(|r| r.id.value == claim.relation.value && r.symmetric);
    let (one, other) = if symmetric && object < subject {
        (object.clone(), subject.clone())
    } else {
        (subject.clone(), object.clone())
    };
    let mut locations = BTreeSet::new();
    for id in [&claim.place, &claim.event].into_iter().flatten() {
        lies_in(book, same, &same.as_one(id), &mut locations);
    }
    let standing = standing(claim);
    let denying = || {
        let all = claim.evidence.iter();
        all.filter(|e| e.stance == Stance::Denies)
    };
    let denies = denying().next().is_some();
    let carrying: Vec<&Evidence> = [Stance::Supports, Stance::Denies, Stance::Mentions]
        .into_iter()
        .map(|stance| {
            claim
                .evidence
                .iter()
                .filter(|e| e.stance == stance)
                .collect()
        })
        .find(|those: &Vec<_>| !those.is_empty())
        .unwrap_or_default();
    View {
        at,
        fact: (relation.clone(), one, other),
        subject,
        relation,
        object,
        symmetric,
        place: claim.place.as_ref().map(|id| same.as_one(id)),
        event: claim.event.as_ref().map(|id| same.as_one(id)),
        lasts: book
            .relations
            .iter()
            .any(|r| r.id.value == claim.relation.value && r.aspect == Aspect::State),
        negated: claim.polarity == Polarity::Negated,
        actuality: claim.actuality,
        supported: claim.evidence.iter().any(|e| e.stance == Stance::Supports),
        denying_origins: denying().flat_map(|e| origins(book, same, e)).collect(),
        denying: denying().map(|e| carries(book, same, e)).collect(),
        locations,
        when: claim.when.as_ref().map(|when| when.value.clone()),
        standing,
        denial: match standing {
            Standing::Negated | Standing::Denied => true,
            Standing::Affirmed | Standing::Alleged => denies,
            _ => false,
        },
        disputed: false,
        sources: carrying
            .iter()
            .map(|e| Rc::from(&*e.source.value))
            .collect(),
        origins: carrying
            .iter()
            .flat_map(|e| origins(book, same, e))
            .collect(),
        carrying: carrying
            .into_iter()
            .map(|e| carries(book, same, e))
            .collect(),
    }
}

fn carries(book: &Casebook, same: &Same, evidence: &Evidence) -> Carrying {
    let source = book.sources.iter().find(|s| s.id == evidence.source);
    let is_entity = |id: &Thing| book.entities.iter().any(|e| *e.id.value == **id);
    Carrying {
        source: Rc::from(&*evidence.source.value),
        publication: source
            .and_then(|s| s.publication.as_ref())
            .map(|id| Rc::from(&*id.value)),
        speakers: evidence
            .according_to
            .iter()
            .map(|id| same.as_one(id))
            .chain(origins(book, same, evidence).into_iter().filter(is_entity))
            .collect(),
        reliability: reliability(book, &evidence.source),
        credibility: evidence.credibility.as_ref().map(|grade| grade.value),
    }
}

/// The grade of a source: its own, else that of what it appeared in.
pub fn reliability(book: &Casebook, source: &str) -> Option<Reliability> {
    let source = book.sources.iter().find(|s| s.id.value == source)?;
    let inherited = || {
        let id = source.publication.as_ref()?;
        let publication = book.publications.iter().find(|p| p.id == *id)?;
        publication.reliability.as_ref()
    };
    let grade = source.reliability.as_ref().or_else(inherited)?;
    Some(grade.value)
}

fn standing(claim: &Claim) -> Standing {
    let has = |stance| claim.evidence.iter().any(|e| e.stance == stance);
    if !has(Stance::Supports) {
        return if has(Stance::Denies) {
            Standing::Denied
        } else {
            Standing::Mentioned
        };
    }
    if claim.polarity == Polarity::Negated {
        return Standing::Negated;
    }
    match claim.actuality {
        Actuality::Occurred | Actuality::Ongoing => Standing::Affirmed,
        Actuality::Planned => Standing::Planned,
        Actuality::Expected => Standing::Expected,
        Actuality::Cancelled => Standing::Cancelled,
        Actuality::Alleged => Standing::Alleged,
    }
}

/// Whether one of two entities is the other or lies within it, over any number of steps.
pub fn nested(world: &World<'_>, one: &Thing, other: &Thing) -> bool {
    let reaches = |from: &Thing, to: &Thing| {
        let mut found = BTreeSet::new();
        lies_in(world.book, &world.same, from, &mut found);
        found.contains(to)
    };
    reaches(one, other) || reaches(other, one)
}

pub fn lies_in(book: &Casebook, same: &Same, entity: &Thing, found: &mut BTreeSet<Thing>) {
    if !found.insert(entity.clone()) {
        return;
    }
    for record in book
        .entities
        .iter()
        .filter(|e| same.as_one(&e.id) == *entity)
    {
        for outer in &record.within {
            lies_in(book, same, &same.as_one(outer), found);
        }
    }
}

/// The innermost speaker, where one is named, else what the source ultimately rests on.
fn origins(book: &Casebook, same: &Same, evidence: &Evidence) -> BTreeSet<Thing> {
    rests_on(
        book,
        same,
        evidence.according_to.last().unwrap_or(&evidence.source),
    )
}

fn rests_on(book: &Casebook, same: &Same, id: &str) -> BTreeSet<Thing> {
    let Some(source) = book.sources.iter().find(|s| s.id.value == id) else {
        return [same.as_one(id)].into();
    };
    if source.derived_from.is_empty() {
        let root = source.publication.as_ref().unwrap_or(&source.id);
        return [Rc::from(&*root.value)].into();
    }
    source
        .derived_from
        .iter()
        .flat_map(|from| rests_on(book, same, &from.origin))
        .collect()
}
