//! The numbers of a date, for formats that keep years, months and days apart.

/// A date in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The date, or where it begins.
    pub from: Part,
    /// Where it ends, if that is another date.
    pub to: Option<Part>,
    /// Whether it is not certain.
    pub about: bool,
}

/// A year, perhaps with a month, perhaps with a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The year.
    pub year: u16,
    /// The month, from 1.
    pub month: Option<u8>,
    /// The day of the month, from 1.
    pub day: Option<u8>,
}

/// The numbers of an EDTF date: of an interval that is open the end that is known; none where
/// nothing is known.
#[must_use]
pub fn parts(text: &str) -> Option<Parts> {
    let about = text.contains(['?', '~', '%']);
    let Some((from, to)) = text.split_once('/') else { return one(text, about) };
    match (one(from, about), one(to, about)) {
        (Some(from), Some(to)) => Some(Parts { to: Some(to.to.unwrap_or(to.from)), ..from }),
        (from, to) => from.or(to),
    }
}

fn one(text: &str, about: bool) -> Option<Parts> {
    let text = text.trim_end_matches(['?', '~', '%']);
    let mut numbers = text.split('-');
    let year = numbers.next().filter(|year| year.len() == 4)?;
    let known = year.trim_end_matches('X');
    if known.len() < 4 {
        // A decade or a century.
        let first = known.parse::<u16>().ok()?;
        let span = 10_u16.pow(u32::try_from(4 - known.len()).ok()?);
        let part = |year| Part { year, month: None, day: None };
        let (from, to) = (part(first * span), part(first * span + span - 1));
        return Some(Parts { from, to: Some(to), about: true });
    }
    let mut number = || numbers.next()?.parse().ok();
    let month = number();
    let day = month.and_then(|_| number());
    Some(Parts { from: Part { year: year.parse().ok()?, month, day }, to: None, about })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(numbers: &[u16]) -> Part {
        let small = |i: usize| numbers.get(i).map(|n| u8::try_from(*n).expect("small"));
        Part { year: numbers[0], month: small(1), day: small(2) }
    }

    #[test]
    fn every_form_of_the_profile_has_its_numbers() {
        for (text, from, to, about) in [
            ("2024", &[2024][..], None, false),
            ("2024-02", &[2024, 2], None, false),
            ("2024-02-15", &[2024, 2, 15], None, false),
            ("2024-02-15?", &[2024, 2, 15], None, true),
            ("2024~", &[2024], None, true),
            ("2024-XX", &[2024], None, false),
            ("2024-02-XX", &[2024, 2], None, false),
            ("202X", &[2020], Some(&[2029][..]), true),
            ("19XX", &[1900], Some(&[1999]), true),
            ("2024/2028-05", &[2024], Some(&[2028, 5]), false),
            ("2024~/2028", &[2024], Some(&[2028]), true),
            ("2025-03/..", &[2025, 3], None, false),
            ("../2025", &[2025], None, false),
        ] {
            let expected = Parts { from: part(from), to: to.map(part), about };
            assert_eq!(parts(text), Some(expected), "{text}");
        }
        assert_eq!(parts("XXXX"), None);
        assert_eq!(parts("soon"), None);
    }
}
