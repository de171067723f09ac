//! `SHA256SUMS`, the list of what was published into a folder: how a later run knows its own files.

use super::inside;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs, io,
    path::Path,
};

/// The list of what was published, with checksums, in the format of `sha256sum`.
pub const LIST: &str = "SHA256SUMS";

/// Tells from the paths of a list whether it can be one of what we publish.
pub type Fits = Box<dyn Fn(&BTreeSet<&str>) -> bool>;

/// The sums of each file. One has two of them while its folder is being changed, file by file.
pub type Sums = BTreeMap<String, BTreeSet<String>>;

/// A list as text.
pub fn text<'l>(lines: impl IntoIterator<Item = (&'l String, &'l String)>) -> String {
    lines.into_iter().fold(String::new(), |mut text, (path, sum)| {
        let _ = writeln!(text, "{sum}  {path}");
        text
    })
}

/// What was published into a folder by the list in it; none where there is no list, or one that
/// somebody else made.
///
/// # Errors
/// Where it is there and cannot be read.
pub fn read(out: &Path, fits: &Fits) -> io::Result<Option<Sums>> {
    let path = out.join(LIST);
    let text = match fs::symlink_metadata(&path) {
        Ok(at) if at.is_file() => fs::read(&path)?,
        Ok(_) => return Ok(None),
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(e),
    };
    let sums = String::from_utf8(text).ok().and_then(|text| parse(&text));
    Ok(sums.filter(|sums| fits(&sums.keys().map(String::as_str).collect())))
}

/// The sums of a list that is laid out as ours are: a line each, in order of path.
fn parse(list: &str) -> Option<Sums> {
    let mut sums = Sums::new();
    for line in list.lines() {
        let (sum, path) = line.split_once("  ")?;
        let plain = path != LIST && !path.contains('\\') && inside(path).is_ok();
        let hex = sum.len() == 64 && sum.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if !plain || !hex {
            return None;
        }
        sums.entry(path.to_owned()).or_default().insert(sum.to_owned());
    }
    let again = sums.iter().flat_map(|(path, of)| of.iter().map(move |sum| (path, sum)));
    (text(again) == list).then_some(sums)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_list_laid_out_as_ours_is_read() {
        let (a, b) = ("0a".repeat(32), "0b".repeat(32));
        let ours = format!("{a}  a.csv\n{a}  b/c.csv\n{b}  b/c.csv\n");
        assert_eq!(parse(&ours).expect("a list")["b/c.csv"].len(), 2);
        for other in [
            format!("{a}  b\n{a}  a\n"),
            format!("{a}  a"),
            format!("{a} *a\n"),
            format!("{a}  ../a\n"),
            format!("{a}  /a\n"),
            format!("{a}  {LIST}\n"),
            format!("# {ours}"),
            ours.replace('\n', "\r\n"),
        ] {
            assert_eq!(parse(&other), None, "{other}");
        }
    }
}
