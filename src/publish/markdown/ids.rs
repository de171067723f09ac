//! Ids that pages all over the report name: they lie side by side, so that naming one does not mean
//! looking for its record in memory.

/// Ids, by their places.
pub struct Ids {
    text: String,
    ends: Vec<usize>,
}

impl<'e> FromIterator<&'e str> for Ids {
    fn from_iter<I: IntoIterator<Item = &'e str>>(ids: I) -> Self {
        let mut all = Self { text: String::new(), ends: Vec::new() };
        for id in ids {
            all.text.push_str(id);
            all.ends.push(all.text.len());
        }
        all
    }
}

impl Ids {
    /// The id at a place.
    pub fn id(&self, place: u32) -> &str {
        let place = place as usize;
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[place]]
    }
}
