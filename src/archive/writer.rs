//! Writes the captures of one run.

use std::collections::HashSet;
use std::io;
use std::sync::Arc;

use jiff::Timestamp;
use url::Url;
use uuid::Uuid;

use super::beside::Beside;
use super::capture::{Capture, Pending};
use super::cdxj::CdxLine;
use super::earlier::Earlier;
use super::error::ArchiveError;
use super::layout::{INDEX, warc_path};
use super::manifest::WarcEntry;
use super::open_warc::{Mark, OpenWarc, WarcFile};
use super::originals::{Original, Originals, Payload};
use super::record::{
    Draft, Event, Kept, Role, certificates_of, lookup_of, reference, repeated, text_of, warc_date,
};
use super::run::RunId;
use super::store::Folder;
use super::waiting::Slot;
use super::warc::Header;
use crate::digest::Digest;
use crate::fetch::{Chain, Response};

/// A file that has grown to this many bytes is closed, and the next one begun.
const ROTATE: u64 = 1 << 30;

/// As many bytes of records wait in memory at most, give or take an exchange.
const WAITING: u64 = 8 << 20;

/// What the first record of every WARC file says about the run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Program and version, `beleg/0.1.0`.
    pub software: String,
    /// `User-Agent` of the requests.
    pub user_agent: String,
    /// Who runs it, with an address to write to.
    pub operator: Option<String>,
    /// The collection that the run belongs to.
    pub is_part_of: Option<String>,
}

/// The WARC files of a finished run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunFiles {
    /// The run.
    pub run: RunId,
    /// Its files in their order.
    pub warcs: Vec<WarcFile>,
    /// The captures of earlier runs whose payloads this run found unchanged, by file and offset.
    pub originals: Vec<CdxLine>,
}

impl RunFiles {
    /// The files as a manifest lists them.
    pub fn entries(&self) -> Vec<Arc<WarcEntry>> {
        self.warcs.iter().map(|warc| Arc::clone(&warc.entry)).collect()
    }
}

/// Writes what one run captures. Dropped without [`Self::finish`], it leaves an open file that the next
/// [`Store::open`](super::Store::open) closes.
pub struct RunWriter {
    folder: Arc<Folder>,
    run: RunId,
    started: Timestamp,
    about: About,
    rotate: u64,
    warc: OpenWarc,
    warcinfo: Uuid,
    done: Vec<WarcFile>,
    /// What is on disk.
    acknowledged: Mark,
    originals: Originals,
    /// The certificates and addresses that were written: under which URI, and their digest.
    surroundings: HashSet<(String, Digest)>,
    keep_credentials: bool,
    /// Why what was appended since the last acknowledgement is gone, where it is: whoever asks for that is to hear it.
    lost: Option<ArchiveError>,
    /// Set where a failed write could not be taken back: nothing may follow it.
    broken: bool,
}

/// What a [`RunWriter`] is set back to where a write fails.
struct Saved {
    warc: Mark,
    originals: usize,
}

impl RunWriter {
    pub(super) fn begin(
        folder: Arc<Folder>,
        run: &RunId,
        started: Timestamp,
        about: &About,
    ) -> Result<Self, ArchiveError> {
        let (warc, warcinfo) = begin_file(&folder, run, started, about, 0)?;
        Ok(Self {
            originals: Originals::of(folder.root().to_owned()),
            acknowledged: warc.mark(),
            folder,
            run: run.clone(),
            started,
            about: about.clone(),
            rotate: ROTATE,
            warc,
            warcinfo,
            done: Vec::new(),
            surroundings: HashSet::new(),
            keep_credentials: false,
            lost: None,
            broken: false,
        })
    }

    /// Writes every exchange of `chain`: one entry of the result for each, `None` where there was no response. It is
    /// on disk once [`Self::acknowledge`] has returned. After an error nothing of it is in the archive; what was
    /// appended before is not touched, unless the file cannot be written: then the acknowledgement fails too.
    ///
    /// `page` is the URL of the page that needs what was fetched, where it is no source itself; `unchanged` the capture
    /// that still holds where the last response says so.
    pub fn append(
        &mut self,
        chain: &Chain,
        page: Option<&Url>,
        unchanged: Option<&Earlier>,
    ) -> Result<Vec<Option<Pending>>, ArchiveError> {
        self.rotate_if_full()?;
        // One that is written at once can fail at once, and is taken back then: what waits must not go with it.
        let mut bodies =
            chain.exchanges.iter().filter_map(|exchange| Some(&exchange.answer.as_ref().ok()?.body));
        if self.warc.waiting() > WAITING || bodies.any(|body| body.at_hand().is_none()) {
            self.write_waiting()?;
        }
        let saved = self.save()?;
        let role = page.map_or(Role::Source, |page| Role::RequisiteOf(page.as_str()));
        let appended = self.append_chain(chain, role, unchanged);
        self.take_back_unless(appended, &saved)
    }

    /// Writes the readable text of the page at `url`, which was captured as `capture`. As with [`Self::append`], it is
    /// on disk once it is acknowledged.
    pub fn append_text(&mut self, capture: &Capture, url: &Url, text: &str) -> Result<(), ArchiveError> {
        let saved = self.save()?;
        let draft = text_of(capture, url.as_str(), (self.warc.name(), self.warcinfo), text);
        let appended = self.warc.append(draft);
        self.take_back_unless(appended, &saved).map(drop)
    }

    /// Makes all that was appended last, whatever happens to the machine. After an error nothing is in the archive of
    /// all that was appended since the last acknowledgement.
    pub fn acknowledge(&mut self) -> Result<(), ArchiveError> {
        if let Some(lost) = self.lost.take() {
            return Err(lost);
        }
        self.refuse_if_broken()?;
        let acknowledged = self.warc.acknowledge().map_err(ArchiveError::write(self.warc.closed_path()));
        self.take_back_unless(acknowledged, &self.last_acknowledged())?;
        self.acknowledged = self.warc.mark();
        self.originals.acknowledge();
        Ok(())
    }

    /// [`Self::append`] and [`Self::acknowledge`].
    pub fn write(&mut self, chain: &Chain) -> Result<Vec<Option<Capture>>, ArchiveError> {
        let pending = self.append(chain, None, None)?;
        self.acknowledge()?;
        Ok(pending.into_iter().map(|pending| pending.and_then(Pending::captured)).collect())
    }

    /// Closes the last file and brings the index up to date.
    pub fn finish(mut self) -> Result<RunFiles, ArchiveError> {
        self.originals.acknowledge();
        let Self { folder, run, warc, mut done, originals, .. } = self;
        done.push(warc.close(|lines| folder.index(lines))?);
        Ok(RunFiles { run, warcs: done, originals: originals.into_earlier() })
    }

    /// Writes the cookies and credentials of requests too, where `keep` is set.
    #[must_use]
    pub fn keeping_credentials(mut self, keep: bool) -> Self {
        self.keep_credentials = keep;
        self
    }

    /// Rotates at `bytes` instead of a gigabyte.
    #[cfg(test)]
    pub(super) fn rotating_at(mut self, bytes: u64) -> Self {
        self.rotate = bytes;
        self
    }

    /// Compresses and writes what waits. Where that fails, all is gone that was appended since the last acknowledgement.
    fn write_waiting(&mut self) -> Result<(), ArchiveError> {
        self.refuse_if_lost()?;
        let written = self.warc.write_waiting().map_err(ArchiveError::write(self.warc.closed_path()));
        let written = self.take_back_unless(written, &self.last_acknowledged());
        self.lost = written.as_ref().err().map(ArchiveError::again);
        written
    }

    fn last_acknowledged(&self) -> Saved {
        Saved { warc: self.acknowledged.clone(), originals: 0 }
    }

    /// Begins the next file where this one is full. What is in the full one is on disk before.
    fn rotate_if_full(&mut self) -> Result<(), ArchiveError> {
        if self.warc.position() + self.warc.waiting() >= self.rotate {
            self.write_waiting()?;
        }
        if self.warc.position() < self.rotate {
            return Ok(());
        }
        self.acknowledge()?;
        let serial = u32::try_from(self.done.len() + 1).unwrap_or(u32::MAX);
        let (warc, warcinfo) = begin_file(&self.folder, &self.run, self.started, &self.about, serial)?;
        let full = std::mem::replace(&mut self.warc, warc);
        self.warcinfo = warcinfo;
        self.acknowledged = self.warc.mark();
        self.done.push(full.close(|lines| self.folder.index(lines))?);
        Ok(())
    }

    /// The present state, before something is appended to it.
    fn save(&self) -> Result<Saved, ArchiveError> {
        self.refuse_if_broken()?;
        self.refuse_if_lost()?;
        Ok(Saved { warc: self.warc.mark(), originals: self.originals.fresh() })
    }

    fn refuse_if_lost(&self) -> Result<(), ArchiveError> {
        self.lost.as_ref().map_or(Ok(()), |lost| Err(lost.again()))
    }

    fn refuse_if_broken(&self) -> Result<(), ArchiveError> {
        if self.broken {
            let source = io::Error::other("an earlier write to it failed and could not be taken back");
            return Err(ArchiveError::write(self.warc.closed_path())(source));
        }
        Ok(())
    }

    /// Sets the file back to what it was where `outcome` is an error.
    fn take_back_unless<T>(
        &mut self,
        outcome: Result<T, ArchiveError>,
        saved: &Saved,
    ) -> Result<T, ArchiveError> {
        if outcome.is_err() {
            self.originals.forget(saved.originals);
            // Some of them may be gone. To write one twice does no harm.
            self.surroundings.clear();
            self.broken = self.warc.cut_back(&saved.warc).is_err();
        }
        outcome
    }

    fn append_chain(
        &mut self,
        chain: &Chain,
        role: Role<'_>,
        unchanged: Option<&Earlier>,
    ) -> Result<Vec<Option<Pending>>, ArchiveError> {
        let mut captures = Vec::with_capacity(chain.exchanges.len());
        let (warc, warcinfo, keep_credentials) =
            (self.warc.name().to_owned(), self.warcinfo, self.keep_credentials);
        for (exchange, left) in chain.exchanges.iter().zip((0..chain.exchanges.len()).rev()) {
            let unchanged = unchanged.filter(|_| left == 0);
            let event = Event { exchange, warc: &warc, warcinfo, role, keep_credentials };
            let capture = if let Ok(response) = &exchange.answer {
                Some(self.append_exchange(&event, response, unchanged)?)
            } else {
                self.warc.append(event.metadata(None, Kept::Whole))?;
                None
            };
            self.append_surroundings(&event)?;
            captures.push(capture);
        }
        Ok(captures)
    }

    /// Response, request and metadata, next to each other: indexers pair records by their neighbours. What an earlier run has
    /// written beside the original is not written again: a page that has not changed takes a revisit and nothing else.
    fn append_exchange(
        &mut self,
        event: &Event<'_>,
        response: &Response,
        unchanged: Option<&Earlier>,
    ) -> Result<Pending, ArchiveError> {
        let url = event.exchange.url.as_str();
        let (digest, payload, original) = self.recognise(url, response, unchanged)?;
        let kept = match &original {
            Some(original) if unchanged.is_some() => Kept::Word(original, digest),
            Some(original) => Kept::Head(original),
            None => Kept::Whole,
        };
        let draft = event.response(response, kept);
        let (record, date) = (draft.id, event.date());
        let slot: Slot = self.warc.append(draft)?;
        let (request, metadata) = (event.request(record), event.metadata(Some(record), kept));
        let beside = self.beside(original.as_ref());
        if !beside.as_ref().is_some_and(|beside| beside.has_request(&request)) {
            self.warc.append(request)?;
        }
        if !beside.as_ref().is_some_and(|beside| beside.has_facts(&metadata)) {
            self.warc.append(metadata)?;
        }
        let (warc, revisit) = (event.warc.to_owned(), original.is_some());
        if response.truncated.is_none() {
            let own =
                || Original { id: record, url: url.to_owned(), date, warc: warc.clone(), earlier: None };
            self.originals.note(payload, original.unwrap_or_else(own));
        }
        Ok(Pending { warc, record, digest, date, revisit, slot })
    }

    /// What stands beside the `original`, where that is of an earlier run.
    fn beside(&self, original: Option<&Original>) -> Option<Beside> {
        Beside::of(self.folder.root(), original?.earlier.as_ref()?)
    }

    /// The payload of a response by its digest, and the earlier capture that has it.
    fn recognise(
        &self,
        url: &str,
        response: &Response,
        unchanged: Option<&Earlier>,
    ) -> Result<(Digest, Payload, Option<Original>), ArchiveError> {
        if let Some(earlier) = unchanged {
            return Ok((earlier.digest(), earlier.payload(), Some(earlier.original().clone())));
        }
        let digest = response.body.digest();
        let payload = Payload::new(url, digest, response.body.len());
        // A body that ends before its end is the same as no other.
        let original = if response.truncated.is_none() { self.original(url, &payload)? } else { None };
        Ok((digest, payload, original))
    }

    /// An earlier capture of the `payload` that `url` sent.
    fn original(&self, url: &str, payload: &Payload) -> Result<Option<Original>, ArchiveError> {
        let found = self.originals.find(url, payload);
        found.map_err(ArchiveError::read(&self.folder.root().join(INDEX)))
    }

    /// The certificates of the server and the addresses of its name, each once a run.
    fn append_surroundings(&mut self, event: &Event<'_>) -> Result<(), ArchiveError> {
        for draft in [certificates_of(event), lookup_of(event)].into_iter().flatten() {
            let target = draft.header.target().unwrap_or_default().to_owned();
            let digest = Digest::of(&draft.head);
            if !self.surroundings.insert((target.clone(), digest)) {
                continue;
            }
            let payload = Payload::new(&target, digest, draft.head.len() as u64);
            match self.original(&target, &payload)? {
                Some(original) => {
                    self.warc.append(repeated(&draft, &original, event.warc))?;
                    self.originals.note(payload, original);
                }
                None => {
                    self.warc.append(draft)?;
                }
            }
        }
        Ok(())
    }
}

/// Creates a file and writes its first record.
fn begin_file(
    folder: &Folder,
    run: &RunId,
    started: Timestamp,
    about: &About,
    serial: u32,
) -> Result<(OpenWarc, Uuid), ArchiveError> {
    let mut warc = OpenWarc::create(folder.root(), warc_path(run, started, serial))?;
    let draft = warcinfo(warc.name(), run, started, about);
    let id = draft.id;
    let written =
        warc.append(draft).and_then(|_| warc.acknowledge().map_err(ArchiveError::write(warc.closed_path())));
    if let Err(error) = written {
        warc.discard();
        return Err(error);
    }
    Ok((warc, id))
}

/// The record that says what the file is (WARC 1.1 §6.2).
fn warcinfo(name: &str, run: &RunId, started: Timestamp, about: &About) -> Draft<'static> {
    let mut fields = Header::default();
    fields.push("software", &about.software);
    fields.push("format", "WARC File Format 1.1");
    fields.push(
        "conformsTo",
        "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    );
    fields.push("http-header-user-agent", &about.user_agent);
    if let Some(operator) = &about.operator {
        fields.push("operator", operator);
    }
    if let Some(collection) = &about.is_part_of {
        fields.push("isPartOf", collection);
    }
    fields.push("description", format!("captures of run {run}"));
    let head = fields.to_fields();
    let id = Uuid::new_v4();
    let mut header = Header::default();
    header.push("WARC-Type", "warcinfo");
    header.push("WARC-Record-ID", reference(id));
    header.push("WARC-Date", warc_date(started));
    header.push("WARC-Filename", name.rsplit('/').next().unwrap_or_default());
    header.push("Content-Type", "application/warc-fields");
    header.push("WARC-Block-Digest", Digest::of(&head).labelled());
    Draft { id, header, head, body: None }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::{BufReader, Read as _};
    use std::path::Path;

    use super::super::sample::{
        about, exchange, lost_page, now, page, redirected_page, response, run, secure_page, text,
    };
    use super::super::store::Store;
    use super::super::verify::verify;
    use super::super::warc::WarcReader;
    use super::*;
    use crate::fetch::{End, Exchange, Protocol, RobotsFacts, Truncation};

    /// The headers and blocks of a WARC file.
    type Records = Vec<(Header, String)>;

    fn records(path: &Path) -> Records {
        let mut reader = WarcReader::new(BufReader::new(File::open(path).unwrap()));
        let mut records = Vec::new();
        while let Some(mut record) = reader.next_record().unwrap() {
            let mut block = Vec::new();
            record.read_to_end(&mut block).unwrap();
            records.push((record.header().clone(), String::from_utf8_lossy(&block).into_owned()));
            record.finish().unwrap();
        }
        records
    }

    /// What is written of `chains`, and where.
    fn written(chains: &[Chain]) -> (Records, Vec<Vec<Option<Capture>>>) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let mut writer = store.begin(&run(), now(), &about()).unwrap();
        let captures = chains.iter().map(|chain| writer.write(chain).unwrap()).collect();
        let files = writer.finish().unwrap();
        (records(&folder.path().join(&files.warcs[0].entry.path)), captures)
    }

    #[test]
    fn every_exchange_is_kept_with_the_facts_about_it() {
        let (records, captures) = written(&[redirected_page(b"hello")]);
        let kinds: Vec<_> = records.iter().map(|(header, _)| header.kind()).collect();
        let expected =
            ["warcinfo", "metadata", "response", "request", "metadata", "response", "request", "metadata"];
        assert_eq!(kinds, expected);
        assert_eq!(captures[0].iter().map(Option::is_some).collect::<Vec<_>>(), [false, true, true]);
        let (_, attempt) = &records[1];
        assert_eq!(
            attempt,
            "fetchTimeMs: 42\r\nfailure: timeout\r\nfailure-detail: no answer within 10 s\r\n"
        );
        let (header, block) = &records[5];
        assert_eq!(
            block,
            "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nX-Orig-Transfer-Encoding: chunked\r\n\r\nhello"
        );
        assert_eq!(header.get("WARC-Payload-Digest"), Some(&*Digest::of(b"hello").labelled()));
        assert_eq!(header.get("WARC-Block-Digest"), Some(&*Digest::of(block.as_bytes()).labelled()));
        assert_eq!(header.get("WARC-Date"), Some("2026-11-23T04:12:07.123Z"));
        assert_eq!(header.get("WARC-IP-Address"), Some("192.0.2.7"));
        assert_eq!(header.get("WARC-Protocol"), Some("http/1.1"));
        assert_eq!(header.get("WARC-Warcinfo-ID"), records[0].0.get("WARC-Record-ID"));
        let (metadata, facts) = &records[7];
        assert_eq!(metadata.get("WARC-Concurrent-To"), header.get("WARC-Record-ID"));
        assert!(facts.starts_with("via: https://www.example.org/old?b=2&a=1\r\n"), "{facts}");
        assert!(facts.contains("changed: transfer coding removed"), "{facts}");
        assert!(!records[4].1.contains("via:"), "a retry is no redirect: {}", records[4].1);
    }

    #[test]
    fn secrets_of_the_request_are_left_out_and_that_is_said() {
        let (records, _) = written(&[page("https://example.org/a?b", b"hello")]);
        assert_eq!(
            records[2].1,
            "GET /a?b HTTP/1.1\r\nhost: example.org\r\naccept-encoding: identity\r\n\r\n"
        );
        assert!(records[3].1.contains("changed: request field cookie left out"), "{}", records[3].1);
    }

    #[test]
    fn what_a_server_sets_is_kept_unless_it_goes_to_somebody_with_a_name() {
        let head_and_changes = |named: bool, kept: bool| {
            let mut answer =
                exchange("https://example.org/a", Ok(response(200, &[("set-cookie", "s=1")], b"")));
            answer.request_headers.retain(|(name, _)| named || name != "cookie");
            let folder = tempfile::tempdir().unwrap();
            let store = Store::open(folder.path()).unwrap();
            let mut writer = store.begin(&run(), now(), &about()).unwrap().keeping_credentials(kept);
            writer.write(&Chain { exchanges: vec![answer], end: End::Answered }).unwrap();
            let files = writer.finish().unwrap();
            let records = records(&folder.path().join(&files.warcs[0].entry.path));
            let changed = records[3].1.contains("changed: response field set-cookie left out");
            (
                records[1].1.contains("set-cookie: s=1"),
                records[2].1.contains("cookie: session=secret"),
                changed,
            )
        };
        assert_eq!(head_and_changes(false, false), (true, false, false));
        assert_eq!(head_and_changes(true, false), (false, false, true));
        assert_eq!(head_and_changes(true, true), (true, true, false));
    }

    #[test]
    fn the_first_record_says_who_made_the_file_and_cannot_be_forged() {
        let (records, _) = written(&[]);
        let (header, fields) = &records[0];
        assert_eq!(header.get("WARC-Filename"), Some("20261123T041207Z-9f3c-00000.warc.gz"));
        for line in ["software: beleg/0.1.0", "operator: Desk  WARC-Type: forged", "isPartOf: synthetic"] {
            assert!(fields.lines().any(|field| field == line), "{fields}");
        }
    }

    #[test]
    fn the_same_payload_is_kept_once() {
        let body = text(2000);
        let chains = ["https://example.org/a", "https://example.org/b"].map(|url| page(url, &body));
        let (records, captures) = written(&chains);
        let (original, revisit) = (captures[0][0].as_ref().unwrap(), captures[1][0].as_ref().unwrap());
        assert_eq!((original.revisit, revisit.revisit), (false, true));
        assert_eq!(original.digest, revisit.digest);
        let (header, block) = &records[4];
        assert_eq!(header.kind(), "revisit");
        assert_eq!(header.get("WARC-Refers-To"), Some(&*reference(original.record)));
        assert_eq!(header.get("WARC-Refers-To-Target-URI"), Some("https://example.org/a"));
        assert_eq!(header.get("WARC-Refers-To-Date"), Some("2026-11-23T04:12:07.123Z"));
        assert_eq!(header.get("WARC-Truncated"), Some("length"));
        assert!(block.ends_with("\r\n\r\n"), "{block}");
        let (records, _) = written(&chains.map(|chain| page(chain.exchanges[0].url.as_str(), b"tiny")));
        assert!(records.iter().all(|(header, _)| header.kind() != "revisit"));
    }

    #[test]
    fn a_second_run_over_the_same_pages_adds_revisits_of_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let chains = [page("https://example.org/a", &text(30_000)), redirected_page(b"tiny")];
        let store = Store::open(folder.path()).unwrap();
        let runs = [1, 2].map(|n| {
            let mut writer = store.begin(&RunId::new(now(), n), now(), &about()).unwrap();
            let captures = chains.each_ref().map(|chain| writer.write(chain).unwrap());
            (captures, writer.finish().unwrap())
        });
        let [(first, _), (second, files)] = &runs;
        assert!(first.iter().flatten().flatten().all(|capture| !capture.revisit));
        let revisits: Vec<_> = second.iter().flatten().flatten().map(|capture| capture.revisit).collect();
        assert_eq!(revisits, [true, true, true], "a redirect without a body repeats that it has none");
        let places: Vec<_> = files.originals.iter().map(|line| line.facts.url.as_str()).collect();
        let old = "https://www.example.org/old?b=2&a=1";
        assert_eq!(places, ["https://example.org/a", old, "https://example.org/new"]);
        let records = records(&folder.path().join(&files.warcs[0].entry.path));
        let kinds: Vec<_> = records.iter().map(|(header, _)| header.kind()).collect();
        assert_eq!(
            kinds,
            ["warcinfo", "revisit", "metadata", "revisit", "revisit"],
            "the rest stands beside the originals, save for the attempt that failed"
        );
        let revisit = &records[1].0;
        assert_eq!(revisit.get("WARC-Refers-To"), None, "validators look for it in the same file");
        assert_eq!(revisit.get("WARC-Refers-To-Target-URI"), Some("https://example.org/a"));
        assert_eq!(revisit.get("WARC-Refers-To-Date"), Some("2026-11-23T04:12:07.123Z"));
        verify(folder.path(), &mut |checked| {
            assert_eq!(checked.outcome, super::super::verify::Outcome::NotCheckable, "{checked:?}");
        })
        .unwrap();
    }

    #[test]
    fn a_page_that_is_asked_for_otherwise_is_told_of_again() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let chain = page("https://example.org/a", &text(3000));
        let run = |number, change: &dyn Fn(&mut Exchange)| {
            let mut chain = chain.clone();
            change(&mut chain.exchanges[0]);
            let mut writer = store.begin(&RunId::new(now(), number), now(), &about()).unwrap();
            let capture = writer.write(&chain).unwrap().pop().flatten().unwrap();
            let files = writer.finish().unwrap();
            (capture, records(&folder.path().join(&files.warcs[0].entry.path)))
        };
        let (original, _) = run(1, &|_| ());
        let (_, slower) = run(2, &|exchange| exchange.elapsed *= 2);
        assert_eq!(slower.len(), 2, "times alone are not told again");
        let other_request = |exchange: &mut Exchange| {
            exchange.request_headers.push(("accept-language".into(), "de".into()));
        };
        let robots = RobotsFacts { allowed: true, rule: None, crawl_delay: None, status: Some(404) };
        let other_way = |exchange: &mut Exchange| exchange.robots = Some(robots.clone());
        let kinds = |records: &Records| -> Vec<String> {
            records.iter().map(|(header, _)| header.kind().to_owned()).collect()
        };
        let (_, asked_otherwise) = run(3, &other_request);
        assert_eq!(kinds(&asked_otherwise), ["warcinfo", "revisit", "request"]);
        let (_, went_otherwise) = run(4, &other_way);
        assert_eq!(kinds(&went_otherwise), ["warcinfo", "revisit", "metadata"]);
        let named =
            format!("original: {}\r\noriginal-file: {}\r\n", reference(original.record), original.warc);
        assert!(went_otherwise[2].1.ends_with(&named), "{}", went_otherwise[2].1);
    }

    #[test]
    fn certificates_and_addresses_are_stored_once_across_runs() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let runs = [["192.0.2.7", "2001:db8::7"], ["2001:db8::7", "192.0.2.7"]].map(|addresses| {
            let run = RunId::new(now(), u16::try_from(addresses[0].len()).unwrap());
            let mut writer = store.begin(&run, now(), &about()).unwrap();
            writer.write(&secure_page("https://example.org/a", &text(3000), addresses)).unwrap();
            writer.write(&secure_page("https://example.org/b", &text(4000), addresses)).unwrap();
            let files = writer.finish().unwrap();
            let records = records(&folder.path().join(&files.warcs[0].entry.path));
            let beside = records.into_iter().filter(|(header, _)| !header.holds_http());
            let beside = beside.map(|(header, block)| (header.kind().to_owned(), header, block));
            let found = |uri: &str| {
                let mut of_it =
                    beside.clone().filter(|(_, header, _)| header.target().is_some_and(|it| it == uri));
                let (kind, _, block) = of_it.next().unwrap();
                assert!(of_it.next().is_none(), "{uri} once a run");
                (kind, block)
            };
            [found("dns:example.org"), found("urn:beleg:certificates:https://example.org")]
        });
        let [[addresses, certificates], repeated] = runs;
        assert_eq!(addresses.0, "resource");
        assert_eq!(addresses.1, "example.org.\tIN\tA\t192.0.2.7\nexample.org.\tIN\tAAAA\t2001:db8::7\n");
        assert!(certificates.1.starts_with("-----BEGIN CERTIFICATE-----"), "{}", certificates.1);
        assert_eq!(repeated, [(); 2].map(|()| ("revisit".to_owned(), String::new())));
        verify(folder.path(), &mut |checked| {
            assert_eq!(checked.outcome, super::super::verify::Outcome::NotCheckable, "{checked:?}");
        })
        .unwrap();
    }

    #[test]
    fn what_cannot_be_written_takes_nothing_else_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let mut writer = store.begin(&run(), now(), &about()).unwrap();
        let [before, after] = ["a", "c"].map(|name| page(&format!("https://example.org/{name}"), b"short"));
        let lost = lost_page("https://example.org/lost");
        let outcomes = [&before, &lost, &after].map(|chain| writer.append(chain, None, None).is_ok());
        assert_eq!(outcomes, [true, false, true], "the body in the middle is gone from its temporary file");
        writer.acknowledge().unwrap();
        let files = writer.finish().unwrap();
        let urls: Vec<_> =
            files.warcs[0].lines.iter().map(|line| CdxLine::parse(line).unwrap().facts.url).collect();
        assert_eq!(urls, ["https://example.org/a", "https://example.org/c"]);
        let verification = verify(folder.path(), &mut |_| ()).unwrap();
        assert!(verification.is_right(), "{verification:?}");
    }

    #[test]
    fn an_original_that_is_gone_is_stored_again() {
        let folder = tempfile::tempdir().unwrap();
        let chain = page("https://example.org/a", &text(3000));
        let store = Store::open(folder.path()).unwrap();
        let captured = |n| {
            let mut writer = store.begin(&RunId::new(now(), n), now(), &about()).unwrap();
            let capture = writer.write(&chain).unwrap()[0].clone().unwrap();
            writer.finish().unwrap();
            capture
        };
        std::fs::remove_file(folder.path().join(captured(1).warc)).unwrap();
        assert!(!captured(2).revisit);
        assert!(captured(3).revisit);
    }

    #[test]
    fn a_body_that_broke_off_is_marked_and_its_length_stated() {
        let mut cut = response(200, &[("content-length", "9000")], &text(2000));
        cut.truncated = Some(Truncation::Disconnect);
        cut.protocol = Protocol::Http2;
        let chain = || Chain {
            exchanges: vec![exchange("https://example.org/", Ok(cut.clone()))],
            end: End::Answered,
        };
        let (records, _) = written(&[chain(), chain()]);
        let (header, block) = &records[4];
        assert_eq!((header.kind(), header.get("WARC-Truncated")), ("response", Some("disconnect")));
        assert_eq!(header.get("WARC-Protocol"), Some("h2"));
        assert!(
            block.starts_with(
                "HTTP/1.1 200 OK\r\nX-Orig-Content-Length: 9000\r\nContent-Length: 2000\r\n\r\n"
            )
        );
    }

    #[test]
    fn full_files_are_closed_and_references_reach_across_them() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let mut writer = store.begin(&run(), now(), &about()).unwrap().rotating_at(1);
        let body = text(3000);
        for n in 0..3 {
            writer.write(&page(&format!("https://example.org/{n}"), &body)).unwrap();
        }
        let files = writer.finish().unwrap();
        assert_eq!(files.warcs.len(), 4);
        assert!(files.warcs[3].entry.path.ends_with("-00003.warc.gz"));
        let mut listed = Vec::new();
        let verification = verify(folder.path(), &mut |checked| listed.push(checked)).unwrap();
        assert!(verification.is_right(), "{listed:#?}");
        assert_eq!(verification.right["revisit reference"], 2);
        assert_eq!(verification.right["index line"], 3);
    }
}
