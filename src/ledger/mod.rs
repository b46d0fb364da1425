//! Every dossier, append-only and hash-chained, in one SQLite file with a seal beside it.
//!
//! - [`Ledger`]: the open file; appends, answers queries, and makes copies.
//! - [`Entry`]: one line of the chain; [`KeptDossier`] is what such a line says.
//! - [`Recorded`]: one run over one article, as a listing shows it.
//! - [`Observation`] and [`Outcomes`]: what one run saw of a URL, and how it came out for an article.
//! - [`Seal`]: the digest of the whole file, written after every append.
//! - [`verify()`]: recomputes all of it and changes nothing.
//! - [`LedgerError`]: why the ledger could not be used.

mod append;
mod copy;
mod entry;
mod error;
mod history;
mod projection;
mod query;
#[cfg(test)]
mod sample;
mod schema;
mod seal;
mod sqlite;
mod verify;

pub use entry::{Entry, EntryKind, KeptDossier};
pub use error::LedgerError;
pub use history::{Observation, Outcomes};
pub use query::Recorded;
pub use seal::Seal;
pub use sqlite::Ledger;
pub use verify::{LedgerFault, LedgerVerification, ManifestEntry, verify};
