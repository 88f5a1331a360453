//! Conditions on grades: they stand where conditions on rows do, and are about evidence.

use super::stage::{Column, Holds, find, not_comparable};
use super::{Lowering, problem};
use crate::query::grades::{Grading, Scale, UNORDERED};
use crate::query::lowered::{Key, MEASURES};
use crate::query::question::ast::{ColumnName, Comparison, Condition, LiteralKind};
use crate::text::{Diagnostic, fold};

/// The scale that a name in a condition means: none where the question has a column of that name itself.
pub(super) fn scale(columns: &[Column], name: &ColumnName) -> Option<Scale> {
    if find(columns, name).is_some_and(|at| columns[at].holds != Holds::Grades) {
        return None;
    }
    let wanted = fold::key(&name.name);
    let measure = MEASURES.iter().find(|(measure, _)| *measure == wanted)?.1;
    match measure {
        Key::Grades(scale) => Some(scale),
        _ => None,
    }
}

/// The condition, if it compares with a grade of its scale.
pub(super) fn grading(scale: Scale, condition: &Condition) -> Lowering<Grading> {
    let grade = match (scale, &condition.value.kind) {
        (Scale::Reliability, LiteralKind::Grade(letter)) => {
            let place = ["a", "b", "c", "d", "e", "f"]
                .iter()
                .position(|known| known == letter);
            place.and_then(|place| u8::try_from(place + 1).ok())
        }
        (Scale::Credibility, LiteralKind::Number(number)) => u8::try_from(*number)
            .ok()
            .filter(|grade| (1..=UNORDERED).contains(grade)),
        _ => None,
    };
    let by_order = !matches!(
        condition.comparison,
        Comparison::Equal | Comparison::NotEqual | Comparison::Is
    );
    match grade {
        None => {
            let (name, grades) = match scale {
                Scale::Reliability => (
                    "reliability",
                    "`A` (best) to `E`, and `F`: cannot be judged",
                ),
                Scale::Credibility => (
                    "credibility",
                    "`1` (best) to `5`, and `6`: cannot be judged",
                ),
            };
            let message = format!("this is no grade of {name}");
            problem(
                Diagnostic::error("not-a-grade", message, condition.value.span)
                    .help(format!("the grades are {grades}")),
            )
        }
        Some(UNORDERED) if by_order => Err(Box::new(
            not_comparable(condition)
                .help("what cannot be judged is neither better nor worse: ask for it with = or !="),
        )),
        Some(grade) => Ok(Grading {
            scale,
            comparison: condition.comparison,
            grade,
        }),
    }
}
