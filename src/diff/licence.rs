//! Whether a licence asks more of readers than another.

use std::collections::BTreeSet;

/// What a licence asks of those who use the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Term {
    Attribution,
    ShareAlike,
    NonCommercial,
    NoDerivatives,
}

type Terms = BTreeSet<Term>;

/// Whether `new` asks for something that `old` does not; also where that cannot be told, since a
/// reader must then look. Both are SPDX expressions.
pub fn is_stricter(old: &str, new: &str) -> bool {
    let (Some(old), Some(new)) = (choices(old), choices(new)) else { return true };
    // Whatever a reader chose must still be on offer, or something that asks for less.
    !old.iter().all(|chosen| new.iter().any(|offered| offered.is_subset(chosen)))
}

/// The terms of each licence that a reader may choose.
fn choices(expression: &str) -> Option<Vec<Terms>> {
    if expression.contains(['(', ')']) {
        return None;
    }
    expression
        .split(" OR ")
        .map(|choice| {
            choice.split(" AND ").try_fold(Terms::new(), |mut all, licence| {
                all.extend(terms(licence.trim())?);
                Some(all)
            })
        })
        .collect()
}

/// The terms of a licence that data is commonly under.
fn terms(licence: &str) -> Option<Terms> {
    let words = match licence {
        "CC0-1.0" | "PDDL-1.0" | "Unlicense" | "0BSD" => "",
        "ODC-By-1.0" | "CDLA-Permissive-1.0" | "CDLA-Permissive-2.0" | "MIT" | "Apache-2.0" => "BY",
        "ODbL-1.0" | "CDLA-Sharing-1.0" => "BY-SA",
        _ => licence.strip_prefix("CC-")?.rsplit_once('-')?.0,
    };
    let term = |word: &str| match word {
        "BY" => Some(Term::Attribution),
        "SA" => Some(Term::ShareAlike),
        "NC" => Some(Term::NonCommercial),
        "ND" => Some(Term::NoDerivatives),
        _ => None,
    };
    words.split('-').filter(|word| !word.is_empty()).map(term).collect()
}

#[cfg(test)]
mod tests {
    use super::is_stricter;

    #[test]
    fn more_terms_are_stricter() {
        for (old, new) in [
            ("CC0-1.0", "CC-BY-4.0"),
            ("CC-BY-4.0", "CC-BY-SA-4.0"),
            ("CC-BY-SA-4.0", "CC-BY-NC-4.0"),
            ("CC-BY-4.0 OR CC-BY-NC-4.0", "CC-BY-NC-4.0"),
            ("CC-BY-4.0", "CC-BY-4.0 AND ODbL-1.0"),
            ("CC-BY-4.0", "LicenseRef-Ours"),
        ] {
            assert!(is_stricter(old, new), "{old} {new}");
        }
        for (old, new) in [
            ("CC-BY-3.0", "CC-BY-4.0"),
            ("CC-BY-NC-SA-4.0", "CC-BY-SA-4.0"),
            ("ODbL-1.0", "CC0-1.0"),
            ("CC-BY-NC-4.0", "CC-BY-NC-4.0 OR CC-BY-4.0"),
        ] {
            assert!(!is_stricter(old, new), "{old} {new}");
        }
    }
}
