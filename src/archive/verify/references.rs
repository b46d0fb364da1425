//! Checks that the records that others refer to are there.

use std::collections::HashMap;

use super::outcome::Findings;
use super::record::Seen;
use crate::archive::warc::{Header, bare};
use crate::digest::Digest;

/// The fields that name another record, by what is checked.
const FIELDS: [(&str, &str); 3] = [
    ("WARC-Warcinfo-ID", "warcinfo reference"),
    ("WARC-Concurrent-To", "concurrent reference"),
    ("WARC-Refers-To", "revisit reference"),
];

/// The ids of one WARC file, and the references in it to records that have not come yet. Of ids and payload digests
/// only digests are kept: a file has as many as it has records.
#[derive(Default)]
pub(super) struct References {
    /// The digest of the payload digest of each record; 0 where it states none.
    ids: HashMap<u128, u128>,
    waiting: HashMap<u128, Vec<Reference>>,
}

/// A reference to another record.
pub(super) struct Reference {
    file: String,
    item: String,
    what: &'static str,
    to: Box<str>,
    /// The payload digest that a revisit says the other record has.
    payload: Option<Box<str>>,
}

impl References {
    /// Takes in a record. Its references may be to records that come later.
    pub(super) fn take(&mut self, seen: &Seen, file: &str, findings: &mut Findings<'_>) {
        let header = &seen.header;
        let Some(id) = header.record_id().map(short) else { return };
        let payload = header.get("WARC-Payload-Digest");
        let short_payload = payload.map_or(0, short);
        if self.ids.insert(id, short_payload).is_some() {
            findings.wrong(file, &seen.item(), "record id", "an earlier record of the file has the same id");
        }
        for reference in self.waiting.remove(&id).unwrap_or_default() {
            reference.check_short(short_payload, findings);
        }
        for (field, what) in FIELDS {
            for to in header.all(field) {
                let is_revisit = field == "WARC-Refers-To" && header.kind() == "revisit";
                let payload = payload.filter(|_| is_revisit).map(Box::from);
                let (to, file) = (Box::from(bare(to)), file.to_owned());
                let reference = Reference { file, item: seen.item(), what, to, payload };
                match self.ids.get(&short(&reference.to)) {
                    Some(&payload) => reference.check_short(payload, findings),
                    None => self.waiting.entry(short(&reference.to)).or_default().push(reference),
                }
            }
        }
    }

    /// The references that the file does not resolve itself.
    pub(super) fn into_unresolved(self) -> Vec<Reference> {
        let mut unresolved: Vec<_> = self.waiting.into_values().flatten().collect();
        unresolved.sort_by(|one, other| (&one.item, &one.to).cmp(&(&other.item, &other.to)));
        unresolved
    }
}

/// The first half of the digest of an id: nobody finds two ids with the same one.
fn short(text: &str) -> u128 {
    let digest = Digest::of(text.as_bytes());
    u128::from_be_bytes(*digest.as_bytes().first_chunk().unwrap_or(&[0; 16]))
}

impl Reference {
    /// The record it names.
    pub(super) fn to(&self) -> &str {
        &self.to
    }

    /// Checks it against the header of the record that it names.
    pub(super) fn check(&self, header: &Header, findings: &mut Findings<'_>) {
        self.check_payload(header.get("WARC-Payload-Digest"), findings);
    }

    /// Reports that no record with the id is there.
    pub(super) fn report_missing(&self, findings: &mut Findings<'_>) {
        findings.wrong(&self.file, &self.item, self.what, format!("there is no record {}", self.to));
    }

    /// Reports that the record, if there is one, is in a file that is not looked at.
    pub(super) fn report_elsewhere(&self, findings: &mut Findings<'_>) {
        findings.not_checkable(
            &self.file,
            &self.item,
            self.what,
            format!("record {} is not in this file", self.to),
        );
    }

    /// Checks it against the shortened payload digest of the record that it names.
    fn check_short(&self, found: u128, findings: &mut Findings<'_>) {
        match &self.payload {
            Some(expected) if found != 0 && short(expected) != found => {
                let detail = format!("record {} has another payload than {expected}", self.to);
                findings.wrong(&self.file, &self.item, self.what, detail);
            }
            _ => findings.right(&self.file, self.what),
        }
    }

    /// Checks it against the payload digest of the record that it names.
    pub(super) fn check_payload(&self, found: Option<&str>, findings: &mut Findings<'_>) {
        match (&self.payload, found) {
            (Some(expected), Some(found)) if **expected != *found => {
                let detail = format!("record {} has the payload {found}, and not {expected}", self.to);
                findings.wrong(&self.file, &self.item, self.what, detail);
            }
            _ => findings.right(&self.file, self.what),
        }
    }
}
