//! Alarms: those that are open, those that were not told, those of an article.

use std::collections::HashSet;

use jiff::Timestamp;
use serde::Serialize;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use super::alarm::Alarm;
use super::bodies::Checks;
use super::entry::moment;
use super::error::LedgerError;
use super::query::parsed;
use super::sqlite::Ledger;

/// An alarm as the ledger has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RaisedAlarm {
    /// Number of the entry that raised it.
    pub entry: i64,
    /// When.
    pub raised: Timestamp,
    /// The article.
    pub article: String,
    /// The job.
    pub job: String,
    /// The alarm.
    #[serde(flatten)]
    pub alarm: Alarm,
    /// Who took note of it, if anybody did.
    pub acknowledged_by: Option<String>,
}

/// Which alarms are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which<'a> {
    /// Those that nobody took note of.
    Open,
    /// All of them.
    All,
    /// Those that were not told on this channel, of those raised since then: a channel that is new, or was out of order
    /// for long, is not to be flooded.
    Untold(&'a str, Timestamp),
    /// Those about this article.
    OfArticle(&'a str),
}

macro_rules! selecting {
    ($condition:literal) => {
        concat!(
            "SELECT alarm.id, alarm.entry, entry.at AS raised, (SELECT by FROM acknowledgement
             WHERE acknowledgement.alarm = alarm.id ORDER BY acknowledgement.entry LIMIT 1) AS acknowledged_by
             FROM alarm JOIN entry ON entry.seq = alarm.entry WHERE ",
            $condition,
            " ORDER BY alarm.entry"
        )
    };
}

struct AlarmRow {
    id: String,
    entry: i64,
    raised: Timestamp,
    acknowledged_by: Option<String>,
}

impl FromRow<'_, SqliteRow> for AlarmRow {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get("id")?,
            entry: row.try_get("entry")?,
            raised: parsed(row, "raised")?,
            acknowledged_by: row.try_get("acknowledged_by")?,
        })
    }
}

impl Ledger {
    /// Which of these names of alarms are taken.
    pub async fn raised_already(&self, ids: &[String]) -> Result<HashSet<String>, LedgerError> {
        let mut reader = self.reader().await?;
        let mut raised = HashSet::new();
        for id in ids {
            let known: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM alarm WHERE id = ?)")
                .bind(id)
                .fetch_one(&mut *reader)
                .await
                .map_err(|source| LedgerError::from_sqlx(self.path(), source))?;
            if known {
                raised.insert(id.clone());
            }
        }
        Ok(raised)
    }

    /// Alarms, oldest first.
    pub async fn alarms(&self, which: Which<'_>) -> Result<Vec<RaisedAlarm>, LedgerError> {
        if !self.has_watching() {
            return Ok(Vec::new());
        }
        let selection = match which {
            Which::All => sqlx::query_as(selecting!("TRUE")),
            Which::Open => sqlx::query_as(selecting!(
                "NOT EXISTS (SELECT 1 FROM acknowledgement WHERE acknowledgement.alarm = alarm.id)"
            )),
            Which::Untold(channel, since) => sqlx::query_as(selecting!(
                "entry.at >= ? AND NOT EXISTS (SELECT 1 FROM told WHERE told.alarm = alarm.id AND channel = ?)"
            ))
            .bind(moment(since))
            .bind(channel.to_owned()),
            Which::OfArticle(article) => {
                sqlx::query_as(selecting!("alarm.article_path = ?")).bind(article.to_owned())
            }
        };
        let mut reader = self.reader().await?;
        let rows: Vec<AlarmRow> = selection
            .fetch_all(&mut *reader)
            .await
            .map_err(|source| LedgerError::from_sqlx(self.path(), source))?;
        drop(reader);
        let mut checks = Checks::new(self);
        let mut alarms = Vec::with_capacity(rows.len());
        for row in rows {
            let check = checks.get(row.entry).await?;
            let Some(place) = check.alarms.iter().position(|alarm| alarm.id == row.id) else { continue };
            let alarm = RaisedAlarm {
                entry: row.entry,
                raised: row.raised,
                article: check.article.clone(),
                job: check.job.clone(),
                alarm: check.alarms[place].clone(),
                acknowledged_by: row.acknowledged_by,
            };
            alarms.push((place, alarm));
        }
        alarms.sort_by_key(|(place, alarm)| (alarm.entry, *place));
        Ok(alarms.into_iter().map(|(_, alarm)| alarm).collect())
    }
}
