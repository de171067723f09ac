//! What `init` tells git about records: attributes for every clone, and settings for this one.

use crate::{
    error::{Error, Result},
    snapshot, write,
};
use std::{fs, path::Path};

/// Adds the lines that `.gitattributes` lacks; how many.
pub fn add_attributes(root: &Path, lines: &[String]) -> Result<usize> {
    let path = root.join(".gitattributes");
    let old = match fs::read_to_string(&path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
        old => old.map_err(|e| Error::new(format!("cannot read .gitattributes: {e}")))?,
    };
    let missing: Vec<&String> =
        lines.iter().filter(|line| !old.lines().any(|old| old.trim() == **line)).collect();
    if !missing.is_empty() {
        let mut text = old;
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        missing.iter().for_each(|line| text.push_str(&format!("{line}\n")));
        write::file(&path, text.as_bytes())
            .map_err(|e| Error::new(format!("cannot write .gitattributes: {e}")))?;
    }
    Ok(missing.len())
}

/// Tells git in this clone how to merge and compare records; what was not set so before.
pub fn set_up(root: &Path) -> Result<Vec<&'static str>> {
    let program = program()?;
    // Where the program has gone, git merges and compares the files as text.
    let here = format!("command -v {program} >/dev/null 2>&1");
    let driver = format!(
        "if {here}; then {program} merge-driver %O %A %B %L %P %S %X %Y; \
         else git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B; fi"
    );
    let textconv = format!(
        "show() {{ if {here}; then {program} textconv \"$1\"; else cat \"$1\"; fi; }}; show"
    );
    snapshot::configure(
        root,
        &[
            ("merge.claimbook.name", "records of claimbook, field by field".to_owned()),
            ("merge.claimbook.driver", driver),
            ("diff.claimbook.textconv", textconv),
            ("diff.claimbook.xfuncname", "^[a-z]+: [a-z0-9-]+$".to_owned()),
        ],
    )
}

/// How git's shell calls this program: by its name where the path leads to it, else by its place.
fn program() -> Result<String> {
    let own = std::env::current_exe()
        .and_then(|own| own.canonicalize())
        .map_err(|e| Error::new(format!("cannot tell where this program is: {e}")))?;
    let name = format!("claimbook{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join(&name));
    let first = found.filter_map(|file| file.canonicalize().ok()).next();
    if first.as_ref() == Some(&own) {
        return Ok("claimbook".to_owned());
    }
    // git's shell takes forward slashes on every system.
    let own = own.display().to_string().replace('\\', "/");
    Ok(format!("'{}'", own.replace('\'', r"'\''")))
}
