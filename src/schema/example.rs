//! Examples of what a schema accepts.

use super::{
    child,
    nodes::{self, Node, Schema},
};
use crate::document::Json;

/// An example of what stands at a place of a record of the kind that `top` is about, as JSON: from
/// the schema's examples of whole records, else from what `nodes`, the subschemas of the place, say
/// themselves.
pub fn example(root: &Schema, top: &Schema, pointer: &str, nodes: &[&Node]) -> String {
    if let Some(value) = in_record(root, top, pointer).or_else(|| of_value(nodes)) {
        return value.to_string();
    }
    match nodes::text(nodes, "type") {
        Some("array") => {
            let items = nodes::keyword(nodes, "items").map(|items| nodes::expand(root, items));
            items.map_or("[…]".to_owned(), |items| {
                format!("[{}]", example(root, top, &child(pointer, "0"), &items))
            })
        }
        Some("object") => {
            let names = nodes::keyword(nodes, "required").map(Json::items).unwrap_or_default();
            let member = |name: &str| {
                let inner = nodes::inside(root, nodes, name);
                format!("\"{name}\": {}", example(root, top, &child(pointer, name), &inner))
            };
            let members: Vec<String> = names.iter().filter_map(Json::as_str).map(member).collect();
            match members.as_slice() {
                [] => "{…}".to_owned(),
                members => format!("{{{}}}", members.join(", ")),
            }
        }
        Some("integer" | "number") => "1".to_owned(),
        _ => "\"…\"".to_owned(),
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
