//! Checks one record: its header, and the digests of its block and payload.

use std::io::BufRead;

use super::chunked::Dechunker;
use super::digests::{AnyHasher, Stated, Unreadable};
use super::outcome::Findings;
use crate::archive::warc::{Fault, Header, HttpHead, Member, Record, read_head};

/// What came of a stated digest: what is right, or why it is not. `None` where none is stated.
type Told = Option<Result<&'static str, Failure>>;

/// Why a digest is not right.
enum Failure {
    /// It is of other bytes.
    Other,
    /// It is of no bytes at all, and stands in a revisit: wget (1.21.3) states that of every one.
    Nothing,
    /// It cannot be read, or not be computed.
    Unreadable(Unreadable),
}

impl Failure {
    fn report(&self, (file, item, what): (&str, &str, &'static str), findings: &mut Findings<'_>) {
        match self {
            Self::Other => findings.wrong(file, item, what, "is not the digest that the record states"),
            Self::Nothing => {
                let detail = "is the digest of nothing, which is what wget states of revisits";
                findings.not_checkable(file, item, what, detail);
            }
            Self::Unreadable(why @ Unreadable::Algorithm(_)) => {
                findings.not_checkable(file, item, what, why.to_string());
            }
            Self::Unreadable(why) => findings.wrong(file, item, what, why.to_string()),
        }
    }
}

/// A whole record that was read.
pub(super) struct Seen {
    pub(super) header: Header,
    pub(super) http: Option<HttpHead>,
    pub(super) member: Member,
    is_compressed: bool,
    head_bytes: usize,
    block: Told,
    payload: Told,
}

impl Seen {
    /// Reads a record to its end, taking the digests that it states.
    pub(super) fn read<R: BufRead>(mut record: Record<'_, R>) -> Result<Self, Fault> {
        let mut hashers = Hashers::of(record.header());
        let is_compressed = record.is_compressed();
        let mut head_bytes = 0;
        let http = if record.header().holds_http() {
            let head = read_head(&mut record)?;
            hashers.block(&head);
            head_bytes = head.len();
            Some(HttpHead::parse(&head))
        } else {
            None
        };
        if http.as_ref().is_some_and(HttpHead::is_chunked) {
            hashers.expect_chunks();
        }
        loop {
            let piece = record.fill_buf()?;
            if piece.is_empty() {
                break;
            }
            let length = piece.len();
            hashers.body(piece);
            record.consume(length);
        }
        let (header, member) = record.finish()?;
        let (block, payload) = hashers.outcome();
        Ok(Self { header, http, member, is_compressed, head_bytes, block, payload })
    }

    /// About how many bytes this takes in memory.
    pub(super) fn header_bytes(&self) -> usize {
        self.header.size() + self.head_bytes
    }

    /// How messages name the record.
    pub(super) fn item(&self) -> String {
        record_at(self.header.record_id().unwrap_or_default(), self.member.offset)
    }

    /// Reports on everything that can be said without other records.
    pub(super) fn report(&self, file: &str, findings: &mut Findings<'_>) {
        findings.right(file, if self.is_compressed { "gzip member" } else { "record" });
        match fault_of(&self.header) {
            None => findings.right(file, "record header"),
            Some(detail) => findings.wrong(file, &self.item(), "record header", detail),
        }
        match &self.block {
            Some(Ok(what)) => findings.right(file, what),
            Some(Err(failure)) => failure.report((file, &self.item(), "block digest"), findings),
            None => {
                findings.not_checkable(file, &self.item(), "block digest", "the record states none");
            }
        }
        match &self.payload {
            Some(Ok(what)) => findings.right(file, what),
            Some(Err(failure)) => failure.report((file, &self.item(), "payload digest"), findings),
            None => (),
        }
    }
}

/// How messages name a record.
pub(super) fn record_at(id: &str, offset: u64) -> String {
    format!("record {id} at offset {offset}")
}

/// What is wrong with the fields of a header whose syntax is right.
fn fault_of(header: &Header) -> Option<String> {
    let id = header.get("WARC-Record-ID").unwrap_or_default();
    if !(id.starts_with('<') && id.ends_with('>') && id.contains(':')) {
        return Some(format!("WARC-Record-ID {id:?} is not a URI in angle brackets"));
    }
    let date = header.get("WARC-Date").unwrap_or_default();
    if date.parse::<jiff::Timestamp>().is_err() {
        return Some(format!("WARC-Date {date:?} is not a date"));
    }
    let has_target = matches!(header.kind(), "response" | "request" | "revisit" | "resource" | "conversion");
    if has_target && header.target().is_none() {
        return Some(format!("a {} record needs WARC-Target-URI", header.kind()));
    }
    if header.kind() == "revisit" && header.get("WARC-Profile").is_none() {
        return Some("a revisit record needs WARC-Profile".to_owned());
    }
    None
}

/// The digests of one record while it is read. A record with the chunked coding in its block has two payloads in
/// the wild: with the coding, as wget and warcio write it, and without, as WARC 1.1 has it.
struct Hashers {
    block: Option<Result<(Stated, AnyHasher), Unreadable>>,
    payload: Option<Result<(Stated, AnyHasher), Unreadable>>,
    without_chunks: Option<(AnyHasher, Dechunker)>,
    is_revisit: bool,
}

impl Hashers {
    fn of(header: &Header) -> Self {
        let stated = |name: &str| {
            let stated = Stated::parse(header.get(name)?);
            Some(stated.map(|stated| (stated.clone(), stated.hasher())))
        };
        let block = stated("WARC-Block-Digest");
        // The payload of a revisit is elsewhere.
        let is_revisit = header.kind() == "revisit";
        let payload = if is_revisit { None } else { stated("WARC-Payload-Digest") };
        Self { block, payload, without_chunks: None, is_revisit }
    }

    fn expect_chunks(&mut self) {
        if let Some(Ok((stated, _))) = &self.payload {
            self.without_chunks = Some((stated.hasher(), Dechunker::default()));
        }
    }

    /// Takes in a piece of the block that is no payload.
    fn block(&mut self, bytes: &[u8]) {
        if let Some(Ok((_, hasher))) = &mut self.block {
            hasher.update(bytes);
        }
    }

    /// Takes in a piece of the block that is payload.
    fn body(&mut self, bytes: &[u8]) {
        self.block(bytes);
        if let Some(Ok((_, hasher))) = &mut self.payload {
            hasher.update(bytes);
        }
        if let Some((hasher, dechunker)) = &mut self.without_chunks {
            dechunker.push(bytes, |data| hasher.update(data));
        }
    }

    /// The outcome for the block and for the payload.
    fn outcome(self) -> (Told, Told) {
        let block = self.block.map(|stated| {
            let (stated, hasher) = stated.map_err(Failure::Unreadable)?;
            if stated.is(hasher) {
                Ok("block digest")
            } else if self.is_revisit && stated.is(stated.hasher()) {
                Err(Failure::Nothing)
            } else {
                Err(Failure::Other)
            }
        });
        let payload = self.payload.map(|stated| {
            let (stated, as_stored) = stated.map_err(Failure::Unreadable)?;
            if let Some((hasher, dechunker)) = self.without_chunks
                && dechunker.is_sound()
                && stated.is(hasher)
            {
                return Ok("payload digest, transfer coding removed");
            }
            if stated.is(as_stored) { Ok("payload digest") } else { Err(Failure::Other) }
        });
        (block, payload)
    }
}
