//! Mending what can be mended without changing what is said: the fixes that findings carry, and the
//! canonical form, again and again until nothing changes.

use super::Edits;
use crate::{
    check,
    document::Json,
    error::Result,
    finding::{Fix, Located, Origin, Report, Texts},
    load::{self, Loaded},
    rules::AsOf,
    schema::Schemas,
    snapshot::Snapshot,
};
use std::collections::BTreeMap;

/// How often a file is gone over: one fix can make room for the next.
const ROUNDS: usize = 8;

/// What mending came to.
pub struct Mended {
    /// The files that changed, or were given.
    pub edits: Edits,
    /// The dataset with them.
    pub loaded: Loaded,
    /// What is left to say about it.
    pub report: Report,
    /// What was done.
    pub applied: Vec<Applied>,
}

/// A fix that was applied.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Applied {
    /// The file.
    pub path: String,
    /// The rule that asked for it.
    pub rule: &'static str,
    /// What it did.
    pub description: String,
    /// The part of the record that it changed.
    pub pointer: String,
    /// What stood there, and what does now: JSON, or a part of it.
    pub change: (String, String),
}

impl Applied {
    /// What it did, in words for somebody who writes no JSON: ``read `High` as `high` ``.
    #[must_use]
    pub fn words(&self) -> String {
        let text = |json: &str| {
            serde_json::from_str::<String>(json).ok().filter(|_| self.rule == "schema")
        };
        match (text(&self.change.0), text(&self.change.1)) {
            (Some(was), Some(is)) => format!("read `{was}` as `{is}`"),
            _ => format!("mended: {} ({})", self.description, self.rule),
        }
    }
}

/// Which fixes are applied where.
pub struct Scope<'s> {
    /// Whether a file is mended.
    pub file: &'s (dyn Fn(&str) -> bool + Sync),
    /// Whether fixes are applied that a person should look at.
    pub suggested: bool,
}

/// Mends a snapshot with `edits` in place.
///
/// # Errors
/// As [`load::load_with`].
pub fn mend(
    schemas: &Schemas,
    snapshot: &Snapshot,
    mut edits: Edits,
    as_of: AsOf,
    scope: &Scope,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Mended> {
    let mut applied = Vec::new();
    let mut rounds = 0;
    loop {
        let now = snapshot.with(edits.clone());
        let loaded = load::load_with(schemas, &now, progress)?;
        let report = check::check(&loaded, as_of);
        let mut changed = apply(&report, &loaded.texts, scope, &mut applied);
        // The form comes last: it moves what the findings name.
        if changed.is_empty() {
            for file in load::canonical_files(schemas, &now)? {
                if let (true, Ok(text)) = ((scope.file)(&file.path), file.text) {
                    changed.insert(file.path, text);
                }
            }
        }
        rounds += 1;
        if changed.is_empty() || rounds > ROUNDS {
            applied.sort();
            return Ok(Mended { edits, loaded, report, applied });
        }
        edits.extend(changed);
    }
}

/// The files that fixes change, with what they become. The fixes of one record stand or fall
/// together: where it would no longer be sound JSON, it is left as it is.
fn apply(report: &Report, texts: &Texts, scope: &Scope, applied: &mut Vec<Applied>) -> Edits {
    let mut by_record: BTreeMap<Origin, Vec<(&Located, &Fix)>> = BTreeMap::new();
    for located in &report.findings {
        let origin = located.finding.place.origin;
        if let Some(fix) = &located.finding.fix
            && (fix.safe || scope.suggested)
            && (scope.file)(&texts.get(origin.file).path)
        {
            by_record.entry(origin).or_default().push((located, fix));
        }
    }
    let mut edits = Edits::new();
    // From the last record of a file to the first, so that places stay where they are.
    for (origin, found) in by_record.into_iter().rev() {
        let text = texts.get(origin.file);
        let mut record = text.text[origin.range()].to_owned();
        let kept = apart(found);
        for (located, fix) in kept.iter().rev() {
            let start = origin.range().start;
            let range = located.range.start - start..located.range.end - start;
            record.replace_range(range, &fix.replacement);
        }
        if record == text.text[origin.range()] || !matches!(Json::parse(&record), Ok((_, false))) {
            continue;
        }
        applied.extend(kept.into_iter().map(|(located, fix)| Applied {
            path: text.path.clone(),
            rule: located.finding.rule,
            description: fix.description.clone(),
            pointer: located.finding.place.pointer.clone(),
            change: (text.text[located.range.clone()].to_owned(), fix.replacement.clone()),
        }));
        let file = edits.entry(text.path.clone()).or_insert_with(|| text.text.clone());
        file.replace_range(origin.range(), &record);
    }
    edits
}

/// The fixes whose places do not overlap an earlier one's; the others wait for the next round.
fn apart<'r>(mut found: Vec<(&'r Located, &'r Fix)>) -> Vec<(&'r Located, &'r Fix)> {
    found.sort_by_key(|(located, _)| (located.range.start, located.range.end));
    let mut end = 0;
    found.retain(|(located, _)| {
        let fits = located.range.start >= end;
        end = if fits { located.range.end } else { end };
        fits
    });
    found
}
