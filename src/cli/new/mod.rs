//! `claimbook new`

mod filling;
mod fitting;
mod flags;
mod steps;
mod terminal;

pub use steps::Steps;

use super::{Context, Outcome, changes::write_all, note, print, width, writing::Writing};
use crate::{
    authoring::{
        Desk, Draft, Edits, Trial,
        intake::tell_at_flags,
        interview::{Choice, Interview, Offer},
        stopped,
    },
    error::{Error, Result},
    model::RecordKind,
    report::{self, Options},
    snapshot::Snapshot,
};
use clap::{ArgMatches, Command, FromArgMatches};
use filling::{answered, at_first_hand, complete, place, take_from};
use flags::{Answer, called};
use terminal::Terminal;

/// Write a new record.
///
/// What is needed is asked for, or given by flags, one for each member of the record. The record is
/// tried against the whole dataset before it is written, in canonical form, where its like are;
/// usual values, dates and an id are filled in. A record that brings in errors is not written.
#[derive(clap::Args)]
#[command(disable_help_subcommand = true)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// Write a claim: one checkable sentence with its citations.
    ///
    /// A subject, topic, unit or source can be named by its id, its name or title, a source also by
    /// its address. `--cite` begins a citation; `--shows`, `--stance` and so on say more about it.
    #[command(after_help = EXAMPLE)]
    Claim(Claim),
    /// Write a source: a work that claims cite.
    Source(Source),
    /// Write a publisher: it starts with the letter F, not judged yet.
    Publisher(Publisher),
    /// Write a subject: who or what claims are about.
    Subject(Subject),
}

const EXAMPLE: &str = "\
Example:
  claimbook new claim --kind event --subject India --topic funding --date 2024-03-07 \\
    --statement 'On 7 March 2024 India approved the IndiaAI Mission.' --confidence moderate \\
    --cite pib-indiaai-mission-2024 --directness primary --shows 'The notice of the decision.'";

// What every kind of record takes. A doc comment would become the help of each.
#[derive(clap::Args)]
struct Common {
    /// A member that has no flag of its own: KEY=VALUE.
    #[arg(long, value_name = "KEY=VALUE", value_parser = member)]
    set: Vec<(String, String)>,

    #[command(flatten)]
    writing: Writing,

    /// Write the record even where it brings in errors.
    #[arg(long)]
    force: bool,

    /// Ask nothing, even at a terminal.
    #[arg(long)]
    no_input: bool,
}

// What only a source takes.
#[derive(clap::Args, Default)]
struct OfSource {
    /// Fill in what a saved page (.html), BibTeX (.bib) or CSL-JSON (.json) tells; of several works the
    /// one with this KEY. Nothing is fetched.
    #[arg(long, value_name = "FILE[#KEY]")]
    from: Option<String>,
}

/// The answers for one record.
struct Given {
    kind: RecordKind,
    answers: Vec<Answer>,
    of_source: OfSource,
    common: Common,
}

macro_rules! records {
    ($($name:ident),*) => {
        $(
            struct $name(Given);

            impl clap::Args for $name {
                fn augment_args(command: Command) -> Command {
                    // Only the command that is run needs its flags.
                    command.defer(|command| {
                        let command = flags::add(RecordKind::$name, command);
                        let command = match RecordKind::$name {
                            RecordKind::Source => OfSource::augment_args(command),
                            _ => command,
                        };
                        Common::augment_args(command)
                    })
                }
                fn augment_args_for_update(command: Command) -> Command {
                    Self::augment_args(command)
                }
            }

            impl FromArgMatches for $name {
                fn from_arg_matches(matches: &ArgMatches) -> std::result::Result<Self, clap::Error> {
                    Given::read(RecordKind::$name, matches).map(Self)
                }
                fn update_from_arg_matches(
                    &mut self,
                    matches: &ArgMatches,
                ) -> std::result::Result<(), clap::Error> {
                    *self = Self::from_arg_matches(matches)?;
                    Ok(())
                }
            }
        )*
    };
}

records!(Claim, Source, Publisher, Subject);

impl Given {
    fn read(kind: RecordKind, matches: &ArgMatches) -> std::result::Result<Self, clap::Error> {
        let answers = flags::answers(kind, matches).map_err(|flag| {
            clap::Error::raw(
                clap::error::ErrorKind::MissingRequiredArgument,
                format!("--{flag} says something about a citation: begin one with --cite\n"),
            )
        })?;
        let of_source = match kind {
            RecordKind::Source => OfSource::from_arg_matches(matches)?,
            _ => OfSource::default(),
        };
        Ok(Self { kind, answers, of_source, common: Common::from_arg_matches(matches)? })
    }
}

fn member(text: &str) -> std::result::Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("write KEY=VALUE")?;
    Ok((key.to_owned(), value.to_owned()))
}

pub fn run(context: &Context, args: &Args) -> Result<Outcome> {
    let (What::Claim(Claim(given))
    | What::Source(Source(given))
    | What::Publisher(Publisher(given))
    | What::Subject(Subject(given))) = &args.what;
    let root = context.root()?;
    let snapshot = Snapshot::folder(&root)?;
    let templates = context.templates(&snapshot)?;
    let loaded = context.load(&snapshot)?;
    let today = given.common.writing.today();
    let desk = Desk::new(snapshot, loaded, today)?;
    let (mut draft, flags) = answered(&desk, given)?;
    if let Some(from) = &given.of_source.from {
        take_from(&desk, &mut draft, from)?;
    }
    if !draft.has("/id")
        && let Some(other) = desk.namesake(&draft)
    {
        let (what, name) = (draft.kind.as_str(), draft.text("/name"));
        return Err(Error::new(format!("there is a {what} called `{name}` already: `{other}`"))
            .hint(format!(
                "use `{other}`; if this is another, give it an id of its own with --id"
            )));
    }
    // What would be taken for second-hand is better asked than taken.
    let undecided = draft.undecided();
    desk.fill(&mut draft);
    let person = Terminal::here(context.colors()).filter(|_| !given.common.no_input);
    let (records, trial, said) = match person {
        Some(mut person) if !desk.wanted(&draft).is_empty() || !undecided.is_empty() => {
            let mut interview = Interview::new(&desk, &mut person);
            interview.directness(&mut draft, &undecided)?;
            interview.complete(&mut draft)?;
            let (records, trial) = settle(context, &desk, given, draft, &mut interview)?;
            (records, trial, String::new())
        }
        _ => {
            if !draft.has("/id") {
                draft.set("/id", desk.suggest_id(&draft).into());
            }
            complete(&desk, &draft, &undecided)?;
            let records = vec![draft];
            let mut trial = try_out(&desk, given, &records)?;
            if let Some(path) = trial.edits.keys().next().cloned() {
                tell_at_flags(&desk, &mut trial, (&records[0], &path), &flags, called);
            }
            let mut said = findings(context, &trial);
            if trial.says("confidence-ceiling")
                && let Some(hint) = at_first_hand(&desk, &records[0], &undecided)
            {
                said.push_str(&format!("hint: {hint}\n"));
            }
            if given.common.writing.dry_run {
                note_all(&said);
            } else if trial.is_refused() && !given.common.force {
                print(&said)?;
                note("nothing was written: mend what is said above, or give --force");
                return Ok(Outcome::Found);
            }
            (records, trial, said)
        }
    };
    for applied in &trial.applied {
        note(&applied.words());
    }
    if given.common.writing.dry_run {
        print(trial.edits.values().map(String::as_str).collect::<String>().as_str())?;
        return Ok(if trial.is_refused() { Outcome::Found } else { Outcome::Clean });
    }
    write_all(&root, &trial.edits)?;
    for path in trial.edits.keys() {
        print(&format!("wrote {path}\n"))?;
    }
    if !said.is_empty() {
        print(&format!("\n{said}"))?;
    }
    let steps = Steps::of(&root, &records, trial.edits.keys().cloned().collect());
    note(templates.render("next-steps.txt", &steps)?.trim_end());
    Ok(Outcome::Clean)
}

/// Shows a person what they have written, until they are content with it.
fn settle(
    context: &Context,
    desk: &Desk,
    given: &Given,
    mut draft: Draft,
    interview: &mut Interview,
) -> Result<(Vec<Draft>, Trial)> {
    const ANSWERS: [&str; 3] = ["change an answer", "write it", "stop"];
    loop {
        let mut records = interview.made.clone();
        records.push(draft.clone());
        let trial = try_out(desk, given, &records)?;
        for (path, text) in &trial.edits {
            interview.asker().tell("");
            interview.asker().tell(path);
            text.lines().for_each(|line| interview.asker().tell(line));
        }
        note_all(&findings(context, &trial));
        if given.common.writing.dry_run {
            return Ok((records, trial));
        }
        // What is sound can be written at once; what is not, only all the same.
        let mut answers = ANSWERS.map(str::to_owned);
        if trial.is_refused() {
            answers[1].push_str(" all the same");
        } else {
            answers.swap(0, 1);
        }
        let question = "Write it?";
        let options = answers.clone().map(Offer::of);
        let choice = Choice { question, help: "", options: &options };
        match answers[interview.asker().one(&choice)?.at].as_str() {
            "change an answer" => interview.change(&mut draft)?,
            "stop" => return Err(stopped("you chose to")),
            _ => return Ok((records, trial)),
        }
    }
}

/// How the dataset would be with the records.
fn try_out(desk: &Desk, given: &Given, records: &[Draft]) -> Result<Trial> {
    let mut edits = Edits::new();
    for draft in records {
        // A folder is asked for the record that was asked for.
        let folder = given.common.writing.folder.as_deref().filter(|_| draft.kind == given.kind);
        let path = place(desk, draft, folder)?;
        edits.insert(path.clone(), desk.text(draft, &path));
    }
    desk.trial(edits)
}

fn note_all(text: &str) {
    if !text.is_empty() {
        note(text.trim_end());
    }
}

/// What the record brings in, for people.
fn findings(context: &Context, trial: &Trial) -> String {
    let options = Options { color: context.colors(), width: width(), ..Options::default() };
    report::findings(&trial.report, &trial.loaded.texts, &options)
}
