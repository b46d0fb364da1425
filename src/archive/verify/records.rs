//! Reads the records of a WARC file on all processors, and gives them in their order.
//!
//! Where a record begins is only known once the one before it is read. So the file is cut into chunks, and each worker
//! looks for the first record of its chunk and reads on from there. What it read counts if the chunk before ends exactly
//! there: then one reader alone would have read the very same. Where it does not, one reader goes on alone up to the next
//! place where it does: after damage, within a record that is larger than a chunk, or where a body looks like records.

use std::fs::File;
use std::io::BufReader;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Scope, available_parallelism};

use super::bytes::Bytes;
use super::record::Seen;
use super::section::Section;
use crate::archive::warc::{Fault, WarcReader};

/// How much of a file one worker reads at a time.
const CHUNK: u64 = 8 << 20;
/// More workers than these do not help: the records are judged in their order by one.
const MOST_WORKERS: usize = 8;
/// How much a worker may be ahead, in batches, and how large a batch is: bytes of headers, and records.
const BATCHES: usize = 16;
const BATCH_BYTES: usize = 128 << 10;
const BATCH_RECORDS: usize = 128;

/// What is open of a WARC file.
type Reader = WarcReader<BufReader<Section<File>>>;

/// The records of a file, in their order.
pub(super) struct Records {
    position: u64,
    length: u64,
    own: Reader,
    chunks: Option<Chunks>,
}

impl Records {
    /// Begins to read `bytes`. Workers, where it takes any, live in `scope` and end with the result. Digests of members
    /// are only taken `with_digests`.
    pub(super) fn of<'scope, 'env: 'scope>(
        bytes: Bytes<'env>,
        with_digests: bool,
        scope: &'scope Scope<'scope, 'env>,
    ) -> Result<Self, Fault> {
        let workers = available_parallelism().map_or(1, usize::from).min(MOST_WORKERS);
        Self::with(bytes, with_digests, (workers, CHUNK), scope)
    }

    fn with<'scope, 'env: 'scope>(
        bytes: Bytes<'env>,
        with_digests: bool,
        (workers, chunk): (usize, u64),
        scope: &'scope Scope<'scope, 'env>,
    ) -> Result<Self, Fault> {
        let own = open(bytes, with_digests)?;
        // One reader alone is as fast where there is little to read.
        let is_worth_it = workers > 1 && bytes.length() >= 2 * chunk;
        let chunks =
            is_worth_it.then(|| Chunks::of(bytes, with_digests, (workers, chunk), scope)).transpose()?;
        Ok(Self { position: 0, length: bytes.length(), own, chunks })
    }

    /// Where the next record begins.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// The next record; `None` at the end of the file. After a fault, the position is where it was.
    pub(super) fn next(&mut self) -> Result<Option<Seen>, Fault> {
        if self.position >= self.length {
            return Ok(None);
        }
        let read = self.chunks.as_mut().and_then(|chunks| chunks.next(self.position));
        let seen = match read {
            Some(read) => Some(read?),
            None => self.read_alone()?,
        };
        if let Some(seen) = &seen {
            self.position = seen.member.offset + seen.member.length;
        }
        Ok(seen)
    }

    /// Goes on at `offset`.
    pub(super) fn jump(&mut self, offset: u64) {
        self.position = offset;
    }

    /// Goes to the first place from `offset` on where a record begins, and says whether there is one.
    pub(super) fn jump_to_record_after(&mut self, offset: u64) -> bool {
        let found = self.own.jump_to_record_after(offset).unwrap_or(false);
        self.position = self.own.position();
        found
    }

    /// The reader, to look at bytes that are no record.
    pub(super) fn reader(&mut self) -> &mut Reader {
        &mut self.own
    }

    fn read_alone(&mut self) -> Result<Option<Seen>, Fault> {
        if self.own.position() != self.position {
            self.own.jump(self.position)?;
        }
        read_record(&mut self.own)
    }
}

fn open(bytes: Bytes<'_>, with_digests: bool) -> Result<Reader, Fault> {
    let reader = bytes.open()?;
    Ok(if with_digests { WarcReader::new(reader) } else { WarcReader::without_digests(reader) })
}

fn read_record(reader: &mut Reader) -> Result<Option<Seen>, Fault> {
    reader.next_record()?.map(Seen::read).transpose()
}

/// What the workers read, chunk by chunk.
struct Chunks {
    size: u64,
    /// Worker n reads chunks n, n + workers, …
    workers: Vec<Receiver<Message>>,
    /// The chunk that the next message is about.
    current: u64,
    phase: Phase,
    /// Records that have come and not been asked for.
    batch: std::vec::IntoIter<Seen>,
}

/// How far the current chunk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Its worker has not yet said where its first record begins.
    Unknown,
    /// It begins here, and nobody has got there yet.
    Waiting(u64),
    /// Its records are being asked for.
    Reading,
}

/// What a worker says about a chunk: where its first record begins, then its records, then how it ended.
enum Message {
    Start(Option<u64>),
    Records(Vec<Seen>),
    End(Option<Fault>),
}

impl Chunks {
    /// Starts the workers.
    fn of<'scope, 'env: 'scope>(
        bytes: Bytes<'env>,
        with_digests: bool,
        (count, size): (usize, u64),
        scope: &'scope Scope<'scope, 'env>,
    ) -> Result<Self, Fault> {
        let mut workers = Vec::new();
        for number in 0..count as u64 {
            let (sender, receiver) = sync_channel(BATCHES);
            let worker = Worker { reader: open(bytes, with_digests)?, size, length: bytes.length(), sender };
            scope.spawn(move || worker.run(number, count as u64));
            workers.push(receiver);
        }
        Ok(Self { size, workers, current: 0, phase: Phase::Unknown, batch: Vec::new().into_iter() })
    }

    /// The record at `position`, or the fault there, if a worker has read it.
    fn next(&mut self, position: u64) -> Option<Result<Seen, Fault>> {
        while self.current < position / self.size {
            self.pass_over()?;
        }
        if self.current > position / self.size {
            return None;
        }
        if self.phase == Phase::Unknown {
            match self.receive()? {
                Message::Start(Some(start)) => self.phase = Phase::Waiting(start),
                _ => return self.pass_over().and(None),
            }
        }
        match self.phase {
            Phase::Waiting(start) if start == position => self.phase = Phase::Reading,
            // One reader alone goes on up to there.
            Phase::Waiting(start) if start > position => return None,
            Phase::Waiting(_) => return self.pass_over().and(None),
            _ => (),
        }
        loop {
            match self.batch.next() {
                Some(seen) if seen.member.offset == position => return Some(Ok(seen)),
                Some(_) => return self.pass_over().and(None),
                None => match self.receive()? {
                    Message::Records(records) => self.batch = records.into_iter(),
                    Message::End(fault) => {
                        self.begin_next();
                        return fault.map(Err);
                    }
                    Message::Start(_) => return None,
                },
            }
        }
    }

    /// Leaves the rest of the current chunk unread.
    fn pass_over(&mut self) -> Option<()> {
        loop {
            if let Message::End(_) = self.receive()? {
                self.begin_next();
                return Some(());
            }
        }
    }

    fn begin_next(&mut self) {
        self.current += 1;
        self.phase = Phase::Unknown;
        self.batch = Vec::new().into_iter();
    }

    fn receive(&self) -> Option<Message> {
        let worker = usize::try_from(self.current).unwrap_or_default() % self.workers.len();
        self.workers.get(worker)?.recv().ok()
    }
}

/// Reads every so-manieth chunk.
struct Worker {
    reader: Reader,
    size: u64,
    length: u64,
    sender: SyncSender<Message>,
}

impl Worker {
    /// Reads the chunks from `first` on, each `step` after the one before, until nobody listens.
    fn run(mut self, first: u64, step: u64) {
        let mut number = first;
        while number * self.size < self.length && self.read_chunk(number).is_some() {
            number += step;
        }
    }

    /// Reads one chunk; `None` once nobody listens.
    fn read_chunk(&mut self, number: u64) -> Option<()> {
        let (begin, end) = (number * self.size, (number + 1) * self.size);
        let found = if number == 0 {
            self.reader.jump(0).map(|()| true)
        } else {
            self.reader.jump_to_record_between(begin, end)
        };
        let start = found.unwrap_or(false).then(|| self.reader.position());
        self.send(Message::Start(start))?;
        let mut batch = Batch::default();
        let fault = loop {
            if start.is_none() || self.reader.position() >= end {
                break None;
            }
            match read_record(&mut self.reader) {
                Ok(Some(seen)) => batch.push(seen),
                Ok(None) => break None,
                Err(fault) => break Some(fault),
            }
            if batch.is_full() {
                self.send(Message::Records(std::mem::take(&mut batch).records))?;
            }
        };
        self.send(Message::Records(batch.records))?;
        self.send(Message::End(fault))
    }

    fn send(&self, message: Message) -> Option<()> {
        self.sender.send(message).ok()
    }
}

/// Records on their way from a worker.
#[derive(Default)]
struct Batch {
    records: Vec<Seen>,
    bytes: usize,
}

impl Batch {
    fn push(&mut self, seen: Seen) {
        self.bytes += seen.header_bytes();
        self.records.push(seen);
    }

    fn is_full(&self) -> bool {
        self.bytes >= BATCH_BYTES || self.records.len() >= BATCH_RECORDS
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn member(number: usize, block: &[u8]) -> Vec<u8> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        let header = format!(
            "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:{number}>\r\nWARC-Date: 2026-11-23T04:12:07Z\r\n\
             Content-Length: {}\r\n\r\n",
            block.len()
        );
        gzip.write_all(&[header.as_bytes(), block, b"\r\n\r\n"].concat()).unwrap();
        gzip.finish().unwrap()
    }

    /// Bytes that deflate stores as they are.
    fn noise(length: usize) -> Vec<u8> {
        let mut state = 1_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state.to_be_bytes()[0]
        };
        (0..length).map(|_| next()).collect()
    }

    /// The offsets of the records, and of the faults with what they are.
    fn walk(file: &[u8], workers: usize, chunk: u64) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, file).unwrap();
        let bytes = Bytes::of_file(&path).unwrap();
        std::thread::scope(|scope| {
            let mut records = Records::with(bytes, true, (workers, chunk), scope).unwrap();
            let mut seen = Vec::new();
            loop {
                let position = records.position();
                match records.next() {
                    Ok(Some(record)) => {
                        seen.push(format!("{position} {} {}", record.item(), record.member.digest));
                    }
                    Ok(None) => return seen,
                    Err(fault) => {
                        seen.push(format!("{position} {fault}"));
                        if !records.jump_to_record_after(position + 1) {
                            return seen;
                        }
                    }
                }
            }
        })
    }

    #[test]
    fn many_readers_see_what_one_sees() {
        let mut file = Vec::new();
        for number in 0..60 {
            file.extend(member(number, &noise(number * 97 % 700)));
        }
        // A record that is larger than chunks, and a body that looks like records itself.
        file.extend(member(60, &noise(9000)));
        let inner: Vec<u8> = (100..140).flat_map(|number| member(number, &noise(50))).collect();
        file.extend(member(61, &[noise(3000), inner.clone(), noise(3000), inner].concat()));
        file.extend(member(62, b"last"));
        let mut damaged = file.clone();
        for index in [500, 9_000, 20_000] {
            damaged[index] ^= 0xff;
        }
        let cut = &file[..file.len() - 5];
        for bytes in [&file[..], &damaged, cut, b"no record at all, and rather long for that"] {
            let alone = walk(bytes, 1, 1);
            assert!(!alone.is_empty());
            for (workers, chunk) in [(2, 700), (3, 64), (2, 5000), (5, 1500)] {
                assert_eq!(walk(bytes, workers, chunk), alone, "{workers} workers, chunks of {chunk}");
            }
        }
        assert_eq!(walk(&file, 2, 700).len(), 63);
    }
}
