//! Asking a person at a terminal. The only home of inquire.

use super::{super::note, fitting::Fitting};
use crate::{
    authoring::{
        interview::{Asker, Choice, Chosen, Line, Offer},
        stopped,
    },
    error::{Error, Result},
    text::visible,
};
use inquire::{
    Confirm, CustomUserError, InquireError, MultiSelect, Select, Text,
    autocompletion::{Autocomplete, Replacement},
    ui::RenderConfig,
    validator::Validation,
};
use std::{
    fmt,
    io::{self, IsTerminal as _},
    rc::Rc,
};

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
        let mut initial = question.initial.to_owned();
        loop {
            let mut text = Text::new(question.question)
                .with_initial_value(&initial)
                .with_validator(check)
                .with_autocomplete(Near(question.near));
            if !question.help.is_empty() {
                text = text.with_help_message(question.help);
            }
            let answer = text.prompt();
            let edited = match &answer {
                Err(InquireError::Custom(error)) => error.downcast_ref::<Edited>(),
                _ => None,
            };
            match edited {
                Some(Edited(text)) => initial = text.clone(),
                None => return answer.map_err(ended),
            }
        }
    }

    fn one(&mut self, choice: &Choice) -> Result<Chosen> {
        let (rows, fitting) = rows(choice.options);
        let score = |input: &str, _: &Row, _: &str, index: usize| fitting.score(input, index);
        let mut typed = String::new();
        loop {
            let mut select = Select::new(choice.question, rows.clone())
                .with_page_size(PAGE)
                .with_starting_filter_input(&typed)
                .with_scorer(&score);
            if !choice.help.is_empty() {
                select = select.with_help_message(choice.help);
            }
            let at = select.raw_prompt().map_err(ended)?.index;
            typed = fitting.unfit().unwrap_or_default();
            if at < choice.options.len() {
                return Ok(Chosen { at, unfit: typed });
            }
        }
    }

    fn some(&mut self, choice: &Choice) -> Result<Vec<usize>> {
        let (rows, fitting) = rows(choice.options);
        let score = |input: &str, _: &Row, _: &str, index: usize| fitting.score(input, index);
        let mut select =
            MultiSelect::new(choice.question, rows).with_page_size(PAGE).with_scorer(&score);
        if !choice.help.is_empty() {
            select = select.with_help_message(choice.help);
        }
        let chosen = select.raw_prompt().map_err(ended)?.into_iter().map(|option| option.index);
        Ok(chosen.filter(|index| *index < choice.options.len()).collect())
    }

    fn yes(&mut self, question: &str, usual: bool) -> Result<bool> {
        Confirm::new(question).with_default(usual).prompt().map_err(ended)
    }

    fn tell(&mut self, text: &str) {
        note(&visible(text));
    }
}

/// A row of a list: an answer, or what is said where none fits.
#[derive(Clone)]
enum Row {
    Answer(String),
    NothingFits(Rc<Fitting>),
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Answer(words) => f.write_str(words),
            Self::NothingFits(fitting) => {
                let typed = fitting.unfit().unwrap_or_default();
                write!(f, "nothing fits `{}`: type other words, or choose below", visible(&typed))
            }
        }
    }
}

fn rows(offers: &[Offer]) -> (Vec<Row>, Rc<Fitting>) {
    let fitting = Rc::new(Fitting::new(offers));
    let mut rows: Vec<Row> =
        offers.iter().map(|offer| Row::Answer(visible(&offer.words).into_owned())).collect();
    rows.push(Row::NothingFits(Rc::clone(&fitting)));
    (rows, fitting)
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
        if let Some(text) = edited(input) {
            return Err(Box::new(Edited(text)));
        }
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

/// A line as a key has changed it that the prompt does not know.
#[derive(Debug)]
struct Edited(String);

impl fmt::Display for Edited {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Edited {}

/// A line after keys that shells know and the prompt takes for letters: Ctrl-U takes away what
/// stands before, Ctrl-K what stands after, Ctrl-W the word before; any other does nothing. None
/// where there is no such key.
fn edited(line: &str) -> Option<String> {
    let at = line.find(char::is_control)?;
    let (before, rest) = line.split_at(at);
    let mut after = rest.chars();
    let before = match after.next() {
        Some('\u{15}') => "",
        Some('\u{17}') => before.trim_end().rfind(' ').map_or("", |end| &before[..=end]),
        Some('\u{b}') => return Some(before.to_owned()),
        _ => before,
    };
    Some(format!("{before}{}", after.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_shells_know_change_the_line() {
        assert_eq!(edited("plain"), None);
        assert_eq!(edited("one two\u{15}three").as_deref(), Some("three"));
        assert_eq!(edited("one two \u{17}").as_deref(), Some("one "));
        assert_eq!(edited("one\u{b} two").as_deref(), Some("one"));
        assert_eq!(edited("one\u{2}").as_deref(), Some("one"));
    }
}
