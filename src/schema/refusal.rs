//! The errors of a validator, reduced to what they are about, and which of them only follow from
//! another mistake.

use super::{
    child,
    condition::{Condition, conditions},
    nodes::{self, Node, Schema},
};
use crate::{
    document::Json,
    text::{self, did_you_mean},
};
use jsonschema::{
    JsonType, ValidationError,
    error::{TypeKind, ValidationErrorKind as Kind},
};

/// A keyword that refused a part of the record.
pub struct Refusal {
    /// Pointer of the value that was refused; of the object, where a key is missing or unknown.
    pub at: String,
    /// Pointer of what it is about: for a missing or unknown key, of that member.
    pub about: String,
    /// What the keyword wants.
    pub what: What,
    /// The conditions that lead to the keyword, from the outermost.
    pub conditions: Vec<Condition>,
}

/// What a keyword wants and does not get.
pub enum What {
    Type(String),
    /// An unknown key, the known one it was meant to be, and whether other schemas here know it.
    UnknownKey {
        meant: Option<String>,
        known: bool,
    },
    MissingKey {
        because_of: Option<String>,
    },
    MissingOneOf(Vec<String>),
    Forbidden,
    Enum(Vec<String>),
    Const(String),
    Pattern {
        text_line: bool,
    },
    Format(String),
    TooShort(u64),
    TooLong(u64),
    TooFew(u64),
    TooMany(u64),
    NotUnique,
    Contains,
    Limit(String),
    Other(String),
}

impl Refusal {
    /// What an error of the validator is about.
    pub fn of(root: &Schema, record: &Json, error: &ValidationError) -> Vec<Self> {
        let at = error.instance_path().as_str().to_owned();
        let conditions = conditions(root, &at, error.evaluation_path().as_str());
        let one = |about: String, what: What| Self {
            at: at.clone(),
            about,
            what,
            conditions: conditions.clone(),
        };
        let here = |what: What| vec![one(at.clone(), what)];
        let options = |value: &serde_json::Value| -> Vec<String> {
            value.as_array().into_iter().flatten().map(plain).collect()
        };
        match error.kind() {
            Kind::AdditionalProperties { unexpected }
            | Kind::UnevaluatedProperties { unexpected } => {
                let known = nodes::property_names(&nodes::at(root, &at));
                let members = record.pointer(&at).and_then(Json::members);
                let absent = |name: &&str| members.is_none_or(|m| m.get(name).is_none());
                unexpected
                    .iter()
                    .map(|key| {
                        let meant = did_you_mean(key, known.iter().copied().filter(absent));
                        one(
                            child(&at, key),
                            What::UnknownKey {
                                meant: meant.map(str::to_owned),
                                known: known.contains(&key.as_str()),
                            },
                        )
                    })
                    .collect()
            }
            Kind::Required { property } => {
                let name = plain(property);
                let because_of = error
                    .schema_path()
                    .as_str()
                    .split_once("/dependentRequired")
                    .and_then(|(node, _)| {
                        root.pointer(node)?.members()?.get("dependentRequired")?.members()
                    })
                    .and_then(|lists| asks_for(lists, record.pointer(&at)?, &name));
                vec![one(child(&at, &name), What::MissingKey { because_of })]
            }
            Kind::AnyOf { context } => {
                let wanted: Vec<String> = context
                    .iter()
                    .flatten()
                    .filter_map(|e| match e.kind() {
                        Kind::Required { property } => Some(plain(property)),
                        _ => None,
                    })
                    .collect();
                if wanted.len() == context.len() {
                    here(What::MissingOneOf(wanted))
                } else {
                    best_branch(context).iter().flat_map(|e| Self::of(root, record, e)).collect()
                }
            }
            Kind::OneOfNotValid { context } => {
                best_branch(context).iter().flat_map(|e| Self::of(root, record, e)).collect()
            }
            Kind::FalseSchema => here(What::Forbidden),
            Kind::Type { kind } => here(What::Type(type_words(kind))),
            Kind::Enum { options: words } => here(What::Enum(options(words))),
            Kind::Constant { expected_value } => here(What::Const(plain(expected_value))),
            Kind::Pattern { pattern } => {
                let line = nodes::resolve(root, "#/$defs/line").and_then(Json::members);
                let text_line =
                    line.and_then(|l| l.get("pattern")).and_then(Json::as_str) == Some(pattern);
                here(What::Pattern { text_line })
            }
            Kind::Format { format } => here(What::Format(format.clone())),
            Kind::MinLength { limit } => here(What::TooShort(*limit)),
            Kind::MaxLength { limit } => here(What::TooLong(*limit)),
            Kind::MinItems { limit } | Kind::MinProperties { limit } => here(What::TooFew(*limit)),
            Kind::MaxItems { limit } | Kind::MaxProperties { limit } => here(What::TooMany(*limit)),
            Kind::UniqueItems => here(What::NotUnique),
            Kind::Contains => here(What::Contains),
            Kind::Minimum { limit } => here(What::Limit(format!("at least {limit}"))),
            Kind::Maximum { limit } => here(What::Limit(format!("at most {limit}"))),
            Kind::ExclusiveMinimum { limit } => here(What::Limit(format!("more than {limit}"))),
            Kind::ExclusiveMaximum { limit } => here(What::Limit(format!("less than {limit}"))),
            Kind::PropertyNames { error } => {
                let key = error.instance().as_str().unwrap_or_default().to_owned();
                let words = node_error(root, error).unwrap_or_else(|| error.masked().to_string());
                vec![one(
                    child(&at, &key),
                    What::Other(format!("`{key}` cannot be a key here: {words}")),
                )]
            }
            _ => here(What::Other(error.masked().to_string())),
        }
    }

    /// Whether this only follows from another mistake.
    pub fn follows(&self, all: &[Self]) -> bool {
        all.iter().any(|other| {
            if std::ptr::eq(self, other) {
                return false;
            }
            // A missing key that stands there misspelt.
            let misspelt = matches!(&other.what, What::UnknownKey { meant: Some(meant), .. }
                if other.at == self.at && self.about == child(&self.at, meant));
            // A value inside is wrong, so the whole cannot be judged.
            let inside = matches!(self.what, What::Contains | What::NotUnique)
                && (other.about.starts_with(&format!("{}/", self.at)))
                && !matches!(&other.what, What::UnknownKey { meant: None, .. });
            // A condition on the way looked at something that is wrong itself.
            let condition = self.conditions.iter().any(|condition| {
                !other.conditions.contains(condition)
                    && condition.keys.iter().any(|key| {
                        let looked_at = child(&condition.at, key);
                        other.about == looked_at || other.names(&looked_at)
                    })
            });
            let gone = matches!(self.what, What::MissingOneOf(_)) && other.meant_any_of(self);
            (misspelt && matches!(self.what, What::MissingKey { .. }))
                || inside
                || condition
                || gone
        })
    }

    /// Whether this is a misspelling of the member `pointer`.
    fn names(&self, pointer: &str) -> bool {
        matches!(&self.what, What::UnknownKey { meant: Some(meant), .. } if child(&self.at, meant) == pointer)
    }

    fn meant_any_of(&self, missing: &Self) -> bool {
        let What::MissingOneOf(names) = &missing.what else { return false };
        self.at == missing.at
            && matches!(&self.what, What::UnknownKey { meant: Some(meant), .. } if names.contains(meant))
    }

    /// How basic the mistake is: of several about one value, the least is told.
    pub fn weight(&self) -> u8 {
        match self.what {
            What::Forbidden | What::UnknownKey { .. } | What::MissingKey { .. } => 0,
            What::Type(_) => 1,
            What::Enum(_) | What::Const(_) => 2,
            What::Pattern { .. } => 3,
            What::Format(_) => 4,
            What::TooShort(_) | What::TooLong(_) | What::Limit(_) => 5,
            What::TooFew(_) | What::TooMany(_) => 6,
            What::Contains | What::NotUnique => 7,
            What::MissingOneOf(_) => 8,
            What::Other(_) => 9,
        }
    }
}
/// The branch of an `anyOf` or `oneOf` that got furthest, as a reader would choose: the deepest
/// place, then not merely the wrong type, then the fewest errors.
fn best_branch<'e>(context: &'e [Vec<ValidationError<'static>>]) -> &'e [ValidationError<'static>] {
    let rank = |errors: &&Vec<ValidationError<'static>>| {
        let depth = errors.iter().map(|e| e.instance_path().segments().count()).max().unwrap_or(0);
        let wrong_type = errors.iter().any(|e| matches!(e.kind(), Kind::Type { .. }));
        (std::cmp::Reverse(depth), wrong_type, errors.len())
    };
    context.iter().min_by_key(rank).map(Vec::as_slice).unwrap_or_default()
}

/// The key, given in `value`, for which `dependentRequired` asks for `name`.
fn asks_for(lists: &Node, value: &Json, name: &str) -> Option<String> {
    let given = |key: &str| value.members().is_some_and(|m| m.get(key).is_some());
    lists
        .iter()
        .find(|(key, list)| {
            given(key) && list.items().iter().any(|item| item.as_str() == Some(name))
        })
        .map(|(key, _)| key.to_string())
}

/// The words the schema gives for a keyword that failed.
fn node_error(root: &Schema, error: &ValidationError) -> Option<String> {
    let path = error.schema_path().as_str();
    let (parent, _) = path.rsplit_once('/')?;
    root.pointer(parent)?.pointer("/x-error")?.as_str().map(str::to_owned)
}

fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn type_words(kind: &TypeKind) -> String {
    let word = |t: JsonType| match t {
        JsonType::Array => "a list",
        JsonType::Boolean => "true or false",
        JsonType::Integer => "a whole number",
        JsonType::Null => "null",
        JsonType::Number => "a number",
        JsonType::Object => "an object",
        JsonType::String => "text",
    };
    match kind {
        TypeKind::Single(one) => word(*one).to_owned(),
        TypeKind::Multiple(set) => text::list(&set.iter().map(word).collect::<Vec<_>>(), "or"),
    }
}
