//! `claimbook explain`

use super::{Context, Outcome};
use crate::error::Result;

/// todo
#[derive(clap::Args)]
pub struct Args {}

pub fn run(_: &Context, _: &Args) -> Result<Outcome> {
    Ok(Outcome::Clean)
}
