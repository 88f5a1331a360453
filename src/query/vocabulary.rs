//! The words a casebook lends to the question language: names, verb forms and kinds, by their folded keys.

use crate::model::Casebook;
use crate::text::{fold, suggest};
use std::collections::BTreeMap;
use std::ops::Bound;

/// What a name stands for: an index into the vectors of the [`Casebook`], which the graph keeps as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Referent {
    /// Index into `entities`.
    Entity(u32),
    /// Index into `publications`.
    Publication(u32),
    /// Index into `sources`.
    Source(u32),
}

/// The classes of words that a casebook declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Names and aliases of entities, publications and sources.
    Name,
    /// Names and aliases of publications and sources only.
    Source,
    /// Forms of relations.
    Verb,
    /// Kinds and their plurals.
    Kind,
}

/// Which classes a run of words belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Readings {
    /// It is a name.
    pub name: bool,
    /// It is a form of a relation.
    pub verb: bool,
    /// It is a kind.
    pub kind: bool,
}

impl Readings {
    fn any(self) -> bool {
        self.name || self.verb || self.kind
    }
}

#[derive(Debug, Clone, Default)]
struct Entry<T> {
    /// As first declared; what suggestions and completion show.
    shown: String,
    meanings: Vec<T>,
}

type Table<T> = BTreeMap<String, Entry<T>>;

/// The names, verbs and kinds of a casebook by their folded keys, in order, so that prefixes are ranges.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    names: Table<Referent>,
    ids: BTreeMap<String, Vec<Referent>>,
    verbs: Table<u32>,
    kinds: Table<u32>,
    plurals: Vec<String>,
}

impl Vocabulary {
    /// The vocabulary of a casebook. Ids name things only through `@id`.
    #[must_use]
    pub fn of(casebook: &Casebook) -> Self {
        let mut vocabulary = Self::default();
        for (entity, at) in casebook.entities.iter().zip(0..) {
            let names = std::iter::once(&entity.name).chain(&entity.aliases);
            vocabulary.name(
                &entity.id,
                names.map(|name| name.as_str()),
                Referent::Entity(at),
            );
        }
        for (publication, at) in casebook.publications.iter().zip(0..) {
            let names = std::iter::once(&publication.name).chain(&publication.aliases);
            let referent = Referent::Publication(at);
            vocabulary.name(&publication.id, names.map(|name| name.as_str()), referent);
        }
        for (source, at) in casebook.sources.iter().zip(0..) {
            let names = std::iter::once(&source.title).chain(&source.aliases);
            vocabulary.name(
                &source.id,
                names.map(|name| name.as_str()),
                Referent::Source(at),
            );
        }
        for (relation, at) in casebook.relations.iter().zip(0..) {
            for form in relation.forms.iter() {
                insert(&mut vocabulary.verbs, form, form, at);
            }
            let spaced = relation.id.replace('-', " ");
            insert(&mut vocabulary.verbs, &relation.id, &spaced, at);
        }
        for (kind, at) in casebook.kinds.iter().zip(0..) {
            insert(&mut vocabulary.kinds, &kind.id, &kind.id, at);
            insert(&mut vocabulary.kinds, &kind.plural, &kind.plural, at);
            vocabulary.plurals.push(kind.plural.value.clone());
        }
        vocabulary.names_without_article();
        vocabulary
    }

    /// "the Courier" is found as "Courier" too, unless that is a name of its own.
    fn names_without_article(&mut self) {
        let mut shorter: Table<Referent> = BTreeMap::new();
        for (key, entry) in &self.names {
            let rest = ["a ", "an ", "the "]
                .iter()
                .find_map(|article| key.strip_prefix(article));
            let Some(rest) = rest.filter(|rest| !self.names.contains_key(*rest)) else {
                continue;
            };
            let added = shorter.entry(rest.to_owned()).or_insert_with(|| Entry {
                shown: entry.shown.clone(),
                meanings: Vec::new(),
            });
            added.meanings.extend(&entry.meanings);
        }
        self.names.extend(shorter);
    }

    fn name<'a>(&mut self, id: &str, names: impl Iterator<Item = &'a str>, referent: Referent) {
        for name in names {
            insert(&mut self.names, name, name, referent);
        }
        self.ids.entry(id.to_owned()).or_default().push(referent);
    }

    /// The longest run of folded words, from the first on, that is a name, a verb or a kind: its number of words
    /// (0 for none) and all that it is.
    #[must_use]
    pub fn longest<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> (usize, Readings) {
        let mut key = String::new();
        let mut best = (0, Readings::default());
        for (word, count) in words.into_iter().zip(1..) {
            if count > 1 {
                key.push(' ');
                if !self.goes_on(&key) {
                    break;
                }
            }
            key.push_str(word);
            let readings = self.readings(&key);
            if readings.any() {
                best = (count, readings);
            }
        }
        best
    }

    fn goes_on(&self, prefix: &str) -> bool {
        starting(&self.names, prefix).next().is_some()
            || starting(&self.verbs, prefix).next().is_some()
            || starting(&self.kinds, prefix).next().is_some()
    }

    /// All that a folded key is.
    #[must_use]
    pub fn readings(&self, key: &str) -> Readings {
        Readings {
            name: self.names.contains_key(key),
            verb: self.verbs.contains_key(key),
            kind: self.kinds.contains_key(key),
        }
    }

    /// What a folded key names, in the order of the casebook: entities, publications, sources.
    #[must_use]
    pub fn names(&self, key: &str) -> &[Referent] {
        self.names.get(key).map_or(&[], |entry| &entry.meanings)
    }

    /// What an id names: an entity, a publication and a source may share one.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Vec<Referent> {
        self.ids.get(id).cloned().unwrap_or_default()
    }

    /// The relations that a folded form stands for.
    #[must_use]
    pub fn verbs(&self, key: &str) -> &[u32] {
        self.verbs.get(key).map_or(&[], |entry| &entry.meanings)
    }

    /// The kind of a folded id or plural; the first declared where two share it.
    #[must_use]
    pub fn kind(&self, key: &str) -> Option<u32> {
        self.kinds.get(key)?.meanings.first().copied()
    }

    /// The plurals of all kinds, in the order of the casebook.
    #[must_use]
    pub fn plurals(&self) -> &[String] {
        &self.plurals
    }

    /// The words of a class whose folded key begins with `prefix`, as they are shown, in the order of their keys.
    pub fn starting<'v>(
        &'v self,
        class: Class,
        prefix: &str,
    ) -> Box<dyn Iterator<Item = (&'v str, &'v str)> + 'v> {
        match class {
            Class::Name => Box::new(starting(&self.names, prefix).map(shown)),
            Class::Source => Box::new(starting(&self.names, prefix).filter(is_source).map(shown)),
            Class::Verb => Box::new(starting(&self.verbs, prefix).map(shown)),
            Class::Kind => Box::new(starting(&self.kinds, prefix).map(shown)),
        }
    }

    /// The ids that begin with `prefix`, with what they name.
    pub fn ids<'v>(&'v self, prefix: &str) -> impl Iterator<Item = (&'v str, &'v [Referent])> {
        let from = (Bound::Included(prefix.to_owned()), Bound::Unbounded);
        let prefix = prefix.to_owned();
        self.ids
            .range(from)
            .take_while(move |(id, _)| id.starts_with(&prefix))
            .map(|(id, meanings)| (id.as_str(), meanings.as_slice()))
    }

    /// Words of these classes near a folded key, with their distance, as they are shown; nearest first, and at most
    /// three of each class.
    #[must_use]
    pub fn near(&self, key: &str, classes: &[Class]) -> Vec<(usize, &str)> {
        let mut found = Vec::new();
        for &class in classes {
            let candidates: Vec<(&str, &str)> = self.starting(class, "").collect();
            let keys = candidates.iter().map(|&(candidate, _)| candidate);
            for (distance, near) in suggest::near(key, keys) {
                let at = candidates.binary_search_by_key(&near, |&(candidate, _)| candidate);
                if let Some(&(_, shown)) = at.ok().and_then(|at| candidates.get(at)) {
                    found.push((distance, shown));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn insert<T: PartialEq>(table: &mut Table<T>, written: &str, shown: &str, meaning: T) {
    let key = fold::key(written);
    if key.is_empty() {
        return;
    }
    let entry = table.entry(key).or_insert_with(|| Entry {
        shown: shown.to_owned(),
        meanings: Vec::new(),
    });
    if !entry.meanings.contains(&meaning) {
        entry.meanings.push(meaning);
    }
}

fn starting<'t, T>(
    table: &'t Table<T>,
    prefix: &str,
) -> impl Iterator<Item = (&'t String, &'t Entry<T>)> + use<'t, T> {
    let prefix = prefix.to_owned();
    table
        .range::<str, _>((Bound::Included(prefix.as_str()), Bound::Unbounded))
        .take_while(move |(key, _)| key.starts_with(&prefix))
}

fn shown<'t, T>((key, entry): (&'t String, &'t Entry<T>)) -> (&'t str, &'t str) {
    (key, &entry.shown)
}

fn is_source((_, entry): &(&String, &Entry<Referent>)) -> bool {
    entry
        .meanings
        .iter()
        .any(|meaning| !matches!(meaning, Referent::Entity(_)))
}
