//! Completions and manual pages: made for every shell, and they know every command.

mod common;

use common::{claimbook, files, sample};
use std::{io::Write as _, process::Stdio};

/// The commands that `--help` lists.
fn commands() -> Vec<String> {
    let help = claimbook(&sample(), &["--help"]).expect(0).stdout;
    let (_, list) = help.split_once("Commands:\n").expect("a list of commands");
    let (list, _) = list.split_once("\n\n").expect("an end of the list");
    // A description that goes on is indented further.
    let lines = list.lines().filter(|line| line.len() > 2 && !line[2..].starts_with(' '));
    let name = |line: &str| line.split_whitespace().next().map(str::to_owned);
    lines.filter_map(name).filter(|name| name != "help").collect()
}

#[test]
fn completions_know_every_command() {
    let commands = commands();
    assert!(commands.contains(&"check".to_owned()) && commands.len() > 8, "{commands:?}");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = claimbook(&sample(), &["completions", shell]).expect(0).stdout;
        for name in &commands {
            assert!(script.contains(name.as_str()), "{shell} does not know {name}");
        }
        assert!(script.contains("as-of"), "{shell} does not know the flags of check");
        // The shell itself, where it is there, must be able to read it.
        let mut reader = std::process::Command::new(shell);
        let reader = reader.arg("-n").stdin(Stdio::piped()).stderr(Stdio::piped());
        if ["bash", "fish", "zsh"].contains(&shell)
            && let Ok(mut child) = reader.spawn()
        {
            let mut stdin = child.stdin.take().expect("a pipe");
            stdin.write_all(script.as_bytes()).expect("written");
            drop(stdin);
            let output = child.wait_with_output().expect("an end");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
    }
    claimbook(&sample(), &["completions", "cmd"]).expect(2);
}

#[test]
fn every_command_has_a_manual_page() {
    let root = tempfile::tempdir().expect("a folder");
    claimbook(root.path(), &["man", "--out", "pages"]).expect(0);
    let pages = files(&root.path().join("pages"));
    for name in commands() {
        let page = pages.get(&format!("claimbook-{name}.1")).map(|page| page.as_slice());
        let page = String::from_utf8_lossy(page.unwrap_or_else(|| panic!("no page of {name}")));
        assert!(page.contains(".SH SYNOPSIS"), "{page}");
    }
    let whole = claimbook(root.path(), &["man"]).expect(0).stdout;
    assert!(pages["claimbook.1"] == whole.into_bytes(), "the pages differ");
}
