//! The table `standing`: the latest observation of each source of each article, so that what is due is found without
//! going through all that was ever observed.

use sqlx::SqliteConnection;

use crate::ledger::check::Check;
use crate::ledger::entry::moment;

/// Lets the observations of `check`, entry `entry`, stand in place of earlier ones.
pub(super) async fn update(
    connection: &mut SqliteConnection,
    entry: i64,
    check: &Check,
) -> Result<(), sqlx::Error> {
    for seen in &check.observed {
        sqlx::query(
            "INSERT INTO standing VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
             SET entry = excluded.entry, source = excluded.source, next_due = excluded.next_due",
        )
        .bind(&check.article)
        .bind(&seen.url)
        .bind(entry)
        .bind(&seen.id)
        .bind(moment(seen.standing.next))
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// How many rows of `standing` are not the latest observation of their source, or are missing.
pub(in crate::ledger) async fn wrong_standings(
    connection: &mut SqliteConnection,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar(
        "WITH latest AS (
             SELECT article_path, url, max(entry) AS entry, source, next_due FROM observation GROUP BY article_path, url
         )
         SELECT (SELECT count(*) FROM (SELECT * FROM latest EXCEPT SELECT article_path, url, entry, source, next_due FROM standing))
              + (SELECT count(*) FROM (SELECT article_path, url, entry, source, next_due FROM standing EXCEPT SELECT * FROM latest))",
    )
    .fetch_one(connection)
    .await
}
