//! `claimbook man`

use super::{Outcome, commands, print};
use crate::{
    error::{Error, Result},
    templates::Templates,
};
use clap::CommandFactory as _;
use std::{collections::BTreeMap, fs, path::PathBuf};

/// Print the manual page, or write the pages of all commands into a folder.
///
/// To read it at once: `claimbook man | man -l -`
#[derive(clap::Args)]
pub struct Args {
    /// Write one page a command into this folder.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Print what there is about all commands as one page of Markdown.
    #[arg(long, exclusive = true)]
    manual: bool,
}

pub fn run(args: &Args) -> Result<Outcome> {
    if args.manual {
        print(&commands::page(&Templates::new(BTreeMap::new())?)?)?;
        return Ok(Outcome::Clean);
    }
    // `claimbook help` has no page of its own.
    let command = super::Args::command().disable_help_subcommand(true);
    match &args.out {
        Some(folder) => {
            let failed = |e| Error::new(format!("cannot write to {}: {e}", folder.display()));
            fs::create_dir_all(folder).map_err(failed)?;
            clap_mangen::generate_to(command, folder).map_err(failed)?;
        }
        None => {
            let mut page = Vec::new();
            let man = clap_mangen::Man::new(command);
            man.render(&mut page).map_err(|e| Error::new(format!("cannot make the page: {e}")))?;
            print(&String::from_utf8_lossy(&page))?;
        }
    }
    Ok(Outcome::Clean)
}
