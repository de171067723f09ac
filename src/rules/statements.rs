//! Which claims say the same, or nearly: found without comparing every pair.
//!
//! Words are compared as hashes. Two sets that share at least t of their words must share one of
//! the few rarest words of each (prefix filtering, as in set-similarity joins), so only claims with
//! such a word in common, and the same numbers, are compared.

use crate::model::{Claim, Dataset, Entry};
use rayon::prelude::*;
use std::{
    collections::BTreeSet,
    hash::{DefaultHasher, Hasher as _},
};

/// How many earlier claims with the same rare word a claim is compared with.
const WINDOW: usize = 16;

/// The statements of the claims that stand.
pub struct Statements<'d> {
    list: Vec<Statement<'d>>,
}

struct Statement<'d> {
    id: &'d str,
    entry: &'d Entry<Claim>,
    /// The words and numbers in order, as one hash.
    sequence: u64,
    /// The distinct words, sorted.
    words: Vec<u32>,
    /// The distinct numbers, as one hash.
    numbers: u64,
}

impl<'d> Statements<'d> {
    /// Reads the statements of a dataset's claims that stand.
    pub fn of(dataset: &'d Dataset) -> Self {
        let claims: Vec<_> = dataset
            .claims
            .iter()
            .filter(|(_, entry)| entry.record.stands() && !entry.flawed("/statement"))
            .collect();
        let read = |&(id, entry): &(&'d String, &'d Entry<Claim>)| Statement::read(id, entry);
        Self { list: claims.par_iter().with_min_len(512).map(read).collect() }
    }

    /// The claim behind an index.
    pub fn claim(&self, index: usize) -> (&'d str, &'d Entry<Claim>) {
        (self.list[index].id, self.list[index].entry)
    }

    /// Claims with the same words in the same order as an earlier one: (earlier, later).
    pub fn same(&self) -> Vec<(usize, usize)> {
        let mut order: Vec<usize> = (0..self.list.len()).collect();
        order.sort_unstable_by_key(|&i| (self.list[i].sequence, i));
        let mut found: Vec<_> = order
            .chunk_by(|&a, &b| self.list[a].sequence == self.list[b].sequence)
            .flat_map(|run| run[1..].iter().map(|&again| (run[0], again)))
            .collect();
        found.sort_unstable_by_key(|(_, again)| *again);
        found
    }

    /// Claims that share at least `percent` of their words, their numbers and a subject with an
    /// earlier one that no relation joins them with: (earlier, later, percent shared).
    pub fn similar(&self, percent: u32) -> Vec<(usize, usize, usize)> {
        let counts = self.counts();
        let mut keys: Vec<(u64, usize)> = Vec::new();
        let mut rare: Vec<u32> = Vec::new();
        for (i, statement) in self.list.iter().enumerate() {
            rare.clone_from(&statement.words);
            rare.sort_unstable_by_key(|&word| (counts[slot(word)], word));
            let least = (statement.words.len() * percent as usize).div_ceil(100);
            let prefix = statement.words.len() - least + 1;
            keys.extend(
                rare.iter().take(prefix).map(|&word| (hash(&(word, statement.numbers)), i)),
            );
        }
        keys.sort_unstable();
        let mut pairs = BTreeSet::new();
        for run in keys.chunk_by(|a, b| a.0 == b.0) {
            for (at, &(_, again)) in run.iter().enumerate() {
                for &(_, first) in &run[at.saturating_sub(WINDOW)..at] {
                    pairs.insert((again, first));
                }
            }
        }
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        for (again, first) in pairs {
            let (a, b) = (&self.list[first], &self.list[again]);
            let shared = shared_percent(&a.words, &b.words);
            let told = found.last().is_some_and(|(_, last, _)| *last == again);
            if !told
                && shared >= percent as usize
                && a.numbers == b.numbers
                && a.sequence != b.sequence
                && a.entry.record.subjects.iter().any(|s| b.entry.record.subjects.contains(s))
                && !related(a, b)
                && !related(b, a)
            {
                found.push((first, again, shared));
            }
        }
        found
    }

    /// The claims, at most `most`, that have most of a text's words, the nearest first. Of the
    /// words of the text, weighed by how rare they are, at least half must be in the claim.
    pub fn near(&self, text: &str, most: usize) -> Vec<usize> {
        let words = Words::of(text).words;
        let counts = self.counts();
        let all = self.list.len() + 1;
        // A word that every claim has tells nothing.
        let weight =
            |word: u32| (all / (counts[slot(word)] as usize + 1)).checked_ilog2().unwrap_or(0);
        let total: u32 = words.iter().map(|&word| weight(word)).sum();
        let mut found: Vec<(u32, usize)> = (0..self.list.len())
            .filter_map(|i| {
                let has = |word: &&u32| self.list[i].words.binary_search(word).is_ok();
                let shared = words.iter().filter(has).map(|&word| weight(word)).sum();
                (shared > 0 && 2 * shared >= total).then_some((shared, i))
            })
            .collect();
        found.sort_by_key(|&(shared, i)| (std::cmp::Reverse(shared), i));
        found.into_iter().take(most).map(|(_, i)| i).collect()
    }

    /// How often each word occurs, roughly: enough to tell the rare ones.
    fn counts(&self) -> Vec<u32> {
        let mut counts = vec![0; 0x1_0000];
        for word in self.list.iter().flat_map(|statement| &statement.words) {
            counts[slot(*word)] += 1;
        }
        counts
    }
}

fn slot(word: u32) -> usize {
    (word & 0xFFFF) as usize
}

impl<'d> Statement<'d> {
    fn read(id: &'d str, entry: &'d Entry<Claim>) -> Self {
        let Words { sequence, words, numbers } = Words::of(&entry.record.statement);
        Self { id, entry, sequence, words, numbers }
    }
}

/// What of a text is compared.
struct Words {
    sequence: u64,
    words: Vec<u32>,
    numbers: u64,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut sequence = DefaultHasher::new();
        let mut words = Vec::with_capacity(32);
        let mut numbers = Vec::new();
        let mut word = String::new();
        for part in text.split(|c: char| !c.is_alphanumeric() && c != '.' && c != ',') {
            let part = part.trim_matches(['.', ',']);
            if part.is_empty() {
                continue;
            }
            word.clear();
            if part.is_ascii() {
                word.push_str(part);
                word.make_ascii_lowercase();
            } else {
                word.extend(part.chars().flat_map(char::to_lowercase));
            }
            let number = word.starts_with(|c: char| c.is_numeric());
            if number {
                word.retain(|c| c != ',');
            }
            let hash = hash(&word);
            sequence.write_u64(hash);
            if number {
                numbers.push(hash);
            } else {
                words.push((hash >> 32) as u32);
            }
        }
        words.sort_unstable();
        words.dedup();
        numbers.sort_unstable();
        numbers.dedup();
        Self { sequence: sequence.finish(), words, numbers: hash(&numbers) }
    }
}

fn hash(value: &impl std::hash::Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The share of two sorted sets that is common to both (Jaccard), in per cent, rounded down.
fn shared_percent(a: &[u32], b: &[u32]) -> usize {
    let common = a.iter().filter(|word| b.binary_search(word).is_ok()).count();
    let all = a.len() + b.len() - common;
    (common * 100).checked_div(all).unwrap_or(0)
}

fn related(a: &Statement, b: &Statement) -> bool {
    a.entry.record.relations.iter().any(|relation| relation.claim == b.id)
}
