//! What contradicts what, case by case: for certain, possibly, or not at all.

use casebook::query::{Engine, limits::Limits};
use casebook::session::{Origin, Session, Settings, findings};
use casebook::{check, load, text::Sources};
use std::sync::atomic::AtomicBool;

const PRELUDE: &str = r#"[
    Casebook(format: 1, title: "Cases"),
    Kind(id: "person", plural: "people", actor: true, schema: "Person"),
    Kind(id: "state", plural: "states", actor: true),
    Kind(id: "place", plural: "places"),
    Kind(id: "event", plural: "events"),
    Relation(id: "met", forms: ["met"], symmetric: true),
    Relation(id: "joined", forms: ["joined"], opposite_of: ["left"]),
    Relation(id: "left", forms: ["left"]),
    Relation(id: "backs", forms: ["backs"], aspect: State, exclusive_with: ["fights"]),
    Relation(id: "fights", forms: ["fights"], aspect: State),
    Relation(id: "heads", forms: ["heads"], aspect: State, single_valued: PerObject),
    Relation(id: "lives-in", forms: ["lives in"], aspect: State, single_valued: PerSubject),
    Relation(id: "married-to", forms: ["married to"], aspect: State, symmetric: true, single_valued: PerSubject),
    Publication(id: "gazette", name: "Gazette"),
    Source(id: "s", type: Article, title: "S", publication: "gazette"),
    Source(id: "t", type: Article, title: "T", publication: "gazette"),
    Source(id: "u", type: Article, title: "U"),
    Entity(id: "ada", kind: "person", name: "Ada"), Entity(id: "bob", kind: "person", name: "Bob"),
    Entity(id: "cyd", kind: "person", name: "Cyd"), Entity(id: "ada-too", kind: "person", name: "A."),
    Entity(id: "utopia", kind: "state", name: "Utopia"),
    Entity(id: "rome", kind: "place", name: "Rome", within: ["italy"]),
    Entity(id: "oslo", kind: "place", name: "Oslo"), Entity(id: "italy", kind: "place", name: "Italy"),
    Entity(id: "ball", kind: "event", name: "the ball"), Entity(id: "fair", kind: "event", name: "the fair"),
    SameAs(left: "ada", right: "ada-too", judgement: Same, because: "One hand."),
]"#;

/// `ada met bob, place: "rome"` by the source `s`, `!t` for a denial by `t`; claims are joined by ` + `.
fn claims(text: &str) -> String {
    let claim = |text: &str| {
        let (ends, rest) = text.split_once(',').unwrap_or((text, ""));
        let words: Vec<&str> = ends.split_whitespace().collect();
        let by: Vec<String> = match &words[3..] {
            [] => vec!["(source: \"s\")".to_owned()],
            by => by
                .iter()
                .map(|by| match by.strip_prefix('!') {
                    Some(by) => format!("(source: \"{by}\", stance: Denies)"),
                    None => format!("(source: \"{by}\")"),
                })
                .collect(),
        };
        format!(
            "Claim(subject: \"{}\", relation: \"{}\", object: \"{}\", evidence: [{}], {rest}),",
            words[0],
            words[1],
            words[2],
            by.join(", ")
        )
    };
    text.split(" + ").map(claim).collect()
}

fn engine(records: &str) -> Engine {
    let mut sources = Sources::of("prelude.ron", PRELUDE);
    sources.add("case.ron", format!("[{records}]"));
    let (casebook, mut found) = load::parse(&sources);
    found.extend(check::check(&casebook, &sources));
    let errors: Vec<_> = found
        .iter()
        .filter(|found| found.record.is_some())
        .collect();
    assert!(errors.is_empty(), "{records}: {errors:?}");
    Engine::new(casebook)
}

/// `negation yes 1:1 shared`: the kind, whether it is certain, the claims of each side, whether they share an origin.
fn found(records: &str) -> String {
    let engine = engine(records);
    let found = engine.contradictions(
        &engine.provenance,
        &Limits::default(),
        &AtomicBool::new(false),
    );
    let line = |it: &casebook::graph::contradictions::Contradiction| {
        let certain = if it.certain { "yes" } else { "no" };
        let shared = if it.shared.is_empty() { "" } else { " shared" };
        let sides = (it.one.len(), it.other.len());
        format!(
            "{} {certain} {}:{}{shared}",
            it.kind.word(),
            sides.0,
            sides.1
        )
    };
    let lines: Vec<String> = found.unwrap().iter().map(line).collect();
    lines.join(", ")
}

const CASES: &[(&str, &str)] = &[
    // Negation
    (
        "ada met bob + ada met bob, polarity: Negated",
        "negation no 1:1 shared",
    ),
    (
        "ada met bob + bob met ada u, polarity: Negated",
        "negation no 1:1",
    ),
    (
        "ada met bob + ada met bob t + bob met ada u, polarity: Negated",
        "negation no 2:1",
    ),
    (
        "ada met bob, when: \"2025-01-02\" + ada met bob u, when: \"2025-01-02\", polarity: Negated",
        "negation yes 1:1",
    ),
    (
        "ada met bob, when: \"2025-01-02?\" + ada met bob u, when: \"2025-01-02\", polarity: Negated",
        "negation no 1:1",
    ),
    (
        "ada met bob, when: \"2025-01-02\" + ada met bob u, when: \"2025-01-03\", polarity: Negated",
        "",
    ),
    (
        "ada met bob, when: \"2025-01-02\" + ada met bob u, when: \"2025-01\", polarity: Negated",
        "negation no 1:1",
    ),
    (
        "ada met bob, when: \"2025-01-02\" + ada met bob u, when: \"2025-01-01/2025-01-31\", polarity: Negated",
        "negation yes 1:1",
    ),
    (
        "ada met bob, event: \"ball\" + ada met bob u, event: \"ball\", polarity: Negated",
        "negation yes 1:1",
    ),
    (
        "ada met bob, event: \"ball\" + ada met bob u, event: \"fair\", polarity: Negated",
        "",
    ),
    (
        "ada met bob, place: \"rome\" + ada met bob u, place: \"oslo\", polarity: Negated",
        "",
    ),
    (
        "ada met bob, place: \"rome\", when: \"2025-01-02\" + ada met bob u, place: \"italy\", when: \"2025-01-02\", polarity: Negated",
        "negation yes 1:1",
    ),
    (
        "ada met bob, place: \"italy\", when: \"2025-01-02\" + ada met bob u, place: \"rome\", when: \"2025-01-02\", polarity: Negated",
        "negation no 1:1",
    ),
    ("ada met bob s !u", "negation yes 1:1"),
    ("ada met bob s !t", "negation yes 1:1 shared"),
    (
        "ada-too met bob + ada met bob u, polarity: Negated",
        "negation no 1:1",
    ),
    // What nobody asserts contradicts nothing; but who denies an allegation asserts something.
    (
        "ada met bob, actuality: Planned + ada met bob u, polarity: Negated",
        "",
    ),
    (
        "ada met bob, actuality: Alleged + ada met bob u, polarity: Negated",
        "",
    ),
    ("ada met bob s !u, actuality: Alleged", ""),
    (
        "ada met bob s !u, actuality: Alleged + ada met bob t",
        "negation no 1:1",
    ),
    (
        "ada met bob + ada met bob u, polarity: Negated, actuality: Planned",
        "",
    ),
    // Two occasions are two contradictions.
    (
        "ada met bob, when: \"2024\" + ada met bob, when: \"2025\" + ada met bob u, when: \"2024\", polarity: Negated + ada met bob u, when: \"2025\", polarity: Negated",
        "negation no 1:1, negation no 1:1",
    ),
    // Cancellation
    (
        "ada met bob, event: \"ball\" + ada met bob u, event: \"ball\", actuality: Cancelled",
        "cancellation yes 1:1",
    ),
    (
        "ada met bob + ada met bob u, actuality: Cancelled",
        "cancellation no 1:1",
    ),
    (
        "ada met bob, event: \"ball\", actuality: Planned + ada met bob u, event: \"ball\", actuality: Cancelled",
        "",
    ),
    (
        "ada met bob, event: \"ball\" + ada met bob u, event: \"fair\", actuality: Cancelled",
        "",
    ),
    // Opposites and exclusions
    (
        "ada joined utopia, when: \"2025-01-02\" + ada left utopia u, when: \"2025-01-02\"",
        "opposite yes 1:1",
    ),
    (
        "ada joined utopia, when: \"2025-01-02\" + ada left utopia u, when: \"2025-01-03\"",
        "",
    ),
    ("ada joined utopia + ada left utopia u", "opposite no 1:1"),
    ("ada joined utopia + bob left utopia u", ""),
    (
        "ada joined utopia + ada left utopia u, polarity: Negated",
        "",
    ),
    (
        "ada backs utopia, when: \"2024/2025\" + ada fights utopia u, when: \"2025/2026\"",
        "exclusive no 1:1",
    ),
    (
        "ada backs utopia, when: \"2024/2026\" + ada fights utopia u, when: \"2025/2027\"",
        "exclusive yes 1:1",
    ),
    (
        "ada backs utopia, when: \"2024\" + ada fights utopia u, when: \"2025\"",
        "",
    ),
    // Seats
    (
        "ada heads utopia, when: \"2024/..\" + bob heads utopia u, when: \"2025/..\"",
        "holders yes 1:1",
    ),
    (
        "ada heads utopia, when: \"2023/2024\" + bob heads utopia u, when: \"2025/..\"",
        "",
    ),
    (
        "ada heads utopia + bob heads utopia u + ada heads utopia t",
        "holders no 2:1",
    ),
    ("ada heads utopia + ada-too heads utopia u", ""),
    ("ada lives-in rome + ada lives-in oslo u", "values no 1:1"),
    ("ada lives-in rome + ada lives-in italy u", ""),
    ("ada married-to bob + cyd married-to ada u", "values no 1:1"),
    // Places
    (
        "ada met bob, place: \"rome\", when: \"2025-01-02\" + ada met bob u, place: \"oslo\", when: \"2025-01-02\"",
        "places yes 1:1",
    ),
    (
        "ada met bob, place: \"rome\", when: \"2025-01\" + ada met bob u, place: \"oslo\", when: \"2025-01\"",
        "",
    ),
    (
        "ada met bob, place: \"rome\", event: \"ball\" + ada met bob u, place: \"oslo\", event: \"ball\"",
        "places yes 1:1",
    ),
    (
        "ada met bob, place: \"rome\", event: \"ball\" + ada met bob u, place: \"italy\", event: \"ball\"",
        "",
    ),
    (
        "ada met bob, place: \"rome\", when: \"2025-01-02\" + ada met cyd u, place: \"oslo\", when: \"2025-01-02\"",
        "places no 1:1",
    ),
    (
        "utopia met bob, place: \"rome\", when: \"2025-01-02\" + utopia met cyd u, place: \"oslo\", when: \"2025-01-02\"",
        "",
    ),
    // Dates
    (
        "ada met bob, event: \"ball\", when: \"2025-01-02\" + ada met bob u, event: \"ball\", when: \"2025-01-09\"",
        "dates yes 1:1",
    ),
    (
        "ada met bob, event: \"ball\", when: \"2025-01-02\" + ada met bob u, event: \"ball\", when: \"2025-01-09~\"",
        "dates no 1:1",
    ),
    (
        "ada met bob, event: \"ball\", when: \"2025-01-02\" + ada met bob u, event: \"ball\", when: \"2025-01\"",
        "",
    ),
    (
        "ada met bob, when: \"2025-01-02\" + ada met bob u, when: \"2025-01-09\"",
        "",
    ),
    (
        "ada met bob, event: \"ball\", when: \"2025-01-02\" + ada met cyd u, event: \"ball\", when: \"2025-01-09\"",
        "",
    ),
];

#[test]
fn case_by_case() {
    let wrong: Vec<String> = CASES
        .iter()
        .filter_map(|(text, expected)| {
            let found = found(&claims(text));
            (found != *expected)
                .then(|| format!("{text}\n  found {found:?}, expected {expected:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_record_judges_while_it_lists_every_claim() {
    let sides = claims("ada met bob + ada met bob u, polarity: Negated");
    let judge = |ids: &str| format!("Judged(claims: [{ids}], because: \"Two days.\"),");
    let judged = |records: String| {
        let engine = engine(&records);
        let found = engine.contradictions(
            &engine.provenance,
            &Limits::default(),
            &AtomicBool::new(false),
        );
        let found = found.unwrap();
        let hints = findings::judged_nothing(&engine, &found).len();
        (format!("{:?}", found[0].judging), hints)
    };
    let both = judge("\"ada/met/bob\", \"ada/met/bob~2\"");
    assert_eq!(
        judged(format!("{sides}{both}")),
        ("Judged(0)".to_owned(), 0)
    );
    let more = claims("ada met bob t");
    assert_eq!(
        judged(format!("{sides}{more}{both}")),
        ("Reopened { record: 0, missing: [2] }".to_owned(), 0)
    );
    let another = claims("ada met cyd + bob met cyd");
    let apart = judge("\"ada/met/cyd\", \"bob/met/cyd\"");
    assert_eq!(
        judged(format!("{sides}{another}{apart}")),
        ("Open".to_owned(), 1)
    );
}

#[test]
fn a_check_lists_them_and_says_what_would_judge_them() {
    let directory = tempfile::tempdir().unwrap();
    let records = claims("ada met bob + ada met bob u, polarity: Negated + ada met bob t");
    let judged = "Judged(claims: [\"ada/met/bob\", \"ada/met/bob~2\"], because: \"Two days.\"),";
    std::fs::write(directory.path().join("a.ron"), PRELUDE).unwrap();
    std::fs::write(
        directory.path().join("b.ron"),
        format!("[{records}{judged}]"),
    )
    .unwrap();
    let origin = Origin::Paths(vec![directory.path().to_owned()]);
    let session = Session::open(origin, Settings::default()).unwrap();
    let reply = session.check();
    for said in [
        "contradiction[negation]: possible",
        "b.ron:1:17",
        "one: Ada met Bob (2 claims)",
        "other: negated: Ada met Bob",
        "both: No origin stands behind both sides.",
        "to judge: Judged(claims: [\"ada/met/bob\", \"ada/met/bob~2\", \"ada/met/bob~3\"], because: \"…\"),",
        "open again: a record judges it without `ada/met/bob~3`",
    ] {
        assert!(reply.answer.contains(said), "{said}: {}", reply.answer);
    }
    assert!(
        reply.notices.contains("1 contradiction\n"),
        "{}",
        reply.notices
    );
}

/// Two who take turns, year by year, and a pair that met and did not: what is apart in time is not compared.
#[test]
fn what_cannot_meet_is_not_compared() {
    let mut records = String::new();
    for year in (1000..4000).step_by(2) {
        let (one, other) = (
            format!("when: \"{year}\""),
            format!("when: \"{}\"", year + 1),
        );
        records += &claims(&format!(
            "ada heads utopia, {one} + bob heads utopia u, {other}"
        ));
        records += &claims(&format!(
            "ada met bob, {one} + ada met bob u, {other}, polarity: Negated"
        ));
    }
    let engine = engine(&records);
    let mut steps = 0_u64;
    let found =
        casebook::graph::contradictions::find(&engine.graph, &engine.provenance, &mut |_| {
            steps += 1;
            true
        });
    assert!(found.unwrap().is_empty());
    assert!(steps < 10_000, "{steps} steps");
}
