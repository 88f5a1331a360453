//! Conditions on grades, which are about evidence wherever they stand.

use super::world::reliability as of_source;
use super::{Outcome, refuse};
use casebook::model::{Casebook, Evidence, Reliability};
use casebook::query::question::ast::{Comparison, Condition, LiteralKind, Question, StageKind};

const LETTERS: [&str; 6] = ["A", "B", "C", "D", "E", "F"];
const FIGURES: [&str; 6] = ["1", "2", "3", "4", "5", "6"];

pub fn reliability(grade: Option<Reliability>) -> &'static str {
    grade.map_or("ungraded", |grade| LETTERS[grade as usize])
}

pub fn credibility(grade: Option<u8>) -> &'static str {
    grade.map_or("ungraded", |grade| FIGURES[usize::from(grade) - 1])
}

pub fn is_grading(condition: &Condition) -> bool {
    ["reliability", "credibility"].contains(&condition.column.name.as_str())
}

/// All conditions on grades in a question.
pub fn conditions(question: &Question) -> Outcome<Vec<&Condition>> {
    let all = question.stages.iter().flat_map(|stage| match &stage.kind {
        StageKind::Where(all) => all.as_slice(),
        _ => &[],
    });
    let all: Vec<&Condition> = all.filter(|one| is_grading(one)).collect();
    for condition in &all {
        let last = match &condition.value.kind {
            LiteralKind::Grade(letter) => letter == "f",
            LiteralKind::Number(number) => *number == 6,
            _ => return refuse("no grade"),
        };
        let equality = [Comparison::Equal, Comparison::NotEqual, Comparison::Is];
        if last && !equality.contains(&condition.comparison) {
            return refuse("no order");
        }
    }
    Ok(all)
}

/// Whether evidence meets all of these.
pub fn met(book: &Casebook, conditions: &[&Condition], evidence: &Evidence) -> bool {
    conditions.iter().all(|condition| {
        let (has, wanted) = match &condition.value.kind {
            LiteralKind::Grade(letter) => {
                let grade = of_source(book, &evidence.source);
                (
                    grade.map(|grade| LETTERS[grade as usize].to_owned()),
                    letter.to_uppercase(),
                )
            }
            LiteralKind::Number(number) => {
                let grade = evidence.credibility.as_ref();
                (
                    grade.map(|grade| grade.value.to_string()),
                    number.to_string(),
                )
            }
            _ => return false,
        };
        // Letters and figures both follow one another from the best to the worst.
        let Some(has) = has else { return false };
        let judged = has != "F" && has != "6";
        match condition.comparison {
            Comparison::Equal | Comparison::Is => has == wanted,
            Comparison::NotEqual => has != wanted,
            Comparison::Less => judged && has < wanted,
            Comparison::LessOrEqual => judged && has <= wanted,
            Comparison::Greater => judged && has > wanted,
            Comparison::GreaterOrEqual => judged && has >= wanted,
            Comparison::Within => false,
        }
    })
}
