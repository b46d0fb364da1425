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

/// The names of the records of one WARC file, and the references in it that it does not resolve itself.
#[derive(Default)]
pub(super) struct References {
    names: HashMap<Box<str>, Option<Box<str>>>,
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
        if self.names.insert(id.into(), payload.clone()).is_some() {
            findings.wrong(file, &seen.item(), "record id", "an earlier record of the file has the same id");
        }
        if let Some(name) = capture_name(header) {
            // Two captures of one URL at one time cannot be told apart by it.
            let both = |there: &mut Option<Box<str>>| {
                if *there != payload {
                    *there = None;
                }
            };
            self.names.entry(name.into()).and_modify(both).or_insert_with(|| payload.clone());
        }
        for (field, what) in FIELDS {
            for to in header.all(field) {
                let payload =
                    payload.clone().filter(|_| field == "WARC-Refers-To" && header.kind() == "revisit");
                let to = bare(to).into();
                self.open.push(Reference { file: file.to_owned(), item: seen.item(), what, to, payload });
            }
        }
        if let Some(to) = original_name(header) {
            let to = to.into();
            self.open.push(Reference {
                file: file.to_owned(),
                item: seen.item(),
                what: "revisit reference",
                to,
                payload,
            });
        }
    }

    /// Resolves what can be resolved within the file; gives back the rest.
    pub(super) fn into_unresolved(self, findings: &mut Findings<'_>) -> Vec<Reference> {
        let Self { names, open } = self;
        open.into_iter().filter(|reference| !reference.resolve(&names, findings)).collect()
    }
}

/// What a revisit calls the record of `header` by where it does not state its id: URI and date (WARC 1.1 §5.9, §5.10).
pub(super) fn capture_name(header: &Header) -> Option<String> {
    let holds_payload = matches!(header.kind(), "response" | "resource");
    let name = || Some(format!("of {} at {}", header.target()?, header.get("WARC-Date")?));
    holds_payload.then(name).flatten()
}

/// The same for the record that a revisit refers to, where it does so by URI and date alone.
fn original_name(header: &Header) -> Option<String> {
    let by_name = header.kind() == "revisit" && header.get("WARC-Refers-To").is_none();
    let (uri, date) = (header.get("WARC-Refers-To-Target-URI")?, header.get("WARC-Refers-To-Date")?);
    by_name.then(|| format!("of {} at {date}", bare(uri)))
}

impl Reference {
    /// The record it names: its id, or its URI and date.
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

    fn resolve(&self, names: &HashMap<Box<str>, Option<Box<str>>>, findings: &mut Findings<'_>) -> bool {
        let Some(payload) = names.get(&self.to) else { return false };
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
