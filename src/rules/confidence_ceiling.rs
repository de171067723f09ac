//! `confidence-ceiling`

use super::{Case, Check, Context, Findings, Group, Rule};
use crate::{
    confidence::{Assessment, Limit, Line},
    finding::Severity,
    model::{Claim, Confidence, Status},
    text::count,
};

pub const RULE: Rule = Rule {
    id: "confidence-ceiling",
    group: Group::Evidence,
    severity: Severity::Error,
    summary: "No claim declares more confidence than its citations can carry.",
    explain: "\
Confidence is how good the evidence is. What the citations can carry follows from how many
independent groups of sources there are, how reliable they are and whether one of them is
first-hand; `claimbook explain ID` lays it out for a claim. Sources of one owner, or copies of one
text, are one group.

Either lower `confidence`, or add a citation that carries it. Less than the ceiling is always allowed.",
    bad: "\"confidence\": \"high\" on one newspaper",
    good: "\"confidence\": \"low\", or a second, independent source",
    check: Check::Claim(check),
};

fn check(context: &Context, case: &Case, findings: &mut Findings) {
    let claim = &case.entry.record;
    let Some(assessment) = case.standing() else { return };
    let today = reviewed_today(context, case);
    let assessment = today.as_ref().unwrap_or(assessment);
    let Some(ceiling) = &assessment.ceiling else { return };
    if claim.confidence >= *ceiling {
        return;
    }
    // An unmarked dispute is told by `dispute-status`, with what it does to the confidence.
    if claim.status == Status::Active && !assessment.against.is_empty() {
        return;
    }
    let mut finding = RULE
        .finding(
            case.entry.at("/confidence"),
            format!(
                "`{}` is above `{ceiling}`, the most its citations can carry",
                claim.confidence
            ),
        )
        .known_by(claim.confidence.as_str())
        .help(help(context, claim, assessment, ceiling))
        .related(case.entry.at("/citations"), reason(assessment))
        .suggest(format!("lower it to `{ceiling}`"), format!("\"{ceiling}\""));
    for limit in &assessment.limits {
        if let Some((pointer, words)) = limit_place(limit) {
            finding = finding.related(case.entry.at(pointer), words);
        }
    }
    findings.push(case.id, finding);
}

/// What the citations can carry by today, where the review lies ahead, which `future-date` tells: how
/// old sources will be by then is no second mistake.
fn reviewed_today<'d>(context: &Context<'d>, case: &Case) -> Option<Assessment<'d>> {
    let day = context.as_of.day;
    case.entry.record.reviewed_day().filter(|reviewed| *reviewed > day.next())?;
    let mut entry = case.entry.clone();
    entry.record.reviewed = Some(day.to_string());
    context.evidence.assess(&entry)
}

fn help(context: &Context, claim: &Claim, assessment: &Assessment, ceiling: &Confidence) -> String {
    let mut ways = vec![format!("write `\"confidence\": \"{ceiling}\"`")];
    if context.evidence.at_first_hand(claim, assessment).is_some_and(|c| c <= claim.confidence) {
        ways.push(
            "say `\"directness\": \"primary\"` where a source is the act itself or first-hand"
                .to_owned(),
        );
    }
    let suggestions = context.evidence.suggestions(claim, assessment);
    if let Some(s) = suggestions.iter().find(|s| s.ceiling <= claim.confidence) {
        let primary = if s.primary { "primary " } else { "" };
        ways.push(format!(
            "add a {primary}citation of an independent publisher rated {} or better",
            s.letter
        ));
    }
    ways.join("; or ")
}

/// What the support amounts to, in a few words.
pub fn reason(assessment: &Assessment) -> String {
    let groups = count(assessment.support.len(), "independent group");
    let letters: Vec<&str> = assessment.support.iter().map(|group| group.letter.as_str()).collect();
    let letters = letters.join(", ");
    match assessment.line {
        Line::Corroborated => format!("{groups} ({letters}), one of them first-hand: high"),
        Line::Act => "the source is the act itself: high".to_owned(),
        Line::Credible => format!("{groups} ({letters}): moderate"),
        Line::FirstHand => format!("{groups} ({letters}), first-hand: moderate"),
        Line::Said => format!("{groups} ({letters}): low"),
        Line::Nothing => "no source that counts".to_owned(),
    }
}

fn limit_place(limit: &Limit) -> Option<(&'static str, String)> {
    match limit {
        Limit::Kind => {
            Some(("/kind", "this kind of claim never carries more than moderate".to_owned()))
        }
        Limit::Age { newest, months } => Some((
            "/reviewed",
            format!(
                "still running, and its newest source, of {newest}, is more than {months} months older: one level less"
            ),
        )),
        Limit::Dispute { .. } => None,
    }
}
