//! Publishing into folders that others use too: what they have there stays as it is, whatever it is,
//! and nothing stays of a run that was stopped.
#![cfg(unix)]

mod common;

use common::{claimbook, dataset::Dataset, edit, files};
use rustix::process::{Pid, Signal, geteuid, kill_process};
use std::{
    ffi::OsStr,
    fs,
    os::unix::{
        ffi::OsStrExt as _,
        fs::{MetadataExt as _, PermissionsExt as _, chown, symlink},
        process::CommandExt as _,
    },
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

/// Who has no rights but those that files give everybody.
const NOBODY: u32 = 65_534;

impl Dataset {
    /// Publishes as somebody who is bound by permissions, and gives the exit code and what was said.
    fn run_as_nobody(&self, args: &[&str]) -> (Option<i32>, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_claimbook"));
        command.arg("publish").args(args).current_dir(self.dir.path()).env_clear();
        if geteuid().is_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        let run = command.output().expect("it runs");
        (run.status.code(), String::from_utf8(run.stderr).expect("UTF-8"))
    }

    /// Gives everything to who runs [`Self::run_as_nobody`].
    fn give_away(&self) {
        fn walk(path: &Path) {
            chown(path, Some(NOBODY), Some(NOBODY)).expect("given");
            if path.is_dir() {
                for entry in fs::read_dir(path).expect("a folder") {
                    walk(&entry.expect("an entry").path());
                }
            }
        }
        if geteuid().is_root() {
            walk(self.dir.path());
        }
    }

    /// Fails where anything is left of what was gathered.
    #[track_caller]
    fn is_tidy(&self) {
        for folder in [self.path(""), self.path("dist")] {
            let entries = fs::read_dir(folder).into_iter().flatten();
            let names = entries.map(|entry| entry.expect("an entry").file_name());
            let left: Vec<_> = names.filter(|n| n.to_string_lossy().starts_with(".dist")).collect();
            assert!(left.is_empty(), "{left:?}");
        }
    }
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode");
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).expect("there").permissions().mode() & 0o7777
}

#[test]
fn whatever_others_put_there_is_not_touched() {
    let dataset = Dataset::new();
    let dist = dataset.path("dist");
    fs::create_dir_all(dist.join(".git/refs/heads")).expect("a folder");
    fs::create_dir_all(dist.join("report/empty")).expect("a folder");
    fs::write(dist.join("secret"), "mine").expect("written");
    fs::write(dist.join("report/run.sh"), "mine").expect("written");
    fs::write(dataset.path("outside"), "mine").expect("written");
    set_mode(&dist, 0o750);
    set_mode(&dist.join(".git"), 0o700);
    set_mode(&dist.join("secret"), 0o600);
    set_mode(&dist.join("report/run.sh"), 0o755);
    set_mode(&dataset.path("outside"), 0o600);
    symlink("../outside", dist.join("link")).expect("a link");
    symlink("nowhere", dist.join("dangling")).expect("a link");
    fs::write(dist.join(OsStr::from_bytes(b"caf\xe9")), "mine").expect("written");
    let others =
        [".git", ".git/refs/heads", "report/empty", "secret", "report/run.sh", "link", "dangling"];
    let look = || {
        let paths = others.iter().map(|path| dist.join(path));
        let paths =
            paths.chain([dataset.path("outside"), dist.join(OsStr::from_bytes(b"caf\xe9"))]);
        let at = |path: PathBuf| {
            let at = fs::symlink_metadata(&path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
            (mode(&path), at.ino(), path)
        };
        paths.map(at).collect::<Vec<_>>()
    };
    let before = look();
    let folder = fs::metadata(&dist).expect("a folder").ino();
    for formats in ["all", "json,csv,markdown", "csv", "json,markdown"] {
        dataset.run(&["--format", formats]).expect(0);
        assert_eq!(look(), before);
        dataset.run(&["--format", formats, "--check"]).expect(0);
        dataset.is_tidy();
    }
    // The folder is the same, and what was written can be read by everyone.
    assert_eq!((fs::metadata(&dist).expect("a folder").ino(), mode(&dist)), (folder, 0o750));
    assert_eq!((mode(&dist.join("claims.jsonl")), mode(&dist.join("report"))), (0o644, 0o755));
    dataset.run(&["--format", "csv"]).expect(0);
    assert_eq!(look(), before);
    assert!(!dist.join("report/topics").exists() && !dist.join("claims.jsonl").exists());
}

#[test]
fn a_folder_keeps_who_may_look_into_it() {
    let dataset = Dataset::new();
    fs::create_dir(dataset.path("dist")).expect("a folder");
    set_mode(&dataset.path("dist"), 0o2750);
    for _ in 0..2 {
        dataset.run(&[]).expect(0);
        assert_eq!(mode(&dataset.path("dist")), 0o2750);
    }
    // Whoever is in it stays in it.
    let before = fs::metadata(dataset.path("dist")).expect("a folder").ino();
    claimbook(&dataset.path("dist"), &["publish", "--out", "."]).expect(0);
    assert_eq!(fs::metadata(dataset.path("dist")).expect("a folder").ino(), before);
    dataset.run(&["--check"]).expect(0);
}

#[test]
fn a_link_to_a_folder_stays_one() {
    let dataset = Dataset::new();
    fs::create_dir(dataset.path("real")).expect("a folder");
    symlink("real", dataset.path("dist")).expect("a link");
    for _ in 0..2 {
        dataset.run(&[]).expect(0);
        assert!(dataset.path("dist").is_symlink() && dataset.path("real/claims.csv").exists());
    }
    dataset.run(&["--check"]).expect(0);
    fs::remove_dir_all(dataset.path("real")).expect("removed");
    let run = dataset.run(&[]).expect(2);
    assert!(run.stderr.contains("dist is a symbolic link to what is not there"), "{}", run.stderr);
    assert!(dataset.path("dist").is_symlink() && !dataset.path("real").exists());
}

#[test]
fn links_in_the_folder_lead_nowhere_else() {
    let dataset = Dataset::new();
    dataset.run(&[]).expect(0);
    // The pages are elsewhere now, and whoever moved them has them.
    fs::rename(dataset.path("dist/report"), dataset.path("pages")).expect("moved");
    symlink("../pages", dataset.path("dist/report")).expect("a link");
    let before = files(&dataset.path("pages"));
    for format in ["csv", "markdown"] {
        let run = dataset.run(&["--format", format]).expect(2);
        assert!(run.stderr.contains("report/README.md"), "{}", run.stderr);
    }
    assert!(files(&dataset.path("pages")) == before);
}

#[test]
fn a_folder_in_one_that_cannot_be_written_to_is_published_into() {
    let dataset = Dataset::new();
    fs::create_dir(dataset.path("dist")).expect("a folder");
    dataset.give_away();
    set_mode(dataset.dir.path(), 0o555);
    for _ in 0..2 {
        assert_eq!(dataset.run_as_nobody(&[]), (Some(0), String::new()));
    }
    dataset.run(&["--check"]).expect(0);
    dataset.is_tidy();
    set_mode(dataset.dir.path(), 0o755);
}

#[test]
fn what_cannot_be_put_in_place_leaves_the_folder_as_it_was() {
    let dataset = Dataset::new();
    dataset.run(&["--format", "csv"]).expect(0);
    fs::write(dataset.path("dist/notes.txt"), "mine").expect("written");
    fs::create_dir(dataset.path("dist/report")).expect("a folder");
    let before = files(&dataset.path("dist"));
    edit(&dataset.path("dataset/subjects/aldinia.json"), "Aldinia", "Aldinien");
    dataset.give_away();
    set_mode(&dataset.path("dist/report"), 0o555);
    // Files before those of the report are in place by then, and the tables are to go.
    let (code, said) = dataset.run_as_nobody(&["--format", "json,bibtex,markdown"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("cannot publish into dist: report/"), "{said}");
    assert!(files(&dataset.path("dist")) == before);
    set_mode(&dataset.path("dist/report"), 0o755);
    dataset.is_tidy();
}

/// Only where the system lets everybody mount.
#[test]
#[cfg(target_os = "linux")]
fn a_folder_where_something_is_mounted_is_published_into() {
    let dataset = Dataset::new();
    fs::create_dir(dataset.path("dist")).expect("a folder");
    let program = env!("CARGO_BIN_EXE_claimbook");
    let words = format!(
        "mount -t tmpfs none dist || exit 77
         {program} publish && {program} publish --format csv && {program} publish --format csv --check &&
         test -e dist/claims.csv && ! test -e dist/report && test -z \"$(ls -d .dist-* dist/.dist-*)\""
    );
    let run = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", &words])
        .current_dir(dataset.dir.path())
        .output();
    match run {
        Ok(run) if run.status.success() => {}
        Ok(run) if run.status.code() != Some(77) && !run.stderr.starts_with(b"unshare:") => {
            panic!("{run:?}")
        }
        _ => {}
    }
}

/// Enough claims that a run lasts a while.
fn many(dataset: &Dataset) {
    let claim = fs::read_to_string(dataset.path("dataset/claims/bridge-decided.json"));
    let claim: serde_json::Value = serde_json::from_str(&claim.expect("a claim")).expect("JSON");
    let lines: String = (0..4000)
        .map(|n| {
            let mut claim = claim.clone();
            claim["id"] = format!("bridge-decided-{n}").into();
            claim["statement"] = format!("The council decided on a bridge, item {n}.").into();
            format!("{claim}\n")
        })
        .collect();
    fs::write(dataset.path("dataset/claims/many.jsonl"), lines).expect("written");
}

#[test]
fn a_run_that_is_stopped_leaves_nothing_behind() {
    let dataset = Dataset::new();
    dataset.run(&["--format", "csv"]).expect(0);
    let before = files(&dataset.path("dist"));
    many(&dataset);
    for signal in [Signal::INT, Signal::TERM] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_claimbook"))
            .args(["publish", "--format", "all"])
            .current_dir(dataset.dir.path())
            .env_clear()
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let gathers = || {
            let mut entries = fs::read_dir(dataset.dir.path()).expect("a folder");
            entries
                .any(|e| e.expect("an entry").file_name().to_string_lossy().starts_with(".dist-"))
        };
        while !gathers() {
            assert_eq!(child.try_wait().expect("a state"), None, "it ended before it was stopped");
            thread::sleep(Duration::from_millis(1));
        }
        kill_process(Pid::from_child(&child), signal).expect("a signal");
        let run = child.wait_with_output().expect("an end");
        assert_eq!(run.status.code(), Some(130), "{run:?}");
        dataset.is_tidy();
        assert!(files(&dataset.path("dist")) == before);
    }
}
