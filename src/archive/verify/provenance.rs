//! Checks what a package of beleg's making says about itself under `provenance/`: its manifest and the time-stamps of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::outcome::Findings;
use super::report::ReportLinks;
use super::timestamp::Stamped;
use super::wacz::{Entry, Package, read_bytes};
use crate::archive::layout::{CERTIFICATES, MANIFEST, TIMESTAMP};
use crate::archive::manifest::{Manifest, WarcEntry};
use crate::archive::seal::Roots;
use crate::digest::Digest;

/// Where all of it lies.
const FOLDER: &str = "provenance/";
/// The report for machines. Validators take a file called `report.json` for something else.
const REPORT: &str = "provenance/dossier.json";

/// What a file of JSON says that it is.
#[derive(Deserialize)]
struct Format {
    #[serde(default)]
    schema: String,
}

/// The manifest in a package.
pub(super) struct Provenance {
    manifest: Manifest,
    /// Digest of its bytes.
    pub(super) digest: Digest,
}

impl Provenance {
    /// Reads the manifest; `None` where there is none that can be read.
    pub(super) fn read(
        package: &mut Package,
        file: &str,
        entries: &BTreeMap<String, Entry>,
        findings: &mut Findings<'_>,
    ) -> Option<Self> {
        let name = format!("{FOLDER}{MANIFEST}");
        let digest = entries.get(&name)?.digest;
        let read = read_bytes(package, &name).and_then(|bytes| {
            let Format { schema } = serde_json::from_slice(&bytes)?;
            // Other programs may keep manifests of their own there.
            if !schema.starts_with("beleg.") {
                return Ok(None);
            }
            Ok(Some((serde_json::from_slice(&bytes)?, bytes)))
        });
        let (manifest, bytes): (Manifest, _) = match read {
            Ok(read) => read?,
            Err(error) => {
                findings.wrong(file, &name, "manifest", format!("cannot be read: {error}"));
                return None;
            }
        };
        match manifest.fault(&bytes) {
            None => findings.right(file, "manifest"),
            Some(detail) => findings.wrong(file, &name, "manifest", detail),
        }
        Some(Self { manifest, digest })
    }

    /// What the manifest says of the WARC file with this name.
    pub(super) fn warc(&self, name: &str) -> Option<&WarcEntry> {
        let mut warcs = self.manifest.warcs.iter().map(Arc::as_ref);
        warcs.find(|warc| warc.path.rsplit('/').next() == Some(name))
    }

    /// Checks that the package holds what its manifest lists, and the time-stamps.
    pub(super) fn check(
        &self,
        package: &mut Package,
        file: &str,
        entries: &BTreeMap<String, Entry>,
        roots: &Roots,
        findings: &mut Findings<'_>,
    ) {
        self.check_listed(file, entries, findings);
        if entries.contains_key(REPORT) {
            let report = read_bytes(package, REPORT).ok().and_then(|json| ReportLinks::parse(&json));
            match report {
                Some(report) => report.check(&format!("{file}/{REPORT}"), &self.manifest, findings),
                None => findings.not_checkable(
                    file,
                    REPORT,
                    "report",
                    "is no report as this version of beleg reads it",
                ),
            }
        }
        let stamped = Stamped { digest: self.digest, created: self.manifest.created, roots };
        for name in entries.keys().filter(|name| name.starts_with(FOLDER)) {
            let Some(stem) = name.strip_suffix(TIMESTAMP) else { continue };
            let pem = format!("{stem}{CERTIFICATES}");
            let certificates = entries.contains_key(&pem).then(|| read_bytes(package, &pem).ok()).flatten();
            // What cannot be read is told of as an entry already.
            let Ok(response) = read_bytes(package, name) else { continue };
            let pem = (&*format!("{file}/{pem}"), certificates.as_deref());
            stamped.check((&format!("{file}/{name}"), &response), pem, findings);
        }
    }

    /// The files keep their digests in the package, and may have other names there.
    fn check_listed(&self, file: &str, entries: &BTreeMap<String, Entry>, findings: &mut Findings<'_>) {
        const WHAT: &str = "file of the manifest";
        for listed in &self.manifest.files {
            let holds = |(name, entry): (&String, &Entry)| {
                name.starts_with(FOLDER) && (entry.digest, entry.bytes) == (listed.sha256, listed.bytes)
            };
            if entries.iter().any(holds) {
                findings.right(file, WHAT);
            } else {
                findings.wrong(
                    file,
                    &listed.path,
                    WHAT,
                    "no file of the package is the one that the manifest lists",
                );
            }
        }
        for warc in &self.manifest.warcs {
            let name = warc.path.rsplit('/').next().unwrap_or_default();
            if !entries.contains_key(&format!("archive/{name}")) {
                findings.wrong(file, name, WHAT, "the manifest lists it, and the package has it not");
            }
        }
    }
}
