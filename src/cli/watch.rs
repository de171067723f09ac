//! Running a command again whenever the dataset changes, until somebody stops it.
//!
//! Files are looked at again and again rather than watched by the system: that works on every file
//! system, and needs no crate that could do more than look.

use super::{Outcome, interrupt, note, print};
use crate::{
    error::Result,
    snapshot::{FOLDERS, Snapshot},
    text::list,
};
use std::{
    fs,
    io::{self, IsTerminal as _},
    path::Path,
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    time::{Duration, Instant, SystemTime},
};

/// How long to rest between two looks, at least.
const REST: Duration = Duration::from_millis(200);

/// How many times longer than a look the rest after it is, so that a large dataset costs no more
/// than one part in so many of a processor.
const SHARE: u32 = 20;

/// Runs `run` now, and again whenever a file below `root` changes that claimbook reads. Ends when it
/// is interrupted.
pub fn watch(root: &Path, mut run: impl FnMut() -> Result<Outcome>) -> Result<Outcome> {
    let (stop, stopped) = mpsc::channel();
    let told = stop.clone();
    // Where nobody waits any more, the command has ended; where no signal can be waited for, it just
    // ends.
    let _ = interrupt::on(move || told.send(()).unwrap_or_default());
    loop {
        // Before the command looks, so that nothing is missed.
        let seen = Look::at(root);
        if io::stdout().is_terminal() {
            print("\u{1b}[2J\u{1b}[3J\u{1b}[H")?;
        }
        if let Err(error) = run() {
            note(&format!("error: {error}"));
            error.hints().iter().for_each(|hint| note(&format!("hint: {hint}")));
        }
        note(&format!("{}: watching {}; Ctrl-C stops", clock(), list(&FOLDERS, "and")));
        if wait(root, seen, &stopped) {
            return Ok(Outcome::Clean);
        }
    }
}

/// Waits until the files are other than they were, and stay so for a look; whether to stop instead.
fn wait(root: &Path, seen: Look, stopped: &Receiver<()>) -> bool {
    let (mut last, mut rest) = (seen.clone(), REST);
    loop {
        match stopped.recv_timeout(rest) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return true,
        }
        let began = Instant::now();
        let now = Look::at(root);
        rest = REST.max(SHARE * began.elapsed());
        // Programs write in several steps: the last of them counts.
        if now != seen && now == last {
            return false;
        }
        last = now;
    }
}

/// How the files looked at one moment: path, time of the last change and length; or why they could
/// not be looked at.
#[derive(Clone, PartialEq)]
struct Look(std::result::Result<Vec<(String, Option<SystemTime>, u64)>, String>);

impl Look {
    fn at(root: &Path) -> Self {
        let file = |path: &str| {
            let at = fs::symlink_metadata(root.join(path)).ok();
            let changed = at.as_ref().and_then(|at| at.modified().ok());
            (path.to_owned(), changed, at.map_or(0, |at| at.len()))
        };
        let files = Snapshot::folder(root).map_err(|e| e.to_string());
        Self(files.map(|snapshot| {
            // What we write beside a file before it takes its place is not looked at.
            let aside = |path: &str| path.rsplit('/').next().is_some_and(|n| n.starts_with('.'));
            let files = snapshot.files().iter().map(|file| file.path.as_str());
            files.filter(|path| !aside(path)).map(file).collect()
        }))
    }
}

/// The time of day, in UTC.
fn clock() -> String {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let seconds = since.as_secs() % 86_400;
    format!("{:02}:{:02}:{:02} UTC", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
