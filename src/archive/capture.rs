//! Where an exchange lies in the archive, or will.

use jiff::Timestamp;
use uuid::Uuid;

use super::waiting::Slot;
use super::warc::Member;
use crate::digest::Digest;

/// An exchange in the archive: the response (or revisit) record of one WARC file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// The file, relative to the archive folder, with `/` between folders.
    pub warc: String,
    /// First byte of the record's gzip member.
    pub offset: u64,
    /// Length of the gzip member in bytes.
    pub length: u64,
    /// The record's id; shown as `urn:uuid:…`.
    pub record: Uuid,
    /// Digest of the payload, the entity body.
    pub digest: Digest,
    /// `WARC-Date`: when the request was started.
    pub date: Timestamp,
    /// Whether it repeats an earlier payload.
    pub revisit: bool,
}

/// An exchange that is on its way into the archive.
#[derive(Clone, Debug)]
pub struct Pending {
    pub(super) warc: String,
    pub(super) record: Uuid,
    pub(super) digest: Digest,
    pub(super) date: Timestamp,
    pub(super) revisit: bool,
    pub(super) slot: Slot,
}

impl Pending {
    /// Where it lies. Nothing as long as it was not acknowledged.
    pub fn captured(self) -> Option<Capture> {
        let Self { warc, record, digest, date, revisit, slot } = self;
        let Member { offset, length, .. } = *slot.get()?;
        Some(Capture { warc, offset, length, record, digest, date, revisit })
    }
}
