//! Brings new lines into the index.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::Path;

use super::lines::Lines;
use crate::archive::durable::write_atomically;

/// Merges `lines` into the sorted file at `path`, which is replaced whole. A line that is there already is not
/// repeated: a run that was killed between index and rename brings its lines a second time.
pub(in crate::archive) fn merge(path: &Path, mut lines: Vec<String>) -> io::Result<()> {
    lines.sort();
    lines.dedup();
    match File::open(path) {
        Ok(file) if !lines.is_empty() => write_atomically(path, |out| {
            merge_into(out, Lines(BufReader::with_capacity(1 << 20, file)), lines)
        }),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            write_atomically(path, |out| merge_into(out, std::iter::empty(), lines))
        }
        Err(error) => Err(error),
    }
}

fn merge_into(
    out: &mut BufWriter<File>,
    old: impl Iterator<Item = io::Result<Vec<u8>>>,
    new: Vec<String>,
) -> io::Result<()> {
    let mut new = new.into_iter().peekable();
    for line in old {
        let line = line?;
        while let Some(earlier) = new.next_if(|new| new.as_bytes() < line.as_slice()) {
            write_line(out, earlier.as_bytes())?;
        }
        new.next_if(|new| new.as_bytes() == line.as_slice());
        write_line(out, &line)?;
    }
    new.try_for_each(|line| write_line(out, line.as_bytes()))
}

fn write_line(out: &mut impl Write, line: &[u8]) -> io::Result<()> {
    out.write_all(line)?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn lines_are_sorted_in_and_not_repeated() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index.cdx");
        for lines in [&["b", "d"][..], &["e", "a", "c", "b"], &[], &["a"]] {
            merge(&path, lines.iter().map(ToString::to_string).collect()).unwrap();
        }
        assert_eq!(fs::read_to_string(path).unwrap(), "a\nb\nc\nd\ne\n");
    }

    #[test]
    fn an_archive_without_captures_has_an_empty_index() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index.cdx");
        merge(&path, Vec::new()).unwrap();
        assert_eq!(fs::read(path).unwrap(), b"");
    }
}
