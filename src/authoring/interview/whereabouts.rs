//! Where a work can be found: one question for an address, a DOI or a number, whichever there is.

use super::{super::facts::tidy, Interview, Line};
use crate::{
    authoring::{Desk, Draft},
    error::Result,
    rules,
};

impl Interview<'_> {
    /// Asks for one of several members, of which one is enough, and takes the first that the answer
    /// has the form of.
    pub(super) fn whereabouts(&mut self, draft: &mut Draft, pointers: &[String]) -> Result<()> {
        let desk = self.desk;
        let schema = desk.schema(draft.kind);
        let given = draft.clone();
        let taken = |text: &str| {
            pointers.iter().find_map(|pointer| {
                let text = tidied(pointer, text)?;
                let mut tried = given.clone();
                tried.say(schema, pointer, &text);
                let fits = tried.has(pointer) && tried.complaint(schema, pointer).is_none();
                fits.then_some((pointer, text))
            })
        };
        let check = |text: &str| match taken(text) {
            Some((_, text)) => known(desk, &text),
            None if text.trim().is_empty() => Some("an answer is needed".to_owned()),
            None => Some(
                "write its address, which begins with `https://`, its DOI, such as \
                 `10.1038/s41586-025-09422-z`, or its ISBN"
                    .to_owned(),
            ),
        };
        let is_one = !self.typed.is_empty() && taken(&self.typed).is_some();
        let initial = if is_one { std::mem::take(&mut self.typed) } else { String::new() };
        let answer = self.asker.line(&Line {
            question: "Where can it be found?",
            help: "The address of the page; or a DOI or an ISBN",
            initial: &initial,
            check: &check,
            near: &|_| Vec::new(),
        })?;
        if let Some((pointer, text)) = taken(&answer) {
            draft.say(schema, pointer, &text);
        }
        Ok(())
    }
}

/// An answer in the form of a member; none where it certainly is not one.
fn tidied(pointer: &str, text: &str) -> Option<String> {
    match pointer {
        "/doi" => tidy::doi(text),
        "/isbn" => Some(tidy::isbn(text)).filter(|_| !text.contains("://")),
        _ => Some(text.trim().to_owned()),
    }
}

/// That a work with this address or DOI is there already.
pub(super) fn known(desk: &Desk, text: &str) -> Option<String> {
    let id = rules::same_work(&desk.loaded.dataset, text.trim())?;
    Some(format!("the dataset has it already, as `{id}`"))
}
