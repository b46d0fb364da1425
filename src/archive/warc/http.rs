//! The head of a captured HTTP message: what an index and a payload digest need of it.

use std::io::{self, BufRead, Read as _};

/// A head longer than this is not looked for: servers stop far below it.
const LONGEST: u64 = 1 << 20;

/// The start line and the fields of an HTTP message, as far as they can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::archive) struct HttpHead {
    /// All of it. Most are only asked for one field or two, and there are many.
    text: String,
}

impl HttpHead {
    /// Reads what is readable of a head: servers send the strangest things, and all of them are archived.
    pub(in crate::archive) fn parse(head: &[u8]) -> Self {
        Self { text: latin1(head) }
    }

    /// The status code, where the message is a response with one.
    pub(in crate::archive) fn status(&self) -> Option<u16> {
        self.text.split('\n').next().and_then(status_of)
    }

    /// All fields, names as written.
    pub(in crate::archive) fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = self.text.split('\n').skip(1).filter_map(|line| line.split_once(':'));
        fields.map(|(name, value)| (name.trim(), value.trim()))
    }

    /// The first value of the field `name`.
    pub(in crate::archive) fn field(&self, name: &str) -> Option<&str> {
        self.fields().find(|(given, _)| given.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// The media type without its parameters, in lower case.
    pub(in crate::archive) fn media_type(&self) -> Option<String> {
        let value = self.field("content-type")?;
        let media = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        (!media.is_empty()).then_some(media)
    }

    /// Whether the body that follows has the chunked transfer coding (RFC 9112 §7.1).
    pub(in crate::archive) fn is_chunked(&self) -> bool {
        let coding = self.field("transfer-encoding").unwrap_or_default();
        coding.rsplit(',').next().is_some_and(|last| last.trim().eq_ignore_ascii_case("chunked"))
    }
}

/// Reads the head of an HTTP message up to and with its empty line, or up to the end of the block.
pub(in crate::archive) fn read_head(block: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let mut block = block.take(LONGEST);
    loop {
        let start = head.len();
        block.read_until(b'\n', &mut head)?;
        let line = head.get(start..).unwrap_or_default();
        if line.is_empty() || line == b"\r\n" || line == b"\n" {
            return Ok(head);
        }
    }
}

/// The code of a status line such as `HTTP/1.1 200 OK`.
fn status_of(line: &str) -> Option<u16> {
    let rest = line.strip_prefix("HTTP/")?;
    rest.split_ascii_whitespace().nth(1)?.parse().ok()
}

fn latin1(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => text.to_owned(),
        _ => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_status_media_type_and_coding() {
        let head = HttpHead::parse(
            b"HTTP/1.1 404 Not Found\r\nContent-Type: Text/HTML; charset=x\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n",
        );
        assert_eq!((head.status(), head.is_chunked()), (Some(404), true));
        assert_eq!(head.media_type().as_deref(), Some("text/html"));
    }

    #[test]
    fn a_head_without_sense_is_no_error() {
        for bytes in [&b""[..], b"\n", b"\xff\xfe", b"HTTP/1.1\r\n\r\n", b"HTTP/1.1 99999 x\r\n:\r\n\r\n"] {
            assert_eq!(HttpHead::parse(bytes).status(), None);
        }
    }

    #[test]
    fn the_head_ends_at_the_empty_line() {
        let mut block = &b"HTTP/1.1 200 OK\r\na: b\r\n\r\nbody\r\n\r\n"[..];
        assert_eq!(read_head(&mut block).unwrap(), b"HTTP/1.1 200 OK\r\na: b\r\n\r\n");
        assert_eq!(block, b"body\r\n\r\n");
    }
}
