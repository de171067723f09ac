//! A name or an address where the id of a record, a topic or a unit belongs: the id, where it is
//! known, else what is asked for.

use super::{
    LISTED,
    place::{Role, role},
};
use crate::{
    finding::{Finding, Fix, Texts},
    model::{Dataset, RecordKind, Target},
    rules,
    text::code_list,
};
use std::collections::BTreeSet;

/// Says of references that a schema refuses what they are to be: it knows no ids, and an id that only
/// looks like the name leads nowhere.
pub fn tell(dataset: &Dataset, texts: &Texts, findings: &mut [Finding]) {
    for finding in findings.iter_mut().filter(|finding| finding.rule == "schema") {
        let Some((target, given)) = reference(finding, texts) else { continue };
        (finding.help, finding.fix) = match meant(dataset, target, &given) {
            Some((id, why)) => {
                let description = format!("write `\"{id}\"`");
                let help = format!("{description}, {why}");
                let fix = Fix { safe: true, description, replacement: format!("\"{id}\"") };
                (Some(help), Some(fix))
            }
            None => (Some(asked(dataset, target, &given)), None),
        };
    }
}

/// The reference that a finding is about, if it holds words that are no id.
fn reference(finding: &Finding, texts: &Texts) -> Option<(Target, String)> {
    let (place, text) = (&finding.place, texts.get(finding.place.origin.file));
    let (Role::Record(kind) | Role::Lines(kind)) = role(&text.path) else { return None };
    let target = Target::of(kind, &place.pointer).filter(|_| !Target::lists(&place.pointer))?;
    let given: String = serde_json::from_str(text.text.get(place.range(texts))?).ok()?;
    let given = given.trim();
    let of_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let is_id = given.split('-').all(|word| !word.is_empty() && word.chars().all(of_id));
    let is_name = !is_id && given.contains(char::is_alphanumeric);
    is_name.then(|| (target, given.to_owned()))
}

/// The only id that a name or an address can stand for, and what it is.
fn meant(dataset: &Dataset, target: Target, given: &str) -> Option<(String, String)> {
    let file = given.rsplit('/').next().and_then(|name| name.strip_suffix(".json"));
    if let Some(id) = file.filter(|id| !given.contains("://") && dataset.leads(target, id)) {
        return Some((id.to_owned(), "without `.json`".to_owned()));
    }
    if target == Target::Record(RecordKind::Source)
        && let Some(id) = rules::same_work(dataset, given)
    {
        return Some((id.to_owned(), "the source with this address".to_owned()));
    }
    let lower = given.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let id = words.collect::<Vec<_>>().join("-");
    let named = called(dataset, target).into_iter();
    let named = named.filter(|(_, name)| name.to_lowercase() == lower).map(|(id, _)| id);
    let own = Some(id.as_str()).filter(|id| dataset.leads(target, id));
    let mut ids: BTreeSet<&str> = named.chain(own).collect();
    let only = ids.pop_first().filter(|_| ids.is_empty())?;
    Some((only.to_owned(), format!("the {} of this name", target.noun())))
}

/// What there is of a kind, by id, and what it is called.
fn called(dataset: &Dataset, target: Target) -> Vec<(&str, &str)> {
    let meta = dataset.meta.as_ref().map(|meta| &meta.record);
    let words = match target {
        Target::Topic => meta.map(|meta| &meta.topics),
        Target::Unit => meta.map(|meta| &meta.units),
        Target::Record(_) => None,
    };
    let id = String::as_str;
    match target {
        Target::Record(RecordKind::Claim) => Vec::new(),
        Target::Record(RecordKind::Source) => {
            let titles = dataset.sources.iter().flat_map(|(key, entry)| {
                let english = entry.record.title_en.as_deref();
                [Some(entry.record.title.as_str()), english].map(|title| Some((id(key), title?)))
            });
            titles.flatten().collect()
        }
        Target::Record(RecordKind::Publisher) => {
            let named = dataset.publishers.iter();
            named.map(|(key, entry)| (id(key), entry.record.name.as_str())).collect()
        }
        Target::Record(RecordKind::Subject) => {
            let named = dataset.subjects.iter();
            named.map(|(key, entry)| (id(key), entry.record.name.as_str())).collect()
        }
        Target::Topic | Target::Unit => {
            let labels = words.into_iter().flat_map(|words| words.iter());
            labels.map(|(key, label)| (key, label.label.as_str())).collect()
        }
    }
}

/// What stands in such a place, and where it comes from.
fn asked(dataset: &Dataset, target: Target, given: &str) -> String {
    let noun = target.noun();
    match target {
        Target::Record(RecordKind::Source)
            if given.contains("://") || given.starts_with("www.") =>
        {
            "a source is cited by its id; `claimbook new source --url …` makes one".to_owned()
        }
        Target::Record(RecordKind::Claim) => {
            "a claim is named by its id, which `claimbook list --text WORD` finds".to_owned()
        }
        Target::Record(kind) => format!(
            "a {noun} is {} by its id, which `claimbook list {noun}s --text WORD` finds; `claimbook new {noun}` makes one",
            if kind == RecordKind::Source { "cited" } else { "named" }
        ),
        Target::Topic | Target::Unit => {
            let known: Vec<&str> = called(dataset, target).iter().map(|(id, _)| *id).collect();
            let known = match known.as_slice() {
                [] => String::new(),
                few if few.len() <= LISTED => format!(", such as {}", code_list(few, "or")),
                _ => ", which `dataset/dataset.json` lists".to_owned(),
            };
            let article = if target == Target::Unit { "a unit" } else { "a topic" };
            format!(
                "{article} is named by its id{known}; one that is missing is added to the `{noun}s` of `dataset/dataset.json`"
            )
        }
    }
}
