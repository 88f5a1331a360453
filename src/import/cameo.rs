//! The event codes of CAMEO and the event types of ACLED, with their PLOVER types and verbs; and the country codes of CAMEO.

use super::verbs;
use crate::text::{Map, fold};

/// A kind of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// The CAMEO code, or ACLED's event type and sub-event type.
    pub code: (&'static str, &'static str),
    /// The PLOVER type, if it has one.
    pub plover: Option<&'static str>,
    /// Whether it has no direction.
    pub mutual: bool,
    /// What it is called.
    pub text: &'static str,
    /// Phrases that take the other actor as their object.
    phrases: &'static str,
}

impl Event {
    /// Every form of its verbs.
    #[must_use]
    pub fn forms(&self) -> Vec<String> {
        let mut forms = Vec::new();
        let base = self.text.to_lowercase();
        if base.contains([',', '(']) || base.contains(" or ") {
            forms.push(base);
        } else {
            forms.extend(verbs::forms(&base));
        }
        for phrase in self.phrases.split(';').filter(|phrase| !phrase.is_empty()) {
            if phrase.contains([',', '(']) {
                forms.push(phrase.to_owned());
            } else {
                forms.extend(verbs::forms(phrase));
            }
        }
        forms
    }
}

const CAMEO: &str = include_str!("tables/cameo.tsv");
const ACLED: &str = include_str!("tables/acled.tsv");
const COUNTRIES: &str = include_str!("tables/countries.tsv");

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split('\t').collect())
}

fn some(text: &'static str) -> Option<&'static str> {
    (!text.is_empty()).then_some(text)
}

/// Every CAMEO code, roots before what they hold.
#[must_use]
pub fn cameo() -> Vec<Event> {
    let event = |row: Vec<&'static str>| {
        let [code, plover, text, phrases] = row[..] else {
            return None;
        };
        Some(Event {
            code: (code, ""),
            plover: some(plover),
            mutual: false,
            text,
            phrases,
        })
    };
    rows(CAMEO).filter_map(event).collect()
}

/// Every event type of ACLED with its sub-event types.
#[must_use]
pub fn acled() -> Vec<Event> {
    let event = |row: Vec<&'static str>| {
        let [kind, sub, plover, mutual, text, phrases] = row[..] else {
            return None;
        };
        Some(Event {
            code: (kind, sub),
            plover: some(plover),
            mutual: !mutual.is_empty(),
            text,
            phrases,
        })
    };
    rows(ACLED).filter_map(event).collect()
}

/// Codes and texts of CAMEO, to find events by.
#[derive(Debug)]
pub(super) struct Codes {
    pub(super) events: Vec<Event>,
    by_code: Map<&'static str, usize>,
    by_text: Map<String, usize>,
    countries: Map<&'static str, &'static str>,
}

impl Codes {
    pub(super) fn new() -> Self {
        let events = cameo();
        let by_code = events.iter().enumerate();
        let by_code = by_code.map(|(at, event)| (event.code.0, at)).collect();
        let mut by_text = Map::default();
        for (at, event) in events.iter().enumerate() {
            let phrases = event.phrases.split(';').filter(|phrase| !phrase.is_empty());
            for text in phrases.chain([event.text]) {
                by_text.entry(fold::key(text)).or_insert(at);
            }
        }
        let country = |row: Vec<&'static str>| Some((*row.first()?, *row.get(1)?));
        Self {
            events,
            by_code,
            by_text,
            countries: rows(COUNTRIES).filter_map(country).collect(),
        }
    }

    /// The event of a code; of what a spreadsheet left of a code whose first digit is 0, too.
    pub(super) fn of_code(&self, code: &str) -> Option<usize> {
        let padded = || self.by_code.get(format!("0{code}").as_str());
        let found = self.by_code.get(code);
        found
            .or_else(|| padded().filter(|_| code.len() < 4))
            .copied()
    }

    /// The event that is called so.
    pub(super) fn of_text(&self, text: &str) -> Option<usize> {
        self.by_text.get(&fold::key(text)).copied()
    }

    /// The name of a country code.
    pub(super) fn country(&self, code: &str) -> Option<&'static str> {
        self.countries.get(code).copied()
    }
}
