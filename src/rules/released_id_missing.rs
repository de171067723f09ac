//! `released-id-missing`

use super::{Change, Check, Findings, Group, Rule};
use crate::{finding::Severity, model::RecordKind};

pub const RULE: Rule = Rule {
    id: "released-id-missing",
    group: Group::Change,
    severity: Severity::Error,
    summary: "Every id that was ever released is still there.",
    explain: "\
An id that stands in a release stands in papers, links and other datasets. So it names the same record
for good, and is never used for another one. Every release counts, not only the newest: the tags that
begin with `tag_prefix` of `dataset.json` and go on with three numbers. A version such as `2.0.0-rc.1` is
tried, not released. A clone without these tags cannot tell, and says so.

A claim that is wrong is `retracted`, one that is replaced `superseded`, and what law or privacy forbids
to show leaves a tombstone. A source that no claim needs can stay cited with the stance `context`, or
with a waiver of `unused-record`.",
    bad: "dataset/sources/kazan-declaration-2024.json, part of v1.0.0, deleted",
    good: "the source is there, and a claim cites it with \"stance\": \"context\"",
    check: Check::Change(check),
};

fn check(change: &Change, findings: &mut Findings) {
    for ((kind, id), gone) in &change.past.gone {
        if change.head.may_exist(*kind, id) {
            continue;
        }
        let (place, heir) = change.stead(*kind, id);
        let what = kind.as_str();
        let release = &gone.release;
        let message = match heir {
            Some(heir) => format!(
                "`{heir}` is the {what} that was released in {release} as `{id}`: an id never changes"
            ),
            None => format!(
                "the {what} `{id}` was released in {release} and is gone; it stood in {}",
                gone.path
            ),
        };
        let help = match (heir, kind) {
            (Some(_), _) => format!("give it its id back, `\"id\": \"{id}\"`, and its file that name"),
            (None, RecordKind::Claim) => "restore it and mark it `retracted` or `superseded`, or leave a tombstone with the status `removed`".to_owned(),
            (None, _) => format!("restore it: `git restore --source={release} -- {}`", gone.path),
        };
        findings.push(id, RULE.finding(place, message).help(help));
    }
}
