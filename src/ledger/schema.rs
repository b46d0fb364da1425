//! The tables: their migrations, their version, and what they must look like.

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqlSafeStr as _, SqliteConnection};

/// The newest schema version this beleg knows.
pub(super) const VERSION: i64 = 3;

/// The schema version that has the tables of the scheduled job.
pub(super) const WATCHING: i64 = 2;

/// The schema version that has the table of passes.
pub(super) const PASSES: i64 = 3;

/// A table, index or trigger: its kind, its name and the statement that made it.
pub(super) type SchemaObject = (String, String, Option<String>);

/// The version of an open database: `None` where it has no tables of beleg, 0 before the first migration.
pub(super) async fn version(connection: &mut SqliteConnection) -> Result<Option<i64>, sqlx::Error> {
    let migrated: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '_sqlx_migrations')",
    )
    .fetch_one(&mut *connection)
    .await?;
    if !migrated {
        return Ok(None);
    }
    let version = sqlx::query_scalar("SELECT coalesce(max(version), 0) FROM _sqlx_migrations");
    version.fetch_one(connection).await.map(Some)
}

/// Whether an open database holds nothing at all.
pub(super) async fn is_empty(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)").fetch_one(connection).await
}

/// Brings the tables up to date, all of it or nothing.
pub(super) async fn migrate(connection: &mut SqliteConnection) -> Result<(), MigrateError> {
    // One transaction around all of them: a second beleg waits, and a kill leaves no half-made ledger.
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    migrator().run(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(())
}

/// All tables, indexes and triggers of an open database, by kind and name.
pub(super) async fn objects(connection: &mut SqliteConnection) -> Result<Vec<SchemaObject>, sqlx::Error> {
    sqlx::query_as("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name")
        .fetch_all(connection)
        .await
}

/// What [`objects`] gives for an untouched ledger of the schema version `version`.
pub(super) async fn expected_objects(version: i64) -> Result<Vec<SchemaObject>, MigrateError> {
    let mut connection =
        SqliteConnectOptions::new().in_memory(true).disable_statement_logging().connect().await?;
    migrator().run_to(version, &mut connection).await?;
    Ok(objects(&mut connection).await?)
}

fn migrator() -> Migrator {
    Migrator::with_migrations(vec![
        migration(1, "entries", include_str!("migrations/0001_entries.sql")),
        migration(2, "watching", include_str!("migrations/0002_watching.sql")),
        migration(3, "passes", include_str!("migrations/0003_passes.sql")),
    ])
}

fn migration(version: i64, name: &'static str, sql: &'static str) -> Migration {
    Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
}

#[cfg(test)]
mod tests {
    use super::super::projection::TABLES;
    use super::*;

    #[tokio::test]
    async fn the_known_version_is_the_last_migration() {
        assert_eq!(migrator().iter().map(|migration| migration.version).max(), Some(VERSION));
    }

    #[tokio::test]
    async fn a_new_ledger_has_the_documented_tables() {
        let objects = expected_objects(VERSION).await.unwrap();
        let tables = objects.iter().filter(|(kind, ..)| kind == "table").map(|(_, name, _)| name.as_str());
        let mut documented = vec!["_sqlx_migrations", "entry", "standing"];
        documented.extend(TABLES.iter().map(|table| table.name));
        documented.sort_unstable();
        assert_eq!(tables.collect::<Vec<_>>(), documented);
        let text = include_str!("../../docs/ledger.md");
        for (kind, name, _) in objects.iter().filter(|(kind, ..)| kind == "table" || kind == "view") {
            assert!(text.contains(&format!("`{name}`")), "docs/ledger.md does not tell of the {kind} {name}");
        }
        assert_eq!(objects.iter().filter(|(kind, ..)| kind == "trigger").count(), 3);
    }
}
