//! What an editor asks of a casebook as a whole: the difference between two, the dossier, the bibliography.

use crate::support::casebooks::{bundled, of_text};
use crate::support::generate::{casebook, dump};
use crate::support::golden::{ask, path, same, small};
use casebook::bibliography::{self, BIBLIOGRAPHIES};
use casebook::graph::SourceIndex;
use casebook::query::{Engine, limits::Limits};
use casebook::render::{self, Named, Screen};
use casebook::review::difference::{Changes, Difference};
use casebook::review::dossier::{Dossier, Subject};
use casebook::review::support::Loss;
use std::sync::atomic::AtomicBool;

fn sides<'a>(old: &'a Engine, new: &'a Engine) -> (Named<'a>, Named<'a>) {
    let named = |name, engine| Named { name, engine };
    (named("old", old), named("new", new))
}

fn small_text() -> String {
    std::fs::read_to_string(path("casebook.ron")).unwrap()
}

#[test]
fn a_casebook_does_not_differ_from_itself_nor_from_one_in_another_order() {
    for seed in 0..40 {
        let mut rng = fastrand::Rng::with_seed(seed);
        let text = dump(&casebook(&mut rng));
        let engine = of_text(&text);
        assert!(Difference::between(&engine, &engine).is_empty(), "{text}");
        // Records of different kinds may stand in any order; made ids depend on that of claims of one fact alone.
        let (head, records) = text.split_once("\"Generated\"),\n").unwrap();
        let mut lines: Vec<&str> = records.trim_end().trim_end_matches(']').lines().collect();
        lines.sort_by_key(|line| (line.contains("Kind("), line.contains("Source(")));
        let moved = format!("{head}\"Generated\"),\n{}\n]\n", lines.join("\n"));
        let found = Difference::between(&engine, &of_text(&moved));
        assert!(found.is_empty(), "{found:?}\n{text}");
    }
}

#[test]
fn the_difference_the_other_way_round_exchanges_gained_and_lost() {
    let turned = |changes: &Changes| Changes {
        gained: changes.lost.clone(),
        lost: changes.gained.clone(),
        changed: Vec::new(),
    };
    let only = |changes: &Changes| Changes {
        changed: Vec::new(),
        ..changes.clone()
    };
    let mut differing = 0;
    for seed in 0..40 {
        let mut rng = fastrand::Rng::with_seed(seed);
        let book = casebook(&mut rng);
        let mut fewer = book.clone();
        // Whole facts go, so that no claim left behind may stand for one that is gone.
        let gone = fewer.claims[rng.usize(..fewer.claims.len())].clone();
        fewer.claims.retain(|claim| {
            (&claim.subject, &claim.relation, &claim.object)
                != (&gone.subject, &gone.relation, &gone.object)
        });
        let (old, new) = (of_text(&dump(&book)), of_text(&dump(&fewer)));
        let (there, back) = (
            Difference::between(&old, &new),
            Difference::between(&new, &old),
        );
        assert_eq!(only(&there.claims), turned(&back.claims));
        differing += usize::from(!there.claims.lost.is_empty());
    }
    assert!(differing >= 39, "{differing}");
}

#[test]
fn what_became_different_is_shown() {
    let old = small();
    let text = small_text()
        .replace("aliases: [\"Brill\"]", "aliases: [\"Brill\", \"Miss Brill\"]")
        .replace("Source(id: \"ledger\", type: Document", "Source(id: \"ledger\", type: Manuscript")
        // A claim of two dates, one of which goes; evidence that goes; a claim that is no longer alleged.
        .replace("when: \"2024-02?\"", "when: \"2024-02-03\"")
        .replace("evidence: [(source: \"ledger\"), (source: \"keeper-talks\")]", "evidence: [(source: \"ledger\")]")
        .replace("actuality: Alleged, evidence", "evidence")
        .replace(
            "    Claim(subject: \"shell\", relation: \"owns\", object: \"fund\", evidence: [(source: \"ledger\")]),\n",
            "    Claim(subject: \"shell\", relation: \"owns\", object: \"fund\", evidence: [(source: \"retold\", stance: Denies)]),\n\
             \x20   Claim(subject: \"ben\", relation: \"briefed\", object: \"cem\", evidence: [(source: \"ledger\")]),\n",
        );
    let new = of_text(&text);
    let found = Difference::between(&old, &new);
    let shown = render::difference(sides(&old, &new), &found, None, &Screen::PIPE);
    let data = render::difference_json(sides(&old, &new), &found, None);
    same("difference.txt", &format!("{shown}\n{data}"));
    let fallen: Vec<Loss> = found.support.iter().map(|one| one.loss).collect();
    assert_eq!(
        fallen,
        [Loss::Fallen, Loss::OneOrigin],
        "{:?}",
        found.support
    );
}

#[test]
fn a_made_id_that_moves_is_no_difference() {
    let claim = |when: &str| {
        format!(
            "    Claim(subject: \"ada\", relation: \"owns\", object: \"shell\", when: \"{when}\", evidence: [(source: \"ledger\")]),\n]\n"
        )
    };
    let (one, two) = (claim("2020"), claim("2021"));
    let begins = small_text().trim_end().trim_end_matches(']').to_owned();
    let both = of_text(&format!("{begins}{}{two}", one.trim_end_matches("]\n")));
    let second = of_text(&format!("{begins}{two}"));
    let found = Difference::between(&both, &second);
    assert_eq!(found.claims.lost, ["ada/owns/shell"], "{:?}", found.claims);
    assert!(found.claims.changed.is_empty() && found.evidence.is_empty());
}

fn dossier_about<'a>(engine: &'a Engine, subject: Subject<'a>) -> Dossier<'a> {
    let standing = subject.standing(engine);
    let stop = AtomicBool::new(false);
    let found = engine.contradictions(standing, &Limits::default(), &stop);
    Dossier::about(engine, subject, found.unwrap())
}

fn dossier(engine: &Engine, name: &str) -> String {
    let entity = engine.graph.entity_by_id(name).unwrap();
    render::dossier_markdown(&dossier_about(engine, Subject::Entity(entity)))
}

#[test]
fn the_dossier_is_shown() {
    let engine = small();
    let answer = ask(&engine, "who met whom");
    let about = dossier_about(&engine, Subject::Answer(&answer));
    let both = format!(
        "{}\n\n{}",
        dossier(&engine, "ada"),
        render::dossier_markdown(&about)
    );
    same("dossier.md.txt", &both);
}

/// Every claim that names the entity, and every piece of its evidence, is there.
#[test]
fn the_dossier_leaves_no_claim_out() {
    for (casebook, name) in [("peace-plan", "witkoff"), ("harbour", "rautt")] {
        let engine = bundled(casebook);
        let Some(entity) = engine.graph.entity_by_id(name) else {
            continue;
        };
        let text = dossier(&engine, name);
        let graph = &engine.graph;
        let mut claims = 0;
        for claim in graph
            .claims_from(entity)
            .iter()
            .chain(graph.claims_to(entity))
        {
            assert!(
                text.contains(&format!("`{}`", graph.claim_id(*claim))),
                "{}",
                graph.claim_id(*claim)
            );
            claims += 1;
        }
        assert!(claims > 10, "{casebook}");
    }
}

/// A page makes no request and holds no markup but its own, whatever a casebook says.
#[test]
fn no_text_of_a_casebook_becomes_markup() {
    const BAD: &str = "<script>alert(1)</script> [x](javascript:y) ![i](http://t/p.png) `c` **b** | # h & &lt; ~~s~~ $m$ <http://t>";
    let text = small_text()
        .replace("Ada Brill", BAD)
        .replace("The keeper talks", BAD)
        .replace("In the margin.", BAD)
        .replace("Ada met Ben at the tower", BAD)
        .replace("One register number.", BAD);
    let engine = of_text(&text);
    let entity = engine.graph.entity_by_id("ada").unwrap();
    let page = render::dossier_page(&dossier_about(&engine, Subject::Entity(entity)));
    let (_, body) = page.split_once("<main>").unwrap();
    for mark in [
        "<script",
        "<img",
        "<a href=\"http",
        "<a href=\"javascript",
        "<strong>b",
        "<em>",
        "<del>",
    ] {
        let own = mark == "<em>" && !body.contains("<em>b");
        assert!(own || !body.contains(mark), "{mark}\n{body}");
    }
    let heading = "<h1>&lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:y) ![i](http://t/p.png) `c` **b** | # h &amp; &amp;lt; ~~s~~ $m$ &lt;http://t&gt;</h1>";
    assert!(body.contains(heading), "{body}");
    let requests = ["src=", "url(", "@import", "<link", "<base"];
    assert!(requests.iter().all(|mark| !page.contains(mark)), "{page}");
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn bibliographies_and_notes_are_shown() {
    let text = small_text().replace(
        "    Source(id: \"ledger\", type: Document, title: \"The ledger\"),\n",
        "    Source(id: \"ledger\", type: Document, title: \"The {ledger} & 100 % of _it_\", author: [\"Brill, Ada\", \"Fund\"], issued: \"19XX\", url: \"https://example.org/a_b\"),\n\
         \x20   Source(id: \"range\", type: Report, title: \"A range\", publisher: \"Board\", issued: \"2024-01-02/2024-01-05\", accessed: \"2024-02-01\"),\n\
         \x20   Source(id: \"season\", type: Broadcast, title: \"A season\", container_title: \"Morning\", issued: \"2024-21\"),\n\
         \x20   Source(id: \"article\", type: Article, title: \"An article\", publication: \"gull\", issued: \"2024-03-02?\"),\n\
         \x20   Source(id: \"far\", type: Article, title: \"Far\", issued: \"Y-170000002\"),\n",
    );
    let engine = of_text(&text);
    let count = engine.graph.source_count() as usize;
    let all: Vec<SourceIndex> = (0..u32::try_from(count).unwrap()).collect();
    let mut shown = String::new();
    for format in BIBLIOGRAPHIES {
        shown.push_str(&(format.write)(&engine.graph, &all));
    }
    let cited: Vec<SourceIndex> = all.iter().chain(&all).copied().collect();
    for runs in bibliography::notes(&engine.graph, &cited) {
        for run in runs {
            let mark = if run.italic { "/" } else { "" };
            shown.push_str(&format!("{mark}{}{mark}", run.text));
        }
        shown.push('\n');
    }
    same("bibliography.txt", &shown);
}

/// What the front end makes of `-o` and `--bibliography`.
#[test]
fn reports_are_written_where_they_are_asked_for() {
    let directory = tempfile::tempdir().unwrap();
    let file = |name: &str| directory.path().join(name).display().to_string();
    let report = |arguments: &[&str]| {
        let begins = ["-c", "data/harbour", "report"];
        crate::cli::run(&[&begins, arguments].concat())
    };
    let (status, markdown, _) = report(&["who", "met", "whom"]);
    assert!(
        status == 0 && markdown.starts_with("# who met whom\n"),
        "{markdown}"
    );
    let page = file("story.html");
    let (status, nothing, notices) =
        report(&["who met whom", "-o", &page, "--bibliography", "bibtex"]);
    assert_eq!((status, nothing.as_str(), notices.as_str()), (0, "", ""));
    assert!(
        std::fs::read_to_string(&page)
            .unwrap()
            .starts_with("<!doctype html>")
    );
    assert!(
        std::fs::read_to_string(file("story.bib"))
            .unwrap()
            .starts_with('@')
    );
    let (_, items, _) = report(&["who met whom", "--bibliography", "csl-json"]);
    let items: serde_json::Value = serde_json::from_str(&items).unwrap();
    assert!(items.as_array().unwrap().len() > 1);
    let (status, _, notices) = report(&["who met whom", "-o", &file("story.pdf")]);
    assert!(
        status == 2 && notices.contains("let it end in .md or .html"),
        "{notices}"
    );
    let (status, _, notices) = report(&["who breifed whom"]);
    assert!(
        status == 2 && notices.contains("error[unknown-verb]"),
        "{notices}"
    );
    // What a limit stopped leaves the file that was there.
    let before = std::fs::read_to_string(&page).unwrap();
    let (status, _, _) = report(&["Halvesk", "-o", &page, "--max-rows", "1"]);
    assert_eq!(
        (status, std::fs::read_to_string(&page).unwrap()),
        (5, before)
    );
    let (status, _, notices) = report(&["Zzyzx"]);
    assert!(
        status == 2 && notices.contains("nothing in this casebook is called"),
        "{notices}"
    );
}

#[test]
fn a_difference_has_an_exit_status_and_asks_saved_questions() {
    let directory = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = directory.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let old = file("old.ron", &small_text());
    let new = file("new.ron", &small_text().replace("actuality: Planned, ", ""));
    let script = file("saved.cq", "who met Dot Marsh\n\nwho briefed whom\n");
    let other = file("other.cq", "#@ casebook elsewhere.ron\nwho met whom\n");
    let diff = |arguments: &[&str]| crate::cli::run(&[&["diff"], arguments].concat());
    let (status, text, _) = diff(&[&old, &old, "--exit-status"]);
    assert!(status == 0 && text.contains("no difference"), "{text}");
    let (status, text, notices) = diff(&[
        &old,
        &new,
        "--exit-status",
        "--questions",
        &script,
        "--questions",
        &other,
    ]);
    assert_eq!(status, 1, "{text}");
    assert!(
        text.contains("1 of 2 saved questions answered differently"),
        "{text}"
    );
    assert!(
        text.contains("saved.cq:1: who met Dot Marsh") && text.contains("+ Benedikt"),
        "{text}"
    );
    assert!(
        notices.contains("1 script is about another casebook and is left out"),
        "{notices}"
    );
    let neither = file("neither.cq", "who sued whom\n");
    let (_, text, _) = diff(&[&old, &new, "--questions", &neither]);
    assert!(
        text.contains("1 question refused by both casebooks"),
        "{text}"
    );
    let (status, json, _) = diff(&[&old, &new, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (status, &json["claims"]["changed"][0]["id"]),
        (0, &"dot/met-with/ben".into())
    );
    let (status, _, notices) = diff(&[&old, "no-such-file.ron"]);
    assert!(
        status == 3 && notices.contains("no-such-file.ron"),
        "{notices}"
    );
    let (status, _, notices) = diff(&[&old, "--", "-x:casebook.ron"]);
    assert!(
        status == 3 && notices.contains("is no revision"),
        "{notices}"
    );
}
