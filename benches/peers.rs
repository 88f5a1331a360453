//! casebook's side of the comparison with other engines: the queries of a data set asked as text, timed until the answer and
//! its witnesses have been read, and every answer checked. `benches/peers/run` calls it and the others.
//!
//! `cargo bench --bench peers -- -c CASEBOOK --data DIRECTORY` prints JSON; the directory holds `answers.json`, which
//! `benches/peers/limit` writes. `--only q03_hop,q06_pairs` asks these alone, `--repeat 9` more often, `--questions` prints
//! the question of each query's first parameters.

#![allow(clippy::unwrap_used, reason = "a benchmark may fail")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it is a program")]

#[path = "peers/answers.rs"]
mod answers;
#[path = "peers/questions.rs"]
mod questions;

use answers::Rows;
use casebook::query::limits::Limits;
use casebook::query::vocabulary::Referent;
use casebook::query::{Engine, Failure, Request};
use casebook::session::{Origin, Session, Settings};
use casebook::text::fold;
use questions::Asked;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::hint::black_box;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

/// What is to be measured.
#[derive(Default)]
struct Arguments {
    casebook: Option<PathBuf>,
    data: Option<PathBuf>,
    only: Vec<String>,
    repeat: Option<usize>,
    questions: bool,
}

fn arguments() -> Arguments {
    let mut arguments = Arguments::default();
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "-c" => arguments.casebook = words.next().map(PathBuf::from),
            "--data" => arguments.data = words.next().map(PathBuf::from),
            "--only" => {
                let names = words.next().unwrap_or_default();
                arguments.only = names.split(',').map(str::to_owned).collect();
            }
            "--repeat" => arguments.repeat = words.next().and_then(|word| word.parse().ok()),
            "--questions" => arguments.questions = true,
            // Cargo adds `--bench`.
            _ => {}
        }
    }
    arguments
}

fn main() -> ExitCode {
    let arguments = arguments();
    let (Some(path), Some(data)) = (&arguments.casebook, &arguments.data) else {
        println!(
            "nothing to compare with: `benches/peers/run` makes data, asks all engines and calls this"
        );
        return ExitCode::SUCCESS;
    };
    let wanted = std::fs::read(data.join("answers.json")).unwrap();
    let wanted: Value = serde_json::from_slice(&wanted).unwrap();
    let began = Instant::now();
    let engine = open(path.clone());
    let opened = began.elapsed();
    let mut results = Map::new();
    let mut wrong = 0;
    for (query, entries) in wanted["queries"].as_object().unwrap() {
        if !arguments.only.is_empty() && !arguments.only.contains(query) {
            continue;
        }
        let entries = entries.as_array().unwrap();
        if arguments.questions {
            let first = entries.first().map_or(&Value::Null, |entry| &entry["p"]);
            println!("{query}\t{}", shown(&engine, query, first));
            continue;
        }
        let result = measure(&engine, query, entries, arguments.repeat.unwrap_or(5));
        wrong += result["bad"].as_u64().unwrap_or_default();
        eprintln!("{query} {result}");
        results.insert(query.clone(), result);
    }
    if !arguments.questions {
        println!(
            "{}",
            json!({
                "engine": "casebook",
                "version": format!("casebook {}", env!("CARGO_PKG_VERSION")),
                "open_s": opened.as_secs_f64(),
                "peak_rss_mb": peak_memory_mib(),
                "queries": results,
            })
        );
    }
    if wrong == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Opens a casebook as the program does.
fn open(path: PathBuf) -> Engine {
    Session::open(Origin::Paths(vec![path]), Settings::default())
        .unwrap()
        .engine
}

/// The longest that one question may run.
const LONGEST: Duration = Duration::from_secs(20);

/// No limit but on time and memory; three steps are what the query of chains asks for.
fn limits() -> Limits {
    Limits {
        rows: usize::MAX,
        steps: usize::MAX,
        chain: 3,
        time: LONGEST,
        memory_mib: 10 * 1024,
        ..Limits::default()
    }
}

fn asked(engine: &Engine, query: &str, parameters: &Value) -> Asked {
    questions::ask(query, parameters, engine.graph.relation_count() as usize)
}

fn shown(engine: &Engine, query: &str, parameters: &Value) -> String {
    match asked(engine, query, parameters) {
        Asked::Question(text) => text,
        Asked::Name(name) => format!("(vocabulary: {name})"),
        Asked::PartOfName(part) => format!("(vocabulary, containing: {part})"),
        Asked::NotYet(why) => format!("(not asked: {why})"),
    }
}

/// No query is asked with further parameters after this.
const PATIENCE: Duration = Duration::from_secs(60);

/// Times a query with each of its parameters and checks its answers. A question that reached a limit has no answer: the
/// query counts as stopped, with as long as that took, and is asked no more.
fn measure(engine: &Engine, query: &str, entries: &[Value], repeat: usize) -> Value {
    let began = Instant::now();
    let mut times = Vec::new();
    let mut stopped = None;
    let (mut rows, mut bad) = (0, Vec::new());
    for entry in entries {
        let asked = asked(engine, query, &entry["p"]);
        if let Asked::NotYet(why) = asked {
            return json!({ "na": why });
        }
        let mut least = Duration::MAX;
        let mut last = None;
        for round in 0..repeat.max(1) {
            let start = Instant::now();
            let outcome = answer(engine, query, &asked);
            let took = start.elapsed();
            least = least.min(took);
            last = Some(outcome);
            if (took > Duration::from_secs(1) && round > 0) || took > Duration::from_secs(5) {
                break;
            }
        }
        match last.unwrap() {
            Ok(outcome) => {
                let got = outcome.rows(engine, query);
                rows += got.len();
                let problem = got.problem(entry);
                bad.extend(problem.map(|what| format!("{query} {}: {what}", entry["p"])));
            }
            Err(Missing::Stopped(why)) => stopped = Some(format!("{}: {why}", entry["p"])),
            Err(Missing::Refused(why)) => bad.push(format!("{query} {}: {why}", entry["p"])),
        }
        times.push(least.as_secs_f64());
        if began.elapsed() > PATIENCE || stopped.is_some() {
            break;
        }
    }
    if times.is_empty() {
        return json!({ "na": "no parameters in this data" });
    }
    times.sort_unstable_by(f64::total_cmp);
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    json!({
        "n_params": times.len(),
        "of": entries.len(),
        "stopped": stopped,
        "bad": bad.len(),
        "problems": bad.iter().take(3).collect::<Vec<_>>(),
        "rows": rows,
        "median_s": at(50),
        "p95_s": at(95),
        "min_s": times[0],
        "max_s": times[times.len() - 1],
        "example": shown(engine, query, &entries[0]["p"]),
    })
}

/// What came, before it is put in the numbers of the data set.
enum Outcome {
    Answer(Box<casebook::query::answer::Answer>),
    Entities(Vec<u32>),
}

impl Outcome {
    fn rows(&self, engine: &Engine, query: &str) -> Rows {
        match self {
            Self::Answer(answer) => answers::rows(engine, query, answer),
            Self::Entities(found) => {
                let id = |&entity: &u32| answers::number(&engine.graph.entity(entity).id);
                Rows {
                    width: 1,
                    cells: found.iter().map(id).collect(),
                }
            }
        }
    }
}

/// Why nothing came.
enum Missing {
    /// A limit was reached.
    Stopped(String),
    /// The question cannot be read: the driver and the language have come apart.
    Refused(String),
}

/// From text to an answer that has been read.
fn answer(engine: &Engine, query: &str, asked: &Asked) -> Result<Outcome, Missing> {
    match asked {
        Asked::Question(text) => {
            let request = Request {
                text,
                parameters: &[],
                numbered: &[],
                limits: &limits(),
                interrupt: &AtomicBool::new(false),
            };
            let answer = engine.ask(&request).map_err(|failure| match failure {
                Failure::Stop(stop) => Missing::Stopped(stop.to_string()),
                Failure::Damaged(damaged) => Missing::Refused(damaged.to_string()),
                Failure::Question(found) => Missing::Refused(format!("{text:.200}: {found:?}")),
            })?;
            black_box(answers::read(engine, query, &answer));
            Ok(Outcome::Answer(Box::new(answer)))
        }
        Asked::Name(name) => Ok(Outcome::Entities(named(engine, name))),
        Asked::PartOfName(part) => Ok(Outcome::Entities(containing(engine, part))),
        Asked::NotYet(why) => Err(Missing::Refused((*why).to_owned())),
    }
}

/// Entities by a name or an alias. The vocabulary forgives more than the other engines do (case, accents); what it forgave
/// is left out.
fn named(engine: &Engine, name: &str) -> Vec<u32> {
    let found = engine.vocabulary.names(&fold::key(name)).into_iter();
    let entities = found.filter_map(|referent| match referent {
        Referent::Entity(entity) => Some(entity),
        _ => None,
    });
    let exact = |entity: &u32| {
        let record = engine.graph.entity(*entity);
        *record.name == name || record.aliases.iter().any(|alias| **alias == name)
    };
    let found: BTreeSet<u32> = entities.filter(exact).collect();
    found.into_iter().collect()
}

/// Entities with this, in small letters, in a name or an alias. The vocabulary forgives more than the other engines do; what
/// it forgave is left out.
fn containing(engine: &Engine, part: &str) -> Vec<u32> {
    let key = fold::key(part);
    let holds = |name: &str| name.to_lowercase().contains(part);
    let mut found = BTreeSet::new();
    for (shown, referents) in engine.vocabulary.containing(&key) {
        for referent in referents {
            let Referent::Entity(entity) = referent else {
                continue;
            };
            let aliases = || engine.graph.entity(entity).aliases.iter();
            if holds(shown)
                || holds(engine.graph.entity_name(entity))
                || aliases().any(|it| holds(it))
            {
                found.insert(entity);
            }
        }
    }
    found.into_iter().collect()
}

/// The most memory that this process has held, where the system says so.
fn peak_memory_mib() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    let kibibytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes / 1024.0)
}
