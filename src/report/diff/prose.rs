//! Two texts word by word: what is the same, what is gone and what came.

use crate::snapshot;
use unicode_segmentation::UnicodeSegmentation;

/// What became of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Same,
    Gone,
    Come,
}

/// Runs of words that are the same, gone or new, with the white space around them.
pub fn runs(old: &str, new: &str) -> Vec<(Fate, String)> {
    let runs = coarse(exact(old, new)).into_iter().flat_map(|turn| {
        [(Fate::Same, turn.same), (Fate::Gone, turn.gone), (Fate::Come, turn.come)]
    });
    runs.filter(|(_, text)| !text.is_empty()).collect()
}

/// A change, with what stands before it and is the same.
#[derive(Default)]
struct Turn {
    same: String,
    gone: String,
    come: String,
}

impl Turn {
    /// Takes in the change that follows, and what stands between the two.
    fn join(&mut self, next: &Self) {
        self.gone.extend([next.same.as_str(), &next.gone]);
        self.come.extend([next.same.as_str(), &next.come]);
    }

    /// How much of a text it is about; none where nothing changed.
    fn size(&self) -> Option<usize> {
        let changed = !(self.gone.is_empty() && self.come.is_empty());
        changed.then(|| letters(&self.gone).max(letters(&self.come)))
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// Words, and what stands between them. What hyphens join is one word.
fn words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::new();
    for (at, piece) in text.split_word_bound_indices() {
        match words.last_mut() {
            Some(last)
                if (piece == "-" && last.ends_with(char::is_alphanumeric))
                    || (piece.starts_with(char::is_alphanumeric)
                        && last.len() > 1
                        && last.ends_with('-')) =>
            {
                *last = &text[at - last.len()..at + piece.len()];
            }
            _ => words.push(piece),
        }
    }
    words
}

/// The changes word for word. Those with no word between them, only white space or a comma, are
/// one.
fn exact(old: &str, new: &str) -> Vec<Turn> {
    let (old, new) = (words(old), words(new));
    let mut turns: Vec<Turn> = Vec::new();
    let mut told = 0;
    for edit in snapshot::edits(&old, &new) {
        let same = old[told..edit.old.start].concat();
        told = edit.old.end;
        let turn = Turn { same, gone: old[edit.old].concat(), come: new[edit.new].concat() };
        match turns.last_mut() {
            Some(last) if letters(&turn.same) == 0 => last.join(&turn),
            _ => turns.push(turn),
        }
    }
    turns.push(Turn { same: old[told..].concat(), ..Turn::default() });
    turns
}

/// The same changes without crumbs: words that are the same by chance, shorter by far than the
/// changes on both sides of them, are told as part of one change.
fn coarse(turns: Vec<Turn>) -> Vec<Turn> {
    let mut kept: Vec<Turn> = Vec::new();
    for mut turn in turns {
        while let Some(last) = kept.last()
            && let (Some(before), Some(after)) = (last.size(), turn.size())
            && letters(&turn.same) * 2 <= before.min(after)
            && let Some(mut last) = kept.pop()
        {
            last.join(&turn);
            turn = last;
        }
        kept.push(turn);
    }
    kept
}
