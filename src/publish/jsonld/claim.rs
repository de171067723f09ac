//! A claim as a node. schema.org's `ClaimReview` rates what somebody else claims; here the evidence
//! is rated, so it is a plain `Claim`.

use super::Node;
use crate::{
    model::{self, RelationType, Stance},
    publish::Edition,
};
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Claim<'e> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
    identifier: &'e str,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    genre: Option<&'e str>,
    is_part_of: Vec<Node>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    about: Vec<Node>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<&'e str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    temporal_coverage: &'e str,
    creative_work_status: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_rating: Option<Rating<'e>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    main_entity: Option<Quantity<'e>>,
    /// The works in which the claim is made.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    appearance: Vec<Node>,
    /// All the evidence, for and against.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    citation: Vec<Citation<'e>>,
    /// Other claims, and how this one stands to them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<Relation<'e>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    correction: Vec<Correction<'e>>,
}

impl<'e> Claim<'e> {
    pub fn of(edition: &'e Edition<'e>, claim: &'e model::Claim) -> Self {
        let parts = claim.relations.iter().filter(|r| r.kind == RelationType::PartOf);
        let wholes = parts.map(|relation| Node::of(edition, "claim", &relation.claim));
        let supporting = claim.citations.iter().filter(|c| c.stance == Stance::Supports);
        Self {
            kind: "Claim",
            id: edition.iri("claim", &claim.id),
            identifier: &claim.id,
            text: &claim.statement,
            genre: (!claim.kind.is_missing()).then(|| claim.kind.as_str()),
            is_part_of: [Node { id: edition.meta.base_iri.clone() }]
                .into_iter()
                .chain(wholes)
                .collect(),
            about: Node::all(edition, "subject", &claim.subjects),
            keywords: claim.topics.iter().map(|topic| edition.meta.topics.label(topic)).collect(),
            temporal_coverage: claim.date.as_str(),
            creative_work_status: claim.status.as_str(),
            content_rating: (!claim.confidence.is_missing()).then(|| Rating {
                kind: "Rating",
                review_aspect: "confidence",
                rating_value: claim.confidence.as_str(),
                rating_explanation: claim.confidence_note.as_deref(),
            }),
            main_entity: claim.quantity.as_ref().map(|quantity| Quantity {
                kind: "QuantitativeValue",
                value: &quantity.amount,
                unit_text: edition.meta.units.label(&quantity.unit),
                min_value: quantity.lower.as_deref(),
                max_value: quantity.upper.as_deref(),
            }),
            appearance: supporting.map(|c| Node::of(edition, "source", &c.source)).collect(),
            citation: claim.citations.iter().map(|c| Citation::of(edition, c)).collect(),
            mentions: claim
                .relations
                .iter()
                .filter(|relation| relation.kind != RelationType::PartOf)
                .map(|relation| Relation {
                    kind: "Role",
                    role_name: relation.kind.as_str(),
                    mentions: Node::of(edition, "claim", &relation.claim),
                })
                .collect(),
            correction: claim
                .corrections
                .iter()
                .map(|correction| Correction {
                    kind: "CorrectionComment",
                    date_published: &correction.date,
                    text: &correction.note,
                })
                .collect(),
        }
    }
}

/// The confidence: how good the evidence is.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rating<'e> {
    #[serde(rename = "@type")]
    kind: &'static str,
    review_aspect: &'static str,
    rating_value: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rating_explanation: Option<&'e str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Quantity<'e> {
    #[serde(rename = "@type")]
    kind: &'static str,
    value: &'e str,
    unit_text: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_value: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_value: Option<&'e str>,
}

/// What a source shows about the claim: a role that the source, or a place in it, plays.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Citation<'e> {
    #[serde(rename = "@type")]
    kind: &'static str,
    /// The stance.
    role_name: &'e str,
    /// How direct it is.
    additional_type: &'e str,
    description: &'e str,
    citation: Cited<'e>,
}

/// The source as a whole, or a place in it.
#[derive(Serialize)]
#[serde(untagged)]
enum Cited<'e> {
    Whole(Node),
    Place(Place<'e>),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place<'e> {
    #[serde(rename = "@type")]
    kind: &'static str,
    is_part_of: Node,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    work_translation: Option<Translation<'e>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Translation<'e> {
    #[serde(rename = "@type")]
    kind: &'static str,
    text: &'e str,
    in_language: &'e str,
}

impl<'e> Citation<'e> {
    fn of(edition: &'e Edition<'e>, citation: &'e model::Citation) -> Self {
        let source = Node::of(edition, "source", &citation.source);
        let cited = match (&citation.locator, &citation.quote) {
            (None, None) => Cited::Whole(source),
            (locator, quote) => Cited::Place(Place {
                kind: if quote.is_some() { "Quotation" } else { "CreativeWork" },
                is_part_of: source,
                position: locator.as_deref(),
                text: quote.as_deref(),
                work_translation: citation.translation.as_deref().map(|text| Translation {
                    kind: "Quotation",
                    text,
                    in_language: &edition.meta.language,
                }),
            }),
        };
        Self {
            kind: "Role",
            role_name: citation.stance.as_str(),
            additional_type: citation.directness.as_str(),
            description: &citation.shows,
            citation: cited,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Relation<'e> {
    #[serde(rename = "@type")]
    kind: &'static str,
    role_name: &'e str,
    mentions: Node,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Correction<'e> {
    #[serde(rename = "@type")]
    kind: &'static str,
    date_published: &'e str,
    text: &'e str,
}
