//! Releases: every published file in one folder with a manifest and checksums, the same in two
//! archives, and whether what somebody downloaded is what was released.
//!
//! A release depends on its commit and the one before it alone: not on the clock, the machine, or
//! how much of the history is there. So whoever has a clone can build it again, byte for byte.

mod archive;
mod below;
mod build;
mod changelog;
mod compare;
mod contents;
mod folder;
mod listed;
mod manifest;
mod notes;
mod part;
mod sums;
mod unpack;
mod verify;
mod version;

pub use build::{Built, Facts, TAR, ZIP, build};
pub use changelog::{CHANGELOG, section, with_section};
pub use listed::{holds_release, is_release};
pub use manifest::{File, MANIFEST, Manifest, Previous};
pub use notes::notes;
pub use part::Part;
pub use sums::SUMS;
pub use verify::{Problem, Verified, rebuilt, verify};
pub use version::{Version, last, next, parse};
