//! Which word is meant by one that is written wrong.

/// The one of `candidates` that `word` is most likely a misspelling of, if any is near enough.
#[must_use]
pub fn did_you_mean<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let lower = word.to_lowercase();
    candidates
        .into_iter()
        .filter_map(|candidate| Some((slips(&lower, candidate)?, candidate)))
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, candidate)| candidate)
}

/// How many slips lead from `candidate` to a word in lower case; none where that is no misspelling,
/// or says the opposite.
#[must_use]
pub fn slips(lower: &str, candidate: &str) -> Option<usize> {
    let other = candidate.to_lowercase();
    near(lower, &other).filter(|_| !opposite(lower, &other) && !opposite(&other, lower))
}

/// Whether `word` is surely `meant`, but for capitals or one slip: of few letters each makes another
/// word.
#[must_use]
pub fn is_sure(word: &str, meant: &str) -> bool {
    let (word, meant) = (word.to_lowercase(), meant.to_lowercase());
    let long = |word: &str| word.chars().count() >= 4;
    word == meant
        || (long(&word) && long(&meant) && strsim::damerau_levenshtein(&word, &meant) == 1)
}

/// What makes a word say the opposite where it stands before it.
const OPPOSITES: &[&str] = &["de", "dis", "in", "non", "un"];

/// Whether `long` is nearer to `short` without what makes it say the opposite.
fn opposite(long: &str, short: &str) -> bool {
    OPPOSITES.iter().any(|before| {
        let rest = long.strip_prefix(before).filter(|_| !short.starts_with(before));
        rest.map(|rest| rest.trim_start_matches(['-', '_'])).is_some_and(|rest| {
            let distance = strsim::damerau_levenshtein(rest, short);
            distance <= 1 && distance < strsim::damerau_levenshtein(long, short)
        })
    })
}

fn near(lower: &str, other: &str) -> Option<usize> {
    let (length, others) = (lower.chars().count(), other.chars().count());
    // A long word has room for another one in it, but people do not slip more often; of one or two
    // letters each slip makes another word.
    let most = if length.min(others) < 3 { 0 } else { (length / 3).clamp(1, 3) };
    // A part that is a word of its own is worth one slip: `newspaper`, `article-newspaper`. So are
    // several, in whatever order; words too many are worth two, if they are not most of them.
    if length >= 4 && holds(other, lower) {
        return Some(1);
    }
    let words = |text: &str| text.split(['-', '_']).count();
    if words(other) > 1 && 2 * words(other) >= words(lower) && holds(lower, other) {
        return Some(2);
    }
    // Letters alone cannot be nearer than their numbers differ.
    if others.abs_diff(length) > most {
        return None;
    }
    let distance = strsim::damerau_levenshtein(lower, other);
    (distance <= most).then_some(distance)
}

/// Whether an id or key has all words of another, in any order.
fn holds(id: &str, words: &str) -> bool {
    words.split(['-', '_']).all(|word| id.split(['-', '_']).any(|part| part == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_suggested_and_far_ones_not() {
        let keys = ["confidence", "confidence_note", "citations", "status"];
        assert_eq!(did_you_mean("confidnece", keys), Some("confidence"));
        assert_eq!(did_you_mean("Status", keys), Some("status"));
        assert_eq!(did_you_mean("colour", keys), None);
        assert_eq!(did_you_mean("hgih", ["high", "moderate", "low"]), Some("high"));
        assert_eq!(
            did_you_mean("newspaper", ["article", "article-newspaper"]),
            Some("article-newspaper")
        );
        // Of few letters any slip makes another word.
        for word in ["G", "2", "A-"] {
            assert_eq!(did_you_mean(word, ["A", "B", "F"]), None, "{word}");
        }
        assert_eq!(did_you_mean("b", ["A", "B", "F"]), Some("B"));
    }

    #[test]
    fn the_opposite_is_no_misspelling() {
        let words = ["active", "disputed", "retracted", "supports", "primary", "non-profit"];
        let opposites = [
            "inactive",
            "undisputed",
            "unretracted",
            "unsupports",
            "unsuports",
            "non-primary",
            "profit",
        ];
        for word in opposites {
            assert_eq!(did_you_mean(word, words), None, "{word}");
        }
        // What begins in the same way is none.
        assert_eq!(did_you_mean("dispted", words), Some("disputed"));
        assert_eq!(did_you_mean("ndia", ["india"]), Some("india"));
        assert_eq!(did_you_mean("idnia", ["india"]), Some("india"));
    }

    #[test]
    fn what_is_sure_is_one_slip_away() {
        for (word, meant, sure) in [
            ("HIGH", "high", true),
            ("hgih", "high", true),
            ("retractd", "retracted", true),
            ("lwo", "low", false),
            ("newspaper", "article-newspaper", false),
            ("mesuremnt", "measurement", false),
        ] {
            assert_eq!(is_sure(word, meant), sure, "{word}");
        }
    }
}
