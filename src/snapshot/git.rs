//! The files of a git revision, read from the object database: no checkout, no work tree needed.

use super::{
    Content, FOLDERS, File, FileKind, MAX_DEPTH, MAX_FILES, Moment, Store, packs,
    revision::{UNSHALLOW, resolve},
};
use crate::error::{Error, Result};
use git2::{ErrorClass, ErrorCode, ObjectType, Oid, Repository, Tree};
use std::path::Path;

/// Opens a repository, and says what to do when git says no.
pub fn open(path: &Path) -> Result<Repository> {
    // As git itself, libgit2 need not hash each object that it reads: a damaged one is told by its
    // checksum of zlib, never taken for another, and whoever may write objects here may run code
    // here. To hash them takes up to half as long again.
    git2::opts::strict_hash_verification(false);
    let repository = Repository::discover(path).map_err(|e| {
        let shown = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let shown = shown.display();
        match e.code() {
            // libgit2 reads ~/.gitconfig only: GIT_CONFIG_* variables do not help.
            ErrorCode::Owner => Error::new(format!("{shown} belongs to another user"))
                .hint(format!("if you trust it: git config --global --add safe.directory {shown}")),
            ErrorCode::NotFound => Error::new(format!("{shown} is not in a git repository"))
                .hint("revisions can only be read in a clone"),
            _ if e.message().contains("object format") => {
                Error::new(format!("cannot open the repository at {shown}: {}", e.message())).hint(
                    "claimbook reads repositories whose objects are named by SHA-1, git's default",
                )
            }
            _ => Error::new(format!("cannot open the repository at {shown}: {}", e.message())),
        }
    })?;
    packs::make_sure(&repository.commondir().join("objects"))?;
    Ok(repository)
}

/// See [`Moment::revision`].
pub fn moment(root: &Path, rev: &str) -> Result<Moment> {
    let repository = open(root)?;
    let (commit, tree) = resolve(&repository, rev)?;
    let whole = tree.id();
    let below = descend(&repository, tree, &prefix(&repository, root)?)?.map(|tree| tree.id());
    let store = Store::Tree { git_dir: repository.path().to_owned(), whole, below };
    Ok(Moment { name: rev.to_owned(), store, commit })
}

/// See [`Moment::index`].
pub fn index(root: &Path) -> Result<Moment> {
    let repository = open(root)?;
    if repository.is_bare() {
        return Err(super::changed::bare(root));
    }
    let prefix = prefix(&repository, root)?;
    Ok(Moment {
        name: "index".to_owned(),
        store: Store::Index(repository.path().to_owned(), prefix),
        commit: None,
    })
}

/// The files of a tree, of the folders that claimbook reads.
pub fn list(git_dir: &Path, tree: Option<Oid>) -> Result<Vec<File>> {
    let repository = open(git_dir)?;
    let mut files = Vec::new();
    let Some(tree) = tree else { return Ok(files) };
    let tree = find_tree(&repository, tree)?;
    for name in FOLDERS {
        let Some(entry) = tree.get_name(name) else { continue };
        if entry.kind() == Some(ObjectType::Tree) {
            let folder = find_tree(&repository, entry.id())?;
            walk(&repository, &folder, name, 1, &mut files)?;
        } else {
            files.push(file(name.to_owned(), kind(&entry), entry.id()));
        }
    }
    Ok(files)
}

/// The full name of the commit at which two revisions of a repository parted.
///
/// # Errors
/// Where there is no repository, it does not know a revision, or the two have nothing in common.
pub fn merge_base(root: &Path, a: &str, b: &str) -> Result<String> {
    let repository = open(root)?;
    let commit = |rev: &str| {
        let (commit, _) = resolve(&repository, rev)?;
        let id = commit.and_then(|commit| Oid::from_str(&commit.id).ok());
        id.ok_or_else(|| Error::new(format!("`{rev}` is no commit")))
    };
    let base = repository.merge_base(commit(a)?, commit(b)?).map_err(|e| {
        if e.class() == ErrorClass::Odb {
            return missing(&e, "a commit");
        }
        let error = Error::new(format!("`{a}` and `{b}` have no commit in common"));
        if repository.is_shallow() {
            error.hint(UNSHALLOW)
        } else {
            error.hint(format!("compare them as they are: claimbook diff {a} {b}"))
        }
    })?;
    Ok(base.to_string())
}

/// The files of the index, of the folders that claimbook reads.
pub fn list_index(git_dir: &Path, prefix: &str) -> Result<Vec<File>> {
    let repository = open(git_dir)?;
    let index = repository
        .index()
        .map_err(|e| Error::new(format!("cannot read the index: {}", e.message())))?;
    let mut files = Vec::new();
    for entry in index.iter() {
        let Ok(path) = std::str::from_utf8(&entry.path) else { continue };
        let below = match prefix {
            "" => Some(path),
            _ => path.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('/')),
        };
        let Some(below) =
            below.filter(|path| FOLDERS.iter().any(|f| path.starts_with(&format!("{f}/"))))
        else {
            continue;
        };
        let kind = match entry.mode {
            0o160_000 => FileKind::Submodule,
            0o120_000 => FileKind::Symlink,
            _ => FileKind::Regular,
        };
        files.push(file(below.to_owned(), kind, entry.id));
    }
    Ok(files)
}

/// Where `root` is below the repository's work tree, with `/`; empty at its top, or where there
/// is no work tree.
pub(super) fn prefix(repository: &Repository, root: &Path) -> Result<String> {
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
pub(super) fn descend<'r>(
    repository: &'r Repository,
    tree: Tree<'r>,
    path: &str,
) -> Result<Option<Tree<'r>>> {
    let mut at = tree;
    for part in path.split('/').filter(|part| !part.is_empty()) {
        let folder = at.get_name(part).filter(|entry| entry.kind() == Some(ObjectType::Tree));
        let Some(id) = folder.map(|entry| entry.id()) else { return Ok(None) };
        at = find_tree(repository, id)?;
    }
    Ok(Some(at))
}

pub(super) fn walk(
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

pub(super) fn file(path: String, kind: FileKind, id: Oid) -> File {
    File { path, kind, id: Some(id) }
}

pub(super) fn kind(entry: &git2::TreeEntry) -> FileKind {
    match (entry.kind(), entry.filemode()) {
        (Some(ObjectType::Commit), _) => FileKind::Submodule,
        (Some(ObjectType::Blob), 0o120_000) => FileKind::Symlink,
        (Some(ObjectType::Blob), _) => FileKind::Regular,
        _ => FileKind::Other,
    }
}

pub(super) fn find_tree(repository: &Repository, id: Oid) -> Result<Tree<'_>> {
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

pub(super) fn missing(error: &git2::Error, what: &str) -> Error {
    if error.code() == ErrorCode::NotFound {
        return Error::new(format!("git has no content for {what}: {}", error.message()))
            .hint("in a partial clone, fetch everything first: git fetch --refetch --no-filter")
            .hint(format!("in any other, {DAMAGED}"));
    }
    let read = Error::new(format!("git cannot read {what}: {}", error.message()));
    if is_damage(error) { read.hint(DAMAGED) } else { read }
}

/// What to do about objects that are not what they were.
pub(super) const DAMAGED: &str = "objects of the repository are damaged: git fsck --full names them, \
     a fresh clone has them whole";

/// Whether git found something else than an object where one should be.
pub(super) fn is_damage(error: &git2::Error) -> bool {
    use ErrorClass::{NoMemory, Object, Odb, Sha1, Tree, Zlib};
    // More memory than there is takes only an object whose size is a wrong one.
    error.code() == ErrorCode::GenericError
        && matches!(error.class(), NoMemory | Object | Odb | Sha1 | Tree | Zlib)
}
