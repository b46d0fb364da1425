//! Why the ledger could not be used.

use std::io;
use std::path::{Path, PathBuf};

use sqlx::migrate::MigrateError;

/// Why the ledger could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// No such file.
    #[error("there is no ledger at {}: run `beleg audit` first, or name the archive folder with --archive", .path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// It is an SQLite database of something else.
    #[error("{} is a database, but not a ledger of beleg: name another archive folder with --archive", .path.display())]
    NotALedger {
        /// The database.
        path: PathBuf,
    },
    /// A later beleg wrote it.
    #[error("the ledger {} has schema version {found}, this beleg knows versions up to {known}: upgrade beleg", .path.display())]
    Newer {
        /// The ledger.
        path: PathBuf,
        /// Its schema version.
        found: i64,
        /// The newest version that can be read.
        known: i64,
    },
    /// The file or its folder refuses to be opened or written.
    #[error("cannot open the ledger {} for writing: check that its folder exists and may be written to", .path.display())]
    NotWritable {
        /// The ledger.
        path: PathBuf,
        /// What SQLite says.
        source: sqlx::Error,
    },
    /// The ledger was opened for reading only.
    #[error("the ledger {} was opened for reading only", .path.display())]
    ReadOnly {
        /// The ledger.
        path: PathBuf,
    },
    /// Another program held it for too long.
    #[error("another program is writing to the ledger {}: wait for it, or name another archive folder with --archive", .path.display())]
    Busy {
        /// The ledger.
        path: PathBuf,
        /// What SQLite says.
        source: sqlx::Error,
    },
    /// The disk is full.
    #[error("no space is left for the ledger {}: what it held before is safe; make room and run again", .path.display())]
    DiskFull {
        /// The ledger.
        path: PathBuf,
        /// What SQLite says.
        source: sqlx::Error,
    },
    /// SQLite cannot make sense of the file.
    #[error("the ledger {} is damaged: `beleg verify` says where; put a backup in its place", .path.display())]
    Damaged {
        /// The ledger.
        path: PathBuf,
        /// What SQLite says.
        source: sqlx::Error,
    },
    /// What the seal vouches for is not in the ledger.
    #[error("the ledger {} is not the one that its seal was made for ({detail}): run `beleg verify`, and put a backup in its place", .path.display())]
    SealBroken {
        /// The ledger.
        path: PathBuf,
        /// What does not fit.
        detail: String,
    },
    /// The seal could not be written or read, or the file not hashed for it.
    #[error("the entries are kept, but {} could not be written or read: make room, or check permissions, and run again", .path.display())]
    Seal {
        /// The file concerned.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A backup could not be written.
    #[error("cannot write the backup {}", .path.display())]
    Copy {
        /// Where it was to go.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// An export could not be written out.
    #[error("cannot write the export")]
    Export {
        /// What the system says.
        source: io::Error,
    },
    /// A copy of the ledger to be verified could not be made or read.
    #[error("cannot read {} to verify it", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The same run over the same article is in the ledger already.
    #[error("the ledger has run {run} of {article} already")]
    AlreadyRecorded {
        /// The run.
        run: String,
        /// The article.
        article: String,
    },
    /// The beginning of a run's name fits several runs.
    #[error("{what:?} fits several runs ({runs}): give more of its name")]
    Ambiguous {
        /// What was asked for.
        what: String,
        /// The first few runs that it fits.
        runs: String,
    },
    /// A body cannot be written as JSON, or an entry cannot be read as what its kind says.
    #[error("entry {seq} of the ledger says nothing that this beleg can read or write")]
    Body {
        /// Number of the entry.
        seq: i64,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The tables could not be brought up to date.
    #[error("cannot bring the ledger {} up to date", .path.display())]
    Migrate {
        /// The ledger.
        path: PathBuf,
        /// What SQLite says.
        source: MigrateError,
    },
    /// Another failure of the database.
    #[error("the ledger {} could not be read or written", .path.display())]
    Database {
        /// The ledger.
        path: PathBuf,
        /// What SQLite says.
        source: sqlx::Error,
    },
}

impl LedgerError {
    /// Sorts a failure of SQLite by its primary result code (<https://www.sqlite.org/rescode.html>).
    pub(super) fn from_sqlx(path: &Path, source: sqlx::Error) -> Self {
        let path = path.to_owned();
        match primary_code(&source) {
            Some(3 | 8 | 14) => Self::NotWritable { path, source },
            Some(5 | 6) => Self::Busy { path, source },
            Some(11 | 26) => Self::Damaged { path, source },
            Some(13) => Self::DiskFull { path, source },
            _ => Self::Database { path, source },
        }
    }
}

/// Whether SQLite gave up waiting for another program.
pub(super) fn is_busy(error: &sqlx::Error) -> bool {
    matches!(primary_code(error), Some(5 | 6))
}

/// SQLite's primary result code: the low byte of the extended one.
fn primary_code(error: &sqlx::Error) -> Option<i32> {
    let code: i32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(code & 0xff)
}
