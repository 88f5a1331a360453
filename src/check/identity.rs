//! What was judged of two entities, and judgements that contradict each other.

use super::Context;
use crate::{
    model::{Judgement, SameAs},
    text::{Diagnostic, Findings, safe::shorten},
};
use std::collections::{HashMap, HashSet};

pub(super) const NAMES: &[&str] = &["judged-both-ways"];

/// All judgements of a casebook.
pub(super) struct Judgements<'a> {
    /// For each entity that is judged the same as another the one that stands for all.
    first: HashMap<&'a str, &'a str>,
    /// The pairs that have a judgement, by those that stand for them.
    pairs: HashSet<(&'a str, &'a str)>,
}

impl<'a> Judgements<'a> {
    pub(super) fn of(context: &Context<'a>) -> Self {
        let all = &context.casebook.same_as;
        let mut first: HashMap<&'a str, &'a str> = HashMap::new();
        for same in all.iter().filter(|one| is(one, Judgement::Same)) {
            let left = find(&mut first, &same.left);
            let right = find(&mut first, &same.right);
            if left != right {
                first.insert(right, left);
            }
        }
        let ids: Vec<&str> = first.keys().copied().collect();
        for id in ids {
            find(&mut first, id);
        }
        let mut judged = Self {
            first,
            pairs: HashSet::new(),
        };
        let pairs = all.iter().map(|one| judged.pair(&one.left, &one.right));
        judged.pairs = pairs.collect();
        judged
    }

    /// The entity that stands for this one.
    pub(super) fn first(&self, id: &'a str) -> &'a str {
        self.first.get(id).copied().unwrap_or(id)
    }

    /// Whether somebody has judged of these two, or of such as are the same as they: that they are one, that they are
    /// not, or that nobody knows.
    pub(super) fn has(&self, one: &'a str, other: &'a str) -> bool {
        let pair = self.pair(one, other);
        pair.0 == pair.1 || self.pairs.contains(&pair)
    }

    fn pair(&self, one: &'a str, other: &'a str) -> (&'a str, &'a str) {
        let (one, other) = (self.first(one), self.first(other));
        (one.min(other), one.max(other))
    }
}

fn is(same: &SameAs, judgement: Judgement) -> bool {
    same.judgement.value == judgement
}

/// The one that stands for an id; the way there is made shorter.
fn find<'a>(first: &mut HashMap<&'a str, &'a str>, id: &'a str) -> &'a str {
    let mut top = id;
    while let Some(&next) = first.get(top) {
        top = next;
    }
    let mut at = id;
    while at != top {
        at = first.insert(at, top).unwrap_or(top);
    }
    top
}

/// The record by which somebody judges of two entities, to be pasted and filled in.
pub(super) fn to_paste(left: &str, right: &str) -> String {
    format!("SameAs(left: \"{left}\", right: \"{right}\", judgement: …, because: \"…\"),")
}

/// Two entities that are judged different and, at once or by way of others, the same.
pub(super) fn run(context: &Context<'_>, found: &mut Findings) {
    let judged = Judgements::of(context);
    let all = &context.casebook.same_as;
    for different in all.iter().filter(|one| is(one, Judgement::Different)) {
        let (left, right) = (different.left.as_str(), different.right.as_str());
        if left == right || judged.first(left) != judged.first(right) {
            continue;
        }
        let message = format!(
            "`{}` and `{}` are judged different here and the same elsewhere",
            shorten(left, 60),
            shorten(right, 60)
        );
        let mut problem =
            Diagnostic::warning("judged-both-ways", message, different.judgement.span);
        // The records by which they are the same: those of their set.
        let same = all.iter().filter(|one| is(one, Judgement::Same));
        let of_set = same.filter(|one| judged.first(&one.left) == judged.first(left));
        for one in of_set.take(3) {
            problem = problem.label(one.judgement.span, "judged the same");
        }
        found.push(
            problem.help("every answer takes them for one: take back the judgement that is wrong"),
        );
    }
}
