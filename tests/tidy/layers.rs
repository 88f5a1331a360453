//! Lower layers never import higher ones, siblings never import each other, each outside crate has one home.

use super::{code, none, root, rust};
use std::fs;

/// The layers, lowest first; those of one rank are siblings.
const LAYERS: &[&[&str]] = &[
    &["text"],
    &["columns"],
    &["model"],
    &["load", "check", "graph", "evidence", "import"],
    &["query", "bibliography"],
    &["review"],
    &["render", "export"],
    &["session"],
    &["terminal"],
    &["cli", "repl"],
];

/// Where each outside crate may be named. serde's derives may stand anywhere.
const HOMES: &[(&str, &[&str])] = &[
    ("any_ascii", &["src/text/fold.rs", "src/text/alike.rs"]),
    ("bytemuck", &["src/columns/"]),
    ("biblatex", &["src/bibliography/bibtex.rs"]),
    ("bytes", &["src/import/pages.rs"]),
    ("caseless", &["src/text/fold.rs"]),
    ("clap", &["src/cli/"]),
    ("clap_complete", &["src/cli/"]),
    ("clap_mangen", &["src/cli/"]),
    ("colored", &["src/render/paint.rs"]),
    ("csv", &["src/render/separated.rs", "src/import/"]),
    ("ctrlc", &["src/terminal/interrupt.rs"]),
    ("edtf_core", &["src/model/date.rs"]),
    ("etcetera", &["src/repl/history.rs", "src/cli/cache.rs"]),
    ("flate2", &["src/import/input.rs"]),
    ("foldhash", &["src/text/map.rs"]),
    ("fst", &["src/query/lexicon.rs"]),
    ("hayagriva", &["src/bibliography/notes.rs"]),
    ("html2text", &["src/evidence/reading.rs"]),
    ("indicatif", &["src/terminal/progress.rs"]),
    ("jiff", &["src/model/date.rs"]),
    ("memchr", &["src/query/lexicon.rs"]),
    ("memmap2", &["src/columns/file.rs"]),
    ("nom", &["src/query/question/grammar/"]),
    ("parquet", &["src/import/pages.rs"]),
    ("petgraph", &["src/graph/"]),
    ("postcard", &["src/graph/records.rs"]),
    // Reads stored articles, and makes the dossier a page.
    (
        "pulldown_cmark",
        &["src/evidence/reading.rs", "src/render/dossier/page.rs"],
    ),
    // Reads records, and maps.
    ("ron", &["src/load/", "src/import/map.rs"]),
    ("ruzstd", &["src/import/input.rs"]),
    ("rustyline", &["src/repl/"]),
    // Each of the siblings writes its own JSON.
    (
        "serde_json",
        &[
            "src/bibliography/",
            "src/review/difference.rs",
            "src/render/",
            "src/export/",
        ],
    ),
    ("sha2", &["src/evidence/digest.rs"]),
    ("similar", &["src/evidence/difference.rs"]),
    ("strsim", &["src/text/suggest.rs"]),
    ("tabled", &["src/render/grid.rs"]),
    ("tempfile", &["src/load/files/"]),
    ("terminal_size", &["src/terminal/"]),
    (
        "unicode_normalization",
        &["src/text/fold.rs", "src/text/compose.rs"],
    ),
    ("unicode_properties", &["src/text/safe.rs"]),
    ("unicode_security", &["src/text/alike.rs"]),
    ("unicode_segmentation", &["src/evidence/words.rs"]),
    ("unicode_width", &["src/text/width.rs"]),
    (
        "walkdir",
        &["src/load/files.rs", "src/load/files/stamps.rs"],
    ),
    ("xxhash_rust", &["src/columns/"]),
];

fn rank(layer: &str) -> Option<usize> {
    LAYERS.iter().position(|rank| rank.contains(&layer))
}

/// The layer of a file: `src/graph/build.rs` is in `graph`, `src/graph.rs` too. The roof has none.
fn layer(path: &str) -> Option<&str> {
    let name = path.strip_prefix("src/")?.split('/').next()?;
    let name = name.strip_suffix(".rs").unwrap_or(name);
    (!matches!(name, "lib" | "main")).then_some(name)
}

#[test]
fn lower_layers_import_no_higher_ones_and_siblings_none_of_each_other() {
    let mut problems = Vec::new();
    for file in rust("src") {
        let Some(own) = layer(&file.path) else {
            continue;
        };
        let Some(own_rank) = rank(own) else {
            problems.push(format!("{}: `{own}` is in no layer", file.path));
            continue;
        };
        let code: Vec<&str> = code::lines(&file.text)
            .iter()
            .map(|line| line.code)
            .collect();
        let code = code.join("\n");
        for at in code::words(&code, "crate::") {
            for name in code::first_names(&code, at + "crate::".len()) {
                let lower = rank(&name).is_some_and(|rank| rank < own_rank);
                if !lower && name != own {
                    problems.push(format!("{}: `{own}` imports `{name}`", file.path));
                }
            }
        }
    }
    none(&problems);
}

/// `super::super::…` may not climb to the root, where the rule above would not see what it names.
#[test]
fn no_path_climbs_to_the_root() {
    let mut problems = Vec::new();
    for file in rust("src") {
        if layer(&file.path).is_none() {
            continue;
        }
        let path = file.path.trim_start_matches("src/").trim_end_matches(".rs");
        let depth = path.trim_end_matches("/mod").split('/').count();
        for line in code::lines(&file.text) {
            let depth = depth + usize::from(line.in_tests);
            if line.code.contains(&"super::".repeat(depth)) {
                problems.push(format!("{}:{}: climbs to the root", file.path, line.number));
            }
        }
    }
    none(&problems);
}

#[test]
fn each_outside_crate_has_one_home() {
    let mut problems = Vec::new();
    let files = rust("src");
    for &(name, homes) in HOMES {
        let mut used = false;
        for file in &files {
            let mut named = code::lines(&file.text);
            named.retain(|line| {
                code::words(line.code, name).any(|at| names_crate(line.code, at, name))
            });
            let at_home = homes.iter().any(|home| file.path.starts_with(home));
            used |= at_home && !named.is_empty();
            if let Some(line) = named.first().filter(|_| !at_home) {
                problems.push(format!(
                    "{}:{}: `{name}` is not at home here",
                    file.path, line.number
                ));
            }
        }
        if !used {
            problems.push(format!("`{name}` is nowhere in its home {homes:?}"));
        }
    }
    none(&problems);
}

/// Whether the word is the crate: `name::…` or `use name;`, and no module of ours.
fn names_crate(code: &str, at: usize, name: &str) -> bool {
    let (before, after) = (&code[..at], &code[at + name.len()..]);
    let path = after.starts_with("::") && !before.ends_with("::");
    path || (before.trim() == "use" && after.starts_with(';'))
}

#[test]
fn every_dependency_has_a_reason_and_a_home() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut problems = Vec::new();
    let (mut section, mut above) = ("", "");
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.ends_with("dependencies]") && line.contains('=') {
            let name = line.split(['=', '.', ' ']).next().unwrap_or("");
            if !above.starts_with("# ") {
                problems.push(format!("Cargo.toml: no reason stands above `{name}`"));
            }
            let known = HOMES
                .iter()
                .any(|(home, _)| *home == name.replace('-', "_"));
            if section == "[dependencies]" && name != "serde" && !known {
                problems.push(format!(
                    "Cargo.toml: `{name}` has no home in tests/tidy/layers.rs"
                ));
            }
        }
        above = line;
    }
    none(&problems);
}
