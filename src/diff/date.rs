//! How the date of a claim changed.

use super::Weight;
use crate::date::{Day, Edtf};

/// How a date changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateMove {
    /// It lies within what it was.
    Narrowed,
    /// It holds what it was.
    Widened,
    /// Anything else.
    Moved,
}

impl DateMove {
    /// Compares the days that two dates may mean.
    #[must_use]
    pub fn of(old: &Edtf, new: &Edtf) -> Self {
        let (Some(before), Some(after)) = (ends(old), ends(new)) else { return Self::Moved };
        let within =
            |inner: &(Day, Day), outer: &(Day, Day)| outer.0 <= inner.0 && inner.1 <= outer.1;
        match (within(&after, &before), within(&before, &after)) {
            (true, false) => Self::Narrowed,
            (false, true) => Self::Widened,
            _ => Self::Moved,
        }
    }

    /// `narrowed`, `widened` or `moved`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Narrowed => "narrowed",
            Self::Widened => "widened",
            Self::Moved => "moved",
        }
    }

    /// What it means for one day, month or year: how exactly it is known. A period that grows
    /// shorter or longer is neither better nor worse known.
    #[must_use]
    pub(super) fn weight(self, old: &Edtf, new: &Edtf) -> Weight {
        let period = [old, new].iter().any(|date| date.as_str().contains('/'));
        match self {
            Self::Narrowed if !period => Weight::Strengthens,
            Self::Widened if !period => Weight::Weakens,
            _ => Weight::Neutral,
        }
    }
}

/// The first and the last day, with an open end as far away as can be.
fn ends(date: &Edtf) -> Option<(Day, Day)> {
    let span = date.span()?;
    Some((
        span.earliest.or_else(|| Day::new(0, 1, 1))?,
        span.latest.or_else(|| Day::new(9999, 12, 31))?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_narrowed_widened_and_moved() {
        for (old, new, how, weight) in [
            ("2024", "2024-02", DateMove::Narrowed, Weight::Strengthens),
            ("2024-02-15", "2024", DateMove::Widened, Weight::Weakens),
            ("2024", "2025", DateMove::Moved, Weight::Neutral),
            ("2025/..", "2025/2026", DateMove::Narrowed, Weight::Neutral),
            ("2024", "2024/2028", DateMove::Widened, Weight::Neutral),
            ("2024/2026", "2025/2027", DateMove::Moved, Weight::Neutral),
            ("2024", "2024~", DateMove::Moved, Weight::Neutral),
            ("soon", "2024", DateMove::Moved, Weight::Neutral),
        ] {
            let (old, new) = (Edtf::lenient(old), Edtf::lenient(new));
            assert_eq!(DateMove::of(&old, &new), how, "{old:?} {new:?}");
            assert_eq!(how.weight(&old, &new), weight, "{old:?} {new:?}");
        }
    }
}
