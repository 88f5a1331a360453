//! Who and where events are about: each kept once, whatever it is spelled like, and named so that no two share a name.

use super::map::KindOf;
use crate::model::{Entity, Kind, NO_CELL, Text};
use crate::text::{Map, Set, Span, Spanned, alike, fold};

/// A text that stands in no file.
pub(super) fn plain(text: impl Into<String>) -> Text {
    Spanned::new(text.into(), Span::default())
}

/// The longest id that is made of a name; longer ones are cut.
const LONGEST: usize = 80;
/// So many spellings of one name are kept.
const MOST_SPELLINGS: usize = 16;

/// Ids that are taken, by a hash that is the same on every machine: should two ids ever share one, the second gets a
/// number that it did not need.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: Set<u64>,
    /// The number that the next repeat of an id tries.
    repeats: Map<u64, u64>,
}

impl Ids {
    /// Takes an id that somebody has chosen; false when it is taken already.
    pub(super) fn take(&mut self, id: &str) -> bool {
        self.taken.insert(fingerprint(id))
    }

    /// An id made of a name, with a number where another name makes the same.
    pub(super) fn of(&mut self, prefix: &str, name: &str, otherwise: &str) -> String {
        let slug = slug(name);
        let base = match slug.as_str() {
            "" => format!("{prefix}{otherwise}"),
            slug => format!("{prefix}{slug}"),
        };
        if self.take(&base) {
            return base;
        }
        let mut number = self
            .repeats
            .get(&fingerprint(&base))
            .map_or(2, |next| *next);
        let mut id = format!("{base}-{number}");
        while !self.take(&id) {
            number += 1;
            id = format!("{base}-{number}");
        }
        self.repeats.insert(fingerprint(&base), number + 1);
        id
    }
}

/// FNV-1a.
pub(super) fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A name in Latin letters and digits with hyphens between its words.
pub(super) fn slug(name: &str) -> String {
    let key = fold::key(name);
    let key = if key.is_ascii() {
        key
    } else {
        alike::romanised(&key)
    };
    let mut slug = String::with_capacity(key.len().min(LONGEST));
    for c in key.chars() {
        if slug.len() >= LONGEST {
            break;
        }
        match c.to_ascii_lowercase() {
            c @ ('a'..='z' | '0'..='9') => slug.push(c),
            // Apostrophes stand inside words.
            '\'' => {}
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// A kind as a preset has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sort {
    pub(super) id: &'static str,
    plural: &'static str,
    actor: bool,
    schema: &'static str,
}

macro_rules! sorts {
    ($($name:ident $id:literal $plural:literal $actor:literal $schema:literal),* $(,)?) => {
        $(pub(super) const $name: Sort = Sort { id: $id, plural: $plural, actor: $actor, schema: $schema };)*
    };
}

sorts! {
    COUNTRY "country" "countries" true "",
    GOVERNMENT "government-body" "government bodies" true "PublicBody",
    FORCE "security-force" "security forces" true "Organization",
    ARMED "armed-group" "armed groups" true "Organization",
    PARTY "political-group" "political groups" true "Organization",
    MEDIA "media-outlet" "media outlets" true "Organization",
    COMPANY "company" "companies" true "Company",
    ORGANISATION "organisation" "organisations" true "Organization",
    PEOPLE "population-group" "population groups" true "",
    PERSON "person" "people" true "Person",
    AGENT "agent" "agents" true "LegalEntity",
    PLACE "place" "places" false "Address",
}

/// An entity in the making.
#[derive(Debug)]
struct Draft {
    kind: u32,
    name: Box<str>,
    aliases: Vec<Box<str>>,
    /// What it lies in.
    parent: u32,
    /// Its id, where the data gives it; its name then stays what the data says.
    id: Option<Box<str>>,
}

/// Entities and their kinds.
#[derive(Debug, Default)]
pub(super) struct Entities {
    drafts: Vec<Draft>,
    kinds: Vec<Kind>,
    kind_ids: Map<String, u32>,
    /// What was asked for, byte by byte.
    seen: Map<Box<[u8]>, u32>,
    /// Names that questions do not tell apart, with what they lie in.
    by_key: Map<(String, u32), u32>,
    key: Vec<u8>,
}

impl Entities {
    /// The number of a kind of a preset.
    pub(super) fn sort(&mut self, sort: Sort) -> u32 {
        self.kind(sort.id, sort.plural, sort.actor, sort.schema)
    }

    /// The number of a kind that a map describes.
    pub(super) fn described(&mut self, kind: &KindOf) -> u32 {
        self.kind(&kind.id, &kind.plural, kind.actor, "")
    }

    fn kind(&mut self, id: &str, plural: &str, actor: bool, schema: &str) -> u32 {
        if let Some(&known) = self.kind_ids.get(id) {
            return known;
        }
        let number = number(self.kinds.len());
        self.kinds.push(Kind {
            span: Span::default(),
            id: plain(id),
            plural: plain(plural),
            actor,
            schema: (!schema.is_empty()).then(|| plain(schema)),
            about: None,
        });
        self.kind_ids.insert(id.to_owned(), number);
        number
    }

    /// The number of a kind by the word of the data.
    pub(super) fn kind_of_word(&mut self, word: &str) -> u32 {
        let id = match slug(word).as_str() {
            "" | "actor" | "any" => return self.sort(AGENT),
            slug => slug.to_owned(),
        };
        let spaced = id.replace('-', " ");
        let plural = super::verbs::plural(&spaced);
        self.kind(&id, &plural, true, "")
    }

    /// An entity with an id of its own, from a look-up table.
    pub(super) fn given(&mut self, id: &str, kind: u32, name: &str, alias: Option<&str>) -> u32 {
        self.drafts.push(Draft {
            kind,
            name: name.into(),
            aliases: alias
                .filter(|alias| *alias != name)
                .map(Into::into)
                .into_iter()
                .collect(),
            parent: NO_CELL,
            id: Some(id.into()),
        });
        number(self.drafts.len() - 1)
    }

    /// The country of a name.
    pub(super) fn country(&mut self, name: &str) -> u32 {
        self.named(b'c', name, NO_CELL, COUNTRY)
    }

    /// An actor by name and country. One that is called like its country is that country.
    pub(super) fn actor(
        &mut self,
        name: &str,
        country: Option<&str>,
        sort: impl FnOnce() -> Sort,
    ) -> u32 {
        self.key.clear();
        self.key.push(b'a');
        self.key.extend_from_slice(name.as_bytes());
        self.key.push(0);
        self.key.extend_from_slice(country.unwrap_or("").as_bytes());
        if let Some(&known) = self.seen.get(self.key.as_slice()) {
            return known;
        }
        let key: Box<[u8]> = self.key.as_slice().into();
        let sort = sort();
        let alike = country.is_some_and(|country| fold::key(country) == fold::key(name));
        let found = if alike || sort == COUNTRY {
            if let Some(country) = country.filter(|_| alike) {
                self.country(country);
            }
            // Another spelling than the country's own becomes an alias.
            self.country(name)
        } else {
            let parent = country.map_or(NO_CELL, |country| self.country(country));
            self.named(b'n', name, parent, sort)
        };
        self.seen.insert(key, found);
        found
    }

    /// A place in places, the widest first. The first is a country.
    pub(super) fn place(&mut self, parts: &[&str]) -> Option<u32> {
        self.key.clear();
        self.key.push(b'l');
        for part in parts {
            self.key.extend_from_slice(part.as_bytes());
            self.key.push(0);
        }
        if let Some(&known) = self.seen.get(self.key.as_slice()) {
            return Some(known);
        }
        let key = self.key.as_slice().into();
        let (country, inside) = parts.split_first()?;
        let mut place = self.country(country);
        for part in inside {
            // ICEWS names a city-state as city, district and province.
            if fold::key(&self.drafts[place as usize].name) != fold::key(part) {
                place = self.named(b'p', part, place, PLACE);
            }
        }
        self.seen.insert(key, place);
        Some(place)
    }

    /// A place of which nothing more is known.
    pub(super) fn spot(&mut self, name: &str) -> u32 {
        self.named(b'p', name, NO_CELL, PLACE)
    }

    /// One of a list of edges, if it is known under this name and kind.
    pub(super) fn known(&mut self, name: &str, kind: Option<&str>) -> Option<u32> {
        self.key.clear();
        self.key.push(b'e');
        self.key.extend_from_slice(name.as_bytes());
        self.key.push(0);
        self.key.extend_from_slice(kind.unwrap_or("").as_bytes());
        self.seen.get(self.key.as_slice()).copied()
    }

    /// One of a list of edges: what is called the same is the same, whatever its kind.
    pub(super) fn plain(&mut self, name: &str, word: Option<&str>, kind: u32) -> u32 {
        let found = self.found(b'n', name, NO_CELL, kind);
        if self.known(name, word).is_none() {
            self.seen.insert(self.key.as_slice().into(), found);
        }
        found
    }

    /// One that is called so and lies there; another spelling of a name that is known becomes an alias.
    fn named(&mut self, space: u8, name: &str, parent: u32, sort: Sort) -> u32 {
        let kind = self.sort(sort);
        self.found(space, name, parent, kind)
    }

    fn found(&mut self, space: u8, name: &str, parent: u32, kind: u32) -> u32 {
        let mut exact = Vec::with_capacity(name.len() + 5);
        exact.push(space.to_ascii_uppercase());
        exact.extend_from_slice(&parent.to_le_bytes());
        exact.extend_from_slice(name.as_bytes());
        if let Some(&known) = self.seen.get(exact.as_slice()) {
            return known;
        }
        let mut key = key_of(name);
        key.push(char::from(space));
        let next = number(self.drafts.len());
        let found = *self.by_key.entry((key, parent)).or_insert(next);
        if found == next {
            self.drafts.push(Draft {
                kind,
                name: name.into(),
                aliases: Vec::new(),
                parent,
                id: None,
            });
        } else {
            let draft = &mut self.drafts[found as usize];
            let known = *draft.name == *name || draft.aliases.iter().any(|alias| **alias == *name);
            if !known && draft.aliases.len() < MOST_SPELLINGS {
                draft.aliases.push(name.into());
            }
        }
        self.seen.insert(exact.into(), found);
        found
    }

    /// The records: names that several share are told apart by where they lie, ids are made of them.
    pub(super) fn finish(mut self, ids: &mut Ids) -> (Vec<Kind>, Vec<Entity>) {
        self.seen = Map::default();
        self.by_key = Map::default();
        let names = self.tell_apart();
        let drafts = self.drafts.iter().zip(&names);
        let made: Vec<String> = drafts
            .map(|(draft, name)| match &draft.id {
                Some(id) => id.to_string(),
                None => ids.of("", name, "entity"),
            })
            .collect();
        let span = Span::default();
        let kinds = &self.kinds;
        let entities = self.drafts.into_iter().zip(names).enumerate();
        let entities = entities.map(|(at, (draft, name))| Entity {
            span,
            id: plain(made[at].as_str()),
            kind: plain(kinds[draft.kind as usize].id.as_str()),
            name: plain(name),
            aliases: draft
                .aliases
                .into_iter()
                .map(|alias| plain(alias.into_string()))
                .collect(),
            ids: Vec::new(),
            within: made
                .get(draft.parent as usize)
                .map(|id| plain(id.as_str()))
                .into_iter()
                .collect(),
            note: None,
        });
        let entities: Vec<Entity> = entities.collect();
        let used: Set<&str> = entities.iter().map(|entity| entity.kind.as_str()).collect();
        let mut kinds = self.kinds;
        kinds.retain(|kind| used.contains(kind.id.as_str()));
        (kinds, entities)
    }

    /// The names: `Kabul (Afghanistan)` where another is called Kabul too, and as an alias where none is.
    fn tell_apart(&mut self) -> Vec<String> {
        let mut uses: Map<String, u32> = Map::default();
        for draft in &self.drafts {
            *uses.entry(key_of(&draft.name)).or_insert(0) += 1;
        }
        let longer: Vec<Option<String>> =
            self.drafts.iter().map(|draft| self.longer(draft)).collect();
        let mut names: Vec<String> = Vec::with_capacity(self.drafts.len());
        let mut taken: Set<String> = Set::default();
        for (draft, longer) in self.drafts.iter_mut().zip(longer) {
            let key = key_of(&draft.name);
            let shared = uses.get(&key).is_some_and(|&uses| uses > 1) && draft.id.is_none();
            let mut name = draft.name.to_string();
            match longer {
                Some(longer) if shared => name = longer,
                Some(longer) if !uses.contains_key(&key_of(&longer)) && draft.id.is_none() => {
                    draft.aliases.push(longer.into());
                }
                _ => {}
            }
            if draft.id.is_none() {
                let base = name.clone();
                let mut number = 1;
                while !taken.insert(key_of(&name)) && number < u32::MAX {
                    number += 1;
                    name = format!("{base} [{number}]");
                }
                if name != base {
                    draft.aliases.retain(|alias| key_of(alias) != key_of(&base));
                }
            }
            if shared {
                // Other spellings of a name that several share would be shared as well.
                draft.aliases.retain(|alias| key_of(alias) != key);
            }
            names.push(name);
        }
        names
    }

    /// A name with where it lies, unless it says so itself.
    fn longer(&self, draft: &Draft) -> Option<String> {
        let parent = self.drafts.get(draft.parent as usize)?;
        let (name, within) = (&draft.name, &parent.name);
        let said = fold::key(name).ends_with(&fold::key(within)) && name.ends_with(')');
        (!said).then(|| format!("{name} ({within})"))
    }
}

/// What two spellings of a name share; a name without letters and digits is spelled one way only.
pub(super) fn key_of(name: &str) -> String {
    match fold::key(name) {
        key if key.is_empty() => name.to_owned(),
        key => key,
    }
}

/// An index as it stands in columns.
pub(super) fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(NO_CELL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_made_of_names_and_never_collide() {
        let mut ids = Ids::default();
        let made = [
            "Kim Jong-Un",
            "Kim Jong Un",
            "Łódź",
            "Київ",
            "…",
            "!!",
            "O'Neil",
        ];
        let made: Vec<String> = made.iter().map(|name| ids.of("", name, "entity")).collect();
        assert_eq!(
            made,
            [
                "kim-jong-un",
                "kim-jong-un-2",
                "lodz",
                "kiiv",
                "entity",
                "entity-2",
                "oneil"
            ]
        );
        let long = ids.of("", &"very long name ".repeat(40), "entity");
        assert_eq!(crate::model::id::problem(&long, false), None);
    }
}
