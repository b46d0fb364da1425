//! A reader that knows where it stands and takes the digest of what passes.

use std::io::{self, BufRead, Read, Seek, SeekFrom};

use crate::digest::{Digest, Hasher};

/// Passes bytes on, counts them, and hashes the current gzip member.
pub(super) struct Tap<R> {
    inner: R,
    position: u64,
    /// `None` where no one asked for digests.
    member: Option<Hasher>,
}

impl<R> Tap<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, position: 0, member: Some(Hasher::default()) }
    }

    /// A tap that takes no digests.
    pub(super) fn unhashed(inner: R) -> Self {
        Self { inner, position: 0, member: None }
    }

    /// Bytes passed on so far, which is the offset of the next one.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// Begins a member: its digest is taken from here.
    pub(super) fn begin_member(&mut self) {
        self.member = self.member.is_some().then(Hasher::default);
    }

    /// The digest of what has passed since the member began.
    pub(super) fn member_digest(&mut self) -> Digest {
        self.member.as_mut().map_or(Digest::ZERO, |member| std::mem::take(member).finish())
    }
}

impl<R: Seek> Tap<R> {
    /// Goes on at `offset`.
    pub(super) fn jump(&mut self, offset: u64) -> io::Result<()> {
        self.position = self.inner.seek(SeekFrom::Start(offset))?;
        Ok(())
    }
}

impl<R: BufRead> BufRead for Tap<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        // The buffer is filled already, so asking for it again reads nothing and cannot fail.
        if let Some(member) = &mut self.member
            && let Ok(buffer) = self.inner.fill_buf()
        {
            member.update(buffer.get(..amount).unwrap_or(buffer));
        }
        self.position += amount as u64;
        self.inner.consume(amount);
    }
}

impl<R: BufRead> Read for Tap<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}
