//! `casebook import events` from outside: statuses, what is said, what is written, and that it can be asked.

use crate::cli::{piped, run};
use crate::tidy::root;
use std::fs;

#[test]
fn events_become_a_casebook_that_is_checked_and_asked() {
    let directory = tempfile::tempdir().unwrap();
    let out = directory.path().join("acled.ron");
    let out = out.to_str().unwrap();
    let (status, answer, notices) = run(&[
        "import",
        "events",
        "tests/import/acled.csv",
        "--preset",
        "acled",
        "--title",
        "March",
        "-o",
        out,
    ]);
    assert_eq!((status, answer.as_str()), (0, ""), "{notices}");
    assert!(notices.contains("3 claims of"), "{notices}");
    assert!(
        fs::read_to_string(out)
            .unwrap()
            .contains("title: \"March\"")
    );
    let (status, _, notices) = run(&["-c", out, "check"]);
    assert_eq!(status, 0, "{notices}");
    let (status, answer, notices) = run(&["-c", out, "ask", "who attacked whom in Nigeria"]);
    assert_eq!(status, 0, "{notices}");
    assert!(answer.contains("Civilians (Nigeria)"), "{answer}");
}

#[test]
fn look_up_tables_stand_beside_the_first_file() {
    let directory = tempfile::tempdir().unwrap();
    let out = directory.path().join("dump.ron");
    let out = out.to_str().unwrap();
    let (status, _, notices) = run(&[
        "import",
        "events",
        "tests/import/dump/edges.tsv",
        "--map",
        "benches/peers/map.ron",
        "-o",
        out,
    ]);
    assert_eq!(status, 0, "{notices}");
    let (_, answer, _) = run(&[
        "-c",
        out,
        "ask",
        "who made a statement about North Korea",
        "--format",
        "tsv",
    ]);
    assert!(answer.contains("Kim Jong-Un"), "{answer}");
}

#[test]
fn bad_rows_are_listed_and_too_many_write_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let out = directory.path().join("x.ron");
    let out = out.to_str().unwrap();
    let file = "tests/import/bad/icews-rows.tab";
    let import = |more: &[&str]| {
        run(&[
            &["import", "events", file, "--preset", "icews", "-o", out],
            more,
        ]
        .concat())
    };
    let (status, _, notices) = import(&["--max-bad", "7"]);
    assert_eq!(status, 1, "{notices}");
    assert!(
        notices.contains("more than 7 bad rows; nothing is written"),
        "{notices}"
    );
    assert!(!fs::exists(out).unwrap());
    let (status, _, notices) = import(&["--max-bad", "8"]);
    assert_eq!(status, 0, "{notices}");
    assert!(
        notices.contains("icews-rows.tab:2: column `Event Date`: `2018-02-30` is no date"),
        "{notices}"
    );
    assert!(notices.contains("8 bad rows are left out"), "{notices}");
}

#[test]
fn what_cannot_be_done_is_said_with_a_status() {
    let directory = tempfile::tempdir().unwrap();
    let at = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    let edges = "tests/import/edges.tsv";
    fs::write(at("map.ron"), "(colums: {})").unwrap();
    let outside = "(entities: (file: \"../suite.rs\", id: 1, name: 2))";
    fs::write(at("outside.ron"), outside).unwrap();
    for (arguments, status, said) in [
        (
            vec![edges, "-o", &at("x.json")],
            2,
            "let it end in .ron or .cbk",
        ),
        (vec!["nowhere.tsv", "-o", &at("x.ron")], 4, "cannot be read"),
        (vec!["tests", "-o", &at("x.ron")], 4, "cannot be read"),
        (
            vec![edges, "--map", &at("map.ron"), "-o", &at("x.ron")],
            2,
            "colums",
        ),
        (
            vec![edges, "--map", &at("outside.ron"), "-o", &at("x.ron")],
            4,
            "beside the events",
        ),
        (
            vec![edges, "--preset", "icews", "-o", &at("x.ron")],
            2,
            "no column `Event Date`",
        ),
        (
            vec![edges, "--preset", "acle", "-o", &at("x.ron")],
            2,
            "acled",
        ),
        (vec![edges, "-o", &at("no/x.ron")], 4, "cannot be written"),
    ] {
        let (found, _, notices) = run(&[&["import", "events"], arguments.as_slice()].concat());
        assert_eq!(found, status, "{arguments:?}: {notices}");
        assert!(notices.contains(said), "{arguments:?}: {notices}");
    }
    assert!(!fs::exists(at("x.ron")).unwrap());
}

#[test]
fn standard_input_is_a_file_too() {
    let directory = tempfile::tempdir().unwrap();
    let out = directory.path().join("x.ron");
    let out = out.to_str().unwrap();
    let text = fs::read_to_string(root().join("tests/import/edges.tsv")).unwrap();
    let (status, _, notices) = piped(&["import", "events", "-", "-o", out], &text);
    assert_eq!(status, 0, "{notices}");
    assert!(notices.contains("3 claims of 3 entities"), "{notices}");
}
