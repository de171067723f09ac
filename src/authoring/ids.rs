//! Ids made from words. The only home of deunicode.

/// Any text in the form of an id: words of lower-case Latin letters and digits, joined by hyphens.
#[must_use]
pub fn slug(text: &str) -> String {
    words(text).join("-")
}

fn words(text: &str) -> Vec<String> {
    written(text).iter().map(|word| word.to_lowercase()).collect()
}

/// The words of a text in Latin letters, as they are written; the numbers of a version are one, with
/// hyphens for its dots: `Qwen2-5`.
fn written(text: &str) -> Vec<String> {
    // Apostrophes, and the marks that soft signs become, part no words.
    let plain = deunicode::deunicode(text).replace(['\'', '`'], "");
    let mut words: Vec<String> = Vec::new();
    let mut after_dot = false;
    for piece in plain.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let word = piece.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let digit = |c: char| c.is_ascii_digit();
        match words.last_mut() {
            Some(last) if after_dot && last.ends_with(digit) && word.starts_with(digit) => {
                push(last, word);
            }
            _ if word.is_empty() => {}
            _ => words.push(word.to_owned()),
        }
        after_dot = !word.is_empty() && piece.ends_with('.');
    }
    words
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
    joined(&telling(text, usize::MAX), year(text), most)
}

/// The same for a sentence: of a long name only the beginning counts, so that what was done has room.
#[must_use]
pub fn brief_sentence(text: &str, most: usize) -> String {
    let short = telling(text, 3);
    // Where all words look like names, none of them are.
    let words = if short.len() < most { telling(text, usize::MAX) } else { short };
    joined(&words, year(text), most)
}

/// The words that tell something, of a run of capitalised ones only the first.
fn telling(text: &str, of_a_name: usize) -> Vec<String> {
    let mut run = 0;
    let mut telling = Vec::new();
    for word in written(&text.replace("'s ", " ").replace("’s ", " ")) {
        let lower = word.to_lowercase();
        if is_number(&word) || EMPTY.contains(&lower.as_str()) {
            continue;
        }
        run = if word.starts_with(|c: char| c.is_ascii_uppercase()) { run + 1 } else { 0 };
        if run <= of_a_name {
            telling.push(lower);
        }
    }
    telling
}

fn year(text: &str) -> Option<String> {
    let is_year =
        |w: &String| w.len() == 4 && is_number(w) && ("1900".."2100").contains(&w.as_str());
    slug(text).split('-').map(str::to_owned).find(is_year)
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit() || b == b'-')
}

fn joined(telling: &[String], year: Option<String>, most: usize) -> String {
    // The year has its place; before it, what is too long for the rest gives way to what is not.
    let room = LONG - year.as_ref().map_or(0, |year| 1 + year.len());
    let (mut id, mut taken) = (String::new(), 0);
    for word in telling {
        let fits = id.is_empty() || id.len() + 1 + word.len() <= room;
        if taken < most && fits {
            push(&mut id, &word.chars().take(room).collect::<String>());
            taken += 1;
        }
    }
    if let Some(year) = year {
        push(&mut id, &year);
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
            brief_sentence(
                "On 7 March 2024 India's Union Cabinet approved the IndiaAI Mission.",
                5
            ),
            "india-union-cabinet-approved-indiaai-2024"
        );
        // A long name in front leaves room for what was done, and when.
        let long =
            "In 2025 Brazil's Ministry of Science, Technology and Innovation approved a plan.";
        assert_eq!(brief_sentence(long, 5), "brazil-ministry-science-approved-plan-2025");
        assert_eq!(brief(long, 6), "brazil-ministry-science-technology-approved-2025");
        assert_eq!(brief_sentence("Yi Er San Si Wu", 5), "yi-er-san-si-wu");
        // The numbers of a version belong together; a decimal and a date are numbers.
        let version = "On 29.1.2025 Alibaba presented Qwen2.5-Max, v1.0.2, for 1.5 dollars.";
        assert_eq!(brief(version, 6), "alibaba-presented-qwen2-5-max-v1-0-2-2025");
        assert_eq!(slug("GPT-4.1 mini. 2 of them"), "gpt-4-1-mini-2-of-them");
        assert_eq!(slug("Правительство São Tomé"), "pravitelstvo-sao-tome");
        assert_eq!(slug("  —  "), "");
        assert_eq!(free("a", |id| ["a", "a-2"].contains(&id)), "a-3");
    }
}
