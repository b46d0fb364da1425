//! The findings in SARIF 2.1.0 (OASIS), for code hosts and editors.

use std::io::Write;
use std::path::Path;

use data_encoding::HEXUPPER;
use serde_json::{Value, json};
use url::Url;

use super::document::Report;
use super::error::ReportError;
use super::finding::{Finding, Severity};
use super::rules::{RULES, Rule};
use super::spot;
use crate::article::Place;
use crate::digest::Digest;

/// Writes the findings as one SARIF log with one run.
pub(super) fn write(report: &Report, out: &mut impl Write) -> Result<(), ReportError> {
    serde_json::to_writer_pretty(&mut *out, &log(report))?;
    out.write_all(b"\n")?;
    Ok(())
}

fn log(report: &Report) -> Value {
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [run(report)],
    })
}

fn run(report: &Report) -> Value {
    let dossier = &report.dossier;
    json!({
        "tool": {"driver": {
            "name": dossier.tool.name,
            "semanticVersion": dossier.tool.version,
            "rules": RULES.iter().map(descriptor).collect::<Vec<_>>(),
        }},
        "automationDetails": {"id": format!("beleg/{}", dossier.run.id)},
        "invocations": [{
            "executionSuccessful": !dossier.run.interrupted,
            "startTimeUtc": dossier.run.started.to_string(),
            "endTimeUtc": dossier.run.finished.to_string(),
        }],
        "artifacts": [{
            "location": {"uri": uri(&dossier.article.path)},
            "hashes": {"sha-256": dossier.article.sha256.to_string()},
        }],
        // Columns are counted in characters, not in the UTF-16 units that SARIF takes for granted.
        "columnKind": "unicodeCodePoints",
        "results": report.findings.iter().map(|found| result(report, found)).collect::<Vec<_>>(),
    })
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": {"text": rule.description},
        "help": {"text": format!("What to do: {}.", rule.advice)},
        "defaultConfiguration": {"level": rule.severity.word()},
    })
}

fn result(report: &Report, found: &Finding) -> Value {
    let article = &report.dossier.article;
    let mut location = json!({"artifactLocation": {"uri": uri(&article.path), "index": 0}});
    if let Some(Place { line, column, .. }) = found.place {
        location["region"] = json!({"startLine": line, "startColumn": column});
    }
    json!({
        "ruleId": found.rule,
        "ruleIndex": RULES.iter().position(|rule| rule.id == found.rule),
        "level": level(found.severity),
        "message": {"text": unlinked(&spot::told(&found.message, found.place, article.kind))},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"finding/v1": fingerprint(report, found)},
        "properties": {"citation": found.citation, "claim": found.claim},
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// `message` without embedded links (SARIF §3.11.6): what is quoted from a page must not become one.
fn unlinked(message: &str) -> String {
    message.replace("](", "] (")
}

/// Tells a finding again in the next run, wherever its line has moved to: rule, source and sentence, and which of
/// several places of that source it is about.
fn fingerprint(report: &Report, found: &Finding) -> String {
    let source = found.citation.as_deref().and_then(|id| report.source(id));
    let claim = found.claim.as_deref().and_then(|id| report.claim(id));
    let nth = source.and_then(|source| source.places.iter().position(|&place| Some(place) == found.place));
    let url = source.map(|source| source.url.as_str()).unwrap_or_default();
    let text = claim.map(|claim| claim.text.as_str()).unwrap_or_default();
    let message = if claim.is_some() { found.message.as_str() } else { "" };
    Digest::of(format!("{}\n{url}\n{nth:?}\n{text}\n{message}", found.rule).as_bytes()).to_string()
}

/// The article as a URI: as it is if it is a web address, else a file, relative ones staying so.
fn uri(path: &str) -> String {
    match Url::parse(path) {
        Ok(url) if matches!(url.scheme(), "http" | "https" | "file") => url.to_string(),
        _ if Path::new(path).is_absolute() => {
            Url::from_file_path(path).map_or_else(|()| relative(path), |url| url.to_string())
        }
        _ if path == "-" => "stdin".to_owned(),
        _ => relative(path),
    }
}

/// A relative reference (RFC 3986 §4.2): everything but unreserved characters and `/` is percent-encoded.
fn relative(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            b'\\' if cfg!(windows) => out.push('/'),
            _ => out.extend(["%", &HEXUPPER.encode(&[byte])]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use std::collections::BTreeSet;

    #[test]
    fn every_finding_is_a_result_that_points_at_its_rule_and_its_place() {
        let report = Report::new(sample::dossier());
        let log = log(&report);
        let results = log["runs"][0]["results"].as_array().unwrap();
        assert_eq!(results.len(), report.findings.len());
        for (result, found) in results.iter().zip(&report.findings) {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][index]["id"], found.rule);
            let region = &result["locations"][0]["physicalLocation"]["region"];
            assert_eq!(region["startLine"].as_u64(), found.place.map(|place| u64::from(place.line)));
            assert_eq!(result["level"], found.severity.word());
        }
    }

    #[test]
    fn fingerprints_tell_findings_apart_and_survive_a_moved_line() {
        let prints = |report: &Report| -> Vec<String> {
            report.findings.iter().map(|found| fingerprint(report, found)).collect()
        };
        let mut dossier = sample::dossier();
        dossier.claims.truncate(9);
        let before = prints(&Report::new(dossier.clone()));
        assert_eq!(before.iter().collect::<BTreeSet<_>>().len(), before.len());
        for source in &mut dossier.citations {
            source.places.iter_mut().for_each(|place| place.line += 7);
        }
        for claim in &mut dossier.claims {
            claim.places.iter_mut().for_each(|place| place.line += 7);
        }
        assert_eq!(prints(&Report::new(dossier)), before);
    }

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("texte/Über uns.txt"), "texte/%C3%9Cber%20uns.txt");
        assert_eq!(uri("https://example.org/a b"), "https://example.org/a%20b");
        assert_eq!(uri("-"), "stdin");
        #[cfg(unix)]
        assert_eq!(uri("/tmp/a b.txt"), "file:///tmp/a%20b.txt");
    }
}
