//! Counting: the numbers behind the overview's tables and charts.

use super::{
    address::{OVERVIEW, page_path, relative, subject_base},
    book::{Book, day},
    chart::Bars,
};
use crate::{
    model::{Claim, Confidence, Letter},
    publish::Edition,
};
use serde::Serialize;
use std::{cmp::Reverse, collections::BTreeMap};

/// How many years a chart shows one by one.
const YEARS: usize = 14;

/// How many bars a chart shows.
pub const BARS: usize = 16;

/// Claims by confidence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Mix {
    pub high: usize,
    pub moderate: usize,
    pub low: usize,
    pub total: usize,
}

impl Mix {
    /// Counts the claims that stand.
    pub fn of<'c>(claims: impl IntoIterator<Item = &'c Claim>) -> Self {
        let mut mix = Self::default();
        claims.into_iter().for_each(|claim| mix.count(claim));
        mix
    }

    /// Counts a claim, if it stands.
    fn count(&mut self, claim: &Claim) {
        if !claim.stands() {
            return;
        }
        match claim.confidence {
            Confidence::High => self.high += 1,
            Confidence::Moderate => self.moderate += 1,
            Confidence::Low => self.low += 1,
            Confidence::Other(_) | Confidence::Missing => return,
        }
        self.total += 1;
    }

    fn add(&mut self, other: &Self) {
        self.high += other.high;
        self.moderate += other.moderate;
        self.low += other.low;
        self.total += other.total;
    }
}

/// A row of a table, and a bar of a chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row<'e> {
    /// What it is about; none for what is told by `kind`.
    pub title: Option<&'e str>,
    /// `item`, `year`, or what several are taken together as: `earlier`, `later`, `undated`, `more`.
    pub kind: &'static str,
    /// The year, or how many are taken together.
    pub number: usize,
    /// The page about it.
    pub url: Option<String>,
    pub counts: Mix,
}

impl<'e> Row<'e> {
    fn item(title: &'e str, url: &str, counts: Mix) -> Self {
        let url = relative(&page_path(OVERVIEW, 1), url);
        Self { title: Some(title), kind: "item", number: 1, url: Some(url), counts }
    }

    fn other(kind: &'static str, number: usize, counts: Mix) -> Self {
        Self { title: None, kind, number, url: None, counts }
    }
}

impl Bars for Row<'_> {
    fn title(&self) -> Option<&str> {
        self.title
    }

    fn parts(&self) -> Vec<(&'static str, usize)> {
        let Mix { high, moderate, low, .. } = self.counts;
        // What is left out has no bar: it would dwarf the others.
        if self.kind == "more" {
            return Vec::new();
        }
        vec![("high", high), ("moderate", moderate), ("low", low)]
    }
}

/// Claims by the year in which they begin to hold, the oldest first. Where there are many years,
/// those with the most claims are shown one by one.
pub fn years<'e>(edition: &Edition) -> Vec<Row<'e>> {
    let mut by_year: BTreeMap<i32, Mix> = BTreeMap::new();
    let mut undated = Mix::default();
    for computed in &edition.claims {
        match day(computed) {
            Some(day) => by_year.entry(day.year()).or_default().count(computed.claim),
            None => undated.count(computed.claim),
        }
    }
    by_year.retain(|_, mix| mix.total > 0);
    let Some(window) = busiest(&by_year) else {
        return (undated.total > 0)
            .then(|| Row::other("undated", 0, undated))
            .into_iter()
            .collect();
    };
    let (mut earlier, mut later) = (Mix::default(), Mix::default());
    by_year.range(..window.0).for_each(|(_, mix)| earlier.add(mix));
    by_year.range(window.1 + 1..).for_each(|(_, mix)| later.add(mix));
    let number = |year: i32| usize::try_from(year).unwrap_or(0);
    let years = (window.0..=window.1).map(|year| {
        Row::other("year", number(year), by_year.get(&year).copied().unwrap_or_default())
    });
    [Row::other("earlier", number(window.0), earlier)]
        .into_iter()
        .chain(years)
        .chain([Row::other("later", number(window.1), later), Row::other("undated", 0, undated)])
        .filter(|row| row.kind == "year" || row.counts.total > 0)
        .collect()
}

/// The first and last of the years, at most [`YEARS`] in a row, that hold the most claims; the
/// latest such years.
fn busiest(by_year: &BTreeMap<i32, Mix>) -> Option<(i32, i32)> {
    let (first, last) = (*by_year.first_key_value()?.0, *by_year.last_key_value()?.0);
    let length = i32::try_from(YEARS).unwrap_or(i32::MAX) - 1;
    if last - first <= length {
        return Some((first, last));
    }
    let held =
        |end: i32| by_year.range(end - length..=end).map(|(_, mix)| mix.total).sum::<usize>();
    // The best years end with a year that has claims.
    let end = *by_year.keys().max_by_key(|end| (held(**end), **end))?;
    Some((*by_year.range(end - length..).next()?.0, end))
}

/// Claims by topic, the most first.
pub fn topics<'e>(book: &Book<'e>) -> Vec<Row<'e>> {
    let mut rows: Vec<Row> = (book.topics.iter())
        .map(|topic| {
            let mix = Mix::of(topic.claims.iter().map(|claim| book.claim(*claim).claim));
            let title = book.edition.meta.topics.label(topic.id);
            Row::item(title, &page_path(&topic.base, 1), mix)
        })
        .collect();
    rows.sort_by_key(|row| Reverse(row.counts.total));
    rows
}

/// Claims by subject, for each kind of subject; the most first.
pub fn subjects<'e>(book: &Book<'e>) -> BTreeMap<&'e str, Vec<Row<'e>>> {
    let mut kinds: BTreeMap<&str, Vec<Row>> = BTreeMap::new();
    for (id, entry) in &book.edition.dataset.subjects {
        let subject = &entry.record;
        let claims = book.subjects.get(id.as_str()).map_or(&[][..], Vec::as_slice);
        let mix = Mix::of(claims.iter().map(|claim| book.claim(*claim).claim));
        let url = page_path(&subject_base(id), 1);
        kinds.entry(&subject.kind).or_default().push(Row::item(&subject.name, &url, mix));
    }
    for rows in kinds.values_mut() {
        rows.sort_by_key(|row| Reverse(row.counts.total));
    }
    kinds
}

/// The first rows, at most so many, and a last one for the rest.
pub fn first<'e>(rows: &[Row<'e>], most: usize) -> Vec<Row<'e>> {
    if rows.len() <= most {
        return rows.to_vec();
    }
    let (shown, rest) = rows.split_at(most - 1);
    let mut more = Mix::default();
    rest.iter().for_each(|row| more.add(&row.counts));
    let number = rest.iter().map(|row| row.number).sum();
    shown.iter().cloned().chain([Row::other("more", number, more)]).collect()
}

/// How many sources have a letter.
#[derive(Clone, Debug, Serialize)]
pub struct Rated {
    /// `letter`, as a [`Row`] has it.
    pub kind: &'static str,
    pub letter: &'static str,
    pub sources: usize,
    pub publishers: usize,
}

impl Bars for Rated {
    fn title(&self) -> Option<&str> {
        None
    }

    fn parts(&self) -> Vec<(&'static str, usize)> {
        vec![("sources", self.sources)]
    }
}

/// Sources and publishers by letter.
pub fn letters(book: &Book) -> Vec<Rated> {
    let mut rated: Vec<Rated> = (Letter::WORDS.iter())
        .map(|letter| Rated {
            kind: "letter",
            letter,
            sources: (book.edition.sources.iter())
                .filter(|cited| cited.letter.as_str() == *letter)
                .count(),
            publishers: (book.publishers.iter())
                .filter(|publisher| publisher.reliability.as_str() == *letter)
                .count(),
        })
        .collect();
    rated.sort_by_key(|rated| rated.letter);
    rated
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mix(total: usize) -> Mix {
        Mix { low: total, total, ..Mix::default() }
    }

    #[test]
    fn the_busiest_years_are_shown_one_by_one() {
        let busiest = |years: &[(i32, usize)]| {
            busiest(&years.iter().map(|(year, total)| (*year, mix(*total))).collect())
        };
        assert_eq!(busiest(&[]), None);
        assert_eq!(busiest(&[(2024, 1)]), Some((2024, 2024)));
        assert_eq!(busiest(&[(2013, 1), (2026, 9)]), Some((2013, 2026)));
        assert_eq!(busiest(&[(1950, 1), (2020, 5), (2026, 9)]), Some((2020, 2026)));
        assert_eq!(busiest(&[(1950, 9), (1951, 9), (2026, 9)]), Some((1950, 1951)));
        assert_eq!(busiest(&[(1950, 9), (2026, 9)]), Some((2026, 2026)));
    }

    #[test]
    fn rows_that_do_not_fit_are_one() {
        let rows: Vec<Row> = (0..5).map(|n| Row::item("a", "report/a.md", mix(n))).collect();
        assert_eq!(first(&rows, 5), rows);
        let short = first(&first(&rows, 4), 3);
        assert_eq!((short.len(), short[2].kind, short[2].number), (3, "more", 3));
        assert_eq!(short[2].counts.total, 9);
    }
}
