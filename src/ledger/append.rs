//! Adding to the ledger: the entry and its projections in one transaction, then the seal.

use std::path::Path;

use jiff::Timestamp;
use sqlx::{Connection as _, SqliteConnection};

use super::entry::{Entry, EntryKind, KeptDossier, moment};
use super::error::LedgerError;
use super::projection::Projection;
use super::sqlite::{Ledger, seal};
use crate::digest::Digest;
use crate::dossier::Dossier;

impl Ledger {
    /// Adds `dossier`, with the digest of its folder's `manifest.json` and the folder itself (relative to the
    /// archive folder). On return the entry is on disk and the ledger sealed again; where another
    /// program is just reading it, the seal is left to the next append or opening.
    ///
    /// # Errors
    /// [`LedgerError::Seal`] means that the entry was kept and only the seal could not be written; after any
    /// other error the ledger is as it was.
    pub async fn append_dossier(
        &self,
        now: Timestamp,
        dossier: &Dossier,
        manifest: Option<Digest>,
        folder: &str,
    ) -> Result<Entry, LedgerError> {
        let mut writer = self.writer().await?;
        let kept = KeptDossier { dossier: dossier.clone(), manifest, folder: folder.to_owned() };
        let entry = record(self.path(), &mut writer, now, &kept).await?;
        seal(self.path(), &mut writer).await?;
        Ok(entry)
    }
}

/// Writes an entry and its projections in one transaction; on return both are on disk.
pub(super) async fn record(
    path: &Path,
    connection: &mut SqliteConnection,
    now: Timestamp,
    kept: &KeptDossier,
) -> Result<Entry, LedgerError> {
    let failed = |source| LedgerError::from_sqlx(path, source);
    // The lock is taken at once: a transaction that first reads and then writes would fail under contention
    // instead of waiting.
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
    refuse_repetition(path, &mut transaction, &kept.dossier).await?;
    let head = head(&mut transaction).await.map_err(failed)?;
    let bad = |source| LedgerError::Body { seq: head.0 + 1, source };
    let body = serde_json::to_string(kept).map_err(bad)?;
    let entry = Entry::following(head, now, EntryKind::Dossier, body);
    insert(&mut transaction, &entry).await.map_err(failed)?;
    let projection = Projection::of(entry.seq, &kept.dossier).map_err(bad)?;
    projection.insert(&mut transaction).await.map_err(failed)?;
    transaction.commit().await.map_err(failed)?;
    Ok(entry)
}

/// Number and hash of the last entry; 0 and [`Digest::ZERO`] where there is none.
pub(super) async fn head(connection: &mut SqliteConnection) -> Result<(i64, Digest), sqlx::Error> {
    let last: Option<(i64, String)> = sqlx::query_as("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1")
        .fetch_optional(connection)
        .await?;
    let Some((seq, hash)) = last else { return Ok((0, Digest::ZERO)) };
    let hash = hash.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
    Ok((seq, hash))
}

async fn insert(connection: &mut SqliteConnection, entry: &Entry) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO entry (seq, at, kind, body, previous, hash) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(entry.seq)
        .bind(moment(entry.at))
        .bind(entry.kind.as_str())
        .bind(entry.body.as_str())
        .bind(entry.previous.to_string())
        .bind(entry.hash.to_string())
        .execute(connection)
        .await?;
    Ok(())
}

async fn refuse_repetition(
    path: &Path,
    connection: &mut SqliteConnection,
    dossier: &Dossier,
) -> Result<(), LedgerError> {
    let (run, article) = (dossier.run.id.as_str(), dossier.article.path.as_str());
    let known: bool =
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM run WHERE id = ? AND article_path = ?)")
            .bind(run)
            .bind(article)
            .fetch_one(connection)
            .await
            .map_err(|source| LedgerError::from_sqlx(path, source))?;
    if known {
        return Err(LedgerError::AlreadyRecorded { run: run.to_owned(), article: article.to_owned() });
    }
    Ok(())
}
