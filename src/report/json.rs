//! `beleg.report/1`: the whole dossier with its findings and counts, for programs.

use std::io::Write;

use jiff::Timestamp;
use serde::Serialize;

use super::document::Report;
use super::error::ReportError;
use super::finding::Finding;
use super::summary::Summary;
use crate::dossier::{ArticleFacts, ClaimFacts, Run, SourceFacts, Tool};
use crate::ledger::Decision;

/// The name and version of the contract.
const SCHEMA: &str = "beleg.report/1";

/// The report in the order of the contract.
#[derive(Serialize)]
struct ReportV1<'a> {
    schema: &'static str,
    tool: &'a Tool,
    run: &'a Run,
    article: &'a ArticleFacts,
    citations: &'a [SourceFacts],
    claims: &'a [ClaimFacts],
    findings: &'a [Finding],
    summary: &'a Summary,
    /// What editors decided; not in the report of a run, which nobody can have seen yet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sign_offs: Vec<SignOffV1<'a>>,
}

/// A decision about a claim of the report.
#[derive(Serialize)]
struct SignOffV1<'a> {
    claim: &'a str,
    decision: Decision,
    by: &'a str,
    at: Timestamp,
    note: Option<&'a str>,
    reopened_by: Option<&'a str>,
}

/// Writes `report` as one JSON object and a line break; `compact` keeps the object on one line.
pub(super) fn write(report: &Report, compact: bool, out: &mut impl Write) -> Result<(), ReportError> {
    let object = v1(report);
    if compact {
        serde_json::to_writer(&mut *out, &object)?;
    } else {
        serde_json::to_writer_pretty(&mut *out, &object)?;
    }
    out.write_all(b"\n")?;
    Ok(())
}

fn v1(report: &Report) -> ReportV1<'_> {
    let Report { dossier, findings, summary, .. } = report;
    let sign_offs = report.decided().map(|(claim, decided)| SignOffV1 {
        claim,
        decision: decided.sign_off.decision,
        by: &decided.sign_off.by,
        at: decided.at,
        note: decided.sign_off.note.as_deref(),
        reopened_by: decided.reopened_by.as_deref(),
    });
    ReportV1 {
        schema: SCHEMA,
        tool: &dossier.tool,
        run: &dossier.run,
        article: &dossier.article,
        citations: &dossier.citations,
        claims: &dossier.claims,
        findings,
        summary,
        sign_offs: sign_offs.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::Dossier;
    use crate::report::sample;
    use serde_json::Value;

    fn json(dossier: Dossier, compact: bool) -> String {
        let mut out = Vec::new();
        write(&Report::new(dossier), compact, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn keeps_the_contract_that_others_rely_on() {
        let schema: Value = serde_json::from_str(include_str!("../../tests/report.schema.json")).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        for dossier in [sample::dossier(), sample::clean(), sample::empty()] {
            let report: Value = serde_json::from_str(&json(dossier, false)).unwrap();
            let errors: Vec<String> = validator
                .iter_errors(&report)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert!(errors.is_empty(), "{errors:#?}");
        }
    }

    #[test]
    fn a_dossier_can_be_read_back_from_its_report() {
        let read: Dossier = serde_json::from_str(&json(sample::dossier(), false)).unwrap();
        assert_eq!(read, sample::dossier());
    }

    #[test]
    fn compact_reports_are_one_line_each() {
        let compact = json(sample::dossier(), true);
        assert_eq!(compact.matches('\n').count(), 1);
        assert!(compact.starts_with("{\"schema\":\"beleg.report/1\",\"tool\":{\"name\":\"beleg\""));
        let pretty: Value = serde_json::from_str(&json(sample::dossier(), false)).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&compact).unwrap(), pretty);
    }
}
