//! The body of a response: hashed as it arrives, kept in memory while small and in a temporary file once large.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write as _};
use std::os::unix::fs::FileExt as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::digest::{Digest, Hasher};

/// Bodies up to this many bytes stay in memory, as long as there is room for them.
const IN_MEMORY: usize = 1 << 20;
/// What all bodies in memory may hold together: those that wait for a slow disk take no more, however many there are.
const ALL_IN_MEMORY: usize = 24 << 20;

/// A received body, cheap to clone: the entity as sent, its transfer coding removed and its content coding kept.
#[derive(Clone)]
pub struct Body {
    stored: Stored,
    len: u64,
    digest: Digest,
}

#[derive(Clone)]
enum Stored {
    Memory(Arc<(Vec<u8>, Room)>),
    /// A file without a name: it goes with the last handle, also when the program is killed.
    File(Arc<File>),
}

impl Body {
    /// A body from bytes at hand.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let stored = Stored::Memory(Arc::new((bytes.to_vec(), Room::default())));
        Self { stored, len: bytes.len() as u64, digest: Digest::of(bytes) }
    }

    /// Length in bytes.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// All of it, where it is in memory, so that reading it cannot fail.
    pub fn at_hand(&self) -> Option<&[u8]> {
        match &self.stored {
            Stored::Memory(memory) => Some(&memory.0),
            Stored::File(_) => None,
        }
    }

    /// Whether nothing was sent.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Digest of the whole body.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Reads the body from its beginning. Each reader has a cursor of its own. Fails where the temporary file no longer
    /// has all of it.
    pub fn reader(&self) -> io::Result<BodyReader<'_>> {
        match &self.stored {
            Stored::Memory(memory) => Ok(BodyReader::Memory(&memory.0)),
            Stored::File(file) if file.metadata()?.len() < self.len => {
                Err(io::ErrorKind::UnexpectedEof.into())
            }
            Stored::File(file) => Ok(BodyReader::File { file, at: 0 }),
        }
    }

    /// Cuts the temporary file off, as a broken disk might.
    #[cfg(test)]
    pub(crate) fn lose(&self) {
        if let Stored::File(file) = &self.stored {
            file.set_len(0).unwrap();
        }
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
    /// A place in the temporary file.
    File {
        /// The file.
        file: &'a File,
        /// The next byte to be read.
        at: u64,
    },
}

impl Read for BodyReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Memory(bytes) => bytes.read(buffer),
            Self::File { file, at } => {
                let read = file.read_at(buffer, *at)?;
                *at += read as u64;
                Ok(read)
            }
        }
    }
}

/// Takes in a body as it arrives.
#[derive(Default)]
pub struct BodyWriter {
    memory: Vec<u8>,
    room: Room,
    file: Option<File>,
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
        if self.memory.len() + piece.len() <= IN_MEMORY && self.room.take(piece.len()) {
            self.memory.extend_from_slice(piece);
            return Ok(());
        }
        let mut file = tempfile::tempfile()?;
        file.write_all(&self.memory)?;
        file.write_all(piece)?;
        self.memory = Vec::new();
        self.room = Room::default();
        self.file = Some(file);
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
            None => Stored::Memory(Arc::new((self.memory, self.room))),
        };
        Body { stored, len: self.len, digest: self.hasher.finish() }
    }
}

/// The bytes of memory that all bodies have taken.
static TAKEN: AtomicUsize = AtomicUsize::new(0);

/// What one body has taken of [`ALL_IN_MEMORY`]; given back when it is dropped.
#[derive(Debug, Default)]
struct Room(usize);

impl Room {
    /// Takes `bytes` more, if they are there.
    fn take(&mut self, bytes: usize) -> bool {
        let taken = TAKEN.fetch_add(bytes, Ordering::Relaxed) + bytes;
        if taken > ALL_IN_MEMORY {
            TAKEN.fetch_sub(bytes, Ordering::Relaxed);
            return false;
        }
        self.0 += bytes;
        true
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        TAKEN.fetch_sub(self.0, Ordering::Relaxed);
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
    fn many_bodies_that_wait_take_no_more_memory_than_is_allowed() {
        let bodies: Vec<_> =
            (0..=ALL_IN_MEMORY / IN_MEMORY).map(|_| written(1, &vec![3; IN_MEMORY])).collect();
        let in_memory = bodies.iter().filter(|body| matches!(body.stored, Stored::Memory(_))).count();
        assert!(in_memory <= ALL_IN_MEMORY / IN_MEMORY, "{in_memory}");
        for body in &bodies {
            assert_eq!(Digest::of_reader(body.reader().unwrap()).unwrap(), (body.digest(), body.len()));
        }
        drop(bodies);
        assert!(matches!(written(1, &vec![3; IN_MEMORY]).stored, Stored::Memory(_)), "room is given back");
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
