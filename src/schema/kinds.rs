//! Records of two kinds under one schema, such as claims and tombstones: where the key that tells
//! them apart is itself at fault, the rest of the record says which kind is meant.

use super::{child, nodes, nodes::Schema, problem::Problem, words::show};
use crate::{
    document::{Json, Part},
    text::{is_sure, shorten},
};
use std::borrow::Cow;

/// A record as the other kind, with what is wrong about the key that tells the kinds apart.
pub struct Other<'r> {
    /// The record as it would then be.
    pub record: Json<'r>,
    /// What is wrong about the key.
    pub problem: Problem,
}

impl<'r> Other<'r> {
    /// The other kind of record, if the key that tells the kinds apart is among what is wrong.
    pub fn of(root: &'r Schema, record: &Json<'r>, told: &[Problem]) -> Option<Self> {
        let members = root.members().filter(|members| members.get("properties").is_none())?;
        let (key, schema) = nodes::properties(members.get("if")?.members()?).next()?;
        let wanted = schema.pointer("/const")?;
        let at = child("", key);
        let mut problem = told.iter().find(|problem| problem.flaw == at)?.clone();
        let should = wanted.to_value().to_string();
        if let Some(value) = record.pointer(&at) {
            problem.message = format!(
                "`{}` is not `{}`, as which the rest of the record is written",
                shorten(&show(value), 60),
                show(wanted)
            );
            problem.help = Some(format!("write `{should}`"));
            problem.replacement = Some(should);
            problem.sure = is_sure(&show(value), &show(wanted));
        } else if problem.part == Part::Value {
            problem.help = Some(format!("add `\"{key}\": {should}`"));
        }
        let wrong = problem.pointer.trim_start_matches('/');
        let mut kept: Vec<(Cow<str>, Json)> = record
            .members()?
            .iter()
            .filter(|(name, _)| name != wrong && name != key)
            .cloned()
            .collect();
        kept.push((key.into(), wanted.clone()));
        Some(Self { record: Json::Object(kept.into_iter().collect()), problem })
    }
}
