//! The quick way to what stands under an id, beside the tables, which keep ids in order.

use std::hash::{DefaultHasher, Hasher as _};

/// Values by id, found by hash: in a table of a hundred thousand, an id is compared with some
/// seventeen others, each somewhere else in memory. The order is that in which they were given.
pub struct Lookup<'d, T> {
    items: Vec<(&'d str, T)>,
    /// Places in `items`, each in the slot that its id hashes to, or else in the next that was free.
    slots: Vec<u32>,
}

/// A slot without a place.
const FREE: u32 = u32::MAX;

impl<'d, T> Lookup<'d, T> {
    /// Makes values known by their ids; of two with one id the first is found.
    #[must_use]
    pub fn new(items: Vec<(&'d str, T)>) -> Self {
        // At least half of the slots stay free, so that what is not there is soon known.
        let mut slots = vec![FREE; (2 * items.len()).next_power_of_two()];
        for (place, (id, _)) in (0..).zip(&items) {
            let mut slot = first(id, slots.len());
            while slots[slot] != FREE {
                slot = (slot + 1) & (slots.len() - 1);
            }
            slots[slot] = place;
        }
        Self { items, slots }
    }

    /// The place of an id, with the id and its value.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<(u32, &(&'d str, T))> {
        let mut slot = first(id, self.slots.len());
        while self.slots[slot] != FREE {
            let place = self.slots[slot];
            let item = &self.items[place as usize];
            if item.0 == id {
                return Some((place, item));
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        None
    }

    /// The value of an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&T> {
        self.find(id).map(|(_, (_, value))| value)
    }
}

/// The slot that an id hashes to.
fn first(id: &str, slots: usize) -> usize {
    let mut hasher = DefaultHasher::new();
    hasher.write(id.as_bytes());
    // Their number is a power of two.
    hasher.finish() as usize & (slots - 1)
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
