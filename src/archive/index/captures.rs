//! Looks captures up in the index of an archive folder.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::lookup::lines_with_prefix;
use super::stack::segments;
use crate::archive::cdxj::CdxLine;
use crate::archive::error::ArchiveError;
use crate::archive::layout::INDEX;
use crate::archive::surt::surt;
use crate::digest::Digest;

/// The index of an archive folder, to look captures up in: binary search, whatever the size.
#[derive(Clone, Debug)]
pub struct Index {
    root: PathBuf,
}

impl Index {
    /// The index of the archive folder `root`. Captures of runs that go on or end later are found as well.
    pub fn of(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// Every capture of `url` in closed files, oldest first.
    pub fn captures(&self, url: &str) -> Result<Vec<CdxLine>, ArchiveError> {
        let mut captures = self.lines(url, &|_| true).map_err(ArchiveError::read(&self.root.join(INDEX)))?;
        captures.retain(|line| line.facts.url == url);
        captures.sort_by(|one, other| one.timestamp.cmp(&other.timestamp));
        Ok(captures)
    }

    /// The captures under the key of `url` that hold the payload with this digest and do not only refer to it, the
    /// latest first.
    pub(in crate::archive) fn payload(&self, url: &str, digest: &Digest) -> io::Result<Vec<CdxLine>> {
        let labelled = digest.labelled();
        // A page that is captured every night has thousands of lines: most are passed over without being parsed.
        let holds_it = |line: &[u8]| contains(line, labelled.as_bytes());
        let mut lines = self.lines(url, &holds_it)?;
        lines.retain(|line| line.facts.digest.as_ref() == Some(&labelled) && line.facts.mime != REVISIT);
        lines.sort_by(|one, other| other.timestamp.cmp(&one.timestamp));
        Ok(lines)
    }

    /// The lines under the key of `url` that pass `filter`. What cannot be parsed is left to verification.
    fn lines(&self, url: &str, filter: &dyn Fn(&[u8]) -> bool) -> io::Result<Vec<CdxLine>> {
        let prefix = format!("{} ", surt(url));
        let mut found = Vec::new();
        for path in segments(&self.root)? {
            for line in lines_with_prefix(File::open(path)?, prefix.as_bytes())? {
                let line = line?;
                if filter(&line) {
                    found.extend(std::str::from_utf8(&line).ok().and_then(CdxLine::parse));
                }
            }
        }
        found.sort_by_cached_key(ToString::to_string);
        found.dedup();
        Ok(found)
    }
}

/// The media type of revisits in an index.
const REVISIT: &str = "warc/revisit";

fn contains(line: &[u8], part: &[u8]) -> bool {
    line.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::index::add;

    fn line(url: &str, timestamp: &str, mime: &str, digest: &str) -> String {
        let key = surt(url);
        format!(
            r#"{key} {timestamp} {{"url":"{url}","mime":"{mime}","digest":"{digest}","length":"1","offset":"0","filename":"x","recordDigest":"sha256:00"}}"#
        )
    }

    #[test]
    fn finds_the_captures_of_a_url_and_the_one_that_holds_a_payload() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (Digest::of(b"one"), Digest::of(b"other"));
        let lines = [
            line("https://example.org/a", "20260101000000", "text/html", &one.labelled()),
            line("https://example.org/a", "20260102000000", "text/html", &other.labelled()),
            line("https://example.org/a", "20260103000000", "warc/revisit", &one.labelled()),
            line("https://www.example.org/a", "20260104000000", "text/html", &other.labelled()),
            line("https://example.org/ab", "20260105000000", "text/html", &one.labelled()),
        ];
        add(folder.path(), lines.iter().map(String::as_str).collect()).unwrap();
        let index = Index::of(folder.path());
        let captures = index.captures("https://example.org/a").unwrap();
        let dates: Vec<_> = captures.iter().map(|line| &line.timestamp[6..8]).collect();
        assert_eq!(dates, ["01", "02", "03"]);
        let date_of =
            |url, digest| Some(index.payload(url, &digest).unwrap().first()?.timestamp[6..8].to_owned());
        assert_eq!(date_of("https://example.org/a", one).as_deref(), Some("01"));
        assert_eq!(date_of("http://example.org/a", other).as_deref(), Some("04"));
        assert_eq!(date_of("https://example.org/b", one), None);
        assert!(Index::of(Path::new("/nowhere")).captures("https://example.org/").unwrap().is_empty());
    }
}
