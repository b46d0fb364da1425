//! The ledger in an SQLite file: opening it, sealing it, closing it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, Sqlite, SqliteConnection, SqlitePool};
use tokio::sync::{Mutex, MutexGuard};
use tokio::task;

use super::error::{LedgerError, is_busy};
use super::head::head;
use super::schema;
use super::seal::{BadSeal, Seal};
use crate::digest::Digest;

/// How long to wait for another program that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many queries may run side by side.
const READERS: u32 = 4;

/// An open ledger. Cheap to share behind an `Arc`: appends queue up, queries run beside them.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    writer: Option<Mutex<SqliteConnection>>,
    readers: SqlitePool,
    /// Schema version of its tables.
    version: i64,
    /// Whether entries were added since the last seal.
    grown: AtomicBool,
}

impl Ledger {
    /// Opens the ledger at `path` for reading and writing; makes it where there is none, and brings its tables up
    /// to date. Heals what a kill may have left: entries in the write-ahead log, a missing or earlier seal.
    ///
    /// # Errors
    /// Where the file or its folder cannot be written, the file is no ledger, is damaged or comes from a later
    /// beleg, or where its seal names an entry that it does not have.
    pub async fn open(path: &Path) -> Result<Self, LedgerError> {
        Self::open_with(path, PATIENCE).await
    }

    /// Opens the ledger at `path` for queries alone. Works on a read-only disk too.
    pub async fn open_read_only(path: &Path) -> Result<Self, LedgerError> {
        if !path.exists() {
            return Err(LedgerError::Missing { path: path.to_owned() });
        }
        let mut options = reading(path, PATIENCE);
        let mut version = version_of(path, &options).await;
        if matches!(version, Err(LedgerError::NotWritable { .. })) && log_is_empty(path).unwrap_or(false) {
            // SQLite needs to write beside a file in WAL mode even to read it, unless it may take the file to
            // be at rest. On a disk that cannot be written to, it is.
            options = options.read_only(true).immutable(true);
            version = version_of(path, &options).await;
        }
        let version = known(path, version?)?;
        let grown = AtomicBool::new(false);
        Ok(Self { path: path.to_owned(), writer: None, readers: readers(options), version, grown })
    }

    pub(super) async fn open_with(path: &Path, patience: Duration) -> Result<Self, LedgerError> {
        let failed = |source| LedgerError::from_sqlx(path, source);
        let options = base(path, patience).create_if_missing(true).synchronous(SqliteSynchronous::Full);
        let mut connection = options.connect().await.map_err(failed)?;
        prepare(path, &mut connection).await?;
        check_seal(path, &mut connection).await?;
        let readers = readers(reading(path, patience));
        let writer = Some(Mutex::new(connection));
        let grown = AtomicBool::new(false);
        Ok(Self { path: path.to_owned(), writer, readers, version: schema::VERSION, grown })
    }

    /// Where the ledger lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Seals the ledger where entries were added since it was last sealed. The whole file is hashed for it, so that
    /// this is for the end of a run or a pass, not for each of its entries. Where another program is just reading
    /// the ledger, the seal is left to the next call or opening.
    ///
    /// # Errors
    /// [`LedgerError::Seal`] means that the entries are kept and only the seal could not be written.
    pub async fn seal(&self) -> Result<(), LedgerError> {
        if !self.grown.load(Ordering::SeqCst) {
            return Ok(());
        }
        let mut writer = self.writer().await?;
        seal(&self.path, &mut writer).await?;
        self.grown.store(false, Ordering::SeqCst);
        Ok(())
    }

    /// Seals the ledger where it has grown, and closes it. Once the last program has, its folder holds the ledger and
    /// its seal and nothing else of SQLite's.
    pub async fn close(self) -> Result<(), LedgerError> {
        self.readers.close().await;
        let sealed = self.seal().await;
        if let Some(writer) = self.writer {
            let mut connection = writer.into_inner();
            let failed = |source| LedgerError::from_sqlx(&self.path, source);
            checkpoint(&mut connection).await.map_err(failed)?;
            connection.close().await.map_err(failed)?;
        }
        sealed
    }

    /// Whether it has the tables of the scheduled job. One that an earlier beleg wrote has them once it is opened
    /// for writing.
    pub(super) fn has_watching(&self) -> bool {
        self.version >= schema::WATCHING
    }

    /// Notes that entries were added.
    pub(super) fn unsealed(&self) {
        self.grown.store(true, Ordering::SeqCst);
    }

    /// A connection for a query.
    pub(super) async fn reader(&self) -> Result<PoolConnection<Sqlite>, LedgerError> {
        self.readers.acquire().await.map_err(|source| LedgerError::from_sqlx(&self.path, source))
    }

    /// The one connection that writes, once no other append has it.
    pub(super) async fn writer(&self) -> Result<MutexGuard<'_, SqliteConnection>, LedgerError> {
        let writer = self.writer.as_ref().ok_or_else(|| LedgerError::ReadOnly { path: self.path.clone() })?;
        Ok(writer.lock().await)
    }
}

/// Options for a connection to the ledger at `path`.
pub(super) fn base(path: &Path, patience: Duration) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(patience)
        .foreign_keys(true)
        // The tables' own SQL is data from a file: it gets no powers.
        .pragma("trusted_schema", "OFF")
        .disable_statement_logging()
}

/// Whether the write-ahead log of the ledger at `path` is missing or holds nothing.
pub(super) fn log_is_empty(path: &Path) -> io::Result<bool> {
    match fs::metadata(log_path(path)) {
        Ok(metadata) => Ok(metadata.len() == 0),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

/// Where SQLite keeps the write-ahead log of the ledger at `path`.
pub(super) fn log_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// Checks that the open database is a ledger, or an empty one to become it, and brings it up to date.
async fn prepare(path: &Path, connection: &mut SqliteConnection) -> Result<(), LedgerError> {
    let failed = |source| LedgerError::from_sqlx(path, source);
    let version = if schema::is_empty(connection).await.map_err(failed)? {
        0
    } else {
        known(path, schema::version(connection).await.map_err(failed)?)?
    };
    sqlx::query("PRAGMA journal_mode = WAL").execute(&mut *connection).await.map_err(failed)?;
    if version < schema::VERSION {
        remove_seal(path)?;
        schema::migrate(connection).await.map_err(|error| match error {
            sqlx::migrate::MigrateError::Execute(source) => failed(source),
            source => LedgerError::Migrate { path: path.to_owned(), source },
        })?;
    }
    Ok(())
}

/// Migrating changes the file under the same last entry: no seal is better than one that calls this damage.
fn remove_seal(path: &Path) -> Result<(), LedgerError> {
    let seal = Seal::path(path);
    match fs::remove_file(&seal) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            Err(LedgerError::Seal { path: seal, source })
        }
        _ => Ok(()),
    }
}

/// The schema version, if this beleg can work with it.
fn known(path: &Path, version: Option<i64>) -> Result<i64, LedgerError> {
    match version {
        None => Err(LedgerError::NotALedger { path: path.to_owned() }),
        Some(found) if found > schema::VERSION => {
            Err(LedgerError::Newer { path: path.to_owned(), found, known: schema::VERSION })
        }
        Some(version) => Ok(version),
    }
}

/// Checks that the seal, if there is one, names an entry of this ledger, and seals again what a kill has left
/// unsealed. An entry that was removed must not be papered over by the next seal.
async fn check_seal(path: &Path, connection: &mut SqliteConnection) -> Result<(), LedgerError> {
    let failed = |source| LedgerError::from_sqlx(path, source);
    let broken = |detail| LedgerError::SealBroken { path: path.to_owned(), detail };
    let found = match Seal::read(path) {
        Ok(found) => found,
        Err(BadSeal::NotASeal(detail)) => return Err(broken(format!("the seal cannot be read: {detail}"))),
        Err(BadSeal::Io(source)) => return Err(LedgerError::Seal { path: Seal::path(path), source }),
    };
    if let Some(sealed) = &found {
        let begun = sealed.entries == 0 && sealed.head == Digest::ZERO;
        let held: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM entry WHERE seq = ? AND hash = ?)")
            .bind(sealed.entries)
            .bind(sealed.head.to_string())
            .fetch_one(&mut *connection)
            .await
            .map_err(failed)?;
        if !begun && !held {
            return Err(broken(format!("entry {} is missing or not the one sealed", sealed.entries)));
        }
    }
    let head = head(connection).await.map_err(failed)?;
    if found.is_some_and(|sealed| (sealed.entries, sealed.head) == head) {
        return Ok(());
    }
    seal(path, connection).await
}

/// Moves all that is in the write-ahead log into the ledger file and writes the seal. Where another program is
/// just reading or writing, the seal is left to whoever comes next.
pub(super) async fn seal(path: &Path, connection: &mut SqliteConnection) -> Result<(), LedgerError> {
    let source = match try_seal(path, connection).await {
        Ok(()) => return Ok(()),
        Err(sqlx::Error::Io(source)) => source,
        Err(error) if is_busy(&error) => return Ok(()),
        Err(error) => io::Error::other(error),
    };
    Err(LedgerError::Seal { path: Seal::path(path), source })
}

async fn try_seal(path: &Path, connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    checkpoint(connection).await?;
    // The lock keeps others from adding entries while the file is hashed.
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let head = head(&mut transaction).await?;
    let ledger = path.to_owned();
    let written = task::spawn_blocking(move || {
        if log_is_empty(&ledger)? {
            Seal::make(&ledger, head)?.write(&ledger)?;
        }
        Ok(())
    });
    let written = written.await.unwrap_or_else(|error| Err(error.into()));
    transaction.rollback().await?;
    written.map_err(sqlx::Error::Io)
}

/// Moves the write-ahead log into the ledger file as far as others let us.
async fn checkpoint(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(connection).await?;
    Ok(())
}

/// Options for queries. The file is opened for writing, because only so can SQLite clear away behind itself;
/// `query_only` sees to it that no query writes.
fn reading(path: &Path, patience: Duration) -> SqliteConnectOptions {
    base(path, patience).pragma("query_only", "ON")
}

fn readers(options: SqliteConnectOptions) -> SqlitePool {
    SqlitePoolOptions::new().max_connections(READERS).connect_lazy_with(options)
}

/// Opens the ledger once to learn its schema version.
async fn version_of(path: &Path, options: &SqliteConnectOptions) -> Result<Option<i64>, LedgerError> {
    let version = async {
        let mut connection = options.connect().await?;
        let version = schema::version(&mut connection).await?;
        connection.close().await?;
        Ok(version)
    };
    version.await.map_err(|source| LedgerError::from_sqlx(path, source))
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use tempfile::TempDir;

    use super::super::entry::{Entry, KeptDossier};
    use super::super::sample;
    use super::*;

    fn place() -> (TempDir, PathBuf) {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("ledger.sqlite");
        (folder, path)
    }

    fn names(folder: &TempDir) -> Vec<String> {
        let entries = fs::read_dir(folder.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    async fn append(ledger: &Ledger, n: u16) -> Result<Entry, LedgerError> {
        ledger.append_dossier(sample::start(n), sample::dossier(n), None, &sample::folder(n)).await
    }

    async fn append_and_seal(ledger: &Ledger, n: u16) -> Result<Entry, LedgerError> {
        let entry = append(ledger, n).await?;
        ledger.seal().await?;
        Ok(entry)
    }

    #[tokio::test]
    async fn an_entry_survives_closing_and_reads_back_the_same() {
        let (folder, path) = place();
        let ledger = Ledger::open(&path).await.unwrap();
        let first = append(&ledger, 1).await.unwrap();
        ledger.close().await.unwrap();
        assert_eq!(names(&folder), ["ledger.seal.json", "ledger.sqlite"]);

        let ledger = Ledger::open(&path).await.unwrap();
        let second = append(&ledger, 2).await.unwrap();
        assert_eq!((first.seq, second.seq), (1, 2));
        assert_eq!((first.previous, second.previous), (Digest::ZERO, first.hash));
        let recorded = ledger.latest_of_article("invented.txt").await.unwrap().unwrap();
        let kept = ledger.dossier(&recorded).await.unwrap();
        assert_eq!(
            kept,
            KeptDossier { dossier: sample::dossier(2).into(), manifest: None, folder: sample::folder(2) }
        );
        ledger.close().await.unwrap();
        assert_eq!(names(&folder), ["ledger.seal.json", "ledger.sqlite"]);
    }

    #[tokio::test]
    async fn opening_and_closing_changes_no_byte() {
        let (folder, path) = place();
        sample::ledger(&path, 3).await;
        let before = (fs::read(&path).unwrap(), fs::read(Seal::path(&path)).unwrap());
        Ledger::open(&path).await.unwrap().close().await.unwrap();
        let reader = Ledger::open_read_only(&path).await.unwrap();
        assert_eq!(reader.runs(10).await.unwrap().len(), 3);
        reader.close().await.unwrap();
        assert_eq!((fs::read(&path).unwrap(), fs::read(Seal::path(&path)).unwrap()), before);
        assert_eq!(names(&folder), ["ledger.seal.json", "ledger.sqlite"]);
    }

    #[tokio::test]
    async fn the_tables_refuse_to_change_an_entry() {
        let (_folder, path) = place();
        sample::ledger(&path, 2).await;
        let mut connection = base(&path, PATIENCE).foreign_keys(false).connect().await.unwrap();
        for sql in [
            "UPDATE entry SET body = '{}' WHERE seq = 1",
            "DELETE FROM entry WHERE seq = 2",
            "INSERT OR REPLACE INTO entry SELECT 1, at, kind, '{}', previous, hash FROM entry WHERE seq = 1",
            "INSERT INTO entry SELECT 4, at, kind, body, hash, hash FROM entry WHERE seq = 2",
            "INSERT INTO entry SELECT 3, at, kind, body, previous, hash FROM entry WHERE seq = 2",
            "INSERT INTO entry SELECT NULL, at, kind, body, hash, hash FROM entry WHERE seq = 2",
        ] {
            let error = sqlx::query(sql).execute(&mut connection).await.unwrap_err();
            assert!(error.to_string().contains("append-only"), "{sql}: {error}");
        }
    }

    #[tokio::test]
    async fn a_second_writer_waits_and_the_chain_goes_on() {
        let (_folder, path) = place();
        let (one, other) = (Ledger::open(&path).await.unwrap(), Ledger::open(&path).await.unwrap());
        let (odd, even) = tokio::join!(
            async {
                for n in [1, 3, 5, 7, 9] {
                    append(&one, n).await.unwrap();
                }
            },
            async {
                for n in [2, 4, 6, 8, 10] {
                    append(&other, n).await.unwrap();
                }
            }
        );
        assert_eq!((odd, even), ((), ()));
        one.close().await.unwrap();
        other.close().await.unwrap();
        let found = super::super::verify(&path).await.unwrap();
        assert_eq!((found.wrong, found.dossiers.len()), (vec![], 10));
    }

    #[tokio::test]
    async fn a_writer_that_does_not_let_go_is_named_as_the_reason() {
        let (_folder, path) = place();
        let ledger = Ledger::open_with(&path, Duration::from_millis(20)).await.unwrap();
        let mut other = base(&path, PATIENCE).connect().await.unwrap();
        let hold = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
        let error = append(&ledger, 1).await.unwrap_err();
        assert!(matches!(error, LedgerError::Busy { .. }), "{error:?}");
        assert!(error.to_string().contains("another program is writing"));
        hold.rollback().await.unwrap();
        append(&ledger, 1).await.unwrap();
    }

    #[tokio::test]
    async fn a_reader_that_holds_up_the_checkpoint_does_not_hold_up_the_entry() {
        let (_folder, path) = place();
        sample::ledger(&path, 1).await;
        let ledger = Ledger::open_with(&path, Duration::from_millis(20)).await.unwrap();
        let mut reader = base(&path, PATIENCE).connect().await.unwrap();
        let mut reading = reader.begin().await.unwrap();
        let count = sqlx::query_scalar("SELECT count(*) FROM entry");
        assert_eq!(count.fetch_one(&mut *reading).await.ok(), Some(1_i64));
        append_and_seal(&ledger, 2).await.unwrap();
        reading.rollback().await.unwrap();
        reader.close().await.unwrap();
        ledger.close().await.unwrap();
        let found = super::super::verify(&path).await.unwrap();
        assert_eq!((found.wrong, found.dossiers.len()), (vec![], 2));
    }

    #[tokio::test]
    async fn an_entry_is_kept_where_its_seal_cannot_be_written() {
        let (folder, path) = place();
        let ledger = Ledger::open(&path).await.unwrap();
        fs::create_dir(folder.path().join("ledger.seal.json.new")).unwrap();
        let error = append_and_seal(&ledger, 1).await.unwrap_err();
        assert!(matches!(error, LedgerError::Seal { .. }), "{error:?}");
        assert_eq!(ledger.runs(10).await.unwrap().len(), 1);
        fs::remove_dir(folder.path().join("ledger.seal.json.new")).unwrap();
        append(&ledger, 2).await.unwrap();
        ledger.close().await.unwrap();
        assert_eq!(super::super::verify(&path).await.unwrap().not_checkable, []);
    }

    #[tokio::test]
    async fn the_same_dossier_is_recorded_once() {
        let (_folder, path) = place();
        let ledger = Ledger::open(&path).await.unwrap();
        append(&ledger, 1).await.unwrap();
        let error = append(&ledger, 1).await.unwrap_err();
        assert!(matches!(error, LedgerError::AlreadyRecorded { .. }));
        assert_eq!(ledger.runs(10).await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn a_reader_cannot_append() {
        let (_folder, path) = place();
        let missing = Ledger::open_read_only(&path).await.unwrap_err();
        assert!(matches!(missing, LedgerError::Missing { .. }));
        sample::ledger(&path, 1).await;
        let ledger = Ledger::open_read_only(&path).await.unwrap();
        assert!(matches!(append(&ledger, 2).await, Err(LedgerError::ReadOnly { .. })));
        let write = sqlx::query("DELETE FROM claim").execute(&mut *ledger.reader().await.unwrap()).await;
        assert!(write.unwrap_err().to_string().contains("readonly"));
    }

    #[tokio::test]
    async fn a_folder_that_cannot_hold_a_ledger_is_named() {
        let (folder, path) = place();
        fs::write(folder.path().join("file"), "no folder").unwrap();
        for path in [folder.path().join("file/ledger.sqlite"), folder.path().join("none/ledger.sqlite")] {
            let error = Ledger::open(&path).await.unwrap_err();
            assert!(matches!(error, LedgerError::NotWritable { .. }), "{error:?}");
            assert!(error.to_string().contains(path.to_str().unwrap()) && error.source().is_some());
        }
        assert!(!path.exists());
    }

    #[tokio::test]
    async fn another_database_is_left_alone() {
        let (_folder, path) = place();
        let mut other = base(&path, PATIENCE).create_if_missing(true).connect().await.unwrap();
        sqlx::query("CREATE TABLE recipe (name)").execute(&mut other).await.unwrap();
        other.close().await.unwrap();
        let before = fs::read(&path).unwrap();
        assert!(matches!(Ledger::open(&path).await, Err(LedgerError::NotALedger { .. })));
        assert!(matches!(Ledger::open_read_only(&path).await, Err(LedgerError::NotALedger { .. })));
        assert_eq!(fs::read(&path).unwrap(), before);
    }

    #[tokio::test]
    async fn what_is_no_database_is_damaged() {
        let (_folder, path) = place();
        fs::write(&path, "This is a text, and long enough to have been a database of one page.\n".repeat(99))
            .unwrap();
        assert!(matches!(Ledger::open(&path).await, Err(LedgerError::Damaged { .. })));
        assert!(matches!(Ledger::open_read_only(&path).await, Err(LedgerError::Damaged { .. })));
    }

    #[tokio::test]
    async fn a_later_schema_asks_for_an_upgrade() {
        let (_folder, path) = place();
        sample::ledger(&path, 1).await;
        let mut connection = base(&path, PATIENCE).connect().await.unwrap();
        sqlx::query("UPDATE _sqlx_migrations SET version = 4 WHERE version = 3")
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
        for opened in [Ledger::open(&path).await, Ledger::open_read_only(&path).await] {
            let error = opened.unwrap_err();
            assert!(matches!(error, LedgerError::Newer { found: 4, known: 3, .. }));
            assert!(error.to_string().ends_with("upgrade beleg"));
        }
    }
}
