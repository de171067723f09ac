//! The flags of `new`, one for each member that the schema of a kind of record names, and the
//! answers they give.

use crate::{
    model::{RecordKind, Target},
    schema::{self, Member, Takes},
    text::list,
};
use clap::{Arg, ArgAction, ArgMatches, Command};

/// A flag.
struct Flag {
    /// Its name, without hyphens.
    name: String,
    /// The member it answers for. `-` stands for the citation begun last.
    pointer: String,
    about: String,
    takes: Takes,
    role: Role,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// One answer.
    One,
    /// Adds to a list.
    Adds,
    /// Begins a citation.
    Begins,
    /// Says more about the citation begun last.
    Tells,
}

/// An answer given by a flag.
pub struct Answer {
    /// The flag, without hyphens.
    pub flag: String,
    /// The member, by JSON pointer.
    pub pointer: String,
    /// What it says.
    pub text: String,
    /// Whether it adds to a list.
    pub adds: bool,
}

/// The flags of a kind, in the order of its schema.
fn flags(kind: RecordKind) -> Vec<Flag> {
    let mut flags = Vec::new();
    for member in schema::embedded_members(kind.as_str(), "") {
        match (&member.takes, member.key.as_str()) {
            // Nothing of a new record was released.
            (_, "$schema" | "corrections") => {}
            (Takes::Record, _) => {
                let inner = schema::embedded_members(kind.as_str(), &member.pointer);
                flags.extend(inner.into_iter().map(|member| flag(member, Role::One)));
            }
            (Takes::Records, "citations") => {
                let inner = schema::embedded_members(kind.as_str(), "/citations/0");
                flags.extend(inner.into_iter().enumerate().map(|(i, member)| {
                    let member =
                        Member { pointer: format!("/citations/-/{}", member.key), ..member };
                    if i > 0 {
                        return flag(member, Role::Tells);
                    }
                    Flag {
                        about: "Begins a citation: id, title or address of its source. \
                                The flags after it are about this citation."
                            .to_owned(),
                        name: "cite".to_owned(),
                        ..flag(member, Role::Begins)
                    }
                }));
            }
            (Takes::Records | Takes::Texts, _) => flags.push(flag(member, Role::Adds)),
            _ => flags.push(flag(member, Role::One)),
        }
    }
    for flag in flags.iter_mut().filter(|flag| flag.role != Role::Begins) {
        if target(kind, &flag.pointer).is_some() {
            let names = if flag.role == Role::Adds { "or their names" } else { "or its name" };
            let about = flag.about.trim_end_matches('.');
            flag.about = match about.split_once(". ") {
                Some((ids, more)) => format!("{ids}, {names}. {more}."),
                None => format!("{about}, {names}."),
            };
        }
    }
    flags
}

/// What a flag refers to, if it does.
fn target(kind: RecordKind, pointer: &str) -> Option<Target> {
    Target::of(kind, &pointer.replace('-', "0"))
}

fn flag(member: Member, role: Role) -> Flag {
    let name = member.key.replace('_', "-");
    let name = match role {
        Role::Adds if name != "same-as" => {
            name.strip_suffix('s').map_or(name.clone(), str::to_owned)
        }
        _ => name,
    };
    let mut about = member.about;
    match (&member.takes, member.key.as_str()) {
        (Takes::Word(words), _) if !words.iter().any(|w| about.contains(&format!("{w}:"))) => {
            about = format!("{about} [{}]", words.join(", "));
        }
        (_, "authors") => about.push_str(" `Family, Given`, or the name of a body."),
        (_, "relations") => about = "Relation to another claim: TYPE:CLAIM.".to_owned(),
        _ => {}
    }
    Flag { name, pointer: member.pointer, about, takes: member.takes, role }
}

/// Adds the flags of a kind to its command.
pub fn add(kind: RecordKind, command: Command) -> Command {
    command.args(flags(kind).into_iter().map(|flag| {
        let value = match (&flag.takes, target(kind, &flag.pointer)) {
            (_, Some(_)) => "ID",
            (Takes::Word(_), _) => "WORD",
            _ => "TEXT",
        };
        let action = if flag.role == Role::One { ArgAction::Set } else { ArgAction::Append };
        let mut about = flag.about.trim_end_matches('.').to_owned();
        if flag.role == Role::Adds {
            about.push_str("; may be given several times");
            if Target::lists(&flag.pointer) {
                about.push_str(", or with `;` or commas between names");
            }
        }
        let heading = match flag.role {
            Role::Begins | Role::Tells => "Citations",
            _ => "Members",
        };
        Arg::new(flag.name.clone())
            .long(flag.name)
            .value_name(value)
            .help(about)
            .help_heading(heading)
            .allow_negative_numbers(true)
            .action(action)
    }))
}

/// The answers given, in the order of the command line; the flag that is about a citation where
/// none was begun, if there is one.
pub fn answers(kind: RecordKind, matches: &ArgMatches) -> Result<Vec<Answer>, String> {
    let flags = flags(kind);
    let mut found: Vec<(usize, &Flag, &String)> = Vec::new();
    for flag in &flags {
        let values = matches.get_many::<String>(&flag.name).into_iter().flatten();
        let places = matches.indices_of(&flag.name).into_iter().flatten();
        found.extend(places.zip(values).map(|(at, value)| (at, flag, value)));
    }
    found.sort_by_key(|(at, ..)| *at);
    let mut begun = 0_usize;
    let mut answers = Vec::new();
    for (_, flag, text) in found {
        begun += usize::from(flag.role == Role::Begins);
        let of_citation = matches!(flag.role, Role::Begins | Role::Tells);
        if of_citation && begun == 0 {
            return Err(flag.name.clone());
        }
        let pointer = match of_citation {
            true => flag.pointer.replace('-', &(begun - 1).to_string()),
            false => flag.pointer.clone(),
        };
        let adds = flag.role == Role::Adds;
        answers.push(Answer { flag: flag.name.clone(), pointer, text: text.clone(), adds });
    }
    Ok(answers)
}

/// The flag that answers for a member, as it is written.
pub fn called(kind: RecordKind, pointer: &str) -> Option<String> {
    Some(for_member(kind, pointer).0)
}

/// The flag that answers for a member, and what it wants to know.
pub fn for_member(kind: RecordKind, pointer: &str) -> (String, String) {
    let is_entry = |token: &str| !token.is_empty() && token.bytes().all(|b| b.is_ascii_digit());
    let tokens = pointer.split('/').map(|token| if is_entry(token) { "-" } else { token });
    let any = tokens.collect::<Vec<_>>().join("/");
    match flags(kind).into_iter().find(|flag| flag.pointer == any) {
        Some(Flag { name, takes: Takes::Word(words), .. }) => {
            (format!("--{name}"), list(&words, "or"))
        }
        Some(Flag { name, about, .. }) => (format!("--{name}"), about),
        None => (
            format!("--set {}=…", any.trim_start_matches('/')),
            "a member that the schema of this dataset asks for".to_owned(),
        ),
    }
}
