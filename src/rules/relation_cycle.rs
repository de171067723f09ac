//! `relation-cycle`

use super::{Check, Context, Findings, Group, Rule};
use crate::{
    finding::Severity,
    model::{Dataset, RelationType},
    text::code_list,
};
use std::collections::{BTreeMap, BTreeSet};

pub const RULE: Rule = Rule {
    id: "relation-cycle",
    group: Group::References,
    severity: Severity::Error,
    summary: "No claim supersedes, supports or is part of itself, however far around.",
    explain: "\
`supersedes`, `supports` and `part_of` have a direction: from the newer to the older, from the ground
to what stands on it, from the part to the whole. In a circle none of them means anything, and a
claim would support itself. Remove the relation that points the wrong way. (`contradicts` has no
direction.)",
    bad: "a supersedes b, b supersedes a",
    good: "b supersedes a",
    check: Check::Dataset(check),
};

fn check(context: &Context, findings: &mut Findings) {
    for kind in [RelationType::Supersedes, RelationType::Supports, RelationType::PartOf] {
        for circle in circles(context.dataset, &kind) {
            let id = circle[0];
            let entry = &context.dataset.claims[id];
            let next = circle.get(1).copied().unwrap_or(id);
            let at = entry.record.relations.iter().position(|r| r.kind == kind && r.claim == next);
            let verb = words(&kind);
            let message = if circle.len() == 1 {
                format!("the claim {verb} itself")
            } else {
                let mut around = circle.clone();
                around.push(id);
                let steps: Vec<String> = around.iter().map(|id| format!("`{id}`")).collect();
                format!("a circle: {}", steps.join(&format!(" {verb} ")))
            };
            let help = if circle.len() == 1 {
                "remove the relation".to_owned()
            } else {
                let among = code_list(&circle, "and");
                format!("remove the relation that points the wrong way among {among}")
            };
            let mut finding = RULE
                .finding(entry.at(format!("/relations/{}/claim", at.unwrap_or(0))), message)
                .help(help);
            for other in &circle[1..] {
                let entry = &context.dataset.claims[*other];
                finding =
                    finding.related(entry.at("/relations"), format!("`{other}` goes on from here"));
            }
            findings.push(id, finding);
        }
    }
}

fn words(kind: &RelationType) -> &'static str {
    match kind {
        RelationType::Supersedes => "supersedes",
        RelationType::Supports => "supports",
        _ => "is part of",
    }
}

/// One circle of each knot of claims joined by relations of a kind, from its first id.
pub fn circles<'d>(dataset: &'d Dataset, kind: &RelationType) -> Vec<Vec<&'d str>> {
    let mut graph: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, entry) in &dataset.claims {
        let to = entry
            .record
            .relations
            .iter()
            .filter(|r| r.kind == *kind && dataset.claims.contains_key(&r.claim));
        let to: Vec<&str> = to.map(|r| r.claim.as_str()).collect();
        if !to.is_empty() {
            graph.insert(id, to);
        }
    }
    find_circles(&graph)
}

/// One circle of each knot of a graph, from its first id, in order of id.
pub fn find_circles<'g>(graph: &BTreeMap<&'g str, Vec<&'g str>>) -> Vec<Vec<&'g str>> {
    let (mut done, mut found) = (BTreeSet::new(), Vec::new());
    for &start in graph.keys() {
        // The way from `start` to here, and at each step the edges still to go.
        let mut way: Vec<(&str, usize)> = vec![(start, 0)];
        let mut on_way = BTreeSet::from([start]);
        while let Some((at, edge)) = way.last_mut() {
            let next = graph.get(*at).and_then(|edges| edges.get(*edge)).copied();
            *edge += 1;
            match next {
                None => {
                    done.insert(*at);
                    on_way.remove(*at);
                    way.pop();
                }
                Some(next) if on_way.contains(next) => {
                    let from = way.iter().position(|(id, _)| *id == next).unwrap_or(0);
                    let mut circle: Vec<&str> = way[from..].iter().map(|(id, _)| *id).collect();
                    // What hangs together is told once.
                    if circle.iter().all(|id| !done.contains(id)) {
                        let first = circle
                            .iter()
                            .enumerate()
                            .min_by_key(|(_, id)| **id)
                            .map_or(0, |(i, _)| i);
                        circle.rotate_left(first);
                        done.extend(circle.iter().copied());
                        found.push(circle);
                    }
                }
                Some(next) if !done.contains(next) => {
                    on_way.insert(next);
                    way.push((next, 0));
                }
                Some(_) => {}
            }
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_knot_is_told_once() {
        let graph = BTreeMap::from([
            ("a", vec!["b"]),
            ("b", vec!["c"]),
            ("c", vec!["a", "b"]),
            ("d", vec!["a", "d"]),
            ("e", vec!["f"]),
            ("f", vec![]),
        ]);
        assert_eq!(find_circles(&graph), [vec!["a", "b", "c"], vec!["d"]]);
    }
}
