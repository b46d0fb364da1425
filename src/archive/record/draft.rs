//! A record before it is written.

use jiff::Timestamp;
use uuid::Uuid;

use crate::archive::warc::Header;
use crate::digest::Digest;
use crate::fetch::Body;

/// A record that is ready to be written: its header lacks nothing but `Content-Length`, and where there is a body the digest of
/// the block.
pub(in crate::archive) struct Draft<'a> {
    /// The record's id.
    pub(in crate::archive) id: Uuid,
    /// The named fields.
    pub(in crate::archive) header: Header,
    /// The block, or the part of it before `body`.
    pub(in crate::archive) head: Vec<u8>,
    /// The rest of the block.
    pub(in crate::archive) body: Option<&'a Body>,
}

impl Draft<'_> {
    /// A record whose block is `block` alone, about the exchange of the record `concurrent`.
    pub(super) fn whole(id: Uuid, header: Header, concurrent: Option<Uuid>, block: Vec<u8>) -> Self {
        let digest = Digest::of(&block);
        Self::of_digest(id, header, concurrent, block, digest)
    }

    /// The same where the `digest` of the block is known.
    pub(super) fn of_digest(
        id: Uuid,
        mut header: Header,
        concurrent: Option<Uuid>,
        block: Vec<u8>,
        digest: Digest,
    ) -> Self {
        if let Some(response) = concurrent {
            header.push("WARC-Concurrent-To", reference(response));
        }
        header.push("WARC-Block-Digest", digest.labelled());
        Self { id, header, head: block, body: None }
    }
}

/// `id` as WARC fields refer to it.
pub(in crate::archive) fn reference(id: Uuid) -> String {
    format!("<urn:uuid:{id}>")
}

/// A date as WARC fields state it (WARC 1.1 §5.4).
pub(in crate::archive) fn warc_date(date: Timestamp) -> String {
    date.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
