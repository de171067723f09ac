//! Ids made from words. The only home of deunicode.

/// Any text in the form of an id: words of lower-case Latin letters and digits, joined by hyphens.
#[must_use]
pub fn slug(text: &str) -> String {
    words(text).join("-")
}

fn words(text: &str) -> Vec<String> {
    // Apostrophes, and the marks that soft signs become, part no words.
    let plain = deunicode::deunicode(text).replace(['\'', '`'], "").to_lowercase();
    plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Words that tell nothing in an id.
const EMPTY: &[&str] = &[
    "a",
    "about",
    "after",
    "all",
    "also",
    "an",
    "and",
    "are",
    "as",
    "at",
    "be",
    "been",
    "before",
    "between",
    "by",
    "for",
    "from",
    "had",
    "has",
    "have",
    "in",
    "into",
    "is",
    "it",
    "its",
    "more",
    "of",
    "on",
    "or",
    "over",
    "s",
    "than",
    "that",
    "the",
    "their",
    "there",
    "this",
    "to",
    "under",
    "was",
    "were",
    "which",
    "while",
    "will",
    "with",
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

/// How long an id may become on its own: people have to read it.
const LONG: usize = 48;

/// The first telling words of a text, at most `most`, as an id; a year comes last.
#[must_use]
pub fn brief(text: &str, most: usize) -> String {
    let words = words(&text.replace("'s ", " ").replace("’s ", " "));
    let number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let year =
        words.iter().find(|w| w.len() == 4 && number(w) && ("1900".."2100").contains(&w.as_str()));
    let telling = words.iter().filter(|word| !number(word) && !EMPTY.contains(&word.as_str()));
    // The year has its place; before it, what is too long for the rest gives way to what is not.
    let room = LONG - year.map_or(0, |year| 1 + year.len());
    let (mut id, mut taken) = (String::new(), 0);
    for word in telling {
        let fits = id.is_empty() || id.len() + 1 + word.len() <= room;
        if taken < most && fits {
            push(&mut id, &word.chars().take(room).collect::<String>());
            taken += 1;
        }
    }
    if let Some(year) = year {
        push(&mut id, year);
    }
    id
}

fn push(id: &mut String, word: &str) {
    if !id.is_empty() {
        id.push('-');
    }
    id.push_str(word);
}

/// Whether a name can stand in a path: it neither leads elsewhere nor hides.
#[must_use]
pub fn is_plain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphanumeric())
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// The id, or the first of `id-2`, `id-3`, … that is not taken. What is too long loses words.
#[must_use]
pub fn free(id: &str, taken: impl Fn(&str) -> bool) -> String {
    // An id may have 80 characters.
    let id = match id.char_indices().nth(75) {
        Some((end, _)) => id[..end].rsplit_once('-').map_or(&id[..end], |(most, _)| most),
        None => id,
    };
    let mut tried = id.to_owned();
    let mut n = 1;
    while taken(&tried) {
        n += 1;
        tried = format!("{id}-{n}");
    }
    tried
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_made_of_telling_words() {
        assert_eq!(
            brief("On 7 March 2024 India's Union Cabinet approved the IndiaAI Mission.", 5),
            "india-union-cabinet-approved-indiaai-2024"
        );
        // A long name in front leaves room for what was done, and when.
        assert_eq!(
            brief(
                "In 2025 Brazil's Ministry of Science, Technology and Innovation approved a plan.",
                5
            ),
            "brazil-ministry-science-technology-approved-2025"
        );
        assert_eq!(slug("Правительство São Tomé"), "pravitelstvo-sao-tome");
        assert_eq!(slug("  —  "), "");
        assert_eq!(free("a", |id| ["a", "a-2"].contains(&id)), "a-3");
    }
}
