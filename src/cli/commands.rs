//! The page of `claimbook man --manual`: every command with its arguments, options and exit codes.

use crate::{error::Result, templates::Templates};
use clap::{Arg, ArgAction, Command, CommandFactory as _};
use serde::Serialize;

#[derive(Serialize)]
struct Page {
    about: String,
    /// The options that every command has.
    shared: Vec<Parameter>,
    commands: Vec<CommandView>,
}

#[derive(Serialize)]
struct CommandView {
    name: String,
    /// The first sentence.
    about: String,
    /// The rest, by paragraph.
    more: Vec<String>,
    usage: String,
    arguments: Vec<Parameter>,
    /// By heading.
    options: Vec<Group>,
    after: String,
    exits: Exits,
}

#[derive(Serialize)]
struct Group {
    heading: String,
    options: Vec<Parameter>,
}

/// An argument or an option.
#[derive(Serialize)]
struct Parameter {
    /// As it is written.
    written: String,
    about: String,
    /// The words it takes, each with what it means.
    words: Vec<(String, String)>,
    default: String,
}

/// What the exit codes of a command say.
#[derive(Clone, Copy, Serialize)]
struct Exits {
    clean: &'static str,
    /// Empty where the command finds nothing.
    found: &'static str,
    failed: &'static str,
}

/// The commands that can exit with 1, and what it says.
const FOUND: &[(&str, &str)] = &[
    ("check", "there are errors or warnings; with `--base`, new ones"),
    ("diff", "with `--exit-code`, something changed"),
    ("publish", "the dataset has errors; with `--check`, a published file is out of date"),
    ("release", "something stands in the way of a release"),
    ("verify", "something is not as it was released"),
    ("stats", "with `--check`, a number is out of date"),
    ("new claim", "the record would bring in errors, and was not written"),
    ("new source", "the record would bring in errors, and was not written"),
    ("new publisher", "the record would bring in errors, and was not written"),
    ("new subject", "the record would bring in errors, and was not written"),
    ("import", "something is wrong with the records, and none was written"),
    ("fix", "something is left to mend; with `--diff`, something would be mended"),
    ("fmt", "a file is no JSON; with `--check`, a file is not in canonical form"),
    ("ci", "the change brings in errors or warnings; with `--stale`, something is due"),
];

impl Exits {
    fn of(name: &str) -> Self {
        if name == "merge-driver" {
            let found = "conflicts are marked";
            return Self { clean: "0 merged", found, failed: "129 could not run" };
        }
        let found = FOUND.iter().find(|(other, _)| *other == name).map(|(_, found)| *found);
        Self {
            clean: if found.is_some() { "0 nothing of the kind" } else { "0 done" },
            found: found.unwrap_or_default(),
            failed: "2 could not run",
        }
    }
}

/// The page.
pub fn page(templates: &Templates) -> Result<String> {
    let mut root = super::Args::command().disable_help_subcommand(true);
    root.build();
    let mut commands = Vec::new();
    for command in root.get_subcommands() {
        let mut inner = command.get_subcommands().filter(|c| c.get_name() != "help").peekable();
        if inner.peek().is_none() {
            commands.push(CommandView::of(command.get_name(), command));
        }
        for inner in inner {
            let name = format!("{} {}", command.get_name(), inner.get_name());
            commands.push(CommandView::of(&name, inner));
        }
    }
    let shared =
        root.get_arguments().filter(|arg| arg.is_global_set()).map(Parameter::of).collect();
    let (first, more) = about(&root);
    let about = [vec![first], more].concat().join("\n\n");
    templates.render("commands.md", &Page { about, shared, commands })
}

impl CommandView {
    fn of(name: &str, command: &Command) -> Self {
        let (about, more) = about(command);
        let own = |arg: &&Arg| {
            let help = matches!(
                arg.get_action(),
                ArgAction::Help | ArgAction::HelpShort | ArgAction::HelpLong | ArgAction::Version
            );
            !arg.is_hide_set() && !arg.is_global_set() && !help
        };
        let (positional, flags): (Vec<&Arg>, Vec<&Arg>) =
            command.get_arguments().filter(own).partition(|arg| arg.is_positional());
        let mut options: Vec<Group> = Vec::new();
        for flag in flags {
            let heading = flag.get_help_heading().unwrap_or("Options");
            match options.iter_mut().find(|group| group.heading == heading) {
                Some(group) => group.options.push(Parameter::of(flag)),
                None => options.push(Group {
                    heading: heading.to_owned(),
                    options: vec![Parameter::of(flag)],
                }),
            }
        }
        let usage = command.clone().render_usage().to_string();
        let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        Self {
            name: name.to_owned(),
            about,
            more,
            usage: usage.trim_start_matches("Usage: ").to_owned(),
            arguments: positional.into_iter().map(Parameter::of).collect(),
            options,
            after: if after.starts_with("Exit codes") { String::new() } else { after },
            exits: Exits::of(name),
        }
    }
}

impl Parameter {
    fn of(arg: &Arg) -> Self {
        let words = arg.get_possible_values().into_iter().filter(|word| !word.is_hide_set());
        let words = words.map(|word| {
            let about = word.get_help().map(ToString::to_string).unwrap_or_default();
            (word.get_name().to_owned(), about)
        });
        let takes_value = arg.get_action().takes_values();
        let defaults = arg.get_default_values().iter().map(|value| value.to_string_lossy());
        let help = arg.get_long_help().or(arg.get_help()).map(ToString::to_string);
        Self {
            written: arg.to_string(),
            about: sentence(&help.unwrap_or_default()),
            words: if takes_value { words.collect() } else { Vec::new() },
            default: if takes_value {
                defaults.collect::<Vec<_>>().join(" ")
            } else {
                String::new()
            },
        }
    }
}

/// What a command says of itself: the first paragraph, and the others.
fn about(command: &Command) -> (String, Vec<String>) {
    let text = command.get_long_about().or(command.get_about()).map(ToString::to_string);
    let text = text.unwrap_or_default();
    let mut paragraphs = text.split("\n\n").map(sentence);
    (paragraphs.next().unwrap_or_default(), paragraphs.collect())
}

/// A text with its full stop, which clap takes from short ones.
fn sentence(text: &str) -> String {
    format!("{}.", text.trim_end_matches('.'))
}
