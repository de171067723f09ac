//! A terminal with a program in it, and somebody who reads and types.

use rustix::{
    fd::OwnedFd,
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{Winsize, tcsetwinsize},
};
use std::{
    fs::{self, File},
    io::{Read as _, Write as _},
    path::Path,
    process::{Child, Command},
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

/// A terminal with claimbook in it.
pub struct Terminal {
    child: Child,
    keys: File,
    shown: Receiver<Vec<u8>>,
    /// The beginning of what is shown next, where it came in parts.
    part: Vec<u8>,
    /// What was shown and not looked at yet.
    text: String,
    /// Everything that was shown, as it came.
    pub raw: String,
}

impl Terminal {
    /// Runs claimbook in a terminal.
    pub fn run(folder: &Path, args: &[&str]) -> Self {
        let keys = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
        grantpt(&keys).expect("a terminal of ours");
        unlockpt(&keys).expect("an unlocked terminal");
        let size = Winsize { ws_row: 60, ws_col: 160, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&keys, size).expect("a size");
        let name = ptsname(&keys, Vec::new()).expect("its name");
        let inside = || {
            let path = name.to_str().expect("UTF-8");
            OwnedFd::from(fs::OpenOptions::new().read(true).write(true).open(path).expect("opened"))
        };
        let child = Command::new(env!("CARGO_BIN_EXE_claimbook"))
            .args(args)
            .current_dir(folder)
            .env_clear()
            .env("TERM", "xterm")
            .stdin(inside())
            .stdout(inside())
            .stderr(inside())
            .spawn()
            .expect("the program runs");
        let keys = File::from(keys);
        let mut screen = keys.try_clone().expect("the same terminal");
        let (send, shown) = mpsc::channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            // It ends with an error once nobody is left inside.
            while let Ok(n @ 1..) = screen.read(&mut bytes) {
                if send.send(bytes[..n].to_vec()).is_err() {
                    return;
                }
            }
        });
        Self { child, keys, shown, part: Vec::new(), text: String::new(), raw: String::new() }
    }

    /// Waits for these words, and gives what was shown until then.
    #[track_caller]
    pub fn until(&mut self, words: &str) -> String {
        loop {
            if let Some((before, after)) = self.text.split_once(words) {
                let before = format!("{before}{words}");
                self.text = after.to_owned();
                return before;
            }
            // Far longer than it takes: only a hang gets here.
            match self.shown.recv_timeout(Duration::from_secs(60)) {
                Ok(bytes) => self.take(&bytes),
                Err(_) => panic!("{words:?} never comes; there is {:?}", self.text),
            }
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.part.extend_from_slice(bytes);
        let rest = self.part.split_off(whole(&self.part));
        let bytes = String::from_utf8_lossy(&self.part);
        self.text.push_str(&plain(&bytes));
        self.raw.push_str(&bytes);
        self.part = rest;
    }

    /// Types.
    pub fn keys(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("typed");
    }

    /// Presses Ctrl-U until these words show that it came through: between two keys the terminal is
    /// its own master, and takes it for itself.
    #[track_caller]
    pub fn begin_anew(&mut self, words: &str) {
        for _ in 0..300 {
            self.text.clear();
            self.keys("\u{15}");
            while let Ok(bytes) = self.shown.recv_timeout(Duration::from_millis(200)) {
                self.take(&bytes);
                // An empty answer is drawn as one space or two.
                if self.text.replace("  ", " ").contains(words) {
                    return;
                }
            }
        }
        panic!("{words:?} never comes; there is {:?}", self.text);
    }

    /// Waits for a question, and answers it with a line.
    #[track_caller]
    pub fn answer(&mut self, question: &str, answer: &str) -> String {
        let before = self.until(question);
        self.keys(&format!("{answer}\r"));
        before
    }

    /// The number of the program's process.
    pub fn id(&self) -> rustix::process::Pid {
        rustix::process::Pid::from_child(&self.child)
    }

    /// Waits for the end: the exit code, and what was still shown.
    pub fn end(mut self) -> (Option<i32>, String) {
        let code = self.child.wait().expect("an end").code();
        while let Ok(bytes) = self.shown.recv_timeout(Duration::from_millis(500)) {
            self.take(&bytes);
        }
        (code, self.text)
    }
}

/// Where what came ends in whole letters, and in whole commands to the terminal.
fn whole(bytes: &[u8]) -> usize {
    let end = match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        _ => bytes.len(),
    };
    let command = bytes[..end].iter().rposition(|b| *b == b'\x1b');
    command.filter(|at| !bytes[*at..end].iter().any(u8::is_ascii_alphabetic)).unwrap_or(end)
}

/// A text without what moves the cursor and changes colours.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars().filter(|c| *c != '\r').peekable();
    while let Some(c) = rest.next() {
        match (c, rest.peek()) {
            ('\u{1b}', Some('[')) => {
                rest.next();
                for c in rest.by_ref() {
                    if c.is_ascii_alphabetic() {
                        break;
                    }
                }
            }
            _ => out.push(c),
        }
    }
    out
}
