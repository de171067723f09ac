//! Dates as people write them elsewhere, as EDTF: `18.09.2025`, `March 2025`, `since 2024`.

use super::{edtf_error, month_name};

/// The EDTF dates that somebody may mean who wrote a date otherwise: one where that is certain, two
/// where day and month cannot be told apart, none where it is no date.
#[must_use]
pub fn meant(text: &str) -> Vec<String> {
    let lower = text.trim().to_lowercase();
    // Spreadsheets add a time of day: `2025-09-18 00:00:00`.
    let hour = lower.find(':').and_then(|colon| colon.checked_sub(2));
    let lower = hour
        .and_then(|at| lower.get(..at))
        .map_or(lower.as_str(), |day| day.strip_suffix([' ', 't']).unwrap_or(day));
    let after = |words: &[&str]| words.iter().find_map(|word| lower.strip_prefix(word));
    let mut meant = if let Some(rest) = after(&["since "]) {
        ends(rest, |date| format!("{date}/.."))
    } else if let Some(rest) = after(&["until ", "till "]) {
        ends(rest, |date| format!("../{date}"))
    } else if let Some(rest) = after(&["about ", "around ", "circa ", "c. ", "ca. "]) {
        ends(rest, |date| format!("{date}~"))
    } else {
        let one = point(lower);
        if one.is_empty() { between(lower) } else { one }
    };
    meant.retain(|date| date != text && edtf_error(date).is_none());
    meant
}

fn ends(rest: &str, with: impl Fn(&String) -> String) -> Vec<String> {
    point(rest).iter().map(with).collect()
}

/// `2024 to 2028`, `2024–2028`: an interval whose ends are certain.
fn between(text: &str) -> Vec<String> {
    let parted = [" to ", " until ", "–", " - ", "-"].iter().find_map(|word| text.split_once(word));
    let ends = parted.map(|(from, to)| (point(from), point(to)));
    match ends.as_ref().map(|(from, to)| (from.as_slice(), to.as_slice())) {
        Some(([from], [to])) => vec![format!("{from}/{to}")],
        _ => Vec::new(),
    }
}

/// A part of a date.
enum Part<'t> {
    Year(&'t str),
    Month(u8),
    /// A day or a month.
    Small(u8),
}

/// A year, month or day, whatever their order and what stands between them.
fn point(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let parts: Option<Vec<Part>> =
        words.filter(|word| !["of", "the"].contains(word)).map(part).collect();
    let found = match parts.as_deref().unwrap_or_default() {
        [Part::Year(year)] => vec![(*year).to_owned()],
        [Part::Year(year), Part::Month(month) | Part::Small(month)]
        | [Part::Month(month) | Part::Small(month), Part::Year(year)] => {
            vec![format!("{year}-{month:02}")]
        }
        [Part::Small(day), Part::Month(month), Part::Year(year)]
        | [Part::Month(month), Part::Small(day), Part::Year(year)]
        | [Part::Year(year), Part::Month(month) | Part::Small(month), Part::Small(day)] => {
            vec![format!("{year}-{month:02}-{day:02}")]
        }
        [Part::Small(one), Part::Small(other), Part::Year(year)] => {
            let mut either =
                vec![format!("{year}-{other:02}-{one:02}"), format!("{year}-{one:02}-{other:02}")];
            either.dedup();
            either
        }
        _ => Vec::new(),
    };
    found.into_iter().filter(|date| edtf_error(date).is_none()).collect()
}

fn part(word: &str) -> Option<Part<'_>> {
    let letters = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &word[..word.len() - letters.len()];
    match (digits.len(), letters) {
        (4, "") => Some(Part::Year(digits)),
        (1 | 2, "" | "st" | "nd" | "rd" | "th") => digits.parse().ok().map(Part::Small),
        (0, _) if letters.len() >= 3 => (1..=12)
            .find(|month| month_name(*month).to_lowercase().starts_with(letters))
            // What some write for September is no beginning of it.
            .or_else(|| (letters == "sept").then_some(9))
            .map(Part::Month),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn dates_are_understood_as_people_write_them() {
        for (written, dates) in [
            ("18.09.2025", vec!["2025-09-18"]),
            ("12/09/2025", vec!["2025-09-12", "2025-12-09"]),
            ("09/18/2025", vec!["2025-09-18"]),
            ("9/9/2025", vec!["2025-09-09"]),
            ("March 2025", vec!["2025-03"]),
            ("2 Sept. 2025", vec!["2025-09-02"]),
            ("September 2nd, 2025", vec!["2025-09-02"]),
            ("the 5th of May 2024", vec!["2024-05-05"]),
            ("2025-9-8", vec!["2025-09-08"]),
            ("2025/09/08", vec!["2025-09-08"]),
            ("2025-09-08 00:00:00", vec!["2025-09-08"]),
            ("2025-09-08T10:30Z", vec!["2025-09-08"]),
            ("03/2025", vec!["2025-03"]),
            ("2025-3", vec!["2025-03"]),
            ("since March 2025", vec!["2025-03/.."]),
            ("until 2026", vec!["../2026"]),
            ("about 2024", vec!["2024~"]),
            ("2024-2028", vec!["2024/2028"]),
            ("May 2024 to 3 June 2024", vec!["2024-05/2024-06-03"]),
            ("2028–2024", vec![]),
            ("31.02.2025", vec![]),
            ("5 May", vec![]),
            ("soon", vec![]),
            ("mayor 2024", vec![]),
            ("2024", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(meant(written), dates, "{written}");
        }
    }
}
