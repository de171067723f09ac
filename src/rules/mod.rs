//! The rules: what each is, and how it looks at a dataset. A rule is one file here and two lines
//! below; nothing in it prints, reads a file or asks the clock.

mod change;
mod confidence_ceiling;
mod confidence_unearned;
mod corrections_rewritten;
mod date_order;
mod derivation_cycle;
mod dispute_status;
mod duplicate_claim;
mod duplicate_id;
mod duplicate_key;
mod duplicate_source;
mod encoding;
mod expired_waiver;
mod file_name;
mod future_date;
mod high_contradiction;
mod invisible_text;
mod mass_change;
mod missing_successor;
mod no_support;
mod not_canonical;
mod quantity_range;
mod record_removed;
mod relation_cycle;
mod relation_target;
mod released_id_missing;
mod retracted_source;
mod schema;
mod similar_claim;
mod single_origin;
mod stale_claim;
mod statements;
mod status_transition;
mod syntax;
mod too_large;
mod tracking_parameter;
mod unexplained_contradiction;
mod unexplained_correction;
mod unknown_file;
mod unknown_reference;
mod unrated_publisher;
mod untranslated_quote;
mod unused_record;
mod unused_waiver;

use crate::{
    confidence::{Assessment, Evidence},
    date::Day,
    finding::{Finding, Place, Severity, Texts},
    model::{Claim, Dataset, Entry, Status},
};
use rayon::prelude::*;
use std::sync::OnceLock;

/// Findings that are made while a dataset is read, before there are records to look at.
pub mod reading {
    pub use super::{
        duplicate_key::finding as duplicate_key,
        encoding::{bom, not_utf8},
        not_canonical::finding as not_canonical,
        schema::finding as schema,
        syntax::finding as syntax,
        too_large::{file as file_too_large, nesting as too_deep},
        unknown_file::finding as unknown_file,
    };
}

pub use {
    change::{Acknowledgement, Change, Gone, Past, run_change},
    confidence_ceiling::reason as support_in_words,
    duplicate_source::same_work,
    expired_waiver::finding as expired_waiver,
    mass_change::allowed as weakened_in_silence,
    statements::Statements,
    unused_waiver::finding as unused_waiver,
};

/// The rule about the layout of records.
pub const LAYOUT: &str = not_canonical::RULE.id;

/// Every rule, by group and in the order of the manual.
pub const RULES: &[&Rule] = &[
    &syntax::RULE,
    &encoding::RULE,
    &duplicate_key::RULE,
    &too_large::RULE,
    &unknown_file::RULE,
    &schema::RULE,
    &file_name::RULE,
    &duplicate_id::RULE,
    &unknown_reference::RULE,
    &relation_cycle::RULE,
    &relation_target::RULE,
    &derivation_cycle::RULE,
    &missing_successor::RULE,
    &unused_record::RULE,
    &duplicate_claim::RULE,
    &similar_claim::RULE,
    &duplicate_source::RULE,
    &date_order::RULE,
    &future_date::RULE,
    &stale_claim::RULE,
    &confidence_ceiling::RULE,
    &no_support::RULE,
    &unexplained_contradiction::RULE,
    &dispute_status::RULE,
    &high_contradiction::RULE,
    &unrated_publisher::RULE,
    &retracted_source::RULE,
    &untranslated_quote::RULE,
    &single_origin::RULE,
    &not_canonical::RULE,
    &tracking_parameter::RULE,
    &invisible_text::RULE,
    &quantity_range::RULE,
    &unused_waiver::RULE,
    &expired_waiver::RULE,
    &record_removed::RULE,
    &released_id_missing::RULE,
    &status_transition::RULE,
    &confidence_unearned::RULE,
    &unexplained_correction::RULE,
    &corrections_rewritten::RULE,
    &mass_change::RULE,
];

/// The rule with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

/// A rule: its words and how it looks at a dataset.
pub struct Rule {
    /// Kebab-case, the name of its file.
    pub id: &'static str,
    /// Which chapter of the manual it is in.
    pub group: Group,
    /// How much its findings matter.
    pub severity: Severity,
    /// What it asks for, in one sentence.
    pub summary: &'static str,
    /// Why, and how to mend a finding: paragraphs of Markdown.
    pub explain: &'static str,
    /// Something it objects to.
    pub bad: &'static str,
    /// The same, mended.
    pub good: &'static str,
    /// How it looks at a dataset.
    pub check: Check,
}

/// The chapters of the manual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Whether files can be read and fit the schema.
    Reading,
    /// Whether what records refer to is there.
    References,
    /// Whether something is recorded twice.
    Duplicates,
    /// Whether dates agree.
    Time,
    /// Whether citations carry what is claimed.
    Evidence,
    /// How records are written.
    Form,
    /// Findings accepted for now.
    Waivers,
    /// What may not be done to a dataset, against a base.
    Change,
}

impl Group {
    /// The chapter's title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Reading => "Reading",
            Self::References => "References",
            Self::Duplicates => "Duplicates",
            Self::Time => "Time",
            Self::Evidence => "Evidence",
            Self::Form => "Form",
            Self::Waivers => "Waivers",
            Self::Change => "Change",
        }
    }
}

/// How a rule looks at a dataset.
pub enum Check {
    /// While it is read, or while waivers are applied: not here.
    Elsewhere,
    /// At one claim after the other, in any order.
    Claim(fn(&Context, &Case, &mut Findings)),
    /// At the whole.
    Dataset(fn(&Context, &mut Findings)),
    /// At what all claims say.
    Statements(fn(&Context, &Statements, &mut Findings)),
    /// At two versions of it.
    Change(fn(&Change, &mut Findings)),
}

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
    cited_on: OnceLock<no_support::CitedOn<'d>>,
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
    fn with_status(&self, status: &Status) -> String {
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
    fn standing(&self) -> Option<&'d Assessment<'d>> {
        self.assessment.filter(|_| self.entry.record.stands())
    }
}

/// What the rules say.
#[derive(Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    fn push(&mut self, id: &str, mut finding: Finding) {
        finding.id = Some(id.to_owned());
        self.0.push(finding);
    }
}

impl Rule {
    /// Whether its findings can be accepted for now: not where a file cannot be read, where the
    /// waivers themselves are at fault, or where commits acknowledge.
    #[must_use]
    pub fn can_be_waived(&self) -> bool {
        self.group != Group::Waivers
            && !matches!(self.id, "syntax" | "encoding" | "duplicate-key" | "mass-change")
    }

    /// A finding of this rule.
    #[must_use]
    pub fn finding(&self, place: Place, message: impl Into<String>) -> Finding {
        Finding::new(self.id, self.severity, place, message)
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
