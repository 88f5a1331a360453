//! What a question's expression says, names looked up, nothing else changed: scans of claims joined by and, or, not.

use super::{Outcome, Thing, refuse};
use casebook::query::question::ast;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Which entities a noun admits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fits {
    Anything,
    Actor,
    Kind(String),
    /// Entities, publications and sources.
    AnySpeaker,
}

/// What stands at an end of a verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    Is(Thing),
    Var(usize, Fits),
}

impl Term {
    pub fn var(&self) -> Option<usize> {
        match self {
            Self::Is(_) => None,
            Self::Var(var, _) => Some(*var),
        }
    }
}

/// `according to …`
#[derive(Debug, Clone, PartialEq)]
pub enum According {
    /// This source, publication or speaker.
    To(Thing),
    /// Some speaker, who is bound.
    Speaker(Term),
    /// Some source, which is bound.
    Source(usize),
}

/// A window of time: whether it must be met for certain, its first day, its last.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    pub certainly: bool,
    pub from: i64,
    pub to: i64,
}

/// One verb between two terms, with its qualifiers.
#[derive(Debug, Clone, PartialEq)]
pub struct Scan {
    /// The relations, and for each whether subject and object change places.
    pub relations: Vec<(Thing, bool)>,
    pub indirectly: bool,
    pub subject: Term,
    pub object: Term,
    /// The claim has all of these; none written is the default.
    pub statuses: Vec<ast::Status>,
    /// Instead of the status: claims by which a source says that it did not happen.
    pub denials: bool,
    pub windows: Vec<Window>,
    pub undated: bool,
    pub places: Vec<Term>,
    pub according: Vec<According>,
    /// In `which sources say`: the variable of the source that carries each claim.
    pub said: Option<usize>,
    pub with: Vec<(ast::Bound, u32, bool)>,
    /// Variables that take the claim's date, and its place.
    pub when: Vec<usize>,
    pub place: Vec<usize>,
    /// Under `not`: held-back and undated claims are not counted here.
    pub under_not: bool,
}

impl Scan {
    pub fn vars(&self) -> BTreeSet<usize> {
        let according = self
            .according
            .iter()
            .filter_map(|according| match according {
                According::To(_) => None,
                According::Speaker(term) => term.var(),
                According::Source(var) => Some(*var),
            });
        [&self.subject, &self.object]
            .into_iter()
            .chain(&self.places)
            .filter_map(Term::var)
            .chain(according)
            .chain(
                self.when
                    .iter()
                    .chain(&self.place)
                    .chain(&self.said)
                    .copied(),
            )
            .collect()
    }
}

/// The variable of a negated verb, and what it ranges over where nothing else binds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranging {
    pub var: usize,
    pub domain: BTreeSet<Thing>,
}

/// What an expression says.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    Scan(Box<Scan>),
    All(Vec<Formula>),
    Any(Vec<Formula>),
    Not(Box<Formula>, Option<Ranging>),
    /// The variable is one of these. [`settle`] adds it for what `not` ranges over.
    OneOf(usize, BTreeSet<Thing>),
    /// The first stands before the second in the casebook.
    Before(usize, usize),
}

impl Formula {
    /// Whether there is a `not` in it.
    pub fn negates(&self) -> bool {
        match self {
            Self::Not(..) => true,
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::negates),
            Self::Scan(_) | Self::OneOf(..) | Self::Before(..) => false,
        }
    }

    /// Every variable in it.
    pub fn vars(&self) -> BTreeSet<usize> {
        match self {
            Self::Scan(scan) => scan.vars(),
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::vars).collect(),
            Self::Not(inner, _) => inner.vars(),
            Self::OneOf(var, _) => [*var].into(),
            Self::Before(one, other) => [*one, *other].into(),
        }
    }

    /// The variables that it binds wherever it holds.
    fn binds(&self) -> BTreeSet<usize> {
        match self {
            Self::Scan(_) | Self::OneOf(..) => self.vars(),
            Self::All(parts) => parts.iter().flat_map(Self::binds).collect(),
            Self::Any(parts) => parts
                .iter()
                .map(Self::binds)
                .reduce(|one, other| one.intersection(&other).copied().collect())
                .unwrap_or_default(),
            Self::Not(..) | Self::Before(..) => BTreeSet::new(),
        }
    }

    /// This with one of its scans taken as a denial, in all ways. Scans under a further `not` stay.
    pub fn denied(&self) -> Vec<Formula> {
        let one_of = |parts: &[Formula], join: fn(Vec<Formula>) -> Formula| {
            let mut all = Vec::new();
            for (at, part) in parts.iter().enumerate() {
                for denied in part.denied() {
                    let mut parts = parts.to_vec();
                    parts[at] = denied;
                    all.push(join(parts));
                }
            }
            all
        };
        match self {
            Self::Scan(scan) => {
                let mut scan = scan.clone();
                scan.denials = true;
                vec![Self::Scan(scan)]
            }
            Self::All(parts) => one_of(parts, Self::All),
            Self::Any(parts) => one_of(parts, Self::Any),
            Self::Not(..) | Self::OneOf(..) | Self::Before(..) => Vec::new(),
        }
    }

    fn mark_under_not(&mut self) {
        match self {
            Self::Scan(scan) => {
                scan.under_not = true;
                scan.said = None;
            }
            Self::All(parts) | Self::Any(parts) => parts.iter_mut().for_each(Self::mark_under_not),
            Self::Not(inner, _) => inner.mark_under_not(),
            Self::OneOf(..) | Self::Before(..) => {}
        }
    }
}

/// One conjunction of all conjunctions in it.
fn flat(parts: Vec<Formula>) -> Vec<Formula> {
    let flatten = |part| match part {
        Formula::All(inner) => flat(inner),
        part => vec![part],
    };
    parts.into_iter().flat_map(flatten).collect()
}

/// A variable that joins an `or` with something beside it must stand in every branch.
fn shared_in_every_branch(parts: &[Formula]) -> Outcome<()> {
    for (at, part) in parts.iter().enumerate() {
        let Formula::Any(branches) = part else {
            continue;
        };
        for var in part.vars() {
            let beside = parts.iter().enumerate().any(|(other, part)| {
                other != at && !matches!(part, Formula::Not(..)) && part.vars().contains(&var)
            });
            if beside && !branches.iter().all(|branch| branch.vars().contains(&var)) {
                return refuse("unbound-in-branch");
            }
        }
    }
    Ok(())
}

/// Says for every variable of a negated verb that nothing else binds what it ranges over, and refuses variables that
/// stand only under `not`. `shown` tells which variables are asked for or named; `bound` are those that parts outside
/// bind.
pub fn settle(
    formula: &mut Formula,
    shown: &dyn Fn(usize) -> bool,
    bound: &BTreeSet<usize>,
) -> Outcome<()> {
    match formula {
        Formula::Scan(_) | Formula::OneOf(..) | Formula::Before(..) => Ok(()),
        Formula::Any(parts) => parts
            .iter_mut()
            .try_for_each(|part| settle(part, shown, bound)),
        Formula::All(parts) => {
            *parts = flat(std::mem::take(parts));
            settle_all(parts, shown, bound)
        }
        Formula::Not(..) => {
            let mut parts = vec![formula.clone()];
            settle_all(&mut parts, shown, bound)?;
            *formula = Formula::All(parts);
            Ok(())
        }
    }
}

fn settle_all(
    parts: &mut Vec<Formula>,
    shown: &dyn Fn(usize) -> bool,
    bound: &BTreeSet<usize>,
) -> Outcome<()> {
    shared_in_every_branch(parts)?;
    for at in 0..parts.len() {
        let others = (0..parts.len()).filter(|&other| other != at);
        let beside = others.flat_map(|other| parts[other].binds());
        let bound = beside.chain(bound.iter().copied()).collect();
        if !matches!(parts[at], Formula::Not(..)) {
            settle(&mut parts[at], shown, &bound)?;
        }
    }
    let mut known: BTreeSet<usize> = bound.clone();
    known.extend(parts.iter().flat_map(Formula::binds));
    // What only some branches of an `or` bind joins nothing beside it, nor what is denied beside it.
    let positive = parts
        .iter()
        .filter(|part| !matches!(part, Formula::Not(..)));
    let some: BTreeSet<usize> = positive.flat_map(Formula::vars).collect();
    for part in parts.iter() {
        if let Formula::Not(inner, _) = part
            && inner
                .vars()
                .into_iter()
                .any(|var| shown(var) && some.contains(&var) && !known.contains(&var))
        {
            return refuse("unbound-in-branch");
        }
    }
    // What several verbs deny of one variable is asked of those whom all of them admit.
    let mut domains: BTreeMap<usize, BTreeSet<Thing>> = BTreeMap::new();
    for part in parts.iter() {
        if let Formula::Not(_, Some(range)) = part
            && !known.contains(&range.var)
        {
            let domain = domains
                .entry(range.var)
                .or_insert_with(|| range.domain.clone());
            domain.retain(|id| range.domain.contains(id));
        }
    }
    for (var, domain) in domains {
        known.insert(var);
        parts.push(Formula::OneOf(var, domain));
    }
    for part in parts.iter_mut() {
        if let Formula::Not(inner, _) = part {
            let loose = inner
                .vars()
                .into_iter()
                .find(|var| shown(*var) && !known.contains(var));
            if loose.is_some() {
                return refuse("only-under-not");
            }
            inner.mark_under_not();
            settle(inner, shown, &known)?;
        }
    }
    Ok(())
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

    pub fn be_silent(&mut self) {
        self.when.clear();
        self.place.clear();
    }
}
