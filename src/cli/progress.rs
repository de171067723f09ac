//! A progress bar on a terminal, for work that takes more than a second.

use indicatif::{ProgressBar, ProgressStyle};
use std::{
    io::{self, IsTerminal as _},
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

pub struct Bar {
    what: &'static str,
    total: usize,
    done: AtomicUsize,
    began: Instant,
    bar: OnceLock<ProgressBar>,
    shown: bool,
}

impl Bar {
    pub fn new(what: &'static str, total: usize) -> Self {
        Self {
            what,
            total,
            done: AtomicUsize::new(0),
            began: Instant::now(),
            bar: OnceLock::new(),
            shown: io::stderr().is_terminal(),
        }
    }

    pub fn advance(&self, n: usize) {
        let done = self.done.fetch_add(n, Ordering::Relaxed) + n;
        // Looking at the clock for every file would cost more than some files do.
        if !self.shown || !done.is_multiple_of(256) || self.began.elapsed() < Duration::from_secs(1)
        {
            return;
        }
        let bar = self.bar.get_or_init(|| {
            let style = ProgressStyle::with_template("{msg} {wide_bar} {human_pos} of {human_len}");
            ProgressBar::new(self.total as u64)
                .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
                .with_message(self.what)
        });
        bar.set_position(done as u64);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}
