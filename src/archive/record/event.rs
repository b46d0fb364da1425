//! The records of one exchange.

use std::net::SocketAddr;

use jiff::Timestamp;
use uuid::Uuid;

use super::draft::{Draft, reference, warc_date};
use super::facts::facts;
use super::message::{request_head, response_head};
use crate::archive::originals::Original;
use crate::archive::warc::Header;
use crate::digest::Digest;
use crate::fetch::{Exchange, Response};

/// Profile of a revisit of the same payload (WARC 1.1 §6.7.2).
const IDENTICAL: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";

/// Profile of a revisit on a server's word (WARC 1.1 §6.7.3).
const NOT_MODIFIED: &str = "http://netpreserve.org/warc/1.1/revisit/server-not-modified";

/// What is the same for the records of one exchange.
pub(in crate::archive) struct Event<'a> {
    /// The exchange.
    pub(in crate::archive) exchange: &'a Exchange,
    /// The file that the records go to, relative to the archive folder.
    pub(in crate::archive) warc: &'a str,
    /// Its `warcinfo` record.
    pub(in crate::archive) warcinfo: Uuid,
    /// What it is to the run.
    pub(in crate::archive) role: Role<'a>,
    /// Whether the cookies and credentials of the request are written.
    pub(in crate::archive) keep_credentials: bool,
}

/// What an exchange is to the run.
#[derive(Clone, Copy, Debug)]
pub(in crate::archive) enum Role<'a> {
    /// It is for a cited source.
    Source,
    /// It is for what the page with this URL needs to look like itself.
    RequisiteOf(&'a str),
}

/// What the record of a response keeps of it.
#[derive(Clone, Copy, Debug)]
pub(in crate::archive) enum Kept<'a> {
    /// All of it.
    Whole,
    /// Its head; the payload is that of an earlier capture.
    Head(&'a Original),
    /// The server's word that an earlier capture, with this payload, still holds.
    Word(&'a Original, Digest),
}

impl<'a> Event<'a> {
    /// `WARC-Date` of the exchange. Milliseconds are what the field shows.
    pub(in crate::archive) fn date(&self) -> Timestamp {
        let started = self.exchange.started;
        Timestamp::from_millisecond(started.as_millisecond()).unwrap_or(started)
    }

    /// The record of the response, which keeps of it what `kept` says.
    pub(in crate::archive) fn response(&self, response: &'a Response, kept: Kept<'_>) -> Draft<'a> {
        let (original, digest) = match kept {
            Kept::Whole => (None, response.body.digest()),
            Kept::Head(original) => (Some(original), response.body.digest()),
            Kept::Word(original, digest) => return self.not_modified(original, digest),
        };
        let head = response_head(self.exchange, response, self.keep_credentials);
        let (id, mut header) = self.header(if original.is_some() { "revisit" } else { "response" });
        header.push("Content-Type", "application/http;msgtype=response");
        if let Some(original) = original {
            push_reference(&mut header, original, self.warc);
        } else if let Some(truncation) = response.truncated {
            header.push("WARC-Truncated", truncation.token());
        }
        let body = original.is_none().then_some(&response.body);
        header.push("WARC-Payload-Digest", digest.labelled());
        match body {
            Some(_) => Draft { id, header, head, body },
            None => Draft::whole(id, header, None, head),
        }
    }

    /// Its block is empty: replayers take one with a head for the page itself. The head goes into the metadata.
    fn not_modified(&self, original: &Original, digest: Digest) -> Draft<'a> {
        let (id, mut header) = self.header("revisit");
        header.push("WARC-Profile", NOT_MODIFIED);
        push_original(&mut header, original, self.warc);
        header.push("WARC-Payload-Digest", digest.labelled());
        Draft::whole(id, header, None, Vec::new())
    }

    /// The request that led to the response of record `response`.
    pub(in crate::archive) fn request(&self, response: Uuid) -> Draft<'a> {
        let (id, mut header) = self.header("request");
        header.push("Content-Type", "application/http;msgtype=request");
        Draft::whole(id, header, Some(response), request_head(self.exchange, self.keep_credentials))
    }

    /// The facts about the exchange that neither message states. An attempt without a response has only this record.
    pub(in crate::archive) fn metadata(&self, response: Option<Uuid>, kept: Kept<'_>) -> Draft<'a> {
        let (id, mut header) = self.header("metadata");
        // The one content type of metadata that indexers do not take for a capture of the page.
        header.push("Content-Type", "application/warc-fields");
        Draft::whole(id, header, response, facts(self, kept).to_fields())
    }

    /// The fields that every record of the exchange has.
    pub(super) fn header(&self, kind: &str) -> (Uuid, Header) {
        let id = Uuid::new_v4();
        let mut header = Header::default();
        header.push("WARC-Type", kind);
        header.push("WARC-Record-ID", reference(id));
        header.push("WARC-Date", warc_date(self.date()));
        header.push("WARC-Target-URI", self.exchange.url.as_str());
        if let Some(peer) = self.exchange.peer {
            header.push("WARC-IP-Address", ip_address(peer));
        }
        if let Ok(response) = &self.exchange.answer {
            header.push("WARC-Protocol", response.protocol.token());
        }
        if let Some(tls) = &self.exchange.tls {
            if let Some(version) = tls.version {
                header.push("WARC-Protocol", format!("tls/{version}"));
            }
            if let Some(suite) = &tls.cipher_suite {
                header.push("WARC-Cipher-Suite", suite);
            }
        }
        header.push("WARC-Warcinfo-ID", reference(self.warcinfo));
        (id, header)
    }
}

/// IPv6 addresses in the form of RFC 5952; an IPv4 address stays one when it came in the clothes of IPv6.
fn ip_address(peer: SocketAddr) -> String {
    peer.ip().to_canonical().to_string()
}

/// Refers to `original` from a record of the file `warc`. URI and date are what replayers look the original up by. The id
/// is stated within a file only: validators judge a file by itself, and take an id that is not in it for a record that is
/// lost.
fn push_original(header: &mut Header, original: &Original, warc: &str) {
    if original.warc == warc {
        header.push("WARC-Refers-To", reference(original.id));
    }
    header.push("WARC-Refers-To-Target-URI", &original.url);
    header.push("WARC-Refers-To-Date", warc_date(original.date));
}

/// The same for a record that leaves out the payload, which is that of `original`.
pub(super) fn push_reference(header: &mut Header, original: &Original, warc: &str) {
    header.push("WARC-Profile", IDENTICAL);
    push_original(header, original, warc);
    header.push("WARC-Truncated", "length");
}
