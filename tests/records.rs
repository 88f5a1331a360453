//! Bad records: each file of `tests/bad/records` with what is found in it beside it. `UPDATE=1` rewrites.

use casebook::{
    check::check,
    load,
    text::{Diagnostic, FileId, Sources, Span, safe::safe},
};
use std::{fmt::Write as _, fs, path::Path};

/// One diagnostic in plain lines: severity and name, place, message, further places, advice, the record it spoils.
pub(crate) fn shown(problem: &Diagnostic, sources: &Sources) -> String {
    let place = |span| {
        let at = sources.position(span);
        format!("{}:{}:{}", sources.name(span.file), at.line, at.column)
    };
    let mut out = format!("{}[{}]", problem.severity.word(), problem.name);
    if let Some(first) = problem.labels.first() {
        let marked = casebook::text::safe::shorten(sources.slice(first.span), 40);
        let _ = write!(out, " {} «{}»", place(first.span), safe(&marked));
    }
    let _ = write!(out, "\n    {}\n", safe(&problem.message));
    for label in problem.labels.iter().skip(1) {
        let _ = writeln!(out, "    at {} {}", place(label.span), safe(&label.text));
    }
    for help in &problem.help {
        let _ = writeln!(out, "    help: {}", safe(help));
    }
    if let Some(record) = problem.record {
        let end = sources.position(casebook::text::Span {
            start: record.end,
            ..record
        });
        let _ = writeln!(
            out,
            "    spoils {} to {}:{}",
            place(record),
            end.line,
            end.column
        );
    }
    out
}

/// Everything that loading and checking find, and how many records of each kind were read.
fn report(name: &str, text: &str) -> String {
    let loaded = load::load_text(name, text);
    let mut found = loaded.diagnostics;
    found.extend(check(&loaded.casebook, &loaded.sources));
    let mut out = String::new();
    for problem in &found {
        out += &shown(problem, &loaded.sources);
    }
    let book = &loaded.casebook;
    let counts = [
        ("header", book.headers.len()),
        ("kind", book.kinds.len()),
        ("relation", book.relations.len()),
        ("publication", book.publications.len()),
        ("source", book.sources.len()),
        ("entity", book.entities.len()),
        ("claim", book.claims.len()),
        ("same-as", book.same_as.len()),
        ("judged", book.judged.len()),
    ];
    let counts: Vec<String> = counts
        .iter()
        .filter(|(_, n)| *n > 0)
        .map(|(kind, n)| format!("{n} {kind}"))
        .collect();
    let _ = writeln!(out, "read: {}", counts.join(", "));
    out
}

#[test]
fn bad_records_get_the_diagnostics_beside_them() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad/records");
    let mut files: Vec<_> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "ron"));
    files.sort();
    assert!(!files.is_empty());
    let mut wrong = Vec::new();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let report = report(&name, &fs::read_to_string(&file).unwrap());
        let expected = file.with_extension("expected");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&expected, &report).unwrap();
        }
        let before = fs::read_to_string(&expected).unwrap_or_default();
        if before != report {
            wrong.push(format!("{name}: expected\n{before}\nfound\n{report}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "UPDATE=1 rewrites them\n{}",
        wrong.join("\n")
    );
}

/// Every place in a sound casebook: a text's span is the literal it was written as, a record's goes from its name to its
/// closing bracket, and whatever else has a span lies inside its record.
#[test]
fn spans_are_exact() {
    let paths = [Path::new(env!("CARGO_MANIFEST_DIR")).join("data/harbour")];
    let loaded = load::load(&paths, &load::FileLimits::default()).unwrap();
    assert!(loaded.diagnostics.is_empty());
    let book = serde_json::to_value(&loaded.casebook).unwrap();
    let mut texts = 0;
    let names = [
        ("headers", "Casebook("),
        ("kinds", "Kind("),
        ("relations", "Relation("),
        ("publications", "Publication("),
        ("sources", "Source("),
        ("entities", "Entity("),
        ("claims", "Claim("),
        ("same_as", "SameAs("),
        ("judged", "Judged("),
    ];
    for (key, name) in names {
        for record in book[key].as_array().unwrap() {
            let slice = loaded.sources.slice(span(&record["span"]));
            assert!(slice.starts_with(name) && slice.ends_with(')'), "{slice}");
            each_spanned(record, &mut |value, place| {
                let written = loaded.sources.slice(place);
                assert!(span(&record["span"]).contains(place), "{written}");
                if let Some(value) = value.as_str().filter(|_| written.starts_with('"')) {
                    assert_eq!(written, format!("\"{value}\""));
                    texts += 1;
                } else {
                    let written = written.replace(['(', ')', ' '], "");
                    let value = value.to_string().replace(['[', ']', '"'], "");
                    assert_eq!(written, value);
                }
            });
        }
    }
    assert!(texts > 500, "{texts}");
}

fn span(value: &serde_json::Value) -> Span {
    let number = |key: &str| u32::try_from(value[key].as_u64().unwrap()).unwrap();
    Span {
        file: FileId(number("file")),
        start: number("start"),
        end: number("end"),
    }
}

/// Every `{value, span}` inside.
fn each_spanned(json: &serde_json::Value, found: &mut impl FnMut(&serde_json::Value, Span)) {
    match json {
        serde_json::Value::Array(items) => items.iter().for_each(|item| each_spanned(item, found)),
        serde_json::Value::Object(fields) if fields.contains_key("value") => {
            found(&fields["value"], span(&fields["span"]))
        }
        serde_json::Value::Object(fields) => {
            fields.values().for_each(|item| each_spanned(item, found))
        }
        _ => {}
    }
}

#[test]
fn what_rests_on_a_bad_record_is_left_out_with_it() {
    let text = r#"[
        Casebook(format: 1, title: "Sound"),
        Kind(id: "person", plural: "people", actor: true),
        Kind(id: "place", plural: "places", actr: true),
        Relation(id: "met", from: ["actor"], to: ["actor"]),
        Source(id: "s", type: Article, title: "S"),
        Source(id: "t", type: Artikel, title: "T"),
        Source(id: "u", type: Article, title: "U", derived_from: [(origin: "t", how: Quotes)]),
        Entity(id: "ada", kind: "person", name: "Ada"),
        Entity(id: "bob", kind: "person", name: "Bob"),
        Entity(id: "rome", kind: "place", name: "Rome"),
        Claim(id: "good", subject: "ada", relation: "met", object: "bob", evidence: [(source: "s")]),
        Claim(id: "half", subject: "ada", relation: "met", object: "bob", evidence: [(source: "s"), (source: "u")]),
        Claim(id: "none", subject: "ada", relation: "met", object: "bob", evidence: [(source: "t")]),
        Claim(id: "gone", subject: "ada", relation: "met", object: "bob", place: "rome", evidence: [(source: "s")]),
        Claim(id: "bad", subject: "ada", relation: "met", object: "bob", when: "soon", evidence: [(source: "s")]),
    ]"#;
    let loaded = load::load_text("sound.ron", text);
    let mut found = loaded.diagnostics;
    let read: Vec<_> = found.iter().map(|problem| problem.name).collect();
    assert_eq!(read, ["unknown-field", "unknown-word", "malformed-date"]);
    let between: Vec<_> = check(&loaded.casebook, &loaded.sources);
    assert!(
        between.is_empty(),
        "nothing is said about what points to a bad record: {between:?}"
    );
    found.extend(between);
    let (book, left_out) = casebook::check::sound(loaded.casebook, &found);
    let claims: Vec<_> = book
        .claims
        .iter()
        .map(|claim| (claim.id.as_ref().unwrap().as_str(), claim.evidence.len()))
        .collect();
    assert_eq!(claims, [("good", 1), ("half", 1)]);
    assert_eq!(
        (book.sources.len(), book.entities.len(), left_out),
        (1, 2, 4)
    );
}

/// Of one name so many findings are listed, the rest counted; and every faulty record is left out all the same.
#[test]
fn findings_of_one_name_are_listed_up_to_a_number() {
    let mut text = String::from(
        "[Casebook(format: 1, title: \"Many\"), Kind(id: \"person\", plural: \"people\", actor: true),",
    );
    for number in 0..50 {
        text += &format!("Entity(id: \"same\", kind: \"person\", name: \"Name {number}\"),");
        text += &format!("Entity(id: \"e{number}\", kind: \"none\", name: \"Other {number}\"),");
    }
    text += "Entity(id: \"good\", kind: \"person\", name: \"Good\")]";
    let loaded = load::load_text("many.ron", &text);
    let found = casebook::check::check_up_to(&loaded.casebook, &loaded.sources, 5);
    let listed = |name: &str| found.iter().filter(|one| one.name == name).count();
    assert_eq!((listed("duplicate-id"), listed("unknown-kind")), (6, 6));
    let last: Vec<&str> = found[10..].iter().map(|one| one.message.as_str()).collect();
    assert_eq!(
        last,
        ["and 44 more `duplicate-id`", "and 45 more `unknown-kind`"]
    );
    let counted: usize = found.iter().map(Diagnostic::stands_for).sum();
    assert_eq!(counted, 49 + 50);
    let summary = casebook::render::report::summary(&found, 1, &casebook::render::Screen::PIPE);
    assert_eq!(summary, "99 errors in 1 file\n");
    let (sound, _) = casebook::check::sound(loaded.casebook.clone(), &found);
    let left: Vec<&str> = sound.entities.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(left, ["same", "good"]);
    let all = check(&loaded.casebook, &loaded.sources);
    assert_eq!(all.len(), 49 + 50, "a thousand are listed");
}
