//! Thousands of passages of the harbour's articles, damaged by rule and written otherwise by rule.

use super::corpus::{Entry, Trial, text_1};
use super::mutations::{DAMAGE, ELISIONS, bare, ends_a_sentence, is_negator};
use super::table::Table;
use super::variations::{Vary, vary, wrapped};
use crate::tidy::files;
use fastrand::Rng;

const EACH: usize = 2_000;

const HARMLESS: &[&str] = &[
    "quotation varied",
    "quotation varied, placed",
    "article varied",
    "article wrapped",
    "both varied",
    "fingerprint, article varied",
    "fingerprint, article wrapped",
    "fingerprint, moved",
    "sentence left out",
    "parenthesis left out",
];

fn articles() -> Vec<String> {
    let files = files("data/harbour/texts", |path| path.ends_with(".txt"));
    files.into_iter().map(|file| file.text).collect()
}

/// Whether a passage may not be cut beside a word.
fn turns(word: &str) -> bool {
    let conditions = ["if", "whether", "unless", "hardly"];
    is_negator(word) || conditions.contains(&word.to_lowercase().as_str())
}

/// A passage of an article that stands in it once: some words of one paragraph.
fn passage(random: &mut Rng, article: &str) -> String {
    loop {
        let paragraph = random
            .choice(article.split("\n\n").collect::<Vec<_>>())
            .unwrap();
        let words: Vec<&str> = paragraph.split_whitespace().collect();
        if words.len() < 12 {
            continue;
        }
        let length = random.usize(8..words.len().min(40));
        let start = random.usize(0..words.len() - length);
        let passage = words[start..start + length].join(" ");
        // Cut beside a negator or a condition, a passage says something else.
        let around = [start.checked_sub(1), Some(start + length)];
        let turned = |at: Option<usize>| {
            at.and_then(|at| words.get(at))
                .is_some_and(|word| turns(bare(word)))
        };
        if article.matches(&passage).count() == 1 && !around.into_iter().any(turned) {
            return passage;
        }
    }
}

/// One of the ways to ask a damaged passage.
fn damaged(random: &mut Rng, article: &str, number: usize) -> Option<Trial> {
    let was = passage(random, article);
    let words: Vec<&str> = was.split(' ').collect();
    let (copies, all) = (DAMAGE.len(), DAMAGE.len() + ELISIONS.len());
    let (class, mutation) = if number % all < copies {
        DAMAGE[number % all]
    } else {
        ELISIONS[number % all - copies]
    };
    let now = mutation(random, &words)?;
    let cut = class.ends_with("inside a word");
    if text_1(&now) == text_1(&was) || (!cut && text_1(article).contains(&text_1(&now))) {
        return None;
    }
    let copy = article.replacen(&was, &now, 1);
    let ways = if number % all < copies { 5 } else { 2 };
    let (way, article, entry) = match random.u8(0..ways) {
        0 => ("quoted", article, Entry::quote(&now)),
        1 => {
            let at = Entry::print(article, &was, 1).at;
            (
                "quoted and placed",
                article,
                Entry {
                    at,
                    ..Entry::quote(&now)
                },
            )
        }
        2 => ("quoted, in the copy", &*copy, Entry::quote(&was)),
        3 => (
            "fingerprint, in the copy",
            &*copy,
            Entry::print(article, &was, 1),
        ),
        _ => {
            let print = Entry::print(article, &was, 1);
            (
                "quote and fingerprint, in the copy",
                &*copy,
                Entry {
                    quote: Some(now.clone()),
                    ..print
                },
            )
        }
    };
    Some(trial(
        class,
        false,
        format!("{now:?} for {was:?} ({way})"),
        article,
        entry,
    ))
}

fn trial(class: &str, harmless: bool, name: String, article: &str, entry: Entry) -> Trial {
    Trial {
        name,
        class: class.to_owned(),
        harmless,
        article: article.to_owned(),
        entry,
    }
}

/// One of the ways to ask a passage that is written otherwise.
fn harmless(random: &mut Rng, article: &str, number: usize) -> Option<Trial> {
    let was = passage(random, article);
    let [plain, broken, unbroken] =
        [(false, true), (true, true), (false, false)].map(|(breaks, lines)| Vary { breaks, lines });
    let width = random.usize(24..90);
    let class = HARMLESS[number % HARMLESS.len()];
    let entry = match class {
        "quotation varied" | "both varied" => Entry::quote(&vary(random, &was, broken)),
        "quotation varied, placed" => Entry {
            at: Entry::print(article, &was, 1).at,
            ..Entry::quote(&vary(random, &was, broken))
        },
        "sentence left out" => Entry::quote(&vary(random, &sentence_left_out(&was)?, broken)),
        "parenthesis left out" => Entry::quote(&vary(random, &parenthesis_left_out(&was)?, broken)),
        "article varied" | "article wrapped" => Entry::quote(&was),
        _ => Entry::print(article, &was, 1),
    };
    let article = match class {
        "quotation varied" | "quotation varied, placed" => article.to_owned(),
        "article varied" | "both varied" => vary(random, article, broken),
        "article wrapped" | "fingerprint, article wrapped" => wrapped(article, width),
        "fingerprint, article varied" => vary(random, article, plain),
        "fingerprint, moved" => {
            "Log in\n\n".repeat(random.usize(1..40)) + &vary(random, article, plain)
        }
        // Sentences are told by their lines too: such a text is broken at some width, or nowhere.
        _ if random.bool() => wrapped(article, width),
        _ => vary(random, article, unbroken),
    };
    let name = format!("{:?} for {was:?}", entry.quote);
    Some(trial(class, true, name, &article, entry))
}

/// Without its second sentence, where no quotation begins or ends on the way.
fn sentence_left_out(passage: &str) -> Option<String> {
    let words: Vec<&str> = passage.split(' ').collect();
    let first = words.iter().position(|word| ends_a_sentence(word))?;
    let second = first
        + 1
        + words[first + 1..]
            .iter()
            .position(|word| ends_a_sentence(word))?;
    let gap = words[first..=second].join(" ");
    if gap.contains(['“', '”']) || first < 3 || words.len() < second + 4 {
        return None;
    }
    Some(format!(
        "{} […] {}",
        words[..=first].join(" "),
        words[second + 1..].join(" ")
    ))
}

/// Without a name or a *who* clause between commas that neither denies nor hedges.
fn parenthesis_left_out(passage: &str) -> Option<String> {
    let (before, rest) = passage.split_once(", ")?;
    let (inside, after) = rest.split_once(", ")?;
    let apposition = ["Leonor", "who ", "which ", "the ", "a "]
        .iter()
        .any(|start| inside.starts_with(start));
    let hedges = [" not ", "nobody", " no ", "“", "”", ". ", "only", "still"];
    let sound = !hedges.iter().any(|hedge| inside.contains(hedge));
    let enough = |text: &str| text.split(' ').count() > 2;
    (apposition && sound && enough(before) && enough(after))
        .then(|| format!("{before} […] {after}"))
}

#[test]
fn no_generated_damage_passes_and_no_generated_spelling_is_called_damage() {
    let articles = articles();
    let mut random = Rng::with_seed(20_251_121);
    let mut table = Table::default();
    for (kind, make) in [damaged, harmless].iter().enumerate() {
        let mut number = 0;
        while table.count(kind == 1) < EACH {
            let article = &articles[random.usize(0..articles.len())];
            if let Some(trial) = make(&mut random, article, number) {
                table.add(&trial);
            }
            number += 1;
        }
    }
    table.holds("generated");
}
