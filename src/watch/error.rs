//! Why the scheduled job could not do its work.

use std::io;
use std::path::PathBuf;

use crate::audit::AuditError;
use crate::fetch::FetchError;
use crate::ledger::LedgerError;

/// Why the scheduled job could not do its work. A dead source or an article that cannot be read is none of these.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WatchError {
    /// A setting that cannot be used.
    #[error("the job `{job}` cannot be used: {what}")]
    Job {
        /// The job.
        job: String,
        /// What is wrong with it.
        what: String,
    },
    /// A channel that cannot be used.
    #[error("the channel `{channel}` cannot be used: {what}")]
    Channel {
        /// The channel.
        channel: String,
        /// What is wrong with it.
        what: String,
    },
    /// A secret that cannot be looked up. It is not said what it is.
    #[error("{what}")]
    Secret {
        /// What is the matter.
        what: String,
    },
    /// A channel did not take an alarm. It is tried again in the next pass.
    #[error("the channel `{channel}` did not take it: {why}")]
    Untold {
        /// The channel.
        channel: String,
        /// Why.
        why: String,
    },
    /// The auditor could not work.
    #[error(transparent)]
    Audit(#[from] AuditError),
    /// The ledger cannot be read or written.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The settings of the fetch stage cannot be used.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// A file cannot be read or written.
    #[error("cannot use {}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A worker thread ended before its work was done.
    #[error("a worker stopped early; please report this")]
    Worker,
}
