//! Checks one WARC file, record by record.

use std::collections::BTreeMap;
use std::{io, thread};

use super::bytes::Bytes;
use super::outcome::Findings;
use super::record::{Seen, record_at};
use super::records::Records;
use super::references::{Reference, References};
use crate::archive::manifest::{RecordEntry, WarcEntry};
use crate::archive::warc::Fault;
use crate::digest::Digest;

/// A WARC file to be checked.
pub(super) struct WarcCheck<'a> {
    /// How messages name it.
    pub(super) file: &'a str,
    /// What a manifest says of it.
    pub(super) expected: Option<&'a WarcEntry>,
    /// Whether its run may still be writing to it: then its end may be torn.
    pub(super) open: bool,
    /// Whether digests of gzip members are needed, for a manifest or an index.
    pub(super) with_digests: bool,
}

impl WarcCheck<'_> {
    /// Checks the file that `bytes` are. Every whole record is shown to `on_record`, in order. The result is what it
    /// refers to in other files.
    pub(super) fn run(
        &self,
        bytes: Bytes<'_>,
        findings: &mut Findings<'_>,
        on_record: &mut dyn FnMut(&Seen),
    ) -> Vec<Reference> {
        let walked = thread::scope(|scope| {
            let digest = self.expected.map(|_| scope.spawn(move || bytes.digest()));
            let mut records = Records::of(bytes, self.with_digests, scope)?;
            let references = self.walk(&mut records, findings, on_record);
            drop(records);
            if let (Some(expected), Some(digest)) = (self.expected, digest) {
                self.compare_file(digest.join(), expected, findings);
            }
            Ok::<_, Fault>(references)
        });
        walked.unwrap_or_else(|fault| {
            findings.wrong(self.file, "", "file", fault.to_string());
            Vec::new()
        })
    }

    fn walk(
        &self,
        records: &mut Records,
        findings: &mut Findings<'_>,
        on_record: &mut dyn FnMut(&Seen),
    ) -> Vec<Reference> {
        let mut references = References::default();
        let entries = self.expected.map(|warc| warc.records.as_slice()).unwrap_or_default();
        let mut missing: BTreeMap<u64, &RecordEntry> =
            entries.iter().map(|entry| (entry.offset, entry)).collect();
        loop {
            let offset = records.position();
            match records.next() {
                Ok(None) => break,
                Ok(Some(seen)) => {
                    seen.report(self.file, findings);
                    references.take(&seen, self.file, findings);
                    self.compare(&seen, missing.remove(&offset), findings);
                    on_record(&seen);
                }
                Err(fault) => {
                    let entry = missing.remove(&offset);
                    self.report_fault(&fault, offset, entry, findings);
                    if !self.go_on(records, offset, entry, findings) {
                        break;
                    }
                }
            }
        }
        for entry in missing.values() {
            let item = record_at(&entry.urn(), entry.offset);
            findings.wrong(self.file, &item, "record of the manifest", "no whole record is there");
        }
        references.into_unresolved(findings)
    }

    fn report_fault(
        &self,
        fault: &Fault,
        offset: u64,
        entry: Option<&RecordEntry>,
        findings: &mut Findings<'_>,
    ) {
        let item = entry.map_or_else(|| format!("offset {offset}"), |entry| record_at(&entry.urn(), offset));
        if self.open && matches!(fault, Fault::Torn) {
            let detail = "the run is still writing, or was killed: the next one cuts the torn record off";
            findings.not_checkable(self.file, &item, "gzip member", detail);
            return;
        }
        let what = match fault {
            Fault::Header(_) => "record header",
            Fault::ShortBlock { .. } | Fault::NoEnd { .. } => "Content-Length",
            _ => "gzip member",
        };
        findings.wrong(self.file, &item, what, fault.to_string());
    }

    /// Finds the place to go on from after damage at `offset`, and says which digest of the manifest fails there.
    fn go_on(
        &self,
        records: &mut Records,
        offset: u64,
        entry: Option<&RecordEntry>,
        findings: &mut Findings<'_>,
    ) -> bool {
        let Some(entry) = entry else { return records.jump_to_record_after(offset + 1) };
        let digest = records.reader().digest_of(offset, entry.length);
        let item = record_at(&entry.urn(), offset);
        match digest {
            Ok(digest) => findings.compare((self.file, &item, "member digest"), &digest, &entry.sha256),
            Err(error) => {
                findings.wrong(self.file, &item, "member digest", format!("cannot be read: {error}"));
            }
        }
        records.jump(offset.saturating_add(entry.length.max(1)));
        true
    }

    /// Compares a record with what the manifest says of it.
    fn compare(&self, seen: &Seen, entry: Option<&RecordEntry>, findings: &mut Findings<'_>) {
        let item = seen.item();
        let Some(entry) = entry else {
            if self.expected.is_some() {
                findings.wrong(self.file, &item, "record of the manifest", "the manifest does not list it");
            }
            return;
        };
        findings.compare((self.file, &item, "member digest"), &seen.member.digest, &entry.sha256);
        let payload = seen.header.get("WARC-Payload-Digest").and_then(|digest| Digest::parse(digest).ok());
        let found =
            (seen.header.record_id(), seen.header.kind(), seen.header.target(), payload, seen.member.length);
        let id = entry.urn();
        let listed = (Some(id.as_str()), &*entry.kind, entry.url.as_deref(), entry.payload, entry.length);
        if found == listed {
            findings.right(self.file, "record of the manifest");
        } else {
            let detail = format!("is {found:?}, and the manifest says {listed:?}");
            findings.wrong(self.file, &item, "record of the manifest", detail);
        }
    }

    /// Compares the whole file with what the manifest says of it.
    fn compare_file(
        &self,
        found: thread::Result<io::Result<Digest>>,
        expected: &WarcEntry,
        findings: &mut Findings<'_>,
    ) {
        match found {
            Ok(Ok(digest)) => findings.compare((self.file, "", "file digest"), &digest, &expected.sha256),
            Ok(Err(error)) => {
                findings.wrong(self.file, "", "file digest", format!("cannot be read: {error}"));
            }
            Err(_) => findings.not_checkable(self.file, "", "file digest", "its reader stopped early"),
        }
    }
}
