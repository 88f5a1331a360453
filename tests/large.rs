//! What only large casebooks show: limits count what is kept, and tables for people stay readable.

use casebook::load::load_text;
use casebook::query::limits::Limits;
use casebook::query::{Engine, Failure, Request};
use casebook::render::{Format, Screen};
use casebook::session::{Origin, Session, Settings};
use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;

/// People who met one person on days of their own, each claim by a source of its own.
fn meetings(number: usize) -> String {
    let mut text = String::from(
        "[ Kind(id: \"person\", plural: \"people\", actor: true), Relation(id: \"met\"), \
         Entity(id: \"host\", kind: \"person\", name: \"Host\"),\n",
    );
    for at in 0..number {
        let (month, day) = (1 + at / 28 % 12, 1 + at % 28);
        let _ = writeln!(
            text,
            "Source(id: \"s{at}\", type: Article, title: \"Report {at}\"),
             Entity(id: \"e{at}\", kind: \"person\", name: \"Guest {at}\"),
             Claim(subject: \"e{at}\", relation: \"met\", object: \"host\", when: \"2024-{month:02}-{day:02}\", \
             evidence: [(source: \"s{at}\")]),"
        );
    }
    text + "]"
}

#[test]
fn a_limit_of_rows_counts_those_that_pass() {
    let engine = Engine::new(load_text("meetings.ron", &meetings(200)).casebook);
    let ask = |text| {
        let request = Request {
            text,
            parameters: &[],
            numbered: &[],
            limits: &Limits {
                rows: 5,
                ..Limits::default()
            },
            interrupt: &AtomicBool::new(false),
        };
        engine.ask(&request)
    };
    assert_eq!(ask("who met whom on 2024-02-03").unwrap().rows.len(), 1);
    assert!(matches!(ask("who met whom"), Err(Failure::Stop(_))));
}

#[test]
fn a_table_says_how_many_more_sources_there_are() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("meetings.ron");
    std::fs::write(&path, meetings(200)).unwrap();
    let answered = |format, question| {
        let settings = Settings {
            format,
            answers: Screen::PIPE,
            ..Settings::default()
        };
        let mut session = Session::open(Origin::Paths(vec![path.clone()]), settings).unwrap();
        session.ask(question).answer
    };
    for question in ["someone met whom", "someone met Host"] {
        let table = answered(Format::Table, question);
        assert!(table.lines().count() < 150, "{table}");
        assert!(table.contains("and 140 more: `:source"), "{table}");
        assert!(answered(Format::Json, question).contains("s199"));
    }
    let table = answered(Format::Table, "someone met whom");
    assert!(table.contains("[12] and 188 more"), "{table}");
    let table = answered(Format::Table, "someone met Host");
    assert!(table.contains("and 140 more claims"), "{table}");
}
