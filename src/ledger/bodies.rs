//! Bodies by the number of their entry.

use super::body::Body;
use super::check::Check;
use super::entry::{EntryKind, KeptDossier};
use super::error::LedgerError;
use super::sqlite::Ledger;

impl Ledger {
    /// The dossier that entry `entry` holds.
    pub async fn dossier_of(&self, entry: i64) -> Result<KeptDossier, LedgerError> {
        match self.body(entry, EntryKind::Dossier).await? {
            Body::Dossier(kept) => Ok(*kept),
            _ => Err(LedgerError::from_sqlx(self.path(), sqlx::Error::RowNotFound)),
        }
    }

    async fn body(&self, entry: i64, kind: EntryKind) -> Result<Body, LedgerError> {
        let mut reader = self.reader().await?;
        let json: String = sqlx::query_scalar("SELECT body FROM entry WHERE seq = ? AND kind = ?")
            .bind(entry)
            .bind(kind.as_str())
            .fetch_one(&mut *reader)
            .await
            .map_err(|source| LedgerError::from_sqlx(self.path(), source))?;
        Body::read(kind, &json).map_err(|source| LedgerError::Body { seq: entry, source })
    }
}

/// The bodies of checks, the last one kept: what is asked for mostly comes from the same entry as what was asked for
/// before.
pub(super) struct Checks<'a> {
    ledger: &'a Ledger,
    last: Option<(i64, Check)>,
}

impl<'a> Checks<'a> {
    pub(super) fn new(ledger: &'a Ledger) -> Self {
        Self { ledger, last: None }
    }

    pub(super) async fn get(&mut self, entry: i64) -> Result<&Check, LedgerError> {
        let held = match self.last.take() {
            Some((held, check)) if held == entry => check,
            _ => match self.ledger.body(entry, EntryKind::Check).await? {
                Body::Check(check) => check,
                _ => return Err(LedgerError::from_sqlx(self.ledger.path(), sqlx::Error::RowNotFound)),
            },
        };
        Ok(&self.last.insert((entry, held)).1)
    }
}
