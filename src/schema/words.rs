//! What a refusal means, in words: what is wrong and what to write instead.

use super::{
    child,
    example::{Example, OPEN_TEXT},
    meant,
    nodes::{self, Node, Schema},
    problem::Problem,
    refusal::{Refusal, What},
};
use crate::{
    date::{self, Day},
    document::{Json, Part, unescape_token},
    text::{self, code_list, uncapital},
};

/// A record that is held against a schema, on a day.
#[derive(Clone, Copy)]
pub struct Held<'h> {
    pub root: &'h Schema,
    pub record: &'h Json<'h>,
    pub today: Option<Day>,
    /// Whether another key that the same condition asks for was already told.
    pub again: bool,
}

impl Refusal {
    /// The problem, worded for people.
    pub fn word(&self, held: Held) -> Problem {
        let Held { root, record, .. } = held;
        let (parent, name) = self.about.rsplit_once('/').unwrap_or(("", ""));
        let key = unescape_token(name).into_owned();
        let nodes = self.nodes(root, &self.about);
        let value = record.pointer(&self.about);
        let shown = value.map(show).unwrap_or_default();
        let what = subject(&self.about);
        let mut problem = Problem::about(&self.about);
        match &self.what {
            What::UnknownKey { meant, known } => {
                problem.part = Part::Key;
                match (meant, self.conditions.last()) {
                    (_, Some(condition)) if *known => problem.misplaced(&key, &condition.when()),
                    (Some(meant), _) => {
                        problem.flaw = child(parent, meant);
                        problem.replacement = Some(format!("\"{meant}\""));
                        problem.sure = text::is_sure(&key, meant);
                        problem.message = format!("unknown key `{key}`; did you mean `{meant}`?");
                        problem.help = Some(format!("write `\"{meant}\"`"));
                    }
                    _ => {
                        problem.message = format!("unknown key `{key}`");
                        problem.help = Some(self.other_keys(root, record, parent, &key));
                    }
                }
            }
            What::MissingKey { because_of } => {
                self.word_missing(&mut problem, held, because_of.as_deref());
            }
            What::MissingOneOf(names) => self.word_missing_one_of(&mut problem, held, names),
            What::Forbidden => {
                let when = self.conditions.last().map(super::condition::Condition::when);
                problem.misplaced(&key, &when.unwrap_or_default());
            }
            What::Type(wanted) => {
                let is = value.map_or("missing", type_of);
                problem.message = format!("{what} is {is}, not {wanted}");
                problem.help = Some(match value {
                    Some(Json::Number(number)) if wanted == "text" => {
                        problem.replacement = Some(format!("\"{number}\""));
                        format!("put it in quotes: `\"{number}\"`")
                    }
                    Some(Json::Null) => {
                        "leave the key out where there is nothing to say".to_owned()
                    }
                    Some(Json::String(_)) if wanted == "a list" && lists_text(root, &nodes) => {
                        let text = value.map(Json::to_value).unwrap_or_default();
                        problem.replacement = Some(format!("[{text}]"));
                        format!("put it in brackets: `[{}]`", text::shorten(&text.to_string(), 60))
                    }
                    _ => match self.example(held).show(&nodes) {
                        open if open == OPEN_TEXT => format!("write {wanted}"),
                        example => format!("write {wanted}, such as `{example}`"),
                    },
                });
            }
            What::Enum(options) => {
                let given = value.and_then(Json::as_str).unwrap_or(&shown);
                let (meant, sure) = meant::word(&nodes, given, options).unzip();
                let all = if options.len() <= 8 {
                    options.join(", ")
                } else {
                    format!("the {} words that {what} can be", options.len())
                };
                let meant_words =
                    meant.map(|m| format!("; did you mean `{m}`?")).unwrap_or_default();
                problem.message =
                    format!("`{}` is not one of {all}{meant_words}", text::shorten(given, 60));
                problem.replacement = meant.map(|m| format!("\"{m}\""));
                problem.sure = sure.unwrap_or_default();
                problem.help = Some(match meant {
                    Some(meant) => format!("write `\"{meant}\"`"),
                    None => format!("write one of {}", code_list(options, "or")),
                });
            }
            What::Const(wanted) => {
                problem.message = format!("{what} is `{shown}`, not `{wanted}`");
                problem.help = Some(format!("write `\"{wanted}\"`"));
            }
            What::Pattern { text_line } => {
                self.word_pattern(&mut problem, *text_line, &nodes, value)
            }
            What::Format(format) => {
                let given = value.and_then(Json::as_str).unwrap_or_default();
                let reason = match format.as_str() {
                    "date" => given.parse::<date::Day>().err(),
                    "edtf" => date::edtf_error(given),
                    "uri" => Some(format!("`{}` is not a valid address", text::shorten(given, 60))),
                    _ => None,
                };
                problem.message = reason.unwrap_or_else(|| {
                    format!("`{}` is no valid {format}", text::shorten(given, 60))
                });
                let mend = (format == "edtf").then(|| date::turned(given)).flatten();
                problem.help = match mend {
                    Some(turned) => Some(format!(
                        "write the earlier date first, `\"{turned}\"`, or correct the one that is wrong"
                    )),
                    None => nodes::text(&nodes, "x-error").map(str::to_owned),
                };
            }
            What::TooShort(limit) => {
                let length = value.and_then(Json::as_str).map_or(0, |t| t.chars().count());
                problem.message = format!(
                    "{what} has {}; it needs at least {limit}",
                    text::count(length, "character")
                );
                problem.help = Some(match about(&nodes) {
                    Some(about) => format!("say more: {about}"),
                    None => "say more".to_owned(),
                });
            }
            What::TooLong(limit) => {
                let length = value.and_then(Json::as_str).map_or(0, |t| t.chars().count());
                problem.message =
                    format!("{what} has {}; at most {limit} fit", text::count(length, "character"));
                problem.help = Some("shorten it, or divide what it says".to_owned());
            }
            What::TooFew(limit) => {
                problem.message =
                    format!("{what} needs at least {}", text::count(index(*limit), "entry"));
                problem.help = Some(if *limit == 1 && name != "citations" {
                    format!("add an entry, or remove `{key}`")
                } else {
                    format!("add an entry, such as `{}`", self.example(held).show(&nodes))
                });
            }
            What::TooMany(limit) => {
                let length = value.map_or(0, |v| v.items().len());
                problem.message =
                    format!("{what} has {}; at most {limit} fit", text::count(length, "entry"));
                problem.help = Some("keep those that matter most".to_owned());
            }
            What::NotUnique => {
                let items = value.map(Json::items).unwrap_or_default();
                let again =
                    (1..items.len()).find(|i| items[..*i].contains(&items[*i])).unwrap_or(0);
                problem.pointer = child(&self.about, &again.to_string());
                problem.message = match items.get(again) {
                    Some(Json::Object(_)) => {
                        let one = key.strip_suffix('s').unwrap_or("entry");
                        format!("{what} holds the same {one} twice")
                    }
                    other => format!("{what} lists {} twice", other.map(show).unwrap_or_default()),
                };
                problem.help = Some("remove the second one".to_owned());
            }
            What::Contains => {
                problem.message = nodes::text(&nodes, "x-error").map_or_else(
                    || format!("{what} lacks an entry that must be there"),
                    str::to_owned,
                );
                problem.help = Some(
                    "add the missing entry, or correct one of those that are there".to_owned(),
                );
            }
            What::Limit(limit) => {
                problem.message = format!("{what} is {shown}; it can be {limit}");
                problem.help = Some(format!("write a number that is {limit}"));
            }
            What::Other(words) => {
                problem.message.clone_from(words);
                if value.is_some() && self.about != self.at {
                    problem.part = Part::Key;
                }
                problem.help = nodes::text(&nodes, "x-error").map(str::to_owned);
            }
        }
        problem
    }

    /// What the schema says of a place in a record of this kind; what it says of a key of the same
    /// name in another kind of record is left aside.
    pub fn nodes<'s>(&self, root: &'s Schema, pointer: &str) -> Vec<&'s Node> {
        nodes::below(root, self.kind(root), pointer)
    }

    /// The schema of this kind of record.
    pub fn kind<'s>(&self, root: &'s Schema) -> &'s Schema {
        self.conditions.iter().find_map(|condition| condition.kind(root)).unwrap_or(root)
    }

    /// An example of what the value could be.
    pub fn example<'h>(&self, held: Held<'h>) -> Example<'h> {
        let Held { root, today, .. } = held;
        Example { root, top: self.kind(root), pointer: self.about.clone(), today }
    }

    /// What to write in place of a key that nobody knows: the one that the schema describes by its
    /// word, else what there is to choose from.
    fn other_keys(&self, root: &Schema, record: &Json, parent: &str, key: &str) -> String {
        let here = self.nodes(root, parent);
        let names = nodes::property_names(&here);
        let absent = |name: &&&str| record.pointer(&child(parent, name)).is_none();
        let described = names.iter().filter(absent).find_map(|name| {
            let about = about(&nodes::inside(root, &here, name))?;
            let mut words = about.split([':', ',']).skip(1).map(str::trim);
            words.any(|word| word == key).then_some((name, about))
        });
        match described {
            Some((name, about)) => format!(
                "write `\"{name}\"` if that is meant: {}; or begin it with `x_` to keep a remark of your own; known keys here are {}",
                about,
                code_list(&names, "and")
            ),
            None => format!(
                "remove it, or begin it with `x_` to keep a remark of your own; known keys here are {}",
                code_list(&names, "and")
            ),
        }
    }
}

/// What the schema says of a place, in one thought.
pub fn about(nodes: &[&Node]) -> Option<String> {
    Some(uncapital(nodes::text(nodes, "description")?).replace("; ", ", "))
}

/// What a pointer names, as the subject of a sentence: `` `amount` of `quantity` ``.
#[must_use]
pub fn subject(pointer: &str) -> String {
    let tokens: Vec<_> = pointer.split('/').skip(1).map(unescape_token).collect();
    let number = |token: &str| token.bytes().all(|b| b.is_ascii_digit());
    match tokens.as_slice() {
        [] => "the record".to_owned(),
        [.., list, i] if number(i) => {
            format!("entry {} of `{list}`", i.parse::<usize>().map_or(0, |i| i + 1))
        }
        [.., list, i, key] if number(i) => {
            format!("`{key}` in entry {} of `{list}`", i.parse::<usize>().map_or(0, |i| i + 1))
        }
        [.., parent, key] => format!("`{key}` of `{parent}`"),
        [key] => format!("`{key}`"),
    }
}

/// A value for the reader: text as it is, the rest as JSON.
pub fn show(value: &Json) -> String {
    match value {
        Json::String(text) => text::shorten(text, 60),
        other => text::shorten(&other.to_value().to_string(), 60),
    }
}

fn type_of(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "true or false",
        Json::Number(_) => "a number",
        Json::String(_) => "text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}

/// Whether the entries of a list can be text.
fn lists_text(root: &Schema, nodes: &[&Node]) -> bool {
    nodes::text(&nodes::inside(root, nodes, "0"), "type").is_none_or(|of| of == "string")
}

fn index(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}
