//! Adding to the ledger: entries and their projections in one transaction.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use sqlx::{Connection as _, SqliteConnection};

use super::body::Body;
use super::entry::{Entry, KeptDossier, moment};
use super::error::LedgerError;
use super::head::head;
use super::projection::Projection;
use super::sqlite::Ledger;
use crate::digest::Digest;
use crate::dossier::Dossier;

impl Ledger {
    /// Adds `dossier`, with the digest of its folder's `manifest.json` and the folder itself (relative to the
    /// archive folder). On return the entry is on disk. It is sealed by [`Ledger::seal`] or [`Ledger::close`].
    ///
    /// # Errors
    /// The ledger is then as it was.
    pub async fn append_dossier(
        &self,
        now: Timestamp,
        dossier: impl Into<Arc<Dossier>>,
        manifest: Option<Digest>,
        folder: &str,
    ) -> Result<Entry, LedgerError> {
        let kept = KeptDossier { dossier: dossier.into(), manifest, folder: folder.to_owned() };
        self.append(now, &Body::Dossier(Box::new(kept))).await
    }

    /// Adds an entry that says `body`. On return it is on disk.
    ///
    /// # Errors
    /// The ledger is then as it was.
    pub async fn append(&self, now: Timestamp, body: &Body) -> Result<Entry, LedgerError> {
        let mut entries = self.append_all(now, std::slice::from_ref(body)).await?;
        // One body gives one entry.
        entries.pop().ok_or_else(|| LedgerError::from_sqlx(self.path(), sqlx::Error::RowNotFound))
    }

    /// Adds an entry for each of `bodies`, all of them or none. On return they are on disk.
    ///
    /// # Errors
    /// The ledger is then as it was.
    pub async fn append_all(&self, now: Timestamp, bodies: &[Body]) -> Result<Vec<Entry>, LedgerError> {
        let mut writer = self.writer().await?;
        let entries = record(self.path(), &mut writer, now, bodies).await?;
        self.unsealed();
        Ok(entries)
    }
}

/// Writes entries and their projections in one transaction; on return they are on disk.
pub(super) async fn record(
    path: &Path,
    connection: &mut SqliteConnection,
    now: Timestamp,
    bodies: &[Body],
) -> Result<Vec<Entry>, LedgerError> {
    let failed = |source| LedgerError::from_sqlx(path, source);
    // The lock is taken at once: a transaction that first reads and then writes would fail under contention
    // instead of waiting.
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
    let mut head = head(&mut transaction).await.map_err(failed)?;
    let mut entries = Vec::with_capacity(bodies.len());
    for body in bodies {
        if let Body::Dossier(kept) = body {
            refuse_repetition(path, &mut transaction, &kept.dossier).await?;
        }
        let bad = |source| LedgerError::Body { seq: head.0 + 1, source };
        let json = serde_json::to_string(body).map_err(bad)?;
        let entry = Entry::following(head, now, body.kind(), &json);
        insert(&mut transaction, &entry, json).await.map_err(failed)?;
        let projection = Projection::of(entry.seq, body).map_err(bad)?;
        projection.insert(&mut transaction, entry.seq, body).await.map_err(failed)?;
        head = (entry.seq, entry.hash);
        entries.push(entry);
    }
    transaction.commit().await.map_err(failed)?;
    Ok(entries)
}

/// Writes an entry that says `body`, which may be long: it is handed over, not copied.
async fn insert(connection: &mut SqliteConnection, entry: &Entry, body: String) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO entry (seq, at, kind, body, previous, hash) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(entry.seq)
        .bind(moment(entry.at))
        .bind(entry.kind.as_str())
        .bind(body)
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
