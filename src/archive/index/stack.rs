//! The files of the index. A small archive has one. A large one has a stack of them, each several times smaller than
//! the one below, so that a run costs what it adds and not what is there: every line is rewritten a few times at most
//! while the archive grows, as in a log-structured merge tree.

use std::fs::{self, File};
use std::io::{self, BufReader, Write as _};
use std::path::{Path, PathBuf};

use super::lines::Lines;
use super::merged::{MergedLines, Source};
use crate::archive::durable::{temporary_name, write_atomically};
use crate::archive::layout::INDEX;

/// A file up to this many bytes is rewritten whatever is added: that takes no time.
const SMALL: u64 = 16 << 20;
/// A file is rewritten once what comes on top of it has grown to this fraction of its size.
const FRACTION: u64 = 4;

/// Brings `lines` into the index of the archive folder `root`. A line that is there already is not repeated in its
/// file: a run that was killed between index and rename brings its lines a second time.
pub(in crate::archive) fn add(root: &Path, lines: Vec<&str>) -> io::Result<()> {
    add_with(root, lines, SMALL)
}

/// All lines of the index of the archive folder `root`, in order. A line that stands in several files is given once.
pub(in crate::archive) fn all(root: &Path) -> io::Result<Source<'static>> {
    let mut sources = open(&segments(root)?)?;
    match sources.pop() {
        Some(only) if sources.is_empty() => Ok(only),
        last => Ok(Box::new(once_each(MergedLines::of(sources.into_iter().chain(last).collect())?))),
    }
}

/// The files of the index of `root` that are there, the largest first.
pub(in crate::archive) fn segments(root: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    loop {
        let path = root.join(name(found.len()));
        if !path.try_exists()? {
            return Ok(found);
        }
        found.push(path);
    }
}

/// Removes the unfinished files of a killed run.
pub(in crate::archive) fn clear(root: &Path) -> io::Result<()> {
    let slots = segments(root)?.len() + 1;
    let unfinished = (0..slots).map(|slot| temporary_name(&root.join(name(slot))));
    unfinished.filter(|path| path.exists()).try_for_each(fs::remove_file)
}

fn add_with(root: &Path, mut lines: Vec<&str>, small: u64) -> io::Result<()> {
    lines.sort_unstable();
    lines.dedup();
    let segments = segments(root)?;
    if lines.is_empty() && !segments.is_empty() {
        return Ok(());
    }
    let added = lines.iter().map(|line| line.len() as u64 + 1).sum();
    let kept = untouched(&segments, added, small)?;
    let (_, merged) = segments.split_at(kept);
    let mut sources = open(merged)?;
    sources.push(Box::new(lines.into_iter().map(|line| Ok(line.as_bytes().to_vec()))));
    write_atomically(&root.join(name(kept)), |out| {
        once_each(MergedLines::of(sources)?).try_for_each(|line| {
            out.write_all(&line?)?;
            out.write_all(b"\n")
        })
    })?;
    // From the top, so that what a kill leaves is still a stack. Its lines stand twice then, and are read once.
    merged.iter().skip(1).rev().try_for_each(fs::remove_file)
}

/// How many files, from the largest on, stay as they are when `added` bytes come on top.
fn untouched(segments: &[PathBuf], added: u64, small: u64) -> io::Result<usize> {
    let mut above = added;
    for (slot, path) in segments.iter().enumerate().rev() {
        let bytes = fs::metadata(path)?.len();
        if bytes > small && bytes / FRACTION > above {
            return Ok(slot + 1);
        }
        above += bytes;
    }
    Ok(0)
}

fn open<'a>(segments: &[PathBuf]) -> io::Result<Vec<Source<'a>>> {
    let open = |path: &PathBuf| -> io::Result<Source<'a>> {
        Ok(Box::new(Lines(BufReader::with_capacity(1 << 20, File::open(path)?))))
    };
    segments.iter().map(open).collect()
}

/// The file in this slot of the stack, counted from the largest.
fn name(slot: usize) -> String {
    let (stem, extension) = INDEX.split_once('.').unwrap_or((INDEX, "cdx"));
    if slot == 0 { INDEX.to_owned() } else { format!("{stem}.{slot}.{extension}") }
}

fn once_each(lines: MergedLines<'_>) -> impl Iterator<Item = io::Result<Vec<u8>>> {
    let mut last: Option<Vec<u8>> = None;
    lines.filter(move |line| match line {
        Ok(line) if last.as_ref() == Some(line) => false,
        Ok(line) => {
            last = Some(line.clone());
            true
        }
        Err(_) => true,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(root: &Path) -> Vec<String> {
        all(root).unwrap().map(|line| String::from_utf8(line.unwrap()).unwrap()).collect()
    }

    #[test]
    fn lines_are_sorted_in_and_not_repeated() {
        let folder = tempfile::tempdir().unwrap();
        for lines in [&["b", "d"][..], &["e", "a", "c", "b"], &[], &["a"]] {
            add(folder.path(), lines.to_vec()).unwrap();
        }
        assert_eq!(fs::read_to_string(folder.path().join(INDEX)).unwrap(), "a\nb\nc\nd\ne\n");
    }

    #[test]
    fn an_archive_without_captures_has_an_empty_index() {
        let folder = tempfile::tempdir().unwrap();
        add(folder.path(), Vec::new()).unwrap();
        assert_eq!(fs::read(folder.path().join(INDEX)).unwrap(), b"");
    }

    #[test]
    fn a_few_lines_do_not_rewrite_a_large_file() {
        let folder = tempfile::tempdir().unwrap();
        let many =
            |from: u32, count: u32| (from..from + count).map(|n| format!("{n:08}")).collect::<Vec<_>>();
        let add =
            |lines: Vec<String>| add_with(folder.path(), lines.iter().map(String::as_str).collect(), 10);
        add(many(1000, 1000)).unwrap();
        add(many(5, 20)).unwrap();
        let names: Vec<_> = segments(folder.path()).unwrap();
        assert_eq!(names, [folder.path().join("index.cdx"), folder.path().join("index.1.cdx")]);
        assert_eq!(fs::metadata(&names[0]).unwrap().len(), 9000);
        add(many(3000, 300)).unwrap();
        assert_eq!(segments(folder.path()).unwrap().len(), 1, "what has grown is merged");
        assert_eq!(read(folder.path()).len(), 1320);
    }

    #[test]
    fn what_a_kill_left_behind_is_read_once_and_cleared() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["index.cdx", "index.1.cdx"] {
            fs::write(folder.path().join(name), "a\nb\n").unwrap();
        }
        fs::write(folder.path().join("index.2.cdx.tmp"), "half a li").unwrap();
        assert_eq!(read(folder.path()), ["a", "b"]);
        clear(folder.path()).unwrap();
        assert!(!folder.path().join("index.2.cdx.tmp").exists());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn however_lines_come_in_all_of_them_are_there(runs in prop::collection::vec(prop::collection::vec("[a-z]{1,9}", 0..30), 1..12)) {
            let folder = tempfile::tempdir().unwrap();
            let mut expected = std::collections::BTreeSet::new();
            for run in runs {
                expected.extend(run.iter().cloned());
                add_with(folder.path(), run.iter().map(String::as_str).collect(), 20).unwrap();
                prop_assert_eq!(read(folder.path()), expected.iter().cloned().collect::<Vec<_>>());
            }
        }
    }
}
