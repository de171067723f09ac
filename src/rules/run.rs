//! What rules look at, and how all of them are applied to a dataset.

use super::{Check, RULES, Rule, Statements, no_support};
use crate::{
    confidence::{Assessment, Evidence},
    date::Day,
    finding::{Finding, Texts},
    model::{Claim, Dataset, Entry, Status},
};
use rayon::prelude::*;
use std::sync::OnceLock;

/// What rules look at.
pub struct Context<'d> {
    /// The dataset.
    pub dataset: &'d Dataset,
    /// What is known of its sources.
    pub evidence: &'d Evidence<'d>,
    /// What the citations of each claim can carry, where that has been worked out before.
    assessments: Option<&'d [Option<Assessment<'d>>]>,
    /// The texts it was read from.
    pub texts: &'d Texts,
    /// The day that counts as today.
    pub as_of: AsOf,
    /// The sources that claims on the same cite, once somebody asks.
    pub(super) cited_on: OnceLock<no_support::CitedOn<'d>>,
}

impl<'d> Context<'d> {
    /// What is known of a dataset.
    #[must_use]
    pub fn new(
        dataset: &'d Dataset,
        evidence: &'d Evidence<'d>,
        texts: &'d Texts,
        as_of: AsOf,
    ) -> Self {
        let cited_on = OnceLock::new();
        Self { dataset, evidence, assessments: None, texts, as_of, cited_on }
    }

    /// The same of claims that have been assessed.
    #[must_use]
    pub fn assessed(self, assessments: &'d [Option<Assessment<'d>>]) -> Self {
        Self { assessments: Some(assessments), ..self }
    }

    /// The cases of some claims, of which the first has this place among all.
    fn cases<'c>(
        &'c self,
        first: usize,
        claims: &'c [(&'c String, &'c Entry<Claim>)],
        mut each: impl FnMut(&Case),
    ) {
        for (place, (id, entry)) in (first..).zip(claims) {
            let own;
            let assessment = match self.assessments {
                Some(assessments) => assessments.get(place).and_then(Option::as_ref),
                None => {
                    own = self.evidence.assess(entry);
                    own.as_ref()
                }
            };
            each(&Case { id, entry, assessment });
        }
    }

    /// What a claim needs that gets a status today, in words.
    pub(super) fn with_status(&self, status: &Status) -> String {
        format!(
            "`\"status\": \"{status}\"`, `\"status_date\": \"{}\"` and `\"status_note\": \"…\"`",
            self.as_of.day
        )
    }
}

/// The day that counts as today.
#[derive(Clone, Copy, Debug)]
pub struct AsOf {
    /// The day.
    pub day: Day,
    /// Whether somebody asked for it: only then a claim can be stale.
    pub asked: bool,
}

/// A claim in full, with what its citations can carry.
pub struct Case<'d> {
    /// The claim's id.
    pub id: &'d str,
    /// The claim.
    pub entry: &'d Entry<Claim>,
    /// What its citations can carry; none where that cannot be told.
    pub assessment: Option<&'d Assessment<'d>>,
}

impl<'d> Case<'d> {
    /// The assessment of a claim that is active or disputed.
    pub(super) fn standing(&self) -> Option<&'d Assessment<'d>> {
        self.assessment.filter(|_| self.entry.record.stands())
    }
}

/// What the rules say.
#[derive(Default)]
pub struct Findings(pub(super) Vec<Finding>);

impl Findings {
    pub(super) fn push(&mut self, id: &str, mut finding: Finding) {
        finding.id = Some(id.to_owned());
        self.0.push(finding);
    }
}

/// How many claims are looked at in a row.
const CHUNK: usize = 512;

/// Applies to a dataset every rule that is wanted.
#[must_use]
pub fn run(context: &Context, wanted: &(dyn Fn(&Rule) -> bool + Sync)) -> Vec<Finding> {
    let rules: Vec<&Rule> = RULES.iter().copied().filter(|rule| wanted(rule)).collect();
    let claim_rules: Vec<_> = rules
        .iter()
        .filter_map(|rule| if let Check::Claim(check) = rule.check { Some(check) } else { None })
        .collect();
    let claims: Vec<_> = match claim_rules.as_slice() {
        [] => Vec::new(),
        _ => context.dataset.claims.iter().collect(),
    };
    let of_claims = || -> Vec<Finding> {
        claims
            .par_chunks(CHUNK)
            .enumerate()
            .map(|(chunk, claims)| {
                let mut findings = Findings::default();
                context.cases(chunk * CHUNK, claims, |case| {
                    for check in &claim_rules {
                        check(context, case, &mut findings);
                    }
                });
                findings.0
            })
            .flatten_iter()
            .collect()
    };
    let of_dataset = || -> Vec<Finding> {
        rules
            .par_iter()
            .filter_map(
                |rule| if let Check::Dataset(check) = rule.check { Some(check) } else { None },
            )
            .map(|check| {
                let mut findings = Findings::default();
                check(context, &mut findings);
                findings.0
            })
            .flatten_iter()
            .collect()
    };
    let of_statements = || -> Vec<Finding> {
        let mut findings = Findings::default();
        let mut statements = None;
        for rule in &rules {
            if let Check::Statements(check) = rule.check {
                // Read once, for all of them.
                let statements = statements.get_or_insert_with(|| Statements::of(context.dataset));
                check(context, statements, &mut findings);
            }
        }
        findings.0
    };
    let (mut findings, (more, and_more)) =
        rayon::join(of_claims, || rayon::join(of_dataset, of_statements));
    findings.extend(more);
    findings.extend(and_more);
    findings
}
