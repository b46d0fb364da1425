//! Checks the folder of a dossier against its manifest.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use super::outcome::{Findings, ManifestSeen};
use super::report::ReportLinks;
use super::timestamp::{Stamped, read_short};
use super::wacz::check_wacz;
use crate::archive::layout::{
    CERTIFICATES, CHECKSUM, MANIFEST, TIMESTAMP, has_extension, is_capture_path, relative,
};
use crate::archive::manifest::{FileEntry, Manifest, names_in};
use crate::archive::seal::Roots;
use crate::digest::Digest;

/// A manifest longer than this is not read: one of a million records is half as long.
const LONGEST: u64 = 1 << 29;

/// The report for machines.
const REPORT: &str = "report.json";

/// A dossier to be checked.
pub(super) struct DossierCheck<'a> {
    /// The archive folder.
    pub(super) root: &'a Path,
    /// The folder of the dossier.
    pub(super) folder: &'a Path,
    /// What authorities' certificates are to lead to.
    pub(super) roots: &'a Roots,
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
    let Some((manifest, digest)) = check.manifest(&path, &file, findings) else {
        for name in names.iter().filter(|name| *name != MANIFEST) {
            let path = check.folder.join(name);
            let file = relative(check.root, &path);
            if has_extension(name, "wacz") {
                check_wacz(&path, &file, check.roots, findings);
            }
            let detail = "there is no sound manifest to check it against";
            findings.not_checkable(&file, "", "file digest", detail);
        }
        return None;
    };
    let sealed = SealedFiles { check, names: &names, manifest: &manifest, digest };
    for name in names.iter().filter(|name| *name != MANIFEST) {
        sealed.check(name, findings);
    }
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
    /// Reads the manifest. The result is what it says, and its digest.
    fn manifest(&self, path: &Path, file: &str, findings: &mut Findings<'_>) -> Option<(Manifest, Digest)> {
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
        match manifest.fault(&bytes) {
            Some(detail) => findings.wrong(file, "", "manifest", detail),
            None if manifest.run.as_str() != folder => {
                let detail = format!("is of run {}, and lies in the folder {folder}", manifest.run);
                findings.wrong(file, "", "manifest", detail);
            }
            None => findings.right(file, "manifest"),
        }
        let sha256 = Digest::of(&bytes);
        findings.verification.manifests.push(ManifestSeen {
            file: file.to_owned(),
            run: manifest.run.to_string(),
            created: manifest.created,
            previous: manifest.previous.clone(),
            sha256,
        });
        Some((manifest, sha256))
    }
}

/// The files of a dossier beside its manifest.
struct SealedFiles<'a> {
    check: &'a DossierCheck<'a>,
    names: &'a [String],
    manifest: &'a Manifest,
    digest: Digest,
}

impl SealedFiles<'_> {
    /// Checks one file that is there. What came after the manifest is vouched for by other means.
    fn check(&self, name: &str, findings: &mut Findings<'_>) {
        let path = self.check.folder.join(name);
        let file = relative(self.check.root, &path);
        if let Some(entry) = self.manifest.files.iter().find(|entry| entry.path == name) {
            compare(&path, &file, entry, findings);
            if name == REPORT {
                self.report(&path, &file, findings);
            }
        } else if has_extension(name, "wacz") {
            self.package(name, &path, &file, findings);
        } else if let Some(stem) = name.strip_suffix(TIMESTAMP) {
            self.timestamp(stem, &path, &file, findings);
        } else if let Some(stem) = name.strip_suffix(CERTIFICATES) {
            if !self.has(stem, TIMESTAMP) {
                findings.wrong(
                    &file,
                    "",
                    "time-stamp",
                    "the time-stamp that these certificates are for is not there",
                );
            }
        } else if let Some(package) = name.strip_suffix(CHECKSUM) {
            if !self.has(package, "") {
                findings.wrong(&file, "", "file digest", format!("{package}, which it is of, is not there"));
            }
        } else {
            findings.not_checkable(&file, "", "file digest", "the manifest does not list it");
        }
    }

    fn has(&self, stem: &str, end: &str) -> bool {
        self.names.iter().any(|name| name.strip_suffix(end) == Some(stem))
    }

    /// Checks a package: what is in it, that it holds the very manifest beside it, and the digest that was kept of it.
    fn package(&self, name: &str, path: &Path, file: &str, findings: &mut Findings<'_>) {
        const WHAT: &str = "file digest";
        let packaged = check_wacz(path, file, self.check.roots, findings);
        match packaged {
            Some(packaged) if packaged == self.digest => findings.right(file, "manifest of the package"),
            Some(_) => {
                findings.wrong(
                    file,
                    "",
                    "manifest of the package",
                    "is another one than the manifest beside it",
                );
            }
            None => findings.not_checkable(file, "", "manifest of the package", "there is none in it"),
        }
        let kept = match read_short(&self.check.folder.join(format!("{name}{CHECKSUM}"))) {
            Ok(Some(kept)) => kept,
            Ok(None) => {
                return findings.not_checkable(file, "", WHAT, format!("there is no {name}{CHECKSUM}"));
            }
            Err(error) => {
                return findings.wrong(
                    &format!("{file}{CHECKSUM}"),
                    "",
                    WHAT,
                    format!("cannot be read: {error}"),
                );
            }
        };
        match File::open(path).and_then(Digest::of_reader) {
            Ok((digest, _)) if format!("{digest}  {name}\n").as_bytes() == kept => findings.right(file, WHAT),
            Ok((digest, _)) => {
                findings.wrong(file, "", WHAT, format!("is {digest}, and {name}{CHECKSUM} has another"));
            }
            Err(error) => findings.wrong(file, "", WHAT, format!("cannot be read: {error}")),
        }
    }

    /// Follows the report to what it rests on.
    fn report(&self, path: &Path, file: &str, findings: &mut Findings<'_>) {
        match fs::read(path).ok().and_then(|json| ReportLinks::parse(&json)) {
            Some(report) => report.check(file, self.manifest, findings),
            None => {
                findings.not_checkable(file, "", "report", "is no report as this version of beleg reads it");
            }
        }
    }

    fn timestamp(&self, stem: &str, path: &Path, file: &str, findings: &mut Findings<'_>) {
        let pem = self.check.folder.join(format!("{stem}{CERTIFICATES}"));
        let read = |path: &Path| read_short(path).map(Option::unwrap_or_default);
        let certificates = read_short(&pem).unwrap_or_default();
        let stamped =
            Stamped { digest: self.digest, created: self.manifest.created, roots: self.check.roots };
        match read(path) {
            Ok(response) => {
                let pem = (&*relative(self.check.root, &pem), certificates.as_deref());
                stamped.check((file, &response), pem, findings);
            }
            Err(error) => findings.wrong(file, "", "time-stamp", format!("cannot be read: {error}")),
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
