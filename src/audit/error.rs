//! Why an audit could not be carried through.

use std::io;
use std::path::PathBuf;

use crate::archive::ArchiveError;
use crate::fetch::FetchError;
use crate::ledger::LedgerError;
use crate::report::ReportError;

/// Why an audit could not be carried through. What was archived before stays good.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AuditError {
    /// The settings of the fetch stage cannot be used.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// The archive cannot be written.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The ledger cannot be written.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The report cannot be written out.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// A file of the dossier cannot be written.
    #[error("cannot write {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file of earlier results cannot be used.
    #[error("cannot use {} as the file of earlier results", file.display())]
    Results {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A worker thread ended before its work was done.
    #[error("a worker stopped early; please report this")]
    Worker,
}
