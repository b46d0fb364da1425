//! Where payloads already lie, so that they need not be stored again.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use uuid::Uuid;

use super::cdxj::CdxLine;
use super::index::Index;
use super::warc::{Fault, Header, Record, WarcReader};
use crate::digest::Digest;

/// Payloads below this many bytes that another URL sent are written again: a revisit record would be no shorter.
const REVISIT_FROM: u64 = 1024;
/// Lines that lead astray are not followed for ever.
const CANDIDATES: usize = 4;

/// An earlier capture of the same payload.
#[derive(Clone, Debug)]
pub(super) struct Original {
    /// Its record.
    pub(super) id: Uuid,
    /// Its URL.
    pub(super) url: String,
    /// Its `WARC-Date`.
    pub(super) date: Timestamp,
    /// Its line in the index, where it is of an earlier run.
    pub(super) earlier: Option<Box<CdxLine>>,
}

/// The payloads of this run, and through the index those of the runs before.
pub(super) struct Originals {
    root: PathBuf,
    index: Index,
    /// What is on disk.
    known: HashMap<Digest, Original>,
    /// What is written and not on disk yet.
    fresh: Vec<(Digest, Original)>,
    /// The originals of earlier runs that are referred to, by file and place.
    earlier: BTreeMap<(String, Option<(u64, u64)>), CdxLine>,
}

impl Originals {
    pub(super) fn of(root: PathBuf) -> Self {
        Self {
            index: Index::of(&root),
            root,
            known: HashMap::new(),
            fresh: Vec::new(),
            earlier: BTreeMap::new(),
        }
    }

    /// An earlier capture of the payload of `length` bytes that `url` sent.
    pub(super) fn find(&self, url: &str, digest: &Digest, length: u64) -> io::Result<Option<Original>> {
        if length == 0 {
            return Ok(None);
        }
        let fresh = self.fresh.iter().find(|(known, _)| known == digest).map(|(_, original)| original);
        let of_this_run = fresh.or_else(|| self.known.get(digest));
        if let Some(original) = of_this_run.filter(|known| known.url == url || length >= REVISIT_FROM) {
            return Ok(Some(original.clone()));
        }
        let mut candidates = self.index.payload(url, digest)?.into_iter().take(CANDIDATES);
        Ok(candidates.find_map(|line| self.read(line, digest)))
    }

    /// Takes note of a payload that was written. It counts from [`Self::acknowledge`] on.
    pub(super) fn note(&mut self, digest: Digest, original: Original) {
        self.fresh.push((digest, original));
    }

    /// Forgets what was noted since the last [`Self::acknowledge`]: its records were taken back.
    pub(super) fn forget(&mut self) {
        self.fresh.clear();
    }

    /// What was noted is on disk.
    pub(super) fn acknowledge(&mut self) {
        for (digest, original) in self.fresh.drain(..) {
            if let Some(line) = &original.earlier {
                self.earlier.insert((line.facts.filename.clone(), line.place()), (**line).clone());
            }
            self.known.entry(digest).or_insert(original);
        }
    }

    /// The originals of earlier runs that this run refers to, by file and offset.
    pub(super) fn into_earlier(self) -> Vec<CdxLine> {
        self.earlier.into_values().collect()
    }

    /// The original at the place of `line`. A line that leads astray leads to no original: the payload is stored again.
    fn read(&self, line: CdxLine, digest: &Digest) -> Option<Original> {
        let header = header_at(&self.root.join(&line.facts.filename), line.place()?.0).ok()?;
        let holds_it = matches!(header.kind(), "response" | "resource")
            && header.get("WARC-Payload-Digest") == Some(&digest.labelled())
            && header.get("WARC-Truncated").is_none();
        Some(Original {
            id: header.record_id().filter(|_| holds_it)?.strip_prefix("urn:uuid:")?.parse().ok()?,
            url: header.target()?.to_owned(),
            date: header.get("WARC-Date")?.parse().ok()?,
            earlier: Some(Box::new(line)),
        })
    }
}

/// The header of the record at `offset` of a WARC file.
fn header_at(path: &Path, offset: u64) -> Result<Header, Fault> {
    let mut reader = WarcReader::new(BufReader::with_capacity(2 << 10, File::open(path)?));
    reader.jump(offset)?;
    let record: Option<Record<'_, _>> = reader.next_record()?;
    record.map(|record| record.header().clone()).ok_or(Fault::Torn)
}
