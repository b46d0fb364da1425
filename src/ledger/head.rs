//! The end of the chain.

use sqlx::SqliteConnection;

use crate::digest::Digest;

/// Number and hash of the last entry; 0 and [`Digest::ZERO`] where there is none.
pub(super) async fn head(connection: &mut SqliteConnection) -> Result<(i64, Digest), sqlx::Error> {
    let last: Option<(i64, String)> = sqlx::query_as("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1")
        .fetch_optional(connection)
        .await?;
    let Some((seq, hash)) = last else { return Ok((0, Digest::ZERO)) };
    let hash = hash.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
    Ok((seq, hash))
}
