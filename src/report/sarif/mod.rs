//! SARIF 2.1.0, for code scanning and for viewers in editors, with structs of its own. Lines and
//! columns are from 1 and in characters, paths relative to the root, and fingerprints free of lines,
//! so that an edit above a finding does not make it a new one.

mod shape;

use super::Options;
use crate::{
    document::Lines,
    finding::{Located, Place, Report, Severity, Texts},
    rules::{RULES, Rule},
    text::capitalised,
};
use sha2::{Digest as _, Sha256};
use shape::{
    Artifact, Change, Configuration, Content, Described, Descriptor, Driver, Fingerprints, Help,
    Location, Log, Logical, Physical, Properties, Region, Replacement, Run, SarifFix, SarifResult,
    Text, Tool,
};
use std::collections::BTreeMap;

/// What paths are relative to: the name that GitHub gives the root of a repository.
const ROOT: &str = "%SRCROOT%";

/// Renders a report as SARIF.
pub fn render(report: &Report, texts: &Texts, _: &Options) -> String {
    let mut lines = Cache { texts, lines: BTreeMap::new() };
    let mut seen = BTreeMap::new();
    let log = Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: env!("CARGO_PKG_NAME"),
                    version: env!("CARGO_PKG_VERSION"),
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: RULES.iter().map(|rule| descriptor(rule)).collect(),
                },
            },
            original_uri_base_ids: BTreeMap::from([(
                ROOT,
                Described { description: text("The folder that holds dataset/.") },
            )]),
            results: report
                .findings
                .iter()
                .map(|located| result(report, located, &mut lines, &mut seen))
                .collect(),
            column_kind: "unicodeCodePoints",
        }],
    };
    let mut out = serde_json::to_string_pretty(&log).unwrap_or_default();
    out.push('\n');
    out
}

fn descriptor(rule: &Rule) -> Descriptor {
    let markdown = format!(
        "{}\n\nInstead of\n\n```json\n{}\n```\n\nwrite\n\n```json\n{}\n```\n",
        rule.explain, rule.bad, rule.good
    );
    let first = rule.explain.split("\n\n").next().unwrap_or_default();
    Descriptor {
        id: rule.id,
        name: rule.group.title().to_owned()
            + &rule.id.split('-').map(capitalised).collect::<String>(),
        short_description: text(rule.summary),
        // GitHub shows 1,024 characters of it.
        full_description: text(&first.replace('\n', " ")),
        help: Help { text: plain(rule.explain), markdown },
        default_configuration: Configuration { level: level(rule.severity) },
        properties: Properties { tags: [rule.group.title()] },
    }
}

fn result<'r>(
    report: &Report,
    located: &'r Located,
    lines: &mut Cache<'r>,
    seen: &mut BTreeMap<String, usize>,
) -> SarifResult<'r> {
    let finding = &located.finding;
    let path = &lines.texts.get(finding.place.origin.file).path;
    let id = finding.id.as_deref().unwrap_or_default();
    let fingerprint = fingerprint(&[finding.rule, path, id, &finding.place.pointer]);
    let nth = seen.entry(fingerprint.clone()).or_insert(0);
    *nth += 1;
    let message = match &finding.help {
        Some(help) => format!("{}\nhelp: {help}", finding.message),
        None => finding.message.clone(),
    };
    let region = || Region::new(located.start, located.end);
    let location = Location {
        id: None,
        physical_location: Physical { artifact_location: artifact(path), region: region() },
        logical_locations: pointer(&finding.place),
        message: None,
    };
    let related = finding.related.iter().enumerate();
    SarifResult {
        rule_id: finding.rule,
        rule_index: RULES.iter().position(|rule| rule.id == finding.rule),
        level: level(finding.severity),
        // All of them have one, or none has (SARIF 2.1.0, 3.27.24).
        baseline_state: report.against.as_ref().map(|_| match finding.older {
            true => "unchanged",
            false => "new",
        }),
        message: text(&message),
        locations: [location],
        partial_fingerprints: Fingerprints {
            primary_location_line_hash: format!("{fingerprint}:{nth}"),
        },
        fixes: finding
            .fix
            .iter()
            .map(|fix| SarifFix {
                description: text(&fix.description),
                artifact_changes: [Change {
                    artifact_location: artifact(path),
                    replacements: [Replacement {
                        deleted_region: region(),
                        inserted_content: Content { text: &fix.replacement },
                    }],
                }],
            })
            .collect(),
        related_locations: related
            .map(|(i, (place, message))| lines.related(i + 1, place, message))
            .collect(),
    }
}

/// The lines of the texts that related places are in, each looked at once.
struct Cache<'r> {
    texts: &'r Texts,
    lines: BTreeMap<u32, Lines>,
}

impl<'r> Cache<'r> {
    fn related(&mut self, id: usize, place: &'r Place, message: &str) -> Location<'r> {
        let file = self.texts.get(place.origin.file);
        let range = place.range(self.texts);
        let lines = self.lines.entry(place.origin.file).or_insert_with(|| Lines::of(&file.text));
        let at = |offset| lines.line_column(&file.text, offset);
        Location {
            id: Some(id),
            physical_location: Physical {
                artifact_location: artifact(&file.path),
                region: Region::new(at(range.start), at(range.end)),
            },
            logical_locations: pointer(place),
            message: Some(text(message)),
        }
    }
}

impl Region {
    fn new(start: (usize, usize), end: (usize, usize)) -> Self {
        Self { start_line: start.0, start_column: start.1, end_line: end.0, end_column: end.1 }
    }
}

fn pointer(place: &Place) -> Vec<Logical<'_>> {
    let there = Some(place.pointer.as_str()).filter(|pointer| !pointer.is_empty());
    there
        .map(|pointer| Logical { fully_qualified_name: pointer, kind: "member" })
        .into_iter()
        .collect()
}

fn level(severity: Severity) -> &'static str {
    severity.as_str()
}

/// A path as a relative URI (RFC 3986): what may not stand in a segment is percent-encoded.
fn artifact(path: &str) -> Artifact {
    let mut uri = String::with_capacity(path.len());
    for b in path.bytes() {
        if b.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&b) {
            uri.push(char::from(b));
        } else {
            uri.push_str(&format!("%{b:02X}"));
        }
    }
    Artifact { uri, uri_base_id: ROOT }
}

fn text(text: &str) -> Text {
    Text { text: plain(text) }
}

/// Text that no viewer takes for a link or a placeholder (SARIF 2.1.0, 3.11.5 and 3.11.6).
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        out.push(c);
        let next = rest.peek();
        match c {
            ']' if next == Some(&'(') => out.push(' '),
            '{' if next.is_some_and(char::is_ascii_digit) => out.push(' '),
            _ => {}
        }
    }
    out
}

/// 16 hexadecimal digits that stand for these parts together.
fn fingerprint(parts: &[&str]) -> String {
    let hash = Sha256::digest(parts.join("\0"));
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(plain("[a](https://b.example) {0} {a}"), "[a] (https://b.example) { 0} {a}");
    }

    #[test]
    fn paths_become_relative_uris() {
        assert_eq!(artifact("dataset/a b:c%é.json").uri, "dataset/a%20b%3Ac%25%C3%A9.json");
    }
}
