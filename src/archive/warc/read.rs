//! Reads a WARC file record by record.

use std::io::{self, BufRead, Read, Seek, Take};

use super::fault::Fault;
use super::header::Header;
use super::members::{MAGIC, Members};
use super::tap::Tap;
use super::write::Member;
use crate::digest::Digest;

/// What begins a record.
const VERSION: &[u8; 5] = b"WARC/";
/// How many places that look like a member are tried after damage before the rest is given up.
const TRIES: u32 = 10_000;

/// Reads the records of a `.warc.gz`, one gzip member each, or of a `.warc`, as a stream.
pub struct WarcReader<R> {
    members: Members<R>,
}

impl<R: BufRead> WarcReader<R> {
    /// Reads from `inner`, which stands at the beginning of the file.
    pub fn new(inner: R) -> Self {
        Self { members: Members::new(Tap::new(inner)) }
    }

    /// As [`Self::new`], and takes no digests of members: [`Member::digest`] is [`Digest::ZERO`].
    pub(in crate::archive) fn without_digests(inner: R) -> Self {
        Self { members: Members::new(Tap::unhashed(inner)) }
    }

    /// The next record, or `None` at the end of the file. The record must be read to its end with
    /// [`Record::finish`] before the next one is asked for.
    pub fn next_record(&mut self) -> Result<Option<Record<'_, R>>, Fault> {
        let start = self.members.tap().fill_buf()?;
        if start.is_empty() {
            return Ok(None);
        }
        let begins = |with: &[u8]| start.iter().zip(with).all(|(byte, expected)| byte == expected);
        if begins(VERSION) {
            let offset = self.position();
            self.members.begin_plain();
            return Record::open(&mut self.members, offset).map(Some);
        }
        if !begins(&MAGIC) {
            return Err(Fault::NotGzip);
        }
        let offset = self.position();
        self.members.begin_member()?;
        Record::open(&mut self.members, offset).map(Some)
    }

    /// Offset of the next byte to be read.
    pub fn position(&self) -> u64 {
        self.members.position()
    }
}

impl<R: BufRead + Seek> WarcReader<R> {
    /// Goes on at `offset`.
    pub(in crate::archive) fn jump(&mut self, offset: u64) -> io::Result<()> {
        self.members.jump(offset)
    }

    /// Digest of the `length` bytes from `offset` on, or of those that there are.
    pub(in crate::archive) fn digest_of(&mut self, offset: u64, length: u64) -> io::Result<Digest> {
        self.jump(offset)?;
        Ok(Digest::of_reader(self.members.tap().take(length))?.0)
    }

    /// Goes to the first place from `offset` on where a record begins. After damage nothing else tells where the
    /// next member is: a member does not state its length.
    pub(in crate::archive) fn jump_to_record_after(&mut self, offset: u64) -> io::Result<bool> {
        self.jump_to_record_between(offset, u64::MAX)
    }

    /// As [`Self::jump_to_record_after`], but only to a place before `end`.
    pub(in crate::archive) fn jump_to_record_between(&mut self, offset: u64, end: u64) -> io::Result<bool> {
        let mut from = offset;
        for _ in 0..TRIES {
            let Some(candidate) = self.find_magic(from, end)? else { return Ok(false) };
            self.jump(candidate)?;
            let mut start = [0; VERSION.len()];
            let begins = self.members.begin_member().and_then(|()| self.members.read_exact(&mut start));
            if begins.is_ok() && &start == VERSION {
                self.jump(candidate)?;
                return Ok(true);
            }
            from = candidate + 1;
        }
        Ok(false)
    }

    /// The offset of the first [`MAGIC`] at or after `from` and before `end`.
    fn find_magic(&mut self, from: u64, end: u64) -> io::Result<Option<u64>> {
        self.jump(from)?;
        let tap = self.members.tap();
        let mut matched = 0;
        loop {
            if tap.position() >= end {
                return Ok(None);
            }
            let buffer = tap.fill_buf()?;
            if buffer.is_empty() {
                return Ok(None);
            }
            let length = buffer.len();
            let found = buffer.iter().position(|&byte| {
                matched = match MAGIC.get(matched) {
                    Some(&expected) if byte == expected => matched + 1,
                    _ => usize::from(byte == MAGIC[0]),
                };
                matched == MAGIC.len()
            });
            if let Some(index) = found {
                let place = tap.position() + index as u64 + 1 - MAGIC.len() as u64;
                return Ok(Some(place).filter(|&place| place < end));
            }
            tap.consume(length);
        }
    }
}

/// A record whose header is read and whose block is being read.
pub struct Record<'a, R> {
    offset: u64,
    header: Header,
    stated: u64,
    block: Take<&'a mut Members<R>>,
}

impl<'a, R: BufRead> Record<'a, R> {
    fn open(members: &'a mut Members<R>, offset: u64) -> Result<Self, Fault> {
        let header = Header::read(members)?;
        let stated = header.content_length().unwrap_or_default();
        Ok(Self { offset, header, stated, block: members.take(stated) })
    }

    /// First byte of the record's gzip member.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The fields of the record.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Whether the record is compressed.
    pub(in crate::archive) fn is_compressed(&self) -> bool {
        self.block.get_ref().is_compressed()
    }

    /// Reads what is left of the block, and checks that the record and its member end where they should.
    pub fn finish(mut self) -> Result<(Header, Member), Fault> {
        io::copy(&mut self.block, &mut io::sink())?;
        let stated = self.stated;
        if self.block.limit() > 0 {
            return Err(Fault::ShortBlock { stated, found: stated - self.block.limit() });
        }
        let members = self.block.into_inner();
        let mut end = Vec::with_capacity(4);
        members.by_ref().take(4).read_to_end(&mut end)?;
        if end != b"\r\n\r\n" {
            return Err(Fault::NoEnd { stated });
        }
        if members.is_compressed() && !members.fill_buf()?.is_empty() {
            return Err(Fault::SecondRecord);
        }
        let tap = members.tap();
        let member =
            Member { offset: self.offset, length: tap.position() - self.offset, digest: tap.member_digest() };
        Ok((self.header, member))
    }
}

impl<R: BufRead> Read for Record<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.block.read(buffer)
    }
}

impl<R: BufRead> BufRead for Record<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.block.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.block.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::super::write::tests::member_of;
    use super::*;

    /// Reads all of `bytes`: the offsets of the whole records, and the fault that ended it.
    fn walk(bytes: &[u8]) -> (Vec<Member>, Option<Fault>) {
        let mut reader = WarcReader::new(bytes);
        let mut members = Vec::new();
        loop {
            match reader.next_record().and_then(|record| record.map(Record::finish).transpose()) {
                Ok(None) => return (members, None),
                Ok(Some((_, member))) => members.push(member),
                Err(fault) => return (members, Some(fault)),
            }
        }
    }

    #[test]
    fn offsets_and_digests_of_members_are_exact() {
        let (first, second) = (member_of(b"one"), member_of(&b"7".repeat(100_000)));
        let (members, fault) = walk(&[first.clone(), second.clone()].concat());
        assert!(fault.is_none());
        let expected = [(0, &first), (first.len() as u64, &second)].map(|(offset, bytes)| Member {
            offset,
            length: bytes.len() as u64,
            digest: Digest::of(bytes),
        });
        assert_eq!(members, expected);
    }

    #[test]
    fn a_torn_record_is_told_from_a_damaged_one() {
        let whole = [member_of(b"one"), member_of(b"two")].concat();
        let (members, fault) = walk(&whole[..whole.len() - 3]);
        assert!((members.len(), matches!(fault, Some(Fault::Torn))) == (1, true), "{fault:?}");
        let mut damaged = whole.clone();
        let crc = whole.len() - 8;
        damaged[crc] ^= 1;
        let (members, fault) = walk(&damaged);
        assert!((members.len(), matches!(fault, Some(Fault::Gzip(_)))) == (1, true), "{fault:?}");
        assert!(matches!(walk(b"hello").1, Some(Fault::NotGzip)));
    }

    #[test]
    fn after_damage_the_next_record_is_found() {
        let (first, second) = (member_of(b"one"), member_of(b"two"));
        let garbage = [&first[..], &b"\x1f\x8b\x08 no member \x1f\x1f\x8b"[..], &second[..]].concat();
        let mut reader = WarcReader::new(Cursor::new(&garbage));
        assert!(reader.jump_to_record_after(1).unwrap());
        assert_eq!(reader.position(), (garbage.len() - second.len()) as u64);
        assert!(!reader.jump_to_record_after(garbage.len() as u64 - 4).unwrap());
    }

    #[test]
    fn records_that_are_not_compressed_are_read_where_they_lie() {
        let plain = |block: &[u8]| {
            let mut inflated = Vec::new();
            flate2::read::GzDecoder::new(&member_of(block)[..]).read_to_end(&mut inflated).unwrap();
            inflated
        };
        let (first, second) = (plain(b"one"), plain(&b"7".repeat(100_000)));
        let (members, fault) = walk(&[first.clone(), second.clone(), member_of(b"three")].concat());
        assert!(fault.is_none(), "{fault:?}");
        let places: Vec<_> = members.iter().map(|member| (member.offset, member.length)).collect();
        let (one, two) = (first.len() as u64, second.len() as u64);
        assert_eq!(places[..2], [(0, one), (one, two)]);
        assert_eq!((members[0].digest, members.len()), (Digest::of(&first), 3));
        let (members, fault) = walk(&first[..first.len() - 2]);
        assert!(members.is_empty() && matches!(fault, Some(Fault::NoEnd { .. })), "{fault:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn what_is_written_reads_back_the_same(blocks in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..2000), 0..5)) {
            let file: Vec<u8> = blocks.iter().flat_map(|block| member_of(block)).collect();
            let mut reader = WarcReader::new(&file[..]);
            for block in &blocks {
                let mut record = reader.next_record().unwrap().unwrap();
                let mut read = Vec::new();
                record.read_to_end(&mut read).unwrap();
                prop_assert_eq!(&read, block);
                record.finish().unwrap();
            }
            prop_assert!(reader.next_record().unwrap().is_none());
        }

        #[test]
        fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), at in 0_usize..200, flip in any::<u8>()) {
            walk(&bytes);
            walk(&[&MAGIC[..], &bytes].concat());
            let mut member = member_of(&bytes);
            let index = at % member.len();
            member[index] ^= flip;
            walk(&member);
            let mut reader = WarcReader::new(Cursor::new(member));
            reader.jump_to_record_after(1).unwrap();
        }
    }
}
