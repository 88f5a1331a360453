//! What each preset makes of a few rows.

use super::{claims, entity, fixture, import_all, import_one, mapped, options, round_trip};
use crate::tidy::root;
use casebook::import::{Input, cameo};
use casebook::query::Engine;
use casebook::session::{Origin, Session, Settings};
use casebook::text::{Set, fold};

#[test]
fn icews() {
    let imported = import_one("icews.tab", fixture("icews.tab"), options("icews"));
    assert_eq!(
        claims(&imported),
        [
            "icews-901: kim-jong-un make-statement south-korea @pyongyang 2018-01-02 story-5001",
            "icews-902: kim-jong-un threaten-with-military-force government-united-states @- 2018-01-03 story-5001",
            "icews-903: police-india arrest-detain-or-charge-with-legal-action protester-india \
             @springfield-kerala 2018-01-03 story-5002",
            "icews-904: ahmed-khan-india criticize-or-denounce ahmed-khan-pakistan @springfield-goa 2018-01-04 \
             story-5003",
            "icews-905: north-korea blink-at rebel-front @- 2018-01-05 the-data-set",
        ]
    );
    let report = &imported.report;
    assert_eq!((report.rows, report.bad_rows), (6, 0), "{report:?}");
    assert_eq!(report.left_out, [("they name only one actor", 1)]);
    let book = round_trip(&imported);
    assert_eq!(
        entity(&book, "kim-jong-un"),
        "person `Kim Jong-Un` [KIM JONG-UN, Kim Jong-Un (North Korea)] in [north-korea]"
    );
    assert_eq!(
        entity(&book, "north-korea"),
        "country `North Korea` [] in []"
    );
    assert_eq!(
        entity(&book, "rebel-front"),
        "armed-group `Rebel Front` [] in []"
    );
    assert_eq!(
        entity(&book, "police-india"),
        "security-force `Police (India)` [] in [india]"
    );
    assert_eq!(
        entity(&book, "springfield-goa"),
        "place `Springfield (Goa)` [] in [goa]"
    );
    // The city and the province of Pyongyang are one place.
    assert_eq!(
        entity(&book, "pyongyang"),
        "place `Pyongyang` [Pyongyang (North Korea)] in [north-korea]"
    );
    let plover = |id: &str| {
        let relation = book
            .relations
            .iter()
            .find(|relation| relation.id.value == id);
        relation.and_then(|relation| relation.plover.as_ref().map(|text| text.value.clone()))
    };
    assert_eq!(plover("make-statement"), None);
    assert_eq!(
        plover("threaten-with-military-force").as_deref(),
        Some("THREATEN")
    );
    assert_eq!(
        plover("arrest-detain-or-charge-with-legal-action").as_deref(),
        Some("COERCE")
    );
    // Two stories of one paper are one origin.
    let hindu = book.sources.iter().filter(|source| {
        source
            .publication
            .as_ref()
            .is_some_and(|id| id.value == "pub-the-hindu")
    });
    assert_eq!(hindu.count(), 2);
}

#[test]
fn gdelt_of_both_widths() {
    for name in ["gdelt2.tsv", "gdelt1.tsv"] {
        let imported = import_one(name, fixture(name), options("gdelt"));
        assert_eq!(
            claims(&imported),
            [
                "gdelt-1000001: white-house accuse russia @washington 2024-01-05 url-example-com-news-1-html",
                "gdelt-1000002: police arrest-detain-or-charge-with-legal-action paris @paris 2024-01-05 \
                 url-example-com-news-1-html",
                "gdelt-1000004: united-states host-a-visit rebel @- 2024-01-06 reports-of-bbc-monitoring",
            ],
            "{name}"
        );
        let left_out: Vec<u64> = imported
            .report
            .left_out
            .iter()
            .map(|(_, count)| *count)
            .collect();
        assert_eq!((left_out, imported.report.bad_rows), (vec![1, 1], 0));
        let book = round_trip(&imported);
        assert_eq!(
            entity(&book, "white-house"),
            "government-body `WHITE HOUSE` [WHITE HOUSE (United States)] in [united-states]"
        );
        assert_eq!(
            entity(&book, "united-states"),
            "country `United States` [UNITED STATES] in []"
        );
        assert_eq!(
            entity(&book, "paris"),
            "place `Paris` [Paris (Ile-De-France)] in [ile-de-france]"
        );
    }
}

#[test]
fn acled() {
    let imported = import_one("acled.csv", fixture("acled.csv"), options("acled"));
    assert_eq!(
        claims(&imported),
        [
            "acled-nig100: military-forces-of-nigeria-2015-2023 clash-with boko-haram @maiduguri 2023-03-05 \
             reports-of-daily-trust reports-of-premium-times",
            "acled-nig101: protesters-nigeria protest-peacefully ikeja @ikeja 2023-03-06 reports-of-daily-trust",
            "acled-nig102: unidentified-armed-group-nigeria attack civilians-nigeria @bama 2023-03-07 the-data-set",
        ]
    );
    let book = round_trip(&imported);
    assert_eq!(
        entity(&book, "boko-haram"),
        "armed-group `Boko Haram` [] in []"
    );
    assert_eq!(
        entity(&book, "civilians-nigeria"),
        "population-group `Civilians (Nigeria)` [] in [nigeria]"
    );
    let clash = book
        .relations
        .iter()
        .find(|relation| relation.id.value == "clash-with")
        .unwrap();
    assert!(
        clash.symmetric
            && clash
                .plover
                .as_ref()
                .is_some_and(|plover| plover.value == "ASSAULT")
    );
}

#[test]
fn a_list_of_edges() {
    let imported = import_one("edges.tsv", fixture("edges.tsv"), options("tsv"));
    assert_eq!(
        claims(&imported),
        [
            "-: ada knows bob @- 2020-01 reports-of-the-gazette reports-of-the-mirror",
            "-: ada criticize-or-denounce cy @- - the-data-set",
            "-: bob knows cy @- 2021-05-03 url-example-com-x",
        ]
    );
    let book = round_trip(&imported);
    assert_eq!(entity(&book, "ada"), "agent `Ada` [ada] in []");
    let spelled = import_one(
        "e",
        "from,label,to\nA,Met with,B\nB,met-with,C\n",
        options("tsv"),
    );
    assert_eq!(spelled.casebook.relations.len(), 1);
    // `source` is an end where there is a `target`, and a witness where there is none.
    let ends = import_one("e", "source,type,target\nAda,knows,Bob\n", options("tsv"));
    assert_eq!(claims(&ends), ["-: ada knows bob @- - the-data-set"]);
    let witness = import_one(
        "e",
        "from;label;to;source\nAda;knows;Bob;The Mirror\n",
        options("tsv"),
    );
    assert_eq!(
        claims(&witness),
        ["-: ada knows bob @- - reports-of-the-mirror"]
    );
}

#[test]
fn a_dump_of_five_tables_by_the_map_of_the_benchmark() {
    let map = std::fs::read_to_string(root().join("benches/peers/map.ron")).unwrap();
    let imported = import_one("edges.tsv", fixture("dump/edges.tsv"), mapped(&map));
    assert_eq!(
        claims(&imported),
        [
            "c0: e0 r0 e1 @- 2018-01-01 s1",
            "c1: e2 r1 e3 @- 2018-01-02 s0 s1",
            "c2: e1 r2 e0 @- 2018-01-02 the-data-set",
            "c10: e0 r0 e1 @- 2018-01-03 s0",
        ]
    );
    let book = round_trip(&imported);
    assert_eq!(
        entity(&book, "e2"),
        "local-party `Media Personnel (Afghanistan)` [Media Personnel] in []"
    );
    assert_eq!(
        book.relations[1]
            .plover
            .as_ref()
            .map(|plover| plover.value.as_str()),
        Some("ASSAULT"),
        "a name of CAMEO brings its PLOVER type"
    );
}

#[test]
fn a_map_moves_single_columns_of_a_preset() {
    let text = "Event ID\tEvent Date\tWho\tCAMEO Code\tTarget Name\n1\t2018-01-01\tA\t190\tB\n";
    let mut with_map = mapped("(columns: {\"subject\": \"Who\"})");
    with_map.preset = options("icews").preset;
    let imported = import_one("e", text, with_map);
    assert_eq!(
        claims(&imported),
        ["icews-1: a use-conventional-military-force b @- 2018-01-01 the-data-set"]
    );
    for (map, said) in [
        ("(columns: {\"subject\": 9})", "has no column 9"),
        ("(columns: {\"who\": 1})", "is nothing that a column can be"),
        (
            "(links: (file: \"x\", event: 1, source: 1))",
            "which event rests on",
        ),
        ("(prefix: \"No!\")", "cannot begin an id"),
        ("(entities: (file: \"x\", id: 0, name: 1))", "number 0"),
        (
            "(kind: (id: \"actor\", plural: \"actors\"))",
            "cannot be the id of a kind",
        ),
    ] {
        let error = import_all(vec![Input::of("e", text)], mapped(map)).unwrap_err();
        assert!(format!("{error:?}").contains(said), "{map}: {error:?}");
    }
    assert!(casebook::import::Map::read("(colums: {})").is_err());
}

#[test]
fn several_files_are_one_casebook_and_equal_input_gives_equal_records() {
    let parts = || {
        vec![
            Input::of("a", "from\tlabel\tto\nAda\tknows\tBob\n"),
            Input::of("b", "to\tlabel\tfrom\nAda\tknows\tBob\n"),
        ]
    };
    let one = import_all(parts(), options("tsv")).unwrap();
    assert_eq!(
        claims(&one),
        [
            "-: ada knows bob @- - the-data-set",
            "-: bob knows ada @- - the-data-set"
        ]
    );
    let other = import_all(parts(), options("tsv")).unwrap();
    assert_eq!((one.casebook, one.claims), (other.casebook, other.claims));
}

/// Every verb of CAMEO and of ACLED means one relation, has words of its own, and every type is one of PLOVER's.
#[test]
fn every_event_has_a_verb_of_its_own_and_a_type_of_plover() {
    const TYPES: [&str; 16] = [
        "ACCUSE",
        "AGREE",
        "AID",
        "ASSAULT",
        "COERCE",
        "CONCEDE",
        "CONSULT",
        "COOPERATE",
        "MOBILIZE",
        "PROTEST",
        "REJECT",
        "REQUEST",
        "RETREAT",
        "SANCTION",
        "SUPPORT",
        "THREATEN",
    ];
    for (events, least) in [(cameo::cameo(), 300), (cameo::acled(), 25)] {
        assert!(events.len() >= least, "{}", events.len());
        let mut verbs = Set::default();
        let mut codes = Set::default();
        for event in &events {
            assert!(codes.insert(event.code), "{event:?}");
            assert!(
                event.plover.is_none_or(|plover| TYPES.contains(&plover)),
                "{event:?}"
            );
            let mut own = Set::default();
            for form in event.forms() {
                let key = fold::key(&form);
                assert!(
                    !own.insert(key.clone()) || verbs.insert(key),
                    "`{form}` of {event:?} is another's"
                );
            }
        }
    }
    for root in 1..=20 {
        let root = format!("{root:02}");
        assert!(
            cameo::cameo().iter().any(|event| event.code.0 == root),
            "{root}"
        );
    }
}

/// What was imported can be asked in words.
#[test]
fn imported_events_answer_questions() {
    let directory = tempfile::tempdir().unwrap();
    let imported = import_one("icews.tab", fixture("icews.tab"), options("icews"));
    let path = directory.path().join("icews.ron");
    let mut text = Vec::new();
    casebook::import::writing::write(&imported, &mut text).unwrap();
    std::fs::write(&path, text).unwrap();
    let session = Session::open(Origin::Paths(vec![path]), Settings::default()).unwrap();
    let rows = |question: &str| {
        let answer = session
            .answer(question)
            .unwrap_or_else(|failure| panic!("{question}: {failure:?}"));
        answer.rows.len()
    };
    for (question, expected) in [
        ("who was arrested by \"Police (India)\"", 1),
        ("who arrested whom in India", 1),
        ("who made a statement about \"South Korea\" in Pyongyang", 1),
        ("who threatened with military force whom since 2018-01", 1),
        ("who criticized whom", 1),
        ("who arrest detain or charge with legal action whom", 1),
        ("which armed groups did \"North Korea\" blink at", 1),
    ] {
        assert_eq!(rows(question), expected, "{question}");
    }
    let _: &Engine = &session.engine;
}
