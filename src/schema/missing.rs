//! What a record lacks, in words.

use super::{
    child,
    example::example,
    nodes::{self, Schema},
    problem::Problem,
    refusal::Refusal,
};
use crate::{
    document::{Json, unescape_token},
    text::{code_list, list, uncapital},
};

impl Refusal {
    /// Words a missing key; `because_of` is the one that asks for it.
    pub fn word_missing(
        &self,
        problem: &mut Problem,
        root: &Schema,
        record: &Json,
        because_of: Option<&str>,
    ) {
        let (parent, name) = self.about.rsplit_once('/').unwrap_or(("", ""));
        let key = unescape_token(name);
        let nodes = self.nodes(root, &self.about);
        let condition = self.conditions.last();
        let condition = condition.filter(|found| because_of.is_none() && !found.is_dispatch(root));
        let why = match (because_of, condition) {
            (Some(other), _) => format!(", which `{other}` asks for"),
            (None, Some(condition)) => format!(", which is needed {}", condition.when()),
            (None, None) => String::new(),
        };
        // The key that is there may be the one at fault.
        let or = match condition.map(|condition| condition.keys.as_slice()) {
            Some([one]) => match record.pointer(&child(parent, one)) {
                Some(value) => {
                    let others = self.others(root, &child(parent, one), value);
                    format!("; or correct `{one}`{others}")
                }
                None => String::new(),
            },
            _ => String::new(),
        };
        let about = nodes::text(&nodes, "description");
        let about = about.map(|words| format!(": {}", uncapital(words))).unwrap_or_default();
        let example = example(root, self.kind(root), &self.about, &nodes);
        problem.pointer = parent.to_owned();
        problem.missing = vec![self.about.clone()];
        problem.message = format!("missing key `{key}`{why}");
        // What other records say there is no more than an example of it.
        let add = if example.contains('…') { "add" } else { "add, for example," };
        problem.help = Some(format!("{add} `\"{key}\": {example}`{about}{or}"));
    }

    /// What a value can be instead, behind a colon, where the schema lists it and that is short.
    fn others(&self, root: &Schema, pointer: &str, value: &Json) -> String {
        let nodes = self.nodes(root, pointer);
        let words = nodes::keyword(&nodes, "enum").map(Json::items).unwrap_or_default();
        let words: Vec<&str> =
            words.iter().filter(|word| *word != value).filter_map(Json::as_str).collect();
        if (1..=8).contains(&words.len()) {
            format!(": {}", code_list(&words, "or"))
        } else {
            String::new()
        }
    }

    /// Words that none of several keys is there.
    pub fn word_missing_one_of(&self, problem: &mut Problem, root: &Schema, names: &[String]) {
        let nodes = self.nodes(root, &self.at);
        let member = |name: &str| {
            let inner = nodes::inside(root, &nodes, name);
            format!(
                "`\"{name}\": {}`",
                example(root, self.kind(root), &child(&self.at, name), &inner)
            )
        };
        let first = names[0].as_str();
        let also = nodes::asked_for(&nodes, first);
        let members: Vec<String> = [first].into_iter().chain(also).map(member).collect();
        problem.flaw = child(&self.at, first);
        problem.missing = names.iter().map(|name| child(&self.at, name)).collect();
        problem.message = format!("none of {} is given", code_list(names, "and"));
        problem.help =
            Some(format!("add at least one of them, such as {}", list(&members, "with")));
    }
}
