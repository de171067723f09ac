//! What a downloaded release holds: sums and counts of every file, read once from front to end, so
//! that memory does not grow with the release.

use crate::publish::hex;
use serde::de::{Deserializer as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fmt,
    io::{self, BufReader, Read},
};

/// What was found.
#[derive(Default)]
pub struct Contents {
    /// Every file, by path.
    pub seen: BTreeMap<String, Seen>,
    /// The texts that describe the others, by path.
    pub texts: BTreeMap<String, Vec<u8>>,
    /// What is no file, or must not be there: its path, and why.
    pub strange: Vec<(String, String)>,
}

/// One file.
#[derive(Debug)]
pub struct Seen {
    /// How many bytes it has.
    pub bytes: u64,
    /// Their SHA-256, in hexadecimal.
    pub sha256: String,
    /// What it counts, by table.
    pub counts: Counts,
}

/// The records in a file by table, none where this program does not know how; or why they cannot be
/// counted.
pub type Counts = Result<BTreeMap<String, u64>, String>;

/// Texts longer than this are not kept.
const MAX_TEXT: u64 = 64 << 20;

impl Contents {
    /// Takes a file.
    pub fn take(&mut self, path: &str, reader: &mut dyn Read, keep: bool) -> io::Result<()> {
        let mut reader = Hashed { reader, hash: Sha256::new(), bytes: 0 };
        let counts = if keep {
            let mut text = Vec::new();
            (&mut reader).take(MAX_TEXT).read_to_end(&mut text)?;
            self.texts.insert(path.to_owned(), text);
            Ok(BTreeMap::new())
        } else {
            count(path, &mut reader)?
        };
        io::copy(&mut reader, &mut io::sink())?;
        let sha256 = hex(&reader.hash.finalize());
        self.seen.insert(path.to_owned(), Seen { bytes: reader.bytes, sha256, counts });
        Ok(())
    }

    /// The part below a folder, with paths from there; the rest is left here.
    pub fn split(&mut self, folder: &str) -> Self {
        fn part<T>(all: &mut BTreeMap<String, T>, folder: &str) -> BTreeMap<String, T> {
            let (inside, rest) =
                std::mem::take(all).into_iter().partition(|(path, _)| path.starts_with(folder));
            *all = rest;
            let inside: BTreeMap<String, T> = inside;
            inside.into_iter().map(|(path, of)| (path[folder.len()..].to_owned(), of)).collect()
        }
        let folder = format!("{folder}/");
        Self {
            seen: part(&mut self.seen, &folder),
            texts: part(&mut self.texts, &folder),
            strange: Vec::new(),
        }
    }
}

/// Counts the records of a file, by the end of its name; an error is one of reading.
fn count(path: &str, reader: &mut dyn Read) -> io::Result<Counts> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let one = |table: &str, rows: u64| Ok(BTreeMap::from([(table.to_owned(), rows)]));
    Ok(match name.rsplit_once('.') {
        Some((table, "csv")) => match rows(reader)?.checked_sub(1) {
            Some(rows) => one(table, rows),
            None => Err("it has no line of column names".to_owned()),
        },
        Some((table, "jsonl")) => one(table, rows(reader)?),
        Some((_, "json")) => lists(reader)?,
        #[cfg(feature = "sqlite")]
        Some((_, "sqlite")) => crate::publish::rows_of_sqlite(reader)?,
        #[cfg(feature = "parquet")]
        Some((table, "parquet")) => crate::publish::rows_of_parquet(reader)?
            .map(|rows| BTreeMap::from([(table.to_owned(), rows)])),
        _ => Ok(BTreeMap::new()),
    })
}

/// How many rows there are: lines, but not those within quotation marks.
fn rows(reader: &mut dyn Read) -> io::Result<u64> {
    let (mut rows, mut quoted, mut open) = (0, false, false);
    let mut buffer = [0; 1 << 16];
    loop {
        let n = match reader.read(&mut buffer) {
            Ok(0) => return Ok(rows + u64::from(open)),
            Ok(n) => n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        for byte in &buffer[..n] {
            quoted ^= *byte == b'"';
            let ends = *byte == b'\n' && !quoted;
            rows += u64::from(ends);
            open = !ends;
        }
    }
}

/// How long the lists of a JSON object are.
fn lists(reader: &mut dyn Read) -> io::Result<Counts> {
    let mut json = serde_json::Deserializer::from_reader(BufReader::new(reader));
    match json.deserialize_map(Lists).and_then(|lists| json.end().map(|()| lists)) {
        Ok(lists) => Ok(Ok(lists)),
        Err(e) if e.is_io() => Err(e.into()),
        Err(e) => Ok(Err(format!("it is no JSON object: {e}"))),
    }
}

struct Lists;

impl<'de> Visitor<'de> for Lists {
    type Value = BTreeMap<String, u64>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut lists = BTreeMap::new();
        while let Some(key) = map.next_key::<String>()? {
            if let Length(Some(length)) = map.next_value()? {
                lists.insert(key, length);
            }
        }
        Ok(lists)
    }
}

/// How long a list is; none for any other value.
struct Length(Option<u64>);

impl<'de> serde::Deserialize<'de> for Length {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyLength)
    }
}

struct AnyLength;

/// Values without a length.
macro_rules! without_length {
    ($($visit:ident: $type:ty),+) => {
        $(fn $visit<E>(self, _: $type) -> Result<Length, E> {
            Ok(Length(None))
        })+
    };
}

impl<'de> Visitor<'de> for AnyLength {
    type Value = Length;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value")
    }

    without_length!(visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, visit_str: &str);

    fn visit_unit<E>(self) -> Result<Length, E> {
        Ok(Length(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Length, A::Error> {
        let mut length = 0;
        while seq.next_element::<IgnoredAny>()?.is_some() {
            length += 1;
        }
        Ok(Length(Some(length)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Length, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Length(None))
    }
}

/// Reads on, counts the bytes and keeps a running hash.
struct Hashed<'r> {
    reader: &'r mut dyn Read,
    hash: Sha256,
    bytes: u64,
}

impl Read for Hashed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.reader.read(buffer)?;
        self.hash.update(&buffer[..n]);
        self.bytes += u64::try_from(n).unwrap_or(u64::MAX);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_as_csv_has_them() {
        let count = |text: &str| rows(&mut text.as_bytes()).expect("rows");
        assert_eq!(count(""), 0);
        assert_eq!(count("a,b\n1,2\n"), 2);
        assert_eq!(count("a,b\n1,2"), 2);
        assert_eq!(count("a\n\"1\n\"\"2\"\"\n\"\n"), 2);
    }

    #[test]
    fn lists_of_an_object_are_counted() {
        let text = r#"{"name": "x", "claims": [{"a": [1]}, {}], "n": 1.5, "none": null, "o": {"claims": []}}"#;
        let found = lists(&mut text.as_bytes()).expect("read").expect("JSON");
        assert_eq!(found, BTreeMap::from([("claims".to_owned(), 2)]));
        assert!(lists(&mut "[]".as_bytes()).expect("read").is_err());
        assert!(lists(&mut "{\"a\": [}".as_bytes()).expect("read").is_err());
    }
}
