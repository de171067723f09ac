//! Atom (RFC 4287).

use super::Feed;
use crate::{
    error::Result,
    publish::{Edition, Sink},
};

/// Writes the feed.
pub fn run(edition: &Edition, sink: &mut dyn Sink) -> Result<()> {
    let text = edition.templates.render("atom.xml", &Feed::of(edition)?)?;
    sink.file("atom.xml", &mut |out| out.write_all(text.as_bytes()))
}
