//! Which answers fit what somebody types.

use crate::{authoring::interview::Offer, text::did_you_mean};
use std::cell::RefCell;

/// Answers to choose from, and which of them fit.
pub struct Fitting {
    /// What each is found by, in lower case.
    found_by: Vec<String>,
    last: RefCell<Typed>,
}

/// What was typed last, and how well each answer fits it.
#[derive(Default)]
struct Typed {
    text: String,
    scores: Vec<Option<i64>>,
}

/// How far above the others an answer is that has a word as it was typed.
const EXACT: i64 = 1_000_000;

impl Fitting {
    pub fn new(offers: &[Offer]) -> Self {
        let found_by = |offer: &Offer| format!("{} {}", offer.words, offer.also).to_lowercase();
        Self { found_by: offers.iter().map(found_by).collect(), last: RefCell::default() }
    }

    /// How well an answer fits what is typed. The index after the last one stands for none of them:
    /// where nothing fits, it comes before all.
    pub fn score(&self, input: &str, index: usize) -> Option<i64> {
        let text = typed(input);
        let mut last = self.last.borrow_mut();
        if last.text != text || last.scores.is_empty() {
            let scores = self.found_by.iter().map(|found_by| score(text, found_by));
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

/// Whether an answer is what somebody may look for who types this: all its words are there, or
/// nearly.
fn score(input: &str, found_by: &str) -> Option<i64> {
    let words: Vec<&str> =
        found_by.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut found = 0;
    for part in input.to_lowercase().split_whitespace() {
        let part = address(part).unwrap_or(part);
        found += match (found_by.contains(part), did_you_mean(part, words.iter().copied())) {
            (true, _) => EXACT,
            (false, Some(_)) => 0,
            (false, None) => return None,
        };
    }
    Some(found)
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
}
