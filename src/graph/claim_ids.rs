//! The ids of claims: those given, kept compactly; those made, made when asked for.

use super::{ClaimIndex, Graph, NONE, count};
use crate::columns::{Column, File, Kept, Problem, Strings, Writer};
use crate::text::{Map, Set};
use std::sync::Arc;

/// Ids of claims.
#[derive(Debug)]
pub(super) struct ClaimIds {
    given: Given,
    /// The claims that have a given id, by number or by text; empty where all are so as they stand.
    order: Column<ClaimIndex>,
    shown: Kept<String>,
}

#[derive(Debug)]
enum Given {
    /// All are one text with a number at its end: that number, or [`NONE`].
    Numbered { prefix: String, numbers: Sequence },
    /// The texts; an empty one for a claim without.
    Texts(Strings),
}

/// The numbers of ids.
#[derive(Debug)]
enum Sequence {
    /// One after the other.
    From { first: u32, claims: u32 },
    /// Any.
    Each(Column<u32>),
}

impl Sequence {
    fn of(numbers: Vec<u32>) -> Self {
        let first = numbers.first().copied().unwrap_or(NONE);
        let follow =
            |(&number, at): (&u32, u32)| number != NONE && first.checked_add(at) == Some(number);
        if numbers.iter().zip(0..).all(follow) {
            return Self::From {
                first,
                claims: count(numbers.len()),
            };
        }
        Self::Each(numbers.into())
    }

    fn get(&self, claim: usize) -> u32 {
        match self {
            Self::From { first, .. } => first.saturating_add(count(claim)),
            Self::Each(numbers) => numbers.get(claim),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::From { claims, .. } => *claims as usize,
            Self::Each(numbers) => numbers.len(),
        }
    }

    fn is_sorted(&self) -> bool {
        match self {
            Self::From { .. } => true,
            Self::Each(numbers) => numbers.all().is_sorted(),
        }
    }
}

impl ClaimIds {
    /// From the ids given; an empty text stands for none.
    pub(super) fn of<'a>(given: impl ExactSizeIterator<Item = &'a str> + Clone) -> Self {
        let claims = given.len();
        let given_ids = match prefix(given.clone()) {
            Some(prefix) => Given::Numbered {
                numbers: Sequence::of(
                    given
                        .clone()
                        .map(|id| number(prefix, id).unwrap_or(NONE))
                        .collect(),
                ),
                prefix: prefix.to_owned(),
            },
            None => Given::Texts(given.clone().collect()),
        };
        let mut ids = Self {
            given: given_ids,
            order: Column::default(),
            shown: Kept::new(claims),
        };
        let mut order: Vec<ClaimIndex> = (0..count(claims))
            .filter(|&claim| ids.is_given(claim))
            .collect();
        match &ids.given {
            Given::Numbered { numbers, .. } => {
                if order.len() == claims && numbers.is_sorted() {
                    order = Vec::new();
                } else {
                    order.sort_unstable_by_key(|&claim| numbers.get(claim as usize));
                }
            }
            Given::Texts(texts) => {
                if order.len() == claims && texts.iter().is_sorted() {
                    order = Vec::new();
                } else {
                    order.sort_unstable_by_key(|&claim| texts.get(claim as usize));
                }
            }
        }
        ids.order = order.into();
        ids
    }

    fn is_given(&self, claim: ClaimIndex) -> bool {
        match &self.given {
            Given::Numbered { numbers, .. } => numbers.get(claim as usize) != NONE,
            Given::Texts(texts) => !texts.get(claim as usize).is_empty(),
        }
    }

    /// The id as given, if one was.
    pub(super) fn given(&self, claim: ClaimIndex) -> Option<String> {
        match &self.given {
            Given::Numbered { prefix, numbers } => {
                let number = Some(numbers.get(claim as usize)).filter(|&number| number != NONE);
                number.map(|number| format!("{prefix}{number}"))
            }
            Given::Texts(texts) => Some(texts.get(claim as usize))
                .filter(|id| !id.is_empty())
                .map(str::to_owned),
        }
    }

    /// The id as given, else one that is made.
    pub(super) fn shown(&self, claim: ClaimIndex, graph: &Graph) -> &str {
        if let Given::Texts(texts) = &self.given
            && !texts.get(claim as usize).is_empty()
        {
            return texts.get(claim as usize);
        }
        let make = || self.given(claim).unwrap_or_else(|| self.made(claim, graph));
        self.shown
            .get(claim as usize, make)
            .map_or("", String::as_str)
    }

    /// `subject/relation/object`, with `~2`, `~3` … for repeats, passing over what is a given id: as
    /// [`crate::model::id::of_claims`] does for all. Claims of one made id are of one fact.
    fn made(&self, claim: ClaimIndex, graph: &Graph) -> String {
        let base = |claim: ClaimIndex| {
            let record = graph.claim(claim);
            format!(
                "{}/{}/{}",
                *record.subject, *record.relation, *record.object
            )
        };
        let own = base(claim);
        let before = graph.claims_of_fact(graph.fact_of(claim)).iter();
        let before = before.take_while(|&&other| other < claim);
        let mut left = 1 + before
            .filter(|&&other| !self.is_given(other) && base(other) == own)
            .count();
        let mut number = 0_u32;
        loop {
            number += 1;
            let id = if number == 1 {
                own.clone()
            } else {
                format!("{own}~{number}")
            };
            if self.find_given(&id).is_none() {
                left -= 1;
                if left == 0 {
                    return id;
                }
            }
        }
    }

    /// The claim of an id.
    pub(super) fn find(&self, id: &str, graph: &Graph) -> Option<ClaimIndex> {
        if let Some(given) = self.find_given(id) {
            return Some(given);
        }
        let mut parts = id.split('/');
        let (subject, relation, object) = (parts.next()?, parts.next()?, parts.next()?);
        let object = object.split('~').next()?;
        let canonical = |id: &str| graph.entity_by_id(id).map(|entity| graph.canonical(entity));
        let (subject, object) = (canonical(subject)?, canonical(object)?);
        let mut claims = graph.claims_from(subject).iter().copied().filter(|&claim| {
            graph.object(claim) == object
                && *graph.relation(graph.relation_of(claim)).id == relation
                && !self.is_given(claim)
        });
        claims.find(|&claim| self.shown(claim, graph) == id)
    }

    fn find_given(&self, id: &str) -> Option<ClaimIndex> {
        if id.is_empty() {
            return None;
        }
        match &self.given {
            Given::Numbered { prefix, numbers } => {
                let wanted = number(prefix, id)?;
                self.search(numbers.len(), |claim| {
                    numbers.get(claim as usize).cmp(&wanted)
                })
            }
            Given::Texts(texts) => {
                self.search(texts.len(), |claim| texts.get(claim as usize).cmp(id))
            }
        }
    }

    fn search(
        &self,
        claims: usize,
        compare: impl Fn(ClaimIndex) -> std::cmp::Ordering,
    ) -> Option<ClaimIndex> {
        let ordered = self.order.len();
        let (mut from, mut to) = (0, if ordered == 0 { claims } else { ordered });
        while from < to {
            let middle = from + (to - from) / 2;
            let claim = if ordered == 0 {
                count(middle)
            } else {
                self.order.get(middle)
            };
            match compare(claim) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
                std::cmp::Ordering::Equal => return Some(claim),
            }
        }
        None
    }

    pub(super) fn write<'a>(&'a self, file: &mut Writer<'a>) {
        match &self.given {
            Given::Numbered { prefix, numbers } => {
                file.bytes("claim.id.prefix", prefix.as_bytes());
                match numbers {
                    Sequence::From { first, claims } => {
                        file.owned(
                            "claim.id.first",
                            [first.to_ne_bytes(), claims.to_ne_bytes()].concat(),
                        );
                    }
                    Sequence::Each(numbers) => file.numbers("claim.id.numbers", numbers.all()),
                }
            }
            Given::Texts(texts) => texts.write("claim.id", file),
        }
        file.numbers("claim.id.order", self.order.all());
    }

    pub(super) fn mapped(file: &Arc<File>, claims: usize) -> Result<Self, Problem> {
        let numbers = match file.column::<u32>("claim.id.first") {
            Ok(first) if first.len() == 2 => Ok(Sequence::From {
                first: first.get(0),
                claims: first.get(1),
            }),
            _ => file.column("claim.id.numbers").map(Sequence::Each),
        };
        let given = match numbers {
            Ok(numbers) => {
                let prefix: Column<u8> = file.column("claim.id.prefix")?;
                let prefix = std::str::from_utf8(prefix.all()).map_err(|_| Problem::Damaged)?;
                Given::Numbered {
                    prefix: prefix.to_owned(),
                    numbers,
                }
            }
            Err(_) => Given::Texts(Strings::mapped(file, "claim.id")?),
        };
        Ok(Self {
            given,
            order: file.column("claim.id.order")?,
            shown: Kept::new(claims),
        })
    }
}

/// The text before the numbers of all ids that are given, if there is one.
fn prefix<'a>(mut given: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let first = given.clone().find(|id| !id.is_empty())?;
    let prefix = first.trim_end_matches(|c: char| c.is_ascii_digit());
    given
        .all(|id| id.is_empty() || number(prefix, id).is_some())
        .then_some(prefix)
}

fn number(prefix: &str, id: &str) -> Option<u32> {
    let digits = id.strip_prefix(prefix)?;
    let plain = digits == "0" || digits.starts_with(|c: char| matches!(c, '1'..='9'));
    let number = digits.parse().ok().filter(|&number| number != NONE)?;
    (plain && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(number)
}

/// Of ids (an empty text for none), whether each is there for the first time.
pub(super) fn first_of_its_id<'a>(
    given: impl ExactSizeIterator<Item = &'a str> + Clone,
) -> Vec<bool> {
    if let Some(prefix) = prefix(given.clone()) {
        let numbers = || given.clone().filter_map(|id| number(prefix, id));
        if numbers().is_sorted_by(|one, other| one < other) {
            return vec![true; given.len()];
        }
        let mut known: Map<u32, ()> = Map::default();
        return given
            .map(|id| number(prefix, id).is_none_or(|number| known.insert(number, ()).is_none()))
            .collect();
    }
    let mut known: Set<&str> = Set::default();
    given.map(|id| id.is_empty() || known.insert(id)).collect()
}

#[cfg(test)]
mod tests {
    use super::{first_of_its_id, number, prefix};

    #[test]
    fn numbers_are_those_that_can_be_written_back() {
        assert_eq!((number("c", "c0"), number("c", "c17")), (Some(0), Some(17)));
        for other in ["c", "c007", "d7", "c4294967295", "c7x", "c+7"] {
            assert_eq!(number("c", other), None, "{other}");
        }
        assert_eq!(prefix(["", "c1", "c22"].into_iter()), Some("c"));
        assert_eq!(prefix(["c1", "d2"].into_iter()), None);
    }

    #[test]
    fn the_second_of_an_id_is_known() {
        assert_eq!(
            first_of_its_id(["c2", "", "c1", "c2", ""].into_iter()),
            [true, true, true, false, true]
        );
        assert_eq!(
            first_of_its_id(["a", "b", "a"].into_iter()),
            [true, true, false]
        );
    }
}
