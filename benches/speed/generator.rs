//! A seeded generator of realistic datasets: the same size and seed give the same bytes. Records
//! have the proportions of a real dataset (two to three citations a claim, a source a claim, a
//! publisher for twenty sources) and pass every rule.

use claimbook::{
    document::Json,
    model::RecordKind,
    schema::{Form, Schemas},
};
use fastrand::Rng;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How large a dataset to make, and from which seed.
#[derive(Clone, Copy)]
pub struct Plan {
    /// How many claims.
    pub claims: usize,
    /// The seed.
    pub seed: u64,
}

/// A record and where it belongs.
pub struct Record {
    /// What it is.
    pub kind: RecordKind,
    /// Its id.
    pub id: String,
    /// The folder below that of its kind.
    pub folder: String,
    /// What stands in it.
    pub value: Value,
}

impl Record {
    /// The path of the record's own file.
    pub fn path(&self) -> String {
        format!("dataset/{}/{}/{}.json", self.kind.folder(), self.folder, self.id)
    }
}

const TOPICS: &[&str] =
    &["adoption", "compute", "energy", "funding", "governance", "models", "research", "talent"];
/// When claims are dated, and after that when sources are issued.
const YEARS: std::ops::RangeInclusive<usize> = 2000..=2019;
const ISSUED: std::ops::RangeInclusive<usize> = 2020..=2025;
const PLACES: &[&str] = &[
    "Alta", "Brava", "Corda", "Delva", "Estra", "Fonda", "Garda", "Hessa", "Ilmar", "Jorva",
    "Kelda", "Lunda", "Marda", "Norra", "Ostia", "Palma", "Quora", "Rilke", "Sanda", "Tarva",
];
const BODIES: &[&str] = &[
    "agency",
    "assembly",
    "bank",
    "board",
    "bureau",
    "centre",
    "college",
    "commission",
    "council",
    "fund",
    "institute",
    "laboratory",
    "ministry",
    "network",
    "office",
    "union",
];
const ACTS: &[&str] = &[
    "approved",
    "awarded",
    "built",
    "bought",
    "certified",
    "committed",
    "connected",
    "counted",
    "delivered",
    "financed",
    "installed",
    "licensed",
    "ordered",
    "reported",
    "trained",
    "shipped",
];
const THINGS: &[&str] = &[
    "accelerators",
    "applications",
    "articles",
    "cabinets",
    "contracts",
    "courses",
    "grants",
    "inspections",
    "licences",
    "megawatts",
    "patents",
    "permits",
    "places",
    "projects",
    "racks",
    "servers",
    "specialists",
    "stations",
    "terminals",
    "turbines",
];
const ENDS: &[&str] = &[
    "according to the accounts it laid before the assembly",
    "after a tender in which four bidders took part",
    "as its yearly review of the programme states",
    "under the second stage of the national plan",
    "which is more than it had planned a year before",
    "with money from the regional development bank",
    "for the benefit of the northern provinces",
    "in the course of a pilot that was later widened",
];
const LETTERS: &[&str] = &["A", "B", "B", "B", "C", "C", "C", "C", "D", "E"];
const SOURCE_TYPES: &[&str] =
    &["article-newspaper", "article-journal", "report", "webpage", "legislation", "speech"];

fn pick<'a>(rng: &mut Rng, words: &[&'a str]) -> &'a str {
    words[rng.usize(..words.len())]
}

/// Every record of a dataset, `dataset.json` left out.
pub fn records(plan: Plan) -> Vec<Record> {
    let mut rng = Rng::with_seed(plan.seed);
    let publishers = (plan.claims / 20).max(8);
    let subjects = (plan.claims / 50).max(8);
    let mut found = Vec::with_capacity(plan.claims * 21 / 10);
    let letters: Vec<&str> = (0..publishers).map(|i| LETTERS[i % LETTERS.len()]).collect();
    found.extend((0..subjects).map(|i| subject(&mut rng, i)));
    found.extend((0..publishers).map(|i| publisher(&mut rng, i, letters[i])));
    let mut of_source = Vec::with_capacity(plan.claims);
    for i in 0..plan.claims {
        let by = if i < publishers { i } else { rng.usize(..publishers) };
        of_source.push(by);
        found.push(source(&mut rng, i, by));
    }
    for i in 0..plan.claims {
        found.push(claim(&mut rng, i, subjects, &of_source, &letters));
    }
    found
}

fn subject(rng: &mut Rng, i: usize) -> Record {
    let name = format!("{} {} {i}", pick(rng, PLACES), pick(rng, BODIES));
    let id = subject_id(i);
    let value = json!({"id": id, "name": name, "kind": "organization"});
    Record { kind: RecordKind::Subject, id, folder: format!("{:02}", i % 64), value }
}

fn subject_id(i: usize) -> String {
    format!("{}-{i}", BODIES[i % BODIES.len()])
}

fn publisher_id(i: usize) -> String {
    format!("{}-press-{i}", PLACES[i % PLACES.len()].to_lowercase())
}

fn publisher(rng: &mut Rng, i: usize, letter: &str) -> Record {
    let id = publisher_id(i);
    let kind = if letter == "A" { "government" } else { "news" };
    let mut value = json!({
        "id": id, "name": format!("{} Press {i}", pick(rng, PLACES)), "kind": kind,
        "reliability": letter,
    });
    if matches!(letter, "A" | "E") {
        value["note"] = json!("Judged by how often its reports had to be corrected.");
    }
    Record { kind: RecordKind::Publisher, id, folder: format!("{:02}", i % 64), value }
}

fn source_id(i: usize) -> String {
    format!("{}-{i}", ACTS[i % ACTS.len()])
}

fn source(rng: &mut Rng, i: usize, by: usize) -> Record {
    let id = source_id(i);
    let year = rng.usize(ISSUED);
    let publisher = publisher_id(by);
    let title = format!(
        "The {} of {} and its {} {}",
        pick(rng, BODIES),
        pick(rng, PLACES),
        rng.usize(100..9_999),
        pick(rng, THINGS)
    );
    let value = json!({
        "id": id, "type": pick(rng, SOURCE_TYPES), "title": title,
        "authors": [{"family": pick(rng, PLACES), "given": pick(rng, PLACES)}],
        "publisher": publisher, "issued": format!("{year}-{:02}-{:02}", rng.usize(1..=12), rng.usize(1..=28)),
        "lang": "en", "url": format!("https://{publisher}.example/{year}/{id}"),
        "accessed": "2026-01-15",
    });
    Record { kind: RecordKind::Source, id, folder: publisher, value }
}

fn claim(
    rng: &mut Rng,
    i: usize,
    subjects: usize,
    of_source: &[usize],
    letters: &[&str],
) -> Record {
    let (year, topic, thing) = (rng.usize(YEARS), pick(rng, TOPICS), pick(rng, THINGS));
    let (about, amount) = (rng.usize(..subjects), rng.usize(1_000..9_999_999));
    let id = format!("{thing}-{year}-{i}");
    let statement = format!(
        "The {} of {} {} {amount} {thing} in {year}, {}.",
        pick(rng, BODIES),
        pick(rng, PLACES),
        pick(rng, ACTS),
        pick(rng, ENDS)
    );
    // Its own source first, so that none is unused.
    let mut sources = vec![i];
    while sources.len() < 1 + rng.usize(1..=3).min(of_source.len() - 1) {
        let more = rng.usize(..of_source.len());
        if !sources.contains(&more) {
            sources.push(more);
        }
    }
    // Distinct publishers with a fair letter: each is a voice of its own.
    let mut voices: Vec<usize> =
        sources.iter().map(|&s| of_source[s]).filter(|&p| letters[p] <= "C").collect();
    voices.sort_unstable();
    voices.dedup();
    let usable = sources.iter().any(|&s| letters[of_source[s]] <= "D");
    if !usable {
        // Only unreliable sources would carry nothing: one fair source joins them.
        let fair = (0..of_source.len()).find(|&s| letters[of_source[s]] <= "C").unwrap_or(i);
        sources.push(fair);
    }
    let citations: Vec<Value> = sources
        .iter()
        .map(|&s| {
            json!({
                "source": source_id(s), "stance": "supports", "directness": "secondary",
                "shows": format!("Gives {amount} {thing} for {year} and names who {} them.", pick(rng, ACTS)),
                "locator": format!("page {}", rng.usize(1..400)),
            })
        })
        .collect();
    let mut value = json!({
        "id": id, "statement": statement, "kind": "measurement",
        "subjects": [subject_id(about)], "topics": [topic], "date": year.to_string(),
        "quantity": {"amount": amount.to_string(), "unit": thing},
        "confidence": if voices.len() >= 2 { "moderate" } else { "low" },
        "citations": citations, "status": "active", "reviewed": "2026-02-01",
    });
    if i.is_multiple_of(20) {
        value["confidence_note"] = json!("The figure was rounded by the agency that counted.");
    }
    // Something of the dataset's own, which is kept and not read.
    if i % 10 == 9 {
        value["x_batch"] = json!(i / 10);
    }
    Record { kind: RecordKind::Claim, id, folder: format!("{topic}/{year}"), value }
}

/// `dataset.json`
pub fn meta() -> Value {
    let labels = |words: &[&str]| -> BTreeMap<String, Value> {
        words.iter().map(|word| ((*word).to_owned(), json!({"label": word}))).collect()
    };
    json!({
        "name": "generated", "title": "Generated claims",
        "description": "Made to measure how fast datasets of sourced claims are read.",
        "language": "en", "license": "CC0-1.0", "base_iri": "https://generated.example/",
        "maintainers": [{"name": "The generator"}],
        "topics": labels(TOPICS), "units": labels(THINGS),
    })
}

/// Canonical text of records.
pub struct Writer(Schemas);

impl Writer {
    /// A writer of the program's own schemas.
    pub fn new() -> Self {
        Self(Schemas::load(&BTreeMap::new()).expect("the schemas of the program"))
    }

    /// The canonical text of a value that a schema describes.
    pub fn text(&self, schema: &str, value: &Value, form: Form) -> String {
        let text = value.to_string();
        let (json, _) = Json::parse(&text).expect("JSON");
        self.0.get(schema).canonical(&json, form)
    }

    /// The canonical text of a record.
    pub fn record(&self, record: &Record, form: Form) -> String {
        self.text(record.kind.as_str(), &record.value, form)
    }
}
