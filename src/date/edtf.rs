//! EDTF dates, and the days that they may mean.

use super::{Day, days_in};
use edtf_core::{Bound, Edtf as Parsed};
use std::fmt;

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
