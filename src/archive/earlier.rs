//! Earlier captures about which a server can be asked whether they still hold (RFC 9110 §13).

use std::fs::File;
use std::io::{self, BufReader, Read as _};
use std::path::{Path, PathBuf};

use url::Url;

use super::cdxj::CdxLine;
use super::index::Index;
use super::originals::{Original, Payload};
use super::warc::{Fault, Header, HttpHead, Record, WarcReader, read_head};
use crate::digest::Digest;
use crate::fetch::{BodyWriter, Protocol, Response};

/// The latest capture of a page, with what its server said to tell the page's states apart.
#[derive(Clone, Debug)]
pub struct Earlier {
    root: PathBuf,
    original: Original,
    digest: Digest,
    offset: u64,
    conditions: Vec<(&'static str, String)>,
}

impl Earlier {
    /// The latest capture of `url` in the archive folder `root`. `None` where there is none, where it is no whole page,
    /// or where its server gave nothing to ask by. What cannot be read is not asked about: the page is fetched in full.
    pub fn find(root: &Path, url: &Url) -> Option<Self> {
        let index = Index::of(root);
        let latest = index.captures(url.as_str()).ok()?.pop()?;
        let digest = Digest::parse(latest.facts.digest.as_deref()?).ok()?;
        let holders = index.payload(url.as_str(), &digest).ok()?;
        holders.into_iter().find_map(|line| Self::at(root, line, url, digest))
    }

    /// The fields that ask whether it still holds.
    pub fn conditions(&self) -> &[(&'static str, String)] {
        &self.conditions
    }

    /// The response as it was captured.
    pub fn response(&self) -> io::Result<Response> {
        let file = self.root.join(&self.original.warc);
        let (_, head, body) = with_record(&file, self.offset, |record| {
            let mut body = BodyWriter::default();
            let mut piece = vec![0; 64 << 10];
            loop {
                let read = record.read(&mut piece)?;
                let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else {
                    return Ok(body);
                };
                body.push(bytes)?;
            }
        })
        .map_err(|fault| io::Error::other(fault.to_string()))?;
        let body = body.finish();
        if body.digest() != self.digest {
            return Err(io::Error::other("the capture is not what it was"));
        }
        let headers = head.fields();
        let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), bytes_of(value))).collect();
        let status = head.status().unwrap_or(200);
        Ok(Response { protocol: Protocol::Http11, status, headers, body, truncated: None })
    }

    /// What a record about its being unchanged refers to.
    pub(super) fn original(&self) -> &Original {
        &self.original
    }

    /// The payload that is unchanged.
    pub(super) fn digest(&self) -> Digest {
        self.digest
    }

    /// The same, told from others as [`Originals`](super::originals::Originals) does. It counts at its URL alone.
    pub(super) fn payload(&self) -> Payload {
        Payload::new(&self.original.url, self.digest, 0)
    }

    fn at(root: &Path, line: CdxLine, url: &Url, digest: Digest) -> Option<Self> {
        let (offset, _) = line.place()?;
        let (header, head, ()) = with_record(&root.join(&line.facts.filename), offset, |_| Ok(())).ok()?;
        let is_page = header.kind() == "response" && head.status() == Some(200);
        let original =
            Original::of(&header, line).filter(|original| is_page && original.url == url.as_str())?;
        let asked_by = [("If-None-Match", "etag"), ("If-Modified-Since", "last-modified")];
        let conditions = asked_by.map(|(condition, field)| Some((condition, head.field(field)?.to_owned())));
        let conditions: Vec<_> = conditions.into_iter().flatten().collect();
        let holds = header.get("WARC-Payload-Digest") == Some(&digest.labelled());
        (holds && !conditions.is_empty()).then(|| Self {
            root: root.to_owned(),
            original,
            digest,
            offset,
            conditions,
        })
    }
}

/// The bytes that were read as Latin-1.
fn bytes_of(text: &str) -> Vec<u8> {
    text.chars().filter_map(|character| u8::try_from(u32::from(character)).ok()).collect()
}

/// The record at `offset` of a WARC file: its header, the head of its HTTP message, and what `read` makes of the rest.
fn with_record<T>(
    path: &Path,
    offset: u64,
    read: impl FnOnce(&mut Record<'_, BufReader<File>>) -> io::Result<T>,
) -> Result<(Header, HttpHead, T), Fault> {
    let mut reader = WarcReader::new(BufReader::new(File::open(path)?));
    reader.jump(offset)?;
    let mut record = reader.next_record()?.ok_or(Fault::Torn)?;
    let head = HttpHead::parse(&read_head(&mut record)?);
    let made = read(&mut record)?;
    Ok((record.header().clone(), head, made))
}
