//! Asking a person at a terminal. The only home of inquire.

use super::super::note;
use crate::{
    authoring::{
        interview::{Asker, Choice, Line},
        stopped,
    },
    error::{Error, Result},
    text::{did_you_mean, visible},
};
use inquire::{
    Confirm, CustomUserError, InquireError, MultiSelect, Select, Text,
    autocompletion::{Autocomplete, Replacement},
    ui::RenderConfig,
    validator::Validation,
};
use std::io::{self, IsTerminal as _};

/// A person at a terminal. Questions go to standard error.
pub struct Terminal;

/// How many answers are shown at once.
const PAGE: usize = 10;

impl Terminal {
    /// The terminal, if there is a person at it.
    pub fn here(colors: bool) -> Option<Self> {
        if !colors {
            inquire::set_global_render_config(RenderConfig::empty());
        }
        (io::stdin().is_terminal() && io::stderr().is_terminal()).then_some(Self)
    }
}

impl Asker for Terminal {
    fn line(&mut self, question: &Line) -> Result<String> {
        let check = |text: &str| -> std::result::Result<Validation, CustomUserError> {
            Ok((question.check)(text)
                .map_or(Validation::Valid, |why| Validation::Invalid(why.into())))
        };
        let mut text = Text::new(question.question)
            .with_initial_value(question.initial)
            .with_validator(check)
            .with_autocomplete(Near(question.near));
        if !question.help.is_empty() {
            text = text.with_help_message(question.help);
        }
        text.prompt().map_err(ended)
    }

    fn one(&mut self, choice: &Choice) -> Result<usize> {
        let options = shown(choice.options);
        let mut select =
            Select::new(choice.question, options).with_page_size(PAGE).with_scorer(&score);
        if !choice.help.is_empty() {
            select = select.with_help_message(choice.help);
        }
        Ok(select.raw_prompt().map_err(ended)?.index)
    }

    fn some(&mut self, choice: &Choice) -> Result<Vec<usize>> {
        let options = shown(choice.options);
        let mut select =
            MultiSelect::new(choice.question, options).with_page_size(PAGE).with_scorer(&score);
        if !choice.help.is_empty() {
            select = select.with_help_message(choice.help);
        }
        Ok(select.raw_prompt().map_err(ended)?.into_iter().map(|option| option.index).collect())
    }

    fn yes(&mut self, question: &str, usual: bool) -> Result<bool> {
        Confirm::new(question).with_default(usual).prompt().map_err(ended)
    }

    fn tell(&mut self, text: &str) {
        note(&visible(text));
    }
}

fn shown(options: &[String]) -> Vec<String> {
    options.iter().map(|option| visible(option).into_owned()).collect()
}

fn ended(error: InquireError) -> Error {
    match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => {
            stopped("you left the questions")
        }
        error => Error::new(format!("cannot ask: {error}"))
            .hint("every answer can also be given by a flag"),
    }
}

/// What is there already that is like what is being typed: shown, and not to be taken over.
#[derive(Clone)]
struct Near<'q>(&'q dyn Fn(&str) -> Vec<String>);

impl Autocomplete for Near<'_> {
    fn get_suggestions(
        &mut self,
        input: &str,
    ) -> std::result::Result<Vec<String>, CustomUserError> {
        Ok((self.0)(input).iter().map(|text| visible(text).into_owned()).collect())
    }

    fn get_completion(
        &mut self,
        _: &str,
        suggestion: Option<String>,
    ) -> std::result::Result<Replacement, CustomUserError> {
        Ok(suggestion)
    }
}

/// Whether an option is what somebody may look for who types `input`: all its words are there, or
/// nearly.
fn score(input: &str, _: &String, option: &str, index: usize) -> Option<i64> {
    let option = option.to_lowercase();
    let words: Vec<&str> =
        option.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut found = 0;
    for part in input.to_lowercase().split_whitespace() {
        found += match (option.contains(part), did_you_mean(part, words.iter().copied())) {
            (true, _) => 1_000_000,
            (false, Some(_)) => 0,
            (false, None) => return None,
        };
    }
    // Of equals, the first.
    Some(found - i64::try_from(index).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_found_by_their_words_in_any_order_and_with_slips() {
        let option =
            "Cabinet approves the IndiaAI Mission, Press Information Bureau, 2024 [pib-2024]";
        let found = |input: &str| score(input, &String::new(), option, 0).is_some();
        assert!(found("mission cabinet") && found("PIB") && found("") && found("misson"));
        assert!(!found("summit") && !found("mission summit"));
        assert!(
            score("mission", &String::new(), option, 3)
                > score("misson", &String::new(), option, 0)
        );
    }
}
