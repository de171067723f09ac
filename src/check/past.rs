//! What git knows beside two versions of a dataset: what was released, and what commits acknowledge.

use super::Base;
use crate::{
    between,
    diff::{Change, Changes, Record, Verb},
    error::{Error, Result},
    load::Pair,
    model::{Item, Meta, RecordKind, Status},
    rules::{Acknowledgement, Gone, Past},
    snapshot::{History, Moment, UNSHALLOW},
};
use std::collections::{BTreeMap, BTreeSet};

/// A release that is finished.
struct Release {
    tag: String,
    moment: Moment,
}

/// Gathers what is needed of the past. Records that are gone are looked for only in `whole` versions.
pub fn past(base: &Base, pair: &Pair, changes: &Changes, whole: bool) -> Result<Past> {
    let history = History::open(&base.root)?;
    let mut past = Past { acknowledged: acknowledged(base, &history)?, ..Past::default() };
    let meta = pair.base.dataset.meta.as_ref().or(pair.head.dataset.meta.as_ref());
    let Some(meta) = meta.map(|entry| &entry.record) else { return Ok(past) };
    let releases = releases(base, &history, meta)?;
    let Some(newest) = releases.first() else {
        if history.is_shallow() {
            let prefix = meta.tag_prefix();
            let what = format!("cannot tell what was released: no tag `{prefix}…` is here");
            return Err(Error::new(what).hint(UNSHALLOW));
        }
        return Ok(past);
    };
    past.release = Some(newest.tag.clone());
    let (mut changed, mut restored) = (asked(changes), begun_otherwise(changes, pair));
    for release in &releases {
        let mut ids = std::mem::take(&mut changed);
        ids.extend(restored.iter().cloned());
        for item in between::find(&release.moment, RecordKind::Claim, ids)? {
            if let Item::Claim(entry) = item {
                restored.remove(&entry.record.id);
                past.claims.insert(entry.record.id.clone(), entry.record);
            }
        }
        if restored.is_empty() {
            break;
        }
    }
    if whole {
        past.gone = gone(&releases, base, pair)?;
    }
    Ok(past)
}

/// The releases of a dataset, the newest first. Versions that come before one are only tried.
fn releases(base: &Base, history: &History, meta: &Meta) -> Result<Vec<Release>> {
    let mut found = Vec::new();
    for tag in history.tags(meta.tag_prefix())? {
        if let Some(numbers) = meta.released_as(&tag.name).and_then(numbers) {
            let moment = Moment::revision(&base.root, &tag.commit.id)?;
            found.push((numbers, Release { tag: tag.name, moment }));
        }
    }
    found.sort_by(|(a, _), (b, _)| b.cmp(a));
    Ok(found.into_iter().map(|(_, release)| release).collect())
}

/// The numbers of a version, where it is one that is finished.
fn numbers(version: &str) -> Option<[u64; 3]> {
    let (core, _) = version.split_once('+').unwrap_or((version, ""));
    let mut numbers = core.split('.').map(|number| number.parse().ok());
    Some([numbers.next()??, numbers.next()??, numbers.next()??])
}

/// What commits say that they mean to do.
fn acknowledged(base: &Base, history: &History) -> Result<Vec<Acknowledgement>> {
    let (old, new) = (history.tip(&base.commit)?, history.tip(&base.head)?);
    let said = history.trailers(old, new, Acknowledgement::TRAILER)?;
    Ok(said.iter().filter_map(|text| text.parse().ok()).collect())
}

/// The claims that assert something else, of which it matters what the newest release has them say.
fn asked(changes: &Changes) -> BTreeSet<String> {
    let asserts = |change: &&Change| match change.verb {
        Verb::Restated | Verb::QuantityChanged | Verb::DateChanged => true,
        Verb::Reclassified => change.field.as_deref() == Some("kind"),
        _ => false,
    };
    let asked = changes.changes.iter().filter(|change| change.record == Record::Claim);
    asked.filter(asserts).map(|change| change.id.clone()).collect()
}

/// New claims whose status is not one to begin with: any release may have had them before.
fn begun_otherwise(changes: &Changes, pair: &Pair) -> BTreeSet<String> {
    let begins = |id: &str| {
        let entry = pair.head.dataset.claims.get(id);
        entry.is_none_or(|e| matches!(e.record.status, Status::Active | Status::Disputed))
    };
    let added = changes.changes.iter().filter(|change| {
        change.record == Record::Claim && change.verb == Verb::Added && !begins(&change.id)
    });
    added.map(|change| change.id.clone()).collect()
}

/// The records of every release that one of the two versions lacks. A release is compared with the
/// base by what differs: anything else it has in common with it.
fn gone(
    releases: &[Release],
    base: &Base,
    pair: &Pair,
) -> Result<BTreeMap<(RecordKind, String), Gone>> {
    let (old, new) = (&pair.base.dataset, &pair.head.dataset);
    let removed: Vec<(RecordKind, &str)> = RecordKind::ALL
        .into_iter()
        .flat_map(|kind| old.ids(kind).map(move |id| (kind, id)))
        .filter(|(kind, id)| !new.has(*kind, id))
        .collect();
    let mut gone = BTreeMap::new();
    for release in releases {
        let mut add = |kind: RecordKind, id: &str, path: &str| {
            let found = || Gone { release: release.tag.clone(), path: path.to_owned() };
            gone.entry((kind, id.to_owned())).or_insert_with(found);
        };
        let differing = between::differing(&release.moment, &base.moment)?;
        let lacks = |kind: RecordKind, id: &str| !old.has(kind, id) || !new.has(kind, id);
        for (kind, id, path) in differing.ids.iter().filter(|(kind, id, _)| lacks(*kind, id)) {
            add(*kind, id, path);
        }
        let mut doubtful: BTreeMap<RecordKind, BTreeSet<String>> = BTreeMap::new();
        for (kind, id) in &removed {
            let path = &pair.head.texts.get(origin(pair, *kind, id)).path;
            if differing.paths.contains(path) {
                doubtful.entry(*kind).or_default().insert((*id).to_owned());
            } else {
                add(*kind, id, path);
            }
        }
        for (kind, ids) in doubtful {
            for item in between::find(&release.moment, kind, ids)? {
                if let Some((kind, id)) = item.id() {
                    let path = &pair.head.texts.get(origin(pair, kind, id)).path;
                    add(kind, id, path);
                }
            }
        }
    }
    Ok(gone)
}

/// The file of a record of the base.
fn origin(pair: &Pair, kind: RecordKind, id: &str) -> u32 {
    let dataset = &pair.base.dataset;
    let origin = match kind {
        RecordKind::Claim => dataset.claims.get(id).map(|entry| entry.origin),
        RecordKind::Source => dataset.sources.get(id).map(|entry| entry.origin),
        RecordKind::Publisher => dataset.publishers.get(id).map(|entry| entry.origin),
        RecordKind::Subject => dataset.subjects.get(id).map(|entry| entry.origin),
    };
    origin.unwrap_or_default().file
}
