//! What a record lacks, in words.

use super::{
    child,
    example::OPEN_TEXT,
    nodes::{self, Node, Schema},
    problem::Problem,
    refusal::Refusal,
    words::{self, Held},
};
use crate::{
    document::{Json, unescape_token},
    text::{code_list, list, uncapital},
};

impl Refusal {
    /// Words a missing key; `because_of` is the one that asks for it.
    pub fn word_missing(&self, problem: &mut Problem, held: Held, because_of: Option<&str>) {
        let Held { root, record, again, .. } = held;
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
        let there = |one: &str| record.pointer(&child(parent, one)).is_some();
        let or = match (because_of, condition) {
            (Some(other), _) => format!("; or remove `{other}`"),
            (None, Some(condition)) => match condition.keys.as_slice() {
                [one] if there(one) && !again => format!("; or correct `{one}`, if that is wrong"),
                _ => String::new(),
            },
            (None, None) => String::new(),
        };
        let about = nodes::text(&nodes, "description").unwrap_or_default();
        // When it is needed was said.
        let brief = about.split("; ").next().filter(|_| !why.is_empty()).map(uncapital);
        let about = brief.or_else(|| words::about(&nodes)).filter(|about| !about.is_empty());
        let about = about.map(|about| format!(": {about}")).unwrap_or_default();
        let example = self.example(held).show(&nodes);
        let parts = parts(root, &nodes, &example);
        problem.pointer = parent.to_owned();
        problem.missing = vec![self.about.clone()];
        problem.message = format!("missing key `{key}`{why}");
        // What other records say there is no more than an example of it.
        let open = example.trim_matches(['[', ']']) == OPEN_TEXT;
        let add = if open { "add" } else { "add, for example," };
        problem.help = Some(format!("{add} `\"{key}\": {example}`{about}{parts}{or}"));
    }

    /// Words that none of several keys is there.
    pub fn word_missing_one_of(&self, problem: &mut Problem, held: Held, names: &[String]) {
        let root = held.root;
        let nodes = self.nodes(root, &self.at);
        let member = |name: &str| {
            let inner = nodes::inside(root, &nodes, name);
            let mut example = self.example(held);
            example.pointer = child(&self.at, name);
            format!("`\"{name}\": {}`", example.show(&inner))
        };
        let first = names[0].as_str();
        let also = nodes::asked_for(&nodes, first);
        let members: Vec<String> = [first].into_iter().chain(also).map(member).collect();
        problem.flaw = child(&self.at, first);
        problem.missing = names.iter().map(|name| child(&self.at, name)).collect();
        problem.message = format!("none of {} is given", code_list(names, "and"));
        let others = match &names[1..] {
            [] => String::new(),
            others => format!("; or one of {}", code_list(others, "and")),
        };
        problem.help = Some(format!("add {}{others}", list(&members, "with")));
    }
}

/// What the schema says of those members of an object that an example of it leaves open.
fn parts(root: &Schema, nodes: &[&Node], example: &str) -> String {
    let Ok((Json::Object(members), _)) = Json::parse(example) else { return String::new() };
    let open = members.iter().filter(|(_, value)| value.as_str() == Some("…"));
    let words = open.filter_map(|(key, _)| {
        let inner = nodes::inside(root, nodes, key);
        Some(format!("; `{key}`: {}", words::about(&inner)?))
    });
    words.collect()
}
