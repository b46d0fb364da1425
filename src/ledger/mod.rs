//! Every dossier, append-only and hash-chained, in one SQLite file with a seal beside it.
//!
//! - [`Ledger`]: the open file; appends, answers queries, and makes copies.
//! - [`Entry`]: one line of the chain; [`Body`] is what such a line says: a [`KeptDossier`], a [`Check`] with its
//!   [`Observed`] sources and [`Alarm`]s, an [`Acknowledgement`], a [`SignOff`], where alarms were [`Told`], or the end
//!   of a [`Pass`].
//! - [`RaisedAlarm`], [`Which`]: alarms, and which of them are wanted. [`SignedOff`]: a decision that may
//!   have been overtaken. [`Known`], [`Due`]: what the scheduled job has to do.
//! - [`Recorded`]: one run over one article, as a listing shows it.
//! - [`Observation`] and [`Outcomes`]: what one run saw of a URL, and how it came out for an article. [`Recheck`]: what the
//!   scheduled job saw of an article since.
//! - [`Seal`]: the digest of the whole file, written at the end of every run.
//! - [`verify()`]: recomputes all of it and changes nothing.
//! - [`LedgerError`]: why the ledger could not be used.

mod alarm;
mod alarms;
mod append;
mod bodies;
mod body;
mod check;
mod copy;
mod entry;
mod error;
mod head;
mod history;
mod projection;
mod query;
mod rechecks;
#[cfg(test)]
mod sample;
mod schema;
mod seal;
mod sign_off;
mod sign_offs;
mod sqlite;
mod verify;
mod watching;

pub use alarm::{Acknowledgement, Alarm, AlarmKind, Told};
pub use alarms::{RaisedAlarm, Which};
pub use body::Body;
pub use check::{Check, Health, Observed, Pass, Standing};
pub use entry::{Entry, EntryKind, KeptDossier};
pub use error::LedgerError;
pub use history::{Observation, Outcomes};
pub use query::Recorded;
pub use rechecks::Recheck;
pub use seal::Seal;
pub use sign_off::{Decision, SignOff};
pub use sign_offs::SignedOff;
pub use sqlite::Ledger;
pub use verify::{LedgerFault, LedgerVerification, ManifestEntry, verify};
pub use watching::{Due, Known};
