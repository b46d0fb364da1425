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

/// What makes a payload the same as another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Payload {
    digest: Digest,
    /// The one URL that a small payload counts at.
    of: Option<Box<str>>,
}

impl Payload {
    /// The payload of `length` bytes that `url` sent.
    pub(super) fn new(url: &str, digest: Digest, length: u64) -> Self {
        Self { digest, of: (length < REVISIT_FROM).then(|| url.into()) }
    }
}

/// An earlier capture of the same payload.
#[derive(Clone, Debug)]
pub(super) struct Original {
    /// Its record.
    pub(super) id: Uuid,
    /// Its URL.
    pub(super) url: String,
    /// Its `WARC-Date`.
    pub(super) date: Timestamp,
    /// The file that it is in, relative to the archive folder.
    pub(super) warc: String,
    /// Its line in the index, where it is of an earlier run.
    pub(super) earlier: Option<Box<CdxLine>>,
}

impl Original {
    /// The record of an earlier run that `header` heads and `line` of the index leads to, where it holds all of its
    /// payload.
    pub(super) fn of(header: &Header, line: CdxLine) -> Option<Self> {
        let holds_all =
            matches!(header.kind(), "response" | "resource") && header.get("WARC-Truncated").is_none();
        Some(Self {
            id: header.record_id().filter(|_| holds_all)?.strip_prefix("urn:uuid:")?.parse().ok()?,
            url: header.target()?.to_owned(),
            date: header.get("WARC-Date")?.parse().ok()?,
            warc: line.facts.filename.clone(),
            earlier: Some(Box::new(line)),
        })
    }
}

/// The payloads of this run, and through the index those of the runs before.
pub(super) struct Originals {
    root: PathBuf,
    index: Index,
    /// What is on disk.
    known: HashMap<Payload, Original>,
    /// What is written and not on disk yet.
    fresh: Vec<(Payload, Original)>,
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

    /// An earlier capture of the `payload` that `url` sent.
    pub(super) fn find(&self, url: &str, payload: &Payload) -> io::Result<Option<Original>> {
        let fresh = self.fresh.iter().find(|(known, _)| known == payload).map(|(_, original)| original);
        if let Some(of_this_run) = fresh.or_else(|| self.known.get(payload)) {
            return Ok(Some(of_this_run.clone()));
        }
        let mut candidates = self.index.payload(url, &payload.digest)?.into_iter().take(CANDIDATES);
        Ok(candidates.find_map(|line| self.read(line, &payload.digest)))
    }

    /// Takes note of a payload that was written. It counts from [`Self::acknowledge`] on.
    pub(super) fn note(&mut self, payload: Payload, original: Original) {
        self.fresh.push((payload, original));
    }

    /// How much was noted since the last [`Self::acknowledge`].
    pub(super) fn fresh(&self) -> usize {
        self.fresh.len()
    }

    /// Forgets all but the first `kept` of what was noted since the last [`Self::acknowledge`]: its records were taken
    /// back.
    pub(super) fn forget(&mut self, kept: usize) {
        self.fresh.truncate(kept);
    }

    /// What was noted is on disk.
    pub(super) fn acknowledge(&mut self) {
        for (payload, original) in self.fresh.drain(..) {
            if let Some(line) = &original.earlier {
                self.earlier.insert((line.facts.filename.clone(), line.place()), (**line).clone());
            }
            self.known.entry(payload).or_insert(original);
        }
    }

    /// The originals of earlier runs that this run refers to, by file and offset.
    pub(super) fn into_earlier(self) -> Vec<CdxLine> {
        self.earlier.into_values().collect()
    }

    /// The original at the place of `line`. A line that leads astray leads to no original: the payload is stored again.
    fn read(&self, line: CdxLine, digest: &Digest) -> Option<Original> {
        let header = header_at(&self.root.join(&line.facts.filename), line.place()?.0).ok()?;
        let holds_it = header.get("WARC-Payload-Digest") == Some(&digest.labelled());
        Original::of(&header, line).filter(|_| holds_it)
    }
}

/// The header of the record at `offset` of a WARC file.
fn header_at(path: &Path, offset: u64) -> Result<Header, Fault> {
    let mut reader = WarcReader::new(BufReader::with_capacity(2 << 10, File::open(path)?));
    reader.jump(offset)?;
    let record: Option<Record<'_, _>> = reader.next_record()?;
    record.map(|record| record.header().clone()).ok_or(Fault::Torn)
}
