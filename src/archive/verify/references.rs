//! Checks that the records that others refer to are there.

use std::collections::HashMap;

use super::outcome::Findings;
use super::record::Seen;
use crate::archive::warc::{Header, bare};

/// The fields that name another record, by what is checked.
const FIELDS: [(&str, &str); 3] = [
    ("WARC-Warcinfo-ID", "warcinfo reference"),
    ("WARC-Concurrent-To", "concurrent reference"),
    ("WARC-Refers-To", "revisit reference"),
];

/// The ids of one WARC file, and the references in it that it does not resolve itself.
#[derive(Default)]
pub(super) struct References {
    ids: HashMap<Box<str>, Option<Box<str>>>,
    open: Vec<Reference>,
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
        let Some(id) = header.record_id() else { return };
        let payload = header.get("WARC-Payload-Digest").map(Box::from);
        if self.ids.insert(id.into(), payload.clone()).is_some() {
            findings.wrong(file, &seen.item(), "record id", "an earlier record of the file has the same id");
        }
        for (field, what) in FIELDS {
            for to in header.all(field) {
                let payload =
                    payload.clone().filter(|_| field == "WARC-Refers-To" && header.kind() == "revisit");
                let to = bare(to).into();
                self.open.push(Reference { file: file.to_owned(), item: seen.item(), what, to, payload });
            }
        }
    }

    /// Resolves what can be resolved within the file; gives back the rest.
    pub(super) fn into_unresolved(self, findings: &mut Findings<'_>) -> Vec<Reference> {
        let Self { ids, open } = self;
        open.into_iter().filter(|reference| !reference.resolve(&ids, findings)).collect()
    }
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

    fn resolve(&self, ids: &HashMap<Box<str>, Option<Box<str>>>, findings: &mut Findings<'_>) -> bool {
        let Some(payload) = ids.get(&self.to) else { return false };
        self.check_payload(payload.as_deref(), findings);
        true
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
