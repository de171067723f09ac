//! `expired-waiver`

use super::{Check, Group, Rule};
use crate::{
    date::Day,
    finding::{Finding, Severity},
    model::{Entry, Waiver, Waivers},
};

pub const RULE: Rule = Rule {
    id: "expired-waiver",
    group: Group::Waivers,
    severity: Severity::Error,
    summary: "No waiver is past its day.",
    explain: "\
A waiver accepts a finding for now, until the day in `expires`. After that day it is an error in place
of the finding it accepted. Mend the finding and remove the waiver; or, if there is good reason, give it
a later day in a change that shows in review. The day it is held against is that of `future-date`.",
    bad: "\"expires\": \"2025-06-30\", in November 2026",
    good: "the finding mended and the waiver gone",
    check: Check::Elsewhere,
};

/// How many months longer a waiver may well last.
const LONGER: u32 = 6;

/// A waiver, by index, that has expired by today, and the finding it accepted.
pub fn finding(
    waivers: &Entry<Waivers>,
    (index, waiver): (usize, &Waiver),
    accepted: &Finding,
    today: Day,
) -> Finding {
    let of = accepted.id.as_ref().map(|id| format!(" of `{id}`")).unwrap_or_default();
    RULE.finding(
        waivers.at(format!("/waivers/{index}/expires")),
        format!("the waiver of `{}` expired on {}", waiver.rule, waiver.expires),
    )
    .help(format!(
        "remove this entry of `waivers`: then `{}` is told{of} again, until that is mended; or, if there is still good reason, write a later day, such as `\"expires\": \"{}\"`",
        waiver.rule, today.plus_months(LONGER)
    ))
    .related(accepted.place.clone(), accepted.message.clone())
}
