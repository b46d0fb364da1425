//! What became of a URL, or of an article, over all runs.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::de::IntoDeserializer as _;
use serde::de::value::{Error as WordError, StringDeserializer};
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use super::error::LedgerError;
use super::query::{Recorded, parsed, run_id, undecodable};
use super::sqlite::Ledger;
use crate::archive::RunId;
use crate::check::{Reason, State};
use crate::digest::Digest;
use crate::evidence::Verdict;

/// What one run saw of a URL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Observation {
    /// Number of the entry it comes from.
    pub entry: i64,
    /// The run.
    pub run: RunId,
    /// When the run began.
    pub started: Timestamp,
    /// The article that cites the URL.
    pub article_path: String,
    /// The source's number in that article: `c1`, `c2` …
    pub source: String,
    /// Its state.
    pub state: State,
    /// Why.
    pub reason: Reason,
    /// Status of the last response.
    pub status: Option<u16>,
    /// URL of the last response.
    pub final_url: Option<String>,
    /// When it was asked.
    pub checked: Option<Timestamp>,
    /// Digest of the last response's payload: where two differ, the page has changed.
    pub payload: Option<Digest>,
    /// The WARC file that holds the capture, relative to the archive folder.
    pub warc: Option<String>,
    /// First byte of the capture's gzip member in that file.
    pub warc_offset: Option<u64>,
}

/// How one run over an article came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcomes {
    /// The run.
    #[serde(flatten)]
    pub recorded: Recorded,
    /// Its sources by state; no entry where there is none.
    pub states: BTreeMap<State, usize>,
    /// Its claims by verdict; no entry where there is none.
    pub verdicts: BTreeMap<Verdict, usize>,
}

impl Ledger {
    /// What every run and every recheck saw of `url`, newest first. The URL is the one that was asked for, letter by
    /// letter.
    pub async fn history(&self, url: &str) -> Result<Vec<Observation>, LedgerError> {
        let mut reader = self.reader().await?;
        let sql = if self.has_watching() { OF_RUNS_AND_RECHECKS } else { OF_RUNS };
        sqlx::query_as(sql)
            .bind(url)
            .fetch_all(&mut *reader)
            .await
            .map_err(|source| LedgerError::from_sqlx(self.path(), source))
    }

    /// How each of `runs` came out, in their order.
    pub async fn outcomes(&self, runs: Vec<Recorded>) -> Result<Vec<Outcomes>, LedgerError> {
        let states = "SELECT state AS word, count(*) AS number FROM source WHERE entry = ? GROUP BY state";
        let verdicts =
            "SELECT verdict AS word, count(*) AS number FROM claim WHERE entry = ? GROUP BY verdict";
        let mut outcomes = Vec::new();
        for recorded in runs {
            let states = self.tally(states, recorded.entry).await?;
            let verdicts = self.tally(verdicts, recorded.entry).await?;
            outcomes.push(Outcomes { recorded, states, verdicts });
        }
        Ok(outcomes)
    }

    /// Counts by the words of a vocabulary: `sql` gives rows of `word` and `number` for an entry.
    pub(super) async fn tally<T>(
        &self,
        sql: &'static str,
        entry: i64,
    ) -> Result<BTreeMap<T, usize>, LedgerError>
    where
        T: Ord + for<'de> Deserialize<'de>,
    {
        let failed = |source| LedgerError::from_sqlx(self.path(), source);
        let mut reader = self.reader().await?;
        let rows = sqlx::query(sql).bind(entry).fetch_all(&mut *reader).await.map_err(failed)?;
        let counted = rows.iter().map(|row| {
            let number: i64 = row.try_get("number")?;
            Ok((vocabulary(row, "word")?, usize::try_from(number).unwrap_or_default()))
        });
        counted.collect::<Result<_, sqlx::Error>>().map_err(failed)
    }
}

macro_rules! of_runs {
    () => {
        "SELECT source.entry, source.id, source.run, source.state, source.reason, source.status, source.final_url,
                source.checked, source.payload_sha256, source.warc, source.warc_offset, run.article_path, run.started
         FROM source JOIN run USING (entry) WHERE source.url = ?1"
    };
}

/// What the runs saw of a URL.
const OF_RUNS: &str = concat!(of_runs!(), " ORDER BY 1 DESC, 2");

/// What the runs and the rechecks saw of it. An article that was taken up repeats what its run saw: that run has a row
/// already.
const OF_RUNS_AND_RECHECKS: &str = concat!(
    of_runs!(),
    " UNION ALL
     SELECT seen.entry, seen.source, seen.run, seen.state, seen.reason, seen.status, seen.final_url,
            seen.checked, seen.payload_sha256, seen.warc, seen.warc_offset, seen.article_path, entry.at
     FROM observation AS seen JOIN entry ON entry.seq = seen.entry
     WHERE seen.url = ?1 AND NOT EXISTS (SELECT 1 FROM run WHERE run.id = seen.run)
     ORDER BY 1 DESC, 2"
);

impl FromRow<'_, SqliteRow> for Observation {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            entry: row.try_get("entry")?,
            run: run_id(row, "run")?,
            started: parsed(row, "started")?,
            article_path: row.try_get("article_path")?,
            source: row.try_get("id")?,
            state: vocabulary(row, "state")?,
            reason: vocabulary(row, "reason")?,
            status: row.try_get("status")?,
            final_url: row.try_get("final_url")?,
            checked: optional(row, "checked", str::parse)?,
            payload: optional(row, "payload_sha256", Digest::parse)?,
            warc: row.try_get("warc")?,
            warc_offset: row
                .try_get::<Option<i64>, _>("warc_offset")?
                .and_then(|offset| u64::try_from(offset).ok()),
        })
    }
}

/// The value of a vocabulary that column `column` has the word for.
fn vocabulary<T>(row: &SqliteRow, column: &str) -> Result<T, sqlx::Error>
where
    T: for<'de> Deserialize<'de>,
{
    let word: String = row.try_get(column)?;
    let word: StringDeserializer<WordError> = word.into_deserializer();
    T::deserialize(word).map_err(|error| undecodable(column, error))
}

/// The value that the text of column `column` stands for, where there is one.
fn optional<T, E>(
    row: &SqliteRow,
    column: &str,
    parse: impl Fn(&str) -> Result<T, E>,
) -> Result<Option<T>, sqlx::Error>
where
    E: std::error::Error + Send + Sync + 'static,
{
    let text: Option<String> = row.try_get(column)?;
    text.map(|text| parse(&text).map_err(|error| undecodable(column, error))).transpose()
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::super::sample;
    use super::*;

    #[tokio::test]
    async fn the_history_of_a_url_is_newest_first_and_whole() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("ledger.sqlite");
        sample::ledger(&path, 3).await;
        let ledger = Ledger::open_read_only(&path).await.unwrap();

        let seen = ledger.history("https://example.org/a").await.unwrap();
        assert_eq!(seen.iter().map(|one| one.entry).collect::<Vec<_>>(), [3, 2, 1]);
        let facts = sample::dossier(3);
        assert_eq!(seen[0].run, facts.run.id);
        assert_eq!((seen[0].state, seen[0].reason), (State::Doubtful, Reason::Soft404));
        assert_eq!((seen[0].status, seen[0].checked), (Some(200), facts.citations[0].checked));
        assert_eq!((seen[0].payload, seen[0].warc_offset), (facts.citations[0].sha256, Some(4096)));
        assert_ne!(seen[0].payload, seen[1].payload);

        let unreached = ledger.history("https://example.org/unreached").await.unwrap();
        assert_eq!((unreached.len(), unreached[0].checked, unreached[0].payload), (3, None, None));
        assert!(ledger.history("https://example.org/").await.unwrap().is_empty());
        ledger.close().await.unwrap();
    }

    #[tokio::test]
    async fn the_outcomes_of_a_run_are_the_counts_of_its_dossier() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("ledger.sqlite");
        sample::ledger(&path, 2).await;
        let ledger = Ledger::open_read_only(&path).await.unwrap();
        let outcomes = ledger.outcomes(ledger.runs(10).await.unwrap()).await.unwrap();
        assert_eq!(outcomes.iter().map(|one| one.recorded.entry).collect::<Vec<_>>(), [2, 1]);
        let dossier = sample::dossier(2);
        for (state, number) in &outcomes[0].states {
            assert_eq!(dossier.citations.iter().filter(|cited| cited.state == *state).count(), *number);
        }
        assert_eq!(outcomes[0].states.values().sum::<usize>(), dossier.citations.len());
        assert_eq!(outcomes[0].verdicts[&Verdict::PartlyLocated], 1);
        assert_eq!(outcomes[0].verdicts.values().sum::<usize>(), dossier.claims.len());
        ledger.close().await.unwrap();
    }
}
