//! Records that wait to be written: compressed together, on all cores.
//!
//! Compression takes most of the time that writing takes, and each record is a member of its own.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, OnceLock};
use std::{iter, thread};

use uuid::Uuid;

use super::record::Draft;
use super::warc::{Deflater, Header, Member, Packed, pack};
use crate::digest::Hasher;
use crate::fetch::Body;

/// How many bytes are worth a further thread: starting one takes as long as compressing a few thousand.
const WORTH_A_THREAD: u64 = 64 << 10;
/// The most threads. Beyond these the disk is what takes the time.
const MOST_THREADS: usize = 4;
/// How many threads work at once. The system reads files to tell, too many for a batch of some milliseconds.
static THREADS: LazyLock<usize> =
    LazyLock::new(|| thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS));

/// Where a record is found, once it was written.
pub(super) type Slot = Arc<OnceLock<Member>>;

/// A record that waits.
pub(super) struct Waiting {
    pub(super) id: Uuid,
    pub(super) header: Header,
    pub(super) head: Vec<u8>,
    body: Option<Body>,
    pub(super) slot: Slot,
}

impl Waiting {
    pub(super) fn new(draft: Draft<'_>) -> Self {
        let Draft { id, header, head, body } = draft;
        Self { id, header, head, body: body.cloned(), slot: Slot::default() }
    }

    /// How many bytes its block holds.
    pub(super) fn length(&self) -> u64 {
        self.head.len() as u64 + self.body.as_ref().map_or(0, Body::len)
    }

    fn pack(&self, deflater: &mut Deflater) -> io::Result<Packed> {
        let Some(body) = &self.body else { return pack(deflater, self.header.clone(), &self.head, &[]) };
        let body = body.at_hand().ok_or(io::ErrorKind::UnexpectedEof)?;
        let mut header = self.header.clone();
        push_block_digest(&mut header, &self.head, body)?;
        pack(deflater, header, &self.head, body)
    }
}

/// States the digest of a block of `head` and `body`.
pub(super) fn push_block_digest(header: &mut Header, head: &[u8], mut body: impl io::Read) -> io::Result<()> {
    let mut hasher = Hasher::default();
    hasher.update(head);
    io::copy(&mut body, &mut hasher)?;
    header.push("WARC-Block-Digest", hasher.finish().labelled());
    Ok(())
}

/// Compresses each of `waiting`; the members come in their order. `deflaters` are kept from call to call.
pub(super) fn pack_all(deflaters: &mut Vec<Deflater>, waiting: &[Waiting]) -> io::Result<Vec<Packed>> {
    let bytes: u64 = waiting.iter().map(Waiting::length).sum();
    let worth = usize::try_from(bytes / WORTH_A_THREAD).unwrap_or(usize::MAX);
    let further = worth.min(*THREADS).saturating_sub(1);
    deflaters.resize_with(deflaters.len().max(further + 1), Deflater::default);
    let next = AtomicUsize::new(0);
    let work = |deflater: &mut Deflater| -> io::Result<Vec<(usize, Packed)>> {
        let mine = iter::from_fn(|| {
            let number = next.fetch_add(1, Ordering::Relaxed);
            Some((number, waiting.get(number)?))
        });
        mine.map(|(number, one)| Ok((number, one.pack(deflater)?))).collect()
    };
    let mut packed = thread::scope(|scope| {
        let mut deflaters = deflaters.iter_mut();
        let own = deflaters.next().map(|deflater| (deflater, &work));
        // Where the system gives no further thread, this one does their work.
        let start = |deflater| thread::Builder::new().spawn_scoped(scope, || work(deflater)).ok();
        let threads: Vec<_> = deflaters.take(further).map_while(start).collect();
        let mut packed = own.map_or(Ok(Vec::new()), |(deflater, work)| work(deflater))?;
        for thread in threads {
            packed.extend(thread.join().map_err(|_| io::Error::other("a thread stopped early"))??);
        }
        Ok::<_, io::Error>(packed)
    })?;
    packed.sort_unstable_by_key(|(number, _)| *number);
    Ok(packed.into_iter().map(|(_, packed)| packed).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(number: usize, body: &Body) -> Waiting {
        let mut header = Header::default();
        header.push("WARC-Type", "response");
        header.push("WARC-Target-URI", format!("https://example.org/{number}"));
        let head = format!("HTTP/1.1 200 OK\r\nX-Number: {number}\r\n\r\n").into_bytes();
        Waiting::new(Draft {
            id: Uuid::nil(),
            header,
            head,
            body: (!number.is_multiple_of(3)).then_some(body),
        })
    }

    #[test]
    fn members_come_in_the_order_of_their_records_whoever_packs_them() {
        let bodies = [Body::from_bytes(&vec![7; 40_000]), Body::from_bytes(b"short")];
        let waiting: Vec<Waiting> = (0..60).map(|number| waiting(number, &bodies[number % 2])).collect();
        let mut deflaters = Vec::new();
        let packed = pack_all(&mut deflaters, &waiting).unwrap();
        let mut alone = Deflater::default();
        let expected: Vec<Packed> = waiting.iter().map(|one| one.pack(&mut alone).unwrap()).collect();
        assert!(packed == expected);
        assert!(pack_all(&mut deflaters, &[]).unwrap().is_empty());
    }
}
