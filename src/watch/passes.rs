//! When each job last ran: a small file beside the ledger.
//!
//! It is no evidence, and nothing is lost with it: a job whose last time is not known runs at once, and asks the sources
//! that the ledger says are due.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::error::WatchError;

/// The file's name in the archive folder.
const NAME: &str = "watch.json";

/// When each job last ran.
#[derive(Clone, Debug)]
pub struct Passes {
    path: PathBuf,
    content: Content,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Content {
    jobs: BTreeMap<String, Timestamp>,
}

impl Passes {
    /// Reads the file in the archive folder. One that is missing or damaged says nothing.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn open(archive: &Path) -> Result<Self, WatchError> {
        let path = archive.join(NAME);
        let content = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Content::default(),
            Err(source) => return Err(WatchError::File { path, source }),
        };
        Ok(Self { path, content })
    }

    /// When `job` last ran.
    pub fn last(&self, job: &str) -> Option<Timestamp> {
        self.content.jobs.get(job).copied()
    }

    /// Notes that `job` ran at `now`: whole, on disk, or not at all.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn ran(&mut self, job: &str, now: Timestamp) -> Result<(), WatchError> {
        self.content.jobs.insert(job.to_owned(), now);
        let unfinished = self.path.with_extension("json.new");
        let write = || {
            let mut file = File::create(&unfinished)?;
            file.write_all(&serde_json::to_vec_pretty(&self.content)?)?;
            file.sync_all()?;
            fs::rename(&unfinished, &self.path)
        };
        write().map_err(|source| WatchError::File { path: self.path.clone(), source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_time_is_remembered_and_damage_forgets_it() {
        let folder = tempfile::tempdir().unwrap();
        let now: Timestamp = "2026-11-20T03:00:00Z".parse().unwrap();
        let mut passes = Passes::open(folder.path()).unwrap();
        assert_eq!(passes.last("nightly"), None);
        passes.ran("nightly", now).unwrap();
        assert_eq!(Passes::open(folder.path()).unwrap().last("nightly"), Some(now));
        fs::write(folder.path().join(NAME), "{").unwrap();
        assert_eq!(Passes::open(folder.path()).unwrap().last("nightly"), None);
    }
}
