//! Two texts word by word: what is the same, what is gone and what came.

use similar::{ChangeTag, TextDiff};

/// Words that are the same, gone or new, with the white space around them.
type Run = (ChangeTag, String);

/// Whether a word of the comparison is none: white space, a hyphen or a comma.
fn joins(word: &str) -> bool {
    !word.chars().any(char::is_alphanumeric)
}

/// Runs of words that are the same, gone or new.
pub fn runs(old: &str, new: &str) -> Vec<Run> {
    coarse(exact(old, new))
}

/// The runs word for word. What stands between two changes and is no word belongs to both.
fn exact(old: &str, new: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let diff = TextDiff::from_unicode_words(old, new);
    let (mut gone, mut come, mut space) = (String::new(), String::new(), String::new());
    let flush = |gone: &mut String, come: &mut String, runs: &mut Vec<_>| {
        for (tag, text) in [(ChangeTag::Delete, gone), (ChangeTag::Insert, come)] {
            if !text.is_empty() {
                runs.push((tag, std::mem::take(text)));
            }
        }
    };
    for change in diff.iter_all_changes() {
        let word = change.value();
        match change.tag() {
            ChangeTag::Delete | ChangeTag::Insert => {
                if !space.is_empty() {
                    gone.push_str(&space);
                    come.push_str(&space);
                    space.clear();
                }
                if change.tag() == ChangeTag::Delete {
                    gone.push_str(word);
                } else {
                    come.push_str(word);
                }
            }
            ChangeTag::Equal if joins(word) && !(gone.is_empty() && come.is_empty()) => {
                space.push_str(word);
            }
            ChangeTag::Equal => {
                flush(&mut gone, &mut come, &mut runs);
                let text = std::mem::take(&mut space) + word;
                match runs.last_mut() {
                    Some((ChangeTag::Equal, run)) => run.push_str(&text),
                    _ => runs.push((ChangeTag::Equal, text)),
                }
            }
        }
    }
    flush(&mut gone, &mut come, &mut runs);
    if !space.is_empty() {
        runs.push((ChangeTag::Equal, space));
    }
    runs
}

/// A change, with what stands before it and is the same.
#[derive(Default)]
struct Turn {
    same: String,
    gone: String,
    come: String,
}

impl Turn {
    /// How much of a text it is about; none where nothing changed.
    fn size(&self) -> Option<usize> {
        let changed = !(self.gone.is_empty() && self.come.is_empty());
        changed.then(|| letters(&self.gone).max(letters(&self.come)))
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// The same runs without crumbs: words that are the same by chance, shorter by far than the
/// changes on both sides of them, are told as part of one change.
fn coarse(runs: Vec<Run>) -> Vec<Run> {
    let mut turns: Vec<Turn> = Vec::new();
    let mut turn = Turn::default();
    for (tag, text) in runs {
        match tag {
            ChangeTag::Equal => {
                turns.push(std::mem::take(&mut turn));
                turn.same = text;
            }
            ChangeTag::Delete => turn.gone = text,
            ChangeTag::Insert => turn.come = text,
        }
    }
    turns.push(turn);
    let mut kept: Vec<Turn> = Vec::new();
    for mut turn in turns {
        while let Some(last) = kept.last()
            && let (Some(before), Some(after)) = (last.size(), turn.size())
            && letters(&turn.same) * 2 <= before.min(after)
            && let Some(last) = kept.pop()
        {
            turn.gone = last.gone + &turn.same + &turn.gone;
            turn.come = last.come + &turn.same + &turn.come;
            turn.same = last.same;
        }
        kept.push(turn);
    }
    let parts = kept.into_iter().flat_map(|turn| {
        [
            (ChangeTag::Equal, turn.same),
            (ChangeTag::Delete, turn.gone),
            (ChangeTag::Insert, turn.come),
        ]
    });
    parts.filter(|(_, text)| !text.is_empty()).collect()
}
