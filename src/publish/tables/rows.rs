//! The rows of every table.

use super::{Cell, Edition, TakeRow};
use crate::{
    model::{Author, Correction, Extra},
    publish::{CitedSource, Computed},
};
use std::{borrow::Cow, collections::BTreeMap, fmt, io::Result};

fn text(text: &str) -> Cell<'_> {
    if text.is_empty() { Cell::Empty } else { Cell::Text(Cow::Borrowed(text)) }
}

fn some(value: Option<&String>) -> Cell<'_> {
    value.map_or(Cell::Empty, |value| text(value))
}

fn number(n: usize) -> Cell<'static> {
    Cell::Number(u64::try_from(n).unwrap_or(u64::MAX))
}

fn list(items: &[String]) -> Cell<'_> {
    if items.is_empty() { Cell::Empty } else { Cell::List(Cow::Borrowed(items)) }
}

pub fn claims(edition: &Edition, row: TakeRow) -> Result<()> {
    for Computed { claim, assessment, days, assertion_hash, .. } in &edition.claims {
        let quantity = claim.quantity.as_ref();
        let assessment = assessment.as_ref();
        row(&[
            text(&claim.id),
            text(&claim.statement),
            text(claim.kind.as_str()),
            text(claim.status.as_str()),
            text(claim.confidence.as_str()),
            text(assessment.and_then(|a| a.ceiling.as_ref()).map_or("", |c| c.as_str())),
            assessment.map_or(Cell::Empty, |a| number(a.support.len())),
            assessment.map_or(Cell::Empty, |a| number(a.against.len())),
            claim.confidence.stix().map_or(Cell::Empty, |stix| Cell::Number(stix.into())),
            some(claim.likelihood.as_ref()),
            text(claim.date.as_str()),
            days.0.map_or(Cell::Empty, Cell::Day),
            days.1.map_or(Cell::Empty, Cell::Day),
            some(quantity.map(|q| &q.amount)),
            some(quantity.map(|q| &q.unit)),
            some(quantity.and_then(|q| q.lower.as_ref())),
            some(quantity.and_then(|q| q.upper.as_ref())),
            list(&claim.topics),
            list(&claim.subjects),
            number(claim.citations.len()),
            some(claim.confidence_note.as_ref()),
            some(claim.status_date.as_ref()),
            some(claim.status_note.as_ref()),
            some(claim.reviewed.as_ref()),
            some(claim.review_by.as_ref()),
            some(assertion_hash.as_ref()),
            Cell::Text(Cow::Owned(edition.iri("claim", &claim.id))),
        ])?;
    }
    Ok(())
}

pub fn citations(edition: &Edition, row: TakeRow) -> Result<()> {
    for Computed { claim, .. } in &edition.claims {
        for (i, citation) in claim.citations.iter().enumerate() {
            row(&[
                text(&claim.id),
                number(i + 1),
                text(&citation.source),
                text(citation.stance.as_str()),
                text(citation.directness.as_str()),
                text(&citation.shows),
                some(citation.locator.as_ref()),
                some(citation.quote.as_ref()),
                some(citation.translation.as_ref()),
            ])?;
        }
    }
    Ok(())
}

pub fn sources(edition: &Edition, row: TakeRow) -> Result<()> {
    for CitedSource { source, letter, by, .. } in &edition.sources {
        let authors: Vec<String> = source.authors.iter().map(Author::name).collect();
        row(&[
            text(&source.id),
            text(&source.kind),
            text(&source.title),
            some(source.title_en.as_ref()),
            if authors.is_empty() { Cell::Empty } else { Cell::List(Cow::Owned(authors)) },
            text(&source.publisher),
            some(source.container.as_ref()),
            some(source.number.as_ref()),
            text(source.issued.as_str()),
            text(&source.lang),
            some(source.url.as_ref()),
            some(source.doi.as_ref()),
            some(source.isbn.as_ref()),
            some(source.archived_url.as_ref()),
            some(source.accessed.as_ref()),
            text(letter.as_str()),
            text(source.reliability.as_ref().map_or("", |letter| letter.as_str())),
            some(source.reliability_note.as_ref()),
            list(&source.derived_from),
            text(source.status.as_ref().map_or("", |status| status.as_str())),
            some(source.status_note.as_ref()),
            number(by.len()),
        ])?;
    }
    Ok(())
}

pub fn authors(edition: &Edition, row: TakeRow) -> Result<()> {
    for (id, entry) in &edition.dataset.sources {
        for (i, author) in entry.record.authors.iter().enumerate() {
            row(&[
                text(id),
                number(i + 1),
                some(author.family.as_ref()),
                some(author.given.as_ref()),
                some(author.literal.as_ref()),
            ])?;
        }
    }
    Ok(())
}

pub fn publishers(edition: &Edition, row: TakeRow) -> Result<()> {
    for (id, entry) in &edition.dataset.publishers {
        let publisher = &entry.record;
        row(&[
            text(id),
            text(&publisher.name),
            some(publisher.country.as_ref()),
            text(&publisher.kind),
            text(publisher.reliability.as_str()),
            some(publisher.owner.as_ref()),
            some(publisher.note.as_ref()),
        ])?;
    }
    Ok(())
}

pub fn subjects(edition: &Edition, row: TakeRow) -> Result<()> {
    let mut counts = BTreeMap::<&str, usize>::new();
    for id in edition.claims.iter().flat_map(|computed| &computed.claim.subjects) {
        *counts.entry(id).or_default() += 1;
    }
    for (id, entry) in &edition.dataset.subjects {
        let subject = &entry.record;
        row(&[
            text(id),
            text(&subject.name),
            text(&subject.kind),
            some(subject.description.as_ref()),
            list(&subject.same_as),
            number(counts.get(id.as_str()).copied().unwrap_or(0)),
        ])?;
    }
    Ok(())
}

pub fn claim_subjects(edition: &Edition, row: TakeRow) -> Result<()> {
    for Computed { claim, .. } in &edition.claims {
        for subject in &claim.subjects {
            row(&[text(&claim.id), text(subject)])?;
        }
    }
    Ok(())
}

pub fn relations(edition: &Edition, row: TakeRow) -> Result<()> {
    for Computed { claim, .. } in &edition.claims {
        for relation in &claim.relations {
            row(&[text(&claim.id), text(relation.kind.as_str()), text(&relation.claim)])?;
        }
    }
    Ok(())
}

pub fn corrections(edition: &Edition, row: TakeRow) -> Result<()> {
    for Computed { claim, .. } in &edition.claims {
        for (i, Correction { date, note, .. }) in claim.corrections.iter().enumerate() {
            row(&[text(&claim.id), number(i + 1), text(date), text(note)])?;
        }
    }
    Ok(())
}

pub fn extras(edition: &Edition, row: TakeRow) -> Result<()> {
    let mut rows = |table: &str, id: &str, at: fmt::Arguments, extra: &Extra| {
        extra.iter().try_for_each(|(key, value)| {
            let pointer = Cell::Text(Cow::Owned(format!("{at}/{key}")));
            row(&[text(table), text(id), pointer, Cell::Text(Cow::Owned(value.to_string()))])
        })
    };
    for Computed { claim, .. } in &edition.claims {
        let mut rows = |at: fmt::Arguments, extra: &Extra| rows("claims", &claim.id, at, extra);
        rows(format_args!(""), &claim.extra)?;
        if let Some(quantity) = &claim.quantity {
            rows(format_args!("/quantity"), &quantity.extra)?;
        }
        for (i, citation) in claim.citations.iter().enumerate() {
            rows(format_args!("/citations/{i}"), &citation.extra)?;
        }
        for (i, relation) in claim.relations.iter().enumerate() {
            rows(format_args!("/relations/{i}"), &relation.extra)?;
        }
        for (i, correction) in claim.corrections.iter().enumerate() {
            rows(format_args!("/corrections/{i}"), &correction.extra)?;
        }
    }
    for (id, entry) in &edition.dataset.sources {
        rows("sources", id, format_args!(""), &entry.record.extra)?;
        for (i, author) in entry.record.authors.iter().enumerate() {
            rows("sources", id, format_args!("/authors/{i}"), &author.extra)?;
        }
    }
    for (id, entry) in &edition.dataset.publishers {
        rows("publishers", id, format_args!(""), &entry.record.extra)?;
    }
    for (id, entry) in &edition.dataset.subjects {
        rows("subjects", id, format_args!(""), &entry.record.extra)?;
    }
    Ok(())
}
