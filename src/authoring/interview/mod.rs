//! Asking for what a record still needs, driven by its schema: only what is missing, in the order
//! in which people think, with what is there to choose from.

mod asker;
mod pick;
mod words;

pub use asker::{Asker, Choice, Line};

use super::{Desk, Draft, Target, weigh};
use crate::{
    error::Result,
    model::Confidence,
    rules::{self, Statements},
    schema::{Member, Takes},
};
use serde_json::{Value, json};
use words::{explained, label, rank};

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
}
