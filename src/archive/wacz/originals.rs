//! The records of earlier runs that a run refers to: a package holds copies of them, so that it needs nothing else.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek as _, SeekFrom, Write};
use std::path::Path;

use crate::archive::beside::Beside;
use crate::archive::cdxj::CdxLine;
use crate::archive::error::ArchiveError;
use crate::archive::warc::{Fault, Record, WarcReader};
use crate::digest::{Digest, Hasher};

/// Copies the records of `originals`, which stand in the order of their files, to `out`, byte for byte, and how each was
/// asked for. Before the first record of each file comes the `warcinfo` record of that file. The result is the lines of the
/// copies.
pub(super) fn copy_originals(
    archive: &Path,
    originals: &[CdxLine],
    name: &str,
    out: &mut impl Write,
) -> Result<Vec<CdxLine>, Uncopied> {
    let mut copies = Vec::with_capacity(originals.len());
    let mut position = 0;
    for of_one_file in originals.chunk_by(|one, other| one.facts.filename == other.facts.filename) {
        let Some(first) = of_one_file.first() else { continue };
        let path = archive.join(&first.facts.filename);
        let open = || File::open(&path).map_err(ArchiveError::read(&path));
        let mut file = open()?;
        // One for all: where each brings its own, what is kept between them leaves no room for the next.
        let mut reader = WarcReader::new(BufReader::with_capacity(2 << 10, open()?));
        let about = first_member(&mut reader).map_err(|_| ArchiveError::Changed { path: path.clone() })?;
        position += copy_member(&mut file, &path, about, None, out)?;
        for line in of_one_file {
            let place = line.place().ok_or_else(|| ArchiveError::Changed { path: path.clone() })?;
            let length = copy_member(&mut file, &path, place, Some(&line.facts.record_digest), out)?;
            let mut copy = line.clone().renamed(name);
            copy.facts.offset = position.to_string();
            copies.push(copy);
            position += length;
            if let Some(beside) = Beside::behind(place, &mut reader) {
                position += copy_member(&mut file, &path, beside.place, None, out)?;
            }
        }
    }
    Ok(copies)
}

/// Why records were not copied: of the archive, or of the package that they go to.
pub(super) enum Uncopied {
    /// The archive cannot be read, or has changed.
    Archive(ArchiveError),
    /// The package cannot be written.
    Package(io::Error),
}

impl From<ArchiveError> for Uncopied {
    fn from(error: ArchiveError) -> Self {
        Self::Archive(error)
    }
}

/// Place and length of the first member of a WARC file.
fn first_member(reader: &mut WarcReader<BufReader<File>>) -> Result<(u64, u64), Fault> {
    let member = reader.next_record()?.map(Record::finish).transpose()?;
    member.map(|(_, member)| (member.offset, member.length)).ok_or(Fault::Torn)
}

/// Copies one member or several, whose digest must be `expected` where that is given. The result is their length.
fn copy_member(
    file: &mut File,
    path: &Path,
    (offset, length): (u64, u64),
    expected: Option<&str>,
    out: &mut impl Write,
) -> Result<u64, Uncopied> {
    file.seek(SeekFrom::Start(offset)).map_err(ArchiveError::read(path))?;
    let mut hasher = Hasher::default();
    let mut left = length;
    let mut piece = vec![0; 64 << 10];
    while left > 0 {
        let read = Read::by_ref(file).take(left).read(&mut piece).map_err(ArchiveError::read(path))?;
        let bytes = piece.get(..read).unwrap_or_default();
        if bytes.is_empty() {
            break;
        }
        hasher.update(bytes);
        out.write_all(bytes).map_err(Uncopied::Package)?;
        left -= read as u64;
    }
    let digest = hasher.finish();
    if left > 0 || expected.is_some_and(|stated| Digest::parse(stated).ok() != Some(digest)) {
        return Err(ArchiveError::Changed { path: path.to_owned() }.into());
    }
    Ok(length)
}
