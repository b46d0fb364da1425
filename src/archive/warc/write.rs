//! Writes a record as one gzip member.

use std::io::{self, Read, Write};

use super::deflate::Deflater;
use super::effort::{BEGINNING, Effort};
use super::header::Header;
use crate::digest::{Digest, Hasher};

/// Where a gzip member lies in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its first byte.
    pub offset: u64,
    /// Its length in bytes.
    pub length: u64,
    /// Digest of its bytes, compressed as they are.
    pub digest: Digest,
}

/// What members are written to: a file, with the digest and the length of what is in it.
pub(in crate::archive) struct Target<W> {
    /// The file.
    pub(in crate::archive) out: W,
    /// Length of the file.
    pub(in crate::archive) position: u64,
    /// Hashes the whole file.
    pub(in crate::archive) hasher: Hasher,
}

/// A gzip member that is not written yet.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::archive) struct Packed {
    bytes: Vec<u8>,
    digest: Digest,
}

/// Makes the record of `header` and a block of `head` and `body`. `Content-Length` is added here.
pub(in crate::archive) fn pack(
    deflater: &mut Deflater,
    mut header: Header,
    head: &[u8],
    body: &[u8],
) -> io::Result<Packed> {
    let length = (head.len() + body.len()) as u64;
    header.push("Content-Length", length.to_string());
    let beginning = body.get(..BEGINNING).unwrap_or(body);
    let effort = Effort::for_record(header.kind(), length, beginning);
    let mut gzip = deflater.begin(Vec::new(), effort)?;
    for part in [&header.to_bytes(), head, body, RECORD_END] {
        gzip.write_all(part)?;
    }
    let bytes = gzip.finish()?;
    Ok(Packed { digest: Digest::of(&bytes), bytes })
}

impl<W: Write> Target<W> {
    /// Writes what is packed.
    pub(in crate::archive) fn put(&mut self, packed: &Packed) -> io::Result<Member> {
        let (offset, length) = (self.position, packed.bytes.len() as u64);
        self.out.write_all(&packed.bytes)?;
        self.hasher.update(&packed.bytes);
        self.position += length;
        Ok(Member { offset, length, digest: packed.digest })
    }
}

/// What stands after the block of a record.
const RECORD_END: &[u8] = b"\r\n\r\n";

/// Writes the record of `header` and a block of `head` and then `length` bytes of `body`. `Content-Length` is added
/// here. Fails with `UnexpectedEof` when `body` has fewer bytes.
pub(in crate::archive) fn write_member<W: Write>(
    target: &mut Target<W>,
    deflater: &mut Deflater,
    mut header: Header,
    head: &[u8],
    body: impl Read,
    length: u64,
) -> io::Result<Member> {
    let block = head.len() as u64 + length;
    header.push("Content-Length", block.to_string());
    let mut body = body.take(length);
    let mut beginning = Vec::new();
    body.by_ref().take(BEGINNING as u64).read_to_end(&mut beginning)?;
    let offset = target.position;
    let sink = MemberSink { target, member: Hasher::default() };
    let mut gzip = deflater.begin(sink, Effort::for_record(header.kind(), block, &beginning))?;
    for part in [&header.to_bytes(), head, &beginning] {
        gzip.write_all(part)?;
    }
    if beginning.len() as u64 + io::copy(&mut body, &mut gzip)? < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    gzip.write_all(RECORD_END)?;
    let sink = gzip.finish()?;
    Ok(Member { offset, length: sink.target.position - offset, digest: sink.member.finish() })
}

/// Passes compressed bytes on and keeps count and digests.
struct MemberSink<'a, W> {
    target: &'a mut Target<W>,
    member: Hasher,
}

impl<W: Write> Write for MemberSink<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.target.out.write(bytes)?;
        let passed = bytes.get(..written).unwrap_or(bytes);
        self.member.update(passed);
        self.target.hasher.update(passed);
        self.target.position += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.target.out.flush()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A member whose record has the given block.
    pub(crate) fn member_of(block: &[u8]) -> Vec<u8> {
        let mut header = Header::default();
        header.push("WARC-Type", "resource");
        header.push("WARC-Record-ID", "<urn:uuid:0f0e0d0c-0b0a-4908-8706-050403020100>");
        header.push("WARC-Date", "2026-11-23T04:12:07.123Z");
        let mut target = Target { out: Vec::new(), position: 0, hasher: Hasher::default() };
        write_member(&mut target, &mut Deflater::default(), header, b"", block, block.len() as u64).unwrap();
        target.out
    }

    #[test]
    fn the_same_record_gives_the_same_bytes_and_an_anonymous_gzip_header() {
        let member = member_of(b"block");
        assert_eq!(member, member_of(b"block"));
        assert_eq!(&member[..10], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
    }

    #[test]
    fn a_body_that_is_too_short_is_an_error() {
        let mut target = Target { out: Vec::new(), position: 0, hasher: Hasher::default() };
        let mut deflater = Deflater::default();
        let error = write_member(&mut target, &mut deflater, Header::default(), b"", &b"abc"[..], 4);
        let error = error.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    }
}
