//! Captures on disk: WARC files, their index, the WACZ of a dossier, and the proof that all of it is intact.
//!
//! - [`Store`]: the archive folder and its one writer. [`Recovered`]: what a killed run left behind.
//! - [`RunWriter`]: writes what one run captures; [`About`] says who does; [`RunFiles`] is what came of it.
//! - [`RunId`]: names one run, its files and its folder.
//! - [`Capture`]: where an exchange lies in the archive. [`Pending`]: one that is on its way.
//! - [`read_back()`]: a captured response out of the archive.
//! - [`Earlier`]: the latest capture of a page, to ask its server whether it still holds.
//! - [`Index`]: finds captures; [`CdxLine`], [`CdxLines`] and [`surt()`]: its lines, and the keys that it is sorted by.
//! - [`requisites`]: what a page needs to look like itself.
//! - [`Manifest`]: the digests of everything that belongs to a dossier. Each is chained to the one before it.
//! - [`SigningKey`], [`PublicKey`]: who vouches for a package. [`Timestamp`]: who says when a dossier was there.
//! - [`wacz`]: one file with all captures of a run.
//! - [`verify`]: checks every digest and reference of an archive. [`Verification`], [`Checked`]: the outcome.
//! - [`ArchiveError`]: what keeps the archive from doing its work.
//!
//! Everything here is synchronous: the caller puts it on a thread that may block.

mod beside;
mod capture;
mod cdx_lines;
mod cdxj;
mod chain;
mod config;
mod durable;
mod earlier;
mod error;
mod index;
mod layout;
mod manifest;
mod open_warc;
mod originals;
mod read_back;
mod record;
mod recover;
pub mod requisites;
mod run;
#[cfg(test)]
mod sample;
mod seal;
mod store;
mod surt;
mod verify;
pub mod wacz;
mod waiting;
mod warc;
mod writer;

pub use capture::{Capture, Pending};
pub use cdx_lines::CdxLines;
pub use cdxj::{CdxFacts, CdxLine};
pub use config::{ArchiveConfig, RequisiteChoice};
pub use earlier::Earlier;
pub use error::ArchiveError;
pub use index::Index;
pub use layout::{PACKAGE, dossier_folder};
pub use manifest::{FileEntry, Manifest, ManifestFacts, ManifestLink, RecordEntry, WarcEntry};
pub use open_warc::WarcFile;
pub use read_back::{StoredResponse, read_back};
pub use recover::Recovered;
pub use run::RunId;
pub use seal::{PublicKey, Roots, SigningKey, Timestamp, TimestampError, TimestampRequest, Trust};
pub use store::Store;
pub use surt::surt;
pub use verify::{
    Checked, ManifestSeen, Outcome, SignatureSeen, Tally, TimestampSeen, Verification, verify, verify_with,
};
pub use warc::{Fault, Header, Member, Record, WarcReader};
pub use writer::{About, RunFiles, RunWriter};
