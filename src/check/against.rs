//! What a change makes of a dataset: the rules about change, and of everything else only what was
//! not there before.

use super::{Base, apply_waivers, findings, identity::Known, local, past::past, settle};
use crate::{
    diff::{self, Changes},
    error::Result,
    finding::{Against, Finding, Records, Report, Texts},
    load::{self, Pair},
    rules::{self, Acknowledgement, AsOf, Change, Group, Past, RULES, Rule},
    snapshot::{self, Snapshot},
};
use std::collections::{BTreeMap, BTreeSet};

/// How a change is to be checked.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The day that counts as today.
    pub as_of: AsOf,
    /// Whether findings that were there before are told too, and make the check fail.
    pub all: bool,
    /// What the commit that is still to be made says that it means to do.
    pub acknowledged: &'a [Acknowledgement],
}

/// A change that was checked.
#[derive(Default)]
pub struct Checked {
    /// What was found.
    pub report: Report,
    /// The texts that its places are in.
    pub texts: Texts,
}

/// Checks what a snapshot makes of its base. Where every change is one that cannot touch what is
/// found about other records, only the records that changed are read, with what they refer to;
/// the answer is the same.
///
/// `progress` is called with the number of files read since the last call, from any thread.
///
/// # Errors
/// Where a moment cannot be read, or the clone lacks a part of the history that is needed.
pub fn against(
    base: &Base,
    head: &Snapshot,
    ask: Ask,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Checked> {
    load::expect(head)?;
    let changed = snapshot::changed_since(&base.moment, head)?;
    if !ask.all
        && let Some(part) = local::read(base, head, &changed, ask.as_of.day)?
    {
        return Ok(Weighed::new(base, part.pair, ask, false)?.report(base, ask, part.records));
    }
    let before = base.moment.clone().snapshot()?;
    let schemas = load::schemas(head)?.on(ask.as_of.day);
    // A schema that does not compile is no measure: then today's is held against both.
    let own = changed
        .iter()
        .any(|change| change.path.starts_with("schema/"))
        .then(|| load::schemas(&before).ok())
        .flatten();
    let paths: BTreeSet<&str> = changed.iter().map(|change| change.path.as_str()).collect();
    let pair = load::pair((&before, own.as_ref()), (head, &schemas), &paths, progress)?;
    let records = pair.head.dataset.records();
    Ok(Weighed::new(base, pair, ask, true)?.report(base, ask, records))
}

/// Two versions with everything that is known about them.
struct Weighed {
    pair: Pair,
    changes: Changes,
    past: Past,
    /// Whether they were read in full.
    whole: bool,
}

impl Weighed {
    fn new(base: &Base, pair: Pair, ask: Ask, whole: bool) -> Result<Self> {
        let changes = diff::compare(&pair.base.dataset, &pair.head.dataset);
        let mut past = past(base, &pair, &changes, whole)?;
        past.acknowledged.extend_from_slice(ask.acknowledged);
        Ok(Self { pair, changes, past, whole })
    }

    fn report(self, base: &Base, ask: Ask, records: Records) -> Checked {
        let Pair { base: old, head: new } = &self.pair;
        let (texts, today) = (&new.texts, ask.as_of.day);
        let mut found = findings(new, texts, ask.as_of, &|_| true);
        found.extend(self.of_change(true, ask));
        let (mut found, waived) = settle(&new.dataset, texts, found, today);
        let mut left_out = BTreeMap::new();
        // What was there before is only worth knowing where there is something now, and of that rule;
        // what is wrong with waivers depends on all of them.
        if !found.is_empty() {
            let spoke: BTreeSet<&str> = found.iter().map(|finding| finding.rule).collect();
            let waivers = RULES.iter().any(|r| r.group == Group::Waivers && spoke.contains(r.id));
            let wanted = |rule: &Rule| waivers || spoke.contains(rule.id);
            let mut before = findings(old, texts, ask.as_of, &wanted);
            before.extend(self.of_change(false, ask));
            let (before, _) = apply_waivers(&old.dataset, texts, before, today);
            let mut known = Known::new(&before, &old.dataset, texts);
            for finding in &mut found {
                finding.older = known.take(finding, &new.dataset, texts);
            }
        }
        if !ask.all {
            // In a part, what is missing looks like a finding on both sides.
            for finding in found.iter().filter(|finding| finding.older && self.whole) {
                *left_out.entry(finding.severity).or_insert(0) += 1;
            }
            found.retain(|finding| !finding.older);
        }
        let mut report = Report::new(found, records, waived, texts);
        report.against = Some(Against {
            rev: base.rev.clone(),
            commit: base.commit.clone(),
            part: !self.whole,
            left_out,
        });
        Checked { report, texts: self.pair.head.texts }
    }

    /// What the rules about change say: of the change, or of the base as it is.
    fn of_change(&self, changed: bool, ask: Ask) -> Vec<Finding> {
        let (base, head) = (&self.pair.base.dataset, &self.pair.head.dataset);
        let none = Changes::default();
        rules::run_change(&Change {
            base,
            head: if changed { head } else { base },
            changes: if changed { &self.changes } else { &none },
            past: &self.past,
            texts: &self.pair.head.texts,
            today: ask.as_of.day,
        })
    }
}
