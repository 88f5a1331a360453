//! The session, fed with lines as the prompt and a pipe feed it.

use casebook::render::Format;
use casebook::session::complete::complete;
use casebook::session::highlight::{self, Class};
use casebook::session::hint::hint;
use casebook::session::lines::Joiner;
use casebook::session::script::test::test;
use casebook::session::{Flow, Origin, Outcome, Reply, Session, Settings};
use std::path::PathBuf;

const SMALL: &str = r#"[
    Casebook(format: 1, title: "Small"),
    Kind(id: "person", plural: "people", actor: true),
    Kind(id: "place", plural: "places"),
    Relation(id: "met-with", forms: ["met", "meet", "meets"], from: ["actor"], to: ["actor"], symmetric: true),
    Relation(id: "briefed", forms: ["briefed", "brief", "briefs"], from: ["actor"], to: ["actor"]),
    Relation(id: "paid", forms: ["paid", "pay", "pays"], from: ["actor"], to: ["actor"]),
    Publication(id: "gazette", name: "The Gazette"),
    Source(id: "one", type: Article, title: "First article", publication: "gazette", issued: "2025-11"),
    Source(id: "two", type: Article, title: "Second article", issued: "2025-12"),
    Entity(id: "ada", kind: "person", name: "Ada Lovelace", aliases: ["Ada"]),
    Entity(id: "bob", kind: "person", name: "Bob Stone"),
    Entity(id: "cyd", kind: "person", name: "Cyd Waters"),
    Entity(id: "oslo", kind: "place", name: "Oslo"),
    Claim(subject: "ada", relation: "met-with", object: "bob", place: "oslo", when: "2025-10-24",
        evidence: [(source: "one")]),
    Claim(subject: "ada", relation: "met-with", object: "bob", when: "2025-10",
        evidence: [(source: "two", according_to: ["cyd"])]),
    Claim(subject: "ada", relation: "met-with", object: "cyd", actuality: Planned, evidence: [(source: "two")]),
    Claim(subject: "bob", relation: "briefed", object: "ada", evidence: [(source: "two")]),
]"#;

/// A session about [`SMALL`], in a directory of its own.
fn small() -> (tempfile::TempDir, Session) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("small.ron");
    std::fs::write(&path, SMALL).unwrap();
    let session = Session::open(Origin::Paths(vec![path]), Settings::default()).unwrap();
    (directory, session)
}

fn tsv() -> (tempfile::TempDir, Session) {
    let (directory, mut session) = small();
    session.settings.format = Format::Tsv;
    (directory, session)
}

fn first_column(reply: &Reply) -> Vec<&str> {
    let rows = reply.answer.lines().skip(1);
    rows.filter_map(|row| row.split('\t').next()).collect()
}

#[test]
fn a_question_is_answered_and_its_notes_stand_beside_it() {
    let (_directory, mut session) = tsv();
    let reply = session.reply("who met Ada");
    assert_eq!(first_column(&reply), ["Bob Stone"]);
    assert!(
        reply.notices.contains("held back: 1 planned"),
        "{}",
        reply.notices
    );
    assert_eq!(
        (reply.outcome, reply.flow),
        (Outcome::Answered, Flow::Continue)
    );
    let table = {
        session.settings.format = Format::Table;
        session.reply("who met Ada")
    };
    assert!(table.answer.contains("held back: 1 planned") && table.notices.is_empty());
}

#[test]
fn a_question_that_cannot_be_read_says_so_beside_the_answers() {
    let (_directory, mut session) = tsv();
    let reply = session.reply("who brefed Ada");
    assert!(reply.answer.is_empty());
    assert!(
        reply.notices.contains("did you mean `briefed`?"),
        "{}",
        reply.notices
    );
    assert_eq!(reply.outcome, Outcome::Unreadable);
    assert_eq!(session.reply("who paid Ada").outcome, Outcome::Empty);
    assert_eq!(session.reply("  # only a comment"), Reply::default());
}

#[test]
fn a_bar_goes_on_with_the_last_question() {
    let (_directory, mut session) = tsv();
    session.reply("who met whom");
    assert_eq!(first_column(&session.reply("| count")), ["2"]);
    let alone = small().1.reply("| count");
    assert_eq!(alone.outcome, Outcome::Unreadable);
}

#[test]
fn rows_and_sources_of_the_last_answer_have_numbers() {
    let (_directory, mut session) = small();
    assert!(session.reply(":why 1").notices.contains("no answer yet"));
    session.reply("who met Ada");
    let why = session.reply(":why 1");
    assert!(
        why.answer.contains("First article") && why.answer.contains("Cyd Waters"),
        "{}",
        why.answer
    );
    assert!(session.reply(":why 2").notices.contains(":why 1"));
    let source = session.reply(":source 2");
    assert!(
        source.answer.contains("Second article"),
        "{}",
        source.answer
    );
    assert!(session.reply(":source 9").notices.contains("from 1 to 2"));
    session.settings.format = Format::Tsv;
    let without = session.reply("who met Ada ignoring [1]");
    assert!(without.answer.contains("\ttwo\t"), "{}", without.answer);
}

#[test]
fn commands_may_be_begun_and_mistyped() {
    let (_directory, mut session) = small();
    assert_eq!(session.reply(":q").flow, Flow::Quit);
    assert_eq!(session.reply(":t").outcome, Outcome::Unreadable);
    assert!(
        session
            .reply(":t")
            .notices
            .contains("`:timeline` or `:timing`")
    );
    assert!(
        session
            .reply(":helq")
            .notices
            .contains("did you mean `:help`?")
    );
    assert!(session.reply(":help").answer.contains("who briefed whom"));
    assert!(session.reply(":help why").answer.contains(":why [ROW]"));
    assert!(session.reply(":keys").answer.contains("Tab"));
    for command in [
        "schema",
        "sources",
        "examples",
        "set",
        "show Ada",
        "show @one",
        "show gazette",
        "timeline Bob Stone",
    ] {
        let reply = session.reply(&format!(":{command}"));
        assert!(
            !reply.answer.is_empty() && reply.outcome == Outcome::Answered,
            "{command}: {reply:?}"
        );
    }
    assert!(
        session
            .reply(":show Adda")
            .notices
            .contains("did you mean `Ada`")
    );
}

#[test]
fn settings_are_set_and_refused() {
    let (_directory, mut session) = tsv();
    assert_eq!(session.reply(":mode json").outcome, Outcome::Answered);
    assert!(session.reply("who met Ada").answer.starts_with('{'));
    session.reply(":mode tsv");
    assert!(
        session
            .reply(":mode jsn")
            .notices
            .contains("did you mean `json`?")
    );
    assert_eq!(session.reply(":set rows 1").outcome, Outcome::Answered);
    let reply = session.reply("who met whom");
    assert_eq!(reply.outcome, Outcome::Limit);
    assert!(reply.notices.contains("--max-rows"), "{}", reply.notices);
    assert_eq!(session.reply(":set rows 0").outcome, Outcome::Unreadable);
    session.reply(":set rows 1000");
    session.reply(":set param someone Ada");
    assert_eq!(
        first_column(&session.reply("who met $someone")),
        ["Bob Stone"]
    );
    session.reply(":timing on");
    assert!(session.reply("who met Ada").notices.contains("time: "));
}

#[test]
fn a_question_is_read_back() {
    let (_directory, mut session) = small();
    let reading = session.reply(":reading WHO meets the ada since 2025-10");
    assert!(
        reading.answer.starts_with("who meets ada since 2025-10\n"),
        "{}",
        reading.answer
    );
    assert!(reading.answer.contains("Ada Lovelace · person · @ada"));
    assert!(reading.answer.contains("2025-10-01 to 2025-10-31"));
    assert!(
        session
            .reply(":plan who met Ada")
            .answer
            .contains("(scan met-with")
    );
}

#[test]
fn a_running_question_is_interrupted() {
    let (_directory, mut session) = small();
    session
        .interrupt
        .store(true, std::sync::atomic::Ordering::Relaxed);
    let reply = session.reply("who met whom");
    assert_eq!(reply.outcome, Outcome::Interrupted);
    assert!(reply.notices.contains("interrupted") && reply.answer.is_empty());
}

#[test]
fn lines_are_put_together() {
    let (_directory, session) = small();
    let mut joiner = Joiner::default();
    let mut found = Vec::new();
    for line in [
        "# comment",
        "who met",
        "",
        "who met Ada",
        "  | count",
        "who briefed Ada; ",
        ":why 1",
        "who met Ada in",
        " Oslo",
        "who paid",
    ] {
        found.extend(joiner.push(&session, line));
    }
    found.extend(joiner.finish());
    assert_eq!(
        found,
        [
            "who met",
            "who met Ada\n  | count",
            "who briefed Ada; ",
            ":why 1",
            "who met Ada in\n Oslo",
            "who paid"
        ]
    );
}

#[test]
fn a_reload_sees_the_file_as_it_is_now_and_keeps_the_old_when_it_is_gone() {
    let (directory, mut session) = tsv();
    let path = directory.path().join("small.ron");
    std::fs::write(&path, SMALL.replace("Bob Stone", "Bob Rock")).unwrap();
    session.reply("who met Ada");
    session.reply(":reload");
    assert_eq!(first_column(&session.reply("who met Ada")), ["Bob Rock"]);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(session.reply(":reload").outcome, Outcome::Files);
    assert_eq!(first_column(&session.reply("who met Ada")), ["Bob Rock"]);
}

#[test]
fn records_with_errors_are_left_out_and_counted() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("small.ron");
    std::fs::write(
        &path,
        SMALL.replace(
            r#"object: "cyd", actuality"#,
            r#"object: "nobody", actuality"#,
        ),
    )
    .unwrap();
    let session = Session::open(Origin::Paths(vec![path]), Settings::default()).unwrap();
    assert_eq!(session.left_out, 1);
    assert!(
        session
            .remarks()
            .contains("1 record with errors is left out; run `casebook check`")
    );
    assert_eq!(session.check().outcome, Outcome::Findings);
}

#[test]
fn an_answer_is_exported() {
    let (directory, mut session) = small();
    session.reply("who briefed whom");
    let whole = session.reply(":export json");
    let part = session.reply(":export json last");
    assert!(whole.answer.contains("met-with") && part.answer.len() < whole.answer.len());
    let file: PathBuf = directory.path().join("part.json");
    let reply = session.reply(&format!(":export json last {}", file.display()));
    assert_eq!(reply.outcome, Outcome::Answered);
    assert_eq!(std::fs::read_to_string(file).unwrap(), part.answer);
    assert!(session.reply(":export jsn").notices.contains("`json`"));
    assert_eq!(
        session.reply(":export json /no/such/place/x").outcome,
        Outcome::Files
    );
}

fn offered(session: &Session, line: &str) -> Vec<String> {
    complete(session, line)
        .1
        .into_iter()
        .map(|candidate| candidate.shown)
        .collect()
}

#[test]
fn completion_knows_the_place() {
    let (_directory, session) = small();
    assert_eq!(
        offered(&session, "who "),
        ["met with (3)", "briefed (1)"],
        "only verbs that occur"
    );
    assert_eq!(
        offered(&session, "who met "),
        ["Ada Lovelace (3)", "Bob Stone (2)", "Cyd Waters (1)"]
    );
    assert_eq!(offered(&session, "Cyd Waters met "), ["Ada Lovelace (1)"]);
    assert_eq!(offered(&session, "did Ada "), ["meet (3)"]);
    assert_eq!(
        offered(&session, "was Ada "),
        ["met with (3)", "briefed (1)"]
    );
    assert_eq!(offered(&session, "who briefed "), ["Ada Lovelace (1)"]);
    assert_eq!(offered(&session, "who was briefed by "), ["Bob Stone (1)"]);
    assert_eq!(offered(&session, "who met bob st"), ["Bob Stone (2)"]);
    assert_eq!(offered(&session, "who met @b"), ["@bob (2)"]);
    assert_eq!(
        offered(&session, "who met Ada in "),
        ["Oslo (1)", "2025-10 (2)"]
    );
    assert!(offered(&session, "who met Ada ignoring ").contains(&"Second article (3)".to_owned()));
    assert!(
        offered(&session, "who met whom | count by ")
            .starts_with(&["who".to_owned(), "whom".to_owned()])
    );
    assert!(offered(&session, "who met Ada si").contains(&"since".to_owned()));
    assert_eq!(offered(&session, ":ti"), ["timeline", "timing"]);
    assert_eq!(offered(&session, ":mode js"), ["json", "jsonl"]);
    assert_eq!(offered(&session, ":show bo"), ["Bob Stone"]);
}

#[test]
fn only_the_name_is_inserted() {
    let (_directory, session) = small();
    let (start, candidates) = complete(&session, "who met bob");
    let texts: Vec<&str> = candidates
        .iter()
        .map(|candidate| candidate.text.as_str())
        .collect();
    assert_eq!((start, texts), (8, vec!["Bob Stone "]));
}

#[test]
fn hints_finish_a_word_or_say_what_may_come() {
    let (_directory, session) = small();
    let word = hint(&session, "who met Bob S").unwrap();
    assert_eq!(
        (word.shown.as_str(), word.takes.as_deref()),
        ("tone", Some("tone"))
    );
    let next = hint(&session, "who ").unwrap();
    assert_eq!(
        (next.shown.as_str(), next.takes),
        ("met with · briefed", None)
    );
    assert_eq!(hint(&session, ""), None);
}

#[test]
fn words_have_classes() {
    use casebook::query::question::complete::TokenClass as T;
    let (_directory, session) = small();
    let classes = |line: &str| -> Vec<Class> {
        highlight::spans(&session, line)
            .into_iter()
            .map(|(_, class)| class)
            .collect()
    };
    let [keyword, verb, name, date, unknown] =
        [T::Keyword, T::Verb, T::Name, T::Date, T::Unknown].map(Class::Token);
    assert_eq!(
        classes("who met Ada since 2025-10"),
        [keyword, verb, name, keyword, date]
    );
    assert_eq!(classes("who mxt Ada"), [keyword, unknown, name]);
    assert_eq!(
        classes("who bri"),
        [keyword],
        "a word that is still being typed"
    );
    assert_eq!(classes(":why 3"), [Class::Command]);
    assert_eq!(
        classes(":plan who met Ada"),
        [Class::Command, keyword, verb, name]
    );
}

const SCRIPT: &str = "\
# who met whom
who met Ada
#= who
#= Bob Stone
#= -- 1 row

did Ada meet Cyd Waters
#= no claim says so

did Bob Stone brief Ada
#= yes

who mxt Ada
#! did you mean `met`
";

#[test]
fn a_script_says_what_its_questions_answer() {
    let (_directory, session) = small();
    let tested = test(&session, SCRIPT);
    assert_eq!(
        (tested.agree, tested.mismatches.len()),
        (4, 0),
        "{:?}",
        tested.mismatches
    );
    assert_eq!(tested.blessed, None);
    let wrong = SCRIPT
        .replace("#= Bob Stone", "#= Cyd Waters")
        .replace("#= yes\n", "");
    let tested = test(&session, &wrong);
    assert_eq!(tested.mismatches.len(), 1);
    assert_eq!(tested.mismatches[0].line, 2);
    assert_eq!(
        tested.mismatches[0].differences,
        ["- Cyd Waters", "+ Bob Stone"]
    );
    assert_eq!(tested.open, 1);
    assert_eq!(
        tested.blessed.as_deref(),
        Some(SCRIPT),
        "bless puts it right and touches nothing else"
    );
}

#[test]
fn the_built_in_casebook_has_no_errors() {
    let session = Session::open(Origin::Embedded, Settings::default()).unwrap();
    assert_eq!(session.left_out, 0);
    let reply = session.check();
    assert_eq!(reply.outcome, Outcome::Answered, "{}", reply.answer);
}
