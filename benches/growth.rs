//! How time grows with the size of a casebook: the same questions over invented claims, sizes doubling.
//!
//! `cargo bench` runs it; `CASEBOOK_BENCH_MOST=1280000 cargo bench` goes further than 160,000 claims.

#![allow(clippy::unwrap_used, reason = "a benchmark may fail")]

use casebook::check;
use casebook::columns::Block;
use casebook::graph::{Graph, Provenance};
use casebook::import::{Around, Bytes, Input, Options, PRESETS, import};
use casebook::load;
use casebook::model::Casebook;
use casebook::query::compiled::Origins;
use casebook::query::limits::Limits;
use casebook::query::{Engine, Request};
use divan::{Bencher, black_box};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

fn main() {
    divan::main();
}

/// Claims of the smallest casebook.
const LEAST: usize = 10_000;

/// 10,000 claims, 20,000 … up to the most.
fn sizes() -> Vec<usize> {
    let most = std::env::var("CASEBOOK_BENCH_MOST");
    let most = most
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(160_000);
    std::iter::successors(Some(LEAST), |size| Some(size * 2))
        .take_while(|&size| size <= most)
        .collect()
}

/// A casebook as text: one actor for twenty claims, fifty verbs of very different frequency, ten years of days, one to
/// three of 500 sources for each claim. Actors are drawn by the square of a uniform number, so that few are in many claims.
fn text(claims: usize) -> String {
    let mut rng = fastrand::Rng::with_seed(7);
    let actors = (claims / 20).max(100);
    let mut text = String::from(
        "[\nCasebook(format: 1, title: \"Growth\"),\nKind(id: \"party\", plural: \"parties\", actor: true),\n",
    );
    for verb in 0..50 {
        let _ = writeln!(text, "Relation(id: \"v{verb}\", forms: [\"verb{verb}\"]),");
    }
    for source in 0..500 {
        let _ = writeln!(
            text,
            "Source(id: \"s{source}\", type: Article, title: \"Report {source}\"),"
        );
    }
    for actor in 0..actors {
        let _ = writeln!(
            text,
            "Entity(id: \"e{actor}\", kind: \"party\", name: \"Actor number {actor}\"),"
        );
    }
    let skewed = |rng: &mut fastrand::Rng, most: usize| {
        let share = rng.f64() * rng.f64();
        ((share * most as f64) as usize).min(most - 1)
    };
    for _ in 0..claims {
        let (subject, object) = (skewed(&mut rng, actors), skewed(&mut rng, actors));
        let verb = skewed(&mut rng, 50);
        let (year, month, day) = (2015 + rng.u32(..10), 1 + rng.u32(..12), 1 + rng.u32(..28));
        let sources: Vec<String> = (0..rng.usize(1..4))
            .map(|_| format!("(source: \"s{}\")", rng.u32(..500)))
            .collect();
        let _ = writeln!(
            text,
            "Claim(subject: \"e{subject}\", relation: \"v{verb}\", object: \"e{object}\", \
             when: \"{year}-{month:02}-{day:02}\", evidence: [{}]),",
            sources.join(", ")
        );
    }
    text + "]\n"
}

fn read(text: &str) -> Casebook {
    load::load_text("growth.ron", text).casebook
}

/// A casebook that is asked, made once for each size.
fn with_engine<T>(claims: usize, work: impl FnOnce(&'static Engine) -> T) -> T {
    static ENGINES: Mutex<BTreeMap<usize, &'static Engine>> = Mutex::new(BTreeMap::new());
    let mut engines = ENGINES.lock().unwrap_or_else(PoisonError::into_inner);
    let engine = *engines
        .entry(claims)
        .or_insert_with(|| Box::leak(Box::new(Engine::new(read(&text(claims))))));
    drop(engines);
    work(engine)
}

#[divan::bench(args = sizes(), sample_count = 5)]
fn load_with_spans(bencher: Bencher<'_, '_>, claims: usize) {
    let text = text(claims);
    bencher.bench_local(|| black_box(read(&text)));
}

#[divan::bench(args = sizes(), sample_count = 5)]
fn check_what_spoils_records(bencher: Bencher<'_, '_>, claims: usize) {
    let loaded = load::load_text("growth.ron", &text(claims));
    bencher.bench_local(|| black_box(check::spoilt(&loaded.casebook, &loaded.sources)));
}

#[divan::bench(args = sizes(), sample_count = 5)]
fn build_the_graph(bencher: Bencher<'_, '_>, claims: usize) {
    let book = read(&text(claims));
    bencher
        .with_inputs(|| book.clone())
        .bench_local_values(|book| black_box(Graph::build(book)));
}

#[divan::bench(args = sizes(), sample_count = 5)]
fn weigh_the_claims(bencher: Bencher<'_, '_>, claims: usize) {
    with_engine(claims, |engine| {
        bencher.bench_local(|| black_box(Provenance::of(&engine.graph, &[].into())));
    });
}

#[divan::bench(args = sizes(), sample_count = 5)]
fn compile_it(bencher: Bencher<'_, '_>, claims: usize) {
    with_engine(claims, |engine| {
        bencher.bench_local(|| black_box(compiled(engine)));
    });
}

fn compiled(engine: &Engine) -> Vec<u8> {
    let mut file = Vec::new();
    engine
        .compile(&Origins::default(), Block::default(), &mut file)
        .unwrap();
    file
}

#[divan::bench(args = sizes(), sample_count = 20)]
fn open_compiled(bencher: Bencher<'_, '_>, claims: usize) {
    let file = with_engine(claims, compiled);
    let path = std::env::temp_dir().join(format!("growth-{}-{claims}.cbk", std::process::id()));
    std::fs::write(&path, file).unwrap();
    bencher.bench_local(|| black_box(Engine::open(&path).unwrap()));
    std::fs::remove_file(&path).unwrap();
}

/// Tab separated events, as many as claims: read row by row into columns.
#[divan::bench(args = sizes(), sample_count = 5)]
fn import_events(bencher: Bencher<'_, '_>, claims: usize) {
    let mut rng = fastrand::Rng::with_seed(7);
    let mut rows = String::from("id\tsubject\trelation\tobject\tdate\tsource\n");
    for event in 0..claims {
        let actors = (claims / 20).max(100);
        let (one, other) = (rng.usize(..actors), rng.usize(..actors));
        let (verb, source) = (rng.u32(..50), rng.u32(..500));
        let (year, month, day) = (2015 + rng.u32(..10), 1 + rng.u32(..12), 1 + rng.u32(..28));
        let _ = writeln!(
            rows,
            "{event}\tActor number {one}\tverb{verb}\tActor number {other}\t{year}-{month:02}-{day:02}\tReport {source}"
        );
    }
    bencher
        .with_inputs(|| rows.clone().into_bytes())
        .bench_local_values(|rows| {
            let input = Input {
                name: "growth.tsv".to_owned(),
                bytes: Bytes::Stream(Box::new(std::io::Cursor::new(rows))),
            };
            let options = Options {
                preset: PRESETS.iter().find(|preset| preset.name == "tsv"),
                map: None,
                title: None,
                max_bad: 0,
            };
            let mut around = Around {
                open: &mut |_| Err(std::io::ErrorKind::NotFound.into()),
                progress: &mut |_| {},
                stop: &AtomicBool::new(false),
            };
            black_box(import(vec![input], options, &mut around).unwrap())
        });
}

/// From text to a plan: parsed, lowered and rewritten, run over nothing.
#[divan::bench(args = sizes(), sample_count = 20)]
fn read_and_plan(bencher: Bencher<'_, '_>, claims: usize) {
    with_engine(claims, |engine| {
        bencher.bench_local(|| {
            let request = Request {
                text: "who verb20 someone that verb30 @e50 since 2018",
                parameters: &[],
                numbered: &[],
                limits: &Limits::default(),
                interrupt: &AtomicBool::new(false),
            };
            black_box(engine.explain(&request).unwrap())
        });
    });
}

/// Question text in, answer with witnesses out.
fn ask(bencher: Bencher<'_, '_>, claims: usize, question: &str) {
    let limits = Limits {
        rows: usize::MAX,
        steps: usize::MAX,
        time: Duration::from_secs(600),
        ..Limits::default()
    };
    with_engine(claims, |engine| {
        bencher.bench_local(|| {
            let request = Request {
                text: question,
                parameters: &[],
                numbered: &[],
                limits: &limits,
                interrupt: &AtomicBool::new(false),
            };
            black_box(engine.ask(&request).unwrap())
        });
    });
}

macro_rules! questions {
    ($($name:ident: $question:literal),* $(,)?) => {$(
        #[divan::bench(args = sizes(), sample_count = 10, max_time = 5)]
        fn $name(bencher: Bencher<'_, '_>, claims: usize) {
            ask(bencher, claims, $question);
        }
    )*};
}

questions! {
    one_hop: "who verb30 @e50",
    one_hop_in_a_month: "who verb1 @e1 in 2018-03",
    two_hops: "who verb20 someone that verb30 @e50",
    both: "who verb1 both @e1 and @e2",
    anti_join: "who verb20 @e3 but not @e4",
    all_pairs: "who verb40 whom",
    count_of_a_verb: "who verb10 whom | count",
    top_ten: "who verb10 whom | count by whom | sort -count | take 10",
    corroborated: "who verb30 whom with 2 sources",
    timeline: "timeline of @e50 | take 50",
    shortest_path: "path from @e50 to @e90",
    chain: "who indirectly verb49 @e3",
    contradictions: "contradictions of @e50",
    within_a_week: "?x verb20 ?y when and ?x verb30 ?y when | where when2 within 7 days of when",
    degree: "(?x verb10 something) or (something verb10 ?x) | sort -claims | take 10",
}
