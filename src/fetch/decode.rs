//! From the bytes of a response to its text.

use std::borrow::Cow;

use super::charset::to_text;
use super::coding::inflate;
use super::decode_error::DecodeError;
use super::exchange::Response;
use super::media::{is_html, is_text, media_type};

/// The text of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// The name of the encoding it was in, as the WHATWG Encoding Standard writes it.
    pub encoding: &'static str,
    /// The media type without parameters, in lower case.
    pub media_type: String,
}

impl Decoded {
    /// Whether it is HTML.
    pub fn is_html(&self) -> bool {
        is_html(&self.media_type)
    }
}

/// The bytes of `response`, its content codings undone, to `limit` bytes at most.
///
/// # Errors
///
/// Fails where the response is larger than `limit`, or is packed in an unknown or broken way.
pub fn unpacked(response: &Response, limit: u64) -> Result<Vec<u8>, DecodeError> {
    inflate(response, limit).map(Cow::into_owned)
}

/// The text of `response`: its content codings undone, to `limit` bytes at most, and its encoding turned to UTF-8.
///
/// # Errors
///
/// Fails where the response is no text, is larger than `limit`, or is packed in an unknown or broken way.
pub fn decode(response: &Response, limit: u64) -> Result<Decoded, DecodeError> {
    let stated = media_type(response, b"");
    if response.header("content-type").is_some() && !is_text(&stated) {
        return Err(DecodeError::NotText(stated));
    }
    decode_unpacked(response, &inflate(response, limit)?)
}

/// The text of `response`, whose body without its content codings is `bytes`.
///
/// # Errors
///
/// Fails where that is no text.
pub fn decode_unpacked(response: &Response, bytes: &[u8]) -> Result<Decoded, DecodeError> {
    let media_type = media_type(response, bytes);
    if !is_text(&media_type) {
        return Err(DecodeError::NotText(media_type));
    }
    let (text, encoding) = to_text(bytes, response, is_html(&media_type));
    Ok(Decoded { text, encoding, media_type })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::{Body, Protocol};

    fn response(headers: &[(&str, &str)], body: &[u8]) -> Response {
        let headers =
            headers.iter().map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec())).collect();
        let body = Body::from_bytes(body);
        Response { protocol: Protocol::Http11, status: 200, headers, body, truncated: None }
    }

    #[test]
    fn text_comes_with_its_type_and_encoding() {
        let page = response(&[("content-type", "text/html; charset=iso-8859-1")], b"<p>\xfc");
        let decoded = decode(&page, 100).unwrap();
        assert_eq!(
            decoded,
            Decoded {
                text: "<p>ü".to_owned(), encoding: "windows-1252", media_type: "text/html".to_owned()
            }
        );
        assert!(decoded.is_html());
    }

    #[test]
    fn what_is_no_text_is_named() {
        for (headers, body, named) in [
            (&[("content-type", "application/pdf")][..], &b"<html>"[..], "application/pdf"),
            (&[], b"%PDF-1.4", "application/pdf"),
            (&[], b"\0\x01\x02", "application/octet-stream"),
        ] {
            let outcome = decode(&response(headers, body), 100);
            assert!(
                matches!(&outcome, Err(DecodeError::NotText(media_type)) if media_type == named),
                "{outcome:?}"
            );
        }
    }

    #[test]
    fn the_limit_is_named_as_people_write_it() {
        let error = decode(&response(&[], &[b'x'; 3000]), 2048).unwrap_err();
        assert_eq!(error.to_string(), "it is larger than 2 KiB once unpacked");
    }
}
