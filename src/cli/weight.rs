//! What a publisher or a source counts for: its letter, and what one citation of it can carry.

use crate::{
    confidence::Evidence,
    model::{
        Citation, Claim, Confidence, Dataset, Directness, Entry, Kind, Publisher, Source, Stance,
    },
    text::list,
};
use serde::Serialize;
use std::collections::BTreeSet;

/// What a publisher or a source counts for.
#[derive(Serialize)]
pub struct Weight<'d> {
    id: &'d str,
    what: &'static str,
    name: &'d str,
    /// The letter that counts; none where it cannot be told.
    letter: Option<&'static str>,
    note: Option<&'d str>,
    publisher: &'d str,
    /// With whom it is one voice.
    owner: Option<&'d str>,
    is_retracted: bool,
    alone: Vec<Carried>,
    sources: usize,
    claims: usize,
}

/// What one citation carries.
#[derive(Serialize)]
struct Carried {
    cited: String,
    ceiling: Option<Confidence>,
}

impl<'d> Weight<'d> {
    /// Of the publisher or source with this id, if there is one.
    pub fn of(dataset: &'d Dataset, id: &str) -> Option<Self> {
        if let Some((id, entry)) = dataset.sources.get_key_value(id) {
            let source = &entry.record;
            let of = dataset.publishers.get(&source.publisher).map(|entry| &entry.record);
            let citing = BTreeSet::from([id.as_str()]);
            let note = source.reliability_note.as_deref();
            return Some(Self {
                name: &source.title,
                note: note.or_else(|| of.and_then(|of| of.note.as_deref())),
                publisher: of.map_or(&source.publisher, |of| &of.name),
                is_retracted: source.is_retracted(),
                ..Self::new(dataset, id, "source", source.clone(), of, &citing)
            });
        }
        let (id, entry) = dataset.publishers.get_key_value(id)?;
        let publisher = &entry.record;
        let own = |source: &Entry<Source>| source.record.publisher == *id;
        let sources = dataset.sources.iter().filter(|(_, source)| own(source));
        let citing: BTreeSet<&str> = sources.map(|(id, _)| id.as_str()).collect();
        let any = Source { publisher: id.clone(), ..Source::default() };
        Some(Self {
            name: &publisher.name,
            note: publisher.note.as_deref(),
            ..Self::new(dataset, id, "publisher", any, Some(publisher), &citing)
        })
    }

    fn new(
        dataset: &'d Dataset,
        id: &'d str,
        what: &'static str,
        source: Source,
        publisher: Option<&'d Publisher>,
        citing: &BTreeSet<&str>,
    ) -> Self {
        let cites = |claim: &&Entry<Claim>| {
            claim.record.citations.iter().any(|citation| citing.contains(citation.source.as_str()))
        };
        let claims = dataset.claims.values().filter(cites).count();
        let (letter, alone) = carried(dataset, source);
        Self {
            id,
            what,
            name: "",
            letter,
            note: None,
            publisher: "",
            owner: publisher.and_then(|publisher| publisher.owner.as_deref()),
            is_retracted: false,
            alone,
            sources: citing.len(),
            claims,
        }
    }
}

/// The letter of a source, and what it carries where nothing else is cited: weighed as a claim
/// would be.
fn carried(dataset: &Dataset, source: Source) -> (Option<&'static str>, Vec<Carried>) {
    const IT: &str = "it";
    let source = Source { derived_from: Vec::new(), ..source };
    let publisher = dataset.publishers.get_key_value(&source.publisher);
    let entry = Entry::sound(source);
    let alone = Dataset {
        policy: dataset.policy.clone(),
        publishers: publisher.map(|(id, entry)| (id.clone(), entry.clone())).into_iter().collect(),
        sources: [(IT.to_owned(), entry)].into(),
        ..Dataset::default()
    };
    let evidence = Evidence::new(&alone);
    let ceiling = |kind: Kind, directness: Directness| {
        let citation = Citation {
            source: IT.to_owned(),
            stance: Stance::Supports,
            directness,
            ..Citation::default()
        };
        let record = Claim { kind, citations: vec![citation], ..Claim::default() };
        let claim = Entry::sound(record);
        evidence.assess(&claim)?.ceiling
    };
    let acts: Vec<&str> = dataset.policy.act_kinds.iter().map(Kind::as_str).collect();
    let ways = [
        ("second-hand".to_owned(), Kind::State, Directness::Secondary),
        ("first-hand".to_owned(), Kind::State, Directness::Primary),
    ];
    let act = dataset.policy.act_kinds.first().map(|kind| {
        (format!("as the act itself, for {}", list(&acts, "or")), kind.clone(), Directness::Primary)
    });
    let mut carried: Vec<Carried> = Vec::new();
    for (cited, kind, directness) in ways.into_iter().chain(act) {
        let ceiling = ceiling(kind, directness);
        // A way that carries no more than the one before needs no words.
        if carried.is_empty() || carried.last().is_some_and(|last| last.ceiling != ceiling) {
            carried.push(Carried { cited, ceiling });
        }
    }
    (evidence.letter(IT).map(|letter| letter.as_static()), carried)
}
