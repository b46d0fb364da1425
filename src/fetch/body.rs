//! The body of a response: hashed as it arrives, kept in memory while small and in a temporary file once large.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write as _};
use std::sync::Arc;

use tempfile::NamedTempFile;

use crate::digest::{Digest, Hasher};

/// Bodies up to this many bytes stay in memory.
const IN_MEMORY: usize = 1 << 20;

/// A received body, cheap to clone: the entity as sent, its transfer coding removed and its content coding kept.
#[derive(Clone)]
pub struct Body {
    stored: Stored,
    len: u64,
    digest: Digest,
}

#[derive(Clone)]
enum Stored {
    Memory(Arc<[u8]>),
    File(Arc<NamedTempFile>),
}

impl Body {
    /// A body from bytes at hand.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self { stored: Stored::Memory(bytes.into()), len: bytes.len() as u64, digest: Digest::of(bytes) }
    }

    /// Length in bytes.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether nothing was sent.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Digest of the whole body.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Reads the body from its beginning. Each reader has a cursor of its own.
    pub fn reader(&self) -> io::Result<BodyReader<'_>> {
        Ok(match &self.stored {
            Stored::Memory(bytes) => BodyReader::Memory(bytes),
            Stored::File(file) => BodyReader::File(file.reopen()?),
        })
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::from_bytes(&[])
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").field("len", &self.len).field("digest", &self.digest).finish_non_exhaustive()
    }
}

/// A cursor over a [`Body`].
pub enum BodyReader<'a> {
    /// The rest of a body in memory.
    Memory(&'a [u8]),
    /// A handle of its own on the temporary file.
    File(File),
}

impl Read for BodyReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Memory(bytes) => bytes.read(buffer),
            Self::File(file) => file.read(buffer),
        }
    }
}

/// Takes in a body as it arrives.
#[derive(Default)]
pub struct BodyWriter {
    memory: Vec<u8>,
    file: Option<NamedTempFile>,
    hasher: Hasher,
    len: u64,
}

impl BodyWriter {
    /// Takes in the next piece. Fails only if the temporary file cannot be written.
    pub fn push(&mut self, piece: &[u8]) -> io::Result<()> {
        self.hasher.update(piece);
        self.len += piece.len() as u64;
        if let Some(file) = &mut self.file {
            return file.write_all(piece);
        }
        self.memory.extend_from_slice(piece);
        if self.memory.len() > IN_MEMORY {
            let mut file = NamedTempFile::new()?;
            file.write_all(&self.memory)?;
            self.memory = Vec::new();
            self.file = Some(file);
        }
        Ok(())
    }

    /// Bytes taken in so far.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether nothing has come in yet.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The whole body.
    pub fn finish(self) -> Body {
        let stored = match self.file {
            Some(file) => Stored::File(Arc::new(file)),
            None => Stored::Memory(self.memory.into()),
        };
        Body { stored, len: self.len, digest: self.hasher.finish() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(pieces: usize, piece: &[u8]) -> Body {
        let mut writer = BodyWriter::default();
        for _ in 0..pieces {
            writer.push(piece).unwrap();
        }
        writer.finish()
    }

    #[test]
    fn a_large_body_goes_to_disk_and_reads_back_the_same() {
        let piece = [7_u8; 4096];
        let body = written(1024, &piece);
        assert!(matches!(body.stored, Stored::File(_)));
        assert_eq!(Digest::of_reader(body.reader().unwrap()).unwrap(), (body.digest(), body.len()));
        assert_eq!(body.digest(), Digest::of(&piece.repeat(1024)));
    }

    #[test]
    fn two_readers_do_not_disturb_each_other() {
        let body = written(600, &[1_u8; 2048]);
        let (mut first, mut second) = (body.reader().unwrap(), body.reader().unwrap());
        let mut head = [0; 100];
        first.read_exact(&mut head).unwrap();
        assert_eq!(Digest::of_reader(&mut second).unwrap().0, body.digest());
        assert_eq!(io::copy(&mut first, &mut io::sink()).unwrap(), body.len() - 100);
    }
}
