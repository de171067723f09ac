//! Dates as people write them in English: `2024~` is "about 2024", `2025/..` is "since 2025".

use super::{Day, month_name};

/// An EDTF date in words. What is none keeps its own words.
#[must_use]
pub fn date_words(text: &str) -> String {
    match text.split_once('/') {
        Some((from, ".." | "")) => format!("since {}", point(from)),
        Some((".." | "", to)) => format!("until {}", point(to)),
        Some((from, to)) => format!("{} to {}", point(from), point(to)),
        None => point(text),
    }
}

/// A date that is no interval.
fn point(text: &str) -> String {
    let plain = text.trim_end_matches(['?', '~', '%']);
    let words = unqualified(plain).unwrap_or_else(|| plain.to_owned());
    match &text[plain.len()..] {
        "~" => format!("about {words}"),
        "?" => format!("possibly {words}"),
        "%" => format!("possibly about {words}"),
        _ => words,
    }
}

/// The digits of a number, without the zeros before them.
fn unpadded(digits: &str) -> &str {
    match digits.trim_start_matches('0') {
        "" => "0",
        unpadded => unpadded,
    }
}

fn unqualified(text: &str) -> Option<String> {
    if text.len() == 10
        && let Ok(day) = text.parse::<Day>()
    {
        let words = [unpadded(&text[8..]), " ", month_name(day.month()), " ", unpadded(&text[..4])];
        return Some(words.concat());
    }
    let (year, rest) = match text.split_once('-') {
        Some((year, rest)) => (year, Some(rest)),
        None => (text, None),
    };
    let month = |month: &str| {
        let number = month.parse().ok().filter(|number| (1..=12).contains(number))?;
        Some(month_name(number))
    };
    let number = |year: &str| year.parse::<u16>().ok();
    Some(match (rest, year.trim_end_matches('X').len(), year.len()) {
        (None, 0, 4) => "date unknown".to_owned(),
        (None, 2, 4) => {
            let century = number(&year[..2])?;
            format!("between {century}00 and {century}99")
        }
        (None, 3, 4) => format!("the {}0s", number(&year[..3])?),
        (None, 4, 4) => number(year)?.to_string(),
        (Some("XX"), 4, 4) => format!("{}, month unknown", number(year)?),
        (Some(rest), 4, 4) => match rest.strip_suffix("-XX") {
            Some(rest) => format!("{} {}, day unknown", month(rest)?, number(year)?),
            None => format!("{} {}", month(rest)?, number(year)?),
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::date_words;

    #[test]
    fn dates_are_worded_as_people_write_them() {
        for (edtf, words) in [
            ("2024", "2024"),
            ("2024-02", "February 2024"),
            ("2024-02-05", "5 February 2024"),
            ("2024~", "about 2024"),
            ("2024-02?", "possibly February 2024"),
            ("2024%", "possibly about 2024"),
            ("202X", "the 2020s"),
            ("20XX", "between 2000 and 2099"),
            ("XXXX", "date unknown"),
            ("2024-XX", "2024, month unknown"),
            ("2024-03-XX", "March 2024, day unknown"),
            ("2024/2028", "2024 to 2028"),
            ("2024-04/2024-08~", "April 2024 to about August 2024"),
            ("2025/..", "since 2025"),
            ("2026~/..", "since about 2026"),
            ("../2026-05-20", "until 20 May 2026"),
            ("0800", "800"),
            ("0000-01-10", "10 January 0"),
            ("soon", "soon"),
            ("2024-13", "2024-13"),
            ("дата", "дата"),
            ("", ""),
        ] {
            assert_eq!(date_words(edtf), words, "{edtf}");
        }
    }
}
