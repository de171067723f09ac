//! Examples of what a schema accepts.

use super::nodes::{self, Node, Schema};
use crate::{date::Day, document::Json};

/// An example of what stands at a place of a record.
pub struct Example<'e> {
    pub root: &'e Schema,
    /// The schema of the kind of record.
    pub top: &'e Schema,
    pub pointer: String,
    /// The day that a day can be.
    pub today: Option<Day>,
}

/// What only the record at hand can say.
const OPEN: &str = "…";

/// The same as JSON.
pub const OPEN_TEXT: &str = "\"…\"";

impl Example<'_> {
    /// The example as JSON: from the schema's examples of whole records, else from what `nodes`, the
    /// subschemas of the place, say themselves. Ids and sentences of other records are left open.
    pub fn show(&self, nodes: &[&Node]) -> String {
        let value = in_record(self.root, self.top, &self.pointer).or_else(|| of_value(nodes));
        self.value(value, nodes)
    }

    fn value(&self, value: Option<&Json>, nodes: &[&Node]) -> String {
        match (value, nodes::text(nodes, "type")) {
            (Some(Json::Array(_)) | None, Some("array")) => {
                let items = nodes::inside(self.root, nodes, "0");
                let first = value.and_then(|list| list.items().first());
                format!("[{}]", self.value(first.or_else(|| of_value(&items)), &items))
            }
            (Some(Json::Object(_)) | None, Some("object")) => {
                let given = value.and_then(Json::members);
                let names = nodes::keyword(nodes, "required").map(Json::items).unwrap_or_default();
                let mut names: Vec<&str> = names.iter().filter_map(Json::as_str).collect();
                if names.is_empty() {
                    names.extend(given.into_iter().flat_map(|g| g.iter()).map(|(key, _)| &**key));
                }
                let member = |name: &&str| {
                    let inner = nodes::inside(self.root, nodes, name);
                    let value = given.and_then(|members| members.get(name));
                    format!(
                        "\"{name}\": {}",
                        self.value(value.or_else(|| of_value(&inner)), &inner)
                    )
                };
                match names.iter().map(member).collect::<Vec<_>>().as_slice() {
                    [] => format!("{{{OPEN}}}"),
                    members => format!("{{{}}}", members.join(", ")),
                }
            }
            (Some(Json::String(text)), _) => format!("\"{}\"", self.text(text, nodes)),
            (Some(other), _) => other.to_string(),
            (None, Some("integer" | "number")) => "1".to_owned(),
            (None, _) => OPEN_TEXT.to_owned(),
        }
    }

    /// A text of another record, as far as it can be one of this.
    fn text(&self, text: &str, nodes: &[&Node]) -> String {
        let definition = |name: &str| self.root.pointer(&format!("/$defs/{name}/pattern"));
        let pattern = nodes::keyword(nodes, "pattern").filter(|pattern| {
            ["slug", "line", "decimal"].iter().any(|name| definition(name) == Some(pattern))
        });
        match (nodes::text(nodes, "format"), self.today) {
            (Some("date"), Some(today)) => today.to_string(),
            (Some("uri"), _) => format!("https://{OPEN}"),
            _ if pattern.is_some() => OPEN.to_owned(),
            _ => text.to_owned(),
        }
    }
}

/// What the first example of a whole record of a kind that has the place has there.
pub fn in_record<'s>(root: &'s Schema, top: &Schema, pointer: &str) -> Option<&'s Json<'static>> {
    let number = |token: &str| token.bytes().all(|b| b.is_ascii_digit());
    let tokens = pointer.split('/').map(|token| {
        // Of a list, the first entry that there is.
        if !token.is_empty() && number(token) { "0" } else { token }
    });
    let pointer = tokens.collect::<Vec<_>>().join("/");
    let records = root.pointer("/examples").map(Json::items).unwrap_or_default();
    let names = nodes::property_names(&nodes::expand(root, top));
    let of_kind = |record: &&Json| {
        let mut keys = record.members().into_iter().flat_map(|members| members.iter());
        keys.all(|(key, _)| names.contains(&key.as_ref()))
    };
    records.iter().filter(of_kind).find_map(|record| record.pointer(&pointer))
}

fn of_value<'s>(nodes: &[&'s Node]) -> Option<&'s Json<'static>> {
    let first = |name: &str| nodes::keyword(nodes, name).and_then(|list| list.items().first());
    first("examples").or_else(|| first("enum")).or_else(|| nodes::keyword(nodes, "const"))
}
