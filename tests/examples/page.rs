//! A page of Markdown as a sequence of things to do: its blocks of shell commands, and of files.

/// One thing to do.
pub enum Step {
    /// Write a file: a block whose fence names one, as in ` ```csv claims.csv`.
    File { name: String, text: String },
    /// Run lines of which only the success is told, from a block of `sh`.
    Script(String),
    /// Run a command of a `console` block and hold what it prints against the lines of the page
    /// from `first` to before `end`.
    Command { words: String, first: usize, end: usize },
    /// Leave it out: the fence says `ignore`.
    Ignored(String),
}

impl Step {
    /// The words it begins with.
    pub fn words(&self) -> &str {
        match self {
            Self::File { name, .. } => name,
            Self::Script(words) | Self::Ignored(words) | Self::Command { words, .. } => words,
        }
    }
}

/// The steps of a page, each with the number of its block.
pub fn steps(lines: &[&str]) -> Vec<(usize, Step)> {
    let mut steps = Vec::new();
    let (mut block, mut at) = (0, 0);
    while at < lines.len() {
        let Some(info) = lines[at].strip_prefix("```") else {
            at += 1;
            continue;
        };
        let begin = at + 1;
        let end = begin + lines[begin..].iter().position(|line| *line == "```").expect("a fence");
        let inside = &lines[begin..end];
        let (language, more) = info.split_once(' ').unwrap_or((info, ""));
        let shell = ["sh", "console"].contains(&language);
        let mut found = Vec::new();
        match (language, more) {
            (_, "ignore") if shell => found.push(Step::Ignored(inside[0].to_owned())),
            ("sh", "") => found.push(Step::Script(inside.join("\n"))),
            ("console", "") => found.extend(commands(lines, begin, end)),
            (_, "") => {}
            (_, name) => {
                found.push(Step::File { name: name.to_owned(), text: inside.join("\n") + "\n" });
            }
        }
        steps.extend(found.into_iter().map(|step| (block, step)));
        block += 1;
        at = end + 1;
    }
    steps
}

/// The commands of a `console` block, each with the lines that it printed.
fn commands(lines: &[&str], begin: usize, end: usize) -> Vec<Step> {
    let mut found = Vec::new();
    let mut at = begin;
    while at < end {
        let mut words = lines[at].strip_prefix("$ ").expect("a command first").to_owned();
        at += 1;
        while words.ends_with('\\') {
            words = format!("{words}\n{}", lines[at]);
            at += 1;
        }
        let first = at;
        at += lines[at..end].iter().take_while(|line| !line.starts_with("$ ")).count();
        found.push(Step::Command { words, first, end: at });
    }
    found
}

/// A line without what differs from run to run: how long it took, ids of commits, today; and how
/// many records of our own dataset there are, which is another number tomorrow.
pub fn plain(line: &str) -> String {
    let counts = line.strip_prefix("checked ").and_then(|rest| rest.split_once(" in "));
    let line = counts.map_or(line.to_owned(), |(_, rest)| {
        // Whether there are errors matters; how many notes, not.
        let rest = rest.split(" warnings").next().unwrap_or(rest);
        format!("checked … in {rest}")
    });
    let line = match line.split_once("{\"date\": \"") {
        Some((before, after)) => {
            format!(
                "{before}{}",
                after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-')
            )
        }
        None => line,
    };
    let word = |word: &str| {
        let hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        let id = word.trim_matches(|c: char| "()[],:".contains(c));
        let commit = (7..=40).contains(&id.len())
            && id.chars().all(hex)
            && id.contains(|c: char| c.is_ascii_digit());
        let time = word.parse::<f64>().is_ok() && word.contains('.');
        if commit || time { "…".to_owned() } else { word.to_owned() }
    };
    line.split(' ').map(word).collect::<Vec<_>>().join(" ").trim_end().to_owned()
}
