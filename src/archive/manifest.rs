//! The manifest of a dossier: the digest of every file and of every record that belongs to it.
//!
//! It is canonical JSON (RFC 8785): sorted keys, no white space. Its own digest, which the ledger keeps, vouches for
//! everything it lists.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::durable::write_atomically;
use super::error::ArchiveError;
use super::layout::MANIFEST;
use super::run::RunId;
use crate::digest::Digest;

/// The format that [`Manifest::schema`] names.
const SCHEMA: &str = "beleg.manifest/1";

/// Everything that belongs to one dossier. The fields stand in the order of their names, which is what makes the
/// JSON canonical.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Digest of the article's bytes; zeros where the run was of no article.
    pub article: Digest,
    /// The files of the dossier's folder, by name.
    pub files: Vec<FileEntry>,
    /// The run.
    pub run: RunId,
    /// `beleg.manifest/1`.
    pub schema: String,
    /// The WARC files of the run.
    pub warcs: Vec<WarcEntry>,
}

/// A file of the dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// Its length.
    pub bytes: u64,
    /// Its name.
    pub path: String,
    /// Its digest.
    pub sha256: Digest,
}

/// A WARC file with its records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WarcEntry {
    /// Its length.
    pub bytes: u64,
    /// Its path, relative to the archive folder.
    pub path: String,
    /// Its records in their order.
    pub records: Vec<RecordEntry>,
    /// Its digest.
    pub sha256: Digest,
}

/// A record of a WARC file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordEntry {
    /// `WARC-Record-ID` without angle brackets.
    pub id: String,
    /// Length of its gzip member.
    pub length: u64,
    /// First byte of the member.
    pub offset: u64,
    /// Digest of the payload, where the record has or repeats one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<Digest>,
    /// Digest of the member.
    pub sha256: Digest,
    /// `WARC-Type`.
    #[serde(rename = "type")]
    pub kind: String,
    /// `WARC-Target-URI`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl Manifest {
    /// The manifest of the dossier in `folder`: every file that lies in it now, and the WARC files of the run.
    pub fn of(
        folder: &Path,
        run: &RunId,
        article: Digest,
        warcs: Vec<WarcEntry>,
    ) -> Result<Self, ArchiveError> {
        let names = names_in(folder).map_err(ArchiveError::read(folder))?;
        let entries = names.into_iter().filter(|name| name != MANIFEST).map(|name| {
            let path = folder.join(&name);
            let (sha256, bytes) =
                File::open(&path).and_then(Digest::of_reader).map_err(ArchiveError::read(&path))?;
            Ok(FileEntry { bytes, path: name, sha256 })
        });
        let files = entries.collect::<Result<_, ArchiveError>>()?;
        Ok(Self { article, files, run: run.clone(), schema: SCHEMA.to_owned(), warcs })
    }

    /// Writes it to `folder`. The result is its own digest.
    pub fn write(&self, folder: &Path) -> Result<Digest, ArchiveError> {
        let path = folder.join(MANIFEST);
        let bytes = self.to_bytes().map_err(ArchiveError::write(&path))?;
        write_atomically(&path, |out| out.write_all(&bytes)).map_err(ArchiveError::write(&path))?;
        Ok(Digest::of(&bytes))
    }

    /// The canonical bytes.
    pub(super) fn to_bytes(&self) -> io::Result<Vec<u8>> {
        Ok(serde_json::to_vec(self)?)
    }

    /// Whether this is the format that beleg writes now.
    pub(super) fn is_known_format(&self) -> bool {
        self.schema == SCHEMA
    }
}

/// The names of the files in `folder`, sorted.
pub(super) fn names_in(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(folder: &Path) -> Manifest {
        let run = RunId::new("2026-11-23T04:12:07Z".parse().unwrap(), 1);
        let digest = Digest::of(b"x");
        let record = RecordEntry {
            id: "urn:uuid:1".into(),
            length: 5,
            offset: 0,
            payload: Some(digest),
            sha256: digest,
            kind: "response".into(),
            url: Some("https://example.org/ä".into()),
        };
        let warc =
            WarcEntry { bytes: 5, path: "captures/x.warc.gz".into(), records: vec![record], sha256: digest };
        Manifest::of(folder, &run, digest, vec![warc]).unwrap()
    }

    #[test]
    fn lists_the_files_of_the_folder_but_not_itself() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["report.json", "dossier.wacz", MANIFEST] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let files = manifest(folder.path()).files;
        let names: Vec<_> = files.iter().map(|file| (file.path.as_str(), file.bytes)).collect();
        assert_eq!(names, [("dossier.wacz", 12), ("report.json", 11)]);
    }

    #[test]
    fn its_keys_are_sorted_and_it_reads_back_the_same() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a"), "a").unwrap();
        let manifest = manifest(folder.path());
        let digest = manifest.write(folder.path()).unwrap();
        let bytes = fs::read(folder.path().join(MANIFEST)).unwrap();
        assert_eq!(digest, Digest::of(&bytes));
        let (a, x) = (Digest::of(b"a"), Digest::of(b"x"));
        let expected = format!(
            concat!(
                r#"{{"article":"{x}","files":[{{"bytes":1,"path":"a","sha256":"{a}"}}],"run":"20261123T041207Z-0001","#,
                r#""schema":"beleg.manifest/1","warcs":[{{"bytes":5,"path":"captures/x.warc.gz","records":[{{"#,
                r#""id":"urn:uuid:1","length":5,"offset":0,"payload":"{x}","sha256":"{x}","type":"response","#,
                r#""url":"https://example.org/ä"}}],"sha256":"{x}"}}]}}"#
            ),
            a = a,
            x = x
        );
        assert_eq!(String::from_utf8_lossy(&bytes), expected);
        assert_eq!(serde_json::from_slice::<Manifest>(&bytes).unwrap(), manifest);
    }
}
