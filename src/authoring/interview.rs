//! Asking for what a record still needs, driven by its schema: only what is missing, in the order
//! in which people think, with what is there to choose from.

use super::{Desk, Draft, Target, weigh};
use crate::{
    error::Result,
    model::{Confidence, Dataset, RecordKind},
    rules::{self, Statements},
    schema::{Member, Takes},
};
use serde_json::{Value, json};

/// Who answers: a person at a terminal, or a test.
pub trait Asker {
    /// A line of text; may be empty.
    ///
    /// # Errors
    /// Where the person stops.
    fn line(&mut self, question: &Line) -> Result<String>;
    /// One of several, by index.
    ///
    /// # Errors
    /// As for [`Asker::line`].
    fn one(&mut self, choice: &Choice) -> Result<usize>;
    /// Any of several, by index.
    ///
    /// # Errors
    /// As for [`Asker::line`].
    fn some(&mut self, choice: &Choice) -> Result<Vec<usize>>;
    /// Yes or no.
    ///
    /// # Errors
    /// As for [`Asker::line`].
    fn yes(&mut self, question: &str, usual: bool) -> Result<bool>;
    /// Something worth knowing.
    fn tell(&mut self, text: &str);
}

/// A question that a line of text answers.
pub struct Line<'q> {
    /// What it asks for.
    pub question: &'q str,
    /// What that means.
    pub help: &'q str,
    /// What stands there already.
    pub initial: &'q str,
    /// What is wrong with an answer.
    pub check: &'q dyn Fn(&str) -> Option<String>,
    /// What is there already that is like an answer.
    pub near: &'q dyn Fn(&str) -> Vec<String>,
}

/// A question that has answers to choose from.
pub struct Choice<'q> {
    /// What it asks for.
    pub question: &'q str,
    /// What that means.
    pub help: &'q str,
    /// The answers.
    pub options: &'q [String],
}

/// A conversation about a new record, and about others that it turns out to need.
pub struct Interview<'i> {
    desk: &'i Desk,
    asker: &'i mut dyn Asker,
    /// The other records.
    pub made: Vec<Draft>,
}

/// Members that are about the life of a record, which a new one has not had yet.
const LATER: &[&str] = &["$schema", "corrections", "status", "status_date", "status_note"];

impl<'i> Interview<'i> {
    /// Begins a conversation.
    pub fn new(desk: &'i Desk, asker: &'i mut dyn Asker) -> Self {
        Self { desk, asker, made: Vec::new() }
    }

    /// Who answers.
    pub fn asker(&mut self) -> &mut dyn Asker {
        self.asker
    }

    /// Asks which answer is to be another one, and for it.
    ///
    /// # Errors
    /// Where the person stops.
    pub fn change(&mut self, draft: &mut Draft) -> Result<()> {
        let members = self.desk.schema(draft.kind).members("");
        let members: Vec<&Member> =
            members.iter().filter(|m| m.key != "$schema" && draft.has(&m.pointer)).collect();
        let options: Vec<String> = members.iter().map(|member| label(&member.pointer)).collect();
        let choice = Choice { question: "Which one?", help: "", options: &options };
        let pointer = members[self.asker.one(&choice)?].pointer.clone();
        let before = draft.clone();
        draft.remove(&pointer);
        self.ask(draft, &pointer)?;
        self.needed(draft, false)?;
        if *draft == before {
            self.asker.tell("as it was");
        }
        Ok(())
    }

    /// Asks for everything that a record still needs, and whether there is more to say.
    ///
    /// # Errors
    /// Where the person stops.
    pub fn complete(&mut self, draft: &mut Draft) -> Result<()> {
        self.needed(draft, true)?;
        self.more(draft)?;
        self.needed(draft, false)
    }

    /// Asks for what is missing, or wrong; for the id only at the end.
    fn needed(&mut self, draft: &mut Draft, but_id: bool) -> Result<()> {
        let schema = self.desk.schema(draft.kind);
        loop {
            self.desk.fill(draft);
            let problems = draft.read(|json| schema.problems(json));
            if let Some(wrong) = problems.iter().find(|problem| problem.missing.is_empty()) {
                self.asker.tell(&wrong.message);
                // Of a list, the whole is asked for again.
                let top = wrong.pointer.split('/').nth(1).unwrap_or_default();
                draft.remove(&format!("/{top}"));
            }
            let mut missing = draft.missing(schema);
            missing.sort_by_key(|pointers| rank(draft.kind, &pointers[0]));
            missing.retain(|pointers| !but_id || pointers[0] != "/id");
            let Some(pointers) = missing.into_iter().next() else { return Ok(()) };
            let names: Vec<String> = pointers.iter().map(|p| label(p)).collect();
            let at = match pointers.len() {
                1 => 0,
                _ => self.asker.one(&Choice {
                    question: "Where can it be found?",
                    help: "One of these is needed",
                    options: &names,
                })?,
            };
            self.ask(draft, &pointers[at])?;
        }
    }

    /// Asks whether there is more to say, and for it.
    fn more(&mut self, draft: &mut Draft) -> Result<()> {
        let schema = self.desk.schema(draft.kind);
        let open: Vec<Member> = schema
            .members("")
            .into_iter()
            .filter(|member| member.key != "id" && !LATER.contains(&member.key.as_str()))
            .filter(|member| !draft.has(&member.pointer) && draft.may_have(schema, member))
            .collect();
        let options: Vec<String> = open
            .iter()
            .map(|member| format!("{}: {}", label(&member.pointer), member.about))
            .collect();
        if options.is_empty() {
            return Ok(());
        }
        let chosen = self.asker.some(&Choice {
            question: "Anything more?",
            help: "Space marks, Enter goes on",
            options: &options,
        })?;
        chosen.into_iter().try_for_each(|i| self.ask(draft, &open[i].pointer))
    }

    /// Asks for one member, and puts the answer into the draft.
    ///
    /// # Errors
    /// Where the person stops.
    pub fn ask(&mut self, draft: &mut Draft, pointer: &str) -> Result<()> {
        let schema = self.desk.schema(draft.kind);
        let (parent, key) = pointer.rsplit_once('/').unwrap_or_default();
        let member = schema.members(parent).into_iter().find(|member| member.key == key);
        let about = member.as_ref().map(|member| member.about.clone()).unwrap_or_default();
        let takes = member.map_or(Takes::Other, |member| member.takes);
        let target = Target::of(draft.kind, pointer);
        match (takes, target) {
            _ if pointer == "/confidence" => self.confidence(draft, &about),
            (Takes::Records, _) if pointer == "/citations" => self.citations(draft),
            (Takes::Records, _) if pointer == "/relations" => self.relations(draft),
            (Takes::Text, Some(target)) => {
                let id = self.pick(target, &label(pointer), &about)?;
                draft.set(pointer, id.into());
                Ok(())
            }
            (Takes::Texts, Some(target)) => {
                let ids = self.pick_some(target, &label(pointer), &about)?;
                draft.set(pointer, ids.into());
                Ok(())
            }
            (Takes::Word(words), _) => {
                let options: Vec<String> =
                    words.iter().map(|word| explained(word, &about)).collect();
                let help = if options == words { about.as_str() } else { "" };
                let at = self.asker.one(&Choice {
                    question: &label(pointer),
                    help,
                    options: &options,
                })?;
                draft.set(pointer, words[at].as_str().into());
                Ok(())
            }
            // What is needed inside is asked for next.
            (Takes::Record, _) => {
                draft.set(pointer, json!({}));
                let inner =
                    draft.missing(schema).into_iter().flatten().filter(|p| p.starts_with(pointer));
                inner.collect::<Vec<_>>().iter().try_for_each(|inner| self.ask(draft, inner))
            }
            (takes, _) => self.line(draft, pointer, &about, &takes),
        }
    }

    fn line(&mut self, draft: &mut Draft, pointer: &str, about: &str, takes: &Takes) -> Result<()> {
        let (desk, kind) = (self.desk, draft.kind);
        let schema = desk.schema(kind);
        let help = match (takes, pointer) {
            (_, "/authors") => "`Family, Given`, or the name of a body; with `;` between them",
            (Takes::Texts, _) => "with `;` between them",
            _ => about,
        };
        let initial = match pointer {
            "/id" => desk.suggest_id(draft),
            _ => String::new(),
        };
        let given = draft.clone();
        let is_made = |id: &str| self.made.iter().any(|made| made.kind == kind && made.id() == id);
        let check = |text: &str| {
            let mut tried = given.clone();
            tried.say(schema, pointer, text);
            if !tried.has(pointer) {
                return Some("an answer is needed".to_owned());
            }
            let known = || match pointer {
                "/id" if desk.is_taken(kind, text.trim()) || is_made(text.trim()) => {
                    Some(format!("there is a {} `{}` already", kind.as_str(), text.trim()))
                }
                "/url" | "/doi" => {
                    let id = rules::same_work(&desk.loaded.dataset, text.trim())?;
                    Some(format!("the dataset has it already, as `{id}`"))
                }
                _ => None,
            };
            tried.complaint(schema, pointer).or_else(known)
        };
        let statements = (pointer == "/statement").then(|| Statements::of(&desk.loaded.dataset));
        let near = |text: &str| match &statements {
            Some(statements) if text.split_whitespace().count() > 2 => statements
                .near(text, 4)
                .into_iter()
                .map(|i| statements.claim(i).1.record.statement.clone())
                .collect(),
            _ => Vec::new(),
        };
        let question = label(pointer);
        let answer = self.asker.line(&Line {
            question: &question,
            help,
            initial: &initial,
            check: &check,
            near: &near,
        })?;
        draft.say(schema, pointer, &answer);
        let Some(statements) = statements else { return Ok(()) };
        let near = statements.near(&answer, 3);
        if near.is_empty() {
            return Ok(());
        }
        self.asker.tell("claims that say something near:");
        for (id, entry) in near.into_iter().map(|i| statements.claim(i)) {
            self.asker.tell(&format!("  {id}: {}", entry.record.statement));
        }
        if self.asker.yes("Is yours another one?", true)? {
            return Ok(());
        }
        draft.remove(pointer);
        Err(super::stopped("the claim is there already")
            .hint("`claimbook show ID` shows it; add your source to its citations"))
    }

    /// Asks for citations, one after the other.
    fn citations(&mut self, draft: &mut Draft) -> Result<()> {
        loop {
            let at =
                draft.value.pointer("/citations").and_then(Value::as_array).map_or(0, Vec::len);
            for key in ["source", "stance", "directness", "shows"] {
                self.ask(draft, &format!("/citations/{at}/{key}"))?;
            }
            if let Some(ceiling) = weigh::ceiling(&self.desk.loaded.dataset, &self.made, draft) {
                self.asker.tell(&ceiling.to_string());
            }
            if !self.asker.yes("Another citation?", false)? {
                return Ok(());
            }
        }
    }

    fn relations(&mut self, draft: &mut Draft) -> Result<()> {
        loop {
            let at =
                draft.value.pointer("/relations").and_then(Value::as_array).map_or(0, Vec::len);
            self.ask(draft, &format!("/relations/{at}/type"))?;
            self.ask(draft, &format!("/relations/{at}/claim"))?;
            if !self.asker.yes("Another relation?", false)? {
                return Ok(());
            }
        }
    }

    /// Asks for the confidence, of what the citations can carry.
    fn confidence(&mut self, draft: &mut Draft, about: &str) -> Result<()> {
        let schema = self.desk.schema(draft.kind);
        let members = schema.members("");
        let takes = members.iter().find(|m| m.key == "confidence").map(|m| m.takes.clone());
        let Some(Takes::Word(mut words)) = takes else { return Ok(()) };
        let ceiling = weigh::ceiling(&self.desk.loaded.dataset, &self.made, draft);
        if let Some(ceiling) = &ceiling {
            self.asker.tell(&ceiling.to_string());
        }
        if let Some(most) = ceiling.and_then(|ceiling| ceiling.confidence) {
            words.retain(|word| Confidence::lenient(word) >= most);
        }
        let options: Vec<String> = words.iter().map(|word| explained(word, about)).collect();
        let question = "Confidence: how good is the evidence?";
        let at = self.asker.one(&Choice { question, help: "", options: &options })?;
        draft.set("/confidence", words[at].as_str().into());
        Ok(())
    }

    /// Lets choose a record or word that is there, or makes a record.
    fn pick(&mut self, target: Target, question: &str, about: &str) -> Result<String> {
        let mut known = self.known(target);
        let new = new_one(target);
        if let Some(new) = &new {
            known.insert(0, (String::new(), new.clone()));
        }
        let options: Vec<String> = known.iter().map(|(_, words)| words.clone()).collect();
        let at = self.asker.one(&Choice { question, help: about, options: &options })?;
        match (target, known[at].0.as_str()) {
            (Target::Record(kind), "") => self.make(kind),
            (_, id) => Ok(id.to_owned()),
        }
    }

    fn pick_some(&mut self, target: Target, question: &str, about: &str) -> Result<Vec<String>> {
        let mut known = self.known(target);
        if let Some(new) = new_one(target) {
            known.insert(0, (String::new(), new));
        }
        let options: Vec<String> = known.iter().map(|(_, words)| words.clone()).collect();
        loop {
            let chosen = self.asker.some(&Choice { question, help: about, options: &options })?;
            if chosen.is_empty() {
                self.asker
                    .tell("at least one is needed: type to search, Space marks, Enter goes on");
                continue;
            }
            let mut ids = Vec::new();
            for at in chosen {
                ids.push(match (target, known[at].0.as_str()) {
                    (Target::Record(kind), "") => self.make(kind)?,
                    (_, id) => id.to_owned(),
                });
            }
            return Ok(ids);
        }
    }

    /// Makes another record that this one needs.
    fn make(&mut self, kind: RecordKind) -> Result<String> {
        self.asker.tell(&format!("a new {}:", kind.as_str()));
        let mut draft = Draft::new(kind);
        self.complete(&mut draft)?;
        let id = draft.id().to_owned();
        self.made.push(draft);
        Ok(id)
    }

    /// Ids of what a reference can lead to, with the words to know it by.
    fn known(&self, target: Target) -> Vec<(String, String)> {
        let dataset = &self.desk.loaded.dataset;
        let made =
            self.made.iter().filter(|draft| Target::Record(draft.kind) == target).map(|draft| {
                let name = ["/name", "/title", "/statement"].map(|p| draft.text(p)).concat();
                (draft.id().to_owned(), format!("{name} [{}]", draft.id()))
            });
        made.chain(there(dataset, target)).collect()
    }
}

/// What a dataset has that a reference can lead to.
fn there(dataset: &Dataset, target: Target) -> Vec<(String, String)> {
    let called = |id: &str, words: String| (id.to_owned(), format!("{words} [{id}]"));
    let meta = dataset.meta.as_ref().map(|meta| &meta.record);
    match target {
        Target::Topic | Target::Unit => {
            let words = meta.map(|m| if target == Target::Topic { &m.topics } else { &m.units });
            let all = words.into_iter().flat_map(|words| words.iter());
            all.map(|(id, label)| called(id, label.label.clone())).collect()
        }
        Target::Record(RecordKind::Claim) => {
            dataset.claims.iter().map(|(id, e)| called(id, e.record.statement.clone())).collect()
        }
        Target::Record(RecordKind::Subject) => {
            dataset.subjects.iter().map(|(id, e)| called(id, e.record.name.clone())).collect()
        }
        Target::Record(RecordKind::Publisher) => {
            let words = |e: &crate::model::Publisher| format!("{} ({})", e.name, e.reliability);
            dataset.publishers.iter().map(|(id, e)| called(id, words(&e.record))).collect()
        }
        Target::Record(RecordKind::Source) => {
            let words = |e: &crate::model::Source| {
                let publisher = dataset.publishers.get(&e.publisher);
                let name = publisher.map_or(e.publisher.as_str(), |p| p.record.name.as_str());
                let english = e.title_en.as_ref().map(|t| format!(" / {t}")).unwrap_or_default();
                format!("{}{english}, {name}, {}", e.title, e.issued.as_str())
            };
            dataset.sources.iter().map(|(id, e)| called(id, words(&e.record))).collect()
        }
    }
}

/// The answer that makes a new record; none for claims, which are not made on the way.
fn new_one(target: Target) -> Option<String> {
    match target {
        Target::Record(RecordKind::Claim) | Target::Topic | Target::Unit => None,
        Target::Record(kind) => Some(format!("+ a new {}", kind.as_str())),
    }
}

/// In which order people think of a record: what it says first, its confidence after the
/// citations, its id last.
fn rank(kind: RecordKind, pointer: &str) -> usize {
    let order: &[&str] = match kind {
        RecordKind::Claim => &["/statement", "/kind", "/subjects", "/topics", "/date", "/quantity"],
        RecordKind::Source => &["/url", "/title", "/type", "/publisher"],
        RecordKind::Publisher | RecordKind::Subject => &["/name", "/kind"],
    };
    match pointer {
        "/id" => usize::MAX,
        "/confidence" => usize::MAX - 1,
        _ => order.iter().position(|first| pointer.starts_with(first)).unwrap_or(order.len()),
    }
}

/// What a member is called in a question.
fn label(pointer: &str) -> String {
    let key = pointer.rsplit('/').next().unwrap_or_default();
    match key {
        "shows" => return "What does the source show?".to_owned(),
        "doi" | "isbn" | "id" | "url" => return key.to_uppercase(),
        "lang" => return "Language".to_owned(),
        "type" if !pointer.contains("relations") => return "Kind of work".to_owned(),
        _ => {}
    }
    let words = key.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A word with what a description says of it: `word: …`.
fn explained(word: &str, about: &str) -> String {
    let sentences = about.split(['.', ';']).map(str::trim);
    let own = sentences.filter_map(|sentence| sentence.strip_prefix(word)?.strip_prefix(": "));
    own.map(|words| format!("{word}: {words}")).next().unwrap_or_else(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_explained_by_their_description() {
        let about = "event: something that happened. state: how things stand.";
        assert_eq!(explained("state", about), "state: how things stand");
        assert_eq!(explained("other", about), "other");
        assert_eq!(label("/confidence_note"), "Confidence note");
    }
}
