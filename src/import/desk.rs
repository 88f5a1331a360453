//! Where rows become records: what presets write to, and what counts the bad rows.

use super::cameo::{Codes, Event, acled};
use super::claims::{Claims, Said};
use super::dates::{self, Dates};
use super::entities::{Entities, Ids, key_of, number, plain};
use super::layout::{Fault, Role, Row};
use super::lookups::{self, Links, LookUps};
use super::map::{DateFormat, KindOf};
use super::preset::Preset;
use super::sources::Sources;
use super::{Bad, ImportError, Imported, Input, MOST_LISTED, Map, Report};
use crate::model::{Aspect, Be, Casebook, Header, Relation, words::is_reserved};
use crate::text::{Map as HashMap, Set, Span, Spanned, fold};
use std::io;

/// What became of rows, and how many bad ones are admitted.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub(super) report: Report,
    max_bad: u64,
}

impl Ledger {
    /// Notes a row that gives no claim.
    pub(super) fn failed(
        &mut self,
        fault: Fault,
        row: Option<&Row<'_>>,
        file: &str,
        number: u64,
    ) -> Result<(), ImportError> {
        match fault {
            Fault::Stop(error) => return Err(error),
            Fault::LeftOut(why) => {
                let known = self
                    .report
                    .left_out
                    .iter_mut()
                    .find(|(known, _)| *known == why);
                match known {
                    Some((_, count)) => *count += 1,
                    None => self.report.left_out.push((why, 1)),
                }
            }
            Fault::Bad {
                role,
                text,
                problem,
                help,
            } => {
                self.report.bad_rows += 1;
                if self.report.bad.len() < MOST_LISTED {
                    self.report.bad.push(Bad {
                        file: file.to_owned(),
                        row: number,
                        column: role.and_then(|role| Some(row?.layout.name(role))),
                        text,
                        problem: problem.into_owned(),
                        help,
                    });
                }
                if self.report.bad_rows > self.max_bad {
                    let report = std::mem::take(&mut self.report);
                    return Err(ImportError::TooManyBad(Box::new(report), self.max_bad));
                }
            }
        }
        Ok(())
    }
}

/// Where rows become records.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) ledger: Ledger,
    pub(super) entities: Entities,
    pub(super) sources: Sources,
    pub(super) ids: Ids,
    pub(super) claims: Claims,
    pub(super) codes: Codes,
    pub(super) look_ups: LookUps,
    /// What the current row rests on.
    pub(super) evidence: Vec<u32>,
    dates: Dates,
    date: DateFormat,
    between: char,
    prefix: String,
    title: String,
    kind: Option<KindOf>,
    kinds: std::collections::BTreeMap<String, KindOf>,
    relations: Vec<Relation>,
    relation_ids: Ids,
    verbs: Set<String>,
    /// Relations by what asked for them: a code, or a text.
    known: HashMap<Box<str>, u32>,
    acled: Vec<Event>,
}

impl Desk {
    pub(super) fn new(preset: &Preset, map: &Map, title: String, max_bad: u64) -> Self {
        Self {
            ledger: Ledger {
                report: Report::default(),
                max_bad,
            },
            entities: Entities::default(),
            sources: Sources::default(),
            ids: Ids::default(),
            claims: Claims::default(),
            codes: Codes::new(),
            look_ups: LookUps::default(),
            evidence: Vec::new(),
            dates: Dates::default(),
            date: map.date.unwrap_or(preset.date),
            between: map.sources_between.unwrap_or(preset.sources_between),
            prefix: map
                .prefix
                .clone()
                .unwrap_or_else(|| preset.prefix.to_owned()),
            title,
            kind: map.kind.clone(),
            kinds: map.kinds.clone(),
            relations: Vec::new(),
            relation_ids: Ids::default(),
            verbs: Set::default(),
            known: HashMap::default(),
            acled: acled(),
        }
    }

    /// Reads the look-up tables of a map.
    pub(super) fn look_up(
        &mut self,
        map: &Map,
        open: &mut dyn FnMut(&str) -> io::Result<Input>,
    ) -> Result<(), ImportError> {
        let mut input =
            |file: &str| open(file).map_err(|error| ImportError::Io(file.to_owned(), error));
        let mut ledger = std::mem::take(&mut self.ledger);
        if let Some(about) = &map.entities {
            let keys = lookups::read(input(&about.file)?, about, map, &mut ledger, &mut |entry| {
                let kind = self.kind_of(entry.kind);
                let id = match entry.id {
                    Some(id) if !self.ids.take(&id) => return Err(repeated(&id)),
                    Some(id) => id,
                    None => self.ids.of("", entry.name, "entity"),
                };
                Ok(self.entities.given(&id, kind, entry.name, entry.alias))
            })?;
            self.look_ups.entities = Some(keys);
        }
        if let Some(about) = &map.relations {
            let keys = lookups::read(input(&about.file)?, about, map, &mut ledger, &mut |entry| {
                if let Some(id) = entry.id.as_deref().filter(|id| !self.relation_ids.take(id)) {
                    return Err(repeated(id));
                }
                Ok(self.relation_named(entry.name, entry.id))
            })?;
            self.look_ups.relations = Some(keys);
        }
        if let Some(about) = &map.sources {
            let keys = lookups::read(input(&about.file)?, about, map, &mut ledger, &mut |entry| {
                let id = match entry.id {
                    Some(id) if !self.ids.take(&id) => return Err(repeated(&id)),
                    Some(id) => id,
                    None => self.ids.of("", entry.name, "source"),
                };
                Ok(self.sources.given(&id, entry.name))
            })?;
            self.look_ups.sources = Some(keys);
        }
        if let Some(about) = &map.links {
            self.look_ups.links = Some(Links::open(input(&about.file)?, about, map)?);
        }
        self.ledger = ledger;
        Ok(())
    }

    /// The number of a kind by the word of the data, or of what has none.
    pub(super) fn kind_of(&mut self, word: Option<&str>) -> u32 {
        let described = match word {
            Some(word) => self.kinds.get(word),
            None => self.kind.as_ref(),
        };
        match (described, word) {
            (Some(kind), _) => self.entities.described(kind),
            (None, word) => self.entities.kind_of_word(word.unwrap_or("")),
        }
    }

    /// Makes the id of the claim of a row that has one; false where the data has none.
    pub(super) fn name(&mut self, row: Row<'_>) -> Result<bool, Fault> {
        match row.text(Role::Id)? {
            Some(id) => self.claims.name(&self.prefix, id).map(|()| true),
            None if row.layout.has(Role::Id) => row.needed(Role::Id).map(|_| true),
            None => Ok(false),
        }
    }

    /// The date of a row.
    pub(super) fn when(&mut self, row: Row<'_>) -> Result<Option<u32>, Fault> {
        let Some(text) = row.text(Role::Date)? else {
            return Ok(None);
        };
        let date = self.dates.of(text, self.date);
        date.map(Some)
            .map_err(|problem| Fault::bad(Role::Date, text, problem, dates::HELP))
    }

    /// Adds the claim of a row. What names no source rests on the data as a whole.
    pub(super) fn push(&mut self, said: Said, named: bool) -> Result<(), Fault> {
        if self.evidence.is_empty() {
            let whole = self.sources.whole(&mut self.ids, &self.title);
            self.evidence.push(whole);
        }
        self.claims.push(said, named, &self.evidence)
    }

    /// What a row names as its sources.
    pub(super) fn sources(&mut self, row: Row<'_>) -> Result<(), Fault> {
        self.evidence.clear();
        let Some(text) = row.text(Role::Sources)? else {
            return Ok(());
        };
        for source in text.split(self.between) {
            let source = source.trim();
            if !source.is_empty() {
                let source = self.sources.written(&mut self.ids, source);
                self.evidence.push(source);
            }
        }
        Ok(())
    }

    /// What a row names as its sources by the ids of a look-up table.
    pub(super) fn sources_by_id(
        &mut self,
        row: Row<'_>,
        (problem, help): (&'static str, &'static str),
    ) -> Result<(), Fault> {
        self.evidence.clear();
        let (Some(keys), Some(text)) = (&self.look_ups.sources, row.text(Role::Sources)?) else {
            return Ok(());
        };
        for id in text
            .split(self.between)
            .map(str::trim)
            .filter(|id| !id.is_empty())
        {
            let found = keys.get(id.as_bytes());
            self.evidence
                .push(found.ok_or_else(|| Fault::bad(Role::Sources, id, problem, help))?);
        }
        Ok(())
    }

    /// The relation of a CAMEO code, or of a text where the code is not known.
    pub(super) fn cameo(&mut self, code: &str, text: Option<&str>) -> Option<u32> {
        if let Some(&known) = self.known.get(code) {
            return Some(known);
        }
        // `10` may be what a spreadsheet left of `010`: the text says which.
        let told = || self.codes.of_text(text?);
        let found = match code.len() {
            3.. => self.codes.of_code(code).or_else(told),
            _ => told().or_else(|| self.codes.of_code(code)),
        };
        let relation = match found {
            Some(at) => self.relation_of(self.codes.events[at], None),
            None => self.relation_named(text?, None),
        };
        if code.len() > 2 || text.is_none() {
            self.known.insert(code.into(), relation);
        }
        Some(relation)
    }

    /// The relation of an event of ACLED.
    pub(super) fn acled(&mut self, kind: &str, sub: Option<&str>) -> u32 {
        let is = |known: &str, written: &str| known.eq_ignore_ascii_case(written);
        let sub = sub.unwrap_or("");
        let events = self.acled.iter();
        let mut found = events.filter(|event| is(event.code.0, kind) && is(event.code.1, sub));
        let general = || {
            self.acled
                .iter()
                .find(|event| is(event.code.0, kind) && event.code.1.is_empty())
        };
        match (found.next().copied(), general().copied()) {
            (Some(event), _) => self.relation_of(event, None),
            // A sub-event type that is not known keeps its name and its type's PLOVER type.
            (None, Some(event)) if sub.is_empty() => self.relation_of(event, None),
            (None, general) => {
                let name = if sub.is_empty() { kind } else { sub };
                let relation = self.relation_named(name, None);
                let record = &mut self.relations[relation as usize];
                if record.plover.is_none() {
                    record.plover = general.and_then(|event| event.plover).map(plain);
                }
                relation
            }
        }
    }

    /// The relation of a name; one that is CAMEO's has its type and verbs. Spellings that questions do not tell apart are
    /// one relation, unless a look-up table gives each an id.
    pub(super) fn relation_named(&mut self, name: &str, id: Option<String>) -> u32 {
        if id.is_some() {
            return self.relation_called(name, id);
        }
        if let Some(&known) = self.known.get(name) {
            return known;
        }
        let key = format!("~{}", key_of(name)).into_boxed_str();
        let relation = match self.known.get(&key) {
            Some(&known) => known,
            None => self.relation_called(name, None),
        };
        self.known.insert(key, relation);
        self.known.insert(name.into(), relation);
        relation
    }

    fn relation_called(&mut self, name: &str, id: Option<String>) -> u32 {
        match self.codes.of_text(name) {
            Some(at) => self.relation_of(self.codes.events[at], id),
            None => {
                let about = format!("As the data has it: {name}");
                self.add_relation(name, id, &[name.to_lowercase()], None, false, about)
            }
        }
    }

    fn relation_of(&mut self, event: Event, id: Option<String>) -> u32 {
        let about = match event.code {
            (code, "") if code.starts_with(|c: char| c.is_ascii_digit()) => {
                format!("CAMEO {code}: {}", event.text)
            }
            (kind, "") => format!("ACLED: {kind}"),
            (kind, sub) => format!("ACLED: {kind}, {sub}"),
        };
        if id.is_none()
            && let Some(&known) = self.known.get(about.as_str())
        {
            return known;
        }
        let key = about.as_str().into();
        let relation = self.add_relation(
            event.text,
            id,
            &event.forms(),
            event.plover,
            event.mutual,
            about,
        );
        self.known.insert(key, relation);
        relation
    }

    fn add_relation(
        &mut self,
        name: &str,
        id: Option<String>,
        forms: &[String],
        plover: Option<&str>,
        symmetric: bool,
        about: String,
    ) -> u32 {
        // An id that the data gives is taken already.
        let id = id.unwrap_or_else(|| self.relation_ids.of("", name, "relation"));
        self.verbs.insert(fold::key(&id));
        let mut kept = Vec::with_capacity(forms.len());
        for form in forms {
            let key = fold::key(form);
            // A verb means one relation, and is no word of the language.
            let language = key.split(' ').all(is_reserved);
            if !language && key.len() <= 200 && self.verbs.insert(key) {
                kept.push(plain(form.as_str()));
            }
        }
        self.relations.push(Relation {
            span: Span::default(),
            id: plain(id),
            forms: kept,
            from: Vec::new(),
            to: Vec::new(),
            be: Be::Flips,
            symmetric,
            aspect: Aspect::Event,
            opposite_of: Vec::new(),
            single_valued: None,
            exclusive_with: Vec::new(),
            plover: plover.map(plain),
            ftm: None,
            about: Some(plain(about)),
        });
        number(self.relations.len() - 1)
    }

    /// Notes a row of events that gives no claim.
    pub(super) fn row_failed(
        &mut self,
        row: &Row<'_>,
        fault: Fault,
        file: &str,
        number: u64,
    ) -> Result<(), ImportError> {
        self.ledger.failed(fault, Some(row), file, number)
    }

    /// The records and the claims.
    pub(super) fn finish(mut self) -> Result<Imported, ImportError> {
        if let Some(mut links) = self.look_ups.links.take() {
            links.finish(&mut self.ledger)?;
        }
        let span = Span::default();
        let (kinds, entities) = self.entities.finish(&mut self.ids);
        let casebook = Casebook {
            headers: vec![Header {
                span,
                format: Spanned::new(1, span),
                title: plain(self.title),
                about: None,
                texts: None,
            }],
            kinds,
            relations: self.relations,
            publications: self.sources.publications,
            sources: self.sources.sources,
            entities,
            ..Casebook::default()
        };
        Ok(Imported {
            casebook,
            claims: self.claims.finish(self.dates.list),
            report: self.ledger.report,
        })
    }
}

fn repeated(id: &str) -> Fault {
    Fault::Bad {
        role: None,
        text: id.to_owned(),
        problem: "is an id already".into(),
        help: "give the tables of the map prefixes of their own",
    }
}
