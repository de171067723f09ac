//! Where records that come in go, and what the check says about them, at the place in the file that
//! they came from.

use super::{
    super::{Applied, Desk, Edits, Trial},
    Complaint, Form, Incoming, Input, Options, Spot,
    gather::Gathered,
    settle::{self, PerKind, Settled, Settlement},
    words::{Called, Speaker},
};
use crate::{
    error::Result,
    finding::{FileId, Finding, Located, Origin, Place, Report, Severity, Text},
    model::RecordKind,
    schema::Form as Layout,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

/// Files taken in.
pub struct Batch {
    /// What is to be written, and the dataset with it. Its report names places in the files.
    pub trial: Trial,
    /// How many records there are.
    pub counts: Counts,
    /// What was not read as it stands in the files, in words.
    pub read: Vec<String>,
}

/// How many records of each kind are new, changed, and as they were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// New ones.
    pub new: PerKind,
    /// Changed ones.
    pub changed: PerKind,
    /// Those that are there just so.
    pub same: usize,
    /// How many are no more than the example of a template.
    pub examples: usize,
}

/// Where a settled record goes: a path, and its place in a file of lines.
type Places = BTreeMap<(String, String), usize>;

/// Puts records in their places, tries the dataset with them, and tells what is wrong where it
/// came from.
pub fn place(
    desk: &Desk,
    inputs: Vec<Input>,
    gathered: Gathered,
    options: &Options,
) -> Result<Batch> {
    let mut complaints = gathered.complaints;
    let Settlement { settled, same, examples } =
        settle::settle(desk, gathered.records, options, &mut complaints);
    let mut counts = Counts { same, examples, ..Counts::default() };
    let mut edits = Edits::new();
    let mut lines: BTreeMap<Origin, String> = BTreeMap::new();
    let mut places = Places::new();
    for (i, Settled { draft, known, .. }) in settled.iter().enumerate() {
        let path = match known {
            false => desk.path(draft, options.folder.as_deref()),
            true => match desk.origin(draft.kind, draft.id()) {
                Some(origin) => {
                    let path = desk.loaded.texts.get(origin.file).path.clone();
                    lines.insert(origin, desk.layout(draft, &path));
                    path
                }
                // It is broken, or named otherwise: the check tells.
                None => continue,
            },
        };
        if !known {
            edits.insert(path.clone(), desk.text(draft, &path));
            *counts.new.entry(draft.kind).or_default() += 1;
        }
        places.insert((path, draft.id().to_owned()), i);
    }
    replace(desk, lines, &mut edits, &mut counts);
    let mut trial = desk.trial(edits)?;
    let read = mended(&trial, &inputs, &settled, &places);
    tell(desk, &mut trial, inputs, &settled, &places, complaints, |_, _| None);
    Ok(Batch { trial, counts, read })
}

/// Puts changed records in the place of the old ones.
fn replace(desk: &Desk, lines: BTreeMap<Origin, String>, edits: &mut Edits, counts: &mut Counts) {
    // From the last of a file to the first, so that places stay where they are.
    for (origin, new) in lines.into_iter().rev() {
        let text = desk.loaded.texts.get(origin.file);
        if text.text[origin.range()].trim_end() == new.trim_end() {
            counts.same += 1;
            continue;
        }
        let kind = RecordKind::ALL
            .into_iter()
            .find(|kind| text.path.starts_with(&format!("dataset/{}/", kind.folder())));
        if let Some(kind) = kind {
            *counts.changed.entry(kind).or_default() += 1;
        }
        let file = edits.entry(text.path.clone()).or_insert_with(|| text.text.clone());
        file.replace_range(origin.range(), &new);
    }
}

/// What was mended on the way, and where that came from.
fn mended(trial: &Trial, inputs: &[Input], settled: &[Settled], places: &Places) -> Vec<String> {
    let from = |path: &str| {
        let mut here = places.iter().filter(|((other, _), _)| other == path).map(|(_, i)| *i);
        here.next().filter(|_| here.next().is_none()).and_then(|i| settled.get(i))
    };
    let words = |applied: &Applied| match from(&applied.path) {
        Some(Settled { incoming, .. }) => {
            let spot = incoming.spot(&applied.pointer);
            format!("{}: {}", inputs[spot.input].name, spot.with(&applied.words()))
        }
        None => format!("{}: {}", applied.path, applied.words()),
    };
    trial.applied.iter().map(words).collect()
}

/// Moves what is said about records to the files they came from.
pub fn tell(
    desk: &Desk,
    trial: &mut Trial,
    inputs: Vec<Input>,
    settled: &[Settled],
    places: &Places,
    complaints: Vec<Complaint>,
    called: Called,
) {
    let texts = &mut trial.loaded.texts;
    let first = FileId::try_from(texts.0.len()).unwrap_or(FileId::MAX);
    let forms: Vec<(Form, u32)> = inputs
        .iter()
        .map(|input| (input.form, u32::try_from(input.text.len()).unwrap_or(u32::MAX)))
        .collect();
    let file = |spot: &Spot| first + FileId::try_from(spot.input).unwrap_or(0);
    let cell = |spot: &Spot| -> Place {
        let end = forms[spot.input].1;
        Origin { file: file(spot), start: 0, end }.bytes(spot.range.clone())
    };
    let at = |incoming: &Incoming, pointer: &str| -> Place {
        let (form, length) = forms[incoming.whole.input];
        let small = |n: usize| u32::try_from(n).unwrap_or(length);
        let Range { start, end } = incoming.whole.range;
        match form {
            // The record stands there as it is.
            Form::Lines => {
                Origin { file: file(&incoming.whole), start: small(start), end: small(end) }
                    .at(pointer)
            }
            _ => cell(incoming.spot(pointer)),
        }
    };
    // Several rows can lead to the same file; the finding knows its record.
    let mut alone: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for ((path, _), i) in places {
        alone.entry(path).or_default().insert(*i);
    }
    let find = |path: &str, id: Option<&String>| -> Option<&Settled> {
        let by_id = id.and_then(|id| places.get(&(path.to_owned(), id.clone())));
        let only = alone.get(path).filter(|all| all.len() == 1).and_then(|all| all.first());
        by_id.or(only).and_then(|i| settled.get(*i))
    };
    // A name that nothing has is told once.
    let told = |spot: &Spot| complaints.iter().any(|complaint| complaint.spot == *spot);
    let mut said = BTreeSet::new();
    let mut findings: Vec<Finding> = Vec::new();
    for Located { mut finding, .. } in std::mem::take(&mut trial.report.findings) {
        let path = texts.get(finding.place.origin.file).path.as_str();
        if let Some(Settled { incoming, .. }) = find(path, finding.id.as_ref()) {
            let (pointer, origin) = (finding.place.pointer.clone(), finding.place.origin);
            let form = forms[incoming.whole.input].0;
            if form == Form::Lines {
                finding.place = at(incoming, &pointer);
                finding.message = incoming.spot(&pointer).with(&finding.message);
            } else {
                let record = &texts.get(origin.file).text[origin.range()];
                let spot = Speaker { desk, form, incoming, called }.speak(&mut finding, record);
                // One field can be what two records lack.
                let again = !said.insert((spot.input, spot.range.start, finding.message.clone()));
                if told(&spot) || again && finding.rule == "schema" {
                    continue;
                }
                finding.place = cell(&spot);
            }
            // It would mend the record, not the file.
            finding.fix = None;
        }
        for (place, words) in &mut finding.related {
            let path = texts.get(place.origin.file).path.as_str();
            if let Some(Settled { incoming, .. }) = find(path, finding.id.as_ref()) {
                // A flag stands before one's eyes; a cell has to be found.
                if forms[incoming.whole.input].0 != Form::Flags {
                    *words = incoming.spot(&place.pointer).with(words);
                }
                *place = at(incoming, &place.pointer);
            }
        }
        findings.push(finding);
    }
    findings.extend(complaints.into_iter().map(|Complaint { spot, rule, message, help }| {
        Finding::new(rule, Severity::Error, cell(&spot), spot.with(&message)).help(help)
    }));
    texts.0.extend(inputs.into_iter().map(|input| Text { path: input.name, text: input.text }));
    let records = std::mem::take(&mut trial.report.records);
    trial.report = Report::new(findings, records, 0, texts);
}

impl Desk {
    /// The text of a changed record, as the file it stands in lays it out.
    fn layout(&self, draft: &super::Draft, path: &str) -> String {
        let layout = if path.ends_with(".jsonl") { Layout::Line } else { Layout::File };
        draft.canonical(self.schema(draft.kind), layout)
    }
}
