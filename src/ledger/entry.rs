//! Entries, and the hash that binds each to the one before it.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use crate::digest::{Digest, Hasher};
use crate::dossier::Dossier;

/// One line of the ledger, as it was written; what it says stays there, and is read with [`Ledger`](super::Ledger). It never
/// changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 1, without gaps.
    pub seq: i64,
    /// When it was written, to the millisecond.
    pub at: Timestamp,
    /// What it records.
    pub kind: EntryKind,
    /// Hash of the entry before it; [`Digest::ZERO`] for the first.
    pub previous: Digest,
    /// Hash of this entry.
    pub hash: Digest,
}

/// What an [`Entry`] records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EntryKind {
    /// A dossier; the body is a [`KeptDossier`].
    Dossier,
    /// An article that the scheduled job checked again; the body is a [`Check`](super::Check).
    Check,
    /// A pass of the scheduled job that asked sources; the body is a [`Pass`](super::Pass).
    Pass,
    /// Alarms that somebody took note of; the body is an [`Acknowledgement`](super::Acknowledgement).
    Acknowledgement,
    /// A decision about a claim; the body is a [`SignOff`](super::SignOff).
    SignOff,
    /// Alarms that were told; the body is a [`Told`](super::Told).
    Told,
}

/// What the ledger keeps of one run over one article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptDossier {
    /// Everything the run found out.
    pub dossier: Arc<Dossier>,
    /// Digest of the dossier folder's `manifest.json`, where one was written.
    pub manifest: Option<Digest>,
    /// The dossier folder, relative to the archive folder, with `/` between folders.
    pub folder: String,
}

/// An entry as it stands in the table, nothing about it believed yet.
#[derive(Clone, Debug)]
pub(super) struct StoredEntry {
    pub(super) seq: i64,
    pub(super) at: String,
    pub(super) kind: String,
    pub(super) body: String,
    pub(super) previous: String,
    pub(super) hash: String,
}

impl Entry {
    /// The entry that says `body`, as JSON, and follows on the one with number `last` and hash `previous`;
    /// (0, [`Digest::ZERO`]) begins a ledger.
    pub(super) fn following(
        (last, previous): (i64, Digest),
        at: Timestamp,
        kind: EntryKind,
        body: &str,
    ) -> Self {
        let seq = last + 1;
        let at_text = moment(at);
        let hash = entry_hash(seq, &at_text, kind.as_str(), &previous.to_string(), body);
        // What is returned is what was written, not a finer time than that.
        let at = at_text.parse().unwrap_or(at);
        Self { seq, at, kind, previous, hash }
    }
}

impl EntryKind {
    /// The word that the table holds.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dossier => "dossier",
            Self::Check => "check",
            Self::Pass => "pass",
            Self::Acknowledgement => "acknowledgement",
            Self::SignOff => "sign_off",
            Self::Told => "told",
        }
    }

    /// The kind that `word` stands for.
    pub(super) fn from_word(word: &str) -> Option<Self> {
        let all = [Self::Dossier, Self::Check, Self::Pass, Self::Acknowledgement, Self::SignOff, Self::Told];
        all.into_iter().find(|kind| kind.as_str() == word)
    }
}

impl fmt::Display for EntryKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl StoredEntry {
    /// The hash that the other columns give.
    pub(super) fn recomputed(&self) -> Digest {
        entry_hash(self.seq, &self.at, &self.kind, &self.previous, &self.body)
    }
}

impl FromRow<'_, SqliteRow> for StoredEntry {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            seq: row.try_get("seq")?,
            at: row.try_get("at")?,
            kind: row.try_get("kind")?,
            body: row.try_get("body")?,
            previous: row.try_get("previous")?,
            hash: row.try_get("hash")?,
        })
    }
}

/// A time as the ledger writes it: RFC 3339 in UTC with three decimals, so that text sorts as time does.
pub(super) fn moment(time: Timestamp) -> String {
    format!("{time:.3}")
}

/// The hash of an entry: SHA-256 over number, time, kind, hash of the entry before and body, each followed by a
/// line feed. Only the body could hold a line feed of its own, and it stands last: no two entries share a form.
pub(super) fn entry_hash(seq: i64, at: &str, kind: &str, previous: &str, body: &str) -> Digest {
    let mut hasher = Hasher::default();
    for field in [seq.to_string().as_str(), at, kind, previous, body] {
        hasher.update(field.as_bytes());
        hasher.update(b"\n");
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_the_five_lines() {
        let at: Timestamp = "2026-11-24T01:00:00.0009Z".parse().unwrap();
        let entry = Entry::following((0, Digest::ZERO), at, EntryKind::Dossier, "{}");
        let lines = format!("1\n2026-11-24T01:00:00.000Z\ndossier\n{}\n{{}}\n", "0".repeat(64));
        assert_eq!(entry.hash, Digest::of(lines.as_bytes()));
        assert_eq!(moment(entry.at), "2026-11-24T01:00:00.000Z");
        // The worked example of docs/ledger.md.
        let documented = "5011d5c51056093a8cbd2a71bd89cbf9d83d3a2230bd8a13674a73472a38f1fc";
        assert_eq!(entry.hash.to_string(), documented);
    }

    #[test]
    fn times_sort_as_text_whether_or_not_they_have_a_fraction() {
        let times = ["2026-11-24T00:58:00Z", "2026-11-24T00:58:00.5Z", "2026-11-24T00:58:01Z"];
        let texts: Vec<String> = times.iter().map(|time| moment(time.parse().unwrap())).collect();
        assert!(texts.is_sorted(), "{texts:?}");
    }

    #[test]
    fn each_column_counts_for_the_hash() {
        let forms = [
            entry_hash(1, "t", "k", "p", "b"),
            entry_hash(2, "t", "k", "p", "b"),
            entry_hash(1, "u", "k", "p", "b"),
            entry_hash(1, "t", "l", "p", "b"),
            entry_hash(1, "t", "k", "q", "b"),
            entry_hash(1, "t", "k", "p", "c"),
        ];
        for (i, form) in forms.iter().enumerate() {
            assert!(!forms[i + 1..].contains(form));
        }
    }
}
