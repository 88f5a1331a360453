//! The hand-written cases, and the trials that each gives.
//!
//! A case says what the text reads (`was`) and what somebody made of it (`now`). Both ways round are tried: the other words
//! asked of the text, the words of the text asked of a copy that has the others, and each again by fingerprint and position.

use casebook::evidence::{Article, Finding, grade};
use casebook::model::{Evidence, Stance};
use casebook::text::{FileId, Span, Spanned};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use unicode_normalization::UnicodeNormalization as _;

/// One article and one entry asked of it.
pub(super) struct Trial {
    /// Where to find it, for a person.
    pub(super) name: String,
    pub(super) class: String,
    /// Whether it must pass; otherwise it must be caught.
    pub(super) harmless: bool,
    pub(super) article: String,
    pub(super) entry: Entry,
}

impl Trial {
    /// What the program says.
    pub(super) fn finding(&self) -> Finding {
        grade(&Article::plain(&self.article), &self.entry.evidence())
    }
}

/// What of a passage is written down.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    pub(super) quote: Option<String>,
    pub(super) at: Option<(u32, u32)>,
    pub(super) digest: Option<String>,
}

impl Entry {
    /// The words alone.
    pub(super) fn quote(words: &str) -> Self {
        Self {
            quote: Some(words.to_owned()),
            ..Self::default()
        }
    }

    /// Position and fingerprint of the `nth` place where these words stand.
    #[track_caller]
    pub(super) fn print(article: &str, words: &str, nth: usize) -> Self {
        Self {
            quote: None,
            at: Some(place(article, words, nth)),
            digest: Some(digest(words)),
        }
    }

    pub(super) fn evidence(&self) -> Evidence {
        let span = Span::new(FileId(0), 0, 0);
        let text = |text: &String| Spanned::new(text.clone(), span);
        Evidence {
            span,
            source: Spanned::new("article".to_owned(), span),
            according_to: Vec::new(),
            stance: Stance::Supports,
            at: self.at.map(|at| Spanned::new(at, span)),
            digest: self.digest.as_ref().map(text),
            quote: self.quote.as_ref().map(text),
            credibility: None,
            note: None,
        }
    }
}

/// A text with what was done to passages of it.
#[derive(Deserialize)]
struct Text {
    id: String,
    text: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    class: String,
    was: String,
    now: String,
    /// Fingerprints do not know of this spelling.
    #[serde(default)]
    quote_only: bool,
}

/// A passage known by its place: see `places.ron`.
#[derive(Deserialize)]
struct Place {
    class: String,
    #[serde(default)]
    harmless: bool,
    text: String,
    passage: String,
    copy: Option<String>,
    #[serde(default = "first")]
    nth: usize,
    quote: Option<String>,
    #[serde(default)]
    bare: bool,
    #[serde(default)]
    unplaced: bool,
}

fn first() -> usize {
    1
}

/// The trials of every case, and how many cases are damaged and harmless.
pub(super) fn trials() -> (Vec<Trial>, [usize; 2]) {
    let mut trials = Vec::new();
    let mut cases = [0, 0];
    for (file, text, harmless, elided) in [
        (
            "damaged_figures",
            include_str!("damaged_figures.ron"),
            false,
            false,
        ),
        (
            "damaged_words",
            include_str!("damaged_words.ron"),
            false,
            false,
        ),
        (
            "damaged_marks",
            include_str!("damaged_marks.ron"),
            false,
            false,
        ),
        (
            "damaged_elisions",
            include_str!("damaged_elisions.ron"),
            false,
            true,
        ),
        ("harmless", include_str!("harmless.ron"), true, false),
        (
            "harmless_elisions",
            include_str!("harmless_elisions.ron"),
            true,
            true,
        ),
    ] {
        let texts: Vec<Text> = read(file, text);
        for text in &texts {
            for case in &text.cases {
                cases[usize::from(harmless)] += 1;
                let name = format!(
                    "{file}.ron, `{}`: {:?} for {:?}",
                    text.id, case.now, case.was
                );
                Both {
                    name,
                    text,
                    case,
                    harmless,
                }
                .add(elided, &mut trials);
            }
        }
    }
    let places: Vec<Place> = read("places", include_str!("places.ron"));
    for place in &places {
        cases[usize::from(place.harmless)] += 1;
        trials.push(place.trial());
    }
    (trials, cases)
}

fn read<T: for<'a> Deserialize<'a>>(file: &str, text: &str) -> Vec<T> {
    let options =
        ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options
        .from_str(text)
        .unwrap_or_else(|error| panic!("{file}.ron: {error}"))
}

/// A case and what it was made from.
struct Both<'a> {
    name: String,
    text: &'a Text,
    case: &'a Case,
    harmless: bool,
}

impl Both<'_> {
    fn add(&self, elided: bool, trials: &mut Vec<Trial>) {
        let (text, Case { was, now, .. }) = (&self.text.text, self.case);
        assert_eq!(
            text.matches(was).count(),
            1,
            "{}: `was` stands once",
            self.name
        );
        assert_ne!(was, now, "{}", self.name);
        let mut add = |way: &str, class: &str, harmless, article: &str, entry| {
            trials.push(Trial {
                name: format!("{} ({way})", self.name),
                class: class.to_owned(),
                harmless,
                article: article.to_owned(),
                entry,
            });
        };
        let class = &self.case.class;
        let at = |entry: Entry| Entry {
            at: Some(place(text, was, 1)),
            ..entry
        };
        add(
            "as it stands",
            "as it stands",
            true,
            text,
            Entry::quote(was),
        );
        add("quoted", class, self.harmless, text, Entry::quote(now));
        add(
            "quoted and placed",
            class,
            self.harmless,
            text,
            at(Entry::quote(now)),
        );
        if elided {
            return;
        }
        let copy = text.replacen(was, now, 1);
        add(
            "quoted, in the copy",
            class,
            self.harmless,
            &copy,
            Entry::quote(was),
        );
        if !self.case.quote_only {
            let (there, back) = (Entry::print(text, was, 1), Entry::print(&copy, now, 1));
            add(
                "fingerprint, in the copy",
                class,
                self.harmless,
                &copy,
                there,
            );
            add("fingerprint of the copy", class, self.harmless, text, back);
        }
    }
}

impl Place {
    fn trial(&self) -> Trial {
        let known = Entry::print(&self.text, &self.passage, self.nth);
        Trial {
            name: format!(
                "places.ron: {:?} in {:?}",
                self.passage,
                self.copy.as_ref().unwrap_or(&self.text)
            ),
            class: self.class.clone(),
            harmless: self.harmless,
            article: self.copy.as_ref().unwrap_or(&self.text).clone(),
            entry: Entry {
                quote: self.quote.clone(),
                at: known.at.filter(|_| !self.unplaced),
                digest: known.digest.filter(|_| !self.bare && !self.unplaced),
            },
        }
    }
}

/// Where words stand in a text for the `nth` time, in code points.
#[track_caller]
fn place(text: &str, words: &str, nth: usize) -> (u32, u32) {
    let found = text.match_indices(words).nth(nth - 1);
    let (byte, _) = found.unwrap_or_else(|| panic!("{words:?} is not in {text:?}"));
    let count = |text: &str| u32::try_from(text.chars().count()).unwrap();
    let start = count(&text[..byte]);
    (start, start + count(words))
}

/// text-1 as `docs/data-model.md` tells it, in the plainest way.
pub(super) fn text_1(text: &str) -> String {
    let unified = text.nfc().filter(|&c| c != '\u{ad}').map(|c| match c {
        '’' | '‘' | '‛' | 'ʼ' | '`' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        c => c,
    });
    let unified: String = unified.collect();
    unified.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn digest(passage: &str) -> String {
    let mut text = String::new();
    for byte in &Sha256::digest(text_1(passage).as_bytes())[..8] {
        write!(text, "{byte:02x}").unwrap();
    }
    text
}
