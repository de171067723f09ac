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
mod rule;
mod run;
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

/// Findings that are made while a dataset is read, before there are records to look at.
pub mod reading {
    pub use super::{
        duplicate_key::finding as duplicate_key,
        encoding::{bom, not_utf8},
        not_canonical::finding as not_canonical,
        schema::finding as schema,
        syntax::{finding as syntax, spread},
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
    rule::{Check, Group, Rule},
    run::{AsOf, Case, Context, Findings, run},
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
