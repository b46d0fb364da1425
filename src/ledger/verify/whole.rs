//! One verification from beginning to end.

use std::path::Path;

use sqlx::{Connection as _, SqliteConnection};
use tokio::task;

use super::super::error::LedgerError;
use super::super::schema;
use super::super::seal::{BadSeal, Seal};
use super::super::sqlite::log_path;
use super::chain::{self, Chain, Scope};
use super::database::{self, Tables};
use super::sealed;
use super::snapshot::{Snapshot, Stamp, name};
use super::verification::{LedgerFault, LedgerVerification};

/// How often to begin again where another program writes in between.
const ATTEMPTS: u32 = 3;

/// Verifies the ledger at `path`, and changes nothing: no byte of it, no file beside it.
///
/// Damage is no error but part of the result.
///
/// # Errors
/// [`LedgerError::Missing`] where neither ledger nor seal is there, [`LedgerError::Unreadable`] where the system
/// refuses to read it, [`LedgerError::Newer`] where it is intact as far as its seal goes but a later beleg wrote it.
pub async fn verify(path: &Path) -> Result<LedgerVerification, LedgerError> {
    for _ in 0..ATTEMPTS {
        let before = Stamp::of(path);
        let verification = attempt(path).await;
        if Stamp::of(path) == before {
            return verification;
        }
    }
    let mut verification = LedgerVerification::default();
    let detail = "is being written by another program: verify it again once that has ended";
    verification.not_checkable(LedgerFault::new(&name(path), "file", "content", detail));
    Ok(verification)
}

async fn attempt(path: &Path) -> Result<LedgerVerification, LedgerError> {
    let mut verification = LedgerVerification::default();
    let seal = Seal::read(path);
    if !path.exists() {
        if matches!(seal, Ok(None)) {
            return Err(LedgerError::Missing { path: path.to_owned() });
        }
        verification.wrong(LedgerFault::new(&name(path), "file", "content", "is missing, its seal is there"));
        return Ok(verification);
    }
    let snapshot = take(path).await?;
    if snapshot.has_log() {
        let detail =
            "was left by a run that ended before it could move it into the ledger; it was read from here";
        verification.not_checkable(LedgerFault::new(&name(&log_path(path)), "file", "content", detail));
    }
    let sealed_at = seal.as_ref().ok().and_then(|seal| seal.as_ref().map(|seal| seal.entries));
    let chain = match read(path, &snapshot, sealed_at, &mut verification).await {
        Ok(Content::Read(chain)) => chain,
        Ok(Content::Later(found)) => return later(path, found, &seal, &snapshot, verification),
        Err(error) => {
            verification.wrong(unreadable(path, &error));
            None
        }
    };
    sealed::judge(path, &seal, &snapshot, chain.as_ref(), &mut verification);
    Ok(verification)
}

/// What reading the database came to.
enum Content {
    /// The chain, unless the tables forbade to read it.
    Read(Option<Chain>),
    /// It has a later schema version.
    Later(i64),
}

async fn take(path: &Path) -> Result<Snapshot, LedgerError> {
    let ledger = path.to_owned();
    let taken = task::spawn_blocking(move || Snapshot::take(&ledger)).await;
    let unreadable = |source| LedgerError::Unreadable { path: path.to_owned(), source };
    taken.map_err(|error| unreadable(error.into()))?.map_err(unreadable)
}

async fn read(
    path: &Path,
    snapshot: &Snapshot,
    sealed_at: Option<i64>,
    verification: &mut LedgerVerification,
) -> Result<Content, sqlx::Error> {
    let mut connection = snapshot.connect().await?;
    let content = read_tables(&mut connection, &name(path), sealed_at, verification).await?;
    connection.close().await?;
    Ok(content)
}

async fn read_tables(
    connection: &mut SqliteConnection,
    file: &str,
    sealed_at: Option<i64>,
    verification: &mut LedgerVerification,
) -> Result<Content, sqlx::Error> {
    let version = match database::tables(connection, file, verification).await? {
        Tables::Ours(version) => version,
        Tables::Later(version) => return Ok(Content::Later(version)),
        Tables::Wrong => return Ok(Content::Read(None)),
        Tables::None => {
            let detail = "are missing: the file was created and never written to";
            verification.not_checkable(LedgerFault::new(file, "file", "tables", detail));
            return Ok(Content::Read(None));
        }
    };
    let with_tables = database::integrity(connection, file, verification).await?;
    let scope = Scope { sealed_at, with_tables, version };
    chain::walk(connection, file, scope, verification).await.map(|chain| Content::Read(Some(chain)))
}

/// A ledger that claims a later schema: that is so if its seal fits, and is damage if it does not.
fn later(
    path: &Path,
    found: i64,
    seal: &Result<Option<Seal>, BadSeal>,
    snapshot: &Snapshot,
    mut verification: LedgerVerification,
) -> Result<LedgerVerification, LedgerError> {
    let damaged = match seal {
        Ok(None) => false,
        Ok(Some(seal)) => (seal.sha256, seal.bytes) != (snapshot.sha256, snapshot.bytes),
        Err(_) => true,
    };
    if !damaged {
        return Err(LedgerError::Newer { path: path.to_owned(), found, known: schema::VERSION });
    }
    sealed::judge(path, seal, snapshot, None, &mut verification);
    let detail = format!(
        "claim schema version {found}, this beleg knows versions up to {}: the file is damaged, or beleg is to be upgraded",
        schema::VERSION
    );
    verification.wrong(LedgerFault::new(&name(path), "file", "tables", detail));
    Ok(verification)
}

/// The fault of a file that SQLite gives up on.
fn unreadable(path: &Path, error: &sqlx::Error) -> LedgerFault {
    let said =
        error.as_database_error().map_or_else(|| error.to_string(), |error| error.message().to_owned());
    LedgerFault::new(
        &name(path),
        "file",
        "database",
        format!("cannot be read to its end: SQLite says {said}"),
    )
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;
    use std::time::Duration;

    use sqlx::ConnectOptions as _;
    use tempfile::TempDir;
    use tokio::time::timeout;

    use super::super::super::append::record;
    use super::super::super::sample;
    use super::super::super::sqlite::{Ledger, base};
    use super::*;
    use crate::digest::Digest;

    /// A closed ledger of `runs` entries in a folder of its own.
    async fn ledger(runs: u16) -> (TempDir, PathBuf) {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("ledger.sqlite");
        sample::ledger(&path, runs).await;
        (folder, path)
    }

    /// Every file beside the ledger with its bytes.
    fn files(path: &Path) -> Vec<(PathBuf, Vec<u8>)> {
        let entries = fs::read_dir(path.parent().unwrap()).unwrap();
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files.into_iter().map(|file| (file.clone(), fs::read(file).unwrap())).collect()
    }

    /// Runs SQL on the ledger as somebody would who is out to change it.
    async fn tamper(path: &Path, sql: &'static str) {
        let mut connection = base(path, Duration::ZERO).foreign_keys(false).connect().await.unwrap();
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }

    /// Tampers and puts a fresh seal on it, as somebody would who knows of seals: the chain alone must tell.
    async fn tamper_and_seal(path: &Path, sql: &'static str) -> LedgerVerification {
        tamper(path, sql).await;
        let (last, head): (i64, String) = {
            let mut connection = base(path, Duration::ZERO).connect().await.unwrap();
            let rows = sqlx::query_as("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1");
            let head = rows.fetch_one(&mut connection).await.unwrap();
            connection.close().await.unwrap();
            head
        };
        Seal::make(path, (last, Digest::parse(&head).unwrap())).unwrap().write(path).unwrap();
        verify(path).await.unwrap()
    }

    /// The statements that take away the triggers, and put them back as they were.
    async fn without_triggers(path: &Path, sql: &str) -> LedgerVerification {
        let migration = include_str!("../migrations/0001_entries.sql");
        let triggers =
            &migration[migration.find("CREATE TRIGGER").unwrap()..migration.find("-- From here").unwrap()];
        let drop = "DROP TRIGGER entry_follows; DROP TRIGGER entry_stays; DROP TRIGGER entry_is_final;";
        let sql = format!("{drop}{sql};{triggers}");
        tamper_and_seal(path, Box::leak(sql.into_boxed_str())).await
    }

    #[tokio::test]
    async fn a_chain_of_a_hundred_entries_is_right_and_verifying_changes_nothing() {
        let (_folder, path) = ledger(100).await;
        let before = files(&path);
        let found = verify(&path).await.unwrap();
        assert_eq!((found.wrong, found.not_checkable), (vec![], vec![]));
        // Tables, integrity, two counts of rows, the standings, the seal; link and projection of each entry.
        assert_eq!(found.right, 6 + 2 * 100);
        assert_eq!(found.dossiers.len(), 100);
        assert_eq!(found.dossiers[99].folder, sample::folder(100));
        assert_eq!(found.dossiers[99].manifest, Some(Digest::of(&[7])));
        assert_eq!(files(&path), before);
    }

    #[tokio::test]
    async fn a_new_ledger_is_right() {
        let (_folder, path) = ledger(0).await;
        let found = verify(&path).await.unwrap();
        assert_eq!((found.wrong, found.not_checkable, found.right), (vec![], vec![], 6));
    }

    #[tokio::test]
    async fn no_ledger_is_an_error_and_a_ledger_gone_from_beside_its_seal_is_wrong() {
        let (_folder, path) = ledger(1).await;
        fs::remove_file(&path).unwrap();
        assert_eq!(verify(&path).await.unwrap().wrong[0].detail, "is missing, its seal is there");
        fs::remove_file(Seal::path(&path)).unwrap();
        assert!(matches!(verify(&path).await, Err(LedgerError::Missing { .. })));
    }

    #[tokio::test]
    async fn a_flipped_byte_of_the_ledger_is_found_wherever_it_is() {
        let (_folder, path) = ledger(2).await;
        let whole = fs::read(&path).unwrap();
        // The file's header, where each page says what is on it, and samples of all the rest.
        let structure = (0..whole.len()).step_by(4096).flat_map(|page| page..page + 12);
        for at in (0..100).chain(structure).chain((100..whole.len()).step_by(149)) {
            let mut flipped = whole.clone();
            flipped[at] ^= if at % 2 == 0 { 0x01 } else { 0x80 };
            fs::write(&path, &flipped).unwrap();
            let found = timeout(Duration::from_secs(20), verify(&path)).await;
            let found = found.unwrap_or_else(|_| panic!("byte {at} makes it run away")).unwrap();
            assert!(found.wrong.iter().any(|fault| fault.file == "ledger.sqlite"), "byte {at}");
        }
        fs::write(&path, &whole).unwrap();
        assert_eq!(verify(&path).await.unwrap().wrong, []);
    }

    #[tokio::test]
    async fn a_flipped_byte_of_the_seal_is_found_wherever_it_is() {
        let (_folder, path) = ledger(2).await;
        let seal = Seal::path(&path);
        let whole = fs::read(&seal).unwrap();
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 0x01;
            fs::write(&seal, &flipped).unwrap();
            let found = verify(&path).await.unwrap();
            assert!(!found.wrong.is_empty(), "byte {at}");
        }
    }

    #[tokio::test]
    async fn a_ledger_cut_short_or_overwritten_is_wrong_in_words() {
        let (_folder, path) = ledger(3).await;
        let whole = fs::read(&path).unwrap();
        let garbage = b"<html>This was a ledger once.</html>".repeat(200);
        for bytes in [&whole[..whole.len() / 2], &whole[..50], &[], &garbage] {
            fs::write(&path, bytes).unwrap();
            let found = verify(&path).await.unwrap();
            assert!(found.wrong.iter().any(|fault| fault.file == "ledger.sqlite"), "{} bytes", bytes.len());
        }
    }

    #[tokio::test]
    async fn a_changed_entry_is_named_with_its_run() {
        let (_folder, path) = ledger(3).await;
        let found = without_triggers(
            &path,
            "UPDATE entry SET body = replace(body, '48,000', '84,000') WHERE seq = 2",
        )
        .await;
        let [fault] = found.wrong.as_slice() else { panic!("{found:?}") };
        let run = sample::dossier(2).run.id;
        assert_eq!(
            (fault.item.as_str(), fault.what.as_str()),
            (&*format!("entry 2 (dossier of run {run})"), "hash")
        );
    }

    #[tokio::test]
    async fn an_entry_with_a_new_hash_breaks_the_link_of_the_next() {
        let (_folder, path) = ledger(3).await;
        let mut connection = base(&path, Duration::ZERO).connect().await.unwrap();
        let mut entry: super::super::super::entry::StoredEntry =
            sqlx::query_as("SELECT * FROM entry WHERE seq = 2").fetch_one(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        entry.body = entry.body.replace("48,000", "84,000");
        let change = format!(
            "UPDATE entry SET body = replace(body, '48,000', '84,000'), hash = '{}' WHERE seq = 2",
            entry.recomputed()
        );
        let found = without_triggers(&path, &change).await;
        let [fault] = found.wrong.as_slice() else { panic!("{found:?}") };
        assert_eq!((&fault.item[..7], fault.what.as_str()), ("entry 3", "link"));
    }

    #[tokio::test]
    async fn an_entry_removed_from_within_is_missed() {
        let (_folder, path) = ledger(3).await;
        let remove = "DELETE FROM source WHERE entry = 2; DELETE FROM claim WHERE entry = 2;
                      DELETE FROM run WHERE entry = 2; DELETE FROM entry WHERE seq = 2";
        let found = without_triggers(&path, remove).await;
        assert_eq!(found.wrong[0].detail, "does not follow: entry 2 is missing before it");
    }

    #[tokio::test]
    async fn an_entry_removed_from_the_end_is_missed_by_the_seal() {
        let (_folder, path) = ledger(3).await;
        let seal = fs::read(Seal::path(&path)).unwrap();
        let remove = "DELETE FROM source WHERE entry = 3; DELETE FROM claim WHERE entry = 3;
                      DELETE FROM run WHERE entry = 3; DELETE FROM entry WHERE seq = 3";
        without_triggers(&path, remove).await;
        fs::write(Seal::path(&path), seal).unwrap();
        let found = verify(&path).await.unwrap();
        assert!(
            found.wrong.iter().any(|fault| fault.detail.starts_with("names entry 3 with the hash")),
            "{found:?}"
        );
        assert!(matches!(Ledger::open(&path).await, Err(LedgerError::SealBroken { .. })));
    }

    #[tokio::test]
    async fn a_projection_that_says_otherwise_is_named() {
        let (_folder, path) = ledger(2).await;
        let found =
            tamper_and_seal(&path, "UPDATE source SET state = 'alive' WHERE entry = 1 AND id = 'c2'").await;
        assert_eq!(found.wrong[0].detail, "differs: row c2 of table source is not what the entry says");

        let (_folder, path) = ledger(2).await;
        let found =
            tamper_and_seal(&path, "INSERT INTO claim VALUES (1, 'k9', 'r', 'never said', 'located')").await;
        assert_eq!(found.wrong[0].detail, "differs: row k9 of table claim is not what the entry says");
        assert_eq!(found.wrong[1].what, "number of rows");
    }

    #[tokio::test]
    async fn a_trigger_taken_away_or_a_table_added_is_named() {
        for (sql, named) in [
            ("DROP TRIGGER entry_stays", "trigger entry_stays"),
            ("CREATE TABLE aside (x)", "table aside"),
            ("DROP TABLE claim; CREATE VIEW claim AS SELECT 1", "claim"),
        ] {
            let (_folder, path) = ledger(1).await;
            let found = tamper_and_seal(&path, sql).await;
            assert_eq!(found.wrong.len(), 1);
            assert!(found.wrong[0].detail.contains(named), "{found:?}");
        }
    }

    #[tokio::test]
    async fn a_kill_before_the_seal_is_noted_and_healed() {
        let (_folder, path) = ledger(2).await;
        let seal = fs::read(Seal::path(&path)).unwrap();
        let ledger = Ledger::open(&path).await.unwrap();
        ledger.append_dossier(sample::start(3), sample::dossier(3), None, "dossiers/x").await.unwrap();
        ledger.close().await.unwrap();
        fs::write(Seal::path(&path), &seal).unwrap();

        let found = verify(&path).await.unwrap();
        assert_eq!((found.wrong.len(), found.not_checkable.len(), found.dossiers.len()), (0, 1, 3));
        assert!(found.not_checkable[0].detail.starts_with("was made at entry 2"), "{found:?}");

        fs::remove_file(Seal::path(&path)).unwrap();
        let found = verify(&path).await.unwrap();
        assert_eq!((found.wrong.len(), found.not_checkable.len()), (0, 1));

        Ledger::open(&path).await.unwrap().close().await.unwrap();
        let found = verify(&path).await.unwrap();
        assert_eq!((found.wrong.len(), found.not_checkable.len()), (0, 0));
    }

    #[tokio::test]
    async fn a_kill_before_the_checkpoint_loses_nothing() {
        let (_folder, path) = ledger(2).await;
        let mut connection = base(&path, Duration::ZERO).connect().await.unwrap();
        record(&path, &mut connection, sample::start(3), &[sample::body(3)]).await.unwrap();
        // What a kill leaves: the files as they are while the connection is open.
        let killed = TempDir::new().unwrap();
        let left = killed.path().join("ledger.sqlite");
        for (file, bytes) in files(&path) {
            fs::write(killed.path().join(file.file_name().unwrap()), bytes).unwrap();
        }
        connection.close().await.unwrap();

        let before = files(&left);
        let found = verify(&left).await.unwrap();
        assert_eq!(files(&left), before);
        assert_eq!((found.wrong.len(), found.dossiers.len()), (0, 3), "{found:?}");
        let notes: Vec<&str> = found.not_checkable.iter().map(|note| note.file.as_str()).collect();
        assert_eq!(notes, ["ledger.sqlite-wal", "ledger.seal.json"]);

        Ledger::open(&left).await.unwrap().close().await.unwrap();
        let found = verify(&left).await.unwrap();
        assert_eq!((found.wrong.len(), found.not_checkable.len(), found.dossiers.len()), (0, 0, 3));
    }

    #[tokio::test]
    async fn a_later_schema_asks_for_an_upgrade_if_the_seal_fits() {
        let (_folder, path) = ledger(1).await;
        let later = "UPDATE _sqlx_migrations SET version = 9 WHERE version = 3";
        tamper(&path, later).await;
        let found = verify(&path).await.unwrap();
        assert!(found.wrong.iter().any(|fault| fault.detail.contains("claim schema version 9")), "{found:?}");
        fs::remove_file(Seal::path(&path)).unwrap();
        assert!(matches!(verify(&path).await, Err(LedgerError::Newer { found: 9, known: 3, .. })));
    }
}
