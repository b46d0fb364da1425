//! A reader that knows where it stands and takes the digest of what passes.

use std::io::{self, BufRead, Read, Seek, SeekFrom};

use crate::digest::{Digest, Hasher};

/// Passes bytes on, counts them, and hashes the current gzip member and the file.
pub(super) struct Tap<R> {
    inner: R,
    position: u64,
    member: Hasher,
    /// `None` when no one asked for it, or once the reader has jumped.
    file: Option<Hasher>,
}

impl<R: BufRead> Tap<R> {
    pub(super) fn new(inner: R, hash_file: bool) -> Self {
        Self { inner, position: 0, member: Hasher::default(), file: hash_file.then(Hasher::default) }
    }

    /// Bytes passed on so far, which is the offset of the next one.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// Begins a member: its digest is taken from here.
    pub(super) fn begin_member(&mut self) {
        self.member = Hasher::default();
    }

    /// The digest of what has passed since the member began.
    pub(super) fn member_digest(&mut self) -> Digest {
        std::mem::take(&mut self.member).finish()
    }

    /// The digest of all that has passed, unless the reader jumped.
    pub(super) fn file_digest(&self) -> Option<Digest> {
        self.file.clone().map(Hasher::finish)
    }
}

impl<R: Seek> Tap<R> {
    /// Goes on at `offset`.
    pub(super) fn jump(&mut self, offset: u64) -> io::Result<()> {
        self.position = self.inner.seek(SeekFrom::Start(offset))?;
        self.file = None;
        Ok(())
    }
}

impl<R: BufRead> BufRead for Tap<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        // The buffer is filled already, so asking for it again reads nothing and cannot fail.
        if let Ok(buffer) = self.inner.fill_buf() {
            let passed = buffer.get(..amount).unwrap_or(buffer);
            self.member.update(passed);
            if let Some(file) = &mut self.file {
                file.update(passed);
            }
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
