//! Articles and quotations that mean harm: each is graded, soon, and without a panic.

use super::corpus::Entry;
use casebook::evidence::{Article, Grade, grade};
use std::time::{Duration, Instant};

/// Grades the entries of one article; fails when that takes long.
#[track_caller]
fn grades(article: &str, entries: &[Entry]) -> Vec<Grade> {
    let begin = Instant::now();
    let article = Article::plain(article);
    let found = entries
        .iter()
        .map(|entry| grade(&article, &entry.evidence()).grade);
    let found: Vec<Grade> = found.collect();
    let spent = begin.elapsed();
    assert!(spent < Duration::from_secs(30), "{spent:?}");
    found
}

fn caught(found: &[Grade]) -> bool {
    let caught = |grade| matches!(grade, Grade::Altered | Grade::Missing | Grade::Ambiguous);
    found.iter().all(|&grade| caught(grade))
}

const TEXT: &str = "The ministry did not meet the lenders. “We paid,” Drinn said.";

#[test]
fn quotations_of_nothing() {
    let quotes = [
        "",
        " ",
        "\u{ad}",
        "\u{feff}",
        "\n\r\n",
        "…",
        "...",
        "[…]",
        "[...]",
        "[…] […]",
        "[…][…][…]",
        " […] . […] ",
        "[",
        "[…",
        "…]",
        "-",
        "—",
        "“”",
        "“",
        "'",
        ".",
        ",",
        "?!",
        "\u{301}",
        "\u{200b}",
        "\u{202e}",
        "\u{0}",
        "e",
        "T",
        "[…] e",
        "e […]",
        "T […] e […] n",
        ". […] .",
    ];
    for quote in quotes {
        let found = grades(TEXT, &[Entry::quote(quote)]);
        assert!(caught(&found), "{quote:?}: {found:?}");
        assert!(
            caught(&grades("", &[Entry::quote(quote)])),
            "{quote:?} in nothing"
        );
    }
}

#[test]
fn positions_and_fingerprints_of_nothing() {
    let at = |start, end| Some((start, end));
    for (position, digest) in [
        (at(0, 0), None),
        (at(0, u32::MAX), None),
        (at(u32::MAX, u32::MAX), None),
        (at(9, 3), None),
        (at(u32::MAX, 0), None),
        (at(10_000, 10_020), None),
        (None, Some("")),
        (None, Some("zzzzzzzzzzzzzzzz")),
        (None, Some("0000000000000000")),
        (at(0, 12), Some("")),
        (at(0, 12), Some("0000000000000000")),
        (at(0, u32::MAX), Some("0000000000000000")),
        (at(9, 3), Some("e3b0c44298fc1c14")),
        (at(0, 0), Some("e3b0c44298fc1c14")),
    ] {
        for quote in [None, Some("The ministry did meet the lenders")] {
            let entry = Entry {
                quote: quote.map(str::to_owned),
                at: position,
                digest: digest.map(str::to_owned),
            };
            for article in [TEXT, ""] {
                let found = grades(article, std::slice::from_ref(&entry));
                let passes = found[0] != Grade::Unchecked && !caught(&found);
                assert!(!passes, "{entry:?}: {found:?}");
            }
        }
    }
}

#[test]
fn a_long_article() {
    let mut article = String::new();
    let mut number = 0;
    while article.len() < 5 << 20 {
        number += 1;
        article += &format!(
            "On day {number} the minister did not pay {} crowns to “Drinn”.\n",
            number * 7
        );
    }
    let middle = "On day 40000 the minister did not pay 280000 crowns";
    let place = Entry::print(&article, middle, 1);
    let entries = [
        Entry::quote(middle),
        place.clone(),
        Entry {
            at: Some((3, 54)),
            ..place
        },
        Entry::quote("On day 40000 the minister did pay 280000 crowns"),
        Entry::quote("the minister did not pay"),
        Entry::quote("nothing of the kind stands here at all"),
        Entry::quote("On day 3 the minister […] to “Drinn”"),
        Entry::quote("the […] the […] the […] the […] the […] the […] the […] zebra"),
        Entry {
            at: Some((0, u32::MAX)),
            ..Entry::print("x y z", "x y z", 1)
        },
    ];
    let found = grades(&article, &entries);
    assert_eq!(found[..3], [Grade::Exact, Grade::Exact, Grade::Moved]);
    assert!(caught(&found[3..6]) && caught(&found[7..]), "{found:?}");
}

#[test]
fn long_quotations() {
    let article = "the minister did not pay, and nobody asked. ".repeat(30_000);
    let damaged = "the minister did pay, and nobody asked. ";
    let quotes = [
        damaged.repeat(25_000),
        damaged.repeat(4),
        damaged.repeat(40),
        "a".repeat(1 << 20),
        "the ".repeat(1 << 18),
        "[…] ".repeat(100_000),
        "the […] ".repeat(50_000),
        "the […] ".repeat(50),
        "the minister did not […] ".repeat(20_000),
        "“".repeat(200_000),
        "e\u{301}".repeat(200_000),
        format!("e{}", "\u{301}".repeat(500_000)),
        "-\n".repeat(200_000),
        "x-\n".repeat(200_000),
    ];
    let quotes = quotes.map(|quote| Entry::quote(&quote));
    for article in [&*article, TEXT, &"the ".repeat(1 << 18)] {
        let found = grades(article, &quotes);
        // What a text of one word says is in it is in it.
        let found = found
            .iter()
            .enumerate()
            .filter(|(at, _)| ![4, 7].contains(at));
        let found: Vec<Grade> = found.map(|(_, grade)| *grade).collect();
        assert!(caught(&found), "{found:?}");
    }
}

#[test]
fn words_broken_without_end() {
    let article = "ab-\n".repeat(1 << 17);
    let quotes = [
        "ab".repeat(1 << 17),
        "ab-".repeat(1 << 17) + "ab",
        "ab-\n".repeat(1 << 16),
        "ab-ab".to_owned(),
        "abab".to_owned(),
    ];
    grades(&article, &quotes.map(|quote| Entry::quote(&quote)));
    let mut article = String::new();
    for number in 0..50_000 {
        article += &format!("word{number:x}-\nend ");
    }
    let quotes = [article.replace("-\n", "-"), article.replace("-\n", "")];
    grades(&article, &quotes.map(|quote| Entry::quote(&quote)));
}

#[test]
fn articles_of_one_thing() {
    let quotes = [
        "the minister paid",
        "aaaa aaab",
        "e\u{301}",
        "-\n-",
        "a […] b",
        "[…] a a a […]",
    ];
    let quotes = quotes.map(Entry::quote);
    for unit in [
        "a",
        "e\u{301}",
        "\u{301}",
        "-\n",
        "a-\n",
        " ",
        "\n",
        "“",
        "[…]",
        ".",
        "\u{ad}",
        "\u{1100}\u{1161}",
        "a a-",
    ] {
        let article = unit.repeat((1 << 20) / unit.len());
        grades(&article, &quotes);
    }
}
