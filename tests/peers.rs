//! The questions of the comparison with other engines, asked of the naive evaluator too: what is compared there is the
//! language as it is, and all three agree.

use crate::support::agreement::Both;
use questions::Asked;
use serde_json::{Value, json};
use std::fmt::Write as _;

#[path = "../benches/peers/questions.rs"]
mod questions;

const ENTITIES: u32 = 7;
const RELATIONS: u32 = 3;
const SOURCES: u32 = 5;
const EVENTS: u32 = 75;
/// 2018-01-01 as days since 1970-01-01, and how many days follow.
const FIRST_DAY: u32 = 17532;
const DAYS: u32 = 28;

/// Events as the import makes them: plain claims with a day, one to three sources each, pairs that meet again.
fn events(rng: &mut fastrand::Rng) -> Both {
    let mut text = String::from(
        "[Casebook(format: 1, title: \"Events\"), Kind(id: \"party\", plural: \"parties\", actor: true),\n",
    );
    for relation in 0..RELATIONS {
        let _ = writeln!(text, "Relation(id: \"r{relation}\"),");
    }
    for source in 0..SOURCES {
        let _ = writeln!(
            text,
            "Source(id: \"s{source}\", type: Article, title: \"Report {source}\"),"
        );
    }
    for entity in 0..ENTITIES {
        let _ = writeln!(
            text,
            "Entity(id: \"e{entity}\", kind: \"party\", name: \"Party {entity}\"),"
        );
    }
    for event in 0..EVENTS {
        let subject = rng.u32(..ENTITIES);
        let object = (subject + rng.u32(1..ENTITIES)) % ENTITIES;
        let first = rng.u32(..SOURCES);
        let told: Vec<String> = (0..rng.u32(1..4))
            .map(|next| format!("(source: \"s{}\")", (first + next) % SOURCES))
            .collect();
        let _ = writeln!(
            text,
            "Claim(id: \"c{event}\", subject: \"e{subject}\", relation: \"r{}\", object: \"e{object}\", \
             when: \"2018-01-{:02}\", evidence: [{}]),",
            rng.u32(..RELATIONS),
            rng.u32(..DAYS) + 1,
            told.join(", ")
        );
    }
    Both::of(casebook::load::load_text("events.ron", &(text + "]\n")).casebook)
}

/// Parameters for a query.
fn parameters(query: &str, rng: &mut fastrand::Rng) -> Value {
    let (one, other) = (rng.u32(..ENTITIES), rng.u32(1..ENTITIES));
    let other = (one + other) % ENTITIES;
    let (verb, second) = (rng.u32(..RELATIONS), rng.u32(1..RELATIONS));
    let second = (verb + second) % RELATIONS;
    let from = FIRST_DAY + rng.u32(..DAYS / 2);
    let to = from + DAYS / 2;
    match query {
        "q01_exact" | "q02_substr" => json!([format!("Party {one}")]),
        "q03_hop" | "q03w_hop_why" | "q11_reach3" => json!([verb, one]),
        "q04_hop_date" => json!([verb, one, from, to]),
        "q05d_count_date" => json!([verb, from, to]),
        "q07_twohop" | "q07w_twohop_why" => json!([verb, second, one]),
        "q08_common" => json!([verb, one, other]),
        "q09_anti" => json!([verb, one, second, other]),
        "q12_path" => json!([one, other]),
        "q14_timeline" => json!([one]),
        "q15_contra" => json!([verb, second]),
        "q10b_top_src_all" | "q16_degree" => json!([]),
        _ => json!([verb]),
    }
}

const QUERIES: [&str; 21] = [
    "q01_exact",
    "q02_substr",
    "q03_hop",
    "q03w_hop_why",
    "q04_hop_date",
    "q05_count",
    "q05d_count_date",
    "q05f_count_facts",
    "q06_pairs",
    "q07_twohop",
    "q07w_twohop_why",
    "q08_common",
    "q09_anti",
    "q10_top_dst",
    "q10b_top_src_all",
    "q11_reach3",
    "q12_path",
    "q13_corrob",
    "q14_timeline",
    "q15_contra",
    "q16_degree",
];

#[test]
fn the_naive_evaluator_agrees_on_what_other_engines_are_asked() {
    for query in QUERIES {
        let mut answered = 0;
        for seed in 0..8 {
            let mut rng = fastrand::Rng::with_seed(seed);
            let both = events(&mut rng);
            let parameters = parameters(query, &mut rng);
            let text = match questions::ask(query, &parameters, RELATIONS as usize) {
                Asked::Question(text) => text,
                Asked::Name(name) | Asked::PartOfName(name) => {
                    assert!(name.starts_with("Party"), "{query}: {name}");
                    answered += 1;
                    continue;
                }
                Asked::NotYet(why) => {
                    assert!(!why.is_empty(), "{query}");
                    answered += 1;
                    continue;
                }
            };
            let question = both.parse(&text);
            let question = question.unwrap_or_else(|problem| panic!("{text}: {problem:?}"));
            let compared = both.difference(&both.world(), &text, &question);
            assert_eq!(compared.said, None, "seed {seed}: {text}");
            answered += usize::from(compared.answered);
        }
        assert!(answered >= 3, "{query}: only {answered} of 8 had rows");
    }
}
