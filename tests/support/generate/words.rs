//! Names that nobody has and no keyword is.

use fastrand::Rng;
use std::collections::BTreeSet;

const ONSETS: [&str; 14] = [
    "b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z",
];
const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
const ACCENTED: [&str; 4] = ["á", "ö", "ü", "é"];

/// Gives each word once.
pub struct Words {
    given: BTreeSet<String>,
}

impl Words {
    pub fn new() -> Self {
        Self {
            given: BTreeSet::new(),
        }
    }

    /// A word in lower case, plain Latin letters.
    pub fn plain(&mut self, rng: &mut Rng) -> String {
        loop {
            let mut word = String::new();
            for _ in 0..3 {
                word.push_str(rng.choice(ONSETS).unwrap_or("b"));
                word.push_str(rng.choice(VOWELS).unwrap_or("a"));
            }
            if self.given.insert(word.clone()) {
                return word;
            }
        }
    }

    /// A name: capitalised, now and then with an accent.
    pub fn name(&mut self, rng: &mut Rng) -> String {
        let plain = self.plain(rng);
        let mut name = plain[..1].to_uppercase() + &plain[1..];
        if rng.u8(..12) == 0 {
            name.push_str(rng.choice(ACCENTED).unwrap_or("á"));
        }
        name
    }
}
