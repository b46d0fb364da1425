//! Decisions about claims, and which of them still stand.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::Serialize;

use super::alarms::Which;
use super::body::Body;
use super::entry::EntryKind;
use super::error::LedgerError;
use super::sign_off::{Decision, SignOff};
use super::sqlite::Ledger;

/// A decision as the ledger has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignedOff {
    /// Number of its entry.
    pub entry: i64,
    /// When it was made.
    pub at: Timestamp,
    /// The decision.
    #[serde(flatten)]
    pub sign_off: SignOff,
    /// Name of the alarm that was raised about the claim since then: the claim is open again.
    pub reopened_by: Option<String>,
}

impl SignedOff {
    /// Whether nothing more is to be decided.
    pub fn is_settled(&self) -> bool {
        self.reopened_by.is_none() && self.sign_off.decision != Decision::Noted
    }
}

impl Ledger {
    /// The latest decision about each claim of `article`, by the words of the claim.
    pub async fn sign_offs(&self, article: &str) -> Result<HashMap<String, SignedOff>, LedgerError> {
        if !self.has_watching() {
            return Ok(HashMap::new());
        }
        let mut drifted: HashMap<String, (i64, String)> = HashMap::new();
        for raised in self.alarms(Which::OfArticle(article)).await? {
            if let Some(claim) = raised.alarm.claim_text {
                drifted.insert(claim, (raised.entry, raised.alarm.id));
            }
        }
        let mut decided = HashMap::new();
        for (entry, at, json) in self.sign_off_bodies(article).await? {
            let body = Body::read(EntryKind::SignOff, &json);
            let Body::SignOff(sign_off) = body.map_err(|source| LedgerError::Body { seq: entry, source })?
            else {
                continue;
            };
            let later = drifted.get(&sign_off.claim_text).filter(|(alarm, _)| *alarm > entry);
            let reopened_by = later.map(|(_, id)| id.clone());
            decided.insert(sign_off.claim_text.clone(), SignedOff { entry, at, sign_off, reopened_by });
        }
        Ok(decided)
    }

    /// Number, time and body of the decisions about `article`, oldest first.
    async fn sign_off_bodies(&self, article: &str) -> Result<Vec<(i64, Timestamp, String)>, LedgerError> {
        let failed = |source| LedgerError::from_sqlx(self.path(), source);
        let mut reader = self.reader().await?;
        let rows: Vec<(i64, String, String)> = sqlx::query_as(
            "SELECT entry.seq, entry.at, entry.body FROM sign_off JOIN entry ON entry.seq = sign_off.entry
             WHERE sign_off.article_path = ? ORDER BY sign_off.entry",
        )
        .bind(article)
        .fetch_all(&mut *reader)
        .await
        .map_err(failed)?;
        let timed = rows.into_iter().map(|(entry, at, body)| {
            let at = at.parse().map_err(|error: jiff::Error| sqlx::Error::Decode(Box::new(error)))?;
            Ok((entry, at, body))
        });
        timed.collect::<Result<_, sqlx::Error>>().map_err(failed)
    }
}
