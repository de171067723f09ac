//! `tracking-parameter`

use super::{Check, Context, Findings, Group, Rule};
use crate::{finding::Severity, model::Entry};

pub const RULE: Rule = Rule {
    id: "tracking-parameter",
    group: Group::Form,
    severity: Severity::Warning,
    summary: "Addresses carry no tracking parameters.",
    explain: "\
`utm_source`, `fbclid`, `gclid` and their like say how somebody came to a page, not which page it is.
They make one page look like two and tell others about the person who copied the address. The
address works without them.",
    bad: "\"url\": \"https://example.org/a?id=7&utm_source=feed\"",
    good: "\"url\": \"https://example.org/a?id=7\"",
    check: Check::Dataset(check),
};

/// Names of parameters that only track.
const NAMES: &[&str] = &[
    "_ga", "_gl", "cmpid", "dclid", "fbclid", "gbraid", "gclid", "gclsrc", "igsh", "igshid",
    "mc_cid", "mc_eid", "mkt_tok", "msclkid", "ref_src", "ref_url", "s_cid", "ttclid", "twclid",
    "wbraid", "wt_mc", "yclid", "ysclid",
];

fn check(context: &Context, findings: &mut Findings) {
    for (id, entry) in &context.dataset.sources {
        look(id, entry, entry.record.url.as_ref(), "/url".into(), findings);
        look(id, entry, entry.record.archived_url.as_ref(), "/archived_url".into(), findings);
    }
    for (id, entry) in &context.dataset.subjects {
        for (i, url) in entry.record.same_as.iter().enumerate() {
            look(id, entry, Some(url), format!("/same_as/{i}"), findings);
        }
    }
}

fn look<T>(
    id: &str,
    entry: &Entry<T>,
    url: Option<&String>,
    pointer: String,
    findings: &mut Findings,
) {
    let Some(clean) = url.and_then(|url| without(url)) else { return };
    if !entry.flawed(&pointer) {
        findings.push(
            id,
            RULE.finding(entry.at(pointer), "the address carries tracking parameters")
                .help(format!("write `\"{clean}\"`"))
                .fix("remove the tracking parameters", format!("\"{clean}\"")),
        );
    }
}

/// The address without tracking parameters; none where it has none.
pub fn without(url: &str) -> Option<String> {
    let (address, fragment) = url.split_once('#').map_or((url, None), |(a, f)| (a, Some(f)));
    let (path, query) = address.split_once('?')?;
    let tracks = |part: &&str| {
        let name = part.split('=').next().unwrap_or_default();
        let name = name.strip_prefix("amp;").unwrap_or(name);
        name.starts_with("utm_") || NAMES.contains(&name)
    };
    if !query.split('&').any(|part| tracks(&part)) {
        return None;
    }
    let kept: Vec<&str> = query.split('&').filter(|part| !tracks(part)).collect();
    let mut clean = path.to_owned();
    if !kept.is_empty() {
        clean = format!("{clean}?{}", kept.join("&"));
    }
    if let Some(fragment) = fragment {
        clean = format!("{clean}#{fragment}");
    }
    Some(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_tracks_is_removed() {
        let clean = |url| without(url).unwrap_or_else(|| "same".to_owned());
        assert_eq!(clean("https://a.org/x?utm_source=b&utm_medium=c"), "https://a.org/x");
        assert_eq!(clean("https://a.org/x?id=1&fbclid=2&p=3#top"), "https://a.org/x?id=1&p=3#top");
        assert_eq!(clean("https://a.org/x?id=1"), "same");
        assert_eq!(clean("https://a.org/utm_source"), "same");
    }
}
