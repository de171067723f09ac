//! What a check says about JSON, for somebody who fills in a form, a table or a prompt: values as
//! they are written there, without quotation marks and keys.

use serde_json::{Map, Value};

/// Words of which the code, in backticks, is no JSON: `` `"confidence": "low"` `` is `` `low` ``. The
/// key is told unless it is that of the member in question.
#[must_use]
pub fn plain(words: &str, own: &str) -> String {
    let code = |piece: &str| match (text(piece), member(piece)) {
        (Some(text), _) => text,
        (None, Some((key, value))) if key == own => value,
        (None, Some((key, value))) => format!("{value}` as `{key}"),
        (None, None) => piece.to_owned(),
    };
    let pieces = words.split('`').enumerate();
    let said = pieces.map(|(i, piece)| if i % 2 == 1 { code(piece) } else { piece.to_owned() });
    said.collect::<Vec<_>>().join("`")
}

/// The text that stands there as JSON.
fn text(code: &str) -> Option<String> {
    serde_json::from_str(code).ok()
}

/// A member of an object: its key and its value as text.
fn member(code: &str) -> Option<(String, String)> {
    let object: Map<String, Value> = serde_json::from_str(&format!("{{{code}}}")).ok()?;
    let (key, value) = object.into_iter().next()?;
    let list = |items: &[Value]| {
        let texts: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
        texts.map(|texts| texts.join(";"))
    };
    let text = value.as_str().map(str::to_owned);
    let value = text.or_else(|| list(value.as_array()?)).unwrap_or_else(|| value.to_string());
    Some((key, value))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn code_is_told_without_its_json() {
        for (words, told) in [
            (
                "write `\"confidence\": \"low\"`, or add a citation",
                "write `low`, or add a citation",
            ),
            ("write `\"en\"`", "write `en`"),
            ("it needs `\"stance\": \"supports\"`", "it needs `supports` as `stance`"),
            ("add `\"confidence\": [\"a\", \"b\"]`: ids", "add `a;b`: ids"),
            ("one of `a` and `b`", "one of `a` and `b`"),
            ("an odd ` and `\"", "an odd ` and `\""),
        ] {
            assert_eq!(plain(words, "confidence"), told, "{words}");
        }
    }
}
