//! Ways to damage a passage by rule. Each gives nothing where it has nothing to work on.

use fastrand::Rng;

/// What a passage is made of: its words as white space parts them, at least eight.
pub(super) type Words<'a> = [&'a str];
type Mutation = fn(&mut Rng, &Words) -> Option<String>;

/// Damage that a copy of an article may have as well as a quotation. Each leaves the first and the last word standing, or
/// changes letters of them: what only adds or drops at the ends is an honest passage.
pub(super) const DAMAGE: &[(&str, Mutation)] = &[
    ("digit changed", digit_changed),
    ("digit dropped", digit_dropped),
    ("number word changed", |r, w| exchange(r, w, NUMBERS)),
    ("month or day changed", |r, w| exchange(r, w, DATES)),
    ("negator added", |r, w| {
        add(r, w, &["not", "never", "hardly", "no longer", "[not]"])
    }),
    ("negator dropped", |r, w| drop_one(r, w, is_negator)),
    ("word dropped", |r, w| drop_one(r, w, |_| true)),
    ("word doubled", word_doubled),
    ("words exchanged", |r, w| {
        swap(r, w, |word| !word.is_empty())
    }),
    ("names exchanged", |r, w| {
        swap(r, w, |word| word.starts_with(char::is_uppercase))
    }),
    ("case changed", case_changed),
    ("accent changed", accent_changed),
    ("homoglyph", |r, w| {
        replace(
            r,
            w,
            &[
                ("a", "\u{430}"),
                ("e", "\u{435}"),
                ("o", "\u{3bf}"),
                ("c", "\u{441}"),
                ("A", "\u{391}"),
                ("1", "l"),
                ("0", "O"),
            ],
        )
    }),
    ("invisible character", invisible),
    ("hyphen changed", |r, w| {
        replace(r, w, &[("-", ""), ("-", " "), ("-", "\u{ad}")])
    }),
    ("words run together", together),
    ("sentences joined", |r, w| {
        replace(r, w, &[(". ", ", "), (". ", " "), (". ", "; ")])
    }),
    ("letters changed", letters_changed),
    ("begins inside a word", begins_inside),
    ("ends inside a word", ends_inside),
    ("quotation marks added", |r, w| around(r, w, "“", "”")),
    ("brackets added", |r, w| around(r, w, "[", "]")),
    ("double encoding", |r, w| {
        replace(
            r,
            w,
            &[
                ("’", "â€™"),
                ("“", "â€œ"),
                ("é", "Ã©"),
                ("–", "â€“"),
                ("á", "Ã¡"),
            ],
        )
    }),
];

/// Elisions that only a quotation can have.
pub(super) const ELISIONS: &[(&str, Mutation)] = &[
    ("elision drops a negator", elides_a_negator),
    ("elision makes a sentence", elides_a_sentence_end),
    ("elision out of order", out_of_order),
    ("elision inside a word", elides_in_a_word),
    ("elision hides a change", elides_and_damages),
];

const NUMBERS: &[&str] = &[
    "one", "two", "three", "five", "six", "nine", "eleven", "fourth", "third", "second", "first",
];
const DATES: &[&str] = &[
    "January", "February", "March", "April", "May", "June", "October", "November", "December",
    "Monday", "Tuesday", "spring", "summer", "autumn",
];

/// Whether a word, without marks around it, turns its sentence round.
pub(super) fn is_negator(word: &str) -> bool {
    let word = word.to_lowercase();
    [
        "not", "never", "no", "nobody", "nothing", "nor", "neither", "without",
    ]
    .contains(&word.as_str())
}

/// Whether a sentence ends with this word.
pub(super) fn ends_a_sentence(word: &str) -> bool {
    // An initial ends none.
    bare(word).chars().count() > 1
        && word
            .trim_end_matches(['”', '’', '"'])
            .ends_with(['.', '?', '!'])
}

/// A word without the marks around it.
pub(super) fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// One of the places that will do.
fn pick(random: &mut Rng, words: &Words, wanted: impl Fn(&str) -> bool) -> Option<usize> {
    let places: Vec<usize> = (0..words.len()).filter(|&at| wanted(words[at])).collect();
    random.choice(places)
}

/// One of the places that will do, neither first nor last.
fn pick_inside(random: &mut Rng, words: &Words, wanted: impl Fn(&str) -> bool) -> Option<usize> {
    Some(1 + pick(random, &words[1..words.len() - 1], wanted)?)
}

fn with(words: &Words, at: usize, word: &str) -> String {
    let mut words = words.to_vec();
    words[at] = word;
    words.join(" ")
}

fn digit_changed(random: &mut Rng, words: &Words) -> Option<String> {
    let at = pick(random, words, |word| {
        word.contains(|c: char| c.is_ascii_digit())
    })?;
    let mut letters: Vec<char> = words[at].chars().collect();
    let digits: Vec<usize> = (0..letters.len())
        .filter(|&i| letters[i].is_ascii_digit())
        .collect();
    let digit = random.choice(digits)?;
    let old = letters[digit].to_digit(10)?;
    letters[digit] = char::from_digit((old + random.u32(1..10)) % 10, 10)?;
    Some(with(words, at, &letters.iter().collect::<String>()))
}

fn digit_dropped(random: &mut Rng, words: &Words) -> Option<String> {
    let at = pick(random, words, |word| {
        word.chars().filter(char::is_ascii_digit).count() > 1
    })?;
    let digit = words[at].find(|c: char| c.is_ascii_digit())?;
    let mut word = words[at].to_owned();
    word.remove(digit);
    Some(with(words, at, &word))
}

fn exchange(random: &mut Rng, words: &Words, list: &[&str]) -> Option<String> {
    let at = pick(random, words, |word| list.contains(&bare(word)))?;
    let old = bare(words[at]);
    let new = random.choice(list.iter().filter(|new| **new != old).collect::<Vec<_>>())?;
    Some(with(words, at, &words[at].replace(old, new)))
}

fn add(random: &mut Rng, words: &Words, list: &[&str]) -> Option<String> {
    let at = random.usize(1..words.len());
    let mut words = words.to_vec();
    words.insert(at, random.choice(list)?);
    Some(words.join(" "))
}

fn drop_one(random: &mut Rng, words: &Words, wanted: fn(&str) -> bool) -> Option<String> {
    let at = pick_inside(random, words, |word| {
        wanted(bare(word)) && !bare(word).is_empty()
    })?;
    let mut words = words.to_vec();
    words.remove(at);
    Some(words.join(" "))
}

fn word_doubled(random: &mut Rng, words: &Words) -> Option<String> {
    let at = pick_inside(random, words, |word| !bare(word).is_empty())?;
    Some(with(words, at, &format!("{} {}", words[at], words[at])))
}

fn swap(random: &mut Rng, words: &Words, wanted: fn(&str) -> bool) -> Option<String> {
    let one = pick(random, words, |word| wanted(bare(word)))?;
    let first = bare(words[one]);
    let other = pick(random, words, |word| {
        wanted(bare(word)) && bare(word) != first
    })?;
    let second = bare(words[other]);
    let mut changed: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
    changed[one] = words[one].replacen(first, second, 1);
    changed[other] = words[other].replacen(second, first, 1);
    Some(changed.join(" "))
}

fn case_changed(random: &mut Rng, words: &Words) -> Option<String> {
    let at = pick(random, words, |word| word.starts_with(char::is_alphabetic))?;
    let first = words[at].chars().next()?;
    let other: String = if first.is_uppercase() {
        first.to_lowercase().collect()
    } else {
        first.to_uppercase().collect()
    };
    Some(with(words, at, &words[at].replacen(first, &other, 1)))
}

fn accent_changed(random: &mut Rng, words: &Words) -> Option<String> {
    if random.bool() {
        return replace(random, words, &[("á", "a"), ("é", "e")]);
    }
    let at = pick(random, words, |word| {
        word.contains(['a', 'e', 'o', 'n', 's'])
    })?;
    let letter = words[at].find(['a', 'e', 'o', 'n', 's'])?;
    let mut word = words[at].to_owned();
    word.insert(
        letter + 1,
        random.choice(['\u{301}', '\u{308}', '\u{323}', '\u{30c}'])?,
    );
    Some(with(words, at, &word))
}

fn replace(random: &mut Rng, words: &Words, pairs: &[(&str, &str)]) -> Option<String> {
    let text = words.join(" ");
    let found = pairs.iter().filter(|(old, _)| text.contains(old));
    let (old, new) = random.choice(found.collect::<Vec<_>>())?;
    let (at, _) = random.choice(text.match_indices(old).collect::<Vec<_>>())?;
    Some(format!("{}{new}{}", &text[..at], &text[at + old.len()..]))
}

fn invisible(random: &mut Rng, words: &Words) -> Option<String> {
    let at = pick(random, words, |word| bare(word).chars().count() > 3)?;
    let mut letters: Vec<char> = words[at].chars().collect();
    let hidden = [
        '\u{200b}',
        '\u{200d}',
        '\u{2060}',
        '\u{34f}',
        '\u{202e}',
        '\u{3164}',
        '\u{e0041}',
    ];
    letters.insert(letters.len() / 2, random.choice(hidden)?);
    Some(with(words, at, &letters.iter().collect::<String>()))
}

fn together(random: &mut Rng, words: &Words) -> Option<String> {
    let letters = |word: &str| word.chars().all(char::is_alphabetic);
    let at = pick(random, &words[..words.len() - 1], letters)?;
    if !letters(words[at + 1]) {
        return None;
    }
    let joint = random.choice(["", "-", "\u{ad}", "\u{200b}"])?;
    let mut changed = words.to_vec();
    let word = format!("{}{joint}{}", words[at], words[at + 1]);
    changed.remove(at + 1);
    Some(with(&changed, at, &word))
}

fn letters_changed(random: &mut Rng, words: &Words) -> Option<String> {
    let at = pick(random, words, |word| {
        word.len() > 4 && word.bytes().all(|b| b.is_ascii_lowercase())
    })?;
    let mut letters: Vec<char> = words[at].chars().collect();
    let letter = random.usize(0..letters.len());
    match random.u8(0..3) {
        0 => drop(letters.remove(letter)),
        1 => letters.insert(letter, letters[letter]),
        _ => {
            letters[letter] = random.choice(
                "bdfgkmpqvwxz"
                    .chars()
                    .filter(|c| *c != letters[letter])
                    .collect::<Vec<_>>(),
            )?
        }
    }
    Some(with(words, at, &letters.iter().collect::<String>()))
}

fn begins_inside(random: &mut Rng, words: &Words) -> Option<String> {
    let letters: Vec<char> = words[0].chars().collect();
    if letters.len() < 3 || !letters.iter().all(|c| c.is_alphanumeric()) {
        return None;
    }
    let cut = random.usize(1..letters.len());
    Some(with(words, 0, &letters[cut..].iter().collect::<String>()))
}

fn ends_inside(random: &mut Rng, words: &Words) -> Option<String> {
    let last = words.len() - 1;
    let letters: Vec<char> = words[last].chars().collect();
    if letters.len() < 3 || !letters.iter().all(|c| c.is_alphanumeric()) {
        return None;
    }
    let cut = random.usize(1..letters.len());
    Some(with(
        words,
        last,
        &letters[..cut].iter().collect::<String>(),
    ))
}

fn around(random: &mut Rng, words: &Words, open: &str, close: &str) -> Option<String> {
    let at = pick_inside(random, words, |word| word.chars().all(char::is_alphabetic))?;
    Some(with(words, at, &format!("{open}{}{close}", words[at])))
}

/// The words without those from `from` to `to`, with the mark of elision.
fn without(words: &Words, from: usize, to: usize) -> String {
    format!("{} […] {}", words[..from].join(" "), words[to..].join(" "))
}

fn elides_a_negator(random: &mut Rng, words: &Words) -> Option<String> {
    let middle = &words[2..words.len() - 2];
    let at = 2 + pick(random, middle, |word| is_negator(bare(word)))?;
    let from = at - random.usize(0..(at - 1).min(3));
    let to = at + 1 + random.usize(0..(words.len() - 2 - at).min(3));
    let one_sentence = !words[from - 1..to].iter().any(|word| ends_a_sentence(word));
    one_sentence.then(|| without(words, from, to))
}

fn elides_a_sentence_end(random: &mut Rng, words: &Words) -> Option<String> {
    let last = words.len() - 3;
    let end = 3 + pick(random, words.get(3..last)?, ends_a_sentence)?;
    let (from, to) = (random.usize(2..end), random.usize(end + 2..=last + 1));
    let mid = !ends_a_sentence(words[from - 1]) && !ends_a_sentence(words[to - 1]);
    (mid && to < words.len()).then(|| without(words, from, to))
}

fn out_of_order(random: &mut Rng, words: &Words) -> Option<String> {
    let middle = random.usize(3..words.len() - 3);
    let (one, other) = words.split_at(middle);
    Some(format!("{} […] {}", other.join(" "), one.join(" ")))
}

fn elides_in_a_word(random: &mut Rng, words: &Words) -> Option<String> {
    let at = pick_inside(random, words, |word| {
        word.len() > 5 && word.bytes().all(|byte| byte.is_ascii_alphabetic())
    })?;
    let (word, cut) = (words[at], random.usize(1..5));
    let (left, right) = (words[..at].join(" "), words[at + 1..].join(" "));
    Some(match random.u8(0..3) {
        0 => format!("{left} {}[…] {right}", &word[..cut]),
        1 => format!("{left} […]{} {right}", &word[cut..]),
        _ => format!("{left} {}[…]{} {right}", &word[..cut], &word[cut + 1..]),
    })
}

fn elides_and_damages(random: &mut Rng, words: &Words) -> Option<String> {
    let from = random.usize(4..words.len() - 2);
    let (_, mutation) = random.choice(&DAMAGE[..18])?;
    let damaged = mutation(random, &words[..from])?;
    Some(format!("{damaged} […] {}", words[from + 1..].join(" ")))
}
