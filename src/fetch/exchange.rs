//! The record of what went over the wire: one request and what came back.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::body::Body;
use super::handshake::TlsFacts;
use super::robots::RobotsFacts;

/// All it took to get an answer for one source: every try and every redirect, in order.
#[derive(Clone, Debug)]
pub struct Chain {
    /// The exchanges in the order they were made. Empty where nothing was sent at all.
    pub exchanges: Vec<Exchange>,
    /// How it ended.
    pub end: End,
}

/// How a [`Chain`] ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// The last exchange has the final response, of whatever status.
    Answered,
    /// The last exchange failed, or none could be made.
    Failed(Failure),
    /// A redirect led back to a URL of the chain, or there were more than allowed.
    RedirectLoop(Url),
    /// A redirect pointed at what must not be fetched: a private address, or a scheme other than http(s).
    UnsafeRedirect(String),
}

/// One request and what came back.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// What was asked for, without its fragment.
    pub url: Url,
    /// What led here from another URL of the chain; a further try of the same URL has it too.
    pub via: Option<Via>,
    /// When the request was started.
    pub started: Timestamp,
    /// From the start to the last byte, or to the failure.
    pub elapsed: Duration,
    /// What that time, and the time before, was spent on.
    pub timings: Timings,
    /// The answer of the name servers that this connection rests on.
    pub lookup: Option<Arc<Lookup>>,
    /// The address dialled, where it is known.
    pub peer: Option<SocketAddr>,
    /// What the TLS handshake of this connection agreed on, or what it failed with.
    pub tls: Option<Arc<TlsFacts>>,
    /// What the site's robots.txt said about this request, where it was asked.
    pub robots: Option<RobotsFacts>,
    /// The headers sent, `Host` first.
    pub request_headers: Vec<(String, String)>,
    /// The heads of both messages byte for byte, where they are known.
    pub wire: Option<Arc<Wire>>,
    /// The response, or why there is none.
    pub answer: Result<Response, Failure>,
}

/// What led from one URL to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Via {
    /// The URL that led on.
    pub url: Url,
    /// By what.
    pub how: Led,
}

/// How a page leads on to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Led {
    /// A status and a `Location` (RFC 9110 §15.4).
    Redirect,
    /// A `Refresh` header, or a `<meta http-equiv=refresh>` of the page (WHATWG HTML §4.2.5.3).
    Refresh,
}

/// How long each part of an [`Exchange`] took; nothing where there was no such part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timings {
    /// The wait for the host's turn, before the start.
    pub queued: Duration,
    /// Looking the name up.
    pub lookup: Option<Duration>,
    /// The TCP handshake. Nothing for a connection that was used before.
    pub connect: Option<Duration>,
    /// The TLS handshake.
    pub tls: Option<Duration>,
    /// From the start to the head of the response.
    pub first_byte: Option<Duration>,
}

/// What the name servers answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// The name asked for.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// Every address of the answer, those that beleg does not dial among them.
    pub addresses: Vec<IpAddr>,
}

/// The heads of two messages as they went over the wire (HTTP/1), each with the empty line that ends it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wire {
    /// The request.
    pub request: Vec<u8>,
    /// The response; interim ones (1xx) left out.
    pub response: Vec<u8>,
}

/// A response as received.
#[derive(Clone, Debug)]
pub struct Response {
    /// The protocol it came by.
    pub protocol: Protocol,
    /// Status code.
    pub status: u16,
    /// Header fields in the order received, names in lower case.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The entity body: transfer coding removed, content coding kept.
    pub body: Body,
    /// Why the body ends before its end, if it does.
    pub truncated: Option<Truncation>,
}

/// HTTP versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// HTTP/1.0.
    Http10,
    /// HTTP/1.1.
    Http11,
    /// HTTP/2.
    Http2,
}

/// Why a body was cut short, in the words of WARC 1.1 §5.13 (`WARC-Truncated`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truncation {
    /// It was longer than the limit.
    Length,
    /// It took longer than the limit.
    Time,
    /// The connection ended before the body did.
    Disconnect,
}

/// Why an exchange has no response.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct Failure {
    /// The kind of failure.
    pub kind: FailureKind,
    /// What was seen, for people: a lower-case fragment such as `certificate expired on 2024-01-01`.
    pub detail: String,
}

/// The kinds of [`Failure`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// The name does not exist.
    NoSuchHost,
    /// The name could not be looked up now.
    DnsFailure,
    /// Nobody listens at that port, or the network has no way there.
    Refused,
    /// The connection was broken off before a response.
    Reset,
    /// No answer within the time allowed.
    Timeout,
    /// The certificate is not valid for this host now.
    TlsInvalid,
    /// The TLS handshake failed for another reason.
    TlsFailure,
    /// What answers does not speak HTTP.
    NotHttp,
    /// The head of the response broke off.
    Incomplete,
    /// The address is not on the public internet.
    PrivateAddress,
    /// The host has asked to be left alone for longer than beleg waits.
    HeldOff,
    /// The site's robots.txt asks programs to leave this alone.
    Robots,
    /// The user asked for no network.
    Offline,
}

impl Exchange {
    /// An exchange of which no more is known than this.
    pub fn new(url: Url, started: Timestamp, answer: Result<Response, Failure>) -> Self {
        Self {
            url,
            via: None,
            started,
            elapsed: Duration::ZERO,
            timings: Timings::default(),
            lookup: None,
            peer: None,
            tls: None,
            robots: None,
            request_headers: Vec::new(),
            wire: None,
            answer,
        }
    }
}

impl Response {
    /// The first value of the header `name` (lower case), as text; bytes above ASCII as Latin-1.
    pub fn header(&self, name: &str) -> Option<String> {
        let (_, value) = self.headers.iter().find(|(given, _)| given == name)?;
        Some(value.iter().map(|&byte| char::from(byte)).collect())
    }
}

impl Protocol {
    /// The token that `WARC-Protocol` uses.
    pub fn token(self) -> &'static str {
        match self {
            Self::Http10 => "http/1.0",
            Self::Http11 => "http/1.1",
            Self::Http2 => "h2",
        }
    }
}

impl Truncation {
    /// The token that `WARC-Truncated` uses.
    pub fn token(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Time => "time",
            Self::Disconnect => "disconnect",
        }
    }
}

impl Chain {
    /// The final response, where there is one.
    pub fn response(&self) -> Option<&Response> {
        match self.end {
            End::Answered => self.exchanges.last()?.answer.as_ref().ok(),
            _ => None,
        }
    }

    /// The URL of the last exchange.
    pub fn final_url(&self) -> Option<&Url> {
        self.exchanges.last().map(|exchange| &exchange.url)
    }
}
