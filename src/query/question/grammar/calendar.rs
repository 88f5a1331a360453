//! Advice for dates that are written in other ways than the language reads.

use super::super::keyword::Keyword;
use super::super::token::{Form, Token};
use super::input::{Expected, Want};
use super::problem::{Place, date_problem};
use crate::model::Date;
use crate::text::{Diagnostic, safe::shorten};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WRITTEN: &str = "dates are written `2025`, `2025-10`, `2025-10-24`, `2025-10-24/2025-10-26`, `../2025-10` or `2025-10~`";

/// What stands at a place where a date was expected, when it is none.
pub(super) fn not_a_date(
    place: &Place<'_>,
    expected: Expected,
    token: &Token,
) -> Option<Diagnostic> {
    let wanted = expected.wanted;
    let nearly = token.form == Form::NearlyDate;
    let in_words = wanted
        .has(Want::Date)
        .then(|| written_out(&place.tokens[expected.at as usize..]))
        .flatten();
    if !nearly && in_words.is_none() && (!wanted.has(Want::Date) || wanted.has(Want::Name)) {
        return None;
    }
    let words = in_words.as_ref().map_or(1, |found| found.words);
    let last = place
        .tokens
        .get(expected.at as usize + words - 1)
        .unwrap_or(token);
    let span = token.span.to(last.span);
    let written = shorten(place.text.get(span.range()).unwrap_or(""), 40);
    let message = match date_problem(&token.written) {
        Some(reason) => format!("`{written}` is not a date: {reason}"),
        None => format!("`{written}` is not a date"),
    };
    let problem = Diagnostic::error("not-a-date", message, span);
    let edtf = in_words
        .map(|found| found.edtf)
        .or_else(|| in_digits(&token.written));
    let before = (expected.at as usize)
        .checked_sub(1)
        .and_then(|at| place.tokens.get(at));
    let during = before.and_then(|token| token.readings.keyword);
    Some(match (edtf, during) {
        (Some(edtf), _) => problem.help(format!("write {written} as `{edtf}`")),
        (None, Some(Keyword::During | Keyword::On)) if token.readings.name => {
            problem.help(format!("for a place or an event write `at {written}`"))
        }
        _ => problem.help(WRITTEN),
    })
}

struct WrittenOut {
    words: usize,
    edtf: String,
}

fn month(token: &Token) -> Option<usize> {
    let key = token.key.as_str();
    let named = |month: &&str| **month == *key || (key.len() >= 3 && month.starts_with(key));
    Some(1 + MONTHS.iter().position(named)?)
}

fn whole(token: Option<&Token>, range: std::ops::RangeInclusive<u64>) -> Option<u64> {
    let key = token?.key.as_str();
    let digits = key.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ordinal = matches!(&key[digits.len()..], "" | "st" | "nd" | "rd" | "th");
    let number = digits.parse().ok().filter(|_| ordinal)?;
    range.contains(&number).then_some(number)
}

/// `October 2025`, `24 October 2025`, `October 24, 2025`, `October`
fn written_out(tokens: &[Token]) -> Option<WrittenOut> {
    let year = |at: usize| whole(tokens.get(at), 1000..=9999);
    let day = |at: usize| whole(tokens.get(at), 1..=31);
    let comma = usize::from(tokens.get(2).is_some_and(|token| token.key == ","));
    if let Some(month) = tokens.first().and_then(month) {
        if let Some(year) = year(1) {
            let edtf = format!("{year}-{month:02}");
            return Some(WrittenOut { words: 2, edtf });
        }
        if let (Some(day), Some(year)) = (day(1), year(2 + comma)) {
            let edtf = format!("{year}-{month:02}-{day:02}");
            let words = 3 + comma;
            return Some(WrittenOut { words, edtf });
        }
        let edtf = format!("XXXX-{month:02}");
        return Some(WrittenOut { words: 1, edtf });
    }
    let month = tokens.get(1).and_then(month)?;
    let (day, year) = (day(0)?, year(2)?);
    let edtf = format!("{year}-{month:02}-{day:02}");
    Some(WrittenOut { words: 3, edtf })
}

/// `2025-3-5`, `24-10-2025`, `2025/10/24`
fn in_digits(written: &str) -> Option<String> {
    let parts: Vec<&str> = written.split(['-', '/', '.']).collect();
    let number = |at: usize| parts.get(at).and_then(|part| part.parse::<u32>().ok());
    let (first, second, third) = (number(0)?, number(1)?, number(2));
    let edtf = match (parts.len(), third) {
        (2, _) if first > 999 => format!("{first}-{second:02}"),
        (3, Some(third)) if first > 999 => format!("{first}-{second:02}-{third:02}"),
        (3, Some(third)) if third > 999 && first > 12 => format!("{third}-{second:02}-{first:02}"),
        (3, Some(third)) if third > 999 && second > 12 => format!("{third}-{first:02}-{second:02}"),
        _ => return None,
    };
    Date::parse(&edtf).is_ok().then_some(edtf)
}
