//! What stops a run: a folder that is not there, a revision git does not know, a schema that does
//! not compile. What is wrong *in the data* is a [`Finding`](crate::finding::Finding) instead.

use std::fmt;

/// An error of the run, with what to do about it where we know.
#[derive(Clone, Debug)]
pub struct Error {
    message: String,
    hints: Vec<String>,
}

/// The result of anything that can stop a run.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error that says `message`.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hints: Vec::new() }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same error with where it happened in front.
    #[must_use]
    pub fn within(mut self, place: &str) -> Self {
        self.message = format!("{place}: {}", self.message);
        self
    }

    /// What to do about it, one remedy an item.
    #[must_use]
    pub fn hints(&self) -> &[String] {
        &self.hints
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
