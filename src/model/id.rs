//! Identifiers: `[a-z0-9][a-z0-9._-]*`, at most 128 bytes; and those that are made for claims without one.

use super::Claim;
use crate::text::{Map, Set};

/// The longest id, in bytes.
pub const LONGEST: usize = 128;

/// What is wrong with `id`, in a few words, or `None` when it is well formed. A claim's own id may also hold `/` and
/// `~`, as the ids made for claims do: pass `claim` as true for those.
#[must_use]
pub fn problem(id: &str, claim: bool) -> Option<&'static str> {
    let good = |c: char| {
        matches!(c, 'a'..='z' | '0'..='9' | '.' | '_' | '-') || (claim && matches!(c, '/' | '~'))
    };
    match id.chars().next() {
        None => Some("it is empty"),
        Some('a'..='z' | '0'..='9') if id.len() > LONGEST * if claim { 3 } else { 1 } => {
            Some("it is longer than 128 bytes")
        }
        Some('a'..='z' | '0'..='9') if id.chars().all(good) => None,
        Some('a'..='z' | '0'..='9') => {
            Some("it holds a character other than a-z, 0-9, `.`, `_` and `-`")
        }
        Some(_) => Some("it does not begin with a-z or 0-9"),
    }
}

/// The ids of claims, in order: as given, else `subject/relation/object`, with `~2`, `~3` … for repeats.
#[must_use]
pub fn of_claims(claims: &[Claim]) -> Vec<String> {
    let given: Set<&str> = claims
        .iter()
        .filter_map(|claim| claim.id.as_ref().map(|id| id.as_str()))
        .collect();
    let mut repeats: Map<String, u32> = Map::default();
    let mut made = |claim: &Claim| {
        let base = format!("{}/{}/{}", *claim.subject, *claim.relation, *claim.object);
        loop {
            let number = repeats.entry(base.clone()).or_insert(0);
            *number += 1;
            let id = match *number {
                1 => base.clone(),
                number => format!("{base}~{number}"),
            };
            if !given.contains(id.as_str()) {
                return id;
            }
        }
    };
    claims
        .iter()
        .map(|claim| match &claim.id {
            Some(id) => id.value.clone(),
            None => made(claim),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::problem;

    #[test]
    fn well_formed_and_not() {
        assert_eq!(problem("met-with_2.b", false), None);
        assert_eq!(problem("a/b/c~2", true), None);
        for bad in ["", "-a", "A", "a b", "é", &"a".repeat(129)] {
            assert!(problem(bad, false).is_some(), "{bad:?}");
        }
    }
}
