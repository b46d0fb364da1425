//! The archive folder and its one writer.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use super::cdx_lines::CdxLines;
use super::chain;
use super::durable::create_folders;
use super::error::ArchiveError;
use super::index;
use super::layout::{CAPTURES, DOSSIERS, INDEX, LOCK, dossier_folder};
use super::manifest::ManifestFacts;
use super::recover::{Recovered, recover};
use super::run::RunId;
use super::writer::{About, RunWriter};
use crate::digest::Digest;

/// An archive folder, locked for writing as long as this or a [`RunWriter`] of it lives.
#[derive(Debug)]
pub struct Store {
    folder: Arc<Folder>,
    recovered: Vec<Recovered>,
}

/// The locked folder.
#[derive(Debug)]
pub(super) struct Folder {
    root: PathBuf,
    /// Two runs of one process may end at once.
    index: Mutex<()>,
    /// And be sealed at once.
    chain: Mutex<()>,
    /// Held for its lock, which goes with the file handle.
    _lock: File,
}

impl Store {
    /// Opens the archive in `dir`, made where it is not there yet. What a killed run left behind is put in order:
    /// [`Self::recovered`] says what was done.
    pub fn open(dir: &Path) -> Result<Self, ArchiveError> {
        let not_writable = |source| ArchiveError::NotWritable { folder: dir.to_owned(), source };
        for folder in [CAPTURES, DOSSIERS] {
            create_folders(&dir.join(folder)).map_err(not_writable)?;
        }
        let path = dir.join(LOCK);
        let lock = File::options().create(true).append(true).open(path).map_err(not_writable)?;
        match lock.try_lock() {
            Ok(()) => (),
            Err(TryLockError::WouldBlock) => return Err(ArchiveError::Locked { folder: dir.to_owned() }),
            Err(TryLockError::Error(source)) => return Err(not_writable(source)),
        }
        let folder = Arc::new(Folder {
            root: dir.to_owned(),
            index: Mutex::new(()),
            chain: Mutex::new(()),
            _lock: lock,
        });
        let recovered = recover(&folder)?;
        Ok(Self { folder, recovered })
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        self.folder.root()
    }

    /// The files of killed runs that were put in order when the store was opened.
    pub fn recovered(&self) -> &[Recovered] {
        &self.recovered
    }

    /// Begins the WARC file of a run.
    pub fn begin(&self, run: &RunId, started: Timestamp, about: &About) -> Result<RunWriter, ArchiveError> {
        RunWriter::begin(Arc::clone(&self.folder), run, started, about)
    }

    /// The folder of one article's dossier from one run, made where it is not there yet. `article` is the path or
    /// URL it was named by.
    pub fn dossier(&self, article: &str, run: &RunId) -> Result<PathBuf, ArchiveError> {
        let folder = dossier_folder(self.root(), article, run);
        create_folders(&folder).map_err(ArchiveError::write(&folder))?;
        Ok(folder)
    }

    /// Seals the dossier in `folder`: writes its manifest, which names every file that lies there now and the manifest
    /// before it. Gives the digest of the manifest.
    pub fn seal(&self, folder: &Path, facts: ManifestFacts) -> Result<Digest, ArchiveError> {
        let _one_at_a_time = self.folder.chain.lock().unwrap_or_else(PoisonError::into_inner);
        chain::seal(self.root(), folder, facts)
    }
}

impl Folder {
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Brings `lines` into the index.
    pub(super) fn index(&self, lines: &CdxLines) -> Result<(), ArchiveError> {
        let _one_at_a_time = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        index::add(&self.root, lines.iter().collect()).map_err(ArchiveError::write(&self.root.join(INDEX)))
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;
    use std::fs;

    use super::super::sample::{about, now, page, run};
    use super::*;

    #[test]
    fn one_writer_holds_the_folder_until_all_of_it_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let writer = store.begin(&run(), now(), &about()).unwrap();
        drop(store);
        let error = Store::open(folder.path()).unwrap_err();
        assert!(error.to_string().starts_with("another beleg is writing to "), "{error}");
        drop(writer);
        Store::open(folder.path()).unwrap();
    }

    #[test]
    fn a_folder_that_cannot_be_written_to_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "not a folder").unwrap();
        let error = Store::open(&path).unwrap_err();
        assert!(error.to_string().contains(path.to_str().unwrap()), "{error}");
        assert!(error.source().is_some());
    }

    #[test]
    fn runs_of_one_store_share_the_index() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let mut writers = [1, 2].map(|n| store.begin(&RunId::new(now(), n), now(), &about()).unwrap());
        for writer in &mut writers {
            writer.write(&page("https://example.org/", b"hello")).unwrap();
        }
        for writer in writers {
            writer.finish().unwrap();
        }
        let index = fs::read_to_string(folder.path().join(INDEX)).unwrap();
        assert_eq!(index.lines().count(), 2);
        assert!(store.begin(&RunId::new(now(), 1), now(), &about()).is_err(), "a closed file never changes");
    }
}
