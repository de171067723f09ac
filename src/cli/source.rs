//! A commit that is released, or built again: read, checked, built.

use super::{Context, check::as_of, interrupt, width};
use crate::{
    between::Between,
    check::{self, Ask, Base, Checked},
    date::Day,
    error::{Error, Result},
    finding::{Report, Texts},
    load::{self, Loaded},
    model::Meta,
    publish::{self, EXPORTERS, Edition, Exporter, Folder, exporters, feed::News},
    release::{self, Built, CHANGELOG, Facts, Manifest, Previous},
    report::{FORMATS, Options},
    rules::Acknowledgement,
    snapshot::{History, Moment, Snapshot, Tag},
    templates::Templates,
};
use std::{collections::BTreeMap, path::Path};

/// A commit, read to be released.
pub struct Source {
    snapshot: Snapshot,
    pub loaded: Loaded,
    pub templates: Templates,
    /// The page of changes; empty where there is none.
    pub changelog: String,
}

impl Source {
    /// Reads a commit.
    pub fn read(context: &Context, root: &Path, rev: &str) -> Result<Self> {
        let snapshot = Snapshot::revision(root, rev)?;
        let loaded = context.load(&snapshot)?;
        let templates = context.templates(&snapshot)?;
        let changelog = load::own_file(&snapshot, CHANGELOG, 16 << 20)?.unwrap_or_default();
        Ok(Self { snapshot, loaded, templates, changelog })
    }

    /// What `dataset.json` says.
    pub fn meta(&self) -> Result<&Meta> {
        let meta = self.loaded.dataset.meta.as_ref();
        meta.map(|entry| &entry.record).ok_or_else(|| Error::new("dataset.json cannot be read"))
    }

    /// The day of the commit.
    pub fn day(&self) -> String {
        let day = self.snapshot.commit().map(|commit| Day::from_unix(commit.time));
        day.map(|day| day.to_string()).unwrap_or_default()
    }

    /// What a check finds, in words, with the rules of change where there was a release before; none
    /// where it finds nothing.
    pub fn check(
        &self,
        context: &Context,
        root: &Path,
        since: Option<&Tag>,
        acknowledged: &[Acknowledgement],
    ) -> Result<Option<String>> {
        let as_of = as_of(&self.snapshot, None);
        let options = Options { color: context.colors(), width: width(), ..Options::default() };
        let words = |report: &Report, texts: &Texts| {
            report.fails().then(|| (FORMATS[0].render)(report, texts, &options))
        };
        let Some(tag) = since else {
            return Ok(words(&check::check(&self.loaded, as_of), &self.loaded.texts));
        };
        let head = self.snapshot.commit().map(|commit| commit.id.as_str());
        let base = Base::of(root, &format!("refs/tags/{}", tag.name), head)?;
        let ask = Ask { as_of, all: true, acknowledged };
        let Checked { report, texts } = context.against(&base, &self.snapshot, ask)?;
        Ok(words(&report, &texts))
    }

    /// Builds a release of these formats.
    pub fn build(
        &self,
        context: &Context,
        root: &Path,
        version: &str,
        previous: Option<Previous>,
        formats: &[String],
        out: &mut Folder,
    ) -> Result<Built> {
        let edition = self.edition()?.version(Some(version.to_owned()));
        let mut files = BTreeMap::new();
        if !self.changelog.is_empty() {
            files.insert("CHANGELOG.md".to_owned(), self.changelog.clone());
        }
        let mut news = None;
        if let Some(previous) = &previous {
            let older = Self::read(context, root, &previous.commit)?;
            let before = publish::bundle(&older.edition()?);
            let commit = self.snapshot.commit().map(|commit| commit.id.as_str()).unwrap_or("HEAD");
            let moments = [&previous.commit, commit].map(|rev| Moment::revision(root, rev));
            let [old, new] = moments;
            let changes = Between::read(&old?, &new?)?.changes();
            let told = super::news::news(&changes, &previous.version);
            news = Some(News { before: Some(before), ..told });
        }
        let commit = History::open(root)?;
        let id = self.snapshot.commit().map(|commit| commit.id.clone()).unwrap_or_default();
        let facts = Facts {
            version: version.to_owned(),
            tree: commit.tree(commit.tip(&id)?)?,
            tool: tool(),
            files,
            previous,
        };
        let wanted: Vec<&Exporter> = exporters(formats, news.is_some());
        release::build(&edition.news(news), facts, &wanted, out)
    }

    fn edition(&self) -> Result<Edition<'_>> {
        let edition = Edition::new(&self.loaded.dataset, self.snapshot.commit(), &self.templates);
        let edition = edition.ok_or_else(|| Error::new("dataset.json cannot be read"))?;
        Ok(edition.schemas(load::own_files(&self.snapshot, "schema", 1 << 20)?))
    }
}

/// What makes releases, as their manifest says.
pub fn tool() -> String {
    format!("claimbook {}", env!("CARGO_PKG_VERSION"))
}

/// Builds again what a manifest says, from the repository at `root`, and compares nothing yet.
pub fn again(context: &Context, root: &Path, manifest: &Manifest) -> Result<Built> {
    let unknown = manifest.formats.iter().find(|name| !EXPORTERS.iter().any(|e| e.name == **name));
    if let Some(name) = unknown {
        return Err(Error::new(format!("this claimbook knows no format `{name}`")));
    }
    let source = Source::read(context, root, &manifest.commit)?;
    interrupt::leaves_nothing();
    let mut out = Folder::nowhere()?;
    let previous = manifest.previous.clone();
    source.build(context, root, &manifest.version, previous, &manifest.formats, &mut out)
}
