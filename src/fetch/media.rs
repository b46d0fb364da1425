//! Media types: what the server says, or what the first bytes show where it says nothing.

use super::exchange::Response;

/// The media type of a response without parameters, in lower case. Where the server names none it is told from `start`,
/// the first bytes of the decoded body, by the signatures that cannot mislead.
pub fn media_type(response: &Response, start: &[u8]) -> String {
    stated(response).unwrap_or_else(|| sniffed(start).to_owned())
}

/// Whether a body of this media type is text.
pub(super) fn is_text(media_type: &str) -> bool {
    let (kind, subtype) = media_type.split_once('/').unwrap_or((media_type, ""));
    kind == "text"
        || subtype.ends_with("+xml")
        || subtype.ends_with("+json")
        || kind == "application"
            && matches!(
                subtype,
                "xhtml" | "xml" | "json" | "javascript" | "ecmascript" | "x-javascript" | "link-format"
            )
}

/// Whether a body of this media type is HTML.
pub(super) fn is_html(media_type: &str) -> bool {
    matches!(media_type, "text/html" | "application/xhtml+xml")
}

fn stated(response: &Response) -> Option<String> {
    let value = response.header("content-type")?;
    let essence = value.split([';', ',']).next()?.trim().to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/')?;
    let token = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_graphic());
    (token(kind) && token(subtype)).then_some(essence)
}

/// The start of every HTML page, after white space (WHATWG MIME Sniffing §7.1, the ones in use).
const HTML: [&[u8]; 8] =
    [b"<!doctype html", b"<html", b"<head", b"<body", b"<title", b"<script", b"<meta", b"<!--"];

fn sniffed(start: &[u8]) -> &'static str {
    let start = &start[..start.len().min(1024)];
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    if start.starts_with(b"%PDF-") {
        "application/pdf"
    } else if HTML
        .iter()
        .any(|mark| text.len() >= mark.len() && text[..mark.len()].eq_ignore_ascii_case(mark))
    {
        "text/html"
    } else if start.iter().any(|byte| matches!(byte, 0..=8 | 0x0b | 0x0e..=0x1a | 0x1c..=0x1f)) {
        "application/octet-stream"
    } else {
        "text/plain"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::{Body, Protocol};

    fn response(content_type: Option<&str>) -> Response {
        let headers = content_type.map(|value| ("content-type".to_owned(), value.as_bytes().to_vec()));
        let (body, headers) = (Body::default(), headers.into_iter().collect());
        Response { protocol: Protocol::Http11, status: 200, headers, body, truncated: None }
    }

    #[test]
    fn what_the_server_says_counts() {
        for (value, expected) in [
            ("text/html", "text/html"),
            ("Text/HTML; charset=utf-8", "text/html"),
            ("application/pdf ;x=y", "application/pdf"),
            ("text/html, text/html", "text/html"),
        ] {
            assert_eq!(media_type(&response(Some(value)), b"%PDF-1.7"), expected);
        }
    }

    #[test]
    fn first_bytes_count_where_it_says_nothing() {
        for (start, expected) in [
            (&b"\n <!DOCTYPE html><p>"[..], "text/html"),
            (b"\xef\xbb\xbf<html>", "text/html"),
            (b"%PDF-1.7", "application/pdf"),
            (b"Just words.", "text/plain"),
            (b"\x89PNG\r\n\x1a\n\0", "application/octet-stream"),
            (b"", "text/plain"),
        ] {
            for nothing in [None, Some(""), Some("html"), Some("/")] {
                assert_eq!(media_type(&response(nothing), start), expected, "{}", start.escape_ascii());
            }
        }
    }

    #[test]
    fn text_is_told_from_the_rest() {
        for text in [
            "text/html",
            "text/plain",
            "application/xhtml+xml",
            "application/ld+json",
            "image/svg+xml",
            "application/json",
        ] {
            assert!(is_text(text), "{text}");
        }
        for binary in ["application/pdf", "image/png", "application/octet-stream", "video/mp4", ""] {
            assert!(!is_text(binary), "{binary}");
        }
    }
}
