//! Asking for what a record still needs, driven by its schema: only what is missing, in the order
//! in which people think, with what is there to choose from.

mod asker;
mod evidence;
mod pick;
mod whereabouts;
mod words;

pub use asker::{Asker, Choice, Chosen, Line, Offer};

use super::{Desk, Draft};
use crate::{
    error::Result,
    model::{RecordKind, Target},
    rules::Statements,
    schema::{self, Member, Takes},
};
use serde_json::{Value, json};
use words::{explained, hint, label, rank, usual};

/// A conversation about a new record, and about others that it turns out to need.
pub struct Interview<'i> {
    desk: &'i Desk,
    asker: &'i mut dyn Asker,
    /// What was typed that nothing there fits: an answer about the record that is made instead.
    typed: String,
    /// The other records.
    pub made: Vec<Draft>,
}

/// Members that are about the life of a record, which a new one has not had yet.
const LATER: &[&str] = &["$schema", "corrections", "status", "status_date", "status_note"];

impl<'i> Interview<'i> {
    /// Begins a conversation.
    pub fn new(desk: &'i Desk, asker: &'i mut dyn Asker) -> Self {
        Self { desk, asker, typed: String::new(), made: Vec::new() }
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
        let options: Vec<Offer> =
            members.iter().map(|member| Offer::of(label(&member.pointer))).collect();
        let choice = Choice { question: "Which one?", help: "", options: &options };
        let pointer = members[self.asker.one(&choice)?.at].pointer.clone();
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
            match pointers.as_slice() {
                [pointer] => self.ask(draft, pointer)?,
                _ => self.whereabouts(draft, &pointers)?,
            }
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
        let options: Vec<Offer> = open
            .iter()
            .map(|member| {
                Offer::of(format!("{}: {}", label(&member.pointer), about(draft.kind, member)))
            })
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
        let about = member.as_ref().map(|member| about(draft.kind, member)).unwrap_or_default();
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
            (Takes::Word(mut words), _) => {
                // Who only presses Enter claims the least.
                if let Some(usual) =
                    words.iter().position(|word| Some(word.as_str()) == usual(pointer))
                {
                    words[..=usual].rotate_right(1);
                }
                let options: Vec<Offer> =
                    words.iter().map(|word| Offer::of(explained(word, &about))).collect();
                let told = options.iter().zip(&words).any(|(offer, word)| offer.words != *word);
                let help = if told { "" } else { about.as_str() };
                let choice = Choice { question: &label(pointer), help, options: &options };
                draft.set(pointer, words[self.asker.one(&choice)?.at].as_str().into());
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
            "/name" | "/title" => std::mem::take(&mut self.typed),
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
                "/url" | "/doi" => whereabouts::known(desk, text),
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
}

/// What helps to answer for a member: in words of ours, unless the dataset's schema has its own.
fn about(kind: RecordKind, member: &Member) -> String {
    let (parent, _) = member.pointer.rsplit_once('/').unwrap_or_default();
    let built_in = schema::embedded_members(kind.as_str(), parent);
    match built_in.iter().find(|one| one.key == member.key).map(|one| &one.about) {
        Some(about) if *about == member.about => hint(&member.pointer).unwrap_or(about).to_owned(),
        _ => member.about.clone(),
    }
}
