//! The whole check: what was found while reading, what the rules say, and what waivers accept.

use crate::{
    confidence::Evidence,
    date::Day,
    finding::{Finding, Origin, Report, Severity},
    load::Loaded,
    rules::{self, AsOf, Context, Rule},
};

use std::collections::BTreeSet;

/// Checks a dataset that was read, and puts together everything there is to say about it.
#[must_use]
pub fn check(loaded: &Loaded, as_of: AsOf) -> Report {
    let dataset = &loaded.dataset;
    let context =
        Context { dataset, evidence: Evidence::new(dataset), texts: &loaded.texts, as_of };
    let mut findings = loaded.findings.clone();
    findings.extend(rules::run(&context));
    let (mut findings, waived) = apply_waivers(loaded, findings, as_of.day);
    leave_layout_for_later(&mut findings);
    Report::new(findings, dataset.records(), waived, &loaded.texts)
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
fn apply_waivers(loaded: &Loaded, mut findings: Vec<Finding>, today: Day) -> (Vec<Finding>, usize) {
    let Some(waivers) = &loaded.dataset.waivers else { return (findings, 0) };
    let (mut waived, mut more) = (0, Vec::new());
    for (i, waiver) in waivers.record.waivers.iter().enumerate() {
        if waivers.flawed(&format!("/waivers/{i}")) {
            continue;
        }
        let accepts = |finding: &Finding| {
            finding.rule == waiver.rule
                && rules::find(finding.rule).is_some_and(Rule::can_be_waived)
                && waiver.id.as_ref().is_none_or(|id| finding.id.as_ref() == Some(id))
                && waiver
                    .path
                    .as_ref()
                    .is_none_or(|path| loaded.texts.get(finding.place.origin.file).path == *path)
                && waiver.pointer.as_ref().is_none_or(|pointer| finding.place.pointer == *pointer)
        };
        let (accepted, rest): (Vec<Finding>, Vec<Finding>) =
            findings.into_iter().partition(accepts);
        findings = rest;
        let expired = waiver.expires.parse::<Day>().is_ok_and(|last| last < today);
        match accepted.first() {
            None => more.push(rules::unused_waiver(waivers, i, waiver)),
            Some(first) if expired => more.push(rules::expired_waiver(waivers, i, waiver, first)),
            Some(_) => waived += accepted.len(),
        }
    }
    findings.extend(more);
    (findings, waived)
}
