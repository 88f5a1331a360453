//! Compiled casebooks as they grow: built from columns, written, opened and asked.
//!
//! `cargo bench --bench compiled -- 1000000 FILE.cbk` does it once for that many claims and keeps the file.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark says what it measures"
)]

use casebook::columns::Block;
use casebook::load::load_text;
use casebook::model::{ClaimColumns, Date};
use casebook::query::compiled::Origins;
use casebook::query::{Engine, Request, limits::Limits};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let done = work();
    println!(
        "{what:>10}: {:9.2} ms, peak {} MB",
        began.elapsed().as_secs_f64() * 1e3,
        peak()
    );
    done
}

/// The most memory that this process has held, where the system says it.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok())
        .unwrap_or(0)
        / 1024
}

/// Ten relations, a tenth as many entities as claims, a fiftieth as many sources, two pieces of evidence each.
fn columns(claims: u32) -> (casebook::model::Casebook, ClaimColumns) {
    let (entities, sources) = ((claims / 10).max(10), (claims / 50).max(10));
    let mut text = String::from("[ Kind(id: \"person\", plural: \"people\", actor: true),\n");
    for relation in 0..10 {
        let _ = writeln!(
            text,
            "Relation(id: \"did-{relation}\", forms: [\"did{relation}\"]),"
        );
    }
    text.push(']');
    let mut casebook = load_text("schema.ron", &text).casebook;
    let one = load_text(
        "one.ron",
        "[ Entity(id: \"e\", kind: \"person\", name: \"N\"), Source(id: \"s\", type: Article, title: \"T\") ]",
    );
    let (entity, source) = (&one.casebook.entities[0], &one.casebook.sources[0]);
    let mut rng = fastrand::Rng::with_seed(7);
    let syllables = [
        "ba", "ko", "ri", "ten", "mul", "sa", "vor", "nik", "el", "dra",
    ];
    for at in 0..entities {
        let mut entity = entity.clone();
        entity.id.value = format!("e{at}");
        let mut word = || {
            (0..3)
                .map(|_| syllables[rng.usize(..10)])
                .collect::<String>()
        };
        entity.name.value = format!("{} {} {at}", word(), word());
        casebook.entities.push(entity);
    }
    for at in 0..sources {
        let mut source = source.clone();
        source.id.value = format!("s{at}");
        source.title.value = format!("Report number {at}");
        casebook.sources.push(source);
    }
    let mut columns = ClaimColumns::default();
    for day in 0..2000_u32 {
        let date = format!(
            "{:04}-{:02}-{:02}",
            2018 + day / 336,
            1 + day / 28 % 12,
            1 + day % 28
        );
        columns.dates.push(Date::parse(&date).unwrap());
    }
    for at in 0..claims {
        let _ = write!(columns.ids, "c{at}");
        columns
            .id_ends
            .push(u32::try_from(columns.ids.len()).unwrap());
        columns.subjects.push(rng.u32(..entities));
        columns.relations.push(rng.u32(..10));
        columns.objects.push(rng.u32(..entities));
        columns.whens.push(rng.u32(..2000));
        columns
            .sources
            .extend([rng.u32(..sources), rng.u32(..sources)]);
        columns.evidence_ends.push(2 * at + 2);
    }
    (casebook, columns)
}

fn ask(engine: &Engine, text: &str) -> usize {
    let request = Request {
        text,
        parameters: &[],
        numbered: &[],
        limits: &Limits::default(),
        interrupt: &AtomicBool::new(false),
    };
    engine.ask(&request).unwrap().rows.len()
}

fn main() {
    let mut words = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"));
    let claims = words
        .next()
        .and_then(|word| word.parse().ok())
        .unwrap_or(100_000);
    let kept = words.next();
    let scratch = tempfile::tempdir().unwrap();
    let path = kept.map_or_else(
        || scratch.path().join("a.cbk"),
        |path| Path::new(&path).to_owned(),
    );
    let (casebook, columns) = timed("columns", || columns(claims));
    let engine = timed("build", || Engine::from_columns(casebook, columns));
    timed("write", || {
        let mut file = BufWriter::new(File::create(&path).unwrap());
        engine
            .compile(&Origins::default(), Block::default(), &mut file)
            .unwrap();
        file.flush().unwrap();
    });
    println!(
        "{:>10}: {:9.1} MB",
        "size",
        path.metadata().unwrap().len() as f64 / 1e6
    );
    let opened = timed("open", || Engine::open(&path).unwrap().0);
    let question = "who did3 @e77";
    for engine in [&engine, &opened] {
        timed("ask", || ask(engine, question));
    }
    timed("again", || ask(&opened, question));
    timed("near", || {
        opened
            .vocabulary
            .near(
                "bakori tenmul 7",
                &[casebook::query::vocabulary::Class::Name],
            )
            .len()
    });
}
