//! Reads gzip members one after the other (RFC 1952), or what is not compressed, through one set of buffers.

use std::io::{self, BufRead, Read, Seek};

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::tap::Tap;

/// What begins a gzip member that uses deflate (RFC 1952 §2.3.1).
pub(super) const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];
/// Buffer for inflated bytes.
const BUFFER: usize = 64 << 10;
/// A name or comment in the header of a member that is longer than this is none.
const LONGEST_NAME: u64 = 64 << 10;

/// Flags in the header of a member (RFC 1952 §2.3.1).
const HEADER_CRC: u8 = 2;
const EXTRA: u8 = 4;
const NAME: u8 = 8;
const COMMENT: u8 = 16;
const RESERVED: u8 = 0xe0;

/// Yields the inflated bytes of one member at a time. Its buffers and tables serve all members: most are small, and would
/// be outweighed by setting these up.
pub(super) struct Members<R> {
    tap: Tap<R>,
    state: State,
    inflate: Decompress,
    crc: Crc,
    buffer: Box<[u8]>,
    /// What of the buffer is still to be read.
    unread: std::ops::Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Bytes pass as they are.
    Plain,
    /// In a member.
    Member,
    /// After a member whose checksum is right, or before the first.
    Ended,
}

impl<R> Members<R> {
    pub(super) fn new(tap: Tap<R>) -> Self {
        Self {
            tap,
            state: State::Ended,
            inflate: Decompress::new(false),
            crc: Crc::new(),
            buffer: vec![0; BUFFER].into_boxed_slice(),
            unread: 0..0,
        }
    }

    /// The bytes below.
    pub(super) fn tap(&mut self) -> &mut Tap<R> {
        &mut self.tap
    }

    /// Offset of the next byte to be read below.
    pub(super) fn position(&self) -> u64 {
        self.tap.position()
    }

    /// Whether what is read is compressed.
    pub(super) fn is_compressed(&self) -> bool {
        self.state != State::Plain
    }
}

impl<R: BufRead> Members<R> {
    /// Begins with bytes that are not compressed.
    pub(super) fn begin_plain(&mut self) {
        self.tap.begin_member();
        self.unread = 0..0;
        self.state = State::Plain;
    }

    /// Begins the member that begins here: reads its header.
    pub(super) fn begin_member(&mut self) -> io::Result<()> {
        self.tap.begin_member();
        self.unread = 0..0;
        self.state = State::Ended;
        let mut header = [0; 10];
        self.tap.read_exact(&mut header)?;
        let flags = header[3];
        if header[..3] != MAGIC || flags & RESERVED != 0 {
            return Err(invalid("no gzip header"));
        }
        if flags & EXTRA != 0 {
            let mut length = [0; 2];
            self.tap.read_exact(&mut length)?;
            let length = u64::from(u16::from_le_bytes(length));
            skip(&mut self.tap, length)?;
        }
        for flag in [NAME, COMMENT] {
            if flags & flag != 0 {
                skip_text(&mut self.tap)?;
            }
        }
        if flags & HEADER_CRC != 0 {
            skip(&mut self.tap, 2)?;
        }
        self.inflate.reset(false);
        self.crc.reset();
        self.state = State::Member;
        Ok(())
    }

    /// Inflates until there is something to be read, or the member ends.
    fn pump(&mut self) -> io::Result<()> {
        while self.unread.is_empty() && self.state == State::Member {
            let input = self.tap.fill_buf()?;
            if input.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let (before_in, before_out) = (self.inflate.total_in(), self.inflate.total_out());
            let outcome = self.inflate.decompress(input, &mut self.buffer, FlushDecompress::None);
            let status = outcome.map_err(|error| invalid(&error.to_string()))?;
            let passed = usize::try_from(self.inflate.total_in() - before_in).unwrap_or_default();
            let produced = usize::try_from(self.inflate.total_out() - before_out).unwrap_or_default();
            if passed == 0 && produced == 0 && status != Status::StreamEnd {
                return Err(invalid("the deflate stream does not go on"));
            }
            self.tap.consume(passed);
            self.crc.update(self.buffer.get(..produced).unwrap_or_default());
            self.unread = 0..produced;
            if status == Status::StreamEnd {
                self.check_trailer()?;
                self.state = State::Ended;
            }
        }
        Ok(())
    }

    /// CRC-32 and length modulo 2³² (RFC 1952 §2.3.1).
    fn check_trailer(&mut self) -> io::Result<()> {
        let (mut crc, mut length) = ([0; 4], [0; 4]);
        self.tap.read_exact(&mut crc)?;
        self.tap.read_exact(&mut length)?;
        let stated = (u32::from_le_bytes(crc), u32::from_le_bytes(length));
        if stated == (self.crc.sum(), self.crc.amount()) {
            Ok(())
        } else {
            Err(invalid("its checksum is wrong"))
        }
    }
}

impl<R: BufRead> BufRead for Members<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.state == State::Plain {
            return self.tap.fill_buf();
        }
        self.pump()?;
        Ok(self.buffer.get(self.unread.clone()).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        if self.state == State::Plain {
            self.tap.consume(amount);
        } else {
            self.unread.start = (self.unread.start + amount).min(self.unread.end);
        }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: Seek> Members<R> {
    /// Goes on at `offset`, before any member.
    pub(super) fn jump(&mut self, offset: u64) -> io::Result<()> {
        self.state = State::Ended;
        self.unread = 0..0;
        self.tap.jump(offset)
    }
}

fn skip(reader: &mut impl Read, length: u64) -> io::Result<()> {
    let skipped = io::copy(&mut reader.take(length), &mut io::sink())?;
    if skipped == length { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// Skips a text that ends in a zero byte.
fn skip_text(reader: &mut impl BufRead) -> io::Result<()> {
    let mut text = Vec::new();
    reader.take(LONGEST_NAME).read_until(0, &mut text)?;
    match text.last() {
        Some(0) => Ok(()),
        _ if text.len() as u64 == LONGEST_NAME => Err(invalid("its name is too long")),
        _ => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, GzBuilder};

    use super::*;

    fn inflated(bytes: &[u8]) -> io::Result<(Vec<u8>, u64)> {
        let mut members = Members::new(Tap::new(bytes));
        members.begin_member()?;
        let mut out = Vec::new();
        members.read_to_end(&mut out)?;
        let end = members.tap().position();
        Ok((out, end))
    }

    #[test]
    fn every_field_of_a_header_is_skipped() {
        let builder = GzBuilder::new().extra(&b"sl\x08\x00abcdefgh"[..]).filename("name").comment("comment");
        let mut writer = builder.write(Vec::new(), Compression::default());
        writer.write_all(b"hello").unwrap();
        let mut member = writer.finish().unwrap();
        assert_eq!(member[3], EXTRA | NAME | COMMENT);
        let length = member.len();
        member.extend(b"after");
        assert_eq!(inflated(&member).unwrap(), (b"hello".to_vec(), length as u64));
        for cut in 0..length {
            let error = inflated(&member[..cut]).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof, "cut at {cut}");
        }
    }

    #[test]
    fn what_is_large_comes_whole_and_damage_is_told() {
        let text: Vec<u8> = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
        let mut writer = GzBuilder::new().write(Vec::new(), Compression::fast());
        writer.write_all(&text).unwrap();
        let member = writer.finish().unwrap();
        assert!(inflated(&member).unwrap().0 == text);
        for index in [3, 20, member.len() / 2, member.len() - 8, member.len() - 1] {
            let mut flipped = member.clone();
            flipped[index] ^= 0x80;
            inflated(&flipped).unwrap_err();
        }
    }
}
