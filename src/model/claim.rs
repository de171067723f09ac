//! A claim and the records inside it.

use super::{
    read::{self, Extra, Read},
    word::{Confidence, Directness, Kind, RelationType, Stance, Status},
};
use crate::{
    date::{Day, Edtf},
    document::Json,
};
use serde::Serialize;

/// One sourced claim. A tombstone has only `id` and the status fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Claim {
    /// The permanent id; the file name where the record has none.
    pub id: String,
    /// One checkable sentence.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub statement: String,
    /// What sort of statement it is.
    #[serde(skip_serializing_if = "Kind::is_missing")]
    pub kind: Kind,
    /// Ids of subjects.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
    /// Ids of topics.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// When it is or was true.
    #[serde(skip_serializing_if = "Edtf::is_empty")]
    pub date: Edtf,
    /// The number it states.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// How good the evidence is, as declared.
    #[serde(skip_serializing_if = "Confidence::is_missing")]
    pub confidence: Confidence,
    /// Why not more, or why despite contradiction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence_note: Option<String>,
    /// How likely a forecast is, in the words of ICD 203.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likelihood: Option<String>,
    /// The evidence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<Citation>,
    /// How it stands to other claims.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
    /// Where it is in its life.
    pub status: Status,
    /// Since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_date: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_note: Option<String>,
    /// What was wrong in released versions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    /// The last day a person opened the sources.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<String>,
    /// The day the next review is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_by: Option<String>,
    /// `x_` keys.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Claim {
    /// The day the sources were last opened.
    #[must_use]
    pub fn reviewed_day(&self) -> Option<Day> {
        self.reviewed.as_deref().and_then(|day| day.parse().ok())
    }

    /// Whether only the tombstone is left.
    #[must_use]
    pub fn is_removed(&self) -> bool {
        self.status == Status::Removed
    }

    /// Whether the claim is asserted today: neither superseded, retracted nor removed.
    #[must_use]
    pub fn stands(&self) -> bool {
        !matches!(self.status, Status::Superseded | Status::Retracted | Status::Removed)
    }
}

impl Read for Claim {
    fn member(&mut self, key: &str, value: &Json) {
        match key {
            "id" => self.id = read::text(value),
            "statement" => self.statement = read::text(value),
            "kind" => self.kind = Kind::lenient(value.as_str().unwrap_or_default()),
            "subjects" => self.subjects = read::texts(value),
            "topics" => self.topics = read::texts(value),
            "date" => self.date = Edtf::lenient(value.as_str().unwrap_or_default()),
            "quantity" => self.quantity = Some(Quantity::read(value)),
            "confidence" => {
                self.confidence = Confidence::lenient(value.as_str().unwrap_or_default())
            }
            "confidence_note" => self.confidence_note = read::some_text(value),
            "likelihood" => self.likelihood = read::some_text(value),
            "citations" => self.citations = read::records(value),
            "relations" => self.relations = read::records(value),
            "status" => self.status = Status::lenient(value.as_str().unwrap_or_default()),
            "status_date" => self.status_date = read::some_text(value),
            "status_note" => self.status_note = read::some_text(value),
            "corrections" => self.corrections = read::records(value),
            "reviewed" => self.reviewed = read::some_text(value),
            "review_by" => self.review_by = read::some_text(value),
            _ => read::extra(&mut self.extra, key, value),
        }
    }
}

/// The number a claim states. Amounts are decimals as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Quantity {
    /// The amount.
    pub amount: String,
    /// Id of a unit.
    pub unit: String,
    /// The lowest value of a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lower: Option<String>,
    /// The highest value of a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upper: Option<String>,
    /// `x_` keys.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Read for Quantity {
    fn member(&mut self, key: &str, value: &Json) {
        match key {
            "amount" => self.amount = read::text(value),
            "unit" => self.unit = read::text(value),
            "lower" => self.lower = read::some_text(value),
            "upper" => self.upper = read::some_text(value),
            _ => read::extra(&mut self.extra, key, value),
        }
    }
}

/// One source and what it shows about the claim.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// Id of the source.
    pub source: String,
    /// What it does for the claim.
    pub stance: Stance,
    /// How near it is to what it shows.
    pub directness: Directness,
    /// What it shows, in our words.
    pub shows: String,
    /// Where in the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locator: Option<String>,
    /// The exact words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// The quote in the dataset's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translation: Option<String>,
    /// `x_` keys.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Read for Citation {
    fn member(&mut self, key: &str, value: &Json) {
        match key {
            "source" => self.source = read::text(value),
            "stance" => self.stance = Stance::lenient(value.as_str().unwrap_or_default()),
            "directness" => {
                self.directness = Directness::lenient(value.as_str().unwrap_or_default())
            }
            "shows" => self.shows = read::text(value),
            "locator" => self.locator = read::some_text(value),
            "quote" => self.quote = read::some_text(value),
            "translation" => self.translation = read::some_text(value),
            _ => read::extra(&mut self.extra, key, value),
        }
    }
}

/// How a claim stands to another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Relation {
    /// In which way.
    #[serde(rename = "type")]
    pub kind: RelationType,
    /// Id of the other claim.
    pub claim: String,
    /// `x_` keys.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Read for Relation {
    fn member(&mut self, key: &str, value: &Json) {
        match key {
            "type" => self.kind = RelationType::lenient(value.as_str().unwrap_or_default()),
            "claim" => self.claim = read::text(value),
            _ => read::extra(&mut self.extra, key, value),
        }
    }
}

/// What was wrong in a released version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// When it was corrected.
    pub date: String,
    /// What was wrong and why it changed.
    pub note: String,
    /// `x_` keys.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Read for Correction {
    fn member(&mut self, key: &str, value: &Json) {
        match key {
            "date" => self.date = read::text(value),
            "note" => self.note = read::text(value),
            _ => read::extra(&mut self.extra, key, value),
        }
    }
}
