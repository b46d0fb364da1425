//! Reads a captured response back out of the archive.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::{Component, Path};

use super::error::ArchiveError;
use super::index::Index;
use super::warc::{Fault, Header, HttpHead, Record, WarcReader, read_head};
use crate::digest::Digest;

/// The most of a body that is read back.
const MOST: u64 = 64 << 20;

/// A response as it lies in the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredResponse {
    /// Its status, where its head says one.
    pub status: Option<u16>,
    /// Its header fields, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Its body as it was sent, up to 64 MiB.
    pub body: Vec<u8>,
}

/// The response that lies at `offset` of the WARC file `warc` (relative to the archive folder `root`). A revisit leads to the
/// capture that it repeats.
///
/// # Errors
/// Where there is no such record, it is none of a response, or what a revisit repeats is not there.
pub fn read_back(root: &Path, warc: &str, offset: u64) -> Result<StoredResponse, ArchiveError> {
    match read(root, warc, offset)? {
        Found::Response(response) => Ok(response),
        Found::Repeats { url, digest } => {
            let index = Index::of(root);
            let lines = index.payload(&url, &digest).map_err(ArchiveError::read(root))?;
            let mut originals = lines.iter().filter_map(|line| Some((&line.facts.filename, line.place()?.0)));
            let found = originals.find_map(|(warc, offset)| match read(root, warc, offset) {
                Ok(Found::Response(response)) => Some(response),
                _ => None,
            });
            found.ok_or_else(|| changed(root, warc))
        }
    }
}

enum Found {
    Response(StoredResponse),
    Repeats { url: String, digest: Digest },
}

fn read(root: &Path, warc: &str, offset: u64) -> Result<Found, ArchiveError> {
    // The ledger is a file like any: it must not lead out of the folder.
    if !Path::new(warc).components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(changed(root, warc));
    }
    let path = root.join(warc);
    let file = File::open(&path).map_err(ArchiveError::read(&path))?;
    let mut reader = WarcReader::new(BufReader::new(file));
    reader.jump(offset).map_err(ArchiveError::read(&path))?;
    let record = reader.next_record().ok().flatten().ok_or_else(|| changed(root, warc))?;
    found(record).map_err(|_| changed(root, warc))?.ok_or_else(|| changed(root, warc))
}

fn found<R: std::io::BufRead>(mut record: Record<'_, R>) -> Result<Option<Found>, Fault> {
    let header = record.header().clone();
    match header.kind() {
        "response" => {
            let head = HttpHead::parse(&read_head(&mut record)?);
            let mut body = Vec::new();
            record.take(MOST).read_to_end(&mut body)?;
            let headers = head.fields().map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()));
            let headers = headers.collect();
            Ok(Some(Found::Response(StoredResponse { status: head.status(), headers, body })))
        }
        "revisit" => Ok(repeated(&header)),
        _ => Ok(None),
    }
}

fn repeated(header: &Header) -> Option<Found> {
    let url = header.get("WARC-Refers-To-Target-URI").or_else(|| header.target())?.to_owned();
    let digest = Digest::parse(header.get("WARC-Payload-Digest")?).ok()?;
    Some(Found::Repeats { url, digest })
}

fn changed(root: &Path, warc: &str) -> ArchiveError {
    ArchiveError::Changed { path: root.join(warc) }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{about, now, page, run};
    use super::super::{RunId, Store};
    use super::*;

    #[test]
    fn a_response_and_what_repeats_it_read_back_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let chain = page("https://example.org/", b"synthetic body");
        let mut captures = Vec::new();
        for number in [1, 2] {
            let run = if number == 1 { run() } else { RunId::new(now(), 77) };
            let mut writer = store.begin(&run, now(), &about()).unwrap();
            captures.extend(writer.write(&chain).unwrap().into_iter().flatten());
            writer.finish().unwrap();
        }
        assert!(captures[1].revisit && !captures[0].revisit, "{captures:?}");
        for capture in &captures {
            let stored = read_back(folder.path(), &capture.warc, capture.offset).unwrap();
            assert_eq!((stored.status, stored.body.as_slice()), (Some(200), &b"synthetic body"[..]));
        }
        assert!(read_back(folder.path(), &captures[0].warc, 1).is_err());
        assert!(read_back(folder.path(), "../elsewhere.warc.gz", 0).is_err());
    }
}
