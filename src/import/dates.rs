//! Dates as event data writes them, each kept once.

use super::map::DateFormat;
use crate::model::date::{self, DateProblem};
use crate::model::{Date, Day};
use crate::text::Map;

/// The first and the last day that are read: year 1 to year 9999.
const DAYS: std::ops::RangeInclusive<Day> = -719_162..=2_932_896;

/// What to write instead.
pub(super) const HELP: &str = "write a day that there is, such as 2018-01-03";

/// Distinct dates.
#[derive(Debug, Default)]
pub(super) struct Dates {
    pub(super) list: Vec<Date>,
    by_text: Map<Box<str>, u32>,
    by_edtf: Map<String, u32>,
    last: Option<(Box<str>, u32)>,
}

impl Dates {
    /// The number of a date.
    pub(super) fn of(&mut self, text: &str, format: DateFormat) -> Result<u32, &'static str> {
        if let Some((last, number)) = &self.last
            && **last == *text
        {
            return Ok(*number);
        }
        let number = match self.by_text.get(text) {
            Some(&number) => number,
            None => self.add(text, format)?,
        };
        self.last = Some((text.into(), number));
        Ok(number)
    }

    fn add(&mut self, text: &str, format: DateFormat) -> Result<u32, &'static str> {
        let edtf = edtf(text, format).ok_or("is no date")?;
        let date = Date::parse(&edtf).map_err(|problem| match problem {
            DateProblem::NotEdtf(..) => "is no date",
            DateProblem::EndsBeforeStart => "ends before it begins",
        })?;
        let next = u32::try_from(self.list.len()).map_err(|_| "is one date too many")?;
        let number = *self.by_edtf.entry(edtf).or_insert(next);
        if number == next {
            self.list.push(date);
        }
        self.by_text.insert(text.into(), number);
        Ok(number)
    }
}

/// A date as EDTF writes it. A date that is written out is taken whatever the format, since Parquet gives its own so.
fn edtf(text: &str, format: DateFormat) -> Option<String> {
    if format == DateFormat::Days && text.len() != "2018-01-03".len() {
        let day: Day = text.parse().ok()?;
        return DAYS.contains(&day).then(|| date::calendar(day));
    }
    let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits {
        return Some(format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]));
    }
    // A time after the day says more than a claim keeps.
    let day = text
        .get(..10)
        .filter(|_| matches!(text.as_bytes().get(10), Some(b'T' | b' ')));
    written_out(text).or_else(|| Some(day.unwrap_or(text).to_owned()))
}

/// `3 January 2018`, `03-January-2018`
fn written_out(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let mut parts = text.split([' ', '-']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let month = month.get(..3)?.to_ascii_lowercase();
    let month = 1 + MONTHS.iter().position(|known| *known == month)?;
    let (day, year): (u8, u16) = (day.parse().ok()?, year.parse().ok()?);
    parts
        .next()
        .is_none()
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;

    #[test]
    fn dates_as_they_come() {
        let mut dates = Dates::default();
        for (text, format, edtf) in [
            ("2018-01-03", DateFormat::Edtf, "2018-01-03"),
            ("20180103", DateFormat::Ymd, "2018-01-03"),
            ("17534", DateFormat::Days, "2018-01-03"),
            ("2018-01-03", DateFormat::Days, "2018-01-03"),
            ("3 January 2018", DateFormat::Edtf, "2018-01-03"),
            ("2018-01-03 00:00:00", DateFormat::Edtf, "2018-01-03"),
            ("-1", DateFormat::Days, "1969-12-31"),
            ("2018-01", DateFormat::Edtf, "2018-01"),
        ] {
            let number = dates.of(text, format).unwrap();
            assert_eq!(dates.list[number as usize].edtf, edtf, "{text}");
        }
        assert_eq!(dates.list.len(), 3, "one date is kept once");
        for (text, format) in [
            ("2018-02-30", DateFormat::Edtf),
            ("20181300", DateFormat::Ymd),
            ("-20180103", DateFormat::Ymd),
            ("99999999", DateFormat::Days),
            ("yesterday", DateFormat::Days),
            ("1/3/2018", DateFormat::Edtf),
            ("ééééé", DateFormat::Edtf),
        ] {
            assert!(dates.of(text, format).is_err(), "{text}");
        }
    }
}
