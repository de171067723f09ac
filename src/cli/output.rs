//! What commands write to standard output and standard error.

use crate::error::{Error, Result};
use serde::Serialize;
use std::io::{self, Write as _};

/// Writes to standard output. A reader that has gone away, such as `head`, is no error.
pub fn print(text: &str) -> Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::new(format!("cannot write to standard output: {e}")))
        }
        _ => Ok(()),
    }
}

/// An object as JSON for programs, in version 1 of its shape; `schema/` has a schema of each.
pub fn json(value: &impl Serialize) -> Result<String> {
    #[derive(Serialize)]
    struct V1<'v, T: Serialize> {
        version: u8,
        #[serde(flatten)]
        value: &'v T,
    }
    let text = serde_json::to_string_pretty(&V1 { version: 1, value });
    text.map(|text| text + "\n").map_err(|e| Error::new(format!("cannot write JSON: {e}")))
}

/// Says something that is neither data nor a finding, on standard error.
pub fn note(text: &str) {
    // Nobody is left to tell where standard error is closed.
    let _ = writeln!(io::stderr(), "{text}");
}

/// How wide lines may be: the terminal's width, or 100.
pub fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0).max(60))
}
