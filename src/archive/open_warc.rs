//! A WARC file while it is being written.

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use uuid::Uuid;

use super::cdx_lines::CdxLines;
use super::cdxj::CdxLine;
use super::durable::{create_folders, sync_folder_of};
use super::error::ArchiveError;
use super::layout::open_name;
use super::manifest::{RecordEntry, WarcEntry};
use super::record::Draft;
use super::waiting::{Slot, Waiting, pack_all, push_block_digest};
use super::warc::{Deflater, Header, HttpHead, Member, Target, write_member};
use crate::digest::{Digest, Hasher};
use crate::fetch::{Body, BodyReader};

/// How much is written at once, unless it is to last at once.
const BUFFER: usize = 256 << 10;

/// Records that may share a text with the next one.
const LOOKED_BACK: usize = 8;

/// A WARC file of a run: what it is called, what is in it, and the lines that it gives to the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WarcFile {
    /// Path, length, digest and records.
    pub entry: Arc<WarcEntry>,
    /// Its index lines, in the order of the records.
    pub lines: CdxLines,
}

/// A WARC file that is being written. Its name ends in `.open`.
pub(super) struct OpenWarc {
    /// Path once closed.
    closed: PathBuf,
    /// The same, relative to the archive folder.
    name: String,
    target: Target<BufWriter<File>>,
    /// One for each thread that compresses.
    deflaters: Vec<Deflater>,
    /// What was appended and is not compressed yet.
    waiting: Vec<Waiting>,
    records: Vec<RecordEntry>,
    lines: CdxLines,
}

/// A state of an [`OpenWarc`] that it can be set back to, as long as what waited then has not been written since.
#[derive(Clone)]
pub(super) struct Mark {
    position: u64,
    hasher: Hasher,
    waiting: usize,
    records: usize,
    lines: usize,
}

impl OpenWarc {
    /// Creates the file `name` below the folder `root`. It must not be there yet, open or closed.
    pub(super) fn create(root: &Path, name: String) -> Result<Self, ArchiveError> {
        let closed = root.join(&name);
        let file = create_new(&closed).map_err(ArchiveError::write(&closed))?;
        let target =
            Target { out: BufWriter::with_capacity(BUFFER, file), position: 0, hasher: Hasher::default() };
        Ok(Self {
            closed,
            name,
            target,
            deflaters: Vec::new(),
            waiting: Vec::new(),
            records: Vec::new(),
            lines: CdxLines::default(),
        })
    }

    /// Path of the file once it is closed.
    pub(super) fn closed_path(&self) -> &Path {
        &self.closed
    }

    /// Path relative to the archive folder once it is closed.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Bytes written so far.
    pub(super) fn position(&self) -> u64 {
        self.target.position
    }

    /// How many bytes wait to be compressed.
    pub(super) fn waiting(&self) -> u64 {
        self.waiting.iter().map(Waiting::length).sum()
    }

    /// Adds a record. It counts once [`Self::acknowledge`] has returned, and until then it may wait in memory. One whose
    /// body is not [at hand](Body::at_hand) is written here and now, after all that wait.
    pub(super) fn append(&mut self, draft: Draft<'_>) -> Result<Slot, ArchiveError> {
        if let Some(body) = draft.body.filter(|body| body.at_hand().is_none()) {
            self.write_waiting().map_err(ArchiveError::write(&self.closed))?;
            let member = self.append_with_body(&draft, body)?.map_err(ArchiveError::write(&self.closed))?;
            self.note(draft.id, &draft.header, &draft.head, member);
            return Ok(Arc::new(member.into()));
        }
        let waiting = Waiting::new(draft);
        let slot = Arc::clone(&waiting.slot);
        self.waiting.push(waiting);
        Ok(slot)
    }

    /// Compresses and writes all that wait.
    pub(super) fn write_waiting(&mut self) -> io::Result<()> {
        let waiting = std::mem::take(&mut self.waiting);
        let packed = pack_all(&mut self.deflaters, &waiting)?;
        for (one, packed) in waiting.iter().zip(packed) {
            let member = self.target.put(&packed)?;
            self.note(one.id, &one.header, &one.head, member);
            // It is written once.
            one.slot.set(member).ok();
        }
        Ok(())
    }

    /// Makes all that was appended last.
    pub(super) fn acknowledge(&mut self) -> io::Result<()> {
        self.write_waiting()?;
        self.target.out.flush()?;
        self.target.out.get_ref().sync_data()
    }

    /// The present state.
    pub(super) fn mark(&self) -> Mark {
        Mark {
            position: self.target.position,
            hasher: self.target.hasher.clone(),
            waiting: self.waiting.len(),
            records: self.records.len(),
            lines: self.lines.bytes(),
        }
    }

    /// Takes back all that was appended since `mark`, on disk and in memory. What came before stays, and stays where it
    /// is.
    pub(super) fn cut_back(&mut self, mark: &Mark) -> io::Result<()> {
        self.waiting.truncate(mark.waiting);
        let mut file = self.target.out.get_ref().try_clone()?;
        let torn =
            std::mem::replace(&mut self.target.out, BufWriter::with_capacity(BUFFER, file.try_clone()?));
        // Taken apart, a writer does not write what it still holds.
        let waiting = torn.into_parts().1.unwrap_or_default();
        let on_disk = self.target.position - waiting.len() as u64;
        file.set_len(mark.position.min(on_disk))?;
        file.seek(SeekFrom::End(0))?;
        let kept = usize::try_from(mark.position.saturating_sub(on_disk)).unwrap_or(usize::MAX);
        self.target.out.write_all(waiting.get(..kept).unwrap_or_default())?;
        self.target.position = mark.position;
        self.target.hasher = mark.hasher.clone();
        self.records.truncate(mark.records);
        self.lines.truncate(mark.lines);
        Ok(())
    }

    /// Removes the file, of which nothing counts yet.
    pub(super) fn discard(self) {
        // The error that leads here says more than one about the clean-up, and the next start removes what is left.
        fs::remove_file(open_name(&self.closed)).ok();
    }

    /// Gives the file its final name. `index` gets its lines first: what is closed is indexed, whatever happens.
    pub(super) fn close(
        mut self,
        index: impl FnOnce(&CdxLines) -> Result<(), ArchiveError>,
    ) -> Result<WarcFile, ArchiveError> {
        self.write_waiting().map_err(ArchiveError::write(&self.closed))?;
        self.target.out.flush().map_err(ArchiveError::write(&self.closed))?;
        self.target.out.get_ref().sync_all().map_err(ArchiveError::write(&self.closed))?;
        index(&self.lines)?;
        rename_closed(&self.closed).map_err(ArchiveError::write(&self.closed))?;
        let entry = Arc::new(WarcEntry {
            bytes: self.target.position,
            path: self.name,
            records: self.records,
            sha256: self.target.hasher.finish(),
        });
        Ok(WarcFile { entry, lines: self.lines })
    }

    fn append_with_body(
        &mut self,
        draft: &Draft<'_>,
        body: &Body,
    ) -> Result<io::Result<Member>, ArchiveError> {
        let url = draft.header.target().unwrap_or_default();
        let reader = body.reader().map_err(|source| ArchiveError::Body { url: url.to_owned(), source })?;
        let mut reader = Watched { reader, failed: false };
        let mut header = draft.header.clone();
        let digested = body.reader().and_then(|body| push_block_digest(&mut header, &draft.head, body));
        digested.map_err(|source| ArchiveError::Body { url: url.to_owned(), source })?;
        let Self { target, deflaters, .. } = self;
        deflaters.resize_with(deflaters.len().max(1), Deflater::default);
        let written = write_member(target, &mut deflaters[0], header, &draft.head, &mut reader, body.len());
        let short = matches!(&written, Err(error) if error.kind() == io::ErrorKind::UnexpectedEof);
        match written {
            Err(source) if reader.failed || short => Err(ArchiveError::Body { url: url.to_owned(), source }),
            written => Ok(written),
        }
    }

    fn note(&mut self, id: Uuid, header: &Header, head: &[u8], member: Member) {
        let http = header.holds_http().then(|| HttpHead::parse(head));
        self.lines.extend(CdxLine::of(header, http.as_ref(), &member, &self.name));
        self.records.push(RecordEntry {
            id,
            length: member.length,
            offset: member.offset,
            payload: header.get("WARC-Payload-Digest").and_then(|digest| Digest::parse(digest).ok()),
            sha256: member.digest,
            kind: shared(&self.records, |record| Some(&record.kind), header.kind()),
            url: header.target().map(|url| shared(&self.records, |record| record.url.as_ref(), url)),
        });
    }
}

/// `text`, shared with one of the last records where one has it: all records of an exchange have the same URL.
fn shared(records: &[RecordEntry], part: impl Fn(&RecordEntry) -> Option<&Arc<str>>, text: &str) -> Arc<str> {
    let last = records.iter().rev().take(LOOKED_BACK).filter_map(part);
    last.into_iter().find(|known| ***known == *text).map_or_else(|| text.into(), Arc::clone)
}

/// Gives an open file its final name, for good.
pub(super) fn rename_closed(closed: &Path) -> io::Result<()> {
    fs::rename(open_name(closed), closed)?;
    sync_folder_of(closed)
}

fn create_new(closed: &Path) -> io::Result<File> {
    if let Some(folder) = closed.parent() {
        create_folders(folder)?;
    }
    if closed.exists() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let file = File::create_new(open_name(closed))?;
    sync_folder_of(closed)?;
    Ok(file)
}

/// Tells an error of the body's temporary file from one of the WARC file.
struct Watched<'a> {
    reader: BodyReader<'a>,
    failed: bool,
}

impl io::Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer);
        self.failed |= read.is_err();
        read
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: &str) -> Draft<'static> {
        let mut header = Header::default();
        let id = Uuid::new_v4();
        header.push("WARC-Type", "resource");
        header.push("WARC-Record-ID", format!("<urn:uuid:{id}>"));
        header.push("WARC-Date", "2026-11-23T04:12:07Z");
        header.push("WARC-Target-URI", format!("urn:test:{text}"));
        Draft { id, header, head: text.as_bytes().to_vec(), body: None }
    }

    #[test]
    fn what_is_cut_back_leaves_no_trace() {
        let folder = tempfile::tempdir().unwrap();
        let mut warc = OpenWarc::create(folder.path(), "a/b.warc.gz".to_owned()).unwrap();
        warc.append(draft("kept")).unwrap();
        let mark = warc.mark();
        warc.append(draft("on disk")).unwrap();
        warc.acknowledge().unwrap();
        warc.append(draft("in memory")).unwrap();
        warc.cut_back(&mark).unwrap();
        warc.append(draft("after")).unwrap();
        let mark = warc.mark();
        warc.append(draft("in memory, like the one before")).unwrap();
        warc.cut_back(&mark).unwrap();
        let file = warc.close(|_| Ok(())).unwrap();
        assert_eq!(file.lines.iter().count(), 2);
        let bytes = fs::read(folder.path().join("a/b.warc.gz")).unwrap();
        assert_eq!((Digest::of(&bytes), bytes.len() as u64), (file.entry.sha256, file.entry.bytes));
        let mut reader = crate::archive::WarcReader::new(&bytes[..]);
        for entry in &file.entry.records {
            let (header, member) = reader.next_record().unwrap().unwrap().finish().unwrap();
            assert_eq!((header.target(), member.offset), (entry.url.as_deref(), entry.offset));
        }
        assert!(reader.next_record().unwrap().is_none());
    }

    #[test]
    fn what_a_full_disk_took_of_a_record_is_cut_off_too() {
        let folder = tempfile::tempdir().unwrap();
        let mut warc = OpenWarc::create(folder.path(), "a.warc.gz".to_owned()).unwrap();
        warc.append(draft("kept")).unwrap();
        warc.acknowledge().unwrap();
        let mark = warc.mark();
        // A write that fails halfway leaves bytes behind that nobody has counted.
        warc.target.out.get_ref().write_all(b"torn").unwrap();
        warc.append(draft("waiting")).unwrap();
        warc.cut_back(&mark).unwrap();
        let file = warc.close(|_| Ok(())).unwrap();
        let bytes = fs::read(folder.path().join("a.warc.gz")).unwrap();
        assert_eq!((Digest::of(&bytes), file.lines.iter().count()), (file.entry.sha256, 1));
    }

    #[test]
    fn a_file_that_is_there_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("x.warc.gz"), "closed").unwrap();
        assert!(OpenWarc::create(folder.path(), "x.warc.gz".to_owned()).is_err());
        fs::write(folder.path().join("y.warc.gz.open"), "open").unwrap();
        assert!(OpenWarc::create(folder.path(), "y.warc.gz".to_owned()).is_err());
    }
}
