//! A list of findings that does not grow without bound: of each name so many are kept, and of the rest only the records
//! that cannot be used.

use super::diagnostic::Rest;
use super::{Diagnostic, Severity};
use std::collections::BTreeMap;

/// Findings in the making.
#[derive(Debug, Clone)]
pub struct Findings {
    kept: Vec<Diagnostic>,
    most: usize,
    by_name: BTreeMap<(&'static str, Severity), Tally>,
}

/// What there is of one name.
#[derive(Debug, Clone, Default)]
struct Tally {
    kept: usize,
    rest: Rest,
}

impl Findings {
    /// No findings yet; of each name and severity `most` will be kept.
    #[must_use]
    pub fn up_to(most: usize) -> Self {
        Self {
            kept: Vec::new(),
            most,
            by_name: BTreeMap::new(),
        }
    }

    /// Adds a finding, or counts it.
    pub fn push(&mut self, problem: Diagnostic) {
        let key = (problem.name, problem.severity);
        let tally = self.by_name.entry(key).or_default();
        if tally.kept < self.most {
            tally.kept += 1;
            self.kept.push(problem);
        } else {
            let Rest { count, records } = &mut tally.rest;
            *count += 1;
            records.extend(problem.record.filter(|span| records.last() != Some(span)));
        }
    }

    /// How many are kept so far.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.kept.len()
    }

    /// The findings sorted by file, place and name; after them one for each name of which there are more.
    #[must_use]
    pub fn finish(self) -> Vec<Diagnostic> {
        let mut all = self.kept;
        all.sort_by_key(|problem| (problem.labels.first().map(|label| label.span), problem.name));
        let tallies = self
            .by_name
            .into_iter()
            .filter(|(_, tally)| tally.rest.count > 0);
        all.extend(tallies.map(|((name, severity), tally)| {
            let more = with_commas(tally.rest.count);
            Diagnostic {
                rest: Some(Box::new(tally.rest)),
                ..Diagnostic::new(severity, name, format!("and {more} more `{name}`"))
            }
        }));
        all
    }
}

impl Extend<Diagnostic> for Findings {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, problems: T) {
        for problem in problems {
            self.push(problem);
        }
    }
}

/// `799,000`
fn with_commas(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_groups_of_three() {
        let numbers = [7, 70, 799, 1_000, 799_000, 1_234_567].map(with_commas);
        assert_eq!(numbers, ["7", "70", "799", "1,000", "799,000", "1,234,567"]);
    }
}
