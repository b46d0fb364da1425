//! Collects the targets of citations alone: what [`Sources`](super::sources::Sources) does, without what only claims need.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

use super::normal;
use super::paragraph::Citation;
use super::reading::Target;
use crate::article::Place;

/// The targets met so far, one a source.
#[derive(Debug)]
pub(super) struct Targets {
    hasher: RandomState,
    /// The sources by the hash of what tells them apart. That itself would take as much room as the addresses, and is made
    /// again where two hashes are equal.
    by_hash: HashMap<u64, usize>,
    /// What each source is cited as where it is cited first.
    met: Vec<(Place, Target)>,
}

impl Targets {
    /// None yet, and room for so many.
    pub(super) fn with_room(sources: usize) -> Self {
        Self {
            hasher: RandomState::new(),
            by_hash: HashMap::with_capacity(sources),
            met: Vec::with_capacity(sources),
        }
    }

    /// Takes in a citation.
    pub(super) fn cite(&mut self, citation: Citation<'_>) {
        let Citation { written, readings, place, .. } = citation;
        let key = normal::key(&readings.target, written);
        let index = *self.by_hash.entry(self.hasher.hash_one(&key)).or_insert(self.met.len());
        match self.met.get_mut(index) {
            Some(first) if is_same(&first.1, &key) => {
                if place < first.0 {
                    *first = (place, readings.target);
                }
            }
            _ => self.met.push((place, readings.target)),
        }
    }

    /// The targets in order of their first places.
    pub(super) fn finish(mut self) -> impl Iterator<Item = Target> {
        self.met.sort_by_key(|(place, _)| *place);
        self.met.into_iter().map(|(_, target)| target)
    }
}

/// Whether a target is the source with this key. What is no address is known by how it is written, which is its hash.
fn is_same(met: &Target, key: &str) -> bool {
    matches!(met, Target::Invalid(_)) || normal::key(met, "") == key
}
