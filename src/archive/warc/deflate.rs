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
/// How hard records are compressed, of 1 to 12. Pages are 0.8 % smaller than zlib makes them at its hardest, in a seventh of
/// the time; a level more would gain 1.5 % and take a tenth longer.
const LEVEL: i32 = 4;
/// The most, in bytes, that is compressed whole.
const WHOLE: usize = 1 << 20;
/// The most, in bytes, that a stored block holds (RFC 1951 §3.2.4).
const STORED: usize = 0xffff;
/// Compressed bytes of a stream that are passed on at once.
const PIECE: usize = 32 << 10;

/// Compresses. What it needs of memory is at most some megabytes.
pub(in crate::archive) struct Deflater {
    quick: Compressor,
    whole: Compressor,
    stream: Compress,
    /// What was written and is not compressed yet.
    gathered: Vec<u8>,
    /// What is compressed and not passed on yet.
    piece: Vec<u8>,
}

impl Default for Deflater {
    fn default() -> Self {
        let compressor = |level| Compressor::new(CompressionLvl::new(level).unwrap_or_default());
        Self {
            quick: compressor(1),
            whole: compressor(LEVEL),
            stream: Compress::new(Compression::default(), false),
            gathered: Vec::new(),
            piece: Vec::with_capacity(PIECE),
        }
    }
}

impl Deflater {
    /// Begins a member that goes to `sink`. One that was not finished is forgotten.
    pub(super) fn begin<W: Write>(&mut self, mut sink: W, effort: Effort) -> io::Result<MemberWriter<'_, W>> {
        self.gathered.clear();
        self.piece.clear();
        sink.write_all(&HEADER)?;
        let way = match effort {
            Effort::Store => Way::Stored,
            Effort::Quick => Way::Quick,
            Effort::Squeeze => Way::Whole,
        };
        Ok(MemberWriter { deflater: self, sink, crc: Crc::new(), way })
    }
}

/// How what is written becomes a deflate stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// At once, when all of it is there.
    Whole,
    /// The same, at the lowest level.
    Quick,
    /// Piece by piece: it is too much for that.
    Stream,
    /// Not compressed.
    Stored,
}

/// Writes what one member holds.
pub(super) struct MemberWriter<'a, W> {
    deflater: &'a mut Deflater,
    sink: W,
    crc: Crc,
    way: Way,
}

impl<W: Write> MemberWriter<'_, W> {
    /// Ends the member; gives back what it went to.
    pub(super) fn finish(mut self) -> io::Result<W> {
        match self.way {
            Way::Whole | Way::Quick => self.compress_whole()?,
            Way::Stream => while self.push(&[], FlushCompress::Finish)?.1 != Status::StreamEnd {},
            Way::Stored => self.store_block(true)?,
        }
        self.pass_on()?;
        self.sink.write_all(&self.crc.sum().to_le_bytes())?;
        self.sink.write_all(&self.crc.amount().to_le_bytes())?;
        Ok(self.sink)
    }

    fn compress_whole(&mut self) -> io::Result<()> {
        let Deflater { quick, whole, gathered, piece, .. } = &mut *self.deflater;
        let compressor = if self.way == Way::Quick { quick } else { whole };
        piece.resize(compressor.deflate_compress_bound(gathered.len()), 0);
        let length = compressor.deflate_compress(gathered, piece).map_err(io::Error::other)?;
        piece.truncate(length);
        Ok(())
    }

    /// Goes over to compressing piece by piece.
    fn begin_stream(&mut self) -> io::Result<()> {
        self.way = Way::Stream;
        self.deflater.stream.reset();
        let gathered = std::mem::take(&mut self.deflater.gathered);
        self.stream(&gathered)
    }

    fn stream(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let (taken, _) = self.push(rest, FlushCompress::None)?;
            rest = rest.get(taken..).unwrap_or_default();
        }
        Ok(())
    }

    /// Compresses what there is room for: how much of `bytes` that was, and what state the stream is in.
    fn push(&mut self, bytes: &[u8], flush: FlushCompress) -> io::Result<(usize, Status)> {
        let Deflater { stream, piece, .. } = &mut *self.deflater;
        if piece.len() == piece.capacity() {
            self.sink.write_all(piece)?;
            piece.clear();
        }
        let before = stream.total_in();
        let status = stream.compress_vec(bytes, piece, flush)?;
        let taken = stream.total_in() - before;
        Ok((usize::try_from(taken).unwrap_or(bytes.len()), status))
    }

    /// Gathers blocks, and passes each on that is full.
    fn store(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            if self.deflater.gathered.len() == STORED {
                self.store_block(false)?;
            }
            let (block, after) = rest.split_at(rest.len().min(STORED - self.deflater.gathered.len()));
            self.deflater.gathered.extend_from_slice(block);
            rest = after;
        }
        Ok(())
    }

    /// Passes on what is gathered as a stored block: whether it is the last, its length, that again with every bit turned, and
    /// the bytes (RFC 1951 §3.2.4). Each begins at a byte, as the one before ends at one.
    fn store_block(&mut self, is_last: bool) -> io::Result<()> {
        let block = &mut self.deflater.gathered;
        let length = u16::try_from(block.len()).map_err(io::Error::other)?;
        self.sink.write_all(&[u8::from(is_last)])?;
        self.sink.write_all(&length.to_le_bytes())?;
        self.sink.write_all(&(!length).to_le_bytes())?;
        self.sink.write_all(block)?;
        block.clear();
        Ok(())
    }

    fn pass_on(&mut self) -> io::Result<()> {
        self.sink.write_all(&self.deflater.piece)?;
        self.deflater.piece.clear();
        Ok(())
    }
}

impl<W: Write> Write for MemberWriter<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if matches!(self.way, Way::Whole | Way::Quick) && self.deflater.gathered.len() + bytes.len() > WHOLE {
            self.begin_stream()?;
        }
        match self.way {
            Way::Whole | Way::Quick => self.deflater.gathered.extend_from_slice(bytes),
            Way::Stream => self.stream(bytes)?,
            Way::Stored => self.store(bytes)?,
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
            for effort in [Effort::Squeeze, Effort::Quick, Effort::Store] {
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
