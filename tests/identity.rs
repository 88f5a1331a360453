//! Who is who: judgements can be taken back, and look-alikes are proposed and never merged.

use crate::support::agreement::Both;
use crate::support::generate::{Questions, Taste, casebook as generated};
use crate::support::golden::{ask, engine};
use casebook::check::check;
use casebook::export::{Selection, find};
use casebook::load::load_text;
use casebook::model::{Casebook, Judgement, SameAs};
use casebook::query::Engine;
use casebook::query::question::script::split;
use casebook::render::{self, Format, Screen};
use casebook::session::{Origin, Session, Settings, script};
use casebook::text::{Diagnostic, Span, Spanned};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Every answer that the saved questions of a directory get, everything that is shown, and the export, as bytes.
fn all_bytes(session: &mut Session, scripts: &Path) -> String {
    let mut bytes = String::new();
    for path in script::find(&[scripts.to_owned()]).unwrap() {
        let text = std::fs::read_to_string(&path).unwrap();
        for entry in split(&text) {
            for format in [Format::Json, Format::Table] {
                session.settings.format = format;
                let reply = session.ask(&text[entry.question.clone()]);
                bytes += &reply.answer;
                bytes += &reply.notices;
            }
        }
    }
    for entity in 0..session.engine.graph.entity_count() {
        bytes += &render::show_entity(&session.engine, entity, &Screen::PIPE);
    }
    bytes += &(find("json").unwrap().write)(&session.engine, &Selection::whole());
    bytes
}

fn open(path: PathBuf) -> Session {
    Session::open(Origin::Paths(vec![path]), Settings::default()).unwrap()
}

/// The text without the judgements that are wanted, cut out as they stand.
fn cut(text: &str, wanted: Judgement) -> String {
    let book = load_text("book", text).casebook;
    let mut text = text.to_owned();
    for same in book.same_as.iter().rev() {
        if same.judgement.value == wanted {
            let end = same.span.end as usize;
            let end = end + text[end..].find(',').map_or(0, |comma| comma + 1);
            text.replace_range(same.span.start as usize..end, "");
        }
    }
    text
}

#[test]
fn taking_a_judgement_back_restores_every_byte() {
    let harbour = root().join("data/harbour");
    let directory = tempfile::tempdir().unwrap();
    for name in ["casebook.ron", "claims.ron", "sources.ron", "entities.ron"] {
        std::fs::copy(harbour.join(name), directory.path().join(name)).unwrap();
    }
    let scripts = root().join("queries/harbour");
    let entities = directory.path().join("entities.ron");
    let judged = std::fs::read_to_string(&entities).unwrap();
    let never = cut(&judged, Judgement::Same);
    assert_ne!(never, judged);

    std::fs::write(&entities, &never).unwrap();
    let before = all_bytes(&mut open(directory.path().to_owned()), &scripts);
    std::fs::write(&entities, &judged).unwrap();
    let mut session = open(directory.path().to_owned());
    let with = all_bytes(&mut session, &scripts);
    assert_ne!(with, before, "the judgement must have changed some answer");
    std::fs::write(&entities, &never).unwrap();
    session.reload().unwrap();
    assert!(all_bytes(&mut session, &scripts) == before);
}

/// The answers to some questions of a casebook, as bytes; questions are made from a casebook of their own, so that they are
/// the same whatever is judged.
fn answers(book: &Casebook, questions: &[String]) -> String {
    let both = Both::of(book.clone());
    let shown = |text: &String| match both.ask(text) {
        Ok(answer) => render::answer(&both.engine, &answer, Format::Json, &Screen::PIPE),
        Err(failure) => format!("{failure:?}"),
    };
    questions.iter().map(shown).collect()
}

fn judge(left: &str, right: &str, judgement: Judgement) -> SameAs {
    let text = |text: &str| Spanned::new(text.to_owned(), Span::default());
    SameAs {
        span: Span::default(),
        left: text(left),
        right: text(right),
        judgement: Spanned::new(judgement, Span::default()),
        because: text("a test"),
        source: None,
    }
}

#[test]
fn only_same_changes_answers_and_only_while_it_stands() {
    let mut changed = 0;
    for seed in 0..60 {
        let mut rng = fastrand::Rng::with_seed(seed);
        let mut book = generated(&mut rng);
        book.same_as.clear();
        let people: Vec<String> = book
            .entities
            .iter()
            .filter(|entity| entity.kind.value == "person")
            .map(|entity| entity.id.value.clone())
            .collect();
        let [left, right, third] = [0, 1, 2].map(|at| people[at * people.len() / 3].clone());
        let questions: Vec<String> = (0..20)
            .map(|_| Questions::new(&book, &mut rng, Taste::ALL).question())
            .collect();
        let never = answers(&book, &questions);
        for judgement in [Judgement::Different, Judgement::Unsure] {
            book.same_as.push(judge(&left, &right, judgement));
            assert!(answers(&book, &questions) == never, "seed {seed}");
        }
        book.same_as.push(judge(&left, &third, Judgement::Same));
        book.same_as.push(judge(&third, &right, Judgement::Same));
        let with = answers(&book, &questions);
        changed += usize::from(with != never);
        // By way of the third they are one, in whatever order that is written.
        book.same_as.reverse();
        assert!(answers(&book, &questions) == with, "seed {seed}");
        let engine = Engine::new(book.clone());
        let (graph, id) = (&engine.graph, |id: &str| {
            engine.graph.entity_by_id(id).unwrap()
        });
        assert_eq!(graph.canonical(id(&left)), graph.canonical(id(&right)));
        for (at, claim) in (0..).zip(&book.claims) {
            assert_eq!(graph.claim(at).subject, claim.subject, "the id as written");
        }
        book.same_as
            .retain(|same| same.judgement.value != Judgement::Same);
        assert!(answers(&book, &questions) == never, "seed {seed}");
    }
    assert!(changed > 30, "only {changed} casebooks answered otherwise");
}

const SCHEMA: &str = r#"Casebook(format: 1, title: "Who"), Kind(id: "person", plural: "people", actor: true),
    Kind(id: "place", plural: "places"), Relation(id: "met"), Source(id: "s", type: Article, title: "S"),"#;

fn found(records: &str, name: &str) -> Vec<Diagnostic> {
    let loaded = load_text("who.ron", &format!("[{SCHEMA}{records}]"));
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    let mut all = check(&loaded.casebook, &loaded.sources);
    all.retain(|problem| problem.name == name);
    all
}

fn entities(names: &[(&str, &str, &str)]) -> String {
    let record = |(id, kind, name): &(&str, &str, &str)| {
        format!(r#"Entity(id: "{id}", kind: "{kind}", name: "{name}"),"#)
    };
    names.iter().map(record).collect()
}

#[test]
fn look_alikes_are_proposed_with_the_reason() {
    for (one, other, why) in [
        ("Steve Witkoff", "Steve Witk\u{43e}ff", "looks the same"),
        ("Kirill Dmitriev", "Кирилл Дмитриев", "Latin letters"),
        ("Ana Kovrel", "Anna Kovrél", "one letter away"),
    ] {
        let records = entities(&[("a", "person", one), ("b", "person", other)]);
        let hints = found(&records, "looks-alike");
        assert_eq!(hints.len(), 1, "{one}");
        assert!(hints[0].message.contains(why), "{}", hints[0].message);
        assert_eq!(hints[0].labels.len(), 2);
        let record = "SameAs(left: \"a\", right: \"b\", judgement: …, because: \"…\"),";
        assert_eq!(hints[0].help.last().unwrap(), record);
        for judgement in ["Same", "Different", "Unsure"] {
            let pasted = record.replace("judgement: …", &format!("judgement: {judgement}"));
            assert!(
                found(&format!("{records}{pasted}"), "looks-alike").is_empty(),
                "{judgement}"
            );
        }
    }
    let ids = r#"Entity(id: "a", kind: "person", name: "Ada", ids: {"wikidata": "Q7"}),
        Entity(id: "b", kind: "place", name: "Byron", ids: {"wikidata": "Q7"}),"#;
    assert_eq!(found(ids, "looks-alike").len(), 1);
}

#[test]
fn what_only_resembles_is_not_proposed() {
    for (one, other) in [
        (
            ("a", "person", "UK officials"),
            ("b", "person", "US officials"),
        ),
        (
            ("a", "person", "Audit Note 14"),
            ("b", "person", "Audit Note 15"),
        ),
        (
            ("a", "person", "Ukrainian official"),
            ("b", "person", "Ukrainian officials"),
        ),
        (("a", "person", "Ana Kovrel"), ("b", "place", "Anna Kovrel")),
        (("a", "place", "North Berth"), ("b", "place", "North Birth")),
        (("a", "person", "Ann"), ("b", "person", "Anna")),
    ] {
        let hints = found(&entities(&[one, other]), "looks-alike");
        assert!(hints.is_empty(), "{hints:?}");
    }
}

#[test]
fn a_shared_name_comes_with_the_record_that_settles_it() {
    let records = entities(&[("a", "person", "Ana"), ("b", "person", "ANA")]);
    let shared = found(&records, "shared-name");
    assert!(shared[0].help.last().unwrap().starts_with("SameAs("));
    assert!(found(&records, "looks-alike").is_empty(), "said once");
    let judged = format!(
        r#"{records}SameAs(left: "b", right: "a", judgement: Different, because: "Two."),"#
    );
    let shared = found(&judged, "shared-name");
    assert_eq!(shared.len(), 1, "the name still says neither");
    assert!(!shared[0].help.last().unwrap().starts_with("SameAs("));
}

#[test]
fn one_and_two_at_once_is_a_warning_also_by_way_of_others() {
    let records = entities(&[
        ("a", "person", "Ada"),
        ("b", "person", "Bob"),
        ("c", "person", "Cem"),
    ]);
    let judged = |pairs: &[(&str, &str, &str)]| {
        let record = |(left, right, judgement): &(&str, &str, &str)| {
            format!(
                r#"SameAs(left: "{left}", right: "{right}", judgement: {judgement}, because: "So."),"#
            )
        };
        let judgements: String = pairs.iter().map(record).collect();
        found(&format!("{records}{judgements}"), "judged-both-ways").len()
    };
    assert_eq!(judged(&[("a", "b", "Same"), ("b", "a", "Different")]), 1);
    assert_eq!(
        judged(&[
            ("a", "c", "Different"),
            ("a", "b", "Same"),
            ("c", "b", "Same")
        ]),
        1
    );
    assert_eq!(
        judged(&[
            ("a", "c", "Different"),
            ("a", "b", "Same"),
            ("c", "b", "Unsure")
        ]),
        0
    );
}

#[test]
fn thousands_of_names_are_compared_in_little_time() {
    let mut records = String::new();
    for number in 0..30_000 {
        // Many names that share a word, and many of one skeleton.
        let letters: String = [number / 676 % 26, number / 26 % 26, number % 26]
            .iter()
            .map(|&at| char::from(b'a' + u8::try_from(at).unwrap()))
            .collect();
        records += &format!(
            r#"Entity(id: "e{number}", kind: "person", name: "Maria {letters}{number}"),"#
        );
    }
    records += &entities(&[
        ("x", "person", "Maria Petrenko"),
        ("y", "person", "Maria Petrenka"),
    ]);
    let begun = std::time::Instant::now();
    assert_eq!(found(&records, "looks-alike").len(), 1);
    assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
}

#[test]
fn shown_names_tell_where_they_come_from() {
    let text = format!(
        r#"[{SCHEMA}
        Entity(id: "a", kind: "person", name: "Ada", aliases: ["A. L."]),
        Entity(id: "b", kind: "person", name: "Augusta", aliases: ["Lady L."]),
        Entity(id: "c", kind: "person", name: "Byron"),
        SameAs(left: "a", right: "b", judgement: Same, because: "One birthday.", source: "s"),
        SameAs(left: "b", right: "c", judgement: Different, because: "Seen at once."),
        Claim(subject: "b", relation: "met", object: "c", evidence: [(source: "s")]),]"#
    );
    let engine = engine(&text);
    let shown = render::show_entity(&engine, 1, &Screen::PIPE);
    for line in [
        "Ada · person · @a",
        "  also called  A. L.",
        "  same as      Augusta @b",
        "               also called Lady L.",
        "  judged one   Ada @a is Augusta @b: One birthday. · S · @s",
        "  judged two   Augusta @b is not Byron @c: Seen at once.",
    ] {
        assert!(shown.contains(&format!("{line}\n")), "{line}\n{shown}");
    }
    let json = casebook::export::show_entity(&engine, 0);
    for part in [
        r#""name": "Lady L.",
      "from": "b""#,
        r#""subject": "b""#,
        r#""canonical": {
        "subject": "a""#,
        r#""because": "One birthday.""#,
    ] {
        assert!(json.contains(part), "{part}\n{json}");
    }
    assert_eq!(ask(&engine, "did Ada met Byron").rows.len(), 1);
}
