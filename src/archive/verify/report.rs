//! Walks from a report to its claims, their sources, the captures of these, and their digests in the manifest.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::outcome::Findings;
use crate::archive::manifest::Manifest;
use crate::digest::Digest;

const CAPTURE: &str = "capture of the report";
const CLAIM: &str = "claim of the report";

/// What of a `beleg.report/1` leads to captures.
#[derive(Deserialize)]
pub(super) struct ReportLinks {
    run: Run,
    article: Article,
    #[serde(default)]
    citations: Vec<Source>,
    #[serde(default)]
    claims: Vec<Claim>,
}

#[derive(Deserialize)]
struct Run {
    id: String,
}

#[derive(Deserialize)]
struct Article {
    sha256: Digest,
}

#[derive(Deserialize)]
struct Source {
    id: String,
    capture: Option<Capture>,
}

#[derive(Deserialize)]
struct Capture {
    warc: String,
    offset: u64,
    length: u64,
    record: String,
    digest: String,
}

#[derive(Deserialize)]
struct Claim {
    id: String,
    #[serde(default)]
    citations: Vec<String>,
    #[serde(default)]
    atoms: Vec<Found>,
    #[serde(default)]
    evidence: Vec<Found>,
    #[serde(default)]
    candidates: Vec<Found>,
}

/// Something that was found in the capture of a source.
#[derive(Deserialize)]
struct Found {
    citation: Option<String>,
}

impl ReportLinks {
    /// Reads the JSON of a report; `None` where it is none.
    pub(super) fn parse(json: &[u8]) -> Option<Self> {
        serde_json::from_slice(json).ok()
    }

    /// Checks that the report is of this run and article, and that all it rests on is in the manifest.
    pub(super) fn check(&self, file: &str, manifest: &Manifest, findings: &mut Findings<'_>) {
        if (self.run.id.as_str(), self.article.sha256) == (manifest.run.as_str(), manifest.article) {
            findings.right(file, "report");
        } else {
            findings.wrong(file, "", "report", "is of another run or article than the manifest");
        }
        let mut captured = BTreeMap::new();
        for source in &self.citations {
            captured.insert(source.id.as_str(), source.capture.is_some());
            let Some(capture) = &source.capture else { continue };
            match capture.fault(manifest) {
                None => findings.right(file, CAPTURE),
                Some(detail) => findings.wrong(file, &format!("citation {}", source.id), CAPTURE, detail),
            }
        }
        for claim in &self.claims {
            match claim.fault(&captured) {
                None => findings.right(file, CLAIM),
                Some(detail) => findings.wrong(file, &format!("claim {}", claim.id), CLAIM, detail),
            }
        }
    }
}

impl Capture {
    fn fault(&self, manifest: &Manifest) -> Option<String> {
        let Some(warc) = manifest.warcs.iter().find(|warc| warc.path == self.warc) else {
            return Some(format!("is in {}, which the manifest does not list", self.warc));
        };
        let Ok(index) = warc.records.binary_search_by_key(&self.offset, |record| record.offset) else {
            return Some(format!("begins at offset {} of {}, where no record does", self.offset, self.warc));
        };
        let record = warc.records.get(index)?;
        let payload = record.payload.map(|digest| digest.labelled());
        let stated = (self.record.as_str(), self.length, Some(self.digest.as_str()));
        let id = record.urn();
        let listed = (id.as_str(), record.length, payload.as_deref());
        (stated != listed).then(|| format!("is {stated:?}, and the manifest says {listed:?}"))
    }
}

impl Claim {
    /// What is wrong with a claim, where `captured` says of each source whether it has a capture.
    fn fault(&self, captured: &BTreeMap<&str, bool>) -> Option<String> {
        let unknown = self.citations.iter().find(|id| !captured.contains_key(id.as_str()));
        if let Some(id) = unknown {
            return Some(format!("rests on the source {id}, which the report does not have"));
        }
        let found = self
            .evidence
            .iter()
            .chain(&self.candidates)
            .chain(&self.atoms)
            .filter_map(|found| found.citation.as_deref());
        let uncaptured = found.into_iter().find(|id| captured.get(id) != Some(&true));
        uncaptured.map(|id| format!("was found in the source {id}, of which there is no capture"))
    }
}
