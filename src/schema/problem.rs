//! A mistake in a record: where it is, what is wrong and what to write instead.

use super::words::subject;
use crate::{
    document::Part,
    text::{invisible_in, list},
};
use std::collections::BTreeSet;

/// One mistake in a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What sort of mistake it is.
    pub kind: ProblemKind,
    /// JSON pointer of the part to change; of the object that lacks a key.
    pub pointer: String,
    /// Whether the key or the value is to change.
    pub part: Part,
    /// JSON pointer of what cannot be relied on: differs from `pointer` for a missing key.
    pub flaw: String,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// JSON text to put in the place of the part, where that is meant.
    pub replacement: Option<String>,
    /// Whether it surely is.
    pub sure: bool,
    /// JSON pointers of the members of which one is missing; empty for any other mistake.
    pub missing: Vec<String>,
    /// The keys that do not belong, and the condition that says so.
    pub(super) misplaced: Option<(Vec<String>, String)>,
}

impl Problem {
    /// A problem about the value `pointer`, still without words.
    pub fn about(pointer: &str) -> Self {
        Self {
            kind: ProblemKind::Schema,
            pointer: pointer.to_owned(),
            part: Part::Value,
            flaw: pointer.to_owned(),
            message: String::new(),
            help: None,
            replacement: None,
            sure: true,
            missing: Vec::new(),
            misplaced: None,
        }
    }

    /// What cannot be seen of the string at `pointer`: a problem about the first such character,
    /// which names the others; none where everything can be seen.
    #[must_use]
    pub fn invisible(pointer: &str, text: &str) -> Option<Self> {
        let mut found = invisible_in(text);
        let (index, c, name) = found.next()?;
        let others: BTreeSet<String> = found.map(|other| named(other.1, other.2)).collect();
        let others: Vec<String> = others.into_iter().collect();
        let also = match others.as_slice() {
            [] => String::new(),
            others => format!("; further on also {}", list(others, "and")),
        };
        let help = match c {
            '\n' => "write a space in place of `\\n`: text stands on one line",
            '\r' => "write a space in place of `\\r`: text stands on one line",
            '\t' => "write a space in place of `\\t`",
            '\u{2028}' | '\u{2029}' => "write a space in its place: text stands on one line",
            _ if others.is_empty() => "delete it",
            _ => "delete them",
        };
        // What parts words becomes a space.
        let replacement = if help.starts_with("delete") { "" } else { " " };
        Some(Self {
            kind: ProblemKind::Invisible(index),
            message: format!(
                "{} holds an invisible character: {}{also}",
                subject(pointer),
                named(c, name),
            ),
            help: Some(help.to_owned()),
            replacement: Some(replacement.to_owned()),
            ..Self::about(pointer)
        })
    }

    /// A text that only holds the place of one, as examples in messages do; `about` says what should
    /// stand there.
    #[must_use]
    pub fn unwritten(
        pointer: &str,
        text: &str,
        about: impl FnOnce() -> Option<String>,
    ) -> Option<Self> {
        let text = Some(text.trim()).filter(|text| ["…", "..."].contains(text))?;
        Some(Self {
            message: format!(
                "{} is only `{text}`, in place of what belongs there",
                subject(pointer)
            ),
            help: Some(match about() {
                Some(about) => format!("write it: {about}"),
                None => "write it, or remove the key".to_owned(),
            }),
            ..Self::about(pointer)
        })
    }

    /// Whether it is about a key that does not belong there.
    #[must_use]
    pub fn is_misplaced(&self) -> bool {
        self.misplaced.is_some()
    }

    /// Says that the key of this member does not belong here under a condition, in words.
    pub fn misplaced(&mut self, key: &str, when: &str) {
        self.part = Part::Key;
        self.message = format!("`{key}` does not belong here {when}").trim_end().to_owned();
        self.help = Some("remove it".to_owned());
        self.misplaced = Some((vec![key.to_owned()], when.to_owned()));
    }
}

/// What sort of mistake a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The schema refuses it.
    Schema,
    /// A character that cannot be seen, at this index of the string.
    Invisible(usize),
}

/// An invisible character by its name and number.
fn named(c: char, name: &str) -> String {
    format!("{name}, U+{:04X}", u32::from(c))
}
