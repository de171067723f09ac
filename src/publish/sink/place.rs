//! Putting what was gathered in place: the whole folder in one step, or file by file beside what
//! others have in it.

use super::{
    list::{self, LIST},
    staging::{self, Staging},
    there::{There, named},
};
use std::{
    collections::BTreeSet,
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

/// Why something could not be put in place.
pub struct Failure {
    pub error: io::Error,
    /// Whether the folder is not as it was: what it held is where replaced files go.
    pub torn: bool,
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self { error, torn: false }
    }
}

/// Puts the new files, among them the list, in place of those that were there.
pub fn place(staging: &Staging, out: &Path, there: &There) -> Result<(), Failure> {
    let _held = staging::hold();
    let (new, old) = (staging.new_files(), staging.old_files());
    if !out.exists() {
        return Ok(fs::rename(new, out)?);
    }
    if there.only_ours(out)? && alike(&new, out)? {
        match swap(&new, &old, out) {
            Err(failure) if failure.torn => return Err(failure),
            // Such as a mount point, which cannot be moved.
            Err(_) => super::folder::open_folder(&new)?,
            Ok(()) => return Ok(()),
        }
    }
    let mut steps = Steps { new, old, out, done: Vec::new() };
    match steps.run(there) {
        Ok(()) => Ok(()),
        Err(error) => Err(Failure { error, torn: steps.undo().is_err() }),
    }
}

/// Makes a new folder one that can stand for another; whether that is so.
#[cfg(unix)]
fn alike(new: &Path, out: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let (ours, theirs) = (fs::metadata(new)?, fs::metadata(out)?);
    // Whoever is in it would be left in one that is gone.
    let inside = fs::canonicalize(".").is_ok_and(|here| here.starts_with(out));
    if inside || (ours.uid(), ours.gid()) != (theirs.uid(), theirs.gid()) {
        return Ok(false);
    }
    fs::set_permissions(new, theirs.permissions())?;
    Ok(true)
}

#[cfg(not(unix))]
fn alike(_: &Path, out: &Path) -> io::Result<bool> {
    Ok(!fs::canonicalize(".").is_ok_and(|here| here.starts_with(out)))
}

/// Puts `new` in the place of `out`, in one step where the system can.
fn swap(new: &Path, old: &Path, out: &Path) -> Result<(), Failure> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, new, CWD, out, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    let aside = old.join("all");
    fs::rename(out, &aside)?;
    fs::rename(new, out).map_err(|error| Failure { error, torn: fs::rename(&aside, out).is_err() })
}

/// What was done to a folder, so that it can be undone.
enum Step {
    Made(PathBuf),
    Put(String),
    Taken(String),
}

/// Changes a folder file by file, each by a rename.
struct Steps<'s> {
    new: PathBuf,
    old: PathBuf,
    out: &'s Path,
    done: Vec<Step>,
}

impl Steps<'_> {
    fn run(&mut self, there: &There) -> io::Result<()> {
        let text = fs::read_to_string(self.new.join(LIST))?;
        let lines: BTreeSet<(String, String)> = (text.lines())
            .filter_map(|line| line.split_once("  "))
            .map(|(sum, path)| (path.to_owned(), sum.to_owned()))
            .collect();
        let paths: BTreeSet<&str> = lines.iter().map(|(path, _)| path.as_str()).collect();
        let before = there.listed.iter();
        let before = before.flat_map(|(path, of)| of.iter().map(move |sum| (path, sum)));
        // First a list of the old and the new: even if the machine stops halfway, a later run knows
        // that both are ours.
        let both: BTreeSet<(&String, &String)> =
            lines.iter().map(|(path, sum)| (path, sum)).chain(before).collect();
        let all = self.new.with_file_name("both");
        fs::write(&all, list::text(both))?;
        super::folder::open_file(&all)?;
        self.put(LIST, &all).map_err(named(LIST))?;
        for path in &paths {
            self.put(path, &self.new.join(path)).map_err(named(path))?;
        }
        let gone: Vec<&String> =
            there.ours.iter().filter(|p| *p != LIST && !paths.contains(p.as_str())).collect();
        for path in &gone {
            let aside = self.aside(path)?;
            fs::rename(self.out.join(path), aside).map_err(named(path))?;
            self.done.push(Step::Taken((*path).clone()));
        }
        fs::rename(self.new.join(LIST), self.out.join(LIST)).map_err(named(LIST))?;
        for path in gone {
            let folders = Path::new(path).ancestors().skip(1);
            for folder in folders.filter(|folder| !folder.as_os_str().is_empty()) {
                // One that others have something in stays.
                let _ = fs::remove_dir(self.out.join(folder));
            }
        }
        Ok(())
    }

    /// Where an old file goes.
    fn aside(&self, path: &str) -> io::Result<PathBuf> {
        let aside = self.old.join(path);
        fs::create_dir_all(aside.parent().unwrap_or(&aside))?;
        Ok(aside)
    }

    fn put(&mut self, path: &str, from: &Path) -> io::Result<()> {
        let target = self.out.join(path);
        let folders: Vec<&Path> = Path::new(path).ancestors().skip(1).collect();
        for folder in folders.into_iter().rev().map(|folder| self.out.join(folder)) {
            match fs::create_dir(&folder) {
                Err(e) if e.kind() == ErrorKind::AlreadyExists || folder == *self.out => {}
                made => {
                    made?;
                    self.done.push(Step::Made(folder.clone()));
                    super::folder::open_folder(&folder)?;
                }
            }
        }
        if fs::symlink_metadata(&target).is_ok() {
            let aside = self.aside(path)?;
            // The old file stays in its place until the new one takes it, where the system can.
            fs::hard_link(&target, &aside).or_else(|_| fs::rename(&target, &aside))?;
        }
        self.done.push(Step::Put(path.to_owned()));
        fs::rename(from, target)
    }

    /// Makes the folder what it was; goes on where something cannot be undone.
    fn undo(&mut self) -> io::Result<()> {
        let mut undone = Ok(());
        for step in self.done.drain(..).rev() {
            let done = match step {
                Step::Made(folder) => fs::remove_dir(folder),
                Step::Taken(path) => fs::rename(self.old.join(&path), self.out.join(&path)),
                Step::Put(path) => {
                    let (aside, target) = (self.old.join(&path), self.out.join(&path));
                    if fs::symlink_metadata(&aside).is_ok() {
                        fs::rename(aside, target)
                    } else {
                        match fs::remove_file(target) {
                            Err(e) if e.kind() == ErrorKind::NotFound => Ok(()),
                            removed => removed,
                        }
                    }
                }
            };
            undone = undone.and(done);
        }
        undone
    }
}

#[cfg(test)]
mod tests {
    use super::{super::list::Fits, *};
    use std::collections::BTreeMap;

    #[test]
    fn halfway_the_list_knows_the_old_and_the_new() {
        let dir = tempfile::tempdir().expect("a folder");
        let [new, old, out] = ["new", "old", "out"].map(|name| dir.path().join(name));
        let list = |sums: &[(&str, &str)]| {
            let sums = sums.iter().map(|(path, sum)| (path.to_string(), sum.repeat(32)));
            let sums: BTreeMap<String, String> = sums.collect();
            list::text(&sums)
        };
        for folder in [&new, &old, &out] {
            fs::create_dir(folder).expect("a folder");
        }
        fs::write(out.join("a"), "old").expect("written");
        fs::write(out.join(LIST), list(&[("a", "01")])).expect("written");
        fs::write(new.join("a"), "new").expect("written");
        // A second one is missing, so that it ends there.
        fs::write(new.join(LIST), list(&[("a", "02"), ("b", "03")])).expect("written");
        let fits: Fits = Box::new(|_| true);
        let there = There::look(&out, &fits, &BTreeMap::new()).expect("looked at");
        let mut steps = Steps { new, old, out: &out, done: Vec::new() };
        steps.run(&there).expect_err("no second file");
        let listed = list::read(&out, &fits).expect("read").expect("a list of ours");
        assert_eq!((listed["a"].len(), listed["b"].len()), (2, 1));
        assert_eq!(fs::read_to_string(out.join("a")).expect("a file"), "new");
        steps.undo().expect("undone");
        assert_eq!(fs::read_to_string(out.join("a")).expect("a file"), "old");
        assert_eq!(fs::read_to_string(out.join(LIST)).expect("a file"), list(&[("a", "01")]));
    }
}
