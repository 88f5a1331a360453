//! The columns of claims as they grow: each event once.

use super::entities::{fingerprint, number};
use super::layout::{Fault, Role};
use crate::model::{ClaimColumns, NO_CELL, id};
use crate::text::{Map, Set};
use std::hash::BuildHasher as _;

/// One claim but for its sources.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    pub(super) subject: u32,
    pub(super) relation: u32,
    pub(super) object: u32,
    pub(super) place: Option<u32>,
    pub(super) when: Option<u32>,
}

/// Columns in the making.
#[derive(Debug, Default)]
pub(super) struct Claims {
    columns: ClaimColumns,
    /// What the last ids were as numbers, as long as they only grow: then none is there twice.
    last: Option<u64>,
    /// Which claims have an id of this hash; filled when ids stop growing.
    known: Option<Map<u64, u32>>,
    /// Claims whose ids share a hash with another.
    odd: Set<String>,
    id: String,
    placed: bool,
}

const REPEATED: &str = "stands in an earlier row too";
const HELP: &str = "take one of the two rows out, or give it an id of its own";

impl Claims {
    pub(super) fn len(&self) -> usize {
        self.columns.len()
    }

    /// Makes the id of a claim of what the data calls the event, and looks whether it is new.
    pub(super) fn name(&mut self, prefix: &str, written: &str) -> Result<(), Fault> {
        self.id.clear();
        self.id.push_str(prefix);
        let mut other = false;
        for c in written.chars() {
            match c.to_ascii_lowercase() {
                c @ ('a'..='z' | '0'..='9' | '.' | '_' | '-') => self.id.push(c),
                _ => {
                    other = true;
                    self.id.push('-');
                }
            }
        }
        if other {
            // Two ids that differ in what an id may not hold stay two.
            self.id
                .push_str(&format!("~{:08x}", fingerprint(written) >> 32));
        }
        if self.id.len() > id::LONGEST || id::problem(&self.id, true).is_some() {
            let problem = "cannot be the id of a claim";
            let help =
                "use letters, digits, `.`, `_`, `-`; begin with a letter or digit, at most 128";
            return Err(Fault::bad(Role::Id, written, problem, help));
        }
        let growing = canonical(written).filter(|_| self.known.is_none());
        if let Some(number) = growing.filter(|number| self.last.is_none_or(|last| *number > last)) {
            self.last = Some(number);
            return Ok(());
        }
        if self.is_repeated() {
            return Err(Fault::bad(Role::Id, written, REPEATED, HELP));
        }
        Ok(())
    }

    /// Whether the id is one of an earlier claim.
    fn is_repeated(&mut self) -> bool {
        if self.known.is_none() {
            let mut known = Map::with_capacity_and_hasher(self.len(), Default::default());
            for claim in 0..self.len() {
                if let Some(id) = self.columns.id(claim) {
                    let hash = known.hasher().hash_one(id);
                    remember(&mut known, &mut self.odd, hash, id, number(claim));
                }
            }
            self.known = Some(known);
        }
        let Some(known) = &self.known else {
            return false;
        };
        let found = known.get(&known.hasher().hash_one(self.id.as_str()));
        found.is_some_and(|&claim| self.columns.id(claim as usize) == Some(&self.id))
            || self.odd.contains(&self.id)
    }

    /// Adds a claim with the id that was made last, if `named`.
    pub(super) fn push(&mut self, said: Said, named: bool, sources: &[u32]) -> Result<(), Fault> {
        let columns = &mut self.columns;
        let full = columns.len() + 1 >= NO_CELL as usize
            || columns.ids.len() + self.id.len() >= NO_CELL as usize
            || columns.sources.len() + sources.len() >= NO_CELL as usize;
        if full {
            return Err(Fault::Stop(super::ImportError::unusable(
                "there are more than four thousand million claims, sources or bytes of ids",
                "import the files one by one",
            )));
        }
        if named {
            columns.ids.push_str(&self.id);
            if let Some(known) = &mut self.known {
                let hash = known.hasher().hash_one(self.id.as_str());
                let claim = number(columns.subjects.len());
                remember(known, &mut self.odd, hash, &self.id, claim);
            }
        }
        columns.id_ends.push(number(columns.ids.len()));
        columns.subjects.push(said.subject);
        columns.relations.push(said.relation);
        columns.objects.push(said.object);
        self.placed |= said.place.is_some();
        columns.places.push(said.place.unwrap_or(NO_CELL));
        columns.whens.push(said.when.unwrap_or(NO_CELL));
        for (at, source) in sources.iter().enumerate() {
            if !sources[..at].contains(source) {
                columns.sources.push(*source);
            }
        }
        columns.evidence_ends.push(number(columns.sources.len()));
        Ok(())
    }

    pub(super) fn finish(mut self, dates: Vec<crate::model::Date>) -> ClaimColumns {
        self.columns.dates = dates;
        if !self.placed {
            self.columns.places = Vec::new();
        }
        self.columns
    }
}

/// Keeps the first claim of a hash there, and the others among the odd.
fn remember(known: &mut Map<u64, u32>, odd: &mut Set<String>, hash: u64, id: &str, claim: u32) {
    if *known.entry(hash).or_insert(claim) != claim {
        odd.insert(id.to_owned());
    }
}

/// The number that a text is, if it is written as numbers are.
fn canonical(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = digits && (text == "0" || !text.starts_with('0'));
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_there_once_in_whatever_order() {
        let mut claims = Claims::default();
        let said = Said {
            subject: 0,
            relation: 0,
            object: 0,
            place: None,
            when: None,
        };
        let mut add =
            |id: &str| claims.name("x-", id).is_ok() && claims.push(said, true, &[0]).is_ok();
        assert!(add("3") && add("7"));
        assert!(!add("7") && !add("3") && add("5") && !add("5"));
        assert!(add("A.1") && !add("a.1") && add("a 1") && add("a/1") && !add("a 1"));
        assert!(add("03"));
        let columns = claims.finish(Vec::new());
        let ids: Vec<_> = (0..columns.len()).filter_map(|at| columns.id(at)).collect();
        assert_eq!(&ids[..4], ["x-3", "x-7", "x-5", "x-a.1"]);
        assert!(ids.iter().all(|id| id::problem(id, true).is_none()));
        assert!(columns.places.is_empty());
    }
}
