//! Confidence as a contract: what the citations of a claim can carry, and why.
//!
//! Sources of one owner, or of one origin, are one group, however many there are. The ceiling
//! follows from the groups, their letters and the directness of the citations, by the table that
//! [`Line`] spells out; the thresholds are the dataset's [`Policy`](crate::model::Policy).

mod assessed;
mod assessment;
mod evidence;
mod group;

pub use assessed::Assessed;
pub use assessment::{Assessment, Group, Join, LeftOut, Limit, Line, Member, Shared, Suggestion};
pub use evidence::Evidence;
