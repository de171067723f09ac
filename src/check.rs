//! The whole check: what was found while reading, what the rules say, and what waivers accept; of a
//! dataset as it is, or of what a change makes of it.

mod against;
mod base;
mod event;
mod guard;
mod identity;
mod local;
mod past;

pub use against::{Ask, Checked, against};
pub use base::Base;
pub use event::{Event, is_commit};
pub use guard::{Guard, REACH, Reach};

use crate::{
    confidence::{Assessed, Evidence},
    date::Day,
    finding::{Finding, Origin, Report, Severity, Texts},
    load::Loaded,
    model::Dataset,
    rules::{self, AsOf, Context, Group, Rule},
};
use std::collections::BTreeSet;

/// Checks a dataset that was read, and puts together everything there is to say about it.
#[must_use]
pub fn check(loaded: &Loaded, as_of: AsOf) -> Report {
    report(loaded, findings(loaded, &loaded.texts, as_of, &|_| true), as_of)
}

/// The same of a dataset whose claims have been assessed.
#[must_use]
pub fn check_assessed(loaded: &Loaded, assessed: &Assessed, as_of: AsOf) -> Report {
    let context = Context::new(&loaded.dataset, &assessed.evidence, &loaded.texts, as_of);
    report(loaded, all(loaded, &context.assessed(&assessed.claims), &|_| true), as_of)
}

fn report(loaded: &Loaded, findings: Vec<Finding>, as_of: AsOf) -> Report {
    let (findings, waived) = settle(&loaded.dataset, &loaded.texts, findings, as_of.day);
    Report::new(findings, loaded.dataset.records(), waived, &loaded.texts)
}

/// What was found while reading, and what the rules say that are wanted.
fn findings(
    loaded: &Loaded,
    texts: &Texts,
    as_of: AsOf,
    wanted: &(dyn Fn(&Rule) -> bool + Sync),
) -> Vec<Finding> {
    let evidence = Evidence::new(&loaded.dataset);
    all(loaded, &Context::new(&loaded.dataset, &evidence, texts, as_of), wanted)
}

fn all(
    loaded: &Loaded,
    context: &Context,
    wanted: &(dyn Fn(&Rule) -> bool + Sync),
) -> Vec<Finding> {
    let mut findings = loaded.findings.clone();
    findings.extend(rules::run(context, wanted));
    findings
}

/// Takes out what waivers accept and what only follows from something else; tells how many findings
/// are waived.
fn settle(
    dataset: &Dataset,
    texts: &Texts,
    findings: Vec<Finding>,
    today: Day,
) -> (Vec<Finding>, usize) {
    let (mut findings, waived) = apply_waivers(dataset, texts, findings, today);
    leave_layout_for_later(&mut findings);
    (findings, waived)
}

/// Keeps quiet about the layout of records with errors: what is out of order there may only follow.
fn leave_layout_for_later(findings: &mut Vec<Finding>) {
    let wrong: BTreeSet<Origin> = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| finding.place.origin)
        .collect();
    findings
        .retain(|finding| finding.rule != rules::LAYOUT || !wrong.contains(&finding.place.origin));
}

/// Takes out what waivers accept, and adds what is wrong with the waivers themselves.
fn apply_waivers(
    dataset: &Dataset,
    texts: &Texts,
    mut findings: Vec<Finding>,
    today: Day,
) -> (Vec<Finding>, usize) {
    let Some(waivers) = &dataset.waivers else { return (findings, 0) };
    let (mut waived, mut more) = (0, Vec::new());
    for (i, waiver) in waivers.record.waivers.iter().enumerate() {
        if waivers.flawed(&format!("/waivers/{i}")) {
            continue;
        }
        let rule = rules::find(&waiver.rule);
        let accepts = |finding: &Finding| {
            finding.rule == waiver.rule
                && rule.is_some_and(Rule::can_be_waived)
                && waiver.id.as_ref().is_none_or(|id| finding.id.as_ref() == Some(id))
                && waiver
                    .path
                    .as_ref()
                    .is_none_or(|path| texts.get(finding.place.origin.file).path == *path)
                && waiver.pointer.as_ref().is_none_or(|pointer| finding.place.pointer == *pointer)
        };
        let (accepted, rest): (Vec<Finding>, Vec<Finding>) =
            findings.into_iter().partition(accepts);
        findings = rest;
        let expired = waiver.expires.parse::<Day>().is_ok_and(|last| last < today);
        // What a change did is found once: its waiver has done its work, and goes when it expires.
        let of_change =
            rule.is_some_and(|rule| rule.group == Group::Change && rule.can_be_waived());
        match accepted.first() {
            None if of_change && !expired => {}
            None => more.push(rules::unused_waiver(waivers, i, waiver, dataset)),
            Some(first) if expired => {
                more.push(rules::expired_waiver(waivers, (i, waiver), first, today))
            }
            Some(_) => waived += accepted.len(),
        }
    }
    findings.extend(more);
    (findings, waived)
}
