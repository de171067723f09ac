//! For programs: the shape of `schema/check.schema.json`, with structs of its own so that what
//! others parse changes only when its version does.

use super::Options;
use crate::{
    document,
    finding::{Fix, Located, Place, Records, Report, Severity, Texts},
};
use serde::Serialize;

#[derive(Serialize)]
struct V1<'r> {
    version: u8,
    summary: Summary<'r>,
    findings: Vec<V1Finding<'r>>,
}

#[derive(Serialize)]
struct Summary<'r> {
    errors: usize,
    warnings: usize,
    notes: usize,
    waived: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    older: Option<usize>,
    records: &'r Records,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<Base<'r>>,
}

#[derive(Serialize)]
struct Base<'r> {
    rev: &'r str,
    commit: &'r str,
    records: &'static str,
}

#[derive(Serialize)]
struct V1Finding<'r> {
    rule: &'r str,
    severity: Severity,
    message: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'r str>,
    path: &'r str,
    pointer: &'r str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    related: Vec<Related<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<&'r Fix>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<bool>,
}

#[derive(Serialize)]
struct Related<'r> {
    path: &'r str,
    line: usize,
    column: usize,
    message: &'r str,
}

/// Renders a report as JSON.
pub fn render(report: &Report, texts: &Texts, _: &Options) -> String {
    let v1 = V1 {
        version: 1,
        summary: Summary {
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            notes: report.count(Severity::Note),
            waived: report.waived,
            older: report.against.as_ref().filter(|against| !against.part).map(|_| older(report)),
            records: &report.records,
            base: report.against.as_ref().map(|against| Base {
                rev: &against.rev,
                commit: &against.commit,
                records: if against.part { "changed" } else { "all" },
            }),
        },
        findings: report.findings.iter().map(|located| finding(report, located, texts)).collect(),
    };
    let mut out = serde_json::to_string_pretty(&v1).unwrap_or_default();
    out.push('\n');
    out
}

/// How many findings were there before, shown or not.
fn older(report: &Report) -> usize {
    let shown = report.findings.iter().filter(|located| located.finding.older).count();
    let left_out = report.against.iter().flat_map(|against| against.left_out.values());
    shown + left_out.sum::<usize>()
}

fn finding<'r>(report: &Report, located: &'r Located, texts: &'r Texts) -> V1Finding<'r> {
    let finding = &located.finding;
    V1Finding {
        rule: finding.rule,
        severity: finding.severity,
        message: &finding.message,
        help: finding.help.as_deref(),
        id: finding.id.as_deref(),
        path: &texts.get(finding.place.origin.file).path,
        pointer: &finding.place.pointer,
        line: located.start.0,
        column: located.start.1,
        end_line: located.end.0,
        end_column: located.end.1,
        related: finding
            .related
            .iter()
            .map(|(place, message)| related(place, message, texts))
            .collect(),
        fix: finding.fix.as_ref(),
        new: report.against.as_ref().map(|_| !finding.older),
    }
}

fn related<'r>(place: &Place, message: &'r str, texts: &'r Texts) -> Related<'r> {
    let text = texts.get(place.origin.file);
    let (line, column) = document::line_column(&text.text, place.range(texts).start);
    Related { path: &text.path, line, column, message }
}
