//! Copies of the ledger: a backup while others go on writing, and an export as JSON lines.

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use serde::Serialize;
use sqlx::{ConnectOptions as _, Connection as _};

use super::entry::StoredEntry;
use super::error::LedgerError;
use super::head::head;
use super::seal::Seal;
use super::sqlite::{Ledger, base};
use crate::digest::Digest;

/// How long a backup waits for another program that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// Entries read at once while exporting; memory is bounded by this many dossiers.
const BATCH: i64 = 16;

/// One line of an export. `body` is the text that the hash was made over, letter by letter.
#[derive(Serialize)]
struct ExportedEntry<'a> {
    seq: i64,
    at: &'a str,
    kind: &'a str,
    previous: &'a str,
    hash: &'a str,
    body: &'a str,
}

impl Ledger {
    /// Copies the ledger as of now to the new file `to`, with a seal beside it. Other programs may go on writing:
    /// the copy holds the entries that were committed when it began. Gives back how many these are.
    ///
    /// # Errors
    /// Where `to` exists already, cannot be written, or the disk is full; nothing is left behind then but a part
    /// of the copy.
    pub async fn backup(&self, to: &Path) -> Result<i64, LedgerError> {
        let copy = |source| LedgerError::Copy { path: to.to_owned(), source };
        if to.try_exists().map_err(copy)? {
            let source = io::Error::new(io::ErrorKind::AlreadyExists, "there is a file of this name already");
            return Err(copy(source));
        }
        let target = to.to_str().ok_or_else(|| copy(io::Error::other("its name is not valid UTF-8")))?;
        let failed = |source| LedgerError::from_sqlx(self.path(), source);
        let mut connection = base(self.path(), PATIENCE).connect().await.map_err(failed)?;
        // SQLite reads one snapshot for all of it.
        let copied = sqlx::query("VACUUM INTO ?").bind(target).execute(&mut connection).await;
        copied.map_err(|error| copy(io::Error::other(error)))?;
        connection.close().await.map_err(failed)?;
        seal_copy(to).await
    }

    /// Writes every entry as a line of JSON, oldest first, for other programs. Gives back how many there were.
    pub async fn export(&self, out: &mut (dyn Write + Send)) -> Result<i64, LedgerError> {
        let mut last = 0;
        loop {
            let mut reader = self.reader().await?;
            let rows = sqlx::query_as("SELECT * FROM entry WHERE seq > ? ORDER BY seq LIMIT ?");
            let entries: Vec<StoredEntry> = rows
                .bind(last)
                .bind(BATCH)
                .fetch_all(&mut *reader)
                .await
                .map_err(|source| LedgerError::from_sqlx(self.path(), source))?;
            drop(reader);
            let Some(end) = entries.last().map(|entry| entry.seq) else { return Ok(last) };
            for entry in &entries {
                write_line(entry, out).map_err(|source| LedgerError::Export { source })?;
            }
            last = end;
        }
    }
}

fn write_line(entry: &StoredEntry, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let StoredEntry { seq, at, kind, body, previous, hash } = entry;
    serde_json::to_writer(&mut *out, &ExportedEntry { seq: *seq, at, kind, previous, hash, body })?;
    writeln!(out)
}

/// Seals a copy that nobody else knows of yet.
async fn seal_copy(path: &Path) -> Result<i64, LedgerError> {
    let failed = |source| LedgerError::from_sqlx(path, source);
    let mut connection = base(path, PATIENCE).connect().await.map_err(failed)?;
    let head: (i64, Digest) = head(&mut connection).await.map_err(failed)?;
    connection.close().await.map_err(failed)?;
    let ledger = path.to_owned();
    let sealed = tokio::task::spawn_blocking(move || Seal::make(&ledger, head)?.write(&ledger)).await;
    let sealed = sealed.unwrap_or_else(|error| Err(error.into()));
    sealed.map_err(|source| LedgerError::Seal { path: Seal::path(path), source })?;
    Ok(head.0)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use serde_json::Value;
    use tempfile::TempDir;

    use super::super::{sample, verify};
    use super::*;

    #[tokio::test]
    async fn a_backup_taken_while_another_writes_verifies_and_holds_what_was_committed() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("ledger.sqlite");
        sample::ledger(&path, 2).await;
        let writer = Ledger::open(&path).await.unwrap();
        writer.append_dossier(sample::start(3), sample::dossier(3), None, "x").await.unwrap();
        let reader = Ledger::open_read_only(&path).await.unwrap();
        let copy = folder.path().join("backup.sqlite");
        assert_eq!(reader.backup(&copy).await.unwrap(), 3);
        writer.append_dossier(sample::start(4), sample::dossier(4), None, "y").await.unwrap();
        writer.close().await.unwrap();
        reader.close().await.unwrap();

        let found = verify(&copy).await.unwrap();
        assert_eq!((found.wrong, found.not_checkable, found.dossiers.len()), (vec![], vec![], 3));
        assert_eq!(verify(&path).await.unwrap().wrong, vec![]);
    }

    #[tokio::test]
    async fn a_backup_never_overwrites() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("ledger.sqlite");
        sample::ledger(&path, 1).await;
        let ledger = Ledger::open_read_only(&path).await.unwrap();
        let copy = folder.path().join("backup.sqlite");
        fs::write(&copy, b"precious").unwrap();
        assert!(matches!(ledger.backup(&copy).await, Err(LedgerError::Copy { .. })));
        assert_eq!(fs::read(&copy).unwrap(), b"precious");
    }

    #[tokio::test]
    async fn an_export_has_a_line_an_entry_from_which_each_hash_can_be_made_again() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("ledger.sqlite");
        sample::ledger(&path, 20).await;
        let ledger = Ledger::open_read_only(&path).await.unwrap();
        let mut out = Vec::new();
        assert_eq!(ledger.export(&mut out).await.unwrap(), 20);
        let lines: Vec<Value> =
            out.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect();
        assert_eq!(lines.len(), 20);
        let mut previous = Digest::ZERO.to_string();
        for line in lines {
            let field = |name: &str| line[name].as_str().unwrap().to_owned();
            assert_eq!(field("previous"), previous);
            let fields = [line["seq"].to_string(), field("at"), field("kind"), previous, field("body")];
            let text = fields.join("\n") + "\n";
            previous = Digest::of(text.as_bytes()).to_string();
            assert_eq!(field("hash"), previous);
        }
    }
}
