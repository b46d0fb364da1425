//! Finding dossiers again: by run, by article, all of them.

use std::error::Error;
use std::str::FromStr;

use jiff::Timestamp;
use serde::de::IntoDeserializer as _;
use serde::de::value::Error as WordError;
use serde::{Deserialize as _, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use super::entry::KeptDossier;
use super::error::LedgerError;
use super::sqlite::Ledger;
use crate::archive::RunId;
use crate::digest::Digest;

/// One run over one article, as a listing shows it. [`Ledger::dossier`] gives all the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recorded {
    /// Number of the entry that holds the dossier.
    pub entry: i64,
    /// The run.
    pub run: RunId,
    /// Path or URL that the article was named by.
    pub article_path: String,
    /// Digest of the article's bytes.
    pub article_sha256: Digest,
    /// The article's title, where it has one.
    pub title: Option<String>,
    /// ISO 639-1 code of its language, or `und`.
    pub language: String,
    /// When the run began.
    pub started: Timestamp,
    /// When it ended.
    pub finished: Timestamp,
    /// Whether it was stopped before it was through.
    pub interrupted: bool,
}

impl Ledger {
    /// Everything that `what` names, newest first: the name of a run; else the path of an article, or the last
    /// parts of that path, such as its file name; else the beginning of a run's name. Empty if nothing fits.
    ///
    /// # Errors
    /// [`LedgerError::Ambiguous`] where it is the beginning of several runs' names.
    pub async fn find(&self, what: &str) -> Result<Vec<Recorded>, LedgerError> {
        let what = what.strip_prefix("./").unwrap_or(what);
        let run = self.select("SELECT * FROM run WHERE id = ? ORDER BY entry DESC", what).await?;
        if !run.is_empty() || what.is_empty() {
            return Ok(run);
        }
        let article = self.of_article(what).await?;
        if !article.is_empty() {
            return Ok(article);
        }
        // Names are digits, letters and hyphens, which all come before the tilde.
        let begun = "SELECT * FROM run WHERE id BETWEEN ?1 AND ?1 || '~' ORDER BY entry DESC";
        one_run(what, self.select(begun, what).await?)
    }

    /// What the run `run` recorded: one article, or several if it went over several.
    pub async fn of_run(&self, run: &RunId) -> Result<Vec<Recorded>, LedgerError> {
        self.select("SELECT * FROM run WHERE id = ? ORDER BY entry DESC", run.as_str()).await
    }

    /// The latest run over the article with this path (or whose path ends in it), interrupted or not.
    pub async fn latest_of_article(&self, path: &str) -> Result<Option<Recorded>, LedgerError> {
        let path = path.strip_prefix("./").unwrap_or(path);
        Ok(self.of_article(path).await?.into_iter().next())
    }

    /// All runs, newest first, at most `limit` of them.
    pub async fn runs(&self, limit: u32) -> Result<Vec<Recorded>, LedgerError> {
        let mut reader = self.reader().await?;
        let rows = sqlx::query_as("SELECT * FROM run ORDER BY entry DESC LIMIT ?").bind(limit);
        rows.fetch_all(&mut *reader).await.map_err(|source| LedgerError::from_sqlx(self.path(), source))
    }

    /// The dossier of a run, and where its files lie.
    pub async fn dossier(&self, recorded: &Recorded) -> Result<KeptDossier, LedgerError> {
        let mut reader = self.reader().await?;
        let body: String = sqlx::query_scalar("SELECT body FROM entry WHERE seq = ?")
            .bind(recorded.entry)
            .fetch_one(&mut *reader)
            .await
            .map_err(|source| LedgerError::from_sqlx(self.path(), source))?;
        serde_json::from_str(&body).map_err(|source| LedgerError::Body { seq: recorded.entry, source })
    }

    async fn of_article(&self, path: &str) -> Result<Vec<Recorded>, LedgerError> {
        let exact = self.select("SELECT * FROM run WHERE article_path = ? ORDER BY entry DESC", path).await?;
        if !exact.is_empty() {
            return Ok(exact);
        }
        // The paths are gone through in their index: the table is many times as large.
        let ending = "SELECT * FROM run WHERE entry IN \
                      (SELECT entry FROM run WHERE substr(article_path, -length(?1) - 1) = '/' || ?1) \
                      ORDER BY entry DESC";
        self.select(ending, path).await
    }

    async fn select(&self, sql: &'static str, value: &str) -> Result<Vec<Recorded>, LedgerError> {
        let mut reader = self.reader().await?;
        let rows = sqlx::query_as(sql).bind(value).fetch_all(&mut *reader).await;
        rows.map_err(|source| LedgerError::from_sqlx(self.path(), source))
    }
}

impl FromRow<'_, SqliteRow> for Recorded {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            entry: row.try_get("entry")?,
            run: run_id(row, "id")?,
            article_path: row.try_get("article_path")?,
            article_sha256: parsed(row, "article_sha256")?,
            title: row.try_get("title")?,
            language: row.try_get("language")?,
            started: parsed(row, "started")?,
            finished: parsed(row, "finished")?,
            interrupted: row.try_get("interrupted")?,
        })
    }
}

/// The run named in column `column`.
pub(super) fn run_id(row: &SqliteRow, column: &str) -> Result<RunId, sqlx::Error> {
    let text: String = row.try_get(column)?;
    RunId::deserialize(text.into_deserializer()).map_err(|error: WordError| undecodable(column, error))
}

/// The value that the text of column `column` stands for.
pub(super) fn parsed<T>(row: &SqliteRow, column: &str) -> Result<T, sqlx::Error>
where
    T: FromStr<Err: Error + Send + Sync + 'static>,
{
    let text: String = row.try_get(column)?;
    text.parse().map_err(|error| undecodable(column, error))
}

/// The failure to make sense of column `column`.
pub(super) fn undecodable(column: &str, error: impl Error + Send + Sync + 'static) -> sqlx::Error {
    sqlx::Error::ColumnDecode { index: column.to_owned(), source: Box::new(error) }
}

/// `found`, if it is all of one run.
fn one_run(what: &str, found: Vec<Recorded>) -> Result<Vec<Recorded>, LedgerError> {
    let mut runs: Vec<&str> = found.iter().map(|recorded| recorded.run.as_str()).collect();
    runs.dedup();
    if runs.len() > 1 {
        let more = if runs.len() > 3 { ", …" } else { "" };
        let runs = format!("{}{more}", runs[..runs.len().min(3)].join(", "));
        return Err(LedgerError::Ambiguous { what: what.to_owned(), runs });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use tempfile::TempDir;

    use super::super::sample;
    use super::*;

    async fn ledger() -> (TempDir, Ledger) {
        let folder = TempDir::new().unwrap();
        let path: PathBuf = folder.path().join("ledger.sqlite");
        sample::ledger(&path, 3).await;
        let ledger = Ledger::open(&path).await.unwrap();
        let mut other = sample::dossier(4);
        other.article.path = "articles/another one%.txt".to_owned();
        ledger.append_dossier(sample::start(4), other, None, "dossiers/another").await.unwrap();
        (folder, ledger)
    }

    async fn entries(ledger: &Ledger, what: &str) -> Vec<i64> {
        ledger.find(what).await.unwrap().iter().map(|recorded| recorded.entry).collect()
    }

    #[tokio::test]
    async fn a_run_is_found_by_its_name_and_by_the_beginning_of_it() {
        let (_folder, ledger) = ledger().await;
        let run = sample::dossier(2).run.id;
        assert_eq!(entries(&ledger, run.as_str()).await, [2]);
        assert_eq!(entries(&ledger, &run.as_str()[..13]).await, [2]);
        assert_eq!(ledger.of_run(&run).await.unwrap(), ledger.find(run.as_str()).await.unwrap());
    }

    #[tokio::test]
    async fn the_beginning_of_several_runs_is_ambiguous() {
        let (_folder, ledger) = ledger().await;
        let error = ledger.find("20261124").await.unwrap_err();
        let LedgerError::Ambiguous { runs, .. } = error else { panic!("{error:?}") };
        assert!(runs.starts_with(sample::dossier(4).run.id.as_str()) && runs.ends_with(", …"), "{runs}");
    }

    #[tokio::test]
    async fn an_article_is_found_by_its_path_and_by_the_end_of_it_newest_first() {
        let (_folder, ledger) = ledger().await;
        for what in ["articles/invented.txt", "./articles/invented.txt", "invented.txt"] {
            assert_eq!(entries(&ledger, what).await, [3, 2, 1], "{what}");
        }
        assert_eq!(entries(&ledger, "another one%.txt").await, [4]);
        assert_eq!(ledger.latest_of_article("invented.txt").await.unwrap().unwrap().entry, 3);
    }

    #[tokio::test]
    async fn what_is_not_there_is_not_found() {
        let (_folder, ledger) = ledger().await;
        for what in ["", "vented.txt", "%", "_nvented.txt", "articles", "99", "'; DROP TABLE run; --"] {
            assert_eq!(entries(&ledger, what).await, [0; 0], "{what}");
        }
        assert!(ledger.latest_of_article("none.txt").await.unwrap().is_none());
    }

    #[tokio::test]
    async fn runs_are_listed_newest_first() {
        let (_folder, ledger) = ledger().await;
        let runs = ledger.runs(2).await.unwrap();
        assert_eq!(runs.iter().map(|recorded| recorded.entry).collect::<Vec<_>>(), [4, 3]);
        let dossier = sample::dossier(3);
        assert_eq!((runs[1].started, runs[1].finished), (dossier.run.started, dossier.run.finished));
        assert_eq!((runs[1].interrupted, runs[0].interrupted), (false, true));
        assert_eq!(runs[1].title.as_deref(), Some("Über Erfundenes"));
    }
}
