//! A line as pieces: our words, and texts from the dataset, which every format escapes in its way.

use super::prose::{Fate, runs};
use crate::{
    diff::{Changes, Record},
    text::shorten,
};
use serde::Serialize;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// What it is.
    pub kind: Kind,
    /// How it reads.
    pub text: String,
}

impl Piece {
    /// The piece without colours: what is gone and what came have the marks of git's word diff.
    #[must_use]
    pub fn plain(&self) -> String {
        match self.kind {
            Kind::Gone => format!("[-{}-]", self.text),
            Kind::Come => format!("{{+{}+}}", self.text),
            _ => self.text.clone(),
        }
    }
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Our own words.
    Words,
    /// A text of the dataset.
    Text,
    /// An id.
    Code,
    /// A value that was.
    Old,
    /// A value that is.
    New,
    /// Words of a text that are gone.
    Gone,
    /// Words of a text that came.
    Come,
}

/// How many characters of a name are shown.
pub const NAME: usize = 120;

/// Longer texts are not compared word by word.
const MOST_COMPARED: usize = 10_000;

/// A line in the making.
#[derive(Default)]
pub struct Pieces(pub Vec<Piece>);

impl Pieces {
    /// Adds our own words.
    pub fn words(&mut self, text: &str) -> &mut Self {
        self.add(Kind::Words, text)
    }

    /// Adds a piece; one that reads like nothing is left out.
    pub fn add(&mut self, kind: Kind, text: &str) -> &mut Self {
        if !text.is_empty() {
            self.0.push(Piece { kind, text: text.to_owned() });
        }
        self
    }

    /// Adds what readers know a record by, in quotes; its id where they know nothing else.
    pub fn name(&mut self, changes: &Changes, record: Record, id: &str) -> &mut Self {
        match name(changes, record, id) {
            None => self.add(Kind::Code, id),
            Some(name) => self.words("“").add(Kind::Text, &name).words("”"),
        }
    }

    /// Adds things with commas between them, and an `and` before the last.
    pub fn list<T>(&mut self, items: &[T], mut add: impl FnMut(&mut Self, &T)) {
        for (i, item) in items.iter().enumerate() {
            self.words(match items.len() - i {
                _ if i == 0 => "",
                1 => " and ",
                _ => ", ",
            });
            add(self, item);
        }
    }

    /// Adds how a value changed by the names of what it was and is, or by their ids where the names
    /// are the same.
    pub fn told_apart(&mut self, names: [Option<String>; 2], ids: [Option<&str>; 2]) -> &mut Self {
        let [old, new] = &names;
        match old == new {
            true => self.moved(ids[0], ids[1]),
            false => self.moved(old.as_deref(), new.as_deref()),
        }
    }

    /// Adds what a value was and what it is.
    fn moved(&mut self, old: Option<&str>, new: Option<&str>) -> &mut Self {
        match (old, new) {
            (Some(old), Some(new)) => self.add(Kind::Old, old).words(" → ").add(Kind::New, new),
            (Some(old), None) => self.add(Kind::Gone, old),
            (None, Some(new)) => self.add(Kind::Come, new),
            (None, None) => self,
        }
    }

    /// Adds how a value changed: `old → new`, or word by word where it is prose.
    pub fn change(&mut self, old: Option<&str>, new: Option<&str>) -> &mut Self {
        match (old, new) {
            (Some(old), Some(new)) if is_prose(old) || is_prose(new) => self.prose(old, new),
            (old, new) => self.moved(old, new),
        }
    }

    /// Adds a text with the words that are gone and those that came.
    fn prose(&mut self, old: &str, new: &str) -> &mut Self {
        let compared = old.len().max(new.len()) <= MOST_COMPARED;
        let runs = if compared { runs(old, new) } else { Vec::new() };
        let kept: usize =
            runs.iter().filter(|(tag, _)| *tag == Fate::Same).map(|(_, text)| text.len()).sum();
        // What has little in common reads better one after the other.
        if kept * 3 < old.len().max(new.len()) {
            return self.add(Kind::Gone, old).words(" ").add(Kind::Come, new);
        }
        for (tag, text) in runs {
            let kind = match tag {
                Fate::Same => Kind::Text,
                Fate::Gone => Kind::Gone,
                Fate::Come => Kind::Come,
            };
            let inner = text.trim();
            // White space stays outside, since formats may trim what they mark.
            let space = |yes: bool| if yes { " " } else { "" };
            let last_is_space = self.0.last().is_some_and(|piece| piece.text.ends_with(' '));
            self.words(space(text.starts_with(char::is_whitespace) && !last_is_space));
            self.add(kind, inner);
            self.words(space(!inner.is_empty() && text.ends_with(char::is_whitespace)));
        }
        self
    }
}

/// What readers know a record by where it is named, not too long; none where they know its id alone.
pub fn name(changes: &Changes, record: Record, id: &str) -> Option<String> {
    Some(changes.name(record, id)).filter(|name| *name != id).map(|name| shorten(name, NAME))
}

/// Whether a text is words rather than one value.
fn is_prose(text: &str) -> bool {
    text.split_whitespace().nth(2).is_some() || text.chars().filter(|c| *c > '\u{2e7f}').count() > 6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> String {
        let mut pieces = Pieces::default();
        pieces.change(Some(old), Some(new));
        let show = |piece: &Piece| match piece.kind {
            Kind::Gone => format!("[-{}-]", piece.text),
            Kind::Come => format!("{{+{}+}}", piece.text),
            _ => piece.text.clone(),
        };
        pieces.0.iter().map(show).collect()
    }

    #[test]
    fn words_that_changed_are_marked() {
        for (old, new, expected) in [
            ("low", "high", "low → high"),
            (
                "The bridge cost 31 million crowns.",
                "The bridge cost 32 million crowns.",
                "The bridge cost [-31-]{+32+} million crowns.",
            ),
            (
                "It was opened in May of 2022 by the mayor.",
                "It opened on 3 June 2022 by the mayor.",
                "It [-was-] opened [-in May of-]{+on 3 June+} 2022 by the mayor.",
            ),
            (
                "five years in a one-gigawatt hub",
                "five years in a gigawatt-scale hub",
                "five years in a [-one-gigawatt-]{+gigawatt-scale+} hub",
            ),
            (
                "Gives the same number, the speech’s occasion and the day.",
                "Rewrites the broadcaster’s report, its occasion and the day.",
                "[-Gives the same number, the speech’s-]{+Rewrites the broadcaster’s report, its+} occasion and the day.",
            ),
            (
                "Russia is not expected to build chips of its own soon.",
                "Russia will not soon build chips of its own.",
                "Russia [-is-]{+will+} not [-expected to-]{+soon+} build chips of its own [-soon-].",
            ),
            (
                "All accounts appear to rest on Reuters.",
                "All accounts rest on one agency, Reuters.",
                "All accounts [-appear to-] rest on {+one agency,+} Reuters.",
            ),
            ("a b c d", "e f g h", "[-a b c d-] {+e f g h+}"),
            ("one two three four", "one two three four five", "one two three four {+five+}"),
            (
                "生成式人工智能管理办法",
                "生成式人工智能管理规定",
                "生成式人工智能管理[-办法-]{+规定+}",
            ),
        ] {
            assert_eq!(shown(old, new), expected);
        }
    }
}
