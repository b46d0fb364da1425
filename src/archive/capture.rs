//! Where an exchange lies in the archive.

use jiff::Timestamp;
use uuid::Uuid;

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
