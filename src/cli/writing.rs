//! What every command takes that writes new records.

use crate::{authoring::is_plain, date::Day};

// A doc comment would become the help of each command.
#[derive(clap::Args)]
pub struct Writing {
    /// The folder for what is new, below that of its kind; by default where its like are.
    #[arg(long, value_name = "DIR", value_parser = folder)]
    pub folder: Option<String>,

    /// The day that counts as today, YYYY-MM-DD: for `accessed` and `reviewed` where they are missing.
    #[arg(long, value_name = "DATE", value_parser = |day: &str| day.parse::<Day>())]
    as_of: Option<Day>,

    /// Show what would be written, and write nothing.
    #[arg(long)]
    pub dry_run: bool,
}

impl Writing {
    /// The day that counts as today.
    pub fn today(&self) -> Day {
        self.as_of.unwrap_or_else(Day::today)
    }
}

fn folder(text: &str) -> Result<String, &'static str> {
    let plain = text.split('/').all(is_plain);
    plain.then(|| text.to_owned()).ok_or("write names joined by `/`, such as `india`")
}
