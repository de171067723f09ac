//! Reading the files of a snapshot.

use super::{File, folder, git};
use crate::error::{Error, Result};
use std::{collections::BTreeMap, path::Path};

/// Reads the files of a snapshot.
pub enum Reader<'s> {
    /// From a folder.
    Folder(&'s Path),
    /// From git's object database.
    Git(git2::Repository),
    /// Texts by path, in front of another reader.
    Over(&'s BTreeMap<String, String>, Box<Reader<'s>>),
}

/// The bytes of a file, or why there are none.
pub enum Content {
    /// All of them.
    Bytes(Vec<u8>),
    /// The file holds more than the limit.
    TooLarge,
}

impl Reader<'_> {
    /// Reads a regular file of at most `limit` bytes.
    ///
    /// # Errors
    /// Where the file is gone or may not be read.
    pub fn read(&self, file: &File, limit: usize) -> Result<Content> {
        match self {
            Self::Folder(root) => folder::read(&root.join(&file.path), limit)
                .map_err(|e| Error::new(format!("cannot read {}: {e}", file.path))),
            Self::Git(repository) => git::read(repository, file, limit),
            Self::Over(texts, reader) => match texts.get(&file.path) {
                None => reader.read(file, limit),
                Some(text) if text.len() > limit => Ok(Content::TooLarge),
                Some(text) => Ok(Content::Bytes(text.clone().into_bytes())),
            },
        }
    }
}
