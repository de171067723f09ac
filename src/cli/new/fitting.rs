//! Which answers fit what somebody types.

use crate::{authoring::interview::Offer, text::did_you_mean};
use std::cell::RefCell;

/// Answers to choose from, and which of them fit.
pub struct Fitting {
    known: Vec<Known>,
    last: RefCell<Typed>,
}

/// What an answer is known by, in lower case.
struct Known {
    /// All that it is found by.
    by: String,
    /// Its name and its id.
    names: Vec<String>,
}

/// What was typed last, and how well each answer fits it.
#[derive(Default)]
struct Typed {
    text: String,
    scores: Vec<Option<i64>>,
}

/// How far above the others an answer is that has a word as it was typed.
const EXACT: i64 = 1_000_000;

/// How far one is that has a word that begins so.
const BEGINS: i64 = 10 * EXACT;

/// How far one is whose name or id is just what was typed.
const NAMED: i64 = 1_000 * EXACT;

impl Fitting {
    pub fn new(offers: &[Offer]) -> Self {
        Self { known: offers.iter().map(Known::of).collect(), last: RefCell::default() }
    }

    /// How well an answer fits what is typed. The index after the last one stands for none of them:
    /// where nothing fits, it comes before all.
    pub fn score(&self, input: &str, index: usize) -> Option<i64> {
        let text = typed(input);
        let mut last = self.last.borrow_mut();
        if last.text != text || last.scores.is_empty() {
            let scores = self.known.iter().map(|known| known.score(text));
            *last = Typed { scores: scores.collect(), text: text.to_owned() };
        }
        // Of equals, the first.
        let place = i64::try_from(index).unwrap_or(i64::MAX);
        let none_fits = last.scores.iter().all(Option::is_none);
        match last.scores.get(index) {
            None => none_fits.then_some(EXACT),
            Some(_) if none_fits => Some(-place),
            Some(score) => score.map(|score| score - place),
        }
    }

    /// What is typed, where nothing fits it.
    pub fn unfit(&self) -> Option<String> {
        let last = self.last.borrow();
        let none_fits = last.scores.iter().all(Option::is_none);
        (none_fits && !last.text.is_empty()).then(|| last.text.clone())
    }
}

/// What is left of what was typed once Ctrl-U took away what stood before.
fn typed(input: &str) -> &str {
    input.rsplit(char::is_control).next().unwrap_or(input).trim()
}

impl Known {
    /// Offers read `Name (letter) [id]` or `Title / Title in English, publisher, date [id]`.
    fn of(offer: &Offer) -> Self {
        let words = offer.words.to_lowercase();
        let (name, id) = words.rsplit_once(" [").unwrap_or((&words, ""));
        let mut names = vec![name.to_owned(), id.trim_end_matches(']').to_owned()];
        names.extend(
            [" (", " / ", ", "].iter().filter_map(|end| Some(name.split_once(end)?.0.to_owned())),
        );
        Self { by: format!("{words} {}", offer.also.to_lowercase()), names }
    }

    /// Whether an answer is what somebody may look for who types this: all its words are there, or
    /// nearly. First comes what is called just so, then what has a word that begins so.
    fn score(&self, input: &str) -> Option<i64> {
        let input = input.to_lowercase();
        let words: Vec<&str> =
            self.by.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let named = !input.is_empty() && self.names.contains(&input);
        let mut found = if named { NAMED } else { 0 };
        for part in input.split_whitespace() {
            let part = address(part).unwrap_or(part);
            found += match (self.by.contains(part), did_you_mean(part, words.iter().copied())) {
                (true, _) if words.iter().any(|word| word.starts_with(part)) => BEGINS,
                (true, _) => EXACT,
                (false, Some(_)) => 0,
                (false, None) => return None,
            };
        }
        Some(found)
    }
}

/// An address without what differs from copy to copy.
fn address(part: &str) -> Option<&str> {
    let (_, rest) = part.split_once("://")?;
    Some(rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_found_by_their_words_in_any_order_and_with_slips() {
        let offer = Offer {
            words: "Cabinet approves the IndiaAI Mission, Press Information Bureau [pib-2024]"
                .into(),
            also: "https://www.pib.gov.in/release?id=7".into(),
        };
        let fitting = Fitting::new(&[offer]);
        let found = |input: &str| fitting.score(input, 0).filter(|_| fitting.unfit().is_none());
        for input in [
            "mission cabinet",
            "PIB",
            "",
            "misson",
            "https://pib.gov.in/release?id=7",
            "pib.gov.in/",
        ] {
            assert!(found(input).is_some(), "{input}");
        }
        for input in ["summit", "mission summit", "https://other.example.org/"] {
            assert!(found(input).is_none(), "{input}");
            assert!(fitting.score(input, 1) > fitting.score(input, 0), "{input}");
            assert_eq!(fitting.unfit().as_deref(), Some(input));
        }
        assert!(found("mission") > found("misson"));
        // Ctrl-U begins anew.
        assert!(found("summit\u{15}mission").is_some());
    }

    #[test]
    fn what_is_called_just_so_comes_first() {
        let names = [
            "Bank Indonesia (B) [bank-indonesia]",
            "Indonesia-Economics (C) [indo-economics]",
            "Indonesia (F) [indonesia]",
            "Panindonesia (C) [panin]",
        ];
        let fitting = Fitting::new(&names.map(Offer::of));
        let order = |input: &str| {
            let mut order: Vec<usize> = (0..names.len()).collect();
            order.sort_by_key(|at| std::cmp::Reverse(fitting.score(input, *at)));
            order
        };
        assert_eq!(order("indonesia"), [2, 0, 1, 3]);
        assert_eq!(order("panin"), [3, 0, 1, 2]);
        assert_eq!(order("indo-economics")[0], 1);
    }
}
