//! The seal: a file beside the ledger that holds the digest of the whole ledger as of its last entry.
//!
//! The chain vouches for the entries, but an SQLite file has bytes that no query shows: free space, parts of its
//! header. The seal vouches for these too. It is written after the entry is safe, so a kill in between leaves a
//! seal that names an earlier entry: such a seal vouches for less, but is not wrong.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::digest::Digest;

/// The format that [`Seal`] has.
const SCHEMA: &str = "beleg.seal/1";

/// A seal is about 250 bytes long; what is longer than this is none.
const LONGEST: u64 = 4096;

/// What `ledger.seal.json` says: one line of compact JSON, its fields in this order, and a line feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    schema: String,
    /// How many entries the ledger had.
    pub entries: i64,
    /// Hash of the last of them; [`Digest::ZERO`] where there was none.
    pub head: Digest,
    /// Digest of the ledger file.
    pub sha256: Digest,
    /// Length of the ledger file in bytes.
    pub bytes: u64,
}

/// Why a seal could not be read.
#[derive(Debug)]
pub(super) enum BadSeal {
    /// The file could not be read.
    Io(io::Error),
    /// The file is no seal; the reason, as a fragment.
    NotASeal(String),
}

impl Seal {
    /// Where the seal of the ledger at `ledger` lies: `ledger.seal.json` beside `ledger.sqlite`.
    pub fn path(ledger: &Path) -> PathBuf {
        ledger.with_extension("seal.json")
    }

    /// Seals the ledger at `ledger`, whose last entry is number `entries` with the hash `head`. Everything must
    /// have been moved from the write-ahead log to the file, and nobody may be writing.
    pub(super) fn make(ledger: &Path, (entries, head): (i64, Digest)) -> io::Result<Self> {
        let (sha256, bytes) = Digest::of_reader(File::open(ledger)?)?;
        Ok(Self { schema: SCHEMA.to_owned(), entries, head, sha256, bytes })
    }

    /// The seal of the ledger at `ledger`; `None` where there is none.
    pub(super) fn read(ledger: &Path) -> Result<Option<Self>, BadSeal> {
        let mut bytes = Vec::new();
        match File::open(Self::path(ledger)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            opened => {
                opened.and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes)).map_err(BadSeal::Io)?
            }
        };
        Self::parse(&bytes).map(Some).map_err(BadSeal::NotASeal)
    }

    /// Writes the seal beside the ledger at `ledger`: whole, on disk, or not at all. The caller holds the
    /// ledger's write lock, so no other program writes the same temporary file.
    pub(super) fn write(&self, ledger: &Path) -> io::Result<()> {
        let path = Self::path(ledger);
        let unfinished = path.with_extension("json.new");
        let mut file = File::create(&unfinished)?;
        file.write_all(&self.to_bytes()?)?;
        file.sync_all()?;
        fs::rename(&unfinished, &path)?;
        sync_folder(&path)
    }

    fn parse(bytes: &[u8]) -> Result<Self, String> {
        let seal: Self = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if seal.schema != SCHEMA {
            return Err(format!("it has the schema {:?} instead of {SCHEMA:?}", seal.schema));
        }
        // Every byte counts: JSON could say the same in other bytes, a seal cannot.
        match seal.to_bytes() {
            Ok(canonical) if canonical == bytes => Ok(seal),
            _ => Err("its JSON is not written as beleg writes it".to_owned()),
        }
    }

    fn to_bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// Makes a rename in the folder of `path` last. Only Unix can, and needs to.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix)
        && let Some(folder) = path.parent()
    {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    fn sealed() -> (TempDir, PathBuf, Seal) {
        let folder = TempDir::new().unwrap();
        let ledger = folder.path().join("ledger.sqlite");
        fs::write(&ledger, b"bytes").unwrap();
        let seal = Seal::make(&ledger, (3, Digest::of(b"head"))).unwrap();
        seal.write(&ledger).unwrap();
        (folder, ledger, seal)
    }

    #[test]
    fn a_seal_reads_back_and_leaves_no_other_file() {
        let (folder, ledger, seal) = sealed();
        assert_eq!(Seal::read(&ledger).unwrap(), Some(seal.clone()));
        assert_eq!((seal.sha256, seal.bytes), (Digest::of(b"bytes"), 5));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn no_seal_is_none() {
        let folder = TempDir::new().unwrap();
        assert!(Seal::read(&folder.path().join("ledger.sqlite")).unwrap().is_none());
    }

    #[test]
    fn no_other_bytes_are_the_same_seal() {
        let (_folder, _ledger, seal) = sealed();
        let bytes = seal.to_bytes().unwrap();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut flipped = bytes.clone();
                flipped[at] ^= 1 << bit;
                assert_ne!(Seal::parse(&flipped).ok().as_ref(), Some(&seal), "byte {at}, bit {bit}");
            }
        }
        assert!(Seal::parse(&[b" ", bytes.as_slice()].concat()).is_err());
        assert!(Seal::parse(&vec![b' '; 5000]).is_err());
    }
}
