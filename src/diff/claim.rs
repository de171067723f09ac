//! Two versions of one claim.

use super::{Because, Bump, Change, Record, Verb, Weight, citation, date::DateMove, list, value};
use crate::model::{Claim, Stance, Status};
use serde_json::{Map, Value};

/// Fields with an entry of their own in [`claim`], or none.
const APART: &[&str] = &["id", "citations", "relations", "corrections", "status"];

/// What changed in a claim; `None` where it was not there, or is no longer.
#[must_use]
pub fn claim(old: Option<&Claim>, new: Option<&Claim>) -> Vec<Change> {
    match (old, new) {
        (None, None) => Vec::new(),
        (None, Some(new)) => vec![added(new)],
        (Some(old), None) => {
            let removed = change(&old.id, Verb::Removed, Weight::Weakens, Bump::Major);
            vec![Change { old: Some(value::whole(old)), ..removed }]
        }
        (Some(old), Some(new)) if old == new => Vec::new(),
        (Some(old), Some(new)) => compare(old, new),
    }
}

fn change(id: &str, verb: Verb, weight: Weight, bump: Bump) -> Change {
    Change::of(Record::Claim, id, verb, weight, bump)
}

fn added(new: &Claim) -> Change {
    let weight = match new.status {
        Status::Active => Weight::Strengthens,
        _ => Weight::Neutral,
    };
    Change { new: Some(value::whole(new)), ..change(&new.id, Verb::Added, weight, Bump::Minor) }
}

fn compare(old: &Claim, new: &Claim) -> Vec<Change> {
    let id = new.id.as_str();
    let mut found = Vec::new();
    let status = status(old, new);
    // A tombstone has nothing left to compare.
    if old.is_removed() != new.is_removed() {
        return status.into_iter().collect();
    }
    let corrections = list::corrections(id, &old.corrections, &new.corrections);
    let citations = citation::citations(id, &old.citations, &new.citations);
    let correction = corrections.iter().rev().find_map(|change| change.because.clone());
    let moved = status.is_some();
    let moved_date = DateMove::of(&old.date, &new.date);
    found.extend(status.map(|change| match change.verb {
        Verb::Disputed => {
            let cited = because_cited(&citations, Verb::CitationAdded, Stance::Contradicts);
            let because = change.because.clone();
            change.because(cited.or(because))
        }
        _ => change,
    }));
    for (key, before, after) in value::differences(fields(old), fields(new)) {
        let (verb, weight, bump) = match key.as_str() {
            // What the change of the status says already.
            "status_date" | "status_note" if moved => continue,
            "statement" | "likelihood" => (Verb::Restated, Weight::Neutral, Bump::Minor),
            "quantity" => (Verb::QuantityChanged, Weight::Neutral, Bump::Minor),
            "date" => (Verb::DateChanged, moved_date.weight(&old.date, &new.date), Bump::Minor),
            "kind" | "subjects" | "topics" => (Verb::Reclassified, Weight::Neutral, Bump::Minor),
            // From the best word to the worst.
            "confidence" if new.confidence < old.confidence => {
                (Verb::ConfidenceRaised, Weight::Strengthens, Bump::Minor)
            }
            "confidence" => (Verb::ConfidenceLowered, Weight::Weakens, Bump::Minor),
            "reviewed" => {
                let later = new.reviewed > old.reviewed;
                let weight = if later { Weight::Strengthens } else { Weight::Weakens };
                (Verb::Reviewed, weight, Bump::Patch)
            }
            _ => (Verb::Annotated, Weight::Neutral, Bump::Patch),
        };
        let because = match verb {
            Verb::ConfidenceRaised => {
                because_cited(&citations, Verb::CitationAdded, Stance::Supports)
                    .or_else(|| because_changed(&citations, Weight::Strengthens))
                    .or_else(|| correction.clone())
            }
            Verb::ConfidenceLowered => {
                because_cited(&citations, Verb::CitationRemoved, Stance::Supports)
                    .or_else(|| because_cited(&citations, Verb::CitationAdded, Stance::Contradicts))
                    .or_else(|| because_changed(&citations, Weight::Weakens))
                    .or_else(|| correction.clone())
                    .or_else(|| changed_note(old, new))
            }
            Verb::Reviewed | Verb::Annotated => None,
            _ => correction.clone(),
        };
        found.push(change(id, verb, weight, bump).field(key, before, after).because(because));
    }
    found.extend(citations);
    found.extend(list::relations(id, &old.relations, &new.relations));
    found.extend(corrections);
    found
}

/// The fields that are compared as values.
fn fields(claim: &Claim) -> Map<String, Value> {
    let mut fields = value::fields(claim);
    fields.retain(|key, _| !APART.contains(&key.as_str()));
    fields
}

fn status(old: &Claim, new: &Claim) -> Option<Change> {
    let (verb, weight) = match (&old.status, &new.status) {
        (old, new) if old == new => return None,
        (_, Status::Removed) => (Verb::Tombstoned, Weight::Weakens),
        (_, Status::Retracted) => (Verb::Retracted, Weight::Weakens),
        (_, Status::Superseded) => (Verb::Superseded, Weight::Neutral),
        (Status::Superseded | Status::Retracted | Status::Removed, Status::Disputed)
        | (_, Status::Active) => (Verb::Reinstated, Weight::Strengthens),
        (_, Status::Disputed) => (Verb::Disputed, Weight::Weakens),
        (_, Status::Other(_) | Status::Missing) => (Verb::Annotated, Weight::Neutral),
    };
    let word = |claim: &Claim| Some(Value::from(claim.status.as_str())).filter(|w| w != "");
    let note =
        new.status_note.clone().map(|text| Because::Note { date: new.status_date.clone(), text });
    let change = change(&new.id, verb, weight, Bump::Minor);
    Some(change.field("status", word(old), word(new)).because(note))
}

/// The first citation of this stance that came or went.
fn because_cited(citations: &[Change], verb: Verb, stance: Stance) -> Option<Because> {
    let fits = |change: &&Change| {
        let value = change.old.as_ref().or(change.new.as_ref());
        change.verb == verb && value.is_some_and(|citation| citation["stance"] == stance.as_str())
    };
    citations.iter().find(fits).and_then(|change| change.because.clone())
}

/// The first citation that changed for the better or the worse.
fn because_changed(citations: &[Change], weight: Weight) -> Option<Because> {
    citations
        .iter()
        .find(|change| change.verb == Verb::CitationChanged && change.weight == weight)
        .and_then(|change| change.because.clone())
}

/// What the claim says about its confidence, where it says something new.
fn changed_note(old: &Claim, new: &Claim) -> Option<Because> {
    let note =
        new.confidence_note.as_ref().filter(|note| old.confidence_note.as_ref() != Some(note));
    note.map(|text| Because::Note { date: None, text: text.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{document::Json, model::Read as _};
    use serde_json::json;

    /// A claim of this much, with two citations.
    fn record(over: &Value) -> Claim {
        let mut claim = json!({
            "id": "bridge", "statement": "The bridge opened in May 2022.", "kind": "event",
            "subjects": ["bridge", "aldine"], "topics": ["traffic"], "date": "2022-05",
            "confidence": "moderate", "status": "active", "reviewed": "2025-01-01",
            "citations": [
                {"source": "gazette", "stance": "supports", "directness": "secondary", "shows": "So."},
                {"source": "radio", "stance": "supports", "directness": "primary", "shows": "Yes."}
            ]
        });
        for (key, value) in over.as_object().expect("an object") {
            claim[key] = value.clone();
        }
        let text = claim.to_string();
        Claim::read(&Json::parse(&text).expect("JSON").0)
    }

    /// `verb field weight bump` of each change that `over` makes.
    #[track_caller]
    fn told(over: &Value) -> Vec<String> {
        let found = claim(Some(&record(&json!({}))), Some(&record(over)));
        let line = |change: &Change| {
            let field = change.field.as_deref().unwrap_or("-");
            let (weight, bump) = (change.weight.as_str(), change.bump.as_str());
            format!("{} {field} {weight} {bump}", change.verb.as_str())
        };
        found.iter().map(line).collect()
    }

    fn citation(source: &str, stance: &str, directness: &str, shows: &str) -> Value {
        json!({"source": source, "stance": stance, "directness": directness, "shows": shows})
    }

    #[test]
    fn each_field_has_its_verb() {
        let gazette = citation("gazette", "supports", "secondary", "So.");
        let radio = citation("radio", "supports", "primary", "Yes.");
        for (over, expected) in [
            (json!({}), vec![]),
            (json!({"statement": "It opened."}), vec!["restated statement neutral minor"]),
            (json!({"likelihood": "likely"}), vec!["restated likelihood neutral minor"]),
            (
                json!({"quantity": {"amount": "1", "unit": "m"}}),
                vec!["quantity-changed quantity neutral minor"],
            ),
            (json!({"date": "2022"}), vec!["date-changed date weakens minor"]),
            (json!({"confidence": "high"}), vec!["confidence-raised confidence strengthens minor"]),
            (json!({"confidence": "low"}), vec!["confidence-lowered confidence weakens minor"]),
            (json!({"kind": "state"}), vec!["reclassified kind neutral minor"]),
            (json!({"topics": ["traffic", "money"]}), vec!["reclassified topics neutral minor"]),
            (json!({"subjects": ["aldine", "bridge"]}), vec![]),
            (
                json!({"relations": [{"type": "supports", "claim": "b"}]}),
                vec!["reclassified relations/supports/b neutral minor"],
            ),
            (json!({"reviewed": "2025-02-01"}), vec!["reviewed reviewed strengthens patch"]),
            (json!({"reviewed": "2024-02-01"}), vec!["reviewed reviewed weakens patch"]),
            (json!({"x_ours": 1}), vec!["annotated x_ours neutral patch"]),
            (
                json!({"status": "disputed", "status_date": "2025-01-01", "status_note": "No."}),
                vec!["disputed status weakens minor"],
            ),
            (json!({"status": "removed"}), vec!["tombstoned status weakens minor"]),
            (json!({"status": "odd"}), vec!["annotated status neutral minor"]),
            (
                json!({"corrections": [{"date": "2025-01-01", "note": "Wrong."}]}),
                vec!["corrected corrections/2025-01-01 neutral patch"],
            ),
            (
                json!({"citations": [gazette.clone()]}),
                vec!["citation-removed citations/radio weakens minor"],
            ),
            (
                json!({"citations": [radio.clone(), gazette.clone()]}),
                vec!["annotated citations neutral patch"],
            ),
            (
                json!({"citations": [
                    gazette.clone(), radio.clone(), citation("blog", "contradicts", "primary", "No."),
                ]}),
                vec!["citation-added citations/blog weakens minor"],
            ),
            (
                json!({"citations": [gazette.clone(), citation("radio", "context", "primary", "Yes.")]}),
                vec!["citation-changed citations/radio/stance weakens minor"],
            ),
            (
                json!({"citations": [gazette, citation("radio", "supports", "secondary", "Ja.")]}),
                vec![
                    "citation-changed citations/radio/directness weakens minor",
                    "citation-changed citations/radio/shows neutral patch",
                ],
            ),
        ] {
            assert_eq!(told(&over), expected, "{over}");
        }
    }

    #[test]
    fn what_explains_a_change_stands_with_it() {
        let old = record(&json!({}));
        let note = json!([{"date": "2025-01-01", "note": "Wrong."}]);
        let new = record(&json!({"statement": "It opened.", "corrections": note}));
        let because = Because::Correction { date: "2025-01-01".into(), note: "Wrong.".into() };
        assert_eq!(claim(Some(&old), Some(&new))[0].because, Some(because));
        let gazette = citation("gazette", "supports", "secondary", "So.");
        let new = record(&json!({"confidence": "low", "citations": [gazette]}));
        let because = Because::Citation { source: "radio".into() };
        assert_eq!(claim(Some(&old), Some(&new))[0].because, Some(because));
    }

    #[test]
    fn other_bytes_of_the_same_text_are_no_change() {
        let old = record(&json!({"statement": "Caf\u{e9} by the bridge."}));
        let new = record(&json!({"statement": "Cafe\u{301} by the bridge."}));
        assert_ne!(old.statement, new.statement);
        assert_eq!(claim(Some(&old), Some(&new)), []);
    }
}
