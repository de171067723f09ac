//! What a saved page, a BibTeX entry or a CSL-JSON record tells about a source: only what stands
//! there, and only what the schema of sources takes.

mod bibtex;
mod csl;
mod html;
mod linked;
pub(super) mod tidy;

use super::{Desk, Draft, Names};
use crate::{
    error::{Error, Result},
    model::{RecordKind, Target},
};
use serde_json::Value;

/// Something a file tells about a source.
#[derive(Clone, Debug, PartialEq)]
struct Fact {
    /// The member, by JSON pointer.
    pointer: &'static str,
    value: Value,
    /// What in the file tells it.
    told_by: String,
}

impl Fact {
    fn new(pointer: &'static str, value: impl Into<Value>, told_by: &str) -> Self {
        Self { pointer, value: value.into(), told_by: told_by.to_owned() }
    }
}

/// What became of the facts of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Members that were filled in: the key, and what told it.
    pub filled: Vec<(String, String)>,
    /// What could not be used, in words.
    pub left: Vec<String>,
}

/// Fills in what a file tells and the draft does not say yet. Where the file holds several works,
/// `key` names one.
///
/// # Errors
/// Where the file is none of those that are understood, or holds several works and none is named.
pub fn take(
    desk: &Desk,
    draft: &mut Draft,
    file: &str,
    text: &str,
    key: Option<&str>,
) -> Result<Taken> {
    let begin = text.trim_start_matches('\u{feff}').trim_start();
    let end = file.rsplit('.').next().unwrap_or_default().to_lowercase();
    let facts = match (end.as_str(), begin.chars().next()) {
        ("html" | "htm" | "xhtml", _) | (_, Some('<')) => html::read(text),
        ("bib" | "bibtex", _) | (_, Some('@')) => bibtex::read(text, key),
        ("json", _) | (_, Some('{' | '[')) => csl::read(text, key),
        _ => Err(Error::new("it is no saved page, BibTeX or CSL-JSON")),
    };
    let facts = facts.map_err(|e| {
        e.hints().iter().fold(Error::new(format!("{file}: {e}")), |error, hint| error.hint(hint))
    })?;
    Ok(fill(desk, draft, facts))
}

/// Puts facts into a draft; of several about one member the first counts.
fn fill(desk: &Desk, draft: &mut Draft, facts: Vec<Fact>) -> Taken {
    let schema = desk.schema(RecordKind::Source);
    let names = Names::of(&desk.loaded.dataset);
    let mut taken = Taken::default();
    for Fact { pointer, mut value, told_by } in facts {
        if draft.has(pointer) {
            continue;
        }
        if pointer == "/publisher" {
            let name = value.as_str().unwrap_or_default().to_owned();
            let target = Target::Record(RecordKind::Publisher);
            match names
                .resolve(target, &name)
                .map(|id| (desk.is_taken(RecordKind::Publisher, &id), id))
            {
                Ok((true, id)) => value = id.into(),
                _ => {
                    let said = format!(
                        "the publisher `{name}` is not in the dataset; `claimbook new publisher` makes it"
                    );
                    if !taken.left.contains(&said) {
                        taken.left.push(said);
                    }
                    continue;
                }
            }
        }
        let mut with = draft.clone();
        with.set(pointer, value);
        match with.complaint(schema, pointer) {
            None => {
                *draft = with;
                taken.filled.push((pointer[1..].to_owned(), told_by));
            }
            Some(why) => taken.left.push(format!("{told_by}: {why}")),
        }
    }
    taken
}
