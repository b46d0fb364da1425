//! Which lexicon claims were weighed with.

use std::sync::OnceLock;

use super::{foreign, gazetteer, translation};
use crate::digest::{Digest, Hasher};

/// The digest of all that is known of words: of beleg's own tables, and of the dictionaries that were added.
pub(in crate::evidence) fn digest() -> Digest {
    static DIGEST: OnceLock<Digest> = OnceLock::new();
    *DIGEST.get_or_init(|| {
        let mut hasher = Hasher::default();
        for table in [translation::DE_EN, translation::STRONG, gazetteer::NAMES, foreign::added()] {
            hasher.update(table.as_bytes());
        }
        hasher.finish()
    })
}
