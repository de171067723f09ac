//! Who answers questions, and what they are asked.

use crate::error::Result;

/// Who answers: a person at a terminal, or a test.
pub trait Asker {
    /// A line of text; may be empty.
    ///
    /// # Errors
    /// Where the person stops.
    fn line(&mut self, question: &Line) -> Result<String>;
    /// One of several, by index.
    ///
    /// # Errors
    /// As for [`Asker::line`].
    fn one(&mut self, choice: &Choice) -> Result<usize>;
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
    /// The answers.
    pub options: &'q [String],
}
