//! A view of the ledger that reading cannot change.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use sqlx::{ConnectOptions as _, SqliteConnection};
use tempfile::TempDir;

use super::super::seal::Seal;
use super::super::sqlite::{base, log_is_empty, log_path};
use crate::digest::Digest;

/// A ledger at rest: the file itself, or a copy where a write-ahead log has to be read along with it.
pub(super) struct Snapshot {
    options: sqlx::sqlite::SqliteConnectOptions,
    copy: Option<TempDir>,
    /// Digest of the ledger file.
    pub(super) sha256: Digest,
    /// Its length in bytes.
    pub(super) bytes: u64,
}

/// Lengths and times of the ledger's files: where two differ, somebody wrote in between.
#[derive(PartialEq, Eq)]
pub(super) struct Stamp(Vec<Option<(u64, Option<SystemTime>)>>);

impl Snapshot {
    /// Takes in the ledger at `path`. SQLite, told that the file is immutable, creates nothing beside it, but
    /// then it does not read the write-ahead log; where that holds something, both are copied and opened there.
    pub(super) fn take(path: &Path) -> io::Result<Self> {
        let (sha256, bytes) = Digest::of_reader(File::open(path)?)?;
        if log_is_empty(path)? {
            let options = base(path, Duration::ZERO).read_only(true).immutable(true);
            return Ok(Self { options, copy: None, sha256, bytes });
        }
        let folder = TempDir::new()?;
        let copy = folder.path().join("ledger.sqlite");
        fs::copy(path, &copy)?;
        fs::copy(log_path(path), log_path(&copy))?;
        Ok(Self { options: base(&copy, Duration::ZERO), copy: Some(folder), sha256, bytes })
    }

    /// Whether entries were read out of a write-ahead log.
    pub(super) fn has_log(&self) -> bool {
        self.copy.is_some()
    }

    /// Opens it.
    pub(super) async fn connect(&self) -> Result<SqliteConnection, sqlx::Error> {
        // A page whose cells overlap is to be called damaged, not to be read at a guess.
        self.options.clone().pragma("cell_size_check", "ON").connect().await
    }
}

impl Stamp {
    /// The stamp of the ledger at `path` as of now.
    pub(super) fn of(path: &Path) -> Self {
        let stamp = |path: &Path| {
            let metadata = fs::metadata(path).ok()?;
            Some((metadata.len(), metadata.modified().ok()))
        };
        Self(vec![stamp(path), stamp(&log_path(path)), stamp(&Seal::path(path))])
    }
}

/// The name of a file without its folders.
pub(super) fn name(path: &Path) -> String {
    path.file_name().unwrap_or(OsStr::new("ledger.sqlite")).to_string_lossy().into_owned()
}
