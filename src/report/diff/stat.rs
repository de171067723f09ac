//! The counts alone: how many changes of which kind, and what they weigh.

use crate::{
    diff::{Changes, Record, Verb, Weight},
    text::thousands,
};
use std::{collections::BTreeMap, fmt::Write as _};

/// Counts changes by record and verb, what weakens first.
#[must_use]
pub fn stat(changes: &Changes) -> String {
    let mut rows: BTreeMap<(Record, Verb), [usize; 3]> = BTreeMap::new();
    let mut totals = [0; 3];
    for change in &changes.changes {
        let column = change.weight as usize;
        rows.entry((change.record, change.verb)).or_default()[column] += 1;
        totals[column] += 1;
    }
    let mut out = String::new();
    let mut row = |record: &str, verb: &str, counts: &[usize]| {
        let _ = write!(out, "{record:<10}{verb:<25}");
        for count in counts {
            let text = if *count == 0 { "-".to_owned() } else { thousands(&count.to_string()) };
            let _ = write!(out, "{text:>12}");
        }
        out.push('\n');
    };
    let order = [Weight::Weakens, Weight::Neutral, Weight::Strengthens];
    let pick = |counts: &[usize; 3]| order.map(|weight| counts[weight as usize]);
    for ((record, verb), counts) in &rows {
        row(record.as_str(), verb.as_str(), &pick(counts));
    }
    row("", "changes", &pick(&totals));
    let heads = order.map(|weight| format!("{:>12}", weight.as_str())).concat();
    let names = changes
        .forced_by
        .as_ref()
        .map_or(String::new(), |change| format!(", for {} of {}", change.verb.as_str(), change.id));
    format!("{:35}{heads}\n{out}version bump: {}{names}\n", "", changes.bump.as_str())
}
