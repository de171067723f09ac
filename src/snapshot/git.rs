//! The files of a git revision, read from the object database: no checkout, no work tree needed.

use super::{Commit, Content, FOLDERS, File, FileKind, MARK, MAX_DEPTH, MAX_FILES};
use crate::error::{Error, Result};
use git2::{ErrorCode, ObjectType, Oid, Repository, Tree};
use std::path::{Path, PathBuf};

/// Opens a repository, and says what to do when git says no.
pub fn open(path: &Path) -> Result<Repository> {
    Repository::discover(path).map_err(|e| {
        let shown = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let shown = shown.display();
        match e.code() {
            // libgit2 reads ~/.gitconfig only: GIT_CONFIG_* variables do not help.
            ErrorCode::Owner => Error::new(format!("{shown} belongs to another user"))
                .hint(format!("if you trust it: git config --global --add safe.directory {shown}")),
            ErrorCode::NotFound => Error::new(format!("{shown} is not in a git repository")).hint(
                "a revision can only be read in a clone; without --at the folder itself is read",
            ),
            _ => Error::new(format!("cannot open the repository at {shown}: {}", e.message())),
        }
    })
}

/// The files at `rev` below `root`, with the repository's own folder and the commit.
pub fn list(root: &Path, rev: &str) -> Result<(PathBuf, Option<Commit>, Vec<File>)> {
    let repository = open(root)?;
    let (commit, tree) = resolve(&repository, rev)?;
    let mut files = Vec::new();
    if let Some(tree) = descend(&repository, tree, &prefix(&repository, root)?)? {
        for name in FOLDERS {
            let Some(entry) = tree.get_name(name) else { continue };
            if entry.kind() == Some(ObjectType::Tree) {
                let folder = find_tree(&repository, entry.id())?;
                walk(&repository, &folder, name, 1, &mut files)?;
            } else {
                files.push(file(name.to_owned(), kind(&entry), entry.id()));
            }
        }
    }
    Ok((repository.path().to_owned(), commit, files))
}

/// The commit and the tree that `rev` names.
fn resolve<'r>(repository: &'r Repository, rev: &str) -> Result<(Option<Commit>, Tree<'r>)> {
    let unknown = |e: git2::Error| {
        let error = Error::new(format!("no revision `{rev}` in this repository"));
        match e.code() {
            ErrorCode::NotFound if repository.is_shallow() => error
                .hint("this is a shallow clone: git fetch --unshallow --tags (in GitHub Actions: fetch-depth: 0)"),
            ErrorCode::NotFound => error.hint("git rev-parse takes the same names; git fetch --tags gets tags"),
            ErrorCode::Ambiguous => Error::new(format!("`{rev}` is the beginning of several objects"))
                .hint("give more characters of the commit"),
            _ => Error::new(format!("no revision `{rev}`: {}", e.message())),
        }
    };
    let object = repository.revparse_single(rev).map_err(unknown)?;
    let commit = object
        .peel_to_commit()
        .ok()
        .map(|commit| Commit { id: commit.id().to_string(), time: commit.time().seconds() });
    let tree = object
        .peel_to_tree()
        .map_err(|e| Error::new(format!("`{rev}` names no commit or tree: {}", e.message())))?;
    Ok((commit, tree))
}

/// Where `root` is below the repository's work tree, with `/`; empty at its top, or where there
/// is no work tree.
fn prefix(repository: &Repository, root: &Path) -> Result<String> {
    let Some(top) = repository.workdir() else { return Ok(String::new()) };
    let real = |path: &Path| {
        path.canonicalize()
            .map_err(|e| Error::new(format!("cannot look at {}: {e}", path.display())))
    };
    let (top, root) = (real(top)?, real(root)?);
    let below = root.strip_prefix(&top).unwrap_or(Path::new(""));
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Ok(parts.join("/"))
}

/// The tree at `path` below `tree`; none where there is none.
fn descend<'r>(repository: &'r Repository, tree: Tree<'r>, path: &str) -> Result<Option<Tree<'r>>> {
    let mut at = tree;
    for part in path.split('/').filter(|part| !part.is_empty()) {
        let folder = at.get_name(part).filter(|entry| entry.kind() == Some(ObjectType::Tree));
        let Some(id) = folder.map(|entry| entry.id()) else { return Ok(None) };
        at = find_tree(repository, id)?;
    }
    Ok(Some(at))
}

fn walk(
    repository: &Repository,
    tree: &Tree,
    folder: &str,
    depth: usize,
    files: &mut Vec<File>,
) -> Result<()> {
    for entry in tree {
        let Ok(name) = entry.name() else {
            let name = String::from_utf8_lossy(entry.name_bytes());
            files.push(file(format!("{folder}/{name}"), FileKind::BadName, entry.id()));
            continue;
        };
        let path = format!("{folder}/{name}");
        if entry.kind() == Some(ObjectType::Tree) && depth < MAX_DEPTH {
            walk(repository, &find_tree(repository, entry.id())?, &path, depth + 1, files)?;
        } else {
            files.push(file(path, kind(&entry), entry.id()));
        }
        if files.len() > MAX_FILES {
            return Err(Error::new(format!("more than {MAX_FILES} files below {folder}")));
        }
    }
    Ok(())
}

fn file(path: String, kind: FileKind, id: Oid) -> File {
    File { path, kind, id: Some(id) }
}

fn kind(entry: &git2::TreeEntry) -> FileKind {
    match (entry.kind(), entry.filemode()) {
        (Some(ObjectType::Commit), _) => FileKind::Submodule,
        (Some(ObjectType::Blob), 0o120_000) => FileKind::Symlink,
        (Some(ObjectType::Blob), _) => FileKind::Regular,
        _ => FileKind::Other,
    }
}

fn find_tree(repository: &Repository, id: Oid) -> Result<Tree<'_>> {
    repository.find_tree(id).map_err(|e| missing(&e, "a folder"))
}

/// Reads the blob of a file.
pub fn read(repository: &Repository, file: &File, limit: usize) -> Result<Content> {
    let id = file.id.ok_or_else(|| Error::new(format!("{} is not in git", file.path)))?;
    let blob = repository.find_blob(id).map_err(|e| missing(&e, &file.path))?;
    Ok(if blob.size() > limit {
        Content::TooLarge
    } else {
        Content::Bytes(blob.content().to_vec())
    })
}

fn missing(error: &git2::Error, what: &str) -> Error {
    let message = format!("git has no content for {what}: {}", error.message());
    match error.code() {
        ErrorCode::NotFound => Error::new(message)
            .hint("in a partial clone, fetch everything first: git fetch --refetch --no-filter"),
        _ => Error::new(message),
    }
}

/// See [`super::find_root_at`].
pub fn find_root(start: &Path, rev: &str) -> Result<PathBuf> {
    let repository = open(start)?;
    let (_, tree) = resolve(&repository, rev)?;
    let root = match repository.workdir() {
        None => repository.path().to_owned(),
        Some(top) => {
            let mut below = prefix(&repository, start)?;
            loop {
                let tree = descend(&repository, tree.clone(), &below)?;
                if tree.is_some_and(|tree| tree.get_path(Path::new(MARK)).is_ok())
                    || below.is_empty()
                {
                    break top.join(&below);
                }
                below.truncate(below.rfind('/').unwrap_or(0));
            }
        }
    };
    let below = prefix(&repository, &root)?;
    let holds = descend(&repository, tree, &below)?
        .is_some_and(|tree| tree.get_path(Path::new(MARK)).is_ok());
    if holds {
        Ok(root)
    } else {
        Err(Error::new(format!("revision `{rev}` has no {MARK}")).hint(
            "the dataset may have come later: git log --diff-filter=A -- dataset/dataset.json",
        ))
    }
}
