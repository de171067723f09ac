//! What every claim's citations can carry, worked out once for all who ask.

use super::{Assessment, Evidence};
use crate::model::Dataset;
use rayon::prelude::*;

/// A dataset whose claims have been assessed.
pub struct Assessed<'d> {
    /// What is known of its sources.
    pub evidence: Evidence<'d>,
    /// What the citations of each claim can carry, in order of id; none where that cannot be told.
    pub claims: Vec<Option<Assessment<'d>>>,
}

impl<'d> Assessed<'d> {
    /// Assesses every claim.
    #[must_use]
    pub fn of(dataset: &'d Dataset) -> Self {
        let evidence = Evidence::new(dataset);
        let entries: Vec<_> = dataset.claims.values().collect();
        let claims =
            entries.par_iter().with_min_len(256).map(|entry| evidence.assess(entry)).collect();
        Self { evidence, claims }
    }
}
