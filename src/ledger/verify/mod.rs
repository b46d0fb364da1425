//! Checking a ledger without changing a byte of it: its tables, its chain, its projections, its seal.
//!
//! - [`verify()`]: does it all.
//! - [`LedgerVerification`]: what was found, [`LedgerFault`] by fault, and a [`ManifestEntry`] for each dossier.

mod chain;
mod database;
mod sealed;
mod snapshot;
mod verification;
mod whole;

pub use verification::{LedgerFault, LedgerVerification, ManifestEntry};
pub use whole::verify;
