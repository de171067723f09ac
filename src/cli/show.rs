//! `claimbook show`

use super::{Context, Outcome, print, view::ClaimView};
use crate::{
    confidence::Evidence,
    error::{Error, Result},
    load::Loaded,
    model::{Dataset, Publisher, RecordKind, Source, Subject},
    text::did_you_mean,
};
use clap::ValueEnum;
use serde::Serialize;

/// Show one record: a claim with its evidence and its ceiling, or a source, publisher or subject
/// with what refers to it.
#[derive(clap::Args)]
pub struct Args {
    /// The record's id.
    id: String,

    /// Read a git revision instead of the folder.
    #[arg(long, value_name = "REV")]
    at: Option<String>,

    /// How to show it.
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

/// Formats of commands that show records.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Human,
    /// For programs.
    Json,
}

/// A record as it is shown, for programs.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Shown<'d> {
    Claim(Box<ClaimView<'d>>),
    Source(SourceView<'d>),
    Publisher(PublisherView<'d>),
    Subject(SubjectView<'d>),
}

#[derive(Serialize)]
pub struct SourceView<'d> {
    record: &'d Source,
    path: &'d str,
    publisher: Option<&'d Publisher>,
    /// The effective letter.
    letter: Option<&'d str>,
    link: Option<String>,
    cited_by: Vec<Mention<'d>>,
}

#[derive(Serialize)]
pub struct PublisherView<'d> {
    record: &'d Publisher,
    path: &'d str,
    sources: Vec<Mention<'d>>,
}

#[derive(Serialize)]
pub struct SubjectView<'d> {
    record: &'d Subject,
    path: &'d str,
    claims: Vec<Mention<'d>>,
}

/// A record that refers to the one shown.
#[derive(Serialize)]
pub struct Mention<'d> {
    id: &'d str,
    /// Its statement or title.
    text: &'d str,
    /// How a claim cites the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    stance: Option<&'d str>,
}

pub fn run(context: &Context, args: &Args) -> Result<Outcome> {
    let snapshot = context.snapshot(args.at.as_deref())?;
    let loaded = context.load(&snapshot)?;
    let shown = find(&loaded, &args.id)?;
    let out = match args.format {
        Format::Json => super::json(&shown)?,
        Format::Human => {
            let templates = context.templates(&snapshot)?;
            match &shown {
                Shown::Claim(view) => templates.render("show-claim.txt", view)?,
                Shown::Source(view) => templates.render("show-source.txt", view)?,
                Shown::Publisher(view) => templates.render("show-publisher.txt", view)?,
                Shown::Subject(view) => templates.render("show-subject.txt", view)?,
            }
        }
    };
    print(&out)?;
    Ok(Outcome::Clean)
}

pub fn find<'d>(loaded: &'d Loaded, id: &str) -> Result<Shown<'d>> {
    let dataset = &loaded.dataset;
    let evidence = Evidence::new(dataset);
    let path = |file: u32| loaded.texts.get(file).path.as_str();
    if let Some(entry) = dataset.claims.get(id) {
        return Ok(Shown::Claim(Box::new(ClaimView::of(loaded, &evidence, entry))));
    }
    if let Some((id, entry)) = dataset.sources.get_key_value(id) {
        return Ok(Shown::Source(SourceView {
            record: &entry.record,
            path: path(entry.origin.file),
            publisher: dataset.publishers.get(&entry.record.publisher).map(|entry| &entry.record),
            letter: evidence.letter(id).map(|letter| letter.as_static()),
            link: entry.record.link().map(Into::into),
            cited_by: cited_by(dataset, id),
        }));
    }
    if let Some((id, entry)) = dataset.publishers.get_key_value(id) {
        let of = dataset.sources.iter().filter(|(_, source)| source.record.publisher == *id);
        let sources = of
            .map(|(id, source)| Mention { id, text: &source.record.title, stance: None })
            .collect();
        return Ok(Shown::Publisher(PublisherView {
            record: &entry.record,
            path: path(entry.origin.file),
            sources,
        }));
    }
    if let Some((id, entry)) = dataset.subjects.get_key_value(id) {
        let about = dataset.claims.iter().filter(|(_, claim)| claim.record.subjects.contains(id));
        let claims = about
            .map(|(id, claim)| Mention { id, text: &claim.record.statement, stance: None })
            .collect();
        return Ok(Shown::Subject(SubjectView {
            record: &entry.record,
            path: path(entry.origin.file),
            claims,
        }));
    }
    Err(no_record(dataset, id))
}

fn cited_by<'d>(dataset: &'d Dataset, source: &str) -> Vec<Mention<'d>> {
    let mut found = Vec::new();
    for (id, entry) in &dataset.claims {
        if let Some(citation) = entry.record.citations.iter().find(|c| c.source == source) {
            found.push(Mention {
                id,
                text: &entry.record.statement,
                stance: Some(citation.stance.as_str()),
            });
        }
    }
    found
}

/// There is no record with this id, and which one may be meant.
pub fn no_record(dataset: &Dataset, id: &str) -> Error {
    let error = Error::new(format!("no record has the id `{id}`"));
    let all = RecordKind::ALL.into_iter().flat_map(|kind| dataset.ids(kind));
    match did_you_mean(id, all) {
        Some(meant) => error.hint(format!("did you mean `{meant}`?")),
        None => {
            error.hint("`claimbook list` lists the claims, `claimbook list sources` the sources")
        }
    }
}
