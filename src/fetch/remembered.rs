//! A map of what was seen lately, of bounded size.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Remembers the last entries, as many as it has room for; the oldest makes room for a new one.
pub(super) struct Remembered<K, V> {
    room: usize,
    entries: Mutex<Entries<K, V>>,
}

struct Entries<K, V> {
    values: HashMap<K, V>,
    order: VecDeque<K>,
}

impl<K: Clone + Eq + Hash, V: Clone> Remembered<K, V> {
    /// Room for so many.
    pub(super) fn with_room(room: usize) -> Self {
        let entries = Entries { values: HashMap::new(), order: VecDeque::new() };
        Self { room, entries: Mutex::new(entries) }
    }

    /// What is remembered of `key`.
    pub(super) fn get(&self, key: &K) -> Option<V> {
        self.lock().values.get(key).cloned()
    }

    /// What is remembered of `key`, or else `value()`, which is remembered from now on.
    pub(super) fn get_or(&self, key: &K, value: impl FnOnce() -> V) -> V {
        let mut entries = self.lock();
        if let Some(known) = entries.values.get(key) {
            return known.clone();
        }
        let value = value();
        entries.insert(key.clone(), value.clone(), self.room);
        value
    }

    /// Remembers `value` in place of what was remembered of `key`.
    pub(super) fn insert(&self, key: K, value: V) {
        self.lock().insert(key, value, self.room);
    }

    fn lock(&self) -> MutexGuard<'_, Entries<K, V>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Clone + Eq + Hash, V> Entries<K, V> {
    fn insert(&mut self, key: K, value: V, room: usize) {
        if self.values.insert(key.clone(), value).is_some() {
            return;
        }
        self.order.push_back(key);
        if self.order.len() > room
            && let Some(oldest) = self.order.pop_front()
        {
            self.values.remove(&oldest);
        }
    }
}

impl<K, V> fmt::Debug for Remembered<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Remembered").field("room", &self.room).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_makes_room() {
        let seen = Remembered::with_room(2);
        for (key, value) in [("a", 1), ("b", 2), ("a", 3), ("c", 4)] {
            seen.insert(key, value);
        }
        assert_eq!(["a", "b", "c"].map(|key| seen.get(&key)), [None, Some(2), Some(4)]);
        assert_eq!((seen.get_or(&"b", || 9), seen.get_or(&"d", || 5)), (2, 5));
        assert_eq!(seen.get(&"d"), Some(5));
    }
}
