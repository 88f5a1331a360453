//! `docs/errors.md`: every name that loading and checking can give stands in it, and every example raises its own name
//! and no other.

use casebook::query::{Engine, limits::Limits, passages};
use casebook::session::findings;
use casebook::{check, load, text::Sources};
use std::sync::atomic::AtomicBool;
use std::{collections::BTreeSet, fs, path::Path};

/// These are about files, or about sizes that no example shows; `hostile` raises them.
const WITHOUT_EXAMPLE: &[&str] = &["record-too-long", "too-many-errors"];

struct Example {
    /// The heading it stands under.
    name: String,
    /// What follows `ron` at its fence.
    mode: String,
    text: String,
}

fn documented() -> (BTreeSet<String>, Vec<Example>) {
    let document =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/errors.md")).unwrap();
    let document = document.split("\n## Questions").next().unwrap();
    let (mut names, mut examples, mut open) = (BTreeSet::new(), Vec::<Example>::new(), false);
    let mut name = String::new();
    for line in document.lines() {
        if open {
            open = line != "```";
            if let Some(example) = examples.last_mut().filter(|_| open) {
                example.text += line;
                example.text.push('\n');
            }
        } else if let Some(heading) = line.strip_prefix("### ") {
            heading.clone_into(&mut name);
            assert!(names.insert(name.clone()), "{name} stands there twice");
        } else if let Some(mode) = line.strip_prefix("```ron") {
            open = true;
            examples.push(Example {
                name: name.clone(),
                mode: mode.trim().to_owned(),
                text: String::new(),
            });
        }
    }
    (names, examples)
}

/// `⟦202E⟧` by the character with that code point.
fn with_characters(text: &str) -> String {
    let mut parts = text.split('⟦');
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (point, rest) = part.split_once('⟧').unwrap();
        out.push(char::from_u32(u32::from_str_radix(point, 16).unwrap()).unwrap());
        out += rest;
    }
    out
}

fn names_of(texts: &[&str]) -> BTreeSet<&'static str> {
    let mut sources = Sources::default();
    for (number, text) in texts.iter().enumerate() {
        sources.add(&format!("{number}.ron"), with_characters(text));
    }
    let (casebook, mut found) = load::parse(&sources);
    found.extend(check::check(&casebook, &sources));
    let engine = Engine::new(check::sound(casebook, &found).0);
    let contradictions = engine.contradictions(
        &engine.provenance,
        &Limits::default(),
        &AtomicBool::new(false),
    );
    found.extend(findings::judged_nothing(&engine, &contradictions.unwrap()));
    found.iter().map(|problem| problem.name).collect()
}

#[test]
fn every_example_raises_its_own_name_and_no_other() {
    let (_, examples) = documented();
    let prelude = examples
        .iter()
        .find(|example| example.mode == "prelude")
        .unwrap();
    assert!(
        names_of(&[&prelude.text]).is_empty(),
        "{:?}",
        names_of(&[&prelude.text])
    );
    for example in examples.iter().filter(|example| example.mode != "prelude") {
        let texts = [prelude.text.as_str(), example.text.as_str()];
        let found = names_of(if example.mode == "alone" {
            &texts[1..]
        } else {
            &texts
        });
        assert_eq!(
            found.into_iter().collect::<Vec<_>>(),
            [example.name.as_str()],
            "{}",
            example.text
        );
    }
}

#[test]
fn every_name_stands_in_the_document_and_no_other() {
    let (documented, examples) = documented();
    let names: BTreeSet<String> = load::names()
        .into_iter()
        .chain(check::names())
        .chain(findings::NAMES.iter().copied())
        .chain(passages::NAMES.iter().copied())
        .map(str::to_owned)
        .collect();
    assert_eq!(documented, names);
    for name in names.iter().map(String::as_str) {
        let of_files = [load::files::NAMES, passages::NAMES].concat();
        let exempt = of_files.contains(&name) || WITHOUT_EXAMPLE.contains(&name);
        assert!(
            exempt || examples.iter().any(|example| example.name == name),
            "{name} has no example"
        );
    }
}

/// The tables of names are complete: every name that the code gives stands in the table of its file.
#[test]
fn every_name_in_the_code_stands_in_a_table() {
    let names: BTreeSet<&str> = load::names()
        .into_iter()
        .chain(check::names())
        .chain(findings::NAMES.iter().copied())
        .collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut given = BTreeSet::new();
    for directory in ["load", "load/files", "check", "session"] {
        for file in fs::read_dir(root.join(directory))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_file())
        {
            let code = fs::read_to_string(&file).unwrap();
            for (at, _) in code.match_indices("Diagnostic::") {
                let call = code[at..]
                    .split_once('(')
                    .map_or("", |(_, rest)| rest.trim_start());
                if let Some(name) = call
                    .strip_prefix('"')
                    .and_then(|rest| rest.split('"').next())
                {
                    given.insert(name.to_owned());
                }
            }
        }
    }
    assert!(given.len() > 20, "{given:?}");
    let missing: Vec<_> = given
        .iter()
        .filter(|name| !names.contains(name.as_str()))
        .collect();
    assert!(missing.is_empty(), "in no table: {missing:?}");
}
