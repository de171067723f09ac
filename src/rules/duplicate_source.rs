//! `duplicate-source`

use super::{Check, Context, Findings, Group, Rule, tracking_parameter};
use crate::{
    finding::Severity,
    model::{Claim, Dataset, Entry, Source},
    text::{code_list, count},
};

pub const RULE: Rule = Rule {
    id: "duplicate-source",
    group: Group::Duplicates,
    severity: Severity::Error,
    summary: "A work is recorded as one source.",
    explain: "\
Two records of one page look like two witnesses. Sources are the same when they have the same DOI, or
the same address once the differences that mean nothing are gone: `http` or `https`, `www.`, capitals
in the host, a slash at the end, a fragment, tracking parameters. Cite the record that most claims
cite already, and remove the other.",
    bad: "\"url\": \"https://example.org/a\" and \"url\": \"http://www.example.org/a/?utm_source=x\"",
    good: "one source, cited by both claims",
    check: Check::Dataset(check),
};

fn check(context: &Context, findings: &mut Findings) {
    let sources = &context.dataset.sources;
    let mut keys: Vec<(String, &str, &str)> = Vec::new();
    for (id, entry) in sources {
        for (field, key) in keys_of(&entry.record) {
            if !entry.flawed(field) {
                keys.push((key, id, field));
            }
        }
    }
    keys.sort_unstable();
    let mut told: Vec<(&str, &str)> = Vec::new();
    for run in keys.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
        // What most claims cite is what stays: a copy that was just made is cited by fewer.
        let most = |(_, id, _): &(String, &str, &str)| citing(context.dataset, id).len();
        // Of several that are cited as often, the first by name.
        let stays = run.iter().rev().max_by_key(|key| most(key));
        let Some(&(_, first, first_field)) = stays else { continue };
        for &(_, again, field) in run {
            if again == first || told.contains(&(first, again)) {
                continue;
            }
            told.push((first, again));
            let what = if field == "/doi" { "DOI" } else { "address" };
            findings.push(
                again,
                RULE.finding(
                    sources[again].at(field),
                    format!("`{first}` is the same work: the same {what}"),
                )
                .known_by("")
                .help(help(context.dataset, first, again))
                .related(sources[first].at(first_field), "recorded here"),
            );
        }
    }
}

/// How many claims that cite a source are named.
const NAMED: usize = 3;

/// The claims that cite a source.
fn citing<'d>(dataset: &'d Dataset, source: &str) -> Vec<&'d str> {
    let cites = |entry: &Entry<Claim>| entry.record.citations.iter().any(|c| c.source == source);
    dataset.claims.iter().filter(|(_, entry)| cites(entry)).map(|(id, _)| id.as_str()).collect()
}

/// Where to cite the first of two records of one work in place of the other.
fn help(dataset: &Dataset, first: &str, again: &str) -> String {
    match citing(dataset, again).as_slice() {
        [] => format!("remove this record; cite `{first}`"),
        few if few.len() <= NAMED => {
            format!("in {} cite `{first}`, and remove this record", code_list(few, "and"))
        }
        many => format!(
            "cite `{first}` in the {} that cite `{again}`, and remove this record",
            count(many.len(), "claim")
        ),
    }
}

/// The source of a dataset that has this address or DOI, however it is written.
#[must_use]
pub fn same_work<'d>(dataset: &'d Dataset, link: &str) -> Option<&'d str> {
    let key = if link.contains("://") {
        normal(link)
    } else if link.starts_with("10.") {
        format!("doi:{}", link.to_lowercase())
    } else {
        return None;
    };
    let is_it = |entry: &Entry<Source>| keys_of(&entry.record).any(|(_, other)| other == key);
    dataset.sources.iter().find(|(_, entry)| is_it(entry)).map(|(id, _)| id.as_str())
}

/// What makes a source the same as another, with the field it stands in.
fn keys_of(source: &Source) -> impl Iterator<Item = (&'static str, String)> {
    let doi = source.doi.as_ref().map(|doi| ("/doi", format!("doi:{}", doi.to_lowercase())));
    let url = source.url.as_ref().map(|url| ("/url", normal(url)));
    doi.into_iter().chain(url)
}

/// An address without the differences that mean nothing.
fn normal(url: &str) -> String {
    let url = tracking_parameter::without(url).unwrap_or_else(|| url.to_owned());
    let url = url.split('#').next().unwrap_or_default();
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let host = host.strip_suffix(":443").or_else(|| host.strip_suffix(":80")).unwrap_or(host);
    let (path, query) =
        path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    let query = query.filter(|query| !query.is_empty()).map(|query| {
        let mut parts: Vec<&str> = query.split('&').collect();
        parts.sort_unstable();
        format!("?{}", parts.join("&"))
    });
    // A DOI's resolver names the DOI itself.
    if host == "doi.org" || host == "dx.doi.org" {
        return format!("doi:{}", path.trim_start_matches('/').to_lowercase());
    }
    format!("{host}{}{}", path.trim_end_matches('/'), query.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_that_mean_nothing_are_gone() {
        let same = normal("https://example.org/a?b=1&c=2");
        for url in [
            "http://www.Example.org/a/?c=2&b=1",
            "https://example.org:443/a?b=1&c=2#top",
            "https://example.org/a?utm_source=x&b=1&c=2",
        ] {
            assert_eq!(normal(url), same, "{url}");
        }
        assert_ne!(normal("https://example.org/a?b=2&c=2"), same);
        assert_ne!(normal("https://example.org/A?b=1&c=2"), same);
        assert_eq!(normal("https://doi.org/10.1000/AB"), "doi:10.1000/ab");
    }
}
