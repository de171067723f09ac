//! The quick way to what stands under an id, beside the tables, which keep ids in order.

use ahash::RandomState;
use std::collections::HashMap;

/// Values by id, found by hash: in a table of a hundred thousand, an id is compared with some
/// seventeen others, each somewhere else in memory. The order is that in which they were given.
pub struct Lookup<'d, T> {
    items: Vec<(&'d str, T)>,
    /// Places in `items`. Only ever asked: it has no order that is the same twice.
    places: HashMap<&'d str, u32, RandomState>,
}

impl<'d, T> Lookup<'d, T> {
    /// Makes values known by their ids; of two with one id the first is found.
    #[must_use]
    pub fn new(items: Vec<(&'d str, T)>) -> Self {
        let mut places = HashMap::with_capacity_and_hasher(items.len(), RandomState::new());
        for (place, (id, _)) in (0..).zip(&items) {
            places.entry(*id).or_insert(place);
        }
        Self { items, places }
    }

    /// The place of an id, with the id and its value.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<(u32, &(&'d str, T))> {
        let place = *self.places.get(id)?;
        Some((place, &self.items[place as usize]))
    }

    /// The value of an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&T> {
        self.find(id).map(|(_, (_, value))| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_and_no_others() {
        assert!(Lookup::<()>::new(Vec::new()).find("a").is_none());
        let ids: Vec<String> = (0..1000).map(|n| format!("id-{n}")).collect();
        let lookup = Lookup::new(ids.iter().zip(0..).map(|(id, n)| (id.as_str(), n)).collect());
        for (id, n) in ids.iter().zip(0..) {
            assert_eq!(lookup.find(id), Some((n, &(id.as_str(), n))));
        }
        assert_eq!(lookup.get("id-1000"), None);
        let twice = Lookup::new(vec![("a", 1), ("a", 2)]);
        assert_eq!(twice.get("a"), Some(&1));
    }
}
