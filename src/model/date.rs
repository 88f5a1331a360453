//! Uncertain dates: EDTF (ISO 8601-2, levels 0 to 2) as bounds with certainty. The only home of `edtf-core` and `jiff`.

use edtf_core::{Bound, Bounds, Edtf, IntervalEndpoint};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day, counted from 1970-01-01 in the proleptic Gregorian calendar; [`Day::MIN`] and [`Day::MAX`] mean unbounded.
pub type Day = i32;

/// A date as written, with what it says: its start lies in `start.0..=start.1`, its end in `end.0..=end.1` (days).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Date {
    /// As written.
    pub edtf: String,
    /// Earliest and latest possible start.
    pub start: (Day, Day),
    /// Earliest and latest possible end.
    pub end: (Day, Day),
    /// Whether it is marked uncertain (`?`, `%`) or approximate (`~`, `%`): then it never certainly meets a window.
    pub qualified: bool,
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.edtf)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(|_| serde::de::Error::custom("no date"))
    }
}

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateProblem {
    /// Not EDTF: what was expected, and the byte offset where the text stops being a date.
    NotEdtf(String, usize),
    /// An interval whose end precedes its start for certain.
    EndsBeforeStart,
}

/// A range of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Window {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

impl Window {
    /// All days.
    pub const ALWAYS: Self = Self {
        from: Day::MIN,
        to: Day::MAX,
    };

    /// Days in both; `None` when there is none.
    #[must_use]
    pub fn intersect(self, other: Self) -> Option<Self> {
        let both = Self {
            from: self.from.max(other.from),
            to: self.to.min(other.to),
        };
        (both.from <= both.to).then_some(both)
    }
}

impl Date {
    /// Reads an EDTF expression.
    ///
    /// # Errors
    /// [`DateProblem`] when the text is not EDTF, or its end precedes its start.
    pub fn parse(text: &str) -> Result<Self, DateProblem> {
        if ends_before_start(text) {
            return Err(DateProblem::EndsBeforeStart);
        }
        let edtf = Edtf::parse(text)
            .map_err(|error| DateProblem::NotEdtf(error.message.to_string(), error.offset))?;
        let (start, end) = match &edtf {
            Edtf::Interval(interval) => {
                let (start, end) = (
                    endpoint(&interval.start, false),
                    endpoint(&interval.end, true),
                );
                // An unknown start (or end) lies anywhere before the end (after the start).
                let start = if interval.start == IntervalEndpoint::Unknown {
                    (Day::MIN, end.1)
                } else {
                    start
                };
                let end = if interval.end == IntervalEndpoint::Unknown {
                    (start.0, Day::MAX)
                } else {
                    end
                };
                (start, end)
            }
            other => {
                let range = days(other.bounds());
                (range, range)
            }
        };
        let qualified = edtf.is_uncertain() || edtf.is_approximate();
        Ok(Self {
            edtf: text.to_owned(),
            start,
            end,
            qualified,
        })
    }

    /// The window from the earliest start to the latest end.
    #[must_use]
    pub fn widest(&self) -> Window {
        Window {
            from: self.start.0,
            to: self.end.1,
        }
    }

    /// Whether this may overlap the window: start ≤ its last day and end ≥ its first for some reading.
    #[must_use]
    pub fn possibly_meets(&self, window: Window) -> bool {
        self.start.0 <= window.to && self.end.1 >= window.from
    }

    /// Whether this overlaps the window in every reading. A date marked `?`, `~` or `%` never does.
    #[must_use]
    pub fn certainly_meets(&self, window: Window) -> bool {
        !self.qualified && self.start.1 <= window.to && self.end.0 >= window.from
    }

    /// Whether no day that this may be is more than so many days from any that the other may be.
    #[must_use]
    pub fn is_within(&self, days: u32, other: &Self) -> bool {
        let (one, other) = (self.widest(), other.widest());
        let apart = |from: Day, to: Day| i64::from(to) - i64::from(from) <= i64::from(days);
        apart(one.from, other.to) && apart(other.from, one.to)
    }

    /// The day that it is, where it says which: it neither begins nor ends on any other.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        let day = self.start.0;
        let whole = self.start == (day, day) && self.end == (day, day);
        (whole && day != Day::MIN && day != Day::MAX).then_some(day)
    }

    /// The key by which dates are put in time order: bounds first, the text last.
    #[must_use]
    pub fn sort_key(&self) -> (Day, Day, Day, Day, &str) {
        (
            self.start.0,
            self.end.1,
            self.start.1,
            self.end.0,
            &self.edtf,
        )
    }
}

fn ends_before_start(text: &str) -> bool {
    let Some((start, end)) = text.split_once('/') else {
        return false;
    };
    let (Ok(start), Ok(end)) = (Edtf::parse(start), Edtf::parse(end)) else {
        return false;
    };
    days(end.bounds()).1 < days(start.bounds()).0
}

fn endpoint(endpoint: &IntervalEndpoint, is_end: bool) -> (Day, Day) {
    let bounds = |date: &edtf_core::Date| days(Edtf::Date(*date).bounds());
    match endpoint {
        IntervalEndpoint::Date(date) => bounds(date),
        IntervalEndpoint::OnOrBefore(date) => (Day::MIN, bounds(date).1),
        IntervalEndpoint::OnOrAfter(date) => (bounds(date).0, Day::MAX),
        IntervalEndpoint::Open if is_end => (Day::MAX, Day::MAX),
        IntervalEndpoint::Open => (Day::MIN, Day::MIN),
        IntervalEndpoint::Unknown => (Day::MIN, Day::MAX),
    }
}

fn days(bounds: Bounds) -> (Day, Day) {
    (day(bounds.earliest, Day::MIN), day(bounds.latest, Day::MAX))
}

fn day(bound: Bound, unknown: Day) -> Day {
    match bound {
        Bound::NegativeInfinity => Day::MIN,
        Bound::PositiveInfinity => Day::MAX,
        Bound::Unknown => unknown,
        Bound::Date(date) => {
            let civil = i16::try_from(date.year).ok().and_then(|year| {
                jiff::civil::Date::new(
                    year,
                    i8::try_from(date.month).ok()?,
                    i8::try_from(date.day).ok()?,
                )
                .ok()
            });
            civil.map_or(if date.year < 0 { Day::MIN } else { Day::MAX }, day_number)
        }
    }
}

fn day_number(date: jiff::civil::Date) -> Day {
    date.since(jiff::civil::date(1970, 1, 1))
        .map_or(0, |span| span.get_days())
}

/// The calendar date of a day, `2025-10-24`; `..` for an unbounded one.
#[must_use]
pub fn calendar(day: Day) -> String {
    let date = jiff::Span::new()
        .try_days(day)
        .and_then(|span| jiff::civil::date(1970, 1, 1).checked_add(span));
    date.map_or_else(|_| "..".to_owned(), |date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Date {
        Date::parse(text).unwrap_or_else(|problem| panic!("{text}: {problem:?}"))
    }

    fn shown(text: &str) -> String {
        let date = parse(text);
        let range = |(a, b): (Day, Day)| format!("{}–{}", calendar(a), calendar(b));
        format!(
            "{} {}{}",
            range(date.start),
            range(date.end),
            if date.qualified { " ?" } else { "" }
        )
    }

    #[test]
    fn bounds_of_what_reporters_write() {
        for (text, bounds) in [
            ("2025-10-24", "2025-10-24–2025-10-24 2025-10-24–2025-10-24"),
            ("2025-10", "2025-10-01–2025-10-31 2025-10-01–2025-10-31"),
            ("2025-10~", "2025-10-01–2025-10-31 2025-10-01–2025-10-31 ?"),
            ("2025-1X", "2025-10-01–2025-12-31 2025-10-01–2025-12-31"),
            (
                "2025-10-24/2025-10-26",
                "2025-10-24–2025-10-24 2025-10-26–2025-10-26",
            ),
            ("../2025-10", "..–.. 2025-10-01–2025-10-31"),
            ("/2025-10", "..–2025-10-31 2025-10-01–2025-10-31"),
            ("2025-10/..", "2025-10-01–2025-10-31 ..–.."),
            (
                "2025-11-19?",
                "2025-11-19–2025-11-19 2025-11-19–2025-11-19 ?",
            ),
            ("XXXX-10", "0000-10-01–9999-10-31 0000-10-01–9999-10-31"),
            ("2024-23", "2024-09-01–2024-11-30 2024-09-01–2024-11-30"),
            (
                "[2025-10-01,2025-10-05]",
                "2025-10-01–2025-10-05 2025-10-01–2025-10-05",
            ),
        ] {
            assert_eq!(shown(text), bounds, "{text}");
        }
    }

    #[test]
    fn certainly_and_possibly() {
        let november = parse("2025-11").widest();
        let meets = |text: &str| {
            let date = parse(text);
            (
                date.possibly_meets(november),
                date.certainly_meets(november),
            )
        };
        assert_eq!(meets("2025-11-19"), (true, true));
        assert_eq!(meets("2025-11-19?"), (true, false));
        assert_eq!(meets("2025-1X"), (true, false));
        assert_eq!(meets("2025-10/2025-12"), (true, true));
        assert_eq!(meets("2025-10"), (false, false));
        assert_eq!(meets("../2025-12"), (true, true));
    }

    #[test]
    fn what_is_no_date() {
        assert!(matches!(
            Date::parse("2025-13"),
            Err(DateProblem::NotEdtf(_, _))
        ));
        assert!(matches!(
            Date::parse("October 2025"),
            Err(DateProblem::NotEdtf(_, _))
        ));
        assert_eq!(
            Date::parse("2025-10/2024"),
            Err(DateProblem::EndsBeforeStart)
        );
    }
}
