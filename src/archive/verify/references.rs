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
/// So many references to records that did not come yet are gone through again: there may be as many as records.
const MANY: usize = 4096;

/// The names of the records of one WARC file, and the references in it that it does not resolve itself.
///
/// A file may have millions of records, and a reference may be to any of those before it. So names are kept as digests, and
/// a reference only until its record is there.
#[derive(Default)]
pub(super) struct References {
    names: HashMap<Name, Payload>,
    open: Vec<Reference>,
    /// When to go through those that are open again.
    patience: usize,
}

/// The beginning of the digest of an id, or of what else a record is called by.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Name([u64; 2]);

/// The payload digest that a record states, told from others by the beginning of a digest of its own; zero where it
/// states none, or where records of one name state several.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Payload(u64);

/// A reference to another record.
pub(super) struct Reference {
    file: String,
    item: String,
    what: &'static str,
    to: Box<str>,
    /// The payload digest that a revisit says the other record has.
    payload: Option<Box<str>>,
}

impl Name {
    fn of(text: &str) -> Self {
        let digest = Digest::of(text.as_bytes());
        let mut halves = digest
            .as_bytes()
            .chunks(8)
            .map(|bytes| bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)));
        Self(std::array::from_fn(|_| halves.next().unwrap_or_default()))
    }
}

impl Payload {
    fn of(stated: Option<&str>) -> Self {
        stated.map_or(Self::default(), |stated| Self(Name::of(stated).0[0].max(1)))
    }

    /// Whether a record that states this can have the payload that a reference says.
    fn agrees(self, stated: Option<&str>) -> bool {
        stated.is_none() || self == Self::default() || self == Self::of(stated)
    }
}

impl References {
    /// Takes in a record. Its references may be to records that come later.
    pub(super) fn take(&mut self, seen: &Seen, file: &str, findings: &mut Findings<'_>) {
        let header = &seen.header;
        let Some(id) = header.record_id() else { return };
        let payload = header.get("WARC-Payload-Digest");
        let stated = Payload::of(payload);
        if self.names.insert(Name::of(id), stated).is_some() {
            findings.wrong(file, &seen.item(), "record id", "an earlier record of the file has the same id");
        }
        if let Some(name) = capture_name(header) {
            // Two captures of one URL at one time cannot be told apart by it.
            let both = |there: &mut Payload| {
                if *there != stated {
                    *there = Payload::default();
                }
            };
            self.names.entry(Name::of(&name)).and_modify(both).or_insert(stated);
        }
        for (field, what) in FIELDS {
            let payload = payload.filter(|_| field == "WARC-Refers-To" && header.kind() == "revisit");
            for to in header.all(field) {
                self.refer(bare(to), what, payload, (seen, file), findings);
            }
        }
        if let Some(to) = original_name(header) {
            self.refer(&to, "revisit reference", payload, (seen, file), findings);
        }
        if self.open.len() > self.patience.max(MANY) {
            self.resolve(findings);
            self.patience = 2 * self.open.len();
        }
    }

    /// Checks the reference to the record that is called `to`, or keeps it until that is there. One that is wrong is kept
    /// too: a second capture of the same URL and time may be the one that is meant.
    fn refer(
        &mut self,
        to: &str,
        what: &'static str,
        payload: Option<&str>,
        (seen, file): (&Seen, &str),
        findings: &mut Findings<'_>,
    ) {
        if self.names.get(&Name::of(to)).is_some_and(|found| found.agrees(payload)) {
            findings.right(file, what);
            return;
        }
        let (file, item, payload) = (file.to_owned(), seen.item(), payload.map(Box::from));
        self.open.push(Reference { file, item, what, to: to.into(), payload });
    }

    /// Settles the open references that are right by now.
    fn resolve(&mut self, findings: &mut Findings<'_>) {
        let names = &self.names;
        self.open.retain(|reference| {
            let found = names.get(&Name::of(&reference.to));
            let is_right = found.is_some_and(|found| found.agrees(reference.payload.as_deref()));
            if is_right {
                findings.right(&reference.file, reference.what);
            }
            !is_right
        });
    }

    /// Resolves what can be resolved within the file; gives back the rest.
    pub(super) fn into_unresolved(mut self, findings: &mut Findings<'_>) -> Vec<Reference> {
        self.resolve(findings);
        let Self { names, mut open, .. } = self;
        open.retain(|reference| {
            let is_here = names.contains_key(&Name::of(&reference.to));
            if is_here {
                reference.report_other_payload(findings);
            }
            !is_here
        });
        open
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

    /// Checks it against the payload digest of the record that it names.
    pub(super) fn check_payload(&self, found: Option<&str>, findings: &mut Findings<'_>) {
        match (&self.payload, found) {
            (Some(expected), Some(found)) if **expected != *found => self.report_other_payload(findings),
            _ => findings.right(&self.file, self.what),
        }
    }

    fn report_other_payload(&self, findings: &mut Findings<'_>) {
        let stated = self.payload.as_deref().unwrap_or_default();
        let detail = format!("record {} does not have the payload {stated}", self.to);
        findings.wrong(&self.file, &self.item, self.what, detail);
    }
}
