//! The columns that a question has, told from its words before it is finished.

use super::place::Place;
use crate::query::algebra::ContradictionField;
use crate::query::lowered::MEASURES;
use crate::query::question::keyword::Keyword;
use crate::query::question::token::Mark;

/// The columns of the question before the place, then the measures.
pub(super) fn of(place: &Place) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        let mut unique = name.to_owned();
        let mut number = 2;
        while names.contains(&unique) {
            unique = format!("{name}{number}");
            number += 1;
        }
        names.push(unique);
    };
    let mut variables: Vec<&str> = Vec::new();
    let head = place
        .tokens
        .iter()
        .take_while(|token| token.readings.mark != Some(Mark::Bar));
    let mut before = None;
    for token in head {
        let keyword = token.readings.keyword;
        match keyword {
            Some(Keyword::Who | Keyword::Whom | Keyword::When | Keyword::Where) => add(&token.key),
            Some(Keyword::What) => add("what"),
            Some(Keyword::Contradictions | Keyword::ContradictionsOf) => {
                for field in ContradictionField::ALL {
                    add(field.name());
                }
            }
            Some(Keyword::TimelineOf) => {
                for name in ["when", "subject", "relation", "object", "where"] {
                    add(name);
                }
            }
            _ if token.readings.variable && !variables.contains(&token.key.as_str()) => {
                variables.push(&token.key);
                add(&token.key);
            }
            _ if before == Some(Keyword::Which) && token.readings.kind => add(&token.key),
            _ => {}
        }
        before = keyword;
    }
    if place
        .tokens
        .iter()
        .any(|token| token.readings.keyword == Some(Keyword::Count))
    {
        add("count");
    }
    for (measure, _) in MEASURES {
        if !names.iter().any(|name| name == measure) {
            names.push((*measure).to_owned());
        }
    }
    names
}
