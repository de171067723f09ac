//! Where records are written: a dataset with its schemas, and how it would be with more in it.

use super::{Draft, Edits, folders::Folders, mend, mend::Scope};
use crate::{
    check,
    date::Day,
    error::Result,
    finding::{Located, Origin, Report, Severity, Texts},
    load::{self, Loaded},
    model::{RecordKind, Table},
    rules::AsOf,
    schema::{self, Form, Schema, Schemas},
    snapshot::Snapshot,
};
use serde_json::Value;
use std::{collections::BTreeSet, sync::OnceLock};

/// A dataset as it is, and what is needed to write into it.
pub struct Desk {
    snapshot: Snapshot,
    schemas: Schemas,
    folders: OnceLock<Folders>,
    /// The dataset.
    pub loaded: Loaded,
    /// The day that counts as today.
    pub today: Day,
}

/// The dataset with what is to be written.
pub struct Trial {
    /// The texts to write.
    pub edits: Edits,
    /// What was mended in them.
    pub applied: Vec<mend::Applied>,
    /// The dataset with them.
    pub loaded: Loaded,
    /// What they bring in.
    pub report: Report,
}

impl Trial {
    /// Whether something brought in is an error.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.report.count(Severity::Error) > 0
    }

    /// Whether this rule finds something in what is brought in.
    #[must_use]
    pub fn says(&self, rule: &str) -> bool {
        self.report.findings.iter().any(|located| located.finding.rule == rule)
    }
}

impl Desk {
    /// Sits down at a dataset that was read from `snapshot`.
    ///
    /// # Errors
    /// Where a schema cannot be read or does not compile.
    pub fn new(snapshot: Snapshot, loaded: Loaded, today: Day) -> Result<Self> {
        let schemas = load::schemas(&snapshot)?.on(today);
        Ok(Self { snapshot, schemas, folders: OnceLock::new(), loaded, today })
    }

    /// The publisher or subject that has the name of a draft, whatever its capitals: two of one name
    /// would be taken for one another, or count as two voices.
    #[must_use]
    pub fn namesake(&self, draft: &Draft) -> Option<&str> {
        fn find<T>(table: &Table<T>, is: impl Fn(&T) -> bool) -> Option<&str> {
            table.iter().find(|(_, entry)| is(&entry.record)).map(|(id, _)| id.as_str())
        }
        let name = draft.text("/name").to_lowercase();
        let dataset = &self.loaded.dataset;
        match draft.kind {
            RecordKind::Publisher => {
                find(&dataset.publishers, |other| other.name.to_lowercase() == name)
            }
            RecordKind::Subject => {
                find(&dataset.subjects, |other| other.name.to_lowercase() == name)
            }
            RecordKind::Claim | RecordKind::Source => None,
        }
    }

    /// The schema of a kind of record.
    #[must_use]
    pub fn schema(&self, kind: RecordKind) -> &Schema {
        self.schemas.get(kind.as_str())
    }

    /// The schemas.
    #[must_use]
    pub fn schemas(&self) -> &Schemas {
        &self.schemas
    }

    /// Where a record stands.
    #[must_use]
    pub fn origin(&self, kind: RecordKind, id: &str) -> Option<Origin> {
        let dataset = &self.loaded.dataset;
        match kind {
            RecordKind::Claim => dataset.claims.get(id).map(|entry| entry.origin),
            RecordKind::Source => dataset.sources.get(id).map(|entry| entry.origin),
            RecordKind::Publisher => dataset.publishers.get(id).map(|entry| entry.origin),
            RecordKind::Subject => dataset.subjects.get(id).map(|entry| entry.origin),
        }
    }

    /// A record as JSON.
    #[must_use]
    pub fn record(&self, kind: RecordKind, id: &str) -> Option<Value> {
        let origin = self.origin(kind, id)?;
        let text = &self.loaded.texts.get(origin.file).text;
        serde_json::from_str(text.get(origin.range())?).ok()
    }

    /// Whether the repository has this file.
    #[must_use]
    pub fn has_file(&self, path: &str) -> bool {
        self.snapshot.files().binary_search_by(|file| file.path.as_str().cmp(path)).is_ok()
    }

    /// Whether a record has this id, even if it cannot be read.
    #[must_use]
    pub fn is_taken(&self, kind: RecordKind, id: &str) -> bool {
        self.loaded.dataset.is_named(kind, id)
    }

    /// The path of a new record's file. Without a folder it goes where its like are: a claim
    /// beside most of the claims about its subjects, any other record beside most of its kind.
    #[must_use]
    pub fn path(&self, draft: &Draft, folder: Option<&str>) -> String {
        let usual = || self.folders.get_or_init(|| Folders::of(&self.loaded)).usual(draft);
        let own = folder.unwrap_or_else(usual);
        let slash = if own.is_empty() { "" } else { "/" };
        format!("dataset/{}{slash}{own}/{}.json", draft.kind.folder(), draft.id())
    }

    /// The canonical text of a new record's file at `path`, with the address of its schema for
    /// editors where the repository has one.
    #[must_use]
    pub fn text(&self, draft: &Draft, path: &str) -> String {
        let mut draft = draft.clone();
        let schema = schema::path(draft.kind.as_str());
        if self.has_file(&schema) && !draft.has("/$schema") {
            let up = "../".repeat(path.matches('/').count());
            draft.set("/$schema", format!("{up}{schema}").into());
        }
        draft.canonical(self.schema(draft.kind), Form::File)
    }

    /// How the dataset would be with these texts: mended where that is safe, and checked. A new
    /// record need not be cited yet.
    ///
    /// # Errors
    /// As [`load::load_with`].
    pub fn trial(&self, edits: Edits) -> Result<Trial> {
        let as_of = AsOf { day: self.today, asked: false };
        let paths: BTreeSet<String> = edits.keys().cloned().collect();
        let scope = Scope { file: &|path| paths.contains(path), suggested: false };
        let mended = mend::mend(&self.schemas, &self.snapshot, edits, as_of, &scope, &|_| ())?;
        let before = check::check(&self.loaded, as_of);
        let old: BTreeSet<Said> =
            before.findings.iter().map(|located| said(located, &self.loaded.texts)).collect();
        let mut report = mended.report;
        report.findings.retain(|located| {
            let finding = &located.finding;
            let path = &mended.loaded.texts.get(finding.place.origin.file).path;
            let new = || !self.has_file(path);
            match paths.contains(path) {
                true => finding.rule != "unused-record" || !new(),
                false => !old.contains(&said(located, &mended.loaded.texts)),
            }
        });
        Ok(Trial { edits: mended.edits, applied: mended.applied, loaded: mended.loaded, report })
    }
}

/// What tells a finding from another, whatever lines it is on.
type Said = (String, &'static str, String, String);

fn said(located: &Located, texts: &Texts) -> Said {
    let finding = &located.finding;
    let path = texts.get(finding.place.origin.file).path.clone();
    (path, finding.rule, finding.place.pointer.clone(), finding.message.clone())
}
