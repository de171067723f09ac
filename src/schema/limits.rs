//! What a schema asks of a value and of the presence of a key, in words.

use super::{
    condition::condition,
    manual::{members, names},
    nodes::Schema,
};
use crate::{
    document::Json,
    text::{code_list, count},
};

/// Lengths, numbers and the default of a schema, in words.
pub fn limits(node: &Schema) -> Vec<String> {
    let number = |name: &str| match node.pointer(name) {
        Some(Json::Number(number)) => number.as_u64(),
        _ => None,
    };
    let mut found = Vec::new();
    for (least, most, noun) in [
        ("/minLength", "/maxLength", "character"),
        ("/minItems", "/maxItems", "entry"),
        ("/minProperties", "/maxProperties", "entry"),
    ] {
        let counted = |n: u64| count(usize::try_from(n).unwrap_or(usize::MAX), noun);
        // That text is not empty is a matter of course.
        let few = if noun == "character" { 2 } else { 1 };
        match (number(least).filter(|least| *least >= few), number(most)) {
            (Some(least), Some(most)) => found.push(format!("{least} to {}", counted(most))),
            (Some(least), None) => found.push(format!("at least {}", counted(least))),
            (None, Some(most)) => found.push(format!("at most {}", counted(most))),
            (None, None) => {}
        }
    }
    if let (Some(least), Some(most)) = (number("/minimum"), number("/maximum")) {
        found.push(format!("{least} to {most}"));
    }
    if node.pointer("/uniqueItems") == Some(&Json::Bool(true)) {
        found.push("none twice".to_owned());
    }
    found.extend(node.pointer("/default").map(|value| format!("`{value}` unless told")));
    found
}

/// When a key of an object must be there, and when it must not, beyond what holds always.
pub fn when(object: &Schema, name: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (other, list) in object.pointer("/dependentRequired").into_iter().flat_map(members) {
        if names(Some(list)).contains(&name) {
            found.push(format!("needed where there is `{other}`"));
        }
    }
    let any = object.pointer("/anyOf").map(Json::items).unwrap_or_default();
    let any: Vec<&str> = any.iter().flat_map(|node| names(node.pointer("/required"))).collect();
    if any.contains(&name) {
        found.push(format!("one of {} is needed", code_list(&any, "and")));
    }
    let also = object.pointer("/allOf").map(Json::items).unwrap_or_default();
    for node in [object].into_iter().chain(also) {
        let Some(test) = node.pointer("/if") else { continue };
        let says = |then| condition(test, String::new(), String::new(), then).when();
        let branches = [("/then", true), ("/else", false)];
        let found_in = |asks: &dyn Fn(&Schema) -> bool| {
            let fits = |(branch, _): &&(&str, bool)| node.pointer(branch).is_some_and(asks);
            branches.iter().find(fits).map(|(_, then)| *then)
        };
        let needed = found_in(&|branch| names(branch.pointer("/required")).contains(&name));
        let barred = found_in(&|branch| {
            branch.pointer(&format!("/properties/{name}")) == Some(&Json::Bool(false))
        });
        found.extend(match (needed, barred) {
            (Some(then), Some(_)) => Some(format!("needed {}, else not allowed", says(then))),
            (Some(then), None) => Some(format!("needed {}", says(then))),
            (None, Some(true)) => Some(format!("not {}", says(true))),
            (None, Some(false)) => Some(format!("only {}", says(true))),
            (None, None) => None,
        });
    }
    found
}
