//! The canonical form of whole files.

use super::place::{holds, in_folder};
use crate::{
    document::{self, Json},
    error::{Error, Result},
    model::{MAX_LINES, MAX_RECORD},
    schema::{Form, Schema, Schemas},
    snapshot::{Content, File, FileKind, Snapshot},
};
use rayon::prelude::*;

/// A file that is not in canonical form.
pub struct Formatted {
    /// Its path.
    pub path: String,
    /// The canonical text, or why there is none.
    pub text: std::result::Result<String, String>,
}

/// Every file of records that is not in canonical form, in order of path.
///
/// # Errors
/// Where a file cannot be read.
pub fn canonical_files(schemas: &Schemas, snapshot: &Snapshot) -> Result<Vec<Formatted>> {
    let files: Vec<&File> = snapshot
        .files()
        .iter()
        .filter(|file| file.kind == FileKind::Regular && in_folder(&file.path, "dataset"))
        .collect();
    let formatted: Vec<Result<Option<Formatted>>> = files
        .par_iter()
        .map_init(
            || snapshot.reader(),
            |reader, file| {
                let reader = reader.as_ref().map_err(Error::clone)?;
                let Some((kind, form)) = holds(&file.path).layout() else { return Ok(None) };
                let limit = if form == Form::Line { MAX_LINES } else { MAX_RECORD };
                let text = match reader.read(file, limit)? {
                    Content::TooLarge => Err("it is too large".to_owned()),
                    Content::Bytes(bytes) => {
                        String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())
                    }
                };
                let path = file.path.clone();
                Ok(match text {
                    Err(why) => Some(Formatted { path, text: Err(why) }),
                    Ok(text) => match canonical_text(schemas.get(kind), &text, form) {
                        Ok(canonical) if canonical == text => None,
                        other => Some(Formatted { path, text: other }),
                    },
                })
            },
        )
        .collect();
    formatted.into_iter().filter_map(Result::transpose).collect()
}

/// The canonical form of a file's text; why there is none, where it is not sound JSON.
fn canonical_text(schema: &Schema, text: &str, form: Form) -> std::result::Result<String, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let one = |text: &str| match Json::parse(text) {
        Err(error) => Err(document::explain(text, &error, form == Form::Line).message),
        Ok((_, true)) => Err("it gives a key twice".to_owned()),
        Ok((json, false)) => Ok(schema.canonical(&json, form)),
    };
    match form {
        Form::File => one(text),
        Form::Line => {
            let mut out = String::with_capacity(text.len());
            for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                out.push_str(&one(line).map_err(|why| format!("line {}: {why}", i + 1))?);
                out.push('\n');
            }
            Ok(out)
        }
    }
}
