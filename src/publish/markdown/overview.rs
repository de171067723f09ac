//! The overview: what the dataset is, what is in it, in numbers and charts, and where to go on.

use super::{
    Page,
    address::{self, OVERVIEW, page_path, relative},
    book::{Book, day},
    chart,
    claim::Brief,
    disagreements::Disagreement,
    tally::{self, Mix, Rated, Row},
    write_text,
};
use crate::{
    error::Result,
    finding::Records,
    model::{Claim, Maintainer, Status},
    publish::{
        Sink,
        cite::{Work, apa},
    },
    stats::Coverage,
    templates::Safe,
};
use serde::Serialize;
use std::cmp::Reverse;

const TEMPLATE: &str = "report/overview.md";

/// How many claims and disagreements a short list shows.
const SHORT: usize = 6;

/// How many countries the table lists.
const COUNTRIES: usize = 60;

/// How many subjects of another kind are named.
const SUBJECTS: usize = 12;

/// The kind of subject that has a chart.
const COUNTRY: &str = "country";

#[derive(Serialize)]
struct Overview<'e> {
    page: Page<'e>,
    title: &'e str,
    description: &'e str,
    license: &'e str,
    homepage: Option<&'e str>,
    repository: Option<&'e str>,
    maintainers: &'e [Maintainer],
    /// The version that it is released as; null where it is not.
    version: Option<&'e str>,
    /// How to cite it.
    citation: String,
    /// The commit and its day; null for a folder.
    commit: Option<&'e str>,
    day: Option<String>,
    records: Records,
    citations: usize,
    statuses: Statuses,
    counts: Mix,
    coverage: Coverage,
    years: Vec<Row<'e>>,
    topics: Vec<Row<'e>>,
    countries: Vec<Row<'e>>,
    /// Subjects of all kinds but countries.
    kinds: Vec<Kind<'e>>,
    letters: Vec<Rated>,
    reviewed: Vec<Reviewed<'e>>,
    pairs: Short<Pair<'e>>,
    disputes: Short<Brief<'e>>,
    sources: Safe<String>,
    subjects: Safe<String>,
    disagreements: Safe<String>,
    removed: Safe<String>,
}

/// Claims by status.
#[derive(Default, Serialize)]
struct Statuses {
    active: usize,
    disputed: usize,
    superseded: usize,
    retracted: usize,
    removed: usize,
}

/// Subjects of one kind, those with the most claims first.
#[derive(Serialize)]
struct Kind<'e> {
    kind: &'e str,
    subjects: Vec<Row<'e>>,
    more: usize,
}

/// A claim with the day of its review.
#[derive(Serialize)]
struct Reviewed<'e> {
    day: &'e str,
    claim: Brief<'e>,
}

/// The first few of many.
#[derive(Serialize)]
struct Short<T> {
    first: Vec<T>,
    more: usize,
}

/// Two claims that contradict one another.
#[derive(Serialize)]
struct Pair<'e> {
    one: Brief<'e>,
    other: Brief<'e>,
}

/// Writes the overview and its charts.
pub fn write(book: &Book, disagreements: &[Disagreement], sink: &mut dyn Sink) -> Result<()> {
    let overview = overview(book, disagreements)?;
    let templates = book.edition.templates;
    let mut chart = |name: &str, svg: Result<String>| {
        write_text(sink, &format!("report/charts/{name}.svg"), &svg?)
    };
    if !overview.years.is_empty() {
        let bars = chart::columns(overview.years.clone());
        chart("claims-by-year", templates.render("charts/claims-by-year.svg", &bars))?;
    }
    if !overview.topics.is_empty() {
        let bars = chart::lines(tally::first(&overview.topics, tally::BARS), chart::LEGEND);
        chart("claims-by-topic", templates.render("charts/claims-by-topic.svg", &bars))?;
    }
    if !overview.countries.is_empty() {
        let bars = chart::lines(tally::first(&overview.countries, tally::BARS), chart::LEGEND);
        chart("claims-by-country", templates.render("charts/claims-by-country.svg", &bars))?;
    }
    let bars = chart::lines(overview.letters.clone(), chart::NO_LEGEND);
    chart("sources-by-letter", templates.render("charts/sources-by-letter.svg", &bars))?;
    write_text(sink, &overview.page.path, &templates.render(TEMPLATE, &overview)?)
}

fn overview<'e>(book: &Book<'e>, disagreements: &[Disagreement]) -> Result<Overview<'e>> {
    let page = Page::new(book, OVERVIEW, 1, 1);
    let (edition, from) = (book.edition, page.path.as_str());
    let meta = edition.meta;
    let claims = || edition.claims.iter().map(|computed| computed.claim);
    let to = |base: &str| Safe(relative(from, &page_path(base, 1)));
    let mut subjects = tally::subjects(book);
    let (mut pairs, mut disputes) = (Short::default(), Short::default());
    for disagreement in disagreements {
        match disagreement {
            Disagreement::Claims(one, other) => pairs.add(|| Pair {
                one: Brief::of(book, *one, from),
                other: Brief::of(book, *other, from),
            }),
            Disagreement::Sources(claim) => disputes.add(|| Brief::of(book, *claim, from)),
        }
    }
    let mut coverage = Coverage::default();
    for computed in &edition.claims {
        coverage.add(computed.claim, computed.assessment.as_ref());
    }
    Ok(Overview {
        title: &meta.title,
        description: &meta.description,
        license: &meta.license,
        homepage: meta.homepage.as_deref(),
        repository: meta.repository.as_deref(),
        maintainers: &meta.maintainers,
        version: edition.version.as_deref(),
        citation: apa(&Work::dataset(edition), edition.templates)?.trim_end().to_owned(),
        commit: edition.commit.map(|commit| commit.id.as_str()),
        day: edition.day().map(|day| day.to_string()),
        records: edition.dataset.records(),
        citations: claims().map(|claim| claim.citations.len()).sum(),
        statuses: statuses(claims()),
        counts: Mix::of(claims()),
        coverage,
        years: tally::years(edition),
        topics: tally::topics(book),
        countries: tally::first(&subjects.remove(COUNTRY).unwrap_or_default(), COUNTRIES),
        kinds: subjects.into_iter().map(|(kind, subjects)| Kind::of(kind, subjects)).collect(),
        letters: tally::letters(book),
        reviewed: reviewed(book, from),
        pairs,
        disputes,
        sources: to(address::SOURCES),
        subjects: to(address::SUBJECTS),
        disagreements: to(address::DISAGREEMENTS),
        removed: to(address::LOOSE),
        page,
    })
}

fn statuses<'c>(claims: impl Iterator<Item = &'c Claim>) -> Statuses {
    let mut statuses = Statuses::default();
    for claim in claims {
        match claim.status {
            Status::Active => statuses.active += 1,
            Status::Disputed => statuses.disputed += 1,
            Status::Superseded => statuses.superseded += 1,
            Status::Retracted => statuses.retracted += 1,
            Status::Removed => statuses.removed += 1,
            Status::Other(_) | Status::Missing => {}
        }
    }
    statuses
}

impl<'e> Kind<'e> {
    fn of(kind: &'e str, mut subjects: Vec<Row<'e>>) -> Self {
        let more = subjects.len().saturating_sub(SUBJECTS);
        subjects.truncate(SUBJECTS);
        Self { kind, subjects, more }
    }
}

/// The claims whose sources were opened last; of one day, the newest first. None where that was one
/// day for more than can be shown: those would be no later than the others.
fn reviewed<'e>(book: &Book<'e>, from: &str) -> Vec<Reviewed<'e>> {
    let places = 0_u32..;
    let mut latest: Vec<_> = (places.zip(&book.edition.claims))
        .filter(|(_, computed)| computed.claim.stands())
        .filter_map(|(place, computed)| {
            Some((computed.claim.reviewed.as_deref()?, computed, place))
        })
        .collect();
    latest.sort_by_key(|(reviewed, computed, _)| Reverse((*reviewed, day(computed))));
    if latest.get(SHORT).is_some_and(|(day, ..)| *day == latest[0].0) {
        return Vec::new();
    }
    latest.truncate(SHORT);
    let reviewed = |(day, _, place)| Reviewed { day, claim: Brief::of(book, place, from) };
    latest.into_iter().map(reviewed).collect()
}

impl<T> Default for Short<T> {
    fn default() -> Self {
        Self { first: Vec::new(), more: 0 }
    }
}

impl<T> Short<T> {
    fn add(&mut self, item: impl FnOnce() -> T) {
        if self.first.len() < SHORT { self.first.push(item()) } else { self.more += 1 }
    }
}
