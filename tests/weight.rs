//! What claims weigh: derivations, grades, whose word it is, and what falls without a source.

use crate::support::golden::{ask, engine, same};
use casebook::graph::{Derivation, End, Provenance, Referent, Through};
use casebook::query::Engine;
use casebook::query::answer::Value;
use casebook::render::{Format, Screen, answer, show_claim};
use casebook::session::{Origin, Outcome, Session, Settings};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// A wire and those who retell it, a paper that leans on its own outlet, sources in a circle, a note that a source follows.
const WIRE: &str = r#"[
    Kind(id: "person", plural: "people", actor: true),
    Kind(id: "document", plural: "documents"),
    Relation(id: "met-with", forms: ["met", "meet"], symmetric: true),
    Publication(id: "wire", name: "The Wire", reliability: B),
    Publication(id: "daily", name: "The Daily", reliability: D),
    Publication(id: "herald", name: "The Herald"),
    Source(id: "dispatch", type: Article, title: "Dispatch", publication: "wire"),
    Source(id: "retold", type: Article, title: "Retold", publication: "daily", derived_from: [(origin: "dispatch", how: Retells)]),
    Source(id: "twice", type: Article, title: "Twice retold", reliability: A, publication: "daily",
        derived_from: [(origin: "retold", how: Cites), (origin: "dispatch", how: Translates)]),
    Source(id: "named", type: Article, title: "Named only", derived_from: [(origin: "herald", how: Quotes)]),
    Source(id: "own", type: Article, title: "Own outlet", publication: "herald", derived_from: [(origin: "named", how: Cites)]),
    Source(id: "note-read", type: Article, title: "The note, read", derived_from: [(origin: "note", how: Cites)]),
    Entity(id: "ada", kind: "person", name: "Ada"),
    Entity(id: "bob", kind: "person", name: "Bob"),
    Entity(id: "cem", kind: "person", name: "Cem"),
    Entity(id: "note", kind: "document", name: "Note 5"),
    Claim(subject: "ada", relation: "met-with", object: "bob", evidence: [(source: "twice", credibility: 2)]),
    Claim(subject: "bob", relation: "met-with", object: "ada", evidence: [
        (source: "own"), (source: "dispatch", according_to: ["herald", "cem"], stance: Denies),
    ]),
    Claim(subject: "ada", relation: "met-with", object: "cem", evidence: [(source: "note-read", credibility: 6)]),
    Claim(subject: "ada", relation: "met-with", object: "cem", actuality: Planned, evidence: [
        (source: "retold", according_to: ["wire", "note-read"]),
    ]),
    Claim(id: "given", subject: "bob", relation: "met-with", object: "cem", evidence: [(source: "retold"), (source: "named")]),
]"#;

fn derivation(engine: &Engine, claim: u32, standing: &Provenance) -> String {
    let graph = &engine.graph;
    let claims = graph.claims_of_fact(graph.fact_of(claim));
    let derivation = Derivation::of(graph, standing, claims);
    let id = |agent: &u32| graph.agents().id(*agent).to_owned();
    let origins: Vec<String> = derivation.origins.iter().map(id).collect();
    let mut text = format!(
        "{:?}: {} of {} claims, {} sources, origins {origins:?}\n",
        derivation.counted,
        derivation.counted_claims,
        claims.len(),
        derivation.sources.len(),
    );
    for one in &derivation.claims {
        let _ = writeln!(text, "  {}", graph.claim_id(one.claim));
        for link in &one.links {
            let through = match link.through {
                Through::Evidence(_, stance) => format!("{stance:?}"),
                other => format!("{other:?}"),
            };
            let end = match link.end {
                End::No => String::new(),
                end => format!(" [{end:?}]"),
            };
            let indent = "  ".repeat(link.depth + 1);
            let _ = writeln!(text, "{indent}{through} {}{end}", id(&link.agent));
        }
    }
    text
}

#[test]
fn derivations() {
    let engine = engine(WIRE);
    let mut text = String::new();
    for claim in [0, 2, 4] {
        text += &derivation(&engine, claim, &engine.provenance);
    }
    let wire = engine.graph.agents().find("dispatch").unwrap();
    let without = Provenance::of(&engine.graph, &[wire].into());
    text += "without dispatch\n";
    text += &derivation(&engine, 0, &without);
    text += &derivation(&engine, 4, &without);
    for width in [0, 80] {
        let screen = Screen {
            width,
            color: false,
        };
        text += &format!("> {width}\n{}", show_claim(&engine, 0, &screen));
    }
    same("derivations.txt", &text);
}

#[test]
fn circles_and_long_chains_end() {
    let mut text = String::from(
        r#"[Kind(id: "person", plural: "people", actor: true), Relation(id: "met-with"),
        Entity(id: "a", kind: "person", name: "A"), Entity(id: "b", kind: "person", name: "B"),
        Source(id: "one", type: Article, title: "One", derived_from: [(origin: "two", how: Cites)]),
        Source(id: "two", type: Article, title: "Two", derived_from: [(origin: "one", how: Cites)]),
        Claim(subject: "a", relation: "met-with", object: "b", evidence: [(source: "one"), (source: "s0")]),"#,
    );
    for number in 0..5_000 {
        let next = number + 1;
        text += &format!(
            r#"Source(id: "s{number}", type: Article, title: "S", derived_from: [(origin: "s{next}", how: Cites)]),"#
        );
    }
    text += r#"Source(id: "s5000", type: Article, title: "S")]"#;
    let engine = engine(&text);
    let derivation = Derivation::of(&engine.graph, &engine.provenance, &[0]);
    let ends: Vec<End> = derivation.claims[0]
        .links
        .iter()
        .map(|link| link.end)
        .collect();
    assert!(
        ends.contains(&End::Circle) && ends.contains(&End::Cut),
        "{ends:?}"
    );
    assert!(ends.len() < 40, "{}", ends.len());
    // The circle is one origin, the end of the chain the other, though it is not drawn.
    assert_eq!(derivation.origins.len(), 2);
}

fn names(engine: &Engine, question: &str) -> Vec<String> {
    let answer = ask(engine, question);
    let cells = |row: &casebook::query::answer::Row| {
        let cells = row.values.iter();
        let cells: Vec<String> = cells
            .map(|value| casebook::render::value(&engine.graph, value))
            .collect();
        cells.join(" ")
    };
    answer.rows.iter().map(cells).collect()
}

#[test]
fn what_a_source_has_from_somebody_is_on_his_word() {
    let engine = engine(WIRE);
    assert_eq!(names(&engine, "who met Ada according to @note"), ["Cem"]);
    assert_eq!(
        names(&engine, "who met Ada according to whom"),
        ["Cem Note 5"]
    );
    // Also where that source is itself a speaker, at the end of a chain.
    let planned = "who met Ada as planned according to what";
    assert_eq!(
        names(&engine, planned),
        ["Cem Note 5", "Cem The note, read", "Cem The Wire"]
    );
    assert_eq!(
        names(&engine, "who met Ada as planned according to Note 5"),
        ["Cem"]
    );
    // An outlet that a source only leans on is not taken to have said so.
    assert!(names(&engine, "who met Cem according to The Herald").is_empty());
    assert_eq!(
        names(
            &engine,
            "timeline of Ada according to whom | show object, whom"
        ),
        ["Cem Note 5"]
    );
}

#[test]
fn origins_can_be_ignored_though_nothing_else_names_them() {
    let engine = engine(WIRE);
    assert_eq!(names(&engine, "who met Ada"), ["Bob", "Cem"]);
    assert_eq!(names(&engine, "who met Ada ignoring Note 5"), ["Bob"]);
    // `named` derives from the Herald alone, and `own` from `named` alone.
    let answer = ask(&engine, "who met Bob ignoring The Herald");
    let sources =
        |row: &casebook::query::answer::Row| row.sources(answer.standing(&engine.provenance)).len();
    assert_eq!(answer.rows.iter().map(sources).collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn grades_are_inherited_compared_and_counted() {
    let engine = engine(WIRE);
    let graph = &engine.graph;
    let source = |id: &str| {
        graph
            .agents()
            .source_of(graph.agents().find(id).unwrap())
            .unwrap()
    };
    let grade = |id: &str| {
        graph
            .reliability(source(id))
            .map(|(grade, _)| format!("{grade:?}"))
    };
    assert_eq!(grade("dispatch").as_deref(), Some("B"));
    assert_eq!(
        grade("twice").as_deref(),
        Some("A"),
        "its own grade goes before its outlet's"
    );
    assert_eq!(grade("note-read"), None);
    let met = |condition: &str| {
        names(
            &engine,
            &format!("?x met ?y | where {condition} | show x, y"),
        )
    };
    assert_eq!(met("reliability <= B"), ["Ada Bob", "Bob Ada"]);
    // Of the two other facts one rests on what has no grade, and to the other only its denial is left.
    assert_eq!(met("reliability >= B"), ["Bob Cem", "Cem Bob"]);
    assert_eq!(met("reliability = F"), [""; 0]);
    // What cannot be judged is met by = and != alone, what has no grade by nothing.
    assert_eq!(met("credibility = 6"), ["Ada Cem", "Cem Ada"]);
    assert_eq!(met("credibility >= 1"), ["Ada Bob", "Bob Ada"]);
    assert_eq!(met("credibility != 2"), ["Ada Cem", "Cem Ada"]);
    let note = |question: &str| {
        let answer = ask(&engine, question);
        let note = answer
            .notes
            .iter()
            .find(|note| note.name == "left-out-by-grade");
        note.map(|note| note.text.clone())
    };
    assert_eq!(
        note("did Ada meet Bob | where credibility <= 2").as_deref(),
        Some("left out by grade: 2 pieces of evidence (2 without a grade, 1 denial)")
    );
    assert_eq!(note("did Ada meet Bob"), None);
    let shown = ask(
        &engine,
        "did Ada meet whom | show whom, reliability, credibility",
    );
    let list =
        |words: &[&'static str]| Value::List(words.iter().map(|word| Value::Word(word)).collect());
    assert_eq!(
        shown.rows[0].values[1..],
        [list(&["A", "ungraded"]), list(&["2", "ungraded"])]
    );
}

#[test]
fn an_answer_in_json_says_who_says_so() {
    let engine = engine(WIRE);
    let given = ask(&engine, "who met Ada as planned");
    let text = answer(&engine, &given, Format::Json, &Screen::PIPE);
    let said = "The Wire, citing The note, read, according to Retold";
    assert!(
        text.contains(&format!("\"who_says_so\": \"{said}\"")),
        "{text}"
    );
    let agents = engine.graph.agents();
    assert!(matches!(
        agents.referent(agents.find("wire").unwrap()),
        Referent::Publication(_)
    ));
}

/// A session about [`WIRE`] in a directory of its own, with a script that names it, one that names another, one that
/// names none.
fn session() -> (tempfile::TempDir, Session, std::path::PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("wire.ron");
    std::fs::write(&path, WIRE).unwrap();
    let queries = directory.path().join("queries");
    std::fs::create_dir(&queries).unwrap();
    let own = "#@ casebook ../wire.ron\nwho met Ada\n\nwho met Cem\n\nwho knows Ada\n";
    std::fs::write(queries.join("own.cq"), own).unwrap();
    std::fs::write(
        queries.join("other.cq"),
        "#@ casebook ../other.ron\nwho met Ada\n",
    )
    .unwrap();
    std::fs::write(queries.join("silent.cq"), "who met Ada\n").unwrap();
    let session = Session::open(Origin::Paths(vec![path]), Settings::default()).unwrap();
    (directory, session, queries)
}

#[test]
fn what_falls_without_a_source() {
    let (directory, mut session, queries) = session();
    let mut text = String::new();
    for name in ["Note 5", "The Wire", "@twice", "Cem"] {
        let reply = session.check_without(&[name.to_owned()], std::slice::from_ref(&queries));
        text += &format!("> {name}: {:?}\n{}\n", reply.outcome, reply.answer);
    }
    session.settings.format = Format::Json;
    let both = ["Note 5".to_owned(), "dispatch".to_owned()];
    let reply = session.check_without(&both, std::slice::from_ref(&queries));
    text += &format!("> both, as JSON\n{}", reply.answer);
    let place = directory.path().display().to_string();
    same("without.txt", &text.replace(&place, "…"));
    // Where no script names the casebook, those that name none are asked.
    std::fs::remove_file(queries.join("own.cq")).unwrap();
    let reply = session.check_without(&["Note 5".to_owned()], &[queries]);
    assert!(reply.answer.contains("silent.cq:1"), "{}", reply.answer);
    let reply = session.check_without(&["Nobody".to_owned()], &[]);
    assert_eq!(reply.outcome, Outcome::Unreadable);
    let reply = session.check_without(&["given".to_owned()], &[]);
    assert_eq!(reply.outcome, Outcome::Unreadable);
}

#[test]
fn a_fact_is_shown_by_its_ends() {
    let (_directory, session, _) = session();
    let one = session.show("bob/met-with/cem");
    assert_eq!(
        (one.outcome, &one.answer),
        (Outcome::Answered, &session.show("given").answer)
    );
    assert_eq!(
        session.show("cem/met-with/bob").answer,
        one.answer,
        "the relation is symmetric"
    );
    assert_eq!(
        session.show("cem/met-with/bob/x").outcome,
        Outcome::Unreadable
    );
    let known: BTreeSet<u32> = session
        .engine
        .graph
        .claims_of_fact(0)
        .iter()
        .copied()
        .collect();
    assert_eq!(known.len(), 2);
}
