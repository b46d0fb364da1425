//! What the scheduled job saw of an article after it was taken up.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use super::error::LedgerError;
use super::query::{parsed, run_id};
use super::sqlite::Ledger;
use crate::archive::RunId;
use crate::check::State;

/// One look of the scheduled job at the sources of an article that were due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recheck {
    /// Number of the entry.
    pub entry: i64,
    /// The run.
    pub run: RunId,
    /// The job.
    pub job: String,
    /// When the pass began.
    pub at: Timestamp,
    /// The sources that were asked, by state; no entry where there is none.
    pub states: BTreeMap<State, usize>,
    /// How many alarms it raised.
    pub alarms: usize,
}

impl Ledger {
    /// The rechecks of the article `article`, newest first. What an article was taken up with was seen by its run, and is
    /// none of them.
    pub async fn rechecks(&self, article: &str) -> Result<Vec<Recheck>, LedgerError> {
        if !self.has_watching() {
            return Ok(Vec::new());
        }
        let mut reader = self.reader().await?;
        let found: Result<Vec<Recheck>, _> =
            sqlx::query_as(OF_ARTICLE).bind(article).fetch_all(&mut *reader).await;
        drop(reader);
        let mut rechecks = found.map_err(|source| LedgerError::from_sqlx(self.path(), source))?;
        for recheck in &mut rechecks {
            recheck.states = self.tally(STATES, recheck.entry).await?;
        }
        Ok(rechecks)
    }
}

const OF_ARTICLE: &str = "SELECT recheck.entry, recheck.run, recheck.job, entry.at,
        (SELECT count(*) FROM alarm WHERE alarm.entry = recheck.entry) AS alarms
     FROM recheck JOIN entry ON entry.seq = recheck.entry
     WHERE recheck.article_path = ? AND NOT EXISTS (SELECT 1 FROM run WHERE run.id = recheck.run)
     ORDER BY recheck.entry DESC";

const STATES: &str =
    "SELECT state AS word, count(*) AS number FROM observation WHERE entry = ? GROUP BY state";

impl FromRow<'_, SqliteRow> for Recheck {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            entry: row.try_get("entry")?,
            run: run_id(row, "run")?,
            job: row.try_get("job")?,
            at: parsed(row, "at")?,
            states: BTreeMap::new(),
            alarms: usize::try_from(row.try_get::<i64, _>("alarms")?).unwrap_or_default(),
        })
    }
}
