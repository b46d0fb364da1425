//! Lines of a CDXJ index: which capture of which URL lies where.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::surt::surt;
use super::warc::{Header, HttpHead, Member};

/// One line of the index: `<surt> <14 digits> <json>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CdxLine {
    /// The key of the URL.
    pub key: String,
    /// Date of the capture, `YYYYMMDDhhmmss`.
    pub timestamp: String,
    /// The rest.
    pub facts: CdxFacts,
}

/// The JSON block of a line. Numbers are strings, as in the indexes of pywb.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CdxFacts {
    /// The URL.
    pub url: String,
    /// Media type; `warc/revisit` for a revisit.
    pub mime: String,
    /// HTTP status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Digest of the payload.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Length of the gzip member.
    pub length: String,
    /// Its first byte.
    pub offset: String,
    /// The WARC file.
    pub filename: String,
    /// Digest of the gzip member.
    #[serde(rename = "recordDigest")]
    pub record_digest: String,
}

impl CdxLine {
    /// The line of a record, or `None` for the kinds that are not indexed.
    pub(super) fn of(
        header: &Header,
        http: Option<&HttpHead>,
        member: &Member,
        filename: &str,
    ) -> Option<Self> {
        let is_indexed = matches!(header.kind(), "response" | "revisit" | "resource");
        is_indexed.then(|| Self::of_any(header, http, member, filename)).flatten()
    }

    /// The line of a record of any kind that has a URL and a date.
    pub(super) fn of_any(
        header: &Header,
        http: Option<&HttpHead>,
        member: &Member,
        filename: &str,
    ) -> Option<Self> {
        let url = header.target()?;
        let mime = match header.kind() {
            "revisit" => Some("warc/revisit".to_owned()),
            "response" => http.and_then(HttpHead::media_type),
            _ => header.get("Content-Type").map(ToOwned::to_owned),
        };
        let facts = CdxFacts {
            url: url.to_owned(),
            mime: mime.unwrap_or_else(|| "unk".to_owned()),
            status: http.and_then(HttpHead::status).map(|status| status.to_string()),
            digest: header.get("WARC-Payload-Digest").map(ToOwned::to_owned),
            length: member.length.to_string(),
            offset: member.offset.to_string(),
            filename: filename.to_owned(),
            record_digest: member.digest.labelled(),
        };
        Some(Self { key: surt(url), timestamp: digits_of(header.get("WARC-Date")?)?, facts })
    }

    /// Reads a line of an index; `None` where it is none.
    pub(super) fn parse(line: &str) -> Option<Self> {
        let (key, rest) = line.split_once(' ')?;
        let (timestamp, json) = rest.split_once(' ')?;
        let facts = serde_json::from_str(json).ok()?;
        Some(Self { key: key.to_owned(), timestamp: timestamp.to_owned(), facts })
    }

    /// Where the record lies: offset and length of its gzip member.
    pub(super) fn place(&self) -> Option<(u64, u64)> {
        Some((self.facts.offset.parse().ok()?, self.facts.length.parse().ok()?))
    }

    /// The same line about a file of another name.
    pub(super) fn renamed(mut self, filename: &str) -> Self {
        filename.clone_into(&mut self.facts.filename);
        self
    }
}

impl fmt::Display for CdxLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = serde_json::to_string(&self.facts).map_err(|_| fmt::Error)?;
        write!(f, "{} {} {json}", self.key, self.timestamp)
    }
}

/// The 14 digits of a `WARC-Date`. Longer timestamps, which the CDXJ specification allows, break ReplayWeb.page.
pub(super) fn digits_of(date: &str) -> Option<String> {
    let timestamp: Timestamp = date.parse().ok()?;
    Some(timestamp.strftime("%Y%m%d%H%M%S").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;

    fn header(kind: &str) -> Header {
        let mut header = Header::default();
        header.push("WARC-Type", kind);
        header.push("WARC-Target-URI", "https://www.example.org/A?b&a");
        header.push("WARC-Date", "2026-11-23T04:12:07.999Z");
        header.push("WARC-Payload-Digest", "sha256:00");
        header
    }

    #[test]
    fn a_response_has_a_line_in_the_usual_order() {
        let member = Member { offset: 5, length: 7, digest: Digest::of(b"") };
        let http = HttpHead::parse(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n");
        let line = CdxLine::of(&header("response"), Some(&http), &member, "x.warc.gz").unwrap();
        let expected = format!(
            r#"org,example)/a?a&b 20261123041207 {{"url":"https://www.example.org/A?b&a","mime":"text/html","status":"200","digest":"sha256:00","length":"7","offset":"5","filename":"x.warc.gz","recordDigest":"{}"}}"#,
            Digest::of(b"").labelled()
        );
        assert_eq!(line.to_string(), expected);
        assert_eq!(CdxLine::parse(&expected), Some(line));
        assert_eq!(CdxLine::parse("org,example)/ 2026 {}"), None);
    }

    #[test]
    fn requests_and_metadata_have_none() {
        let member = Member { offset: 0, length: 0, digest: Digest::of(b"") };
        for kind in ["request", "metadata", "warcinfo"] {
            assert_eq!(CdxLine::of(&header(kind), None, &member, "x"), None);
        }
        assert_eq!(CdxLine::of(&header("revisit"), None, &member, "x").unwrap().facts.mime, "warc/revisit");
    }
}
