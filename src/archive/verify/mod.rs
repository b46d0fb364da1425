//! Checks every digest, reference and index line of an archive, without trusting anything in it.
//!
//! - [`verify`]: checks an archive folder, a dossier, a `.warc.gz` or a `.wacz`.
//! - [`Checked`] and [`Outcome`]: one thing that is wrong, or cannot be told.
//! - [`Verification`]: how much was checked, and how it came out. [`ManifestSeen`], [`SignatureSeen`]: what vouches.

mod chunked;
mod digests;
mod dossier;
mod folder;
mod index;
mod outcome;
mod record;
mod references;
mod section;
mod signature;
#[cfg(test)]
mod tests;
mod wacz;
mod wacz_index;
mod warc;

pub use folder::verify;
pub use outcome::{Checked, ManifestSeen, Outcome, SignatureSeen, Verification};
