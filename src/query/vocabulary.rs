//! The words a casebook lends to the question language: names, verb forms and kinds, by their folded keys.

use super::lexicon::Lexicon;
use crate::columns::{File, Lists, Problem, Strings, Writer};
use crate::graph::Graph;
/// What a name stands for: an index into the records of the graph.
pub use crate::graph::Referent;
use crate::text::{fold, suggest};
use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

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

/// The names, verbs and kinds of a casebook by their folded keys, in order, so that prefixes are ranges. Of names there may
/// be hundreds of thousands; of verbs and kinds there are few.
#[derive(Debug, Default)]
pub struct Vocabulary {
    names: Lexicon,
    /// By the places of names: as they are shown, and what they stand for.
    shown: Strings,
    meanings: Lists,
    ids: Lexicon,
    meanings_of_ids: Lists,
    verbs: Table<u32>,
    kinds: Table<u32>,
    plurals: Vec<String>,
}

impl Vocabulary {
    /// The vocabulary of a casebook. Ids name things only through `@id`.
    #[must_use]
    pub fn of(graph: &Graph) -> Self {
        let mut names = Names::of(graph);
        names.add_those_without_article();
        let agents = graph.agents();
        let entities =
            (0..graph.entity_count()).map(|at| (agents.of_entity(at), Referent::Entity(at)));
        let outlets = (0..)
            .zip(&graph.records().publications)
            .filter_map(|(at, outlet)| Some((agents.find(&outlet.id)?, Referent::Publication(at))));
        let sources =
            (0..graph.source_count()).map(|at| (agents.of_source(at), Referent::Source(at)));
        let things: Vec<(u32, u32)> = entities
            .chain(outlets)
            .chain(sources)
            .map(|(agent, thing)| (agent, thing.packed()))
            .collect();
        let ids = (0..).take(agents.len()).map(|agent| agents.id(agent));
        Self {
            ids: Lexicon::new(ids),
            meanings_of_ids: Lists::from_pairs(agents.len(), things.iter().copied()),
            names: Lexicon::new(names.0.iter().map(|(key, _)| key.as_str())),
            shown: names.0.iter().map(|(_, entry)| &entry.shown).collect(),
            meanings: Lists::from_lists(names.0.iter().map(|(_, entry)| &entry.meanings)),
            ..Self::of_schema(graph)
        }
    }

    /// Verbs and kinds.
    fn of_schema(graph: &Graph) -> Self {
        let mut vocabulary = Self::default();
        let records = graph.records();
        for (relation, at) in records.relations.iter().zip(0..) {
            for form in relation.forms.iter() {
                insert(&mut vocabulary.verbs, form, form, at);
            }
            let spaced = relation.id.replace('-', " ");
            insert(&mut vocabulary.verbs, &relation.id, &spaced, at);
        }
        for (kind, at) in records.kinds.iter().zip(0..) {
            insert(&mut vocabulary.kinds, &kind.id, &kind.id, at);
            insert(&mut vocabulary.kinds, &kind.plural, &kind.plural, at);
            vocabulary.plurals.push(kind.plural.value.clone());
        }
        vocabulary
    }

    pub(crate) fn write<'a>(&'a self, file: &mut Writer<'a>) {
        self.names.write("name", file);
        self.shown.write("name.shown", file);
        self.meanings.write("name.meanings", file);
        self.ids.write("id", file);
        self.meanings_of_ids.write("id.meanings", file);
    }

    /// The vocabulary of a file whose graph this is.
    pub(crate) fn mapped(file: &Arc<File>, graph: &Graph) -> Result<Self, Problem> {
        Ok(Self {
            names: Lexicon::mapped(file, "name")?,
            shown: Strings::mapped(file, "name.shown")?,
            meanings: Lists::mapped(file, "name.meanings")?,
            ids: Lexicon::mapped(file, "id")?,
            meanings_of_ids: Lists::mapped(file, "id.meanings")?,
            ..Self::of_schema(graph)
        })
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
        self.names.goes_on(prefix)
            || starting(&self.verbs, prefix).next().is_some()
            || starting(&self.kinds, prefix).next().is_some()
    }

    /// All that a folded key is.
    #[must_use]
    pub fn readings(&self, key: &str) -> Readings {
        Readings {
            name: self.names.position(key).is_some(),
            verb: self.verbs.contains_key(key),
            kind: self.kinds.contains_key(key),
        }
    }

    /// What a folded key names, in the order of the casebook: entities, publications, sources.
    #[must_use]
    pub fn names(&self, key: &str) -> Vec<Referent> {
        self.names
            .position(key)
            .map_or_else(Vec::new, |at| self.meant(at))
    }

    fn meant(&self, name: usize) -> Vec<Referent> {
        referents(&self.meanings, name)
    }

    /// What an id names: an entity, a publication and a source may share one.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Vec<Referent> {
        let at = self.ids.position(id);
        at.map_or_else(Vec::new, |at| referents(&self.meanings_of_ids, at))
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
        prefix: &'v str,
    ) -> Box<dyn Iterator<Item = (&'v str, &'v str)> + 'v> {
        let names = move || {
            let places = self.names.starting(prefix);
            places.map(|at| (at, (self.names.get(at), self.shown.get(at))))
        };
        match class {
            Class::Name => Box::new(names().map(|(_, texts)| texts)),
            Class::Source => Box::new(
                names()
                    .filter(|&(at, _)| self.is_source(at))
                    .map(|(_, texts)| texts),
            ),
            Class::Verb => Box::new(starting(&self.verbs, prefix).map(shown)),
            Class::Kind => Box::new(starting(&self.kinds, prefix).map(shown)),
        }
    }

    fn is_source(&self, name: usize) -> bool {
        self.meant(name)
            .iter()
            .any(|meaning| !matches!(meaning, Referent::Entity(_)))
    }

    /// The names whose folded key holds this text, as they are shown, with what they stand for, in the order of their keys.
    pub fn containing<'v>(
        &'v self,
        part: &'v str,
    ) -> impl Iterator<Item = (&'v str, Vec<Referent>)> {
        self.names
            .containing(part)
            .map(|at| (self.shown.get(at), self.meant(at)))
    }

    /// The ids that begin with `prefix`, with what they name.
    pub fn ids<'v>(&'v self, prefix: &str) -> impl Iterator<Item = (&'v str, Vec<Referent>)> {
        self.ids
            .starting(prefix)
            .map(|at| (self.ids.get(at), referents(&self.meanings_of_ids, at)))
    }

    /// At most three ids near this one, nearest first.
    #[must_use]
    pub fn near_ids(&self, id: &str) -> Vec<&str> {
        self.ids
            .near(id, |_| true)
            .into_iter()
            .map(|(_, at)| self.ids.get(at))
            .collect()
    }

    /// Words of these classes near a folded key, with their distance, as they are shown; nearest first, and at most
    /// three of each class.
    #[must_use]
    pub fn near(&self, key: &str, classes: &[Class]) -> Vec<(usize, &str)> {
        let mut found = Vec::new();
        let name = |(distance, at): (usize, usize)| (distance, self.shown.get(at));
        for &class in classes {
            match class {
                Class::Name => found.extend(self.names.near(key, |_| true).into_iter().map(name)),
                Class::Source => found.extend(
                    self.names
                        .near(key, |at| self.is_source(at))
                        .into_iter()
                        .map(name),
                ),
                Class::Verb => found.extend(near(&self.verbs, key)),
                Class::Kind => found.extend(near(&self.kinds, key)),
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Names by their keys, in order.
struct Names(Vec<(String, Entry<u32>)>);

impl Names {
    fn of(graph: &Graph) -> Self {
        let mut all: Vec<(&str, Referent)> = Vec::new();
        for at in 0..graph.entity_count() {
            let record = graph.entity(at);
            let names = std::iter::once(&record.name).chain(&record.aliases);
            all.extend(names.map(|name| (name.as_str(), Referent::Entity(at))));
        }
        for (record, at) in graph.records().publications.iter().zip(0..) {
            let names = std::iter::once(&record.name).chain(&record.aliases);
            all.extend(names.map(|name| (name.as_str(), Referent::Publication(at))));
        }
        for (record, at) in graph.records().sources.iter().zip(0..) {
            let names = std::iter::once(&record.title).chain(&record.aliases);
            all.extend(names.map(|name| (name.as_str(), Referent::Source(at))));
        }
        let folded = |(order, (name, referent)): (usize, (_, Referent))| {
            (fold::key(name), order, name, referent.packed())
        };
        let mut written: Vec<(String, usize, &str, u32)> =
            all.into_iter().enumerate().map(folded).collect();
        written.sort_unstable();
        let mut names: Vec<(String, Entry<u32>)> = Vec::with_capacity(written.len());
        for (key, _, name, meaning) in written.into_iter().filter(|(key, ..)| !key.is_empty()) {
            match names.last_mut() {
                Some((last, entry)) if *last == key => {
                    if !entry.meanings.contains(&meaning) {
                        entry.meanings.push(meaning);
                    }
                }
                _ => names.push((
                    key,
                    Entry {
                        shown: name.to_owned(),
                        meanings: vec![meaning],
                    },
                )),
            }
        }
        Self(names)
    }

    /// "the Courier" is found as "Courier" too, unless that is a name of its own.
    fn add_those_without_article(&mut self) {
        let mut shorter: Table<u32> = BTreeMap::new();
        for (key, entry) in &self.0 {
            let rest = ["a ", "an ", "the "]
                .iter()
                .find_map(|article| key.strip_prefix(article));
            let is_name = |rest: &str| {
                self.0
                    .binary_search_by(|(key, _)| key.as_str().cmp(rest))
                    .is_ok()
            };
            let Some(rest) = rest.filter(|rest| !is_name(rest)) else {
                continue;
            };
            let added = shorter.entry(rest.to_owned()).or_insert_with(|| Entry {
                shown: entry.shown.clone(),
                meanings: Vec::new(),
            });
            added.meanings.extend(&entry.meanings);
        }
        self.0.extend(shorter);
        self.0.sort_by(|(one, _), (other, _)| one.cmp(other));
    }
}

fn referents(lists: &Lists, at: usize) -> Vec<Referent> {
    let list = lists.of(u32::try_from(at).unwrap_or(u32::MAX));
    list.iter()
        .map(|&packed| Referent::unpacked(packed))
        .collect()
}

fn near<'t, T>(table: &'t Table<T>, key: &str) -> impl Iterator<Item = (usize, &'t str)> {
    let found = suggest::near(key, table.keys().map(String::as_str));
    found
        .into_iter()
        .filter_map(|(distance, key)| Some((distance, table.get(key)?.shown.as_str())))
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
