//! Laws
use crate::support::agreement::*;
use crate::support::generate::*;
use std::collections::BTreeMap;

#[test]
fn look() {
    let mut unread: BTreeMap<String, (usize, Vec<String>)> = BTreeMap::new();
    let mut differ = 0;
    let mut answered = 0;
    let mut total = 0;
    let mut refused = 0;
    let (mut t_e, mut t_n) = (std::time::Duration::ZERO, std::time::Duration::ZERO);
    let mut slow = vec![];
    let from: u64 = std::env::var("SEED")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(0);
    let many: u64 = std::env::var("MANY")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(60);
    let max: usize = std::env::var("MAX")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(3);
    for seed in from..from + many {
        let mut rng = fastrand::Rng::with_seed(seed);
        let both = Both::of(casebook(&mut rng));
        let world = both.world();
        for number in 0..20 {
            let text = Questions::new(&both.book, &mut rng, Taste::ALL).question();
            total += 1;
            let question = match both.parse(&text) {
                Ok(question) => question,
                Err(casebook::query::Failure::Question(problems)) => {
                    let e = unread.entry(problems[0].name.to_string()).or_default();
                    e.0 += 1;
                    let span = problems[0].labels.first().map(|l| l.span.range());
                    e.1.push(format!(
                        "{text}   [{:?}] {}",
                        span.and_then(|s| text.get(s)),
                        problems[0].message
                    ));
                    continue;
                }
                Err(_) => continue,
            };
            if std::env::var("VERB").is_ok() {
                eprintln!("{seed} {number} {text}");
            }
            let t0 = std::time::Instant::now();
            let _ = both.ask(&text);
            t_e += t0.elapsed();
            let t0 = std::time::Instant::now();
            let _ = both.naively(&world, &question);
            let t = t0.elapsed();
            slow.push((t, text.clone()));
            t_n += t;
            match both.asked(&text) {
                Ok(seen) => {
                    if !seen.rows.is_empty() {
                        answered += 1
                    }
                }
                Err(_) => refused += 1,
            }
            if let Some(said) = both.difference(&world, &text, &question) {
                differ += 1;
                if differ <= max {
                    let differs = |book: &casebook::model::Casebook| {
                        let both = Both::of(book.clone());
                        let question = both.parse(&text).ok()?;
                        both.difference(&both.world(), &text, &question)
                    };
                    if std::env::var("SHRINK").is_ok() {
                        eprintln!(
                            "seed {seed} {number}: {text}\n{}\n--",
                            shrink(&both.book, &differs)
                        );
                    } else {
                        eprintln!("seed {seed} {number}: {text}\n{said}\n--");
                    }
                }
            }
        }
    }
    eprintln!("total {total} answered {answered} differ {differ} refused {refused}");
    slow.sort();
    slow.reverse();
    eprintln!("engine {t_e:?} naive {t_n:?}");
    for (t, text) in slow.iter().take(max) {
        eprintln!("   {t:?} {text}");
    }
    for (name, (count, texts)) in &unread {
        eprintln!("{name} {count}");
        for t in texts.iter().take(max) {
            eprintln!("     {t}");
        }
    }
}
