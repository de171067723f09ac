//! `untranslated-quote`

use super::{Case, Check, Context, Findings, Group, Rule};
use crate::finding::Severity;

pub const RULE: Rule = Rule {
    id: "untranslated-quote",
    group: Group::Evidence,
    severity: Severity::Error,
    summary: "A quote in another language has a translation.",
    explain: "\
Readers of the dataset, and reviewers of a pull request, must be able to tell whether the quote says
what the claim says. Where the source's language is not the dataset's, add `translation`. If the quote
itself is already in the dataset's language, it is not the exact words of the source: drop it and say
in `shows` what the source shows.",
    bad: "{ \"quote\": \"кодекс этики\" }",
    good: "{ \"quote\": \"кодекс этики\", \"translation\": \"code of ethics\" }",
    check: Check::Claim(check),
};

fn check(context: &Context, case: &Case, findings: &mut Findings) {
    let Some(meta) = context.dataset.meta.as_ref().filter(|meta| !meta.flawed("/language")) else {
        return;
    };
    if case.entry.flawed("/citations") {
        return;
    }
    let base = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
    for (i, citation) in case.entry.record.citations.iter().enumerate() {
        if citation.quote.is_none() || citation.translation.is_some() {
            continue;
        }
        let Some(source) = context.evidence.source(&citation.source) else { continue };
        let lang = &source.record.lang;
        if base(lang) != base(&meta.record.language) && !source.flawed("/lang") {
            findings.push(
                case.id,
                RULE.finding(
                    case.entry.at(format!("/citations/{i}/quote")),
                    format!("a quote in `{lang}` without a translation"),
                )
                .known_by("")
                .help(format!(
                    "add `\"translation\": \"…\"`, the quote in `{}`",
                    meta.record.language
                )),
            );
        }
    }
}
