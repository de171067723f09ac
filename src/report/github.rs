//! Annotations for GitHub Actions: workflow commands, one a finding.
//!
//! The escapes are those of GitHub's own toolkit (`@actions/core`, command.ts): `% \r \n` in data,
//! also `: ,` in properties.

use super::{Options, human};
use crate::{
    finding::{Report, Severity, Texts},
    text::{count, visible},
};
use std::fmt::Write as _;

/// Renders a report as workflow commands.
pub fn render(report: &Report, texts: &Texts, _: &Options) -> String {
    let mut out = String::new();
    for located in &report.findings {
        let finding = &located.finding;
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let ((line, column), (end_line, end_column)) = (located.start, located.end);
        let mut place = format!("line={line}");
        // GitHub takes columns only for places on one line, and the end as the last character.
        if end_line == line {
            let _ = write!(
                place,
                ",col={column},endColumn={}",
                end_column.saturating_sub(1).max(column)
            );
        } else {
            let _ = write!(place, ",endLine={line}");
        }
        let mut message = finding.message.clone();
        if let Some(help) = &finding.help {
            let _ = write!(message, "\nhelp: {help}");
        }
        if finding.older {
            message.push_str("\nnote: it was there before the change");
        }
        let _ = writeln!(
            out,
            "::{command} file={},{place},title={}::{}",
            property(&texts.get(finding.place.origin.file).path),
            property(finding.rule),
            data(&message)
        );
    }
    let (what, against) = match &report.against {
        None => (count(report.records.claims, "claim"), String::new()),
        Some(against) => (human::checked(report), format!(" against {}", visible(&against.rev))),
    };
    let _ = writeln!(
        out,
        "checked {what}{against}: {}, {}",
        count(report.count(Severity::Error), "error"),
        count(report.count(Severity::Warning), "warning"),
    );
    let left_out = human::left_out(report, true);
    if left_out > 0 {
        let _ = writeln!(out, "{} not shown; --all shows them", count(left_out, "older finding"));
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out_of_a_command() {
        assert_eq!(data("100 %\r\n::error::x"), "100 %25%0D%0A::error::x");
        assert_eq!(property("a,b:c%"), "a%2Cb%3Ac%25");
    }
}
