//! From a record on its way in to a draft: names become ids, what is usual is filled in, and a
//! record that is there is changed where it is told to.

use super::{
    super::{Desk, Draft, Names, ids},
    Complaint, Incoming, Options,
    template::of_schema,
};
use crate::{
    model::{RecordKind, Target},
    schema::Form as Layout,
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Records that have found their form.
#[derive(Default)]
pub struct Settlement {
    pub settled: Vec<Settled>,
    /// How many rows say what a record that is there says, and no more.
    pub same: usize,
    /// How many rows are still the example of a template.
    pub examples: usize,
}

/// A record that has found its form.
pub struct Settled {
    pub incoming: Incoming,
    pub draft: Draft,
    /// Whether a record with this id is there already.
    pub known: bool,
}

/// In which order records are settled: what is referred to comes first.
const ORDER: [RecordKind; 4] =
    [RecordKind::Publisher, RecordKind::Subject, RecordKind::Source, RecordKind::Claim];

/// What a record is called by.
const NAMES: [&str; 6] = ["/statement", "/name", "/url", "/doi", "/title", "/title_en"];

/// Gives every record its form.
pub fn settle(
    desk: &Desk,
    mut records: Vec<Incoming>,
    options: &Options,
    complaints: &mut Vec<Complaint>,
) -> Settlement {
    let mut names = Names::of(&desk.loaded.dataset);
    let mut taken: BTreeSet<(RecordKind, String)> =
        records.iter().filter_map(|r| Some((r.kind, r.id.as_ref()?.0.clone()))).collect();
    for (kind, id) in &taken {
        names.expect(Target::Record(*kind), id);
    }
    records.sort_by_key(|record| ORDER.iter().position(|kind| *kind == record.kind));
    let mut settlement = Settlement::default();
    for incoming in records {
        let id = incoming.id.as_ref().map(|(id, _)| id.as_str()).unwrap_or_default();
        let known = !id.is_empty() && desk.is_taken(incoming.kind, id);
        let what = incoming.kind.as_str();
        let mut draft = start(desk, &incoming, known);
        let mut said = Vec::new();
        say(desk, &incoming, &names, &mut draft, &mut said);
        if known && !options.update {
            // What was taken in before may well come again.
            if said.is_empty() && is_there(desk, &draft) {
                settlement.same += 1;
                continue;
            }
            complaints.push(Complaint {
                spot: incoming.spot("/id").clone(),
                rule: "duplicate-id",
                message: format!("there is a {what} `{id}` already, which says something else"),
                help: "leave it out here to keep what is there; or give --update to change that"
                    .to_owned(),
            });
            continue;
        }
        if incoming.id.is_none() && incoming.record.is_none() {
            let within = |other: Draft| draft.is_within(&other);
            if of_schema(desk, draft.kind).is_some_and(within) {
                settlement.examples += 1;
                continue;
            }
            if namesake(desk, &names, &draft).is_some_and(within) {
                settlement.same += 1;
                continue;
            }
        }
        complaints.append(&mut said);
        if incoming.id.is_none()
            && let Some(other) = desk.namesake(&draft)
        {
            complaints.push(Complaint {
                spot: incoming.spot("/name").clone(),
                rule: "duplicate-id",
                message: format!("there is a {what} of this name already, `{other}`"),
                help: format!(
                    "leave it out to keep that one, give it the id `{other}` and --update to change it, or an id of its own if it is another"
                ),
            });
            continue;
        }
        if !known {
            desk.fill(&mut draft);
        }
        if draft.id().is_empty() {
            let id = desk.suggest_id(&draft);
            if id.is_empty() {
                complaints.push(Complaint {
                    spot: incoming.whole.clone(),
                    rule: "schema",
                    message: format!("the {what} says nothing that an id can be made of"),
                    help: "give it an id".to_owned(),
                });
                continue;
            }
            let id = ids::free(&id, |id| {
                desk.is_taken(draft.kind, id) || taken.contains(&(draft.kind, id.to_owned()))
            });
            taken.insert((draft.kind, id.clone()));
            draft.set("/id", id.into());
        }
        if !ids::is_plain(draft.id()) {
            complaints.push(Complaint {
                spot: incoming.spot("/id").clone(),
                rule: "schema",
                message: format!("`{}` cannot be an id", draft.id()),
                help: "write lower-case words and numbers joined by hyphens".to_owned(),
            });
            continue;
        }
        names.expect(Target::Record(draft.kind), draft.id());
        for name in NAMES {
            names.add(Target::Record(draft.kind), draft.id(), draft.text(name));
        }
        settlement.settled.push(Settled { incoming, draft, known });
    }
    settlement
}

/// Whether a record with this id says just this.
fn is_there(desk: &Desk, draft: &Draft) -> bool {
    let schema = desk.schema(draft.kind);
    let text = |draft: &Draft| draft.canonical(schema, Layout::Line);
    let old = desk.record(draft.kind, draft.id()).map(|old| Draft::from_json(draft.kind, old));
    old.is_some_and(|old| text(&old) == text(draft))
}

/// The record that is there and called as the draft is, which has no id yet.
fn namesake(desk: &Desk, names: &Names, draft: &Draft) -> Option<Draft> {
    let called = NAMES.iter().map(|name| draft.text(name)).find(|name| !name.is_empty())?;
    let id = names.resolve(Target::Record(draft.kind), called).ok()?;
    Some(Draft::from_json(draft.kind, desk.record(draft.kind, &id)?))
}

/// What a record starts from: what is there, what it is read from, or nothing.
fn start(desk: &Desk, incoming: &Incoming, known: bool) -> Draft {
    let old =
        incoming.id.as_ref().filter(|_| known).and_then(|(id, _)| desk.record(incoming.kind, id));
    let mut draft = match (&incoming.record, old) {
        (Some(record), old) => {
            let mut draft = Draft::from_json(incoming.kind, record.clone());
            if let Some(schema) = old.as_ref().and_then(|old| old.pointer("/$schema")) {
                draft.set("/$schema", schema.clone());
            }
            draft
        }
        (None, Some(old)) => Draft::from_json(incoming.kind, old),
        (None, None) => Draft::new(incoming.kind),
    };
    if let (true, Value::Object(members)) = (incoming.record.is_none(), &mut draft.value) {
        for list in &incoming.lists {
            members.remove(&list[1..]);
        }
    }
    draft
}

/// Gives a draft what the record says.
fn say(
    desk: &Desk,
    incoming: &Incoming,
    names: &Names,
    draft: &mut Draft,
    complaints: &mut Vec<Complaint>,
) {
    let schema = desk.schema(incoming.kind);
    if let Some((id, _)) = &incoming.id {
        draft.set("/id", Value::from(id.as_str()));
    }
    for say in &incoming.says {
        if say.json {
            match serde_json::from_str(&say.text) {
                Ok(value) => draft.set(&say.pointer, value),
                Err(_) => complaints.push(Complaint {
                    spot: say.spot.clone(),
                    rule: "syntax",
                    message: "the value is no JSON".to_owned(),
                    help: "text stands in quotation marks".to_owned(),
                }),
            }
            continue;
        }
        let Some(target) = Target::of(incoming.kind, &say.pointer) else {
            draft.say(schema, &say.pointer, &say.text);
            continue;
        };
        let mut ids = Vec::new();
        let found = match Target::lists(&say.pointer) {
            true => names.list(target, &say.text),
            false if say.text.trim().is_empty() => Vec::new(),
            false => {
                let name = say.text.trim();
                vec![names.find(target, name).map_err(|unknown| (name.to_owned(), unknown))]
            }
        };
        for found in found {
            match found {
                Ok(id) => ids.push(id),
                Err((name, unknown)) => {
                    let make = incoming.makes.iter().find(|(pointer, _)| *pointer == say.pointer);
                    let help = make.map(|(_, make)| names.advice(target, &name, make));
                    complaints.push(Complaint {
                        spot: say.spot.clone(),
                        rule: "unknown-reference",
                        message: unknown.message,
                        help: help.unwrap_or(unknown.help),
                    });
                    // So that the missing name is not told again as a missing member.
                    ids.push(ids::slug(&name));
                }
            }
        }
        draft.say(schema, &say.pointer, &ids.join(";"));
    }
}

/// How many records of each kind.
pub type PerKind = BTreeMap<RecordKind, usize>;
