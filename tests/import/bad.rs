//! What cannot be used, and what is said of it: every file under `tests/import/bad` beside a `.said`; `UPDATE=1` rewrites.

use super::{claims, fixture, import_all, import_one, mapped, options, round_trip};
use crate::tidy::{none, root};
use casebook::import::{ImportError, Input, Options};

/// What is said of a file: bad rows, what was left out, the claims; or the error.
fn said(name: &str, bytes: Vec<u8>) -> String {
    let preset = name.split('-').next().unwrap_or("");
    match import_all(vec![Input::of(name, bytes)], options(preset)) {
        Ok(imported) => {
            let bad = imported.report.bad.iter().map(|bad| format!("{bad}\n"));
            let claims = claims(&imported)
                .into_iter()
                .map(|claim| format!("claim {claim}\n"));
            round_trip(&imported);
            bad.chain(claims).collect()
        }
        Err(ImportError::Unusable(message, help)) => {
            format!("error: {message}\n  = help: {help}\n")
        }
        Err(error) => format!("error: {error:?}\n"),
    }
}

#[test]
fn every_bad_file_is_spoken_of_as_written_beside_it() {
    let directory = root().join("tests/import/bad");
    let mut problems = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(&directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension != "said")
    });
    assert!(files.len() >= 8, "{files:?}");
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let found = said(&name, std::fs::read(&path).unwrap());
        let expected = path.with_extension("said");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&expected, &found).unwrap();
        }
        let expected = std::fs::read_to_string(&expected).unwrap_or_default();
        if found != expected {
            problems.push(format!("{name}:\n{found}instead of\n{expected}"));
        }
    }
    none(&problems);
}

#[test]
fn too_many_bad_rows_stop_it_and_the_list_is_bounded() {
    let rows = "Ada\tknows\t\n".repeat(3000);
    let text = format!("from\tlabel\tto\n{rows}");
    let with = |max_bad| Options {
        max_bad,
        ..options("tsv")
    };
    match import_all(vec![Input::of("e", text.as_str())], with(20)) {
        Err(ImportError::TooManyBad(report, 20)) => {
            assert_eq!((report.bad_rows, report.bad.len()), (21, 21))
        }
        other => panic!("{other:?}"),
    }
    let imported = import_one("e", text, with(5000));
    let report = imported.report;
    assert_eq!(
        (report.bad_rows, report.bad.len()),
        (3000, casebook::import::MOST_LISTED)
    );
}

#[test]
fn look_up_tables_may_be_bad_too() {
    let map = |file: &str| {
        format!(
            "(header: false, columns: {{\"id\": 1, \"subject\": 2, \"relation\": 3, \"object\": 4, \"date\": 5}}, \
             date: Days, entities: (file: \"{file}\", id: 1, name: 2, prefix: \"e\"), \
             sources: (file: \"sources.tsv\", id: 1, name: 2, prefix: \"s\"), \
             links: (file: \"edge_sources.tsv\", event: 1, source: 2))"
        )
    };
    let lines = |edges: &str| {
        let done = import_all(
            vec![Input::of("edges.tsv", edges)],
            mapped(&map("entities.tsv")),
        );
        match done {
            Ok(imported) => imported
                .report
                .bad
                .iter()
                .map(|bad| format!("{bad}\n"))
                .collect(),
            Err(error) => format!("{error:?}"),
        }
    };
    let found = lines("0\t0\tknows\t77\t17532\n1\t0\tknows\t1\t99999999\n");
    assert!(
        found.contains("edges.tsv:1: column `4`: `77` stands in no row of its look-up table"),
        "{found}"
    );
    assert!(
        found.contains("edges.tsv:2: column `5`: `99999999` is no date"),
        "{found}"
    );
    assert!(
        found.contains("edge_sources.tsv:4: `10` is no event"),
        "{found}"
    );
    let found = lines("10\t0\tknows\t1\t17532\n2\t0\tknows\t1\t17532\n");
    assert!(found.contains("not sorted by event"), "{found}");
    // The id of one record is the prefix and name of another.
    let found = import_all(
        vec![Input::of("e", "0\t0\tknows\t1\t17532\n")],
        mapped(&map("twice.tsv")),
    )
    .unwrap();
    let bad: Vec<String> = found.report.bad.iter().map(ToString::to_string).collect();
    assert!(bad[0].contains("stands in an earlier row too"), "{bad:?}");
}

/// Bytes of every sort, in every preset: never a panic, never a claim that does not load.
#[test]
fn whatever_stands_there_it_never_panics() {
    let mut random = fastrand::Rng::with_seed(18);
    let pieces: [&[u8]; 16] = [
        b"\t",
        b"\n",
        b",",
        b"\"",
        b"\0",
        b"\xff",
        b"\xe2\x80\xae",
        b"2018-01-01",
        b"190",
        b"A",
        b"(B)",
        b"\r",
        b";",
        b"\x1b[0m",
        "\u{301}".as_bytes(),
        b"99999999999999999999",
    ];
    for (preset, name) in [
        ("icews", "icews.tab"),
        ("gdelt", "gdelt2.tsv"),
        ("acled", "acled.csv"),
        ("tsv", "edges.tsv"),
    ] {
        let whole = fixture(name);
        for _ in 0..150 {
            let mut bytes = whole.clone();
            for _ in 0..random.usize(1..6) {
                let at = random.usize(0..bytes.len());
                let piece = pieces[random.usize(0..pieces.len())];
                bytes.splice(at..at + random.usize(0..=1), piece.iter().copied());
            }
            if let Ok(imported) = import_all(vec![Input::of(name, bytes)], options(preset)) {
                round_trip(&imported);
            }
        }
    }
}

/// Names that make one id, or have no letters at all, by the ten thousand: in time that does not grow with their square.
#[test]
fn names_that_make_one_id_do_not_slow_it_down() {
    let row = |number: usize| {
        let dots = ".".repeat(1 + number % 199) + &"!".repeat(1 + number / 199);
        format!("{dots}\t{dots}\tx\thttps://a.b/{}{dots}\n", "p".repeat(90))
    };
    let rows: String = (0..20_000).map(row).collect();
    let text = format!("from\tlabel\tto\tsources\n{rows}");
    let began = std::time::Instant::now();
    let imported = import_one("e", text, options("tsv"));
    assert_eq!(imported.claims.len(), 20_000);
    assert_eq!(imported.casebook.relations.len(), 20_000);
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
}

#[test]
fn cells_of_any_size_and_names_of_any_script() {
    let long = "x".repeat(10 << 20);
    let text = format!(
        "from\tlabel\tto\n{long}\tknows\tBob\nКиїв\tknows\t北京\n\u{202e}evil\tknows\tBob\n…\tknows\t!\n"
    );
    let imported = import_one("e", text, options("tsv"));
    assert_eq!(imported.report.bad_rows, 1);
    assert!(
        imported.report.bad[0]
            .problem
            .contains("longer than 4096 bytes")
    );
    assert!(imported.report.bad[0].to_string().len() < 400);
    assert_eq!(imported.claims.len(), 3);
    round_trip(&imported);
}
