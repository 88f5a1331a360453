//! Questions that mean harm.

use super::{canonical, read};
use crate::support::small::vocabulary;
use casebook::query::limits::Limits;
use casebook::query::question::complete::{classify, expected_at, spots};
use casebook::query::question::{parse, script};
use casebook::text::FileId;

/// What is said of a text, read on a thread with a stack of so many bytes and without the limit on bytes.
fn said(text: String, nesting: usize, stack: usize) -> String {
    let reader = move || {
        let limits = Limits {
            question_bytes: usize::MAX,
            nesting,
            ..Limits::default()
        };
        let vocabulary = vocabulary();
        match parse(&text, FileId(0), &vocabulary, &[], &limits) {
            Ok(_) => "read".to_owned(),
            Err(problems) => problems[0].name.to_owned(),
        }
    };
    let thread = std::thread::Builder::new().stack_size(stack);
    thread.spawn(reader).unwrap().join().unwrap()
}

#[test]
fn nesting_is_bounded() {
    let brackets =
        |depth: usize| format!("{}who met Putin{}", "(".repeat(depth), ")".repeat(depth));
    let chain = |depth: usize| format!("who met someone{}", " that met someone".repeat(depth));
    let places = |depth: usize| {
        format!(
            "who met Putin{}",
            " in something that met Putin".repeat(depth)
        )
    };
    let both = |depth: usize| {
        format!(
            "{}who met someone{}{}",
            "not (".repeat(depth),
            " that met someone".repeat(depth),
            ")".repeat(depth)
        )
    };
    for (text, expected) in [
        (brackets(64), "read"),
        (brackets(65), "too-deep"),
        (chain(64), "read"),
        (chain(65), "too-deep"),
        (places(64), "read"),
        (places(65), "too-deep"),
        (both(32), "read"),
        (both(33), "too-deep"),
        ("(".repeat(100_000), "too-deep"),
        (brackets(100_000), "too-deep"),
        (chain(100_000), "too-deep"),
        (")".repeat(100_000), "unopened-bracket"),
    ] {
        assert_eq!(said(text.clone(), 64, 2 << 20), expected, "{}", text.len());
    }
}

#[test]
fn the_deepest_nesting_that_can_be_set_fits_the_main_stack() {
    let brackets = format!("{}who met Putin{}", "(".repeat(256), ")".repeat(256));
    let chain = format!("who met someone{}", " that met someone".repeat(256));
    let places = format!(
        "who met Putin{}",
        " in something that met Putin".repeat(256)
    );
    for text in [brackets, chain, places] {
        assert_eq!(said(text, 256, 8 << 20), "read");
    }
}

#[test]
fn a_long_question_is_refused_and_time_stays_linear() {
    let long = format!("who met {}", "Putin and ".repeat(10_000));
    let vocabulary = vocabulary();
    assert_eq!(
        read(&long, &vocabulary).unwrap_err()[0].name,
        "question-too-long"
    );
    let fits = |unit: &str| unit.repeat(64 * 1024 / unit.len());
    let texts = [
        format!("who met {}Putin", fits("Putin and ").split_off(60)),
        format!("who met {}", fits("someone that met Putin and ")),
        format!("who met {}", fits("Putin and someone that met Umerov and ")),
        fits("who met Putin and "),
        fits("Steve "),
        fits("\""),
        fits("2025-"),
        fits("? "),
        fits("in 2025-10? "),
        fits("the "),
        fits("(who met Putin) and "),
    ];
    for text in texts {
        let start = std::time::Instant::now();
        let _ = read(&text, &vocabulary);
        assert!(start.elapsed().as_secs() < 20, "{}", &text[..40]);
    }
}

#[test]
fn no_text_makes_it_fail() {
    let vocabulary = vocabulary();
    let pieces = [
        "who",
        "met",
        "briefed",
        "Dmitriev",
        "Steve",
        "Witkoff",
        "and",
        "or",
        "not",
        "(",
        ")",
        "that",
        "by",
        "was",
        "did",
        "since",
        "in",
        "2025-10",
        "2025-13",
        "2025-10?",
        "?",
        "?x",
        "|",
        "count",
        "where",
        "=",
        "-",
        "sort",
        "\"",
        "“",
        "”",
        "@",
        "@witkoff",
        "$who",
        "$none",
        "[",
        "3",
        "]",
        ",",
        ";",
        "#",
        "\n",
        "\u{200b}",
        "é",
        "e\u{301}",
        "🦀",
        "n't",
        "didn't",
        "'",
        "..",
        "/",
        "which",
        "people",
        "how many",
        "sources",
        "say",
        "path from",
        "to",
        "ignoring",
        "Axios",
        "the",
        "with",
        "at least",
        "each other",
        "but not",
        "both",
        "according to",
        "\u{202e}",
        "\0",
        "X",
        "timeline of",
        "between",
        "as",
        "planned",
        "within",
        "steps",
        "via",
        "18446744073709551616",
    ];
    let seed = fastrand::u64(..);
    let mut random = fastrand::Rng::with_seed(seed);
    for _ in 0..6_000 {
        let mut text = String::new();
        for _ in 0..random.usize(0..12) {
            text.push_str(pieces[random.usize(..pieces.len())]);
            if random.u8(..) > 30 {
                text.push(' ');
            }
        }
        let outcome = std::panic::catch_unwind(|| {
            match read(&text, &vocabulary) {
                Ok(_) => {
                    canonical(&text)
                        .map_err(|why| format!("{text}: {why}"))
                        .unwrap();
                }
                Err(problems) => {
                    for label in problems.iter().flat_map(|problem| &problem.labels) {
                        assert!(text.get(label.span.range()).is_some(), "{label:?}");
                    }
                    assert!(!problems.is_empty());
                    assert!(
                        problems
                            .iter()
                            .all(|problem| problem.message.chars().count() < 400)
                    );
                }
            }
            let _ = expected_at(&text, &vocabulary, &[]);
            let _ = script::unfinished(&text, &vocabulary, &[]);
            for entry in script::split(&text) {
                assert!(text.get(entry.question).is_some());
            }
            for spot in spots(&text, &vocabulary, &[]) {
                assert!(text.is_char_boundary(spot.start));
            }
            let mut end = 0;
            for (range, _) in classify(&text, &vocabulary, &[]) {
                assert!(text.get(range.clone()).is_some() && range.start >= end);
                end = range.end;
            }
        });
        assert!(outcome.is_ok(), "seed {seed}: {text:?}");
    }
}
