//! Days and EDTF dates: parsing, what they may mean, and how two of them compare for certain.
//!
//! EDTF is ISO 8601-2:2019, annex A; the dataset uses a profile of it that the claim schema spells
//! out. `edtf-core` parses it; the calendar arithmetic that rules need is here.

mod meant;
mod parts;
mod words;

pub use meant::meant;
pub use parts::{Part, Parts, parts};
pub use words::date_words;

use edtf_core::{Bound, Edtf as Parsed};
use std::{fmt, str::FromStr, time::SystemTime};

/// A day of the proleptic Gregorian calendar, years 0 to 9999. Displays as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: i32,
    month: u8,
    day: u8,
}

impl Day {
    /// The day, if the calendar has it.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        ((1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day)).then_some(Self {
            year,
            month,
            day,
        })
    }

    /// The day, in UTC, of a number of seconds since 1970.
    #[must_use]
    pub fn from_unix(seconds: i64) -> Self {
        let mut left = seconds.div_euclid(86_400);
        let mut year = 1970;
        while left < 0 {
            year -= 1;
            left += days_of(year);
        }
        while left >= days_of(year) {
            left -= days_of(year);
            year += 1;
        }
        let mut month = 1;
        while left >= i64::from(days_in(year, month)) {
            left -= i64::from(days_in(year, month));
            month += 1;
        }
        // `left` is below 31 here.
        Self { year, month, day: u8::try_from(left).unwrap_or(0) + 1 }
    }

    /// Today, in UTC, by this machine's clock.
    #[must_use]
    pub fn today() -> Self {
        let seconds = SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .map_or(0, |d| i64::try_from(d.as_secs()).unwrap_or(i64::MAX));
        Self::from_unix(seconds)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, from 1.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }

    /// The day after.
    #[must_use]
    pub fn next(self) -> Self {
        if self.day < days_in(self.year, self.month) {
            Self { day: self.day + 1, ..self }
        } else if self.month < 12 {
            Self { month: self.month + 1, day: 1, ..self }
        } else {
            Self { year: self.year + 1, month: 1, day: 1 }
        }
    }

    /// The same day `months` later, or the last of that month where it has no such day.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        let total = i64::from(self.month) - 1 + i64::from(months);
        let year = self.year + i32::try_from(total / 12).unwrap_or(i32::MAX / 2);
        let month = u8::try_from(total % 12).unwrap_or(0) + 1;
        Self { year, month, day: self.day.min(days_in(year, month)) }
    }
}

/// The number of days of a month (1 to 12).
#[must_use]
pub fn days_in(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of(year: i32) -> i64 {
    if is_leap(year) { 366 } else { 365 }
}

/// The English name of a month (1 to 12).
#[must_use]
pub fn month_name(month: u8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES[usize::from(month.clamp(1, 12)) - 1]
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Some(year) = u16::try_from(self.year).ok().filter(|year| *year < 10_000) else {
            return write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day);
        };
        // Published by the hundred thousand: written without the machinery for numbers of any size.
        let [hundreds, ones] = [year / 100, year % 100].map(|two| (two % 100) as u8);
        let mut text = *b"0000-00-00";
        for (at, two) in [(0, hundreds), (2, ones), (5, self.month), (8, self.day)] {
            text[at] += two / 10;
            text[at + 1] += two % 10;
        }
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl FromStr for Day {
    type Err = String;

    /// Reads `YYYY-MM-DD`; the error says what is wrong with it in words.
    fn from_str(text: &str) -> Result<Self, String> {
        let bytes = text.as_bytes();
        let number = |range: std::ops::Range<usize>| -> Option<i32> {
            let digits = bytes.get(range)?;
            digits
                .iter()
                .all(u8::is_ascii_digit)
                .then(|| digits.iter().fold(0, |sum, digit| sum * 10 + i32::from(digit - b'0')))
        };
        let parts = (bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-')
            .then(|| Some((number(0..4)?, number(5..7)?, number(8..10)?)))
            .flatten();
        let Some((year, month, day)) = parts else {
            return Err(format!("`{text}` is not a day: write YYYY-MM-DD"));
        };
        let (month, day) = (u8::try_from(month).unwrap_or(0), u8::try_from(day).unwrap_or(0));
        Self::new(year, month, day).ok_or_else(|| no_such_day(text, year, month))
    }
}

/// Why a day that is well written does not exist.
fn no_such_day(text: &str, year: i32, month: u8) -> String {
    if (1..=12).contains(&month) {
        format!("{text}: {} {year} has {} days", month_name(month), days_in(year, month))
    } else {
        format!("{text}: there are 12 months, 01 to 12")
    }
}

/// An EDTF date as it was written, with the days it may mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edtf {
    text: String,
    span: Option<Span>,
    qualified: bool,
}

/// The first and the last day a date may mean; `None` where that end is open or unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The earliest day.
    pub earliest: Option<Day>,
    /// The latest day.
    pub latest: Option<Day>,
}

impl Edtf {
    /// Reads a date leniently: text that is no EDTF keeps its words and has no span.
    #[must_use]
    pub fn lenient(text: &str) -> Self {
        // `XXXX` says that nothing is known.
        let parsed = || text.parse::<Parsed>().ok().filter(|_| text != "XXXX");
        let span = plain_span(text).or_else(|| parsed().map(|date| span_of(&date)));
        Self { text: text.to_owned(), span, qualified: text.contains(['?', '~', '%']) }
    }

    /// Whether nothing is written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The date as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The days it may mean; `None` where it is no date, or nothing is known of it (`XXXX`).
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.span
    }

    /// The days it can only mean: none for a date marked uncertain or approximate, which may mean
    /// a day outside its span. Rules about order ask this one.
    #[must_use]
    pub fn certain_span(&self) -> Option<Span> {
        self.span.filter(|_| !self.qualified)
    }

    /// Whether it is an interval that ends open: still so.
    #[must_use]
    pub fn is_open_ended(&self) -> bool {
        self.text.ends_with("/..") || self.text.ends_with('/')
    }
}

impl serde::Serialize for Edtf {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The span of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: most dates, without the full parser.
fn plain_span(text: &str) -> Option<Span> {
    let digits = |s: &str| -> Option<i32> {
        s.bytes().all(|b| b.is_ascii_digit()).then(|| s.parse().ok()).flatten()
    };
    let year = digits(text.get(..4)?)?;
    let (earliest, latest) = match text.len() {
        4 => (Day::new(year, 1, 1), Day::new(year, 12, 31)),
        7 if text.as_bytes()[4] == b'-' => {
            let month = u8::try_from(digits(text.get(5..)?)?).ok()?;
            (Day::new(year, month, 1), Day::new(year, month, days_in(year, month)))
        }
        10 => {
            let day = text.parse().ok();
            (day, day)
        }
        _ => return None,
    };
    Some(Span { earliest: Some(earliest?), latest: Some(latest?) })
}

fn span_of(date: &Parsed) -> Span {
    let day = |bound: Bound| match bound {
        Bound::Date(d) => Day::new(i32::try_from(d.year).ok()?, d.month, d.day),
        _ => None,
    };
    let bounds = date.bounds();
    Span { earliest: day(bounds.earliest), latest: day(bounds.latest) }
}

/// Why `text` is no EDTF date, in words; `None` where it is one.
#[must_use]
pub fn edtf_error(text: &str) -> Option<String> {
    let error = match text.parse::<Parsed>() {
        Ok(_) => return None,
        Err(error) => error,
    };
    for part in text.split('/') {
        let part = part.trim_end_matches(['?', '~', '%']);
        if part.len() == 10
            && let Err(reason) = part.parse::<Day>()
            && reason.starts_with(part)
        {
            return Some(reason);
        }
        if part.len() == 7
            && let (Ok(_), Ok(month)) = (part[..4].parse::<i32>(), part[5..].parse::<u8>())
            && !(1..=12).contains(&month)
        {
            return Some(format!("{part}: there are 12 months, 01 to 12"));
        }
    }
    if let Some((from, to)) = text.split_once('/')
        && from.parse::<Parsed>().is_ok()
        && to.parse::<Parsed>().is_ok()
    {
        return Some(format!("{text} runs backwards: it ends before it begins"));
    }
    Some(format!("`{text}` is not a date: {error}"))
}

/// An interval that ends before it begins, turned round.
#[must_use]
pub fn turned(text: &str) -> Option<String> {
    let (from, to) = text.split_once('/')?;
    let turned = format!("{to}/{from}");
    (edtf_error(text).is_some() && edtf_error(&turned).is_none()).then_some(turned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect(text)
    }

    #[test]
    fn days_follow_the_calendar() {
        for bad in ["2025-02-30", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "24-1-1"]
        {
            assert!(bad.parse::<Day>().is_err(), "{bad}");
        }
        assert_eq!(day("2024-02-29").next(), day("2024-03-01"));
        assert_eq!(day("2024-12-31").next(), day("2025-01-01"));
        assert_eq!(day("2024-01-31").plus_months(1), day("2024-02-29"));
        assert_eq!(day("2024-11-30").plus_months(24), day("2026-11-30"));
        assert_eq!(
            "2025-02-30".parse::<Day>(),
            Err("2025-02-30: February 2025 has 28 days".into())
        );
    }

    #[test]
    fn unix_times_become_days() {
        assert_eq!(Day::from_unix(0), day("1970-01-01"));
        assert_eq!(Day::from_unix(-1), day("1969-12-31"));
        assert_eq!(Day::from_unix(951_782_400), day("2000-02-29"));
        assert_eq!(Day::from_unix(1_795_391_999), day("2026-11-22"));
    }

    #[test]
    fn spans_are_the_days_a_date_may_mean() {
        let span = |text: &str| {
            let span = Edtf::lenient(text).span().expect(text);
            let word = |d: Option<Day>| d.map_or("..".to_owned(), |d| d.to_string());
            format!("{} {}", word(span.earliest), word(span.latest))
        };
        assert_eq!(span("2024"), "2024-01-01 2024-12-31");
        assert_eq!(span("2024-02"), "2024-02-01 2024-02-29");
        assert_eq!(span("2024-02-15"), "2024-02-15 2024-02-15");
        assert_eq!(span("2024~"), "2024-01-01 2024-12-31");
        assert_eq!(span("202X"), "2020-01-01 2029-12-31");
        assert_eq!(span("2024/2028"), "2024-01-01 2028-12-31");
        assert_eq!(span("2025/.."), "2025-01-01 ..");
        assert_eq!(span("../2025"), ".. 2025-12-31");
        assert_eq!(span("2024-03-XX"), "2024-03-01 2024-03-31");
        assert_eq!(Edtf::lenient("soon").span(), None);
        assert_eq!(Edtf::lenient("2024~").certain_span(), None);
        assert!(Edtf::lenient("2025/..").is_open_ended());
    }

    #[test]
    fn what_is_wrong_is_said_in_words() {
        let error = |text: &str| edtf_error(text).expect(text);
        assert_eq!(error("2025-02-30"), "2025-02-30: February 2025 has 28 days");
        assert_eq!(error("2025-14"), "2025-14: there are 12 months, 01 to 12");
        assert_eq!(error("2028/2024"), "2028/2024 runs backwards: it ends before it begins");
        assert_eq!(error("2025-02-30/2026"), "2025-02-30: February 2025 has 28 days");
        assert_eq!(edtf_error("2024/.."), None);
    }
}
