//! Many texts in order, looked up by their beginnings and by what they nearly are. The home of `fst` and `memchr`.
//!
//! Whole texts and beginnings are found by bisection, which touches few pages of a mapped file. For what is written
//! nearly right a finite-state map is walked with the rows of an edit distance as its states, so that only beginnings
//! that may still come near are followed.

use crate::columns::{Column, File, Problem, Strings, Writer};
use fst::{Automaton, IntoStreamer as _, Map, Streamer as _};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Distinct texts in ascending order.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    texts: Strings,
    /// From each text to its place; made when first asked for, or stored.
    map: OnceLock<Option<Map<Bytes>>>,
    stored: Option<Column<u8>>,
    /// Letters of the longest.
    longest: usize,
}

#[derive(Debug)]
struct Bytes(Column<u8>);

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self.0.all()
    }
}

impl Lexicon {
    /// Of distinct texts in ascending order.
    pub(super) fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let texts: Strings = texts.collect();
        Self {
            longest: texts
                .iter()
                .map(|text| text.chars().count())
                .max()
                .unwrap_or(0),
            texts,
            map: OnceLock::new(),
            stored: None,
        }
    }

    /// The text at a place.
    pub(super) fn get(&self, at: usize) -> &str {
        self.texts.get(at)
    }

    /// The place of a text.
    pub(super) fn position(&self, text: &str) -> Option<usize> {
        self.texts.position(text)
    }

    /// The places of the texts that begin with this.
    pub(super) fn starting(&self, prefix: &str) -> Range<usize> {
        self.texts.starting(prefix)
    }

    /// Whether a text begins with this.
    pub(super) fn goes_on(&self, prefix: &str) -> bool {
        self.texts
            .get(self.texts.lower_bound(prefix))
            .starts_with(prefix)
            && !self.texts.is_empty()
    }

    /// The places of the texts that hold this, in order.
    pub(super) fn containing<'a>(&'a self, part: &'a str) -> impl Iterator<Item = usize> + 'a {
        let pool = self.texts.pool();
        let mut next = 0;
        std::iter::from_fn(move || {
            loop {
                let found = next + memchr::memmem::find(pool.get(next..)?, part.as_bytes())?;
                let (text, range) = self.texts.around(found);
                if found + part.len() <= range.end && !part.is_empty() {
                    next = range.end;
                    return Some(text);
                }
                // It runs from one text into the next.
                next = found + 1;
                if part.is_empty() {
                    return None;
                }
            }
        })
    }

    /// The places of texts near a word, with their distance, nearest first and then in order: at most three of those
    /// that count, within an optimal string alignment distance of `max(1, length / 3)`.
    pub(super) fn near(&self, word: &str, counts: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
        let letters: Vec<char> = word.chars().collect();
        // No text is nearer than the letters that it lacks, and none further than it is long.
        let lacking = letters.len().saturating_sub(self.longest);
        let allowed = (letters.len() / 3).max(1).min(self.longest.max(1));
        let mut found = Vec::new();
        if lacking > allowed {
            return found;
        }
        // What is nearest comes first: the wide search is made only where the narrow one finds too little.
        let mut within = lacking.max(1);
        loop {
            found = self.within(&letters, within, &counts);
            if found.len() >= 3 || within >= allowed {
                break;
            }
            within = (within * 2).min(allowed);
        }
        found.sort_unstable();
        found.truncate(3);
        found
    }

    fn within(
        &self,
        letters: &[char],
        within: usize,
        counts: &impl Fn(usize) -> bool,
    ) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let Some(map) = self.map() else {
            return found;
        };
        let mut stream = map
            .search_with_state(Alike { letters, within })
            .into_stream();
        while let Some((key, at, state)) = stream.next() {
            let distance = state
                .and_then(|state| state.now.last().copied())
                .map_or(usize::MAX, usize::from);
            let length = key.iter().filter(|&&byte| byte & 0xc0 != 0x80).count();
            let at = usize::try_from(at).unwrap_or(usize::MAX);
            if distance <= within && distance < length && counts(at) {
                found.push((distance, at));
            }
        }
        found
    }

    fn map(&self) -> Option<&Map<Bytes>> {
        let bytes = || self.stored.clone().or_else(|| Some(self.bytes()?.into()));
        self.map
            .get_or_init(|| Map::new(Bytes(bytes()?)).ok())
            .as_ref()
    }

    fn bytes(&self) -> Option<Vec<u8>> {
        let mut builder = fst::MapBuilder::memory();
        builder.extend_iter(self.texts.iter().zip(0..)).ok()?;
        builder.into_inner().ok()
    }

    /// Adds it to a file.
    pub(super) fn write<'a>(&'a self, name: &str, file: &mut Writer<'a>) {
        let longest = u32::try_from(self.longest).unwrap_or(u32::MAX);
        file.owned(&format!("{name}.longest"), longest.to_ne_bytes().to_vec());
        self.texts.write(name, file);
        file.owned(&format!("{name}.fst"), self.bytes().unwrap_or_default());
    }

    pub(super) fn mapped(file: &Arc<File>, name: &str) -> Result<Self, Problem> {
        let bytes: Column<u8> = file.column(&format!("{name}.fst"))?;
        let texts = Strings::mapped(file, name)?;
        let longest: Column<u32> = file.column(&format!("{name}.longest"))?;
        Ok(Self {
            texts,
            map: OnceLock::new(),
            stored: Some(bytes),
            longest: longest.find(0).unwrap_or(0) as usize,
        })
    }
}

/// Texts within a distance of a word.
struct Alike<'w> {
    letters: &'w [char],
    within: usize,
}

/// What is known of a beginning: the distance to each beginning of the word, now and a letter before, as far as it matters.
#[derive(Clone)]
struct State {
    before: Vec<u16>,
    now: Vec<u16>,
    last: Option<char>,
    /// The bytes of a letter that is not whole yet.
    open: ([u8; 4], usize),
}

impl Automaton for Alike<'_> {
    type State = Option<State>;

    fn start(&self) -> Option<State> {
        let cap = |at: usize| u16::try_from(at.min(self.within + 1)).unwrap_or(u16::MAX);
        let now: Vec<u16> = (0..=self.letters.len()).map(cap).collect();
        Some(State {
            before: now.clone(),
            now,
            last: None,
            open: ([0; 4], 0),
        })
    }

    fn is_match(&self, state: &Option<State>) -> bool {
        let distance = state.as_ref().and_then(|state| state.now.last());
        distance.is_some_and(|&distance| usize::from(distance) <= self.within)
    }

    fn can_match(&self, state: &Option<State>) -> bool {
        let Some(state) = state else { return false };
        let near = |row: &[u16]| {
            row.iter()
                .any(|&distance| usize::from(distance) <= self.within)
        };
        near(&state.now) || near(&state.before)
    }

    fn accept(&self, state: &Option<State>, byte: u8) -> Option<State> {
        let state = state.as_ref()?;
        let (mut bytes, length) = state.open;
        *bytes.get_mut(length)? = byte;
        let open = &bytes[..=length];
        match std::str::from_utf8(open) {
            Ok(text) => Some(self.step(state, text.chars().next()?)),
            Err(error) if error.error_len().is_none() => Some(State {
                open: (bytes, length + 1),
                ..state.clone()
            }),
            Err(_) => None,
        }
    }
}

impl Alike<'_> {
    /// The next row of the table of distances, swaps of neighbours counted once.
    fn step(&self, state: &State, letter: char) -> State {
        let cap = u16::try_from(self.within + 1).unwrap_or(u16::MAX);
        let mut row = Vec::with_capacity(state.now.len());
        row.push(state.now[0].saturating_add(1).min(cap));
        for (at, &wanted) in self.letters.iter().enumerate() {
            let exchanged = state.now[at].saturating_add(u16::from(wanted != letter));
            let mut best = exchanged
                .min(state.now[at + 1].saturating_add(1))
                .min(row[at].saturating_add(1));
            if at > 0
                && state.last == Some(wanted)
                && self.letters[at - 1] == letter
                && wanted != letter
            {
                best = best.min(state.before[at - 1].saturating_add(1));
            }
            row.push(best.min(cap));
        }
        State {
            before: state.now.clone(),
            now: row,
            last: Some(letter),
            open: ([0; 4], 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lexicon;
    use crate::text::suggest;

    fn lexicon(texts: &[&str]) -> Lexicon {
        let mut texts = texts.to_vec();
        texts.sort_unstable();
        texts.dedup();
        Lexicon::new(texts.into_iter())
    }

    /// A small generator of words over few letters, of which some have two bytes.
    fn words(count: u32, seed: u32) -> Vec<String> {
        let mut state = seed;
        let mut next = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 16
        };
        let letters = ['a', 'b', 'c', 'é', ' '];
        let mut word = || {
            (0..next() % 9)
                .map(|_| letters[next() as usize % 5])
                .collect::<String>()
        };
        (0..count).map(|_| word()).collect()
    }

    #[test]
    fn the_near_are_those_that_a_look_at_each_finds() {
        let texts = words(400, 7);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let lexicon = lexicon(&texts);
        for word in words(120, 99) {
            let near = lexicon.near(&word, |_| true).into_iter();
            let near: Vec<(usize, &str)> = near
                .map(|(distance, at)| (distance, lexicon.get(at)))
                .collect();
            assert_eq!(
                near,
                suggest::near(&word, texts.iter().copied()),
                "{word:?}"
            );
        }
    }

    #[test]
    fn beginnings_and_parts() {
        let lexicon = lexicon(&["ab", "abc", "bca", "cab"]);
        assert_eq!(
            (
                lexicon.starting("ab"),
                lexicon.goes_on("c"),
                lexicon.goes_on("d")
            ),
            (0..2, true, false)
        );
        assert_eq!(lexicon.containing("ca").collect::<Vec<_>>(), [2, 3]);
        assert_eq!(
            lexicon.containing("abab").count(),
            0,
            "no text runs into the next"
        );
    }
}
