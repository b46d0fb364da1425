//! From places in the text of a page back to places in its bytes.

use std::ops::Range;

use encoding_rs::Encoding;

use super::decode::Decoded;

/// Where the bytes `range` of the text of `decoded` stand in `bytes`, which it was decoded from. `None` where that cannot be told
/// for sure: the bytes before are damaged, or in an encoding that nobody writes any more.
pub fn undecoded(decoded: &Decoded, bytes: &[u8], range: Range<usize>) -> Option<Range<usize>> {
    let encoding = Encoding::for_label(decoded.encoding.as_bytes())?;
    let mark = Encoding::for_bom(bytes).map_or(0, |(_, length)| length);
    let (before, words) = (decoded.text.get(..range.start)?, decoded.text.get(range)?);
    let (before, words) = (encoding.encode(before).0, encoding.encode(words).0);
    let start = mark + before.len();
    let place = start..start + words.len();
    let same = bytes.get(mark..start)? == &*before && bytes.get(place.clone())? == &*words;
    same.then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::{Body, Protocol, Response, decode};

    /// The bytes of `words` in a page of the given encoding.
    fn found<'a>(charset: &str, bytes: &'a [u8], words: &str) -> Option<&'a [u8]> {
        let headers = vec![("content-type".to_owned(), format!("text/html; charset={charset}").into_bytes())];
        let body = Body::from_bytes(bytes);
        let response = Response { protocol: Protocol::Http11, status: 200, headers, body, truncated: None };
        let decoded = decode(&response, 1_000).unwrap();
        let at = decoded.text.find(words).unwrap();
        undecoded(&decoded, bytes, at..at + words.len()).map(|place| &bytes[place])
    }

    #[test]
    fn words_are_found_in_their_bytes_whatever_the_encoding() {
        assert_eq!(found("utf-8", "<p>ä wörter".as_bytes(), "wörter"), Some("wörter".as_bytes()));
        assert_eq!(found("utf-8", b"\xef\xbb\xbf<p>\xc3\xa4 words", "words"), Some(&b"words"[..]));
        assert_eq!(found("iso-8859-1", b"<p>\xe4 w\xf6rter", "wörter"), Some(&b"w\xf6rter"[..]));
        assert_eq!(found("shift_jis", b"<p>\x83e\x83X\x83g words", "words"), Some(&b"words"[..]));
    }

    #[test]
    fn where_bytes_are_damaged_or_cannot_be_written_again_no_place_is_told() {
        assert_eq!(found("utf-8", b"<p>\xff words", "words"), None);
        assert_eq!(found("utf-16le", b"<\0p\0>\0w\0", "w"), None);
    }
}
