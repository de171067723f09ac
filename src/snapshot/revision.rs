//! What names a revision: whatever git takes, and the last commit of a day.

use super::{
    Commit,
    git::{DAMAGED, is_damage, missing},
};
use crate::{
    date::Day,
    error::{Error, Result},
    text::did_you_mean,
};
use git2::{ErrorCode, Oid, Repository, Tree};

/// What to do about history that is not there.
pub const UNSHALLOW: &str =
    "this is a shallow clone: git fetch --unshallow --tags (in GitHub Actions: fetch-depth: 0)";

/// The commit and the tree that `rev` names.
pub(super) fn resolve<'r>(
    repository: &'r Repository,
    rev: &str,
) -> Result<(Option<Commit>, Tree<'r>)> {
    let single = |name| repository.revparse_single(name).map_err(|e| unknown(repository, rev, &e));
    let object = match at_date(rev) {
        Some((tip, day)) => {
            let day = day.parse().map_err(|_| {
                Error::new(format!("no revision `{rev}`: `{day}` is not a day"))
                    .hint("write YYYY-MM-DD, as in @{2026-01-31}")
            })?;
            let tip = single(tip)?.peel_to_commit().map_err(|e| unknown(repository, rev, &e))?;
            last_before(repository, tip, day)?.into_object()
        }
        None => single(rev)?,
    };
    let commit = object
        .peel_to_commit()
        .ok()
        .map(|commit| Commit { id: commit.id().to_string(), time: commit.time().seconds() });
    // What is checked out is a commit, or else git found another object in its place.
    let is_commit = names_head(rev) && !rev.contains(':');
    let tree = object.peel_to_tree().map_err(|e| match is_commit || is_damage(&e) {
        true => Error::new(format!("git cannot read `{rev}`: {}", e.message())).hint(DAMAGED),
        false => Error::new(format!("`{rev}` names a file, not a commit or a folder")),
    })?;
    Ok((commit, tree))
}

/// Why `rev` is no revision, and what may help.
fn unknown(repository: &Repository, rev: &str, error: &git2::Error) -> Error {
    let none = Error::new(format!("no revision `{rev}` in this repository"));
    match error.code() {
        ErrorCode::NotFound if repository.is_empty().unwrap_or(false) => {
            none.hint("it has no commits yet; the folder itself is read by claimbook check")
        }
        ErrorCode::NotFound if names_head(rev) && is_unborn(repository) => {
            none.hint("the branch that is checked out has no commits yet: name another")
        }
        ErrorCode::NotFound if repository.is_shallow() => none.hint(UNSHALLOW),
        ErrorCode::NotFound => match (lost(repository, rev), meant(repository, rev)) {
            (Some(id), _) => {
                Error::new(format!("git cannot read `{rev}`: there is no commit {id}"))
                    .hint(DAMAGED)
            }
            (_, Some(meant)) => none.hint(format!("did you mean `{meant}`?")),
            _ => none.hint("git rev-parse takes the same names; git fetch --tags gets tags"),
        },
        ErrorCode::Ambiguous => Error::new(format!("`{rev}` is the beginning of several objects"))
            .hint("give more characters of the commit"),
        ErrorCode::InvalidSpec if rev.contains("..") => {
            Error::new(format!("`{rev}` is a range, where one revision is needed"))
                .hint("claimbook diff takes ranges, as its only argument")
        }
        ErrorCode::InvalidSpec => Error::new(format!("`{rev}` is no name of a revision"))
            .hint("name a commit, a branch or a tag as for git rev-parse, or a day: @{2026-01-31}"),
        _ if is_damage(error) => {
            Error::new(format!("git cannot read `{rev}`: {}", error.message())).hint(DAMAGED)
        }
        _ => Error::new(format!("no revision `{rev}`: {}", error.message())),
    }
}

/// Whether a revision goes back from what is checked out.
fn names_head(rev: &str) -> bool {
    let rest = rev.strip_prefix("HEAD").or(rev.strip_prefix('@'));
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
}

fn is_unborn(repository: &Repository) -> bool {
    repository.head().is_err_and(|e| e.code() == ErrorCode::UnbornBranch)
}

/// The first commit that is not there, back from the branch or the tag that a revision begins with; none
/// where all are.
fn lost(repository: &Repository, rev: &str) -> Option<Oid> {
    let name = rev.split(['~', '^', '@', ':']).next().filter(|name| !name.is_empty());
    let reference = repository.resolve_reference_from_short_name(name.unwrap_or("HEAD")).ok()?;
    let mut id = reference.resolve().ok()?.target()?;
    // A tag that is annotated leads to its commit.
    while let Ok(object) = repository.find_object(id, None) {
        id = object.peel_to_commit().ok()?.parent_ids().next()?;
    }
    Some(id)
}

/// The branch or the tag that is likely meant. Other numbers are no slip: it may be that such a tag is
/// only elsewhere.
fn meant(repository: &Repository, rev: &str) -> Option<String> {
    let references = repository.references().ok()?;
    let names =
        references.filter_map(|reference| reference.ok()?.shorthand().ok().map(str::to_owned));
    let letters = |name: &str| name.replace(|c: char| c.is_ascii_digit(), "");
    let names: Vec<String> = names.filter(|name| letters(name) != letters(rev)).collect();
    did_you_mean(rev, names.iter().map(String::as_str)).map(str::to_owned)
}

/// The revision and the day of `REV@{YYYY-MM-DD}`; without a revision, HEAD's. Anything that looks
/// like a day is one; the rest is git's.
fn at_date(rev: &str) -> Option<(&str, &str)> {
    let (rev, day) = rev.strip_suffix('}')?.split_once("@{")?;
    let is_day = day.len() >= 6
        && day.starts_with(|c: char| c.is_ascii_digit())
        && day.contains('-')
        && day.chars().all(|c| c.is_ascii_digit() || c == '-');
    is_day.then_some((if rev.is_empty() { "HEAD" } else { rev }, day))
}

/// The newest commit of a day or of those before, back from `tip` along first parents.
fn last_before<'r>(
    repository: &Repository,
    tip: git2::Commit<'r>,
    day: Day,
) -> Result<git2::Commit<'r>> {
    let mut commit = tip;
    loop {
        let own = Day::from_unix(commit.time().seconds());
        if own <= day {
            return Ok(commit);
        }
        commit = commit.parent(0).map_err(|e| {
            if commit.parent_count() > 0 && !repository.is_shallow() {
                return missing(&e, "a commit");
            }
            let none = Error::new(format!("there is no commit of {day} or before"));
            match repository.is_shallow() {
                true => none.hint(UNSHALLOW),
                false => none.hint(format!("the first one is of {own}")),
            }
        })?;
    }
}
