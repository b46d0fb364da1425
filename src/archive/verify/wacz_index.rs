//! Compares the index lines of a WACZ, by whatever program, with the captures in it.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

use super::outcome::Findings;
use super::record::{Seen, record_at};
use super::references::{Reference, capture_name};
use crate::archive::cdxj::CdxLine;

/// The captures of a WACZ by where they lie.
#[derive(Default)]
pub(super) struct Captures {
    by_place: BTreeMap<(String, u64), Capture>,
    payloads: HashMap<String, Option<String>>,
}

struct Capture {
    id: String,
    line: CdxLine,
    /// Whether an index has to have it. Programs differ on the other kinds.
    required: bool,
    indexed: bool,
}

impl Captures {
    /// Takes in a record of the WARC file `filename`.
    pub(super) fn take(&mut self, seen: &Seen, filename: &str) {
        let id = seen.header.record_id().unwrap_or_default().to_owned();
        let payload = seen.header.get("WARC-Payload-Digest").map(ToOwned::to_owned);
        if let Some(name) = capture_name(&seen.header) {
            self.payloads.insert(name, payload.clone());
        }
        self.payloads.insert(id.clone(), payload);
        let Some(line) = CdxLine::of_any(&seen.header, seen.http.as_ref(), &seen.member, filename) else {
            return;
        };
        let required = matches!(seen.header.kind(), "response" | "revisit");
        let place = (filename.to_owned(), seen.member.offset);
        self.by_place.insert(place, Capture { id, line, required, indexed: false });
    }

    /// Checks a reference from one WARC file of the package to another: the package holds all that it refers to.
    pub(super) fn resolve(&self, reference: &Reference, findings: &mut Findings<'_>) {
        match self.payloads.get(reference.to()) {
            Some(payload) => reference.check_payload(payload.as_deref(), findings),
            None => reference.report_missing(findings),
        }
    }

    /// Reports the captures that no line of an index names.
    pub(super) fn report_unindexed(&self, file: &str, findings: &mut Findings<'_>) {
        for ((filename, offset), capture) in &self.by_place {
            if capture.required && !capture.indexed {
                let shown = format!("{file}/archive/{filename}");
                findings.wrong(
                    &shown,
                    &record_at(&capture.id, *offset),
                    "index line",
                    "the index has no line for it",
                );
            }
        }
    }
}

/// Checks one line `<surt> <timestamp> <json>`: what it says must hold of the record at its place.
pub(super) fn check_line(line: &[u8], captures: &mut Captures) -> Result<(), String> {
    let line = std::str::from_utf8(line).map_err(|_| "is not UTF-8")?;
    let mut parts = line.splitn(3, ' ');
    let (Some(_), Some(timestamp), Some(json)) = (parts.next(), parts.next(), parts.next()) else {
        return Err("has not the three parts of a CDXJ line".to_owned());
    };
    let facts: Map<String, Value> =
        serde_json::from_str(json).map_err(|error| format!("is no CDXJ line: {error}"))?;
    let filename = text(&facts, "filename").ok_or("states no filename")?;
    let offset: u64 =
        text(&facts, "offset").and_then(|offset| offset.parse().ok()).ok_or("states no offset")?;
    let place = format!("{filename} at offset {offset}");
    let capture =
        captures.by_place.get_mut(&(filename, offset)).ok_or(format!("no capture begins in {place}"))?;
    capture.indexed = true;
    if timestamp.get(..14) != Some(&capture.line.timestamp) {
        return Err(format!("the capture in {place} is of {}", capture.line.timestamp));
    }
    let expected = &capture.line.facts;
    let pairs = [
        ("url", Some(&expected.url)),
        ("length", Some(&expected.length)),
        ("status", expected.status.as_ref()),
        ("digest", expected.digest.as_ref()),
        ("recordDigest", Some(&expected.record_digest)),
    ];
    for (name, expected) in pairs {
        if let (Some(found), Some(expected)) = (text(&facts, name), expected)
            && !is_same(&found, expected)
        {
            return Err(format!("{name} of the capture in {place} is {expected}, and not {found}"));
        }
    }
    Ok(())
}

/// A value that programs write as a string or as a number.
fn text(facts: &Map<String, Value>, name: &str) -> Option<String> {
    match facts.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Old indexes leave the label off a digest.
fn is_same(found: &str, expected: &str) -> bool {
    found == expected || expected.strip_prefix("sha1:") == Some(found)
}
