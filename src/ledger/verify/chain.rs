//! The chain: every entry's hash recomputed, every link followed, every projection made again and compared.

use sqlx::SqliteConnection;

use super::super::body::Body;
use super::super::entry::{EntryKind, StoredEntry};
use super::super::projection::{self, Projection};
use super::super::schema::WATCHING;
use super::verification::{LedgerFault, LedgerVerification, ManifestEntry};
use crate::digest::Digest;

/// What walking the chain gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chain {
    /// Number of the last entry.
    pub(super) last: i64,
    /// Hash of the last entry, as stored.
    pub(super) head: String,
    /// Whether every hash and every link is right.
    pub(super) whole: bool,
    /// Hash, as stored, of the entry that the seal names; that of nothing for number 0.
    pub(super) sealed: Option<String>,
}

/// What to look at on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scope {
    /// Number of the entry that the seal names.
    pub(super) sealed_at: Option<i64>,
    /// Whether the tables made from the entries can be gone through: only where SQLite found its file whole.
    pub(super) with_tables: bool,
    /// The schema version of the tables.
    pub(super) version: i64,
}

/// Walks the chain of `file` from its first entry.
pub(super) async fn walk(
    connection: &mut SqliteConnection,
    file: &str,
    scope: Scope,
    verification: &mut LedgerVerification,
) -> Result<Chain, sqlx::Error> {
    let head = Digest::ZERO.to_string();
    let sealed = (scope.sealed_at == Some(0)).then(|| head.clone());
    let mut chain = Chain { last: 0, head, whole: true, sealed };
    let mut rows = Rows::default();
    while let Some(entry) = next(connection, chain.last).await? {
        if entry.seq <= chain.last {
            // In a broken tree, what is found behind the last entry may read as an earlier one, again and again.
            chain.whole = false;
            let detail = "is broken: an entry stands behind one with a higher number";
            verification.wrong(LedgerFault::new(file, "table entry", "order", detail));
            return Ok(chain);
        }
        link(&mut chain, &entry, file, verification);
        if scope.sealed_at == Some(entry.seq) {
            chain.sealed = Some(entry.hash.clone());
        }
        if let Some(projection) = told(&entry, file, verification)
            && scope.with_tables
        {
            compare(connection, &entry, &projection, file, scope.version, verification).await?;
            rows.projected += i64::try_from(projection.rows()).unwrap_or(i64::MAX);
        }
        rows.entries += 1;
    }
    if scope.with_tables {
        surplus(connection, file, rows, scope.version, verification).await?;
    }
    Ok(chain)
}

/// How many rows the entries account for.
#[derive(Default)]
struct Rows {
    entries: i64,
    projected: i64,
}

async fn next(connection: &mut SqliteConnection, last: i64) -> Result<Option<StoredEntry>, sqlx::Error> {
    sqlx::query_as("SELECT * FROM entry WHERE seq > ? ORDER BY seq LIMIT 1")
        .bind(last)
        .fetch_optional(connection)
        .await
}

/// Checks number, link and hash of `entry`, and moves on to it. Only the first fault of a chain is noted: what
/// comes after it is not vouched for anyway.
fn link(chain: &mut Chain, entry: &StoredEntry, file: &str, verification: &mut LedgerVerification) {
    if chain.whole {
        match broken(chain, entry) {
            None => verification.right(),
            Some((what, detail)) => {
                chain.whole = false;
                verification.wrong(LedgerFault::new(file, &named(entry), what, detail));
            }
        }
    }
    chain.last = entry.seq;
    chain.head.clone_from(&entry.hash);
}

/// What is wrong with `entry` as the one after `chain`, and how.
fn broken(chain: &Chain, entry: &StoredEntry) -> Option<(&'static str, String)> {
    let due = chain.last + 1;
    if entry.seq != due {
        return Some(("number", format!("does not follow: entry {due} is missing before it")));
    }
    let recomputed = entry.recomputed().to_string();
    if entry.hash != recomputed {
        let detail =
            format!("does not fit what the entry says: {} is stored, {recomputed} is computed", entry.hash);
        return Some(("hash", detail));
    }
    if entry.previous != chain.head {
        let detail = format!(
            "does not lead to the entry before: it names {}, that entry has {}",
            entry.previous, chain.head
        );
        return Some(("link", detail));
    }
    None
}

/// Takes in what the entry says, and gives the rows that must come from it.
fn told(entry: &StoredEntry, file: &str, verification: &mut LedgerVerification) -> Option<Projection> {
    match expected(entry) {
        Ok((body, projection)) => {
            let kept = match body {
                Body::Dossier(kept) => {
                    Some((kept.dossier.digest(), kept.dossier.run.id.clone(), kept.folder, kept.manifest))
                }
                Body::Pass(pass) => Some((None, pass.run, pass.folder, Some(pass.manifest))),
                _ => None,
            };
            let manifest_of = |(dossier, run, folder, manifest)| ManifestEntry {
                entry: entry.seq,
                run,
                folder,
                manifest,
                dossier,
            };
            verification.dossiers.extend(kept.map(manifest_of));
            Some(projection)
        }
        Err(detail) => {
            verification.wrong(LedgerFault::new(file, &named(entry), "body", detail));
            None
        }
    }
}

/// Compares the rows that come from the entry with those that the tables hold.
async fn compare(
    connection: &mut SqliteConnection,
    entry: &StoredEntry,
    projection: &Projection,
    file: &str,
    version: i64,
    verification: &mut LedgerVerification,
) -> Result<(), sqlx::Error> {
    let held = Projection::load(connection, entry.seq, version).await?;
    match projection.difference(&held) {
        None => verification.right(),
        Some(row) => {
            let detail = format!("differs: {row} is not what the entry says");
            verification.wrong(LedgerFault::new(file, &named(entry), "projection", detail));
        }
    }
    Ok(())
}

/// What the entry says, and the rows that come from it; or why it says nothing that can be read.
fn expected(entry: &StoredEntry) -> Result<(Body, Projection), String> {
    let kind = EntryKind::from_word(&entry.kind)
        .ok_or_else(|| format!("is of the kind {:?}, which is not known", entry.kind))?;
    let unreadable = |error| format!("cannot be read as a {kind}: {error}");
    let body = Body::read(kind, &entry.body).map_err(unreadable)?;
    let projection = Projection::of(entry.seq, &body).map_err(unreadable)?;
    Ok((body, projection))
}

/// Looks for rows that no entry accounts for, and for standings that are not the latest.
async fn surplus(
    connection: &mut SqliteConnection,
    file: &str,
    rows: Rows,
    version: i64,
    verification: &mut LedgerVerification,
) -> Result<(), sqlx::Error> {
    let entries: i64 = sqlx::query_scalar("SELECT count(*) FROM entry").fetch_one(&mut *connection).await?;
    let projected = projection::count(connection, version).await?;
    verification.check(entries == rows.entries, || {
        let detail = format!("is {entries}, the chain has {}", rows.entries);
        LedgerFault::new(file, "table entry", "number of rows", detail)
    });
    verification.check(projected == rows.projected, || {
        let detail = format!("is {projected}, the entries account for {}", rows.projected);
        LedgerFault::new(file, "tables made from the entries", "number of rows", detail)
    });
    if version >= WATCHING {
        let wrong = projection::wrong_standings(connection).await?;
        verification.check(wrong == 0, || {
            let detail = format!("are not the latest observations in {wrong} places");
            LedgerFault::new(file, "table standing", "rows", detail)
        });
    }
    Ok(())
}

/// The entry's name for people; with its run, as far as it can be told.
fn named(entry: &StoredEntry) -> String {
    let body = EntryKind::from_word(&entry.kind).and_then(|kind| Body::read(kind, &entry.body).ok());
    let run = match &body {
        Some(Body::Dossier(kept)) => Some(&kept.dossier.run.id),
        Some(Body::Check(check)) => Some(&check.run),
        Some(Body::Pass(pass)) => Some(&pass.run),
        _ => None,
    };
    match run {
        Some(run) => format!("entry {} ({} of run {run})", entry.seq, entry.kind),
        None => format!("entry {} ({})", entry.seq, entry.kind),
    }
}
