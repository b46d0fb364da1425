//! Puts in order what a killed run left behind.

use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};

use super::cdx_lines::CdxLines;
use super::cdxj::CdxLine;
use super::error::ArchiveError;
use super::index;
use super::layout::{CAPTURES, CLOSED, INDEX, OPEN, relative};
use super::open_warc::rename_closed;
use super::store::Folder;
use super::warc::{Fault, HttpHead, WarcReader, read_head};

/// A WARC file that was open when its run was killed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// The file under its final name, relative to the archive folder.
    pub warc: String,
    /// Whole records that are kept.
    pub records: u64,
    /// Bytes of a torn record at its end that were cut off. It was never acknowledged.
    pub cut: u64,
}

/// Closes every open file of the folder: cut back to its last whole record, indexed, renamed. A file whose damage is
/// followed by whole records was not torn by a kill. It is closed as it is, for verification to name the damage.
pub(super) fn recover(folder: &Folder) -> Result<Vec<Recovered>, ArchiveError> {
    index::clear(folder.root()).map_err(ArchiveError::write(&folder.root().join(INDEX)))?;
    let captures = folder.root().join(CAPTURES);
    let open = warcs_below(&captures).map_err(ArchiveError::read(&captures))?;
    open.iter().filter(|path| is_open(path)).map(|path| close(folder, path)).collect()
}

/// The WARC files below `captures`, open and closed, in the order of their paths.
pub(super) fn warcs_below(captures: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut warcs = Vec::new();
    for year in folders_in(captures)? {
        for month in folders_in(&year)? {
            for entry in fs::read_dir(month)? {
                let path = entry?.path();
                let name = path.to_string_lossy();
                if name.ends_with(CLOSED) || name.ends_with(OPEN) {
                    warcs.push(path);
                }
            }
        }
    }
    warcs.sort();
    Ok(warcs)
}

/// Whether the file is one that was being written.
pub(super) fn is_open(path: &Path) -> bool {
    path.to_string_lossy().ends_with(OPEN)
}

/// The final name of an open file.
pub(super) fn closed_name(open: &Path) -> PathBuf {
    let name = open.to_string_lossy();
    PathBuf::from(name.strip_suffix(".open").unwrap_or(&name))
}

fn folders_in(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            folders.push(path);
        }
    }
    folders.sort();
    Ok(folders)
}

fn close(folder: &Folder, open: &Path) -> Result<Recovered, ArchiveError> {
    let closed = closed_name(open);
    let warc = relative(folder.root(), &closed);
    let whole = read_whole_records(open, &warc)?;
    let length = fs::metadata(open).map_err(ArchiveError::read(open))?.len();
    let recovered = Recovered { warc, records: whole.records, cut: length - whole.end };
    if recovered.cut > 0 {
        cut(open, whole.end).map_err(ArchiveError::write(open))?;
    }
    if closed.exists() {
        let source = std::io::ErrorKind::AlreadyExists.into();
        return Err(ArchiveError::Write { path: closed, source });
    }
    folder.index(&whole.lines)?;
    if recovered.records == 0 && whole.end == 0 {
        fs::remove_file(open).map_err(ArchiveError::write(open))?;
    } else {
        rename_closed(&closed).map_err(ArchiveError::write(&closed))?;
    }
    Ok(recovered)
}

fn cut(open: &Path, end: u64) -> std::io::Result<()> {
    let file = File::options().write(true).open(open)?;
    file.set_len(end)?;
    file.sync_all()
}

/// What an open file holds.
struct Whole {
    records: u64,
    lines: CdxLines,
    /// Where the torn tail begins.
    end: u64,
}

fn read_whole_records(open: &Path, name: &str) -> Result<Whole, ArchiveError> {
    let file = File::open(open).map_err(ArchiveError::read(open))?;
    let mut reader = WarcReader::new(BufReader::new(file));
    let mut whole = Whole { records: 0, lines: CdxLines::default(), end: 0 };
    loop {
        match take_record(&mut reader, name, &mut whole) {
            Ok(true) => (),
            Ok(false) | Err(Fault::Torn) => return Ok(whole),
            Err(Fault::Io(source)) => return Err(ArchiveError::Read { path: open.to_owned(), source }),
            Err(_) => {
                // A kill tears the last record and no other. Damage elsewhere hides whole records, which stay.
                let goes_on = reader.jump_to_record_after(whole.end + 1).map_err(ArchiveError::read(open))?;
                if !goes_on || !has_whole_record(&mut reader) {
                    return Ok(whole);
                }
            }
        }
    }
}

/// Takes in the next record, `false` at the end of the file.
fn take_record(
    reader: &mut WarcReader<BufReader<File>>,
    name: &str,
    whole: &mut Whole,
) -> Result<bool, Fault> {
    let Some(mut record) = reader.next_record()? else { return Ok(false) };
    let http = record.header().holds_http().then(|| read_head(&mut record)).transpose()?;
    let (header, member) = record.finish()?;
    let head = http.map(|bytes| HttpHead::parse(&bytes));
    whole.lines.extend(CdxLine::of(&header, head.as_ref(), &member, name));
    whole.records += 1;
    whole.end = reader.position();
    Ok(true)
}

/// Whether a whole record lies at the reader's place, which it goes back to.
fn has_whole_record(reader: &mut WarcReader<BufReader<File>>) -> bool {
    let start = reader.position();
    let whole = matches!(
        reader.next_record().and_then(|record| record.map(super::warc::Record::finish).transpose()),
        Ok(Some(_))
    );
    whole && reader.jump(start).is_ok()
}

#[cfg(test)]
mod tests {
    use super::super::durable::temporary_name;
    use super::super::layout::open_name;
    use super::super::sample::{about, now, page, run, text};
    use super::super::store::Store;
    use super::super::verify::verify;
    use super::*;

    /// The bytes of a run that was never finished, and where its records end.
    fn unfinished() -> (Vec<u8>, Vec<u64>, String) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let mut writer = store.begin(&run(), now(), &about()).unwrap();
        for url in ["https://example.org/a", "https://example.org/b"] {
            writer.write(&page(url, &text(1500))).unwrap();
        }
        let files = writer.finish().unwrap();
        let entry = files.warcs[0].entry.clone();
        let ends = entry.records.iter().map(|record| record.offset + record.length).collect();
        (fs::read(folder.path().join(&entry.path)).unwrap(), ends, entry.path.clone())
    }

    fn errors(root: &Path) -> Vec<super::super::Checked> {
        let mut wrong = Vec::new();
        verify(root, &mut |checked| wrong.push(checked)).unwrap();
        wrong.retain(|checked| checked.outcome == super::super::Outcome::Wrong);
        wrong
    }

    #[test]
    fn wherever_a_run_is_killed_whole_records_are_kept_and_the_archive_is_right() {
        let (bytes, ends, name) = unfinished();
        let folder = tempfile::tempdir().unwrap();
        let closed = folder.path().join(&name);
        fs::create_dir_all(closed.parent().unwrap()).unwrap();
        // Every length around the ends of records, and some of all others.
        let is_near_end = |length: usize| ends.iter().any(|&end| end.abs_diff(length as u64) < 2);
        for length in (0..=bytes.len()).filter(|&length| length % 61 == 0 || is_near_end(length)) {
            fs::write(open_name(&closed), &bytes[..length]).unwrap();
            assert_eq!(errors(folder.path()), [], "cut at {length}, before the next start");
            let store = Store::open(folder.path()).unwrap();
            let whole = ends.iter().filter(|&&end| end <= length as u64).count();
            let end = ends[..whole].last().copied().unwrap_or_default();
            let expected = Recovered { warc: name.clone(), records: whole as u64, cut: length as u64 - end };
            assert_eq!(store.recovered(), [expected], "cut at {length}");
            assert_eq!(errors(folder.path()), [], "cut at {length}");
            if whole == 0 {
                assert!(!closed.exists());
                continue;
            }
            assert_eq!(fs::metadata(&closed).unwrap().len(), end);
            fs::remove_file(&closed).unwrap();
            fs::remove_file(folder.path().join(INDEX)).unwrap();
        }
    }

    #[test]
    fn a_run_killed_between_index_and_rename_is_taken_up_where_it_stood() {
        let (bytes, ends, name) = unfinished();
        let folder = tempfile::tempdir().unwrap();
        let closed = folder.path().join(&name);
        fs::create_dir_all(closed.parent().unwrap()).unwrap();
        fs::write(open_name(&closed), &bytes).unwrap();
        drop(Store::open(folder.path()).unwrap());
        fs::rename(&closed, open_name(&closed)).unwrap();
        fs::write(temporary_name(&folder.path().join(INDEX)), "half an ind").unwrap();
        assert_eq!(errors(folder.path()), []);
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(store.recovered()[0].records, ends.len() as u64);
        assert_eq!(errors(folder.path()), []);
        assert_eq!(fs::read_to_string(folder.path().join(INDEX)).unwrap().lines().count(), 2);
    }

    #[test]
    fn damage_that_no_kill_makes_is_kept_and_named() {
        let (mut bytes, ends, name) = unfinished();
        let folder = tempfile::tempdir().unwrap();
        let closed = folder.path().join(&name);
        fs::create_dir_all(closed.parent().unwrap()).unwrap();
        let crc = usize::try_from(ends[1]).unwrap() - 8;
        bytes[crc] ^= 1;
        fs::write(open_name(&closed), &bytes).unwrap();
        let store = Store::open(folder.path()).unwrap();
        let expected = Recovered { warc: name, records: ends.len() as u64 - 1, cut: 0 };
        assert_eq!(store.recovered(), [expected]);
        assert_eq!(fs::read(&closed).unwrap(), bytes);
        assert!(!errors(folder.path()).is_empty());
    }
}
