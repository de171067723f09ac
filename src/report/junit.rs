//! JUnit's XML, which every CI service reads: a test suite a chapter of the rules, a test case a
//! rule. A rule with errors or warnings is one failure that lists them all, because some services
//! show only the first; notes are the output of a test that passed.

use super::Options;
use crate::{
    finding::{Finding, Located, Report, Severity, Texts},
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
        // What is new says more than what was there before.
        let weight = |located: &&&Located| (located.finding.older, located.finding.severity);
        if let Some(first) = self.failing.iter().min_by_key(weight) {
            let _ = writeln!(
                out,
                "      <failure type=\"{}\" message=\"{}: {}\">{}</failure>",
                first.finding.severity.as_str(),
                counts(&self.failing),
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

/// `2 errors, 1 warning, 1 of them older`
fn counts(found: &[&Located]) -> String {
    let number = |of: fn(&Finding) -> bool| found.iter().filter(|l| of(&l.finding)).count();
    let errors = number(|finding| finding.severity == Severity::Error);
    let mut parts = Vec::new();
    for (n, noun) in [(errors, "error"), (found.len() - errors, "warning")] {
        parts.extend((n > 0).then(|| count(n, noun)));
    }
    let older = number(|finding| finding.older);
    parts.extend((older > 0).then(|| format!("{older} of them older")));
    parts.join(", ")
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
        lines.extend(finding.older.then(|| "  note: it was there before the change".to_owned()));
    }
    lines.iter().map(|line| escape_xml(line)).collect::<Vec<_>>().join("\n")
}
