//! The manifest of a dossier: the digest of every file and of every record that belongs to it, and of the manifest
//! before it.
//!
//! It is canonical JSON (RFC 8785): sorted keys, no white space. Its own digest, which the ledger keeps, the next manifest
//! names and authorities date, vouches for everything it lists. It is written before the package and the time-stamps,
//! which hold it or are about it; what vouches for these stands beside them.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

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
    /// When it was made, by the clock of this machine.
    pub created: Timestamp,
    /// The files of the dossier's folder that were there before it, by name.
    pub files: Vec<FileEntry>,
    /// The manifest before it in this archive; only the first has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<ManifestLink>,
    /// The run.
    pub run: RunId,
    /// `beleg.manifest/1`.
    pub schema: String,
    /// The WARC files of the run. Their records may be many, and the run has them too: they are shared.
    pub warcs: Vec<Arc<WarcEntry>>,
}

/// Names a manifest, and the very bytes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestLink {
    /// Its path, relative to the archive folder.
    pub path: String,
    /// Its digest.
    pub sha256: Digest,
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
    /// `WARC-Record-ID`, of which the manifest leaves out the angle brackets.
    #[serde(with = "uuid::serde::urn")]
    pub id: Uuid,
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
    pub kind: Arc<str>,
    /// `WARC-Target-URI`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Arc<str>>,
}

impl RecordEntry {
    /// Its id as its record states it, without the angle brackets.
    pub(super) fn urn(&self) -> String {
        self.id.urn().to_string()
    }
}

/// What a manifest says beside the files of its folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestFacts {
    /// The run.
    pub run: RunId,
    /// Digest of the article's bytes.
    pub article: Digest,
    /// When the manifest is made.
    pub created: Timestamp,
    /// The WARC files of the run.
    pub warcs: Vec<Arc<WarcEntry>>,
}

impl Manifest {
    /// The manifest of the dossier in `folder`: every file that lies in it now, and the WARC files of the run.
    pub(super) fn of(folder: &Path, about: ManifestFacts) -> Result<Self, ArchiveError> {
        let names = names_in(folder).map_err(ArchiveError::read(folder))?;
        let entries = names.into_iter().filter(|name| name != MANIFEST).map(|name| {
            let path = folder.join(&name);
            let (sha256, bytes) =
                File::open(&path).and_then(Digest::of_reader).map_err(ArchiveError::read(&path))?;
            Ok(FileEntry { bytes, path: name, sha256 })
        });
        let files = entries.collect::<Result<_, ArchiveError>>()?;
        let ManifestFacts { run, article, created, warcs } = about;
        Ok(Self { article, created, files, previous: None, run, schema: SCHEMA.to_owned(), warcs })
    }

    /// Writes the canonical bytes. There may be many: they are not held in memory.
    pub(super) fn write(&self, out: impl Write) -> io::Result<()> {
        Ok(serde_json::to_writer(out, self)?)
    }

    /// Whether the canonical bytes are `bytes`. They are not made for that: there may be many.
    fn is_written_as(&self, bytes: &[u8]) -> bool {
        let mut same = Same { left: bytes };
        serde_json::to_writer(&mut same, self).is_ok() && same.left.is_empty()
    }

    /// What is wrong with a manifest that was read from `bytes`; `None` where nothing is.
    pub(super) fn fault(&self, bytes: &[u8]) -> Option<String> {
        if self.schema != SCHEMA {
            Some(format!("is of an unknown format, {:?}", self.schema))
        } else if !self.is_written_as(bytes) {
            Some("is not in its canonical form: someone wrote to it".to_owned())
        } else {
            None
        }
    }
}

/// Takes in bytes only as long as they are the expected ones.
struct Same<'a> {
    left: &'a [u8],
}

impl Write for Same<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.left = self.left.strip_prefix(bytes).ok_or(io::ErrorKind::InvalidData)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
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
        let created = "2026-11-23T04:12:07Z".parse().unwrap();
        let run = RunId::new(created, 1);
        let digest = Digest::of(b"x");
        let record = RecordEntry {
            id: Uuid::nil(),
            length: 5,
            offset: 0,
            payload: Some(digest),
            sha256: digest,
            kind: "response".into(),
            url: Some("https://example.org/ä".into()),
        };
        let warc =
            WarcEntry { bytes: 5, path: "captures/x.warc.gz".into(), records: vec![record], sha256: digest };
        let facts = ManifestFacts { run, article: digest, created, warcs: vec![Arc::new(warc)] };
        let previous = Some(ManifestLink { path: "dossiers/a/b/manifest.json".into(), sha256: digest });
        Manifest { previous, ..Manifest::of(folder, facts).unwrap() }
    }

    #[test]
    fn lists_the_files_of_the_folder_but_not_itself() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["report.json", "report.html", MANIFEST] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let files = manifest(folder.path()).files;
        let names: Vec<_> = files.iter().map(|file| (file.path.as_str(), file.bytes)).collect();
        assert_eq!(names, [("report.html", 11), ("report.json", 11)]);
    }

    #[test]
    fn its_keys_are_sorted_and_it_reads_back_the_same() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a"), "a").unwrap();
        let manifest = manifest(folder.path());
        let mut bytes = Vec::new();
        manifest.write(&mut bytes).unwrap();
        let (a, x) = (Digest::of(b"a"), Digest::of(b"x"));
        let expected = format!(
            concat!(
                r#"{{"article":"{x}","created":"2026-11-23T04:12:07Z","files":[{{"bytes":1,"path":"a","sha256":"{a}"}}],"#,
                r#""previous":{{"path":"dossiers/a/b/manifest.json","sha256":"{x}"}},"run":"20261123T041207Z-0001","#,
                r#""schema":"beleg.manifest/1","warcs":[{{"bytes":5,"path":"captures/x.warc.gz","records":[{{"#,
                r#""id":"urn:uuid:00000000-0000-0000-0000-000000000000","length":5,"offset":0,"payload":"{x}","sha256":"{x}","type":"response","#,
                r#""url":"https://example.org/ä"}}],"sha256":"{x}"}}]}}"#
            ),
            a = a,
            x = x
        );
        assert_eq!(String::from_utf8_lossy(&bytes), expected);
        assert_eq!(serde_json::from_slice::<Manifest>(&bytes).unwrap(), manifest);
    }
}
