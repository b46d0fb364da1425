//! Checks every digest, reference and index line of an archive, without trusting anything in it.
//!
//! - [`verify`]: checks an archive folder, a dossier, a `.warc.gz` or a `.wacz`.
//! - [`Checked`] and [`Outcome`]: one thing that is wrong, or cannot be told.
//! - [`Verification`]: how much was checked, and how it came out. [`ManifestSeen`], [`SignatureSeen`],
//!   [`TimestampSeen`]: what vouches.

mod bytes;
mod chain;
mod chunked;
mod digests;
mod dossier;
mod folder;
mod index;
mod index_blocks;
mod outcome;
mod provenance;
mod record;
mod records;
mod references;
mod report;
mod section;
mod signature;
#[cfg(test)]
mod tests;
mod timestamp;
mod wacz;
mod wacz_index;
mod warc;

pub use folder::{verify, verify_with};
pub use outcome::{Checked, ManifestSeen, Outcome, SignatureSeen, Tally, TimestampSeen, Verification};
