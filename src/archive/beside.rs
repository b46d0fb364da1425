//! What an earlier run wrote beside a capture: how the page was asked for, and how that went.

use std::fs::File;
use std::io::{BufRead, BufReader, Read as _, Seek};
use std::path::Path;

use super::cdxj::CdxLine;
use super::record::{Draft, lasting};
use super::warc::{WarcReader, bare};

/// The longest block that is read, in bytes: what is longer is written again.
const LONGEST: u64 = 64 << 10;

/// The two records behind a capture.
pub(super) struct Beside {
    request: Vec<u8>,
    facts: Vec<u8>,
    /// Where they begin, and how many bytes they take.
    pub(super) place: (u64, u64),
}

impl Beside {
    /// What stands behind the capture that `line` of the index leads to. Nothing where that is not its request and the facts
    /// about it, as they are written here.
    pub(super) fn of(root: &Path, line: &CdxLine) -> Option<Self> {
        let file = File::open(root.join(&line.facts.filename)).ok()?;
        let mut reader = WarcReader::new(BufReader::with_capacity(2 << 10, file));
        Self::behind(line.place()?, &mut reader)
    }

    /// The same, where `reader` reads the file and the capture lies at `offset`, `length` bytes of it.
    pub(super) fn behind(
        (offset, length): (u64, u64),
        reader: &mut WarcReader<impl BufRead + Seek>,
    ) -> Option<Self> {
        let start = offset.checked_add(length)?;
        reader.jump(offset).ok()?;
        let about = reader.next_record().ok()??.header().record_id()?.to_owned();
        reader.jump(start).ok()?;
        let request = block(reader, "request", &about)?;
        let facts = block(reader, "metadata", &about)?;
        Some(Self { request, facts, place: (start, reader.position() - start) })
    }

    /// Whether `request` would only say it again: it is the same to the byte.
    pub(super) fn has_request(&self, request: &Draft<'_>) -> bool {
        self.request == request.head
    }

    /// Whether `metadata` would only say it again: all went as it did then, the times apart.
    pub(super) fn has_facts(&self, metadata: &Draft<'_>) -> bool {
        lasting(&self.facts).eq(lasting(&metadata.head))
    }
}

/// The block of the next record, where it is of this `kind` and concurrent to the record `about`.
fn block(reader: &mut WarcReader<impl BufRead>, kind: &str, about: &str) -> Option<Vec<u8>> {
    let mut record = reader.next_record().ok()??;
    let header = record.header();
    let is_it = header.kind() == kind && header.all("WARC-Concurrent-To").any(|to| bare(to) == about);
    if !is_it || header.content_length()? > LONGEST {
        return None;
    }
    let mut block = Vec::new();
    record.read_to_end(&mut block).ok()?;
    record.finish().ok()?;
    Some(block)
}
