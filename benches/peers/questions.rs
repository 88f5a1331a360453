//! How each query of the comparison is asked in the question language.

use jiff::{Span, civil};
use serde_json::Value;

/// How a query is put to casebook.
pub(crate) enum Asked {
    /// As a question.
    Question(String),
    /// By looking a name up in the vocabulary: the language finds names inside questions, and has no question for one alone.
    Name(String),
    /// By looking for part of a name.
    PartOfName(String),
    /// Not at all, and why.
    NotYet(&'static str),
}

/// Whether the language can compare the dates of two claims (`where when2 within 7 days of when`).
const COMPARES_DATES: bool = true;

/// A query with its parameters as `params.json` has them; `relations` is how many verbs there are.
pub(crate) fn ask(query: &str, parameters: &Value, relations: usize) -> Asked {
    let number = |at: usize| parameters[at].as_u64().unwrap_or_default();
    let verb = |at: usize| format!("r{}", number(at));
    let entity = |at: usize| format!("@e{}", number(at));
    let text = |at: usize| parameters[at].as_str().unwrap_or_default().to_owned();
    let between = |at: usize| format!("in {}/{}", day(number(at)), day(number(at + 1)));
    let every_verb = || {
        let verbs: Vec<String> = (0..relations).map(|verb| format!("r{verb}")).collect();
        verbs.join(" or ")
    };
    Asked::Question(match query {
        "q01_exact" => return Asked::Name(text(0)),
        "q02_substr" => return Asked::PartOfName(text(0)),
        "q03_hop" | "q03w_hop_why" => format!("who {} {}", verb(0), entity(1)),
        "q04_hop_date" => format!("who {} {} {}", verb(0), entity(1), between(2)),
        "q05_count" => format!("someone {} something", verb(0)),
        "q05d_count_date" => format!("someone {} something {}", verb(0), between(1)),
        "q05f_count_facts" => format!("who {} whom | count", verb(0)),
        "q06_pairs" => format!("who {} whom", verb(0)),
        "q07_twohop" | "q07w_twohop_why" => {
            format!("who {} someone that {} {}", verb(0), verb(1), entity(2))
        }
        "q08_common" => format!("who {} both {} and {}", verb(0), entity(1), entity(2)),
        "q09_anti" => format!(
            "?x {} {} and not ({} {} ?x)",
            verb(0),
            entity(1),
            entity(3),
            verb(2)
        ),
        "q10_top_dst" => format!("someone {} whom | sort -claims | take 10", verb(0)),
        "q10b_top_src_all" => {
            format!("who {} something | sort -claims | take 10", every_verb())
        }
        // A chain may come back to where it began; the other engines leave that out.
        "q11_reach3" => {
            let start = entity(1);
            format!(
                "{start} indirectly {} whom | where whom != {start}",
                verb(0)
            )
        }
        "q12_path" => format!("path from {} to {} | take 1", entity(0), entity(1)),
        "q13_corrob" => format!("who {} whom with 2 sources", verb(0)),
        "q14_timeline" => format!("timeline of {} | sort -when | take 50", entity(0)),
        "q15_contra" if !COMPARES_DATES => {
            return Asked::NotYet("the language compares no dates of two claims");
        }
        "q15_contra" => format!(
            "?x {} ?y when and ?x {} ?y when | where when2 within 7 days of when",
            verb(0),
            verb(1)
        ),
        "q16_degree" => {
            let verbs = every_verb();
            format!("(?x {verbs} something) or (something {verbs} ?x) | sort -claims | take 10")
        }
        _ => return Asked::NotYet("not asked of casebook"),
    })
}

/// A number of days since 1970-01-01 as a date of the language.
fn day(number: u64) -> String {
    let span = i64::try_from(number)
        .ok()
        .and_then(|days| Span::new().try_days(days).ok());
    let day = span.and_then(|span| civil::date(1970, 1, 1).checked_add(span).ok());
    day.map(|day| day.to_string()).unwrap_or_default()
}
