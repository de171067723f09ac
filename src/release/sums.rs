//! `SHA256SUMS`: checksums as `sha256sum` writes and reads them.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    path::{Component, Path},
};

/// The name of the list.
pub const SUMS: &str = "SHA256SUMS";

/// The list of some files with their sums.
pub fn write<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> String {
    files.into_iter().fold(String::new(), |mut out, (path, sum)| {
        let _ = writeln!(out, "{sum}  {path}");
        out
    })
}

/// The sums of a list, by path, or its first line that is none.
pub fn read(text: &[u8]) -> Result<BTreeMap<String, String>, String> {
    let text = std::str::from_utf8(text).map_err(|_| "it is not UTF-8".to_owned())?;
    let mut sums = BTreeMap::new();
    for (number, line) in text.lines().enumerate() {
        let entry = line.split_once("  ").or_else(|| line.split_once(" *"));
        let entry = entry.filter(|(sum, path)| is_sum(sum) && inside(path));
        let Some((sum, path)) = entry else {
            return Err(format!("line {} is no checksum and path", number + 1));
        };
        if sums.insert(path.to_owned(), sum.to_owned()).is_some() {
            return Err(format!("line {} names {path} again", number + 1));
        }
    }
    Ok(sums)
}

fn is_sum(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether a path stays in the folder it is joined to, on every system.
pub fn inside(path: &str) -> bool {
    !path.is_empty()
        && !path.contains(['\\', '\0', ':'])
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        assert!(inside("a") && inside("report/topics/a b.md") && inside("..a"));
        for path in ["", "/a", "../a", "a/../../b", "a//b", "./a", "a/", "a\\b", "c:/a", "a/.."] {
            assert!(!inside(path), "{path}");
        }
    }

    #[test]
    fn lists_are_read_as_they_are_written() {
        let sum = "0f".repeat(32);
        let text = write([("a", sum.as_str()), ("b/c d", &sum)]);
        let read_again = read(text.as_bytes()).expect("a list");
        assert_eq!(read_again.keys().collect::<Vec<_>>(), ["a", "b/c d"]);
        for wrong in
            ["x  a\n".to_owned(), format!("{sum}  ../a\n"), format!("{sum}  a\n").repeat(2)]
        {
            assert!(read(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }
}
