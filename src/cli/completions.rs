//! `claimbook completions`

use super::{Outcome, print};
use crate::error::Result;
use clap::CommandFactory as _;

/// Print completions for a shell.
///
/// For bash: `claimbook completions bash > ~/.local/share/bash-completion/completions/claimbook`
#[derive(clap::Args)]
pub struct Args {
    /// The shell.
    shell: clap_complete::Shell,
}

pub fn run(args: &Args) -> Result<Outcome> {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut super::Args::command(), "claimbook", &mut out);
    print(&String::from_utf8_lossy(&out))?;
    Ok(Outcome::Clean)
}
