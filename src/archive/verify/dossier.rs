//! Checks the folder of a dossier against its manifest.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use super::folder::is_capture_path;
use super::outcome::{Findings, ManifestSeen};
use super::wacz::check_wacz;
use crate::archive::layout::{MANIFEST, has_extension, relative};
use crate::archive::manifest::{FileEntry, Manifest, names_in};
use crate::digest::Digest;

/// A manifest longer than this is not read: one of a million records is half as long.
const LONGEST: u64 = 1 << 29;

/// A dossier to be checked.
pub(super) struct DossierCheck<'a> {
    /// The archive folder.
    pub(super) root: &'a Path,
    /// The folder of the dossier.
    pub(super) folder: &'a Path,
}

/// Checks every file of the dossier; the WARC files that the manifest lists are only looked for. The result is the
/// manifest, where there is a sound one.
pub(super) fn check_dossier(check: &DossierCheck<'_>, findings: &mut Findings<'_>) -> Option<Manifest> {
    let path = check.folder.join(MANIFEST);
    let file = relative(check.root, &path);
    let names = match names_in(check.folder) {
        Ok(names) => names,
        Err(error) => {
            findings.wrong(&file, "", "manifest", format!("its folder cannot be read: {error}"));
            return None;
        }
    };
    let manifest = check.manifest(&path, &file, findings);
    for name in &names {
        check.file(name, manifest.as_ref(), findings);
    }
    let manifest = manifest?;
    for entry in manifest.files.iter().filter(|entry| !names.contains(&entry.path)) {
        findings.wrong(
            &relative(check.root, &check.folder.join(&entry.path)),
            "",
            "file digest",
            "is not there",
        );
    }
    for warc in &manifest.warcs {
        if !is_capture_path(&warc.path) {
            findings.wrong(&file, &warc.path, "manifest", "names a WARC file outside of captures");
        } else if !check.root.join(&warc.path).is_file() {
            findings.wrong(&warc.path, "", "file digest", format!("is not there, though {file} lists it"));
        }
    }
    Some(manifest)
}

/// Reads a manifest, with its bytes.
pub(super) fn load(path: &Path) -> io::Result<(Manifest, Vec<u8>)> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LONGEST).read_to_end(&mut bytes)?;
    let manifest = serde_json::from_slice(&bytes)?;
    Ok((manifest, bytes))
}

impl DossierCheck<'_> {
    fn manifest(&self, path: &Path, file: &str, findings: &mut Findings<'_>) -> Option<Manifest> {
        let (manifest, bytes) = match load(path) {
            Ok(loaded) => loaded,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                findings.not_checkable(file, "", "manifest", "no manifest: the run did not end");
                return None;
            }
            Err(error) => {
                findings.wrong(file, "", "manifest", format!("cannot be read: {error}"));
                return None;
            }
        };
        let folder = self.folder.file_name().unwrap_or_default().to_string_lossy();
        if !manifest.is_known_format() {
            findings.wrong(file, "", "manifest", format!("is of an unknown format, {:?}", manifest.schema));
        } else if manifest.to_bytes().ok().as_ref() != Some(&bytes) {
            findings.wrong(file, "", "manifest", "is not in its canonical form: someone wrote to it");
        } else if manifest.run.as_str() != folder {
            findings.wrong(
                file,
                "",
                "manifest",
                format!("is of run {}, and lies in the folder {folder}", manifest.run),
            );
        } else {
            findings.right("manifest");
        }
        let seen =
            ManifestSeen { file: file.to_owned(), run: manifest.run.to_string(), sha256: Digest::of(&bytes) };
        findings.verification.manifests.push(seen);
        Some(manifest)
    }

    /// Checks one file that is there.
    fn file(&self, name: &str, manifest: Option<&Manifest>, findings: &mut Findings<'_>) {
        let path = self.folder.join(name);
        let file = relative(self.root, &path);
        if name == MANIFEST {
            return;
        }
        if has_extension(name, "wacz") {
            check_wacz(&path, &file, findings);
        }
        let Some(manifest) = manifest else {
            return findings.not_checkable(
                &file,
                "",
                "file digest",
                "there is no sound manifest to check it against",
            );
        };
        match manifest.files.iter().find(|entry| entry.path == name) {
            Some(entry) => compare(&path, &file, entry, findings),
            None => findings.not_checkable(&file, "", "file digest", "the manifest does not list it"),
        }
    }
}

fn compare(path: &Path, file: &str, entry: &FileEntry, findings: &mut Findings<'_>) {
    match File::open(path).and_then(Digest::of_reader) {
        Ok((digest, bytes)) if bytes == entry.bytes => {
            findings.compare((file, "", "file digest"), &digest, &entry.sha256);
        }
        Ok((_, bytes)) => {
            findings.wrong(
                file,
                "",
                "file digest",
                format!("has {bytes} bytes, and should have {}", entry.bytes),
            );
        }
        Err(error) => findings.wrong(file, "", "file digest", format!("cannot be read: {error}")),
    }
}
