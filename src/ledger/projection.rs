//! Projections: what the entries say, in columns that SQL can ask about. The entries are the truth; these tables
//! are made from them in the same transaction, and can be made again.

use serde::Serialize;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _, SqliteConnection};

use super::entry::moment;
use crate::dossier::{ClaimFacts, Dossier, SourceFacts};

/// All rows that come from one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Projection {
    pub(super) run: Option<RunRow>,
    pub(super) sources: Vec<SourceRow>,
    pub(super) claims: Vec<ClaimRow>,
}

/// A row of the table `run`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RunRow {
    pub(super) entry: i64,
    pub(super) id: String,
    pub(super) article_path: String,
    pub(super) article_sha256: String,
    pub(super) title: Option<String>,
    pub(super) language: String,
    pub(super) started: String,
    pub(super) finished: String,
    pub(super) interrupted: bool,
}

/// A row of the table `source`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SourceRow {
    pub(super) entry: i64,
    pub(super) id: String,
    pub(super) run: String,
    pub(super) url: String,
    pub(super) state: String,
    pub(super) reason: String,
    pub(super) status: Option<i64>,
    pub(super) final_url: Option<String>,
    pub(super) checked: Option<String>,
    pub(super) payload_sha256: Option<String>,
    pub(super) warc: Option<String>,
    pub(super) warc_offset: Option<i64>,
}

/// A row of the table `claim`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ClaimRow {
    pub(super) entry: i64,
    pub(super) id: String,
    pub(super) run: String,
    pub(super) text: String,
    pub(super) verdict: String,
}

impl Projection {
    /// The rows that the dossier of entry `entry` gives, sorted as [`Projection::load`] sorts them.
    pub(super) fn of(entry: i64, dossier: &Dossier) -> Result<Self, serde_json::Error> {
        let run = dossier.run.id.as_str();
        let mut sources: Vec<SourceRow> = dossier
            .citations
            .iter()
            .map(|source| SourceRow::of(entry, run, source))
            .collect::<Result<_, _>>()?;
        let mut claims: Vec<ClaimRow> =
            dossier.claims.iter().map(|claim| ClaimRow::of(entry, run, claim)).collect::<Result<_, _>>()?;
        sources.sort_by(|a, b| a.id.cmp(&b.id));
        claims.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(Self { run: Some(RunRow::of(entry, dossier)), sources, claims })
    }

    /// The rows that the tables hold for entry `entry`.
    pub(super) async fn load(connection: &mut SqliteConnection, entry: i64) -> Result<Self, sqlx::Error> {
        let run = sqlx::query_as("SELECT * FROM run WHERE entry = ?").bind(entry);
        let sources = sqlx::query_as("SELECT * FROM source WHERE entry = ? ORDER BY id").bind(entry);
        let claims = sqlx::query_as("SELECT * FROM claim WHERE entry = ? ORDER BY id").bind(entry);
        Ok(Self {
            run: run.fetch_optional(&mut *connection).await?,
            sources: sources.fetch_all(&mut *connection).await?,
            claims: claims.fetch_all(connection).await?,
        })
    }

    /// Writes the rows.
    pub(super) async fn insert(self, connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        if let Some(row) = self.run {
            row.insert(connection).await?;
        }
        for row in self.sources {
            row.insert(connection).await?;
        }
        for row in self.claims {
            row.insert(connection).await?;
        }
        Ok(())
    }

    /// How many rows these are.
    pub(super) fn rows(&self) -> usize {
        usize::from(self.run.is_some()) + self.sources.len() + self.claims.len()
    }

    /// Names the first row in which `self`, what an entry gives, and `held`, what the tables hold, differ.
    pub(super) fn difference(&self, held: &Self) -> Option<String> {
        if self.run != held.run {
            return Some("the row of table run".to_owned());
        }
        first_difference(&self.sources, &held.sources, |row| &row.id)
            .map(|id| format!("row {id} of table source"))
            .or_else(|| {
                let id = first_difference(&self.claims, &held.claims, |row| &row.id)?;
                Some(format!("row {id} of table claim"))
            })
    }
}

impl RunRow {
    fn of(entry: i64, dossier: &Dossier) -> Self {
        let (run, article) = (&dossier.run, &dossier.article);
        Self {
            entry,
            id: run.id.to_string(),
            article_path: article.path.clone(),
            article_sha256: article.sha256.to_string(),
            title: article.title.clone(),
            language: article.language.clone(),
            started: moment(run.started),
            finished: moment(run.finished),
            interrupted: run.interrupted,
        }
    }

    async fn insert(self, connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        sqlx::query("INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .bind(self.entry)
            .bind(self.id)
            .bind(self.article_path)
            .bind(self.article_sha256)
            .bind(self.title)
            .bind(self.language)
            .bind(self.started)
            .bind(self.finished)
            .bind(self.interrupted)
            .execute(connection)
            .await?;
        Ok(())
    }
}

impl FromRow<'_, SqliteRow> for RunRow {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            entry: row.try_get("entry")?,
            id: row.try_get("id")?,
            article_path: row.try_get("article_path")?,
            article_sha256: row.try_get("article_sha256")?,
            title: row.try_get("title")?,
            language: row.try_get("language")?,
            started: row.try_get("started")?,
            finished: row.try_get("finished")?,
            interrupted: row.try_get("interrupted")?,
        })
    }
}

impl SourceRow {
    fn of(entry: i64, run: &str, source: &SourceFacts) -> Result<Self, serde_json::Error> {
        let capture = source.capture.as_ref();
        Ok(Self {
            entry,
            id: source.id.clone(),
            run: run.to_owned(),
            url: source.url.clone(),
            state: word(&source.state)?,
            reason: word(&source.reason)?,
            status: source.status.map(i64::from),
            final_url: source.final_url.clone(),
            checked: source.checked.map(moment),
            payload_sha256: source.sha256.map(|digest| digest.to_string()),
            warc: capture.map(|capture| capture.warc.clone()),
            // No file is so long that SQLite's integers could not say where its records begin.
            warc_offset: capture.and_then(|capture| i64::try_from(capture.offset).ok()),
        })
    }

    async fn insert(self, connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        sqlx::query("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .bind(self.entry)
            .bind(self.id)
            .bind(self.run)
            .bind(self.url)
            .bind(self.state)
            .bind(self.reason)
            .bind(self.status)
            .bind(self.final_url)
            .bind(self.checked)
            .bind(self.payload_sha256)
            .bind(self.warc)
            .bind(self.warc_offset)
            .execute(connection)
            .await?;
        Ok(())
    }
}

impl FromRow<'_, SqliteRow> for SourceRow {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            entry: row.try_get("entry")?,
            id: row.try_get("id")?,
            run: row.try_get("run")?,
            url: row.try_get("url")?,
            state: row.try_get("state")?,
            reason: row.try_get("reason")?,
            status: row.try_get("status")?,
            final_url: row.try_get("final_url")?,
            checked: row.try_get("checked")?,
            payload_sha256: row.try_get("payload_sha256")?,
            warc: row.try_get("warc")?,
            warc_offset: row.try_get("warc_offset")?,
        })
    }
}

impl ClaimRow {
    fn of(entry: i64, run: &str, claim: &ClaimFacts) -> Result<Self, serde_json::Error> {
        Ok(Self {
            entry,
            id: claim.id.clone(),
            run: run.to_owned(),
            text: claim.text.clone(),
            verdict: word(&claim.verdict)?,
        })
    }

    async fn insert(self, connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        sqlx::query("INSERT INTO claim VALUES (?, ?, ?, ?, ?)")
            .bind(self.entry)
            .bind(self.id)
            .bind(self.run)
            .bind(self.text)
            .bind(self.verdict)
            .execute(connection)
            .await?;
        Ok(())
    }
}

impl FromRow<'_, SqliteRow> for ClaimRow {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            entry: row.try_get("entry")?,
            id: row.try_get("id")?,
            run: row.try_get("run")?,
            text: row.try_get("text")?,
            verdict: row.try_get("verdict")?,
        })
    }
}

/// The word that the report contract has for a value of one of its vocabularies.
fn word(value: &impl Serialize) -> Result<String, serde_json::Error> {
    serde_json::from_value(serde_json::to_value(value)?)
}

/// The id of the first row that two sorted lists do not share.
fn first_difference<'a, Row: PartialEq>(
    given: &'a [Row],
    held: &'a [Row],
    id: impl Fn(&'a Row) -> &'a String,
) -> Option<&'a str> {
    let same = given.iter().zip(held).take_while(|(given, held)| given == held).count();
    let (given, held) = (given.get(same).map(&id), held.get(same).map(&id));
    given.into_iter().chain(held).min().map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn the_words_are_those_of_the_report() {
        let projection = Projection::of(7, &sample::dossier(1)).unwrap();
        let source = &projection.sources[0];
        assert_eq!((source.state.as_str(), source.reason.as_str()), ("doubtful", "soft_404"));
        assert_eq!(projection.claims[0].verdict, "partly_located");
        assert_eq!(projection.rows(), 1 + 2 + 2);
    }

    #[test]
    fn a_difference_names_its_row() {
        let given = Projection::of(1, &sample::dossier(1)).unwrap();
        assert_eq!(given.difference(&given.clone()), None);

        let mut held = given.clone();
        held.sources[1].state = "alive".to_owned();
        assert_eq!(given.difference(&held).unwrap(), "row c2 of table source");

        let mut held = given.clone();
        held.claims.remove(0);
        assert_eq!(given.difference(&held).unwrap(), "row k1 of table claim");

        let mut held = given.clone();
        held.run = None;
        assert_eq!(given.difference(&held).unwrap(), "the row of table run");
    }
}
