//! Whether two claims speak of the same occasion: not at all, possibly (`false`), certainly (`true`).

use crate::graph::{ClaimIndex, Graph, NONE};
use crate::model::{Aspect, Date};

/// What an overlap is: none, or one that is certain or only possible.
pub(super) type Overlap = Option<bool>;

/// Whether what two claims assert meets in time and place. One event is one occasion; what lasts has no occasion but
/// its time. With `negated` the second says that something is not so: then it speaks of all places that it does not
/// tell apart.
pub(super) fn overlap(graph: &Graph, one: ClaimIndex, other: ClaimIndex, negated: bool) -> Overlap {
    let (event, other_event) = (graph.event(one), graph.event(other));
    if event != NONE && event == other_event {
        return Some(true);
    }
    let in_time = times(graph.date_of(one), graph.date_of(other))?;
    if [one, other].iter().any(|&claim| lasts(graph, claim)) {
        return Some(in_time);
    }
    let events = match [event, other_event] {
        [NONE, _] | [_, NONE] => true,
        _ if graph.is_nested(event, other_event) => false,
        _ => return None,
    };
    let in_place = places(graph, graph.place(one), graph.place(other), negated)?;
    Some(in_time && events && in_place)
}

/// Whether a claim says something that lasts.
pub(super) fn lasts(graph: &Graph, claim: ClaimIndex) -> bool {
    graph.relation(graph.relation_of(claim)).aspect == Aspect::State
}

/// Whether two dates overlap; what has no date may be at any time.
pub(super) fn times(one: Option<&Date>, other: Option<&Date>) -> Overlap {
    let (Some(one), Some(other)) = (one, other) else {
        return Some(false);
    };
    if are_apart(one, other) {
        return None;
    }
    let sure = !one.qualified && !other.qualified;
    Some(sure && one.start.1 <= other.end.0 && other.start.1 <= one.end.0)
}

/// Whether one date ends before the other begins, as they are written.
pub(super) fn are_apart(one: &Date, other: &Date) -> bool {
    one.end.1 < other.start.0 || other.end.1 < one.start.0
}

fn places(graph: &Graph, one: u32, other: u32, negated: bool) -> Overlap {
    match (one, other) {
        _ if one == other => Some(true),
        (_, NONE) => Some(negated),
        (NONE, _) => Some(false),
        _ if graph.lies_in(one).binary_search(&other).is_ok() => Some(negated),
        _ => graph.is_nested(one, other).then_some(false),
    }
}
