//! Makes gzip members (RFC 1952), one after the other, with the same memory.
//!
//! Most records are small enough to be compressed whole, which is several times as fast as a stream and makes them smaller;
//! one that is not goes through piece by piece. What is packed already is stored as it is.

use std::io::{self, Write};

use flate2::{Compress, Compression, Crc, FlushCompress, Status};
use libdeflater::{CompressionLvl, Compressor};

use super::effort::Effort;

/// What begins each member: method 8, no name, no time, operating system 255, which is "unknown". The bytes do not tell
/// where and when they were made.
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
/// The most, in bytes, that is compressed whole.
const WHOLE: usize = 1 << 20;
/// Compressed bytes of a stream that are passed on at once.
const PIECE: usize = 32 << 10;

/// Compresses. What it needs of memory is at most some megabytes.
pub(in crate::archive) struct Deflater {
    whole: Compressor,
    squeeze: Compress,
    store: Compress,
    /// What was written and is not compressed yet.
    gathered: Vec<u8>,
    /// What a record comes to that is compressed whole.
    compressed: Vec<u8>,
    /// What of a stream is compressed and not passed on yet. How much room there is decides how bytes are stored: it stays
    /// the same, so that the same record gives the same bytes.
    piece: Vec<u8>,
}

impl Default for Deflater {
    fn default() -> Self {
        let stream = |level| Compress::new(level, false);
        Self {
            whole: Compressor::new(CompressionLvl::default()),
            squeeze: stream(Compression::default()),
            store: stream(Compression::none()),
            gathered: Vec::new(),
            compressed: Vec::new(),
            piece: Vec::with_capacity(PIECE),
        }
    }
}

impl Deflater {
    /// Begins a member that goes to `sink`. One that was not finished is forgotten.
    pub(super) fn begin<W: Write>(&mut self, mut sink: W, effort: Effort) -> io::Result<MemberWriter<'_, W>> {
        let Self { whole, squeeze, store, gathered, compressed, piece } = self;
        let stream = if effort == Effort::Squeeze { squeeze } else { store };
        stream.reset();
        gathered.clear();
        piece.clear();
        sink.write_all(&HEADER)?;
        let is_stream = effort == Effort::Store;
        Ok(MemberWriter { whole, stream, gathered, compressed, piece, sink, crc: Crc::new(), is_stream })
    }
}

/// Writes what one member holds.
pub(super) struct MemberWriter<'a, W> {
    whole: &'a mut Compressor,
    stream: &'a mut Compress,
    gathered: &'a mut Vec<u8>,
    compressed: &'a mut Vec<u8>,
    piece: &'a mut Vec<u8>,
    sink: W,
    crc: Crc,
    /// Whether it goes through piece by piece.
    is_stream: bool,
}

impl<W: Write> MemberWriter<'_, W> {
    /// Ends the member; gives back what it went to.
    pub(super) fn finish(mut self) -> io::Result<W> {
        if self.is_stream {
            while self.push(&[], FlushCompress::Finish)?.1 != Status::StreamEnd {}
            self.pass_on()?;
        } else {
            self.compress_whole()?;
        }
        self.sink.write_all(&self.crc.sum().to_le_bytes())?;
        self.sink.write_all(&self.crc.amount().to_le_bytes())?;
        Ok(self.sink)
    }

    fn compress_whole(&mut self) -> io::Result<()> {
        self.compressed.resize(self.whole.deflate_compress_bound(self.gathered.len()), 0);
        let length = self.whole.deflate_compress(self.gathered, self.compressed).map_err(io::Error::other)?;
        self.compressed.truncate(length);
        self.sink.write_all(self.compressed)
    }

    /// Goes over to compressing piece by piece.
    fn begin_stream(&mut self) -> io::Result<()> {
        self.is_stream = true;
        let gathered = std::mem::take(self.gathered);
        self.push_all(&gathered)
    }

    fn push_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let (taken, _) = self.push(rest, FlushCompress::None)?;
            rest = rest.get(taken..).unwrap_or_default();
        }
        Ok(())
    }

    /// Compresses what there is room for: how much of `bytes` that was, and what state the stream is in.
    fn push(&mut self, bytes: &[u8], flush: FlushCompress) -> io::Result<(usize, Status)> {
        if self.piece.len() == self.piece.capacity() {
            self.pass_on()?;
        }
        let before = self.stream.total_in();
        let status = self.stream.compress_vec(bytes, self.piece, flush)?;
        let taken = self.stream.total_in() - before;
        Ok((usize::try_from(taken).unwrap_or(bytes.len()), status))
    }

    fn pass_on(&mut self) -> io::Result<()> {
        self.sink.write_all(self.piece)?;
        self.piece.clear();
        Ok(())
    }
}

impl<W: Write> Write for MemberWriter<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.is_stream && self.gathered.len() + bytes.len() > WHOLE {
            self.begin_stream()?;
        }
        if self.is_stream {
            self.push_all(bytes)?;
        } else {
            self.gathered.extend_from_slice(bytes);
        }
        self.crc.update(bytes);
        Ok(bytes.len())
    }

    /// Does nothing: only a whole member can be read.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::GzDecoder;
    use proptest::prelude::*;

    use super::*;

    fn member(deflater: &mut Deflater, effort: Effort, pieces: &[Vec<u8>]) -> Vec<u8> {
        let mut member = deflater.begin(Vec::new(), effort).unwrap();
        for piece in pieces {
            member.write_all(piece).unwrap();
        }
        member.finish().unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_is_written_reads_back_whatever_was_written_before(
            first in prop::collection::vec(any::<u8>(), 0..70_000),
            pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40_000), 0..4),
            // Some are too much to be compressed whole.
            times in prop::sample::select(vec![1, 1, 20]),
        ) {
            let pieces: Vec<_> = pieces.iter().map(|piece| piece.repeat(times)).collect();
            for effort in [Effort::Squeeze, Effort::Store] {
                let mut deflater = Deflater::default();
                // One that is not finished must leave no trace.
                deflater.begin(Vec::new(), effort).unwrap().write_all(&first).unwrap();
                let used = member(&mut deflater, effort, &pieces);
                prop_assert_eq!(&used, &member(&mut Deflater::default(), effort, &pieces));
                let mut read = Vec::new();
                GzDecoder::new(&used[..]).read_to_end(&mut read).unwrap();
                prop_assert_eq!(read, pieces.concat());
            }
        }
    }

    #[test]
    fn what_is_stored_grows_by_next_to_nothing() {
        let stored = member(&mut Deflater::default(), Effort::Store, &[vec![7; 100_000]]);
        assert!((100_000..100_100).contains(&stored.len()), "{}", stored.len());
    }
}
