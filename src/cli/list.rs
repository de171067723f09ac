//! `claimbook list`

use super::{Context, Outcome, note, print, width};
use crate::{
    confidence::Evidence,
    date::{Edtf, Span},
    error::{Error, Result},
    model::{
        Claim, Confidence, Dataset, Entry, Kind, Label, Publisher, RecordKind, Source, Status,
        Subject,
    },
    text::{self, did_you_mean, visible},
};
use clap::{ValueEnum, builder::PossibleValuesParser};
use serde::Serialize;
use std::io::{self, IsTerminal as _};

/// List claims, or other records, that fit.
///
/// Several filters narrow the list; several values of one filter widen it.
#[derive(clap::Args)]
pub struct Args {
    /// What to list.
    #[arg(value_enum, default_value = "claims")]
    what: What,

    /// Claims on this topic.
    #[arg(long, value_name = "ID")]
    topic: Vec<String>,

    /// Claims about this subject.
    #[arg(long, value_name = "ID")]
    subject: Vec<String>,

    /// Claims of this kind.
    #[arg(long, value_parser = PossibleValuesParser::new(Kind::WORDS))]
    kind: Vec<String>,

    /// Claims with this status.
    #[arg(long, value_parser = PossibleValuesParser::new(Status::WORDS))]
    status: Vec<String>,

    /// Claims that declare this confidence.
    #[arg(long, value_parser = PossibleValuesParser::new(Confidence::WORDS))]
    confidence: Vec<String>,

    /// Claims that cite this source.
    #[arg(long, value_name = "ID")]
    source: Vec<String>,

    /// Claims that cite a source of this publisher; sources of this publisher.
    #[arg(long, value_name = "ID")]
    publisher: Vec<String>,

    /// Claims whose date may be this day or later.
    #[arg(long, value_name = "DATE", value_parser = edtf)]
    since: Option<Edtf>,

    /// Claims whose date may be this day or earlier.
    #[arg(long, value_name = "DATE", value_parser = edtf)]
    until: Option<Edtf>,

    /// Records whose id, statement, title or name holds this text.
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,

    /// Claims that declare less than their citations can carry.
    #[arg(long)]
    below_ceiling: bool,

    /// Read a git revision instead of the folder.
    #[arg(long, value_name = "REV")]
    at: Option<String>,

    /// How to show them.
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
enum What {
    Claims,
    Sources,
    Publishers,
    Subjects,
    Topics,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Human,
    /// For programs.
    Json,
    /// Ids only, one a line.
    Ids,
}

fn edtf(text: &str) -> std::result::Result<Edtf, String> {
    match crate::date::edtf_error(text) {
        Some(error) => Err(error),
        None => Ok(Edtf::lenient(text)),
    }
}

/// One line of the list.
struct Row<'d> {
    id: &'d str,
    /// Short columns, for people.
    columns: Vec<&'d str>,
    /// Statement, title or name.
    text: &'d str,
    /// The record, for programs.
    record: Record<'d>,
}

/// The list, for programs.
#[derive(Serialize)]
struct List<'d> {
    what: What,
    records: Vec<Record<'d>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Record<'d> {
    Claim(&'d Claim),
    Source(&'d Source),
    Publisher(&'d Publisher),
    Subject(&'d Subject),
    Topic {
        id: &'d str,
        #[serde(flatten)]
        label: &'d Label,
    },
}

pub fn run(context: &Context, args: &Args) -> Result<Outcome> {
    let snapshot = context.snapshot(args.at.as_deref())?;
    let loaded = context.load(&snapshot)?;
    let dataset = &loaded.dataset;
    fitting(args)?;
    look_up(dataset, args)?;
    let mut rows = rows(dataset, args);
    if let Some(text) = &args.text {
        let text = text.to_lowercase();
        rows.retain(|row| row.id.contains(&text) || row.text.to_lowercase().contains(&text));
    }
    if rows.is_empty() && args.format != Format::Json {
        note(&nothing(args));
    }
    print(&match args.format {
        Format::Ids => rows.iter().fold(String::new(), |out, row| out + row.id + "\n"),
        Format::Json => {
            let records = rows.into_iter().map(|row| row.record).collect();
            super::json(&List { what: args.what, records })?
        }
        Format::Human => {
            let terminal = io::stdout().is_terminal();
            human(&rows, if terminal { width() } else { usize::MAX })
        }
    })?;
    Ok(Outcome::Clean)
}

/// What is said where nothing fits: an empty screen tells nothing.
fn nothing(args: &Args) -> String {
    let what = args.what.to_possible_value();
    let what = what.as_ref().map_or("records", |what| what.get_name());
    match &args.text {
        Some(text) => format!("no {what} with `{}` in them", visible(text)),
        None => format!("no {what} fit"),
    }
}

/// Refuses filters that say nothing of what is listed: everything would look like an answer.
fn fitting(args: &Args) -> Result<()> {
    if args.what == What::Claims {
        return Ok(());
    }
    let of_claims = [
        ("topic", !args.topic.is_empty()),
        ("subject", !args.subject.is_empty()),
        ("kind", !args.kind.is_empty()),
        ("status", !args.status.is_empty()),
        ("confidence", !args.confidence.is_empty()),
        ("source", !args.source.is_empty()),
        ("publisher", !args.publisher.is_empty() && args.what != What::Sources),
        ("since", args.since.is_some()),
        ("until", args.until.is_some()),
        ("below-ceiling", args.below_ceiling),
    ];
    let Some((filter, _)) = of_claims.into_iter().find(|(_, given)| *given) else { return Ok(()) };
    let what = args.what.to_possible_value();
    let what = what.as_ref().map_or("records", |what| what.get_name());
    let takes = if args.what == What::Sources { "--publisher and --text" } else { "--text" };
    Err(Error::new(format!("--{filter} says nothing of {what}")).hint(format!(
        "`claimbook list {what}` takes {takes}; without `{what}`, claims are listed"
    )))
}

/// Refuses filters by ids that do not exist: an empty list would look like an answer.
fn look_up(dataset: &Dataset, args: &Args) -> Result<()> {
    let topics = dataset.meta.iter().flat_map(|meta| meta.record.topics.iter().map(|(id, _)| id));
    known("topic", &args.topic, topics.collect())?;
    known("subject", &args.subject, dataset.ids(RecordKind::Subject).collect())?;
    known("source", &args.source, dataset.ids(RecordKind::Source).collect())?;
    known("publisher", &args.publisher, dataset.ids(RecordKind::Publisher).collect())
}

fn known(what: &str, wanted: &[String], ids: Vec<&str>) -> Result<()> {
    let Some(unknown) = wanted.iter().find(|id| !ids.contains(&id.as_str())) else { return Ok(()) };
    let error = Error::new(format!("there is no {what} `{unknown}`"));
    Err(match did_you_mean(unknown, ids) {
        Some(meant) => error.hint(format!("did you mean `{meant}`?")),
        None => error.hint(format!("`claimbook list {what}s` lists them")),
    })
}

fn rows<'d>(dataset: &'d Dataset, args: &Args) -> Vec<Row<'d>> {
    let mut rows = Vec::new();
    let mut row = |id, columns, text, record| rows.push(Row { id, columns, text, record });
    match args.what {
        What::Claims => {
            let evidence = Evidence::new(dataset);
            for (id, entry) in &dataset.claims {
                let claim = &entry.record;
                if fits(dataset, &evidence, entry, args) {
                    let columns =
                        vec![claim.confidence.as_str(), claim.status.as_str(), claim.date.as_str()];
                    row(id, columns, &claim.statement, Record::Claim(claim));
                }
            }
        }
        What::Sources => {
            for (id, entry) in &dataset.sources {
                let source = &entry.record;
                if args.publisher.is_empty() || args.publisher.contains(&source.publisher) {
                    let columns = vec![source.issued.as_str(), source.publisher.as_str()];
                    row(id, columns, &source.title, Record::Source(source));
                }
            }
        }
        What::Publishers => {
            for (id, entry) in &dataset.publishers {
                let publisher = &entry.record;
                let columns = vec![publisher.reliability.as_str(), publisher.kind.as_str()];
                row(id, columns, &publisher.name, Record::Publisher(publisher));
            }
        }
        What::Subjects => {
            for (id, entry) in &dataset.subjects {
                let subject = &entry.record;
                row(id, vec![subject.kind.as_str()], &subject.name, Record::Subject(subject));
            }
        }
        What::Topics => {
            for (id, label) in dataset.meta.iter().flat_map(|meta| meta.record.topics.iter()) {
                row(id, Vec::new(), &label.label, Record::Topic { id, label });
            }
        }
    }
    rows
}

fn fits(dataset: &Dataset, evidence: &Evidence, entry: &Entry<Claim>, args: &Args) -> bool {
    let claim = &entry.record;
    let any = |wanted: &[String], has: &dyn Fn(&String) -> bool| {
        wanted.is_empty() || wanted.iter().any(has)
    };
    let publisher = |id: &String| {
        claim
            .citations
            .iter()
            .any(|c| dataset.sources.get(&c.source).is_some_and(|s| s.record.publisher == *id))
    };
    let span = claim.date.span().unwrap_or_default();
    let bound = |date: &Option<Edtf>| date.as_ref().and_then(Edtf::span);
    any(&args.topic, &|id| claim.topics.contains(id))
        && any(&args.subject, &|id| claim.subjects.contains(id))
        && any(&args.kind, &|word| claim.kind.as_str() == word)
        && any(&args.status, &|word| claim.status.as_str() == word)
        && any(&args.confidence, &|word| claim.confidence.as_str() == word)
        && any(&args.source, &|id| claim.citations.iter().any(|c| c.source == *id))
        && any(&args.publisher, &publisher)
        && bound(&args.since).is_none_or(|since| not_before(span, since))
        && bound(&args.until).is_none_or(|until| not_before(until, span))
        && (!args.below_ceiling
            || evidence
                .assess(entry)
                .and_then(|a| a.ceiling)
                .is_some_and(|ceiling| claim.confidence > ceiling))
}

/// Whether some day of `a` may be on or after the first day of `b`.
fn not_before(a: Span, b: Span) -> bool {
    match (a.latest, b.earliest) {
        (Some(latest), Some(earliest)) => latest >= earliest,
        _ => true,
    }
}

/// Aligned columns; on a terminal the text is cut to what fits.
fn human(rows: &[Row], wide: usize) -> String {
    let columns = rows.first().map_or(0, |row| row.columns.len());
    let widest = |of: &dyn Fn(&Row) -> usize| rows.iter().map(of).max().unwrap_or(0);
    let widths: Vec<usize> =
        (0..columns).map(|i| widest(&|row| row.columns[i].chars().count())).collect();
    let id = widest(&|row| row.id.len()).min(50);
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.columns.iter().zip(&widths) {
            line.push_str(&format!("{cell:<width$}  "));
        }
        line.push_str(&format!("{:<id$}  ", row.id));
        let left = wide.saturating_sub(line.chars().count()).max(30);
        line.push_str(&text::shorten(row.text, left - 1));
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
