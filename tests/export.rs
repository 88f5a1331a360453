//! What is exported: golden files, and that Graphviz and JSON readers take it whatever names hold.

use crate::support::golden::{ask, engine, same, small};
use casebook::export::{self, EXPORTERS, Selection};
use std::io::Write as _;
use std::process::{Command, Stdio};

fn exported(name: &str, selection: &Selection) -> String {
    let exporter = export::find(name).unwrap();
    (exporter.write)(&small(), selection)
}

#[test]
fn the_whole_casebook() {
    same("casebook.json.txt", &exported("json", &Selection::whole()));
    same("casebook.dot.txt", &exported("dot", &Selection::whole()));
}

#[test]
fn what_supports_an_answer() {
    let engine = small();
    let selection = Selection::of(&ask(&engine, "who met Ada Brill"));
    same("selection.json.txt", &exported("json", &selection));
    same("selection.dot.txt", &exported("dot", &selection));
    let nothing = Selection::of(&ask(&engine, "did Dot Marsh meet the fund"));
    let json: serde_json::Value = serde_json::from_str(&exported("json", &nothing)).unwrap();
    assert_eq!(json["claims"], serde_json::json!([]));
}

#[test]
fn around_an_entity_is_every_claim_that_names_it() {
    let engine = small();
    let party = engine.graph.entity_by_id("party").unwrap();
    let claims = Selection::around(&engine, party).claims.unwrap();
    assert_eq!(claims.into_iter().collect::<Vec<_>>(), [0]);
}

#[test]
fn exported_json_names_nothing_that_is_not_there() {
    let engine = small();
    for claim in 0..engine.graph.claim_count() {
        let selection = Selection {
            claims: Some([claim].into()),
        };
        let json: serde_json::Value = serde_json::from_str(&exported("json", &selection)).unwrap();
        let ids = |key: &str| -> Vec<String> {
            let records = json[key].as_array().unwrap().iter();
            records
                .map(|record| record["id"].as_str().unwrap().to_owned())
                .collect()
        };
        let (entities, sources) = (ids("entities"), ids("sources"));
        let agents = [&entities[..], &sources[..], &ids("publications")[..]].concat();
        let record = &json["claims"][0];
        for key in ["subject", "object", "place", "event"] {
            let id = record[key].as_str();
            assert!(
                id.is_none_or(|id| entities.iter().any(|known| known == id)),
                "{key}: {id:?}"
            );
        }
        for evidence in record["evidence"].as_array().unwrap() {
            for agent in evidence["according_to"]
                .as_array()
                .unwrap()
                .iter()
                .chain([&evidence["source"]])
            {
                assert!(agents.iter().any(|known| agent == known), "{agent}");
            }
        }
        for entity in json["entities"].as_array().unwrap() {
            for outer in entity["within"].as_array().unwrap() {
                assert!(entities.iter().any(|known| outer == known), "{outer}");
            }
        }
    }
}

#[test]
fn records_are_shown_as_json() {
    let engine = small();
    let mut text = export::show_entity(&engine, engine.graph.entity_by_id("cem").unwrap());
    text += &export::show_source(&engine, 1);
    text += &export::show_publication(&engine, 1);
    text += &export::show_claim(&engine, 0);
    same("show.json.txt", &text);
}

/// A casebook whose names try to end the string, the label, the file.
fn hostile() -> String {
    let names = [
        r#"\"];}\n"#,
        r"\\N \\G \\l \\",
        "<b>&lt;&amp;</b>",
        r"\u{202e}\u{0}\r\n",
        "日本語の名前、とても長い名前です",
        "x",
    ];
    let mut text = String::from(
        r#"[Kind(id: "person", plural: "people", actor: true), Relation(id: "met-with"), Source(id: "s", type: Article, title: "\"<s>\\"),"#,
    );
    for (at, name) in names.iter().enumerate() {
        let long = if at == 5 {
            "long name ".repeat(400)
        } else {
            String::new()
        };
        text += &format!(r#"Entity(id: "e{at}", kind: "person", name: "{name}{long}"),"#);
        text += &format!(
            r#"Claim(subject: "e{at}", relation: "met-with", object: "e{}", evidence: [(source: "s")]),"#,
            (at + 1) % names.len()
        );
    }
    text + "]"
}

fn drawn(dot: &str) -> Option<(String, String)> {
    let mut child = Command::new("dot")
        .arg("-Tsvg")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    let mut input = child.stdin.take().unwrap();
    let dot = dot.to_owned();
    let writer = std::thread::spawn(move || input.write_all(dot.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success());
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Some((text(output.stdout), text(output.stderr)))
}

/// Where Graphviz is not installed this tests that nothing panics; `.ci/run` has it.
#[test]
fn graphviz_draws_whatever_names_hold() {
    let loaded = casebook::load::load_text("c", &hostile());
    let engine = casebook::query::Engine::new(loaded.casebook);
    assert_eq!(engine.graph.claim_count(), 6);
    let dot = (export::find("dot").unwrap().write)(&engine, &Selection::whole());
    if let Some((svg, errors)) = drawn(&dot) {
        assert_eq!(errors, "");
        assert_eq!(
            svg.matches("class=\"edge\"").count(),
            6 + 1,
            "the facts and a sample in the legend"
        );
        assert!(
            svg.contains("&lt;b&gt;&amp;lt;&amp;amp;&lt;/b&gt;"),
            "{svg}"
        );
        assert!(svg.contains("\\N \\G \\l"), "{svg}");
    }
}

#[test]
fn a_large_casebook_is_drawn_with_lists_and_no_claim_is_lost() {
    let mut text = String::from(
        r#"[Kind(id: "person", plural: "people", actor: true), Relation(id: "met-with"), Relation(id: "led"), Source(id: "s", type: Article, title: "S"), Entity(id: "hub", kind: "person", name: "Hub"),"#,
    );
    for at in 0..90 {
        let relation = if at % 2 == 0 { "met-with" } else { "led" };
        text += &format!(
            r#"Entity(id: "e{at}", kind: "person", name: "Name {at}"), Claim(subject: "hub", relation: "{relation}", object: "e{at}", evidence: [(source: "s")]),"#
        );
    }
    let engine = engine(&(text + "]"));
    let dot = (export::find("dot").unwrap().write)(&engine, &Selection::whole());
    for at in 0..90 {
        assert!(dot.contains(&format!("• Name {at}\\l")), "{at}");
    }
    assert_eq!(dot.matches("\"hub\" -> \"list").count(), 1);
}

#[test]
fn exporters_have_names_of_their_own_and_are_deterministic() {
    let engine = small();
    for exporter in EXPORTERS {
        assert_eq!(export::find(exporter.name).unwrap().about, exporter.about);
        let write = || (exporter.write)(&engine, &Selection::whole());
        assert_eq!(write(), write());
        assert!(write().ends_with('\n'));
    }
}
