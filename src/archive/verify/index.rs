//! Checks the index of an archive folder: it has exactly the lines that the WARC files give.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::fmt;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::iter::Peekable;
use std::path::Path;

use serde::Deserialize;

use super::outcome::Findings;
use crate::archive::index::{LineSorter, all, segments};
use crate::archive::layout::{INDEX, is_capture_path, open_name, relative};

/// The lines that the index should have.
#[derive(Default)]
pub(super) struct ExpectedIndex {
    lines: LineSorter,
    /// The files that the lines are from.
    closed: HashSet<String>,
}

/// What a line says about where its record lies.
#[derive(Deserialize)]
struct Place {
    filename: String,
    offset: String,
}

impl ExpectedIndex {
    /// Announces a closed WARC file, whose lines are all to come.
    pub(super) fn expect_file(&mut self, filename: &str) {
        self.closed.insert(filename.to_owned());
    }

    /// Takes in a line of a WARC file.
    pub(super) fn push(&mut self, line: String) -> io::Result<()> {
        self.lines.push(line.into_bytes())
    }

    /// Compares the index of the archive folder `root` line by line.
    pub(super) fn check(self, root: &Path, findings: &mut Findings<'_>) {
        let segments = match segments(root) {
            Ok(segments) => segments,
            Err(error) => return findings.wrong(INDEX, "", "index", format!("cannot be read: {error}")),
        };
        for path in segments.iter().filter(|path| ends_within_a_line(path)) {
            let name = relative(root, path);
            findings.wrong(&name, "", "index", "its last line has no end: it was cut short");
        }
        let Self { lines, closed } = self;
        let in_progress =
            |place: &Place| !closed.contains(&place.filename) && is_being_written(root, &place.filename);
        let compared = lines.into_sorted().and_then(|expected| {
            let mut expected = expected.peekable();
            if !segments.is_empty() {
                compare(all(root)?, expected, &in_progress, findings)
            } else if expected.peek().is_none() {
                Ok(())
            } else {
                findings.wrong(INDEX, "", "index", "is not there, though there are captures");
                Ok(())
            }
        });
        if let Err(error) = compared {
            findings.wrong(INDEX, "", "index", format!("cannot be compared: {error}"));
        }
    }
}

fn ends_within_a_line(path: &Path) -> bool {
    let mut last = [b'\n'];
    let read = File::open(path).and_then(|mut file| {
        // An empty file has no last byte to seek to, and no line either.
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)
    });
    read.is_ok() && last != *b"\n"
}

type Line = io::Result<Vec<u8>>;

/// Walks both in step. A line out of order is reported and left out, so that it throws nothing else out of step.
fn compare(
    found: impl Iterator<Item = Line>,
    expected: Peekable<impl Iterator<Item = Line>>,
    in_progress: &dyn Fn(&Place) -> bool,
    findings: &mut Findings<'_>,
) -> io::Result<()> {
    let mut expected = expected;
    let mut found = found.zip(1_u64..).peekable();
    let mut before: Vec<u8> = Vec::new();
    while let Some((line, number)) = found.next() {
        let line = line?;
        if is_out_of_order(&before, &line, found.peek().map(|(next, _)| next)) {
            report(&line, number, "is out of order", findings);
            continue;
        }
        let order = loop {
            match expected.peek() {
                None => break Ordering::Less,
                Some(Err(_)) => return expected.next().map_or(Ok(()), |line| line.map(drop)),
                Some(Ok(next)) if *next < line => {
                    report_missing(next, findings);
                    expected.next();
                }
                Some(Ok(next)) => break line.cmp(next),
            }
        };
        if order == Ordering::Equal {
            expected.next();
            findings.right(INDEX, "index line");
        } else if Place::of(&line).is_some_and(|place| in_progress(&place)) {
            let detail = "the run that it is from was writing, or was killed";
            findings.not_checkable(INDEX, &format!("line {number}"), "index line", detail);
        } else {
            report(&line, number, "is not what the record at its place gives", findings);
        }
        before = line;
    }
    for line in expected {
        report_missing(&line?, findings);
    }
    Ok(())
}

/// Whether `line` is smaller than the line before it, or greater than one after it that is in order.
fn is_out_of_order(before: &[u8], line: &[u8], next: Option<&Line>) -> bool {
    let too_great = matches!(next, Some(Ok(next)) if line > next.as_slice() && next.as_slice() >= before);
    line < before || too_great
}

fn report(line: &[u8], number: u64, what: &str, findings: &mut Findings<'_>) {
    let detail = format!("{what}{}", Place::of(line).map(|place| format!(": {place}")).unwrap_or_default());
    findings.wrong(INDEX, &format!("line {number}"), "index line", detail);
}

fn report_missing(line: &[u8], findings: &mut Findings<'_>) {
    let place = Place::of(line).map(|place| place.to_string()).unwrap_or_default();
    findings.wrong(INDEX, &place, "index line", "the index has no line, or another one, for this record");
}

/// Whether the file was open, or not there yet, when the files were walked. A run brings its lines into the index
/// before it closes their file.
fn is_being_written(root: &Path, filename: &str) -> bool {
    let path = root.join(filename);
    is_capture_path(filename) && (path.is_file() || open_name(&path).is_file())
}

impl Place {
    /// What the line says, as far as it can be read.
    fn of(line: &[u8]) -> Option<Self> {
        let json = line.iter().position(|&byte| byte == b'{').and_then(|start| line.get(start..))?;
        serde_json::from_slice(json).ok()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at offset {}", self.filename, self.offset)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::outcome::Outcome;
    use super::*;

    /// What is wrong with an index of `found` where `expected` should be.
    fn wrong(found: &str, expected: &[&str]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(INDEX), found).unwrap();
        let mut index = ExpectedIndex::default();
        for line in expected {
            index.push((*line).to_owned()).unwrap();
        }
        let mut listed = Vec::new();
        let mut sink = |checked: super::super::outcome::Checked| {
            assert_eq!(checked.outcome, Outcome::Wrong);
            listed.push(checked.item);
        };
        index.check(folder.path(), &mut Findings::new(&mut sink));
        listed
    }

    #[test]
    fn names_the_line_that_is_wrong_and_no_other() {
        assert_eq!(wrong("a\nb\nc\n", &["a", "b", "c"]), Vec::<String>::new());
        assert_eq!(wrong("a\nb2\nc\n", &["a", "b", "c"]), ["", "line 2"]);
        assert_eq!(wrong("a\nz\nc\nd\n", &["a", "b", "c", "d"]), ["line 2", ""]);
        assert_eq!(wrong("b\nc\na\nd\n", &["b", "c", "d"]), ["line 3"]);
        assert_eq!(wrong("a\na\n", &["a"]), ["line 2"]);
        assert_eq!(wrong("", &["a"]), [""]);
    }

    #[test]
    fn a_missing_line_names_its_record() {
        let line = r#"k 1 {"filename":"x.warc.gz","offset":"7"}"#;
        assert_eq!(wrong("", &[line]), ["x.warc.gz at offset 7"]);
    }
}
