//! Who answers questions, and what they are asked.

use crate::error::Result;

/// Who answers: a person at a terminal, or a test.
pub trait Asker {
    /// A line of text; may be empty.
    ///
    /// # Errors
    /// Where the person stops.
    fn line(&mut self, question: &Line) -> Result<String>;
    /// One of several.
    ///
    /// # Errors
    /// As for [`Asker::line`].
    fn one(&mut self, choice: &Choice) -> Result<Chosen>;
    /// Any of several, by index.
    ///
    /// # Errors
    /// As for [`Asker::line`].
    fn some(&mut self, choice: &Choice) -> Result<Vec<usize>>;
    /// Yes or no.
    ///
    /// # Errors
    /// As for [`Asker::line`].
    fn yes(&mut self, question: &str, usual: bool) -> Result<bool>;
    /// Something worth knowing.
    fn tell(&mut self, text: &str);
}

/// A question that a line of text answers.
pub struct Line<'q> {
    /// What it asks for.
    pub question: &'q str,
    /// What that means.
    pub help: &'q str,
    /// What stands there already.
    pub initial: &'q str,
    /// What is wrong with an answer.
    pub check: &'q dyn Fn(&str) -> Option<String>,
    /// What is there already that is like an answer.
    pub near: &'q dyn Fn(&str) -> Vec<String>,
}

/// A question that has answers to choose from.
pub struct Choice<'q> {
    /// What it asks for.
    pub question: &'q str,
    /// What that means.
    pub help: &'q str,
    /// The answers. What Enter takes comes first.
    pub options: &'q [Offer],
}

/// An answer to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What is shown of it.
    pub words: String,
    /// By what else it is found, beside these words.
    pub also: String,
}

impl Offer {
    /// An answer that is found by what is shown of it.
    pub fn of(words: impl Into<String>) -> Self {
        Self { words: words.into(), also: String::new() }
    }
}

/// The answer that was chosen.
pub struct Chosen {
    /// Its index.
    pub at: usize,
    /// What was typed before that fits none of the answers; mostly nothing.
    pub unfit: String,
}
