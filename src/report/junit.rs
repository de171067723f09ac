//! JUnit's XML, which every CI service reads: a test suite a chapter of the rules, a test case a
//! rule. A rule with errors or warnings is one failure that lists them all, because some services
//! show only the first; notes are the output of a test that passed.

use super::Options;
use crate::{
    finding::{Located, Report, Severity, Texts},
    rules::{Group, RULES, Rule},
    templates::escape_xml,
    text::count,
};
use std::fmt::Write as _;

/// Renders a report as JUnit's XML.
pub fn render(report: &Report, texts: &Texts, _: &Options) -> String {
    let mut suites: Vec<(Group, Vec<Case>)> = Vec::new();
    for rule in RULES {
        let case = Case::of(rule, report);
        match suites.iter_mut().find(|(group, _)| *group == rule.group) {
            Some((_, cases)) => cases.push(case),
            None => suites.push((rule.group, vec![case])),
        }
    }
    let failures = suites.iter().map(|(_, cases)| failed(cases)).sum::<usize>();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        out,
        "<testsuites name=\"claimbook check\" tests=\"{}\" failures=\"{failures}\">",
        RULES.len()
    );
    for (group, cases) in &suites {
        let _ = writeln!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\">",
            escape_xml(group.title()),
            cases.len(),
            failed(cases)
        );
        for case in cases {
            case.write(*group, texts, &mut out);
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

fn failed(cases: &[Case]) -> usize {
    cases.iter().filter(|case| !case.failing.is_empty()).count()
}

/// What a rule found.
struct Case<'r> {
    rule: &'static Rule,
    failing: Vec<&'r Located>,
    notes: Vec<&'r Located>,
}

impl<'r> Case<'r> {
    fn of(rule: &'static Rule, report: &'r Report) -> Self {
        let found = report.findings.iter().filter(|located| located.finding.rule == rule.id);
        let (notes, failing) = found.partition(|l| l.finding.severity == Severity::Note);
        Self { rule, failing, notes }
    }

    fn write(&self, group: Group, texts: &Texts, out: &mut String) {
        let _ = write!(
            out,
            "    <testcase name=\"{}\" classname=\"claimbook.{}\"",
            escape_xml(self.rule.id),
            escape_xml(&group.title().to_lowercase())
        );
        if self.failing.is_empty() && self.notes.is_empty() {
            out.push_str("/>\n");
            return;
        }
        out.push_str(">\n");
        if let Some(first) = self.failing.first() {
            let of = |severity| self.failing.iter().filter(move |l| l.finding.severity == severity);
            let errors = of(Severity::Error).count();
            let parts = [(errors, "error"), (self.failing.len() - errors, "warning")];
            let counts: Vec<String> =
                parts.iter().filter(|(n, _)| *n > 0).map(|(n, noun)| count(*n, noun)).collect();
            let _ = writeln!(
                out,
                "      <failure type=\"{}\" message=\"{}: {}\">{}</failure>",
                first.finding.severity.as_str(),
                counts.join(", "),
                escape_xml(&first.finding.message),
                lines(&self.failing, texts)
            );
        }
        if !self.notes.is_empty() {
            let _ = writeln!(out, "      <system-out>{}</system-out>", lines(&self.notes, texts));
        }
        out.push_str("    </testcase>\n");
    }
}

/// Findings as lines that programs can jump to, escaped for XML.
fn lines(found: &[&Located], texts: &Texts) -> String {
    let mut lines = Vec::new();
    for located in found {
        let (finding, (line, column)) = (&located.finding, located.start);
        let path = &texts.get(finding.place.origin.file).path;
        let severity = finding.severity.as_str();
        lines.push(format!("{path}:{line}:{column}: {severity}: {}", finding.message));
        lines.extend(finding.help.iter().map(|help| format!("  help: {help}")));
    }
    lines.iter().map(|line| escape_xml(line)).collect::<Vec<_>>().join("\n")
}
