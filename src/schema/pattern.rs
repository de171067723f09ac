//! What a text of the wrong form means, in words.

use super::{
    meant,
    nodes::{self, Node},
    problem::Problem,
    refusal::Refusal,
    words::{about, subject},
};
use crate::{document::Json, text};

/// How long the reason behind a remedy may be.
const BRIEF: usize = 100;

impl Refusal {
    /// Words a text that a pattern refuses; `text_line` tells whether it is the one of all text.
    pub fn word_pattern(
        &self,
        problem: &mut Problem,
        text_line: bool,
        nodes: &[&Node],
        value: Option<&Json>,
    ) {
        let given = value.and_then(Json::as_str).unwrap_or_default();
        let what = subject(&self.about);
        let wanted = nodes::text(nodes, "x-error").map(str::to_owned);
        if let Some(invisible) = Problem::invisible(&self.about, given) {
            *problem = invisible;
        } else if let Some(open) = Problem::unwritten(&self.about, given, || about(nodes)) {
            *problem = open;
        } else if given.is_empty() {
            problem.message = format!("{what} is empty");
            problem.help = Some(wanted.unwrap_or_else(|| "write it, or remove the key".to_owned()));
        } else if given.trim() != given {
            let end = if given.trim_start() == given { "ends" } else { "begins" };
            problem.message = format!("{what} {end} with white space");
            let trimmed = serde_json::Value::from(given.trim()).to_string();
            problem.help = Some(format!("write `{}`", text::shorten(&trimmed, 60)));
            problem.replacement = Some(trimmed);
        } else if let (true, Some(first)) = (text_line, given.chars().next()) {
            problem.message =
                format!("{what} begins with `{first}`, which spreadsheets take for a formula");
            problem.help = Some(format!(
                "begin it with a word; text that must begin so can stand in quotation marks: “{first}…”"
            ));
        } else {
            problem.message = format!("{what} cannot be `{}`", text::shorten(given, 60));
            let meant = meant::texts(nodes, given);
            problem.replacement = match meant.as_slice() {
                [certain] => Some(meant::quoted(certain)),
                [] => meant::id(nodes, given),
                _ => None,
            };
            let write = (!meant.is_empty()).then(|| meant::write(&meant));
            let near = || Some(format!("write `{}`", meant::id(nodes, given)?));
            // What is asked for in general, where that is short.
            let brief =
                wanted.as_deref().map(|wanted| wanted.split(", such as").next().unwrap_or(wanted));
            let brief = brief.filter(|brief| brief.chars().count() <= BRIEF && meant.len() < 2);
            let why = brief.map(|brief| format!(": {brief}")).unwrap_or_default();
            let write = write.or_else(near).map(|write| format!("{write}{why}"));
            problem.help = write.or(wanted).or_else(|| {
                nodes::text(nodes, "pattern")
                    .map(|pattern| format!("it must match the pattern {pattern}"))
            });
        }
    }
}
