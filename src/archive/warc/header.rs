//! The named fields that head a WARC record (WARC 1.1 §4).

use std::borrow::Cow;
use std::fmt;
use std::io::{BufRead, Read as _};
use std::ops::Range;

use super::fault::Fault;

/// A header longer than this is not read: real ones have a kilobyte, data URIs make some much longer.
const LONGEST: u64 = 4 << 20;

/// Bytes that most headers have, and fields.
const MOST_HAVE: (usize, usize) = (1 << 10, 16);

/// Named fields in their order. Names are compared without regard to case, and may be repeated.
#[derive(Clone)]
pub struct Header {
    /// Names and values one behind the other: archives have many records, and a field alone would be two allocations.
    text: String,
    fields: Vec<Field>,
}

/// Where a field stands in the text of its header.
#[derive(Clone)]
struct Field {
    name: Range<usize>,
    value: Range<usize>,
}

impl Default for Header {
    fn default() -> Self {
        let (bytes, fields) = MOST_HAVE;
        Self { text: String::with_capacity(bytes), fields: Vec::with_capacity(fields) }
    }
}

impl Header {
    /// Adds a field. Line ends in `value` become spaces: a value cannot begin a field of its own.
    pub fn push(&mut self, name: &str, value: impl AsRef<str>) {
        let is_end = |c: char| matches!(c, '\r' | '\n' | '\0');
        let value = value.as_ref().trim_matches(|c: char| c.is_whitespace() || is_end(c));
        let field = if value.bytes().any(|byte| is_end(char::from(byte))) {
            self.add(name, &value.replace(is_end, " "))
        } else {
            self.add(name, value)
        };
        self.fields.push(field);
    }

    /// Adds name and value to the text: where they stand there.
    fn add(&mut self, name: &str, value: &str) -> Field {
        let start = self.text.len();
        self.text.push_str(name);
        let middle = self.text.len();
        self.text.push_str(value);
        Field { name: start..middle, value: middle..self.text.len() }
    }

    /// The fields in their order.
    fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        let part = |range: &Range<usize>| self.text.get(range.clone()).unwrap_or_default();
        self.fields.iter().map(move |field| (part(&field.name), part(&field.value)))
    }

    /// The first value of the field `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// Every value of the field `name`.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.fields().filter(move |(given, _)| given.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// `WARC-Record-ID` without its angle brackets: `urn:uuid:…`.
    pub fn record_id(&self) -> Option<&str> {
        self.get("WARC-Record-ID").map(bare)
    }

    /// `WARC-Type`, such as `response`.
    pub fn kind(&self) -> &str {
        self.get("WARC-Type").unwrap_or_default()
    }

    /// `WARC-Target-URI`. Old versions of wget put it in angle brackets, which are no part of it.
    pub fn target(&self) -> Option<&str> {
        self.get("WARC-Target-URI").map(bare)
    }

    /// `Content-Length`, where it is a number.
    pub fn content_length(&self) -> Option<u64> {
        let text = self.get("Content-Length")?;
        if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
    }

    /// Whether the block is an HTTP message.
    pub fn holds_http(&self) -> bool {
        let media = self.get("Content-Type").unwrap_or_default();
        media.get(..16).is_some_and(|start| start.eq_ignore_ascii_case("application/http"))
    }

    /// About how many bytes it takes in memory.
    pub(in crate::archive) fn size(&self) -> usize {
        self.text.capacity() + self.fields.capacity() * size_of::<Field>()
    }

    /// The fields as they stand in `application/warc-fields`.
    pub fn to_fields(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.write_fields(&mut bytes);
        bytes
    }

    fn write_fields(&self, bytes: &mut Vec<u8>) {
        bytes.reserve(self.text.len() + 4 * self.fields.len());
        for (name, value) in self.fields() {
            for part in [name, ": ", value, "\r\n"] {
                bytes.extend(part.as_bytes());
            }
        }
    }

    /// The whole header: version, fields, empty line.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = b"WARC/1.1\r\n".to_vec();
        self.write_fields(&mut bytes);
        bytes.extend(b"\r\n");
        bytes
    }

    /// Reads the header of a record of WARC 1.0 or 1.1 up to and with the empty line.
    pub(super) fn read(reader: &mut impl BufRead) -> Result<Self, Fault> {
        let mut reader = reader.take(LONGEST);
        let mut line = Vec::new();
        if !matches!(&*next_line(&mut reader, &mut line)?, "WARC/1.0" | "WARC/1.1") {
            return Err(fault("it does not begin with WARC/1.0 or WARC/1.1"));
        }
        let mut header = Self::default();
        loop {
            let line = next_line(&mut reader, &mut line)?;
            if line.is_empty() {
                return header.checked();
            }
            header.take_line(&line)?;
        }
    }

    /// Takes in a line: a field, or the rest of the field before it (WARC 1.0 allowed folding).
    fn take_line(&mut self, line: &str) -> Result<(), Fault> {
        if line.starts_with([' ', '\t']) {
            // The last field ends where the text does.
            let last = self.fields.last_mut().ok_or_else(|| fault("it begins with a folded line"))?;
            self.text.push(' ');
            self.text.push_str(line.trim());
            last.value.end = self.text.len();
            return Ok(());
        }
        let (name, value) = line.split_once(':').ok_or_else(|| fault("a line has no colon"))?;
        if name.is_empty() || !name.bytes().all(is_token) {
            return Err(fault("a field name has other characters than those of a token"));
        }
        let field = self.add(name, value.trim());
        self.fields.push(field);
        Ok(())
    }

    /// What WARC 1.1 §5 demands of every record.
    fn checked(self) -> Result<Self, Fault> {
        for name in ["WARC-Type", "WARC-Record-ID", "WARC-Date", "Content-Length"] {
            match self.all(name).count() {
                0 => return Err(fault(&format!("{name} is missing"))),
                1 => (),
                _ => return Err(fault(&format!("{name} stands there more than once"))),
            }
        }
        if self.content_length().is_none() {
            return Err(fault("Content-Length is not a number"));
        }
        Ok(self)
    }
}

impl PartialEq for Header {
    fn eq(&self, other: &Self) -> bool {
        self.fields().eq(other.fields())
    }
}

impl Eq for Header {}

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.fields()).finish()
    }
}

/// `text` without angle brackets around it.
pub(in crate::archive) fn bare(text: &str) -> &str {
    text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).unwrap_or(text)
}

/// The characters of a token (RFC 9110 §5.6.2), which is what a field name consists of.
pub(super) fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// The next line without its end, which `line` is the room for. Bytes that are no UTF-8 are replaced: no field that matters
/// has them.
fn next_line<'a>(reader: &mut impl BufRead, line: &'a mut Vec<u8>) -> Result<Cow<'a, str>, Fault> {
    line.clear();
    reader.read_until(b'\n', line)?;
    let text = line.strip_suffix(b"\r\n").ok_or_else(|| fault("a line does not end in CR LF"))?;
    Ok(String::from_utf8_lossy(text))
}

fn fault(what: &str) -> Fault {
    Fault::Header(what.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "WARC/1.0\r\nWARC-Type: response\r\nwarc-record-id: <urn:uuid:1>\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n\
                        Content-Length: 12\r\nWARC-Concurrent-To: <urn:uuid:2>\r\nWARC-Concurrent-To: <urn:uuid:3>\r\n\
                        WARC-Target-URI: <https://example.org/>\r\nX-Folded: one\r\n two\r\n\r\n";

    #[test]
    fn reads_names_in_any_case_repeats_and_folded_lines() {
        let header = Header::read(&mut GOOD.as_bytes()).unwrap();
        assert_eq!(header.record_id(), Some("urn:uuid:1"));
        assert_eq!(header.target(), Some("https://example.org/"));
        assert_eq!(header.content_length(), Some(12));
        assert_eq!(header.all("WARC-Concurrent-To").count(), 2);
        assert_eq!(header.get("x-folded"), Some("one two"));
    }

    #[test]
    fn says_what_is_wrong_with_a_header() {
        let cases = [
            (GOOD.replace("WARC/1.0", "HTTP/1.1"), "WARC/1.0 or WARC/1.1"),
            (GOOD.replace("WARC-Date", "Date"), "WARC-Date is missing"),
            (GOOD.replace(": 12\r", ": -12\r"), "not a number"),
            (GOOD.replace("X-Folded", "Content-Length"), "more than once"),
            (GOOD.replace("X-Folded: one", "X-Folded one"), "no colon"),
            (GOOD.replace("X-Folded", "X Folded"), "token"),
            (GOOD.replace("\r\n\r\n", "\r\n"), "CR LF"),
        ];
        for (text, expected) in cases {
            let message = Header::read(&mut text.as_bytes()).unwrap_err().to_string();
            assert!(message.contains(expected), "{message}");
        }
    }

    #[test]
    fn a_value_cannot_smuggle_in_a_field() {
        let mut header = Header::default();
        header.push("detail", "reset\r\nWARC-Type: response");
        assert_eq!(header.to_fields(), b"detail: reset  WARC-Type: response\r\n");
        header.push("empty", " \r\n ");
        assert_eq!((header.get("empty"), header.get("WARC-Type")), (Some(""), None));
    }
}
