//! What can be written where a name is asked for.

use crate::{
    model::{Dataset, RecordKind, Target},
    text::code_list,
};

/// Up to how many topics or units are listed.
const LISTED: usize = 100;

/// What to write for a reference.
#[must_use]
pub fn offer(dataset: &Dataset, target: Target) -> String {
    let noun = target.noun();
    let meta = dataset.meta.as_ref().map(|meta| &meta.record);
    let words = meta.and_then(|meta| match target {
        Target::Topic => Some(&meta.topics),
        Target::Unit => Some(&meta.units),
        Target::Record(_) => None,
    });
    let words: Vec<&str> =
        words.into_iter().flat_map(|words| words.iter()).map(|(id, _)| id).collect();
    match target {
        Target::Record(RecordKind::Claim) => {
            "write its id, which `claimbook list --text WORD` finds".to_owned()
        }
        Target::Record(RecordKind::Source) => {
            "write its address, its title or its id, which `claimbook list sources --text WORD` finds".to_owned()
        }
        Target::Record(_) => {
            format!("write its name or its id, which `claimbook list {noun}s --text WORD` finds")
        }
        Target::Topic | Target::Unit if words.len() > LISTED => {
            format!("write a {noun} that `dataset/dataset.json` lists")
        }
        Target::Topic | Target::Unit => format!("write {}", code_list(&words, "or")),
    }
}
