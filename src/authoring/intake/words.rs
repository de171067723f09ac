//! What a check says of a record, in the words of the form or table that it came from: fields and
//! columns take the place of keys, and values are told without JSON.

use super::{
    super::{Desk, Draft, offers::offer, plain::plain},
    Form, Incoming, Spot,
    issue::SECTIONS,
};
use crate::{
    document::Json,
    finding::Finding,
    model::{RecordKind, Target},
    schema::{Problem, Takes, subject},
    text::{code_list, plural, uncapital},
};

/// Somebody who has a record's file before their eyes.
pub struct Speaker<'s> {
    pub desk: &'s Desk,
    pub form: Form,
    pub incoming: &'s Incoming,
    pub called: Called,
}

/// What a member of a record of a kind is called where its key says nothing; none where it does.
pub type Called = fn(RecordKind, &str) -> Option<String>;

impl Speaker<'_> {
    /// Gives a finding the words of the file, and tells where in it the trouble is. `record` is the
    /// record as it was checked.
    pub fn speak(&self, finding: &mut Finding, record: &str) -> Spot {
        let problem = self.problem(finding, record);
        if let Some(problem) = problem.as_ref().filter(|problem| !problem.missing.is_empty()) {
            return self.lacks(finding, problem, record);
        }
        let pointer = finding.place.pointer.as_str();
        let spot = self.incoming.spot(pointer).clone();
        let own = pointer.rsplit('/').next().unwrap_or_default();
        let mut message = finding.message.clone();
        if problem.is_some_and(|problem| problem.is_misplaced()) {
            message = self.labelled(&message);
        }
        if message.contains("\": ") {
            message = plain(&message, own);
        }
        message = self.in_flags(&message);
        finding.help = match self.repeated(finding) {
            Some(help) => Some(help),
            None => finding.help.take().map(|help| self.in_flags(&plain(&help, own))),
        };
        // What the place is called need not be said twice.
        let called = [subject(pointer), format!("`{}`", self.label(pointer))];
        let rest = called.iter().find_map(|called| message.strip_prefix(called.as_str()));
        let own = self.incoming.says(pointer);
        finding.message = match rest {
            Some(rest) if own && rest.starts_with(' ') => format!("{}{rest}", spot.words),
            _ if own && finding.rule == "schema" => spot.with(&message.replace(&called[0], "it")),
            _ => spot.with(&message),
        };
        spot
    }

    /// What to do where the record is there already, mostly because its file was taken in before.
    fn repeated(&self, finding: &Finding) -> Option<String> {
        let repeats = ["duplicate-claim", "duplicate-source"].contains(&finding.rule);
        let id = finding.message.split('`').nth(1).filter(|_| repeats)?;
        Some(match self.form {
            Form::Issue => {
                format!("`{id}` is there already; where it is the same, nothing is to be added")
            }
            Form::Flags => format!("`{id}` is there already: `claimbook show {id}` shows it"),
            _ => format!(
                "leave the row out where it was taken in before; to change `{id}`, give the row that id, and --update"
            ),
        })
    }

    /// What the schema refused, of which the finding tells.
    fn problem(&self, finding: &Finding, record: &str) -> Option<Problem> {
        let (record, _) = Json::parse(record).ok().filter(|_| finding.rule == "schema")?;
        let problems = self.desk.schema(self.incoming.kind).problems(&record);
        problems.into_iter().find(|problem| problem.message == finding.message)
    }

    /// Tells what is missing, at the field or in the column where it is to stand.
    fn lacks(&self, finding: &mut Finding, problem: &Problem, record: &str) -> Spot {
        let asked: Vec<&String> =
            problem.missing.iter().filter(|pointer| self.asks(pointer)).collect();
        let pointer = asked.first().copied().or(problem.missing.first());
        let pointer = pointer.map_or("", String::as_str);
        let spot = self.incoming.spot(pointer).clone();
        let label = self.label(pointer);
        let why = problem.message.find(", which ").map(|at| self.labelled(&problem.message[at..]));
        let why = why.unwrap_or_default();
        let mut help = self.write(pointer, record);
        finding.message = match (asked.is_empty(), self.form) {
            (false, _) => format!("{} is empty{why}", spot.words),
            (true, Form::Issue) => {
                help = format!("add `### {label}`, and {help}");
                format!("there is no section `{label}`{why}")
            }
            (true, Form::Flags) => {
                let rest = help.strip_prefix("write it").map(str::to_owned);
                help = format!("add `{label}`{}", rest.unwrap_or_else(|| format!(": {help}")));
                spot.with(&format!("`{label}` is missing{why}"))
            }
            (true, _) => {
                help = match self.inside(pointer, record) {
                    inside if inside.is_empty() => format!("add a column `{label}`, and {help}"),
                    inside => {
                        let columns = plural(inside.len(), "column");
                        format!("add the {columns} {}", code_list(&inside, "and"))
                    }
                };
                spot.with(&format!("there is no `{label}`{why}"))
            }
        };
        if let [_, others @ ..] = asked.as_slice()
            && !others.is_empty()
        {
            let others: Vec<String> = others.iter().map(|other| self.label(other)).collect();
            help.push_str(&format!("; or fill in {} in its place", code_list(&others, "or")));
        }
        let said = problem.help.as_deref().unwrap_or_default();
        if let Some(at) = said.rfind("; or ") {
            help.push_str(&self.labelled(&plain(&said[at..], "")));
        }
        finding.help = Some(help);
        spot
    }

    /// What to write for a member that is missing.
    fn write(&self, pointer: &str, record: &str) -> String {
        let (kind, schema) = (self.incoming.kind, self.desk.schema(self.incoming.kind));
        if let Some(target) = Target::of(kind, pointer) {
            return offer(&self.desk.loaded.dataset, target);
        }
        let (parent, _) = pointer.rsplit_once('/').unwrap_or_default();
        let members = schema.members(parent);
        let Some(member) = members.iter().find(|member| member.pointer == pointer) else {
            return "write it".to_owned();
        };
        match &member.takes {
            Takes::Word(words) => format!("write {}", code_list(words, "or")),
            Takes::Record | Takes::Records => {
                format!("fill in {}", code_list(&self.inside(pointer, record), "and"))
            }
            _ => {
                // Prose is no form to follow.
                let such = member.example.as_ref().filter(|one| !one.contains(' '));
                let such = such.map(|one| format!(", such as `{one}`"));
                let about = Some(uncapital(&member.about)).filter(|about| !about.is_empty());
                let about = about.map(|about| format!(": {about}"));
                format!("write it{}{}", such.unwrap_or_default(), about.unwrap_or_default())
            }
        }
    }

    /// What is asked for inside a member that is missing, as the file calls it.
    fn inside(&self, pointer: &str, record: &str) -> Vec<String> {
        let value = serde_json::from_str(record).unwrap_or_default();
        let wanted = self.desk.wanted(&Draft { kind: self.incoming.kind, value });
        let within = format!("{pointer}/");
        let wanted = wanted.iter().flatten().filter(|pointer| pointer.starts_with(&within));
        wanted.map(|pointer| self.label(pointer)).collect()
    }

    /// Whether the file has a place for a member, filled in or not.
    fn asks(&self, pointer: &str) -> bool {
        let within = format!("{pointer}/");
        let mut says = self.incoming.says.iter();
        says.any(|say| say.pointer == pointer || say.pointer.starts_with(&within))
    }

    /// What a member is called in the file.
    fn label(&self, pointer: &str) -> String {
        if let Some(called) = (self.called)(self.incoming.kind, pointer) {
            return called;
        }
        let within = format!("{pointer}/");
        let fits = |other: &str| other == pointer || other.starts_with(&within);
        let mut sections = SECTIONS.iter().filter(|_| self.form == Form::Issue);
        let section = sections.find(|(_, kind, other)| *kind == self.incoming.kind && fits(other));
        let key = pointer.rsplit('/').next().unwrap_or_default();
        section.map_or(key, |(label, ..)| *label).to_owned()
    }

    /// Words with flags in the place of keys, where there are flags.
    fn in_flags(&self, words: &str) -> String {
        let mut words = words.to_owned();
        let schema = self.desk.schema(self.incoming.kind);
        let inside = ["", "/quantity", "/citations/0"].iter().filter(|_| self.form == Form::Flags);
        for member in inside.flat_map(|at| schema.members(at)) {
            if let Some(called) = (self.called)(self.incoming.kind, &member.pointer) {
                words = words.replace(&format!("`{}`", member.key), &format!("`{called}`"));
            }
        }
        words
    }

    /// Words with labels in the place of keys.
    fn labelled(&self, words: &str) -> String {
        let mut words = self.in_flags(words);
        let own = SECTIONS.iter().filter(|(_, kind, _)| *kind == self.incoming.kind);
        for (label, _, pointer) in own.filter(|_| self.form == Form::Issue) {
            let key = pointer.rsplit('/').next().unwrap_or_default();
            words = words.replace(&format!("`{key}`"), &format!("`{label}`"));
        }
        words
    }
}
