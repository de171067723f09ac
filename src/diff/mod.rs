//! What changed between two versions of a dataset, in the terms of someone who reviews it: not which
//! lines, but which claims say something else, and whether they have more or less to show for it.
//!
//! Everything here is pure: [`compare`] takes two datasets that were read, [`claim`] and its like
//! two versions of one record.

mod ceiling;
mod change;
mod changes;
mod citation;
mod claim;
mod compare;
mod date;
mod filter;
mod licence;
mod list;
mod meta;
mod named;
mod record;
mod schema;
mod value;
mod verb;

pub use ceiling::{ceiling_may_move, publisher_moves, source_moves};
pub use change::{Because, Bump, Change, Record, Weight};
pub use changes::{About, Changes, Side};
pub use claim::claim;
pub use compare::{Version, compare};
pub use date::DateMove;
pub use filter::Filter;
pub use meta::{meta, waivers};
pub use record::{publisher, source, subject};
pub use verb::{Of, VERBS, Verb, VerbInfo};
