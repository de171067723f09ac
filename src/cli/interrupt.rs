//! Being told to stop: by Ctrl-C, or by a signal that ends programs. The only home of ctrlc.

use crate::publish;
use std::fs;

/// The exit code of a program that was interrupted.
const INTERRUPTED: i32 = 130;

/// Calls `stop` when the program is told to stop; once a run.
///
/// A shell starts programs in the background so that they do not heed Ctrl-C, yet a signal that is
/// meant for one of them is; whoever started it with nohup wants it to go on.
pub fn on(stop: impl FnMut() + 'static + Send) -> Result<(), ctrlc::Error> {
    if hangup_is_heeded() { ctrlc::set_handler(stop) } else { ctrlc::try_set_handler(stop) }
}

/// Whether the system says that the end of the terminal would end the program.
fn hangup_is_heeded() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    // SIGHUP is the first.
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|m| m & 1 == 0)
}

/// Leaves nothing behind where the program is told to stop while files are gathered.
pub fn leaves_nothing() {
    // Where it cannot be had, the program just ends.
    let _ = on(|| {
        publish::abandon();
        std::process::exit(INTERRUPTED);
    });
}
