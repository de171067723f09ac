//! Values as files write them, in the form that records have.

use crate::date::Day;
use serde_json::{Value, json};

/// A text on one line.
pub fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A date: `2024`, `2024-03` or `2024-03-07`, however it is written out, without its time of day.
/// None where it says something else.
pub fn date(text: &str) -> Option<String> {
    let text = text.trim();
    let day = text.split(['T', ' ']).next().unwrap_or_default().replace(['/', '.'], "-");
    let parts: Vec<&str> = day.split('-').collect();
    let number = |part: &str| part.parse::<u8>().ok();
    let year =
        parts.first().filter(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()))?;
    match parts.as_slice() {
        [_] => Some((*year).to_owned()),
        [_, month] => {
            number(month).filter(|m| (1..=12).contains(m)).map(|month| format!("{year}-{month:02}"))
        }
        [_, month, day] => {
            let day = Day::new(year.parse().ok()?, number(month)?, number(day)?)?;
            Some(day.to_string())
        }
        _ => None,
    }
}

/// A language tag in the short form of records: `pt_br` is `pt-BR`, `en-latn-us` is `en-Latn-US`.
pub fn language(text: &str) -> Option<String> {
    let mut parts = text.trim().split(['-', '_']);
    let letters = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphabetic());
    let language = parts.next().filter(|part| (2..=3).contains(&part.len()) && letters(part))?;
    let mut tag = language.to_lowercase();
    for part in parts {
        match part.len() {
            2 if letters(part) => tag = format!("{tag}-{}", part.to_uppercase()),
            4 if letters(part) => {
                tag = format!("{tag}-{}{}", part[..1].to_uppercase(), part[1..].to_lowercase());
            }
            _ => return None,
        }
    }
    Some(tag)
}

/// A DOI without the address of a resolver.
pub fn doi(text: &str) -> Option<String> {
    let text = text.trim();
    let at = text.find("10.")?;
    let before = text[..at].to_lowercase();
    let plain = [
        "",
        "doi:",
        "doi: ",
        "https://doi.org/",
        "http://doi.org/",
        "http://dx.doi.org/",
        "https://dx.doi.org/",
    ];
    plain.contains(&before.as_str()).then(|| text[at..].to_owned())
}

/// An ISBN without hyphens.
pub fn isbn(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, 'X' | 'x'))
        .collect::<String>()
        .to_uppercase()
}

/// An author as a text names them: `Family, Given` divides, any other name is taken whole.
pub fn author(name: &str) -> Value {
    let name = line(name);
    match name.split_once(", ") {
        Some((family, given)) if !given.contains(',') => json!({"family": family, "given": given}),
        _ => json!({"literal": name}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_lose_their_time_of_day_and_nothing_else() {
        for (text, expected) in [
            ("2024-03-07T10:00:00+05:30", Some("2024-03-07")),
            ("2024/3/7", Some("2024-03-07")),
            ("2024-03", Some("2024-03")),
            ("2024", Some("2024")),
            ("2024-02-30", None),
            ("7 March 2024", None),
            ("", None),
        ] {
            assert_eq!(date(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn tags_and_identifiers_take_the_form_of_records() {
        assert_eq!(language("pt_br").as_deref(), Some("pt-BR"));
        assert_eq!(language("ZH-hans-cn").as_deref(), Some("zh-Hans-CN"));
        assert_eq!(language("english"), None);
        assert_eq!(doi("https://doi.org/10.1038/x").as_deref(), Some("10.1038/x"));
        assert_eq!(doi("see 10.1038/x"), None);
        assert_eq!(isbn("978-0-306-40615-7"), "9780306406157");
        assert_eq!(author("Moyo, Admire"), json!({"family": "Moyo", "given": "Admire"}));
    }
}
