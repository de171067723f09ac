//! The body of an issue that was opened with one of the forms in `.github/ISSUE_TEMPLATE`: a source,
//! or a claim with its source, and a publisher where that is new.

use super::{
    super::{Desk, Names},
    Complaint, Incoming, Input, Say, Spot,
    gather::Gathered,
};
use crate::{
    error::{Error, Result},
    model::{
        RecordKind::{self, Claim, Publisher, Source},
        Target,
    },
    text::did_you_mean,
};
use std::{collections::BTreeMap, ops::Range};

/// The sections of the forms: the label of a field, and the member that it answers for.
pub const SECTIONS: &[(&str, RecordKind, &str)] = &[
    ("Statement", Claim, "/statement"),
    ("Kind of claim", Claim, "/kind"),
    ("Subjects", Claim, "/subjects"),
    ("Topics", Claim, "/topics"),
    ("Date", Claim, "/date"),
    ("Amount", Claim, "/quantity/amount"),
    ("Unit", Claim, "/quantity/unit"),
    ("Confidence", Claim, "/confidence"),
    ("Confidence note", Claim, "/confidence_note"),
    ("Source", Claim, "/citations/0/source"),
    ("What the source shows", Claim, "/citations/0/shows"),
    ("Stance", Claim, "/citations/0/stance"),
    ("Directness", Claim, "/citations/0/directness"),
    ("Place in the source", Claim, "/citations/0/locator"),
    ("More sources", Claim, MORE),
    ("Title", Source, "/title"),
    ("Title in English", Source, "/title_en"),
    ("Kind of source", Source, "/type"),
    ("Authors", Source, "/authors"),
    ("Publisher", Source, "/publisher"),
    ("Address", Source, "/url"),
    ("DOI", Source, "/doi"),
    ("Archived copy", Source, "/archived_url"),
    ("Date of publication", Source, "/issued"),
    ("Language", Source, "/lang"),
    ("Read on", Source, "/accessed"),
    ("Kind of publisher", Publisher, "/kind"),
    ("Country of publisher", Publisher, "/country"),
    ("About the publisher", Publisher, "/note"),
    ("Terms", Claim, NOTHING),
];

/// One more citation a line: the source, a colon, and what it shows.
const MORE: &str = "/citations";

/// How the forms make what is new.
const MAKES: &[(&str, &str)] = &[
    ("/publisher", "`Kind of publisher` and `Country of publisher` make one"),
    (
        "/citations/0/source",
        "`Title` and the fields below it make one, of which this is the address",
    ),
];

/// Sections that describe a source which is new.
const DESCRIBING: [&str; 5] =
    ["Title", "Kind of source", "Publisher", "Date of publication", "Language"];

/// Nothing of a record: what the person agreed to.
const NOTHING: &str = "";

/// What GitHub writes for a field that was left empty: for most, and for one to choose from.
const EMPTY: &[&str] = &["_No response_", "None"];

/// Sections by label: the text, without what Markdown adds, and where it stands. One without an
/// answer has no text, and stands where its label does.
type Sections = BTreeMap<&'static str, (String, Spot)>;

/// Reads the records of an issue.
pub fn read(desk: &Desk, input: usize, file: &Input, gathered: &mut Gathered) -> Result<()> {
    let sections = sections(input, &file.text, &mut gathered.complaints);
    let asks = |label: &str| sections.contains_key(label);
    let has = |label: &str| sections.get(label).is_some_and(|(text, _)| !text.is_empty());
    if !asks("Statement") && !asks("Title") {
        return Err(Error::new(format!("{} is not the body of an issue form", file.name)).hint(
            "it has the sections `### Statement` or `### Title`, as GitHub writes them for the forms",
        ));
    }
    let whole = Spot { input, range: 0..file.text.len(), words: String::new() };
    let names = Names::of(&desk.loaded.dataset);
    let record = |kind: RecordKind| {
        let mut record = Incoming::new(kind, None, whole.clone());
        record.makes = MAKES;
        for (label, _, pointer) in
            SECTIONS.iter().filter(|(_, of, p)| *of == kind && ![MORE, NOTHING].contains(p))
        {
            if let Some((text, spot)) = sections.get(label) {
                record.says.push(Say {
                    pointer: (*pointer).to_owned(),
                    text: text.clone(),
                    json: false,
                    spot: spot.clone(),
                });
            }
        }
        if let Some(first) = record.says.first() {
            record.whole = first.spot.clone();
        }
        record
    };
    let mut source = record(Source);
    // The claim's source is the one described beside it.
    let cited = sections.get("Source");
    if let Some((address, spot)) = cited {
        let pointer = if address.starts_with("10.") { "/doi" } else { "/url" };
        if !source.says.iter().any(|say| say.pointer == pointer) {
            source.says.push(Say {
                pointer: pointer.to_owned(),
                text: address.clone(),
                json: false,
                spot: spot.clone(),
            });
        }
    }
    let there = |name: &str| {
        let id = names.resolve(Target::Record(Source), name);
        id.is_ok_and(|id| desk.is_taken(Source, &id))
    };
    let links = ["/url", "/doi"].map(|pointer| source.text(pointer));
    let known = links.into_iter().flatten().any(there);
    let described = DESCRIBING.iter().any(|label| has(label));
    // A source that is there is only cited; the form for sources says so.
    if !asks("Statement") || described && !known {
        let publisher = source.text("/publisher").unwrap_or_default();
        let target = Target::Record(Publisher);
        let is_new =
            !names.resolve(target, publisher).is_ok_and(|id| desk.is_taken(Publisher, &id));
        if has("Kind of publisher") && !publisher.is_empty() && is_new {
            let mut record = record(Publisher);
            let spot = source.spot("/publisher").clone();
            record.whole = spot.clone();
            record.says.push(Say {
                pointer: "/name".to_owned(),
                text: publisher.to_owned(),
                json: false,
                spot,
            });
            gathered.add(record);
        }
        gathered.add(source);
    }
    if asks("Statement") {
        let mut claim = record(Claim);
        claim.parts.push(("/citations/0".to_owned(), claim.spot("/citations/0/source").clone()));
        if let Some((_, spot)) = sections.get("More sources").filter(|_| has("More sources")) {
            more(&file.text, spot, &mut claim, &mut gathered.complaints);
        }
        gathered.add(claim);
    }
    Ok(())
}

/// Reads further citations, one a line of the section at `spot`.
fn more(text: &str, spot: &Spot, claim: &mut Incoming, complaints: &mut Vec<Complaint>) {
    let mut start = spot.range.start;
    for line in text[spot.range.clone()].split_inclusive('\n') {
        let range = start..start + line.trim_end().len();
        start += line.len();
        let line = line.trim().trim_start_matches(['-', '*']).trim();
        if is_empty(line) {
            continue;
        }
        let spot = Spot { range, ..spot.clone() };
        let Some((source, shows)) = line.split_once(": ") else {
            complaints.push(Complaint {
                spot,
                rule: "schema",
                message: format!("`{line}` is no citation"),
                help: "write the source, a colon, a space, and what it shows".to_owned(),
            });
            continue;
        };
        let at = claim.parts.len();
        let cell = |key, text: &str| (key, text.to_owned(), spot.clone());
        claim.entry("/citations", at, &spot, vec![cell("source", source), cell("shows", shows)]);
    }
}

impl Incoming {
    /// What it says about a member, where it says anything.
    fn text(&self, pointer: &str) -> Option<&str> {
        let say = self.says.iter().find(|say| say.pointer == pointer)?;
        Some(say.text.as_str()).filter(|text| !text.is_empty())
    }
}

/// The sections that are there.
fn sections(input: usize, text: &str, complaints: &mut Vec<Complaint>) -> Sections {
    let mut found = Sections::new();
    let mut open: Option<(&'static str, Range<usize>)> = None;
    let mut close = |open: Option<(&'static str, Range<usize>)>,
                     end: usize,
                     complaints: &mut Vec<Complaint>| {
        let Some((label, heading)) = open else { return };
        let body = &text[heading.end..end];
        let value = value(body);
        let from = heading.end + (body.len() - body.trim_start().len());
        let range = match value.as_str() {
            "" => heading.start..heading.start + text[heading].trim_end().len(),
            _ => from..from + body.trim().len(),
        };
        let spot = Spot { input, range, words: format!("`{label}`") };
        let earlier = found.get(label).is_some_and(|(text, _)| !text.is_empty());
        if !earlier {
            found.insert(label, (value, spot));
        } else if !value.is_empty() {
            complaints.push(Complaint {
                spot,
                rule: "duplicate-key",
                message: "the section is there twice".to_owned(),
                help: "keep one of the two; a line of yours cannot begin with ###".to_owned(),
            });
        }
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let Some(heading) = line.strip_prefix("### ").map(str::trim) else { continue };
        let known = SECTIONS.iter().find(|(label, ..)| *label == heading).map(|(label, ..)| *label);
        close(open.take(), range.start, complaints);
        match known {
            Some(label) => open = Some((label, range)),
            None => {
                let meant = did_you_mean(heading, SECTIONS.iter().map(|(label, ..)| *label));
                complaints.push(Complaint {
                    spot: Spot {
                        input,
                        range: range.start..range.start + line.trim_end().len(),
                        words: String::new(),
                    },
                    rule: "schema",
                    message: format!("the forms have no section `{heading}`"),
                    help: match meant {
                        Some(meant) => format!("did you mean `{meant}`?"),
                        None => "a line of yours cannot begin with ###".to_owned(),
                    },
                });
            }
        }
    }
    close(open, text.len(), complaints);
    found
}

/// What was written into a field, on one line.
fn value(body: &str) -> String {
    let lines: Vec<&str> = body.lines().map(str::trim).filter(|line| !is_empty(line)).collect();
    let value = lines.join(" ");
    if EMPTY.contains(&value.as_str()) { String::new() } else { value }
}

/// Whether a line of a field says nothing: what GitHub adds does not count.
fn is_empty(line: &str) -> bool {
    line.is_empty() || line.starts_with("```")
}
