//! The passages as W3C Web Annotations (Recommendation of 2017): one a passage, in one page of annotations, as JSON-LD.
//!
//! Each says what the claim is and its verdict, and points to the passage twice: by its words (`TextQuoteSelector`), and by
//! its place in the text that beleg took from the page and archived (`TextPositionSelector`, with the digest of that text).

use std::io::Write;

use serde_json::{Value, json};

use super::document::Report;
use super::error::ReportError;
use crate::dossier::{ClaimFacts, EvidenceFacts, Origin, SourceFacts};
use crate::evidence::Verdict;

/// Names of our own within the documents: that of the digest, as no vocabulary of the Recommendation has one.
const CONTEXT: &str = "urn:beleg:annotation#";

/// Writes one `AnnotationPage`.
pub(super) fn write(report: &Report, out: &mut impl Write) -> Result<(), ReportError> {
    let dossier = &report.dossier;
    let items: Vec<Value> = dossier
        .claims
        .iter()
        // What comes nearest to a sentence that is not there bears on nothing.
        .filter(|claim| claim.verdict != Verdict::NotLocated)
        .flat_map(|claim| {
            (1..).zip(&claim.evidence).filter_map(move |(number, evidence)| {
                Some(annotation(report, claim, number, evidence, report.source(&evidence.citation)?))
            })
        })
        .collect();
    let page = json!({
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"sha256": format!("{CONTEXT}sha256")}],
        "id": format!("urn:beleg:{}", dossier.run.id),
        "type": "AnnotationPage",
        "label": dossier.article.path,
        "startIndex": 0,
        "items": items,
    });
    serde_json::to_writer_pretty(&mut *out, &page)?;
    Ok(out.write_all(b"\n")?)
}

fn annotation(
    report: &Report,
    claim: &ClaimFacts,
    number: usize,
    evidence: &EvidenceFacts,
    source: &SourceFacts,
) -> Value {
    let dossier = &report.dossier;
    json!({
        "id": format!("urn:beleg:{}:{}:{number}", dossier.run.id, claim.id),
        "type": "Annotation",
        "motivation": "assessing",
        "created": dossier.run.finished,
        "generator": {"type": "Software", "name": format!("{} {}", dossier.tool.name, dossier.tool.version)},
        "body": [
            {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "language": dossier.article.language, "value": claim.text},
            {"type": "TextualBody", "purpose": "classifying", "format": "text/plain", "value": claim.verdict},
        ],
        "target": target(evidence, source),
    })
}

fn target(evidence: &EvidenceFacts, source: &SourceFacts) -> Value {
    let mut position = json!({"type": "TextPositionSelector", "start": evidence.start, "end": evidence.end});
    if let Some(digest) = &source.text_sha256 {
        position["sha256"] = json!(digest);
    }
    let quote = json!({"type": "TextQuoteSelector", "exact": evidence.passage, "prefix": evidence.prefix, "suffix": evidence.suffix});
    // The bytes of the captured payload, which the state names.
    let data = evidence
        .origin
        .map(|Origin { start, end }| json!({"type": "DataPositionSelector", "start": start, "end": end}));
    let selectors: Vec<Value> = [quote, position].into_iter().chain(data).collect();
    let mut target = json!({
        "source": source.final_url.as_ref().unwrap_or(&source.url),
        "selector": selectors,
    });
    if let Some(capture) = &source.capture {
        target["state"] = json!({"type": "TimeState", "sourceDate": capture.date});
    }
    target
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;
    use crate::report::sample;

    fn written(report: &Report) -> Value {
        let mut out = Vec::new();
        write(report, &mut out).unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn every_passage_is_an_annotation_that_points_to_it_by_words_and_by_place() {
        let mut dossier = sample::dossier();
        let digest = Digest::of(b"text");
        dossier.citations.iter_mut().for_each(|source| source.text_sha256 = Some(digest));
        let passages: usize = dossier.claims.iter().map(|claim| claim.evidence.len()).sum();
        let report = Report::new(dossier);
        let page = written(&report);
        let items = page["items"].as_array().unwrap();
        assert!(passages > 0 && items.len() == passages, "{passages} passages, {} annotations", items.len());
        let selectors = items[0]["target"]["selector"].as_array().unwrap();
        let evidence = report.dossier.claims.iter().find_map(|claim| claim.evidence.first()).unwrap();
        assert_eq!(selectors[0]["exact"], evidence.passage.as_str());
        assert_eq!(selectors[1]["start"], evidence.start);
        assert_eq!(selectors[1]["sha256"], serde_json::to_value(digest).unwrap());
        assert_eq!(selectors[2], json!({"type": "DataPositionSelector", "start": 120, "end": 260}));
        let mut ids: Vec<&str> = items.iter().filter_map(|item| item["id"].as_str()).collect();
        ids.dedup();
        assert_eq!(ids.len(), items.len());
    }

    #[test]
    fn what_a_model_alone_nominates_is_no_annotation() {
        let page = written(&Report::new(sample::dossier())).to_string();
        assert!(!page.contains("synthetic flood"), "{page}");
    }

    #[test]
    fn a_report_without_passages_is_an_empty_page() {
        assert_eq!(written(&Report::new(sample::empty()))["items"], json!([]));
    }
}
