//! The documents say what is there: every folder and named file of the code map, every limit, every link.

use super::{File, files, none, root};
use casebook::query::limits::{LIMITS, Limit};
use casebook::session::limits::FILE_LIMITS;
use std::process::Command;

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn documents() -> Vec<File> {
    files("", |path| path.ends_with(".md"))
}

#[test]
fn every_limit_has_its_flag_in_the_help_and_in_the_document() {
    let binary = env!("CARGO_BIN_EXE_casebook");
    let help = Command::new(binary).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let document = read("docs/language.md");
    let mut problems = Vec::new();
    let missing =
        |limit: &Limit, text: &str| !text.split_whitespace().any(|word| word == limit.flag);
    for limit in LIMITS.iter().chain(FILE_LIMITS) {
        if missing(limit, &help) {
            problems.push(format!("`{}` is not in `casebook --help`", limit.flag));
        }
    }
    for limit in LIMITS {
        if !document.contains(&format!("`{}`", limit.flag)) {
            problems.push(format!("`{}` is not in docs/language.md", limit.flag));
        }
    }
    none(&problems);
}

/// The code map names every folder of the sources, and nothing that is not there.
#[test]
fn the_code_map_is_true() {
    let map = read("docs/architecture.md");
    let mut problems = Vec::new();
    let named: Vec<&str> = map
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|name| !name.contains([' ', '*', '\n']))
        .collect();
    for name in &named {
        let is_path = ["src/", "tests/", "docs/", "data/", "queries/"]
            .iter()
            .any(|start| name.starts_with(start));
        if is_path && !root().join(name).exists() {
            problems.push(format!(
                "docs/architecture.md names `{name}`, which is not there"
            ));
        }
    }
    let mut folders: Vec<String> = files("src", |path| path.ends_with(".rs"))
        .iter()
        .filter_map(|file| Some(format!("{}/", file.path.rsplit_once('/')?.0)))
        .collect();
    folders.dedup();
    for folder in folders {
        if !named.contains(&folder.as_str()) {
            problems.push(format!("docs/architecture.md does not name `{folder}`"));
        }
    }
    none(&problems);
}

/// Links to files of the repository, and to headings in them, lead somewhere.
#[test]
fn links_lead_somewhere() {
    let mut problems = Vec::new();
    for document in documents() {
        let directory = document
            .path
            .rsplit_once('/')
            .map_or("", |(directory, _)| directory);
        for link in document
            .text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (path, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() {
                root().join(&document.path)
            } else {
                root().join(directory).join(path)
            };
            let found = target.exists()
                && (heading.is_empty()
                    || std::fs::read_to_string(&target)
                        .is_ok_and(|text| headings(&text).any(|known| known == heading)));
            if !found {
                problems.push(format!("{}: `{link}` leads nowhere", document.path));
            }
        }
    }
    none(&problems);
}

/// The anchors of a document's headings.
fn headings(text: &str) -> impl Iterator<Item = String> + '_ {
    text.lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| {
            let title = line.trim_start_matches('#').trim().to_lowercase();
            let kept = title
                .chars()
                .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            kept.map(|c| if c == ' ' { '-' } else { c }).collect()
        })
}
