//! In which order merged things stand. It does not depend on which side is which.

use super::Sides;
use std::collections::{BTreeMap, BTreeSet};

/// An order for each side: the same, unless both moved the same things differently.
#[derive(Debug)]
pub struct Order<K> {
    pub ours: Vec<K>,
    pub theirs: Vec<K>,
}

/// Orders the keys that are on either side and are kept. What both sides have keeps the order of
/// the side that changed it, and what one side added stays behind its neighbour there; additions
/// to the same gap are ordered by key.
pub fn order<K: Ord + Clone>(keys: &Sides<Vec<K>>, keep: impl Fn(&K) -> bool) -> Order<K> {
    let sets = keys.as_ref().map(|keys| keys.iter().collect::<BTreeSet<_>>());
    let kept = |side: &Vec<K>| side.iter().filter(|key| keep(key)).cloned().collect::<Vec<K>>();
    let (ours, theirs) = (kept(&keys.ours), kept(&keys.theirs));
    let within = |side: &[K], set: &BTreeSet<&K>| -> Vec<K> {
        side.iter().filter(|key| set.contains(key)).cloned().collect()
    };
    let (a, b) = (within(&ours, &sets.theirs), within(&theirs, &sets.ours));
    let old: Vec<K> = within(&within(&keys.base, &sets.ours), &sets.theirs);
    let old: Vec<K> = old.into_iter().filter(|key| keep(key)).collect();
    let (moved_a, moved_b) = (within(&a, &sets.base) != old, within(&b, &sets.base) != old);
    let (spine_a, spine_b) = match (moved_a, moved_b) {
        (true, true) if within(&a, &sets.base) != within(&b, &sets.base) => (a, b),
        (true, false) => (a.clone(), a),
        (false, true) => (b.clone(), b),
        _ => {
            let first = a.min(b);
            (first.clone(), first)
        }
    };
    let gaps = [gaps(&ours, &sets.theirs), gaps(&theirs, &sets.ours)];
    Order { ours: fill(spine_a, &gaps), theirs: fill(spine_b, &gaps) }
}

type Gaps<K> = BTreeMap<Option<K>, Vec<K>>;

/// What is only on this side, by what stands before it on both.
fn gaps<K: Ord + Clone>(side: &[K], other: &BTreeSet<&K>) -> Gaps<K> {
    let mut gaps = Gaps::new();
    let mut before = None;
    for key in side {
        if other.contains(key) {
            before = Some(key.clone());
        } else {
            gaps.entry(before.clone()).or_default().push(key.clone());
        }
    }
    gaps
}

fn fill<K: Ord + Clone>(spine: Vec<K>, [a, b]: &[Gaps<K>; 2]) -> Vec<K> {
    let mut out = Vec::with_capacity(spine.len());
    for before in std::iter::once(None).chain(spine.into_iter().map(Some)) {
        let mut a = a.get(&before).into_iter().flatten().peekable();
        let mut b = b.get(&before).into_iter().flatten().peekable();
        out.extend(before);
        loop {
            let next = match (a.peek(), b.peek()) {
                (Some(x), Some(y)) if x < y => a.next(),
                (_, Some(_)) => b.next(),
                (Some(_), None) => a.next(),
                (None, None) => break,
            };
            out.extend(next.cloned());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(base: &str, ours: &str, theirs: &str) -> (String, String) {
        let keys = Sides { base, ours, theirs }.map(|side| side.chars().collect::<Vec<char>>());
        let both = keys.ours.iter().chain(&keys.theirs).copied().collect::<BTreeSet<_>>();
        let keep = |key: &char| {
            both.contains(key)
                && (!keys.base.contains(key)
                    || (keys.ours.contains(key) && keys.theirs.contains(key)))
        };
        let order = order(&keys, keep);
        (order.ours.into_iter().collect(), order.theirs.into_iter().collect())
    }

    #[test]
    fn additions_stay_with_their_neighbours() {
        for (base, ours, theirs, merged) in [
            ("abc", "abcx", "abcd", "abcdx"),
            ("abc", "axbc", "abyc", "axbyc"),
            ("abc", "cab", "abcd", "cdab"),
            ("abc", "ac", "abxc", "axc"),
            ("", "prs", "qst", "pqrst"),
            ("ab", "abxz", "aby", "abxyz"),
        ] {
            assert_eq!(ordered(base, ours, theirs), (merged.into(), merged.into()));
            assert_eq!(ordered(base, theirs, ours), (merged.into(), merged.into()));
        }
    }

    #[test]
    fn two_moves_of_the_same_things_differ() {
        assert_eq!(ordered("abc", "bac", "acbx"), ("bxac".into(), "acbx".into()));
        assert_eq!(ordered("abc", "bac", "bacx"), ("bacx".into(), "bacx".into()));
    }
}
