//! What the scheduled job asks the ledger: which articles are known, and what is due.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use sqlx::Row as _;

use super::bodies::Checks;
use super::check::Observed;
use super::entry::moment;
use super::error::LedgerError;
use super::query::parsed;
use super::sqlite::Ledger;
use crate::digest::Digest;

/// What the ledger knows of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Number of the entry with its latest dossier that was not interrupted.
    pub dossier: i64,
    /// When that run began.
    pub started: Timestamp,
    /// Digest of the article's bytes then.
    pub sha256: Digest,
    /// Number of the entry with the dossier that its sources are held against, if the job has taken it up.
    pub baseline: Option<i64>,
}

/// A source that is to be asked again.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    /// Path or URL of the article.
    pub article: String,
    /// Number of the entry whose dossier it is held against.
    pub baseline: i64,
    /// What was last seen of it.
    pub last: Observed,
}

impl Ledger {
    /// What the ledger knows of each article that it has a whole dossier of.
    pub async fn known_articles(&self) -> Result<HashMap<String, Known>, LedgerError> {
        let failed = |source| LedgerError::from_sqlx(self.path(), source);
        let mut reader = self.reader().await?;
        let dossiers =
            "SELECT article_path, article_sha256, started, max(entry) AS entry FROM run WHERE interrupted = 0
                        GROUP BY article_path";
        let dossiers = sqlx::query(dossiers).fetch_all(&mut *reader).await.map_err(failed)?;
        let baselines: BTreeMap<String, i64> = if self.has_watching() {
            let baselines = "SELECT article_path, max(baseline) FROM recheck GROUP BY article_path";
            let rows: Vec<(String, i64)> =
                sqlx::query_as(baselines).fetch_all(&mut *reader).await.map_err(failed)?;
            rows.into_iter().collect()
        } else {
            BTreeMap::new()
        };
        let known = dossiers.iter().map(|row| {
            let article: String = row.try_get("article_path")?;
            let baseline = baselines.get(&article).copied();
            let known = Known {
                dossier: row.try_get("entry")?,
                started: parsed(row, "started")?,
                sha256: parsed(row, "article_sha256")?,
                baseline,
            };
            Ok((article, known))
        });
        known.collect::<Result<_, sqlx::Error>>().map_err(failed)
    }

    /// The sources of `articles` that are due at `now`. One that the article no longer cites is none of them.
    pub async fn due(&self, now: Timestamp, articles: &HashSet<String>) -> Result<Vec<Due>, LedgerError> {
        let failed = |source| LedgerError::from_sqlx(self.path(), source);
        let mut reader = self.reader().await?;
        let places: Vec<(String, i64, String)> = sqlx::query_as(
            "SELECT standing.article_path, standing.entry, standing.source
             FROM standing JOIN recheck ON recheck.entry = standing.entry
             WHERE standing.next_due <= ? AND recheck.baseline =
                 (SELECT max(baseline) FROM recheck AS latest WHERE latest.article_path = standing.article_path)
             ORDER BY standing.entry, standing.source",
        )
        .bind(moment(now))
        .fetch_all(&mut *reader)
        .await
        .map_err(failed)?;
        drop(reader);
        let mut checks = Checks::new(self);
        let mut due = Vec::new();
        for (article, entry, source) in places.into_iter().filter(|(article, ..)| articles.contains(article))
        {
            let check = checks.get(entry).await?;
            if let Some(last) = check.observed.iter().find(|seen| seen.id == source) {
                due.push(Due { article, baseline: check.baseline, last: last.clone() });
            }
        }
        Ok(due)
    }

    /// What was last seen of each source of `article`, by URL.
    pub async fn standings(&self, article: &str) -> Result<BTreeMap<String, Observed>, LedgerError> {
        let mut reader = self.reader().await?;
        let places: Vec<(i64, String)> =
            sqlx::query_as("SELECT entry, source FROM standing WHERE article_path = ? ORDER BY entry")
                .bind(article)
                .fetch_all(&mut *reader)
                .await
                .map_err(|source| LedgerError::from_sqlx(self.path(), source))?;
        drop(reader);
        let mut checks = Checks::new(self);
        let mut standings = BTreeMap::new();
        for (entry, source) in places {
            let check = checks.get(entry).await?;
            if let Some(seen) = check.observed.iter().find(|seen| seen.id == source) {
                standings.insert(seen.url.clone(), seen.clone());
            }
        }
        Ok(standings)
    }
}
