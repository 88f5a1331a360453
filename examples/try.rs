use casebook::{export, load, query::Engine, render};
use std::path::PathBuf;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let loaded = load::load(&[PathBuf::from(&args[1])], &Default::default()).unwrap();
    let width = std::env::var("COLS")
        .ok()
        .and_then(|c| c.parse().ok())
        .unwrap_or(80);
    let screen = render::Screen {
        width,
        color: std::env::var("COLOR").is_ok(),
    };
    eprint!(
        "{}",
        render::report::diagnostics(&loaded.diagnostics, &loaded.sources, &screen)
    );
    let engine = Engine::new(loaded.casebook);
    let g = &engine.graph;
    match args[2].as_str() {
        "schema" => print!("{}", render::schema(&engine, &screen)),
        "sources" => print!("{}", render::sources(&engine, &screen)),
        "entity" => print!(
            "{}",
            render::show_entity(&engine, g.entity_by_id(&args[3]).unwrap(), &screen)
        ),
        "claim" => print!(
            "{}",
            render::show_claim(&engine, g.claim_by_id(&args[3]).unwrap(), &screen)
        ),
        "source" => print!(
            "{}",
            render::show_source(
                &engine,
                g.agents()
                    .source_of(g.agents().find(&args[3]).unwrap())
                    .unwrap(),
                &screen
            )
        ),
        "pub" => print!(
            "{}",
            render::show_publication(&engine, args[3].parse().unwrap(), &screen)
        ),
        "ask" | "why" => {
            let limits = Default::default();
            let stop = std::sync::atomic::AtomicBool::new(false);
            let request = casebook::query::Request {
                text: &args[3],
                parameters: &[],
                numbered: &[],
                limits: &limits,
                interrupt: &stop,
            };
            match engine.ask(&request) {
                Ok(a) if args[2] == "why" => print!(
                    "{}",
                    render::why(&engine, &a, args[4].parse().unwrap(), &screen).unwrap()
                ),
                Ok(a) => {
                    let f = render::Format::find(args.get(4).map_or("table", |s| s)).unwrap();
                    print!("{}", render::answer(&engine, &a, f, &screen))
                }
                Err(e) => println!("{e:?}"),
            }
        }
        "export" => {
            let selection = match args.get(4) {
                None => export::Selection::whole(),
                Some(e) => {
                    let e = g.entity_by_id(e).unwrap();
                    export::Selection {
                        claims: Some(
                            (0..g.claim_count())
                                .filter(|c| g.subject(*c) == e || g.object(*c) == e)
                                .collect(),
                        ),
                    }
                }
            };
            print!(
                "{}",
                (export::find(&args[3]).unwrap().write)(&engine, &selection)
            );
        }
        _ => {}
    }
}
