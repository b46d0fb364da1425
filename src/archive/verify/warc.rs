//! Checks one WARC file, record by record.

use std::collections::BTreeMap;
use std::io::{BufRead, Seek};

use super::outcome::Findings;
use super::record::{Seen, record_at};
use super::references::{Reference, References};
use crate::archive::manifest::{RecordEntry, WarcEntry};
use crate::archive::warc::{Fault, WarcReader};
use crate::digest::Digest;

/// A WARC file to be checked.
pub(super) struct WarcCheck<'a> {
    /// How messages name it.
    pub(super) file: &'a str,
    /// What a manifest says of it.
    pub(super) expected: Option<&'a WarcEntry>,
    /// Whether its run may still be writing to it: then its end may be torn.
    pub(super) open: bool,
}

impl WarcCheck<'_> {
    /// Checks the file that `reader` reads, which stands at its beginning. Every whole record is shown to `on_record`.
    /// The result is what it refers to in other files.
    pub(super) fn run<R: BufRead + Seek>(
        &self,
        reader: R,
        findings: &mut Findings<'_>,
        on_record: &mut dyn FnMut(&Seen),
    ) -> Vec<Reference> {
        let mut reader = WarcReader::hashing(reader);
        let mut references = References::default();
        let entries = self.expected.map(|warc| warc.records.as_slice()).unwrap_or_default();
        let mut missing: BTreeMap<u64, &RecordEntry> =
            entries.iter().map(|entry| (entry.offset, entry)).collect();
        loop {
            let offset = reader.position();
            match read_record(&mut reader) {
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
                    if !self.go_on(&mut reader, offset, entry, findings) {
                        break;
                    }
                }
            }
        }
        for entry in missing.values() {
            let item = record_at(&entry.id, entry.offset);
            findings.wrong(self.file, &item, "record of the manifest", "no whole record is there");
        }
        self.compare_file(reader, findings);
        references.into_unresolved(findings)
    }

    fn report_fault(
        &self,
        fault: &Fault,
        offset: u64,
        entry: Option<&RecordEntry>,
        findings: &mut Findings<'_>,
    ) {
        let item = entry.map_or_else(|| format!("offset {offset}"), |entry| record_at(&entry.id, offset));
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
    fn go_on<R: BufRead + Seek>(
        &self,
        reader: &mut WarcReader<R>,
        offset: u64,
        entry: Option<&RecordEntry>,
        findings: &mut Findings<'_>,
    ) -> bool {
        let Some(entry) = entry else { return reader.jump_to_record_after(offset + 1).unwrap_or(false) };
        let digest = reader.digest_of(offset, entry.length);
        let item = record_at(&entry.id, offset);
        match digest {
            Ok(digest) => findings.compare((self.file, &item, "member digest"), &digest, &entry.sha256),
            Err(error) => {
                findings.wrong(self.file, &item, "member digest", format!("cannot be read: {error}"));
            }
        }
        reader.jump(offset.saturating_add(entry.length)).is_ok()
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
        let listed =
            (Some(entry.id.as_str()), entry.kind.as_str(), entry.url.as_deref(), entry.payload, entry.length);
        if found == listed {
            findings.right("record of the manifest");
        } else {
            let detail = format!("is {found:?}, and the manifest says {listed:?}");
            findings.wrong(self.file, &item, "record of the manifest", detail);
        }
    }

    /// Compares the whole file with what the manifest says of it.
    fn compare_file<R: BufRead + Seek>(&self, mut reader: WarcReader<R>, findings: &mut Findings<'_>) {
        let Some(expected) = self.expected else { return };
        let found = match reader.file_digest() {
            Some(digest) => Ok(digest),
            None => reader.digest_of(0, u64::MAX),
        };
        match found {
            Ok(digest) => findings.compare((self.file, "", "file digest"), &digest, &expected.sha256),
            Err(error) => findings.wrong(self.file, "", "file digest", format!("cannot be read: {error}")),
        }
    }
}

fn read_record<R: BufRead>(reader: &mut WarcReader<R>) -> Result<Option<Seen>, Fault> {
    reader.next_record()?.map(Seen::read).transpose()
}
