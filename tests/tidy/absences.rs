//! What stays absent where: the invariants of `docs/architecture.md` that a text can show.

use super::{code, files, none, rust};

/// A word, where alone it may stand, and why.
struct Only {
    words: &'static [&'static str],
    places: &'static [&'static str],
    why: &'static str,
}

const ONLY: &[Only] = &[
    Only {
        words: &[
            "io::stdout",
            "io::stderr",
            "stdout()",
            "stderr()",
            "is_terminal",
            "terminal_size",
        ],
        places: &["src/terminal/", "src/repl/", "src/cli/"],
        why: "nothing below the front ends knows a terminal",
    },
    Only {
        words: &["print!", "println!", "eprint!", "eprintln!"],
        places: &[],
        why: "what is said goes through src/terminal",
    },
    Only {
        words: &[
            "fs",
            "File::open",
            "File::create",
            "OpenOptions",
            "read_to_string",
        ],
        places: &[
            "src/load/files.rs",
            "src/load/files/",
            // Maps a compiled casebook.
            "src/columns/file.rs",
            // Lists scripts; their text is read through load::files, or from standard input.
            "src/session/script/mod.rs",
            // Completes the names of files.
            "src/session/complete/commands.rs",
            // The prompt's history is no record.
            "src/repl/history.rs",
        ],
        why: "only load/files.rs touches the disk for a casebook",
    },
    Only {
        words: &["Command::new", "std::process::Command"],
        // The pager that the user's environment names, and the user's git.
        places: &["src/repl/pager.rs", "src/load/files/revision.rs"],
        why: "casebook runs nothing that a record says",
    },
    Only {
        words: &["std::net", "TcpStream", "UdpSocket"],
        places: &[],
        why: "casebook fetches nothing",
    },
    Only {
        words: &["std::env", "env::var", "env::var_os"],
        places: &[
            "src/cli/",
            "src/repl/",
            "src/terminal/",
            "src/session/open.rs",
        ],
        why: "the environment is read where the program begins",
    },
    Only {
        words: &["SystemTime", "UNIX_EPOCH", "Zoned::now"],
        // Whether a file was changed too recently for its time of change to be trusted; no answer depends on it.
        places: &["src/load/files/stamps.rs"],
        why: "an answer does not depend on the day it is asked",
    },
    Only {
        words: &["unsafe", "unsafe_code"],
        // The one map of a file; a test below counts it.
        places: &["src/columns/file.rs"],
        why: "unsafe code is for mapping files alone",
    },
];

#[test]
fn what_has_one_place_stands_nowhere_else() {
    let mut problems = Vec::new();
    for file in rust("src") {
        for line in code::lines(&file.text).iter().filter(|line| !line.in_tests) {
            for only in ONLY {
                let free = only.places.iter().any(|place| file.path.starts_with(place));
                let found = only
                    .words
                    .iter()
                    .find(|word| code::words(line.code, word).next().is_some());
                if let (false, Some(word)) = (free, found) {
                    problems.push(format!(
                        "{}:{}: `{word}`: {}",
                        file.path, line.number, only.why
                    ));
                }
            }
        }
    }
    none(&problems);
}

/// The evaluator and the rewriting of plans know the algebra, never a language.
#[test]
fn no_evaluator_knows_a_language() {
    let mut problems = Vec::new();
    for file in rust("src/query") {
        let inside =
            file.path.starts_with("src/query/evaluate/") || file.path.ends_with("/simplify.rs");
        for line in code::lines(&file.text).iter().filter(|_| inside) {
            if code::words(line.code, "question::").next().is_some() {
                problems.push(format!("{}:{}: knows a language", file.path, line.number));
            }
        }
    }
    none(&problems);
}

/// Nothing is left unfinished, silenced, or for a debugger.
#[test]
fn nothing_is_left_unfinished() {
    let marks = [
        concat!("to", "do!"),
        concat!("unimple", "mented!"),
        concat!("d", "bg!"),
        concat!("#[ig", "nore"),
        concat!("FIX", "ME"),
        concat!("TO", "DO"),
        concat!("HA", "CK"),
    ];
    let mut problems = Vec::new();
    for file in rust("src").iter().chain(&rust("tests")) {
        for (number, line) in (1..).zip(file.text.lines()) {
            if let Some(mark) = marks
                .iter()
                .find(|mark| code::words(line, mark).next().is_some())
            {
                problems.push(format!("{}:{number}: `{mark}`", file.path));
            }
        }
    }
    none(&problems);
}

/// One call is unsafe: mapping a file. Whoever adds another has to say why here.
#[test]
fn one_call_is_unsafe() {
    let files = rust("src");
    let lines = files.iter().flat_map(|file| code::lines(&file.text));
    let found: Vec<String> = lines
        .filter(|line| code::words(line.code, "unsafe").next().is_some())
        .map(|line| line.code.trim().to_owned())
        .collect();
    assert_eq!(found, ["unsafe { memmap2::Mmap::map(file) }"]);
}

/// `unwrap`, `expect` and `panic` are for tests: no input makes the program stop.
#[test]
fn nothing_panics_on_purpose() {
    let calls = [
        ".unwrap()",
        ".expect(",
        "panic!(",
        "unreachable!(",
        ".unwrap_err()",
    ];
    let mut problems = Vec::new();
    for file in rust("src") {
        for line in code::lines(&file.text).iter().filter(|line| !line.in_tests) {
            if let Some(call) = calls.iter().find(|call| line.code.contains(**call)) {
                problems.push(format!("{}:{}: `{call}`", file.path, line.number));
            }
        }
    }
    none(&problems);
}

/// Nothing in the repository names a place on somebody's machine.
#[test]
fn no_path_of_a_machine() {
    let machine = [
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
        concat!("/ro", "ot/"),
        concat!("/t", "mp/"),
        concat!("/wo", "rk/"),
        concat!("C:", "\\"),
    ];
    let mut problems = Vec::new();
    for file in files("", |path| path != "Cargo.lock") {
        for (number, line) in (1..).zip(file.text.lines()) {
            if let Some(path) = machine.iter().find(|path| line.contains(**path)) {
                problems.push(format!("{}:{number}: `{path}`", file.path));
            }
        }
    }
    none(&problems);
}
