//! The database as such: are its tables ours, and does SQLite find them whole?

use sqlx::SqliteConnection;
use sqlx::migrate::MigrateError;

use super::super::schema;
use super::verification::{LedgerFault, LedgerVerification};

/// What is known of the tables before anything is read from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tables {
    /// They are those of beleg, of this schema version, and can be read.
    Ours(i64),
    /// There are none: the file was created and never written to.
    None,
    /// They come from a later beleg, with this schema version.
    Later(i64),
    /// They are not as they must be; that was noted.
    Wrong,
}

/// Looks at the tables of `file` without reading them: a foreign table, view or trigger could do anything.
pub(super) async fn tables(
    connection: &mut SqliteConnection,
    file: &str,
    verification: &mut LedgerVerification,
) -> Result<Tables, sqlx::Error> {
    if schema::is_empty(connection).await? {
        return Ok(Tables::None);
    }
    let Some(version) = schema::version(connection).await? else {
        verification.wrong(LedgerFault::new(file, "file", "tables", "are not those of a ledger"));
        return Ok(Tables::Wrong);
    };
    if version > schema::VERSION {
        return Ok(Tables::Later(version));
    }
    let expected = schema::expected_objects(version).await.map_err(|error| match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error,
        other => sqlx::Error::Migrate(Box::new(other)),
    })?;
    let found = schema::objects(connection).await?;
    let odd =
        expected.iter().chain(&found).find(|object| !(expected.contains(object) && found.contains(object)));
    if let Some((kind, name, _)) = odd {
        let detail =
            format!("are not as beleg made them: {kind} {name} is missing, has been added or differs");
        verification.wrong(LedgerFault::new(file, "file", "tables", detail));
        return Ok(Tables::Wrong);
    }
    verification.right();
    Ok(Tables::Ours(version))
}

/// SQLite's own check of pages, indexes and constraints. Gives whether it found them whole.
///
/// It ends at the first fault: in a broken tree, one page can be reached by many ways, and going through its rows
/// may take for ever.
pub(super) async fn integrity(
    connection: &mut SqliteConnection,
    file: &str,
    verification: &mut LedgerVerification,
) -> Result<bool, sqlx::Error> {
    let lines: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check(1)").fetch_all(connection).await?;
    let is_whole = lines == ["ok"];
    verification.check(is_whole, || {
        let lines: Vec<&str> = lines.iter().flat_map(|line| line.lines()).collect();
        LedgerFault::new(file, "file", "integrity", format!("is broken: SQLite finds {}", lines.join("; ")))
    });
    Ok(is_whole)
}
