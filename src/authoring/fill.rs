//! What need not be asked: the members that have a usual value, and the id.

use super::{Desk, Draft, ids};
use crate::{
    model::RecordKind,
    schema::{Schema, Takes},
};

/// Values that a new record usually has, by kind and member. `TODAY` stands for the day.
const USUAL: &[(RecordKind, &str, &str)] = &[
    (RecordKind::Claim, "/status", "active"),
    (RecordKind::Claim, "/reviewed", TODAY),
    (RecordKind::Source, "/accessed", TODAY),
    (RecordKind::Publisher, "/reliability", "F"),
    (RecordKind::Publisher, "/note", "Not judged yet."),
];

const TODAY: &str = "today";

/// Values that a citation usually has. Second-hand is the lesser claim.
const USUAL_OF_CITATIONS: &[(&str, &str)] = &[("stance", "supports"), ("directness", "secondary")];

/// Whether a member has a usual value, which need not be given.
pub fn has_usual(kind: RecordKind, pointer: &str) -> bool {
    USUAL.iter().any(|(of, usual, _)| *of == kind && *usual == pointer)
}

impl Desk {
    /// Fills in what has a usual value and is missing.
    pub fn fill(&self, draft: &mut Draft) {
        let schema = self.schema(draft.kind);
        for i in 0..draft.value.pointer("/citations").and_then(|c| c.as_array()).map_or(0, Vec::len)
        {
            for (key, value) in USUAL_OF_CITATIONS {
                let pointer = format!("/citations/{i}/{key}");
                if !draft.has(&pointer) {
                    draft.say(schema, &pointer, value);
                }
            }
        }
        // One answer can ask for the next: a letter for its note.
        loop {
            let missing = draft.missing(schema);
            let usual = USUAL.iter().find(|(kind, pointer, _)| {
                *kind == draft.kind && missing.iter().any(|one| one == &[*pointer])
            });
            let Some((_, pointer, value)) = usual else { return };
            let today = self.today.to_string();
            draft.say(schema, pointer, if *value == TODAY { &today } else { value });
        }
    }

    /// An id for the record, made from what it says, that is not taken; empty where it says
    /// nothing that an id can be made of.
    #[must_use]
    pub fn suggest_id(&self, draft: &Draft) -> String {
        let id = match draft.kind {
            RecordKind::Claim => ids::brief_sentence(draft.text("/statement"), 5),
            RecordKind::Publisher | RecordKind::Subject => ids::brief(draft.text("/name"), 6),
            RecordKind::Source => {
                let title = Some(draft.text("/title_en")).filter(|title| !title.is_empty());
                let title = title.unwrap_or_else(|| draft.text("/title"));
                let publisher = draft.text("/publisher");
                let words = ids::brief(title, 3);
                let mut parts: Vec<&str> = [publisher, words.as_str()]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect();
                let year = draft.text("/issued").get(..4).unwrap_or_default();
                if !words.contains(year) && year.bytes().all(|b| b.is_ascii_digit()) {
                    parts.push(year);
                }
                parts.join("-")
            }
        };
        if id.is_empty() {
            return id;
        }
        ids::free(&id, |id| self.is_taken(draft.kind, id))
    }

    /// The members that have to be given, by JSON pointer, down to single answers: of each inner
    /// list, one is enough.
    #[must_use]
    pub fn wanted(&self, draft: &Draft) -> Vec<Vec<String>> {
        let schema = self.schema(draft.kind);
        let mut draft = draft.clone();
        // What a record inside asks for shows once it is there.
        for pointers in draft.missing(schema) {
            if let [pointer] = pointers.as_slice()
                && let Some(start) = start_of(schema, pointer)
            {
                draft.set(&start, serde_json::json!({}));
            }
        }
        self.fill(&mut draft);
        draft.missing(schema)
    }
}

/// The pointer of the first record inside a member, where it holds records.
fn start_of(schema: &Schema, pointer: &str) -> Option<String> {
    let parent = pointer.rsplit_once('/')?.0;
    let member = schema.members(parent).into_iter().find(|member| member.pointer == pointer)?;
    match member.takes {
        Takes::Record => Some(pointer.to_owned()),
        Takes::Records => Some(format!("{pointer}/0")),
        _ => None,
    }
}
