//! Days of the calendar.

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
}
