//! The limit: data to ask about, right answers, and how fast the machine gives them when the program knows every query.
//!
//! - `limit generate EVENTS DIRECTORY [SEED]` writes a data set of invented events.
//! - `limit parameters DIRECTORY [SEED]` writes `params.json`, what to ask.
//! - `limit answers DIRECTORY` reads it and writes `answers.json`: the same with the number of rows of each right answer,
//!   and a checksum. Where `params.json` holds checksums already, they must agree.
//! - `limit measure DIRECTORY [REPEAT]` prints how long each query takes over hand-written columns, as JSON.

mod columns;
mod data;
mod generate;
mod parameters;
mod queries;
mod random;

use columns::Columns;
use data::Data;
use queries::{Answer, QUERIES, Scratch};
use serde_json::{Map, Value, json};
use std::error::Error;
use std::path::Path;
use std::time::Instant;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let seed = |text: Option<&&str>, usual: u64| text.map_or(Ok(usual), |text| text.parse());
    match words.as_slice() {
        ["generate", events, directory, rest @ ..] => {
            let seed = seed(rest.first(), 42)?;
            Ok(generate::generate(
                events.parse()?,
                Path::new(directory),
                seed,
            )?)
        }
        ["parameters", directory, rest @ ..] => {
            let data = Columns::of(Data::read(Path::new(directory))?);
            let drawn = parameters::draw(&data, seed(rest.first(), 7)?);
            let entries = |sets: &Value| -> Value {
                let sets = sets.as_array().into_iter().flatten();
                sets.map(|set| json!({ "p": set })).collect()
            };
            let queries: Map<String, Value> = drawn
                .iter()
                .map(|(query, sets)| (query.clone(), entries(sets)))
                .collect();
            write(directory, "params.json", &json!({ "queries": queries }))
        }
        ["answers", directory] => answers(directory),
        ["measure", directory, rest @ ..] => measure(directory, seed(rest.first(), 7)?),
        _ => Err("limit generate|parameters|answers|measure DIRECTORY; see src/main.rs".into()),
    }
}

fn read(directory: &str, name: &str) -> Outcome<Value> {
    let bytes = std::fs::read(Path::new(directory).join(name))?;
    Ok(serde_json::from_slice(&bytes)?)
}

fn write(directory: &str, name: &str, value: &Value) -> Outcome<()> {
    let text = serde_json::to_string_pretty(value)?;
    Ok(std::fs::write(
        Path::new(directory).join(name),
        text + "\n",
    )?)
}

/// The parameters of a query. Those of facts are those of edges where the file was made before there were any.
fn entries<'v>(parameters: &'v Value, query: &str) -> &'v [Value] {
    let queries = &parameters["queries"];
    let known = queries.get(query).or_else(|| match query {
        "q05f_count_facts" => queries.get("q05_count"),
        _ => None,
    });
    known.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Queries that some files of parameters answer otherwise: there, paths follow the direction of edges, edges are counted
/// where facts are now, and rows of the last rank are chosen by number.
const ASKED_OTHERWISE: [&str; 7] = [
    "q05f_count_facts",
    "q10_top_dst",
    "q10b_top_src_all",
    "q12_path",
    "q13_corrob",
    "q14_timeline",
    "q16_degree",
];

fn answers(directory: &str) -> Outcome<()> {
    let parameters = read(directory, "params.json")?;
    let data = Columns::of(Data::read(Path::new(directory))?);
    let mut scratch = Scratch::new(data.entities);
    let mut answer = Answer::default();
    let mut all = Map::new();
    for (query, width) in QUERIES {
        let mut answered = Vec::new();
        for entry in entries(&parameters, query) {
            let set = &entry["p"];
            queries::answer(&data, query, set, &mut scratch, true, &mut answer);
            let made = entry_of(set, width, &answer);
            let given = entry
                .get("sum")
                .filter(|_| !ASKED_OTHERWISE.contains(&query));
            if given.is_some_and(|sum| *sum != made["sum"] || entry["n"] != made["n"]) {
                return Err(format!("{query} {set}: params.json has {entry}, not {made}").into());
            }
            answered.push(made);
        }
        all.insert(query.to_owned(), answered.into());
    }
    let sizes = json!({ "entities": data.entities, "edges": data.edges.len() });
    write(
        directory,
        "answers.json",
        &json!({ "data": sizes, "queries": all }),
    )
}

/// `n` rows; `sum` is that of those that are sure, `tied` the hashes of all that share the last rank.
fn entry_of(set: &Value, width: usize, answer: &Answer) -> Value {
    let tied: Vec<u64> = hashes(&answer.tied, width).collect();
    let sure = hashes(&answer.rows, width).filter(|hash| !tied.contains(hash));
    let sum = sure.fold(0, u64::wrapping_add);
    let mut entry = json!({
        "p": set,
        "n": answer.rows.len() / width,
        "sum": format!("{sum:016x}"),
        "head": answer.rows.iter().take(3 * width).collect::<Vec<_>>(),
    });
    if !tied.is_empty() {
        let tied: Vec<String> = tied.iter().map(|hash| format!("{hash:016x}")).collect();
        entry["tied"] = tied.into();
    }
    entry
}

/// A hash of each row; their sum is the same in any order. casebook's side and the harness in Python compute the same.
fn hashes(rows: &[u32], width: usize) -> impl Iterator<Item = u64> + '_ {
    rows.chunks_exact(width).map(|row| {
        row.iter().fold(0_u64, |hash, &cell| {
            let hash = hash
                .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                .wrapping_add(u64::from(cell) + 1);
            hash ^ (hash >> 29)
        })
    })
}

/// What is faster than this is repeated within one measurement, since the clock could not tell.
const SHORT: f64 = 2e-5;
const WITHIN: u32 = 200;

fn measure(directory: &str, repeat: u64) -> Outcome<()> {
    let wanted = read(directory, "answers.json")?;
    let began = Instant::now();
    let data = Columns::of(Data::read(Path::new(directory))?);
    let loaded = began.elapsed().as_secs_f64();
    let mut scratch = Scratch::new(data.entities);
    let mut answer = Answer::default();
    let mut results = Map::new();
    for (query, _) in QUERIES {
        let mut times = Vec::new();
        for entry in entries(&wanted, query) {
            let mut once = |times: u32| {
                let began = Instant::now();
                for _ in 0..times {
                    queries::answer(&data, query, &entry["p"], &mut scratch, false, &mut answer);
                    std::hint::black_box(&answer.rows);
                }
                began.elapsed().as_secs_f64() / f64::from(times)
            };
            let mut least = f64::INFINITY;
            for _ in 0..repeat.max(1) {
                let took = once(1);
                least = least.min(if took < SHORT { once(WITHIN) } else { took });
            }
            times.push(least);
        }
        times.sort_unstable_by(f64::total_cmp);
        if let (Some(first), Some(last)) = (times.first(), times.last()) {
            let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
            let of_query = json!({
                "n_params": times.len(),
                "bad": 0,
                "median_s": at(50),
                "p95_s": at(95),
                "min_s": first,
                "max_s": last,
            });
            results.insert(query.to_owned(), of_query);
        }
    }
    println!(
        "{}",
        json!({ "engine": "limit", "load_s": loaded, "queries": results })
    );
    Ok(())
}
