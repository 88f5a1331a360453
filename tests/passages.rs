//! Passages: the bundled casebooks against their stored texts, what `verify` and `cite` say, and where texts are found.

use casebook::evidence::sha256;
use casebook::render::{Format, Tally};
use casebook::session::{Citing, Origin, Outcome, Reply, Session, Settings};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn open(path: PathBuf, settings: Settings) -> Session {
    Session::open(Origin::Paths(vec![path]), settings).unwrap()
}

fn verified(session: &Session) -> Reply {
    session.verify(&mut |_, _| ())
}

#[test]
fn every_passage_of_harbour_is_exact() {
    let session = open(root().join("data/harbour"), Settings::default());
    let reply = verified(&session);
    let passages = Tally::of(&session.engine).all();
    assert!(passages > 50);
    assert_eq!(
        reply.answer,
        format!("{passages} passages: {passages} exact\n")
    );
    assert_eq!(reply.outcome, Outcome::Answered);
}

const TEXT: &str = "Two at lunch\n\nAda met Bob on 3 May at noon. She did not sign the paper, he said.\n\n\
    “The mill is sold – for 40,000 crowns,” Ada told us. The inter-\nnational panel saw it. Nobody else did.\n\
    Naïve: cafe\u{301}, co\u{ad}operation; 東京で会った。 She left.\r\nShe left. Costs fell by −5.5 % in 2010–2012, \
    not in well-known places. “She said ‘no’ \\ and \"yes\".”\n";

/// A casebook with one source, its text beside it, and these pieces of evidence.
fn desk(evidence: &str) -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("case.ron");
    fs::create_dir(home.path().join("texts")).unwrap();
    fs::write(home.path().join("texts/lunch.txt"), TEXT).unwrap();
    write(&path, evidence, "max_quote: 4000");
    (home, path)
}

fn write(path: &Path, evidence: &str, more: &str) {
    let digest = sha256(TEXT.as_bytes());
    let casebook = format!(
        r#"[
    Casebook(format: 1, title: "Lunch"),
    Kind(id: "person", plural: "people", actor: true),
    Relation(id: "met", from: ["actor"], to: ["actor"]),
    Source(id: "lunch", type: Article, title: "Lunch", text: (file: "lunch.txt", sha256: "{digest}"), {more}),
    Entity(id: "ada", kind: "person", name: "Ada"),
    Entity(id: "bob", kind: "person", name: "Bob"),
    Claim(subject: "ada", relation: "met", object: "bob", evidence: [
{evidence}
    ]),
]"#
    );
    fs::write(path, casebook).unwrap();
}

/// Whatever words of a text are given, what `cite` prints of them is exact when it is pasted.
#[test]
fn what_cite_prints_verifies_as_exact() {
    let (_home, path) = desk("(source: \"lunch\")");
    let session = open(path.clone(), Settings::default());
    let points: Vec<char> = TEXT.chars().collect();
    let mut random = fastrand::Rng::with_seed(3);
    let mut entries = String::new();
    let mut cited = 0;
    for _ in 0..400 {
        let start = random.usize(0..points.len());
        let end = (start + random.usize(1..90)).min(points.len());
        let mut words: Vec<char> = points[start..end].to_vec();
        if random.u8(0..4) == 0 {
            let at = random.usize(0..words.len());
            words[at] = 'x';
        }
        let words: String = words.into_iter().collect();
        let how = Citing {
            sentence: random.bool(),
            quote: random.bool(),
        };
        let reply = session.cite("lunch", &words, how);
        assert!(reply.outcome <= Outcome::Findings, "{words:?}: {reply:?}");
        cited += reply.answer.lines().count();
        entries.push_str(&reply.answer);
    }
    assert!(cited > 300, "{cited}");
    write(&path, &entries, "max_quote: 4000");
    let session = open(path, Settings::default());
    assert!(session.diagnostics.is_empty(), "{:?}", session.diagnostics);
    let reply = verified(&session);
    assert_eq!(reply.answer, format!("{cited} passages: {cited} exact\n"));
}

#[test]
fn cite_says_what_differs_and_refuses_long_quotations() {
    let (_home, path) = desk("(source: \"lunch\")");
    write(&path, "(source: \"lunch\")", "max_quote: 20");
    let session = open(path, Settings::default());
    let cite =
        |words: &str, sentence, quote| session.cite("lunch", words, Citing { sentence, quote });
    let near = cite("Ada met Bob on 4 May at noon", false, false);
    assert!(
        near.answer
            .starts_with("(source: \"lunch\", at: (14, 42), digest: \""),
        "{near:?}"
    );
    assert!(near.notices.contains("on [4→3] May"), "{near:?}");
    let whole = cite("met Bob", true, true);
    assert_eq!(whole.outcome, Outcome::Unreadable);
    assert!(whole.notices.contains("`max_quote`"), "{whole:?}");
    assert_eq!(
        cite("met Bob", false, true).answer,
        "(source: \"lunch\", at: (18, 25), quote: \"met Bob\"),\n"
    );
    // A negation beside the words is taken in.
    assert!(
        cite("sign the paper", false, true)
            .answer
            .contains("quote: \"not sign the paper\"")
    );
    let ties = cite("She left", false, false);
    assert_eq!(ties.answer.lines().count(), 2);
    assert!(
        ties.notices.starts_with("2 passages fit equally"),
        "{ties:?}"
    );
    let nothing = cite("zebra crossing", false, false);
    assert_eq!(
        (nothing.outcome, nothing.answer.as_str()),
        (Outcome::Findings, "")
    );
}

const BAD: &str = r#"(source: "lunch", at: (14, 42), digest: "0123456789abcdef"),
    (source: "lunch", quote: "Ada met Bob on 4 May at noon"),
    (source: "lunch", quote: "Nothing at all of this was ever written anywhere"),
    (source: "lunch", quote: "She left."),
    (source: "lunch"),
    (source: "lunch", at: (0, 12), quote: "Ada met Bob on 3 May at noon."),
    (source: "lunch", at: (0, 12)),"#;

#[test]
fn verify_says_what_fails_where_and_why() {
    let (_home, path) = desk(BAD);
    let mut session = open(path, Settings::default());
    let reply = verified(&session);
    assert_eq!(reply.outcome, Outcome::Findings);
    for said in [
        "altered  ",
        "case.ron:9",
        "a number differs, [quoted→stored]: Ada met Bob on [4→3] May at noon",
        "missing  ",
        "ambiguous  ",
        "moved  ",
        "7 passages: 1 exact, 1 moved, 1 ambiguous, 2 altered, 1 missing, 1 unchecked; the unchecked one was compared \
         with nothing, and has not passed",
    ] {
        assert!(reply.answer.contains(said), "{said}: {}", reply.answer);
    }
    session.settings.format = Format::Json;
    let json: serde_json::Value = serde_json::from_str(&verified(&session).answer).unwrap();
    let keys: Vec<&String> = json.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["passages", "grades", "findings"]);
    assert_eq!(
        (&json["passages"], &json["grades"]["altered"]),
        (&7.into(), &2.into())
    );
    assert_eq!(json["grades"].as_object().unwrap().len(), 8);
    let findings = json["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 6);
    let keys: Vec<&String> = findings[0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["claim", "source", "grade", "message"]);
}

#[test]
fn another_document_is_said_and_its_passages_are_graded_all_the_same() {
    let digest =
        "(source: \"lunch\", at: (18, 25), quote: \"met Bob\"), (source: \"lunch\", at: (0, 12))";
    let (home, path) = desk(digest);
    fs::write(home.path().join("texts/lunch.txt"), format!("{TEXT}More.")).unwrap();
    let session = open(path.clone(), Settings::default());
    let reply = verified(&session);
    assert!(
        reply.answer.contains("its SHA-256 is another"),
        "{}",
        reply.answer
    );
    assert!(
        reply.answer.contains("2 passages: 1 exact, 1 unchecked"),
        "{}",
        reply.answer
    );
    assert_eq!(reply.outcome, Outcome::Answered);
    fs::remove_file(home.path().join("texts/lunch.txt")).unwrap();
    let session = open(path.clone(), Settings::default());
    let reply = verified(&session);
    assert!(
        reply.answer.contains("warning[text-not-there]"),
        "{}",
        reply.answer
    );
    assert!(
        reply.answer.contains("2 passages: 2 unchecked"),
        "{}",
        reply.answer
    );
    fs::write(home.path().join("texts/lunch.txt"), b"caf\xe9").unwrap();
    let reply = verified(&open(path, Settings::default()));
    assert!(
        reply.answer.contains("warning[text-not-readable]"),
        "{}",
        reply.answer
    );
}

#[test]
fn texts_are_found_where_they_are_named_or_beside_the_casebook() {
    let at = "(source: \"lunch\", at: (18, 25), quote: \"met Bob\")";
    let (home, path) = desk(at);
    let at_hand = |path: PathBuf, settings| open(path, settings).engine.passages.are_at_hand();
    assert!(at_hand(path.clone(), Settings::default()));
    assert!(at_hand(home.path().to_owned(), Settings::default()));
    fs::rename(home.path().join("texts"), home.path().join("stored")).unwrap();
    assert!(!at_hand(path.clone(), Settings::default()));
    let refused = verified(&open(path.clone(), Settings::default()));
    assert_eq!(refused.outcome, Outcome::Unreadable);
    assert!(refused.notices.contains("`--texts DIR`"), "{refused:?}");
    let given = Settings {
        texts: Some(home.path().join("stored")),
        ..Settings::default()
    };
    assert!(at_hand(path.clone(), given));
    let wrong = Settings {
        texts: Some(home.path().join("nowhere")),
        ..Settings::default()
    };
    let origin = Origin::Paths(vec![path.clone()]);
    assert!(Session::open(origin, wrong).is_err());
    let text = fs::read_to_string(&path).unwrap();
    let named = |name: &str| {
        let text = text.replace(
            "title: \"Lunch\"),\n    Kind",
            &format!("title: \"Lunch\", texts: \"{name}\"),\n    Kind"),
        );
        fs::write(&path, text).unwrap();
        open(path.clone(), Settings::default())
    };
    assert!(named("stored").engine.passages.are_at_hand());
    let session = named("../stored");
    assert!(!session.engine.passages.are_at_hand());
    assert_eq!(session.diagnostics[0].name, "texts-not-there");
}

#[test]
fn passages_stand_under_claims_unless_nobody_wants_them() {
    let mut session = open(root().join("data/harbour"), Settings::default());
    let passage = "[4] exact “on 9 December 2024 she met Petra Drinn";
    let answer = session.reply("who met Halvesk").answer;
    assert!(
        answer.contains(passage) && answer.contains("[4] denies exact “I did not meet"),
        "{answer}"
    );
    assert!(
        session
            .reply(":why 2")
            .answer
            .contains("passage    exact “on 9 December")
    );
    assert!(
        session
            .reply(":source 4")
            .answer
            .contains("exact “on 9 December")
    );
    assert!(
        session
            .reply(":show Drinn")
            .answer
            .contains("exact “on 9 December")
    );
    session.settings.format = Format::Json;
    assert!(
        session
            .reply("did Halvesk meet Drinn")
            .answer
            .contains("\"grade\": \"exact\"")
    );
    session.reply(":set passages off");
    assert!(
        !session
            .reply("did Halvesk meet Drinn")
            .answer
            .contains("\"grade\"")
    );
    session.settings.format = Format::Table;
    assert!(!session.reply("who met Halvesk").answer.contains("exact"));
    let why = session.reply(":why 2").answer;
    assert!(
        why.contains("characters 413–478 of 05-minister-answers.txt"),
        "{why}"
    );
}
