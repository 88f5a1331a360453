//! A text ready for look-ups.

use super::digest;
use super::loose::{Loose, agree};
use super::reading::{self, Format, Unreadable};
use super::text1::{Form, count, text1};
use super::words;
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

/// The most places of a quotation that are looked at.
const MOST_PLACES: usize = 2_000;

/// How much is read in search of one lost passage, in characters, before the search is given up.
const MOST_READ: usize = 40_000_000;

/// The most fingerprints that are kept for the next search.
const MOST_KEPT: usize = 1_000_000;

/// The longest passage that is searched for where nothing says how long it was, in code points.
pub(super) const LONGEST: u32 = 600;

/// A text ready for look-ups: its code points, what text-1 makes of them, and where each piece of that came from.
/// All but the code points is made when it is first asked for.
#[derive(Debug)]
pub struct Article {
    raw: Vec<char>,
    reading: String,
    vouched: bool,
    form: OnceCell<Form>,
    loose: OnceCell<Loose>,
    tokens: OnceCell<Tokens>,
    sentences: OnceCell<Vec<u32>>,
    /// The words that stand on one line, with their hyphens.
    attested: OnceCell<HashSet<String>>,
    windows: RefCell<Windows>,
}

/// The words and marks of a text, without white space.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    /// The bytes of each in the text-1 form.
    pub(super) bytes: Vec<Range<usize>>,
    /// Which of them read so.
    pub(super) places: HashMap<String, Vec<u32>>,
}

/// Fingerprints of the passages of a text, by how many characters of text-1 they have.
#[derive(Debug, Default)]
struct Windows {
    /// Where each fingerprint first stands, as a character of text-1.
    by_length: BTreeMap<usize, HashMap<u64, u32>>,
    /// Before which characters of text-1 a passage may begin or end.
    edges: Vec<bool>,
    kept: usize,
}

/// What searching for a fingerprint gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sought {
    /// Every place where the passage stands, in code points.
    Found(Vec<Range<u32>>),
    /// It stands nowhere.
    Nowhere,
    /// The text is too long to be searched through.
    GivenUp,
}

impl Article {
    /// A plain text, as it is.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self::of(text.chars().collect(), reading::PLAIN.to_owned())
    }

    /// The visible text of a file. A byte order mark is no part of it; nothing is decoded by guessing.
    ///
    /// # Errors
    /// [`Unreadable`] where the bytes are not UTF-8, or not what the format says.
    pub fn read(bytes: &[u8], format: Format) -> Result<Self, Unreadable> {
        let text = reading::visible(bytes, format)?;
        Ok(Self::of(text.chars().collect(), format.reading()))
    }

    fn of(raw: Vec<char>, reading: String) -> Self {
        Self {
            raw,
            reading,
            vouched: false,
            form: OnceCell::new(),
            loose: OnceCell::new(),
            tokens: OnceCell::new(),
            sentences: OnceCell::new(),
            attested: OnceCell::new(),
            windows: RefCell::default(),
        }
    }

    /// The same, said to be the very document that was cited: its file has the recorded SHA-256. Then a position alone
    /// identifies a passage.
    #[must_use]
    pub fn vouched(mut self, vouched: bool) -> Self {
        self.vouched = vouched;
        self
    }

    /// Whether it is said to be the very document that was cited.
    #[must_use]
    pub fn is_vouched(&self) -> bool {
        self.vouched
    }

    /// By which reading its code points are counted, such as `text-1` or `html2text-0.17.4/text-1`.
    #[must_use]
    pub fn reading(&self) -> &str {
        &self.reading
    }

    /// How many code points it has.
    #[must_use]
    pub fn len(&self) -> u32 {
        count(self.raw.len())
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.raw.is_empty()
    }

    /// The text of some of its code points; what lies past its end is left out.
    #[must_use]
    pub fn text(&self, range: &Range<u32>) -> String {
        self.slice(range).iter().collect()
    }

    /// The fingerprint of some of its code points: 16 hexadecimal digits.
    #[must_use]
    pub fn digest(&self, range: &Range<u32>) -> String {
        digest::digest(self.slice(range))
    }

    pub(super) fn raw(&self) -> &[char] {
        &self.raw
    }

    pub(super) fn slice(&self, range: &Range<u32>) -> &[char] {
        let end = (range.end as usize).min(self.raw.len());
        let start = (range.start as usize).min(end);
        &self.raw[start..end]
    }

    pub(super) fn form(&self) -> &Form {
        self.form.get_or_init(|| text1(&self.raw))
    }

    pub(super) fn loose(&self) -> &Loose {
        self.loose.get_or_init(|| Loose::of(&self.raw, self.form()))
    }

    pub(super) fn tokens(&self) -> &Tokens {
        self.tokens.get_or_init(|| {
            let text = &self.form().text;
            let bytes = words::tokens(text);
            let mut places: HashMap<String, Vec<u32>> = HashMap::new();
            for (number, range) in (0..).zip(&bytes) {
                places
                    .entry(text[range.clone()].to_owned())
                    .or_default()
                    .push(number);
            }
            Tokens { bytes, places }
        })
    }

    /// Where its sentences begin, in code points.
    pub(super) fn sentences(&self) -> &[u32] {
        self.sentences.get_or_init(|| words::sentences(&self.raw))
    }

    /// Every place, in order, where a quotation stands but for what text-1 unifies and typesetting does.
    pub(super) fn places_of(&self, quote: &Self) -> Vec<Range<u32>> {
        let (form, loose) = (self.form(), self.loose());
        let same = form.find(&quote.form().text);
        let mut places: Vec<Range<u32>> = same
            .map(|found| form.raw(&found))
            .take(MOST_PLACES)
            .collect();
        let known = places.len();
        let typeset = loose
            .form
            .find(&quote.loose().form.text)
            .filter(|found| self.agrees(quote, found))
            .map(|found| loose.form.raw(&found))
            .take(MOST_PLACES);
        for place in typeset {
            let next = places[..known].partition_point(|other| other.end <= place.start);
            let same = places[..known].get(next);
            if same.is_none_or(|other| other.start >= place.end) {
                places.push(place);
            }
        }
        places.sort_by_key(|place| place.start);
        places
    }

    /// Whether a passage reads as a quotation does, but for what text-1 unifies and typesetting does.
    pub(super) fn reads(&self, range: &Range<u32>, quote: &Self) -> bool {
        if text1(self.slice(range)).text == quote.form().text {
            return true;
        }
        let loose = self.loose();
        let found = loose.form.at_raw(range.start)..loose.form.at_raw(range.end);
        let wanted = &quote.loose().form.text;
        let read = loose.form.slice(&found);
        // White space at the ends is no part of what is read.
        let lead = read.len() - read.trim_start().len();
        let found = found.start + lead..found.start + lead + quote.loose().form.len();
        read.trim() == wanted && self.agrees(quote, &found)
    }

    /// Whether the hyphens inside words agree.
    fn agrees(&self, quote: &Self, found: &Range<usize>) -> bool {
        let (quoted, stored) = (quote.loose(), self.loose());
        let agrees = |inside: usize| {
            let at = found.start + inside;
            agree(
                quoted.joint(inside),
                stored.joint(at),
                || stored.parts(at),
                |word| self.attests(word),
            )
        };
        let mut inside = stored.joints_in(found.start, found.end);
        let mut own = quoted.joints_in(0, quoted.form.len());
        inside.all(|(at, _)| agrees(at)) && own.all(|(at, _)| agrees(at))
    }

    /// Whether a word stands somewhere in the text on one line, as a whole.
    fn attests(&self, word: &str) -> bool {
        let whole = |c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\'');
        let attested = self.attested.get_or_init(|| {
            let words = self.form().text.split(whole);
            words
                .map(|word| word.trim_matches('\'').to_owned())
                .collect()
        });
        attested.contains(word)
    }

    /// Where a passage stands whose fingerprint is known, and of which `length` code points are all that is known.
    pub(super) fn seek(&self, digest: u64, length: Option<u32>) -> Sought {
        let mut windows = self.windows.borrow_mut();
        let form = self.form();
        if windows.edges.is_empty() {
            windows.edges = edges(form);
        }
        // Normalising makes a passage shorter, rarely longer, and mostly by little.
        let longest = count(form.len());
        let lengths = match length {
            Some(length) => {
                let least = length.saturating_sub(8 + length / 5).max(1);
                let mut lengths: Vec<u32> =
                    (least..=length.saturating_add(4).min(longest)).collect();
                lengths.sort_by_key(|&other| other.abs_diff(length));
                lengths
            }
            None => (1..=LONGEST.min(longest)).collect(),
        };
        let mut read = 0;
        for length in lengths {
            let length = length as usize;
            if read > MOST_READ {
                return Sought::GivenUp;
            }
            let Some(&at) = windows.of_length(form, length, &mut read).get(&digest) else {
                continue;
            };
            let at = at as usize;
            let passage = form.slice(&(at..at + length));
            let places = form.find(passage).map(|found| form.raw(&found));
            return Sought::Found(places.take(MOST_PLACES).collect());
        }
        Sought::Nowhere
    }
}

impl Windows {
    /// The fingerprints of the passages of so many characters that begin and end where words do. What is `read` to make
    /// them is counted.
    fn of_length(&mut self, form: &Form, length: usize, read: &mut usize) -> &HashMap<u64, u32> {
        if self.kept > MOST_KEPT && !self.by_length.contains_key(&length) {
            self.by_length.clear();
            self.kept = 0;
        }
        let Self {
            by_length,
            edges,
            kept,
        } = self;
        by_length.entry(length).or_insert_with(|| {
            let mut known = HashMap::new();
            *read += form.len() / 16;
            for at in 0..(form.len() + 1).saturating_sub(length) {
                if !edges[at] || !edges[at + length] {
                    continue;
                }
                let passage = form.slice(&(at..at + length));
                if passage.starts_with(' ') || passage.ends_with(' ') {
                    continue;
                }
                *read += length;
                known.entry(digest::short(passage)).or_insert(count(at));
            }
            *kept += known.len();
            known
        })
    }
}

/// Before which characters, and at the end, a word does not go on.
fn edges(form: &Form) -> Vec<bool> {
    let mut edges = Vec::with_capacity(form.len() + 1);
    let mut before = None;
    for c in form.text.chars() {
        // Scripts without spaces begin at U+2E80.
        let joined = |c: char| c.is_alphanumeric() && c < '\u{2e80}';
        edges.push(!before.is_some_and(joined) || !joined(c));
        before = Some(c);
    }
    edges.push(true);
    edges
}
