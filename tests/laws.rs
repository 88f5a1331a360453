//! The evaluator against the naive one, and the laws that hold of all answers.

use crate::support::agreement::{Both, Row, Seen, shrink};
use crate::support::generate::{Questions, Taste, Wanted, casebook, dump};
use crate::support::naive::Cell;
use crate::support::naive::world::without;
use casebook::model::Casebook;
use casebook::query::question::{print::print, spans};
use casebook::query::simplify::{PASSES, Passes};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Casebooks of the great comparison, and questions about each.
const CASEBOOKS: u64 = 1_050;
const QUESTIONS: usize = 20;

/// What a part of the great comparison has seen.
#[derive(Default)]
struct Tally {
    pairs: usize,
    answered: usize,
    failure: Option<String>,
}

#[test]
fn the_evaluator_agrees_with_the_naive_one() {
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get().min(8) as u64);
    let parts: Vec<Tally> = std::thread::scope(|scope| {
        let part = |at| scope.spawn(move || compare((at..CASEBOOKS).step_by(threads as usize)));
        let running: Vec<_> = (0..threads).map(part).collect();
        running
            .into_iter()
            .map(|part| part.join().unwrap())
            .collect()
    });
    let failures: Vec<&String> = parts
        .iter()
        .filter_map(|part| part.failure.as_ref())
        .collect();
    assert!(failures.is_empty(), "{}", failures[0]);
    let pairs: usize = parts.iter().map(|part| part.pairs).sum();
    let answered: usize = parts.iter().map(|part| part.answered).sum();
    assert!(pairs >= 20_000, "only {pairs} pairs were compared");
    assert!(
        answered * 5 >= pairs * 2,
        "only {answered} of {pairs} questions had an answer"
    );
}

fn compare(seeds: impl Iterator<Item = u64>) -> Tally {
    let mut tally = Tally::default();
    for seed in seeds {
        let mut rng = fastrand::Rng::with_seed(seed);
        let both = Both::of(casebook(&mut rng));
        let world = both.world();
        for number in 0..QUESTIONS {
            let text = Questions::new(&both.book, &mut rng, Taste::ALL).question();
            let Ok(question) = both.parse(&text) else {
                continue;
            };
            tally.pairs += 1;
            let compared = both.difference(&world, &text, &question);
            tally.answered += usize::from(compared.answered);
            if compared.said.is_some() {
                let differs = |book: &Casebook| {
                    let both = Both::of(book.clone());
                    let question = both.parse(&text).ok()?;
                    both.difference(&both.world(), &text, &question).said
                };
                let smallest = shrink(&both.book, &differs);
                tally.failure = Some(format!(
                    "seed {seed}, question {number}: {text}\n{smallest}"
                ));
                return tally;
            }
        }
    }
    tally
}

/// Runs a law on casebooks of its own until it has held some hundreds of times; `None` is a case that the law says
/// nothing about.
fn law(name: &str, law: impl Fn(&Both, &mut fastrand::Rng) -> Option<Result<(), String>>) {
    let mut held = 0;
    for seed in 0..400 {
        let mut rng = fastrand::Rng::with_seed(seed ^ 0x1a75);
        let both = Both::of(casebook(&mut rng));
        for _ in 0..6 {
            match law(&both, &mut rng) {
                None => {}
                Some(Ok(())) => held += 1,
                Some(Err(why)) => panic!("{name}, seed {seed}: {why}\n{}", dump(&both.book)),
            }
        }
        if held >= 400 {
            return;
        }
    }
    assert!(held >= 200, "{name}: only {held} cases");
}

fn check(holds: bool, why: impl FnOnce() -> String) -> Option<Result<(), String>> {
    Some(if holds { Ok(()) } else { Err(why()) })
}

/// The values of a row by column, and the row without them.
type NamedRow = (BTreeMap<String, Cell>, Row);

/// Rows with their values by column, and the notes: what does not depend on the order of columns.
fn by_name(seen: &Seen) -> (BTreeSet<NamedRow>, BTreeMap<String, u64>) {
    let row = |row: &Row| {
        let names = seen.columns.iter().cloned();
        let values = names.zip(row.values.iter().cloned()).collect();
        (
            values,
            Row {
                values: Vec::new(),
                ..row.clone()
            },
        )
    };
    // What one `not` has taken away no later one is asked of.
    let notes = seen.notes.iter().filter(|(name, _)| *name != "left-out");
    let notes = notes.map(|(name, count)| (name.clone(), *count)).collect();
    (seen.rows.iter().map(row).collect(), notes)
}

fn values(seen: &Seen) -> BTreeSet<&Vec<Cell>> {
    seen.rows.iter().map(|row| &row.values).collect()
}

fn say_the_same(both: &Both, one: &str, other: &str) -> Option<Result<(), String>> {
    let (first, second) = (both.asked(one).ok()?, both.asked(other).ok()?);
    check(by_name(&first) == by_name(&second), || {
        format!(
            "{one}\n{:#?}\n{other}\n{:#?}",
            by_name(&first),
            by_name(&second)
        )
    })
}

#[test]
fn the_order_of_clauses_does_not_matter() {
    law("order of clauses", |both, rng| {
        let mut clauses =
            Questions::new(&both.book, rng, Taste::ALL).shared_clauses(Wanted::Variable);
        let bracketed = |clauses: &[String]| format!("({})", clauses.join(") and ("));
        let one = bracketed(&clauses);
        rng.shuffle(&mut clauses);
        say_the_same(both, &one, &bracketed(&clauses))
    });
}

#[test]
fn active_and_passive_say_the_same() {
    law("active and passive", |both, rng| {
        let plain = Questions::new(&both.book, rng, Taste::ALL).plain_clause()?;
        say_the_same(both, &plain.active(), &plain.passive())
    });
}

#[test]
fn symmetric_verbs_commute() {
    law("symmetric verbs", |both, rng| {
        let plain = Questions::new(&both.book, rng, Taste::ALL).plain_clause()?;
        if !plain.relation.symmetric {
            return None;
        }
        say_the_same(both, &plain.active(), &plain.turned())
    });
}

/// A question without negation whose one verb has a window; the windows follow one another in `windows`.
fn windowed(both: &Both, rng: &mut fastrand::Rng, windows: [&str; 2]) -> Option<[String; 2]> {
    let taste = Taste {
        negation: false,
        ..Taste::ALL
    };
    let mut questions = Questions::new(&both.book, rng, taste);
    let plain = questions.plain_clause()?;
    let beside = questions.shared_clauses(Wanted::Variable);
    let beside = if questions.rng.bool() {
        format!(" and ({})", beside.join(") and ("))
    } else {
        String::new()
    };
    let bound = [" with at most", " with only", "certainly", "undated"];
    if bound.iter().any(|word| plain.qualifiers.contains(word)) {
        return None;
    }
    Some(windows.map(|window| format!("({} {window}){beside}", plain.active())))
}

#[test]
fn what_is_certain_is_possible() {
    law("certainly and possibly", |both, rng| {
        let date = ["2025-10", "2025-11", "2025", "2025-10-24"][rng.usize(..4)];
        let word = ["in", "since", "before", "until", "after"][rng.usize(..5)];
        let (sure, may) = (
            format!("certainly {word} {date}"),
            format!("possibly {word} {date}"),
        );
        let [sure, may] = windowed(both, rng, [&sure, &may])?;
        let (certain, possible) = (both.asked(&sure).ok()?, both.asked(&may).ok()?);
        check(values(&certain).is_subset(&values(&possible)), || {
            format!("{sure}\n{may}")
        })
    });
}

#[test]
fn a_wider_window_loses_no_row() {
    law("widening", |both, rng| {
        let (narrow, wide) = [
            ("in 2025-10", "in 2025"),
            ("on 2025-10-24", "during 2025-10"),
            ("since 2025-11", "since 2025-10"),
            ("before 2025-10", "until 2025-10"),
            ("after 2025-10", "since 2025-10"),
            ("between 2025-10 and 2025-11", "between 2024 and 2025"),
            ("in 2025-11", "possibly in 2025-1X"),
        ][rng.usize(..7)];
        let [narrow, wide] = windowed(both, rng, [narrow, wide])?;
        let (less, more) = (both.asked(&narrow).ok()?, both.asked(&wide).ok()?);
        check(values(&less).is_subset(&values(&more)), || {
            format!("{narrow}\n{wide}")
        })
    });
}

/// Rows whose paths have every step in the direction of the path: which way a symmetric fact is written depends on its
/// first claim.
fn along_paths(seen: &Seen) -> Seen {
    let mut seen = seen.clone();
    for cell in seen.rows.iter_mut().flat_map(|row| &mut row.values) {
        if let Cell::Path(steps) = cell {
            for (fact, backwards) in steps {
                if std::mem::take(backwards) {
                    fact.swap(0, 2);
                }
            }
        }
    }
    if seen.columns.iter().any(|name| name == "path") {
        seen.rows.sort();
    }
    seen
}

#[test]
fn ignoring_is_deleting() {
    law("ignoring", |both, rng| {
        let taste = Taste {
            stages: false,
            ..Taste::ALL
        };
        let text = Questions::new(&both.book, rng, taste).question();
        if text.contains('[') || text.ends_with('?') {
            // A number stands for another source where one is missing; and nothing follows a question mark.
            return None;
        }
        if text.starts_with("contradiction") && !both.book.judged.is_empty() {
            // What is judged is named by ids, and these are made anew where earlier claims are missing.
            return None;
        }
        let ids = both.book.sources.iter().map(|source| &source.id.value);
        let ids: Vec<&String> = ids
            .chain(both.book.publications.iter().map(|p| &p.id.value))
            .collect();
        let ignored: BTreeSet<&String> = (0..2).filter_map(|_| rng.choice(&ids).copied()).collect();
        let names: Vec<String> = ignored.iter().map(|id| format!("@{id}")).collect();
        let things = ignored.iter().map(|id| Rc::from(id.as_str())).collect();
        let (deleted, positions) = without(&both.book, &things, &|_| true);
        let mut there = Both::of(deleted).asked(&text).ok()?;
        for row in &mut there.rows {
            let moved = |set: &BTreeSet<usize>| set.iter().map(|&at| positions[at]).collect();
            for value in &mut row.values {
                if let Cell::Side(side) = value {
                    side.iter_mut().for_each(|(at, _)| *at = positions[*at]);
                }
            }
            row.witnesses = row.witnesses.iter().map(moved).collect();
        }
        let ignoring = format!("{text} ignoring {}", names.join(", "));
        let here = both.asked(&ignoring).ok()?;
        let (here, there) = (along_paths(&here), along_paths(&there));
        check(here == there, || {
            format!("{ignoring}\n{here:#?}\n{there:#?}")
        })
    });
}

#[test]
fn without_its_sources_a_row_is_gone() {
    law("dropping sources", |both, rng| {
        let taste = Taste {
            statuses: false,
            ..Taste::POSITIVE
        };
        let text = Questions::new(&both.book, rng, taste).question();
        if text.contains(" with at most") || text.contains(" with only") {
            return None;
        }
        let seen = both.asked(&text).ok()?;
        let row = rng.choice(&seen.rows)?;
        let names: Vec<String> = row.sources.iter().map(|id| format!("@{id}")).collect();
        let ignoring = format!("{text} ignoring {}", names.join(", "));
        let left = both.asked(&ignoring).ok()?;
        check(!values(&left).contains(&row.values), || {
            format!("{ignoring}\n{row:?}")
        })
    });
}

#[test]
fn an_alternative_loses_no_row() {
    law("or", |both, rng| {
        let one = Questions::new(&both.book, rng, Taste::ALL).expression_alone();
        let other = Questions::new(&both.book, rng, Taste::ALL).expression_alone();
        let either = format!("({one}) or ({other})");
        let (less, more) = (both.asked(&one).ok()?, both.asked(&either).ok()?);
        let widened = |row: &Row| -> Vec<Cell> {
            let value = |column| {
                let at = less.columns.iter().position(|known| known == column);
                at.map_or(Cell::Empty, |at| row.values[at].clone())
            };
            more.columns.iter().map(value).collect()
        };
        let all = values(&more);
        let lost = less.rows.iter().find(|row| !all.contains(&widened(row)));
        check(lost.is_none(), || format!("{either}\n{lost:?}"))
    });
}

#[test]
fn what_is_affirmed_and_what_is_held_back_is_all() {
    law("held back", |both, rng| {
        let taste = Taste {
            statuses: false,
            ..Taste::ALL
        };
        let plain = Questions::new(&both.book, rng, taste).plain_clause()?;
        if plain.qualifiers.contains(" with ") {
            return None;
        }
        let claims = |seen: &Seen| -> BTreeSet<usize> {
            seen.rows
                .iter()
                .flat_map(|row| &row.witnesses)
                .flatten()
                .copied()
                .collect()
        };
        let (text, all) = (plain.active(), format!("{} as anything", plain.active()));
        let (affirmed, anything) = (both.asked(&text).ok()?, both.asked(&all).ok()?);
        let held: u64 = affirmed
            .notes
            .iter()
            .filter(|(name, _)| name.starts_with("held-back"))
            .map(|(_, count)| count)
            .sum();
        let (one, other) = (claims(&affirmed), claims(&anything));
        let sum = one.len() as u64 + held == other.len() as u64;
        check(sum && one.is_subset(&other), || {
            format!("{text}: {one:?}, {held}, {other:?}")
        })
    });
}

#[test]
fn printing_what_was_read_reads_the_same() {
    law("print and parse", |both, rng| {
        let text = Questions::new(&both.book, rng, Taste::ALL).question();
        let read = both.parse(&text).ok()?;
        let printed = print(&read, &both.vocabulary);
        let again = match both.parse(&printed) {
            Ok(again) => again,
            Err(problem) => return Some(Err(format!("{text}\n{printed}\n{problem:?}"))),
        };
        let same = spans::without(&read) == spans::without(&again)
            && print(&again, &both.vocabulary) == printed;
        check(same, || {
            format!("{text}\n{printed}\n{}", print(&again, &both.vocabulary))
        })
    });
}

/// Beside the great comparison, where few questions ask for them: in every generated casebook, and of every kind.
#[test]
fn contradictions_are_those_that_the_naive_finder_finds() {
    let mut kinds: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    let mut judged = 0;
    for seed in 0..300 {
        let both = Both::of(casebook(&mut fastrand::Rng::with_seed(seed ^ 0xc0_4a)));
        let text = "contradictions";
        let question = both.parse(text).unwrap();
        let said = both.difference(&both.world(), text, &question).said;
        let differs = |book: &Casebook| {
            let both = Both::of(book.clone());
            both.difference(&both.world(), text, &question).said
        };
        if said.is_some() {
            panic!("seed {seed}: {}", shrink(&both.book, &differs));
        }
        let seen = both.asked(text).unwrap();
        for row in &seen.rows {
            let Cell::Word(kind) = row.values[0] else {
                panic!("{:?}", row.values);
            };
            kinds.entry(kind.to_owned()).or_default()[usize::from(row.certain)] += 1;
        }
        judged += seen.notes.get("judged").copied().unwrap_or(0);
    }
    assert!(judged > 0, "none was judged");
    assert_eq!(kinds.len(), 8, "{kinds:?}");
    let certain = kinds.values().filter(|[_, certain]| *certain > 0);
    assert!(certain.count() >= 6, "{kinds:?}");
}

#[test]
fn the_same_question_gets_the_same_bytes() {
    law("determinism", |both, rng| {
        let text = Questions::new(&both.book, rng, Taste::ALL).question();
        let once = format!("{:?}", both.ask(&text));
        let again = format!("{:?}", Both::of(both.book.clone()).ask(&text));
        check(once == again, || format!("{text}\n{once}\n{again}"))
    });
}

#[test]
fn simplifying_a_plan_changes_no_row() {
    law("simplified plans", |both, rng| {
        let text = Questions::new(&both.book, rng, Taste::ALL).question();
        let (simplified, plain) = (both.ask(&text), both.ask_with(&text, Passes::NONE));
        check(simplified == plain, || {
            format!("{text}\n{simplified:#?}\n{plain:#?}")
        })
    });
}

#[test]
fn no_pass_changes_a_row_alone_or_by_its_absence() {
    law("passes", |both, rng| {
        let text = Questions::new(&both.book, rng, Taste::ALL).question();
        let plain = both.ask_with(&text, Passes::NONE);
        let pass = PASSES[rng.usize(..PASSES.len())].name;
        let without = Passes::ALL.without(pass)?;
        let others = PASSES.iter().filter(|other| other.name != pass);
        let alone = others.fold(Passes::ALL, |on, other| {
            on.without(other.name).unwrap_or(on)
        });
        let differs = [without, alone]
            .into_iter()
            .find(|&passes| both.ask_with(&text, passes) != plain);
        check(differs.is_none(), || {
            format!("{text}: {differs:?} ({pass})")
        })
    });
}
