//! The WARC records of one exchange: what is written for a response, its request, and the facts about both.

use std::net::SocketAddr;

use jiff::Timestamp;
use reqwest::StatusCode;
use url::Position;
use uuid::Uuid;

use super::originals::Original;
use super::warc::Header;
use crate::digest::{Digest, Hasher};
use crate::fetch::{Body, Exchange, FailureKind, Protocol, Response};

/// Fields of a request that are secrets of the one who asked: they are not written.
const SECRET: [&str; 4] = ["authorization", "cookie", "proxy-authorization", "x-api-key"];
/// Profile of a revisit of the same payload (WARC 1.1 §6.7.2).
const IDENTICAL: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";

/// A record that is ready to be written: its header lacks nothing but `Content-Length`.
pub(super) struct Draft<'a> {
    /// The record's id.
    pub(super) id: Uuid,
    /// The named fields.
    pub(super) header: Header,
    /// The block, or the part of it before `body`.
    pub(super) head: Vec<u8>,
    /// The rest of the block.
    pub(super) body: Option<&'a Body>,
}

/// What is the same for the records of one exchange.
pub(super) struct Event<'a> {
    /// The exchange.
    pub(super) exchange: &'a Exchange,
    /// The `warcinfo` record of the file.
    pub(super) warcinfo: Uuid,
    /// The URL whose redirect led here.
    pub(super) via: Option<&'a str>,
}

impl<'a> Event<'a> {
    /// `WARC-Date` of the exchange. Milliseconds are what the field shows.
    pub(super) fn date(&self) -> Timestamp {
        let started = self.exchange.started;
        Timestamp::from_millisecond(started.as_millisecond()).unwrap_or(started)
    }

    /// The response as received, or the revisit record that refers to `original` for its payload.
    pub(super) fn response(
        &self,
        response: &'a Response,
        original: Option<&Original>,
    ) -> Result<Draft<'a>, std::io::Error> {
        let head = response_head(response);
        let (id, mut header) = self.header(if original.is_some() { "revisit" } else { "response" });
        header.push("Content-Type", "application/http;msgtype=response");
        match original {
            Some(original) => push_reference(&mut header, original),
            None => {
                if let Some(truncation) = response.truncated {
                    header.push("WARC-Truncated", truncation.token());
                }
            }
        }
        let body = original.is_none().then_some(&response.body);
        header.push("WARC-Block-Digest", block_digest(&head, body)?.labelled());
        header.push("WARC-Payload-Digest", response.body.digest().labelled());
        Ok(Draft { id, header, head, body })
    }

    /// The request that led to the response of record `response`.
    pub(super) fn request(&self, response: Uuid) -> Draft<'a> {
        let (id, mut header) = self.header("request");
        header.push("Content-Type", "application/http;msgtype=request");
        whole(id, header, Some(response), request_head(self.exchange))
    }

    /// The facts about the exchange that neither message states. An attempt without a response has only this record.
    pub(super) fn metadata(&self, response: Option<Uuid>) -> Draft<'a> {
        let (id, mut header) = self.header("metadata");
        // The one content type of metadata that indexers do not take for a capture of the page.
        header.push("Content-Type", "application/warc-fields");
        whole(id, header, response, self.facts().to_fields())
    }

    /// The fields that every record of the exchange has.
    fn header(&self, kind: &str) -> (Uuid, Header) {
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
        header.push("WARC-Warcinfo-ID", reference(self.warcinfo));
        (id, header)
    }

    /// How the exchange went, and what this client changed about the messages.
    fn facts(&self) -> Header {
        let mut facts = Header::default();
        if let Some(via) = self.via {
            facts.push("via", via);
        }
        facts.push("fetchTimeMs", self.exchange.elapsed.as_millis().to_string());
        if let Some(certificate) = self.exchange.tls.as_ref().and_then(|tls| tls.certificate()) {
            facts.push("tls-certificate", Digest::of(certificate).labelled());
        }
        match &self.exchange.answer {
            Ok(response) => {
                for change in changes(self.exchange, response) {
                    facts.push("changed", change);
                }
            }
            Err(failure) => {
                facts.push("failure", failure_token(failure.kind));
                facts.push("failure-detail", &failure.detail);
            }
        }
        facts
    }
}

/// A record whose block is `head` alone, about the exchange of the record `response`.
fn whole<'a>(id: Uuid, mut header: Header, response: Option<Uuid>, head: Vec<u8>) -> Draft<'a> {
    if let Some(response) = response {
        header.push("WARC-Concurrent-To", reference(response));
    }
    header.push("WARC-Block-Digest", Digest::of(&head).labelled());
    Draft { id, header, head, body: None }
}

/// `id` as WARC fields refer to it.
pub(super) fn reference(id: Uuid) -> String {
    format!("<urn:uuid:{id}>")
}

/// A date as WARC fields state it (WARC 1.1 §5.4).
pub(super) fn warc_date(date: Timestamp) -> String {
    date.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// IPv6 addresses in the form of RFC 5952; an IPv4 address stays one when it came in the clothes of IPv6.
fn ip_address(peer: SocketAddr) -> String {
    peer.ip().to_canonical().to_string()
}

fn push_reference(header: &mut Header, original: &Original) {
    header.push("WARC-Profile", IDENTICAL);
    header.push("WARC-Refers-To", reference(original.id));
    header.push("WARC-Refers-To-Target-URI", &original.url);
    header.push("WARC-Refers-To-Date", warc_date(original.date));
    header.push("WARC-Truncated", "length");
}

fn block_digest(head: &[u8], body: Option<&Body>) -> std::io::Result<Digest> {
    let mut hasher = Hasher::default();
    hasher.update(head);
    if let Some(body) = body {
        std::io::copy(&mut body.reader()?, &mut hasher)?;
    }
    Ok(hasher.finish())
}

/// The head of the response. Whatever the protocol, replayers need a status line of HTTP/1.
fn response_head(response: &Response) -> Vec<u8> {
    let version = if response.protocol == Protocol::Http10 { "HTTP/1.0" } else { "HTTP/1.1" };
    let phrase = StatusCode::from_u16(response.status).ok().and_then(|status| status.canonical_reason());
    let mut head =
        format!("{version} {:03} {}\r\n", response.status, phrase.unwrap_or_default()).into_bytes();
    let shorter = states_another_length(response);
    for (name, value) in &response.headers {
        match name.as_str() {
            "transfer-encoding" => push_field(&mut head, "X-Orig-Transfer-Encoding", value),
            "content-length" if shorter => push_field(&mut head, "X-Orig-Content-Length", value),
            name => push_field(&mut head, name, value),
        }
    }
    if shorter {
        push_field(&mut head, "Content-Length", response.body.len().to_string().as_bytes());
    }
    head.extend(b"\r\n");
    head
}

/// Whether the response states a length that its stored body does not have: one that broke off, most often. Some
/// answers rightly state the length of a body that they do not send (RFC 9110 §8.6).
fn states_another_length(response: &Response) -> bool {
    let sends_none = response.body.is_empty() && matches!(response.status, 204 | 304);
    let stated = response.headers.iter().filter(|(name, _)| name == "content-length");
    let length = response.body.len().to_string();
    !sends_none && stated.into_iter().any(|(_, value)| value.trim_ascii() != length.as_bytes())
}

fn request_head(exchange: &Exchange) -> Vec<u8> {
    let target = &exchange.url[Position::BeforePath..Position::AfterQuery];
    let mut head = format!("GET {target} HTTP/1.1\r\n").into_bytes();
    for (name, value) in exchange.request_headers.iter().filter(|(name, _)| !is_secret(name)) {
        push_field(&mut head, name, value.as_bytes());
    }
    head.extend(b"\r\n");
    head
}

fn is_secret(name: &str) -> bool {
    SECRET.iter().any(|secret| name.eq_ignore_ascii_case(secret))
}

/// Adds a field as received. A line end inside a value would end the head, so it becomes a space.
fn push_field(head: &mut Vec<u8>, name: &str, value: &[u8]) {
    head.extend(name.bytes().map(|byte| if byte.is_ascii_graphic() && byte != b':' { byte } else { b'-' }));
    head.extend(b": ");
    head.extend(value.iter().map(|&byte| if matches!(byte, b'\r' | b'\n' | 0) { b' ' } else { byte }));
    head.extend(b"\r\n");
}

/// What differs between the messages on the wire and in the records.
fn changes(exchange: &Exchange, response: &Response) -> Vec<String> {
    let mut changes =
        vec!["header names of the response in lower case; reason phrase is the standard one".to_owned()];
    if response.protocol == Protocol::Http2 {
        changes.push("HTTP/2 messages written as HTTP/1.1".to_owned());
    }
    if response.headers.iter().any(|(name, _)| name == "transfer-encoding") {
        changes.push("transfer coding removed; the field is X-Orig-Transfer-Encoding".to_owned());
    }
    if states_another_length(response) {
        changes.push(
            "Content-Length set to that of the stored body; the field is X-Orig-Content-Length".to_owned(),
        );
    }
    for (name, _) in exchange.request_headers.iter().filter(|(name, _)| is_secret(name)) {
        changes.push(format!("request field {} left out", name.to_ascii_lowercase()));
    }
    changes
}

/// The kind of a failure as the metadata record names it.
fn failure_token(kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::NoSuchHost => "no-such-host",
        FailureKind::DnsFailure => "dns-failure",
        FailureKind::Refused => "refused",
        FailureKind::Reset => "reset",
        FailureKind::Timeout => "timeout",
        FailureKind::TlsInvalid => "tls-invalid",
        FailureKind::TlsFailure => "tls-failure",
        FailureKind::NotHttp => "not-http",
        FailureKind::Incomplete => "incomplete",
        FailureKind::PrivateAddress => "private-address",
        FailureKind::HeldOff => "held-off",
        FailureKind::Robots => "robots",
        FailureKind::Offline => "offline",
    }
}
