//! The heads of the HTTP messages as they are stored.

use reqwest::StatusCode;
use url::Position;

use crate::fetch::{Exchange, Protocol, Response};

/// Fields of a request that let who reads them act for who sent it: they are not written unless that is asked for.
const CREDENTIALS: [&str; 4] = ["authorization", "cookie", "proxy-authorization", "x-api-key"];
/// The field by which a server renews them. To a visitor without a name it is a part of the answer like any, and kept.
const RENEWED: &str = "set-cookie";

/// A field of a head: name and value.
type Field<'a> = (&'a [u8], &'a [u8]);

/// The head of the response: as it went over the wire where that is known, or made from what is known of it. Whatever
/// the protocol, replayers need a status line of HTTP/1.
pub(super) fn response_head(exchange: &Exchange, response: &Response, keep_credentials: bool) -> Vec<u8> {
    let wire = exchange.wire.as_ref().map(|wire| wire.response.as_slice()).filter(|head| is_http1(head));
    let known = response.headers.iter().map(|(name, value)| (name.as_bytes(), value.as_slice())).collect();
    let (mut head, fields) = match wire {
        Some(wire) => on_the_wire(wire),
        None => (status_line(response), known),
    };
    let shorter = states_another_length(response);
    let withheld = !keep_credentials && renews_credentials(exchange, response);
    for (name, value) in fields {
        match name {
            name if withheld && name.eq_ignore_ascii_case(RENEWED.as_bytes()) => {}
            name if name.eq_ignore_ascii_case(b"transfer-encoding") => {
                push_field(&mut head, b"X-Orig-Transfer-Encoding", value);
            }
            name if shorter && name.eq_ignore_ascii_case(b"content-length") => {
                push_field(&mut head, b"X-Orig-Content-Length", value);
            }
            name => push_field(&mut head, name, value),
        }
    }
    if shorter {
        push_field(&mut head, b"Content-Length", response.body.len().to_string().as_bytes());
    }
    head.extend(b"\r\n");
    head
}

/// The head of the request, as it went out.
pub(super) fn request_head(exchange: &Exchange, keep_credentials: bool) -> Vec<u8> {
    let wire = exchange.wire.as_ref().map(|wire| wire.request.as_slice()).filter(|head| !head.is_empty());
    let known = exchange.request_headers.iter();
    let known = known.map(|(name, value)| (name.as_bytes(), value.as_bytes())).collect();
    let (mut head, fields) = match wire {
        Some(wire) => on_the_wire(wire),
        None => (request_line(exchange), known),
    };
    for (name, value) in fields.into_iter().filter(|(name, _)| keep_credentials || !is_credential(name)) {
        push_field(&mut head, name, value);
    }
    head.extend(b"\r\n");
    head
}

fn is_http1(head: &[u8]) -> bool {
    head.starts_with(b"HTTP/1.1 ") || head.starts_with(b"HTTP/1.0 ")
}

/// The first line with its end, and the fields, of a head as it was sent. A folded line is part of no field that
/// matters, and is left out: replayers take it for a field of its own.
fn on_the_wire(head: &[u8]) -> (Vec<u8>, Vec<Field<'_>>) {
    let mut lines = head.split(|&byte| byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let mut first = clean(lines.next().unwrap_or_default());
    first.extend(b"\r\n");
    let fields =
        lines.filter(|line| !line.starts_with(b" ") && !line.starts_with(b"\t")).filter_map(|line| {
            let colon = line.iter().position(|&byte| byte == b':')?;
            let (name, value) = line.split_at(colon);
            Some((name, value.get(1..)?.trim_ascii()))
        });
    (first, fields.collect())
}

fn status_line(response: &Response) -> Vec<u8> {
    let version = if response.protocol == Protocol::Http10 { "HTTP/1.0" } else { "HTTP/1.1" };
    let phrase = StatusCode::from_u16(response.status).ok().and_then(|status| status.canonical_reason());
    format!("{version} {:03} {}\r\n", response.status, phrase.unwrap_or_default()).into_bytes()
}

fn request_line(exchange: &Exchange) -> Vec<u8> {
    let target = &exchange.url[Position::BeforePath..Position::AfterQuery];
    format!("GET {target} HTTP/1.1\r\n").into_bytes()
}

/// Whether the response states a length that its stored body does not have: one that broke off, most often. Some
/// answers rightly state the length of a body that they do not send (RFC 9110 §8.6).
pub(super) fn states_another_length(response: &Response) -> bool {
    let sends_none = response.body.is_empty() && matches!(response.status, 204 | 304);
    let stated = response.headers.iter().filter(|(name, _)| name == "content-length");
    let length = response.body.len().to_string();
    !sends_none && stated.into_iter().any(|(_, value)| value.trim_ascii() != length.as_bytes())
}

/// Whether the response gives new cookies to who has shown credentials: they may be as good as those.
pub(super) fn renews_credentials(exchange: &Exchange, response: &Response) -> bool {
    response.headers.iter().any(|(name, _)| name == RENEWED)
        && exchange.request_headers.iter().any(|(name, _)| is_credential(name.as_bytes()))
}

/// Whether a field carries what lets its bearer act for another.
pub(super) fn is_credential(name: &[u8]) -> bool {
    CREDENTIALS.iter().any(|credential| name.eq_ignore_ascii_case(credential.as_bytes()))
}

/// Adds a field as received.
fn push_field(head: &mut Vec<u8>, name: &[u8], value: &[u8]) {
    let is_name = |byte: u8| byte.is_ascii_graphic() && byte != b':';
    head.extend(name.iter().map(|&byte| if is_name(byte) { byte } else { b'-' }));
    head.extend(b": ");
    head.extend(clean(value));
    head.extend(b"\r\n");
}

/// A line end inside a line would end it, so it becomes a space.
fn clean(text: &[u8]) -> Vec<u8> {
    text.iter().map(|&byte| if matches!(byte, b'\r' | b'\n' | 0) { b' ' } else { byte }).collect()
}
