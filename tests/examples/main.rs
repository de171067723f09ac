//! The examples of the pages that people read: every block of shell commands in the README,
//! CONTRIBUTING and `docs/` is run, in order, and prints what the page shows.
//!
//! `SNAPSHOTS=overwrite cargo test --test examples` writes what was printed into the pages.

#[path = "../common/mod.rs"]
mod common;
mod page;
mod pages;
mod scene;

use page::{Step, plain, steps};
use pages::{NOT_RUN, PAGES, Page};
use std::{collections::BTreeSet, fs, path::Path, thread};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("a page")
}

/// What is wrong with the examples of a page.
fn play(page: &Page) -> Result<(), String> {
    let text = read(page.path);
    let lines: Vec<&str> = text.lines().collect();
    let mut scene = (page.scene)();
    let mut printed: Vec<(usize, usize, String)> = Vec::new();
    let mut last = None;
    for (block, step) in steps(&lines) {
        if last.replace(block) != Some(block) {
            (page.before)(&mut scene, step.words());
        }
        match step {
            Step::Ignored(_) => {}
            Step::File { name, text } => {
                fs::write(scene.at.join(name), text).expect("written");
            }
            Step::Script(script) => {
                let joined = script.replace("\\\n", "");
                let checked: Vec<String> = joined
                    .lines()
                    .map(|line| format!("{line}\ncode=$?; [ $code = 0 ] || exit $code"))
                    .collect();
                let (code, out) = scene.run(&checked.join("\n"));
                if code != 0 {
                    return Err(format!("{}:\n{script}\nfailed:\n{out}", page.path));
                }
            }
            Step::Command { words, first, end } => {
                let (_, out) = scene.run(&words);
                let same = out.lines().map(plain).eq(lines[first..end].iter().map(|l| plain(l)));
                if !same {
                    printed.push((first, end, out));
                }
            }
        }
    }
    if printed.is_empty() {
        return Ok(());
    }
    if std::env::var_os("SNAPSHOTS").is_some_and(|mode| mode == "overwrite") {
        let mut new: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        for (first, end, out) in printed.into_iter().rev() {
            new.splice(first..end, out.lines().map(|line| line.trim_end().to_owned()));
        }
        fs::write(root().join(page.path), new.join("\n") + "\n").expect("written");
        return Ok(());
    }
    let found = printed.into_iter().map(|(first, end, out)| {
        let shown = lines[first..end].join("\n");
        format!("{}:{first}: it shows\n{shown}\nbut there is\n{out}", page.path)
    });
    Err(found.collect::<Vec<_>>().join("\n"))
}

#[test]
fn examples_do_what_the_pages_say() {
    let wrong: Vec<String> = thread::scope(|scope| {
        let runs: Vec<_> = PAGES.iter().map(|page| scope.spawn(|| play(page))).collect();
        runs.into_iter().filter_map(|run| run.join().expect("an end").err()).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The pages with blocks of shell commands, by path.
fn pages_with_commands() -> BTreeSet<String> {
    let mut paths = vec!["README.md".to_owned(), "CONTRIBUTING.md".to_owned()];
    for entry in fs::read_dir(root().join("docs")).expect("the folder docs") {
        paths.push(format!("docs/{}", entry.expect("an entry").file_name().to_string_lossy()));
    }
    let commands = |path: &String| !steps(&read(path).lines().collect::<Vec<_>>()).is_empty();
    paths.into_iter().filter(commands).collect()
}

#[test]
fn every_page_with_examples_is_played() {
    let played: BTreeSet<String> = PAGES.iter().map(|page| page.path.to_owned()).collect();
    assert_eq!(played, pages_with_commands());
}

#[test]
fn what_is_not_run_is_few_and_has_a_reason() {
    let mut ignored = BTreeSet::new();
    for path in pages_with_commands() {
        for (_, step) in steps(&read(&path).lines().collect::<Vec<_>>()) {
            if let Step::Ignored(line) = step {
                ignored.insert((path.clone(), line));
            }
        }
    }
    let listed = NOT_RUN.iter().map(|(path, line, _)| ((*path).to_owned(), (*line).to_owned()));
    assert_eq!(ignored, listed.collect());
    assert!(NOT_RUN.iter().all(|(.., reason)| !reason.is_empty()));
}

#[test]
fn the_tutorial_takes_five_commands_to_a_green_check() {
    let page = read("docs/tutorial.md");
    let (_, way) = page.split_once("\n## The first way").expect("the first way");
    let (way, _) = way.split_once("\n*No errors, no warnings*").expect("a green check");
    let lines: Vec<&str> = way.lines().collect();
    assert_eq!(steps(&lines).len(), 5, "{way}");
    assert!(way.contains(": no errors, no warnings"), "{way}");
    assert!(!way.contains("```json"), "nobody writes JSON");
}
