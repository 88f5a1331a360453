//! Compiled casebooks: the same answers as from their sources, and nothing but an error where a file is not whole.

use crate::cli::{run, run_with};
use crate::support::casebooks::{self, bundled};
use crate::support::generate::{Questions, Taste};
use crate::support::{generate, golden};
use casebook::columns::Block;
use casebook::export::{EXPORTERS, Selection};
use casebook::model::{Casebook, ClaimColumns, NO_CELL};
use casebook::query::compiled::Origins;
use casebook::query::question::script::split;
use casebook::query::{Engine, Failure, Request, limits::Limits};
use casebook::render::{self, Format, Screen};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

fn ask(engine: &Engine, text: &str) -> Result<String, Failure> {
    let answer = engine.ask(&Request {
        text,
        parameters: &[],
        numbered: &[],
        limits: &Limits::default(),
        interrupt: &AtomicBool::new(false),
    })?;
    Ok(render::answer(engine, &answer, Format::Json, &Screen::PIPE))
}

fn bytes(engine: &Engine, block: Block) -> Vec<u8> {
    let mut bytes = Vec::new();
    engine
        .compile(&Origins::default(), block, &mut bytes)
        .unwrap();
    bytes
}

fn again(engine: &Engine) -> Engine {
    Engine::of_bytes(&bytes(engine, Block::default()))
        .unwrap()
        .0
}

/// What every reader of a casebook can see of it.
fn same(one: &Engine, other: &Engine) {
    for exporter in EXPORTERS {
        let whole = |engine| (exporter.write)(engine, &Selection::whole());
        assert_eq!(whole(one), whole(other), "{}", exporter.name);
    }
    assert_eq!(one.graph.left_out(), other.graph.left_out());
    for claim in one.graph.claims() {
        let id = one.graph.claim_id(claim);
        assert_eq!(id, other.graph.claim_id(claim));
        assert_eq!(other.graph.claim_by_id(id), Some(claim), "{id}");
    }
    for entity in 0..one.graph.entity_count() {
        assert_eq!(one.graph.steps_from(entity), other.graph.steps_from(entity));
        assert_eq!(one.graph.lies_in(entity), other.graph.lies_in(entity));
        let id = one.graph.entity_id(entity);
        assert_eq!(one.vocabulary.by_id(id), other.vocabulary.by_id(id));
    }
    assert_eq!(one.provenance, other.provenance);
}

fn questions(directory: &Path) -> Vec<String> {
    let mut scripts: Vec<PathBuf> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    scripts.retain(|path| path.extension().is_some_and(|extension| extension == "cq"));
    let texts = scripts.iter().map(|path| fs::read_to_string(path).unwrap());
    texts
        .flat_map(|text| {
            split(&text)
                .into_iter()
                .map(|it| text[it.question].to_owned())
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn the_bundled_casebooks_answer_as_their_sources_do() {
    let queries = Path::new(env!("CARGO_MANIFEST_DIR")).join("queries");
    for (name, queries) in [
        ("peace-plan", queries.clone()),
        ("harbour", queries.join("harbour")),
    ] {
        let engine = bundled(name);
        let compiled = again(&engine);
        let questions = questions(&queries);
        assert!(questions.len() > 20, "{name}");
        for question in questions {
            assert_eq!(
                ask(&engine, &question),
                ask(&compiled, &question),
                "{name}: {question}"
            );
        }
        same(&engine, &compiled);
        same(&engine, &again(&compiled));
    }
}

#[test]
fn generated_casebooks_answer_as_their_sources_do() {
    for seed in 0..40 {
        let mut rng = fastrand::Rng::with_seed(seed ^ 0xcbc);
        let book = generate::casebook(&mut rng);
        let engine = Engine::new(book.clone());
        let compiled = again(&engine);
        same(&engine, &compiled);
        let mut questions = Questions::new(&book, &mut rng, Taste::ALL);
        for _ in 0..12 {
            let question = questions.question();
            assert_eq!(
                ask(&engine, &question),
                ask(&compiled, &question),
                "seed {seed}: {question}"
            );
        }
    }
}

/// The claims of a casebook that columns can hold, and the casebook without any.
fn in_columns(book: &Casebook) -> (Casebook, ClaimColumns, Casebook) {
    let mut plain = book.clone();
    for claim in &mut plain.claims {
        (claim.event, claim.note) = (None, None);
        (claim.polarity, claim.actuality) = Default::default();
        for evidence in &mut claim.evidence {
            let source = evidence.source.clone();
            let span = evidence.span;
            *evidence = casebook::model::Evidence {
                span,
                source,
                according_to: Vec::new(),
                stance: Default::default(),
                at: None,
                digest: None,
                quote: None,
                credibility: None,
                note: None,
            };
        }
    }
    let mut columns = ClaimColumns::default();
    let place = |mut ids: std::vec::IntoIter<&str>, id: &str| {
        ids.position(|known| known == id)
            .map_or(NO_CELL, |at| u32::try_from(at).unwrap())
    };
    let entity = |id: &str| {
        place(
            plain
                .entities
                .iter()
                .map(|it| it.id.as_str())
                .collect::<Vec<_>>()
                .into_iter(),
            id,
        )
    };
    for claim in &plain.claims {
        columns
            .ids
            .push_str(claim.id.as_ref().map_or("", |id| id.as_str()));
        columns
            .id_ends
            .push(u32::try_from(columns.ids.len()).unwrap());
        columns.subjects.push(entity(&claim.subject));
        columns.objects.push(entity(&claim.object));
        columns.relations.push(place(
            plain
                .relations
                .iter()
                .map(|it| it.id.as_str())
                .collect::<Vec<_>>()
                .into_iter(),
            &claim.relation,
        ));
        columns
            .places
            .push(claim.place.as_ref().map_or(NO_CELL, |id| entity(id)));
        columns
            .whens
            .push(claim.when.as_ref().map_or(NO_CELL, |date| {
                columns.dates.push(date.value.clone());
                u32::try_from(columns.dates.len() - 1).unwrap()
            }));
        for evidence in &claim.evidence {
            columns.sources.push(place(
                plain
                    .sources
                    .iter()
                    .map(|it| it.id.as_str())
                    .collect::<Vec<_>>()
                    .into_iter(),
                &evidence.source,
            ));
        }
        columns
            .evidence_ends
            .push(u32::try_from(columns.sources.len()).unwrap());
    }
    let others = Casebook {
        claims: Vec::new(),
        ..plain.clone()
    };
    (others, columns, plain)
}

#[test]
fn columns_give_the_graph_that_records_give() {
    for seed in 0..60 {
        let mut rng = fastrand::Rng::with_seed(seed ^ 0xc01);
        let (others, columns, plain) = in_columns(&generate::casebook(&mut rng));
        let (one, other) = (Engine::new(plain), Engine::from_columns(others, columns));
        same(&one, &other);
        same(&one, &again(&other));
    }
}

#[test]
fn what_columns_point_to_in_vain_is_left_out() {
    let mut rng = fastrand::Rng::with_seed(1);
    let (others, mut columns, _) = in_columns(&generate::casebook(&mut rng));
    let all = columns.len();
    columns.subjects[0] = 9999;
    *columns.sources.last_mut().unwrap() = NO_CELL;
    let engine = Engine::from_columns(others, columns);
    assert_eq!(
        (engine.graph.claim_count() as usize, engine.graph.left_out()),
        (all - 2, 2)
    );
}

const QUESTION: &str = "who met whom";

/// A casebook of a few records that are not all plain.
fn tiny() -> Engine {
    casebooks::of_text(
        "[ Kind(id: \"p\", plural: \"ps\", actor: true), Relation(id: \"met\", forms: [\"met\"], symmetric: true),\n\
         Entity(id: \"a\", kind: \"p\", name: \"Ada\"), Entity(id: \"b\", kind: \"p\", name: \"Bo\", aliases: [\"B\"]),\n\
         Source(id: \"s\", type: Article, title: \"S\"), Source(id: \"t\", type: Article, title: \"T\",\n\
           derived_from: [(origin: \"s\", how: Cites)]),\n\
         Claim(subject: \"a\", relation: \"met\", object: \"b\", when: \"2025-11\", evidence: [(source: \"s\")]),\n\
         Claim(id: \"c\", subject: \"b\", relation: \"met\", object: \"a\",\n\
           evidence: [(source: \"t\", according_to: [\"a\"], quote: \"so\"), (source: \"s\", stance: Denies)]) ]",
    )
}

/// Opens and asks: an error at once, an error later, or the very answer.
fn opened_and_asked(bytes: &[u8], answer: &Result<String, Failure>) -> Option<bool> {
    let (engine, _) = Engine::of_bytes(bytes).ok()?;
    match casebook::columns::guarded(|| ask(&engine, QUESTION)) {
        Err(_) | Ok(Err(Failure::Damaged(_))) => Some(true),
        Ok(asked) => Some(asked == *answer),
    }
}

#[test]
fn no_beginning_of_a_file_is_taken_for_the_whole() {
    let bytes = bytes(&tiny(), Block::new(6));
    for end in 0..bytes.len() {
        assert!(
            Engine::of_bytes(&bytes[..end]).is_err(),
            "{end} of {} bytes",
            bytes.len()
        );
    }
    assert!(Engine::of_bytes(&[bytes.clone(), vec![0]].concat()).is_err());
}

#[test]
fn a_flipped_bit_is_never_trusted() {
    let engine = tiny();
    let answer = ask(&engine, QUESTION);
    assert!(
        answer.as_ref().is_ok_and(|answer| answer.contains("Ada")),
        "{answer:?}"
    );
    let mut bytes = bytes(&engine, Block::new(6));
    let mut rng = fastrand::Rng::with_seed(0xb17);
    let (mut opened, flips) = (0, 100_000);
    for _ in 0..flips {
        let (at, bit) = (rng.usize(..bytes.len()), 1 << rng.u32(..8));
        bytes[at] ^= bit;
        let right = opened_and_asked(&bytes, &answer);
        opened += u32::from(right.is_some());
        assert_ne!(
            right,
            Some(false),
            "byte {at}, bit {bit} of {} bytes",
            bytes.len()
        );
        bytes[at] ^= bit;
    }
    assert!(
        opened > flips / 50,
        "damage is met after opening too: {opened}"
    );
    assert_eq!(opened_and_asked(&bytes, &answer), Some(true));
}

#[test]
fn other_versions_and_other_files_are_refused() {
    let bytes = bytes(&golden::small(), Block::default());
    let said = |bytes: &[u8]| {
        Engine::of_bytes(bytes)
            .err()
            .map(|problem| problem.to_string())
    };
    let changed = |at: usize| {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x40;
        said(&bytes).unwrap()
    };
    assert_eq!(said(&bytes), None);
    assert_eq!(changed(0), "it is no compiled casebook");
    assert!(changed(8).contains("another version"));
    assert!(changed(12).contains("another version"));
    assert_eq!(changed(40), "it is damaged or cut short");
    assert_eq!(
        said(b"Casebook(format: 1)").unwrap(),
        "it is no compiled casebook"
    );
}

#[test]
fn a_file_replaced_while_it_is_open_answers_as_it_did() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a.cbk");
    let engine = golden::small();
    fs::write(&path, bytes(&engine, Block::default())).unwrap();
    let (open, _) = Engine::open(&path).unwrap();
    casebook::load::files::write_atomically(&path, b"something else").unwrap();
    assert_eq!(ask(&open, QUESTION), ask(&engine, QUESTION));
    assert!(Engine::open(&path).is_err());
}

#[test]
fn the_commands_take_a_compiled_casebook() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("harbour.cbk");
    let file = path.to_str().unwrap();
    let (status, answer, notices) = run(&["-c", "data/harbour", "compile", "-o", file]);
    assert_eq!((status, answer.as_str()), (0, ""));
    assert!(notices.contains(" claims, "), "{notices}");
    let texts = "data/harbour/texts";
    for arguments in [
        &["ask", "who", "met", "whom"][..],
        &["ask", "who", "mett", "whom"],
        &["test", "queries/harbour"],
        &["show", "Tamsin", "Oake"],
        &["timeline", "Tamsin", "Oake"],
        &["report", "who met whom"],
        &["export", "json"],
        &["export", "dot"],
        &["verify"],
        &["check"],
        &["diff", "data/harbour", file],
    ] {
        let with = |casebook| run(&[&["-c", casebook, "--texts", texts], arguments].concat());
        let (compiled, sources) = (with(file), with("data/harbour"));
        if matches!(arguments[0], "check" | "diff" | "verify") {
            assert_eq!(compiled.0, sources.0, "{arguments:?}: {compiled:?}");
        } else {
            assert_eq!(compiled, sources, "{arguments:?}");
        }
    }
    let (status, _, notices) = run(&["-c", file, "-c", "data/harbour", "ask", "who met whom"]);
    assert_eq!(status, 3);
    assert!(notices.contains("cannot be one of several"), "{notices}");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let (status, _, notices) = run(&["-c", file, "ask", "who met whom"]);
    assert_eq!(status, 3);
    assert!(
        notices.contains("damaged or cut short") && notices.contains("casebook compile"),
        "{notices}"
    );
    // The last block is met only when it is asked for.
    let mut damaged = whole;
    let middle = damaged.len() - 9;
    damaged[middle] ^= 1;
    fs::write(&path, &damaged).unwrap();
    let (status, _, notices) = run(&["-c", file, "ask", "who met whom"]);
    assert!(matches!(status, 3 | 4), "{status}");
    assert!(notices.contains("compile it again"), "{notices}");
}

/// A casebook of 25,000 claims as text.
fn large() -> String {
    let mut text = String::from(
        "[ Casebook(format: 1, title: \"Large\"), Kind(id: \"person\", plural: \"people\", actor: true),\n\
         Relation(id: \"met\", forms: [\"met\"]), Source(id: \"s\", type: Article, title: \"S\"),\n",
    );
    for at in 0..200 {
        text.push_str(&format!(
            "Entity(id: \"e{at}\", kind: \"person\", name: \"Name {at}\"),\n"
        ));
    }
    for at in 0..25_000 {
        let (from, to) = (at % 199, at % 200);
        text.push_str(&format!(
            "Claim(id: \"c{at}\", subject: \"e{from}\", relation: \"met\", object: \"e{to}\", evidence: [(source: \"s\")]),\n"
        ));
    }
    text.push(']');
    text
}

fn kept(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).into_iter().flatten();
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn a_large_casebook_is_kept_compiled_and_never_trusted_blindly() {
    let directory = tempfile::tempdir().unwrap();
    let (file, cache) = (
        directory.path().join("large.ron"),
        directory.path().join("cache"),
    );
    fs::write(&file, large()).unwrap();
    let ask = |cache: &str, question: &str| {
        let arguments = ["-c", file.to_str().unwrap(), "ask", question, "|", "count"];
        run_with(&arguments, &[("CASEBOOK_CACHE", cache)])
    };
    let here = cache.to_str().unwrap();
    let plain = ask("", "who met @e7");
    assert_eq!((plain.0, kept(&cache).len()), (0, 0), "{plain:?}");
    assert_eq!(ask(here, "who met @e7"), plain);
    let [path] = &kept(&cache)[..] else {
        panic!("one file is kept")
    };
    assert_eq!(ask(here, "who met @e7"), plain, "from the cache");
    // Damage is noticed wherever it is, and the answer comes from the sources.
    let whole = fs::read(path).unwrap();
    for at in [9, 100, whole.len() / 3, whole.len() / 2, whole.len() - 9] {
        let mut damaged = whole.clone();
        damaged[at] ^= 4;
        fs::write(path, damaged).unwrap();
        assert_eq!(ask(here, "who met @e7"), plain, "byte {at}");
    }
    fs::write(path, &whole[..whole.len() - 1]).unwrap();
    assert_eq!(ask(here, "who met @e7"), plain, "cut short");
    // A change of the sources is seen at once, whatever their size and time.
    let text = large().replace("object: \"e7\"", "object: \"e8\"");
    fs::write(&file, text).unwrap();
    assert_ne!(ask(here, "who met @e7").1, plain.1);
    // Where nothing can be kept, the question is answered all the same, and a note says so.
    fs::write(directory.path().join("file"), "").unwrap();
    let blocked = directory.path().join("file").join("cache");
    let (status, _, notices) = ask(blocked.to_str().unwrap(), "who met @e8");
    assert_eq!(status, 0);
    assert!(
        notices.contains("note: the casebook cannot be kept compiled"),
        "{notices}"
    );
}
