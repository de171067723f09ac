//! `claimbook verify --rebuild`: a release built again from its commit, and how to do that with the
//! claimbook that made it.

use super::{
    Context, shell,
    source::{again, tool},
};
use crate::{
    error::{Error, Result},
    release::{self, Manifest, Verified},
    snapshot::{Content, Moment},
    text::{count, visible},
};
use std::path::Path;

/// Builds the release again that is at `path`, and adds what differs.
pub fn rebuild(context: &Context, path: &Path, verified: &mut Verified) -> Result<()> {
    let Some(manifest) = &verified.manifest else {
        return Err(Error::new("without a manifest it is not known what to build again"));
    };
    let root = context.root_at(&manifest.commit)?;
    let advice = || Maker::of(context, &root, manifest).map(|maker| maker.advice(path));
    let built = again(context, &root, manifest).map_err(|e| {
        // What else may help comes after it: what a commit holds cannot be mended.
        let hints = advice().into_iter().chain(e.hints().iter().cloned());
        hints.fold(Error::new(e.to_string()), Error::hint)
    })?;
    let problems = release::rebuilt(verified, &built);
    if !problems.is_empty()
        && let Some(advice) = advice()
    {
        let all = verified.compared();
        let same = all.saturating_sub(problems.len());
        super::note(&format!("{same} of {} are the same, built again", count(all, "file")));
        super::note(&format!("hint: {advice}"));
    }
    verified.problems.extend(problems);
    Ok(())
}

/// Another claimbook than this, which made a release.
struct Maker<'m> {
    context: &'m Context,
    root: &'m Path,
    manifest: &'m Manifest,
}

impl<'m> Maker<'m> {
    /// That of this release; none where this program made it.
    fn of(context: &'m Context, root: &'m Path, manifest: &'m Manifest) -> Option<Self> {
        (manifest.tool != tool()).then_some(Self { context, root, manifest })
    }

    /// What to do: the commands that build the release at `path` with it.
    fn advice(&self, path: &Path) -> String {
        let tool = visible(&self.manifest.tool);
        let told = format!("it was made by {tool}, and this is {}", super::source::tool());
        let version = self.manifest.tool.strip_prefix("claimbook ");
        let Some(version) = version.filter(|text| release::parse(text).is_ok()) else {
            return told;
        };
        let mut verify = format!("verify --rebuild {}", shell::word(&path.to_string_lossy()));
        if let Some(root) = &self.context.root {
            verify += &format!(" --root {}", shell::word(&root.to_string_lossy()));
        }
        // What else it holds, any build knows.
        let parquet = self.manifest.formats.iter().any(|format| format == "parquet");
        let features = if parquet { " --features parquet" } else { "" };
        let Beside { git, from_git, from_here } = Beside::of(self.root);
        match self.source(version) {
            Some(commit) => {
                let name = format!("claimbook-{}", &commit[..12]);
                format!(
                    "{told}: build it with {tool}, whose source is in its commit:\n  \
                     {git} worktree add {from_git}{name} {commit}\n  \
                     cargo run --release --locked{features} --manifest-path \
                     {from_here}{name}/Cargo.toml -- {verify}"
                )
            }
            None => {
                let place = format!("{from_here}claimbook-{version}");
                format!(
                    "{told}: build it with {tool}:\n  \
                     cargo install --locked{features} --root {place} --version {version} claimbook\n  \
                     {place}/bin/claimbook {verify}"
                )
            }
        }
    }

    /// The commit of the release, where its source is that of the claimbook of this version.
    fn source(&self, version: &str) -> Option<String> {
        self.root.join(".git").exists().then_some(())?;
        let moment = Moment::revision(self.root, &self.manifest.commit).ok()?;
        let files = moment.lookup("", &["Cargo.toml".to_owned()].into()).ok()?;
        let text = moment.reader().ok()?.read(files.first()?, 1 << 20).ok()?;
        let Content::Bytes(text) = text else { return None };
        let ours = is_claimbook(&String::from_utf8_lossy(&text), version);
        moment.commit().filter(|_| ours).map(|commit| commit.id.clone())
    }
}

/// Whether a `Cargo.toml` is that of this version of claimbook.
fn is_claimbook(cargo: &str, version: &str) -> bool {
    let lines = cargo.lines().map(str::trim).skip_while(|line| *line != "[package]").skip(1);
    let package = lines.take_while(|line| !line.starts_with('['));
    let pairs = package.filter_map(|line| line.split_once('='));
    let said = |key: &str| {
        let mut values = pairs.clone().filter(|(of, _)| of.trim() == key);
        values.next().map(|(_, value)| value.trim().trim_matches('"'))
    };
    said("name") == Some("claimbook") && said("version") == Some(version)
}

/// The folder that a repository is in: outside of it, so that nothing there is in its way.
struct Beside {
    /// How git is called for the repository.
    git: String,
    /// The folder as git sees it, and as it is seen from here; with a `/`.
    from_git: String,
    from_here: String,
}

impl Beside {
    fn of(root: &Path) -> Self {
        let here = std::env::current_dir().and_then(|here| here.canonicalize());
        let below = here.and_then(|here| {
            let top = root.canonicalize()?;
            Ok(here.strip_prefix(&top).ok().map(|below| below.components().count()))
        });
        if let Ok(Some(depth)) = below {
            let up = "../".repeat(depth + 1);
            return Self { git: "git".to_owned(), from_git: up.clone(), from_here: up };
        }
        let root = root.to_string_lossy();
        let root = shell::word(&root);
        Self {
            git: format!("git -C {root}"),
            from_git: "../".to_owned(),
            from_here: format!("{root}/../"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_claimbook;

    #[test]
    fn claimbook_is_told_by_its_package() {
        let cargo = |name: &str, version: &str| {
            format!(
                "[lints]\nname = \"x\"\n[package]\nname = \"{name}\"\nversion = \"{version}\"\n[lib]\nname = \"claimbook\"\n"
            )
        };
        assert!(is_claimbook(&cargo("claimbook", "0.1.0"), "0.1.0"));
        assert!(!is_claimbook(&cargo("claimbook", "0.2.0"), "0.1.0"));
        assert!(!is_claimbook(&cargo("other", "0.1.0"), "0.1.0"));
        assert!(!is_claimbook("", "0.1.0"));
    }
}
